//! What the DDFPT brings: the repository itself, calendars in summer, the import at the rentrée, and
//! what changes for staff and pupils in between.

use std::collections::{BTreeMap, BTreeSet};

use super::cast::{of_learners, start, text};
use super::clock::Moment;
use super::lessons::Stray;
use super::parts::{Part, Record, read_date};
use super::plan::Plan;
use super::{EventKind, finals_day};
use crate::demo::dates::Date;
use crate::demo::imports;
use crate::text::count;

/// The table of `school.toml` that opens the families' site.
const FAMILIES: &str = "[familles]";

/// A school year whose classes are not known yet.
const NO_CLASSES: &str = "classes = {}\n";

/// The moment pupils and staff of a school year are brought in.
pub(crate) fn import(year: i32) -> Moment {
    Moment::at(imports::day(year), 10, 12)
}

/// Plans what the DDFPT brings.
pub(crate) fn plan(plan: &mut Plan<'_>, stray: Option<&Stray>) {
    let mended = mended(plan, stray);
    found(plan, mended);
    calendars(plan);
    staff(plan, mended);
    imports(plan, mended);
    families(plan);
    pupils(plan);
}

fn label(year: i32) -> String {
    format!("{year}-{}", year + 1)
}

/// The establishment as it was in a school year.
fn school(plan: &Plan<'_>, year: i32) -> String {
    let mut record = Record::read(text(plan.files, "school.toml"));
    record.head_mut().set("annee", &format!("\"{}\"", label(year)));
    // The families' site opens after the last rentrée: see `families`.
    record.keep(|part| part.title != FAMILIES).write()
}

/// The opening of the families' site, step by step: each is dated when it is done.
fn families(plan: &mut Plan<'_>) {
    const STEPS: [(&str, &str); 3] = [
        ("activation", "Ouvre le site des familles"),
        ("ouverture", "Site des familles mis en ligne"),
        ("notification", "Lettres d’accès remises aux familles"),
    ];
    let whole = Record::read(text(plan.files, "school.toml"));
    for (rank, (key, message)) in STEPS.into_iter().enumerate() {
        let Some(day) = whole.part(FAMILIES).and_then(|part| part.date(key)) else { continue };
        let mut record = whole.clone();
        if let Some(part) = record.part_mut(FAMILIES) {
            STEPS[rank + 1..].iter().for_each(|(later, _)| part.remove(later));
            if rank + 1 < STEPS.len() {
                part.remove("refus_avant");
            }
        }
        let at = plan.work(day, message);
        let mut act = plan.act(at, plan.cast.ddfpt, "", message.to_owned());
        act.direct = true;
        plan.put(&mut act, "school.toml", record.write());
        plan.push(act);
    }
}

fn found(plan: &mut Plan<'_>, mended: Option<(&Stray, Moment)>) {
    let at = Moment::at(plan.founded(), 9, 4);
    let first = plan.cast.years.first().copied().unwrap_or(0);
    let message = "Ouvre le dépôt : établissement, équipe, référentiels".to_owned();
    let mut act = plan.act(at, plan.cast.ddfpt, "", message);
    act.direct = true;
    let text = school(plan, first);
    plan.put(&mut act, "school.toml", text);
    plan.put_final(&mut act, "logo.png");
    let known: Vec<String> =
        plan.files.keys().filter(|path| path.starts_with("referentials/")).cloned().collect();
    for path in known {
        plan.put_final(&mut act, &path);
    }
    let text = staff_at(plan, at, mended);
    plan.put(&mut act, "staff.toml", text);
    let path = format!("calendar/{}.toml", label(first));
    let text = calendar(plan, &path, 0);
    plan.put(&mut act, &path, text);
    let path = format!("classes/{}.toml", label(first));
    plan.put(&mut act, &path, NO_CLASSES.to_owned());
    plan.push(act);
}

/// A calendar as it grows: periods and PFMP in summer, exams and PRONOTE in autumn, the service of livrets last.
fn calendar(plan: &Plan<'_>, path: &str, stage: usize) -> String {
    let stage_of = |part: &Part| match part.title.as_str() {
        "[[certification]]" | "[[pronote]]" => 1,
        "[service_lsl]" => 2,
        _ => 0,
    };
    Record::read(text(plan.files, path)).keep(|part| stage_of(part) <= stage).write()
}

fn calendars(plan: &mut Plan<'_>) {
    for (rank, year) in plan.cast.years.clone().into_iter().enumerate() {
        let path = format!("calendar/{}.toml", label(year));
        let spring = Date::new(year + 1, 2, 3);
        let days =
            [Date::new(year, 7, 9), Date::new(year, 9, 12), spring.min(Date::new(2026, 10, 9))];
        let what = ["", " : épreuves et périodes PRONOTE", " : service du livret scolaire"];
        let mut before = String::new();
        for (stage, (day, what)) in days.into_iter().zip(what).enumerate() {
            let text = calendar(plan, &path, stage);
            let message = format!("Calendrier {}{what}", label(year));
            let at = plan.work(day, &message);
            let mut act = plan.act(at, plan.cast.ddfpt, "", message);
            act.direct = true;
            if text != before && !(rank == 0 && stage == 0) {
                plan.put(&mut act, &path, text.clone());
                if stage == 0 {
                    plan.put(
                        &mut act,
                        &format!("classes/{}.toml", label(year)),
                        NO_CLASSES.to_owned(),
                    );
                }
                plan.push(act);
            }
            before = text;
        }
    }
}

/// The staff as it was at a moment. `known`: who has all addresses by then, other than the stray.
fn staff_at(plan: &Plan<'_>, at: Moment, stray: Option<(&Stray, Moment)>) -> String {
    let day = at.day();
    let first = plan.cast.years.first().copied().unwrap_or(0);
    let mut record = Record::read(text(plan.files, "staff.toml"));
    let id = |part: &Part| {
        part.title.trim_matches(['[', ']']).trim_start_matches("personnes.").to_owned()
    };
    record.parts.retain(|part| {
        let arrival = plan.cast.staff.get(&id(part)).map_or(first, |member| member.arrival);
        arrival <= first || import(arrival) <= at
    });
    for part in &mut record.parts {
        for key in ["acces_remis_le", "inactif_depuis"] {
            if part.date(key).is_some_and(|date| date > day) {
                part.remove(key);
            }
        }
        let unknown = |stray: &&(&Stray, Moment)| stray.0.id == id(part) && at < stray.1;
        if stray.as_ref().is_some_and(|stray| unknown(&stray)) {
            let mail = part.list("courriels").into_iter().next().unwrap_or_default();
            part.set("courriels", &format!("[\"{mail}\"]"));
        }
    }
    record.write()
}

/// When the DDFPT adds the address of somebody who signed with one that nobody knew.
fn mended<'a>(plan: &Plan<'_>, stray: Option<&'a Stray>) -> Option<(&'a Stray, Moment)> {
    let stray = stray?;
    let day = plan.acts.get(stray.act)?.at.day().plus(6);
    Some((stray, plan.work(day.min(finals_day()), "address")))
}

fn staff(plan: &mut Plan<'_>, mended: Option<(&Stray, Moment)>) {
    let founded = plan.founded();
    let mut handed: BTreeMap<Date, usize> = BTreeMap::new();
    for part in &Record::read(text(plan.files, "staff.toml")).parts {
        if let Some(day) = part.date("acces_remis_le").filter(|day| *day > founded) {
            *handed.entry(day).or_default() += 1;
        }
    }
    for (day, number) in handed {
        let at = Moment::at(day, 18, 40);
        let message = format!("Accès remis à {}", count(number, "personne", "personnes"));
        let mut act = plan.act(at, plan.cast.ddfpt, "", message);
        act.direct = true;
        let text = staff_at(plan, at, mended);
        plan.put(&mut act, "staff.toml", text);
        plan.push(act);
    }
    if let Some((stray, at)) = mended {
        let message = "Ajoute la seconde adresse d’une enseignante ou d’un enseignant".to_owned();
        let mut act = plan.act(at, plan.cast.ddfpt, "", message);
        act.direct = true;
        act.event = Some(EventKind::AddressAdded);
        act.needs.push(stray.act);
        let text = staff_at(plan, at, mended);
        plan.put(&mut act, "staff.toml", text);
        plan.push(act);
    }
}

/// The import of each rentrée: staff, classes, pupils, in one commit.
fn imports(plan: &mut Plan<'_>, mended: Option<(&Stray, Moment)>) {
    for (rank, year) in plan.cast.years.clone().into_iter().enumerate() {
        let at = import(year);
        let message = format!("Rentrée {year} : import de SIECLE et de STS");
        let mut act = plan.act(at, plan.cast.ddfpt, "", message);
        act.direct = true;
        if rank > 0 {
            let text = school(plan, year);
            plan.put(&mut act, "school.toml", text);
        }
        let text = staff_at(plan, at, mended);
        plan.put(&mut act, "staff.toml", text);
        plan.put_final(&mut act, &format!("classes/{}.toml", label(year)));
        plan.put_final(&mut act, &format!("imports/{}/{}.toml", label(year), imports::day(year)));
        for (path, record) in students(plan) {
            if record.all("[[scolarite]]").any(|part| known(&record, part) == at) {
                let text = student_at(&record, at, entered(plan, &record));
                plan.put(&mut act, &path, text);
            }
        }
        plan.push(act);
    }
}

fn students(plan: &Plan<'_>) -> Vec<(String, Record)> {
    let all = of_learners(plan.files, "/student.toml");
    all.map(|(path, _, record)| (path.to_owned(), record)).collect()
}

/// When a stay became known: at the rentrée, or when the pupil came from another class.
fn known(record: &Record, stay: &Part) -> Moment {
    let year = stay.string("annee");
    let moved = record.all("[[scolarite]]").any(|other| {
        other.string("annee") == year && other.date("fin").is_some() && stay.date("debut").is_some()
    });
    match stay.date("debut").filter(|_| moved) {
        Some(day) => turn(day, 0),
        None => import(start(&year)),
    }
}

/// What happens to a pupil on a day: several things have each their moment.
fn turn(day: Date, what: i32) -> Moment {
    Moment::at(day, 8, 10 + 15 * what)
}

/// When a number of candidate is given: in the autumn of the first final year.
fn entered(plan: &Plan<'_>, record: &Record) -> Option<Date> {
    let stay = record.all("[[scolarite]]").find(|part| {
        let class = (start(&part.string("annee")), part.string("classe"));
        plan.cast.classes.get(&class).is_some_and(|class| class.level == "terminale")
    })?;
    Some(Date::new(start(&stay.string("annee")), 10, 12))
}

/// A pupil as recorded at a moment; `number`: the day of the number of candidate.
fn student_at(record: &Record, at: Moment, number: Option<Date>) -> String {
    let before = |day: Option<Date>, what: i32| day.is_none_or(|day| turn(day, what) <= at);
    let mut found = record.keep(|part| match part.title.as_str() {
        "[[scolarite]]" => known(record, part) <= at,
        "[[diplomes]]" => before(diploma(part), 3),
        _ => true,
    });
    let head = found.head_mut();
    if !before(head.date("inactif_depuis"), 1) {
        head.remove("inactif_depuis");
    }
    if number.is_none_or(|day| turn(day, 2) > at) {
        head.remove("numero_candidat");
    }
    for part in &mut found.parts {
        for (key, what) in LETTERS {
            if !before(written(part, key), what) {
                part.remove(key);
            }
        }
        if part.title == "[[scolarite]]" && !before(part.date("fin").map(|day| day.plus(1)), 0) {
            part.remove("fin");
        }
    }
    found.write()
}

/// What the letters of the families' site leave in a pupil's file, and which of a day's turns it is.
const LETTERS: [(&str, i32); 3] =
    [("refus_site", 4), ("codes_annules", 5), ("lecture_reservee", 6)];

/// The day of a value that is a date, or a list of one.
fn written(part: &Part, key: &str) -> Option<Date> {
    read_date(part.raw(key)?.trim_matches(['[', ']']))
}

fn diploma(part: &Part) -> Option<Date> {
    let session: i32 = part.raw("session")?.parse().ok()?;
    Some(Date::new(session, 7, 7))
}

/// What changes for pupils between two imports, a commit a day and a reason.
fn pupils(plan: &mut Plan<'_>) {
    const WHAT: [&str; 7] = [
        "Changement de classe ou de statut",
        "Départ de l’établissement",
        "Numéros de candidat",
        "Diplômes obtenus",
        "Coupons de refus du livret en ligne",
        "Lettres d’accès perdues, annulées",
        "Pages réservées par des élèves majeurs",
    ];
    let mut acts: BTreeMap<(Moment, usize), Vec<(String, String)>> = BTreeMap::new();
    for (path, record) in students(plan) {
        let number =
            entered(plan, &record).filter(|_| record.head().raw("numero_candidat").is_some());
        let mut turns: BTreeSet<(Moment, usize)> = BTreeSet::new();
        for part in &record.parts {
            if part.title == "[[scolarite]]" {
                let came = known(&record, part);
                if came != import(start(&part.string("annee"))) {
                    turns.insert((came, 0));
                }
                turns.extend(part.date("fin").map(|day| (turn(day.plus(1), 0), 0)));
            }
            turns.extend(
                diploma(part).filter(|_| part.title == "[[diplomes]]").map(|day| (turn(day, 3), 3)),
            );
            for (key, what) in LETTERS {
                let day = written(part, key);
                turns.extend(day.map(|day| (turn(day, what), what as usize)));
            }
        }
        turns.extend(record.head().date("inactif_depuis").map(|day| (turn(day, 1), 1)));
        turns.extend(number.map(|day| (turn(day, 2), 2)));
        let came = record.all("[[scolarite]]").map(|part| known(&record, part)).min();
        for (at, what) in turns {
            if came.is_none_or(|came| came < at) {
                let text = student_at(&record, at, number);
                acts.entry((at, what)).or_default().push((path.clone(), text));
            }
        }
    }
    for ((at, what), files) in acts {
        let mut act = plan.act(at, plan.cast.ddfpt, "", WHAT[what].to_owned());
        act.direct = true;
        for (path, text) in files {
            plan.put(&mut act, &path, text);
        }
        plan.push(act);
    }
}
