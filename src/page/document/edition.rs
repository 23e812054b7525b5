//! Which state of the records a document shows: the newest change of what it is made from.

use jiff::{Timestamp, tz::TimeZone};

use crate::text::{Date, short_date};

/// The change that last touched a record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edition {
    /// The commit, in hexadecimal.
    pub commit: String,
    /// When it was made.
    pub at: Timestamp,
}

impl Edition {
    /// The newest edition of some records; none when one of them has none: what it shows was never
    /// recorded as it stands, or history does not tell.
    pub fn newest(editions: impl IntoIterator<Item = Option<Self>>) -> Option<Self> {
        let all: Option<Vec<Self>> = editions.into_iter().collect();
        all?.into_iter().max_by(|a, b| (a.at, &a.commit).cmp(&(b.at, &b.commit)))
    }

    /// "état du 11/12/2026, version 3f2a91c4e1".
    pub fn words(&self) -> String {
        // The day in France, whatever the zone of the machine and the time zones it knows.
        let zone = TimeZone::posix("CET-1CEST,M3.5.0,M10.5.0/3").unwrap_or(TimeZone::UTC);
        let day = self.at.to_zoned(zone).date();
        let version = self.commit.get(..10).unwrap_or(&self.commit);
        format!("état du {}, version {version}", short_date(Date(day)))
    }
}
