//! The staff: roles, classes, access handed over (CNX-02), people created by hand (CNX-15).

use serde::Serialize;

use super::{Frame, Site, Subject, address, edit_link, frame, link};
use crate::record::{Civility, Origin, Role};
use crate::school::{Ix, Person};
use crate::text::short_date;

/// The context of the list of the staff.
#[derive(Debug, Serialize)]
pub struct TeamPage {
    /// Around the page.
    pub frame: Frame,
    /// "2026-2027".
    pub year: String,
    /// People who are there, by name.
    pub present: Vec<PersonLine>,
    /// People who have left, by name.
    pub left: Vec<PersonLine>,
    /// How many have not been given access.
    pub without_access: usize,
    /// Way to change the list.
    pub edit: Option<String>,
}

/// A person in the list.
#[derive(Debug, Serialize)]
pub struct PersonLine {
    /// "MERCIER Paul".
    pub name: String,
    /// Way to the person's page.
    pub href: String,
    /// "enseignant, DDFPT".
    pub roles: String,
    /// Subject taught.
    pub discipline: Option<String>,
    /// Classes of the year: name and way to each.
    pub classes: Vec<(String, String)>,
    /// Day on which access was handed over.
    pub access: Option<String>,
    /// Whether the record was made by hand.
    pub by_hand: bool,
    /// "inactif depuis le 31/08/2025".
    pub left: Option<String>,
}

/// Computes the list of the staff.
pub fn team_page(site: &Site<'_>, at: &str) -> TeamPage {
    let mut people: Vec<Ix<Person>> = site.school.people.iter().map(|(ix, _)| ix).collect();
    people.sort_by(|a, b| {
        let name = |ix: &Ix<Person>| {
            let record = &site.school.people[*ix].record;
            (record.nom.as_str(), record.prenom.as_str())
        };
        site.collation.compare_names(name(a), name(b)).then_with(|| a.cmp(b))
    });
    let lines = people.into_iter().map(|ix| line(site, ix, at));
    let (present, left): (Vec<_>, Vec<_>) = lines.partition(|line| line.left.is_none());
    TeamPage {
        frame: frame(site, at, "Équipe", None, None),
        year: site.school.current_year().to_string(),
        without_access: present.iter().filter(|line| line.access.is_none()).count(),
        present,
        left,
        edit: site.school.people.values().first().and_then(|person| edit_link(site, &person.file)),
    }
}

fn line(site: &Site<'_>, ix: Ix<Person>, at: &str) -> PersonLine {
    let person = &site.school.people[ix];
    PersonLine {
        name: list_name(person),
        href: link(at, &address(site, Subject::Person(ix))),
        roles: roles(person),
        discipline: person.record.discipline.clone(),
        classes: site.involvement[ix.get()]
            .classes
            .iter()
            .map(|class| {
                let name = site.school.classes[*class].record.nom.clone();
                (name, link(at, &address(site, Subject::Class(*class))))
            })
            .collect(),
        access: person.record.acces_remis_le.map(short_date),
        by_hand: person.record.origine == Some(Origin::Manual),
        left: left(person),
    }
}

/// "MERCIER Paul", as lists have it.
pub(super) fn list_name(person: &Person) -> String {
    format!("{} {}", person.record.nom.to_uppercase(), person.record.prenom)
}

/// "enseignante, DDFPT": roles, in the form that agrees with the person.
pub fn roles(person: &Person) -> String {
    let is_woman = person.record.civilite == Civility::Madam;
    let word = |role: &Role| match role {
        Role::Teacher if is_woman => "enseignante",
        Role::Head if is_woman => "cheffe d’établissement",
        Role::Administrator if is_woman => "administratrice",
        role => role.label(),
    };
    let roles: Vec<&str> = person.record.roles.iter().map(word).collect();
    roles.join(", ")
}

/// "inactive depuis le 31/08/2025".
pub(super) fn left(person: &Person) -> Option<String> {
    let word = if person.record.civilite == Civility::Madam { "inactive" } else { "inactif" };
    let day = short_date(person.record.inactif_depuis?);
    Some(format!("{word} depuis le {day}"))
}
