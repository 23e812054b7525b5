//! Whole sentences, one kind of change after another.

use std::path::Path;

use super::words::words;
use crate::history::{Change, Touch, transitions_between};
use crate::record::{self, Difference};
use crate::school::{self, School};
use crate::source::{Folder, Memory, Texts};

fn base() -> School {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/schools/base");
    let (texts, _) = Texts::read(&Folder::open(folder).unwrap()).unwrap();
    school::link(record::load(&texts).0).0
}

const EVALUATION: &str = "evaluations/2026-2027/1mcva1/accueil-client.toml";
const REVIEW: &str = "students/2025/dupont-lea/reviews/2026-12-11.toml";
const PORTFOLIO: &str = "students/2025/dupont-lea/pfmp/2026-2027-pfmp-3.toml";
const GRID: &str = "students/2025/dupont-lea/certification/2027-e31.toml";
const CALENDAR: &str = "calendar/2026-2027.toml";
const STAFF: &str = "staff.toml";

/// What is said of a record that changed from one text to another; `NBSP` stands for what French
/// puts before a colon and inside quotes.
fn within(file: &str, within: &[&str], before: &str, after: &str) -> Vec<String> {
    let texts = |text: &str| {
        let files = [(file.to_owned(), text.as_bytes().to_vec())];
        Texts::read(&Memory(files.into())).unwrap().0
    };
    let found = transitions_between(&texts(before), &texts(after));
    let touch = Touch {
        file: file.to_owned(),
        from: None,
        change: Change::Changed,
        differences: found.iter().flat_map(|one| &one.differences).map(Difference::brief).collect(),
    };
    let within: Vec<String> = within.iter().map(|key| (*key).to_owned()).collect();
    let said = words(&base(), &touch, &within);
    said.into_iter().map(|one| one.replace('\u{a0}', " ")).collect()
}

fn said(file: &str, before: &str, after: &str) -> Vec<String> {
    within(file, &[], before, after)
}

#[test]
fn results_are_told_under_the_codes_of_criteria() {
    let row = |before: &str, after: &str| {
        let text = |row: &str| format!("titre = \"A\"\n[resultats]\n{row}\n");
        said(EVALUATION, &text(before), &text(after))
    };
    assert_eq!(
        row("dupont-lea = [\"+\", \"-\"]", "dupont-lea = [\"++\", \"-\"]"),
        ["résultats de Léa Dupont : C1.1.a de + à ++"]
    );
    assert_eq!(
        row("nguyen-an = [\"-\", \"-\"]", "nguyen-an = [\"+\", \"NE\"]"),
        ["résultats d’An Nguyen : C1.1.a de - à +, C1.2.a de - à NE"]
    );
    // Not as many columns as the evaluation has now.
    assert_eq!(
        row("dupont-lea = [\"+\", \"-\", \"+\"]", "dupont-lea = [\"+\", \"-\", \"++\"]"),
        ["résultats de Léa Dupont : colonne 3 de + à ++"]
    );
    assert_eq!(
        row("dupont-lea = [\"+\", \"-\"]", "dupont-lea = [\"+\", \"-\", \"++\"]"),
        ["résultats de Léa Dupont : + - ++ au lieu de + -"]
    );
    assert_eq!(row("dupont-lea = []", "dupont-lea = [\"+\"]"), ["résultats de Léa Dupont : +"]);
    assert_eq!(row("", "dupont-lea = []"), ["ajout de Léa Dupont, sans résultat"]);
    assert_eq!(row("", "dupont-lea = [\"+\", \"-\"]"), ["ajout de Léa Dupont : + -"]);
    assert_eq!(row("dupont-lea = [\"+\"]", ""), ["retrait de Léa Dupont : +"]);
}

#[test]
fn values_are_told_one_in_place_of_the_other() {
    let review = |before: &str, after: &str| said(REVIEW, before, after);
    assert_eq!(review("note = 12", "note = 13.5"), ["note de 12 à 13,5"]);
    assert_eq!(review("", "note = 12"), ["note : 12"]);
    assert_eq!(review("note = 12", ""), ["note : rien au lieu de 12"]);
    assert_eq!(review("", "terminal = true"), ["terminal : oui"]);
    assert_eq!(review("terminal = true", ""), ["terminal : non"]);
    assert_eq!(
        review("auteur = \"mercier-paul\"", "auteur = \"martin-anne\""),
        ["auteur : Anne Martin au lieu de Paul Mercier"]
    );
    assert_eq!(
        review("[positions]\n\"C1.1\" = \"+\"", "[positions]\n\"C1.1\" = \"++\""),
        ["position de C1.1 de + à ++"]
    );
    assert_eq!(
        said(GRID, "[niveaux]\n\"C1.1\" = 2", "[niveaux]\n\"C1.1\" = 3"),
        ["niveau de C1.1 de 2 à 3"]
    );
    assert_eq!(
        said(EVALUATION, "complexite = \"Int\"", "complexite = \"C\""),
        ["complexité : C au lieu de Int"]
    );
}

#[test]
fn a_short_text_is_told_in_full_and_a_long_one_by_its_beginning() {
    let review = |before: &str, after: &str| said(REVIEW, before, after);
    assert_eq!(
        review("constats = \"En progrès.\"", "constats = \"En grand progrès.\""),
        ["constats : « En grand progrès. » au lieu de « En progrès. »"]
    );
    let long = "Léa sait accueillir un client, reformuler sa demande et lui proposer un produit qui lui convient.";
    assert_eq!(
        review("constats = \"En progrès.\"", &format!("constats = \"{long}\"")),
        [
            "constats : texte réécrit, « Léa sait accueillir un client, reformuler sa demande et lui … »"
        ]
    );
    assert_eq!(
        review(&format!("constats = \"{long}\""), ""),
        [
            "constats : texte retiré, « Léa sait accueillir un client, reformuler sa demande et lui … »"
        ]
    );
}

#[test]
fn lists_are_told_by_what_came_and_went() {
    let evaluation = |before: &str, after: &str| said(EVALUATION, before, after);
    assert_eq!(
        evaluation("criteres = [\"C1.1.a\"]", "criteres = [\"C1.1.a\", \"C1.2.a\"]"),
        ["ajout aux critères : C1.2.a"]
    );
    assert_eq!(
        evaluation("taches = [\"A1-T1\", \"A1-T2\"]", "taches = [\"A1-T2\"]"),
        ["retrait des tâches : A1-T1"]
    );
    assert_eq!(
        evaluation("taches = [\"A1-T1\"]", "taches = [\"A1-T2\"]"),
        ["tâches : A1-T2 au lieu de A1-T1"]
    );
    assert_eq!(
        evaluation("taches = [\"A1-T1\", \"A1-T2\"]", "taches = [\"A1-T2\", \"A1-T1\"]"),
        ["tâches : autre ordre"]
    );
    assert_eq!(
        said(REVIEW, "", "evaluations = [\"2026-2027/1mcva1/accueil-client\"]"),
        ["ajout aux évaluations : « Accueillir et conseiller un client »"]
    );
}

#[test]
fn a_review_is_validated_opened_and_validated_again() {
    let draft = "etat = \"brouillon\"\n";
    let valid = "etat = \"valide\"\nvalide_le = 2026-12-11\nvalide_par = \"mercier-paul\"\n";
    let unlocked = format!(
        "{valid}[[deverrouillage]]\npar = \"martin-anne\"\ndate = 2027-01-08\nmotif = \"note saisie pour un autre élève\"\n"
    );
    let again = unlocked.replace("2026-12-11", "2027-01-09");
    assert_eq!(said(REVIEW, draft, valid), ["bilan validé le 11 décembre 2026 par Paul Mercier"]);
    assert_eq!(said(REVIEW, valid, draft), ["bilan remis en brouillon"]);
    assert_eq!(
        said(REVIEW, valid, &unlocked),
        ["déverrouillage par Anne Martin le 8 janvier 2027 : « note saisie pour un autre élève »"]
    );
    assert_eq!(said(REVIEW, &unlocked, &again), ["bilan validé de nouveau le 9 janvier 2027"]);
    assert_eq!(
        said(
            PORTFOLIO,
            "[bilan_entreprise]\netat = \"brouillon\"",
            "[bilan_entreprise]\netat = \"valide\""
        ),
        ["bilan entreprise validé"]
    );
    assert_eq!(
        said(GRID, "", "[verrouillage]\nle = 2027-05-20\npar = \"mercier-paul\""),
        ["grille verrouillée par Paul Mercier le 20 mai 2027"]
    );
}

#[test]
fn entries_are_told_by_what_tells_them_from_others() {
    let week = "[[journal]]\nsemaine = 1\nsaisi_le = 2026-11-06\nactivites = \"Accueil.\"\n";
    let next = "[[journal]]\nsemaine = 2\nsaisi_le = 2026-11-13\nactivites = \"Caisse.\"\n";
    assert_eq!(said(PORTFOLIO, week, &format!("{week}{next}")), ["ajout au journal : semaine 2"]);
    assert_eq!(said(PORTFOLIO, &format!("{week}{next}"), week), ["retrait du journal : semaine 2"]);
    assert_eq!(
        said(
            PORTFOLIO,
            &format!("{week}{next}"),
            &format!("{week}{}", next.replace("Caisse", "Rayon"))
        ),
        ["journal n° 2, activités : « Rayon. » au lieu de « Caisse. »"]
    );
    assert_eq!(
        said(
            PORTFOLIO,
            "",
            "[[visites]]\ndate = 2026-11-10\npar = \"mercier-paul\"\nmode = \"sur-place\""
        ),
        ["ajout aux visites : le 10 novembre 2026, par Paul Mercier"]
    );
    assert_eq!(
        said(PORTFOLIO, "", "[entreprise]\nnom = \"Boulangerie Klein\"\nville = \"Nancy\""),
        ["entreprise : Boulangerie Klein"]
    );
    let dates = |from: &str| {
        format!("[[pfmp]]\nnumero = 3\nniveau = \"premiere\"\ndebut = {from}\nfin = 2027-01-29\n")
    };
    assert_eq!(
        said(CALENDAR, &dates("2027-01-05"), &dates("2027-01-12")),
        ["PFMP n° 1, début : 12 janvier 2027 au lieu du 5 janvier 2027"]
    );
}

#[test]
fn a_part_of_a_record_is_told_without_its_name() {
    let person = |roles: &str| {
        format!(
            "[personnes.mercier-paul]\nnom = \"Mercier\"\nprenom = \"Paul\"\nroles = [{roles}]\n"
        )
    };
    let (before, after) = (person("\"enseignant\""), person("\"enseignant\", \"ddfpt\""));
    assert_eq!(said(STAFF, &before, &after), ["Paul Mercier, ajout aux rôles : DDFPT"]);
    let own = within(STAFF, &["personnes", "mercier-paul"], &before, &after);
    assert_eq!(own, ["ajout aux rôles : DDFPT"]);
    assert_eq!(said(STAFF, "", &before), ["ajout de Paul Mercier"]);
}

#[test]
fn a_file_comes_goes_moves_or_only_changes_its_look() {
    let touch = |change, from: Option<&str>| {
        let touch = Touch {
            file: EVALUATION.to_owned(),
            from: from.map(str::to_owned),
            change,
            differences: Vec::new(),
        };
        words(&base(), &touch, &[]).join(" ; ").replace('\u{a0}', " ")
    };
    assert_eq!(touch(Change::Added, None), "création");
    assert_eq!(touch(Change::Removed, None), "suppression");
    assert_eq!(
        touch(Change::Moved, Some("a/b.toml")),
        "changement de place, auparavant « a/b.toml »"
    );
    assert_eq!(touch(Change::Changed, None), "remise en forme, sans changement de contenu");
}
