//! One annex: objectives, tasks by activity, periods made from it, and what to paste for a new one.

use serde::Serialize;

use super::annex_text::{copy_file, copy_text, learners, period_file, period_text};
use super::annexes::{annexes_of, author_of};
use super::period_line::{InCompany, Planned, declared, period_line, planned};
use super::scenario::{ChosenActivity, chosen_activities};
use super::{
    Day, Document, Frame, Menu, Neighbour, Site, Subject, address, frame, link, new_file_link,
};
use crate::school::{Annex, Ix};
use crate::text::count;

/// The context of an annex's page.
#[derive(Debug, Serialize)]
pub struct AnnexPage {
    /// Around the page.
    pub frame: Frame,
    /// Title.
    pub title: String,
    /// "première".
    pub level: String,
    /// Acronym of the diploma.
    pub sigle: String,
    /// Whether it is for apprentices (ANX-04).
    pub apprentices: bool,
    /// Name of the author and way to the author's page.
    pub author: (String, Option<String>),
    /// The annex this one was copied from.
    pub copy_of: Option<(String, String)>,
    /// Those copied from this one.
    pub copies: Vec<(String, String)>,
    /// Objectives, in Markdown.
    pub goals: Option<String>,
    /// Planned tasks, by activity.
    pub activities: Vec<ChosenActivity>,
    /// How many tasks are planned.
    pub tasks: usize,
    /// Periods made from it, latest first.
    pub periods: Vec<InCompany>,
    /// What to paste for a new period.
    pub declarations: Vec<NewFile>,
    /// What to paste for a copy.
    pub copy: NewFile,
    /// Path of the file.
    pub file: String,
    /// Way to change it.
    pub edit: Option<String>,
    /// Way to the référentiel.
    pub referential: String,
    /// Way to the calendar.
    pub calendar: String,
}

/// A file to make on the forge, and its text.
#[derive(Debug, Serialize)]
pub struct NewFile {
    /// "PFMP 3".
    pub label: String,
    /// First and last day, when the calendar gives them.
    pub dates: Option<(Day, Day)>,
    /// How many learners it concerns.
    pub learners: usize,
    /// Days from Monday to Friday.
    pub days: u32,
    /// The period declared already, and the way to it.
    pub declared: Option<(String, String)>,
    /// Way to make the file.
    pub href: Option<String>,
    /// Where the file goes.
    pub folder: String,
    /// Its name.
    pub file: String,
    /// Its text.
    pub text: String,
    /// Name of the text in the page.
    pub anchor: String,
}

/// Computes the page of an annex.
pub fn annex_page(site: &Site<'_>, ix: Ix<Annex>, at: &str) -> AnnexPage {
    let school = site.school;
    let annex = &school.annexes[ix];
    let referential = &school.referentials[annex.diploma];
    let to = |subject| link(at, &address(site, subject));
    let title = |ix: Ix<Annex>| (school.annexes[ix].record.titre.clone(), to(Subject::Annex(ix)));
    let mut made: Vec<_> =
        school.periods.iter().filter(|(_, period)| period.annex == Some(ix)).collect();
    made.retain(|(_, period)| site.has_pages(period.diploma));
    made.sort_by_key(|(ix, period)| (std::cmp::Reverse(period.record.debut), *ix));
    AnnexPage {
        frame: around(site, ix, at),
        title: annex.record.titre.clone(),
        level: annex.level.label().to_lowercase(),
        sigle: referential.record.sigle.clone(),
        apprentices: annex.record.apprentis,
        author: (author_of(site, annex), annex.author.map(|person| to(Subject::Person(person)))),
        copy_of: annex
            .copy_of
            .filter(|other| site.has_pages(school.annexes[*other].diploma))
            .map(title),
        copies: school
            .annexes
            .iter()
            .filter(|(other, annex)| annex.copy_of == Some(ix) && *other != ix)
            .filter(|(_, annex)| site.has_pages(annex.diploma))
            .map(|(other, _)| title(other))
            .collect(),
        goals: annex.record.objectifs.as_ref().map(|prose| prose.0.clone()),
        activities: chosen_activities(referential, &annex.tasks),
        tasks: annex.tasks.len(),
        periods: made.into_iter().map(|(ix, _)| period_line(site, at, ix)).collect(),
        declarations: declarations(site, annex, at),
        copy: copy(site, annex),
        file: annex.file.to_string(),
        edit: super::edit_link(site, &annex.file),
        referential: to(Subject::Referential(annex.diploma)),
        calendar: to(Subject::Calendar),
    }
}

fn around(site: &Site<'_>, ix: Ix<Annex>, at: &str) -> Frame {
    let annex = &site.school.annexes[ix];
    let list = annexes_of(site, annex.diploma, annex.level);
    let mut around = frame(site, at, &annex.record.titre, Some(annex.diploma), Some(Menu::Annexes))
        .papers(site, at, &[Document::Annex(ix)])
        .crumb(site, at, "Annexes pédagogiques", Subject::Annexes(annex.diploma))
        .crumb(site, at, annex.level.label(), Subject::Annexes(annex.diploma))
        .walk("Annexes du niveau", &list, ix, |other| Neighbour {
            label: site.school.annexes[other].record.titre.clone(),
            href: link(at, &address(site, Subject::Annex(other))),
        });
    if let Some(last) = around.crumbs.last_mut() {
        last.href = format!("{}#{}", last.href, annex.level.as_str());
    }
    around
}

/// One PFMP a date of the calendar; one period without dates for apprentices, or when the calendar
/// gives none.
fn declarations(site: &Site<'_>, annex: &Annex, at: &str) -> Vec<NewFile> {
    let dates: Vec<Planned> = if annex.record.apprentis {
        Vec::new()
    } else {
        let all = planned(site, annex.diploma);
        all.into_iter().filter(|pfmp| pfmp.level == annex.level).collect()
    };
    if dates.is_empty() {
        return vec![declaration(site, annex, None, at)];
    }
    // What is still to be declared comes first.
    let mut list: Vec<NewFile> =
        dates.into_iter().map(|pfmp| declaration(site, annex, Some(pfmp), at)).collect();
    list.sort_by_key(|new| new.declared.is_some());
    list
}

fn declaration(site: &Site<'_>, annex: &Annex, pfmp: Option<Planned>, at: &str) -> NewFile {
    let school = site.school;
    let folder = format!("pfmp/periods/{}", school.current_year());
    let file = period_file(school, annex, pfmp);
    let pupils = learners(school, &site.collation, annex, pfmp);
    let there = pfmp.and_then(|pfmp| declared(site, annex.diploma, pfmp).first().copied());
    NewFile {
        label: match pfmp {
            Some(pfmp) => format!("PFMP\u{a0}{}", pfmp.number),
            None if annex.record.apprentis => "Période employeur".to_owned(),
            None => "PFMP".to_owned(),
        },
        dates: pfmp.map(|pfmp| (pfmp.from.into(), pfmp.to.into())),
        learners: pupils.len(),
        days: pfmp.map_or(0, Planned::days),
        declared: there.map(|ix| {
            let period = &school.periods[ix];
            let learners = count(period.learners.len(), "apprenant", "apprenants");
            let words = format!("{}, {learners}", period.record.titre);
            (words, link(at, &address(site, Subject::Period(ix))))
        }),
        href: new_file_link(site, &folder, &file),
        text: period_text(school, annex, pfmp, &pupils),
        anchor: format!("modele-{}", file.trim_end_matches(".toml")),
        folder,
        file,
    }
}

fn copy(site: &Site<'_>, annex: &Annex) -> NewFile {
    let code = &site.school.referentials[annex.diploma].code;
    let folder = format!("pfmp/annexes/{code}/{}", annex.level.as_str());
    let file = copy_file(site.school, annex);
    NewFile {
        label: "Copie".to_owned(),
        dates: None,
        learners: 0,
        days: 0,
        declared: None,
        href: new_file_link(site, &folder, &file),
        text: copy_text(annex),
        anchor: "modele-copie".to_owned(),
        folder,
        file,
    }
}
