//! The annexes pédagogiques of each diploma and level, written by a teacher of the department.

use std::collections::BTreeMap;

use super::emit::Document;
use super::names::Ids;
use super::referential::Referential;
use super::rng::fingerprint;
use super::scenarios::short;
use super::staff::Staff;
use super::structure::{Level, Plan};
use super::trades::{AnnexSource, Trades};

/// An annexe pédagogique of the school.
pub(crate) struct Annex<'a> {
    pub(crate) diploma: String,
    pub(crate) level: Level,
    pub(crate) tasks: Vec<String>,
    pub(crate) source: &'a AnnexSource,
    slug: String,
    author: String,
    copy_of: Option<String>,
}

impl Annex<'_> {
    /// Gives the name periods refer to: diploma, level, slug.
    pub(crate) fn key(&self) -> String {
        format!("{}/{}/{}", self.diploma, self.level.code(), self.slug)
    }

    pub(crate) fn write(&self) -> String {
        let mut file = Document::new();
        file.string("titre", &self.source.title);
        file.string("auteur", &self.author);
        file.value("apprentis", self.source.apprentices);
        file.prose("objectifs", &self.source.objectives);
        if !self.tasks.is_empty() {
            file.strings("taches", &self.tasks);
        }
        if let Some(original) = &self.copy_of {
            file.string("copie_de", original);
        }
        file.finish()
    }
}

/// Writes the annexes of the diplomas and levels that have classes; those for apprentices, where there are some.
pub(crate) fn draw<'a>(
    trades: &'a Trades,
    plan: &Plan,
    staff: &Staff,
    known: &BTreeMap<String, Referential>,
    keep: &dyn Fn(usize) -> bool,
    hires: &dyn Fn(usize) -> bool,
) -> Vec<Annex<'a>> {
    let mut found: Vec<Annex<'a>> = Vec::new();
    let newest = plan.years.last().map_or(0, |year| year.start);
    for (code, referential) in known {
        for level in Level::ALL {
            let mut classes = plan
                .divisions
                .iter()
                .enumerate()
                .filter(|(place, d)| d.diploma == *code && d.level == level && keep(*place))
                .peekable();
            let Some(department) = classes.peek().map(|(_, d)| d.department.clone()) else {
                continue;
            };
            let apprentices = classes.any(|(place, _)| hires(place));
            let teachers = staff.department(&department, newest);
            let mut ids = Ids::default();
            let mut before: Option<String> = None;
            for source in &trades.annexes {
                if !source.diplomas.contains(code)
                    || source.level != level.code()
                    || (source.apprentices && !apprentices)
                {
                    continue;
                }
                let place = fingerprint(&format!("annex/{code}/{}", source.title)) as usize;
                let annex = Annex {
                    diploma: code.clone(),
                    level,
                    slug: ids.give(&short(&source.title)),
                    author: teachers
                        .get(place % teachers.len().max(1))
                        .copied()
                        .unwrap_or_default()
                        .to_owned(),
                    tasks: referential.tasks(&source.tasks),
                    copy_of: before.take().filter(|_| source.copy),
                    source,
                };
                before = Some(annex.key());
                found.push(annex);
            }
        }
    }
    found
}
