//! The reviews: when they are held, where they position each pupil, who writes and validates them.

use std::collections::BTreeMap;

use super::calendar::{SchoolYear, today};
use super::corpus::{CompetenceWords, Corpus};
use super::dates::{Date, Span};
use super::evaluations::{Evaluation, Row};
use super::progress::Mark;
use super::pupils::{Pupil, Stay};
use super::referential::Referential;
use super::rng::{Dice, fingerprint};
use super::staff::Staff;
use super::structure::{Division, Level, Plan};
use super::texts::Pen;

/// All that is needed to write the reviews of the school.
pub(crate) struct Council<'a> {
    pub(crate) corpus: &'a Corpus,
    pub(crate) plan: &'a Plan,
    pub(crate) staff: &'a Staff,
    pub(crate) known: &'a BTreeMap<String, Referential>,
    pub(crate) pupils: &'a [Pupil],
    pub(crate) evaluations: &'a [Evaluation],
    pub(crate) seed: u64,
    /// Classes whose current review is already done, ahead of the others.
    pub(crate) early: Vec<usize>,
    /// Evaluations of each pupil, in time order: evaluation, line.
    taken: Vec<Vec<(usize, usize)>>,
    /// Words for each competence of each diploma.
    pub(crate) words: BTreeMap<&'a str, Vec<Option<&'a CompetenceWords>>>,
}

/// A review still to be written.
pub(crate) struct Occasion<'a> {
    pub(crate) date: Date,
    pub(crate) stay: &'a Stay,
    pub(crate) division: &'a Division,
    pub(crate) year: &'a SchoolYear,
    pub(crate) span: Span,
    /// Number of the period, from 0.
    pub(crate) rank: usize,
    pub(crate) last: bool,
}

/// A review that was held.
pub(crate) struct Sitting {
    pub(crate) division: usize,
    /// Number of the period, from 0.
    pub(crate) rank: usize,
    pub(crate) date: Date,
    pub(crate) note: Option<f64>,
}

impl<'a> Council<'a> {
    pub(crate) fn new(
        corpus: &'a Corpus,
        plan: &'a Plan,
        staff: &'a Staff,
        known: &'a BTreeMap<String, Referential>,
        pupils: &'a [Pupil],
        evaluations: &'a [Evaluation],
        seed: u64,
    ) -> Self {
        let mut taken: Vec<Vec<(usize, usize)>> = vec![Vec::new(); pupils.len()];
        for (place, evaluation) in evaluations.iter().enumerate() {
            for (line, (pupil, _)) in evaluation.rows.iter().enumerate() {
                if let Some(list) = taken.get_mut(*pupil) {
                    list.push((place, line));
                }
            }
        }
        for list in &mut taken {
            list.sort_by_key(|(place, _)| {
                (evaluations.get(*place).map(|evaluation| evaluation.date), *place)
            });
        }
        let words = known
            .iter()
            .map(|(code, referential)| {
                let list = referential.competences.iter().map(|competence| {
                    corpus.competences.iter().find(|words| words.fit(code, &competence.code))
                });
                (code.as_str(), list.collect())
            })
            .collect();
        let current = plan.years.len().saturating_sub(1);
        let populated = |index: usize| {
            pupils.iter().any(|pupil| pupil.stays.iter().any(|stay| stay.division == index))
        };
        let first = |wanted: &dyn Fn(&Division) -> bool| {
            plan.divisions
                .iter()
                .enumerate()
                .find(|(index, d)| d.year == current && wanted(d) && populated(*index))
                .map(|(index, _)| index)
        };
        // A final-year class about to leave for its PFMP, and one on trimesters, whose first one ends.
        let leaving = first(&|d| d.level == Level::Terminale && !d.trimesters);
        let trimester = first(&|d| d.trimesters && d.level != Level::Terminale);
        Self {
            corpus,
            plan,
            staff,
            known,
            pupils,
            evaluations,
            seed,
            early: leaving.into_iter().chain(trimester).collect(),
            taken,
            words,
        }
    }

    /// Writes the reviews of one pupil: path relative to `content/`, text; and what was held.
    pub(crate) fn write(&self, index: usize) -> (Vec<(String, String)>, Vec<Sitting>) {
        let Some(pupil) = self.pupils.get(index) else {
            return (Vec::new(), Vec::new());
        };
        let mut held: Vec<Sitting> = Vec::new();
        let mut pen = Pen::new(&self.corpus.remarks);
        let mut found: Vec<(String, String)> = Vec::new();
        let mut before: Option<(String, Vec<Option<Mark>>)> = None;
        let mut previous = Date::new(1970, 1, 1);
        for occasion in self.occasions(pupil) {
            let Some(referential) = self.known.get(&occasion.division.diploma) else {
                continue;
            };
            let diploma = &occasion.division.diploma;
            let mut dice = Dice::new(self.seed, &format!("review/{}/{}", pupil.id, occasion.date));
            let known = before
                .as_ref()
                .filter(|(code, _)| code == diploma)
                .map(|(_, positions)| positions.clone());
            let positions =
                self.positions(index, &occasion, referential, known.as_deref(), &mut dice);
            let (text, note) = self.one(
                index,
                &occasion,
                referential,
                &positions,
                known.as_deref(),
                previous,
                &mut pen,
                &mut dice,
            );
            let path = format!("{}/reviews/{}.toml", pupil.folder(), occasion.date);
            found.push((path, text));
            held.push(Sitting {
                division: occasion.stay.division,
                rank: occasion.rank,
                date: occasion.date,
                note,
            });
            previous = occasion.date;
            before = Some((diploma.clone(), positions));
        }
        (found, held)
    }

    /// Lists the reviews a pupil has: one a period, and one before leaving.
    fn occasions(&self, pupil: &'a Pupil) -> Vec<Occasion<'a>> {
        let mut found: Vec<Occasion<'a>> = Vec::new();
        for stay in &pupil.stays {
            let Some(division) = self.plan.divisions.get(stay.division) else {
                continue;
            };
            let Some(year) = self.plan.years.get(division.year) else {
                continue;
            };
            let periods = year.periods(division);
            for (rank, period) in periods.iter().enumerate() {
                let last = rank + 1 == periods.len();
                let gone =
                    pupil.inactive.filter(|day| stay.until.is_some() && period.span.holds(*day));
                let date = match gone {
                    // The review due before a transfer, unless the pupil had hardly arrived.
                    Some(day) if day.since(period.span.first) > 40 => {
                        Some(year.open_from(day.plus(-6)))
                    }
                    Some(_) => None,
                    None => self.day(division, stay.division, year, period.span, rank, pupil),
                };
                let Some(date) = date.filter(|date| {
                    stay.holds(*date)
                        && pupil.stay(stay.division, *date).is_some()
                        && *date <= today()
                }) else {
                    continue;
                };
                found.push(Occasion { date, stay, division, year, span: period.span, rank, last });
            }
        }
        found.sort_by_key(|occasion| occasion.date);
        found
    }

    /// Gives the day a class is reviewed in a period: two sittings, a few days before the end.
    fn day(
        &self,
        division: &Division,
        place: usize,
        year: &SchoolYear,
        span: Span,
        rank: usize,
        pupil: &Pupil,
    ) -> Option<Date> {
        let mut dice =
            Dice::new(self.seed, &format!("council/{}/{}/{rank}", year.start, division.id));
        let second = (fingerprint(&pupil.id) ^ self.seed) % 5 < 2;
        if span.last < today() {
            let day = span.last.plus(-dice.between(7, 15));
            let day = if second { day.plus(dice.between(1, 3)) } else { day };
            return Some(year.open_from(day));
        }
        let early = span.first <= today() && self.early.contains(&place);
        early.then(|| Date::new(2026, 11, if second { 19 } else { 18 }))
    }

    /// Positions the pupil: recent results weigh more, the last position holds back, and teachers are human.
    fn positions(
        &self,
        index: usize,
        occasion: &Occasion<'_>,
        referential: &Referential,
        before: Option<&[Option<Mark>]>,
        dice: &mut Dice,
    ) -> Vec<Option<Mark>> {
        let mut results: Vec<Vec<f64>> = vec![Vec::new(); referential.competences.len()];
        for evaluation in self.rated(index, occasion) {
            let Row::Marks(marks) = evaluation.1 else {
                continue;
            };
            for (criterion, mark) in evaluation.0.criteria.iter().zip(marks) {
                let list = referential.owner(criterion).and_then(|place| results.get_mut(place));
                if let (Some(list), Some(mark)) = (list, mark) {
                    list.push(mark.value());
                }
            }
        }
        results
            .iter()
            .enumerate()
            .map(|(place, all)| {
                let recent = all.get(all.len().saturating_sub(6)..).unwrap_or_default();
                if recent.is_empty() {
                    return None;
                }
                let weights = recent.len() * (recent.len() + 1) / 2;
                let sum: f64 =
                    recent.iter().zip(1..).map(|(value, weight)| value * f64::from(weight)).sum();
                let mut value = sum / weights as f64;
                if let Some(last) = before.and_then(|before| before.get(place).copied().flatten()) {
                    value = 0.72 * value + 0.28 * last.value();
                }
                if dice.percent(4) {
                    value += if dice.percent(60) { 0.7 } else { -0.7 };
                }
                Some(Mark::of(value + dice.around(0.16)))
            })
            .collect()
    }

    /// Walks the lines of a pupil in the diploma of the occasion, up to its day.
    pub(crate) fn rated<'b>(
        &'b self,
        index: usize,
        occasion: &'b Occasion<'_>,
    ) -> impl Iterator<Item = (&'b Evaluation, &'b Row)> {
        let list = self.taken.get(index).map_or(&[][..], Vec::as_slice);
        list.iter().filter_map(move |(place, line)| {
            let evaluation = self.evaluations.get(*place)?;
            let (_, row) = evaluation.rows.get(*line)?;
            let division = self.plan.divisions.get(evaluation.division)?;
            let counts = evaluation.shown
                && evaluation.date <= occasion.date
                && division.diploma == occasion.division.diploma;
            counts.then_some((evaluation, row))
        })
    }
}
