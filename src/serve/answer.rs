//! From the target of a request to its answer. A page is looked up in memory: no path leads to the disk.

use super::overlay::{self, SCRIPT, STYLE};
use super::paper::Printed;
use super::preview::Shown;
use super::reload;
use crate::render::Bytes;

/// Bytes to send: those of the site as they are, or made for this request.
#[derive(Debug)]
pub(super) enum Body {
    Shared(Bytes),
    Own(Vec<u8>),
}

impl AsRef<[u8]> for Body {
    fn as_ref(&self) -> &[u8] {
        match self {
            Self::Shared(bytes) => bytes,
            Self::Own(bytes) => bytes,
        }
    }
}

/// What to send.
#[derive(Debug)]
pub(super) struct Answer {
    pub(super) status: u16,
    pub(super) kind: &'static str,
    pub(super) location: Option<String>,
    pub(super) body: Body,
}

const HTML: &str = "text/html; charset=utf-8";

/// Answers for a target (path and query, as the request line has it).
pub(super) fn answer(shown: &Shown, target: &str) -> Answer {
    let own = |kind, text: &str| Answer {
        status: 200,
        kind,
        location: None,
        body: Body::Own(text.as_bytes().to_vec()),
    };
    let generation = reload::name(shown.generation);
    let stand_in = |status, text: &str| Answer {
        status,
        body: Body::Own(overlay::inject(text.as_bytes(), &shown.notice, &generation)),
        ..own(HTML, "")
    };
    let (path, query) = target.split_once('?').unwrap_or((target, ""));
    let Some(address) = decode(path) else { return stand_in(404, &overlay::not_found(path)) };
    if address == SCRIPT {
        return own(kind(SCRIPT), include_str!("rechargement.js"));
    }
    if address == STYLE {
        return own(kind(STYLE), include_str!("apercu.css"));
    }
    if shown.is_empty() {
        return stand_in(503, &overlay::nothing_yet());
    }
    if let Some(document) = address.strip_prefix("pdf/") {
        return match shown.documents.print(document) {
            Printed::File(file) => Answer { body: Body::Own(file), ..own(kind(&address), "") },
            Printed::Nothing => stand_in(404, &overlay::not_found(&format!("/{address}"))),
            Printed::Failed(reason) => stand_in(503, &overlay::not_printed(&reason)),
        };
    }
    let folder = address.is_empty() || address.ends_with('/');
    let file = if folder { format!("{address}index.html") } else { address.clone() };
    if let Some(bytes) = shown.page(&file) {
        let kind = kind(&file);
        let body = match kind {
            HTML => Body::Own(overlay::inject(bytes, &shown.notice, &generation)),
            _ => Body::Shared(Bytes::clone(bytes)),
        };
        return Answer { status: 200, kind, location: None, body };
    }
    if !folder && shown.page(&format!("{address}/index.html")).is_some() {
        let mut location = format!("/{}/", encode(&address));
        if !query.is_empty() {
            location.push('?');
            location.extend(query.chars().filter(char::is_ascii_graphic));
        }
        return Answer { status: 302, location: Some(location), ..own(HTML, "") };
    }
    stand_in(404, &overlay::not_found(&format!("/{address}")))
}

/// The address that a path names, from the top of the site; nothing when it is no text.
fn decode(path: &str) -> Option<String> {
    let mut rest = path.strip_prefix('/')?.bytes();
    let mut bytes = Vec::with_capacity(path.len());
    while let Some(byte) = rest.next() {
        bytes.push(match byte {
            b'%' => {
                let mut digit = || char::from(rest.next()?).to_digit(16);
                u8::try_from(digit()? * 16 + digit()?).ok()?
            }
            byte => byte,
        });
    }
    String::from_utf8(bytes).ok().filter(|address| !address.contains('\0'))
}

/// An address as a URL has it.
fn encode(address: &str) -> String {
    let mut path = String::with_capacity(address.len());
    for byte in address.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => {
                path.push(char::from(byte));
            }
            byte => path.push_str(&format!("%{byte:02X}")),
        }
    }
    path
}

fn kind(file: &str) -> &'static str {
    let extension = file.rsplit_once('.').map_or("", |(_, extension)| extension);
    match extension.to_ascii_lowercase().as_str() {
        "html" => HTML,
        "css" => "text/css; charset=utf-8",
        "js" => "text/javascript; charset=utf-8",
        "json" => "application/json",
        "csv" => "text/csv; charset=utf-8",
        "txt" | "md" | "toml" => "text/plain; charset=utf-8",
        "xml" => "application/xml",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "jpg" | "jpeg" => "image/jpeg",
        "webp" => "image/webp",
        "gif" => "image/gif",
        "ico" => "image/x-icon",
        "woff2" => "font/woff2",
        "pdf" => "application/pdf",
        "zip" => "application/zip",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::super::preview::Preview;
    use super::super::{Built, Documents};
    use super::*;

    fn shown(pages: &[&str]) -> Arc<Shown> {
        let preview = Preview::default();
        let files = pages.iter().map(|at| ((*at).to_owned(), at.as_bytes().into())).collect();
        preview.accept(Built { files: Some(files), ..Built::default() });
        preview.shown()
    }

    #[test]
    fn a_folder_is_its_index_and_a_missing_slash_is_added() {
        let shown = shown(&["index.html", "élèves/index.html", "a.css"]);
        assert_eq!(answer(&shown, "/").status, 200);
        assert_eq!(answer(&shown, "/?x=1").status, 200);
        assert_eq!(answer(&shown, "/%C3%A9l%c3%a8ves/").status, 200);
        let moved = answer(&shown, "/%C3%A9l%C3%A8ves?tri=nom");
        assert_eq!(moved.status, 302);
        assert_eq!(moved.location.as_deref(), Some("/%C3%A9l%C3%A8ves/?tri=nom"));
        let style = answer(&shown, "/a.css");
        assert_eq!((style.kind, style.body.as_ref()), ("text/css; charset=utf-8", &b"a.css"[..]));
    }

    #[test]
    fn no_path_leads_out_of_the_site() {
        let shown = shown(&["index.html", "a/index.html"]);
        for target in [
            "/../Cargo.toml",
            "/a/../../etc/passwd",
            "/%2e%2e/%2e%2e/etc/passwd",
            "//etc/passwd",
            "/a/%00",
            "/%zz",
            "/%C3",
            "/%",
            "http://evil.example/index.html",
            "*",
            "",
        ] {
            assert_eq!(answer(&shown, target).status, 404, "{target}");
        }
    }

    #[test]
    fn a_document_is_printed_when_it_is_opened() {
        let preview = Preview::default();
        let documents = Documents::new(|address| match address {
            "a/b.pdf" => Printed::File(b"%PDF".to_vec()),
            "c.pdf" => Printed::Failed("pas de <navigateur>".into()),
            _ => Printed::Nothing,
        });
        let files = Some([("index.html".to_owned(), b"x"[..].into())].into());
        preview.accept(Built { files, documents, ..Built::default() });
        let shown = preview.shown();
        let file = answer(&shown, "/pdf/a/b.pdf");
        assert_eq!(
            (file.status, file.kind, file.body.as_ref()),
            (200, "application/pdf", &b"%PDF"[..])
        );
        assert_eq!(answer(&shown, "/pdf/../index.html").status, 404);
        let failed = answer(&shown, "/pdf/c.pdf");
        assert_eq!(failed.status, 503);
        assert!(
            String::from_utf8_lossy(failed.body.as_ref()).contains("pas de &lt;navigateur&gt;")
        );
    }

    #[test]
    fn the_missing_page_is_told_in_french_and_escaped() {
        let text = answer(&shown(&["index.html"]), "/%3Cscript%3E");
        let text = String::from_utf8(text.body.as_ref().to_vec()).unwrap();
        assert!(text.contains("Page introuvable") && text.contains("href=\"/\""));
        assert!(text.contains("« /&lt;script&gt; »"));
    }
}
