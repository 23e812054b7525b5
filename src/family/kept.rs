//! Doors of words made by an earlier run: their words take a tenth of a second each to stretch.
//!
//! What is kept is public already: the doors stand in the site. Each is found again by a keyed digest
//! of whose it is and what it says, which tells nothing to who has no secret.

use std::collections::BTreeMap;

use data_encoding::BASE64;

use super::code::{Bearer, Code};
use super::door::{Door, Opening, Salt};
use super::key::ContentKey;
use super::secret::{Secret, expand};

/// The first line of the text; other versions are not read.
const HEADER: &str = "jalon-portes/1";

/// Doors that were made before, by digest: the address and the bytes of each.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct KeptDoors(BTreeMap<String, (String, Vec<u8>)>);

impl KeptDoors {
    /// Reads what [`KeptDoors::text`] wrote; what makes no sense is left out.
    pub fn read(text: &str) -> Self {
        let mut lines = text.lines();
        if lines.next() != Some(HEADER) {
            return Self::default();
        }
        let line = |line: &str| {
            let mut parts = line.split(' ');
            let (tag, address, bytes) = (parts.next()?, parts.next()?, parts.next()?);
            let bytes = BASE64.decode(bytes.as_bytes()).ok()?;
            Some((tag.to_owned(), (address.to_owned(), bytes)))
        };
        Self(lines.filter_map(line).collect())
    }

    /// What is kept, one door a line.
    pub fn text(&self) -> String {
        let mut text = format!("{HEADER}\n");
        for (tag, (address, bytes)) in &self.0 {
            text.push_str(&format!("{tag} {address} {}\n", BASE64.encode(bytes)));
        }
        text
    }

    /// Takes a door in.
    pub fn insert(&mut self, tag: String, door: (String, Vec<u8>)) {
        self.0.insert(tag, door);
    }

    /// Takes in the doors that others kept and that are not here.
    pub fn absorb(&mut self, others: Self) {
        for (tag, door) in others.0 {
            self.0.entry(tag).or_insert(door);
        }
    }

    /// The door of the words of a letter: its digest, its address, its bytes, and whether it had to be
    /// made.
    pub fn door_of_words(
        &self,
        secret: &Secret,
        bearer: &Bearer,
        opening: &Opening,
    ) -> (String, (String, Vec<u8>), bool) {
        let tag = tag(secret, bearer, opening);
        if let Some(door) = self.0.get(&tag) {
            return (tag, door.clone(), false);
        }
        let salt = Salt::of(secret, &bearer.year);
        let door = Door::of_words(&Code::of(secret, bearer).words, &salt);
        let file = door.file(&bearer.year, opening);
        let bytes = file.bytes();
        (tag, (file.address, bytes), true)
    }
}

fn tag(secret: &Secret, bearer: &Bearer, opening: &Opening) -> String {
    let (said, label, key) = match opening {
        Opening::Page { key: ContentKey(key), label } => ("0", label.as_str(), Some(key)),
        Opening::Replaced => ("1", "", None),
        Opening::Refused => ("2", "", None),
        Opening::Reserved => ("3", "", None),
    };
    let key = key.map(|key| BASE64.encode(&*expand::<16>(&**key, "gardé", &[])));
    let turn = bearer.turn.to_string();
    let list = blake3::hash(super::word_list().as_bytes()).to_hex();
    let parts = [
        &*bearer.year,
        &bearer.pupil,
        &bearer.who,
        &turn,
        said,
        label,
        key.as_deref().unwrap_or(""),
        list.as_str(),
    ];
    let digest = secret.derive::<16>("gardé", &parts);
    data_encoding::HEXLOWER.encode(&*digest)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::family::key::content_key;
    use crate::family::secret::tests::secret;

    fn bearer(who: &str) -> Bearer {
        let year = "2026-2027".to_owned();
        Bearer { year, pupil: "dupont-lea".into(), who: who.into(), turn: 0 }
    }

    #[test]
    fn a_door_is_made_once_while_it_says_the_same() {
        let secret = secret();
        let mut kept = KeptDoors::default();
        let key = content_key(&secret, "2026-2027", "dupont-lea", &[bearer("eleve")]);
        let opening = Opening::Page { key, label: "Léa".into() };
        let (tag, door, new) = kept.door_of_words(&secret, &bearer("eleve"), &opening);
        assert!(new);
        kept.insert(tag, door.clone());
        let kept = KeptDoors::read(&kept.text());
        let again = kept.door_of_words(&secret, &bearer("eleve"), &opening);
        assert_eq!((&again.1, again.2), (&door, false));
        // Another reader, or another word behind the same door: another file.
        assert!(kept.door_of_words(&secret, &bearer("eleve"), &Opening::Refused).2);
        let other = kept.door_of_words(&secret, &bearer("mère"), &opening);
        assert!(other.2 && other.1.0 != door.0);
    }

    #[test]
    fn what_makes_no_sense_is_left_out() {
        assert_eq!(KeptDoors::read("autre chose\na b AAAA\n"), KeptDoors::default());
        let kept = KeptDoors::read("jalon-portes/1\na b AAAA\nc\nd e ???\n");
        assert_eq!(kept.0.len(), 1);
        assert_eq!(KeptDoors::read(&kept.text()), kept);
    }
}
