//! What a site that is not of the present says of itself, on each of its pages and documents.

use serde::Serialize;

use crate::text::{Date, long_date, short_date};

/// Which state of the past a site shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mark {
    /// The commit, in hexadecimal.
    pub commit: String,
    /// The day that was asked for, or that of the commit.
    pub day: Date,
    /// Whether this is what the evening of that day knew, rather than a commit that was named.
    pub evening: bool,
}

/// What pages and documents say.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct MarkWords {
    /// "Le site tel qu’il était le 12 novembre 2026 au soir (version a1b2c3d4)."
    pub site: String,
    /// "Document tel qu’il était le 12 novembre 2026 au soir (version a1b2c3d4)."
    pub document: String,
    /// "État du 12/11/2026 au soir (version a1b2c3d4), et non du jour présent", in the margin of each page.
    pub margin: String,
    /// What this means, in a sentence.
    pub caution: &'static str,
}

const CAUTION: &str =
    "Ce qui a été enregistré depuis n’y figure pas : ne le prenez pas pour l’état présent.";

impl Mark {
    /// The beginning of the commit's name, as it is shown.
    pub fn version(&self) -> &str {
        self.commit.get(..8).unwrap_or(&self.commit)
    }

    /// A name for what was made: "le-2026-11-12", "version-a1b2c3d4".
    pub fn slug(&self) -> String {
        match self.evening {
            true => format!("le-{}", self.day),
            false => format!("version-{}", self.version()),
        }
    }

    /// What pages and documents say.
    pub fn words(&self) -> MarkWords {
        let (day, short, version) = (long_date(self.day), short_date(self.day), self.version());
        let (state, margin) = match self.evening {
            true => (
                format!("tel qu’il était le {day} au soir (version {version})."),
                format!("État du {short} au soir (version {version})"),
            ),
            false => (
                format!("d’après la version {version}, enregistrée le {day}."),
                format!("État de la version {version} du {short}"),
            ),
        };
        MarkWords {
            site: format!("Le site {state}"),
            document: format!("Document {state}"),
            margin: format!("{margin}, et non du jour présent"),
            caution: CAUTION,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mark_says_which_day_or_which_version() {
        let day = Date::new(2026, 11, 12).unwrap();
        let commit = "a1b2c3d4e5f6a7b8c9d0a1b2c3d4e5f6a7b8c9d0".to_owned();
        let evening = Mark { commit, day, evening: true };
        let named = Mark { evening: false, ..evening.clone() };
        assert_eq!(
            evening.words().site,
            "Le site tel qu’il était le 12 novembre 2026 au soir (version a1b2c3d4)."
        );
        assert_eq!(
            named.words().document,
            "Document d’après la version a1b2c3d4, enregistrée le 12 novembre 2026."
        );
        assert_eq!(
            (evening.slug(), named.slug()),
            ("le-2026-11-12".into(), "version-a1b2c3d4".into())
        );
    }
}
