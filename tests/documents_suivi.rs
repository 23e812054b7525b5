//! Reviews, follow-up and certification on paper: what must stand there, and what must not.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test stops when it cannot go on")]

mod common;

use std::collections::BTreeMap;

use jalon::page::{self, Desk, Document, Family, Recorded, Site};
use jalon::render::Printery;
use jalon::source::Memory;

const E31: &str = "\"C1.1.a\" = 3\n\"C1.2.a\" = 4\n\"C1.2.b\" = 3\n\"C1.2.c\" = 3\n\"C1.3.a\" = 2\n\"C1.0.a\" = 4\n";
const COMMISSION: &str = "[[commission]]\npersonne = \"mercier-paul\"\nqualite = \"enseignant\"\n\
    [[commission]]\nnom = \"Perrin\"\nprenom = \"Claire\"\nqualite = \"professionnel\"\n";
const LOCK: &str = "[verrouillage]\nle = 2027-05-20\npar = \"mercier-paul\"\n";
const EVEN: &str = "[harmonisation]\nnote = 14\nle = 2027-06-10\npar = \"mercier-paul\"\n";

/// The small school with candidates, grids, attestations, a draft and a hidden evaluation.
fn files() -> Vec<(String, String)> {
    let mut files = common::small_school();
    for (path, text) in &mut files {
        if path.ends_with("1mcva1/vitrine.toml") {
            *text = text.replace("complexite", "affichage = false\ncomplexite");
        }
    }
    let mut add = |path: &str, text: String| files.push((path.to_owned(), text));
    let pupil = |nom: &str, number: &str| {
        format!(
            "nom = \"{nom}\"\nprenom = \"Tom\"\nsexe = \"M\"\nnaissance = 2009-01-02\n\
             numero_candidat = \"{number}\"\n[[scolarite]]\nannee = \"2026-2027\"\n\
             classe = \"tmcva1\"\nstatut = \"scolaire\"\n"
        )
    };
    add("students/2025/aubry-tom/student.toml", pupil("Aubry", "0299"));
    let long = "W".repeat(65);
    add("students/2025/wwww-tom/student.toml", pupil(&long, "0211"));
    let grid = |id: &str, name: &str| format!("students/2025/{id}/certification/2027-{name}.toml");
    let complete = |comment: &str, end: &str| {
        format!(
            "auteur = \"mercier-paul\"\ndate = 2027-05-18\ncommentaire = \"{comment}\"\n\
             note_proposee = 13.5\n[niveaux]\n{E31}{COMMISSION}{end}"
        )
    };
    add(&grid("aubry-tom", "e31"), complete("Argumente <b> juste.", &format!("{LOCK}{EVEN}")));
    add(&grid("wwww-tom", "e31"), complete(&"W".repeat(300), ""));
    let absent = "auteur = \"mercier-paul\"\ndate = 2027-06-02\nabsent = true\n";
    add(&grid("bernard-chloe", "e31"), absent.into());
    add(
        "students/2025/dupont-lea/attestations/2027-06-30.toml",
        "date = 2027-06-30\nauteur = \"mercier-paul\"\nmotif = \"sortie\"\n[competences]\n\
         \"C1.3\" = { par = \"mercier-paul\", le = 2027-06-26 }\n"
            .into(),
    );
    add(
        "students/2025/dupont-lea/reviews/2027-05-20.toml",
        "date = 2027-05-20\nauteur = \"mercier-paul\"\netat = \"brouillon\"\n\
         evaluations = [\"2026-2027/1mcva1/vitrine\"]\n[positions]\n\"C1.0\" = \"++\"\n"
            .into(),
    );
    files
}

/// The sheets of the family, by address.
fn sheets(files: Vec<(String, String)>) -> BTreeMap<String, String> {
    let (school, _) = common::read(&Memory::new(files));
    let site = Site::new(&school, &[], common::today());
    let (edition, photograph) = (|_: &str| Recorded::NotYet, |_: &str| None);
    let desk = Desk { site: &site, edition: &edition, logo: None, photograph: &photograph };
    let printery = Printery::new().unwrap();
    let mine = |document: &Document| document.kind().family == Family::FollowUp;
    page::documents(&site)
        .into_iter()
        .filter(|(_, document)| mine(document))
        .map(|(address, document)| (address, printery.sheet(&desk, document).unwrap().html))
        .collect()
}

/// A sheet without its styles, its spaces made single.
fn words<'a>(sheets: &'a BTreeMap<String, String>, part: &str) -> String {
    let found = sheets.iter().find(|(address, _)| address.contains(part));
    let (_, html): (&'a String, &'a String) = found.unwrap_or_else(|| panic!("no sheet {part}"));
    let body = html.split_once("<body").unwrap().1;
    body.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[track_caller]
fn has(text: &str, wanted: &[&str]) {
    for one in wanted {
        assert!(text.contains(one), "{one} is missing from: {text}");
    }
}

#[track_caller]
fn lacks(text: &str, unwanted: &[&str]) {
    for one in unwanted {
        assert!(!text.contains(one), "{one} stands in: {text}");
    }
}

#[test]
fn the_last_reviews_of_a_class_come_in_the_order_of_the_list() {
    let sheets = sheets(files());
    let text = words(&sheets, "mcv-a/bilans-classe/2026-2027/1mcva1.pdf");
    has(&text, &["2 bilans, dont 1 projet non validé", "du 9 avril 2027 au 20 mai 2027"]);
    has(&text, &["1 élève n’a encore aucun bilan : ZOLA Émile"]);
    // One part a pupil, each with its own head and its own page.
    let parts: Vec<&str> = text.split("<section class=\"neuf\"").collect();
    assert_eq!(parts.len(), 3);
    has(parts[1], &["ADAMI Lorenzo, 1 MCV A 1", "Lycée professionnel Marie-Marvingt"]);
    has(parts[2], &["DUPONT Léa, 1 MCV A 1", "Projet de bilan, non validé"]);
    lacks(parts[1], &["DUPONT"]);
    lacks(parts[2], &["ADAMI"]);
    let style = sheets.iter().find(|(address, _)| address.contains("bilans-classe")).unwrap().1;
    has(style, &["@page eleve2 {", "style=\"page: eleve2\""]);
}

#[test]
fn a_draft_is_a_project_that_nobody_signs() {
    let sheets = sheets(files());
    let draft = words(&sheets, "dupont-lea-2027-05-20");
    has(&draft, &["Projet de bilan, non validé"]);
    lacks(&draft, &["date et signature"]);
    let valid = words(&sheets, "dupont-lea-2027-04-09");
    has(&valid, &["date et signature", "validé le 09/04/2027 par M. Mercier"]);
    lacks(&valid, &["Projet"]);
}

#[test]
fn a_follow_up_holds_what_the_learner_may_see_and_nothing_of_others() {
    let sheets = sheets(files());
    let text = words(&sheets, "mcv-a/suivi/2026-2027/1mcva1/dupont-lea.pdf");
    has(&text, &["DUPONT Léa", "Évaluation accueil-client", "[Int]", "gélule : en entreprise"]);
    // Date and name of who validated, in words (DASH-11).
    has(&text, &["Bilan du 11/12/2026, validé le 11/12/2026 par M. Mercier"]);
    // The hidden evaluation, the draft, what is still to be decided, other learners.
    lacks(&text, &["vitrine", "20/05/2027", "suggestion", "Prochain", "ADAMI", "ZOLA"]);
    // Nor does the draft that counts the hidden evaluation name it.
    lacks(&words(&sheets, "dupont-lea-2027-05-20"), &["vitrine"]);
    let nothing = words(&sheets, "mcv-a/suivi/2026-2027/tmcva1/aubry-tom.pdf");
    has(&nothing, &["Aucune évaluation et aucun bilan validé pour l’instant."]);
}

#[test]
fn a_grid_has_what_the_commission_signs_and_the_jury_reads() {
    let sheets = sheets(files());
    let text = words(&sheets, "mcv-a/grilles/2027/2027-e31-aubry-tom.pdf");
    has(&text, &["Note proposée", "13,5 / 20", "14 / 20", "Pour la saisie", "0299", "AUBRY Tom"]);
    has(&text, &["E31 Vente-conseil (U31, coefficient 3)", "Cachet de l’établissement"]);
    has(&text, &["ne doit pas être communiquée au candidat", "PERRIN Claire", "MERCIER Paul"]);
    has(&text, &["Argumente &lt;b&gt; juste.", "Grille verrouillée le 20/05/2027"]);
    // One level ticked on each of the six lines.
    assert_eq!(text.matches("class=\"choisi\"").count(), 6);
    lacks(&text, &["Projet", "BERNARD", "WWWW"]);
    let open = words(&sheets, &format!("2027-e31-{}-tom", "w".repeat(65)));
    has(&open, &["Projet : grille non verrouillée", &"W".repeat(300)]);
    let absent = words(&sheets, "2027-e31-bernard-chloe");
    has(&absent, &["Candidat absent", "absent, sans note", "Il manque"]);
    assert_eq!(absent.matches("class=\"choisi\"").count(), 0);
}

#[test]
fn marks_of_a_session_are_counted_and_in_the_order_of_entry() {
    let sheets = sheets(files());
    let recap = words(&sheets, "mcv-a/recapitulatif/2027.pdf");
    has(&recap, &["3 candidats, dont 0 évalué", "9 notes manquent", "<b>manque</b>"]);
    has(&recap, &["1 note harmonisée sur 2 notes proposées"]);
    let slip = words(&sheets, "mcv-a/bordereau/2027.pdf");
    let e31 = slip.split("<section").nth(1).unwrap();
    has(e31, &["3 candidats : 2 notes, 1 absence", "1 note sur 2 est harmonisée"]);
    has(e31, &["harmonisée (proposée : 13,5)", "grille non verrouillée", "<b>absent</b>"]);
    has(e31, &["PERRIN Claire", "Cachet de l’établissement"]);
    // By number, then those who have none.
    let place = |what: &str| e31.find(what).unwrap_or_else(|| panic!("{what} is missing"));
    assert!(place("0211") < place("0299") && place("0299") < place("BERNARD"));
}

#[test]
fn a_file_for_the_jury_holds_its_parts_and_one_candidate() {
    let sheets = sheets(files());
    let text = words(&sheets, "mcv-a/dossiers/2027/aubry-tom.pdf");
    has(&text, &["Ce que contient ce dossier", "Grille E31, verrouillée le 20/05/2027"]);
    has(&text, &["Aucun bilan n’est validé", "3 grilles ne sont pas ouvertes : E32"]);
    has(
        &text,
        &["class=\"neuf couche\"", "class=\"neuf certif\"", "ne doivent pas être communiquées"],
    );
    lacks(&text, &["BERNARD", "WWWW"]);
}

#[test]
fn a_printed_attestation_is_ready_to_be_signed() {
    let sheets = sheets(files());
    let text = words(&sheets, "mcv-a/attestations/2026-2027/1mcva1/dupont-lea-2027-06-30.pdf");
    has(&text, &["Léa Dupont", "née le 14 mars 2009", "sans l’avoir obtenu", "C1.3"]);
    has(&text, &["MCV A, version 2022", "Lycée professionnel Marie-Marvingt"]);
    has(&text, &["Fait à", "Cachet de l’établissement", "Le chef d’établissement"]);
    lacks(&text, &["C1.0", "C2.1", "Projet"]);
}

#[test]
fn titles_follow_each_other_without_a_gap_and_tables_have_heads() {
    for (address, html) in sheets(files()) {
        let body = html.split_once("<body").unwrap().1;
        let mut last = 0;
        for part in body.split("<h").skip(1) {
            let Some(level) = part.bytes().next().filter(u8::is_ascii_digit) else { continue };
            let level = level - b'0';
            assert!(level <= last + 1, "{address}: h{level} after h{last}");
            last = level;
        }
        assert_eq!(body.matches("<h1").count(), 1, "{address}");
        lacks(body, &["<th></th>", "<th scope=\"col\"></th>", "href=\""]);
        let tables = body.matches("<table").count();
        assert_eq!(body.matches("<thead").count(), tables, "{address}");
    }
}
