//! `jalon import siecle`: what must hold for any two imports, and each quirk of the files.
//!
//! `tests/siecle/writer.rs` writes the three files of an invented school; `tests/cmd/import.in` holds
//! invented files that look like real ones, and the school that they are about.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::disallowed_methods,
    missing_docs,
    unreachable_pub,
    reason = "a test stops when it cannot go on"
)]

#[path = "siecle/quirks.rs"]
mod quirks;
#[path = "siecle/writer.rs"]
mod writer;

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::OnceLock;

use jalon::demo;
use jalon::diagnostic::{Diagnostic, Severity};
use jalon::exchange::siecle::{Allowed, Given, Refusal, plan};
use jalon::exchange::{Plan, Weight};
use jalon::record::{self, AnyRecord, PersonRecord, Student, version};
use jalon::rule;
use jalon::school::{School, link};
use jalon::source::{Memory, Texts};
use jalon::text::{Date, SchoolYear};
use proptest::prelude::*;
use proptest::sample::Index;
use writer::{Guardian, Pupil, Teacher, World};

/// The files of a school, by path.
pub type Files = BTreeMap<String, Vec<u8>>;

/// A school, read, linked and checked.
pub struct State {
    pub school: School,
    pub texts: Texts,
    pub diagnostics: Vec<Diagnostic>,
}

pub fn read(files: &Files) -> State {
    let (texts, mut findings) = Texts::read(&Memory(files.clone())).unwrap();
    let (records, found) = record::load(&texts);
    findings.extend(found);
    let (school, found) = link(records);
    findings.extend(found);
    findings.extend(rule::check(&school));
    let diagnostics = record::report(findings, &texts);
    State { school, texts, diagnostics }
}

pub fn day(text: &str) -> Date {
    text.parse().unwrap()
}

/// What an import would do.
pub fn planned(
    files: &Files,
    given: Vec<(String, Vec<u8>)>,
    today: Date,
    allowed: Allowed,
    refused: &[Refusal],
) -> Plan {
    let state = read(files);
    plan(&state.school, &state.texts, &Given { files: given, allowed, refused, today })
}

/// Imports; nothing may be refused, and no error may come of it.
pub fn import(files: &mut Files, given: Vec<(String, Vec<u8>)>, today: Date) -> Plan {
    let before = read(files);
    let given = Given { files: given, allowed: Allowed::default(), refused: &[], today };
    let made = plan(&before.school, &before.texts, &given);
    assert!(!made.is_refused(), "{:#?}", made.remarks);
    if !made.changes.is_empty() {
        files.extend(made.changes.iter().map(|(path, bytes)| (path.to_owned(), bytes.to_vec())));
        no_new_error(&before, &read(files));
    }
    made
}

pub fn no_new_error(before: &State, after: &State) {
    let errors = |state: &State| -> BTreeSet<String> {
        let errors = state.diagnostics.iter().filter(|one| one.code.severity == Severity::Error);
        errors.map(|one| format!("{} {} {}", one.code.name, one.file, one.message)).collect()
    };
    let new: Vec<String> = errors(after).difference(&errors(before)).cloned().collect();
    assert!(new.is_empty(), "{new:#?}");
}

pub fn student(files: &Files, path: &str) -> Student {
    let text = std::str::from_utf8(&files[path]).unwrap();
    match version(&path.into(), text).record {
        Some(AnyRecord::Student(student)) => student,
        other => panic!("{path}: {other:?}\n{text}"),
    }
}

fn students(files: &Files) -> BTreeMap<String, Student> {
    let paths = files
        .keys()
        .filter(|path| path.starts_with("students/") && path.ends_with("/student.toml"));
    paths.map(|path| (path.clone(), student(files, path))).collect()
}

/// An invented school, with the settings that an import would ask for.
pub fn invented(students: usize, years: u8, seed: u64) -> Files {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("content/referentials");
    let mut referentials = BTreeMap::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let code = path.file_stem().unwrap().to_str().unwrap().to_owned();
        referentials.insert(code, std::fs::read_to_string(path).unwrap());
    }
    let options = demo::Options { students, years, seed };
    let mut files: Files = demo::generate(&options, &referentials).into_iter().collect();
    let mrc = writer::mef_of("mrc", "seconde", None);
    let settings = format!(
        "\n[siecle]\nmatieres_professionnelles = [\"299901\"]\nmatieres_generales = [\"020700\"]\n\n[[siecle.mef]]\n\
         code = \"{mrc}\"\ndiplome = \"mrc\"\nniveau = \"seconde\"\n"
    );
    files.get_mut("school.toml").unwrap().extend(settings.into_bytes());
    files
}

/// One of a few invented schools: inventing takes longer than importing.
fn one_of(schools: &mut Chance) -> Files {
    static KEPT: [OnceLock<Files>; 3] = [const { OnceLock::new() }; 3];
    let which = schools.below(KEPT.len());
    let (students, years, seed) = [(14, 2, 3), (24, 1, 8), (18, 1, 21)][which];
    KEPT[which].get_or_init(|| invented(students, years, seed)).clone()
}

/// Chance, as proptest gives it.
#[derive(Clone, Debug)]
struct Chance(Vec<Index>);

impl Chance {
    fn below(&mut self, number: usize) -> usize {
        let next = self.0.pop().map_or(0, |index| index.index(1 << 16));
        if number == 0 { 0 } else { next % number }
    }

    fn once_in(&mut self, number: usize) -> bool {
        self.below(number) == 0
    }
}

/// Makes a world lively: services, groups, arrivals, departures, names, homonyms.
fn stir(world: &mut World, chance: &mut Chance, fresh: &mut u64) {
    let codes: Vec<String> = world.divisions.keys().cloned().collect();
    for (n, division) in world.divisions.values_mut().enumerate() {
        let teachers = world.teachers.len();
        division.services = vec![
            ("020700".into(), vec![chance.below(teachers)]),
            ("299901".into(), vec![chance.below(teachers), chance.below(teachers + 2)]),
        ];
        if let Some(teacher) = world.teachers.get_mut(n) {
            teacher.leads = Some(codes[n].clone());
        }
    }
    world.groups.clear();
    for code in codes.iter().take(3) {
        let mut of = vec![code.clone()];
        if chance.once_in(2) {
            of.push(codes[chance.below(codes.len())].clone());
        }
        world.groups.insert(format!("G {code}"), of);
    }
    let groups: Vec<String> = world.groups.keys().cloned().collect();
    for pupil in &mut world.pupils {
        pupil.groups.clear();
        if chance.once_in(3) && !groups.is_empty() {
            pupil.groups.push(groups[chance.below(groups.len())].clone());
        }
    }
    for _ in 0..1 + chance.below(4) {
        *fresh += 1;
        let like = world.pupils[chance.below(world.pupils.len())].clone();
        let homonym = chance.once_in(2);
        world.pupils.push(Pupil {
            eleve_id: 5_000_000 + *fresh,
            ine: (!chance.once_in(3)).then(|| format!("{:09}ZZ", *fresh)),
            nom: if homonym {
                like.nom.clone()
            } else {
                format!("Nouveau{}", ["x", "y", "z"][chance.below(3)])
            },
            prenom: if homonym { like.prenom.clone() } else { "Zoé".into() },
            entree: Date::new(world.year.0, 9, 1).unwrap(),
            sortie: None,
            guardians: vec![Guardian {
                id: 800_000 + *fresh,
                lien: record::GuardianLink::Mother,
                legal: true,
                nom: "Nouvelle".into(),
                prenom: "Ana".into(),
                telephone: None,
            }],
            ..like
        });
    }
    *fresh += 1;
    world.teachers.push(Teacher {
        id: 60_000 + *fresh,
        nom: "Arrivant".into(),
        prenom: format!("Luc{}", ["", "as", "ie"][chance.below(3)]),
        naissance: day("1980-02-03").plus(i32::try_from(*fresh).unwrap()),
        leads: None,
    });
}

/// The same school a year later: everybody goes up, some leave, names change.
fn next_year(world: &World, chance: &mut Chance, fresh: &mut u64) -> World {
    let mut next = world.clone();
    next.year = SchoolYear(world.year.0 + 1);
    next.exported = Date::new(next.year.0, 9, 3).unwrap();
    let up = |mef: &str| -> Option<String> {
        let (stem, rest) = mef.split_at(9);
        let digit: u32 = rest[..1].parse().unwrap();
        (digit < 3).then(|| format!("{stem}{}{}", digit + 1, &rest[1..]))
    };
    let mut places: BTreeMap<String, String> = BTreeMap::new();
    for (code, division) in &world.divisions {
        places.insert(division.mef[..10].to_owned(), code.clone());
    }
    let all: Vec<(String, String)> = world
        .divisions
        .iter()
        .map(|(code, division)| (code.clone(), division.mef.clone()))
        .collect();
    next.pupils.retain_mut(|pupil| {
        if chance.once_in(9) {
            return false;
        }
        let Some(mef) = up(&pupil.mef) else { return false };
        let code = places.get(&mef[..10]).cloned().or_else(|| {
            // After the seconde of a family, one of its specialities.
            let firsts: Vec<_> = all.iter().filter(|(_, mef)| &mef[9..10] == "2").collect();
            (!firsts.is_empty()).then(|| firsts[chance.below(firsts.len())].0.clone())
        });
        let Some(code) = code else { return false };
        pupil.mef.clone_from(&world.divisions[&code].mef);
        pupil.division = Some(code);
        if chance.once_in(8) {
            pupil.nom = format!("{}-Roy", pupil.nom);
        }
        for guardian in &mut pupil.guardians {
            if chance.once_in(8) {
                guardian.nom = format!("{} Martin", guardian.nom);
            }
        }
        if pupil.guardians.len() > 1 && chance.once_in(8) {
            pupil.guardians.pop();
        }
        true
    });
    let gone = chance.below(next.teachers.len());
    next.teachers.remove(gone);
    for (n, teacher) in next.teachers.iter_mut().enumerate() {
        // Numbers are not stable from year to year.
        teacher.id = 70_000 + n as u64;
        teacher.leads = None;
    }
    stir(&mut next, chance, fresh);
    next
}

/// What an import may touch, and nothing else.
fn is_import_s(path: &str) -> bool {
    matches!(path, "staff.toml" | "school.toml")
        || path.starts_with("classes/")
        || path.starts_with("imports/")
        || path.starts_with("students/") && path.ends_with("/student.toml")
}

/// IMP-05: everything is still there, and nothing but what SIECLE knows has changed.
fn nothing_is_lost(before: &Files, after: &Files) {
    for (path, bytes) in before {
        assert!(after.contains_key(path), "{path} is gone");
        assert!(is_import_s(path) || after[path] == *bytes, "{path} has changed");
    }
    for (path, was) in students(before) {
        let is = student(after, &path);
        assert_eq!(was.eleve_id.is_some(), is.eleve_id.is_some(), "{path}");
        for stay in &was.scolarite {
            assert!(
                is.scolarite
                    .iter()
                    .any(|one| one.annee == stay.annee && *one.classe == *stay.classe),
                "{path}"
            );
        }
        let cancelled = |one: &Student| -> Vec<(String, usize)> {
            one.cancelled_letters().into_iter().filter(|(_, number)| *number > 0).collect()
        };
        assert_eq!(cancelled(&was), cancelled(&is), "{path}");
        // IMP-06: whoever is still responsible keeps the letter.
        for one in &is.responsables {
            let old = was
                .responsables
                .iter()
                .find(|old| old.personne_id.is_some() && old.personne_id == one.personne_id);
            assert!(old.is_none_or(|old| old.letter_key() == one.letter_key()), "{path}: {one:?}");
        }
        for old in was.responsables.iter().filter(|old| old.refus_site.is_some()) {
            assert!(is.responsables.iter().any(|one| one.refus_site == old.refus_site), "{path}");
        }
    }
    let after = people(after);
    for (id, person) in people(before) {
        assert_eq!(after.get(&id).map(|one| &one.courriels), Some(&person.courriels));
    }
}

fn people(files: &Files) -> BTreeMap<String, PersonRecord> {
    let text = std::str::from_utf8(&files["staff.toml"]).unwrap();
    let Some(AnyRecord::Staff(staff)) = version(&"staff.toml".into(), text).record else {
        panic!("{text}")
    };
    staff.personnes.iter().map(|(id, person)| (id.to_owned(), person.clone())).collect()
}

/// The classes of all years.
fn classes(files: &Files) -> BTreeSet<String> {
    let all = files.iter().filter(|(path, _)| path.starts_with("classes/"));
    all.flat_map(|(path, bytes)| {
        let text = std::str::from_utf8(bytes).unwrap();
        let Some(AnyRecord::Classes(classes)) = version(&path.as_str().into(), text).record else {
            panic!("{text}")
        };
        classes.classes.iter().map(|(key, _)| format!("{path} {key}")).collect::<Vec<_>>()
    })
    .collect()
}

/// IMP-09: who is not in the file is inactive, who is in it is not.
fn leavers_are_inactive(before: &Files, after: &Files, world: &World) {
    let named: BTreeSet<String> =
        world.pupils.iter().map(|pupil| pupil.eleve_id.to_string()).collect();
    for (path, is) in students(after) {
        let number = is.eleve_id.clone().unwrap_or_default();
        assert_eq!(
            is.inactif_depuis.is_none(),
            named.contains(&number),
            "{path}: {:?}",
            is.inactif_depuis
        );
        let left_now = before.contains_key(&path)
            && student(before, &path).inactif_depuis.is_none()
            && is.inactif_depuis.is_some();
        if left_now {
            let last = is.scolarite.iter().map(|stay| stay.annee).max().unwrap();
            let recent = last.0 + 1 >= world.year.0;
            assert!(!recent || is.inactif_depuis == Some(world.exported), "{path}");
        }
    }
    let ids: BTreeSet<String> =
        students(after).into_values().filter_map(|one| one.eleve_id).collect();
    assert!(named.is_subset(&ids));
}

/// IMP-13: what the report says is what the files show.
fn figures_are_true(before: &Files, after: &Files, made: &Plan) {
    let (was, is) = (students(before), students(after));
    let created = is.keys().filter(|path| !was.contains_key(*path)).count();
    let left =
        |path: &String| was[path].inactif_depuis.is_none() && is[path].inactif_depuis.is_some();
    let deactivated = was.keys().filter(|path| left(path)).count();
    let of = |noun: &str| made.tallies.iter().find(|tally| tally.noun.1 == noun).unwrap();
    assert_eq!((of("élèves").created, of("élèves").deactivated), (created, deactivated));
    assert_eq!(of("personnes de l’équipe").created, people(after).len() - people(before).len());
    assert_eq!(of("classes").created, classes(after).len() - classes(before).len());
    // The stored report says the same.
    let stored = made.changes.iter().find(|(path, _)| path.starts_with("imports/")).unwrap();
    let text = std::str::from_utf8(stored.1).unwrap();
    let Some(AnyRecord::Import(report)) = version(&stored.0.into(), text).record else {
        panic!("{text}")
    };
    for tally in
        made.tallies.iter().filter(|tally| tally.created + tally.changed + tally.deactivated > 0)
    {
        let line = report.bilan.iter().find(|line| line.quoi == tally.noun.1).unwrap();
        let numbers = [line.crees.0, line.modifies.0, line.desactives.0];
        assert_eq!(
            numbers.map(|n| usize::try_from(n).unwrap()),
            [tally.created, tally.changed, tally.deactivated]
        );
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 10, failure_persistence: None, ..ProptestConfig::default() })]

    /// The files of a year, twice; those of the next year, twice; those of the first year again.
    #[test]
    fn imports_add_keep_codes_deactivate_and_repeat_themselves(
        chance in prop::collection::vec(any::<Index>(), 600),
    ) {
        let mut chance = Chance(chance);
        let mut files = one_of(&mut chance);
        let start = read(&files);
        let year = start.school.current_year();
        let mut fresh = 0;
        let mut a = World::of(&start.school, year, Date::new(year.0, 9, 4).unwrap());
        stir(&mut a, &mut chance, &mut fresh);
        let today = a.exported.plus(1);

        let before = files.clone();
        let made = import(&mut files, a.files(), today);
        nothing_is_lost(&before, &files);
        leavers_are_inactive(&before, &files, &a);
        figures_are_true(&before, &files, &made);
        // IMP-12, whatever the order of the files.
        let mut turned = a.files();
        turned.rotate_left(chance.below(3));
        prop_assert!(import(&mut files, turned, today.plus(20)).changes.is_empty());

        let b = next_year(&a, &mut chance, &mut fresh);
        let today = b.exported.plus(2);
        let before = files.clone();
        let made = import(&mut files, b.files(), today);
        nothing_is_lost(&before, &files);
        leavers_are_inactive(&before, &files, &b);
        figures_are_true(&before, &files, &made);
        let passed = format!("annee = \"{}\"", b.year);
        prop_assert!(String::from_utf8_lossy(&files["school.toml"]).contains(&passed));
        prop_assert!(import(&mut files, b.files(), today).changes.is_empty());

        // The first files again: refused, and without effect when somebody insists.
        let state = read(&files);
        let again = |allowed| {
            plan(&state.school, &state.texts, &Given { files: a.files(), allowed, refused: &[], today })
        };
        prop_assert!(again(Allowed::default()).is_refused());
        let again = again(Allowed { other_year: true, ..Allowed::default() });
        prop_assert!(!again.is_refused());
        prop_assert!(again.changes.is_empty(), "{:?}", again.changes.iter().map(|one| one.0).collect::<Vec<_>>());
    }

    /// The order of the files changes nothing at all.
    #[test]
    fn the_order_of_the_files_does_not_matter(chance in prop::collection::vec(any::<Index>(), 300)) {
        let mut chance = Chance(chance);
        let files = one_of(&mut chance);
        let start = read(&files);
        let year = start.school.current_year();
        let mut world = World::of(&start.school, year, Date::new(year.0, 9, 4).unwrap());
        stir(&mut world, &mut chance, &mut 0);
        let orders = [[0, 1, 2], [2, 1, 0], [1, 2, 0]];
        let plans = orders.map(|order| {
            let all = world.files();
            let given = Given {
                files: order.iter().map(|n| all[*n].clone()).collect(),
                allowed: Allowed::default(),
                refused: &[],
                today: world.exported,
            };
            plan(&start.school, &start.texts, &given).changes
        });
        prop_assert!(plans[0] == plans[1] && plans[1] == plans[2]);
    }

    /// Bytes that were damaged on the way never stop the program, and never bring an error to the school.
    #[test]
    fn damaged_files_are_refused_or_read(
        which in 0_usize..3,
        damage in prop::collection::vec((any::<Index>(), any::<u8>(), 0_u8..4), 1..12),
        zip in any::<bool>(),
    ) {
        let mut given = quirks::samples();
        if zip {
            given[0] = ("ExportXML.zip".into(), quirks::sample("ExportXML_ElevesSansAdresses.zip"));
        }
        let bytes = &mut given[which].1;
        for (place, byte, how) in damage {
            let at = place.index(bytes.len());
            match how {
                0 => bytes[at] = byte,
                1 => bytes.insert(at, byte),
                2 if bytes.len() > 1 => drop(bytes.remove(at)),
                2 => {}
                _ => bytes.truncate(at.max(1)),
            }
        }
        let files = quirks::school();
        let before = read(&files);
        let made = planned(&files, given, day("2025-11-18"), Allowed::default(), &[]);
        if !made.is_refused() {
            let mut after = files;
            after.extend(made.changes.iter().map(|(path, bytes)| (path.to_owned(), bytes.to_vec())));
            let after = read(&after);
            // What SIECLE says may be wrong; what is written can be read.
            for one in after.diagnostics.iter().filter(|one| one.code.severity == Severity::Error) {
                let known = before.diagnostics.iter().any(|other| other.message == one.message);
                let readable = !matches!(one.code.name, "TOML-SYNTAXE" | "CLE-INCONNUE" | "CLE-MANQUANTE" | "VALEUR-FORME");
                prop_assert!(known || readable, "{} {} {}", one.code.name, one.file, one.message);
            }
        } else {
            prop_assert!(made.remarks.iter().any(|remark| remark.weight == Weight::Fatal));
        }
    }
}
