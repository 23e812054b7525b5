//! Counted nouns: "0 élève", "1 élève", "2 élèves".

/// A number and its noun, in the plural from two on, as French has it.
pub fn count(number: usize, singular: &str, plural_form: &str) -> String {
    format!("{} {}", grouped(number), plural(number, singular, plural_form))
}

/// The right form of a noun for a number.
pub fn plural<'a>(number: usize, singular: &'a str, plural_form: &'a str) -> &'a str {
    if number < 2 { singular } else { plural_form }
}

/// Thousands apart by a narrow no-break space.
fn grouped(number: usize) -> String {
    let digits = number.to_string();
    let mut text = String::with_capacity(digits.len() + 4);
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push('\u{202f}');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn zero_and_one_are_singular() {
        assert_eq!(count(0, "élève", "élèves"), "0 élève");
        assert_eq!(count(1, "élève", "élèves"), "1 élève");
        assert_eq!(count(2200, "élève", "élèves"), "2\u{202f}200 élèves");
    }
}
