//! Civil dates and school years, in the forms that people read.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// A civil date, without time or zone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date(pub jiff::civil::Date);

impl Date {
    /// A date from its parts, when such a day exists.
    pub fn new(year: i16, month: i8, day: i8) -> Option<Self> {
        jiff::civil::Date::new(year, month, day).ok().map(Self)
    }

    /// Calendar year.
    pub fn year(self) -> i16 {
        self.0.year()
    }

    /// Days from this date to another (negative when the other is earlier).
    pub fn days_until(self, other: Self) -> i32 {
        (other.0 - self.0).get_days()
    }

    /// The day on the clock of a place, at an instant: seconds since 1970, and minutes to add to
    /// universal time there. Nothing for a time that no calendar knows.
    pub fn at(seconds: i64, offset: i32) -> Option<Self> {
        let instant = jiff::Timestamp::from_second(seconds.checked_add(i64::from(offset) * 60)?);
        Some(Self(instant.ok()?.to_zoned(jiff::tz::TimeZone::UTC).date()))
    }

    /// The day in France, at an instant (seconds since 1970), whatever the zone of the machine and the
    /// time zones it knows. Nothing for a time that no calendar knows.
    pub fn in_france(seconds: i64) -> Option<Self> {
        let zone = jiff::tz::TimeZone::posix("CET-1CEST,M3.5.0,M10.5.0/3").ok()?;
        Some(Self(jiff::Timestamp::from_second(seconds).ok()?.to_zoned(zone).date()))
    }

    /// 1 for Monday to 7 for Sunday.
    pub fn weekday(self) -> u8 {
        self.0.weekday().to_monday_one_offset().unsigned_abs()
    }

    /// The day so many days later (earlier when negative); the last or first day that dates know
    /// when there is none.
    #[must_use]
    pub fn plus(self, days: i32) -> Self {
        // Dates span seven million days: beyond, the end is the same.
        const MOST: i32 = 7_000_000;
        let span = jiff::Span::new().days(days.clamp(-MOST, MOST));
        Self(self.0.saturating_add(span))
    }

    /// The day after; the last representable day is its own successor.
    #[must_use]
    pub fn next(self) -> Self {
        Self(self.0.tomorrow().unwrap_or(self.0))
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl FromStr for Date {
    type Err = jiff::Error;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        text.parse().map(Self)
    }
}

impl<'de> Deserialize<'de> for Date {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

impl Serialize for Date {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&self.0)
    }
}

const MONTHS: [&str; 12] = [
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
];

fn month(date: Date) -> &'static str {
    MONTHS.get(date.0.month().unsigned_abs() as usize - 1).copied().unwrap_or("")
}

/// "6 novembre 2026", "1er mai 2026".
pub fn long_date(date: Date) -> String {
    format!("{} {}", day_month(date), date.year())
}

/// "6 novembre", "1er mai".
pub fn day_month(date: Date) -> String {
    let day = date.0.day();
    let ordinal = if day == 1 { "er" } else { "" };
    format!("{day}{ordinal} {}", month(date))
}

/// "06/11/2026".
pub fn short_date(date: Date) -> String {
    format!("{:02}/{:02}/{:04}", date.0.day(), date.0.month(), date.year())
}

/// A school year, named by its two calendar years: "2026-2027".
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SchoolYear(pub i16);

impl SchoolYear {
    /// The school year of a date: a new one begins on 1 August.
    pub fn of(date: Date) -> Self {
        Self(if date.0.month() >= 8 { date.year() } else { date.year() - 1 })
    }

    /// First day that may belong to this year.
    pub fn first_day(self) -> Date {
        Date(jiff::civil::date(self.0, 8, 1))
    }

    /// Last day that may belong to this year.
    pub fn last_day(self) -> Date {
        Date(jiff::civil::date(self.0 + 1, 7, 31))
    }

    /// Whether a date falls in this year.
    pub fn contains(self, date: Date) -> bool {
        Self::of(date) == self
    }
}

impl fmt::Display for SchoolYear {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-{}", self.0, self.0 + 1)
    }
}

impl FromStr for SchoolYear {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let (first, second) = text.split_once('-').ok_or(())?;
        let digits = |part: &str| part.len() == 4 && part.bytes().all(|b| b.is_ascii_digit());
        if !digits(first) || !digits(second) {
            return Err(());
        }
        let (first, second): (i16, i16) =
            (first.parse().map_err(|_| ())?, second.parse().map_err(|_| ())?);
        if second == first + 1 && (1900..=2200).contains(&first) {
            Ok(Self(first))
        } else {
            Err(())
        }
    }
}

impl<'de> Deserialize<'de> for SchoolYear {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse().map_err(|()| serde::de::Error::custom("no school year"))
    }
}

impl Serialize for SchoolYear {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_read_as_french() {
        let date = Date::new(2026, 5, 1).unwrap();
        assert_eq!(long_date(date), "1er mai 2026");
        assert_eq!(short_date(date), "01/05/2026");
        assert_eq!(SchoolYear::of(date).to_string(), "2025-2026");
    }

    #[test]
    fn a_day_in_france_ends_at_its_midnight() {
        let at = |text: &str| Date::in_france(text.parse::<jiff::Timestamp>().unwrap().as_second());
        assert_eq!(at("2026-11-12T22:59:59Z"), Date::new(2026, 11, 12));
        assert_eq!(at("2026-11-12T23:00:00Z"), Date::new(2026, 11, 13));
        // Two hours ahead in summer; the hour changes on the last Sundays of March and October.
        assert_eq!(at("2026-07-01T22:00:00Z"), Date::new(2026, 7, 2));
        assert_eq!(at("2026-03-28T22:30:00Z"), Date::new(2026, 3, 28));
        assert_eq!(at("2026-03-29T22:30:00Z"), Date::new(2026, 3, 30));
        assert_eq!(Date::in_france(i64::MAX), None);
    }

    #[test]
    fn a_school_year_has_two_consecutive_years() {
        assert_eq!("2026-2027".parse(), Ok(SchoolYear(2026)));
        for wrong in ["2026", "2026-2028", "26-27", "+026-2027", "2026/2027", "9999-10000"] {
            assert!(wrong.parse::<SchoolYear>().is_err(), "{wrong}");
        }
    }
}
