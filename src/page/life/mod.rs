//! The life of the records that a page shows: who changed what, when, in plain words.

mod files;
mod labels;
#[cfg(test)]
mod tests;
mod values;
mod words;

use std::collections::BTreeSet;

use serde::Serialize;

use super::{Site, Subject, forge};
use crate::history::{Change, Hand, Trace};
use crate::text::{Date, long_date};
use files::{Source, sources};
pub use words::words;

/// Changes that a page shows; the others are counted.
const SHOWN: usize = 30;

/// The life of what a page shows.
#[derive(Clone, Debug, Serialize)]
pub struct Life {
    /// The changes, the newest first.
    pub events: Vec<Event>,
    /// How many older ones are not shown.
    pub older: usize,
    /// What to type to see all of them.
    pub command: String,
}

/// One change.
#[derive(Clone, Debug, Serialize)]
pub struct Event {
    /// "12 novembre 2026 à 14 h 32".
    pub when: String,
    /// The same for machines.
    pub iso: String,
    /// Who wrote.
    pub who: String,
    /// Who deposited it, when it is somebody else.
    pub deposited: Option<String>,
    /// What changed, a sentence each.
    pub what: Vec<String>,
    /// The record as it was then, on the forge.
    pub href: Option<String>,
}

/// The life of what a page shows; nothing where there is no history, or for pages that show no
/// record in particular.
pub fn life(site: &Site<'_>, subject: Subject) -> Option<Life> {
    if site.annals?.0.is_foreign() {
        return None;
    }
    let sources = sources(site, subject);
    let found = told(site, &sources)?;
    let older = found.len().saturating_sub(SHOWN);
    let events: Vec<Event> = found.into_iter().take(SHOWN).map(|one| one.event).collect();
    let command = format!("jalon history {}", sources.first()?.file);
    (!events.is_empty()).then_some(Life { events, older, command })
}

/// A change of one file.
#[derive(Clone, Debug)]
pub struct Lived<'s> {
    /// The commit.
    pub trace: &'s Trace,
    /// The path it had after, or before when it is gone.
    pub file: &'s str,
    /// Whether it was there afterwards.
    pub stays: bool,
    /// What to show of it.
    pub event: Event,
}

/// The whole life of some files, the newest first, through the paths they had before; nothing where
/// there is no history.
pub fn lives<'s>(site: &Site<'s>, files: &[String]) -> Option<Vec<Lived<'s>>> {
    let source = |file: &String| Source { file: file.as_str().into(), within: Vec::new() };
    let mut lived = told(site, &files.iter().map(source).collect::<Vec<_>>())?;
    // A file that moved is met under both its names.
    let mut seen = BTreeSet::new();
    lived.retain(|one| seen.insert((one.trace.commit, one.file)));
    Some(lived)
}

fn told<'s>(site: &Site<'s>, sources: &[Source]) -> Option<Vec<Lived<'s>>> {
    let (_, chronicle) = site.annals?;
    let mut found: Vec<Lived<'s>> = Vec::new();
    for Source { file, within } in sources {
        for (trace, touch) in chronicle.of(file) {
            let what = words(site.school, touch, within);
            if !what.is_empty() {
                let stays = touch.change != Change::Removed;
                let event = event(site, trace, what, stays.then_some(touch.file.as_str()));
                found.push(Lived { trace, file: &touch.file, stays, event });
            }
        }
    }
    // Changes of one file come in the order of history: dates only decide between files.
    if sources.len() > 1 {
        found.sort_by_key(|one| std::cmp::Reverse(one.trace.committer.at));
    }
    Some(found)
}

fn event(site: &Site<'_>, trace: &Trace, what: Vec<String>, path: Option<&str>) -> Event {
    let who = name_of(site, &trace.author);
    let deposited = name_of(site, &trace.committer);
    let by_another = trace.committer.email != trace.author.email && deposited != who;
    Event {
        when: moment(&trace.committer),
        iso: trace.day().map(|day| day.to_string()).unwrap_or_default(),
        deposited: by_another.then_some(deposited),
        who,
        what,
        href: path.and_then(|path| forge::version_link(site, path, &trace.commit.to_string())),
    }
}

/// "12 novembre 2026 à 14 h 32", on the clock of the place.
pub(super) fn moment(hand: &Hand) -> String {
    let day = Date::at(hand.at, hand.offset);
    let day = day.map_or_else(|| "jour inconnu".to_owned(), long_date);
    let minutes = (hand.at + i64::from(hand.offset) * 60).rem_euclid(86_400) / 60;
    format!("{day} à {}\u{a0}h\u{a0}{:02}", minutes / 60, minutes % 60)
}

/// The person or the learner behind an address, as the school knows them now; else the name given.
pub fn name_of(site: &Site<'_>, hand: &Hand) -> String {
    site.names.get(&hand.email).unwrap_or(&hand.name).clone()
}
