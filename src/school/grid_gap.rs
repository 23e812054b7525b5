//! What a grid still lacks before its commission can lock it (CCF-07, LCK-04).

use std::collections::BTreeSet;

use super::{CriterionIx, FilledGrid, Referential, School, Seat};
use crate::text::{and_list, count};

/// One thing that a grid lacks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum GridGap {
    /// Lines without a level.
    Lines(Vec<CriterionIx>),
    /// The day of the exam or of the commission.
    Date,
    /// The candidate's number, which stands in the pupil's own file (CCF-06).
    CandidateNumber,
    /// Members: how many different people sit so far; two are needed (CCF-11).
    Members(usize),
    /// The comment, when the national grid asks for one.
    Comment,
    /// The mark proposed to the jury.
    ProposedMark,
}

/// How many people a commission needs at least (CCF-11).
const QUORUM: usize = 2;

impl GridGap {
    /// What is missing: "le niveau de 2 lignes (C1.1.a et C1.2.a)".
    pub fn words(&self, referential: &Referential) -> String {
        match self {
            Self::Lines(lines) => {
                let codes = codes(referential, lines);
                format!("le niveau de {} ({})", count(lines.len(), "ligne", "lignes"), codes)
            }
            Self::Date => "la date".into(),
            Self::CandidateNumber => "le numéro de candidat".into(),
            Self::Members(0) => "deux membres de la commission".into(),
            Self::Members(_) => "un second membre de la commission".into(),
            Self::Comment => "le commentaire".into(),
            Self::ProposedMark => "la note proposée".into(),
        }
    }

    /// What to type: `date = …`.
    pub fn typing(&self, referential: &Referential) -> String {
        match self {
            Self::Lines(lines) => match lines.as_slice() {
                [one] => format!("\"{}\" = … sous [niveaux]", codes(referential, &[*one])),
                _ => "une ligne \"CODE\" = … par critère sous [niveaux]".into(),
            },
            Self::Date => "date = …".into(),
            Self::CandidateNumber => "numero_candidat = \"…\" dans la fiche de l’élève".into(),
            Self::Members(0) => "deux tables [[commission]]".into(),
            Self::Members(_) => "une table [[commission]]".into(),
            Self::Comment => "commentaire = \"…\"".into(),
            Self::ProposedMark => "note_proposee = …".into(),
        }
    }

    /// All that a grid nobody has opened yet will need, for a candidate whose number is known or not.
    pub fn all(referential: &Referential, grid: usize, has_number: bool) -> Vec<Self> {
        let asked = referential.record.grilles[grid].appreciation_obligatoire == Some(true);
        let mut gaps = vec![Self::Lines(referential.grid_lines(grid).collect()), Self::Date];
        gaps.extend((!has_number).then_some(Self::CandidateNumber));
        gaps.push(Self::Members(0));
        gaps.extend(asked.then_some(Self::Comment));
        gaps.push(Self::ProposedMark);
        gaps
    }
}

impl FilledGrid {
    /// What it lacks, in the order in which it is filled. An absent candidate needs neither levels
    /// nor a mark: absence is not a level, and what it is worth is the jury's to say.
    pub fn gaps(&self, school: &School) -> Vec<GridGap> {
        let referential = &school.referentials[self.diploma];
        let record = &self.record;
        let pupil = &school.pupils[self.pupil];
        let lines: Vec<CriterionIx> =
            referential.grid_lines(self.grid).filter(|line| self.level(*line).is_none()).collect();
        let members: BTreeSet<&Seat> = self.seats.iter().flatten().collect();
        let number = pupil.record.numero_candidat.is_some() || school.is_broken(&pupil.file);
        let comment = record.commentaire.as_ref().is_some_and(|prose| !prose.0.is_empty())
            || self.form(school).appreciation_obligatoire != Some(true);
        let mut gaps = Vec::new();
        gaps.extend((!lines.is_empty() && !record.absent).then_some(GridGap::Lines(lines)));
        gaps.extend(record.date.is_none().then_some(GridGap::Date));
        gaps.extend((!number).then_some(GridGap::CandidateNumber));
        gaps.extend((members.len() < QUORUM).then_some(GridGap::Members(members.len())));
        gaps.extend((!comment).then_some(GridGap::Comment));
        let marked = record.note_proposee.is_some() || record.absent;
        gaps.extend((!marked).then_some(GridGap::ProposedMark));
        gaps
    }
}

/// "C1.1.a et C1.2.a"; beyond six, the first ones and how many more.
fn codes(referential: &Referential, lines: &[CriterionIx]) -> String {
    const SHOWN: usize = 6;
    let code = |line: &CriterionIx| referential.criteria[line.0 as usize].code.clone();
    let mut codes: Vec<String> = lines.iter().take(SHOWN).map(code).collect();
    if lines.len() > SHOWN {
        codes.push(count(lines.len() - SHOWN, "autre", "autres"));
    }
    and_list(&codes)
}
