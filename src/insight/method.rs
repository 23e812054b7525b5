//! How other tools turn a series of results into one figure: shown for comparison only.
//!
//! Each formula is pinned: a tool that changes its formula gets a new entry here, under a new name.

/// A known way to sum up a series of results.
#[derive(Debug)]
pub struct Method {
    /// What it is called, and where it is used.
    pub name: &'static str,
    /// How it works, in one French sentence.
    pub meaning: &'static str,
    /// Whether the figure is out of 100 (otherwise on the scale from 1 to 4).
    pub percent: bool,
    compute: fn(&[u8]) -> Option<f64>,
}

impl Method {
    /// The figure for ranks from 1 to 4 in time order; none when the method gives none.
    pub fn value(&self, ranks: &[u8]) -> Option<f64> {
        if ranks.is_empty() { None } else { (self.compute)(ranks) }
    }
}

/// The methods shown beside a suggestion.
pub static METHODS: &[Method] = &[
    Method {
        name: "moyenne simple",
        meaning: "tous les résultats comptent autant",
        percent: false,
        compute: |ranks| Some(mean(ranks)),
    },
    Method {
        name: "moyenne pondérée 65/35",
        meaning: "le dernier résultat compte pour 65 %, la moyenne des précédents pour 35 % (Canvas)",
        percent: false,
        compute: weighted,
    },
    Method {
        name: "dernier résultat",
        meaning: "seul le plus récent compte",
        percent: false,
        compute: |ranks| ranks.last().map(|rank| f64::from(*rank)),
    },
    Method {
        name: "moyenne décroissante 65",
        meaning: "chaque nouveau résultat compte pour 65 % et tout ce qui précède pour 35 % (Canvas)",
        percent: false,
        compute: |ranks| decaying(ranks, 0.65),
    },
    Method {
        name: "moyenne glissante 75",
        meaning: "chaque nouveau résultat compte pour 75 % et tout ce qui précède pour 25 % (JumpRope)",
        percent: false,
        compute: |ranks| decaying(ranks, 0.75),
    },
    Method {
        name: "deux réussites",
        meaning: "moyenne des résultats d’au moins 3, s’il y en a deux (Canvas)",
        percent: false,
        compute: mastery,
    },
    Method {
        name: "meilleur résultat",
        meaning: "seul le plus haut compte",
        percent: false,
        compute: |ranks| ranks.iter().max().map(|rank| f64::from(*rank)),
    },
    Method {
        name: "poids doublés",
        meaning: "chaque résultat pèse deux fois le précédent, valeurs 0, 33, 67 et 100 (SACoche)",
        percent: true,
        compute: |ranks| scored(ranks, |position| 2f64.powi(position)),
    },
    Method {
        name: "poids croissants",
        meaning: "le premier résultat pèse 1, le deuxième 2, etc., valeurs 0, 33, 67 et 100 (SACoche)",
        percent: true,
        compute: |ranks| scored(ranks, |position| f64::from(position) + 1.0),
    },
];

#[expect(clippy::cast_precision_loss, reason = "a pupil has at most some hundreds of results")]
fn mean(ranks: &[u8]) -> f64 {
    ranks.iter().map(|rank| f64::from(*rank)).sum::<f64>() / ranks.len() as f64
}

fn weighted(ranks: &[u8]) -> Option<f64> {
    let (last, earlier) = ranks.split_last()?;
    let last = f64::from(*last);
    Some(if earlier.is_empty() { last } else { 0.65 * last + 0.35 * mean(earlier) })
}

fn decaying(ranks: &[u8], share: f64) -> Option<f64> {
    let (first, later) = ranks.split_first()?;
    let sum = |value: f64, rank: &u8| share * f64::from(*rank) + (1.0 - share) * value;
    Some(later.iter().fold(f64::from(*first), sum))
}

fn mastery(ranks: &[u8]) -> Option<f64> {
    let high: Vec<u8> = ranks.iter().copied().filter(|rank| *rank >= 3).collect();
    (high.len() >= 2).then(|| mean(&high))
}

fn scored(ranks: &[u8], weight: impl Fn(i32) -> f64) -> Option<f64> {
    const VALUES: [f64; 4] = [0.0, 33.0, 67.0, 100.0];
    // Only the last thirty: beyond them doubled weights leave the first ones nothing.
    let recent = &ranks[ranks.len().saturating_sub(30)..];
    let (mut sum, mut total) = (0.0, 0.0);
    for (position, rank) in (0..).zip(recent) {
        let value = VALUES.get(usize::from(*rank).checked_sub(1)?)?;
        sum += weight(position) * value;
        total += weight(position);
    }
    Some(sum / total)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// One series, and the answers that each tool documents for it.
    #[test]
    fn one_series_has_nine_answers() {
        let expected = [2.40, 2.74, 3.0, 3.09, 3.12, 3.50, 4.0, 66.8, 60.0];
        for (method, expected) in METHODS.iter().zip(expected) {
            let value = method.value(&[1, 2, 2, 4, 3]).unwrap();
            let digits = if method.percent { 10.0 } else { 100.0 };
            let rounded = (value * digits).round() / digits;
            assert!((rounded - expected).abs() < 1e-9, "{}: {value} for {expected}", method.name);
        }
    }

    #[test]
    fn no_result_gives_no_figure() {
        assert!(METHODS.iter().all(|method| method.value(&[]).is_none()));
        assert_eq!(METHODS[5].value(&[1, 2, 4]), None);
    }
}
