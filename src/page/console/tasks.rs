//! What remains to be done, kind by kind, and what only the DDFPT can mend.

use serde::Serialize;

use crate::diagnostic::Severity;
use crate::insight::console::{Debt, OwedKind};
use crate::insight::{LetterFigures, LevelWithoutAnnex, levels_without_annex, period_duplicates};
use crate::page::families::letters_of_year;
use crate::page::transfer::next_step;
use crate::page::{Day, Site, Subject, address, link};
use crate::school::{Ix, Period, PeriodPair};
use crate::text::count;

use super::words;

/// Days after which letters that were not handed over are told.
const LETTERS: i32 = 30;

/// Something to do.
#[derive(Debug, Serialize)]
pub struct Task {
    /// "Bilans à faire".
    pub label: String,
    /// "1er semestre : 12"; empty when there is nothing to tell apart.
    pub detail: String,
    /// "12 bilans".
    pub amount: String,
    /// "en retard de 12 jours".
    pub when: Option<String>,
    /// Whether its day is past.
    pub late: &'static str,
    /// The day.
    pub due: Option<Day>,
    /// Where to see it.
    pub href: Option<String>,
}

/// What is owed, heading by heading, and what the DDFPT has to mend first.
pub(super) fn tasks(site: &Site<'_>, at: &str, debts: &[Debt]) -> Vec<Task> {
    let mut tasks = Vec::new();
    let is_error = |found: &&crate::diagnostic::Diagnostic| found.code.severity == Severity::Error;
    let errors = site.diagnostics.iter().filter(is_error).count();
    if errors > 0 {
        tasks.push(Task {
            label: "Fichiers à corriger".to_owned(),
            detail: String::new(),
            amount: count(errors, "erreur", "erreurs"),
            when: None,
            late: "oui",
            due: None,
            href: Some(link(at, &address(site, Subject::Alerts))),
        });
    }
    tasks.extend(own_tasks(site, at));
    tasks.extend(letters(site, at));
    tasks.extend(transfers(site, at));
    for (kind, same) in by_kind(debts) {
        let Some(first) = same.first() else { continue };
        let due = same.iter().map(|debt| debt.due).min().unwrap_or(first.due);
        let pupils = same.iter().map(|debt| debt.pupils.len()).sum();
        let way = words::way(site, at, first)
            .filter(|way| same.iter().all(|debt| words::way(site, at, debt).as_ref() == Some(way)));
        tasks.push(Task {
            label: words::heading(kind).to_owned(),
            detail: details(site, &same),
            amount: words::amount(kind, pupils),
            when: Some(words::when(due, site.today)),
            late: if due < site.today { "oui" } else { "non" },
            due: Some(due.into()),
            href: Some(way.unwrap_or_else(|| link(at, &address(site, Subject::Reminders)))),
        });
    }
    tasks
}

/// What only the DDFPT can mend: annexes and periods (ANX-14, PFM-03, PFM-10).
fn own_tasks(site: &Site<'_>, at: &str) -> Vec<Task> {
    let school = site.school;
    let to = |subject| Some(link(at, &address(site, subject)));
    let task = |label: &str, detail: Vec<String>, amount: String, href: Option<String>| Task {
        label: label.to_owned(),
        detail: detail.join(" ; "),
        amount,
        when: None,
        late: "oui",
        due: None,
        href,
    };
    let mut tasks = Vec::new();
    let lacking = levels_without_annex(school);
    if let Some(first) = lacking.first() {
        let words = |one: &LevelWithoutAnnex| {
            let sigle = &school.referentials[one.diploma].record.sigle;
            let public = if one.apprentices { "apprentis" } else { "scolaires" };
            format!("{sigle}, {}, {public}", one.level.label())
        };
        let amount = count(lacking.len(), "niveau sans annexe", "niveaux sans annexe");
        let detail = lacking.iter().map(words).collect();
        let way = to(Subject::Annexes(first.diploma));
        tasks.push(task("Annexes pédagogiques à écrire", detail, amount, way));
    }
    let doubles = period_duplicates(school);
    if let Some(pair) = doubles.first() {
        let names = |pair: &PeriodPair| {
            let name = |ix: Ix<Period>| school.periods[ix].record.titre.clone();
            format!("{} et {}", name(pair.first), name(pair.second))
        };
        let amount = count(doubles.len(), "réunion à faire", "réunions à faire");
        let way = to(Subject::Periods(school.periods[pair.first].diploma));
        let detail = doubles.iter().map(names).collect();
        tasks.push(task("Périodes en double", detail, amount, way));
    }
    tasks
}

/// Letters of the families' site that still wait a month after the others were handed over (NAT-30).
fn letters(site: &Site<'_>, at: &str) -> Option<Task> {
    let notified = site.school.establishment.familles.as_ref()?.notification?;
    let due = notified.plus(LETTERS);
    if site.today <= due {
        return None;
    }
    let mut total = 0;
    let mut classes = Vec::new();
    for (class, all) in letters_of_year(site) {
        let figures = LetterFigures::of(&all);
        let waiting = figures.to_hand + figures.replaced;
        if waiting > 0 {
            total += waiting;
            classes.push(format!("{} : {waiting}", site.school.classes[class].record.nom));
        }
    }
    (total > 0).then(|| Task {
        label: "Lettres des familles à remettre".to_owned(),
        detail: classes.join(" ; "),
        amount: count(total, "lettre", "lettres"),
        when: Some(words::when(due, site.today)),
        late: "oui",
        due: Some(due.into()),
        href: Some(link(at, &address(site, Subject::Families))),
    })
}

/// Folders that wait for the DDFPT: to be handed to another school, to be put into a pupil's own (TRF-05).
fn transfers(site: &Site<'_>, at: &str) -> Option<Task> {
    let school = site.school;
    let waiting = school.transfers.values().iter().filter(|one| next_step(one).1 == "DDFPT");
    let names: Vec<String> = waiting
        .map(|one| format!("{} {}", one.record.nom.to_uppercase(), one.record.prenom))
        .collect();
    (!names.is_empty()).then(|| Task {
        label: "Transferts de dossiers à suivre".to_owned(),
        detail: names.join(" ; "),
        amount: count(names.len(), "dossier", "dossiers"),
        when: None,
        late: "non",
        due: None,
        href: Some(link(at, &address(site, Subject::Transfers))),
    })
}

/// Debts by kind, in the order of the most urgent of each.
pub(super) fn by_kind(debts: &[Debt]) -> Vec<(OwedKind, Vec<&Debt>)> {
    let mut groups: Vec<(OwedKind, Vec<&Debt>)> = Vec::new();
    for debt in debts {
        let kind = debt.owed.kind();
        match groups.iter_mut().find(|(other, _)| *other == kind) {
            Some((_, group)) => group.push(debt),
            None => groups.push((kind, vec![debt])),
        }
    }
    groups
}

/// "PFMP 5, MCV A (3), PFMP 5, MA (1)": which ones, each with the number of pupils.
fn details(site: &Site<'_>, debts: &[&Debt]) -> String {
    let mut which: Vec<(String, usize)> = Vec::new();
    for debt in debts {
        let Some(name) = words::which(site, debt) else { continue };
        match which.iter_mut().find(|(other, _)| *other == name) {
            Some((_, pupils)) => *pupils += debt.pupils.len(),
            None => which.push((name, debt.pupils.len())),
        }
    }
    let words: Vec<String> =
        which.into_iter().map(|(name, pupils)| format!("{name} : {pupils}")).collect();
    words.join(" ; ")
}
