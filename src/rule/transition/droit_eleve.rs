//! DROIT-ELEVE: pupils and classes come from SIECLE and STS, by the DDFPT or the head.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::Case;
use super::actions::{Share, relocated};
use super::matrix::Action;
use super::right::{breaches, refused};
use super::told::{pupil, who};
use crate::diagnostic::{Code, Finding, Severity, Site};
use crate::history::Breach;
use crate::record::Kind;
use crate::text::{count, elide_de};

pub(super) static CODE: Code = Code {
    name: "DROIT-ELEVE",
    severity: Severity::Error,
    summary: "Les élèves et les classes sont tenus par le DDFPT et le chef d’établissement",
    explanation: "L’identité des élèves, leur scolarité, leurs responsables, les classes et leurs équipes viennent de \
        SIECLE et de STS : une erreur se corrige d’abord là-bas. Déplacer le dossier d’un élève vers une autre \
        cohorte est du même ordre ; ce qu’il contient, même figé, suit alors sans changer. Les refus du site des familles, \
        les lettres annulées et la lecture réservée s’écrivent au même endroit, par les mêmes personnes.",
    wrong: "# écrit par un enseignant\nnom = \"Dupond\"",
    right: "# écrit par le DDFPT, après correction dans SIECLE\nnom = \"Dupond\"",
};

pub(super) fn check(case: &Case<'_>) -> Vec<Breach> {
    let act = case.act;
    let mut found = breaches(
        case,
        &CODE,
        &[Action::Import, Action::FamilyAccess],
        1,
        |share, _| {
            if share.action == Action::FamilyAccess {
                let message = format!(
                    "les refus et les lettres des familles sont tenus par le DDFPT et le chef d’établissement ; {}",
                    who(act)
                );
                return (message, "remettez-leur le coupon ou la demande".to_owned());
            }
            let what = match share.kind() {
                Some(Kind::Student { .. }) => "les élèves sont tenus",
                _ => "les classes sont tenues",
            };
            let message =
                format!("{what} à jour par le DDFPT et le chef d’établissement ; {}", who(act));
            (message, "demandez au DDFPT de le faire, dans SIECLE d’abord".to_owned())
        },
    );
    // A folder that moves is one thing, however many files it holds.
    let moved = |share: &&Share<'_>| share.whole && relocated(act, share.one).is_some();
    let mut folders: BTreeMap<&str, Vec<&Share<'_>>> = BTreeMap::new();
    for share in refused(case, &[Action::Import]).filter(moved) {
        folders.entry(share.pupil().unwrap_or_default()).or_default().push(share);
    }
    for (id, mut shares) in folders {
        shares.sort_by_key(|share| !matches!(share.kind(), Some(Kind::Student { .. })));
        let files: Vec<Arc<str>> = shares.iter().map(|share| Arc::clone(&share.one.file)).collect();
        found.retain(|breach| {
            !(breach.about.is_empty() && files.contains(&breach.finding.site.file))
        });
        let [first, others @ ..] = files.as_slice() else { continue };
        let message = format!(
            "le dossier {} ({}) passe dans une autre cohorte : c’est au DDFPT ou au chef d’établissement de le déplacer ; {}",
            elide_de(pupil(act, id)),
            count(files.len(), "fichier", "fichiers"),
            who(act)
        );
        let finding = Finding::new(&CODE, Site::file(first), message)
            .help("remettez le dossier à sa place, ou demandez au DDFPT de le déplacer");
        found.push(Breach { others: others.to_vec(), ..Breach::whole(finding) });
    }
    found
}
