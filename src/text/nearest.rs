//! "Did you mean": the nearest known name to a mistyped one.

use strsim::damerau_levenshtein;

/// The known name nearest to `typed`, if it is near enough to be what was meant: at most one slip
/// for each three letters. Ties go to the first in order.
pub fn nearest<'a>(typed: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let lowered = typed.to_lowercase();
    let limit = (typed.chars().count().div_ceil(3)).max(1);
    known
        .into_iter()
        // Lengths too far apart cannot be near: spares most of the work on long lists.
        .filter(|name| name.len().abs_diff(typed.len()) <= 2 * limit)
        .map(|name| (damerau_levenshtein(&lowered, &name.to_lowercase()), name))
        .filter(|(distance, _)| *distance <= limit)
        .min_by(|left, right| left.0.cmp(&right.0))
        .map(|(_, name)| name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_slip_is_found_and_a_stranger_is_not() {
        let known = ["titre", "taches", "criteres", "affichage"];
        assert_eq!(nearest("titer", known), Some("titre"));
        assert_eq!(nearest("Critères", known), Some("criteres"));
        assert_eq!(nearest("remarques", known), None);
    }
}
