//! Scenarios that go from one school to another: nothing lost, nothing foreign let in, nothing that harms.
#![allow(clippy::panic, clippy::unwrap_used, reason = "a test fails by panicking")]

mod common;

use std::collections::BTreeMap;

use jalon::exchange::scenario::{SCENARIO_FORMAT, SCENARIO_VERSION, Wishes, pack, unpack};
use jalon::exchange::{Package, Plan, Weight};
use jalon::rule;
use jalon::school::School;
use jalon::source::{Changed, Memory};
use proptest::prelude::*;

const ID: &str = "mcv-a/premiere/vitrine";
const SCENARIO: &str = "# Écrit pendant l’été, à relire.\ntitre = \"Concevoir une vitrine\"\n\
    auteur = \"mercier-paul\" # l’auteur\ncopie_de = \"mcv-a/premiere/accueil-client\"\n\
    dossier = \"Espace commercial\"\ncomplexite = \"Int\"\nsecteurs = [\"Mode\", \"Épicerie & vins\"]\n\
    # deux tâches\ntaches = [\"A1-T2\", \"A1-T4\"]\ncriteres = [\"C1.0.a\", \"C4.2\"]\n\
    contexte = \"\"\"\nVous **préparez** la vitrine.\n\n- croquis\n- prix\n\"\"\"\n\n[[ressources]]\n\
    titre = \"Plan\"\nfichier = \"plan du magasin.pdf\"\n\n[[ressources]]\ntitre = \"Le site\"\n\
    lien = \"https://vitrine.example/\"\n";

/// The school that gives.
fn giving() -> Memory {
    let mut school = Memory::new(common::small_school());
    school.0.insert(format!("scenarios/{ID}.toml"), SCENARIO.into());
    school.0.insert(format!("scenarios/{ID}/plan du magasin.pdf"), b"%PDF-1.7 \xff\x00".to_vec());
    school.0.insert(format!("scenarios/{ID}/notes.toml"), b"a = 1\n".to_vec());
    school
}

/// Another school, without any scenario of that name.
fn taking() -> Memory {
    let mut school = Memory::new(common::small_school());
    for (path, bytes) in &mut school.0 {
        if path == "school.toml" {
            *bytes = String::from_utf8(std::mem::take(bytes))
                .unwrap()
                .replace("0549999A", "0540001B")
                .replace("Marie-Marvingt", "Jean-Prouvé")
                .into_bytes();
        }
    }
    school
}

fn read(source: &Memory) -> School {
    common::read(source).0
}

fn packed(source: &Memory, id: &str) -> Vec<u8> {
    let school = read(source);
    let (ix, scenario) = school.scenarios.iter().find(|(_, one)| one.id == id).unwrap();
    let folder = format!("scenarios/{id}/");
    let resources: BTreeMap<String, Vec<u8>> = scenario
        .files
        .iter()
        .map(|path| (path[folder.len()..].to_owned(), source.0[path].clone()))
        .collect();
    let text = String::from_utf8(source.0[&*scenario.file].clone()).unwrap();
    pack(&school, ix, &text, &resources).unwrap()
}

const KELLER: Wishes<'static> = Wishes { author: "keller-anne", name: None };

fn plan(source: &Memory, package: &[u8], wishes: &Wishes<'_>) -> Plan {
    unpack(&read(source), source, package, wishes).unwrap()
}

/// The school once the plan is carried out.
fn after(source: &Memory, plan: &Plan) -> Memory {
    let mut after = source.clone();
    after.0.extend(plan.changes.iter().map(|(path, bytes)| (path.to_owned(), bytes.to_vec())));
    after
}

fn refusal(plan: &Plan) -> &str {
    assert!(plan.is_refused(), "{:?}", plan.remarks);
    assert!(plan.changes.is_empty());
    &plan.remarks.iter().find(|one| one.weight == Weight::Fatal).unwrap().sentence
}

fn text(plan: &Plan, path: &str) -> String {
    String::from_utf8(plan.changes.get(path).unwrap_or_else(|| panic!("{path}: {plan:?}")).to_vec())
        .unwrap()
}

#[test]
fn a_scenario_arrives_whole_with_its_comments_and_documents() {
    let (giving, taking) = (giving(), taking());
    let package = packed(&giving, ID);
    assert_eq!(package, packed(&giving, ID), "the same scenario gives the same bytes");
    let plan = plan(&taking, &package, &KELLER);
    assert!(plan.remarks.is_empty(), "{:?}", plan.remarks);
    let path = format!("scenarios/{ID}.toml");
    let expected = SCENARIO
        .replace("auteur = \"mercier-paul\"", "auteur = \"keller-anne\"")
        .replace("copie_de = \"mcv-a/premiere/accueil-client\"\n", "")
        .replace(
            "complexite",
            "origine = \"M. Paul Mercier, Lycée professionnel Marie-Marvingt (0549999A)\"\ncomplexite",
        );
    assert_eq!(text(&plan, &path), expected);
    let after = after(&taking, &plan);
    for name in ["plan du magasin.pdf", "notes.toml"] {
        let file = format!("scenarios/{ID}/{name}");
        assert_eq!(after.0[&file], giving.0[&file], "{name}");
    }
    assert_eq!(plan.changes.len(), 3);
    // The school as it will be has no fault that it had not.
    let faults = |source: &Memory| {
        let (school, found) = common::read(source);
        (
            found.len(),
            rule::check(&school).iter().filter(|one| one.code.name != "SCEN-FICHIER").count(),
        )
    };
    assert_eq!(faults(&after), faults(&taking));
    // Given on, it still says who wrote it first.
    let on = packed(&after, ID);
    let third = crate::plan(&giving, &on, &KELLER);
    let path = "scenarios/mcv-a/premiere/vitrine-2.toml";
    assert!(third.changes.is_empty(), "the school that gave it has it: {third:?}");
    assert!(third.changes.get(path).is_none());
}

#[test]
fn the_same_package_twice_changes_nothing_even_if_the_scenario_was_put_elsewhere_in_the_list() {
    let package = packed(&giving(), ID);
    let first = after(&taking(), &plan(&taking(), &package, &KELLER));
    let again = plan(&first, &package, &Wishes { author: "mercier-paul", name: None });
    assert!(again.changes.is_empty() && !again.is_refused(), "{again:?}");
    let mut arranged = first.clone();
    let file = format!("scenarios/{ID}.toml");
    let moved = text_of(&first, &file).replace("Espace commercial", "Vitrines") + "";
    arranged.0.insert(file.clone(), format!("ordre = 3\n{moved}").into_bytes());
    assert!(plan(&arranged, &package, &KELLER).changes.is_empty());
    // What was rewritten is another scenario: the one that comes gets a number, and nothing is overwritten.
    let mut rewritten = first.clone();
    rewritten.0.insert(
        file,
        text_of(&first, &format!("scenarios/{ID}.toml"))
            .replace("vitrine.", "devanture.")
            .into_bytes(),
    );
    let numbered = plan(&rewritten, &package, &KELLER);
    let paths: Vec<&str> = numbered.changes.iter().map(|(path, _)| path).collect();
    assert_eq!(
        paths,
        [
            "scenarios/mcv-a/premiere/vitrine-2.toml",
            "scenarios/mcv-a/premiere/vitrine-2/notes.toml",
            "scenarios/mcv-a/premiere/vitrine-2/plan du magasin.pdf"
        ]
    );
    let twice = after(&rewritten, &numbered);
    assert!(plan(&twice, &package, &KELLER).changes.is_empty());
    // A name that was asked for is never changed.
    let named = Wishes { author: "keller-anne", name: Some("vitrine") };
    assert!(refusal(&plan(&rewritten, &package, &named)).contains("vitrine"));
    let other = Wishes { author: "keller-anne", name: Some("vitrine-de-noel") };
    assert!(
        plan(&rewritten, &package, &other)
            .changes
            .get("scenarios/mcv-a/premiere/vitrine-de-noel.toml")
            .is_some()
    );
}

fn text_of(source: &Memory, path: &str) -> String {
    String::from_utf8(source.0[path].clone()).unwrap()
}

#[test]
fn another_diploma_is_refused_in_a_sentence_that_names_both() {
    let package = packed(&giving(), ID);
    let mut without = taking();
    without.0.remove("referentials/mcv-a.toml");
    without.0.retain(|path, _| !path.starts_with("scenarios/"));
    let refused = plan(&without, &package, &KELLER);
    let sentence = refusal(&refused);
    assert!(sentence.contains("MCV A") && sentence.contains("MRC"), "{sentence}");
    // The same name of file, another diploma.
    let mut other = taking();
    let referential = text_of(&other, "referentials/mcv-a.toml");
    let referential = referential
        .replace("sigle = \"MCV A\"", "sigle = \"MELEC\"")
        .replace("40031213", "40025522");
    other.0.insert("referentials/mcv-a.toml".into(), referential.into_bytes());
    let refused = plan(&other, &package, &KELLER);
    let sentence = refusal(&refused);
    assert!(sentence.contains("MCV A") && sentence.contains("MELEC"), "{sentence}");
    // The same diploma, whose file has another name here.
    let mut renamed = Memory::new(
        taking()
            .0
            .into_iter()
            .filter(|(path, _)| {
                !path.starts_with("scenarios/") && !path.starts_with("evaluations/")
            })
            .map(|(path, bytes)| {
                (path.replace("referentials/mcv-a.toml", "referentials/commerce.toml"), bytes)
            }),
    );
    let renamed_text = text_of(&renamed, "referentials/commerce.toml");
    renamed.0.insert("referentials/commerce.toml".into(), renamed_text.into_bytes());
    let taken = plan(&renamed, &package, &KELLER);
    assert!(taken.changes.get("scenarios/commerce/premiere/vitrine.toml").is_some(), "{taken:?}");
}

#[test]
fn codes_that_are_unknown_or_say_something_else_are_told() {
    let package = packed(&giving(), ID);
    let mut other = taking();
    let referential = text_of(&other, "referentials/mcv-a.toml");
    // One task says something else, another has another code, a competence is gone.
    let wording = "Découverte, identification et analyse des besoins du client, de ses motivations et de ses freins éventuels";
    let referential = referential
        .replace("intitule = \"Prise de contact\"", "intitule = \"Accueil à distance\"")
        .replace("code = \"A1-T4\"", "code = \"A1-T44\"")
        .replace("tache = \"A1-T4\"", "tache = \"A1-T44\"")
        .replace("\"C4.2\"", "\"C4.22\"")
        .replace("Rendre l'unité commerciale attractive et fonctionnelle", "Animer");
    assert!(referential.contains(wording));
    other.0.insert("referentials/mcv-a.toml".into(), referential.into_bytes());
    let plan = plan(&other, &package, &KELLER);
    let told: Vec<&str> = plan.remarks.iter().map(|one| one.sentence.as_str()).collect();
    assert!(
        told.iter().any(|one| one.contains("A1-T2")
            && one.contains("Accueil à distance")
            && one.contains("Prise de contact")),
        "{told:#?}"
    );
    assert!(told.iter().any(|one| one.contains("A1-T4") && one.contains("A1-T44")), "{told:#?}");
    assert!(
        told.iter().any(|one| one.contains("C4.2")
            && one.contains("n’existe pas")
            && one.contains("attractive")),
        "{told:#?}"
    );
    let text = text(&plan, &format!("scenarios/{ID}.toml"));
    assert!(
        text.contains("# deux tâches\ntaches = [\"A1-T2\", \"A1-T44\"]\ncriteres = [\"C1.0.a\"]"),
        "{text}"
    );
}

/// A package whose list is right, whatever is in it.
fn forged(change: impl FnOnce(&mut Package)) -> Vec<u8> {
    let package = packed(&giving(), ID);
    let limits = jalon::exchange::archive::Limits { files: 100, bytes: 1_000_000 };
    let opened = Package::read(&package, (SCENARIO_FORMAT, SCENARIO_VERSION), &[], limits).unwrap();
    let mut package = opened.package;
    change(&mut package);
    package.write(SCENARIO_FORMAT, SCENARIO_VERSION, &[]).unwrap()
}

#[test]
fn what_could_harm_is_refused() {
    let with = |name: &str| {
        let package = forged(|package| drop(package.files.insert(name.into(), b"x".to_vec())));
        plan(&taking(), &package, &KELLER)
    };
    for name in [
        "ressources/jeu.exe",
        "ressources/page.html",
        "ressources/macro.DOCM",
        "ressources/con.txt",
        "ressources/fdp\u{202e}exe.txt",
        "ressources/Plan du magasin.pdf",
        "ailleurs/x.pdf",
        "staff.toml",
    ] {
        refusal(&with(name));
    }
    for name in ["ressources/../../staff.toml", "/etc/passwd", "ressources/a\\b.pdf"] {
        assert!(with(name).is_refused(), "{name}");
    }
    assert!(!with("ressources/annexes/deux.pdf").is_refused());
    let scenario = |text: &str| {
        let package =
            forged(|package| drop(package.files.insert("scenario.toml".into(), text.into())));
        plan(&taking(), &package, &KELLER)
    };
    assert!(refusal(&scenario("titre = 3\n")).contains("n’est pas un scénario"));
    assert!(
        refusal(&scenario(&SCENARIO.replace("plan du magasin", "absent"))).contains("absent.pdf")
    );
    // What terminals obey does not reach them.
    let package = forged(|package| {
        let facts = package.facts.get_mut("diplome").unwrap().as_table_mut().unwrap();
        facts.insert("code".into(), "x".into());
        facts.insert("sigle".into(), "\u{1b}[31mROUGE\u{7}".into());
        facts.insert("code_diplome".into(), "0".into());
    });
    let plan = plan(&taking(), &package, &KELLER);
    assert!(!refusal(&plan).contains(char::is_control), "{:?}", plan.remarks);
}

#[test]
fn an_author_of_this_school_is_needed() {
    let wishes = Wishes { author: "mercier-pol", name: None };
    let plan = plan(&taking(), &packed(&giving(), ID), &wishes);
    refusal(&plan);
    assert!(plan.remarks[0].help.as_ref().unwrap().contains("mercier-paul"), "{:?}", plan.remarks);
}

#[test]
fn what_no_school_would_take_does_not_leave() {
    let mut school = giving();
    school.0.insert(format!("scenarios/{ID}/jeu.exe"), b"MZ".to_vec());
    let linked = read(&school);
    let (ix, _) = linked.scenarios.iter().find(|(_, one)| one.id == ID).unwrap();
    let resources = BTreeMap::from([("jeu.exe".to_owned(), b"MZ".to_vec())]);
    assert!(pack(&linked, ix, SCENARIO, &resources).is_err());
}

/// A small change somewhere in what a package holds.
fn tampered() -> impl Strategy<Value = Vec<u8>> {
    let key = prop_oneof![
        Just(("scenario", "nom")),
        Just(("scenario", "niveau")),
        Just(("origine", "uai")),
        Just(("origine", "etablissement")),
        Just(("diplome", "code")),
        Just(("diplome", "code_diplome")),
        Just(("diplome", "version")),
    ];
    let text = "[ -~éàœ’\n\u{1b}\"\\\\/.]{0,40}";
    let facts = (key, text).prop_map(|((table, key), value)| {
        forged(|package| {
            let table = package.facts.get_mut(table).unwrap().as_table_mut().unwrap();
            table.insert(key.into(), value.into());
        })
    });
    let record = (0..SCENARIO.chars().count(), text).prop_map(|(at, value)| {
        let before: String = SCENARIO.chars().take(at).collect();
        let after: String = SCENARIO.chars().skip(at + value.chars().count() / 2).collect();
        forged(|package| {
            package.files.insert("scenario.toml".into(), (before + &value + &after).into_bytes());
        })
    });
    let file = "[ -~é]{1,30}".prop_map(|name| {
        forged(|package| drop(package.files.insert(format!("ressources/{name}"), vec![1])))
    });
    let bytes = (any::<prop::sample::Index>(), any::<u8>()).prop_map(|(at, with)| {
        let mut package = packed(&giving(), ID);
        let at = at.index(package.len());
        package[at] = with;
        package
    });
    prop_oneof![facts, record, file, bytes]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, ..ProptestConfig::default() })]

    /// Whatever a package holds, it is refused, or what it brings stays among scenarios and is sound.
    #[test]
    fn whatever_comes_is_refused_or_sound(package in tampered()) {
        let taking = taking();
        let plan = plan(&taking, &package, &KELLER);
        if plan.is_refused() {
            prop_assert!(plan.changes.is_empty());
            return Ok(());
        }
        for (path, _) in plan.changes.iter() {
            prop_assert!(path.starts_with("scenarios/mcv-a/") && !path.contains(".."), "{}", path);
        }
        let before = common::read(&taking).1.len();
        let changed = Changed { before: &taking, changes: &plan.changes };
        let (_, found) = common::read(&changed);
        prop_assert!(found.len() <= before, "{found:#?}");
    }
}
