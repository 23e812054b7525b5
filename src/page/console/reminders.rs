//! Reminders: for each person, what is owed and since when, one sheet a person (CON-06).

use serde::Serialize;

use crate::insight::console::{Debt, debts};
use crate::page::{Day, Document, Frame, Site, Subject, address, frame, link};
use crate::school::{Ix, Person};
use crate::text::long_date;

use super::words;

/// The context of the reminders.
#[derive(Debug, Serialize)]
pub struct RemindersPage {
    /// Around the page.
    pub frame: Frame,
    /// "22 novembre 2026".
    pub today: String,
    /// One a person, by name; empty when all is done.
    pub people: Vec<Reminder>,
}

/// What one person owes.
#[derive(Debug, Serialize)]
pub struct Reminder {
    /// "Mme Benali", or nobody in particular.
    pub name: String,
    /// Anchor.
    pub anchor: String,
    /// Way to the person's page.
    pub href: Option<String>,
    /// E-mail address, to write to.
    pub email: Option<String>,
    /// What is owed, the oldest first.
    pub items: Vec<ReminderItem>,
    /// Who it is, unless nobody in particular owes it.
    #[serde(skip)]
    pub owner: Option<Ix<Person>>,
}

/// One thing owed.
#[derive(Debug, Serialize)]
pub struct ReminderItem {
    /// "Bilans à faire, 1er semestre".
    pub label: String,
    /// Where to do it.
    pub href: Option<String>,
    /// Class.
    pub class: Option<String>,
    /// "12 bilans".
    pub amount: String,
    /// Pupils, in the order of names.
    pub pupils: Vec<String>,
    /// The day.
    pub due: Day,
    /// "pour le 22/01/2027".
    pub expected: String,
    /// "en retard de 12 jours".
    pub when: String,
    /// Whether the day is past.
    pub late: &'static str,
}

/// The anchor of a person's sheet.
pub(super) fn anchor(site: &Site<'_>, owner: Option<Ix<Person>>) -> String {
    owner.map_or_else(|| "sans-responsable".to_owned(), |ix| site.school.people[ix].id.clone())
}

/// Computes the reminders.
pub fn reminders_page(site: &Site<'_>, at: &str) -> RemindersPage {
    let school = site.school;
    let debts = debts(school, site.today);
    let mut owners: Vec<Option<Ix<Person>>> = debts.iter().map(|debt| debt.owner).collect();
    owners.sort_by(|a, b| match (a, b) {
        (Some(a), Some(b)) => {
            let name = |ix: &Ix<Person>| {
                let record = &school.people[*ix].record;
                (record.nom.as_str(), record.prenom.as_str())
            };
            site.collation.compare_names(name(a), name(b)).then_with(|| a.cmp(b))
        }
        // Nobody in particular comes last.
        _ => b.is_some().cmp(&a.is_some()),
    });
    owners.dedup();
    let sheet = |owner: Option<Ix<Person>>| Reminder {
        name: owner.map_or_else(
            || "Sans responsable désigné".to_owned(),
            |ix| school.people[ix].full_name(),
        ),
        anchor: anchor(site, owner),
        href: owner.map(|ix| link(at, &address(site, Subject::Person(ix)))),
        email: owner.and_then(|ix| school.people[ix].record.courriels.first().cloned()),
        items: debts
            .iter()
            .filter(|debt| debt.owner == owner)
            .map(|debt| item(site, at, debt))
            .collect(),
        owner,
    };
    RemindersPage {
        frame: frame(site, at, "Relances", None, None)
            .papers(site, at, &[Document::Reminders])
            .crumb(site, at, "Console de pilotage", Subject::Console),
        today: long_date(site.today),
        people: owners.into_iter().map(sheet).collect(),
    }
}

fn item(site: &Site<'_>, at: &str, debt: &Debt) -> ReminderItem {
    let school = site.school;
    ReminderItem {
        label: words::label(site, debt),
        href: words::way(site, at, debt),
        class: debt.class.map(|class| school.classes[class].record.nom.clone()),
        amount: words::amount(debt.owed.kind(), debt.pupils.len()),
        pupils: debt.pupils.iter().map(|ix| school.pupils[*ix].list_name()).collect(),
        due: debt.due.into(),
        expected: words::expected(debt.due),
        when: words::when(debt.due, site.today),
        late: if debt.is_late(site.today) { "oui" } else { "non" },
    }
}
