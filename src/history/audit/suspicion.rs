//! Commits whose dates do not hold together, and a past that is not the one seen before.

use serde::{Deserialize, Serialize};

use super::{Fault, Trace};
use crate::diagnostic::{Code, Severity};
use crate::source::{Commit, ObjectId};
use crate::text::{Date, count, long_date};

/// The rules of this file.
pub(in crate::history) static CODES: &[&Code] = &[&OLDER, &AHEAD, &REDATED, &REWRITTEN, &FOREIGN];

static OLDER: Code = Code {
    name: "HISTOIRE-RECUL",
    severity: Severity::Warning,
    summary: "Une modification n’est pas datée d’avant celle qu’elle suit",
    explanation: "Chaque modification suit une autre et ne peut pas être plus ancienne qu’elle. Une \
        horloge mal réglée l’explique le plus souvent ; une date choisie à la main aussi. La date du jour \
        où la forge a reçu la modification est dans son propre journal.",
    wrong: "modification du 3 novembre 2026 à 8 h, enregistrée après celle du 12 novembre 2026",
    right: "modification du 12 novembre 2026 à 8 h 05",
};

static AHEAD: Code = Code {
    name: "HISTOIRE-FUTUR",
    severity: Severity::Warning,
    summary: "Une modification n’est pas datée d’un jour à venir",
    explanation: "Une modification datée d’un jour qui n’est pas encore venu a été faite sur une \
        machine dont l’horloge est fausse, ou avec une date choisie à la main.",
    wrong: "modification du 12 novembre 2036",
    right: "modification du 12 novembre 2026",
};

static REDATED: Code = Code {
    name: "HISTOIRE-DATE",
    severity: Severity::Warning,
    summary: "Une modification est enregistrée le jour où elle est écrite",
    explanation: "Une modification porte deux dates : celle où elle est écrite, celle où elle est \
        enregistrée. Plus de deux jours d’écart disent qu’elle a été refaite, déplacée ou datée à la main. \
        Ce peut être une reprise légitime : le motif doit pouvoir être donné.",
    wrong: "écrite le 2 septembre 2026, enregistrée le 12 novembre 2026",
    right: "écrite et enregistrée le 12 novembre 2026",
};

static REWRITTEN: Code = Code {
    name: "HISTOIRE-REECRITE",
    severity: Severity::Error,
    summary: "Ce qui a été vu une fois dans l’historique y reste",
    explanation: "Une vérification précédente avait vu une version qui n’est plus dans l’historique : \
        la branche a été réécrite (« force push »). La branche protégée de la forge doit l’interdire ; le \
        journal de la forge dit qui l’a fait, et la version perdue peut souvent en être reprise.",
    wrong: "la version a1b2c3d4, vue hier, n’est plus dans l’historique",
    right: "chaque version mène à la suivante",
};

static FOREIGN: Code = Code {
    name: "HISTOIRE-ETRANGERE",
    severity: Severity::Error,
    summary: "L’historique est celui de l’établissement",
    explanation: "Aucune modification ne vient d’une adresse que `staff.toml` connaît : cet historique \
        n’est pas celui du travail de l’équipe. C’est le cas d’un exemple rangé parmi les fichiers d’un \
        logiciel, ou d’un dossier recopié sans son passé. Si c’est bien le dépôt de l’établissement, ajoutez \
        aux `courriels` de chacun l’adresse que la forge donne à ses modifications.",
    wrong: "[personnes.mercier-paul]\ncourriels = [\"paul.mercier@lycee.example\"]   # il modifie sous une autre adresse",
    right: "[personnes.mercier-paul]\ncourriels = [\"paul.mercier@lycee.example\", \"p.mercier@forge.example\"]",
};

/// Clocks disagree by less than this, in seconds.
const TOLERANCE: i64 = 600;

/// Days between writing and recording that need no explanation, in seconds.
const APART: i64 = 2 * 86_400;

/// How many of the latest dates are remembered.
const REMEMBERED: usize = 32;

/// What must be remembered of dates to judge the next ones.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(super) struct Clocks {
    /// The commits dated last, the latest first.
    latest: Vec<Trace>,
}

impl Clocks {
    /// Looks at the dates of a commit; `latest` is the latest of those it follows, with its offset.
    pub(super) fn look(
        &mut self,
        commit: &Commit,
        latest: Option<(i64, i32)>,
        step: ObjectId,
    ) -> Vec<Fault> {
        let trace = || Trace::of(commit, step);
        let mut faults = Vec::new();
        if let Some((at, offset)) = latest.filter(|(at, _)| commit.committer.at + TOLERANCE < *at) {
            let message = format!(
                "cette modification, datée du {}, suit une modification du {}",
                day(commit.committer.at, commit.committer.offset),
                day(at, offset),
            );
            faults.push(fault(&OLDER, trace(), message));
        }
        if (commit.author.at - commit.committer.at).abs() > APART {
            let message = format!(
                "cette modification est écrite le {} et enregistrée le {}",
                day(commit.author.at, commit.author.offset),
                day(commit.committer.at, commit.committer.offset),
            );
            faults.push(fault(&REDATED, trace(), message));
        }
        let place = self.latest.partition_point(|known| known.committer.at >= commit.committer.at);
        if place < REMEMBERED {
            self.latest.insert(place, trace());
            self.latest.truncate(REMEMBERED);
        }
        faults
    }

    /// What is dated later than a day.
    pub(super) fn ahead_of(&self, today: Date) -> Vec<Fault> {
        let ahead = |trace: &&Trace| trace.day().is_none_or(|day| day > today.next());
        self.latest
            .iter()
            .filter(ahead)
            .map(|trace| {
                let when = day(trace.committer.at, trace.committer.offset);
                fault(&AHEAD, trace.clone(), format!("cette modification est datée du {when}"))
            })
            .collect()
    }
}

/// What an earlier run had seen and is gone.
pub(super) fn rewritten(lost: ObjectId, clocks: &Clocks) -> Option<Fault> {
    let trace = clocks.latest.first()?.clone();
    let message = format!(
        "la version {}, vue lors d’une vérification précédente, n’est plus dans l’historique",
        lost.short()
    );
    Some(fault(&REWRITTEN, trace, message))
}

/// A history in which nobody is known.
pub(super) fn foreign(changes: usize, clocks: &Clocks) -> Option<Fault> {
    let trace = clocks.latest.first()?.clone();
    let changes = count(changes, "modification ne vient", "modifications ne viennent");
    let message = format!(
        "cet historique n’est pas celui de l’équipe : {changes} d’aucune adresse connue de staff.toml"
    );
    Some(fault(&FOREIGN, trace, message))
}

pub(super) fn fault(code: &'static Code, trace: Trace, message: String) -> Fault {
    Fault {
        trace,
        code: code.name.to_owned(),
        error: code.severity == Severity::Error,
        file: None,
        line: 0,
        message,
        mended: None,
    }
}

fn day(at: i64, offset: i32) -> String {
    Date::at(at, offset).map_or_else(|| "jour inconnu".to_owned(), long_date)
}
