//! Which columns of the matrix somebody stands in towards a record, and which conditions hold.

use super::actions::Share;
use super::matrix::{Action, Bond, Part, Row};
use crate::history::{Act, Known};
use crate::record::{AnyRecord, Kind, Role};
use crate::text::SchoolYear;

/// Whether the hand behind an act may do its share of it: a cell of one of its columns says so.
pub(super) fn may(act: &Act<'_>, share: &Share<'_>) -> bool {
    let row = Row::of(share.action);
    parts(act, share).into_iter().any(|part| match row.cell(part).writes() {
        None => false,
        Some(None) => true,
        Some(Some(bond)) => holds(act, share, bond),
    })
}

/// The columns in which the author of an act stands.
pub(super) fn parts(act: &Act<'_>, share: &Share<'_>) -> Vec<Part> {
    let person = match &act.author.known {
        Known::Person(person) => *person,
        Known::Learner(learner) if share.pupil() == Some(&learner.id) => {
            return vec![Part::Learner];
        }
        Known::Learner(_) | Known::Gone(_) | Known::Nobody => return Vec::new(),
    };
    let roles = [
        (Role::Ddfpt, Part::Ddfpt),
        (Role::Head, Part::Head),
        (Role::Cpe, Part::Cpe),
        (Role::Administrator, Part::Administrator),
    ];
    let mut parts: Vec<Part> =
        roles.into_iter().filter(|(role, _)| person.has(*role)).map(|(_, part)| part).collect();
    if person.has(Role::Teacher) {
        parts.push(if owns(act, share, &person.id) { Part::Author } else { Part::Teacher });
    }
    if is_form_teacher(act, share, &person.id) {
        parts.push(Part::FormTeacher);
    }
    parts
}

/// Whether a record is somebody's: as it was before; a new one is of whoever makes it.
fn owns(act: &Act<'_>, share: &Share<'_>, id: &str) -> bool {
    let one = share.one;
    if share.action == Action::ScenarioNew {
        // A copy is judged by the author of the original.
        return match &one.after {
            Some(AnyRecord::Scenario(copy)) => (copy.copie_de.as_ref())
                .and_then(|original| act.moment.scenario(original))
                .is_none_or(|original| original.author == id),
            _ => true,
        };
    }
    if share.action == Action::Scenario {
        return share.scenario_author(act).is_some_and(|author| author == id);
    }
    let record = match &one.before {
        Some(record) => record,
        // What could not be read before is of whoever is named now.
        None if one.kind_before.is_some() => match &one.after {
            Some(record) => record,
            None => return false,
        },
        None => return !matches!(one.kind, Some(Kind::Livret { .. })),
    };
    match record {
        AnyRecord::Scenario(scenario) => *scenario.auteur == *id,
        AnyRecord::Evaluation(evaluation) => *evaluation.auteur == *id,
        AnyRecord::Annex(annex) => *annex.auteur == *id,
        AnyRecord::Review(review) => *review.auteur == *id,
        AnyRecord::Attestation(attestation) => *attestation.auteur == *id,
        AnyRecord::FilledGrid(grid) => *grid.auteur == *id,
        AnyRecord::Portfolio(portfolio) if share.action == Action::CompanyReview => {
            portfolio.bilan_entreprise.as_ref().is_none_or(|review| *review.enseignant == *id)
        }
        // A livret has no author: it is of the teachers whom it names.
        AnyRecord::Livret(livret) => {
            let project = livret.projet.iter().flat_map(|part| &part.enseignants);
            let placement = livret.pfmp.iter().filter_map(|part| part.enseignant.as_ref());
            (livret.enseignants.iter().chain(project).chain(placement)).any(|named| **named == *id)
        }
        _ => false,
    }
}

/// Whether somebody is the form teacher of the class that is concerned; of any class of the year, for
/// what concerns none.
fn is_form_teacher(act: &Act<'_>, share: &Share<'_>, id: &str) -> bool {
    let moment = act.moment;
    let leads = |class: &crate::history::ClassFacts| class.form_teacher.as_deref() == Some(id);
    if let Some(Kind::Evaluation { year, class, .. }) = share.kind() {
        return moment.class(*year, class).is_some_and(leads);
    }
    let Some(pupil) = share.pupil() else {
        return moment.is_form_teacher(id, SchoolYear::of(act.day));
    };
    let of_record = match share.kind() {
        Some(Kind::Livret { year, .. } | Kind::Portfolio { year, .. }) => {
            moment.classes_in(pupil, *year)
        }
        Some(Kind::Review { key, .. } | Kind::Attestation { key, .. }) => {
            moment.class_of(pupil, key.date).into_iter().collect()
        }
        _ => Vec::new(),
    };
    of_record.into_iter().chain(moment.class_of(pupil, act.day)).any(leads)
}

/// Whether a condition holds for the author of an act.
fn holds(act: &Act<'_>, share: &Share<'_>, bond: Bond) -> bool {
    let Some(person) = act.author.person() else { return false };
    let one = share.one;
    let is = |id: &str| id == person.id;
    match bond {
        Bond::Team => share.classes(act).iter().any(|class| class.team.iter().any(|id| is(id))),
        Bond::Commission => match &one.before {
            Some(AnyRecord::FilledGrid(grid)) => {
                grid.commission.iter().any(|member| member.personne.as_deref().is_some_and(is))
            }
            _ => false,
        },
        Bond::Named => {
            let named = |record: &AnyRecord| match record {
                AnyRecord::Delivery(delivery) => is(&delivery.par),
                AnyRecord::Consultation(made) => made.temoin.as_deref().is_some_and(is),
                _ => false,
            };
            let sides = [&one.before, &one.after];
            let mut known = sides.into_iter().flatten().peekable();
            known.peek().is_some() && known.all(named)
        }
        Bond::Shared => match &one.after {
            Some(AnyRecord::Scenario(copy)) => (copy.copie_de.as_ref())
                .and_then(|original| act.moment.scenario(original))
                .is_none_or(|original| !original.private || is(&original.author)),
            _ => true,
        },
    }
}
