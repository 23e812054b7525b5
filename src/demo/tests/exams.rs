//! Holds what exams leave behind: grids, livrets, attestations, registers; and the books.

use std::collections::BTreeSet;

use toml::{Table, Value};

use super::super::corpus::{list, strings, text};
use super::{Parsed, school};

fn under<'a>(parsed: &'a Parsed, folder: &'a str) -> impl Iterator<Item = (&'a str, &'a Table)> {
    parsed.under("students/").filter(move |(path, _)| path.contains(folder))
}

fn owner<'a>(parsed: &'a Parsed, path: &str) -> &'a Table {
    let folder: Vec<&str> = path.split('/').take(3).collect();
    &parsed.files[&format!("{}/student.toml", folder.join("/"))]
}

#[test]
fn closed_grids_are_complete() {
    let parsed = Parsed::new(310, 3);
    let mut stages = BTreeSet::new();
    for (path, grid) in under(&parsed, "/certification/") {
        let student = owner(&parsed, path);
        let name = path.rsplit('/').next().expect("a name").trim_end_matches(".toml");
        let (session, code) = name.split_once('-').expect("a session");
        let stay = list(student, "scolarite")
            .filter(|stay| text(stay, "annee").ends_with(session))
            .last()
            .unwrap_or_else(|| panic!("{path}"));
        let class = parsed.classes(&text(stay, "annee"))[&text(stay, "classe")].clone();
        let class = class.as_table().expect("a class");
        let referential = &parsed.files[&format!("referentials/{}.toml", text(class, "diplome"))];
        let national = list(referential, "grilles")
            .find(|grid| text(grid, "code").to_lowercase() == code)
            .unwrap_or_else(|| panic!("{path}"));
        let lines: BTreeSet<String> = strings(national, "lignes").into_iter().collect();
        let levels: BTreeSet<String> = grid
            .get("niveaux")
            .and_then(Value::as_table)
            .map(|levels| levels.keys().cloned().collect())
            .unwrap_or_default();
        assert!(levels.is_subset(&lines), "{path}");
        let members: BTreeSet<String> = list(grid, "commission").map(ToString::to_string).collect();
        assert_eq!(members.len(), list(grid, "commission").count(), "{path}");
        assert!(text(grid, "commentaire").chars().count() <= 300, "{path}");
        let absent = grid.contains_key("absent");
        let note = grid.get("note_proposee").and_then(Value::as_float);
        assert!(note.is_none_or(|note| (note * 2.0).fract() == 0.0), "{path}");
        let closed = grid.contains_key("verrouillage");
        if closed {
            assert!(absent || levels == lines, "{path}");
            assert!(!text(student, "numero_candidat").is_empty(), "{path}");
            assert!(members.len() >= 2 && note.is_some(), "{path}");
            assert!(!text(grid, "commentaire").is_empty(), "{path}");
        }
        assert!(closed || !grid.contains_key("harmonisation"), "{path}");
        stages.insert((session == "2027", closed, members.len() > 1, levels == lines));
    }
    // Past: all closed. This session: closed, complete, short of lines, short of a member.
    for wanted in [
        (false, true, true, true),
        (true, true, true, true),
        (true, false, true, true),
        (true, false, true, false),
        (true, false, false, true),
    ] {
        assert!(stages.contains(&wanted), "{wanted:?}");
    }
    assert!(stages.iter().all(|(current, closed, _, _)| *current || *closed));
}

#[test]
fn livrets_of_past_years_are_complete_and_sent() {
    let parsed = Parsed::new(310, 3);
    let mut begun = 0;
    for (path, livret) in under(&parsed, "/lsl/") {
        let student = owner(&parsed, path);
        let year = path.rsplit('/').next().expect("a name").trim_end_matches(".toml");
        let stay = list(student, "scolarite")
            .filter(|stay| text(stay, "annee") == year)
            .last()
            .unwrap_or_else(|| panic!("{path}"));
        assert_eq!(text(stay, "statut"), "scolaire", "{path}");
        let class = parsed.classes(year)[&text(stay, "classe")].clone();
        let class = class.as_table().expect("a class");
        assert_ne!(text(class, "niveau"), "seconde", "{path}");
        let part = |name: &str, key: &str| {
            let table = livret.get(name).and_then(Value::as_table);
            table.map(|table| text(table, key)).unwrap_or_default()
        };
        assert!(text(livret, "appreciation").chars().count() <= 300, "{path}");
        assert!(part("pfmp", "synthese").chars().count() <= 1000, "{path}");
        assert!(part("projet", "synthese").chars().count() <= 300, "{path}");
        for mark in list(livret, "notes").filter(|mark| mark.contains_key("bilan")) {
            let folder = path.split("/lsl/").next().expect("a folder");
            let review = &parsed.files[&format!("{folder}/reviews/{}.toml", mark["bilan"])];
            assert_eq!(mark.get("note"), review.get("note"), "{path}");
            assert!(mark.contains_key("note") != mark.contains_key("non_note"), "{path}");
        }
        if year == "2026-2027" {
            begun += 1;
            assert!(!livret.contains_key("envois"), "{path}");
            continue;
        }
        let referential = &parsed.files[&format!("referentials/{}.toml", text(class, "diplome"))];
        let expected: BTreeSet<String> =
            list(referential["lsl"].as_table().expect("a list"), "competences")
                .map(|line| text(line, "code"))
                .collect();
        let levels = livret["niveaux"].as_table().expect("levels");
        assert_eq!(levels.keys().cloned().collect::<BTreeSet<_>>(), expected, "{path}");
        assert!(list(livret, "notes").count() >= 2 && !strings(livret, "enseignants").is_empty());
        for (name, key) in [("pfmp", "synthese"), ("pfmp", "enseignant"), ("projet", "synthese")] {
            assert!(!part(name, key).is_empty(), "{path} {name}");
        }
        let calendar = &parsed.files[&format!("calendar/{year}.toml")];
        let window = calendar["service_lsl"].as_table().expect("a window");
        assert!(list(livret, "envois").count() >= 1, "{path}");
        for sending in list(livret, "envois") {
            let day = sending["le"].to_string();
            assert!(window["ouverture"].to_string() <= day, "{path}");
            assert!(day <= window["fermeture"].to_string(), "{path}");
        }
    }
    assert!(begun > 20, "{begun}");
}

#[test]
fn attestations_are_for_those_who_hold_no_diploma() {
    let parsed = Parsed::new(310, 3);
    let mut number = 0;
    for (path, attestation) in under(&parsed, "/attestations/") {
        let student = owner(&parsed, path);
        assert!(!student.contains_key("diplomes"), "{path}");
        let day = attestation["date"].to_string();
        assert!(path.ends_with(&format!("/{day}.toml")), "{path}");
        let ticks = attestation["competences"].as_table().expect("ticks");
        assert!(!ticks.is_empty(), "{path}");
        assert!(ticks.values().all(|tick| tick["le"].to_string() <= day), "{path}");
        number += 1;
    }
    assert!(number >= 5, "{number}");
    let holders = parsed.students().filter(|(_, student)| student.contains_key("diplomes"));
    assert!(holders.count() > 100);
}

#[test]
fn juries_are_composed_by_the_rules_and_read_all_livrets() {
    let parsed = Parsed::new(310, 3);
    let mut juries = 0;
    for (path, commission) in parsed.under("register/").filter(|(p, _)| p.contains("/commissions/"))
    {
        let members: Vec<&Table> = list(commission, "membres").collect();
        let quality =
            |wanted: &str| members.iter().filter(|m| text(m, "qualite") == wanted).count();
        assert!(quality("professionnel") * 3 >= members.len(), "{path}");
        let presides = members.iter().filter(|member| member.contains_key("preside"));
        assert_eq!(presides.count(), 1, "{path}");
        if text(commission, "objet") != "deliberation" {
            continue;
        }
        juries += 1;
        let name = path.rsplit('/').next().expect("a name").trim_end_matches(".toml");
        let session = path.split('/').nth(1).expect("a session");
        let mut read: Vec<String> = parsed
            .under("register/")
            .filter(|(path, consultation)| {
                path.starts_with(&format!("register/{session}/consultations/"))
                    && text(consultation, "commission") == name
            })
            .flat_map(|(_, consultation)| strings(consultation, "eleves"))
            .collect();
        read.sort();
        assert_eq!(read, strings(commission, "candidats"), "{path}");
    }
    assert!(juries >= 12, "{juries}");
    assert!(parsed.files.contains_key("register/2026/deliveries/livrets-sur-papier.toml"));
}

#[test]
fn books_hold_their_pictures() {
    let files = school(120, 3, 3);
    let paths: BTreeSet<&str> = files.iter().map(|(path, _)| path.as_str()).collect();
    let mut pages = 0;
    for (path, bytes) in files.iter().filter(|(path, _)| path.ends_with(".md")) {
        let page = std::str::from_utf8(bytes).expect("UTF-8");
        let header = page.split("+++\n").nth(1).expect("a header");
        let header: Table = header.parse().expect("TOML");
        assert!(header["date"].to_string().as_str() <= "2026-11-22", "{path}");
        for photo in list(&header, "photos") {
            let file = format!("{}/{}", path.trim_end_matches(".md"), text(photo, "fichier"));
            assert!(paths.contains(file.as_str()), "{file}");
        }
        pages += 1;
    }
    assert!(pages >= 5, "{pages}");
    // The logo stands beside them.
    assert_eq!(paths.iter().filter(|path| path.ends_with(".png")).count(), pages + 1);
}
