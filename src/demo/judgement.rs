//! What a teacher makes of the positions: the standing, the trend, what to praise, what to work on.

use super::progress::Mark;
use super::rng::Dice;
use super::texts::Subject;

/// How a pupil stands on the whole.
pub(crate) fn standing(mean: Option<f64>) -> &'static str {
    match mean {
        None => "inconnu",
        Some(mean) if mean >= 3.4 => "excellent",
        Some(mean) if mean >= 2.75 => "bon",
        Some(mean) if mean >= 2.05 => "moyen",
        Some(mean) if mean >= 1.45 => "fragile",
        Some(_) => "alerte",
    }
}

/// Averages the positions that were given.
pub(crate) fn mean(positions: &[Option<Mark>]) -> Option<f64> {
    let given: Vec<f64> = positions.iter().flatten().map(|mark| mark.value()).collect();
    (!given.is_empty()).then(|| given.iter().sum::<f64>() / given.len() as f64)
}

/// Compares with the review before, on the competences both position.
pub(crate) fn trend(subject: &Subject<'_>) -> &'static str {
    if subject.opening {
        return "premier";
    }
    let Some(before) = subject.before else {
        return "stable";
    };
    let pairs: Vec<f64> = before
        .iter()
        .zip(subject.positions)
        .filter_map(|(before, now)| Some(now.as_ref()?.value() - before.as_ref()?.value()))
        .collect();
    if pairs.is_empty() {
        return "stable";
    }
    let change = pairs.iter().sum::<f64>() / pairs.len() as f64;
    if change > 0.17 {
        "hausse"
    } else if change < -0.13 {
        "baisse"
    } else {
        "stable"
    }
}

/// Says whether a frame follows on: the name once, and not two sentences with the same beginning.
pub(crate) fn fits(frame: &str, last: &str, named: bool) -> bool {
    let starts_alike =
        frame.starts_with("{Il}") && (last.starts_with("Il ") || last.starts_with("Elle "));
    !(starts_alike || named && frame.contains("{prenom}"))
}

/// Says whether two texts share a long word, by its first letters.
pub(crate) fn echoes(noun: &str, predicate: &str) -> bool {
    let stems = noun.split([' ', '\'']).filter(|word| word.chars().count() >= 6);
    stems.map(|word| word.chars().take(5).collect::<String>()).any(|stem| predicate.contains(&stem))
}

/// Says whether a competence is higher than at the review before.
pub(crate) fn progressed(subject: &Subject<'_>, place: usize) -> bool {
    let before = subject.before.and_then(|before| before.get(place).copied().flatten());
    let now = subject.positions.get(place).copied().flatten();
    before.zip(now).is_some_and(|(before, now)| now > before)
}

/// Finds a competence to praise: the highest positions, `+` at least, where the words hold for all they cover.
pub(crate) fn best(subject: &Subject<'_>, dice: &mut Dice) -> Option<usize> {
    let top =
        subject.positions.iter().flatten().max().copied().filter(|mark| *mark >= Mark::Partial)?;
    at(subject, top, dice, |covered| covered >= 2.75)
}

/// Finds a competence to work on: the lowest positions, `+` at most.
pub(crate) fn worst(subject: &Subject<'_>, dice: &mut Dice) -> Option<usize> {
    let low =
        subject.positions.iter().flatten().min().copied().filter(|mark| *mark <= Mark::Partial)?;
    at(subject, low, dice, |covered| covered < 2.75)
        .or_else(|| at(subject, low, dice, |_| low == Mark::Partial))
}

/// Picks a competence at the wanted mark; `holds` judges the average of all that share its words.
fn at(
    subject: &Subject<'_>,
    wanted: Mark,
    dice: &mut Dice,
    holds: impl Fn(f64) -> bool,
) -> Option<usize> {
    let code =
        |place: usize| subject.words.get(place).copied().flatten().map(|words| words.code.as_str());
    let covered = |place: usize| -> f64 {
        let all =
            subject.positions.iter().enumerate().filter(|(other, _)| code(*other) == code(place));
        mean(&all.map(|(_, mark)| *mark).collect::<Vec<_>>()).unwrap_or(0.0)
    };
    let places: Vec<usize> = (0..subject.positions.len())
        .filter(|place| {
            subject.positions.get(*place).copied().flatten() == Some(wanted)
                && holds(covered(*place))
        })
        .collect();
    dice.pick(&places).copied()
}
