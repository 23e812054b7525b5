//! Certification and attestations: figures computed by hand, and what the pages say of them.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test stops when it cannot go on")]

mod common;

use jalon::diagnostic::Diagnostic;
use jalon::insight::{
    GridState, MarkRule, acquired, certification_sessions, filled_grid, grid_state, level_profile,
    mark_rule, recap,
};
use jalon::page::{Site, Subject, address, plan};
use jalon::record::Level;
use jalon::render::{self, Files};
use jalon::school::{FilledGrid, GridGap, School};
use jalon::source::Memory;
use jalon::text::Collation;

const COMMISSION: &str = "[[commission]]\npersonne = \"mercier-paul\"\nqualite = \"enseignant\"\n\
    [[commission]]\nnom = \"Perrin\"\nprenom = \"Claire\"\nqualite = \"professionnel\"\n";

/// A grid of MCV A with every rubric.
fn complete(levels: &str, mark: &str, end: &str) -> String {
    format!(
        "auteur = \"mercier-paul\"\ndate = 2027-05-18\ncommentaire = \"Argumente avec <b> justesse.\"\n\
         note_proposee = {mark}\n[niveaux]\n{levels}{COMMISSION}{end}"
    )
}

const E31: &str = "\"C1.1.a\" = 3\n\"C1.2.a\" = 4\n\"C1.2.b\" = 3\n\"C1.2.c\" = 3\n\"C1.3.a\" = 2\n\"C1.0.a\" = 4\n";
const S1: &str = "\"C3.1.a\" = 3\n\"C3.1.b\" = 3\n\"C3.1.c\" = 2\n\"C3.0.a\" = 3\n";
const S2: &str = "\"C3.2.a\" = 3\n\"C3.2.b\" = 3\n\"C3.2.c\" = 3\n\"C3.3.a\" = 3\n\"C3.3.b\" = 3\n\
    \"C3.3.c\" = 4\n\"C3.0.b\" = 4\n";
const LOCK: &str = "[verrouillage]\nle = 2027-05-20\npar = \"mercier-paul\"\n";
const HARMONISED: &str = "[harmonisation]\nnote = 14\nle = 2027-06-10\npar = \"mercier-paul\"\n\
    motif = \"Même exigence que les autres établissements\"\n";

/// The small school with a final class of two candidates and one who left, and their grids.
fn files() -> Vec<(String, String)> {
    let mut files = common::small_school();
    let mut add = |path: &str, text: String| files.push((path.to_owned(), text));
    for (id, nom, prenom, more) in [
        ("aubry-tom", "Aubry", "Tom", "numero_candidat = \"02134567890\"\n"),
        ("caron-ines", "Caron", "Inès", "inactif_depuis = 2027-01-15\n"),
    ] {
        add(
            &format!("students/2025/{id}/student.toml"),
            format!(
                "nom = \"{nom}\"\nprenom = \"{prenom}\"\nnaissance = 2009-01-02\n{more}[[scolarite]]\n\
                 annee = \"2026-2027\"\nclasse = \"tmcva1\"\nstatut = \"scolaire\"\n"
            ),
        );
    }
    let grid = |id: &str, name: &str| format!("students/2025/{id}/certification/2027-{name}.toml");
    add(&grid("aubry-tom", "e31"), complete(E31, "13.5", &format!("{LOCK}{HARMONISED}")));
    add(&grid("aubry-tom", "e33-s1"), complete(S1, "13", LOCK));
    add(&grid("aubry-tom", "e33-s2"), complete(S2, "14.5", ""));
    add(&grid("bernard-chloe", "e31"), "auteur = \"mercier-paul\"\n".into());
    add(
        &grid("bernard-chloe", "e32"),
        "auteur = \"mercier-paul\"\ndate = 2027-06-02\nabsent = true\n".into(),
    );
    add(
        "students/2025/adami-lorenzo/certification/2028-e33-s1.toml",
        "auteur = \"mercier-paul\"\n[niveaux]\n\"C3.1.a\" = 2\n".into(),
    );
    add(
        "students/2025/dupont-lea/attestations/2027-06-30.toml",
        "date = 2027-06-30\nauteur = \"mercier-paul\"\nmotif = \"sortie\"\n[competences]\n\
         \"C1.0\" = { par = \"mercier-paul\", le = 2027-06-25 }\n\
         \"C1.3\" = { par = \"mercier-paul\", le = 2027-06-26 }\n"
            .into(),
    );
    files
}

fn school() -> (School, Vec<Diagnostic>) {
    let (school, diagnostics) = common::read(&Memory::new(files()));
    assert!(diagnostics.is_empty(), "{diagnostics:#?}");
    (school, diagnostics)
}

fn grid<'a>(school: &'a School, pupil: &str, session: i16, name: &str) -> &'a FilledGrid {
    let d = school.referential("mcv-a").unwrap();
    let place = school.referentials[d].grid(name).unwrap();
    let pupil = school.pupil(pupil).unwrap();
    &school.grids[filled_grid(school, pupil, d, session, place).unwrap()]
}

fn state(school: &School, pupil: &str, session: i16, name: &str) -> GridState {
    grid_state(school, grid(school, pupil, session, name))
}

#[test]
fn three_steps_from_opened_to_filled() {
    let (school, _) = school();
    let done = state(&school, "aubry-tom", 2027, "e31");
    assert_eq!(
        (done.steps_done, done.missing.len(), done.locked, done.harmonised),
        (3, 0, true, true)
    );
    let open = state(&school, "aubry-tom", 2027, "e33-s2");
    assert_eq!((open.steps_done, open.locked, open.harmonised), (3, false, false));
    let opened = state(&school, "bernard-chloe", 2027, "e31");
    assert_eq!(opened.steps_done, 1);
    assert!(matches!(&opened.missing[0], GridGap::Lines(lines) if lines.len() == 6));
    assert_eq!(
        opened.missing[1..],
        [
            GridGap::Date,
            GridGap::CandidateNumber,
            GridGap::Members(0),
            GridGap::Comment,
            GridGap::ProposedMark
        ]
    );
    // An absent candidate needs neither levels nor a mark.
    let absent = state(&school, "bernard-chloe", 2027, "e32");
    let rest = [GridGap::CandidateNumber, GridGap::Members(0), GridGap::Comment];
    assert_eq!((absent.steps_done, absent.missing.as_slice()), (2, &rest[..]));
    let begun = state(&school, "adami-lorenzo", 2028, "e33-s1");
    assert!(matches!(&begun.missing[0], GridGap::Lines(lines) if lines.len() == 3));
}

#[test]
fn the_recap_counts_who_is_not_assessed() {
    let (school, _) = school();
    let d = school.referential("mcv-a").unwrap();
    let table = recap(&school, d, 2027);
    let names: Vec<_> =
        table.lines.iter().map(|line| school.pupils[line.pupil].id.as_str()).collect();
    // Inès Caron left in January: no candidate.
    assert_eq!(names, ["aubry-tom", "bernard-chloe"]);
    let exams: Vec<_> =
        table.exams.iter().map(|exam| (exam.code.as_str(), exam.grids.len())).collect();
    assert_eq!(exams, [("E31", 1), ("E32", 1), ("E33", 2)]);
    // Tom lacks E32; Chloé lacks E31 and both situations of E33, and was absent from E32.
    assert_eq!(table.missing_cells, 1 + 3);
    // E33: (13 + 14.5) / 2 = 13.75, rounded up to 14. E31 goes from 13.5 to 14.
    let none = (None, None);
    let tom = [(Some(13.5), Some(14.0)), none, (Some(14.0), Some(14.0))];
    assert_eq!(table.lines[0].exams, tom);
    assert_eq!(table.lines[1].exams, [none, none, none]);
    let steps = |line: usize| {
        table.lines[line].cells.iter().map(|cell| cell.state.steps_done).collect::<Vec<_>>()
    };
    assert_eq!((steps(0), steps(1)), (vec![3, 0, 3, 3], vec![1, 2, 0, 0]));
    // A grid opened a year before makes a session of its own, for that candidate only.
    let sessions = certification_sessions(&school, &Collation::new());
    let keys: Vec<_> = sessions.iter().map(|((_, session), list)| (*session, list.len())).collect();
    assert_eq!(keys, [(2027, 2), (2028, 1)]);
    assert_eq!(recap(&school, school.referential("mrc").unwrap(), 2027).lines.len(), 0);
}

#[test]
fn lateness_names_the_deadline_of_the_exam() {
    let (school, _) = school();
    // Deadline of E31: 28 May 2027. No deadline for E33.
    assert!(grid(&school, "aubry-tom", 2027, "e31").lateness(&school).is_none());
    assert!(grid(&school, "aubry-tom", 2027, "e33-s1").lateness(&school).is_none());
    let late: Vec<_> = files()
        .into_iter()
        .map(|(path, text)| match path.ends_with("aubry-tom/certification/2027-e31.toml") {
            true => (path, text.replace("le = 2027-05-20", "le = 2027-05-29")),
            false => (path, text),
        })
        .collect();
    let (school, _) = common::read(&Memory::new(late));
    let late = grid(&school, "aubry-tom", 2027, "e31").lateness(&school).unwrap();
    assert_eq!(
        (late.limit.to_string(), late.day.to_string()),
        ("2027-05-28".into(), "2027-05-29".into())
    );
    assert!(late.approval.is_none());
}

#[test]
fn a_profile_is_told_and_no_mark_is_made_of_it() {
    let (school, _) = school();
    let filled = grid(&school, "aubry-tom", 2027, "e31");
    let made = level_profile(&school, filled);
    // Levels 3 4 3 3 2 4: five of six lines reach level 3, two reach level 4.
    assert_eq!((made.counts, made.without, made.reached_by_half), ([0, 1, 3, 2], 0, Some(3)));
    let referential = &school.referentials[filled.diploma];
    assert_eq!(mark_rule(referential, filled.form(&school), 2027), MarkRule::Profile);
}

#[test]
fn an_attestation_has_the_figures_of_the_dashboard() {
    let (school, _) = school();
    let d = school.referential("mcv-a").unwrap();
    let lea = school.pupil("dupont-lea").unwrap();
    let lines = acquired(&school, lea, d);
    let referential = &school.referentials[d];
    let line = |code: &str| {
        let competence = referential.competence(code).unwrap();
        lines.iter().find(|line| line.competence == competence).unwrap()
    };
    let day = |date: &str| date.parse().unwrap();
    assert_eq!(line("C1.0").last, Some((Level::Partly, day("2027-04-09"))));
    // Not assessed in the last review: the position of the one before stays.
    assert_eq!(line("C2.1").last, Some((Level::NotAcquired, day("2026-12-11"))));
    // Two evaluations rate C1.0.a "+", C1.2.a "++".
    assert_eq!(
        (line("C1.0").results.levels, line("C1.2").results.levels),
        ([0, 0, 0, 2, 0], [0, 0, 0, 0, 2])
    );
}

fn rendered() -> Files {
    let (school, diagnostics) = school();
    render::render(&Site::new(&school, &diagnostics, "2026-11-22".parse().unwrap())).unwrap()
}

fn page(files: &Files, address: &str) -> String {
    String::from_utf8(files[address].to_vec()).unwrap()
}

#[test]
fn each_candidate_has_a_page_for_each_national_grid_opened_or_not() {
    let (school, diagnostics) = school();
    let site = Site::new(&school, &diagnostics, "2026-11-22".parse().unwrap());
    let plan = plan(&site);
    assert_eq!(plan.collisions, Vec::<String>::new());
    let grids: Vec<_> =
        plan.pages.values().filter(|subject| matches!(subject, Subject::Grid(..))).collect();
    // Two candidates and one pupil who opened a grid a year before, four national grids each.
    assert_eq!(grids.len(), 12);
    let d = school.referential("mcv-a").unwrap();
    let tom = school.pupil("aubry-tom").unwrap();
    assert_eq!(
        address(&site, Subject::Grid(d, tom, 2027, 2)),
        "mcv-a/certification/2027/aubry-tom/e33-s1.html"
    );
}

#[test]
fn a_grid_page_says_all_that_the_commission_decided() {
    let files = rendered();
    let html = page(&files, "mcv-a/certification/2027/aubry-tom/e31.html");
    for words in [
        "<h1>Grille E31, AUBRY Tom</h1>",
        "candidat n° 02134567890",
        "Niveau 4, Expert",
        "le 20/05/2027 par M.\u{a0}Mercier",
        "<b>13,5</b> / 20",
        "<b>14</b> / 20",
        "Même exigence que les autres établissements",
        "Claire PERRIN <span class=\"badge info\">extérieur</span>",
        "Argumente avec &lt;b&gt; justesse.",
        "28/300",
        "ne doit pas être communiquée au candidat",
        "1 ligne au niveau 2 (Débrouillé)",
        "coefficient 3",
        "Début de la liste",
        "rel=\"next\"",
    ] {
        assert!(html.contains(words), "{words}");
    }
    // Locked: nothing to complete any more. Harmonised: nothing to paste any more.
    assert!(!html.contains("Compléter la grille") && !html.contains("id=\"texte\""));
    // The lines of the dashboard stand beside: those of the competences of the grid, and no others.
    assert!(html.contains("<tbody data-u=\"\" id=\"C1.2\">") && !html.contains("id=\"C2.1\""));
    let last = page(&files, "mcv-a/certification/2027/bernard-chloe/e31.html");
    assert!(last.contains("Fin de la liste") && last.contains("Étape 1 sur 3"));
    assert!(last.contains("le niveau de 6 lignes") && last.contains("Compléter la grille"));
    assert!(
        last.contains("_edit") || last.contains("/-/edit/main/content/students/2025/bernard-chloe")
    );
    let open = page(&files, "mcv-a/certification/2027/bernard-chloe/e33-s2.html");
    assert!(open.contains("Grille à ouvrir") && open.contains("&quot;C3.2.a&quot; = ?"));
    assert!(open.contains("file_name=2027-e33-s2.toml"));
    let absent = page(&files, "mcv-a/certification/2027/bernard-chloe/e32.html");
    assert!(absent.contains("Absent") && absent.contains("le candidat est absent"));
}

#[test]
fn the_table_of_marks_shows_both_marks_and_counts_what_is_missing() {
    let files = rendered();
    let html = page(&files, "mcv-a/certification/2027/recapitulatif.html");
    assert!(html.contains("4 notes manquent") && html.contains("E33-S1 1"));
    assert!(html.contains("<span class=\"gris\">1.</span> AUBRY Tom"));
    assert!(html.contains("moyenne des deux situations"));
    assert!(html.contains("dont 0 évalué à toutes"), "{html}");
    let index = page(&files, "mcv-a/certification/index.html");
    assert!(index.contains("Session 2027") && index.contains("Session 2028"));
    assert!(index.contains("28/05/2027") && index.contains("sans date limite"));
    assert!(index.contains("13,5 → <b>14</b>"));
    // A diploma without national grid says so, and how to add one.
    let none = page(&files, "mrc/certification/index.html");
    assert!(
        none.contains("MRC n’a pas encore de grille nationale") && none.contains("[[grilles]]")
    );
}

#[test]
fn twins_hold_the_figures_of_the_pages() {
    let files = rendered();
    let table: serde_json::Value =
        serde_json::from_slice(&files["api/certification/mcv-a/2027.json"]).unwrap();
    assert_eq!(table["notes_manquantes"], 4);
    assert_eq!(table["grilles"][0]["date_limite"], "2027-05-28");
    assert_eq!(table["candidats"][0]["epreuves"][2], serde_json::json!(["E33", 14.0, 14.0]));
    assert_eq!(table["candidats"][1]["grilles"][1]["absent"], true);
    let grid: serde_json::Value =
        serde_json::from_slice(&files["api/certification/mcv-a/2027/aubry-tom/e31.json"]).unwrap();
    assert_eq!(
        (grid["profil"].clone(), grid["commentaire"].clone()),
        (serde_json::json!([0, 1, 3, 2]), 28.into())
    );
    assert_eq!(grid["niveaux"][0], serde_json::json!(["C1.1.a", 3]));
    assert!(!files.contains_key("api/certification/mcv-a/2027/aubry-tom/e32.json"));
}

#[test]
fn an_attestation_lists_what_was_validated_and_nothing_else() {
    let files = rendered();
    let html = page(&files, "mcv-a/attestations/dupont-lea/2027-06-30.html");
    let main = &html[html.find("<main").unwrap()..];
    assert!(main.contains(">C1.0<") && main.contains(">C1.3<") && !main.contains(">C1.1<"));
    assert!(main.contains("Lycée professionnel Marie-Marvingt") && main.contains("version 20"));
    assert!(main.contains("Le chef d’établissement") && main.contains("née le 14 mars 2009"));
    let prepare = page(&files, "mcv-a/attestations/dupont-lea/index.html");
    assert!(prepare.contains("# &quot;C1.1&quot; = { par = &quot;?&quot;, le = ? }"));
    assert!(prepare.contains("validée dans la dernière attestation"));
    // Two results "+" on C1.0, as on the dashboard.
    assert!(prepare.contains("<li>+ <b>2</b></li>"));
    let list = page(&files, "mcv-a/attestations/index.html");
    assert!(list.contains("<h1>Attestation de compétences</h1>") && list.contains("2 compétences"));
    // Three clicks: menu, pupil, form. And from the pupil's own pages.
    let dashboard = page(&files, "mcv-a/eleves/dupont-lea/index.html");
    assert!(dashboard.contains("../../attestations/dupont-lea/index.html"));
    let review = page(&files, "mcv-a/eleves/dupont-lea/bilans/index.html");
    assert!(review.contains("Attestation de compétences"));
}
