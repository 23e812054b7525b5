//! What the register proves of a commission: who sat, and which candidates' documents it opened.

use crate::record::{CommissionPurpose, KeptDocument, MemberQuality, Reader, Status};
use crate::school::{Commission, Consultation, Delivery, Ix, Pupil, School};

/// Who sat in a commission, counted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Composition {
    /// Members convened.
    pub convened: usize,
    /// Members who sat.
    pub present: usize,
    /// Members who sat and signed.
    pub signed: usize,
    /// Professionals convened.
    pub professionals_convened: usize,
    /// Professionals who sat.
    pub professionals: usize,
    /// Members who sat and preside.
    pub presidents: usize,
}

impl Composition {
    /// Whether at least a third of those who sat are professionals (code de l’éducation, D. 337-93).
    pub fn has_a_third(&self) -> bool {
        3 * self.professionals >= self.present
    }

    /// Whether at least a third of those convened are professionals.
    pub fn convened_a_third(&self) -> bool {
        3 * self.professionals_convened >= self.convened
    }
}

/// Counts who was convened to a commission and who sat.
pub fn composition(commission: &Commission) -> Composition {
    let mut counts = Composition::default();
    for member in &commission.record.membres {
        let professional = member.qualite == MemberQuality::Professional;
        counts.convened += 1;
        counts.professionals_convened += usize::from(professional);
        if member.present {
            counts.present += 1;
            counts.professionals += usize::from(professional);
            counts.signed += usize::from(member.emargement);
            counts.presidents += usize::from(member.preside);
        }
    }
    counts
}

/// Whether a commission has sat, as its record alone tells: it has minutes, or somebody signed.
pub fn has_sat(commission: &Commission) -> bool {
    let record = &commission.record;
    record.proces_verbal.is_some() || record.membres.iter().any(|member| member.emargement)
}

/// Which documents of a candidate a commission opened, on its day at the latest (NAT-32).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reading {
    /// The candidate.
    pub candidate: Ix<Pupil>,
    /// Whether a livret exists: apprentices have none (LSL-02).
    pub has_livret: bool,
    /// The first consultation of the livret.
    pub livret: Option<Ix<Consultation>>,
    /// The first consultation of the filled grids.
    pub grids: Option<Ix<Consultation>>,
}

impl Reading {
    /// Whether a livret was to be opened, and nobody noted that it was.
    pub fn lacks_livret(&self) -> bool {
        self.has_livret && self.livret.is_none()
    }
}

/// What a commission opened of each of its candidates, in the order of their names.
pub fn readings(school: &School, ix: Ix<Commission>) -> Vec<Reading> {
    let commission = &school.commissions[ix];
    let day = commission.record.date;
    // By date: the first that fits is the earliest.
    let counts = |consultation: &Consultation| {
        consultation.commission == Some(ix)
            && consultation.record.par == Reader::Jury
            && consultation.record.date <= day
    };
    let own: Vec<_> = school.consultations.iter().filter(|(_, one)| counts(one)).collect();
    let first = |candidate: Ix<Pupil>, document: KeptDocument| {
        let opened = own.iter().find(|(_, consultation)| {
            consultation.pupils.contains(&candidate)
                && consultation.record.documents.contains(&document)
        });
        opened.map(|(ix, _)| *ix)
    };
    let candidates = commission.candidates.iter().map(|candidate| {
        let stays = school.pupils[*candidate].stays.iter().rev();
        let last = stays.clone().find(|stay| stay.from <= day).or_else(|| stays.clone().next());
        Reading {
            candidate: *candidate,
            has_livret: last.is_none_or(|stay| stay.status == Status::School),
            livret: first(*candidate, KeptDocument::Livret),
            grids: first(*candidate, KeptDocument::Grids),
        }
    });
    candidates.collect()
}

/// What the register holds about one pupil.
#[derive(Debug, Default)]
pub struct RegisterOf {
    /// Commissions that examine the pupil, by session then name.
    pub commissions: Vec<Ix<Commission>>,
    /// Consultations of the pupil's documents, by session then date.
    pub consultations: Vec<Ix<Consultation>>,
    /// Deliveries to the pupil or the family, each with the place of the pupil in it.
    pub deliveries: Vec<(Ix<Delivery>, usize)>,
}

impl RegisterOf {
    /// How many things there are.
    pub fn len(&self) -> usize {
        self.commissions.len() + self.consultations.len() + self.deliveries.len()
    }

    /// Whether the register says nothing of the pupil.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

/// What the register holds about each pupil, by position in [`School::pupils`].
pub fn register_by_pupil(school: &School) -> Vec<RegisterOf> {
    let mut list: Vec<RegisterOf> = school.pupils.iter().map(|_| RegisterOf::default()).collect();
    for (ix, commission) in school.commissions.iter() {
        for candidate in &commission.candidates {
            list[candidate.get()].commissions.push(ix);
        }
    }
    for (ix, consultation) in school.consultations.iter() {
        for pupil in &consultation.pupils {
            list[pupil.get()].consultations.push(ix);
        }
    }
    for (ix, delivery) in school.deliveries.iter() {
        for (place, pupil) in delivery.pupils.iter().enumerate() {
            if let Some(pupil) = pupil {
                list[pupil.get()].deliveries.push((ix, place));
            }
        }
    }
    list
}

/// Whether a commission is a jury that decides on the diploma.
pub fn is_deliberation(commission: &Commission) -> bool {
    commission.record.objet == CommissionPurpose::Deliberation
}

#[cfg(test)]
mod tests {
    use super::*;

    fn composition_of(present: usize, professionals: usize) -> Composition {
        Composition { present, professionals, ..Composition::default() }
    }

    #[test]
    fn a_third_is_reached_from_one_in_three() {
        assert!(composition_of(3, 1).has_a_third() && composition_of(6, 2).has_a_third());
        assert!(!composition_of(4, 1).has_a_third() && !composition_of(2, 0).has_a_third());
        assert!(composition_of(2, 1).has_a_third());
    }
}
