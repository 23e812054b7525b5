//! Days and weeks as papers for an exam write them: half-days told, commas, plurals.

use crate::insight::weeks_words;

/// "18,5 jours", "1,5 jour".
pub(super) fn days_words(half_days: u32) -> String {
    let half = if half_days % 2 == 1 { ",5" } else { "" };
    let word = if half_days < 4 { "jour" } else { "jours" };
    format!("{}{half} {word}", half_days / 2)
}

/// "18,5": days without their word.
pub(super) fn days_number(half_days: u32) -> String {
    let half = if half_days % 2 == 1 { ",5" } else { "" };
    format!("{}{half}", half_days / 2)
}

/// "3,7 semaines", "1,8 semaine".
pub(super) fn weeks_count(half_days: u32, days_per_week: u32) -> String {
    let word = if half_days < 4 * days_per_week.max(1) { "semaine" } else { "semaines" };
    format!("{} {word}", weeks_words(half_days, days_per_week))
}

/// "1 demi-journée", "3 demi-journées".
pub(super) fn half_days_words(half_days: u32) -> String {
    let word = if half_days < 2 { "demi-journée" } else { "demi-journées" };
    format!("{half_days} {word}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_under_two_stays_singular() {
        assert_eq!(
            [days_words(1), days_words(3), days_words(4)],
            ["0,5 jour", "1,5 jour", "2 jours"]
        );
        assert_eq!(weeks_count(19, 5), "1,9 semaine");
        assert_eq!(weeks_count(20, 5), "2 semaines");
        assert_eq!(weeks_count(37, 5), "3,7 semaines");
        assert_eq!((half_days_words(0), half_days_words(1)).1, "1 demi-journée");
        assert_eq!(days_number(37), "18,5");
    }
}
