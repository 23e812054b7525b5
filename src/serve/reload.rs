//! Tells each open page which generation is being shown, as server-sent events.

use std::io::{self, Write};
use std::time::Duration;

use super::preview::{News, Preview};

/// How often a silent stream says that it lives: that is how a dead listener is noticed.
const HEARTBEAT: Duration = Duration::from_secs(10);

/// Head of the stream, written by hand: browsers dislike chunks here. It ends with the connection.
const HEAD: &str = "HTTP/1.1 200 OK\r\n\
    Content-Type: text/event-stream; charset=utf-8\r\n\
    Cache-Control: no-store\r\n\
    Cross-Origin-Resource-Policy: same-origin\r\n\
    X-Content-Type-Options: nosniff\r\n\
    Connection: close\r\n\r\n\
    retry: 1000\n\n";

/// A generation as pages and events write it: other at each start of the program.
pub(super) fn name(generation: u64) -> String {
    format!("{}.{generation}", std::process::id())
}

/// Writes each new generation, the first one at once, until the listener or the preview is gone.
pub(super) fn stream(mut to: impl Write, preview: &Preview) -> io::Result<()> {
    to.write_all(HEAD.as_bytes())?;
    let mut known = None;
    loop {
        match preview.news(known, HEARTBEAT) {
            News::Generation(generation) => {
                known = Some(generation);
                write!(to, "data: {}\n\n", name(generation))?;
            }
            News::Nothing => to.write_all(b":\n\n")?,
            News::End => return Ok(()),
        }
        to.flush()?;
    }
}
