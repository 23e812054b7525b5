//! From the bytes of an XML file to its text: the declaration is obeyed, unless the bytes prove it wrong.

use encoding_rs::{Encoding, ISO_8859_15, UTF_8};

/// A text, and whether it is in UTF-8 although its declaration says otherwise.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Decoded {
    pub(super) text: String,
    pub(super) mislabelled: bool,
}

/// The text of a file; nothing when its bytes are in no encoding that is known.
///
/// A file that was saved again by hand may still claim Latin-9 while it holds UTF-8: accents
/// that are valid UTF-8 are never Latin-9 by chance.
pub(super) fn decode(bytes: &[u8]) -> Option<Decoded> {
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        let (text, faulty) = encoding.decode_without_bom_handling(&bytes[mark..]);
        return (!faulty).then(|| Decoded { text: text.into_owned(), mislabelled: false });
    }
    let utf8 = std::str::from_utf8(bytes).ok();
    let declared = declared(bytes);
    match (declared, utf8) {
        (Label::None, Some(text)) => Some(Decoded { text: text.to_owned(), mislabelled: false }),
        (Label::None, None) => latin(ISO_8859_15, bytes),
        (Label::Unknown, _) => None,
        (Label::Known(encoding), Some(text)) if encoding == UTF_8 || bytes.is_ascii() => {
            Some(Decoded { text: text.to_owned(), mislabelled: false })
        }
        (Label::Known(encoding), Some(text)) if encoding.is_single_byte() => {
            Some(Decoded { text: text.to_owned(), mislabelled: true })
        }
        (Label::Known(encoding), _) if encoding == UTF_8 => None,
        (Label::Known(encoding), _) => latin(encoding, bytes),
    }
}

fn latin(encoding: &'static Encoding, bytes: &[u8]) -> Option<Decoded> {
    let (text, faulty) = encoding.decode_without_bom_handling(bytes);
    (!faulty).then(|| Decoded { text: text.into_owned(), mislabelled: false })
}

enum Label {
    None,
    Unknown,
    Known(&'static Encoding),
}

/// The encoding that the declaration names: `<?xml version="1.0" encoding="ISO-8859-15"?>`.
fn declared(bytes: &[u8]) -> Label {
    const LONGEST: usize = 200;
    let start = &bytes[..bytes.len().min(LONGEST)];
    let blank = start.iter().take_while(|b| b.is_ascii_whitespace()).count();
    let Some(rest) = start[blank..].strip_prefix(b"<?xml") else { return Label::None };
    let end = rest.windows(2).position(|two| two == b"?>").unwrap_or(rest.len());
    let said = String::from_utf8_lossy(&rest[..end]);
    let Some((_, value)) = said.split_once("encoding") else { return Label::None };
    let value = value.trim_start().trim_start_matches('=').trim_start();
    let Some(quote) = value.chars().next().filter(|c| matches!(c, '"' | '\'')) else {
        return Label::Unknown;
    };
    let name = value[1..].split(quote).next().unwrap_or("");
    // What the web calls Latin-1 is Windows-1252, which holds the same accents and a few more.
    Encoding::for_label(name.as_bytes()).map_or(Label::Unknown, Label::Known)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(bytes: &[u8]) -> Option<(String, bool)> {
        decode(bytes).map(|decoded| (decoded.text, decoded.mislabelled))
    }

    fn with(encoding: &str, bytes: &[u8]) -> Vec<u8> {
        let mut all = format!("<?xml version=\"1.0\" encoding=\"{encoding}\"?><N>").into_bytes();
        all.extend_from_slice(bytes);
        all.extend_from_slice(b"</N>");
        all
    }

    #[test]
    fn latin_9_is_not_latin_1() {
        let (read, wrong) = text(&with("ISO-8859-15", b"LEB\xBCUF \xA6IMIC c\xBDur \xA4")).unwrap();
        assert!(read.contains("<N>LEBŒUF ŠIMIC cœur €</N>") && !wrong, "{read}");
        let (read, _) = text(&with("ISO-8859-1", b"\xC9lo\xEFse")).unwrap();
        assert!(read.contains("<N>Éloïse</N>"));
    }

    #[test]
    fn a_file_saved_again_by_hand_is_read_as_what_it_is() {
        let (read, wrong) = text(&with("ISO-8859-15", "Éloïse".as_bytes())).unwrap();
        assert!(read.contains("<N>Éloïse</N>") && wrong);
        // Without accents nothing shows, and nothing is said.
        assert!(!text(&with("ISO-8859-15", b"Luc")).unwrap().1);
    }

    #[test]
    fn without_a_declaration_utf_8_comes_first() {
        assert_eq!(text("<N>Œ</N>".as_bytes()), Some(("<N>Œ</N>".into(), false)));
        assert_eq!(text(b"<N>\xBC</N>"), Some(("<N>Œ</N>".into(), false)));
        assert_eq!(text("\u{feff}<N>Œ</N>".as_bytes()), Some(("<N>Œ</N>".into(), false)));
        let sixteen: Vec<u8> =
            "\u{feff}<N>Œ</N>".encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert_eq!(text(&sixteen), Some(("<N>Œ</N>".into(), false)));
    }

    #[test]
    fn bytes_that_are_not_what_they_claim_are_refused() {
        assert_eq!(text(&with("UTF-8", b"\xBC")), None);
        assert_eq!(text(&with("klingon", b"a")), None);
    }
}
