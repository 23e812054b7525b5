//! Serves the preview to this machine only: what may be asked, by whom, and what is sent.

use std::collections::VecDeque;
use std::io::{self, Cursor, Write};
use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::thread::Scope;

use tiny_http::{Header, Method, Request, Response, Server};

use super::answer::{Answer, answer};
use super::overlay::{self, EVENTS};
use super::preview::Preview;
use super::{ServeError, reload};

/// How many ports are tried after a busy one.
const OTHER_PORTS: u16 = 10;
/// Requests answered at the same time.
pub(super) const WORKERS: usize = 4;
/// Pages that may listen at the same time.
const MOST_LISTENERS: usize = 64;
/// Connections remembered as refused.
const MOST_REFUSED: usize = 64;

/// What every answer says. Another site may neither read, nor run, nor frame what pupils' pages hold.
const HEADERS: [(&str, &str); 6] = [
    ("Server", "jalon"),
    ("Cache-Control", "no-store"),
    ("Cross-Origin-Resource-Policy", "same-origin"),
    ("X-Content-Type-Options", "nosniff"),
    ("X-Frame-Options", "SAMEORIGIN"),
    ("Referrer-Policy", "same-origin"),
];

/// The server and the connections that get no further answer.
pub(super) struct Http<'p> {
    server: Server,
    port: u16,
    preview: &'p Preview,
    closed: Mutex<Closed>,
}

/// Connections whose next requests must not be believed.
///
/// `tiny_http` cannot close a connection. After a refusal the rest of a body could be read as a
/// request (CVE-2026-66752), and after a stream there is no end of an answer: what follows on such
/// a connection is refused, or dropped.
#[derive(Default)]
struct Closed {
    refused: VecDeque<SocketAddr>,
    listening: Vec<SocketAddr>,
}

impl<'p> Http<'p> {
    /// Listens on the loopback interface, on a port or one of the next ten.
    pub(super) fn bind(port: u16, preview: &'p Preview) -> Result<Self, ServeError> {
        let last = if port == 0 { 0 } else { port.saturating_add(OTHER_PORTS) };
        let mut candidates = port..=last;
        let listener = loop {
            let Some(port) = candidates.next() else {
                return Err(ServeError::Busy { first: port, last });
            };
            match TcpListener::bind((Ipv4Addr::LOCALHOST, port)) {
                Ok(listener) => break listener,
                Err(error) if error.kind() == io::ErrorKind::AddrInUse => {}
                Err(error) => return Err(ServeError::Listen(error)),
            }
        };
        let port = listener.local_addr().map_err(ServeError::Listen)?.port();
        let server = Server::from_listener(listener, None)
            .map_err(|error| ServeError::Listen(io::Error::other(error)))?;
        Ok(Self { server, port, preview, closed: Mutex::default() })
    }

    /// Where the preview is.
    pub(super) fn url(&self) -> String {
        format!("http://127.0.0.1:{}/", self.port)
    }

    /// Answers requests until the preview ends; a listener gets a thread of its own.
    ///
    /// # Errors
    /// When connections can no longer be accepted.
    pub(super) fn work<'scope>(&'scope self, scope: &'scope Scope<'scope, '_>) -> io::Result<()> {
        loop {
            match self.server.recv() {
                Ok(request) => self.handle(request, scope),
                Err(_) if self.preview.has_ended() => return Ok(()),
                Err(error) => return Err(error),
            }
        }
    }

    /// Wakes every worker, so that it sees the end.
    pub(super) fn unblock(&self) {
        (0..WORKERS).for_each(|_| self.server.unblock());
    }

    fn handle<'scope>(&'scope self, request: Request, scope: &'scope Scope<'scope, '_>) {
        let peer = request.remote_addr().copied();
        let (refused, listening) = {
            let closed = self.closed();
            let is_peer = |other: &SocketAddr| Some(*other) == peer;
            (closed.refused.iter().any(is_peer), closed.listening.iter().any(is_peer))
        };
        // A listener that is gone leaves errors behind, which concern nobody: hence `let _` below.
        if listening {
            return drop(request.into_writer());
        }
        let refusal = match refused {
            true => Some((400, "Cette connexion est close.")),
            false => refusal(&request, self.port),
        };
        if let Some((status, sentence)) = refusal {
            if let Some(peer) = peer {
                let mut closed = self.closed();
                closed.refused.push_back(peer);
                if closed.refused.len() > MOST_REFUSED {
                    closed.refused.pop_front();
                }
            }
            let with_body = *request.method() != Method::Head;
            let _ = refuse(request.into_writer(), status, sentence, with_body);
            return;
        }
        if request.url() == format!("/{EVENTS}") && *request.method() == Method::Get {
            self.listen(request, scope);
            return;
        }
        let _ = send(request, &self.preview.shown());
    }

    fn listen<'scope>(&'scope self, request: Request, scope: &'scope Scope<'scope, '_>) {
        let Some(peer) = request.remote_addr().copied() else { return };
        {
            let mut closed = self.closed();
            if closed.listening.len() >= MOST_LISTENERS {
                drop(closed);
                let _ = refuse(request.into_writer(), 503, "Trop de pages sont ouvertes.", true);
                return;
            }
            closed.listening.push(peer);
        }
        scope.spawn(move || {
            let _ = reload::stream(request.into_writer(), self.preview);
            self.closed().listening.retain(|other| *other != peer);
        });
    }

    fn closed(&self) -> MutexGuard<'_, Closed> {
        self.closed.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Why a request is not answered: its status and a French sentence.
fn refusal(request: &Request, port: u16) -> Option<(u16, &'static str)> {
    let values = |name: &'static str| {
        let named = request.headers().iter().filter(move |header| header.field.equiv(name));
        named.map(|header| header.value.as_str())
    };
    if !matches!(request.method(), Method::Get | Method::Head) {
        return Some((405, "L’aperçu ne fait que montrer des pages."));
    }
    if values("Transfer-Encoding").next().is_some()
        || values("Content-Length").any(|length| length.trim() != "0")
        || values("Expect").next().is_some()
    {
        return Some((400, "L’aperçu ne reçoit rien."));
    }
    let mut hosts = values("Host");
    match (hosts.next(), hosts.next()) {
        (Some(host), None) if is_ours(host, port) => None,
        _ => Some((403, "L’aperçu ne répond qu’à l’adresse de cette machine.")),
    }
}

/// Whether a request was meant for us. A site that makes its own name lead here (DNS rebinding)
/// still sends that name.
fn is_ours(host: &str, port: u16) -> bool {
    let host = host.trim().to_ascii_lowercase();
    ["localhost", "127.0.0.1", "[::1]"].iter().any(|name| {
        host.strip_prefix(name).is_some_and(|rest| {
            rest.strip_prefix(':').map_or(rest.is_empty() && port == 80, |p| p == port.to_string())
        })
    })
}

/// Answers by hand, since `tiny_http` does not let us say that the connection ends here.
fn refuse(mut to: impl Write, status: u16, sentence: &str, with_body: bool) -> io::Result<()> {
    let reason = match status {
        400 => "Bad Request",
        403 => "Forbidden",
        405 => "Method Not Allowed\r\nAllow: GET, HEAD",
        _ => "Service Unavailable",
    };
    let page = overlay::refused(sentence);
    write!(to, "HTTP/1.1 {status} {reason}\r\nConnection: close\r\n")?;
    for (name, value) in HEADERS {
        write!(to, "{name}: {value}\r\n")?;
    }
    let length = page.len();
    write!(to, "Content-Type: text/html; charset=utf-8\r\nContent-Length: {length}\r\n\r\n")?;
    if with_body {
        to.write_all(page.as_bytes())?;
    }
    to.flush()
}

fn send(request: Request, shown: &super::preview::Shown) -> io::Result<()> {
    let Answer { status, kind, location, body } = answer(shown, request.url());
    let length = body.as_ref().len();
    let location = location.as_deref().map(|location| ("Location", location));
    let headers = HEADERS.into_iter().chain([("Content-Type", kind)]).chain(location);
    let headers =
        headers.filter_map(|(name, value)| Header::from_bytes(name, value).ok()).collect();
    let response = Response::new(status.into(), headers, Cursor::new(body), Some(length), None);
    request.respond(response.with_chunked_threshold(usize::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_names_of_this_machine_are_ours() {
        for host in ["localhost:4000", "127.0.0.1:4000", "[::1]:4000", "LOCALHOST:4000"] {
            assert!(is_ours(host, 4000), "{host}");
        }
        for host in ["", "localhost", "localhost:4001", "evil.example:4000", "localhost.evil:4000"]
        {
            assert!(!is_ours(host, 4000), "{host}");
        }
        assert!(is_ours("localhost", 80) && !is_ours("localhostx", 80));
    }
}
