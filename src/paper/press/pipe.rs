//! The wire to a browser: DevTools messages over a pair of pipes, each call with its own deadline.
//!
//! The messages are those of the crate `headless_chrome`. Its own wire, a WebSocket polled under a
//! lock, costs up to 100 ms a call; here a reply wakes the thread that waits for it. The pipes also
//! close with our process, however it ends, and the browser with them.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{BufRead as _, BufReader, PipeReader, PipeWriter, Read as _, Write as _};
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::mpsc::{self, RecvTimeoutError, Sender};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use headless_chrome::protocol::cdp::types::Method;
use serde::{Deserialize, Serialize};

use super::error::PrintError;

/// The longest message that is taken: a file of 190 MB in base64. A longer one ends the wire.
const LONGEST: u64 = 256 << 20;

/// A wire to one browser, for any number of threads.
#[derive(Debug)]
pub(super) struct Wire {
    next: AtomicU32,
    /// Sent by a thread of its own: a browser that no longer reads must not hold a deadline up.
    outbox: Sender<Vec<u8>>,
    calls: Arc<Mutex<Calls>>,
}

/// The calls that wait for their reply.
#[derive(Debug, Default)]
struct Calls {
    /// The browser said its last word.
    over: bool,
    /// The pages that ended: they would answer nothing.
    ended: BTreeSet<String>,
    waiting: BTreeMap<u32, Waiting>,
}

#[derive(Debug)]
struct Waiting {
    session: Option<String>,
    answer: Sender<Answer>,
}

#[derive(Debug)]
enum Answer {
    /// A whole message, read again by who waits for it: replies of 100 KB and more are decoded by
    /// several threads.
    Reply(Vec<u8>),
    Crashed,
    Lost,
}

/// A call as it is sent.
#[derive(Serialize)]
struct Call<'a, M> {
    id: u32,
    method: &'static str,
    params: &'a M,
    #[serde(rename = "sessionId", skip_serializing_if = "Option::is_none")]
    session: Option<&'a str>,
}

/// What the reader needs to know of a message.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Head {
    id: Option<u32>,
    method: Option<String>,
    #[serde(rename = "sessionId")]
    session: Option<String>,
    params: Option<EventHead>,
}

/// What the reader needs to know of an event.
#[derive(Default, Deserialize)]
#[serde(default)]
struct EventHead {
    #[serde(rename = "sessionId")]
    session: Option<String>,
}

#[derive(Deserialize)]
struct Reply<T> {
    result: Option<T>,
    error: Option<Refusal>,
}

#[derive(Deserialize)]
struct Refusal {
    code: i64,
}

impl Wire {
    /// A wire over what the browser reads and what it writes.
    pub(super) fn new(to: PipeWriter, from: PipeReader) -> Self {
        let (outbox, messages) = mpsc::channel::<Vec<u8>>();
        let calls = Arc::<Mutex<Calls>>::default();
        std::thread::spawn(move || send_all(to, &messages));
        let shared = Arc::clone(&calls);
        std::thread::spawn(move || read_all(from, &shared));
        Self { next: AtomicU32::new(1), outbox, calls }
    }

    /// Calls a method of the browser, or of one of its pages, and waits for the reply.
    pub(super) fn call<M: Method + Serialize>(
        &self,
        session: Option<&str>,
        method: &M,
        deadline: Duration,
    ) -> Result<M::ReturnObject, PrintError> {
        let id = self.next.fetch_add(1, Ordering::Relaxed);
        let (answer, answers) = mpsc::channel();
        {
            let mut calls = lock(&self.calls);
            if calls.over {
                return Err(PrintError::Lost);
            }
            if session.is_some_and(|session| calls.ended.contains(session)) {
                return Err(PrintError::Crashed);
            }
            calls.waiting.insert(id, Waiting { session: session.map(str::to_owned), answer });
        }
        self.send(id, session, method)?;
        let answer = answers.recv_timeout(deadline);
        lock(&self.calls).waiting.remove(&id);
        match answer {
            Ok(Answer::Reply(message)) => read_reply::<M>(&message),
            Ok(Answer::Crashed) => Err(PrintError::Crashed),
            Err(RecvTimeoutError::Timeout) => Err(PrintError::Late(deadline)),
            Ok(Answer::Lost) | Err(RecvTimeoutError::Disconnected) => Err(PrintError::Lost),
        }
    }

    /// Calls a method whose reply does not matter.
    pub(super) fn tell<M: Method + Serialize>(&self, session: Option<&str>, method: &M) {
        let id = self.next.fetch_add(1, Ordering::Relaxed);
        // A browser that is gone needs to be told nothing.
        let _ = self.send(id, session, method);
    }

    fn send<M: Method + Serialize>(
        &self,
        id: u32,
        session: Option<&str>,
        params: &M,
    ) -> Result<(), PrintError> {
        let call = Call { id, method: M::NAME, params, session };
        let mut message =
            serde_json::to_vec(&call).map_err(|_| PrintError::Garbled { method: M::NAME })?;
        message.push(0);
        self.outbox.send(message).map_err(|_| PrintError::Lost)
    }
}

fn read_reply<M: Method>(message: &[u8]) -> Result<M::ReturnObject, PrintError> {
    let garbled = PrintError::Garbled { method: M::NAME };
    // The reason is not kept: it may quote the document.
    let Ok(reply) = serde_json::from_slice::<Reply<M::ReturnObject>>(message) else {
        return Err(garbled);
    };
    match reply.error {
        Some(refusal) => Err(PrintError::Refused { method: M::NAME, code: refusal.code }),
        None => reply.result.ok_or(garbled),
    }
}

fn send_all(mut to: PipeWriter, messages: &mpsc::Receiver<Vec<u8>>) {
    // Ends when the wire is dropped or the browser gone; the reader tells those who wait.
    while let Ok(message) = messages.recv() {
        if to.write_all(&message).is_err() {
            return;
        }
    }
}

fn read_all(from: PipeReader, calls: &Mutex<Calls>) {
    let mut from = BufReader::with_capacity(64 << 10, from);
    loop {
        let mut message = Vec::new();
        let read = from.by_ref().take(LONGEST).read_until(0, &mut message);
        // The end, a broken pipe, or a message that is too long.
        if read.is_err() || message.pop() != Some(0) {
            break;
        }
        dispatch(message, calls);
    }
    let mut calls = lock(calls);
    calls.over = true;
    for waiting in std::mem::take(&mut calls.waiting).into_values() {
        let _ = waiting.answer.send(Answer::Lost);
    }
}

/// Hands a reply to who waits for it, and the end of a page to all who wait for that page.
fn dispatch(message: Vec<u8>, calls: &Mutex<Calls>) {
    let Ok(head) = serde_json::from_slice::<Head>(&message) else { return };
    let mut calls = lock(calls);
    if let Some(id) = head.id {
        if let Some(waiting) = calls.waiting.remove(&id) {
            let _ = waiting.answer.send(Answer::Reply(message));
        }
        return;
    }
    let ended = match head.method.as_deref() {
        Some("Inspector.targetCrashed") => head.session,
        Some("Target.detachedFromTarget") => head.params.and_then(|params| params.session),
        _ => None,
    };
    let Some(ended) = ended else { return };
    let of_it = |waiting: &mut Waiting| waiting.session.as_ref() == Some(&ended);
    for (_, waiting) in calls.waiting.extract_if(.., |_, waiting| of_it(waiting)) {
        let _ = waiting.answer.send(Answer::Crashed);
    }
    calls.ended.insert(ended);
}

fn lock(calls: &Mutex<Calls>) -> MutexGuard<'_, Calls> {
    calls.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;
    use headless_chrome::protocol::cdp::{Browser, Target};

    const SOON: Duration = Duration::from_secs(5);

    /// A wire, what the browser reads and what it writes.
    fn wire() -> (Wire, BufReader<PipeReader>, PipeWriter) {
        let (read, to) = std::io::pipe().unwrap();
        let (from, write) = std::io::pipe().unwrap();
        (Wire::new(to, from), BufReader::new(read), write)
    }

    fn next(read: &mut BufReader<PipeReader>) -> serde_json::Value {
        let mut message = Vec::new();
        read.read_until(0, &mut message).unwrap();
        message.pop();
        serde_json::from_slice(&message).unwrap()
    }

    fn create(url: &str) -> Target::CreateTarget {
        serde_json::from_value(serde_json::json!({ "url": url })).unwrap()
    }

    #[test]
    fn replies_find_who_asked_in_any_order() {
        let (wire, mut read, mut write) = wire();
        std::thread::scope(|threads| {
            let asked = ["a", "b"].map(|url| {
                let wire = &wire;
                threads.spawn(move || wire.call(None, &create(url), SOON).unwrap().target_id)
            });
            let mut calls = [next(&mut read), next(&mut read)];
            calls.reverse();
            for call in calls {
                assert_eq!(call["method"], "Target.createTarget");
                let (id, url) = (&call["id"], &call["params"]["url"]);
                write!(write, "{{\"method\":\"Some.event\",\"params\":{{}}}}\0").unwrap();
                write!(write, "{{\"id\":{id},\"result\":{{\"targetId\":{url}}}}}\0").unwrap();
            }
            assert_eq!(asked.map(|thread| thread.join().unwrap()), ["a", "b"]);
        });
    }

    #[test]
    fn a_refusal_keeps_its_code_and_not_its_words() {
        let (wire, mut read, mut write) = wire();
        std::thread::scope(|threads| {
            let asked = threads.spawn(|| wire.call(None, &create("a"), SOON).unwrap_err());
            let id = &next(&mut read)["id"];
            write!(write, "{{\"id\":{id},\"error\":{{\"code\":-32000,\"message\":\"Léa\"}}}}\0")
                .unwrap();
            let error = asked.join().unwrap();
            assert!(matches!(error, PrintError::Refused { code: -32000, .. }));
            assert!(!format!("{error:?} {error}").contains("Léa"));
        });
    }

    #[test]
    fn a_deadline_the_end_of_a_page_and_the_end_of_the_browser_are_told_apart() {
        let (wire, mut read, mut write) = wire();
        let short = Duration::from_millis(20);
        assert!(matches!(wire.call(None, &create("a"), short), Err(PrintError::Late(_))));
        next(&mut read);
        let version = Browser::GetVersion(None);
        std::thread::scope(|threads| {
            let on = |session: &'static str| {
                let (wire, version) = (&wire, &version);
                threads.spawn(move || wire.call(Some(session), version, SOON).unwrap_err())
            };
            let crashed = on("S1");
            assert_eq!(next(&mut read)["sessionId"], "S1");
            let lost = on("S2");
            next(&mut read);
            write!(write, "{{\"method\":\"Inspector.targetCrashed\",\"sessionId\":\"S1\"}}\0")
                .unwrap();
            assert!(matches!(crashed.join().unwrap(), PrintError::Crashed));
            drop(write);
            assert!(matches!(lost.join().unwrap(), PrintError::Lost));
        });
        assert!(matches!(wire.call(None, &create("a"), SOON), Err(PrintError::Lost)));
    }
}
