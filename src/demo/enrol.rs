//! Enrols the pupils: fills the seats of each stream, then puts in the turns a schooling takes.

use std::collections::BTreeSet;

use super::calendar::today;
use super::dates::Date;
use super::grammar::Sex;
use super::guardians::{Guardian, Places};
use super::letters;
use super::names::{Ids, Names};
use super::progress::Character;
use super::pupils::{Pupil, Stay};
use super::rng::Dice;
use super::structure::{Level, Plan};

/// A place to fill in a stream: the year its holder enters seconde, and what befalls.
struct Seat {
    entry: i32,
    stream: usize,
    slot: usize,
    /// Extra pupils leave before the end: the rank of their last year here, and the day.
    leaves: Option<(i32, Date)>,
}

/// Enrols the pupils of the current year, those who left in the years kept, and a few who went elsewhere.
pub(crate) fn enrol(
    plan: &Plan,
    names: &Names,
    places: &Places,
    students: usize,
    seed: u64,
) -> Vec<Pupil> {
    let mut registry = Registry {
        plan,
        names,
        places,
        seed,
        large: students >= 30,
        ids: Ids::default(),
        numbers: BTreeSet::new(),
        pupils: Vec::new(),
    };
    for seat in seats(plan, students, seed) {
        registry.enrol(&seat);
    }
    registry.pupils.retain(|pupil| !pupil.stays.is_empty());
    registry.turns();
    registry.name_everyone();
    if let Some(year) = plan.years.last() {
        registry.pupils.iter_mut().for_each(|pupil| letters::lose(pupil, year, seed));
    }
    registry.pupils
}

fn seats(plan: &Plan, students: usize, seed: u64) -> Vec<Seat> {
    let newest = plan.years.last().map_or(0, |year| year.start);
    let oldest = plan.years.first().map_or(0, |year| year.start);
    let mut found = Vec::new();
    // Cohorts that finished within the years kept; a very small school keeps none.
    if students >= 60 {
        for entry in oldest - 2..=newest - 3 {
            for stream in 0..plan.streams.len() {
                let mut dice = Dice::new(seed, &format!("leavers/{entry}/{stream}"));
                let size = (plan.usual as i32 - dice.between(0, 2)).max(1);
                found.extend((0..size as usize).map(|slot| Seat {
                    entry,
                    stream,
                    slot,
                    leaves: None,
                }));
            }
        }
    }
    for level in Level::ALL.into_iter().rev() {
        let entry = newest - level.rank();
        let sizes = &plan.sizes[level.rank() as usize];
        for (stream, size) in sizes.iter().enumerate() {
            found.extend((0..*size).map(|slot| Seat { entry, stream, slot, leaves: None }));
            // One class in two saw a pupil go elsewhere on the way.
            let mut dice = Dice::new(seed, &format!("gone/{entry}/{stream}"));
            let rank = dice.between(0, level.rank());
            let year = entry + rank;
            if *size >= 8 && dice.percent(45) && year >= oldest {
                let day = match dice.below(3) {
                    0 if year < newest => Date::new(year + 1, 7, 5),
                    1 if year < newest => Date::new(year + 1, 1, dice.between(8, 28)),
                    _ => Date::new(year, 10, dice.between(5, 16)),
                };
                found.push(Seat { entry, stream, slot: *size, leaves: Some((rank, day)) });
            }
        }
    }
    found
}

/// Enrols one pupil after the other and keeps numbers unique.
struct Registry<'a> {
    plan: &'a Plan,
    names: &'a Names,
    places: &'a Places,
    seed: u64,
    large: bool,
    ids: Ids,
    numbers: BTreeSet<u64>,
    pupils: Vec<Pupil>,
}

impl Registry<'_> {
    fn enrol(&mut self, seat: &Seat) {
        let plan = self.plan;
        let Some(stream) = plan.streams.get(seat.stream) else {
            return;
        };
        let label = format!("pupil/{}/{}/{}", seat.entry, seat.stream, seat.slot);
        let mut dice = Dice::new(self.seed, &label);
        // A redoublant did one level twice; the level done again, if any. The first streams show one each.
        let shown = self.large && seat.slot == 2 && seat.stream == 0;
        let again = match dice.below(1000) {
            _ if seat.leaves.is_some() => None,
            _ if shown => Some(1),
            0..8 => Some(0),
            8..26 => Some(1),
            26..44 => Some(2),
            _ => None,
        };
        let newest = plan.years.last().map_or(0, |year| year.start);
        // Late entrants come straight into première.
        let late =
            again.is_none() && seat.leaves.is_none() && dice.percent(4) && seat.entry < newest;
        let mixed = plan.diploma(&stream.diploma).is_some()
            && stream.number % 3 == 1
            && matches!(stream.diploma.as_str(), "melec" | "mcv-a" | "agora");
        let apprentice = mixed && dice.percent(26) && seat.leaves.is_none();
        let mut stays = Vec::new();
        let mut first_year = None;
        for (index, year) in plan.years.iter().enumerate() {
            let plain = year.start - seat.entry;
            let rank = if again.is_some_and(|level| plain < level) { plain + 1 } else { plain };
            if seat.leaves.is_some_and(|(last, _)| rank > last) {
                continue;
            }
            let Some(level) = Level::ALL.into_iter().find(|level| level.rank() == rank) else {
                continue;
            };
            if late && level == Level::Seconde {
                continue;
            }
            let Some(division) = plan.class_of(stream, level, index, seat.slot) else {
                continue;
            };
            first_year.get_or_insert(year.start);
            let apprentice = apprentice && level != Level::Seconde;
            stays.push(Stay { division, apprentice, from: None, until: None });
        }
        let cohort = if again.is_some() { seat.entry - 1 } else { seat.entry + i32::from(late) };
        let sex = if dice.percent(self.girls(&stays)) { Sex::Girl } else { Sex::Boy };
        let name = self.names.pupil(&mut dice, sex);
        let older = dice.weighted(&[76, 19, 5]) as i32;
        let birth = Date::new(cohort.min(seat.entry) - 15 - older, 1, 1).plus(dice.between(0, 364));
        let mut inactive = None;
        if let Some((_, day)) = seat.leaves {
            inactive = Some(day);
            if let (Some(last), true) = (stays.last_mut(), day.month() != 7) {
                last.until = Some(day.plus(-1));
            }
        } else if let Some(end) = self.graduation(&stays) {
            inactive = Some(end);
        }
        let eleve_id = (2_000_000 + self.fresh(&mut dice, 7_900_000)).to_string();
        let ine = self.fresh(&mut dice, 900_000_000) + 100_000_000;
        let letters = b"ABCDEFGHJKLMNPRSTUVWXYZ";
        let mut letter = || letters.get(dice.below(letters.len())).map_or('A', |b| char::from(*b));
        let ine = format!("{ine:09}{}{}", letter(), letter());
        let no_ine = if self.large {
            dice.percent(2) || (seat.slot == 4 && seat.stream == 0)
        } else {
            false
        };
        let final_year = stays.iter().any(|stay| {
            plan.divisions.get(stay.division).is_some_and(|d| d.level == Level::Terminale)
        });
        let candidate = if inactive.is_some() && final_year && seat.leaves.is_none() {
            format!("{:010}", 2_500_000_000 + self.fresh(&mut dice, 99_000_000))
        } else if final_year && seat.leaves.is_none() {
            self.entered(&label, &stays)
        } else {
            String::new()
        };
        let character = Character::draw(self.seed, &label);
        let obtained = if seat.leaves.is_none() && inactive.is_some() {
            self.obtained(&label, &stays, character.attitude)
        } else {
            None
        };
        let adult = today().since(birth) > 18 * 365 + 5;
        let mut guardians = self.places.guardians(self.names, &mut dice, &name, adult);
        let refusal = self.refuse(&label, birth, first_year, &mut guardians);
        let usage =
            if dice.per_mille(6) { self.names.surname(&mut dice, 0) } else { String::new() };
        self.pupils.push(Pupil {
            id: label.clone(),
            cohort,
            sex,
            birth,
            usage,
            eleve_id,
            ine: if no_ine { String::new() } else { ine },
            candidate,
            inactive,
            refusal,
            reserved: None,
            lost: None,
            obtained,
            stays,
            guardians,
            character,
            name,
        });
    }

    /// Lets a few families refuse to read the livret online, soon after the pupil comes; gives the day
    /// of a pupil of age who has nobody to do it.
    fn refuse(
        &self,
        label: &str,
        birth: Date,
        first_year: Option<i32>,
        guardians: &mut [Guardian],
    ) -> Option<Date> {
        let mut dice = Dice::new(self.seed, &format!("refus/{label}"));
        let day = Date::new(first_year?, 9, 4).plus(dice.between(0, 24));
        if !dice.percent(3) {
            return None;
        }
        match guardians.first_mut() {
            Some(first) => {
                first.refusal = Some(day);
                None
            }
            None => Some(day).filter(|day| day.since(birth) > 18 * 365 + 5),
        }
    }

    /// Gives the percentage of girls in the first class of a schooling.
    fn girls(&self, stays: &[Stay]) -> usize {
        let division = stays.last().and_then(|stay| self.plan.divisions.get(stay.division));
        division.and_then(|d| self.plan.diploma(&d.diploma)).map_or(50, |diploma| diploma.girls)
    }

    /// Gives the day a pupil left after the final year, when that year is past.
    fn graduation(&self, stays: &[Stay]) -> Option<Date> {
        let division = self.plan.divisions.get(stays.last()?.division)?;
        let past = division.year + 1 < self.plan.years.len();
        let end = self.plan.years.get(division.year)?.span.last;
        past.then(|| end.plus(1))
    }

    /// Gives the number of a candidate of this year: most have received theirs.
    fn entered(&mut self, label: &str, stays: &[Stay]) -> String {
        let mut dice = Dice::new(self.seed, &format!("candidate/{label}"));
        let finals = stays.iter().filter(|stay| {
            self.plan.divisions.get(stay.division).is_some_and(|d| d.level == Level::Terminale)
        });
        // Who takes the exam again keeps the number of the first time.
        if finals.count() > 1 || dice.percent(85) {
            format!("{:010}", 2_500_000_000 + self.fresh(&mut dice, 99_000_000))
        } else {
            String::new()
        }
    }

    /// Gives the diploma a past candidate holds, and the session: nine in ten have it.
    fn obtained(&self, label: &str, stays: &[Stay], attitude: f64) -> Option<(String, i32)> {
        let division = self.plan.divisions.get(stays.last()?.division)?;
        let year = self.plan.years.get(division.year)?;
        let mut dice = Dice::new(self.seed, &format!("diploma/{label}"));
        dice.percent(if attitude < -0.3 { 74 } else { 96 })
            .then(|| (division.diploma.clone(), year.start + 1))
    }

    /// Draws a number that no one has yet.
    fn fresh(&mut self, dice: &mut Dice, bound: usize) -> u64 {
        loop {
            let number = dice.below(bound) as u64;
            // One set serves all kinds of numbers: a kind is told apart by its bound.
            if self.numbers.insert(number + bound as u64 * 1_000_000_000) {
                return number;
            }
        }
    }

    /// Puts the turns in: changes of class, an apprenticeship broken off.
    fn turns(&mut self) {
        if !self.large {
            return;
        }
        let count = self.pupils.len();
        let current = self.plan.years.len() - 1;
        let mut moved = 0;
        let mut broken = 0;
        for index in 0..count {
            let Some(pupil) = self.pupils.get_mut(index) else {
                continue;
            };
            if pupil.inactive.is_some()
                || pupil.stays.iter().any(|stay| stay.from.is_some() || stay.until.is_some())
            {
                continue;
            }
            let Some(place) = pupil.stays.len().checked_sub(2) else {
                continue;
            };
            let Some(stay) = pupil.stays.get(place).cloned() else {
                continue;
            };
            let Some(division) = self.plan.divisions.get(stay.division) else {
                continue;
            };
            let start = self.plan.years.get(division.year).map_or(0, |year| year.start);
            if stay.apprentice && broken <= count / 200 {
                broken += 1;
                pupil.stays.insert(place, Stay { until: Some(Date::new(start + 1, 1, 3)), ..stay });
                if let Some(second) = pupil.stays.get_mut(place + 1) {
                    second.apprentice = false;
                    second.from = Some(Date::new(start + 1, 1, 4));
                }
                pupil.stays.iter_mut().skip(place + 2).for_each(|stay| stay.apprentice = false);
            } else if division.level == Level::Seconde && moved <= count / 120 && index % 7 == 3 {
                // Reoriented in the autumn: from another seconde to the one the schooling goes on from.
                let other = self.plan.divisions.iter().position(|d| {
                    d.year == division.year
                        && d.level == division.level
                        && d.id != division.id
                        && d.year < current
                });
                let Some(other) = other else { continue };
                moved += 1;
                pupil.stays.insert(
                    place,
                    Stay { division: other, until: Some(Date::new(start, 11, 8)), ..stay },
                );
                if let Some(second) = pupil.stays.get_mut(place + 1) {
                    second.from = Some(Date::new(start, 11, 9));
                }
            }
        }
        self.swap_this_year(current);
    }

    /// Moves one pupil of this year between two classes of one level, after the autumn holiday.
    fn swap_this_year(&mut self, current: usize) {
        let plan = self.plan;
        let Some(start) = plan.years.get(current).map(|year| year.start) else {
            return;
        };
        for pupil in &mut self.pupils {
            let Some(stay) = pupil.stays.last().cloned() else {
                continue;
            };
            let Some(here) = plan.divisions.get(stay.division) else {
                continue;
            };
            if here.year != current
                || pupil.inactive.is_some()
                || stay.apprentice
                || stay.from.is_some()
            {
                continue;
            }
            let other = plan.divisions.iter().position(|d| {
                d.year == current
                    && d.level == here.level
                    && d.id != here.id
                    && (d.diploma == here.diploma || d.diploma == "mrc")
            });
            let Some(other) = other else { continue };
            let last = pupil.stays.len() - 1;
            pupil.stays.insert(
                last,
                Stay { until: Some(Date::new(start, 11, 1)), division: other, ..stay },
            );
            if let Some(second) = pupil.stays.last_mut() {
                second.from = Some(Date::new(start, 11, 2));
            }
            return;
        }
    }

    /// Gives identifiers, after the uncommon names and the homonyms have been put in.
    fn name_everyone(&mut self) {
        let count = self.pupils.len();
        if count >= 60 {
            for (rank, one) in self.names.singular.iter().enumerate() {
                // Past the leavers, so that they can be met in this year's classes.
                let wanted = count * 2 / 5
                    + (rank * 2 + 1) * (count * 3 / 5) / (self.names.singular.len() * 2);
                let found = self
                    .pupils
                    .iter()
                    .skip(wanted)
                    .position(|pupil| pupil.sex == one.sex)
                    .map(|place| place + wanted);
                if let Some(pupil) = found.and_then(|place| self.pupils.get_mut(place)) {
                    pupil.name.surname.clone_from(&one.surname);
                    pupil.name.first.clone_from(&one.first);
                }
            }
        }
        if self.large {
            self.homonym(count * 9 / 20, count * 9 / 10, false);
            self.homonym(count / 2, count * 4 / 5, true);
        }
        for pupil in &mut self.pupils {
            pupil.id = self.ids.give(&handle(&pupil.name.surname, &pupil.name.first));
        }
    }

    /// Gives a pupil after `to` the name (and, if asked, the birth date) of one after `from`.
    fn homonym(&mut self, from: usize, to: usize, same_birth: bool) {
        let Some((name, sex, birth)) =
            self.pupils.get(from).map(|pupil| (pupil.name.clone(), pupil.sex, pupil.birth))
        else {
            return;
        };
        let found = self
            .pupils
            .iter_mut()
            .skip(to)
            .find(|pupil| pupil.sex == sex && pupil.inactive.is_none());
        if let Some(pupil) = found {
            pupil.name = name;
            if same_birth {
                pupil.birth = birth;
            }
        }
    }
}

/// Makes the text an identifier comes from: surname and first name, whole unless they are endless.
fn handle(surname: &str, first: &str) -> String {
    if surname.chars().count() + first.chars().count() <= 48 {
        return format!("{surname} {first}");
    }
    let cut = |text: &str| {
        text.split_inclusive([' ', '-'])
            .scan(0, |length, word| {
                *length += word.chars().count();
                (*length <= 26).then_some(word)
            })
            .collect::<String>()
    };
    format!("{} {}", cut(surname), cut(first))
}
