//! Référentiels for programs that read CASE 1.1, and packages of others: valid, stable, and back again.
#![allow(clippy::panic, clippy::unwrap_used, reason = "a test fails by panicking")]

mod common;

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use jalon::exchange::case::{DraftWishes, Framework, document, import, package};
use jalon::exchange::{Plan, Weight};
use jalon::rule;
use jalon::source::Memory;
use proptest::prelude::*;
use serde_json::{Value, json};

/// The référentiels of diplomas that are shipped, by code.
fn shipped() -> BTreeMap<String, toml::Table> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("content/referentials");
    let files = common::read_folder(&folder);
    let tables = files.into_iter().map(|(name, bytes)| {
        let text = String::from_utf8(bytes).unwrap();
        (name.trim_end_matches(".toml").to_owned(), toml::from_str(&text).unwrap())
    });
    tables.filter(|(code, _)| code != "commun").collect()
}

fn made(code: &str, table: &toml::Table, all: &BTreeMap<String, toml::Table>) -> Value {
    let others = all.iter().map(|(code, table)| (code.as_str(), table)).collect();
    let framework = Framework {
        code,
        table,
        changed: Some("2026-09-01T08:00:00Z"),
        publisher: "Lycée d’essai",
        base: None,
        others: &others,
    };
    package(&framework)
}

fn packages() -> BTreeMap<String, Value> {
    let all = shipped();
    all.iter().map(|(code, table)| (code.clone(), made(code, table, &all))).collect()
}

fn faults(schema: &Value, value: &Value) -> Vec<String> {
    let validator = jsonschema::options().should_validate_formats(true).build(schema).unwrap();
    validator
        .iter_errors(value)
        .map(|fault| format!("{}: {fault}", fault.instance_path()))
        .collect()
}

#[test]
fn every_package_is_valid() {
    let schema: Value = serde_json::from_str(include_str!("case/package.schema.json")).unwrap();
    let official = std::env::var("JALON_FORMATS")
        .ok()
        .map(|folder| Path::new(&folder).join("imscasev1p1_openapi3_v1p0.json"))
        .and_then(|path| std::fs::read(path).ok())
        .map(|bytes| serde_json::from_slice::<Value>(&bytes).unwrap());
    if official.is_none() {
        eprintln!("description officielle de CASE absente : le schéma des essais sert seul");
    }
    for (code, package) in packages() {
        assert_eq!(faults(&schema, &package), Vec::<String>::new(), "{code}");
        if let Some(official) = &official {
            let schema = json!({ "$ref": "#/components/schemas/CFPackageDType", "components": official["components"] });
            assert_eq!(faults(&schema, &package), Vec::<String>::new(), "{code}");
        }
    }
    // The schema is one that can refuse.
    let mut package = packages().remove("mcv-a").unwrap();
    package["CFItems"][0]["identifier"] = json!("1");
    package["CFItems"][1].as_object_mut().unwrap().remove("fullStatement");
    package["CFDocument"]["inconnu"] = json!(true);
    assert_eq!(faults(&schema, &package).len(), 3);
}

/// Every identifier that a package gives to something of its own.
fn given(package: &Value) -> Vec<&str> {
    let mut ids = vec![&package["CFDocument"]];
    for list in ["CFItems", "CFAssociations", "CFRubrics"] {
        ids.extend(package[list].as_array().unwrap());
    }
    for list in ["CFItemTypes", "CFLicenses"] {
        ids.extend(package["CFDefinitions"][list].as_array().unwrap());
    }
    for rubric in package["CFRubrics"].as_array().unwrap() {
        for criterion in rubric["CFRubricCriteria"].as_array().unwrap() {
            ids.push(criterion);
            ids.extend(criterion["CFRubricCriterionLevels"].as_array().unwrap());
        }
    }
    ids.into_iter().map(|one| one["identifier"].as_str().unwrap()).collect()
}

/// Every identifier that something leads to.
fn followed<'v>(value: &'v Value, found: &mut Vec<&'v str>) {
    match value {
        Value::Object(object) => {
            for (key, inner) in object {
                if key.ends_with("URI") && key != "subjectURI" {
                    found.push(inner["identifier"].as_str().unwrap());
                } else if matches!(key.as_str(), "rubricId" | "rubricCriterionId") {
                    found.push(inner.as_str().unwrap());
                } else {
                    followed(inner, found);
                }
            }
        }
        Value::Array(items) => items.iter().for_each(|item| followed(item, found)),
        _ => {}
    }
}

#[test]
fn every_identifier_is_given_once_and_leads_somewhere() {
    let packages = packages();
    let mut all = BTreeSet::new();
    for (code, package) in &packages {
        let ids = given(package);
        assert_eq!(ids.iter().collect::<BTreeSet<_>>().len(), ids.len(), "{code}");
        all.extend(ids);
    }
    let mut precedes = 0;
    for (code, package) in &packages {
        let mut found = Vec::new();
        followed(package, &mut found);
        assert!(found.len() > 100, "{code}");
        for id in found {
            assert!(all.contains(id), "{code}: {id}");
        }
        let associations = package["CFAssociations"].as_array().unwrap();
        precedes += associations.iter().filter(|one| one["associationType"] == "precedes").count();
    }
    assert!(precedes > 0, "the seconde of a family prepares for its specialities");
}

#[test]
fn identifiers_do_not_depend_on_wording_and_say_when_the_version_changes() {
    let all = shipped();
    let table = &all["mcv-a"];
    let before = made("mcv-a", table, &all);
    assert_eq!(before, made("mcv-a", table, &all));
    let corrected = toml::to_string(table).unwrap().replace("Communication", "La communication");
    let corrected: toml::Table = toml::from_str(&corrected).unwrap();
    let after = made("mcv-a", &corrected, &all);
    assert_ne!(before, after);
    assert_eq!(given(&before), given(&after));
    // One code taken away leaves the others as they were.
    let mut shorter = table.clone();
    shorter["groupes"].as_array_mut().unwrap().remove(0);
    let kept: BTreeSet<_> = given(&before).into_iter().map(str::to_owned).collect();
    let shorter = made("mcv-a", &shorter, &all);
    assert!(given(&shorter)[1..20].iter().all(|id| kept.contains(*id)));
    let mut newer = table.clone();
    newer["version"] = "2030".into();
    let newer = made("mcv-a", &newer, &all);
    let mine = |package: &Value| {
        package["CFItems"]
            .as_array()
            .unwrap()
            .iter()
            .map(|one| one["identifier"].to_string())
            .collect::<BTreeSet<_>>()
    };
    assert!(mine(&before).is_disjoint(&mine(&newer)));
}

#[test]
fn a_package_says_where_it_is_published_and_what_it_is_worth() {
    let all = shipped();
    let others = all.iter().map(|(code, table)| (code.as_str(), table)).collect();
    let framework = Framework {
        code: "mcv-a",
        table: &all["mcv-a"],
        changed: None,
        publisher: "Lycée d’essai",
        base: Some("https://competences.example/case"),
        others: &others,
    };
    let document = document(&framework);
    let id = document["identifier"].as_str().unwrap();
    assert_eq!(
        document["CFPackageURI"]["uri"],
        json!(format!("https://competences.example/case/ims/case/v1p1/CFPackages/{id}"))
    );
    assert_eq!(document["statusStartDate"], "2022-01-01");
    assert_eq!(document["language"], "fr");
    assert!(
        document["description"]
            .as_str()
            .unwrap()
            .starts_with("Transcription, et non le texte officiel.")
    );
    let package = package(&framework);
    let item = package["CFItems"]
        .as_array()
        .unwrap()
        .iter()
        .find(|one| one["humanCodingScheme"] == "C1.0.a")
        .unwrap();
    assert_eq!(item["CFItemType"], "Critère");
    assert_eq!(item["educationLevel"], json!(["Première", "Terminale"]));
}

/// A school without the référentiels of diplomas.
fn school() -> Memory {
    Memory::new([
        (
            "school.toml",
            "format = 1\nnom = \"Lycée\"\nuai = \"0549999A\"\ncourriel = \"a@b.example\"\nannee = \"2026-2027\"\n",
        ),
        (
            "staff.toml",
            "[personnes.keller-anne]\ncivilite = \"Mme\"\nnom = \"Keller\"\nprenom = \"Anne\"\ncourriels = [\"a@b.example\"]\nroles = [\"ddfpt\"]\n",
        ),
    ])
}

fn plan(source: &Memory, bytes: &[u8], code: Option<&str>) -> Plan {
    let (school, _) = common::read(source);
    import(&school, source, bytes, &DraftWishes { code }).unwrap()
}

fn text(plan: &Plan) -> String {
    let (_, bytes) = plan.changes.iter().next().unwrap_or_else(|| panic!("{:?}", plan.remarks));
    String::from_utf8(bytes.to_vec()).unwrap()
}

/// The links of a matrix: from what, to what, whether strong.
fn links(table: &toml::Table) -> BTreeSet<(String, String, bool)> {
    let rows = table.get("matrice").and_then(toml::Value::as_array).into_iter().flatten();
    let mut links = BTreeSet::new();
    for row in rows {
        let codes = |key: &str| -> Vec<String> {
            let list = row.get(key).and_then(toml::Value::as_array).into_iter().flatten();
            list.map(|code| code.as_str().unwrap().to_owned()).collect()
        };
        let strong = codes("fortes");
        for from in ["tache", "activite"].iter().filter_map(|key| row.get(key)) {
            for to in codes("competences") {
                let is_strong = strong.contains(&to);
                links.insert((from.to_string(), to, is_strong));
            }
        }
    }
    links
}

#[test]
fn our_own_packages_come_back_as_they_were() {
    let all = shipped();
    for (code, table) in &all {
        let bytes = serde_json::to_vec(&made(code, table, &all)).unwrap();
        let source = school();
        let plan = plan(&source, &bytes, None);
        assert!(plan.remarks.is_empty(), "{code}: {:?}", plan.remarks);
        let path = format!("referentials/{code}.toml");
        assert!(plan.changes.get(&path).is_some());
        let text = text(&plan);
        let mut back: toml::Table = toml::from_str(&text).unwrap();
        let mut before = table.clone();
        assert_eq!(links(&back), links(&before), "{code}");
        back.remove("matrice");
        before.remove("matrice");
        assert_eq!(back, before, "{code}");
        // The same package twice changes nothing.
        let mut after = source.clone();
        after.0.insert(path, text.into_bytes());
        let again = self::plan(&after, &bytes, None);
        assert!(again.changes.is_empty() && !again.is_refused(), "{code}");
        let other = self::plan(&after, &bytes, Some(code));
        assert!(other.changes.is_empty());
    }
}

/// A package as other programs write them: no code of ours, levels by depth, an order, nulls.
fn foreign() -> Value {
    let item = |id: u32, statement: &str, code: Option<&str>, kind: Option<&str>| {
        json!({ "identifier": format!("00000000-0000-4000-8000-{id:012}"), "uri": "https://a.example/x", "fullStatement": statement,
            "humanCodingScheme": code, "CFItemType": kind, "educationLevel": ["10", "11"], "lastChangeDateTime": "2020-01-01T00:00:00Z" })
    };
    let tie = |kind: &str, from: u32, to: u32, place: u32| {
        let node = |id: u32| json!({ "title": "t", "identifier": format!("00000000-0000-4000-8000-{id:012}"), "uri": "https://a.example/x" });
        json!({ "identifier": "x", "associationType": kind, "sequenceNumber": place, "originNodeURI": node(from), "destinationNodeURI": node(to) })
    };
    json!({
        "CFDocument": { "identifier": "00000000-0000-4000-8000-000000000000", "uri": "https://a.example/d", "creator": "Académie d’essai",
            "title": "Cuisine", "officialSourceURL": "https://a.example/texte", "statusStartDate": "2021-09-01", "version": null },
        "CFItems": [
            item(1, "Produire", Some("P"), Some("Bloc")),
            item(3, "Cuire", None, None),
            item(2, "Préparer les\nlégumes", Some("P1"), Some("Compétence")),
            item(4, "Tailler", None, None),
            item(5, "Mettre en place", Some("T1"), Some("Task")),
            item(6, "Seul", Some("Z"), Some("Competency")),
            item(7, "Cercle", None, None),
            item(8, "Cercle", None, None),
            item(9, "Encore", Some("P1"), Some("Compétence")),
        ],
        "CFAssociations": [
            tie("isChildOf", 1, 0, 1), tie("isChildOf", 3, 1, 2), tie("isChildOf", 2, 1, 1), tie("isChildOf", 4, 2, 1),
            tie("isChildOf", 7, 8, 1), tie("isChildOf", 8, 7, 1), tie("isRelatedTo", 2, 5, 0), tie("exactMatchOf", 2, 6, 0),
            tie("isChildOf", 9, 1, 3), tie("isChildOf", 99, 1, 3),
        ],
        "CFDefinitions": null,
        "CFRubrics": null,
    })
}

const DRAFT: &str = r#"# Référentiel cuisine, repris d’un paquet CASE.
# Brouillon. À compléter ou à vérifier sur le texte officiel :
# - sigle : le paquet n’en donne pas, il a été fait du code
# - genre : le paquet ne le dit pas, bac-pro est supposé
# - version : le paquet n’en donne pas
# - niveaux : lus dans le paquet, à vérifier
# - premiere_session : l’année du paquet est celle de son entrée en vigueur ou de sa fin, à vérifier

sigle = "CUISINE"
intitule = "Cuisine"
genre = "bac-pro"
version = "à compléter"
premiere_session = 2021
note = "Repris d’un paquet CASE de : Académie d’essai."
niveaux = ["seconde", "premiere"]

[provenance]
genre = "hypothèse : le paquet ne le dit pas"
intitule = "found:CASE"
niveaux = "found:CASE, à vérifier"
premiere_session = "found:CASE, année d’entrée en vigueur ou de fin, à vérifier"
sigle = "hypothèse : fait du code"
version = "à compléter"

[[activites]]
code = "Autres"
intitule = "Autres tâches"
source = "found:CASE"

[[activites.taches]]
code = "T1"
intitule = "Mettre en place"

[[groupes]]
code = "P"
intitule = "Produire"
source = "found:CASE"

[[groupes.competences]]
code = "P1"
intitule = "Préparer les légumes"

[[groupes.competences.criteres]]
code = "P1.1"
intitule = "Tailler"

[[groupes.competences]]
code = "C2"
intitule = "Cuire"

[[groupes.competences]]
code = "C3"
intitule = "Encore"

[[groupes]]
code = "Autres"
intitule = "Autres compétences"
source = "found:CASE"

[[groupes.competences]]
code = "Z"
intitule = "Seul"

[[matrice]]
tache = "T1"
competences = ["P1"]

[[sources]]
id = "CASE"
adresse = "https://a.example/texte"
"#;

#[test]
fn a_package_of_others_becomes_a_draft_that_says_what_is_missing() {
    let source = school();
    let plan = plan(&source, &serde_json::to_vec(&foreign()).unwrap(), None);
    let text = text(&plan);
    assert_eq!(text, DRAFT);
    let told = |what: &str| plan.remarks.iter().any(|one| one.sentence.contains(what));
    // Two without a code, one with the code of another; a circle of two; an exact match.
    assert!(
        told("éléments n’avaient pas de code")
            && told("éléments du paquet n’ont pas trouvé de place"),
        "{:?}",
        plan.remarks
    );
    assert!(told("lien n’est pas repris") && told("sigle : "), "{:?}", plan.remarks);
    let mut after = source.clone();
    after.0.insert("referentials/cuisine.toml".into(), text.into_bytes());
    let (school, found) = common::read(&after);
    assert_eq!(found.len(), common::read(&source).1.len(), "{found:#?}");
    let new = |source: &jalon::school::School| {
        rule::check(source)
            .iter()
            .filter(|one| one.site.file.contains("referentials"))
            .map(|one| one.message.clone())
            .collect::<Vec<_>>()
    };
    assert_eq!(new(&school), Vec::<String>::new());
}

#[test]
fn what_is_no_package_or_is_there_already_is_refused() {
    let source = school();
    for bytes in [
        &b"{"[..],
        b"[]",
        b"{}",
        b"{\"CFDocument\": 3}",
        b"\xff",
        b"{\"CFDocument\":{},\"CFItems\":3}",
    ] {
        let plan = plan(&source, bytes, Some("essai"));
        assert!(plan.is_refused() && plan.changes.is_empty());
    }
    let bytes = serde_json::to_vec(&foreign()).unwrap();
    assert!(plan(&source, &bytes, Some("Pas Un Code")).is_refused());
    let mut other = source.clone();
    other.0.insert("referentials/cuisine.toml".into(), b"sigle = \"X\"\n".to_vec());
    let refused = plan(&other, &bytes, None);
    assert!(
        refused
            .remarks
            .iter()
            .any(|one| one.weight == Weight::Fatal && one.sentence.contains("cuisine"))
    );
    let deep = format!("{{\"CFDocument\":{}1{}}}", "[".repeat(100_000), "]".repeat(100_000));
    assert!(plan(&source, deep.as_bytes(), None).is_refused());
}

/// Any JSON where some of a package stands.
fn any_json() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(|number| json!(number)),
        "[ -~éà\u{0}\u{1b}\"\\\\\n]{0,60}".prop_map(Value::from),
        Just(json!("00000000-0000-4000-8000-000000000002")),
    ];
    leaf.prop_recursive(3, 20, 4, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            prop::collection::btree_map(
                "[a-zA-Z]{1,8}|fr\\.jalon|code|niveaux|matrice",
                inner,
                0..4
            )
            .prop_map(|map| Value::Object(map.into_iter().collect())),
        ]
    })
}

/// The places of a value: paths to each of its parts.
fn places(value: &Value, path: &str, found: &mut Vec<String>) {
    found.push(path.to_owned());
    match value {
        Value::Object(object) => object.iter().for_each(|(key, inner)| {
            places(inner, &format!("{path}/{}", key.replace('~', "~0").replace('/', "~1")), found);
        }),
        Value::Array(items) => items
            .iter()
            .enumerate()
            .for_each(|(n, inner)| places(inner, &format!("{path}/{n}"), found)),
        _ => {}
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

    /// Whatever a package says, it is refused, or the draft can be read and checked.
    #[test]
    fn whatever_comes_is_refused_or_a_draft(
        of_ours in any::<bool>(),
        changes in prop::collection::vec((any::<prop::sample::Index>(), any_json()), 1..4),
    ) {
        let mut value = if of_ours {
            let all: BTreeMap<String, toml::Table> = shipped().into_iter().filter(|(code, _)| code == "ma").collect();
            made("ma", &all["ma"], &all)
        } else {
            foreign()
        };
        for (at, new) in changes {
            let mut found = Vec::new();
            places(&value, "", &mut found);
            let place = &found[at.index(found.len())];
            *value.pointer_mut(place).unwrap() = new;
        }
        let source = school();
        let plan = plan(&source, &serde_json::to_vec(&value).unwrap(), Some("essai"));
        if plan.is_refused() {
            prop_assert!(plan.changes.is_empty());
            return Ok(());
        }
        let text = text(&plan);
        let mut after = source.clone();
        after.0.insert("referentials/essai.toml".into(), text.clone().into_bytes());
        let (_, found) = common::read(&after);
        let found: Vec<_> = found.iter().filter(|one| one.code.severity == jalon::diagnostic::Severity::Error).collect();
        let before = common::read(&source).1.iter().filter(|one| one.code.severity == jalon::diagnostic::Severity::Error).count();
        prop_assert!(found.len() <= before, "{found:#?}\n{text}");
    }
}
