//! What rights and locks need to know of a record, and nothing else of it.

use serde::{Deserialize, Serialize};

use crate::record::{AnyRecord, Kind, ReviewState, Role, StaffKey, Unlock};
use crate::text::{Date, SchoolYear};

/// The little that is remembered of a record at a moment.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Facts {
    /// The people.
    Staff(Vec<PersonFacts>),
    /// Who teaches each class of a year.
    Classes(Vec<ClassFacts>),
    /// A pupil.
    Student(StudentFacts),
    /// A review and what it freezes.
    Review(ReviewFacts),
    /// What a learner's portfolio holds.
    Portfolio(PortfolioFacts),
    /// When the national service takes livrets.
    Calendar(Option<(Date, Date)>),
    /// A scenario.
    Scenario(ScenarioFacts),
    /// A CCF grid.
    Grid(GridFacts),
    /// When a livret was sent, and by whom.
    Livret(Vec<Entry>),
    /// The keys with which the forge signs what is done in its pages.
    Forge(Vec<KeyFacts>),
}

/// A member of the staff.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PersonFacts {
    /// Id in `staff.toml`.
    pub id: String,
    /// "Paul Mercier".
    pub name: String,
    /// Addresses, in lower case.
    pub emails: Vec<String>,
    /// What this person is.
    pub roles: Vec<String>,
    /// The day from which the person is gone.
    pub gone: Option<Date>,
    /// The keys that sign for this person.
    pub keys: Vec<KeyFacts>,
}

impl PersonFacts {
    /// Whether this person has a role.
    pub fn has(&self, role: Role) -> bool {
        self.roles.iter().any(|name| name == role.as_str())
    }
}

/// A key, and when it was in somebody's hands.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct KeyFacts {
    /// The public key, as written.
    pub key: String,
    /// First day.
    pub from: Option<Date>,
    /// Last day.
    pub to: Option<Date>,
}

impl KeyFacts {
    fn of(key: &StaffKey) -> Self {
        Self { key: key.cle.clone(), from: key.du, to: key.au }
    }
}

/// A class.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ClassFacts {
    /// Its id.
    pub id: String,
    /// Professional teachers.
    pub team: Vec<String>,
    /// The form teacher.
    pub form_teacher: Option<String>,
}

/// A pupil.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct StudentFacts {
    /// The pupil's id.
    pub id: String,
    /// "Léa Dupont".
    pub name: String,
    /// Addresses, in lower case.
    pub emails: Vec<String>,
    /// School year, class, first and last day.
    pub stays: Vec<(SchoolYear, String, Date, Date)>,
    /// Letters of the families' site that were cancelled: of whom, how many.
    pub cancelled: Vec<(String, usize)>,
}

/// A review.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ReviewFacts {
    /// The pupil.
    pub student: String,
    /// Its date.
    pub date: Date,
    /// Its author.
    pub author: String,
    /// Whether it is closed.
    pub locked: bool,
    /// The evaluations it takes into account.
    pub evaluations: Vec<String>,
    /// The permissions to change it that were given.
    pub unlocks: Vec<Entry>,
}

/// What somebody wrote down, and the day.
pub type Entry = (String, Date);

/// A CCF grid.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct GridFacts {
    /// Whether it is closed.
    pub locked: bool,
    /// The permissions to change it that were given.
    pub unlocks: Vec<Entry>,
}

/// A scenario.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ScenarioFacts {
    /// Its author.
    pub author: String,
    /// Whether it is for the author alone.
    pub private: bool,
}

/// A portfolio.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PortfolioFacts {
    /// The pupil.
    pub student: String,
    /// The period (`2026-2027/pfmp-3`).
    pub period: String,
    /// How much is written in it.
    pub entries: Entries,
}

/// How much is written about a period.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entries {
    /// Weeks of the log.
    pub weeks: usize,
    /// Activity sheets.
    pub sheets: usize,
    /// Learners' own reviews, and reviews made with the company.
    pub reviews: usize,
}

impl Entries {
    /// Whether nothing is written.
    pub fn is_empty(self) -> bool {
        self == Self::default()
    }

    /// Both together.
    #[must_use]
    pub fn plus(self, other: Self) -> Self {
        Self {
            weeks: self.weeks + other.weeks,
            sheets: self.sheets + other.sheets,
            reviews: self.reviews + other.reviews,
        }
    }
}

impl Facts {
    /// The keys that sign, as written.
    pub fn keys(&self) -> Vec<&str> {
        match self {
            Self::Staff(people) => {
                people.iter().flat_map(|one| &one.keys).map(|key| key.key.as_str()).collect()
            }
            Self::Forge(keys) => keys.iter().map(|key| key.key.as_str()).collect(),
            _ => Vec::new(),
        }
    }

    /// What is remembered of a record; nothing for the kinds that no right or lock looks up.
    pub fn of(kind: &Kind, record: &AnyRecord) -> Option<Self> {
        let unlocks = |given: &[Unlock]| {
            given.iter().map(|unlock| (unlock.par.to_string(), unlock.date)).collect()
        };
        let lower = |emails: &[String]| emails.iter().map(|email| email.to_lowercase()).collect();
        Some(match (kind, record) {
            (_, AnyRecord::Staff(staff)) => Self::Staff(
                (staff.personnes.iter())
                    .map(|(id, person)| PersonFacts {
                        id: id.to_owned(),
                        name: format!("{} {}", person.prenom, person.nom),
                        emails: lower(&person.courriels),
                        roles: person.roles.iter().map(|role| role.as_str().to_owned()).collect(),
                        gone: person.inactif_depuis,
                        keys: person.cles.iter().map(KeyFacts::of).collect(),
                    })
                    .collect(),
            ),
            (_, AnyRecord::Classes(classes)) => Self::Classes(
                (classes.classes.iter())
                    .map(|(id, class)| ClassFacts {
                        id: id.to_owned(),
                        team: class.equipe.iter().map(ToString::to_string).collect(),
                        form_teacher: class.professeur_principal.as_ref().map(ToString::to_string),
                    })
                    .collect(),
            ),
            (Kind::Student { id, .. }, AnyRecord::Student(student)) => {
                Self::Student(StudentFacts {
                    id: id.clone(),
                    name: format!("{} {}", student.prenom, student.nom),
                    emails: lower(&student.courriels),
                    stays: (student.scolarite.iter())
                        .map(|stay| (stay.annee, stay.classe.to_string(), stay.from(), stay.to()))
                        .collect(),
                    cancelled: (student.cancelled_letters().into_iter())
                        .filter(|(_, number)| *number > 0)
                        .collect(),
                })
            }
            (Kind::Review { student, key }, AnyRecord::Review(review)) => {
                Self::Review(ReviewFacts {
                    student: student.clone(),
                    date: key.date,
                    author: review.auteur.to_string(),
                    locked: review.is_locked(),
                    evaluations: review.evaluations.iter().map(ToString::to_string).collect(),
                    unlocks: unlocks(&review.deverrouillage),
                })
            }
            (Kind::Portfolio { student, year, slug }, AnyRecord::Portfolio(portfolio)) => {
                let company = (portfolio.bilan_entreprise.as_ref()).is_some_and(|review| {
                    review.etat == ReviewState::Valid || !review.resultats.is_empty()
                });
                Self::Portfolio(PortfolioFacts {
                    student: student.clone(),
                    period: format!("{year}/{slug}"),
                    entries: Entries {
                        weeks: portfolio.journal.len(),
                        sheets: portfolio.fiches.len(),
                        reviews: usize::from(portfolio.bilan_personnel.is_some())
                            + usize::from(company),
                    },
                })
            }
            (_, AnyRecord::Calendar(calendar)) => Self::Calendar(
                calendar.service_lsl.as_ref().map(|window| (window.ouverture, window.fermeture)),
            ),
            (_, AnyRecord::Scenario(scenario)) => Self::Scenario(ScenarioFacts {
                author: scenario.auteur.to_string(),
                private: scenario.prive,
            }),
            (_, AnyRecord::FilledGrid(grid)) => Self::Grid(GridFacts {
                locked: grid.is_locked(),
                unlocks: unlocks(&grid.deverrouillage),
            }),
            (_, AnyRecord::Livret(livret)) => Self::Livret(
                livret.envois.iter().map(|sent| (sent.par.to_string(), sent.le)).collect(),
            ),
            (_, AnyRecord::School(school)) => {
                let keys = school.forge.as_ref().map_or(&[][..], |forge| &forge.cles);
                // A school without such keys has nothing to remember here.
                (!keys.is_empty()).then(|| Self::Forge(keys.iter().map(KeyFacts::of).collect()))?
            }
            _ => return None,
        })
    }
}
