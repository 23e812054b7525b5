//! How pupils learn: unevenly, by plateaus and relapses, each in their own way; and how a result comes of it.

use super::rng::{Dice, fingerprint};

/// A level of acquisition, `NE` apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Mark {
    None,
    Weak,
    Partial,
    Full,
}

impl Mark {
    pub(crate) fn sign(self) -> &'static str {
        match self {
            Self::None => "--",
            Self::Weak => "-",
            Self::Partial => "+",
            Self::Full => "++",
        }
    }

    /// Gives the mark as a number, 1 to 4.
    pub(crate) fn value(self) -> f64 {
        match self {
            Self::None => 1.0,
            Self::Weak => 2.0,
            Self::Partial => 3.0,
            Self::Full => 4.0,
        }
    }

    /// Reads a number between 1 and 4 as a mark; `++` is not given lightly.
    pub(crate) fn of(value: f64) -> Self {
        if value < 1.5 {
            Self::None
        } else if value < 2.5 {
            Self::Weak
        } else if value < 3.45 {
            Self::Partial
        } else {
            Self::Full
        }
    }
}

/// The way a pupil goes through the three years.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Course {
    Steady,
    /// Slow at first, then everything falls into place.
    Late {
        from: f64,
    },
    /// Lets go at some point.
    Drops {
        from: f64,
    },
    /// Stops rising at some point.
    Plateau {
        from: f64,
    },
    /// Good days and bad days.
    Erratic,
    /// Weak to begin with, hard-working.
    Climber,
}

/// What makes a pupil's results.
#[derive(Clone, Debug)]
pub(crate) struct Character {
    talent: f64,
    course: Course,
    /// Absences, per thousand evaluations.
    absence: usize,
    /// Exempted more often than others (health).
    exempt: bool,
    /// Liked in class: from -1 to 1.
    pub(crate) attitude: f64,
    seed: u64,
}

impl Character {
    pub(crate) fn draw(seed: u64, id: &str) -> Self {
        let mut dice = Dice::new(seed, &format!("character/{id}"));
        let talent = dice.around(0.42);
        let course = match dice.below(100) {
            0..54 => Course::Steady,
            54..64 => Course::Late { from: 1.0 + dice.unit() * 0.9 },
            64..71 => Course::Drops { from: 0.4 + dice.unit() * 2.0 },
            71..83 => Course::Plateau { from: 0.5 + dice.unit() * 1.3 },
            83..91 => Course::Erratic,
            _ => Course::Climber,
        };
        let base = match course {
            Course::Drops { .. } => 60,
            Course::Erratic => 80,
            _ => 15,
        };
        let often = dice.percent(12);
        Self {
            talent,
            course,
            absence: base + dice.below(30) + if often { 110 } else { 0 },
            exempt: dice.percent(1),
            attitude: (talent * 0.6 + dice.around(0.5)).clamp(-1.0, 1.0),
            seed: seed ^ fingerprint(id),
        }
    }

    /// Says whether the pupil misses an evaluation at time `t` (years since the seconde).
    pub(crate) fn misses(&self, dice: &mut Dice, t: f64) -> bool {
        let gone = match self.course {
            Course::Drops { from } if t > from => 180,
            _ => 0,
        };
        dice.per_mille((self.absence + gone).min(450))
    }

    /// Says whether the pupil is exempted from an evaluation.
    pub(crate) fn exempted(&self, dice: &mut Dice) -> bool {
        dice.per_mille(if self.exempt { 150 } else { 3 })
    }

    /// Gives the mastery of a competence at time `t`: a number around 1 to 4.
    pub(crate) fn mastery(&self, diploma: &str, competence: &str, t: f64) -> f64 {
        let own = Dice::new(self.seed, competence).around(0.42);
        // Difficulty belongs to the competence: the whole school stumbles on the same ones.
        let difficulty = Dice::new(11, &format!("{diploma}/{competence}")).around(0.26);
        let growth = match self.course {
            Course::Plateau { from } => 0.5 * t.min(from),
            Course::Climber => 0.78 * t - 0.6,
            Course::Late { from } => 0.3 * t - 0.35 + 1.1 * (t - from).clamp(0.0, 0.8),
            Course::Drops { from } => 0.45 * t.min(from) - 0.9 * (t - from).clamp(0.0, 1.0),
            Course::Steady | Course::Erratic => 0.46 * t,
        };
        // The summer takes something away, the autumn gives it back.
        let month = t.fract();
        let relapse = if t >= 1.0 && month < 0.22 { 0.3 * (0.22 - month) / 0.22 } else { 0.0 };
        2.3 + self.talent + own - difficulty + growth - relapse
    }

    /// Draws the result on one criterion; complex situations ask more.
    pub(crate) fn result(&self, dice: &mut Dice, mastery: f64, complex: bool) -> Mark {
        let noise = if self.course == Course::Erratic { 0.85 } else { 0.58 };
        let harder = if complex { 0.22 } else { 0.0 };
        Mark::of(mastery - harder + dice.around(noise))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mean(t: f64) -> f64 {
        let sum: f64 =
            (0..400).map(|n| Character::draw(5, &format!("p{n}")).mastery("melec", "C4", t)).sum();
        sum / 400.0
    }

    #[test]
    fn a_school_rises_over_three_years() {
        assert!(mean(0.1) < mean(0.8));
        assert!(mean(0.8) < mean(1.8));
        assert!(mean(1.8) < mean(2.7));
    }

    #[test]
    fn not_everyone_rises() {
        let falls = (0..400)
            .map(|n| Character::draw(5, &format!("p{n}")))
            .filter(|c| c.mastery("melec", "C4", 2.7) < c.mastery("melec", "C4", 1.2))
            .count();
        assert!((8..80).contains(&falls), "{falls}");
    }
}
