//! What the whole history shows: what was unlocked and changed since, what was not allowed, who signed.

use std::collections::BTreeMap;

use serde::Serialize;

use super::life::{moment, name_of, words};
use super::{Frame, Site, Subject, address, frame, link};
use crate::history::{Alteration, Audit, Change, Fault, Reopening, Touch, Trace};
use crate::text::{Date, long_date};

/// Faults of the past that the page shows; the others are counted.
const SHOWN: usize = 200;

/// The context of the page of history.
#[derive(Debug, Serialize)]
pub struct PastPage {
    /// Around the page.
    pub frame: Frame,
    /// What was looked at; nothing where there is no history, or not all of it.
    pub seen: Option<Seen>,
    /// What was unlocked, the latest first.
    pub reopenings: Vec<ReopeningLine>,
    /// What was not allowed or looks wrong, the latest first.
    pub faults: Vec<FaultLine>,
    /// How many older ones are not shown.
    pub older: usize,
}

/// What was looked at.
#[derive(Debug, Serialize)]
pub struct Seen {
    /// How many changes.
    pub commits: usize,
    /// The day of the first.
    pub since: String,
    /// The last version, in short.
    pub version: String,
    /// Changes with a good signature, one of the forge, a bad one, one by an unknown key, none.
    pub signatures: [usize; 5],
}

/// A record and the way to its page.
#[derive(Debug, Serialize)]
pub struct Place {
    /// Its path, or its name.
    pub label: String,
    /// Its page, if it has one.
    pub href: Option<String>,
}

/// Something that was unlocked (LCK-03).
#[derive(Debug, Serialize)]
pub struct ReopeningLine {
    /// What.
    pub place: Place,
    /// By whom.
    pub by: String,
    /// When, as written there.
    pub date: String,
    /// Why.
    pub reason: String,
    /// When it was recorded, and whose hand.
    pub opened: Hands,
    /// What changed until it was closed again.
    pub alterations: Vec<AlterationLine>,
    /// Who closed it again, and when.
    pub closed: Option<Hands>,
}

/// A change made meanwhile.
#[derive(Debug, Serialize)]
pub struct AlterationLine {
    /// When and by whom.
    pub hands: Hands,
    /// Which record.
    pub place: Place,
    /// What, a sentence each.
    pub what: Vec<String>,
}

/// When, and by whom.
#[derive(Debug, Serialize)]
pub struct Hands {
    /// "12 novembre 2026 à 14 h 32".
    pub when: String,
    /// The same for machines.
    pub iso: String,
    /// Who wrote.
    pub who: String,
    /// The version, in short.
    pub version: String,
}

/// Something that was not allowed.
#[derive(Debug, Serialize)]
pub struct FaultLine {
    /// When and by whom.
    pub hands: Hands,
    /// Which record; nothing when the change itself looks wrong.
    pub place: Option<Place>,
    /// Whether it is an error.
    pub error: bool,
    /// The rule.
    pub code: String,
    /// One sentence, with its capital and full stop.
    pub sentence: String,
    /// Who put back what was there before, and when.
    pub mended: Option<Hands>,
}

/// Computes the page of history.
pub fn past_page(site: &Site<'_>, at: &str) -> PastPage {
    let frame = frame(site, at, "Historique", None, None);
    let Some((audit, _)) = site.annals else {
        return PastPage { frame, seen: None, reopenings: vec![], faults: vec![], older: 0 };
    };
    let pages = Pages::of(site);
    let place = |file: &str| pages.place(site, at, file);
    let reopenings = audit.reopenings.iter().rev().map(|one| reopening(site, one, &place));
    let mut faults: Vec<&Fault> = audit.faults.iter().collect();
    faults.sort_by_key(|fault| std::cmp::Reverse((fault.error, fault.trace.committer.at)));
    let older = faults.len().saturating_sub(SHOWN);
    let faults = faults.into_iter().take(SHOWN);
    PastPage {
        seen: Some(seen(audit)),
        reopenings: reopenings.collect(),
        faults: faults.map(|one| fault(site, one, &place)).collect(),
        older,
        frame,
    }
}

fn seen(audit: &Audit) -> Seen {
    let first = audit.first.as_ref().and_then(|hand| Date::at(hand.at, hand.offset));
    let tally = audit.signatures;
    Seen {
        commits: audit.commits,
        since: first.map(long_date).unwrap_or_default(),
        version: audit.head.short(),
        signatures: [tally.good, tally.forge, tally.bad, tally.unknown, tally.none],
    }
}

fn reopening(site: &Site<'_>, one: &Reopening, place: &dyn Fn(&str) -> Place) -> ReopeningLine {
    let by = site.school.person(&one.by);
    ReopeningLine {
        place: place(&one.file),
        by: by.map_or_else(|| one.by.clone(), |ix| site.school.people[ix].full_name()),
        date: long_date(one.date),
        reason: one.reason.clone(),
        opened: hands(site, &one.opened),
        alterations: one.alterations.iter().map(|one| alteration(site, one, place)).collect(),
        closed: one.closed.as_ref().map(|trace| hands(site, trace)),
    }
}

fn alteration(site: &Site<'_>, one: &Alteration, place: &dyn Fn(&str) -> Place) -> AlterationLine {
    let touch = Touch {
        file: one.file.clone(),
        from: None,
        change: Change::Changed,
        differences: one.differences.clone(),
    };
    AlterationLine {
        hands: hands(site, &one.trace),
        place: place(&one.file),
        what: words(site.school, &touch, &[]),
    }
}

fn fault(site: &Site<'_>, one: &Fault, place: &dyn Fn(&str) -> Place) -> FaultLine {
    let private = |file: &str| {
        let mut scenarios = site.school.scenarios.values().iter();
        scenarios.any(|scenario| scenario.record.prive && *scenario.file == *file)
    };
    // What a private scenario says stays with its author (SCE-15).
    let hidden = one.file.as_deref().is_some_and(private);
    let sentence = match hidden {
        true => "un scénario privé a été modifié par une autre personne que son auteur",
        false => &one.message,
    };
    FaultLine {
        hands: hands(site, &one.trace),
        place: one.file.as_deref().filter(|_| !hidden).map(place),
        error: one.error,
        code: one.code.clone(),
        sentence: sentence_of(sentence),
        mended: one.mended.as_ref().map(|trace| hands(site, trace)),
    }
}

fn sentence_of(message: &str) -> String {
    let mut letters = message.chars();
    let first = letters.next().map(|c| c.to_uppercase().to_string()).unwrap_or_default();
    format!("{first}{}.", letters.as_str())
}

fn hands(site: &Site<'_>, trace: &Trace) -> Hands {
    Hands {
        when: moment(&trace.committer),
        iso: trace.day().map(|day| day.to_string()).unwrap_or_default(),
        who: name_of(site, &trace.author),
        version: trace.commit.short(),
    }
}

/// The page of each record, by path.
struct Pages(BTreeMap<String, (String, Subject)>);

impl Pages {
    fn of(site: &Site<'_>) -> Self {
        let school = site.school;
        let mut pages = BTreeMap::new();
        for (ix, one) in school.evaluations.iter() {
            let label = one.record.titre.clone();
            pages.insert(one.file.to_string(), (label, Subject::Evaluation(ix)));
        }
        for (ix, one) in school.scenarios.iter().filter(|(_, one)| !one.record.prive) {
            let label = one.record.titre.clone();
            pages.insert(one.file.to_string(), (label, Subject::Scenario(ix)));
        }
        for (ix, one) in school.reviews.iter() {
            let pupil = school.pupils[one.pupil].full_name();
            let label = format!("Bilan de {pupil} du {}", long_date(one.key.date));
            pages.insert(one.file.to_string(), (label, Subject::Review(ix)));
        }
        for (ix, one) in school.periods.iter() {
            let label = one.record.titre.clone();
            pages.insert(one.file.to_string(), (label, Subject::Period(ix)));
        }
        for (_, one) in school.grids.iter() {
            let pupil = school.pupils[one.pupil].full_name();
            let label = format!("Grille {} de {pupil}", one.form(school).code);
            let subject = Subject::Grid(one.diploma, one.pupil, one.session, one.grid);
            pages.insert(one.file.to_string(), (label, subject));
        }
        for (_, one) in school.portfolios.iter() {
            let period = &school.periods[one.period];
            let label = format!(
                "Portfolio de {}, {}",
                school.pupils[one.pupil].full_name(),
                period.record.titre
            );
            let subject = Subject::Portfolio(period.diploma, one.pupil, one.period);
            pages.insert(one.file.to_string(), (label, subject));
        }
        Self(pages)
    }

    fn place(&self, site: &Site<'_>, at: &str, file: &str) -> Place {
        match self.0.get(file) {
            Some((label, subject)) => {
                Place { label: label.clone(), href: Some(link(at, &address(site, *subject))) }
            }
            None => Place { label: file.to_owned(), href: None },
        }
    }
}
