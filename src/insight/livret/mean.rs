//! Means in hundredths, whole numbers only: a mark never goes through a rounding of its own.

use crate::record::{Number, Rounding};
use crate::school::{Livret, School};

/// A mark, a mean or a share in hundredths: 1341 for 13,41.
pub type Hundredths = u32;

/// A mark of a file in hundredths. A rule tells of further decimals.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a mark is between 0 and 20"
)]
pub fn hundredths(mark: Number<0, 20>) -> Hundredths {
    (mark.0 * 100.0).round() as Hundredths
}

/// The mean of marks in hundredths; nothing when there is none. Further decimals are cut or
/// rounded, as the rules of the livret say (NAT-25: 18,25, 18 and 19 give 18,41).
pub fn mean(marks: impl IntoIterator<Item = Hundredths>, rounding: Rounding) -> Option<Hundredths> {
    let (sum, number) = marks
        .into_iter()
        .fold((0u64, 0u64), |(sum, number), mark| (sum + u64::from(mark), number + 1));
    if number == 0 {
        return None;
    }
    let mean = match rounding {
        Rounding::Truncated => sum / number,
        Rounding::Nearest => (2 * sum + number) / (2 * number),
    };
    Hundredths::try_from(mean).ok()
}

/// The mean of a year: the mean of its periods, those without mark (NN) left out (NAT-24).
pub fn annual_mean(livret: &Livret, rounding: Rounding) -> Option<Hundredths> {
    let marks = livret.record.notes.iter().filter(|mark| !mark.non_note);
    mean(marks.filter_map(|mark| mark.note).map(hundredths), rounding)
}

/// The mean of a year of a livret, by the rules of its session; nothing without rules.
pub fn livret_mean(school: &School, livret: &Livret) -> Option<Hundredths> {
    let rules = school.livret_rules_of(&school.classes[livret.class])?;
    annual_mean(livret, rules.arrondi)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn the_national_examples() {
        let truncated = |marks: &[Hundredths]| mean(marks.iter().copied(), Rounding::Truncated);
        assert_eq!(truncated(&[1825, 1800, 1900]), Some(1841));
        assert_eq!(truncated(&[1150, 1250]), Some(1200));
        assert_eq!(truncated(&[]), None);
        assert_eq!(mean([1825, 1800, 1900], Rounding::Nearest), Some(1842));
        assert_eq!(mean([1, 2], Rounding::Nearest), Some(2));
        assert_eq!(mean([1, 2], Rounding::Truncated), Some(1));
    }

    #[test]
    fn a_mark_of_two_decimals_is_exact() {
        for whole in 0..=2000 {
            assert_eq!(hundredths(Number(f64::from(whole) / 100.0)), whole);
        }
    }

    proptest! {
        #[test]
        fn a_mean_lies_among_its_marks(marks in proptest::collection::vec(0u32..=2000, 1..12)) {
            let exact = f64::from(marks.iter().sum::<u32>())
                / f64::from(u32::try_from(marks.len()).unwrap());
            let cut = mean(marks.iter().copied(), Rounding::Truncated).unwrap();
            let near = mean(marks.iter().copied(), Rounding::Nearest).unwrap();
            prop_assert!(f64::from(cut) <= exact && exact < f64::from(cut) + 1.0);
            prop_assert!((f64::from(near) - exact).abs() <= 0.5);
            let (low, high) = (*marks.iter().min().unwrap(), *marks.iter().max().unwrap());
            prop_assert!((low..=high).contains(&cut) && (low..=high).contains(&near));
        }
    }
}
