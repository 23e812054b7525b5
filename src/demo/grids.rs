//! The certification grids of candidates: what the commission ticked, proposed, closed, and what harmonisation made of it.

use super::calendar::{SchoolYear, today};
use super::dates::Date;
use super::emit::Document;
use super::judgement::standing;
use super::portfolios::Placement;
use super::progress::Mark;
use super::pupils::{Pupil, Stay};
use super::referential::Grid;
use super::rng::{Dice, fingerprint};
use super::sayings::Sayings;
use super::structure::{Division, Level};
use super::world::{Journeys, World};

/// How far a commission has gone with a candidate.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Stage {
    Absent,
    Closed,
    /// All is there but the seal.
    Complete,
    /// Some lines are missing, and the mark with them.
    Lines,
    /// One member only.
    Alone,
}

/// Writes the grids of a pupil: path relative to `content/`, text.
pub(crate) fn write(
    world: &World<'_>,
    journeys: &Journeys<'_>,
    sayings: &Sayings,
    index: usize,
) -> Vec<(String, String)> {
    let Some(pupil) = world.pupils.get(index) else {
        return Vec::new();
    };
    let mut found = Vec::new();
    for (place, stay) in pupil.stays.iter().enumerate() {
        let Some(division) = world.plan.divisions.get(stay.division) else {
            continue;
        };
        // The last stay of the final year.
        let same_year = |other: &Stay| {
            world.plan.divisions.get(other.division).is_some_and(|d| d.year == division.year)
        };
        let later = pupil.stays.iter().skip(place + 1).any(same_year);
        let left = stay.until.is_some();
        // A past candidate has a number: without one, nobody came to the exam.
        let past = division.year + 1 < world.plan.years.len();
        let unknown = past && pupil.candidate.is_empty();
        if division.level != Level::Terminale || later || left || unknown {
            continue;
        }
        let Some(referential) = world.known.get(&division.diploma) else {
            continue;
        };
        for grid in &referential.grids {
            let sitting = Sitting { world, journeys, sayings, index, pupil, stay, division, grid };
            found.extend(sitting.write());
        }
    }
    found
}

/// A candidate before a commission.
struct Sitting<'a> {
    world: &'a World<'a>,
    journeys: &'a Journeys<'a>,
    sayings: &'a Sayings,
    index: usize,
    pupil: &'a Pupil,
    stay: &'a Stay,
    division: &'a Division,
    grid: &'a Grid,
}

impl Sitting<'_> {
    fn session(&self) -> i32 {
        self.world.plan.years.get(self.division.year).map_or(0, SchoolYear::session)
    }

    /// Gives the day of the situation: in the company, or in the school in spring; some in autumn this year.
    fn day(&self, dice: &mut Dice) -> Option<Date> {
        let year = self.world.plan.years.get(self.division.year)?;
        let current = self.division.year + 1 == self.world.plan.years.len();
        let code = self.grid.code.as_str();
        if current {
            return if code == "E31" && dice.percent(62) {
                Some(Date::new(year.start, 11, *dice.pick(&[9, 10, 12, 13]).unwrap_or(&9)))
            } else if code == "E33-S1" && self.stay.apprentice && dice.percent(70) {
                Some(Date::new(year.start, 11, *dice.pick(&[17, 18, 19]).unwrap_or(&17)))
            } else {
                None
            };
        }
        let end = year.session();
        let in_company = self.journeys.of(self.index).iter().filter(|placement| {
            placement.period.year == self.division.year
                && placement.period.level == Level::Terminale
        });
        let shift = (fingerprint(&self.division.id) % 3) as i32;
        Some(match code {
            "E33-S1" => in_company
                .map(|placement| placement.period.span.last.plus(-dice.between(1, 3)))
                .next()
                .unwrap_or_else(|| year.open_from(Date::new(year.start, 12, 8))),
            "E33-S2" => in_company
                .filter(|placement| placement.period.span.last < Date::new(end, 4, 30))
                .map(|placement| placement.period.span.last.plus(-dice.between(1, 3)))
                .last()
                .unwrap_or_else(|| year.open_from(Date::new(end, 4, 1))),
            "E31" => year.open_from(Date::new(end, 3, 24 + shift).plus(dice.between(0, 3))),
            _ => year.open_from(Date::new(end, 5, 4 + shift).plus(dice.between(0, 3))),
        })
    }

    fn stage(&self, dice: &mut Dice) -> Stage {
        let current = self.division.year + 1 == self.world.plan.years.len();
        if !current {
            return if dice.percent(2) { Stage::Absent } else { Stage::Closed };
        }
        match dice.below(100) {
            0..45 if !self.pupil.candidate.is_empty() => Stage::Closed,
            0..62 => Stage::Complete,
            62..82 => Stage::Lines,
            _ => Stage::Alone,
        }
    }

    fn write(&self) -> Option<(String, String)> {
        let code = self.grid.code.to_lowercase();
        let session = self.session();
        let mut dice = self.world.dice(&format!("grid/{session}/{code}/{}", self.pupil.id));
        let day = self.day(&mut dice).filter(|day| *day <= today())?;
        let stage = self.stage(&mut dice);
        let levels = self.levels(day, stage, &mut dice);
        let name = self.pupil.name.first.as_str();
        let values = [("prenom", name)];
        let sex = self.pupil.sex;
        let mut file = Document::new();
        let team = &self.division.team;
        // The same two teachers see the whole class.
        let shift = fingerprint(&format!("{session}/{}/{code}", self.division.id)) as usize;
        let author = team.get(shift % team.len().max(1)).map_or("", String::as_str);
        file.string("auteur", author);
        file.value("date", day);
        let mut note = None;
        if stage == Stage::Absent {
            file.value("absent", true);
            file.string("commentaire", &self.sayings.say("absent", sex, &values, &mut dice));
            note = Some(0.0);
        } else if matches!(stage, Stage::Closed | Stage::Complete | Stage::Alone) {
            let mean = levels.iter().map(|(_, level)| f64::from(*level)).sum::<f64>()
                / levels.len().max(1) as f64;
            let mut comment = self.sayings.say(standing(Some(mean)), sex, &values, &mut dice);
            if dice.percent(35) {
                comment.push(' ');
                comment.push_str(&self.sayings.say("suites", sex, &values, &mut dice));
            }
            file.string("commentaire", &comment);
            let points = (mean - 1.0) / 3.0 * 16.5 + 3.0 + dice.around(0.7);
            note = Some(((points * 2.0).ceil() / 2.0).clamp(3.0, 20.0));
        }
        if let Some(note) = note {
            file.value("note_proposee", format!("{note:.1}"));
        }
        if !levels.is_empty() {
            file.table("niveaux");
            for (line, level) in &levels {
                file.value(line, level);
            }
        }
        self.commission(&mut file, author, stage, shift, &mut dice);
        if matches!(stage, Stage::Closed | Stage::Absent) {
            file.table("verrouillage");
            file.value("le", day);
            file.string("par", author);
            self.harmonise(&mut file, note.unwrap_or(0.0), stage, author, &mut dice);
        }
        let path = format!("{}/certification/{session}-{code}.toml", self.pupil.folder());
        Some((path, file.finish()))
    }

    fn levels(&self, day: Date, stage: Stage, dice: &mut Dice) -> Vec<(String, u8)> {
        if stage == Stage::Absent {
            return Vec::new();
        }
        let Some(referential) = self.world.known.get(&self.division.diploma) else {
            return Vec::new();
        };
        let mut found: Vec<(String, u8)> = Vec::new();
        for line in &self.grid.lines {
            let owner =
                referential.owner(line).and_then(|place| referential.competences.get(place));
            let code = owner.map_or(line, |competence| &competence.code);
            let mastery = self.world.mastery(self.pupil, self.division, code, day);
            let level = match self.pupil.character.result(dice, mastery, false) {
                Mark::None => 1,
                Mark::Weak => 2,
                Mark::Partial => 3,
                Mark::Full => 4,
            };
            found.push((line.clone(), level));
        }
        if stage == Stage::Lines {
            let kept = found.len().saturating_sub(dice.between(1, 3) as usize).max(1);
            found.truncate(kept);
        }
        found
    }

    fn commission(
        &self,
        file: &mut Document,
        author: &str,
        stage: Stage,
        shift: usize,
        dice: &mut Dice,
    ) {
        file.entry("commission");
        file.string("personne", author);
        file.string("qualite", "enseignant");
        if stage == Stage::Alone {
            return;
        }
        let team = &self.division.team;
        let in_company = self.grid.code.starts_with("E33");
        let second = team.get((shift + 1) % team.len().max(1)).filter(|one| *one != author);
        if let Some(second) = second.filter(|_| !in_company) {
            file.entry("commission");
            file.string("personne", second);
            file.string("qualite", "enseignant");
        }
        let host = self
            .journeys
            .of(self.index)
            .iter()
            .filter(|placement| placement.period.year == self.division.year)
            .find_map(Placement::host);
        let (first, surname) = match host.filter(|_| in_company) {
            Some(host) => (host.tutor.first, host.tutor.surname),
            None => {
                // One professional for the whole class.
                let label = format!("professional/{}/{}", self.session(), self.division.id);
                self.world.outsider(self.sayings, "entreprises", &mut self.world.dice(&label))
            }
        };
        // Without a second teacher, the professional is always there.
        if in_company || second.is_none() || dice.percent(80) {
            file.entry("commission");
            file.string("nom", &surname);
            file.string("prenom", &first);
            file.string("qualite", "professionnel");
        }
    }

    fn harmonise(
        &self,
        file: &mut Document,
        note: f64,
        stage: Stage,
        author: &str,
        dice: &mut Dice,
    ) {
        let Some(year) = self.world.plan.years.get(self.division.year) else {
            return;
        };
        let day = year.harmonisation();
        if stage == Stage::Absent || day > today() || !dice.percent(93) {
            return;
        }
        let change = *dice.pick(&[0.0, 0.0, 0.0, 0.0, 0.5, 0.5, -0.5, 1.0]).unwrap_or(&0.0);
        let made = (note + change).clamp(0.0, 20.0);
        file.table("harmonisation");
        file.value("note", format!("{made:.1}"));
        file.value("le", day);
        file.string("par", author);
        if (made - note).abs() > 0.1 {
            file.string("motif", dice.text(self.sayings.list("ecarts")));
        }
    }
}
