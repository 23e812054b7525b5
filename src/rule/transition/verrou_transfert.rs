//! VERROU-TRANSFERT: what another school sent stays as it came, and the steps of a transfer stay written.

use std::collections::BTreeSet;

use super::Case;
use super::actions::{pupil_of, relocated};
use super::told::{pupil, site, undo};
use crate::diagnostic::{Code, Finding, Severity};
use crate::history::{Act, Breach, Change, Transition};
use crate::record::{Difference, Kind, TransferStage};
use crate::text::elide_de;

pub(super) static CODE: Code = Code {
    name: "VERROU-TRANSFERT",
    severity: Severity::Error,
    summary: "Ce qu’un autre établissement a envoyé ne se modifie pas, et les étapes d’un transfert restent écrites",
    explanation: "Un dossier reçu (`received/`) a été écrit et signé ailleurs : ses bilans, ses évaluations, ses livrets se \
        lisent et ne se corrigent pas ici (TRF-06). Ce qui est à dire de nouveau s’écrit dans le dossier de l’élève. \
        Les étapes d’un transfert (`transfers/`) sont des traces : elles s’ajoutent, et ne s’effacent pas.",
    wrong: "# students/2026/dupont-lea/received/0549999a-2027-01-15/reviews/2026-12-11.toml\n\"C1.1\" = \"++\"",
    right: "# students/2026/dupont-lea/reviews/2027-04-09.toml\n\"C1.1\" = \"++\"",
};

pub(super) fn check(case: &Case<'_>) -> Vec<Breach> {
    let mut told = BTreeSet::new();
    let mut breaches = Vec::new();
    for one in case.judged() {
        let path = one.from.as_ref().unwrap_or(&one.file);
        if one.change != Change::Added
            && let Some(package) = package_of(path)
        {
            if relocated(case.act, one).is_some() && one.differences.is_empty() && !one.unreadable {
                continue;
            }
            // A folder that goes is told once.
            if one.change != Change::Removed || told.insert(package.to_owned()) {
                breaches.push(of_received(case.act, one));
            }
        } else if matches!(one.kind_before, Some(Kind::Transfer { .. })) {
            breaches.extend(of_transfer(one));
        }
    }
    breaches
}

/// The folder of the package that a file came in.
fn package_of(path: &str) -> Option<&str> {
    let mut parts = path.match_indices('/').map(|(at, _)| at);
    let (folder, inside) = (parts.nth(2)?, parts.next()?);
    (path.starts_with("students/") && path.get(folder..inside)? == "/received").then_some(())?;
    path.get(..parts.next()?)
}

fn of_received(act: &Act<'_>, one: &Transition) -> Breach {
    let path = one.from.as_ref().unwrap_or(&one.file);
    let whose = pupil_of(path).map_or("l’élève", |id| pupil(act, id));
    let verb = match one.change {
        Change::Removed => "se supprime pas",
        Change::Moved => "change pas de place",
        _ => "se modifie pas",
    };
    let message = format!(
        "ce fichier du dossier {} vient d’un autre établissement : il ne {verb}",
        elide_de(whose)
    );
    let about: Vec<&Difference> = one.differences.iter().collect();
    let help = format!(
        "{} ; ce qui est à dire de nouveau s’écrit dans le dossier de l’élève",
        undo(one, &[])
    );
    let shown = &about[..about.len().min(1)];
    Breach::of(Finding::new(&CODE, site(one, shown), message).help(help), about)
}

fn of_transfer(one: &Transition) -> Vec<Breach> {
    if matches!(one.change, Change::Removed | Change::Moved) {
        let verb =
            if one.change == Change::Moved { "change pas de nom" } else { "se supprime pas" };
        let message = format!("ce transfert a commencé : il ne {verb}");
        let finding = Finding::new(&CODE, site(one, &[]), message).help(undo(one, &[]));
        return vec![Breach::whole(finding)];
    }
    let steps = TransferStage::ALL.into_iter().flat_map(|stage| one.below(stage.key()));
    let altered = steps.filter(|difference| difference.before.is_some());
    let told = altered.map(|difference| {
        let thing = [difference];
        let message = "cette étape du transfert est une trace : elle ne se modifie pas";
        Breach::of(Finding::new(&CODE, site(one, &thing), message).help(undo(one, &thing)), thing)
    });
    told.collect()
}

#[cfg(test)]
mod tests {
    use super::package_of;

    #[test]
    fn a_package_is_a_folder_below_received() {
        let folder = "students/2025/dupont-lea/received/0549999a-2027-01-15";
        assert_eq!(package_of(&format!("{folder}/reviews/2026-12-11.toml")), Some(folder));
        assert_eq!(package_of("students/2025/dupont-lea/reviews/2026-12-11.toml"), None);
        assert_eq!(package_of("students/2025/dupont-lea/received/x.toml"), None);
    }
}
