//! "Vue classes": the classes of a diploma, the current year first.

use serde::Serialize;

use super::roll::{LevelGroup, by_level};
use super::{D, Frame, Menu, Site, frame};

/// The context of the list of classes.
#[derive(Debug, Serialize)]
pub struct ClassesPage {
    /// Around the page.
    pub frame: Frame,
    /// Classes of the current year by level.
    pub current: Vec<LevelGroup>,
    /// Classes of the years before, the latest first.
    pub earlier: Vec<YearGroup>,
}

/// The classes of one school year.
#[derive(Debug, Serialize)]
pub struct YearGroup {
    /// "2025-2026".
    pub year: String,
    /// How many classes there were.
    pub classes: usize,
    /// By level.
    pub levels: Vec<LevelGroup>,
}

/// Computes the list of classes of a diploma.
pub fn classes_page(site: &Site<'_>, d: D, at: &str) -> ClassesPage {
    let school = site.school;
    let current: Vec<_> = site.current_classes(d).collect();
    let mut earlier = Vec::new();
    for year in school.years.iter().rev().filter(|year| year.year != school.current_year()) {
        let classes: Vec<_> = site
            .classes(d)
            .iter()
            .copied()
            .filter(|class| school.classes[*class].year == year.year)
            .collect();
        if !classes.is_empty() {
            let levels = by_level(site, at, &classes);
            earlier.push(YearGroup { year: year.year.to_string(), classes: classes.len(), levels });
        }
    }
    ClassesPage {
        frame: frame(site, at, "Vue classes", Some(d), Some(Menu::Classes)),
        current: by_level(site, at, &current),
        earlier,
    }
}
