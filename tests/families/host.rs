//! A host such as schools have: it gives files and nothing else. It notes what it is asked, can stop,
//! and can alter what it gives.

use std::collections::BTreeMap;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::thread::JoinHandle;

/// Files by address below the folder of the site.
pub(crate) type Files = BTreeMap<String, Vec<u8>>;

/// What was asked.
#[derive(Clone, Debug)]
pub(crate) struct Asked {
    /// The request line and the headers.
    pub(crate) head: String,
    /// The path.
    pub(crate) path: String,
    /// Bytes of the body given.
    pub(crate) given: usize,
}

#[derive(Default)]
struct Held {
    files: Mutex<Files>,
    asked: Mutex<Vec<Asked>>,
    /// Whether what is missing is answered by a page and no error.
    polite: AtomicBool,
    /// Whether bodies are cut in their middle.
    cut: AtomicBool,
    stopped: AtomicBool,
}

/// A host.
pub(crate) struct Host {
    place: SocketAddr,
    held: Arc<Held>,
    serving: Option<JoinHandle<()>>,
}

/// The folder of the site on its host: not the root.
const FOLDER: &str = "/lycee/familles/";

impl Host {
    pub(crate) fn new(files: &Files) -> Self {
        let held = Arc::new(Held { files: Mutex::new(files.clone()), ..Held::default() });
        let mut host = Self { place: ([127, 0, 0, 1], 0).into(), held, serving: None };
        host.start();
        host
    }

    /// The address of the site.
    pub(crate) fn address(&self) -> String {
        format!("http://{}{FOLDER}", self.place)
    }

    /// Serves, again if it was stopped.
    pub(crate) fn start(&mut self) {
        let listener = TcpListener::bind(self.place).unwrap();
        self.place = listener.local_addr().unwrap();
        self.held.stopped.store(false, Ordering::SeqCst);
        let held = Arc::clone(&self.held);
        self.serving = Some(std::thread::spawn(move || {
            for stream in listener.incoming() {
                if held.stopped.load(Ordering::SeqCst) {
                    return;
                }
                let held = Arc::clone(&held);
                // A browser may go away in the middle.
                std::thread::spawn(move || stream.map(|stream| held.answer(stream)));
            }
        }));
    }

    /// Serves no more: connections are refused.
    pub(crate) fn stop(&mut self) {
        let Some(serving) = self.serving.take() else { return };
        self.held.stopped.store(true, Ordering::SeqCst);
        drop(TcpStream::connect(self.place));
        serving.join().unwrap();
    }

    /// Gives other files from now on.
    pub(crate) fn give(&self, files: &Files) {
        *self.held.files.lock().unwrap() = files.clone();
    }

    /// Alters what is given.
    pub(crate) fn alter(&self, change: impl FnOnce(&mut Files)) {
        change(&mut self.held.files.lock().unwrap());
    }

    /// Answers with a page in place of what is missing, as some hosts do.
    pub(crate) fn be_polite(&self, polite: bool) {
        self.held.polite.store(polite, Ordering::SeqCst);
    }

    /// Cuts the sealed files in the middle, as networks do.
    pub(crate) fn cut(&self, cut: bool) {
        self.held.cut.store(cut, Ordering::SeqCst);
    }

    /// What was asked since the last time.
    pub(crate) fn asked(&self) -> Vec<Asked> {
        std::mem::take(&mut self.held.asked.lock().unwrap())
    }
}

impl Drop for Host {
    fn drop(&mut self) {
        self.stop();
    }
}

impl Held {
    fn answer(&self, mut stream: TcpStream) -> std::io::Result<()> {
        let mut head = String::new();
        let mut reader = BufReader::new(stream.try_clone()?);
        while !head.ends_with("\r\n\r\n") {
            if reader.read_line(&mut head)? == 0 {
                return Ok(());
            }
        }
        let path = head.split(' ').nth(1).unwrap_or_default().to_owned();
        let bare = path.split('?').next().unwrap_or_default();
        let name =
            bare.strip_prefix(FOLDER).map(|name| if name.is_empty() { "index.html" } else { name });
        let files = self.files.lock().unwrap();
        let file = name.and_then(|name| files.get(name)).cloned();
        drop(files);
        let tag = file.as_ref().map(|bytes| format!("\"{}\"", blake3::hash(bytes).to_hex()));
        let same = tag.as_ref().is_some_and(|tag| head.contains(tag.as_str()));
        let (status, kind, body) = match file {
            Some(_) if same => ("304 Not Modified", media(bare), Vec::new()),
            Some(bytes) => ("200 OK", media(bare), bytes),
            None if self.polite.load(Ordering::SeqCst) => {
                ("200 OK", "text/html; charset=utf-8", b"<!doctype html><p>Accueil".to_vec())
            }
            None => ("404 Not Found", "text/html; charset=utf-8", b"<p>404".to_vec()),
        };
        let cut = self.cut.load(Ordering::SeqCst) && kind == "application/octet-stream";
        let given = if cut { body.len() / 2 } else { body.len() };
        self.asked.lock().unwrap().push(Asked { head, path, given });
        let tag = tag.map(|tag| format!("ETag: {tag}\r\n")).unwrap_or_default();
        let length = body.len();
        write!(
            stream,
            "HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: {length}\r\n{tag}\
             Cache-Control: max-age=600\r\nConnection: close\r\n\r\n"
        )?;
        stream.write_all(&body[..given])?;
        stream.shutdown(std::net::Shutdown::Write)?;
        // Until the browser has read it all.
        reader.read_to_end(&mut Vec::new()).map(drop)
    }
}

fn media(path: &str) -> &'static str {
    match path.rsplit_once('.') {
        Some((_, "js")) => "text/javascript; charset=utf-8",
        Some((_, "css")) => "text/css; charset=utf-8",
        Some((_, "json")) => "application/json",
        Some((_, "txt")) => "text/plain; charset=utf-8",
        Some((_, "html")) => "text/html; charset=utf-8",
        _ if path.ends_with('/') => "text/html; charset=utf-8",
        _ => "application/octet-stream",
    }
}
