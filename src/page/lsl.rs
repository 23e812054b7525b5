//! What the livret scolaire expects: competences, periodicity, pupils concerned.

use serde::Serialize;

use super::calendar::periodicity_of;
use super::evaluation_text::present_pupils;
use super::referential::{LslPart, Sources, lsl_part};
use super::{D, Frame, Menu, Site, Subject, address, frame, link};
use crate::record::{Status, StudyLevel};
use crate::school::{Class, Ix, Pupil};

/// The context of the page of the livret.
#[derive(Debug, Serialize)]
pub struct LslPage {
    /// Around the page.
    pub frame: Frame,
    /// Acronym of the diploma.
    pub sigle: String,
    /// "2026-2027".
    pub year: String,
    /// Whether the diploma is followed in première or terminale.
    pub concerned: bool,
    /// Expected competences.
    pub list: Option<LslPart>,
    /// How many competences are gathered with others under one line.
    pub merged: usize,
    /// First and last level.
    pub levels: Vec<LslLevel>,
    /// Way to the référentiel.
    pub referential: String,
    /// Way to the calendar.
    pub calendar: String,
}

/// A level and its classes.
#[derive(Debug, Serialize)]
pub struct LslLevel {
    /// "Première".
    pub label: &'static str,
    /// "semestre"; none as long as nobody set it (PER-06).
    pub periodicity: Option<&'static str>,
    /// Classes of the year.
    pub classes: Vec<LslClass>,
}

/// A class and its pupils.
#[derive(Debug, Serialize)]
pub struct LslClass {
    /// Name.
    pub name: String,
    /// Way to it.
    pub href: String,
    /// Pupils under school status: name and way to the dashboard.
    pub pupils: Vec<(String, String)>,
    /// How many apprentices are left out (LSL-02).
    pub apprentices: usize,
}

/// Computes the page of the livret of a diploma.
pub fn lsl_page(site: &Site<'_>, d: D, at: &str) -> LslPage {
    let referential = &site.school.referentials[d];
    let to = |subject| link(at, &address(site, subject));
    let page = to(Subject::Referential(d));
    let sources = Sources::new(referential, page.clone());
    let list = lsl_part(referential, &sources, &page);
    let merged = list.as_ref().map_or(0, |list| {
        let lines = list.lines.iter().filter(|line| line.gathers.len() > 1);
        lines.map(|line| line.gathers.len()).sum()
    });
    // The livret covers première and terminale only (LSL-06).
    let levels: Vec<LslLevel> = [StudyLevel::Premiere, StudyLevel::Terminale]
        .into_iter()
        .filter(|level| {
            referential.record.niveaux.contains(level)
                || site
                    .current_classes(d)
                    .any(|class| site.school.classes[class].record.niveau == *level)
        })
        .map(|level| level_part(site, d, level, at))
        .collect();
    LslPage {
        frame: frame(site, at, "LSL Pro", Some(d), Some(Menu::Lsl)),
        sigle: referential.record.sigle.clone(),
        year: site.school.current_year().to_string(),
        concerned: !levels.is_empty(),
        list,
        merged,
        levels,
        referential: page,
        calendar: to(Subject::Calendar),
    }
}

fn level_part(site: &Site<'_>, d: D, level: StudyLevel, at: &str) -> LslLevel {
    let school = site.school;
    LslLevel {
        label: level.label(),
        periodicity: periodicity_of(
            site,
            school.current_year(),
            &school.referentials[d].code,
            level,
        ),
        classes: site
            .current_classes(d)
            .filter(|class| school.classes[*class].record.niveau == level)
            .map(|class| class_part(site, d, class, at))
            .collect(),
    }
}

fn class_part(site: &Site<'_>, d: D, class: Ix<Class>, at: &str) -> LslClass {
    let school = site.school;
    let is_apprentice = |pupil: &Ix<Pupil>| {
        let stays = &school.pupils[*pupil].stays;
        let last = stays.iter().rev().find(|stay| stay.class == class);
        last.is_some_and(|stay| stay.status == Status::Apprentice)
    };
    let (apprentices, pupils): (Vec<_>, Vec<_>) =
        present_pupils(school, class).into_iter().partition(is_apprentice);
    LslClass {
        name: school.classes[class].record.nom.clone(),
        href: link(at, &address(site, Subject::Class(class))),
        pupils: pupils
            .into_iter()
            .map(|pupil| {
                let href = link(at, &address(site, Subject::Dashboard(d, pupil)));
                (school.pupils[pupil].list_name(), href)
            })
            .collect(),
        apprentices: apprentices.len(),
    }
}
