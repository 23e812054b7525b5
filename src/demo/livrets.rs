//! The livrets scolaires: complete and sent for past years, under way for this one.

use super::calendar::{SchoolYear, today};
use super::corpus::{list, number, strings, text};
use super::dates::Date;
use super::emit::Document;
use super::judgement::standing;
use super::portfolios::Placement;
use super::progress::Mark;
use super::pupils::Pupil;
use super::reviews::Sitting;
use super::rng::{Dice, fingerprint};
use super::sayings::Sayings;
use super::structure::{Division, Level};
use super::trades::Trades;
use super::world::{Journeys, World};

/// What the livret asks for in some sessions.
pub(crate) struct Rules {
    first: i32,
    last: i32,
    levels: Vec<String>,
    opinion: usize,
    placements: usize,
    project: Option<usize>,
}

/// Reads the rules from the text of the rules common to all diplomas.
pub(crate) fn rules(common: Option<&String>) -> Vec<Rules> {
    let table: toml::Table = common.and_then(|source| source.parse().ok()).unwrap_or_default();
    let length =
        |one: &toml::Table, key: &str| number(one, key).and_then(|n| usize::try_from(n).ok());
    list(&table, "livret")
        .map(|one| Rules {
            first: number(one, "premiere_session").unwrap_or(0),
            last: number(one, "derniere_session").unwrap_or(9999),
            levels: strings(one, "niveaux"),
            opinion: length(one, "appreciation_max").unwrap_or(300),
            placements: length(one, "pfmp_max").unwrap_or(300),
            project: (!text(one, "projet").is_empty())
                .then(|| length(one, "projet_max").unwrap_or(300)),
        })
        .collect()
}

/// Writes livrets.
pub(crate) struct Secretariat<'a> {
    pub(crate) world: &'a World<'a>,
    pub(crate) journeys: &'a Journeys<'a>,
    pub(crate) sayings: &'a Sayings,
    pub(crate) trades: &'a Trades,
    pub(crate) rules: &'a [Rules],
}

impl Secretariat<'_> {
    /// Writes the livrets of a pupil: path relative to `content/`, text.
    pub(crate) fn write(&self, index: usize, sittings: &[Sitting]) -> Vec<(String, String)> {
        let Some(pupil) = self.world.pupils.get(index) else {
            return Vec::new();
        };
        let plan = self.world.plan;
        let mut found = Vec::new();
        for (number, year) in plan.years.iter().enumerate() {
            // The last class of the year decides, and the status in it.
            let stay =
                pupil.stays.iter().rev().find(|stay| {
                    plan.divisions.get(stay.division).is_some_and(|d| d.year == number)
                });
            let Some(stay) = stay else { continue };
            let Some(division) = plan.divisions.get(stay.division) else {
                continue;
            };
            let gone =
                stay.until.is_some() || pupil.inactive.is_some_and(|day| day <= year.span.last);
            if stay.apprentice || gone {
                continue;
            }
            let page = Page { office: self, index, pupil, year, division, sittings };
            if let Some(text) = page.write() {
                found.push((format!("{}/lsl/{}.toml", pupil.folder(), year.label()), text));
            }
        }
        found
    }

    /// Finds the rules of a class.
    fn rules_of(&self, division: &Division, year: &SchoolYear) -> Option<&Rules> {
        let session = year.start + 3 - division.level.rank();
        self.rules.iter().find(|rules| {
            rules.first <= session
                && session <= rules.last
                && rules.levels.iter().any(|level| level == division.level.code())
        })
    }
}

/// The livret of a pupil for a year.
struct Page<'a> {
    office: &'a Secretariat<'a>,
    index: usize,
    pupil: &'a Pupil,
    year: &'a SchoolYear,
    division: &'a Division,
    sittings: &'a [Sitting],
}

impl Page<'_> {
    fn write(&self) -> Option<String> {
        let rules = self.office.rules_of(self.division, self.year)?;
        let world = self.office.world;
        let referential = world.known.get(&self.division.diploma)?;
        if referential.expected.is_empty() {
            return None;
        }
        let past = self.division.year + 1 < world.plan.years.len();
        let mut dice = world.dice(&format!("livret/{}/{}", self.pupil.id, self.year.start));
        // This year, a teacher in two has begun.
        if !past && !dice.percent(58) {
            return None;
        }
        let day = if past { self.year.span.last } else { today() };
        // The marks of the year say how it went; without any, the teacher goes by the competences.
        let marks: Vec<f64> = self.held().filter_map(|sitting| sitting.note).collect();
        let mean = if marks.is_empty() {
            world.overall(self.pupil, self.division, day).map(|mean| mean.clamp(1.0, 4.0))
        } else {
            Some((marks.iter().sum::<f64>() / marks.len() as f64 - 1.6) / 4.15)
        };
        let manner = standing(mean);
        let mut file = Document::new();
        if past || dice.percent(12) {
            file.prose(
                "appreciation",
                &self.say("appreciations", manner, rules.opinion, &mut dice),
            );
        }
        let team = &self.division.team;
        if past || dice.percent(80) {
            let several = team.len() > 1 && dice.percent(45);
            file.strings("enseignants", team.get(..if several { 2 } else { 1 }).unwrap_or(team));
        }
        file.table("niveaux");
        for (code, gathered) in &referential.expected {
            // Lines that gather several competences wait for a decision.
            let missing = if gathered.len() > 1 { 55 } else { 25 };
            if !past && dice.percent(missing) {
                continue;
            }
            let all: Vec<f64> = gathered
                .iter()
                .map(|one| world.mastery(self.pupil, self.division, one, day))
                .collect();
            let mean = all.iter().sum::<f64>() / all.len().max(1) as f64;
            file.value(code, Mark::of(mean - 0.1 + dice.around(0.3)).value());
        }
        self.notes(&mut file, past, &mut dice);
        self.placements(&mut file, rules, past, manner, &mut dice);
        if let Some(limit) = rules.project {
            self.project(&mut file, limit, past, mean.unwrap_or(2.0), &mut dice);
        }
        if past {
            self.sendings(&mut file, &mut dice);
        }
        Some(file.finish())
    }

    /// Walks the reviews of the year, in classes that have the same periods.
    fn held(&self) -> impl Iterator<Item = &Sitting> {
        let Division { year, trimesters, .. } = *self.division;
        self.sittings.iter().filter(move |sitting| {
            let division = self.office.world.plan.divisions.get(sitting.division);
            division.is_some_and(|d| d.year == year && d.trimesters == trimesters)
        })
    }

    /// Writes the mark of each period, beside its review; "NN" where there was none.
    fn notes(&self, file: &mut Document, past: bool, dice: &mut Dice) {
        for (rank, period) in self.year.periods(self.division).iter().enumerate() {
            let sitting = self.held().find(|sitting| sitting.rank == rank);
            if !past && (sitting.is_none_or(|one| one.note.is_none()) || dice.percent(25)) {
                continue;
            }
            file.entry("notes");
            file.string("periode", &period.code);
            if let Some(sitting) = sitting {
                file.value("bilan", sitting.date);
            }
            match sitting.and_then(|sitting| sitting.note) {
                Some(note) => file.value("note", format!("{note:.1}")),
                None => file.value("non_note", true),
            }
        }
    }

    fn placements(
        &self,
        file: &mut Document,
        rules: &Rules,
        past: bool,
        manner: &str,
        dice: &mut Dice,
    ) {
        if !past && !dice.percent(35) {
            return;
        }
        let sex = self.pupil.sex;
        let end = if past { self.year.span.last } else { today() };
        let hosts: Vec<_> = self
            .office
            .journeys
            .of(self.index)
            .iter()
            .filter(|placement| placement.period.span.last <= end && !placement.period.apprentices)
            .filter_map(Placement::host)
            .collect();
        let mut named: Vec<String> = Vec::new();
        for host in &hosts {
            let told = host.name.to_lowercase().contains(&host.kind.activity);
            let one = if told {
                host.name.clone()
            } else {
                format!("{} ({})", host.name, host.kind.activity)
            };
            if !named.contains(&one) {
                named.push(one);
            }
        }
        let abroad = hosts.iter().find(|host| !host.country.is_empty());
        let all = named.join(", ");
        let values = [
            ("prenom", self.pupil.name.first.as_str()),
            ("liste", all.as_str()),
            ("pays", abroad.map_or("", |host| host.country.as_str())),
        ];
        let say = |path: &str, dice: &mut Dice| self.office.sayings.say(path, sex, &values, dice);
        let mut parts: Vec<String> = Vec::new();
        if named.is_empty() {
            parts.push(say("pfmp.aucune", dice));
        } else {
            parts.push(say("pfmp.debuts", dice));
            parts.push(say(&format!("pfmp.{manner}"), dice));
            let reserved = matches!(manner, "fragile" | "alerte") && dice.percent(60);
            parts.push(say(if reserved { "pfmp.reserves" } else { "pfmp.sociales" }, dice));
            if abroad.is_some() {
                parts.push(say("pfmp.etranger", dice));
            }
        }
        file.table("pfmp");
        // Under way, one of the two is still to come.
        let (synthesis, teacher) =
            if past { (true, true) } else { (dice.percent(60), dice.percent(60)) };
        if synthesis {
            file.prose("synthese", &within(&parts, rules.placements));
        }
        if teacher || !synthesis {
            let by = fingerprint(&self.pupil.id) as usize % self.division.team.len().max(1);
            file.optional("enseignant", self.division.team.get(by).map_or("", String::as_str));
        }
        if abroad.is_some() {
            file.value("etranger", true);
        }
    }

    fn project(&self, file: &mut Document, limit: usize, past: bool, mean: f64, dice: &mut Dice) {
        if !past && !dice.percent(20) {
            return;
        }
        let Some(family) = self.office.trades.family(&self.division.diploma) else {
            return;
        };
        let projects = self.office.sayings.list(&format!("projets.{}", family.name));
        let label = format!("project/{}/{}", self.year.start, self.division.id);
        let title = self.office.world.dice(&label).text(projects).to_owned();
        let manner = match mean {
            3.0.. => "fort",
            2.2.. => "moyen",
            _ => "faible",
        };
        let said = self.say("projets", manner, limit, dice);
        let note = ((mean * 4.0 + 2.5 + dice.around(1.0)) * 2.0).round() / 2.0;
        file.table("projet");
        if past {
            file.value("note", format!("{:.1}", note.clamp(4.0, 20.0)));
        }
        file.prose("synthese", &within(&[format!("{title}."), said], limit));
        if past || dice.percent(60) {
            let teachers: Vec<&String> = self.division.team.iter().rev().take(1).collect();
            file.strings("enseignants", &teachers);
        }
    }

    fn sendings(&self, file: &mut Document, dice: &mut Dice) {
        let staff = self.office.world.staff;
        let first = self.year.open_from(Date::new(self.year.session(), 6, 17));
        let by = if self.division.level == Level::Terminale { staff.head() } else { staff.ddfpt() };
        file.entry("envois");
        file.value("le", first);
        file.string("par", by);
        if dice.percent(8) {
            file.entry("envois");
            file.value("le", self.year.open_from(first.plus(5)));
            file.string("par", by);
            file.string("remarque", dice.text(self.office.sayings.list("remarques.envois")));
        }
    }

    fn say(&self, path: &str, manner: &str, limit: usize, dice: &mut Dice) -> String {
        let values = [("prenom", self.pupil.name.first.as_str())];
        let path = format!("{path}.{manner}");
        within(&[self.office.sayings.say(&path, self.pupil.sex, &values, dice)], limit)
    }
}

/// Joins as many sentences as a box holds.
fn within(sentences: &[String], limit: usize) -> String {
    let mut out = String::new();
    for sentence in sentences {
        let space = usize::from(!out.is_empty());
        if out.chars().count() + space + sentence.chars().count() > limit {
            break;
        }
        if space > 0 {
            out.push(' ');
        }
        out.push_str(sentence);
    }
    out
}
