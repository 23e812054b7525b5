//! The PFMP of the calendar and the employer periods of apprentices: dates, learners, their referents.

use super::annexes::Annex;
use super::calendar::SchoolYear;
use super::dates::{Date, Span};
use super::emit::Document;
use super::names::Ids;
use super::pupils::Pupil;
use super::rng::{Dice, fingerprint};
use super::structure::{Division, Level, Plan};

/// A learner of a period.
pub(crate) struct Learner {
    pub(crate) pupil: usize,
    pub(crate) division: usize,
    pub(crate) referent: String,
    /// The days of the period that the pupil is in the class for.
    pub(crate) span: Span,
}

/// A time in companies.
pub(crate) struct Period {
    pub(crate) year: usize,
    pub(crate) slug: String,
    pub(crate) diploma: String,
    pub(crate) level: Level,
    pub(crate) apprentices: bool,
    /// Number of the PFMP in the cycle.
    pub(crate) number: Option<i32>,
    pub(crate) span: Span,
    /// Place among the annexes.
    pub(crate) annex: Option<usize>,
    pub(crate) tasks: Vec<String>,
    pub(crate) learners: Vec<Learner>,
    title: String,
    objectives: String,
    /// A path of one's own: the learners are listed.
    listed: bool,
    except: Vec<usize>,
}

impl Period {
    /// Counts the weeks, from Monday to Sunday, that the period touches.
    pub(crate) fn weeks(&self) -> i32 {
        (self.span.last.monday().since(self.span.first.monday())) / 7 + 1
    }

    /// Gives the name portfolios refer to.
    pub(crate) fn key(&self, year: &SchoolYear) -> String {
        format!("{}-{}", year.label(), self.slug)
    }

    pub(crate) fn write(&self, annexes: &[Annex<'_>], pupils: &[Pupil]) -> String {
        let id = |index: usize| pupils.get(index).map_or("", |pupil| pupil.id.as_str());
        let mut file = Document::new();
        file.string("titre", &self.title);
        file.string("diplome", &self.diploma);
        file.string("niveau", self.level.code());
        if let Some(annex) = self.annex.and_then(|place| annexes.get(place)) {
            file.string("annexe", &annex.key());
        }
        if self.apprentices {
            file.value("apprentis", true);
        }
        if let Some(number) = self.number {
            file.value("numero", number);
        }
        file.value("debut", self.span.first);
        file.value("fin", self.span.last);
        file.prose("objectifs", &self.objectives);
        if !self.tasks.is_empty() {
            file.strings("taches", &self.tasks);
        }
        if self.listed {
            let ids: Vec<&str> = self.learners.iter().map(|learner| id(learner.pupil)).collect();
            file.strings("apprenants", &ids);
        }
        if !self.except.is_empty() {
            let ids: Vec<&str> = self.except.iter().map(|pupil| id(*pupil)).collect();
            file.strings("sauf", &ids);
        }
        file.table("referents");
        let mut lines: Vec<(&str, &str)> = self
            .learners
            .iter()
            .map(|learner| (id(learner.pupil), learner.referent.as_str()))
            .collect();
        lines.sort_unstable();
        for (pupil, referent) in lines {
            file.string(pupil, referent);
        }
        file.finish()
    }
}

/// Draws the periods of all years.
pub(crate) fn draw(
    plan: &Plan,
    pupils: &[Pupil],
    annexes: &[Annex<'_>],
    keep: &dyn Fn(usize) -> bool,
    seed: u64,
) -> Vec<Period> {
    let mut found = Vec::new();
    for (index, year) in plan.years.iter().enumerate() {
        let draft = Drafting { plan, pupils, annexes, seed, index, year, ids: Ids::default() };
        draft.year(keep, &mut found);
    }
    found
}

/// The periods of one year in the making.
struct Drafting<'a> {
    plan: &'a Plan,
    pupils: &'a [Pupil],
    annexes: &'a [Annex<'a>],
    seed: u64,
    index: usize,
    year: &'a SchoolYear,
    ids: Ids,
}

impl Drafting<'_> {
    fn year(mut self, keep: &dyn Fn(usize) -> bool, found: &mut Vec<Period>) {
        let mut streams: Vec<(&str, Level)> = Vec::new();
        for (place, division) in self.plan.divisions.iter().enumerate() {
            let stream = (division.diploma.as_str(), division.level);
            if division.year == self.index && keep(place) && !streams.contains(&stream) {
                streams.push(stream);
            }
        }
        let mut alone = self.index + 2 == self.plan.years.len() || self.plan.years.len() == 1;
        for (diploma, level) in streams {
            let Some(division) = self
                .plan
                .divisions
                .iter()
                .find(|d| d.year == self.index && d.diploma == diploma && d.level == level)
            else {
                continue;
            };
            let first = self.year.numbered_pfmp(division).map(|(number, _)| number).min();
            for (number, span) in self.year.numbered_pfmp(division) {
                let rank = number - first.unwrap_or(number) + 1;
                let Some(mut period) = self.open(division, span, false, rank, Some(number)) else {
                    continue;
                };
                // One pupil does the second PFMP of the year apart, once classes are over.
                let later = Span {
                    first: self.last_day_of_classes(division).monday().plus(7),
                    last: self.year.span.last,
                };
                if alone && rank == 2 && period.learners.len() > 5 && span.last < later.first {
                    let moved = period.learners.remove(2);
                    period.except.push(moved.pupil);
                    let slug = format!("{}-parcours", period.slug);
                    found.push(Period {
                        slug: self.ids.give(&slug),
                        title: format!("{} (parcours individuel)", period.title),
                        span: later,
                        tasks: period.tasks.clone(),
                        objectives: period.objectives.clone(),
                        diploma: period.diploma.clone(),
                        learners: vec![Learner { span: later, ..moved }],
                        listed: true,
                        except: Vec::new(),
                        ..period
                    });
                    alone = false;
                }
                found.push(period);
            }
            for (rank, span) in (1..).zip(terms(self.year)) {
                found.extend(self.open(division, span, true, rank, None));
            }
        }
    }

    fn last_day_of_classes(&self, division: &Division) -> Date {
        self.year.periods(division).last().map_or(self.year.span.last, |period| period.span.last)
    }

    /// Opens a period, unless nobody is concerned.
    fn open(
        &mut self,
        division: &Division,
        span: Span,
        apprentices: bool,
        rank: i32,
        number: Option<i32>,
    ) -> Option<Period> {
        let learners = self.learners(division, span, apprentices);
        if learners.is_empty() {
            return None;
        }
        let annex = self.annexes.iter().position(|annex| {
            annex.diploma == division.diploma
                && annex.level == division.level
                && annex.source.apprentices == apprentices
                && annex.source.rank.is_none_or(|wanted| wanted == rank)
        });
        let source = annex.and_then(|place| self.annexes.get(place));
        let title = source.map_or("", |annex| annex.source.title.as_str());
        let title = title.trim_end_matches(" (apprentis)");
        let mut dice =
            Dice::new(self.seed, &format!("period/{}/{}/{rank}", self.index, division.diploma));
        let mut tasks = source.map(|annex| annex.tasks.clone()).unwrap_or_default();
        if tasks.len() > 4 && dice.percent(35) {
            tasks.pop();
        }
        let mut objectives =
            source.map(|annex| annex.source.objectives.clone()).unwrap_or_default();
        if dice.percent(30) {
            objectives.push_str(" Tenir le journal chaque semaine.");
        }
        let (slug, title) = match number {
            Some(number) => {
                (format!("pfmp-{number}-{}", division.diploma), format!("PFMP {number} – {title}"))
            }
            None => (
                format!("employeur-{rank}-{}-{}", division.diploma, division.level.code()),
                format!("Période employeur {rank} – {title}"),
            ),
        };
        Some(Period {
            year: self.index,
            slug: self.ids.give(&slug),
            diploma: division.diploma.clone(),
            level: division.level,
            apprentices,
            number,
            span,
            annex,
            tasks,
            learners,
            title,
            objectives,
            listed: false,
            except: Vec::new(),
        })
    }

    /// Lists the pupils of the level who are there, class by class, and shares them out among its teachers.
    fn learners(&self, model: &Division, span: Span, apprentices: bool) -> Vec<Learner> {
        let mut found: Vec<Learner> = Vec::new();
        for (index, pupil) in self.pupils.iter().enumerate() {
            let there = pupil.stays.iter().rev().find_map(|stay| {
                let division = self.plan.divisions.get(stay.division)?;
                let same = division.year == self.index
                    && division.diploma == model.diploma
                    && division.level == model.level
                    && stay.apprentice == apprentices;
                let first = stay.from.map_or(span.first, |from| from.max(span.first));
                let last = stay.until.map_or(span.last, |until| until.min(span.last));
                (same && first <= last).then_some((stay.division, Span { first, last }))
            });
            if let Some((division, span)) = there {
                found.push(Learner { pupil: index, division, referent: String::new(), span });
            }
        }
        let id = |index: usize| self.pupils.get(index).map(|pupil| &pupil.id);
        found.sort_by(|a, b| (a.division, id(a.pupil)).cmp(&(b.division, id(b.pupil))));
        let shift = fingerprint(&format!("{}/{}", model.id, span.first)) as usize;
        for (rank, learner) in found.iter_mut().enumerate() {
            let team = self.plan.divisions.get(learner.division).map_or(&[][..], |d| &d.team);
            learner.referent =
                team.get((rank + shift) % team.len().max(1)).cloned().unwrap_or_default();
        }
        found
    }
}

/// The three terms apprentices account for.
fn terms(year: &SchoolYear) -> [Span; 3] {
    let monday = |month: i32, day: i32| {
        let start = if month > 8 { year.start } else { year.start + 1 };
        Date::new(start, month, day).plus(6).monday()
    };
    [
        Span { first: monday(9, 14), last: monday(12, 14).plus(4) },
        Span { first: monday(1, 5), last: monday(3, 22).plus(4) },
        Span { first: monday(3, 29), last: monday(6, 20).plus(4) },
    ]
}
