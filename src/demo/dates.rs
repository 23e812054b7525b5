//! Civil dates as the generator needs them: days that can be counted, compared and written.

use std::fmt;

/// A day, counted from 1970-01-01.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Date(i32);

impl Date {
    /// Makes the day of a year, a month (1-12) and a day of the month.
    pub(crate) fn new(year: i32, month: i32, day: i32) -> Self {
        // Howard Hinnant's `days_from_civil`: years begin in March, so that leap days come last.
        let y = if month <= 2 { year - 1 } else { year };
        let era = y.div_euclid(400);
        let year_of_era = y - era * 400;
        let shifted = (month + 9) % 12;
        let day_of_year = (153 * shifted + 2) / 5 + day - 1;
        let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
        Self(era * 146_097 + day_of_era - 719_468)
    }

    /// Gives back year, month and day.
    pub(crate) fn ymd(self) -> (i32, i32, i32) {
        let z = self.0 + 719_468;
        let era = z.div_euclid(146_097);
        let doe = z - era * 146_097;
        let yoe = (doe - doe / 1460 + doe / 36_524 - doe / 146_096) / 365;
        let doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
        let mp = (5 * doy + 2) / 153;
        let day = doy - (153 * mp + 2) / 5 + 1;
        let month = if mp < 10 { mp + 3 } else { mp - 9 };
        (yoe + era * 400 + i32::from(month <= 2), month, day)
    }

    pub(crate) fn month(self) -> i32 {
        self.ymd().1
    }

    /// Says whether the day is a Saturday or a Sunday.
    pub(crate) fn is_weekend(self) -> bool {
        (self.0 + 3).rem_euclid(7) >= 5
    }

    /// Goes back to the Monday of the week.
    pub(crate) fn monday(self) -> Self {
        Self(self.0 - (self.0 + 3).rem_euclid(7))
    }

    /// Moves by a number of days.
    pub(crate) fn plus(self, days: i32) -> Self {
        Self(self.0 + days)
    }

    /// Counts the days from `other` to this one.
    pub(crate) fn since(self, other: Self) -> i32 {
        self.0 - other.0
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (year, month, day) = self.ymd();
        write!(f, "{year:04}-{month:02}-{day:02}")
    }
}

/// A span of days, both ends included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Span {
    pub(crate) first: Date,
    pub(crate) last: Date,
}

impl Span {
    pub(crate) fn holds(&self, day: Date) -> bool {
        self.first <= day && day <= self.last
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_come_and_go() {
        for (year, month, day) in [(1970, 1, 1), (2000, 2, 29), (2024, 12, 31), (2026, 11, 22)] {
            assert_eq!(Date::new(year, month, day).ymd(), (year, month, day));
        }
        assert_eq!(Date::new(2026, 11, 22).to_string(), "2026-11-22");
    }

    #[test]
    fn weekends_are_known() {
        assert!(Date::new(2026, 11, 22).is_weekend());
        assert!(!Date::new(2026, 11, 20).is_weekend());
        assert_eq!(Date::new(2026, 11, 22).monday(), Date::new(2026, 11, 16));
    }
}
