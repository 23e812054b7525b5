//! What a dashboard and a scenario show, figure by figure, in a school small enough to count by hand.
#![allow(clippy::panic, clippy::unwrap_used, reason = "a test fails by panicking")]

mod common;

use jalon::insight::is_locked;
use jalon::page::{Site, Subject, address};
use jalon::render::{Files, render};
use jalon::school::School;
use jalon::source::Memory;

/// Two units whose exams changed: C4 was assessed in U33 until 2026, and is in U32 since.
const REFERENTIAL: &str = r#"sigle = "MCV A"
intitule = "Métiers du commerce"
genre = "bac-pro"
version = "2019"
niveaux = ["premiere", "terminale"]
activites = [
  { code = "A1", intitule = "Vendre", taches = [
    { code = "A1-T1", intitule = "Accueillir" }, { code = "A1-T2", intitule = "Conseiller" } ] },
  { code = "A2", intitule = "Fidéliser", taches = [{ code = "A2-T1", intitule = "Rappeler" }] },
  { code = "A3", intitule = "Animer", taches = [
    { code = "A3-T1", intitule = "Décorer" }, { code = "A3-T2", intitule = "Annoncer" } ] },
]
groupes = [
  { code = "G1", unite = "U31", competences = [
    { code = "C1", intitule = "Écouter", criteres = [
      { code = "C1.a", intitule = "Silence" }, { code = "C1.b", intitule = "Reprise" } ] },
    { code = "C2", intitule = "Parler" } ] },
  { code = "G2", unite = "U32", competences = [
    { code = "C3", intitule = "Suivre", criteres = [{ code = "C3.a", intitule = "Relance" }] } ] },
  { code = "G3", unite = "U33", competences = [
    { code = "C4", intitule = "Animer", criteres = [{ code = "C4.a", intitule = "Décor" }] } ] },
]
epreuves = [
  { code = "E31", unite = "U31", intitule = "Vente", competences = ["C1", "C2"] },
  { code = "E32", unite = "U32", intitule = "Suivi", competences = ["C3", "C4"], premiere_session = 2027 },
  { code = "E32", unite = "U32", intitule = "Suivi", competences = ["C3"], derniere_session = 2026 },
  { code = "E33", unite = "U33", intitule = "Animation", competences = ["C4"], derniere_session = 2026 },
]
"#;

/// Two criteria of the family prepare the same one of the diploma: their results share a cell.
const FAMILY: &str = r#"sigle = "MRC"
intitule = "Relation client"
genre = "famille"
version = "2019"
niveaux = ["seconde"]
groupes = [{ code = "F", competences = [{ code = "F1", intitule = "Écouter", prepare = ["mcv-a/C1"], criteres = [
  { code = "F1.a", intitule = "Silence", prepare = ["mcv-a/C1.a"] },
  { code = "F1.b", intitule = "Regard", prepare = ["mcv-a/C1.a"] } ] }] }]
"#;

const SCHOOL: &str = r#"format = 1
nom = "Lycée"
uai = "0549999A"
courriel = "a@lycee.example"
annee = "2026-2027"
"#;

const STAFF: &str = r#"[personnes.mercier-paul]
civilite = "M."
nom = "Mercier"
prenom = "Paul"
courriels = ["paul@lycee.example"]
roles = ["enseignant"]
"#;

/// Evaluations: where, date, type, criteria, results of the pupil, whether they are shown. The names
/// of files are not in the order of dates.
const EVALUATIONS: [(&str, &str, &str, &str, &str, bool); 6] = [
    ("2024-2025/2mrc1/z", "2025-03-10", "Int", r#""F1.a", "F1.b""#, r#""+", "-""#, true),
    ("2025-2026/1mcva1/b", "2025-11-14", "Int", r#""C1.a", "C3.a""#, r#""-", "NE""#, true),
    ("2025-2026/1mcva1/a", "2026-04-02", "C", r#""C1.a", "C4.a""#, r#""abs""#, true),
    ("2026-2027/tmcva1/d", "2026-10-09", "Int", r#""C1.a", "C2""#, r#""disp""#, true),
    ("2026-2027/tmcva1/e", "2026-10-12", "C", r#""C1.a", "C2""#, r#""++", "++""#, false),
    ("2026-2027/tmcva1/c", "2026-11-12", "C", r#""C1.a", "C3.a""#, r#""++", "+""#, true),
];

fn class(key: &str, diploma: &str, level: &str) -> String {
    let nom = key.to_uppercase();
    format!(
        "[classes.{key}]\nnom = \"{nom}\"\ndiplome = \"{diploma}\"\nniveau = \"{level}\"\nequipe = []\n"
    )
}

fn pupil(name: &str, stays: &[(&str, &str)]) -> String {
    let mut text = format!("nom = \"{name}\"\nprenom = \"Léa\"\nnaissance = 2009-02-03\n");
    for (year, class) in stays {
        text += &format!(
            "[[scolarite]]\nannee = \"{year}\"\nclasse = \"{class}\"\nstatut = \"scolaire\"\n"
        );
    }
    text
}

/// Dupont, in terminale this year, with results and three reviews: closed, open again, drafted.
/// Martin, in terminale last year, with nothing.
fn school() -> School {
    let mut files: Vec<(String, String)> = Vec::new();
    let mut add = |path: &str, text: &str| files.push((path.to_owned(), text.to_owned()));
    add("school.toml", SCHOOL);
    add("staff.toml", STAFF);
    add("referentials/mcv-a.toml", REFERENTIAL);
    add("referentials/mrc.toml", FAMILY);
    let last_year = class("1mcva1", "mcv-a", "premiere") + &class("tmcva1", "mcv-a", "terminale");
    add("classes/2024-2025.toml", &class("2mrc1", "mrc", "seconde"));
    add("classes/2025-2026.toml", &last_year);
    add("classes/2026-2027.toml", &class("tmcva1", "mcv-a", "terminale"));
    let path = [("2024-2025", "2mrc1"), ("2025-2026", "1mcva1"), ("2026-2027", "tmcva1")];
    add("students/2024/dupont-lea/student.toml", &pupil("Dupont", &path));
    add("students/2024/martin-lea/student.toml", &pupil("Martin", &[("2025-2026", "tmcva1")]));
    for (place, date, complexity, criteria, results, shown) in EVALUATIONS {
        add(
            &format!("evaluations/{place}.toml"),
            &format!(
                "titre = \"Séance {place}\"\ndate = {date}\nauteur = \"mercier-paul\"\ncomplexite = \"{complexity}\"\n\
                 criteres = [{criteria}]\naffichage = {shown}\n[resultats]\ndupont-lea = [{results}]\n"
            ),
        );
    }
    let review = |date: &str, state: &str| {
        format!("date = {date}\nauteur = \"mercier-paul\"\n{state}[positions]\n\"C1\" = \"+\"\n")
    };
    let valid = "etat = \"valide\"\nvalide_le = 2026-06-05\nvalide_par = \"mercier-paul\"\n";
    let open =
        "[[deverrouillage]]\npar = \"mercier-paul\"\ndate = 2026-06-20\nmotif = \"Erreur\"\n";
    let mut reviews = |date: &str, text: &str| {
        add(&format!("students/2024/dupont-lea/reviews/{date}.toml"), text);
    };
    reviews("2025-12-05", &review("2025-12-05", &valid.replace("2026-06-05", "2025-12-05")));
    reviews("2026-06-05", &(review("2026-06-05", valid) + open));
    reviews("2026-11-13", &review("2026-11-13", "etat = \"brouillon\"\n"));
    add(
        "scenarios/mcv-a/premiere/soldes.toml",
        "titre = \"Soldes\"\nauteur = \"mercier-paul\"\ntaches = [\"A3-T1\", \"A1-T1\", \"A1-T2\"]\n\
         criteres = [\"C1.a\"]\n",
    );
    let (school, diagnostics) = common::read(&Memory::new(files));
    assert!(diagnostics.is_empty(), "{diagnostics:#?}");
    school
}

fn rendered(school: &School) -> Files {
    render(&Site::new(school, &[], common::today())).unwrap()
}

fn page(files: &Files, at: &str) -> String {
    String::from_utf8(files[at].to_vec()).unwrap()
}

/// A text without its tags.
fn strip(html: &str) -> String {
    html.split('<').map(|piece| piece.split_once('>').map_or(piece, |(_, after)| after)).collect()
}

/// What stands between each `start` and the next `end`.
fn between<'a>(html: &'a str, start: &str, end: &str) -> Vec<&'a str> {
    html.split(start).skip(1).map(|rest| rest.split(end).next().unwrap()).collect()
}

/// The bodies of the main table of a dashboard: unit, code of the competence, rows.
fn bodies(html: &str) -> Vec<(&str, &str, &str)> {
    let parts = between(html, "<tbody data-u=\"", "</tbody>").into_iter();
    let parts = parts.map(|part| {
        let (unit, rest) = part.split_once("\" id=\"").unwrap();
        let (code, rows) = rest.split_once("\">").unwrap();
        (unit, code, rows)
    });
    parts.collect()
}

/// The rows of criteria: title, and what stands in each cell.
fn criteria(html: &str) -> Vec<(String, Vec<&str>)> {
    let rows = bodies(html).into_iter().flat_map(|(_, _, rows)| between(rows, "<tr>", "</tr>"));
    let rows = rows.map(|row| {
        (strip(between(row, "<th scope=\"row\">", "</th>")[0]), between(row, "<td>", "</td>"))
    });
    rows.collect()
}

/// The results in a piece of a table, as they read.
fn results(cell: &str) -> Vec<String> {
    between(cell, "<i ", "</i>").into_iter().map(|result| strip(&format!("<{result}"))).collect()
}

const FULL: &str = "mcv-a/eleves/dupont-lea/index.html";

fn compact(full: &str) -> String {
    full.replace("index.html", "compact.html")
}

#[test]
fn each_unit_has_exactly_the_competences_of_its_exam_in_the_pupils_session() {
    let files = rendered(&school());
    for (pupil, expected) in [
        ("dupont-lea", [("U31", "C1"), ("U31", "C2"), ("U32", "C3"), ("U32", "C4")]),
        ("martin-lea", [("U31", "C1"), ("U31", "C2"), ("U32", "C3"), ("U33", "C4")]),
    ] {
        let mut choices: Vec<&str> = expected.iter().map(|(unit, _)| *unit).collect();
        choices.dedup();
        choices.insert(0, "");
        for view in ["index.html", "compact.html"] {
            let html = page(&files, &format!("mcv-a/eleves/{pupil}/{view}"));
            let found: Vec<_> =
                bodies(&html).iter().map(|(unit, code, _)| (*unit, *code)).collect();
            assert_eq!(found, expected, "{pupil}, {view}");
            assert_eq!(between(&html, "name=\"u\" value=\"", "\""), choices, "{pupil}, {view}");
        }
    }
}

#[test]
fn columns_are_in_time_order_under_the_level_of_their_day() {
    let html = page(&rendered(&school()), FULL);
    let head = between(&html, "<tr class=\"niv\">", "</tr>")[0];
    let bands: Vec<(&str, String)> = between(head, "colspan=\"", "</th>")
        .into_iter()
        .map(|band| (band.split('"').next().unwrap(), strip(&format!("<{band}"))))
        .collect();
    let named = |length, name: &str| (length, name.to_owned());
    let expected = [
        named("1", "Seconde 2024-2025"),
        named("2", "Première 2025-2026"),
        named("2", "Terminale 2026-2027"),
        named("3", "Bilans"),
    ];
    assert_eq!(bands, expected);
    let head = between(&html, "<tr class=\"ev\">", "</tr>")[0];
    let days = between(head, "<time datetime=\"", "\"");
    assert_eq!(days, ["2025-03-10", "2025-11-14", "2026-04-02", "2026-10-09", "2026-11-12"]);
    // Each column is of the band above it, for the filter of types.
    let of: Vec<&str> = between(head, " data-n=\"", "\"");
    let levels = ["Seconde2024-2025", "Première2025-2026", "Terminale2026-2027"];
    assert_eq!(of, [levels[0], levels[1], levels[1], levels[2], levels[2]]);
}

#[test]
fn a_cell_says_the_code_of_its_column_or_why_there_is_no_result() {
    let html = page(&rendered(&school()), FULL);
    let head = between(&html, "<tr class=\"ev\">", "</tr>")[0];
    let codes = between(head, "<th scope=\"col\" data-t=\"", "\"");
    assert_eq!(codes, ["Int", "Int", "C", "Int", "C"]);
    let rows = criteria(&html);
    let first: Vec<Vec<String>> = rows[0].1.iter().map(|cell| results(cell)).collect();
    assert_eq!(first, [vec!["Int+", "Int-"], vec!["Int-"], vec!["abs"], vec!["disp"], vec!["C++"]]);
    for (title, cells) in rows {
        assert_eq!(cells.len(), codes.len(), "{title}");
        for (cell, code) in cells.into_iter().zip(&codes) {
            for (told, result) in between(cell, "title=\"", "\"").iter().zip(results(cell)) {
                let is_level = ["NE", "--", "-", "+", "++"].map(|sign| format!("{code}{sign}"));
                let is_none = ["abs", "disp"].contains(&result.as_str());
                assert!(is_level.contains(&result) || is_none, "{title}: {result} under {code}");
                assert!(told.starts_with(&format!("{code}, ")), "{title}: {told}");
            }
        }
    }
}

#[test]
fn the_compact_view_has_the_same_results_in_the_same_order_and_no_empty_cell() {
    let school = school();
    let files = rendered(&school);
    let site = Site::new(&school, &[], common::today());
    let mut results_seen = Vec::new();
    for (d, pupil) in site.dashboards() {
        let full = page(&files, &address(&site, Subject::Dashboard(d, pupil)));
        let compact = page(&files, &address(&site, Subject::Compact(d, pupil)));
        assert!(!compact.contains("<td></td>"));
        let (full, compact) = (criteria(&full), criteria(&compact));
        assert_eq!(full.len(), compact.len());
        let mut number = 0;
        for ((title, cells), (same, side_by_side)) in full.iter().zip(&compact) {
            assert_eq!(title, same);
            let there: Vec<String> = cells.iter().flat_map(|cell| results(cell)).collect();
            let [cell] = side_by_side[..] else { panic!("{title}: {} cells", side_by_side.len()) };
            assert_eq!(results(cell), there, "{title}");
            assert!(!strip(cell).is_empty(), "{title}");
            number += there.len();
        }
        results_seen.push(number);
    }
    // Dupont on MCV A and in the family, Martin: counted in the table of evaluations above.
    results_seen.sort_unstable();
    assert_eq!(results_seen, [0, 2, 10]);
    assert!(page(&files, &compact(FULL)).contains("aucun résultat"));
}

#[test]
fn the_next_position_is_a_question_mark_and_padlocks_tell_the_locks() {
    let school = school();
    let html = page(&rendered(&school), FULL);
    for (_, code, rows) in bodies(&html) {
        let next = between(rows, "<td class=\"q\"", "</td>");
        assert_eq!(next.len(), 1, "{code}");
        assert!(strip(&format!("<{}", next[0])).starts_with("? "), "{code}");
        assert!(next[0].contains("#i-ouvert") && !next[0].contains("#i-ferme"), "{code}");
    }
    let head = between(&html, "<tr class=\"ev\">", "</tr>")[0];
    let shown: Vec<bool> = between(head, "<th scope=\"col\"><a href=\"bilans/", "</th>")
        .into_iter()
        .map(|review| review.contains("#i-ferme"))
        .collect();
    assert_eq!(shown, [true, false, false], "closed, open again, drafted");
    let locks: Vec<bool> = school.reviews.values().iter().map(is_locked).collect();
    assert_eq!(shown, locks);
}

#[test]
fn tasks_of_a_scenario_stand_under_their_activity() {
    let html = page(&rendered(&school()), "mcv-a/scenarios/premiere/soldes/index.html");
    let tasks = html.split("Tâches professionnelles à réaliser").nth(1).unwrap();
    let tasks = tasks.split("<h3>").next().unwrap();
    let groups: Vec<(String, Vec<String>)> = between(tasks, "<h4>", "</ul>")
        .into_iter()
        .map(|group| {
            let (title, list) = group.split_once("</h4>").unwrap();
            (strip(title), between(list, "<li>", "</li>").into_iter().map(strip).collect())
        })
        .collect();
    let named = |title: &str, tasks: &[&str]| {
        (title.to_owned(), tasks.iter().map(|task| (*task).to_owned()).collect::<Vec<_>>())
    };
    let expected = [
        named("A1 Vendre 2", &["A1-T1 Accueillir", "A1-T2 Conseiller"]),
        named("A3 Animer 1", &["A3-T1 Décorer"]),
    ];
    assert_eq!(groups, expected);
    assert!(tasks.contains("Aucune tâche choisie dans A2 Fidéliser."));
}

/// A référentiel of 25 competences and two reviews: the first three go up, down and nowhere.
fn many_competences() -> Vec<(String, String)> {
    let number = 25;
    let competences: Vec<String> =
        (1..=number).map(|n| format!("{{ code = \"C{n}\", intitule = \"Faire {n}\" }}")).collect();
    let referential = format!(
        "sigle = \"A\"\nintitule = \"A\"\ngenre = \"bac-pro\"\nversion = \"1\"\nniveaux = [\"premiere\"]\n\
         groupes = [{{ code = \"G\", competences = [{}] }}]\n",
        competences.join(", ")
    );
    let review = |date: &str, positions: &str| {
        format!(
            "date = {date}\nauteur = \"mercier-paul\"\netat = \"valide\"\nvalide_le = {date}\n\
             valide_par = \"mercier-paul\"\n[positions]\n{positions}"
        )
    };
    let folder = "students/2026/dupont-lea";
    [
        ("school.toml", SCHOOL.to_owned()),
        ("staff.toml", STAFF.to_owned()),
        ("referentials/agora.toml", referential),
        ("classes/2026-2027.toml", class("1a", "agora", "premiere")),
        (&format!("{folder}/student.toml"), pupil("Dupont", &[("2026-2027", "1a")])),
        (
            &format!("{folder}/reviews/2026-10-02.toml"),
            review("2026-10-02", "C1 = \"-\"\nC2 = \"+\"\nC3 = \"+\"\n"),
        ),
        (
            &format!("{folder}/reviews/2026-11-13.toml"),
            review("2026-11-13", "C1 = \"++\"\nC2 = \"--\"\nC3 = \"+\"\nC4 = \"+\"\n"),
        ),
    ]
    .map(|(path, text)| (path.to_owned(), text))
    .to_vec()
}

#[test]
fn with_many_competences_the_evolution_stands_in_the_grid() {
    let (school, diagnostics) = common::read(&Memory::new(many_competences()));
    assert!(diagnostics.is_empty(), "{diagnostics:#?}");
    let files = rendered(&school);
    let first = page(&files, "agora/eleves/dupont-lea/bilans/2026-10-02.html");
    assert!(!first.contains("Évolution") && !first.contains("class=\"radar"));
    let html = page(&files, "agora/eleves/dupont-lea/bilans/2026-11-13.html");
    assert_eq!(html.matches("<table").count(), 1, "no value is told twice");
    let grid = between(&html, "<table class=\"grille bilan\">", "</table>")[0];
    assert!(strip(grid).contains("Évolutiondepuis le 02/10/2026"));
    let rows = between(grid, "<tr><th scope=\"row\">", "</tr>");
    let told: Vec<String> =
        rows.iter().map(|row| strip(between(row, "<td>", "</td>").last().unwrap())).collect();
    assert_eq!(told.len(), 25);
    assert_eq!(told[..4], ["en progrès", "en recul", "stable", "pas de comparaison"]);
    assert!(html.contains("1 en progrès, 1 stable, 1 en recul, 22 sans comparaison possible"));
    assert!(html.contains("class=\"radar grand\""));
}
