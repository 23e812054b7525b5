//! VERROU-LIVRET: what was sent of a livret does not change behind the back of who sent it.

use super::Case;
use super::actions::{adds, relocated, was_sent};
use super::told::{pupil, site, things, undo};
use crate::diagnostic::{Code, Finding, Severity, Site, key_path};
use crate::history::{Act, Breach, Change, Transition};
use crate::record::{AnyRecord, Difference, Kind, Role};
use crate::text::{elide_de, long_date};

pub(super) static CODE: Code = Code {
    name: "VERROU-LIVRET",
    severity: Severity::Error,
    summary: "Ce qui a été envoyé d’un livret scolaire ne change plus, sauf par qui en répond",
    explanation: "Après un envoi, les enseignants ajoutent ce qui manquait, sans toucher à ce qui est parti. Le chef \
        d’établissement et le DDFPT, qui répondent de l’envoi (LSL-03), peuvent corriger, puis renvoyer (LSL-05), tant \
        que le service national est ouvert (`service_lsl` du calendrier de l’année) ; fermé, personne. Un livret \
        envoyé ne se supprime pas.",
    wrong: "# envoyé le 4 juin, modifié ensuite par un enseignant\n\"C1.1\" = 4",
    right: "# modifié par le DDFPT, qui renvoie ensuite le livret\n\"C1.1\" = 4\n\n[[envois]]\nle = 2027-06-10\npar = \"martin-anne\"",
};

pub(super) fn check(case: &Case<'_>) -> Vec<Breach> {
    case.judged().flat_map(|one| of_transition(case.act, one)).collect()
}

fn of_transition(act: &Act<'_>, one: &Transition) -> Vec<Breach> {
    let Some(Kind::Livret { student, year }) = &one.kind_before else { return Vec::new() };
    if !was_sent(act, one) || one.is_silent() || one.change == Change::Added {
        return Vec::new();
    }
    let sent = match &one.before {
        Some(AnyRecord::Livret(livret)) => livret.envois.iter().map(|sending| sending.le).max(),
        _ => None,
    };
    let sent = sent.map_or("envoyé".to_owned(), |day| format!("envoyé le {}", long_date(day)));
    let of = format!("le livret {}", elide_de(pupil(act, student)));
    let tell = |message: String, help: String, thing: Vec<&Difference>| {
        Breach::of(Finding::new(&CODE, site(one, &thing), message).help(help), thing)
    };
    match one.change {
        Change::Removed => {
            let message = format!("{of} a été {sent} : il ne se supprime pas");
            return vec![tell(message, undo(one, &[]), Vec::new())];
        }
        Change::Moved if relocated(act, one).is_none() => {
            let message = format!("{of} a été {sent} : il ne change pas de place");
            return vec![tell(message, undo(one, &[]), Vec::new())];
        }
        _ => {}
    }
    let answers =
        act.author.person().is_some_and(|one| one.has(Role::Ddfpt) || one.has(Role::Head));
    let window = act.moment.livret_window(*year);
    let shut = window.is_some_and(|(from, to)| act.day < from || to < act.day);
    if answers && !shut {
        return Vec::new();
    }
    let (why, help) = match window.filter(|_| answers) {
        Some((from, to)) => (
            format!(
                "et le service national n’est ouvert que du {} au {}",
                long_date(from),
                long_date(to)
            ),
            "attendez qu’il soit ouvert".to_owned(),
        ),
        None => (
            "et ce qui est parti n’est corrigé que par le chef d’établissement ou le DDFPT"
                .to_owned(),
            "demandez au DDFPT de corriger et de renvoyer le livret".to_owned(),
        ),
    };
    let related = |mut breach: Breach| {
        if window.is_some() && answers {
            let file = format!("calendar/{year}.toml");
            let at = Site::value(&std::sync::Arc::from(file), key_path!["service_lsl"]);
            breach.finding = breach.finding.related(at, "l’ouverture du service");
        }
        breach
    };
    if one.unreadable {
        let message = format!("{of} a été {sent}, et ne se lit plus");
        return vec![tell(message, undo(one, &[]), Vec::new())];
    }
    let kept = |one: &&Difference| !matches!(one.key(), "envois" | "transmis") && !adds(one);
    let about: Vec<&Difference> = one.differences.iter().filter(kept).collect();
    let told = things(&about, 2).into_iter().map(|thing| {
        let message = format!("{of} a été {sent}, {why}");
        related(tell(message, format!("{help}, ou {}", undo(one, &thing)), thing))
    });
    told.collect()
}
