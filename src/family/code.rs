//! The code of a letter: a link and seven words, for one bearer and one school year.

use data_encoding::BASE32_NOPAD_NOCASE;
use zeroize::Zeroizing;

use super::secret::Secret;
use super::words::Words;

/// Somebody who has a letter for the page of one pupil.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Bearer {
    /// The school year of the letter: `2026-2027`.
    pub year: String,
    /// The pupil.
    pub pupil: String,
    /// Who among those of that pupil: the pupil, or one of the people responsible.
    pub who: String,
    /// How many letters of theirs were cancelled before this one.
    pub turn: usize,
}

impl Bearer {
    fn parts<'a>(&'a self, turn: &'a str) -> [&'a str; 4] {
        [&self.year, &self.pupil, &self.who, turn]
    }
}

/// The code of a letter.
#[derive(Clone, Debug)]
pub struct Code {
    /// For the link, which a telephone reads from a square.
    pub link: LinkSecret,
    /// To be typed.
    pub words: Words,
}

impl Code {
    /// The code of a bearer's letter.
    pub fn of(secret: &Secret, bearer: &Bearer) -> Self {
        let turn = bearer.turn.to_string();
        let parts = bearer.parts(&turn);
        Self { link: LinkSecret(secret.derive("lien", &parts)), words: Words::draw(secret, &parts) }
    }
}

/// 128 bits that stand in a link, after the `#`: a browser never sends them to a server.
#[derive(Clone)]
pub struct LinkSecret(pub(super) Zeroizing<[u8; 16]>);

impl LinkSecret {
    /// The 26 letters and digits that stand in a link.
    pub fn text(&self) -> Zeroizing<String> {
        Zeroizing::new(BASE32_NOPAD_NOCASE.encode(&*self.0).to_ascii_lowercase())
    }
}

impl std::fmt::Debug for LinkSecret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("LinkSecret")
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::family::secret::tests::secret;

    #[test]
    fn each_letter_has_a_code_of_its_own() {
        let bearer = Bearer {
            year: "2026-2027".into(),
            pupil: "dupont-lea".into(),
            who: "eleve".into(),
            turn: 0,
        };
        let bearers = [
            bearer.clone(),
            Bearer { year: "2027-2028".into(), ..bearer.clone() },
            Bearer { pupil: "dupont-leo".into(), ..bearer.clone() },
            Bearer { who: "responsable nadia dupont".into(), ..bearer.clone() },
            Bearer { turn: 1, ..bearer.clone() },
        ];
        let link = |bearer: &Bearer| Code::of(&secret(), bearer).link.text().to_string();
        let links: BTreeSet<String> = bearers.iter().map(link).collect();
        assert_eq!(links.len(), bearers.len());
        assert!(links.iter().all(|link| link.len() == 26));
        assert_eq!(link(&bearer), link(&bearer));
    }

    #[test]
    fn nothing_of_a_code_is_shown() {
        let bearer = Bearer { year: "a".into(), pupil: "b".into(), who: "c".into(), turn: 0 };
        let shown = format!("{:?}", Code::of(&secret(), &bearer));
        assert_eq!(shown, "Code { link: LinkSecret, words: Words }");
    }
}
