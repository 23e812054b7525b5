//! The letters of the families' site in the current year: handed over, lost, refused, kept by who is of age.

use super::calendar::{SchoolYear, today};
use super::corpus::text;
use super::dates::Date;
use super::emit::Document;
use super::guardians::Guardian;
use super::pupils::Pupil;
use super::rng::Dice;
use super::world::World;

/// Days of September and October on which the service opens: decided, on line, letters, refusals.
const STEPS: [(&str, i32, i32); 4] =
    [("activation", 9, 7), ("ouverture", 9, 14), ("notification", 9, 18), ("refus_avant", 10, 2)];

/// Writes the table of `school.toml` that opens the service.
pub(crate) fn open(file: &mut Document, table: &toml::Table, year: &SchoolYear) {
    file.table("familles");
    file.string("adresse", &format!("https://familles.{}/", text(table, "domaine")));
    for (key, month, day) in STEPS {
        file.value(key, Date::new(year.start, month, day));
    }
}

/// The day letters are handed over.
fn handed(year: &SchoolYear) -> Date {
    year.open_from(Date::new(year.start, STEPS[2].1, STEPS[2].2))
}

/// Lets a few letters be lost, and a few pupils of age keep their page: only those who are still here.
pub(crate) fn lose(pupil: &mut Pupil, year: &SchoolYear, seed: u64) {
    let newest = |stay: &super::pupils::Stay| stay.until.is_none();
    if pupil.inactive.is_some() || !pupil.stays.last().is_some_and(newest) {
        return;
    }
    let mut dice = Dice::new(seed, &format!("lettres/{}", pupil.id));
    let first = handed(year);
    let mut lost = |refused: bool| {
        let day = first.plus(dice.between(9, 58));
        (dice.percent(3) && !refused).then_some(day)
    };
    for guardian in &mut pupil.guardians {
        guardian.lost = lost(guardian.refusal.is_some());
    }
    pupil.lost = lost(pupil.refusal.is_some());
    let asked = Date::new(year.start, 10, 5).plus(dice.between(0, 44));
    let of_age = asked.since(pupil.birth) > 18 * 365 + 5;
    let guarded = !pupil.guardians.is_empty();
    pupil.reserved = Some(asked).filter(|_| of_age && guarded && dice.percent(35));
}

/// Somebody who has a letter: the name on the sheet (none for the pupil), the day of a loss, of a refusal.
type Reader = (Option<String>, Option<Date>, Option<Date>);

fn readers(pupil: &Pupil) -> Vec<Reader> {
    let guardian = |one: &Guardian| (Some(one.titled()), one.lost, one.refusal);
    let mut all: Vec<Reader> = pupil.guardians.iter().map(guardian).collect();
    all.push((None, pupil.lost, pupil.refusal));
    all
}

/// Writes the sheets that are signed for letters: one a class, then one for those that replace others.
pub(crate) fn write(world: &World<'_>, number: usize, year: &SchoolYear) -> Vec<(String, String)> {
    let mut found = Vec::new();
    let day = handed(year);
    let path = |name: &str| format!("register/{}/deliveries/{name}.toml", year.session());
    let divisions = world.plan.divisions.iter().enumerate();
    for (place, division) in divisions.filter(|(_, division)| division.year == number) {
        let mut dice = world.dice(&format!("lettres/{}/{}", year.start, division.id));
        let mut members: Vec<&Pupil> =
            world.pupils.iter().filter(|pupil| pupil.stay(place, day).is_some()).collect();
        members.sort_by(|a, b| a.id.cmp(&b.id));
        // The letters of a class or two wait in a drawer.
        if members.is_empty() || dice.percent(12) {
            continue;
        }
        let mut sheet = Sheet::new(world.staff.ddfpt(), day, "ouverture du site des familles");
        for pupil in members {
            for (name, _, refused) in readers(pupil) {
                // Who refused at the inscription gets nothing; some are not there that day.
                if refused.is_some_and(|refusal| refusal <= day) || dice.percent(5) {
                    continue;
                }
                let late = dice.percent(10).then(|| year.open_from(day.plus(dice.between(1, 12))));
                sheet.copy(&pupil.id, name.as_deref(), late, dice.percent(94));
            }
        }
        found.extend(sheet.finish().map(|text| (path(&format!("lettres-{}", division.id)), text)));
    }
    found.extend(replaced(world, year).map(|text| (path("lettres-remplacees"), text)));
    found
}

/// The letters that replace those that were lost, most of them some days later.
fn replaced(world: &World<'_>, year: &SchoolYear) -> Option<String> {
    let mut lost: Vec<(Date, &str, Option<String>)> = Vec::new();
    for pupil in world.pupils {
        let mut dice = world.dice(&format!("remplacees/{}", pupil.id));
        for (name, lost_on, _) in readers(pupil) {
            let Some(lost_on) = lost_on else { continue };
            let day = year.open_from(lost_on.plus(dice.between(1, 6)));
            if day < today() && dice.percent(70) {
                lost.push((day, &pupil.id, name));
            }
        }
    }
    lost.sort();
    let first = lost.first()?.0;
    let mut sheet = Sheet::new(world.staff.head(), first, "lettres perdues");
    for (day, id, name) in &lost {
        sheet.copy(id, name.as_deref(), (*day != first).then_some(*day), true);
    }
    sheet.finish()
}

/// A sheet that is signed.
struct Sheet {
    file: Document,
    copies: usize,
}

impl Sheet {
    fn new(by: &str, day: Date, reason: &str) -> Self {
        let mut file = Document::new();
        file.string("document", "acces");
        file.value("date", day);
        file.string("par", by);
        file.string("motif", reason);
        Self { file, copies: 0 }
    }

    fn copy(&mut self, pupil: &str, name: Option<&str>, day: Option<Date>, signed: bool) {
        self.copies += 1;
        self.file.entry("remises");
        self.file.string("eleve", pupil);
        self.file.optional("destinataire", name.unwrap_or_default());
        if let Some(day) = day {
            self.file.value("le", day);
        }
        if signed {
            self.file.value("emargement", true);
        }
    }

    fn finish(self) -> Option<String> {
        (self.copies > 0).then(|| self.file.finish())
    }
}
