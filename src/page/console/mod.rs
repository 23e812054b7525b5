//! The console of the DDFPT: what to do today, who is late, what comes next (CON).

mod kickoff;
mod reminders;
mod twin;
mod words;

use serde::Serialize;

use crate::diagnostic::Severity;
use crate::insight::console::{
    Debt, Milestone, MilestoneKind, OwedKind, StepKind, StepState, agenda, debts, steps,
};
use crate::insight::official_periods;
use crate::record::Origin;
use crate::school::{Ix, Person};
use crate::text::{Date, count, long_date, short_date};

use super::progress::{Progress, progress};
use super::{D, Day, Frame, Site, Subject, address, frame, link};

pub use kickoff::{KickoffPage, KickoffPart, kickoff_page};
pub use reminders::{Reminder, ReminderItem, RemindersPage, reminders_page};
pub use twin::{ConsoleTwin, console_twin};

/// The context of the console.
#[derive(Debug, Serialize)]
pub struct ConsolePage {
    /// Around the page.
    pub frame: Frame,
    /// "22 novembre 2026".
    pub today: String,
    /// The five steps (CON-01).
    pub steps: Vec<StepLine>,
    /// What remains to be done, the most urgent first.
    pub tasks: Vec<Task>,
    /// How many of them are late.
    pub late_tasks: usize,
    /// Who owes something, the latest first (CON-06).
    pub people: Vec<Debtor>,
    /// How many of them are late.
    pub late_people: usize,
    /// Way to the reminders.
    pub reminders: String,
    /// Way to the checklist of the start of the year (CON-07).
    pub kickoff: String,
    /// The dates ahead.
    pub agenda: Vec<AgendaLine>,
    /// One part a diploma.
    pub diplomas: Vec<DiplomaPart>,
    /// People created by hand (CNX-15): name and way.
    pub by_hand: Vec<(String, String)>,
    /// People who wait for their access (CNX-02).
    pub without_access: usize,
    /// Way to the staff.
    pub team: String,
    /// Way to the calendar.
    pub calendar: String,
}

/// A step of the bar.
#[derive(Debug, Serialize)]
pub struct StepLine {
    /// "Saisie des périodes LSL".
    pub label: &'static str,
    /// `done`, `current` or `to-do`.
    pub state: &'static str,
    /// "fait", "encore 1 spécialité à configurer".
    pub words: String,
    /// What is still to be set.
    pub remaining: Vec<String>,
}

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

/// Somebody who owes something.
#[derive(Debug, Serialize)]
pub struct Debtor {
    /// "Paul Mercier".
    pub name: String,
    /// Way to the reminders of this person.
    pub href: String,
    /// How many things are late.
    pub late: usize,
    /// How many are due soon.
    pub soon: usize,
    /// The oldest day, and how long ago: "28 jours".
    pub since: Option<(Day, String)>,
    /// What is late, or soon due: "bilans 12, contacts 3".
    pub what: String,
}

/// A date ahead.
#[derive(Debug, Serialize)]
pub struct AgendaLine {
    /// The day.
    pub date: Day,
    /// "dans 12 jours".
    pub when: String,
    /// "Fin de la PFMP 3".
    pub label: String,
    /// "MCV A, Première".
    pub concerns: String,
}

/// The classes of a diploma.
#[derive(Debug, Serialize)]
pub struct DiplomaPart {
    /// Acronym.
    pub sigle: String,
    /// Anchor.
    pub anchor: String,
    /// Way to its home.
    pub href: String,
    /// One line a class.
    pub classes: Vec<ConsoleClass>,
}

/// A class of the console.
#[derive(Debug, Serialize)]
pub struct ConsoleClass {
    /// Name.
    pub name: String,
    /// Way to it.
    pub href: String,
    /// "Première".
    pub level: &'static str,
    /// "1er semestre, du … au …", one a period; empty when nobody set them (CON-04).
    pub periods: Vec<String>,
    /// Reviews of the periods begun, the last one first (CON-05).
    pub progress: Vec<Progress>,
}

/// Computes the console.
pub fn console_page(site: &Site<'_>, at: &str) -> ConsolePage {
    let school = site.school;
    let today = site.today;
    let debts = debts(school, today);
    let tasks = tasks(site, at, &debts);
    let people = debtors(site, at, &debts);
    ConsolePage {
        frame: frame(site, at, "Console de pilotage", None, None).wide(),
        today: long_date(today),
        steps: steps(school).into_iter().map(step_line).collect(),
        late_tasks: tasks.iter().filter(|task| task.late == "oui").count(),
        tasks,
        late_people: people.iter().filter(|person| person.since.is_some()).count(),
        people,
        reminders: link(at, &address(site, Subject::Reminders)),
        kickoff: link(at, &address(site, Subject::Kickoff)),
        agenda: agenda(school, today)
            .into_iter()
            .map(|milestone| agenda_line(site, milestone))
            .collect(),
        diplomas: site.diplomas.iter().map(|d| diploma_part(site, at, *d)).collect(),
        by_hand: by_hand(site, at),
        without_access: without_access(site),
        team: link(at, &address(site, Subject::Team)),
        calendar: link(at, &address(site, Subject::Calendar)),
    }
}

/// The name of a step, and what remains of it in the singular and in the plural.
fn step_label(kind: StepKind) -> (&'static str, &'static str, &'static str) {
    match kind {
        StepKind::Diplomas => ("Diplômes suivis", "diplôme à déclarer", "diplômes à déclarer"),
        StepKind::Import => ("Importation des données", "classe sans élève", "classes sans élève"),
        StepKind::OfficialPeriods => {
            ("Dates des périodes officielles", "classe à configurer", "classes à configurer")
        }
        StepKind::LivretPeriods => {
            ("Périodes du livret (LSL)", "spécialité à configurer", "spécialités à configurer")
        }
        StepKind::Certification => {
            ("Dates limites de certification", "diplôme à configurer", "diplômes à configurer")
        }
    }
}

fn step_line(step: crate::insight::console::Step) -> StepLine {
    let (label, one, many) = step_label(step.kind);
    let left = || format!("encore {}", count(step.remaining.len(), one, many));
    let (state, words) = match step.state {
        StepState::Done => ("done", "fait".to_owned()),
        StepState::Current => ("current", left()),
        StepState::ToDo => ("to-do", left()),
    };
    StepLine { label, state, words, remaining: step.remaining }
}

/// What is owed, heading by heading, and what the DDFPT has to mend first.
fn tasks(site: &Site<'_>, at: &str, debts: &[Debt]) -> Vec<Task> {
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

/// Debts by kind, in the order of the most urgent of each.
fn by_kind<'d>(debts: &'d [Debt]) -> Vec<(OwedKind, Vec<&'d Debt>)> {
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

/// People with what they owe, those with most late things first, then by name.
fn debtors(site: &Site<'_>, at: &str, debts: &[Debt]) -> Vec<Debtor> {
    let reminders = link(at, &address(site, Subject::Reminders));
    let mut people: Vec<Option<Ix<Person>>> = debts.iter().map(|debt| debt.owner).collect();
    people.sort_unstable();
    people.dedup();
    let mut lines: Vec<Debtor> = people
        .into_iter()
        .map(|owner| {
            let own: Vec<Debt> = debts.iter().filter(|debt| debt.owner == owner).cloned().collect();
            let late = own.iter().filter(|debt| debt.is_late(site.today));
            let oldest = late.clone().map(|debt| debt.due).min();
            let what: Vec<String> = by_kind(&own)
                .into_iter()
                .map(|(kind, same)| {
                    let pupils: usize = same.iter().map(|debt| debt.pupils.len()).sum();
                    format!("{} {pupils}", words::short(kind))
                })
                .collect();
            Debtor {
                name: owner.map_or_else(
                    || "Sans responsable désigné".to_owned(),
                    |person| site.school.people[person].full_name(),
                ),
                href: format!("{reminders}#{}", reminders::anchor(site, owner)),
                late: late.count(),
                soon: own.iter().filter(|debt| !debt.is_late(site.today)).count(),
                since: oldest.map(|due| (due.into(), days_since(due, site.today))),
                what: what.join(", "),
            }
        })
        .collect();
    lines
        .sort_by(|a, b| b.late.cmp(&a.late).then_with(|| site.collation.compare(&a.name, &b.name)));
    lines
}

/// "28 jours".
fn days_since(due: Date, today: Date) -> String {
    count(usize::try_from(due.days_until(today)).unwrap_or(0), "jour", "jours")
}

fn agenda_label(kind: &MilestoneKind) -> String {
    match kind {
        MilestoneKind::PeriodEnd(name) => format!("Fin de période : {name}"),
        MilestoneKind::PronoteCloses(name) => format!("PRONOTE ferme : {name}"),
        MilestoneKind::PlacementStart(name) => format!("Début en entreprise : {name}"),
        MilestoneKind::PlacementEnd(name) => format!("Fin en entreprise : {name}"),
        MilestoneKind::Certification(Some(exam)) => {
            format!("Date limite de certification : {exam}")
        }
        MilestoneKind::Certification(None) => "Date limite de certification".to_owned(),
        MilestoneKind::LivretOpens => "Ouverture du service du livret scolaire".to_owned(),
        MilestoneKind::LivretCloses => "Fermeture du service du livret scolaire".to_owned(),
    }
}

fn agenda_line(site: &Site<'_>, milestone: Milestone) -> AgendaLine {
    let label = agenda_label(&milestone.kind);
    let concerns = if milestone.concerns.is_empty() {
        "tout l’établissement".to_owned()
    } else {
        milestone.concerns.join(", ")
    };
    AgendaLine {
        date: milestone.date.into(),
        when: words::when(milestone.date, site.today),
        label,
        concerns,
    }
}

fn diploma_part(site: &Site<'_>, at: &str, d: D) -> DiplomaPart {
    let school = site.school;
    let class_line = |ix: Ix<crate::school::Class>| {
        let class = &school.classes[ix];
        let periods = official_periods(school, class);
        let words = |period: &&crate::record::OfficialPeriod| {
            let (from, to) = (short_date(period.debut), short_date(period.fin));
            format!("{}, du {from} au {to}", period.intitule)
        };
        let begun = periods.iter().filter(|period| period.debut <= site.today).count();
        let mut progress = progress(site, at, ix);
        progress.truncate(begun);
        progress.reverse();
        ConsoleClass {
            name: class.record.nom.clone(),
            href: link(at, &address(site, Subject::Class(ix))),
            level: class.record.niveau.label(),
            periods: periods.iter().map(words).collect(),
            progress,
        }
    };
    DiplomaPart {
        sigle: school.referentials[d].record.sigle.clone(),
        anchor: school.referentials[d].code.clone(),
        href: link(at, &address(site, Subject::Diploma(d))),
        classes: site.current_classes(d).map(class_line).collect(),
    }
}

fn by_hand(site: &Site<'_>, at: &str) -> Vec<(String, String)> {
    let people = site.school.people.iter();
    people
        .filter(|(_, person)| {
            person.record.origine == Some(Origin::Manual) && is_here(person, site.today)
        })
        .map(|(ix, person)| (person.full_name(), link(at, &address(site, Subject::Person(ix)))))
        .collect()
}

fn without_access(site: &Site<'_>) -> usize {
    let waits =
        |person: &&Person| person.record.acces_remis_le.is_none() && is_here(person, site.today);
    site.school.people.values().iter().filter(waits).count()
}

fn is_here(person: &Person, today: Date) -> bool {
    person.record.inactif_depuis.is_none_or(|day| day > today)
}
