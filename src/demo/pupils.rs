//! A pupil: identity, the classes gone through, and the record that says so.

use super::dates::Date;
use super::emit::Document;
use super::grammar::Sex;
use super::guardians::Guardian;
use super::names::Name;
use super::progress::Character;
use super::structure::Plan;

/// A stay in a class, for a year or a part of it.
#[derive(Clone)]
pub(crate) struct Stay {
    pub(crate) division: usize,
    pub(crate) apprentice: bool,
    pub(crate) from: Option<Date>,
    pub(crate) until: Option<Date>,
}

impl Stay {
    pub(crate) fn holds(&self, day: Date) -> bool {
        self.from.is_none_or(|from| from <= day) && self.until.is_none_or(|until| day <= until)
    }
}

/// A pupil of the school, present or past.
pub(crate) struct Pupil {
    pub(crate) id: String,
    pub(crate) cohort: i32,
    pub(crate) name: Name,
    pub(crate) sex: Sex,
    pub(crate) birth: Date,
    pub(crate) usage: String,
    pub(crate) eleve_id: String,
    pub(crate) ine: String,
    pub(crate) candidate: String,
    pub(crate) inactive: Option<Date>,
    /// When the pupil, of age, refused to read the livret online.
    pub(crate) refusal: Option<Date>,
    /// When the pupil, of age, asked to be the only one to read the page of the families' site.
    pub(crate) reserved: Option<Date>,
    /// When the pupil's letter was reported lost.
    pub(crate) lost: Option<Date>,
    /// Diploma obtained in the school, and session.
    pub(crate) obtained: Option<(String, i32)>,
    pub(crate) stays: Vec<Stay>,
    pub(crate) guardians: Vec<Guardian>,
    pub(crate) character: Character,
}

impl Pupil {
    /// Gives the folder of the pupil, relative to `content/`.
    pub(crate) fn folder(&self) -> String {
        format!("students/{}/{}", self.cohort, self.id)
    }

    /// Finds the stay of the pupil in a class on a day.
    pub(crate) fn stay(&self, division: usize, day: Date) -> Option<&Stay> {
        let still_there = self.inactive.is_none_or(|gone| day < gone);
        self.stays.iter().find(|stay| stay.division == division && stay.holds(day) && still_there)
    }

    /// Tells whether the pupil or a guardian had refused, by a day, to read the livret online.
    pub(crate) fn refused(&self, day: Date) -> bool {
        let guardians = self.guardians.iter().map(|one| one.refusal);
        guardians.chain([self.refusal]).flatten().any(|refusal| refusal <= day)
    }

    pub(crate) fn write(&self, plan: &Plan) -> String {
        let mut file = Document::new();
        file.string("eleve_id", &self.eleve_id);
        file.optional("ine", &self.ine);
        file.string("nom", &self.name.surname);
        file.string("prenom", &self.name.first);
        file.optional("nom_usage", &self.usage);
        file.string("sexe", self.sex.letter());
        file.value("naissance", self.birth);
        file.optional("numero_candidat", &self.candidate);
        if let Some(day) = self.inactive {
            file.value("inactif_depuis", day);
        }
        if let Some(day) = self.refusal {
            file.value("refus_site", day);
        }
        if let Some(day) = self.reserved {
            file.value("lecture_reservee", day);
        }
        if let Some(day) = self.lost {
            file.value("codes_annules", format!("[{day}]"));
        }
        for stay in &self.stays {
            let Some(division) = plan.divisions.get(stay.division) else {
                continue;
            };
            let Some(year) = plan.years.get(division.year) else {
                continue;
            };
            file.entry("scolarite");
            file.string("annee", &year.label());
            file.string("classe", &division.id);
            file.string("statut", if stay.apprentice { "apprenti" } else { "scolaire" });
            if let Some(day) = stay.from {
                file.value("debut", day);
            }
            if let Some(day) = stay.until {
                file.value("fin", day);
            }
        }
        if let Some((diploma, session)) = &self.obtained {
            file.entry("diplomes");
            file.string("diplome", diploma);
            file.value("session", session);
        }
        for guardian in &self.guardians {
            guardian.write(&mut file);
        }
        file.finish()
    }
}
