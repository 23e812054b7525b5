//! VERROU-CODE: a cancelled letter stays cancelled.

use super::Case;
use super::told::{pupil, undo};
use crate::diagnostic::{Code, Finding, KeyPath, Severity, Site, Step};
use crate::history::{Act, Breach, Change, Facts, Transition};
use crate::record::{AnyRecord, Difference, Kind, Student};
use crate::text::elide_de;

pub(super) static CODE: Code = Code {
    name: "VERROU-CODE",
    severity: Severity::Error,
    summary: "Une lettre annulée le reste : sa date ne se retire pas",
    explanation: "La lettre d’aujourd’hui est celle qui suit la dernière date de `codes_annules`. Retirer une date rendrait \
        la page à qui a trouvé ou volé l’ancienne lettre, et fermerait celle qui a été remise depuis. Si la lettre perdue \
        est retrouvée, elle se détruit. Une date mal écrite se corrige ; une personne retirée du fichier n’a plus de \
        lettre du tout.",
    wrong: "# la ligne codes_annules = [2026-11-12] est retirée",
    right: "codes_annules = [2026-11-12]",
};

pub(super) fn check(case: &Case<'_>) -> Vec<Breach> {
    case.judged().flat_map(|one| of_transition(case.act, one)).collect()
}

fn of_transition(act: &Act<'_>, one: &Transition) -> Vec<Breach> {
    let (Some(Kind::Student { id, .. }), Some(AnyRecord::Student(after))) =
        (&one.kind_before, &one.after)
    else {
        return Vec::new();
    };
    if one.change == Change::Removed {
        return Vec::new();
    }
    let Some(Facts::Student(known)) = act.moment.facts(one.from.as_ref().unwrap_or(&one.file))
    else {
        return Vec::new();
    };
    let left = after.cancelled_letters();
    let revived = known.cancelled.iter().filter(|(who, number)| {
        // Who is not in the file any more has no letter.
        left.get(who).is_some_and(|left| left < number)
    });
    let told = revived.map(|(who, _)| {
        let place = place(after, who);
        let about = about(one, place);
        let whose = match place {
            None => elide_de(pupil(act, id)),
            Some(n) => {
                let guardian = &after.responsables[n];
                elide_de(&format!("{} {}", guardian.prenom, guardian.nom))
            }
        };
        let message = format!("une lettre annulée {whose} s’ouvrirait de nouveau");
        let help = format!("{} ; une lettre retrouvée se détruit", undo(one, &about));
        let finding = Finding::new(&CODE, site(one, after, place), message).help(help);
        Breach { lasting: true, ..Breach::of(finding, about) }
    });
    told.collect()
}

/// The place of a person responsible; none for the pupil.
fn place(student: &Student, who: &str) -> Option<usize> {
    student.responsables.iter().position(|one| one.letter_key() == who)
}

/// The changes that touch the cancelled letters of somebody.
fn about(one: &Transition, place: Option<usize>) -> Vec<&Difference> {
    let touches = |difference: &&Difference| match place {
        None => difference.key() == "codes_annules",
        Some(_) => {
            difference.key() == "responsables"
                && difference.step(2).is_none_or(|key| key == "codes_annules")
        }
    };
    one.differences.iter().filter(touches).collect()
}

/// The list that has become too short, or the block that has none.
fn site(one: &Transition, after: &Student, place: Option<usize>) -> Site {
    let key = |key: &str| Step::Key(key.to_owned());
    match place {
        None if after.codes_annules.is_empty() => Site::file(&one.file),
        None => Site::value(&one.file, KeyPath(vec![key("codes_annules")])),
        Some(n) if after.responsables[n].codes_annules.is_empty() => {
            Site::key(&one.file, KeyPath(vec![key("responsables"), Step::Index(n)]))
        }
        Some(n) => {
            let path = vec![key("responsables"), Step::Index(n), key("codes_annules")];
            Site::value(&one.file, KeyPath(path))
        }
    }
}
