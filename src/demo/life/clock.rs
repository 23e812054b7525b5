//! Moments as commits tell them: seconds, and the time of Paris, without asking the machine.

use crate::demo::dates::Date;
use crate::demo::rng::Dice;

const HOUR: i64 = 3600;
pub(crate) const DAY: i64 = 24 * HOUR;

/// A moment, in seconds of universal time since 1970 began.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Moment(pub(crate) i64);

impl Moment {
    /// Makes the moment of a day at an hour and minute of Paris.
    pub(crate) fn at(day: Date, hour: i32, minute: i32) -> Self {
        let local =
            i64::from(day.since(epoch())) * DAY + i64::from(hour) * HOUR + i64::from(minute) * 60;
        // The hour that comes twice in October is nobody's working time.
        let winter = Self(local - HOUR);
        Self(local - i64::from(winter.offset()) * 60)
    }

    /// Makes a moment of a working day, or the evening, drawn from a label.
    pub(crate) fn during(day: Date, from: i32, to: i32, seed: u64, label: &str) -> Self {
        let mut dice = Dice::new(seed, label);
        let minutes = dice.between(0, (to - from) * 60 - 1);
        Self(Self::at(day, from, minutes).0 + i64::from(dice.between(0, 59)))
    }

    /// Gives the minutes Paris is ahead: two hours from the last Sunday of March to that of October.
    pub(crate) fn offset(self) -> i32 {
        let day = epoch().plus((self.0.div_euclid(DAY)) as i32);
        let year = day.ymd().0;
        let turn = |month: i32| {
            let end = Date::new(year, month, 31);
            let sunday = end.monday().plus(if end.monday().plus(6) == end { 6 } else { -1 });
            i64::from(sunday.since(epoch())) * DAY + HOUR
        };
        if (turn(3)..turn(10)).contains(&self.0) { 120 } else { 60 }
    }

    /// Gives the day in Paris.
    pub(crate) fn day(self) -> Date {
        epoch().plus(self.local().div_euclid(DAY) as i32)
    }

    /// Moves by a number of seconds.
    pub(crate) fn plus(self, seconds: i64) -> Self {
        Self(self.0 + seconds)
    }

    /// Moves to the next time somebody is at the office: this one, or a morning.
    pub(crate) fn office(self) -> Self {
        let day = self.day();
        let into = self.local().rem_euclid(DAY);
        let minutes = (self.0 % 83) as i32;
        let next = |mut day: Date| {
            while day.is_weekend() {
                day = day.plus(1);
            }
            Self::at(day, 7, 40 + minutes)
        };
        if day.is_weekend() {
            next(day)
        } else if into < 7 * HOUR + 40 * 60 {
            Self::at(day, 7, 40 + minutes)
        } else if into > 18 * HOUR + 30 * 60 {
            next(day.plus(1))
        } else {
            self
        }
    }

    fn local(self) -> i64 {
        self.0 + i64::from(self.offset()) * 60
    }
}

fn epoch() -> Date {
    Date::new(1970, 1, 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paris_is_one_hour_ahead_and_two_in_summer() {
        let noon = |month, day| Moment::at(Date::new(2026, month, day), 12, 0);
        assert_eq!(noon(1, 15).0, 1_768_474_800);
        assert_eq!(noon(1, 15).offset(), 60);
        assert_eq!(noon(7, 15).0, 1_784_109_600);
        assert_eq!(noon(7, 15).offset(), 120);
        // 29 March and 25 October 2026 are the Sundays.
        assert_eq!((noon(3, 28).offset(), noon(3, 29).offset()), (60, 120));
        assert_eq!((noon(10, 24).offset(), noon(10, 25).offset()), (120, 60));
        assert_eq!(noon(7, 15).day(), Date::new(2026, 7, 15));
    }

    #[test]
    fn offices_open_in_the_week() {
        let saturday = Moment::at(Date::new(2026, 11, 21), 10, 0);
        assert_eq!(saturday.office().day(), Date::new(2026, 11, 23));
        let friday = Moment::at(Date::new(2026, 11, 20), 10, 0);
        assert_eq!(friday.office(), friday);
        assert_eq!(friday.plus(9 * HOUR).office().day(), Date::new(2026, 11, 23));
    }
}
