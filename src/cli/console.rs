//! The only room that writes to the terminal.

use std::io::{self, IsTerminal as _, Write as _};

use anyhow::Context as _;

/// Writes what the command is asked for. A reader who has gone away (`jalon check | head`) is no
/// failure.
pub(super) fn out(text: &str) -> anyhow::Result<()> {
    let mut out = io::stdout().lock();
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        done => done.context("écriture impossible sur la sortie"),
    }
}

/// Writes what is said beside it: failures, progress, timings. Nobody can be told when this fails.
pub(super) fn beside(text: &str) {
    let _ = io::stderr().write_all(text.as_bytes());
}

/// Whether colours are welcome on the standard output.
pub(super) fn colour() -> bool {
    io::stdout().is_terminal() && colours_allowed()
}

/// Whether colours are welcome beside it.
pub(super) fn colour_beside() -> bool {
    io::stderr().is_terminal() && colours_allowed()
}

/// See <https://no-color.org>.
fn colours_allowed() -> bool {
    let refused = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
    !refused && std::env::var_os("TERM").is_none_or(|term| term != "dumb")
}
