//! The evaluations each class sits, with the results of every pupil concerned.

use std::collections::BTreeMap;

use super::calendar::today;
use super::dates::Date;
use super::emit::Document;
use super::names::Ids;
use super::progress::Mark;
use super::pupils::Pupil;
use super::referential::Referential;
use super::rng::Dice;
use super::scenarios::{Scenario, short, write_links};
use super::structure::{Division, Plan};

/// The line of a pupil in an evaluation.
pub(crate) enum Row {
    Absent,
    Exempt,
    /// Chosen, not rated yet.
    Pending,
    /// One entry a criterion; none: not assessed.
    Marks(Vec<Option<Mark>>),
}

/// An evaluation of a class.
pub(crate) struct Evaluation {
    pub(crate) division: usize,
    pub(crate) slug: String,
    pub(crate) date: Date,
    pub(crate) shown: bool,
    pub(crate) criteria: Vec<String>,
    /// Pupil and line, in the order of the identifiers.
    pub(crate) rows: Vec<(usize, Row)>,
    title: String,
    author: String,
    /// Place of the scenario it was made from.
    scenario: usize,
}

impl Evaluation {
    pub(crate) fn write(&self, scenarios: &[Scenario<'_>], pupils: &[Pupil]) -> String {
        let mut file = Document::new();
        file.string("titre", &self.title);
        file.value("date", self.date);
        file.string("auteur", &self.author);
        if let Some(scenario) = scenarios.get(self.scenario) {
            file.string("scenario", &scenario.key());
            file.string("complexite", &scenario.source.complexity);
            file.optional("contexte", &scenario.source.context);
            if !scenario.source.sectors.is_empty() {
                file.strings("secteurs", &scenario.source.sectors);
            }
            file.strings("taches", &scenario.tasks);
        }
        file.strings("criteres", &self.criteria);
        if !self.shown {
            file.value("affichage", false);
        }
        if let Some(scenario) = scenarios.get(self.scenario) {
            write_links(&mut file, &scenario.source.links);
        }
        let rows: Vec<(&str, Vec<&str>)> = self
            .rows
            .iter()
            .filter_map(|(pupil, row)| {
                let cells = match row {
                    Row::Absent => vec!["abs"],
                    Row::Exempt => vec!["disp"],
                    Row::Pending => Vec::new(),
                    Row::Marks(marks) => {
                        marks.iter().map(|mark| mark.map_or("NE", Mark::sign)).collect()
                    }
                };
                Some((pupils.get(*pupil)?.id.as_str(), cells))
            })
            .collect();
        file.grid("resultats", &rows);
        file.finish()
    }
}

/// Holds the evaluations of all classes up to today.
pub(crate) fn hold(
    plan: &Plan,
    pupils: &[Pupil],
    scenarios: &[Scenario<'_>],
    known: &BTreeMap<String, Referential>,
    seed: u64,
) -> Vec<Evaluation> {
    let mut members: Vec<Vec<usize>> = vec![Vec::new(); plan.divisions.len()];
    for (index, pupil) in pupils.iter().enumerate() {
        for stay in &pupil.stays {
            // A change of status in the year makes two stays in one class, and still one pupil.
            if let Some(list) =
                members.get_mut(stay.division).filter(|list| list.last() != Some(&index))
            {
                list.push(index);
            }
        }
    }
    let mut found = Vec::new();
    let mut hidden = plan.divisions.len() >= 3;
    for (place, division) in plan.divisions.iter().enumerate() {
        let mut class = members.get(place).cloned().unwrap_or_default();
        class.sort_by(|a, b| pupils.get(*a).map(|p| &p.id).cmp(&pupils.get(*b).map(|p| &p.id)));
        let Some(referential) = known.get(&division.diploma).filter(|_| !class.is_empty()) else {
            continue;
        };
        let session =
            Session { plan, pupils, scenarios, referential, seed, place, division, class };
        let mut held = session.hold();
        // One evaluation of this year is kept out of the dashboards: a rehearsal that did not count.
        let this_year = division.year + 1 == plan.years.len();
        if let Some(rehearsal) = held.get_mut(1).filter(|_| hidden && this_year) {
            rehearsal.shown = false;
            hidden = false;
        }
        found.append(&mut held);
    }
    found
}

/// The year of one class.
struct Session<'a> {
    plan: &'a Plan,
    pupils: &'a [Pupil],
    scenarios: &'a [Scenario<'a>],
    referential: &'a Referential,
    seed: u64,
    place: usize,
    division: &'a Division,
    class: Vec<usize>,
}

impl Session<'_> {
    fn hold(&self) -> Vec<Evaluation> {
        let Some(year) = self.plan.years.get(self.division.year) else {
            return Vec::new();
        };
        let mut dice =
            Dice::new(self.seed, &format!("evaluations/{}/{}", year.start, self.division.id));
        let mut ids = Ids::default();
        let mut found = Vec::new();
        for (date, scenario, again) in self.programme(&mut dice, &year.lessons(self.division)) {
            let Some(source) = self.scenarios.get(scenario) else {
                continue;
            };
            if date > today() || source.criteria.is_empty() {
                continue;
            }
            let title =
                if again { format!("{} (reprise)", source.title) } else { source.title.clone() };
            let author = if self.division.team.contains(&source.author) && dice.percent(60) {
                source.author.clone()
            } else {
                dice.text(&self.division.team).to_owned()
            };
            let slug = ids.give(&if again {
                format!("{}-reprise", short(&source.title))
            } else {
                short(&title)
            });
            let rows = self.rate(&slug, date, source, &mut dice);
            if rows.is_empty() {
                continue;
            }
            found.push(Evaluation {
                division: self.place,
                slug,
                date,
                shown: true,
                criteria: source.criteria.clone(),
                rows,
                title,
                author,
                scenario,
            });
        }
        found
    }

    /// Sets about eleven dates and what is assessed on each: a day, a scenario, whether it is done again.
    fn programme(&self, dice: &mut Dice, lessons: &[Date]) -> Vec<(Date, usize, bool)> {
        let count = dice.between(10, 12) as usize;
        let step = lessons.len() / count.max(1);
        let mut dates: Vec<Date> = (0..count)
            .filter_map(|slot| lessons.get(slot * step + dice.below((step * 2 / 3).max(1))))
            .copied()
            .collect();
        dates.dedup();
        // The team of a level follows one order, which each class bends a little.
        let mut left: Vec<usize> = (0..self.scenarios.len())
            .filter(|index| {
                self.scenarios.get(*index).is_some_and(|s| {
                    s.diploma == self.division.diploma
                        && s.level == self.division.level
                        && !s.source.private
                })
            })
            .collect();
        let label = format!(
            "order/{}/{}/{}",
            self.division.year,
            self.division.diploma,
            self.division.level.code()
        );
        Dice::new(self.seed, &label).shuffle(&mut left);
        if left.len() > 3 && dice.percent(50) {
            let place = dice.below(left.len() - 1);
            left.swap(place, place + 1);
        }
        let mut done: Vec<usize> = Vec::new();
        let mut found = Vec::new();
        for date in dates {
            let month = date.month();
            let months = |index: &usize| {
                self.scenarios.get(*index).map_or(&[][..], |s| s.source.months.as_slice())
            };
            let seasonal = left.iter().position(|index| months(index).contains(&month));
            let next = seasonal.or_else(|| left.iter().position(|index| months(index).is_empty()));
            if let Some(place) = next {
                let scenario = left.remove(place);
                done.push(scenario);
                found.push((date, scenario, false));
            } else if done.len() > 2 {
                let scenario = done.remove(dice.below(done.len() - 2));
                found.push((date, scenario, true));
            }
        }
        found
    }

    /// Rates the pupils who are in the class that day.
    fn rate(
        &self,
        slug: &str,
        date: Date,
        source: &Scenario<'_>,
        dice: &mut Dice,
    ) -> Vec<(usize, Row)> {
        let Some(year) = self.plan.years.get(self.division.year) else {
            return Vec::new();
        };
        let t =
            f64::from(self.division.level.rank()) + f64::from(date.since(year.span.first)) / 310.0;
        let complex = source.source.complexity == "C";
        let half = self.class.len() > 12 && dice.percent(7);
        let side = dice.below(2);
        let age = today().since(date);
        // Work handed in a few days ago is not all marked yet.
        let marked = match age {
            0..4 if dice.percent(40) => 0,
            0..10 if dice.percent(50) => self.class.len() * dice.between(40, 80) as usize / 100,
            _ => self.class.len(),
        };
        let mut rows = Vec::new();
        for (rank, index) in self.class.iter().enumerate() {
            let Some(pupil) = self.pupils.get(*index) else {
                continue;
            };
            let Some(stay) = pupil.stay(self.place, date) else {
                continue;
            };
            let mut own = Dice::new(
                self.seed,
                &format!("result/{}/{}/{slug}/{}", self.division.id, year.start, pupil.id),
            );
            // Apprentices are in their company one week out of two; half the class works with another group.
            if (stay.apprentice && own.percent(35) && self.class.len() > 1)
                || (half && rank % 2 == side)
            {
                continue;
            }
            let row = if rank >= marked {
                Row::Pending
            } else if pupil.character.misses(&mut own, t) {
                Row::Absent
            } else if pupil.character.exempted(&mut own) {
                Row::Exempt
            } else {
                Row::Marks(
                    source
                        .criteria
                        .iter()
                        .map(|criterion| self.mark(pupil, criterion, t, complex, &mut own))
                        .collect(),
                )
            };
            rows.push((*index, row));
        }
        rows
    }

    fn mark(
        &self,
        pupil: &Pupil,
        criterion: &str,
        t: f64,
        complex: bool,
        dice: &mut Dice,
    ) -> Option<Mark> {
        if dice.percent(4) {
            return None;
        }
        let owner = self
            .referential
            .owner(criterion)
            .and_then(|place| self.referential.competences.get(place));
        let mastery = pupil.character.mastery(
            &self.division.diploma,
            owner.map_or(criterion, |c| c.code.as_str()),
            t,
        );
        Some(pupil.character.result(dice, mastery, complex))
    }
}
