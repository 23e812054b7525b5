//! The annexes of a diploma, by level: blue for pupils, orange for apprentices (ANX-05).

use std::collections::BTreeSet;

use serde::Serialize;

use super::{D, Frame, Menu, Site, Subject, address, frame, link, new_file_link};
use crate::insight::levels_without_annex;
use crate::record::StudyLevel;
use crate::school::{Annex, Ix};

/// The context of the list of annexes.
#[derive(Debug, Serialize)]
pub struct AnnexesPage {
    /// Around the page.
    pub frame: Frame,
    /// Levels, in order.
    pub levels: Vec<AnnexLevel>,
    /// The text of a new annex, ready to be completed.
    pub model: String,
    /// Way to the periods.
    pub periods: String,
}

/// The annexes of a level.
#[derive(Debug, Serialize)]
pub struct AnnexLevel {
    /// "Première".
    pub label: &'static str,
    /// "premiere".
    pub anchor: &'static str,
    /// Its annexes: those for pupils first, then by title.
    pub annexes: Vec<AnnexLine>,
    /// Whether this year's pupils have no annex (ANX-14).
    pub lacks_pupils: bool,
    /// Whether this year's apprentices have none.
    pub lacks_apprentices: bool,
    /// Way to make a new one.
    pub create: Option<String>,
}

/// An annex in a list.
#[derive(Debug, Serialize)]
pub struct AnnexLine {
    /// Title.
    pub title: String,
    /// Way to its page.
    pub href: String,
    /// Whether it is for apprentices.
    pub apprentices: bool,
    /// "M. Mercier".
    pub author: String,
    /// How many tasks it plans.
    pub tasks: usize,
    /// How many periods were made from it this year (ANX-13).
    pub this_year: usize,
    /// How many in all years.
    pub periods: usize,
}

/// The annexes of a diploma and level: those for pupils first, then by title.
pub(super) fn annexes_of(site: &Site<'_>, d: D, level: StudyLevel) -> Vec<Ix<Annex>> {
    let school = site.school;
    let all = school.annexes.iter();
    let mut list: Vec<Ix<Annex>> = all
        .filter(|(_, annex)| annex.diploma == d && annex.level == level)
        .map(|(ix, _)| ix)
        .collect();
    list.sort_by(|a, b| {
        let (a, b) = (&school.annexes[*a], &school.annexes[*b]);
        (a.record.apprentis.cmp(&b.record.apprentis))
            .then_with(|| site.collation.compare(&a.record.titre, &b.record.titre))
            .then_with(|| a.id.cmp(&b.id))
    });
    list
}

/// "M. Mercier"; the identifier of somebody unknown.
pub(super) fn author_of(site: &Site<'_>, annex: &Annex) -> String {
    annex.author.map_or_else(
        || annex.record.auteur.0.clone(),
        |person| site.school.people[person].formal_name(),
    )
}

/// Computes the list of annexes of a diploma.
pub fn annexes_page(site: &Site<'_>, d: D, at: &str) -> AnnexesPage {
    let school = site.school;
    let code = &school.referentials[d].code;
    let lacking = levels_without_annex(school);
    let others = school.annexes.values().iter().filter(|annex| annex.diploma == d);
    let levels: BTreeSet<StudyLevel> = (school.referentials[d].record.niveaux.iter().copied())
        .chain(others.map(|annex| annex.level))
        .collect();
    let part = |level: StudyLevel| {
        let lacks = |apprentices| {
            lacking.iter().any(|lack| {
                lack.diploma == d && lack.level == level && lack.apprentices == apprentices
            })
        };
        AnnexLevel {
            label: level.label(),
            anchor: level.as_str(),
            annexes: annexes_of(site, d, level).into_iter().map(|ix| line(site, ix, at)).collect(),
            lacks_pupils: lacks(false),
            lacks_apprentices: lacks(true),
            create: new_file_link(
                site,
                &format!("pfmp/annexes/{code}/{}", level.as_str()),
                "nom-de-l-annexe.toml",
            ),
        }
    };
    AnnexesPage {
        frame: frame(site, at, "Annexes pédagogiques", Some(d), Some(Menu::Annexes)),
        levels: levels.into_iter().map(part).collect(),
        model: MODEL.to_owned(),
        periods: link(at, &address(site, Subject::Periods(d))),
    }
}

/// A new annex: a question mark for each thing to decide.
const MODEL: &str = "titre = \"?\"\nauteur = \"?\"\napprentis = ?\nobjectifs = \"\"\"\n?\n\"\"\"\ntaches = [\"?\"]\n";

fn line(site: &Site<'_>, ix: Ix<Annex>, at: &str) -> AnnexLine {
    let school = site.school;
    let annex = &school.annexes[ix];
    let made: Vec<_> =
        school.periods.values().iter().filter(|period| period.annex == Some(ix)).collect();
    AnnexLine {
        title: annex.record.titre.clone(),
        href: link(at, &address(site, Subject::Annex(ix))),
        apprentices: annex.record.apprentis,
        author: author_of(site, annex),
        tasks: annex.tasks.len(),
        this_year: made.iter().filter(|period| period.year == school.current_year()).count(),
        periods: made.len(),
    }
}
