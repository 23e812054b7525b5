//! The choice of a diploma (CNX-04): one card for each, those of former years below.

use serde::Serialize;

use crate::record::Status;
use crate::school::Referential;
use crate::text::SchoolYear;

use super::roll::{by_level, counted};
use super::{D, Frame, Site, Subject, address, frame, link};

/// The context of the choice of a diploma.
#[derive(Debug, Serialize)]
pub struct HomePage {
    /// Around the page.
    pub frame: Frame,
    /// Diplomas of the current year.
    pub diplomas: Vec<Card>,
    /// Diplomas that have classes in earlier years only.
    pub former: Vec<FormerCard>,
    /// Pupils of the current year.
    pub pupils: usize,
    /// Classes of the current year.
    pub classes: usize,
    /// Way to what could not be read.
    pub alerts: String,
}

/// A diploma of the current year.
#[derive(Debug, Serialize)]
pub struct Card {
    /// Acronym.
    pub sigle: String,
    /// Full name.
    pub name: String,
    /// Way to its home.
    pub href: String,
    /// Levels, each with the names of its classes.
    pub levels: Vec<(&'static str, Vec<String>)>,
    /// Pupils.
    pub pupils: usize,
    /// Apprentices among them.
    pub apprentices: usize,
}

/// A diploma of earlier years.
#[derive(Debug, Serialize)]
pub struct FormerCard {
    /// Acronym.
    pub sigle: String,
    /// Full name.
    pub name: String,
    /// Way to its home.
    pub href: String,
    /// "2023-2024, 2024-2025".
    pub years: String,
}

/// The only diploma of a site, whose home stands in place of the choice (CNX-03).
pub fn only_diploma(site: &Site<'_>) -> Option<D> {
    let mut all = site.all_diplomas();
    all.next().filter(|_| all.next().is_none())
}

/// The name of a diploma in full: "Baccalauréat professionnel …, option A …".
pub(super) fn full_name(referential: &Referential) -> String {
    let record = &referential.record;
    match &record.option {
        Some(option) => format!("{}, {option}", record.intitule),
        None => record.intitule.clone(),
    }
}

/// Computes the choice of a diploma.
pub fn home_page(site: &Site<'_>, at: &str) -> HomePage {
    let diplomas: Vec<Card> = site.diplomas.iter().map(|d| card(site, at, *d)).collect();
    HomePage {
        frame: frame(site, at, "Choisir un diplôme", None, None),
        pupils: diplomas.iter().map(|card| card.pupils).sum(),
        classes: diplomas.iter().flat_map(|card| &card.levels).map(|(_, names)| names.len()).sum(),
        diplomas,
        former: site.former.iter().map(|d| former_card(site, at, *d)).collect(),
        alerts: link(at, &address(site, Subject::Alerts)),
    }
}

fn card(site: &Site<'_>, at: &str, d: D) -> Card {
    let referential = &site.school.referentials[d];
    let classes: Vec<_> = site.current_classes(d).collect();
    let pupils: Vec<_> = classes.iter().flat_map(|class| counted(site.school, *class)).collect();
    Card {
        sigle: referential.record.sigle.clone(),
        name: full_name(referential),
        href: link(at, &address(site, Subject::Diploma(d))),
        levels: by_level(site, at, &classes)
            .into_iter()
            .map(|group| (group.level, group.classes.into_iter().map(|class| class.name).collect()))
            .collect(),
        apprentices: pupils.iter().filter(|(_, status)| *status == Status::Apprentice).count(),
        pupils: pupils.len(),
    }
}

fn former_card(site: &Site<'_>, at: &str, d: D) -> FormerCard {
    let referential = &site.school.referentials[d];
    let mut years: Vec<SchoolYear> =
        site.classes(d).iter().map(|class| site.school.classes[*class].year).collect();
    years.sort_unstable();
    years.dedup();
    let years: Vec<String> = years.iter().map(ToString::to_string).collect();
    FormerCard {
        sigle: referential.record.sigle.clone(),
        name: full_name(referential),
        href: link(at, &address(site, Subject::Diploma(d))),
        years: years.join(", "),
    }
}
