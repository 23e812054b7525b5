//! The key under which all that concerns one pupil is sealed, for one school year.

use zeroize::Zeroizing;

use super::code::Bearer;
use super::name::Name;
use super::secret::{Secret, expand};

/// The key of a pupil's page and documents.
#[derive(Clone, PartialEq, Eq)]
pub struct ContentKey(pub(super) Zeroizing<[u8; 32]>);

/// The key of a pupil's page for a school year, as long as just these people may open it.
///
/// Whoever had a letter may have kept the key. So it depends on who may read: it changes when a letter
/// is replaced, when one of them refuses or goes, and comes back when all is as before. `bearers` may
/// be in any order.
pub fn content_key(secret: &Secret, year: &str, pupil: &str, bearers: &[Bearer]) -> ContentKey {
    let mut readers: Vec<(&str, String)> =
        bearers.iter().map(|one| (one.who.as_str(), one.turn.to_string())).collect();
    readers.sort_unstable();
    readers.dedup();
    let mut parts = vec![year, pupil];
    parts.extend(readers.iter().flat_map(|(who, turn)| [*who, turn.as_str()]));
    ContentKey(secret.derive("contenu", &parts))
}

impl ContentKey {
    /// Where the page of the pupil is.
    pub fn page(&self) -> Name {
        self.name("page", "")
    }

    /// Where a document is, named by what it is to the school.
    pub fn document(&self, document: &str) -> Name {
        self.name("document", document)
    }

    fn name(&self, purpose: &str, what: &str) -> Name {
        Name(*expand(&*self.0, purpose, &[what]))
    }
}

impl std::fmt::Debug for ContentKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("ContentKey")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::family::secret::tests::secret;

    fn bearer(who: &str, turn: usize) -> Bearer {
        Bearer { year: "2026-2027".into(), pupil: "dupont-lea".into(), who: who.into(), turn }
    }

    #[test]
    fn the_key_follows_who_may_read() {
        let key = |bearers: &[Bearer]| content_key(&secret(), "2026-2027", "dupont-lea", bearers);
        let both = key(&[bearer("a", 0), bearer("b", 0)]);
        assert_eq!(both, key(&[bearer("b", 0), bearer("a", 0)]));
        assert_ne!(both, key(&[bearer("a", 0)]));
        assert_ne!(both, key(&[bearer("a", 1), bearer("b", 0)]));
        assert_ne!(both.page(), key(&[bearer("a", 0)]).page());
        assert_ne!(both.page(), both.document(""));
        assert_ne!(both.document("a"), both.document("b"));
        let other_year = content_key(&secret(), "2027-2028", "dupont-lea", &[bearer("a", 0)]);
        assert_ne!(other_year, key(&[bearer("a", 0)]));
        assert_eq!(format!("{both:?}"), "ContentKey");
    }
}
