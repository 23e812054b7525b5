//! The console of the DDFPT: what to do today, who is late, what comes next (CON).

mod classes;
mod imports;
mod kickoff;
mod reminders;
mod tasks;
mod twin;
mod words;

use serde::Serialize;

use crate::insight::console::{
    Debt, Milestone, MilestoneKind, Step, StepKind, StepState, agenda, debts, steps,
};
use crate::record::Origin;
use crate::school::{Ix, Person};
use crate::text::{Date, count, long_date};

use self::classes::diploma_part;
use self::tasks::{by_kind, tasks};
use super::{Day, Frame, Site, Subject, address, frame, link};

pub use classes::{ConsoleClass, DiplomaPart};
pub use imports::LastImport;
pub use kickoff::{KickoffPage, KickoffPart, kickoff_page};
pub use reminders::{Reminder, ReminderItem, RemindersPage, reminders_page};
pub use tasks::Task;
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
    /// Way to the transfers, where there are any.
    pub transfers: Option<String>,
    /// Way to the checklist of the start of the year (CON-07).
    pub kickoff: String,
    /// The dates ahead.
    pub agenda: Vec<AgendaLine>,
    /// One part a diploma.
    pub diplomas: Vec<DiplomaPart>,
    /// The last import of SIECLE and STS (IMP-13).
    pub import: Option<LastImport>,
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
        transfers: crate::page::has_transfers(site.school)
            .then(|| link(at, &address(site, Subject::Transfers))),
        kickoff: link(at, &address(site, Subject::Kickoff)),
        agenda: agenda(school, today)
            .into_iter()
            .map(|milestone| agenda_line(site, &milestone))
            .collect(),
        diplomas: site.diplomas.iter().map(|d| diploma_part(site, at, *d)).collect(),
        import: imports::last_import(site),
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

fn step_line(step: Step) -> StepLine {
    let (label, one, many) = step_label(step.kind);
    let left = || format!("encore {}", count(step.remaining.len(), one, many));
    let (state, words) = match step.state {
        StepState::Done => ("done", "fait".to_owned()),
        StepState::Current => ("current", left()),
        StepState::ToDo => ("to-do", left()),
    };
    StepLine { label, state, words, remaining: step.remaining }
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

fn agenda_line(site: &Site<'_>, milestone: &Milestone) -> AgendaLine {
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
