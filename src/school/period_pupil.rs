//! A period and its learners: who is of its level, for how many days, and whether it has taken place.

use std::collections::BTreeSet;

use super::{Class, Ix, Period, Portfolio, Pupil, School, Stay, weekdays};
use crate::text::Date;

impl Period {
    /// Whether a class is of its diploma, level and year.
    pub fn is_for(&self, class: &Class) -> bool {
        class.year == self.year
            && class.diploma == self.diploma
            && class.record.niveau == self.record.niveau
    }
}

impl School {
    /// Whether a stay in a class is of a period's diploma, level, year and status, at some time of it.
    pub fn concerns(&self, period: &Period, stay: &Stay) -> bool {
        period.is_for(&self.classes[stay.class])
            && stay.status == period.status()
            && stay.from <= period.record.fin
            && stay.to >= period.record.debut
    }

    /// All who are in a class of the level, under the period's status, at some time of it (PFM-08).
    pub fn pupils_of_level(&self, period: &Period) -> BTreeSet<Ix<Pupil>> {
        let classes = self.classes.values().iter().filter(|class| period.is_for(class));
        let members = classes.flat_map(|class| &class.pupils).copied();
        members
            .filter(|ix| {
                let pupil = &self.pupils[*ix];
                pupil.stays.iter().any(|stay| self.concerns(period, stay))
                    && pupil.record.inactif_depuis.is_none_or(|day| day > period.record.debut)
            })
            .collect()
    }

    /// The portfolio of a learner for a period.
    pub fn portfolio(&self, pupil: Ix<Pupil>, period: Ix<Period>) -> Option<Ix<Portfolio>> {
        let mut own = self.pupils[pupil].portfolios.iter().copied();
        own.find(|portfolio| self.portfolios[*portfolio].period == period)
    }

    /// How many weekdays of a period a learner spends at its level under its status: all of them,
    /// unless the learner arrives, leaves or changes status meanwhile.
    pub fn expected_weekdays(&self, pupil: Ix<Pupil>, period: Ix<Period>) -> u32 {
        let (pupil, period) = (&self.pupils[pupil], &self.periods[period]);
        let (first, mut last) = (period.record.debut, period.record.fin);
        if let Some(gone) = pupil.record.inactif_depuis {
            last = last.min(gone.plus(-1));
        }
        let mut stays = pupil.stays.iter().filter(|stay| self.concerns(period, stay)).peekable();
        // Somebody named from elsewhere is there for the whole period.
        if stays.peek().is_none() {
            return weekdays(first, last);
        }
        let mut after = first;
        let mut days = 0;
        for stay in stays {
            let (from, to) = (stay.from.max(after), stay.to.min(last));
            days += weekdays(from, to);
            after = after.max(to.next());
        }
        days
    }

    /// The last day of which the portfolios of a period tell.
    fn last_word(&self, period: Ix<Period>) -> Option<Date> {
        let learners = self.periods[period].learners.iter();
        let portfolios = learners.filter_map(|pupil| self.portfolio(*pupil, period));
        portfolios.flat_map(|portfolio| days_told(&self.portfolios[portfolio])).max()
    }

    /// Whether a period has begun. Nothing here knows today's date: a portfolio must tell of a day
    /// of the period or of a later one; periods of former years are past.
    pub fn has_begun(&self, period: Ix<Period>) -> bool {
        self.periods[period].year < self.current_year()
            || self.last_word(period).is_some_and(|day| day >= self.periods[period].record.debut)
    }

    /// Whether a period is over, in the same way: a portfolio tells of its last weekday or of a
    /// later day.
    pub fn is_over(&self, period: Ix<Period>) -> bool {
        self.periods[period].year < self.current_year()
            || self.last_word(period).is_some_and(|day| day >= self.periods[period].last_weekday())
    }
}

/// The days of which a portfolio tells.
fn days_told(portfolio: &Portfolio) -> impl Iterator<Item = Date> + '_ {
    let record = &portfolio.record;
    let written = (record.journal.iter().map(|week| week.saisi_le))
        .chain(record.fiches.iter().map(|sheet| sheet.saisi_le))
        .chain(record.bilan_personnel.iter().map(|review| review.saisi_le));
    let teachers = (record.commentaires.iter().map(|comment| comment.date))
        .chain(record.visites.iter().map(|visit| visit.date))
        .chain(record.absences.iter().map(|absence| absence.au.unwrap_or(absence.du)));
    let company = (record.attestation.iter().map(|proof| proof.signee_le))
        .chain(record.bilan_entreprise.iter().map(|review| review.date));
    written.chain(teachers).chain(company)
}
