//! Logs for programmers, on the standard error, when `JALON_LOG` asks for them. Not diagnostics.

use tracing_subscriber::EnvFilter;

use super::console;

/// Starts the logs; `JALON_LOG=debug` or `JALON_LOG=jalon::source=trace`.
pub(super) fn start() {
    let Ok(filter) = EnvFilter::try_from_env("JALON_LOG") else { return };
    let logs = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr)
        .with_ansi(console::colour_beside())
        .without_time();
    // Fails when a test has started them already: those serve as well.
    let _ = logs.try_init();
}
