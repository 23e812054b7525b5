//! What kind of record stands at which path, and what the path itself says.

use std::sync::Arc;

use crate::diagnostic::{Code, Finding, Severity, Site};
use crate::text::{Date, SchoolYear, is_slug, quoted};

/// The rules of this file.
pub static CODES: &[&Code] = &[&STRAY, &MISNAMED];

static STRAY: Code = Code {
    name: "FICHIER-PLACE",
    severity: Severity::Error,
    summary: "Chaque fichier de données est à sa place",
    explanation: "Le chemin d’un fichier dit ce qu’il contient : `evaluations/ANNÉE/CLASSE/NOM.toml`, \
        `students/COHORTE/ÉLÈVE/reviews/DATE.toml`… Un fichier ailleurs ne serait lu par personne.",
    wrong: "evaluations/accueil-client.toml",
    right: "evaluations/2026-2027/1mcva1/accueil-client.toml",
};

static MISNAMED: Code = Code {
    name: "FICHIER-NOM",
    severity: Severity::Error,
    summary: "Le nom d’un fichier suit la règle de son dossier",
    explanation: "Les noms de fichiers et de dossiers s’écrivent en minuscules sans accent, avec des \
        chiffres et des tirets ; un bilan porte sa date ; un calendrier porte son année scolaire. Ces noms \
        servent d’identifiants : ils ne changent plus une fois utilisés.",
    wrong: "evaluations/2026-2027/1mcva1/Accueil Client.toml",
    right: "evaluations/2026-2027/1mcva1/accueil-client.toml",
};

/// The name of a review's file: its date, and its number among those of one day (BIL-21).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ReviewKey {
    /// The date.
    pub date: Date,
    /// 1 for the first review of that day, 2 for the second …
    pub number: u8,
}

impl std::fmt::Display for ReviewKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.number {
            1 => write!(f, "{}", self.date),
            number => write!(f, "{}-{number}", self.date),
        }
    }
}

/// What stands at a path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Kind {
    /// `school.toml`
    School,
    /// `staff.toml`
    Staff,
    /// `calendar/2026-2027.toml`
    Calendar(SchoolYear),
    /// `classes/2026-2027.toml`
    Classes(SchoolYear),
    /// `referentials/mcv-a.toml`
    Referential(String),
    /// `scenarios/mcv-a/premiere/accueil-client.toml`
    Scenario {
        /// Diploma.
        diploma: String,
        /// Level of study, as written.
        level: String,
        /// Name within them.
        slug: String,
    },
    /// `evaluations/2026-2027/1mcva1/accueil-client.toml`
    Evaluation {
        /// School year.
        year: SchoolYear,
        /// Class.
        class: String,
        /// Name within it.
        slug: String,
    },
    /// `students/2025/dupont-lea/student.toml`
    Student {
        /// Year of entry.
        cohort: i16,
        /// The pupil's id.
        id: String,
    },
    /// `students/2025/dupont-lea/reviews/2026-12-11.toml`
    Review {
        /// The pupil's id.
        student: String,
        /// Date and number.
        key: ReviewKey,
    },
}

impl Kind {
    /// The kinds, with the pattern of their paths and the name of their schema.
    pub const PATTERNS: &'static [(&'static str, &'static str)] = &[
        ("school", "school.toml"),
        ("staff", "staff.toml"),
        ("calendar", "calendar/ANNÉE.toml"),
        ("classes", "classes/ANNÉE.toml"),
        ("referential", "referentials/CODE.toml"),
        ("scenario", "scenarios/DIPLÔME/NIVEAU/NOM.toml"),
        ("evaluation", "evaluations/ANNÉE/CLASSE/NOM.toml"),
        ("student", "students/COHORTE/ÉLÈVE/student.toml"),
        ("review", "students/COHORTE/ÉLÈVE/reviews/DATE.toml"),
    ];

    /// The kind of the record at a path; a TOML file inside a scenario's folder of resources is no
    /// record (`None`).
    pub(super) fn of(path: &Arc<str>) -> Result<Option<Self>, Box<Finding>> {
        let parts: Vec<&str> = path.split('/').collect();
        let Some((last, folders)) = parts.split_last() else { return Err(stray(path)) };
        let Some(stem) = last.strip_suffix(".toml") else {
            return Err(misnamed(path, "ce nom doit finir par .toml en minuscules"));
        };
        let slug = |text: &str| {
            if is_slug(text) {
                Ok(text.to_owned())
            } else {
                let message = format!(
                    "{} n’est pas un nom en minuscules sans accent, chiffres et tirets",
                    quoted(text)
                );
                let mut finding = misnamed(path, &message);
                let mended = crate::text::slug(text);
                if is_slug(&mended) {
                    finding.help = Some(format!("renommez-le {}", quoted(&mended)));
                }
                Err(finding)
            }
        };
        let year = |text: &str| {
            text.parse().map_err(|()| {
                misnamed(
                    path,
                    &format!("{} n’est pas une année scolaire comme 2026-2027", quoted(text)),
                )
            })
        };
        let kind = match (folders, stem) {
            ([], "school") => Self::School,
            ([], "staff") => Self::Staff,
            (["calendar"], stem) => Self::Calendar(year(stem)?),
            (["classes"], stem) => Self::Classes(year(stem)?),
            (["referentials"], stem) => Self::Referential(slug(stem)?),
            (["scenarios", diploma, level], stem) => {
                Self::Scenario { diploma: slug(diploma)?, level: slug(level)?, slug: slug(stem)? }
            }
            (["scenarios", _, _, _, ..], _) => return Ok(None),
            (["evaluations", school_year, class], stem) => Self::Evaluation {
                year: year(school_year)?,
                class: slug(class)?,
                slug: slug(stem)?,
            },
            (["students", cohort, id], "student") => {
                Self::Student { cohort: cohort_of(path, cohort)?, id: slug(id)? }
            }
            (["students", cohort, id, "reviews"], stem) => {
                cohort_of(path, cohort)?;
                let key = review_key(stem).ok_or_else(|| {
                    misnamed(path, &format!("{} n’est pas une date comme 2026-12-11", quoted(stem)))
                })?;
                Self::Review { student: slug(id)?, key }
            }
            _ => return Err(stray(path)),
        };
        Ok(Some(kind))
    }
}

fn cohort_of(path: &Arc<str>, text: &str) -> Result<i16, Box<Finding>> {
    let wrong =
        || misnamed(path, &format!("{} n’est pas une année d’entrée comme 2025", quoted(text)));
    if text.len() != 4 {
        return Err(wrong());
    }
    text.parse().ok().filter(|year| (1900..=2200).contains(year)).ok_or_else(wrong)
}

fn review_key(stem: &str) -> Option<ReviewKey> {
    let day = stem.get(..10)?;
    let date = day.parse::<Date>().ok().filter(|date| date.to_string() == day)?;
    let number = match stem.get(10..)? {
        "" => 1,
        rest => rest.strip_prefix('-')?.parse().ok().filter(|number| (2..=9).contains(number))?,
    };
    Some(ReviewKey { date, number })
}

fn stray(path: &Arc<str>) -> Box<Finding> {
    let patterns: Vec<&str> = Kind::PATTERNS.iter().map(|(_, pattern)| *pattern).collect();
    let message = "rien ne se range à cet endroit : ce fichier ne serait lu par personne";
    Box::new(Finding::new(&STRAY, Site::file(path), message).help(format!(
        "déplacez-le ou supprimez-le ; les places connues sont : {}",
        patterns.join(", ")
    )))
}

fn misnamed(path: &Arc<str>, message: &str) -> Box<Finding> {
    let finding = Finding::new(&MISNAMED, Site::file(path), message);
    Box::new(finding.help("renommez le fichier ou son dossier"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_tell_their_kind() {
        let of = |path: &str| Kind::of(&Arc::from(path));
        assert_eq!(of("school.toml").unwrap(), Some(Kind::School));
        assert!(matches!(
            of("evaluations/2026-2027/1mcva1/a.toml"),
            Ok(Some(Kind::Evaluation { .. }))
        ));
        assert_eq!(of("scenarios/mcv-a/premiere/a/notes.toml").unwrap(), None);
        for wrong in [
            "x.toml",
            "evaluations/a.toml",
            "calendar/2026.toml",
            "evaluations/2026-2027/1MCVA/a.toml",
            "students/25/x/student.toml",
        ] {
            assert!(of(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn two_reviews_of_one_day_are_numbered() {
        assert_eq!(review_key("2026-12-11").unwrap().number, 1);
        assert_eq!(review_key("2026-12-11-2").unwrap().to_string(), "2026-12-11-2");
        assert!(review_key("2026-12-11-1").is_none() && review_key("11-12-2026").is_none());
    }
}
