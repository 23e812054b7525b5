//! What the console prints: a letter to each person who owes something (CON-06), and the checklist of
//! the start of the year (CON-07). Both tell of a day, not of a version of the records.

use serde::Serialize;

use crate::page::document::{Desk, SheetFrame, sheet_frame};
use crate::page::{KickoffPart, Reminder, kickoff_page, reminders_page};
use crate::record::{Civility, Role};
use crate::text::{characters, long_date, short_date};

/// The context of the reminders.
#[derive(Debug, Serialize)]
pub struct RemindersSheet {
    /// Around the document.
    pub sheet: SheetFrame,
    /// "Valmorey-sur-Meurthe, le 22 novembre 2026".
    pub place: String,
    /// Who signs: "Mme Benali".
    pub from: Option<String>,
    /// One a person, by name; empty when all is done.
    pub letters: Vec<Letter>,
}

/// What one person still has to do.
#[derive(Debug, Serialize)]
pub struct Letter {
    /// "Madame,"; none when nobody in particular owes it.
    pub greeting: Option<&'static str>,
    /// What the page of reminders says.
    pub person: Reminder,
    /// How many things are late.
    pub late: usize,
}

/// The context of the checklist.
#[derive(Debug, Serialize)]
pub struct KickoffSheet {
    /// Around the document.
    pub sheet: SheetFrame,
    /// What to decide together.
    pub parts: Vec<KickoffTopic>,
}

/// A subject of the meeting.
#[derive(Debug, Serialize)]
pub struct KickoffTopic {
    /// What its page says.
    pub part: KickoffPart,
    /// Whether its facts are short enough for two columns.
    pub short: Option<&'static str>,
}

fn frame(desk: &Desk<'_>, title: String, about: Option<String>) -> SheetFrame {
    let mut sheet = sheet_frame(desk, title, about, None, []);
    sheet.edition = format!("situation au {}", short_date(desk.site.today));
    sheet
}

/// Computes the reminders.
pub fn reminders_sheet(desk: &Desk<'_>) -> RemindersSheet {
    let (site, school) = (desk.site, desk.site.school);
    let day = long_date(site.today);
    let letter = |person: Reminder| Letter {
        greeting: person.owner.map(|ix| match school.people[ix].record.civilite {
            Civility::Madam => "Madame,",
            Civility::Sir => "Monsieur,",
        }),
        late: person.items.iter().filter(|item| item.late == "oui").count(),
        person,
    };
    let place = match &school.establishment.ville {
        Some(town) => format!("{town}, le {day}"),
        None => format!("Le {day}"),
    };
    let mut people = school.people.values().iter();
    let ddfpt = people.find(|one| one.has_role(Role::Ddfpt) && one.record.inactif_depuis.is_none());
    RemindersSheet {
        sheet: frame(desk, "Rappels".to_owned(), Some(format!("au {day}"))),
        place,
        from: ddfpt.map(crate::school::Person::formal_name),
        letters: reminders_page(site, "").people.into_iter().map(letter).collect(),
    }
}

/// Computes the checklist.
pub fn kickoff_sheet(desk: &Desk<'_>) -> KickoffSheet {
    let page = kickoff_page(desk.site, "");
    KickoffSheet {
        sheet: frame(desk, format!("Réunion de cadrage {}", page.year), None),
        parts: page.parts.into_iter().map(topic).collect(),
    }
}

fn topic(part: KickoffPart) -> KickoffTopic {
    let short = part.facts.len() > 2 && part.facts.iter().all(|fact| characters(fact) < 58);
    KickoffTopic { part, short: short.then_some("oui") }
}
