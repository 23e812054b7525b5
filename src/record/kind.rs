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
    /// `pfmp/annexes/mcv-a/premiere/decouverte.toml`
    Annex {
        /// Diploma.
        diploma: String,
        /// Level of study, as written.
        level: String,
        /// Name within them.
        slug: String,
    },
    /// `pfmp/periods/2026-2027/pfmp-3.toml`
    Period {
        /// School year.
        year: SchoolYear,
        /// Name within it.
        slug: String,
    },
    /// `students/2025/dupont-lea/pfmp/2026-2027-pfmp-3.toml`
    Portfolio {
        /// The pupil's id.
        student: String,
        /// School year of the period.
        year: SchoolYear,
        /// Name of the period within the year.
        slug: String,
    },
    /// `students/2025/dupont-lea/certification/2027-e31.toml`
    FilledGrid {
        /// The pupil's id.
        student: String,
        /// Exam session.
        session: i16,
        /// Code of the grid, in lower case.
        grid: String,
    },
    /// `students/2025/dupont-lea/attestations/2027-06-30.toml`
    Attestation {
        /// The pupil's id.
        student: String,
        /// Date and number.
        key: ReviewKey,
    },
    /// `students/2025/dupont-lea/lsl/2026-2027.toml`
    Livret {
        /// The pupil's id.
        student: String,
        /// School year.
        year: SchoolYear,
    },
    /// `students/2025/dupont-lea/book/vitrine-de-noel.md`
    BookPage {
        /// The pupil's id.
        student: String,
        /// Name within the book.
        slug: String,
    },
    /// `register/2027/commissions/jury-mcv-a.toml`
    Commission {
        /// Exam session.
        session: i16,
        /// Name within it.
        slug: String,
    },
    /// `register/2027/consultations/jury-mcv-a.toml`
    Consultation {
        /// Exam session.
        session: i16,
        /// Name within it.
        slug: String,
    },
    /// `imports/2026-2027/2026-09-03.toml`
    Import {
        /// School year of the files.
        year: SchoolYear,
        /// Date and number.
        key: ReviewKey,
    },
    /// `register/2027/deliveries/livrets-sur-papier.toml`
    Delivery {
        /// Exam session.
        session: i16,
        /// Name within it.
        slug: String,
    },
    /// `transfers/2026-2027/dupont-lea-de-0549999a.toml`
    Transfer {
        /// School year.
        year: SchoolYear,
        /// Name within it.
        slug: String,
    },
    /// `students/2025/dupont-lea/received/0549999a-2027-01-15/paquet.toml`
    SentFolder {
        /// The pupil's id.
        student: String,
        /// Name of the package: who sent it, and when.
        package: String,
    },
    /// `students/2025/dupont-lea/received/0549999a-2027-01-15/historique.toml`
    SentHistory {
        /// The pupil's id.
        student: String,
        /// Name of the package.
        package: String,
    },
    /// `students/2025/dupont-lea/received/0549999a-2027-01-15/reviews/2026-12-11.toml`: a record of another
    /// school.
    Received {
        /// The pupil's id.
        student: String,
        /// Name of the package.
        package: String,
        /// What it is there.
        inside: Box<Kind>,
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
        ("annex", "pfmp/annexes/DIPLÔME/NIVEAU/NOM.toml"),
        ("period", "pfmp/periods/ANNÉE/NOM.toml"),
        ("portfolio", "students/COHORTE/ÉLÈVE/pfmp/ANNÉE-NOM.toml"),
        ("grid", "students/COHORTE/ÉLÈVE/certification/SESSION-GRILLE.toml"),
        ("attestation", "students/COHORTE/ÉLÈVE/attestations/DATE.toml"),
        ("livret", "students/COHORTE/ÉLÈVE/lsl/ANNÉE.toml"),
        ("book", "students/COHORTE/ÉLÈVE/book/NOM.md"),
        ("commission", "register/SESSION/commissions/NOM.toml"),
        ("consultation", "register/SESSION/consultations/NOM.toml"),
        ("delivery", "register/SESSION/deliveries/NOM.toml"),
        ("transfer", "transfers/ANNÉE/NOM.toml"),
        ("package", "students/COHORTE/ÉLÈVE/received/PAQUET/paquet.toml"),
        ("package-history", "students/COHORTE/ÉLÈVE/received/PAQUET/historique.toml"),
        ("import", "imports/ANNÉE/DATE.toml"),
    ];

    /// The kind of the record at a path; a TOML file inside a scenario's folder of resources is no
    /// record (`None`).
    pub(super) fn of(path: &Arc<str>) -> Result<Option<Self>, Box<Finding>> {
        let parts: Vec<&str> = path.split('/').collect();
        if let ["students", cohort, id, "received", package, inside @ ..] = &parts[..]
            && !inside.is_empty()
        {
            cohort_of(path, cohort)?;
            return Self::received(path, slug_of(path, id)?, slug_of(path, package)?, inside);
        }
        let Some((last, folders)) = parts.split_last() else { return Err(stray(path)) };
        if let (["students", cohort, id, "book"], Some(stem)) = (folders, last.strip_suffix(".md"))
        {
            cohort_of(path, cohort)?;
            let student = slug_of(path, id)?;
            return Ok(Some(Self::BookPage { student, slug: slug_of(path, stem)? }));
        }
        let Some(stem) = last.strip_suffix(".toml") else {
            return Err(misnamed(path, "ce nom doit finir par .toml en minuscules"));
        };
        let slug = |text: &str| slug_of(path, text);
        let year = |text: &str| {
            text.parse().map_err(|()| {
                misnamed(
                    path,
                    &format!("{} n’est pas une année scolaire comme 2026-2027", quoted(text)),
                )
            })
        };
        let day = |stem: &str| {
            review_key(stem).ok_or_else(|| {
                misnamed(path, &format!("{} n’est pas une date comme 2026-12-11", quoted(stem)))
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
                let key = day(stem)?;
                Self::Review { student: slug(id)?, key }
            }
            (["pfmp", "annexes", diploma, level], stem) => {
                Self::Annex { diploma: slug(diploma)?, level: slug(level)?, slug: slug(stem)? }
            }
            (["pfmp", "periods", school_year], stem) => {
                Self::Period { year: year(school_year)?, slug: slug(stem)? }
            }
            (["students", cohort, id, "pfmp"], stem) => {
                cohort_of(path, cohort)?;
                let (of_year, name) = split_after(stem, 9).ok_or_else(|| {
                    misnamed(
                        path,
                        &format!(
                            "{} n’est pas le nom d’une période précédé de son année, comme 2026-2027-pfmp-3",
                            quoted(stem)
                        ),
                    )
                })?;
                Self::Portfolio { student: slug(id)?, year: year(of_year)?, slug: slug(name)? }
            }
            (["students", cohort, id, "certification"], stem) => {
                cohort_of(path, cohort)?;
                let (session, grid) = split_after(stem, 4).ok_or_else(|| {
                    misnamed(
                        path,
                        &format!(
                            "{} n’est pas une session suivie d’une grille, comme 2027-e31",
                            quoted(stem)
                        ),
                    )
                })?;
                let session = session_of(path, session)?;
                Self::FilledGrid { student: slug(id)?, session, grid: slug(grid)? }
            }
            (["students", cohort, id, "attestations"], stem) => {
                cohort_of(path, cohort)?;
                let key = day(stem)?;
                Self::Attestation { student: slug(id)?, key }
            }
            (["students", cohort, id, "lsl"], stem) => {
                cohort_of(path, cohort)?;
                Self::Livret { student: slug(id)?, year: year(stem)? }
            }
            (["register", session, "commissions"], stem) => {
                Self::Commission { session: session_of(path, session)?, slug: slug(stem)? }
            }
            (["register", session, "consultations"], stem) => {
                Self::Consultation { session: session_of(path, session)?, slug: slug(stem)? }
            }
            (["register", session, "deliveries"], stem) => {
                Self::Delivery { session: session_of(path, session)?, slug: slug(stem)? }
            }
            (["transfers", school_year], stem) => {
                Self::Transfer { year: year(school_year)?, slug: slug(stem)? }
            }
            (["imports", school_year], stem) => {
                Self::Import { year: year(school_year)?, key: day(stem)? }
            }
            _ => return Err(stray(path)),
        };
        Ok(Some(kind))
    }

    /// Whether another school sent it: it is kept as it came.
    pub fn is_sent(&self) -> bool {
        matches!(self, Self::SentFolder { .. } | Self::SentHistory { .. } | Self::Received { .. })
    }

    /// The kind of a file that another school sent, named in the package as in that school; what stands in
    /// a pupil's folder there, from that folder.
    fn received(
        path: &Arc<str>,
        student: String,
        package: String,
        inside: &[&str],
    ) -> Result<Option<Self>, Box<Finding>> {
        let name = inside.join("/");
        let there = match inside {
            ["paquet.toml"] => return Ok(Some(Self::SentFolder { student, package })),
            ["historique.toml"] => return Ok(Some(Self::SentHistory { student, package })),
            ["evaluations" | "register", ..] | ["pfmp", "periods", ..] => name,
            _ => format!("students/2000/{student}/{name}"),
        };
        let inside = match Self::of(&Arc::from(there)) {
            Ok(Some(
                kind @ (Self::Evaluation { .. }
                | Self::Student { .. }
                | Self::Review { .. }
                | Self::Period { .. }
                | Self::Portfolio { .. }
                | Self::FilledGrid { .. }
                | Self::Attestation { .. }
                | Self::Livret { .. }
                | Self::BookPage { .. }
                | Self::Commission { .. }
                | Self::Consultation { .. }
                | Self::Delivery { .. }),
            )) => Box::new(kind),
            _ => return Err(stray(path)),
        };
        Ok(Some(Self::Received { student, package, inside }))
    }
}

fn slug_of(path: &Arc<str>, text: &str) -> Result<String, Box<Finding>> {
    if is_slug(text) {
        return Ok(text.to_owned());
    }
    let message =
        format!("{} n’est pas un nom en minuscules sans accent, chiffres et tirets", quoted(text));
    let mut finding = misnamed(path, &message);
    let mended = crate::text::slug(text);
    if is_slug(&mended) {
        finding.help = Some(format!("renommez-le {}", quoted(&mended)));
    }
    Err(finding)
}

fn cohort_of(path: &Arc<str>, text: &str) -> Result<i16, Box<Finding>> {
    four_digits(text).ok_or_else(|| {
        misnamed(path, &format!("{} n’est pas une année d’entrée comme 2025", quoted(text)))
    })
}

fn session_of(path: &Arc<str>, text: &str) -> Result<i16, Box<Finding>> {
    four_digits(text).ok_or_else(|| {
        misnamed(path, &format!("{} n’est pas une session d’examen comme 2027", quoted(text)))
    })
}

fn four_digits(text: &str) -> Option<i16> {
    let year = text.parse().ok().filter(|_| text.len() == 4)?;
    (1900..=2200).contains(&year).then_some(year)
}

/// The first `length` bytes of a stem, and what follows the hyphen after them.
fn split_after(stem: &str, length: usize) -> Option<(&str, &str)> {
    Some((stem.get(..length)?, stem.get(length..)?.strip_prefix('-')?))
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
    fn names_of_files_hold_years_sessions_and_days() {
        let of = |path: &str| Kind::of(&Arc::from(path));
        let student = || "x".to_owned();
        assert_eq!(
            of("students/2025/x/pfmp/2026-2027-pfmp-3.toml").unwrap(),
            Some(Kind::Portfolio {
                student: student(),
                year: SchoolYear(2026),
                slug: "pfmp-3".into()
            })
        );
        assert_eq!(
            of("students/2025/x/certification/2027-e33-s1.toml").unwrap(),
            Some(Kind::FilledGrid { student: student(), session: 2027, grid: "e33-s1".into() })
        );
        assert_eq!(
            of("students/2025/x/book/vitrine.md").unwrap(),
            Some(Kind::BookPage { student: student(), slug: "vitrine".into() })
        );
        for wrong in [
            "students/2025/x/pfmp/pfmp-3.toml",
            "students/2025/x/certification/e31.toml",
            "students/2025/x/book/vitrine.toml",
            "students/2025/x/book/Vitrine.md",
            "register/2027/jury.toml",
            "register/27/commissions/jury.toml",
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
