//! Where the letters of the families' site are: read from the register and from each pupil's file, and
//! shown on the page of the head of school.
#![allow(clippy::panic, clippy::unwrap_used, reason = "a test fails by panicking")]

mod common;

use std::collections::BTreeMap;
use std::path::Path;

use jalon::insight::{LetterFigures, LetterState, class_letters, register_by_pupil};
use jalon::page::Site;
use jalon::render::{Files, render};
use jalon::school::{Addressee, Ix, Pupil, School};
use jalon::source::Memory;
use jalon::text::Date;

/// The base school of the rules, with Léa Dupont's people and these files.
fn school(people: &str, files: &[(&str, &str)]) -> School {
    let base = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/schools/base");
    let mut all = common::read_folder(&base);
    let file = "students/2025/dupont-lea/student.toml";
    let (identity, stays) = LEA.split_once("\n\n").unwrap();
    let (top, blocks) = people.split_once("---\n").unwrap_or(("", people));
    all.insert(file.to_owned(), format!("{identity}\n{top}\n{stays}\n{blocks}").into_bytes());
    for (path, text) in files {
        all.entry((*path).to_owned())
            .and_modify(|bytes| bytes.extend(text.as_bytes()))
            .or_insert_with(|| text.as_bytes().to_vec());
    }
    let (school, told) = common::read(&Memory(all));
    let told: Vec<&str> = told.iter().map(|one| one.message.as_str()).collect();
    assert!(told.is_empty(), "{told:?}");
    school
}

/// Of age on 14 March 2027.
const LEA: &str = r#"nom = "Dupont"
prenom = "Léa"
sexe = "F"
naissance = 2009-03-14

[[scolarite]]
annee = "2026-2027"
classe = "1mcva1"
statut = "scolaire"
"#;

const PARENTS: &str = r#"
[[responsables]]
lien = "mère"
legal = 1
civilite = "Mme"
nom = "Dupont"
prenom = "Nadia"
[[responsables]]
lien = "père"
legal = 2
civilite = "M."
nom = "Dupont"
prenom = "Karim"
[[responsables]]
lien = "tutrice"
nom = "de La Tour-N’Guyen"
prenom = "Éloïse"
"#;

const OPEN: &str =
    "\n[familles]\nadresse = \"https://familles.exemple.fr/\"\nactivation = 2026-09-07\n";

fn handed(lines: &str) -> String {
    format!("document = \"acces\"\ndate = 2026-09-18\npar = \"martin-anne\"\n{lines}")
}

fn line(to: &str, more: &str) -> String {
    let to = if to.is_empty() { String::new() } else { format!("destinataire = \"{to}\"\n") };
    format!("[[remises]]\neleve = \"dupont-lea\"\n{to}{more}")
}

fn day(text: &str) -> Date {
    text.parse().unwrap()
}

fn lea(school: &School) -> (Ix<Pupil>, &Pupil) {
    school.pupils.iter().find(|(_, pupil)| pupil.id == "dupont-lea").unwrap()
}

/// The states of Léa's letters, mother, father, herself.
fn states(school: &School, today: &str) -> Vec<LetterState> {
    let register = register_by_pupil(school);
    let (ix, pupil) = lea(school);
    let class = pupil.stays.last().unwrap().class;
    let all = class_letters(school, &register, class, day(today));
    let one = all.into_iter().find(|one| one.pupil == ix).unwrap();
    one.letters.into_iter().map(|letter| letter.state).collect()
}

const DELIVERY: &str = "register/2027/deliveries/lettres.toml";

/// "remise 2026-09-18", for a comparison.
fn told(states: &[LetterState]) -> Vec<String> {
    let word = |state: &LetterState| match state {
        LetterState::ToHand => "à remettre".to_owned(),
        LetterState::Handed { on, signed, .. } => {
            format!("remise {on}{}", if *signed { " signée" } else { "" })
        }
        LetterState::Replaced(on) => format!("annulée {on}"),
        LetterState::Refused(on) => format!("refusée {on}"),
        LetterState::RefusedByGuardians(on) => format!("fermée {on}"),
        LetterState::Reserved(on) => format!("réservée {on}"),
    };
    states.iter().map(word).collect()
}

#[test]
fn a_recipient_is_known_however_it_is_typed() {
    let school = school(PARENTS, &[]);
    let pupil = lea(&school).1;
    let [mother, father, other] = [0, 1, 2].map(|place| vec![Addressee::Guardian(place)]);
    let parents = vec![Addressee::Guardian(0), Addressee::Guardian(1)];
    let own = vec![Addressee::Pupil];
    let cases: [(&str, &Vec<Addressee>); 26] = [
        ("Mme Dupont", &mother),
        ("MME DUPONT", &mother),
        ("madame dupont", &mother),
        ("Nadia Dupont", &mother),
        ("DUPONT Nadia", &mother),
        ("N. Dupont", &mother),
        ("sa mère", &mother),
        ("La mère", &mother),
        ("Mère : Nadia DUPONT", &mother),
        ("Madame", &mother),
        ("M. Dupont", &father),
        ("dupont  karim", &father),
        ("M. Karim Dupont (père)", &father),
        ("le père", &father),
        ("M. et Mme Dupont", &parents),
        ("père et mère", &parents),
        ("Eloise de la tour n'guyen", &other),
        ("Mme DE LA TOUR-NGUYEN", &Vec::new()),
        ("de La Tour-N'Guyen", &other),
        ("Mme N’Guyen", &other),
        ("Dupont", &Vec::new()),
        ("Mme Durand", &Vec::new()),
        ("Léa Dupont", &own),
        ("l’élève", &own),
        ("DUPONT Lea", &own),
        ("Hugo Dupont", &Vec::new()),
    ];
    for (typed, wanted) in cases {
        assert_eq!(&pupil.addressees(Some(typed)), wanted, "{typed}");
    }
    assert_eq!(pupil.addressees(None), own);
}

#[test]
fn a_letter_is_to_hand_over_until_the_register_says_otherwise() {
    let before = school(PARENTS, &[]);
    assert_eq!(told(&states(&before, "2026-10-01")), ["à remettre"; 3]);
    let lines = [line("Mme Dupont", "emargement = true\n"), line("", "le = 2026-09-21\n")].concat();
    let after = school(PARENTS, &[(DELIVERY, &handed(&lines))]);
    let wanted = ["remise 2026-09-18 signée", "à remettre", "remise 2026-09-21"];
    assert_eq!(told(&states(&after, "2026-10-01")), wanted);
}

#[test]
fn other_documents_and_other_years_hand_no_letter_over() {
    let lines = line("Mme Dupont", "");
    let livret = handed(&lines).replace("acces", "livret");
    let last_year = handed(&lines).replace("2026-09-18", "2026-05-18");
    for text in [livret, last_year] {
        let school = school(PARENTS, &[(DELIVERY, &text)]);
        assert_eq!(told(&states(&school, "2026-10-01"))[0], "à remettre");
    }
}

#[test]
fn a_cancelled_letter_is_replaced_by_one_handed_over_since() {
    let people = PARENTS.replacen("legal = 1", "legal = 1\ncodes_annules = [2026-11-12]", 1);
    let first = handed(&line("Mme Dupont", "emargement = true\n"));
    let lost = school(&people, &[(DELIVERY, &first)]);
    assert_eq!(told(&states(&lost, "2026-12-01"))[0], "annulée 2026-11-12");
    let second = first.replace("2026-09-18", "2026-11-12");
    let again = "register/2027/deliveries/lettres-2.toml";
    let found = school(&people, &[(DELIVERY, &first), (again, &second)]);
    assert_eq!(told(&states(&found, "2026-12-01"))[0], "remise 2026-11-12 signée");
}

#[test]
fn refusals_and_reserves_close_letters_that_were_handed_over() {
    let lines = ["Mme Dupont", "M. Dupont", ""].map(|to| line(to, "")).concat();
    let text = handed(&lines);
    let files = [(DELIVERY, text.as_str())];
    let refusing = PARENTS.replacen("legal = 1", "legal = 1\nrefus_site = 2026-09-25", 1);
    let one = school(&refusing, &files);
    let wanted = ["refusée 2026-09-25", "remise 2026-09-18", "remise 2026-09-18"];
    assert_eq!(told(&states(&one, "2026-10-01")), wanted);
    let both = refusing.replacen("legal = 2", "legal = 2\nrefus_site = 2026-09-28", 1);
    let both = school(&both, &files);
    assert_eq!(told(&states(&both, "2026-10-01"))[2], "fermée 2026-09-28");
    assert_eq!(told(&states(&both, "2027-03-14"))[2], "remise 2026-09-18");
    let kept = format!("lecture_reservee = 2027-03-20\n---\n{PARENTS}");
    let kept = school(&kept, &files);
    let wanted = ["réservée 2027-03-20", "réservée 2027-03-20", "remise 2026-09-18"];
    assert_eq!(told(&states(&kept, "2027-03-21")), wanted);
}

#[test]
fn figures_count_each_letter_once() {
    let people = PARENTS.replacen("legal = 1", "legal = 1\nrefus_site = 2026-09-25", 1);
    let text = handed(&line("M. Dupont", ""));
    let school = school(&people, &[(DELIVERY, &text)]);
    let register = register_by_pupil(&school);
    let class = lea(&school).1.stays.last().unwrap().class;
    let all = class_letters(&school, &register, class, day("2026-10-01"));
    let figures = LetterFigures::of(&all);
    // Three pupils; the two others have nobody but themselves.
    let wanted = LetterFigures {
        pupils: 3,
        letters: 5,
        to_hand: 3,
        handed: 1,
        unsigned: 1,
        refused: 1,
        ..LetterFigures::default()
    };
    assert_eq!(figures, wanted);
    let parts = figures.to_hand + figures.handed + figures.refused;
    assert_eq!(parts + figures.replaced + figures.reserved, figures.letters);
}

fn built(school: &School) -> Files {
    render(&Site::new(school, &[], day("2026-10-01"))).unwrap()
}

fn text(files: &Files, path: &str) -> String {
    String::from_utf8(files[path].to_vec()).unwrap()
}

#[test]
fn a_service_that_is_not_open_says_how_to_open_it() {
    let page = text(&built(&school(PARENTS, &[])), "familles/index.html");
    assert!(page.contains("Le service n’est pas ouvert"));
    let pasted = page.split("<pre id=\"ouvrir\"").nth(1).unwrap();
    let pasted = pasted.split_once('>').unwrap().1.split_once("</pre>").unwrap().0;
    let pasted = pasted.replace("&quot;", "\"").replace("&#x2f;", "/");
    // What it says to paste opens it.
    let open = school(PARENTS, &[("school.toml", &format!("\n{pasted}"))]);
    assert!(open.establishment.familles.is_some());
    assert!(
        !page.contains("<h2 id=\"classes\">") && page.contains("_edit/main/content/school.toml")
    );
}

#[test]
fn the_page_shows_each_reader_with_the_state_of_the_letter() {
    let people = PARENTS.replacen("legal = 1", "legal = 1\nrefus_site = 2026-09-25", 1).replacen(
        "legal = 2",
        "legal = 2\ncodes_annules = [2026-09-30]",
        1,
    );
    let lines = line("", "");
    let files = built(&school(&people, &[("school.toml", OPEN), (DELIVERY, &handed(&lines))]));
    let page = text(&files, "familles/index.html");
    let row = page.split("<tr data-e=").find(|row| row.contains("DUPONT Léa")).unwrap();
    let row = row.split_once("</tr>").unwrap().0;
    assert!(row.starts_with("\"annulee refusee remise\""), "{row}");
    for words in [
        "Mme Nadia Dupont (mère)",
        "refusée le 25/09/2026",
        "annulée le 30/09/2026, nouvelle lettre à remettre",
        "remise le 18/09/2026",
        "signature à noter",
        "_edit/main/content/students/2025/dupont-lea/student.toml",
        "../registre/2027/remises/lettres.html",
    ] {
        assert!(row.contains(words), "{words}\n{row}");
    }
    assert!(!row.contains("Éloïse"), "who is no legal guardian has no letter");
    // The steps: one is done, the next is the current one.
    assert!(page.contains("le <time datetime=\"2026-09-07\">"));
    assert!(page.contains("ouverture = 2026-09-14"));
    assert_eq!(page.matches("aria-current=\"step\"").count(), 1);
}

#[test]
fn the_delivery_to_copy_hands_over_the_letters_that_wait() {
    let open = school(PARENTS, &[("school.toml", OPEN)]);
    let page = text(&built(&open), "familles/index.html");
    let pasted = page.split("<pre id=\"remise-1mcva1\"").nth(1).unwrap();
    let pasted = pasted.split_once('>').unwrap().1.split_once("</pre>").unwrap().0;
    let pasted = pasted.replace("&quot;", "\"").replace("date = ?", "date = 2026-09-18");
    let pasted = pasted.replace("par = \"?\"", "par = \"martin-anne\"");
    let after = school(PARENTS, &[("school.toml", OPEN), (DELIVERY, &pasted)]);
    assert_eq!(told(&states(&after, "2026-10-01")), ["remise 2026-09-18"; 3]);
    let page = text(&built(&after), "familles/index.html");
    assert!(!page.contains("id=\"remise-1mcva1\""), "nothing is left to hand over");
}

#[test]
fn the_console_tells_a_month_later_of_letters_that_wait() {
    let open = format!("{OPEN}notification = 2026-09-18\n");
    let school = school(PARENTS, &[("school.toml", &open)]);
    let console = |today: &str| {
        let files = render(&Site::new(&school, &[], day(today))).unwrap();
        text(&files, "console/index.html")
    };
    let label = "Lettres des familles à remettre";
    assert!(!console("2026-10-18").contains(label));
    let page = console("2026-10-19");
    let line = page.split("<li>").find(|line| line.contains(label)).unwrap();
    assert!(line.contains("7 lettres") && line.contains("1 MCV A 1 : 5"), "{line}");
}

#[test]
fn the_twin_counts_what_the_page_counts() {
    let lines = line("Mme Dupont", "emargement = true\n");
    let files = built(&school(PARENTS, &[("school.toml", OPEN), (DELIVERY, &handed(&lines))]));
    let twin: serde_json::Value = serde_json::from_slice(&files["api/familles.json"]).unwrap();
    let mut counted: BTreeMap<&str, u64> = BTreeMap::new();
    for class in twin["classes"].as_array().unwrap() {
        for pupil in class["eleves"].as_array().unwrap() {
            for letter in pupil["lettres"].as_array().unwrap() {
                *counted.entry(letter["etat"].as_str().unwrap()).or_default() += 1;
            }
        }
    }
    assert_eq!(twin["a_remettre"], counted["a-remettre"]);
    assert_eq!(twin["remises"], counted["remise"]);
    let page = text(&files, "familles/index.html");
    for (key, state) in [("a_remettre", "l-a-remettre"), ("remises", "l-remise")] {
        let shown = page.matches(&format!("class=\"lettre {state}\"")).count();
        assert_eq!(twin[key], shown, "{key}");
        assert!(page.contains(&format!("<b class=\"grand\">{shown}</b>")));
    }
}
