//! "Did you mean": the nearest known name to a mistyped one.

use strsim::damerau_levenshtein;

/// The known name nearest to `typed`, if it is near enough to be what was meant: at most one slip
/// for each three letters. Ties go to the first in order.
pub fn nearest<'a>(typed: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    nearest_all(typed, known).first().copied()
}

/// All known names that are as near to `typed` as the nearest, in their order: more than one, and
/// what was meant is not certain.
pub fn nearest_all<'a>(typed: &str, known: impl IntoIterator<Item = &'a str>) -> Vec<&'a str> {
    let lowered = typed.to_lowercase();
    let limit = (typed.chars().count().div_ceil(3)).max(1);
    let mut best = limit;
    let mut found = Vec::new();
    // Lengths too far apart cannot be near: spares most of the work on long lists.
    let known = known.into_iter().filter(|name| name.len().abs_diff(typed.len()) <= 2 * limit);
    for name in known {
        let distance = damerau_levenshtein(&lowered, &name.to_lowercase());
        if distance < best {
            best = distance;
            found.clear();
        }
        if distance == best {
            found.push(name);
        }
    }
    found
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
        assert_eq!(nearest_all("C1.9", ["C1.1", "C1.2", "C2.3"]), ["C1.1", "C1.2"]);
    }
}
