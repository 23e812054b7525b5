//! How large a text is written so that it stands in its place, whatever the length of names.

use serde::Serialize;

/// A size: 0 is the usual one, the others are smaller and smaller.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(transparent)]
pub struct Fit(pub usize);

/// Where lines are to stand, in points, and the sizes that `papier-lettre.css` has for it.
pub(super) struct Place {
    width: f64,
    height: f64,
    sizes: [f64; 5],
}

/// The window of an envelope: 86 mm and 36 mm.
pub(super) const WINDOW: Place =
    Place { width: 243.0, height: 102.0, sizes: [10.5, 9.0, 7.5, 6.2, 5.0] };
/// The letterhead beside a logo, 54 mm and 30 mm; the name of the establishment is larger than the size.
pub(super) const LETTERHEAD: Place =
    Place { width: 153.0, height: 76.0, sizes: [8.5, 7.4, 6.4, 5.4, 4.6] };

/// From one line to the next, for letters of one point.
const LEADING: f64 = 1.25;

/// The size in which lines stand in a place.
pub(super) fn fit(lines: &[String], place: &Place) -> Fit {
    let stands = |size: &f64| {
        let rows: f64 = lines.iter().map(|line| (width(line) * size / place.width).ceil()).sum();
        rows * size * LEADING <= place.height
    };
    Fit(place.sizes.iter().position(stands).unwrap_or(place.sizes.len() - 1))
}

/// The width of a line in letters of one point, rather too much than too little: lines break at
/// spaces first.
fn width(line: &str) -> f64 {
    let letters = line.chars().map(|c| match c {
        'W' | 'M' | 'w' | 'm' | '@' | 'Æ' | 'Œ' => 0.95,
        c if c.is_uppercase() => 0.72,
        _ => 0.58,
    });
    letters.sum::<f64>() * 1.1
}

impl Fit {
    /// The size of a page that holds so many letters of names and addresses.
    pub(super) fn of_page(letters: usize) -> Self {
        const STEPS: [usize; 3] = [520, 900, 1300];
        Self(STEPS.iter().take_while(|most| letters > **most).count())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn usual_addresses_are_large_and_endless_ones_small() {
        let lines =
            |texts: &[&str]| texts.iter().map(|text| (*text).to_owned()).collect::<Vec<_>>();
        let usual = ["Mme Nadia DUPONT", "14 rue des Cristalleries", "54999 VALMOREY-SUR-MEURTHE"];
        assert_eq!(fit(&lines(&usual), &WINDOW), Fit(0));
        assert_eq!(fit(&[], &WINDOW), Fit(0));
        let long = ["W".repeat(130), "rue ".repeat(40), "V".repeat(65)];
        assert!(fit(&long, &WINDOW) > Fit(1));
        assert_eq!(fit(&["W".repeat(5000)], &WINDOW), Fit(4));
        assert_eq!([400, 600, 1000, 9000].map(Fit::of_page), [0, 1, 2, 3].map(Fit));
    }
}
