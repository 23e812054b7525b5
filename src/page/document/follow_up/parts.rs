//! How the columns of a follow-up are shared out among tables that stay readable on paper.

use serde::Serialize;

use crate::text::SchoolYear;

/// How many columns of 7,2 mm stand beside the names of criteria on a page lying on its side.
const WIDEST: usize = 28;

/// A table of the follow-up: all of it, or a year.
#[derive(Debug, Serialize)]
pub struct FollowUpPart {
    /// "Première (2025-2026)"; nothing when one table holds all.
    pub title: Option<String>,
    /// Its columns.
    #[serde(skip)]
    pub columns: Vec<PartColumn>,
}

/// A column of a table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PartColumn {
    /// A result: its place among the columns of the dashboard.
    Result(usize),
    /// A position: its place among the reviews of the dashboard.
    Review(usize),
}

/// Shares columns out: one table when it can be read, else one a school year, else parts of a year
/// that are as wide as each other. Reviews stand after the results of their year.
///
/// `results` and `reviews` have each the year and its name, in time order; reviews with their place.
pub(super) fn parts(
    results: &[(SchoolYear, String)],
    reviews: &[(usize, SchoolYear, String)],
) -> Vec<FollowUpPart> {
    let columns = |year: Option<SchoolYear>| -> Vec<PartColumn> {
        let holds = |of: SchoolYear| year.is_none_or(|year| year == of);
        let of_year = (0..results.len()).filter(|place| holds(results[*place].0));
        let decided = reviews.iter().filter(|review| holds(review.1));
        of_year
            .map(PartColumn::Result)
            .chain(decided.map(|review| PartColumn::Review(review.0)))
            .collect()
    };
    let all = columns(None);
    if all.is_empty() {
        return Vec::new();
    }
    if all.len() <= WIDEST {
        return vec![FollowUpPart { title: None, columns: all }];
    }
    let mut years: Vec<(SchoolYear, &str)> =
        results.iter().map(|(y, name)| (*y, &**name)).collect();
    years.extend(reviews.iter().map(|(_, year, name)| (*year, &**name)));
    years.sort_by_key(|(year, _)| *year);
    years.dedup_by_key(|(year, _)| *year);
    let mut parts = Vec::new();
    for (year, name) in years {
        let all = columns(Some(year));
        let tables = all.len().div_ceil(WIDEST);
        let width = all.len().div_ceil(tables.max(1)).max(1);
        for (place, chunk) in all.chunks(width).enumerate() {
            let title = match tables {
                1 => name.to_owned(),
                _ => format!("{name}, tableau {} sur {tables}", place + 1),
            };
            parts.push(FollowUpPart { title: Some(title), columns: chunk.to_vec() });
        }
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    fn year(start: i16, count: usize) -> Vec<(SchoolYear, String)> {
        vec![(SchoolYear(start), format!("année {start}")); count]
    }

    #[test]
    fn what_can_be_read_stays_in_one_table() {
        assert!(parts(&[], &[]).is_empty());
        let few = parts(&year(2025, 24), &[(0, SchoolYear(2025), "année 2025".into())]);
        assert_eq!((few.len(), few[0].columns.len()), (1, 25));
        assert_eq!(few[0].title, None);
    }

    #[test]
    fn more_columns_make_a_table_a_year_then_parts_of_a_year() {
        let mut results = year(2024, 10);
        results.extend(year(2025, 33));
        let reviews = [
            (0, SchoolYear(2024), "année 2024".to_owned()),
            (2, SchoolYear(2026), "année 2026".to_owned()),
        ];
        let parts = parts(&results, &reviews);
        let widths: Vec<usize> = parts.iter().map(|part| part.columns.len()).collect();
        assert_eq!(widths, [11, 17, 16, 1]);
        assert_eq!(parts[0].columns[10], PartColumn::Review(0));
        assert_eq!(parts[1].title.as_deref(), Some("année 2025, tableau 1 sur 2"));
        assert_eq!(parts[3].columns, [PartColumn::Review(2)]);
        assert_eq!(parts[3].title.as_deref(), Some("année 2026"));
    }
}
