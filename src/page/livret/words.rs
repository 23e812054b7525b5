//! The numbers of the livret as French writes them.

use crate::insight::Hundredths;
use crate::record::Number;

/// The four degrees of mastery of the national livret (LSL-26).
pub const DEGREES: [&str; 4] =
    ["non maîtrisée", "insuffisamment maîtrisée", "maîtrisée", "bien maîtrisée"];

/// "18,41", "12,5", "12": hundredths without useless zeros.
pub fn decimal(value: Hundredths) -> String {
    let (whole, rest) = (value / 100, value % 100);
    match rest {
        0 => whole.to_string(),
        rest if rest % 10 == 0 => format!("{whole},{}", rest / 10),
        rest => format!("{whole},{rest:02}"),
    }
}

/// "33,33 %": a share always has its two decimals.
pub fn percent(value: Hundredths) -> String {
    format!("{},{:02}\u{a0}%", value / 100, value % 100)
}

/// A mark as it was typed.
pub(super) fn typed(mark: Number<0, 20>) -> String {
    mark.0.to_string().replace('.', ",")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_read_as_french() {
        let read: Vec<String> = [1841, 1200, 1350, 5, 0].map(decimal).to_vec();
        assert_eq!(read, ["18,41", "12", "13,5", "0,05", "0"]);
        assert_eq!(percent(3333), "33,33\u{a0}%");
        assert_eq!(percent(10_000), "100,00\u{a0}%");
        assert_eq!(typed(Number(12.25)), "12,25");
    }
}
