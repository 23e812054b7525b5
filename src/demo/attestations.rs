//! The attestations of competences of those who left without the diploma.

use std::collections::BTreeSet;

use super::calendar::today;
use super::dates::Date;
use super::emit::Document;
use super::pupils::Pupil;
use super::rng::fingerprint;
use super::structure::{Division, Level};
use super::world::World;

/// Gives the class a pupil left from without a diploma, and the day of the attestation, when one was made.
pub(crate) fn due<'a>(world: &'a World<'_>, pupil: &Pupil) -> Option<(&'a Division, Date)> {
    let gone = pupil.inactive.filter(|day| *day <= today())?;
    if pupil.obtained.is_some() {
        return None;
    }
    let division = world.plan.divisions.get(pupil.stays.last()?.division)?;
    let year = world.plan.years.get(division.year)?;
    // Who hardly came has nothing to attest.
    let stayed = gone.since(year.span.first) > 60 || pupil.stays.len() > 1;
    let asked = world.dice(&format!("attestation/{}", pupil.id)).percent(75);
    (stayed && asked).then(|| (division, year.open_back(gone.plus(-2).min(year.span.last))))
}

/// Writes the attestation of a pupil, if there is one: path relative to `content/`, text.
pub(crate) fn write(world: &World<'_>, pupil: &Pupil) -> Option<(String, String)> {
    let (division, day) = due(world, pupil)?;
    let year = world.plan.years.get(division.year)?;
    let competences = &world.known.get(&division.diploma)?.competences;
    let mut dice = world.dice(&format!("ticks/{}", pupil.id));
    let team = &division.team;
    let author = team.get(fingerprint(&pupil.id) as usize % team.len().max(1))?;
    // The strongest third, the best one at least: the others are why the diploma is missing.
    let mut ranked: Vec<(f64, usize)> = competences
        .iter()
        .map(|one| world.mastery(pupil, division, &one.code, day))
        .zip(0..)
        .collect();
    ranked.sort_by(|a, b| b.0.total_cmp(&a.0));
    let most = (ranked.len() * dice.between(20, 60) as usize / 100).max(1);
    let held: BTreeSet<usize> = ranked
        .iter()
        .enumerate()
        .filter(|(rank, (value, _))| *rank == 0 || (*rank < most && *value > 2.4))
        .map(|(_, (_, place))| *place)
        .collect();
    let mut file = Document::new();
    file.value("date", day);
    file.string("auteur", author);
    let ended = division.level == Level::Terminale && day.month() == 7;
    file.string("motif", if ended { "fin-de-parcours" } else { "sortie" });
    if dice.percent(30) {
        file.string("remarque", "Validation faite en équipe, d’après le tableau de bord.");
    }
    file.table("competences");
    for code in held.iter().filter_map(|place| competences.get(*place)).map(|one| &one.code) {
        let by = if dice.percent(70) { author } else { dice.text(team) };
        let on = year.open_back(day.plus(-dice.between(0, 6)));
        file.inline(code, &[("par", &format!("\"{by}\"")), ("le", &on.to_string())]);
    }
    Some((format!("{}/attestations/{day}.toml", pupil.folder()), file.finish()))
}
