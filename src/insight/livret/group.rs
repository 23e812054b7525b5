//! What the livret says of the group: size, shares of the annual means, mean (LSL-42).

use super::completeness::livret_candidates;
use super::mean::{Hundredths, annual_mean, hundredths, mean};
use crate::record::Rounding;
use crate::school::{Class, Ix, School};

/// The bounds of the shares: under 8, from 8 to under 12, 12 and more.
const BOUNDS: [Hundredths; 2] = [800, 1200];

/// One hundred per cent, in hundredths.
const WHOLE: u32 = 10_000;

/// The figures of a group.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct GroupFigures {
    /// How many pupils the group has.
    pub size: usize,
    /// How many of them have an annual mean.
    pub counted: usize,
    /// How many means are under 8, from 8 to under 12, 12 and more.
    pub counts: [usize; 3],
    /// The same in hundredths of a per cent of those who have a mean; 100,00 in all.
    pub shares: Option<[Hundredths; 3]>,
    /// The mean of the means.
    pub mean: Option<Hundredths>,
}

/// Computes the figures of a group from the annual mean of each pupil.
pub fn group_figures(means: &[Option<Hundredths>], rounding: Rounding) -> GroupFigures {
    let known: Vec<Hundredths> = means.iter().flatten().copied().collect();
    let mut counts = [0; 3];
    for mean in &known {
        counts[BOUNDS.iter().filter(|bound| mean >= bound).count()] += 1;
    }
    GroupFigures {
        size: means.len(),
        counted: known.len(),
        counts,
        shares: shares(counts),
        mean: mean(known, rounding),
    }
}

/// Shares to the nearest hundredth; the last one that is not empty is what the others leave, so
/// that they make 100,00 and that nobody is a share of 0,01.
fn shares(counts: [usize; 3]) -> Option<[Hundredths; 3]> {
    let last = counts.iter().rposition(|count| *count > 0)?;
    let total: usize = counts.iter().sum();
    let mut shares = [0; 3];
    let mut left = WHOLE;
    for (place, count) in counts.iter().enumerate().take(last) {
        let nearest = (2 * count * WHOLE as usize + total) / (2 * total);
        shares[place] = u32::try_from(nearest).unwrap_or(WHOLE).min(left);
        left -= shares[place];
    }
    shares[last] = left;
    Some(shares)
}

/// The figures of a class: its pupils under school status. Nothing when it has no livret.
pub fn livret_group(school: &School, class: Ix<Class>) -> Option<GroupFigures> {
    let rules = school.livret_rules_of(&school.classes[class])?;
    let year = school.classes[class].year;
    let means: Vec<_> = livret_candidates(school, class)
        .into_iter()
        .map(|pupil| {
            let livret = &school.livrets[school.livret_of(pupil, year)?];
            annual_mean(livret, rules.arrondi)
        })
        .collect();
    Some(group_figures(&means, rules.arrondi))
}

/// The figures of a group as an export sends them: those of the group, with the mean of all marks of periods, which
/// the exporters of the national schema send as that of the group.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SentGroup {
    /// How many pupils have a mean.
    pub counted: usize,
    /// The mean of all marks of periods.
    pub mean: Option<Hundredths>,
    /// Shares in hundredths of a per cent: under 8, from 8 to under 12, 12 and more; 100,00 in all.
    pub shares: Option<[Hundredths; 3]>,
}

/// The figures that an export sends for a class. Nothing when it has no livret.
pub fn sent_group(school: &School, class: Ix<Class>) -> Option<SentGroup> {
    let rules = school.livret_rules_of(&school.classes[class])?;
    let figures = livret_group(school, class)?;
    let year = school.classes[class].year;
    let livrets = livret_candidates(school, class).into_iter();
    let livrets = livrets.filter_map(|pupil| school.livret_of(pupil, year));
    let marks = livrets.flat_map(|ix| &school.livrets[ix].record.notes);
    let marks = marks.filter(|mark| !mark.non_note).filter_map(|mark| mark.note).map(hundredths);
    Some(SentGroup {
        counted: figures.counted,
        mean: mean(marks, rules.arrondi),
        shares: figures.shares,
    })
}

/// The figures of the projet of a class, from its annual marks (LSL-18). Nothing when the rules
/// have no projet, or when no projet has a mark.
pub fn project_group(school: &School, class: Ix<Class>) -> Option<GroupFigures> {
    let rules = school.livret_rules_of(&school.classes[class])?;
    rules.projet?;
    let year = school.classes[class].year;
    let marks: Vec<_> = livret_candidates(school, class)
        .into_iter()
        .map(|pupil| {
            let livret = &school.livrets[school.livret_of(pupil, year)?];
            let project = livret.record.projet.as_ref().filter(|project| project.exporte)?;
            project.note.map(hundredths)
        })
        .collect();
    Some(group_figures(&marks, rules.arrondi)).filter(|figures| figures.counted > 0)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn figures(means: &[Option<Hundredths>]) -> GroupFigures {
        group_figures(means, Rounding::Truncated)
    }

    #[test]
    fn the_bounds_belong_to_the_upper_share() {
        let group = figures(&[Some(799), Some(800), Some(1199), Some(1200), None]);
        assert_eq!((group.size, group.counted, group.counts), (5, 4, [1, 2, 1]));
        assert_eq!(group.shares, Some([2500, 5000, 2500]));
        // (7,99 + 8 + 11,99 + 12) / 4 = 9,995, cut.
        assert_eq!(group.mean, Some(999));
    }

    #[test]
    fn thirds_make_a_hundred_and_nobody_is_no_share() {
        assert_eq!(shares([1, 1, 1]), Some([3333, 3333, 3334]));
        assert_eq!(shares([2, 1, 0]), Some([6667, 3333, 0]));
        assert_eq!(shares([0, 1, 2]), Some([0, 3333, 6667]));
        assert_eq!(shares([7, 0, 0]), Some([10_000, 0, 0]));
        assert_eq!(shares([0, 0, 0]), None);
        // 1/32 and 31/32 both end with half a hundredth.
        assert_eq!(shares([1, 31, 0]), Some([313, 9687, 0]));
    }

    #[test]
    fn a_group_without_mean_has_only_a_size() {
        let group = figures(&[None, None]);
        assert_eq!((group.size, group.counted, group.shares, group.mean), (2, 0, None, None));
    }

    proptest! {
        #[test]
        fn shares_make_exactly_one_hundred(
            means in proptest::collection::vec(proptest::option::of(0u32..=2000), 0..60),
        ) {
            let group = figures(&means);
            prop_assert_eq!(group.counts.iter().sum::<usize>(), group.counted);
            prop_assert_eq!(group.shares.is_some(), group.counted > 0);
            if let Some(shares) = group.shares {
                prop_assert_eq!(shares.iter().sum::<u32>(), WHOLE);
                let total = f64::from(u32::try_from(group.counted).unwrap());
                for (share, count) in shares.iter().zip(group.counts) {
                    let exact = f64::from(u32::try_from(count).unwrap()) * 10_000.0 / total;
                    prop_assert!((f64::from(*share) - exact).abs() <= 1.0);
                    prop_assert_eq!(*share == 0, count == 0);
                }
            }
        }
    }
}
