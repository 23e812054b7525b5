//! The shape of the school: streams, divisions of each year, their names and their sizes.

use std::collections::BTreeMap;

use super::calendar::SchoolYear;
use super::corpus::{Corpus, list, number, strings, sub, text};
use super::emit::Document;
use super::referential::Referential;
use super::rng::Dice;

/// A level of study.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Level {
    Seconde,
    Premiere,
    Terminale,
}

impl Level {
    pub(crate) const ALL: [Self; 3] = [Self::Seconde, Self::Premiere, Self::Terminale];

    pub(crate) fn code(self) -> &'static str {
        match self {
            Self::Seconde => "seconde",
            Self::Premiere => "premiere",
            Self::Terminale => "terminale",
        }
    }

    /// Gives the rank of the year of study: 0, 1, 2.
    pub(crate) fn rank(self) -> i32 {
        self as i32
    }

    fn mark(self) -> &'static str {
        match self {
            Self::Seconde => "2",
            Self::Premiere => "1",
            Self::Terminale => "T",
        }
    }
}

/// What the corpus says of a diploma.
#[derive(Clone)]
pub(crate) struct Diploma {
    pub(crate) code: String,
    pub(crate) short: String,
    pub(crate) girls: usize,
    pub(crate) department: String,
    pub(crate) place: String,
    mef: String,
    trimesters: bool,
}

/// A class of one year.
pub(crate) struct Division {
    pub(crate) id: String,
    pub(crate) name: String,
    pub(crate) diploma: String,
    pub(crate) department: String,
    /// Where the trade is learnt, as remarks say it.
    pub(crate) place: String,
    pub(crate) level: Level,
    /// Place of the school year in the plan.
    pub(crate) year: usize,
    pub(crate) number: usize,
    pub(crate) trimesters: bool,
    pub(crate) industrial: bool,
    mef: String,
    /// Professional teachers, the form teacher first.
    pub(crate) team: Vec<String>,
}

/// A line of classes from seconde to terminale.
pub(crate) struct Stream {
    pub(crate) diploma: String,
    /// Its number among the streams of the same diploma, from 1.
    pub(crate) number: usize,
    /// Its number among the streams that share the seconde of the family, from 1.
    pub(crate) family_number: usize,
}

/// The whole plan of the school.
pub(crate) struct Plan {
    pub(crate) years: Vec<SchoolYear>,
    pub(crate) streams: Vec<Stream>,
    pub(crate) divisions: Vec<Division>,
    pub(crate) diplomas: Vec<Diploma>,
    /// Pupils of the current year by level, then by stream.
    pub(crate) sizes: [Vec<usize>; 3],
    /// How many pupils a past class had, on average.
    pub(crate) usual: usize,
    /// How many secondes the family "métiers de la relation client" fills.
    secondes: usize,
    by_place: BTreeMap<(usize, Level, String, usize), usize>,
}

/// Diplomas whose seconde is that of the family "métiers de la relation client".
const FAMILY: [&str; 3] = ["mcv-a", "mcv-b", "ma"];

impl Plan {
    pub(crate) fn draw(
        corpus: &Corpus,
        students: usize,
        years: usize,
        seed: u64,
        known: &BTreeMap<String, Referential>,
    ) -> Self {
        let diplomas: Vec<Diploma> = list(&corpus.school, "diplomes").map(diploma).collect();
        let years = SchoolYear::load(corpus, years);
        let order = sub(&corpus.school, "filieres");
        let first = order.map(|t| strings(t, "premiers")).unwrap_or_default();
        let next = order.map(|t| strings(t, "suivants")).unwrap_or_default();
        let levels: &[Level] = match students {
            0..12 => &Level::ALL[2..],
            12..27 => &Level::ALL[1..],
            _ => &Level::ALL,
        };
        // Small schools have small classes: 10 pupils at first, 18 from 200 pupils on.
        let class = 10.0 + 8.0 * (students.min(200) as f64) / 200.0;
        let count = (students as f64 / (class * levels.len() as f64)).round().max(1.0) as usize;
        // Even a small school shows every diploma, as soon as fifteen pupils can share one.
        let various = first.iter().filter(|code| known.contains_key(*code)).count();
        let count = count.max(various.min(students / 15));
        let wished =
            first.iter().chain(next.iter().cycle()).filter(|code| known.contains_key(*code));
        let mut streams: Vec<Stream> = Vec::new();
        if first.iter().any(|code| known.contains_key(code)) {
            for code in wished.take(count) {
                let number = streams.iter().filter(|s| s.diploma == *code).count() + 1;
                let in_family = |code: &str| FAMILY.contains(&code);
                let family_number = streams.iter().filter(|s| in_family(&s.diploma)).count() + 1;
                streams.push(Stream { diploma: code.clone(), number, family_number });
            }
        }
        let mut dice = Dice::new(seed, "sizes");
        let mut sizes = [vec![0; streams.len()], vec![0; streams.len()], vec![0; streams.len()]];
        share(students, levels, &mut sizes, &mut dice);
        let in_family: usize = streams
            .iter()
            .zip(&sizes[0])
            .filter(|(stream, _)| FAMILY.contains(&stream.diploma.as_str()))
            .map(|(_, size)| *size)
            .sum();
        let families =
            streams.iter().filter(|s| FAMILY.contains(&s.diploma.as_str())).count().max(1);
        let secondes = in_family.div_ceil(20).clamp(1, families);
        let usual = sizes.iter().flatten().copied().max().unwrap_or(0);
        let mut plan = Self {
            years,
            streams,
            divisions: Vec::new(),
            diplomas,
            sizes,
            usual,
            secondes,
            by_place: BTreeMap::new(),
        };
        plan.open_divisions(known);
        plan
    }

    /// Gives the diploma a stream teaches at a level in a school year.
    pub(crate) fn taught(&self, stream: &Stream, level: Level, year: usize) -> String {
        let start = self.years.get(year).map_or(0, |year| year.start);
        if level == Level::Seconde && FAMILY.contains(&stream.diploma.as_str()) {
            "mrc".to_owned()
        } else if stream.diploma == "ciel" && level == Level::Terminale && start <= 2024 {
            // The last session of SN, before CIEL's first.
            "sn".to_owned()
        } else {
            stream.diploma.clone()
        }
    }

    /// Finds the class of a stream; `slot` spreads the pupils of a family over its secondes.
    pub(crate) fn class_of(
        &self,
        stream: &Stream,
        level: Level,
        year: usize,
        slot: usize,
    ) -> Option<usize> {
        let diploma = self.taught(stream, level, year);
        let number = if diploma == "mrc" {
            (stream.family_number - 1 + slot) % self.secondes + 1
        } else {
            stream.number
        };
        self.by_place.get(&(year, level, diploma, number)).copied()
    }

    /// Finds what the corpus says of a diploma.
    pub(crate) fn diploma(&self, code: &str) -> Option<&Diploma> {
        self.diplomas.iter().find(|diploma| diploma.code == code)
    }

    fn open_divisions(&mut self, known: &BTreeMap<String, Referential>) {
        for year in 0..self.years.len() {
            for level in Level::ALL {
                for index in 0..self.streams.len() {
                    let Some(stream) = self.streams.get(index) else {
                        continue;
                    };
                    let code = self.taught(stream, level, year);
                    let (number, alone) = if code == "mrc" {
                        ((stream.family_number - 1) % self.secondes + 1, self.secondes == 1)
                    } else {
                        let same = |s: &&Stream| self.taught(s, level, year) == code;
                        (stream.number, self.streams.iter().filter(same).count() == 1)
                    };
                    if self.by_place.contains_key(&(year, level, code.clone(), number)) {
                        continue;
                    }
                    let Some(diploma) = self.diploma(&code).filter(|_| known.contains_key(&code))
                    else {
                        continue;
                    };
                    let division = open(diploma, level, year, number, alone);
                    let place = (year, level, code, number);
                    self.by_place.insert(place, self.divisions.len());
                    self.divisions.push(division);
                }
            }
        }
    }

    /// Keeps only the classes that have pupils.
    pub(crate) fn write_classes(&self, year: usize, keep: &dyn Fn(usize) -> bool) -> String {
        let mut file = Document::new();
        for (index, division) in self.divisions.iter().enumerate() {
            if division.year != year || !keep(index) {
                continue;
            }
            file.table(&format!("classes.{}", division.id));
            file.string("nom", &division.name);
            file.string("diplome", &division.diploma);
            file.string("niveau", division.level.code());
            file.optional("mef", &division.mef);
            if let Some(form_teacher) = division.team.first() {
                file.string("professeur_principal", form_teacher);
            }
            let mut team = division.team.clone();
            team.sort();
            file.strings("equipe", &team);
        }
        file.finish()
    }
}

/// Shares the pupils of the current year: the remainder goes to the youngest, then neighbours trade a few.
fn share(students: usize, levels: &[Level], sizes: &mut [Vec<usize>; 3], dice: &mut Dice) {
    let streams = sizes[0].len();
    let places = streams * levels.len();
    if places == 0 {
        return;
    }
    let (base, mut extra) = (students / places, students % places);
    for level in levels {
        let row = &mut sizes[level.rank() as usize];
        for size in row.iter_mut() {
            let more = usize::from(extra > 0);
            *size = base + more;
            extra -= more;
        }
        for index in 1..row.len() {
            let moved = dice.below(3).min(row[index] / 6);
            row[index] -= moved;
            row[index - 1] += moved;
        }
    }
}

fn open(diploma: &Diploma, level: Level, year: usize, number: usize, alone: bool) -> Division {
    let mut name = format!("{} {}", level.mark(), diploma.short);
    if !alone {
        name.push_str(&format!(" {number}"));
    }
    let mef = if diploma.mef.is_empty() {
        String::new()
    } else {
        format!("{}3{}1", diploma.mef, level.rank() + 1)
    };
    Division {
        id: name.chars().filter(char::is_ascii_alphanumeric).collect::<String>().to_lowercase(),
        name,
        diploma: diploma.code.clone(),
        department: diploma.department.clone(),
        place: diploma.place.clone(),
        level,
        year,
        number,
        trimesters: diploma.trimesters,
        industrial: matches!(diploma.department.as_str(), "electricite" | "numerique"),
        mef,
        team: Vec::new(),
    }
}

fn diploma(table: &toml::Table) -> Diploma {
    Diploma {
        code: text(table, "code"),
        short: text(table, "nom"),
        girls: number(table, "filles").and_then(|n| usize::try_from(n).ok()).unwrap_or(50),
        department: text(table, "departement"),
        place: text(table, "lieu"),
        mef: text(table, "mef"),
        trimesters: table.get("trimestres").and_then(toml::Value::as_bool).unwrap_or(false),
    }
}
