//! The rules of change: who may do what, what is frozen. Each judges a record before and after, the
//! hand that changed it, and the school as it stood; none knows Git or the clock.
//!
//! Rights are the cells of a table (`matrix`): an act is cut into the actions of its rows (`actions`),
//! its author stands in some of the columns (`parts`). Locks are rules of their own, and come first.

mod actions;
mod emptied;
mod matrix;
mod page;
mod parts;
mod right;
mod signatures;
mod told;

mod droit_annexe;
mod droit_apprenant;
mod droit_attestation;
mod droit_avis;
mod droit_bilan;
mod droit_calendrier;
mod droit_eleve;
mod droit_envoi;
mod droit_equipe;
mod droit_etablissement;
mod droit_evaluation;
mod droit_grille;
mod droit_inconnu;
mod droit_livret;
mod droit_parti;
mod droit_periode;
mod droit_registre;
mod droit_scenario;
mod droit_signature;
mod droit_suivi;
mod droit_transfert;
mod periode_supprimee;
mod verrou_bilan;
mod verrou_code;
mod verrou_deverrouillage;
mod verrou_evaluation;
mod verrou_grille;
mod verrou_identite;
mod verrou_livret;
mod verrou_periode;
mod verrou_trace;
mod verrou_transfert;

#[cfg(test)]
mod laundering;

#[cfg(test)]
mod samples;
#[cfg(test)]
mod walk;

use actions::Share;

pub use page::rights_page;

use crate::diagnostic::Code;
use crate::history::{Act, Breach, Transition};

/// An act, cut into what it does.
struct Case<'a> {
    act: &'a Act<'a>,
    shares: Vec<Share<'a>>,
}

impl<'a> Case<'a> {
    /// The changes that locks and signatures look at: what comes with a pupil who arrives is taken as
    /// it is.
    fn judged(&self) -> impl Iterator<Item = &'a Transition> {
        let act = self.act;
        act.transitions.iter().filter(move |one| !actions::is_taken(act, one))
    }
}

/// A rule of change.
struct Rule {
    code: &'static Code,
    check: fn(&Case<'_>) -> Vec<Breach>,
}

macro_rules! rules {
    ($($file:ident),* $(,)?) => {
        &[$(Rule { code: &$file::CODE, check: $file::check }),*]
    };
}

static RULES: &[Rule] = rules![
    droit_annexe,
    droit_apprenant,
    droit_attestation,
    droit_avis,
    droit_bilan,
    droit_calendrier,
    droit_eleve,
    droit_envoi,
    droit_equipe,
    droit_etablissement,
    droit_evaluation,
    droit_grille,
    droit_inconnu,
    droit_livret,
    droit_parti,
    droit_periode,
    droit_registre,
    droit_scenario,
    droit_signature,
    droit_suivi,
    droit_transfert,
    periode_supprimee,
    verrou_bilan,
    verrou_code,
    verrou_deverrouillage,
    verrou_evaluation,
    verrou_grille,
    verrou_identite,
    verrou_livret,
    verrou_periode,
    verrou_trace,
    verrou_transfert,
];

/// Judges an act by all rules of change. The founding of a school is not judged.
pub fn judge(act: &Act<'_>) -> Vec<Breach> {
    if act.is_founding() {
        return Vec::new();
    }
    let case = Case { act, shares: actions::shares(act) };
    let mut breaches = once(RULES.iter().flat_map(|rule| (rule.check)(&case)).collect());
    if act.joint {
        for breach in &mut breaches {
            let known =
                breach.finding.help.take().map_or(String::new(), |help| format!("{help} ; "));
            breach.finding.help = Some(format!(
                "{known}cette modification réunit le travail de plusieurs auteurs, et les droits sont ceux du premier, {} : fusionnez les propositions sans les réunir en une seule (sans « squash »)",
                act.author.called()
            ));
        }
    }
    breaches
}

/// Each thing once: a lock explains better than a right, a right better than a signature, and a folder
/// that goes or moves better than its files.
fn once(breaches: Vec<Breach>) -> Vec<Breach> {
    let rank = |breach: &Breach| match breach.finding.code.name {
        "DROIT-INCONNU" | "DROIT-PARTI" => 0,
        "DROIT-SIGNATURE" => 3,
        name if name.starts_with("DROIT-") => 2,
        _ => 1,
    };
    let hidden = |one: &Breach| {
        breaches.iter().any(|other| {
            let file = &one.finding.site.file;
            let name = other.finding.code.name;
            let folder =
                matches!(name, "VERROU-IDENTITE" | "DROIT-ELEVE") && other.others.contains(file);
            let above =
                rank(other) > 0 && rank(other) < rank(one) && other.finding.site.file == *file;
            folder || above && shares(one, other)
        })
    };
    let kept: Vec<bool> = breaches.iter().map(|one| !hidden(one)).collect();
    breaches.into_iter().zip(kept).filter(|(_, kept)| *kept).map(|(one, _)| one).collect()
}

/// Whether two breaches are about the same values of a file.
fn shares(one: &Breach, other: &Breach) -> bool {
    one.about.is_empty()
        || other.about.is_empty()
        || one.about.iter().any(|about| other.about.iter().any(|same| same.path == about.path))
}

/// The codes of the rules of change.
pub(super) fn codes() -> impl Iterator<Item = &'static Code> {
    RULES.iter().map(|rule| rule.code)
}
