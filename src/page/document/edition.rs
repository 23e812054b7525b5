//! Which state of the records a document shows: the newest change of what it is made from.

use jiff::Timestamp;

use crate::text::{Date, short_date};

/// The change that last touched a record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edition {
    /// The commit, in hexadecimal.
    pub commit: String,
    /// When it was made.
    pub at: Timestamp,
}

/// What history tells of a record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Recorded {
    /// It stands as this change left it.
    By(Edition),
    /// It was never recorded as it stands, or there is no history.
    NotYet,
    /// The change is in a part of the past that this copy of the repository lacks.
    Unknown,
}

impl From<Option<Edition>> for Recorded {
    fn from(edition: Option<Edition>) -> Self {
        edition.map_or(Self::NotYet, Self::By)
    }
}

impl Recorded {
    /// What history tells of several records together: the newest change; one that is not recorded as
    /// it stands makes of the whole something that is not.
    pub fn newest(all: impl IntoIterator<Item = Self>) -> Self {
        let newer = |one, other| match (one, other) {
            (Self::NotYet, _) | (_, Self::NotYet) => Self::NotYet,
            (Self::Unknown, _) | (_, Self::Unknown) => Self::Unknown,
            (Self::By(one), Self::By(other)) => {
                let first = (one.at, &one.commit) >= (other.at, &other.commit);
                Self::By(if first { one } else { other })
            }
        };
        all.into_iter().reduce(newer).unwrap_or(Self::NotYet)
    }

    /// The change, when it is known.
    pub fn edition(&self) -> Option<&Edition> {
        match self {
            Self::By(edition) => Some(edition),
            Self::NotYet | Self::Unknown => None,
        }
    }

    /// "état du 11/12/2026, version 3f2a91c4e1".
    pub fn words(&self) -> String {
        match self {
            Self::By(edition) => edition.words(),
            Self::NotYet => "version de travail".to_owned(),
            Self::Unknown => "version inconnue (historique incomplet)".to_owned(),
        }
    }
}

impl Edition {
    /// "état du 11/12/2026, version 3f2a91c4e1".
    pub fn words(&self) -> String {
        let version = self.commit.get(..10).unwrap_or(&self.commit);
        match Date::in_france(self.at.as_second()) {
            Some(day) => format!("état du {}, version {version}", short_date(day)),
            None => format!("version {version}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn by(commit: &str, at: &str) -> Recorded {
        Recorded::By(Edition { commit: commit.into(), at: at.parse().unwrap() })
    }

    #[test]
    fn the_newest_change_names_the_whole_unless_one_is_not_known() {
        let (old, new) = (by("ffff", "2026-10-01T08:00:00Z"), by("0000", "2026-10-02T08:00:00Z"));
        let newest = |all: &[&Recorded]| Recorded::newest(all.iter().map(|one| (*one).clone()));
        assert_eq!(newest(&[&old, &new, &old]), new);
        assert_eq!(newest(&[&old, &Recorded::Unknown, &new]), Recorded::Unknown);
        let not_yet = [&Recorded::Unknown, &Recorded::NotYet, &new];
        assert_eq!(newest(&not_yet), Recorded::NotYet);
        assert_eq!(newest(&[]), Recorded::NotYet);
        assert_eq!(new.words(), "état du 02/10/2026, version 0000");
        assert_eq!(Recorded::Unknown.words(), "version inconnue (historique incomplet)");
    }
}
