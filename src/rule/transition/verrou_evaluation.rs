//! VERROU-EVALUATION: an evaluation that a validated review took into account does not change.

use super::Case;
use super::told::{named, pupil, site, things, undo};
use crate::diagnostic::{Code, Finding, Severity, Site, key_path};
use crate::history::{Act, Breach, Change, Freeze, Transition};
use crate::record::{Difference, Kind, Plain};
use crate::text::{count, elide_de, long_date};

pub(super) static CODE: Code = Code {
    name: "VERROU-EVALUATION",
    severity: Severity::Error,
    summary: "Ce qu’un bilan validé a pris en compte d’une évaluation ne change plus",
    explanation: "Dès qu’un bilan validé nomme une évaluation, les résultats de son élève y sont figés, et avec eux ce \
        que toute la classe partage : titre, date, critères, tâches ; elle n’est ni supprimée ni renommée (EVA-12). \
        Les lignes des élèves qu’aucun bilan validé ne fige restent à compléter, pour les absents par exemple. Le DDFPT \
        peut déverrouiller le bilan : la ligne redevient modifiable, jusqu’à ce que le bilan soit validé de nouveau \
        (EVA-13).",
    wrong: "dupont-lea = [\"++\", \"++\"]   # le bilan du 11 décembre l’a prise en compte avec \"+\"",
    right: "# dans le bilan, par le DDFPT, d’abord\n[[deverrouillage]]\npar = \"martin-anne\"\ndate = 2027-01-25\nmotif = \"erreur de saisie\"",
};

/// Reviews shown beside a finding.
const SHOWN: usize = 3;

pub(super) fn check(case: &Case<'_>) -> Vec<Breach> {
    case.judged().flat_map(|one| of_transition(case.act, one)).collect()
}

fn of_transition(act: &Act<'_>, one: &Transition) -> Vec<Breach> {
    let freezing = match &one.kind_before {
        Some(Kind::Evaluation { year, class, slug }) if !one.is_silent() => {
            act.moment.freezing(&format!("{year}/{class}/{slug}"))
        }
        _ => return Vec::new(),
    };
    if freezing.is_empty() {
        return Vec::new();
    }
    let about: Vec<&Difference> = one.differences.iter().collect();
    let things = match one.change {
        Change::Changed if !one.unreadable => things(&about, 2),
        _ => vec![Vec::new()],
    };
    let frozen = things.into_iter().filter_map(|thing| {
        let freezing = concerned(&freezing, &thing);
        (!freezing.is_empty()).then(|| told(act, one, &freezing, thing))
    });
    frozen.collect()
}

/// The reviews that freeze a thing: those of the pupil for a row of results, all of them for what
/// the class shares.
fn concerned(freezing: &[Freeze], thing: &[&Difference]) -> Vec<Freeze> {
    let named = |name: &dyn Fn(&str) -> bool| -> Vec<Freeze> {
        freezing.iter().filter(|one| name(&one.student)).cloned().collect()
    };
    let Some(first) = thing.first().filter(|first| first.key() == "resultats") else {
        return freezing.to_vec();
    };
    match first.step(1) {
        Some(student) => named(&|name| name == student),
        // The whole table came or went at once.
        None => named(&|name| {
            let tables = [&first.before, &first.after].into_iter().flatten();
            tables.flat_map(Plain::keys).any(|key| key == name)
        }),
    }
}

fn told(act: &Act<'_>, one: &Transition, freezing: &[Freeze], thing: Vec<&Difference>) -> Breach {
    // The review of the pupil whose row it is explains best.
    let row = thing.first().filter(|first| first.key() == "resultats");
    let row = row.and_then(|first| first.step(1));
    let mut reviews: Vec<&Freeze> = freezing.iter().collect();
    reviews.sort_by_key(|review| Some(review.student.as_str()) != row);
    let subject = match (one.change, row) {
        (Change::Removed, _) => "cette évaluation ne peut pas être supprimée : elle est figée",
        (Change::Moved, _) => "cette évaluation ne peut pas changer de nom : elle est figée",
        _ if one.unreadable => "cette évaluation ne se lit plus, alors qu’elle est figée",
        (_, Some(_)) => "ce résultat est figé",
        _ => "cette évaluation est figée",
    };
    let [first, ..] = reviews.as_slice() else {
        return Breach::whole(Finding::new(&CODE, Site::file(&one.file), subject));
    };
    let of = format!(
        "le bilan {} du {}, fait par {}",
        elide_de(pupil(act, &first.student)),
        long_date(first.date),
        named(act, &first.author)
    );
    let (message, ask) = match reviews.len() {
        1 => (format!("{subject} par {of}"), "déverrouiller ce bilan"),
        n => (
            format!("{subject} par {}, dont {of}", count(n, "bilan validé", "bilans validés")),
            "déverrouiller ces bilans",
        ),
    };
    let help = format!("demandez au DDFPT de {ask}, ou {}", undo(one, &thing));
    let mut finding = Finding::new(&CODE, site(one, &thing), message).help(help);
    for review in reviews.iter().take(SHOWN) {
        let words = format!("le bilan {}", elide_de(pupil(act, &review.student)));
        finding = finding.related(Site::value(&review.file, key_path!["evaluations"]), words);
    }
    Breach::of(finding, thing)
}
