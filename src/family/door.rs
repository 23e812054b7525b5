//! A door: the small file that a code leads to, and that tells where the page is and under which key.

use zeroize::Zeroizing;

use super::code::{Code, LinkSecret};
use super::key::ContentKey;
use super::name::Name;
use super::seal::{SealedFile, open};
use super::secret::{Secret, expand};
use super::words::Words;

/// What the words of one school and year are stretched with. Anybody may know it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Salt(pub(super) [u8; 16]);

impl Salt {
    /// The salt of a school year.
    pub fn of(secret: &Secret, year: &str) -> Self {
        Self(*secret.derive("sel", &[year]))
    }

    /// As the page has it: 26 letters and digits.
    pub fn text(&self) -> String {
        Name(self.0).text()
    }
}

/// What a door says to who opens it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Opening {
    /// The page is there, under this key.
    Page {
        /// The key.
        key: ContentKey,
        /// What the reader calls the pupil, to choose among several: a first name.
        label: String,
    },
    /// This letter was replaced by another one.
    Replaced,
    /// The reader refused to read online.
    Refused,
    /// The pupil, of age, keeps the page.
    Reserved,
}

/// Where a code leads, and what opens it.
pub struct Door {
    name: Name,
    key: Zeroizing<[u8; 32]>,
}

/// Bytes of what a door says.
const SAID: usize = 128;
/// Those before the label: what it is, the key, the length of the label.
const BEFORE_LABEL: usize = 1 + 32 + 1;

impl Door {
    /// The door of a link.
    pub fn of_link(link: &LinkSecret) -> Self {
        Self::of(&*link.0, "lien")
    }

    /// The door of seven words: slow, on purpose.
    pub fn of_words(words: &Words, salt: &Salt) -> Self {
        Self::of(&*words.stretch(&salt.0), "mots")
    }

    /// Both doors of a code.
    pub fn both(code: &Code, salt: &Salt) -> [Self; 2] {
        [Self::of_link(&code.link), Self::of_words(&code.words, salt)]
    }

    fn of(secret: &[u8], kind: &str) -> Self {
        let bytes: Zeroizing<[u8; 48]> = expand(secret, "porte", &[kind]);
        let mut name = [0; 16];
        name.copy_from_slice(&bytes[..16]);
        let mut key = Zeroizing::new([0; 32]);
        key.copy_from_slice(&bytes[16..]);
        Self { name: Name(name), key }
    }

    /// A door that nobody can open.
    pub(super) fn of_nobody(secret: &Secret, year: &str, number: usize) -> Self {
        Self::of(&*secret.derive::<32>("leurre", &[year, "porte", &number.to_string()]), "leurre")
    }

    /// The file of the door.
    pub fn file(&self, year: &str, opening: &Opening) -> SealedFile {
        SealedFile::new(&self.key, ("porte", year, self.name), "portes", said(opening))
    }

    /// What a file says that stands where this door leads; nothing when it is not this door's.
    pub fn open(&self, year: &str, bytes: &[u8]) -> Option<Opening> {
        let said = open(&self.key, ("porte", year, self.name), bytes)?;
        match said.first()? {
            0 => {
                let mut key = Zeroizing::new([0; 32]);
                key.copy_from_slice(said.get(1..33)?);
                let end = BEFORE_LABEL + usize::from(*said.get(33)?);
                let label = std::str::from_utf8(said.get(BEFORE_LABEL..end)?).ok()?;
                Some(Opening::Page { key: ContentKey(key), label: label.to_owned() })
            }
            1 => Some(Opening::Replaced),
            2 => Some(Opening::Refused),
            3 => Some(Opening::Reserved),
            _ => None,
        }
    }
}

fn said(opening: &Opening) -> Vec<u8> {
    let mut said = Vec::with_capacity(SAID);
    match opening {
        Opening::Page { key, label } => {
            let mut end = label.len().min(SAID - BEFORE_LABEL);
            while !label.is_char_boundary(end) {
                end -= 1;
            }
            said.push(0);
            said.extend(&*key.0);
            said.push(u8::try_from(end).unwrap_or(0));
            said.extend(&label.as_bytes()[..end]);
        }
        Opening::Replaced => said.push(1),
        Opening::Refused => said.push(2),
        Opening::Reserved => said.push(3),
    }
    said.resize(SAID, 0);
    said
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::family::code::Bearer;
    use crate::family::key::content_key;
    use crate::family::secret::tests::secret;

    const YEAR: &str = "2026-2027";

    fn code(turn: usize) -> Code {
        let bearer =
            Bearer { year: YEAR.into(), pupil: "dupont-lea".into(), who: "eleve".into(), turn };
        Code::of(&secret(), &bearer)
    }

    #[test]
    fn each_way_of_a_code_opens_its_own_door() {
        let salt = Salt::of(&secret(), YEAR);
        let [link, words] = Door::both(&code(0), &salt);
        let key = content_key(&secret(), YEAR, "dupont-lea", &[]);
        let opening = Opening::Page { key, label: "Léa".into() };
        for (door, other) in [(&link, &words), (&words, &link)] {
            let file = door.file(YEAR, &opening);
            assert!(file.address.starts_with("portes/"));
            assert_eq!(door.open(YEAR, &file.bytes()), Some(opening.clone()));
            assert_eq!(other.open(YEAR, &file.bytes()), None);
            assert_eq!(door.open("2027-2028", &file.bytes()), None);
        }
        assert_ne!(link.file(YEAR, &opening).address, words.file(YEAR, &opening).address);
        assert_ne!(Door::of_link(&code(1).link).name, link.name);
    }

    #[test]
    fn all_doors_have_one_size() {
        let door = Door::of_link(&code(0).link);
        let key = content_key(&secret(), YEAR, "dupont-lea", &[]);
        let page = |label: &str| Opening::Page { key: key.clone(), label: label.to_owned() };
        let openings = [
            page(""),
            page("Léa"),
            page(&"é".repeat(200)),
            Opening::Replaced,
            Opening::Refused,
            Opening::Reserved,
        ];
        for opening in openings {
            let bytes = door.file(YEAR, &opening).bytes();
            assert_eq!(bytes.len(), 156);
            let opened = door.open(YEAR, &bytes).unwrap();
            match (&opening, &opened) {
                // A label too long is cut between two letters.
                (Opening::Page { label, .. }, Opening::Page { label: cut, .. }) => {
                    assert!(label.starts_with(cut.as_str()) && cut.len() >= label.len().min(93));
                }
                _ => assert_eq!(opening, opened),
            }
        }
        assert_eq!(Door::of_nobody(&secret(), YEAR, 3).file(YEAR, &Opening::Replaced).size, 156);
    }
}
