//! The file for the national livret: its structure, its limits, its values; who is in it and who is not.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stderr,
    reason = "a test stops when it cannot go on"
)]
#![expect(clippy::disallowed_methods, reason = "tests write what a validator reads")]

mod common;

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::process::Command;

use jalon::exchange::lsl::{
    Dossier, DossierYear, FORMATS, Header, LslFormat, Name, Nomenclature, Opinion, Prepared, Scope,
    SubjectMarks, V1_0, lacks_table, note_sending, prepare, twice, values_table,
};
use jalon::exchange::sheet::{Sheet, csv};
use jalon::insight::{SendingState, group_figures};
use jalon::record::{Periodicity, Rounding, StudyLevel};
use jalon::school::School;
use jalon::source::{Memory, Texts};
use jalon::text::{Date, characters};
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};
use quick_xml::events::Event;

const NAMESPACE: &str = "urn:ac-grenoble.fr:lsl:import";
const LEA: &str = "students/2025/dupont-lea/lsl/2026-2027.toml";

// ---------- Reading the file back: an element, its attributes, its children, its text ----------

#[derive(Debug, Default, Clone)]
struct Element {
    name: String,
    attributes: BTreeMap<String, String>,
    children: Vec<Element>,
    text: String,
}

impl Element {
    fn all<'e>(&'e self, name: &'e str) -> impl Iterator<Item = &'e Element> {
        self.children.iter().filter(move |child| child.name == name)
    }
    fn one<'e>(&'e self, name: &'e str) -> &'e Element {
        self.all(name).next().unwrap_or_else(|| panic!("no {name} in {}", self.name))
    }
    fn at(&self, name: &str) -> Option<&str> {
        self.attributes.get(name).map(String::as_str)
    }
}

fn parse(bytes: &[u8]) -> Element {
    let text = std::str::from_utf8(bytes).unwrap();
    let mut reader = quick_xml::Reader::from_str(text);
    let mut stack = vec![Element::default()];
    let open = |start: &quick_xml::events::BytesStart<'_>| Element {
        name: start.name().as_ref().to_owned(),
        attributes: (start.attributes())
            .map(|one| {
                let one = one.unwrap();
                let value = one.normalized_value(quick_xml::XmlVersion::Explicit1_0).unwrap();
                (one.key.as_ref().to_owned(), value.into_owned())
            })
            .collect(),
        ..Element::default()
    };
    loop {
        match reader.read_event().unwrap() {
            Event::Start(start) => stack.push(open(&start)),
            Event::Empty(start) => {
                let made = open(&start);
                stack.last_mut().unwrap().children.push(made);
            }
            Event::End(_) => {
                let done = stack.pop().unwrap();
                stack.last_mut().unwrap().children.push(done);
            }
            Event::Text(text) => stack.last_mut().unwrap().text.push_str(&text.xml10_content()),
            Event::GeneralRef(name) => {
                let c = match name.resolve_char_ref().unwrap() {
                    Some(c) => c.to_string(),
                    None => quick_xml::escape::resolve_predefined_entity(&name).unwrap().to_owned(),
                };
                stack.last_mut().unwrap().text.push_str(&c);
            }
            Event::Eof => break,
            _ => {}
        }
    }
    assert_eq!(stack.len(), 1);
    stack.pop().unwrap().children.pop().unwrap()
}

/// The order of children and the attributes of each element, as the schema of 2016 has them; `?` may be missing.
fn shape(name: &str) -> Option<(&'static [&'static str], &'static [&'static str])> {
    Some(match name {
        "lsl:lsl" => (&["entete", "donnees"], &["schemaVersion", "xmlns:lsl"]),
        "entete" => (&["editeur", "application", "etablissement"], &[]),
        "donnees" => (&["eleve"], &[]),
        "eleve" => (&["engagements", "avisExamen", "scolarites"], &["id"]),
        "engagements" => (&["engagement", "engagement-autre"], &[]),
        "engagement" | "avisExamen" => (&[], &["code"]),
        "scolarites" => (&["scolarite"], &[]),
        "scolarite" => (
            &["avisEngagement", "avisInvestissement", "avisChefEtab", "evaluation"],
            &["annee-scolaire", "code-periode"],
        ),
        "avisEngagement" | "avisInvestissement" | "avisChefEtab" => {
            (&[], &["date", "nom", "prenom"])
        }
        "evaluation" => (
            &["structure", "annuelle", "periodiques", "competences", "enseignants"],
            &["code-matiere", "modalite-election"],
        ),
        "structure" => (
            &[],
            &["effectif", "moyenne", "repar-huit-douze", "repar-moins-huit", "repar-plus-douze"],
        ),
        "periodiques" => (&["periode"], &[]),
        "periode" => (&[], &["moyenne", "numero"]),
        "competences" => (&["competence"], &[]),
        "competence" => (&[], &["code"]),
        "enseignants" => (&["enseignant"], &[]),
        "enseignant" => (&[], &["nom", "prenom"]),
        "editeur" | "application" | "etablissement" | "engagement-autre" | "annuelle" => (&[], &[]),
        _ => return None,
    })
}

/// What the schema asks for, and what it does not check.
fn structural(root: &Element) -> Result<(), String> {
    fn walk(one: &Element) -> Result<(), String> {
        let (order, attributes) =
            shape(&one.name).ok_or(format!("unknown element {}", one.name))?;
        let mut last = 0;
        for child in &one.children {
            let place = order.iter().position(|name| *name == child.name);
            let place = place.ok_or(format!("{} in {}", child.name, one.name))?;
            if place < last {
                return Err(format!("{} out of order in {}", child.name, one.name));
            }
            last = place;
            walk(child)?;
        }
        if let Some(name) = one.attributes.keys().find(|name| !attributes.contains(&name.as_str()))
        {
            return Err(format!("attribute {name} of {}", one.name));
        }
        if one.name != "lsl:lsl" && (one.name.contains(':') || one.at("xmlns").is_some()) {
            return Err(format!("{} is in a namespace", one.name));
        }
        Ok(())
    }
    walk(root)?;
    if root.at("xmlns:lsl") != Some(NAMESPACE) || root.at("schemaVersion") != Some("1.0") {
        return Err("the root".into());
    }
    let header = root.one("entete");
    if header.one("etablissement").text.len() != 8 || header.one("application").text.len() > 50 {
        return Err("the header".into());
    }
    let fits = |text: &str, most: usize| !text.is_empty() && text.chars().count() <= most;
    let two = |text: &str| {
        let (whole, rest) = text.split_once('.')?;
        (rest.len() == 2)
            .then(|| whole.parse::<i32>().ok()?.checked_mul(100)?.checked_add(rest.parse().ok()?))?
    };
    let mut ids = BTreeSet::new();
    for pupil in root.one("donnees").all("eleve") {
        let id: u64 = pupil.at("id").unwrap().parse().map_err(|_| "id".to_owned())?;
        if id == 0 || !ids.insert(id) {
            return Err(format!("pupil {id}"));
        }
        let years: Vec<&Element> = pupil.one("scolarites").all("scolarite").collect();
        if years.is_empty() {
            return Err("no year".into());
        }
        for engagements in pupil.all("engagements") {
            let codes: Vec<&str> =
                engagements.all("engagement").filter_map(|e| e.at("code")).collect();
            if codes.iter().collect::<BTreeSet<_>>().len() != codes.len()
                || codes.iter().any(|code| !["C", "V", "A", "E", "S"].contains(code))
                || engagements.all("engagement-autre").any(|other| !fits(&other.text, 300))
                || engagements.all("engagement-autre").count() > 1
            {
                return Err("engagements".into());
            }
        }
        if pupil
            .all("avisExamen")
            .any(|one| !["T", "F", "A", "D"].contains(&one.at("code").unwrap()))
        {
            return Err("exam".into());
        }
        for year in years {
            let periods = match year.at("code-periode") {
                Some("T") => 3,
                Some("S") => 2,
                _ => return Err("rhythm".into()),
            };
            for opinion in year.children.iter().filter(|one| one.name.starts_with("avis")) {
                if !fits(&opinion.text, 300)
                    || !fits(opinion.at("nom").unwrap(), 65)
                    || !fits(opinion.at("prenom").unwrap(), 50)
                {
                    return Err("opinion".into());
                }
            }
            let mut subjects = BTreeSet::new();
            if year.all("evaluation").next().is_none() {
                return Err("no subject".into());
            }
            for subject in year.all("evaluation") {
                let code = subject.at("code-matiere").unwrap();
                if code.len() != 6
                    || !code.bytes().all(|b| b.is_ascii_digit())
                    || !subjects.insert(code)
                {
                    return Err(format!("subject {code}"));
                }
                let group = subject.one("structure");
                let shares: Vec<i32> = ["repar-moins-huit", "repar-huit-douze", "repar-plus-douze"]
                    .iter()
                    .filter_map(|name| group.at(name))
                    .map(|value| two(value).ok_or(format!("share {value}")))
                    .collect::<Result<_, _>>()?;
                if !shares.is_empty() && (shares.len() != 3 || shares.iter().sum::<i32>() != 10_000)
                {
                    return Err(format!("shares {shares:?}"));
                }
                if group.at("effectif") == Some("0") {
                    return Err("size".into());
                }
                if subject.all("annuelle").any(|one| !fits(&one.text, 300)) {
                    return Err("annual".into());
                }
                for marks in subject.all("periodiques") {
                    let numbers: Vec<&str> =
                        marks.all("periode").filter_map(|p| p.at("numero")).collect();
                    let wanted: Vec<String> = (1..=periods).map(|n| n.to_string()).collect();
                    if numbers != wanted {
                        return Err(format!("periods {numbers:?}"));
                    }
                    for mark in marks.all("periode").filter_map(|p| p.at("moyenne")) {
                        if mark != "-1" && two(mark).is_none_or(|mark| !(0..=2000).contains(&mark))
                        {
                            return Err(format!("mark {mark}"));
                        }
                    }
                }
                let mut codes = BTreeSet::new();
                for one in subject.all("competences").flat_map(|one| one.all("competence")) {
                    let code = one.at("code").unwrap();
                    if code.len() != 4
                        || !codes.insert(code)
                        || !["NE", "1", "2", "3", "4"].contains(&one.text.as_str())
                    {
                        return Err(format!("competence {code}"));
                    }
                }
                let teachers: Vec<&Element> =
                    subject.one("enseignants").all("enseignant").collect();
                if teachers.is_empty()
                    || teachers.iter().any(|one| {
                        !fits(one.at("nom").unwrap(), 65) || !fits(one.at("prenom").unwrap(), 50)
                    })
                {
                    return Err("teachers".into());
                }
            }
        }
    }
    Ok(())
}

// ---------- Generated livrets ----------

/// Texts as people type them, with what XML and schemas stumble on.
fn words(most: usize) -> impl Strategy<Value = String> {
    let c = prop_oneof![
        4 => proptest::char::range('a', 'z'),
        1 => proptest::sample::select(vec!['é', 'Œ', '’', '<', '>', '&', '"', '\'', ' ', '\n', '€', '\u{301}', '🎉', ']']),
    ];
    proptest::collection::vec(c, 1..=most)
        .prop_map(|all| format!("x{}", all.into_iter().skip(1).collect::<String>()))
}

fn name() -> impl Strategy<Value = Name> {
    (words(60), words(45)).prop_map(|(family, first)| Name { family, first })
}

fn opinion() -> impl Strategy<Value = Option<Opinion>> {
    let day = (2020i16..2030, 1i8..=12, 1i8..=28).prop_map(|(y, m, d)| Date::new(y, m, d));
    let one = (words(300), name(), proptest::option::of(day));
    proptest::option::of(one.prop_map(|(text, by, day)| Opinion {
        text,
        by: Some(by),
        day: day.flatten(),
    }))
}

fn subject(code: u32, periods: usize) -> impl Strategy<Value = SubjectMarks> {
    let means = proptest::collection::vec(proptest::option::of(0u32..=2000), 0..40);
    let marks = proptest::collection::vec(proptest::option::of(0u32..=2000), periods);
    let levels = proptest::collection::btree_map(0u32..10_000, proptest::option::of(1u8..=4), 0..8);
    let teachers = proptest::collection::vec(name(), 1..3);
    (means, marks, levels, teachers, words(300), proptest::sample::select(vec!["O", "F", "S"]))
        .prop_map(move |(means, marks, levels, teachers, annual, modality)| {
            let group = group_figures(&means, Rounding::Truncated);
            SubjectMarks {
                modality: modality.to_owned(),
                code: format!("{code:06}"),
                title: "Matière".to_owned(),
                counted: group.counted,
                group_mean: group.mean,
                shares: group.shares,
                annual: Some(annual),
                marks,
                competences: levels
                    .into_iter()
                    .map(|(code, level)| (format!("{code:04}"), level))
                    .collect(),
                teachers,
            }
        })
}

fn year(first: i16, level: StudyLevel) -> impl Strategy<Value = DossierYear> {
    let rhythm =
        proptest::sample::select(vec![(Periodicity::Trimester, 3), (Periodicity::Semester, 2)]);
    rhythm.prop_flat_map(move |(periodicity, periods)| {
        let subjects = proptest::collection::btree_set(0u32..1_000_000, 1..3);
        let subjects = subjects.prop_flat_map(move |codes| {
            codes.into_iter().map(|code| subject(code, periods)).collect::<Vec<_>>()
        });
        (subjects, opinion(), opinion(), opinion()).prop_map(
            move |(evaluations, observation, investment, visa)| DossierYear {
                year: first,
                level,
                mef: Some("24731213321".to_owned()),
                periodicity,
                observation,
                investment,
                visa,
                path: None,
                placement: Some(("Synthèse".to_owned(), Name::default(), true, Some(20))),
                project: None,
                evaluations,
            },
        )
    })
}

fn dossier(id: u64) -> impl Strategy<Value = Dossier> {
    let codes = proptest::sample::subsequence(vec!["C", "V", "A", "E", "S", "NE"], 0..=6);
    let exam = proptest::option::of(proptest::sample::select(vec!["T", "F", "A", "D"]));
    let years =
        (year(2025, StudyLevel::Premiere), proptest::option::of(year(2026, StudyLevel::Terminale)));
    (codes, exam, proptest::option::of(words(200)), years).prop_map(
        move |(codes, exam, other, (first, second))| {
            let mut made = Dossier {
                eleve_id: id,
                engagements: codes
                    .iter()
                    .map(|code| ((*code).to_owned(), format!("mot {code}")))
                    .collect(),
                other_engagement: other,
                exam_opinion: exam.map(str::to_owned),
                ..Dossier::default()
            };
            made.add(first);
            second.into_iter().for_each(|year| made.add(year));
            made
        },
    )
}

fn dossiers() -> impl Strategy<Value = Vec<Dossier>> {
    proptest::collection::btree_set(1u64..u64::from(u32::MAX), 1..4)
        .prop_flat_map(|ids| ids.into_iter().map(dossier).collect::<Vec<_>>())
}

fn header() -> Header {
    Header::of("0549999A")
}

proptest! {
    #![proptest_config(Config::with_cases(64))]

    /// Whatever has no fault is a file that the structure and the limits of the schema hold.
    #[test]
    fn what_has_no_fault_is_a_sound_file(all in dossiers()) {
        for one in &all {
            prop_assert_eq!(V1_0.faults(one), Vec::<String>::new());
        }
        let bytes = V1_0.write(&header(), &all).unwrap();
        prop_assert_eq!(&bytes, &V1_0.write(&header(), &all).unwrap());
        let root = parse(&bytes);
        prop_assert_eq!(structural(&root), Ok(()));
        // Every value is there, and comes back as it was typed.
        for (pupil, element) in all.iter().zip(root.one("donnees").all("eleve")) {
            prop_assert_eq!(element.at("id").unwrap(), pupil.eleve_id.to_string());
            let years: Vec<&Element> = element.one("scolarites").all("scolarite").collect();
            prop_assert_eq!(years.len(), pupil.years.len());
            for (year, element) in pupil.years.iter().zip(years) {
                for (subject, element) in year.evaluations.iter().zip(element.all("evaluation")) {
                    let annual = &element.one("annuelle").text;
                    prop_assert_eq!(characters(annual), characters(subject.annual.as_ref().unwrap()));
                    let levels: Vec<(String, String)> = element.all("competences")
                        .flat_map(|one| one.all("competence"))
                        .map(|one| (one.at("code").unwrap().to_owned(), one.text.clone())).collect();
                    let wanted: Vec<(String, String)> = subject.competences.iter()
                        .map(|(code, level)| (code.clone(), level.map_or("NE".to_owned(), |l| l.to_string()))).collect();
                    prop_assert_eq!(levels, wanted);
                }
            }
        }
    }
}

/// The validators of the schemas, when they are here: what the structure test accepts, they accept.
#[test]
fn both_schemas_accept_generated_files() {
    let Some(folder) = std::env::var_os("JALON_FORMATS").map(PathBuf::from) else {
        eprintln!("JALON_FORMATS n’est pas donné : les schémas ne sont pas essayés");
        return;
    };
    let rng = TestRng::from_seed(RngAlgorithm::ChaCha, &[7; 32]);
    let mut runner = TestRunner::new_with_rng(Config::default(), rng);
    let scratch = tempfile::tempdir().unwrap();
    let mut files = Vec::new();
    for place in 0..24 {
        let all = dossiers().new_tree(&mut runner).unwrap().current();
        let file = scratch.path().join(format!("{place}.xml"));
        std::fs::write(&file, V1_0.write(&header(), &all).unwrap()).unwrap();
        files.push(file);
    }
    // Without marks, competences or figures: the least that there may be.
    let mut least = dossiers().new_tree(&mut runner).unwrap().current();
    for year in least.iter_mut().flat_map(|one| &mut one.years) {
        for subject in &mut year.evaluations {
            subject.marks.clear();
            subject.competences.clear();
            (subject.counted, subject.group_mean, subject.shares) = (0, None, None);
        }
    }
    let file = scratch.path().join("least.xml");
    std::fs::write(&file, V1_0.write(&header(), &least).unwrap()).unwrap();
    files.push(file);
    for schema in ["import-lsl_v1.0_2015-05-11.xsd", "import-lsl_v1.0_2016-05-31.xsd"] {
        validate(&folder.join(schema), &files);
    }
}

fn validate(schema: &Path, files: &[PathBuf]) {
    let out = Command::new("xmllint")
        .arg("--noout")
        .arg("--schema")
        .arg(schema)
        .args(files)
        .output()
        .unwrap();
    assert!(out.status.success(), "{}", String::from_utf8_lossy(&out.stderr));
}

// ---------- Faults: what the schema refuses, and what it does not see ----------

fn sound() -> Dossier {
    let rng = TestRng::from_seed(RngAlgorithm::ChaCha, &[3; 32]);
    let mut runner = TestRunner::new_with_rng(Config::default(), rng);
    let mut made = dossier(12).new_tree(&mut runner).unwrap().current();
    let by = Some(Name { family: "MARTIN".into(), first: "Anne".into() });
    made.years[0].visa = Some(Opinion { text: "Vu.".into(), by, day: None });
    made.years[0].periodicity = Periodicity::Semester;
    made.years[0].evaluations[0].marks = vec![Some(1200), None];
    made.years[0].evaluations[0].competences =
        vec![("9001".into(), Some(3)), ("9002".into(), None)];
    assert_eq!(V1_0.faults(&made), Vec::<String>::new());
    made
}

#[test]
fn each_limit_is_told() {
    let told = |change: &dyn Fn(&mut Dossier), words: &str| {
        let mut one = sound();
        change(&mut one);
        let faults = V1_0.faults(&one);
        assert!(faults.iter().any(|fault| fault.contains(words)), "{words}: {faults:?}");
    };
    told(&|one| one.eleve_id = 0, "ELEVE_ID");
    told(&|one| one.years.clear(), "aucune année");
    told(&|one| one.years[0].year = 1999, "année scolaire");
    told(&|one| one.years[0].evaluations.clear(), "aucune matière");
    told(&|one| one.exam_opinion = Some("Z".into()), "avis pour l’examen");
    told(&|one| one.other_engagement = Some("a".repeat(301)), "engagements");
    told(&|one| one.engagements = vec![("C".into(), String::new()); 2], "deux fois");
    told(&|one| one.years[0].visa.as_mut().unwrap().by = None, "qui signe");
    told(&|one| one.years[0].visa.as_mut().unwrap().text = "é".repeat(301), "visa");
    let subject = |change: fn(&mut SubjectMarks), words: &str| {
        told(&|one| change(&mut one.years[0].evaluations[0]), words);
    };
    subject(|one| one.marks = vec![Some(1000); 3], "3 périodes pour 2");
    subject(|one| one.shares = Some([5000, 5000, 1]), "somme");
    subject(|one| one.group_mean = Some(2001), "20");
    subject(|one| one.code = "12".into(), "matière");
    subject(|one| one.modality = "X".into(), "modalité");
    subject(|one| one.annual = Some("é".repeat(301)), "301 caractères pour 300");
    subject(|one| one.annual = Some(String::new()), "appréciation");
    subject(|one| one.teachers.clear(), "enseignant");
    subject(|one| one.teachers[0].family = "é".repeat(66), "nom");
    subject(|one| one.teachers[0].first = "é".repeat(51), "prénom");
    subject(|one| one.competences[0].0 = "C1.1".into(), "compétence");
    subject(|one| one.competences[1].0 = "9001".into(), "deux fois");
    subject(|one| one.competences[0].1 = Some(5), "niveau");
    // Characters count, not bytes; accents typed apart count with their letters.
    let mut fits = sound();
    fits.years[0].evaluations[0].annual = Some("e\u{301}".repeat(300));
    assert_eq!(V1_0.faults(&fits), Vec::<String>::new());
    let root = parse(&V1_0.write(&header(), &[fits]).unwrap());
    assert_eq!(structural(&root), Ok(()));
}

/// The structure test itself sees what is wrong: it is no rubber stamp.
#[test]
fn the_structure_test_refuses_broken_files() {
    let text = String::from_utf8(V1_0.write(&header(), &[sound()]).unwrap()).unwrap();
    assert_eq!(structural(&parse(text.as_bytes())), Ok(()));
    for (from, to) in [
        ("lsl:lsl", "lsl"),
        (NAMESPACE, "urn:autre"),
        ("<eleve ", "<lsl:eleve "),
        ("numero=\"2\"", "numero=\"4\""),
        ("moyenne=\"-1\"", "moyenne=\"12,5\""),
        ("code=\"9002\"", "code=\"9001\""),
        ("<entete>", "<entete xmlns=\"urn:x\">"),
        ("0549999A", "0549999"),
    ] {
        let broken = text.replace(from, to);
        let broken =
            if from == "<eleve " { broken.replace("</eleve>", "</lsl:eleve>") } else { broken };
        assert_ne!(broken, text, "{from}");
        assert!(structural(&parse(broken.as_bytes())).is_err(), "{from}");
    }
}

#[test]
fn a_file_says_that_it_is_not_accepted() {
    for format in FORMATS.iter().filter(|format| !format.is_accepted()) {
        let text = String::from_utf8(format.write(&header(), &[sound()]).unwrap()).unwrap();
        assert!(text.contains("<!--") && text.contains("LSL Pro ne l’accepte pas"), "{text}");
        assert!(format.file_name("2026-2027").contains("non-accepte"));
    }
    let root = parse(&V1_0.write(&header(), &[sound()]).unwrap());
    assert_eq!(root.one("entete").one("editeur").text, "jalon");
    assert!(root.one("entete").one("application").text.starts_with("jalon "));
}

#[test]
fn a_level_is_sent_once_and_a_subject_too() {
    let mut one = sound();
    let number = one.years.len();
    let mut again = one.years[0].clone();
    again.year += 1;
    let extra = SubjectMarks {
        marks: vec![Some(500), Some(1400)],
        teachers: vec![Name { family: "AUTRE".into(), first: "Ada".into() }],
        competences: vec![("9002".into(), Some(2))],
        ..again.evaluations[0].clone()
    };
    again.evaluations.push(extra);
    let subjects: BTreeSet<String> = again.evaluations.iter().map(|one| one.code.clone()).collect();
    one.add(again.clone());
    assert_eq!(one.years.len(), number);
    let kept = one.years.iter().find(|year| year.level == again.level).unwrap();
    assert_eq!(kept.year, again.year);
    assert_eq!(kept.evaluations.len(), subjects.len());
    // Known marks stay, the others come from the second service; teachers add up.
    assert_eq!(kept.evaluations[0].marks, [Some(1200), Some(1400)]);
    assert!(kept.evaluations[0].competences.contains(&("9002".to_owned(), Some(2))));
    assert_eq!(kept.evaluations[0].teachers.last().unwrap().family, "AUTRE");
    // An earlier year of the same level changes nothing.
    let mut earlier = again;
    earlier.year -= 5;
    let before = one.clone();
    one.add(earlier);
    assert_eq!(one, before);
    assert_eq!(twice(&[sound(), sound()]), BTreeSet::from([12]));
}

// ---------- From a school ----------

const WHOLE: &str = "appreciation = \"Léa progresse.\"\nenseignants = [\"mercier-paul\"]\nengagements = [\"C\", \"NE\"]\n\
    avis_examen = \"F\"\n\n[avis_chef]\ntexte = \"Vu.\"\npar = \"martin-anne\"\nle = 2027-06-01\n\n\
    [niveaux]\n\"C1.1\" = 3\n\"C1.2\" = 4\n\n[[notes]]\nperiode = \"S1\"\nbilan = 2026-12-11\nnote = 12.5\n\n\
    [pfmp]\nsynthese = \"Librairie.\"\nenseignant = \"mercier-paul\"\n";

fn nomenclature() -> Nomenclature {
    let text = "<nomenclaturesLsl><competences>\
        <competence code=\"9001\" annee=\"2020\">Ligne C1.1</competence>\
        <competence code=\"9002\" annee=\"2020\">C1.2 LIGNE c1.2</competence>\
        <competence code=\"9003\" annee=\"2020\">Travailler à l’étranger</competence></competences>\
        <anneeScolaire millesime=\"2024\"><mef codeMef=\"2413121432Z\" niveau=\"Première\">\
        <matiere discipline=\"SPECIALITE DU BACCALAUREAT PROFESSIONNEL\" codeBcn=\"299901\" modaliteElection=\"S\" presenceEvaluationPeriodique=\"true\">\
        <competences><competence>9001</competence><competence>9002</competence><competence>9003</competence></competences></matiere>\
        <matiere discipline=\"FRANCAIS\" codeBcn=\"020700\" modaliteElection=\"S\"/></mef></anneeScolaire></nomenclaturesLsl>";
    Nomenclature::read(text.as_bytes()).unwrap()
}

fn files(livret: &str) -> BTreeMap<String, String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/schools/base");
    let mut all: BTreeMap<String, String> = common::read_folder(&root)
        .into_iter()
        .filter_map(|(path, bytes)| Some((path, String::from_utf8(bytes).ok()?)))
        .collect();
    let referential = all.get_mut("referentials/mcv-a.toml").unwrap();
    let (head, _) = referential.split_once("[lsl]").unwrap();
    let lines = ["C1.1", "C1.2"].map(|code| {
        format!("[[lsl.competences]]\ncode = \"{code}\"\nintitule = \"Ligne {code}\"\nregroupe = [\"{code}\"]\n")
    });
    *referential = format!(
        "{head}[lsl]\nfusion = false\n{}[[sources]]\nid = \"ANNEXES\"\nadresse = \"arrêté\"\n",
        lines.concat()
    );
    all.insert(LEA.into(), livret.into());
    all
}

fn read(files: &BTreeMap<String, String>) -> (School, Texts) {
    let memory = Memory::new(files.clone());
    let (texts, _) = Texts::read(&memory).unwrap();
    (common::read(&memory).0, texts)
}

fn prepared<'a>(school: &'a School, known: Option<&Nomenclature>) -> Prepared<'a> {
    let mut classes: Vec<_> = school.classes.iter().collect();
    classes.retain(|(_, class)| class.year == school.current_year());
    let classes: Vec<_> = classes.into_iter().map(|(ix, _)| ix).collect();
    prepare(school, &Scope { classes: &classes, nomenclature: known, format: &V1_0, cycle: false })
}

fn lacks(school: &School, prepared: &Prepared<'_>, id: &str) -> Vec<(String, String)> {
    let pupil = school.pupil(id).unwrap();
    let lacks = prepared.lacks.iter().filter(|lack| lack.pupil == Some(pupil));
    lacks.map(|lack| (lack.what.clone(), lack.who.clone())).collect()
}

fn cells(sheet: &Sheet) -> Vec<BTreeMap<String, String>> {
    let bytes = csv(sheet);
    let text = bytes.strip_prefix("\u{feff}".as_bytes()).unwrap();
    let mut reader = csv_reader(text);
    let heads: Vec<String> = reader.headers().unwrap().iter().map(str::to_owned).collect();
    (reader.records())
        .map(|row| heads.iter().cloned().zip(row.unwrap().iter().map(str::to_owned)).collect())
        .collect()
}

fn csv_reader(text: &[u8]) -> ::csv::Reader<&[u8]> {
    ::csv::ReaderBuilder::new().delimiter(b';').from_reader(text)
}

#[test]
fn a_pupil_leaves_with_national_codes_and_the_table_has_the_same_values() {
    let (school, _) = read(&files(WHOLE));
    let known = nomenclature();
    let prepared = prepared(&school, Some(&known));
    assert!(lacks(&school, &prepared, "dupont-lea").is_empty(), "{:?}", prepared.lacks);
    let bytes = V1_0.write(&Header::of(&school.establishment.uai), &prepared.dossiers()).unwrap();
    let root = parse(&bytes);
    assert_eq!(structural(&root), Ok(()));
    let pupils: Vec<&Element> = root.one("donnees").all("eleve").collect();
    assert_eq!(pupils.len(), 1);
    let year = pupils[0].one("scolarites").one("scolarite");
    assert_eq!((year.at("annee-scolaire"), year.at("code-periode")), (Some("2026"), Some("S")));
    let subject = year.one("evaluation");
    let table = cells(&values_table(&school, &prepared));
    assert_eq!(table.len(), 1);
    let cell =
        |name: &str| table[0].get(name).unwrap_or_else(|| panic!("no column {name}")).as_str();
    let group = subject.one("structure");
    let period =
        |n: usize| subject.one("periodiques").children[n].at("moyenne").unwrap().to_owned();
    for (column, value) in [
        ("ELEVE_ID", pupils[0].at("id").unwrap().to_owned()),
        ("Année", year.at("annee-scolaire").unwrap().to_owned()),
        ("Rythme", year.at("code-periode").unwrap().to_owned()),
        ("Code matière", subject.at("code-matiere").unwrap().to_owned()),
        ("Modalité", subject.at("modalite-election").unwrap().to_owned()),
        ("Période 1", period(0)),
        ("Période 2", period(1)),
        ("Effectif", group.at("effectif").unwrap().to_owned()),
        ("Moyenne du groupe", group.at("moyenne").unwrap().to_owned()),
        ("< 8", group.at("repar-moins-huit").unwrap().to_owned()),
        ("≥ 8 et < 12", group.at("repar-huit-douze").unwrap().to_owned()),
        ("≥ 12", group.at("repar-plus-douze").unwrap().to_owned()),
        ("Appréciation", subject.one("annuelle").text.clone()),
        ("Avis pour l’examen", pupils[0].one("avisExamen").at("code").unwrap().to_owned()),
    ] {
        assert_eq!(cell(column), value, "{column}");
    }
    for one in &subject.one("competences").children {
        assert_eq!(cell(&format!("Compétence {}", one.at("code").unwrap())), one.text);
    }
    assert_eq!((cell("Compétence 9002"), cell("Compétence 9003")), ("4", "NE"));
    assert_eq!((cell("Dans le fichier XML"), cell("Période 2")), ("oui", "-1"));
    // An engagement without code in this version is written in words.
    let engagements = pupils[0].one("engagements");
    assert_eq!(engagements.one("engagement-autre").text, "éco-délégué");
    // What the nomenclature has more is said.
    assert!(prepared.notes.iter().any(|note| note.contains("9003")), "{:?}", prepared.notes);
}

#[test]
fn without_nomenclature_nobody_leaves_and_what_lacks_is_said() {
    let (school, _) = read(&files(WHOLE));
    let none = prepared(&school, None);
    assert!(none.dossiers().is_empty());
    let class: Vec<&str> =
        none.lacks.iter().filter(|lack| lack.pupil.is_none()).map(|lack| &*lack.what).collect();
    assert!(class.contains(&"code de la matière de la spécialité"), "{class:?}");
    assert!(class.contains(&"code national de 2 compétences"), "{class:?}");
    // The table for people has the values all the same, under the codes of the school.
    let table = cells(&values_table(&school, &none));
    assert_eq!(table[0]["Compétence C1.2"], "4");
    // The codes may be in the référentiel instead.
    let mut with = files(WHOLE);
    let referential = with.get_mut("referentials/mcv-a.toml").unwrap();
    *referential = referential
        .replace("fusion = false", "fusion = false\nmatiere = \"299901\"")
        .replace(
            "code = \"C1.1\"\nintitule = \"Ligne C1.1\"",
            "code = \"C1.1\"\ncode_national = \"9001\"\nintitule = \"Ligne C1.1\"",
        )
        .replace(
            "code = \"C1.2\"\nintitule = \"Ligne C1.2\"",
            "code = \"C1.2\"\ncode_national = \"9002\"\nintitule = \"Ligne C1.2\"",
        );
    let (school, _) = read(&with);
    assert_eq!(prepared(&school, None).dossiers().len(), 1);
}

#[test]
fn what_lacks_is_told_pupil_by_pupil_with_who_fills_it() {
    let known = nomenclature();
    let without = |from: &str, to: &str| {
        let mut all = files(&WHOLE.replace(from, to));
        if from == "eleve_id" {
            let student = all.get_mut("students/2025/dupont-lea/student.toml").unwrap();
            *student = student
                .lines()
                .filter(|line| !line.starts_with("eleve_id"))
                .map(|line| format!("{line}\n"))
                .collect();
        }
        let (school, _) = read(&all);
        let prepared = prepared(&school, Some(&known));
        assert!(prepared.dossiers().is_empty(), "{from}");
        let rows = cells(&lacks_table(&school, &prepared));
        let told = lacks(&school, &prepared, "dupont-lea");
        for (what, who) in &told {
            assert!(
                rows.iter().any(|row| row["Il manque"] == *what && row["À remplir par"] == *who)
            );
        }
        told
    };
    assert_eq!(without("\"C1.2\" = 4\n", "")[0].0, "1 compétence à positionner : C1.2");
    assert!(without("enseignants = [\"mercier-paul\"]\n", "")[0].0.contains("enseignant"));
    let told = without("eleve_id", "");
    assert!(told[0].0.contains("ELEVE_ID") && told[0].1.contains("SIECLE"), "{told:?}");
}

#[test]
fn a_sending_is_noted_line_by_line_and_the_next_one_shows_what_has_changed() {
    let known = nomenclature();
    let mut all = files(WHOLE);
    for (n, day) in [(1, Date::new(2027, 6, 4).unwrap()), (2, Date::new(2027, 6, 8).unwrap())] {
        let (school, texts) = read(&all);
        let plan =
            note_sending(&school, &texts, &prepared(&school, Some(&known)), ("martin-anne", day));
        assert!(!plan.is_refused() && plan.changes.len() == 1);
        let text = std::str::from_utf8(plan.changes.get(LEA).unwrap()).unwrap().to_owned();
        assert_eq!(text.matches("[[envois]]").count(), n, "{text}");
        assert_eq!(text.matches("[transmis]").count(), 1, "{text}");
        all.insert(LEA.into(), text);
        let (school, diagnostics) = common::read(&Memory::new(all.clone()));
        assert!(diagnostics.is_empty(), "{diagnostics:#?}");
        assert_eq!(prepared(&school, Some(&known)).pupils[0].state, SendingState::Same(day));
    }
    let changed =
        all[LEA].replace("\"C1.1\" = 3", "\"C1.1\" = 2").replace("note = 12.5", "note = 13");
    all.insert(
        LEA.into(),
        changed.replace(
            "[pfmp]",
            "[projet]\nsynthese = \"Vitrine.\"\nenseignants = [\"mercier-paul\"]\n\n[pfmp]",
        ),
    );
    let (school, _) = read(&all);
    let prepared = prepared(&school, Some(&known));
    let SendingState::Changed(day, changes) = &prepared.pupils[0].state else {
        panic!("{:?}", prepared.pupils[0].state)
    };
    assert_eq!(*day, Date::new(2027, 6, 8).unwrap());
    let told: Vec<(&str, Option<&str>, Option<&str>)> = changes
        .iter()
        .map(|one| (one.name.as_str(), one.before.as_deref(), one.now.as_deref()))
        .collect();
    assert!(told.contains(&("niveau C1.1", Some("3"), Some("2"))), "{told:?}");
    assert!(told.contains(&("note S1", Some("12.50"), Some("13.00"))), "{told:?}");
    assert!(
        told.iter().any(|(name, before, _)| *name == "projet appréciation" && before.is_none()),
        "{told:?}"
    );
    assert!(!told.iter().any(|(name, ..)| name.starts_with("appréciation")), "{told:?}");
}

#[test]
fn apprentices_never_leave() {
    let mut all = files(WHOLE);
    let student = all.get_mut("students/2025/dupont-lea/student.toml").unwrap();
    let (head, tail) = student.rsplit_once("statut = \"scolaire\"").unwrap();
    *student = format!("{head}statut = \"apprenti\"{tail}");
    let (school, _) = read(&all);
    let known = nomenclature();
    let prepared = prepared(&school, Some(&known));
    let pupil = school.pupil("dupont-lea").unwrap();
    assert!(school.ended_as_apprentice(pupil, school.current_year()));
    assert!(prepared.pupils.iter().all(|one| one.sheet.pupil != pupil));
    assert!(prepared.lacks.iter().all(|lack| lack.pupil != Some(pupil)));
}

/// Only the blue column leaves: positions of reviews never do (LSL-24).
#[test]
fn positions_of_reviews_do_not_leave() {
    let (school, _) = read(&files(&WHOLE.replace("\"C1.1\" = 3", "\"C1.1\" = 1")));
    let known = nomenclature();
    let dossiers = prepared(&school, Some(&known)).dossiers();
    assert_eq!(dossiers[0].years[0].evaluations[0].competences[0], ("9001".to_owned(), Some(1)));
}

/// Première and terminale may be in one file, a level once each; an incomplete première stays out.
#[test]
fn the_premiere_of_a_pupil_in_terminale_goes_with_it_when_asked() {
    let with = |premiere: &str| {
        let mut all = files(premiere);
        let school = all.get_mut("school.toml").unwrap();
        *school = school.replace("annee = \"2026-2027\"", "annee = \"2027-2028\"");
        let calendar = all["calendar/2026-2027.toml"].clone();
        let later = |text: &str| {
            text.replace("2027-", "2028-")
                .replace("2026-", "2027-")
                .replace("premiere", "terminale")
        };
        let (terms, _) = calendar.split_once("[[pfmp]]").unwrap();
        let rhythm =
            "[[lsl]]\ndiplome = \"mcv-a\"\nniveau = \"terminale\"\nperiodicite = \"semestre\"\n";
        all.insert("calendar/2027-2028.toml".into(), format!("{}{rhythm}", later(terms)));
        all.insert(
            "classes/2027-2028.toml".into(),
            "[classes.tmcva1]\nnom = \"T MCV A 1\"\ndiplome = \"mcv-a\"\nniveau = \"terminale\"\n\
             mef = \"24131214330\"\nequipe = [\"mercier-paul\"]\n"
                .into(),
        );
        let student = all.get_mut("students/2025/dupont-lea/student.toml").unwrap();
        *student = student.replacen(
            "[[responsables]]",
            "[[scolarite]]\nannee = \"2027-2028\"\nclasse = \"tmcva1\"\nstatut = \"scolaire\"\n\n[[responsables]]",
            1,
        );
        let terminale =
            WHOLE.replace("bilan = 2026-12-11\n", "").replace("\"C1.1\" = 3", "\"C1.1\" = 4");
        all.insert(LEA.replace("2026-2027", "2027-2028"), terminale);
        let (school, _) = read(&all);
        let text = "<nomenclaturesLsl><competences><competence code=\"9001\">Ligne C1.1</competence>\
            <competence code=\"9002\">Ligne C1.2</competence></competences><anneeScolaire millesime=\"2026\">"
            .to_owned()
            + &["24131214320", "24131214330"]
                .map(|mef| {
                    format!(
                        "<mef codeMef=\"{mef}\"><matiere discipline=\"Spécialité du baccalauréat professionnel\" \
                         codeBcn=\"299901\" modaliteElection=\"S\"><competences><competence>9001</competence>\
                         <competence>9002</competence></competences></matiere></mef>"
                    )
                })
                .concat()
            + "</anneeScolaire></nomenclaturesLsl>";
        let known = Nomenclature::read(text.as_bytes()).unwrap();
        let classes: Vec<_> = school
            .classes
            .iter()
            .filter(|(_, class)| class.year == school.current_year())
            .map(|(ix, _)| ix)
            .collect();
        let made = |cycle| {
            let scope =
                Scope { classes: &classes, nomenclature: Some(&known), format: &V1_0, cycle };
            let prepared = prepare(&school, &scope);
            assert!(prepared.lacks.is_empty(), "{:?}", prepared.lacks);
            let dossiers = prepared.dossiers();
            let root = parse(&V1_0.write(&header(), &dossiers).unwrap());
            assert_eq!(structural(&root), Ok(()));
            let years = dossiers[0].years.iter().map(|year| (year.year, year.level));
            years.collect::<Vec<_>>()
        };
        (made(false), made(true))
    };
    let (alone, both) = with(WHOLE);
    assert_eq!(alone, [(2027, StudyLevel::Terminale)]);
    assert_eq!(both, [(2026, StudyLevel::Premiere), (2027, StudyLevel::Terminale)]);
    let (_, both) = with(&WHOLE.replace("\"C1.2\" = 4\n", ""));
    assert_eq!(both, [(2027, StudyLevel::Terminale)]);
}

/// The pupil's own MEF decides, compared on its national characters: a division may mix several.
#[test]
fn the_mef_of_the_pupil_goes_before_that_of_the_class() {
    let known = nomenclature();
    let with = |mef: &str| {
        let mut all = files(WHOLE);
        let student = all.get_mut("students/2025/dupont-lea/student.toml").unwrap();
        let line = format!("classe = \"1mcva1\"\nmef = \"{mef}\"\n");
        *student = student.replacen("classe = \"1mcva1\"\n", &line, 1);
        let (school, _) = read(&all);
        prepared(&school, Some(&known)).dossiers().len()
    };
    assert_eq!((with("24131214329"), with("24131214311")), (1, 0));
}
