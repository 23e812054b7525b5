//! Two periods that get in each other's way: the same learners, or the same level split by class.

use std::collections::{BTreeMap, BTreeSet};

use super::{Class, Ix, Period, Pupil, School};
use crate::record::quote;
use crate::text::count;

/// Two periods at the same time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PeriodPair {
    /// The one that begins first when they overlap; the one to keep when one doubles the other: that
    /// of the whole level, else the largest.
    pub first: Ix<Period>,
    /// The other one.
    pub second: Ix<Period>,
    /// Learners in both when periods overlap; those of the second when it doubles the first. In the
    /// order of the second's list.
    pub learners: Vec<Ix<Pupil>>,
}

type Pair = (Ix<Period>, Ix<Period>);

fn at_the_same_time(a: &Period, b: &Period) -> bool {
    a.record.debut <= b.record.fin && b.record.debut <= a.record.fin
}

impl School {
    /// Periods that a same learner has at the same time (PFM-10).
    pub fn period_overlaps(&self) -> Vec<PeriodPair> {
        self.period_pairs(at_the_same_time)
    }

    /// Periods of a same learner, by date, of which something holds; each pair once, with all those
    /// who have both.
    pub fn period_pairs(&self, holds: impl Fn(&Period, &Period) -> bool) -> Vec<PeriodPair> {
        let mut both: BTreeMap<Pair, BTreeSet<Ix<Pupil>>> = BTreeMap::new();
        for (ix, pupil) in self.pupils.iter() {
            for (n, second) in pupil.periods.iter().enumerate() {
                for first in &pupil.periods[..n] {
                    if holds(&self.periods[*first], &self.periods[*second]) {
                        both.entry((*first, *second)).or_default().insert(ix);
                    }
                }
            }
        }
        both.into_iter()
            .map(|((first, second), both)| {
                let order = self.periods[second].learners.iter().copied();
                let learners = order.filter(|pupil| both.contains(pupil)).collect();
                PeriodPair { first, second, learners }
            })
            .collect()
    }

    /// Periods of one diploma, level and status at the same time, for learners of different classes:
    /// one period should gather them (PFM-03). Individual paths within a class are none.
    pub fn period_duplicates(&self) -> Vec<PeriodPair> {
        let mut pairs = Vec::new();
        let mut order: Vec<Ix<Period>> = self.periods.iter().map(|(ix, _)| ix).collect();
        order.sort_by_key(|ix| {
            let period = &self.periods[*ix];
            let public = (period.diploma, period.record.niveau, period.record.apprentis);
            (period.year, public, period.record.debut, *ix)
        });
        let classes: BTreeMap<Ix<Period>, BTreeSet<Ix<Class>>> =
            order.iter().map(|ix| (*ix, self.classes_of(*ix))).collect();
        for (n, second_ix) in order.iter().enumerate() {
            let second = &self.periods[*second_ix];
            let public = |period: &Period| {
                (period.year, period.diploma, period.record.niveau, period.record.apprentis)
            };
            let before = order[..n].iter().rev();
            let alike = before.take_while(|ix| public(&self.periods[**ix]) == public(second));
            for first_ix in alike {
                let (a, b) = (&classes[first_ix], &classes[second_ix]);
                // Two classes may be at different numbers of their cycle.
                let numbers =
                    |ix: &Ix<Period>| self.periods[*ix].record.numero.as_ref().map(|n| n.0);
                if let (Some(one), Some(other)) = (numbers(first_ix), numbers(second_ix))
                    && one != other
                {
                    continue;
                }
                let split = !a.is_empty() && !b.is_empty() && a.is_disjoint(b);
                if split && at_the_same_time(&self.periods[*first_ix], second) {
                    let size = |ix: &Ix<Period>| {
                        let period = &self.periods[*ix];
                        (period.record.apprenants.is_none(), period.learners.len())
                    };
                    let (first, second) = if size(second_ix) > size(first_ix) {
                        (*second_ix, *first_ix)
                    } else {
                        (*first_ix, *second_ix)
                    };
                    let learners = self.periods[second].learners.clone();
                    pairs.push(PeriodPair { first, second, learners });
                }
            }
        }
        pairs.sort_by_key(|pair| (pair.first, pair.second));
        pairs
    }

    /// The classes from which the learners of a period come; a class of which there are less than a
    /// quarter as many as of the largest one is left out: somebody has just changed class.
    fn classes_of(&self, ix: Ix<Period>) -> BTreeSet<Ix<Class>> {
        let period = &self.periods[ix];
        let mut sizes: BTreeMap<Ix<Class>, usize> = BTreeMap::new();
        for pupil in &period.learners {
            let stays = self.pupils[*pupil].stays.iter();
            for stay in stays.filter(|stay| self.concerns(period, stay)) {
                *sizes.entry(stay.class).or_default() += 1;
            }
        }
        let largest = sizes.values().copied().max().unwrap_or(0);
        sizes.retain(|_, size| *size * 4 >= largest);
        sizes.into_keys().collect()
    }

    /// What to type to make one period of two that double each other (PFM-03).
    pub fn merge_words(&self, pair: &PeriodPair) -> String {
        let (first, second) = (&self.periods[pair.first], &self.periods[pair.second]);
        let together: BTreeSet<Ix<Pupil>> =
            first.learners.iter().chain(&second.learners).copied().collect();
        let file = &first.file;
        let gathered = match &first.record.apprenants {
            None => format!("dans {file}, retirez ces apprenants de la ligne sauf"),
            Some(_) if self.pupils_of_level(first).is_subset(&together) => {
                format!(
                    "dans {file}, retirez la ligne apprenants pour que tout le niveau soit concerné"
                )
            }
            Some(_) => {
                let ids: Vec<String> =
                    pair.learners.iter().map(|ix| quote(&self.pupils[*ix].id)).collect();
                format!("dans {file}, ajoutez à la ligne apprenants : {}", ids.join(", "))
            }
        };
        let started = pair.learners.iter().filter(|ix| self.portfolio(**ix, pair.second).is_some());
        let renamed = match started.count() {
            0 => String::new(),
            number => format!(
                ", renommez {} en {}-{}.toml",
                count(number, "portfolio", "portfolios"),
                first.year,
                first.slug
            ),
        };
        let referents = if second.record.referents.is_empty() {
            ""
        } else {
            ", recopiez-y les referents de l’autre période"
        };
        format!("{gathered}{referents}{renamed}, puis supprimez {}", second.file)
    }
}
