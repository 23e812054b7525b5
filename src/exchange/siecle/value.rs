//! The values of the files as they come: dates, yes or no, codes of divisions, names in capitals, phones.

use crate::text::{Date, slug};

/// Entries of a list of one pupil, division or service: far more than real ones have.
pub(super) const LIST: usize = 200;

/// Adds an entry that a list does not have.
pub(super) fn push_new(list: &mut Vec<String>, new: String) {
    if list.len() < LIST && !list.contains(&new) {
        list.push(new);
    }
}

/// A value without the stray quotes that old exports put around it; nothing when it is empty.
pub(super) fn clean(text: &str) -> Option<String> {
    let text = text.trim();
    let quoted = |quote: char| {
        text.strip_prefix(quote).and_then(|text| text.strip_suffix(quote)).map(str::trim)
    };
    let text = quoted('\'').or_else(|| quoted('"')).unwrap_or(text);
    // One blank between words, and nothing that cannot be seen.
    let words: Vec<&str> = text.split(|c: char| c.is_whitespace() || c.is_control()).collect();
    let text = words.into_iter().filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ");
    (!text.is_empty()).then_some(text)
}

/// A date of SIECLE, `dd/mm/yyyy`, or of STS, `yyyy-mm-dd`.
pub(super) fn date(text: &str) -> Option<Date> {
    let text = clean(text)?;
    // An hour may follow.
    let day = text.split([' ', 'T']).next()?;
    let parts: Vec<&str> = day.split(['/', '-']).collect();
    let [a, b, c] = parts[..] else { return None };
    let (year, month, day) = if a.len() == 4 { (a, b, c) } else { (c, b, a) };
    let year: i16 = year.parse().ok().filter(|year| (1900..=2200).contains(year))?;
    Date::new(year, month.parse().ok()?, day.parse().ok()?)
}

/// Yes or no: `1`, `true`, `o`, `oui`.
pub(super) fn truth(text: &str) -> bool {
    let text = text.trim().to_lowercase();
    matches!(text.as_str(), "1" | "true" | "o" | "oui")
}

/// The first year of a school year: `2025`, or `2025-2026` as some write it.
pub(super) fn first_year(text: &str) -> Option<i16> {
    let year = clean(text)?.get(..4)?.parse().ok()?;
    (1900..=2200).contains(&year).then_some(year)
}

/// A code of a division without what offices write differently: case, blanks, accents, `_`, `.`, `-`.
pub(super) fn squashed(code: &str) -> String {
    slug(code).replace('-', "")
}

/// A name as people write it: SIECLE and STS give capitals. A name that holds small letters is left alone.
pub(super) fn name(text: &str) -> String {
    let text = text.replace('\'', "’");
    if text.chars().any(char::is_lowercase) {
        return text;
    }
    let mut new = String::with_capacity(text.len());
    let mut begins = true;
    for c in text.chars() {
        if begins {
            new.push(c);
        } else {
            new.extend(c.to_lowercase());
        }
        begins = !c.is_alphanumeric();
    }
    new
}

/// Whether a name of ours is what the file says. A file without accents or small letters says nothing of
/// either: a spelling that somebody corrected stays.
pub(super) fn is_same_name(ours: &str, theirs: &str) -> bool {
    let fold = |text: &str| text.replace('’', "'").to_uppercase();
    if fold(ours) == fold(theirs) {
        return true;
    }
    let plain = theirs.is_ascii() && !theirs.bytes().any(|b| b.is_ascii_lowercase());
    plain && slug(ours) == slug(theirs)
}

/// A phone number as French people read it: `+33639980011` is "06 39 98 00 11". Others stay as they are.
pub(super) fn phone(text: &str) -> Option<String> {
    let text = clean(text)?;
    let digits: String = text.chars().filter(|c| c.is_ascii_digit() || *c == '+').collect();
    let national = digits
        .strip_prefix("+33")
        .or_else(|| digits.strip_prefix("0033"))
        .map(|rest| format!("0{}", rest.trim_start_matches('0')))
        .unwrap_or_else(|| digits.clone());
    let ten = national.len() == 10 && national.starts_with('0') && !national.contains('+');
    if !ten {
        return Some(text);
    }
    let pairs: Vec<&str> = (0..5).map(|n| &national[2 * n..2 * n + 2]).collect();
    Some(pairs.join(" "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_cleaned() {
        assert_eq!(clean(" 'DUPONT' ").as_deref(), Some("DUPONT"));
        assert_eq!(clean("\"DE  LA\u{a0}TOUR\"").as_deref(), Some("DE LA TOUR"));
        assert_eq!(clean("L'HOSTIS").as_deref(), Some("L'HOSTIS"));
        assert_eq!((clean("''"), clean("  ")), (None, None));
    }

    #[test]
    fn dates_of_both_programs_are_read() {
        let day = Date::new(2025, 9, 1);
        assert_eq!((date("01/09/2025"), date("2025-09-01")), (day, day));
        assert_eq!(date("01/09/2025 09:12:33"), day);
        for wrong in ["", "31/02/2025", "2025", "01/09/25", "0/0/0"] {
            assert_eq!(date(wrong), None, "{wrong}");
        }
        assert_eq!(
            (first_year("2025"), first_year("2025-2026"), first_year("x")),
            (Some(2025), Some(2025), None)
        );
    }

    #[test]
    fn names_lose_their_capitals() {
        for (theirs, ours) in [
            ("LEBŒUF-MARTIN", "Lebœuf-Martin"),
            ("N'DIAYE", "N’Diaye"),
            ("LE GALL", "Le Gall"),
            ("ŠIMIC", "Šimic"),
            ("de Oliveira", "de Oliveira"),
            ("Éloïse", "Éloïse"),
        ] {
            assert_eq!(name(theirs), ours);
            assert!(is_same_name(ours, theirs));
        }
        assert!(is_same_name("Benoît", "BENOIT") && is_same_name("de Oliveira", "DE OLIVEIRA"));
        // A file that knows accents is believed.
        assert!(!is_same_name("Elodie", "Élodie") && !is_same_name("Gerard", "GÉRARD"));
        assert!(!is_same_name("Dupont", "DUPOND"));
    }

    #[test]
    fn phones_are_national_where_they_can_be() {
        assert_eq!(phone("+33639980011").as_deref(), Some("06 39 98 00 11"));
        assert_eq!(phone("06.39.98.00.11").as_deref(), Some("06 39 98 00 11"));
        assert_eq!(phone("0033 6 39 98 00 11").as_deref(), Some("06 39 98 00 11"));
        assert_eq!(phone("+34 943 00 00 00").as_deref(), Some("+34 943 00 00 00"));
        assert_eq!(phone(" "), None);
    }

    #[test]
    fn codes_of_divisions_are_compared_without_what_varies() {
        assert_eq!(squashed("T CIEL"), squashed("t_ciel"));
        assert_eq!(squashed("61"), "61");
    }
}
