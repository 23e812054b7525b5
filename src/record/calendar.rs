//! `calendar/ANNÉE.toml`: official periods, PFMP dates, deadlines, LSL periodicity.

use super::decode::{choice, record};
use super::value::{Id, StudyLevel, Whole};
use crate::text::Date;

record! {
    /// One school year, as the DDFPT sets it.
    pub struct Calendar = "le calendrier" {
        debut: Date => "premier jour de l’année scolaire",
        fin: Date => "dernier jour de l’année scolaire",
        periodes: Vec<OfficialPeriod> = Vec::new() => "périodes officielles (trimestres ou semestres)",
        pfmp: Vec<PfmpDates> = Vec::new() => "dates des périodes de formation en milieu professionnel",
        certification: Vec<Deadline> = Vec::new() => "dates limites de certification en établissement",
        lsl: Vec<LslPeriodicity> = Vec::new() => "périodicité du livret scolaire par diplôme et niveau",
        pronote: Vec<PronotePeriod> = Vec::new() => "périodes telles qu’elles sont dans PRONOTE",
        service_lsl: Option<LivretWindow> => "dates d’ouverture de l’application nationale du livret",
    }
}

record! {
    /// A trimester or semester, for everybody or for some classes only.
    pub struct OfficialPeriod = "une période officielle" {
        code: String => "code court, par exemple S1 ou T2",
        intitule: String => "nom de la période, par exemple 1er semestre",
        debut: Date => "premier jour",
        fin: Date => "dernier jour",
        cloture_pronote: Option<Date> => "jour où PRONOTE ferme cette période : rien n’en sort plus ensuite",
        diplomes: Option<Vec<Id>> => "diplômes concernés (tous si la ligne manque)",
        niveaux: Option<Vec<StudyLevel>> => "niveaux concernés (tous si la ligne manque)",
        classes: Option<Vec<Id>> => "classes concernées (toutes si la ligne manque)",
    }
}

record! {
    /// Dates of a PFMP for a level (PER-03: 1 and 2 in seconde, 3 and 4 in première …).
    pub struct PfmpDates = "les dates d’une PFMP" {
        numero: Whole<1, 12> => "numéro de la PFMP dans le cycle",
        niveau: StudyLevel => "niveau concerné",
        diplomes: Option<Vec<Id>> => "diplômes concernés (tous si la ligne manque)",
        debut: Date => "premier jour",
        fin: Date => "dernier jour",
    }
}

record! {
    /// The last day for a certification in the school (PER-04).
    pub struct Deadline = "une date limite de certification" {
        diplome: Id => "diplôme",
        epreuve: Option<String> => "épreuve (toutes si la ligne manque)",
        date_limite: Date => "dernier jour",
        note: Option<String> => "remarque",
    }
}

record! {
    /// How often the LSL is filled for a diploma and level (PER-05).
    pub struct LslPeriodicity = "la périodicité du livret" {
        diplome: Id => "diplôme",
        niveau: StudyLevel => "niveau",
        periodicite: Periodicity => "trimestre ou semestre",
    }
}

record! {
    /// A period as PRONOTE has it (PER-02: one day of difference makes exports impossible).
    pub struct PronotePeriod = "une période de PRONOTE" {
        code: String => "code de la période officielle qui lui correspond",
        debut: Date => "premier jour dans PRONOTE",
        fin: Date => "dernier jour dans PRONOTE",
        classes: Option<Vec<Id>> => "classes concernées (toutes si la ligne manque)",
    }
}

record! {
    /// When the national service takes livrets (LCK-05, LSL-04).
    pub struct LivretWindow = "l’ouverture du service du livret" {
        ouverture: Date => "premier jour",
        fermeture: Date => "dernier jour",
    }
}

choice! {
    /// Length of the official periods.
    pub enum Periodicity {
        Trimester = "trimestre" => "trimestre",
        Semester = "semestre" => "semestre",
    }
}
