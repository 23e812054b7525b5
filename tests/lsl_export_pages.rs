//! The pages that help to copy livrets into the national application, and what the list says of sendings.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test stops when it cannot go on")]

mod common;

use std::collections::BTreeMap;
use std::path::Path;

use jalon::insight::{fingerprint, livret_sheet, sent_values};
use jalon::page::{CopyPage, Site, copy_page, screen_page};
use jalon::render;
use jalon::school::School;
use jalon::source::Memory;
use jalon::text::Date;

const LEA: &str = "students/2025/dupont-lea/lsl/2026-2027.toml";

const WHOLE: &str = "appreciation = \"Léa progresse ; <b>elle</b> ose.\"\nenseignants = [\"mercier-paul\"]\n\
    engagements = [\"C\"]\navis_examen = \"F\"\n\n[niveaux]\n\"C1.1\" = 3\n\"C1.2\" = 4\n\n\
    [[notes]]\nperiode = \"S1\"\nbilan = 2026-12-11\nnote = 12.5\n\n\
    [pfmp]\nsynthese = \"Librairie : accueil, caisse.\"\nenseignant = \"mercier-paul\"\netranger = true\n";

fn today() -> Date {
    Date::new(2027, 6, 10).unwrap()
}

/// The base school with the livret of a pupil, and a list of two competences.
fn school(livret: &str) -> School {
    school_by(livret, "[[lsl.voies]]\nvoie = \"fichiers\"\npremiere_session = 2025\n")
}

/// The same, with these ways into LSL Pro.
fn school_by(livret: &str, ways: &str) -> School {
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
        "{head}[lsl]\nfusion = false\n{}{ways}[[sources]]\nid = \"ANNEXES\"\nadresse = \"arrêté\"\n",
        lines.concat()
    );
    if !livret.is_empty() {
        all.insert(LEA.into(), livret.into());
    }
    common::read(&Memory::new(all)).0
}

fn page(school: &School) -> CopyPage {
    let site = Site::new(school, &[], today());
    let pupil = school.pupil("dupont-lea").unwrap();
    let class = school.last_stay_of(pupil, school.current_year()).unwrap().class;
    copy_page(&site, class, pupil, "mcv-a/lsl/2026-2027/recopie/dupont-lea.html").unwrap()
}

fn html(school: &School, address: &str) -> String {
    let files = render::render(&Site::new(school, &[], today())).unwrap();
    String::from_utf8(files.get(address).unwrap().to_vec()).unwrap()
}

#[test]
fn values_stand_in_the_order_of_the_national_screen() {
    let school = school(WHOLE);
    let page = page(&school);
    let titles: Vec<&str> = page.sections.iter().map(|one| one.title.as_str()).collect();
    assert_eq!(
        titles,
        [
            "Élève",
            "Groupe",
            "Compétences",
            "Appréciation",
            "Professeurs",
            "PFMP",
            "Parcours, engagements et avis"
        ]
    );
    let values: Vec<(&str, Option<&str>)> = (page.sections.iter())
        .flat_map(|one| &one.values)
        .map(|one| (one.label.as_str(), one.value.as_deref()))
        .collect();
    for wanted in [
        ("Moyenne, 1er semestre", Some("12,5")),
        ("Moyenne, 2d semestre", None),
        ("Moyenne de l’année", Some("12,5")),
        ("Moyennes de 12 et plus", Some("100,00\u{a0}%")),
        ("C1.2 Ligne C1.2", Some("4")),
        ("Enseignant, MERCIER Paul", Some("MERCIER Paul")),
        ("En partie à l’étranger", Some("oui")),
        ("Engagement, délégué de classe", Some("oui")),
        ("Avis pour l’examen", Some("favorable")),
    ] {
        let found = values.iter().find(|(label, _)| *label == wanted.0);
        // The names of periods are those of the calendar.
        if wanted.0 != "Moyenne, 2d semestre" {
            assert_eq!(found, Some(&wanted), "{values:#?}");
        }
    }
    assert!(page.lacks.is_empty() && page.progress.complete, "{:?}", page.lacks);
}

#[test]
fn what_lacks_says_who_fills_it() {
    let school = school("appreciation = \"Bien.\"\n\n[niveaux]\n\"C1.1\" = 2\n");
    let page = page(&school);
    let lacks: Vec<(&str, &str)> =
        page.lacks.iter().map(|(what, who)| (what.as_str(), who.as_str())).collect();
    assert!(lacks.contains(&("1 compétence à positionner : C1.2", "M.\u{a0}Mercier")), "{lacks:?}");
    assert!(
        lacks.contains(&("PFMP : texte à écrire", "le référent de PFMP ou M.\u{a0}Mercier")),
        "{lacks:?}"
    );
    let missing: Vec<&str> = (page.sections.iter())
        .flat_map(|one| &one.values)
        .filter(|one| one.value.is_none() && one.wanted)
        .map(|one| one.label.as_str())
        .collect();
    assert!(missing.contains(&"C1.2 Ligne C1.2") && missing.contains(&"Enseignant"), "{missing:?}");
}

/// A mark belongs to one value of one pupil: another value, or the same one of another pupil, has another key.
#[test]
fn a_changed_value_loses_its_mark_and_no_other_does() {
    let keys = |livret: &str| -> BTreeMap<String, String> {
        let school = school(livret);
        let sections = page(&school).sections;
        let values = sections.into_iter().flat_map(|one| one.values);
        values.map(|one| (one.label, one.key)).collect()
    };
    let (before, after) = (keys(WHOLE), keys(&WHOLE.replace("\"C1.1\" = 3", "\"C1.1\" = 2")));
    let changed: Vec<&String> = before
        .iter()
        .filter(|(label, key)| after.get(*label) != Some(key))
        .map(|(l, _)| l)
        .collect();
    assert_eq!(changed, ["C1.1 Ligne C1.1"]);
    let distinct: std::collections::BTreeSet<&String> = before.values().collect();
    assert_eq!(distinct.len(), before.len());
}

#[test]
fn the_page_reads_without_scripts_and_escapes_what_was_typed() {
    let school = school(WHOLE);
    let page = html(&school, "mcv-a/lsl/2026-2027/recopie/dupont-lea.html");
    assert!(
        page.contains("Léa progresse ; &lt;b&gt;elle&lt;&#x2f;b&gt; ose.")
            || page.contains("&lt;b&gt;elle&lt;/b&gt;")
    );
    // Buttons and boxes wait for the script; the values do not.
    for button in page.match_indices("data-copier=").map(|(at, _)| &page[at..at + 120]) {
        assert!(button.split_once('>').unwrap().0.ends_with("hidden"), "{button}");
    }
    assert_eq!(page.matches("<label hidden>").count(), page.matches("data-cle=").count());
    assert!(page.contains("assets/js/recopie.js") && page.contains("enseignements généraux"));
}

#[test]
fn a_class_has_one_table_with_the_keys_of_each_pupil() {
    let school = school(WHOLE);
    let site = Site::new(&school, &[], today());
    let pupil = school.pupil("dupont-lea").unwrap();
    let class = school.last_stay_of(pupil, school.current_year()).unwrap().class;
    let screen = screen_page(&site, class, "mcv-a/lsl/2026-2027/classes/1mcva1.html").unwrap();
    let row = screen.rows.iter().find(|row| row.name == "DUPONT Léa").unwrap();
    assert_eq!((row.levels.as_slice(), row.complete), (&[3, 4][..], true));
    let of_page = page(&school).sections.into_iter().flat_map(|one| one.values);
    let of_page: Vec<String> =
        of_page.filter(|one| one.value.is_some()).map(|one| one.key).collect();
    assert_eq!(row.keys, of_page.join(" "));
    // Apprentices are in no table (LSL-02).
    assert!(screen.rows.iter().all(|row| {
        let id = row.href.rsplit('/').next().unwrap().trim_end_matches(".html").to_owned();
        !school.ended_as_apprentice(school.pupil(&id).unwrap(), school.current_year())
    }));
    assert!(html(&school, "mcv-a/lsl/2026-2027/classes/1mcva1.html").contains("data-cles="));
}

#[test]
fn the_list_tells_what_was_sent_what_has_changed_and_what_waits() {
    let sent = |school: &School| {
        let pupil = school.pupil("dupont-lea").unwrap();
        let class = school.last_stay_of(pupil, school.current_year()).unwrap().class;
        sent_values(school, &livret_sheet(school, class, pupil).unwrap())
    };
    let waiting = school(WHOLE);
    let list = html(&waiting, "mcv-a/lsl/index.html");
    assert!(list.contains("complet jamais envoyé"), "{list}");
    let values = sent(&waiting);
    let note = |values: &[(String, String)]| {
        let lines: String =
            values.iter().map(|(name, value)| format!("{name:?} = {value:?}\n")).collect();
        let print = fingerprint(values);
        format!(
            "{WHOLE}\n[[envois]]\nle = 2027-06-04\npar = \"martin-anne\"\nempreinte = \"{print}\"\n\n[transmis]\n{lines}"
        )
    };
    let same = school(&note(&values));
    assert!(html(&same, "mcv-a/lsl/index.html").contains("<span class=\"badge ok\">à jour</span>"));
    let changed = school(&note(&values).replace("\"C1.1\" = 3", "\"C1.1\" = 1"));
    let list = html(&changed, "mcv-a/lsl/index.html");
    assert!(list.contains("1 valeur changée depuis"), "{list}");
    let livret = html(&changed, "mcv-a/lsl/2026-2027/dupont-lea.html");
    assert!(livret.contains("niveau C1.1 : 3, maintenant 1"), "{livret}");
}

/// LSL-41: everything through PRONOTE, or general subjects first; said by the référentiel, session by session.
#[test]
fn the_right_way_depends_on_diploma_and_session() {
    let told = |way: &str, last: &str| {
        let ways = format!("[[lsl.voies]]\nvoie = \"{way}\"\npremiere_session = 2025\n{last}");
        let school = school_by(WHOLE, &ways);
        let page = html(&school, "mcv-a/lsl/2026-2027/recopie/dupont-lea.html");
        (page.contains("Fiche scolaire"), page.contains("les enseignements généraux"))
    };
    assert_eq!(told("pronote", ""), (true, false));
    assert_eq!(told("fichiers", ""), (false, true));
    // Another session: nothing is claimed, both ways are told.
    assert_eq!(told("pronote", "derniere_session = 2025\n"), (true, true));
    assert_eq!(told("fichiers", "derniere_session = 2028\n"), (false, true));
}
