//! Weeks of PFMP, by hand and by chance: what is done, what is required, what overlaps.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test stops when it cannot go on")]

mod common;

use std::collections::BTreeMap;
use std::path::Path;

use jalon::insight::{
    Placement, levels_without_annex, period_duplicates, period_overlaps, placement,
};
use jalon::school::School;
use jalon::source::Memory;
use proptest::prelude::*;

type Files = BTreeMap<String, Vec<u8>>;

const COMMON: &str = "sigle = \"Commun\"\nintitule = \"Règles communes\"\ngenre = \"commun\"\nversion = \"2026\"\nniveaux = []\n\
    [[durees_pfmp]]\npremiere_session = 2012\nderniere_session = 2024\nsemaines = 22\njours_par_semaine = 5\n\
    [[durees_pfmp]]\npremiere_session = 2025\nsemaines = 20\njours_par_semaine = 5\n";

/// The school of the rules, with the durations of the common référentiel.
fn files() -> Files {
    let mut files =
        common::read_folder(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/schools/base"));
    files.insert("referentials/commun.toml".into(), COMMON.into());
    files
}

fn add(files: &mut Files, path: &str, text: &str) {
    files.insert(path.to_owned(), text.as_bytes().to_vec());
}

fn linked(files: Files) -> School {
    common::read(&Memory(files)).0
}

fn of(school: &School, id: &str) -> Placement {
    placement(school, school.pupil(id).unwrap())
}

/// A PFMP of the level of Léa Dupont, Hugo Martin and An Nguyen.
fn pfmp(from: &str, to: &str, more: &str) -> String {
    format!(
        "titre = \"PFMP\"\ndiplome = \"mcv-a\"\nniveau = \"premiere\"\ndebut = {from}\nfin = {to}\n{more}"
    )
}

const LEA: &str = "students/2025/dupont-lea/pfmp/2026-2027-pfmp-3.toml";

fn with_portfolio(portfolio: &str) -> School {
    let mut files = files();
    // Three weeks and two days: 17 weekdays.
    add(&mut files, "pfmp/periods/2026-2027/pfmp-3.toml", &pfmp("2027-01-04", "2027-01-26", ""));
    add(&mut files, LEA, portfolio);
    linked(files)
}

const COMPANY: &str = "entreprise = { nom = \"Au Fil\" }\n";
const PROOF: &str = "attestation = { signee_le = 2027-01-26 }\n";

#[test]
fn three_weeks_and_two_days() {
    let lea = of(&with_portfolio(&format!("{COMPANY}{PROOF}")), "dupont-lea");
    assert_eq!((lea.half_days_done, lea.half_days_planned), (34, 34));
    assert_eq!(lea.weeks(lea.half_days_done), "3,4");
    assert_eq!((lea.session, lea.required_weeks), (Some(2028), Some(20)));
    assert_eq!(lea.half_days_left(), Some(166));
    assert_eq!(lea.weeks(lea.half_days_short()), "16,6");
    assert!(lea.lines[0].proof && lea.lines[0].over && !lea.lines[0].abroad);
}

#[test]
fn half_days_of_absence_are_taken_off_and_those_made_up_are_not() {
    let absences = "[[absences]]\ndu = 2027-01-05\ndemi_journees = 1\n\
        [[absences]]\ndu = 2027-01-06\nau = 2027-01-07\ndemi_journees = 4\nrattrapee = true\n";
    let lea = of(&with_portfolio(&format!("{COMPANY}{PROOF}{absences}")), "dupont-lea");
    assert_eq!((lea.lines[0].half_days_absent, lea.half_days_done), (1, 33));
    assert_eq!(lea.weeks(lea.half_days_done), "3,3");
}

#[test]
fn attested_days_win_over_absences() {
    let text = format!(
        "{COMPANY}attestation = {{ signee_le = 2027-01-26, jours = 15.5 }}\n\
         [[absences]]\ndu = 2027-01-05\ndemi_journees = 1\n"
    );
    assert_eq!(of(&with_portfolio(&text), "dupont-lea").half_days_done, 31);
}

#[test]
fn without_company_or_before_the_end_nothing_is_done() {
    let none = of(&with_portfolio(PROOF), "dupont-lea");
    assert_eq!((none.half_days_done, none.half_days_planned), (0, 34));
    let journal =
        "[[journal]]\nsemaine = 1\nsaisi_le = 2027-01-08\nactivites = \"Mise en rayon.\"\n";
    let begun = of(&with_portfolio(&format!("{COMPANY}{journal}")), "dupont-lea");
    assert!(!begun.lines[0].over && begun.lines[0].company);
    assert_eq!((begun.half_days_done, begun.half_days_foreseen()), (0, 34));
    // A friend's portfolio tells that the period is over; Hugo Martin has no company of his own.
    let hugo = of(&with_portfolio(&format!("{COMPANY}{PROOF}")), "martin-hugo");
    assert!(hugo.lines[0].over && !hugo.lines[0].company && !hugo.lines[0].proof);
    assert_eq!((hugo.half_days_done, hugo.half_days_foreseen()), (0, 0));
}

#[test]
fn a_company_abroad_is_told() {
    let text = format!("entreprise = {{ nom = \"Zum Faden\", pays = \"Allemagne\" }}\n{PROOF}");
    let lea = of(&with_portfolio(&text), "dupont-lea");
    assert!(lea.lines[0].abroad && lea.half_days_done == 34);
}

#[test]
fn an_apprentice_who_becomes_a_pupil_counts_from_that_day() {
    let mut files = files();
    let student = |stays: &str| {
        format!(
            "eleve_id = \"2345678\"\nnom = \"Dupont\"\nprenom = \"Léa\"\nsexe = \"F\"\nnaissance = 2010-03-14\n{stays}"
        )
    };
    let stay =
        |more: &str| format!("[[scolarite]]\nannee = \"2026-2027\"\nclasse = \"1mcva1\"\n{more}");
    let stays = stay("statut = \"apprenti\"\nfin = 2027-01-17\n")
        + &stay("statut = \"scolaire\"\ndebut = 2027-01-18\n");
    add(&mut files, "students/2025/dupont-lea/student.toml", &student(&stays));
    add(&mut files, "pfmp/periods/2026-2027/pfmp-3.toml", &pfmp("2027-01-04", "2027-01-29", ""));
    let employer = pfmp("2026-11-02", "2026-11-27", "apprentis = true\n");
    add(&mut files, "pfmp/periods/2026-2027/employeur.toml", &employer);
    add(&mut files, LEA, &format!("{COMPANY}attestation = {{ signee_le = 2027-01-29 }}\n"));
    let school = linked(files);
    let lea = of(&school, "dupont-lea");
    assert_eq!(school.pupils[school.pupil("dupont-lea").unwrap()].periods.len(), 2);
    // The employer period is no PFMP; two of the four weeks are before the change of status.
    assert_eq!((lea.lines.len(), lea.half_days_done), (1, 20));
    assert_eq!(lea.required_weeks, Some(20));
}

#[test]
fn an_apprentice_is_asked_for_no_week() {
    let mut files = files();
    let path = "students/2025/dupont-lea/student.toml";
    let text = String::from_utf8(files[path].clone()).unwrap();
    add(&mut files, path, &text.replace("\"scolaire\"", "\"apprenti\""));
    let lea = of(&linked(files), "dupont-lea");
    assert_eq!((lea.required_weeks, lea.half_days_left(), lea.lines.len()), (None, None, 0));
}

#[test]
fn the_session_of_2024_asks_for_22_weeks_and_that_of_2025_for_20() {
    let school = linked(files());
    let weeks = |session| school.required_weeks(session).map(|length| length.semaines.0);
    assert_eq!((weeks(2024), weeks(2025), weeks(2000)), (Some(22), Some(20), None));
    // In 2023-2024, a première prepares the session 2025, a terminale the session 2024.
    for (level, required) in [("premiere", 20), ("terminale", 22)] {
        let mut files = files();
        let class = format!(
            "[classes.k1]\nnom = \"K 1\"\ndiplome = \"mcv-a\"\nniveau = \"{level}\"\nequipe = []\n"
        );
        add(&mut files, "classes/2023-2024.toml", &class);
        let stay = "[[scolarite]]\nannee = \"2023-2024\"\nclasse = \"k1\"\nstatut = \"scolaire\"\n";
        let text = format!("nom = \"Roux\"\nprenom = \"Sami\"\nnaissance = 2006-05-20\n{stay}");
        add(&mut files, "students/2021/roux-sami/student.toml", &text);
        assert_eq!(of(&linked(files), "roux-sami").required_weeks, Some(required), "{level}");
    }
}

#[test]
fn a_former_year_is_over_without_a_word() {
    let mut files = files();
    let text = pfmp("2026-06-01", "2026-06-26", "").replace("mcv-a", "mrc");
    let text = text.replace("premiere", "seconde");
    add(&mut files, "pfmp/periods/2025-2026/pfmp-1.toml", &text);
    add(&mut files, "students/2025/dupont-lea/pfmp/2025-2026-pfmp-1.toml", COMPANY);
    let lea = of(&linked(files), "dupont-lea");
    assert_eq!((lea.half_days_done, lea.lines[0].proof), (40, false));
}

#[test]
fn overlaps_and_duplicates_are_told_apart() {
    let mut files = files();
    let here = |ids: &str| pfmp("2027-01-04", "2027-01-29", &format!("apprenants = [{ids}]\n"));
    add(&mut files, "pfmp/periods/2026-2027/a.toml", &here("\"dupont-lea\""));
    // Individual paths within one class.
    add(&mut files, "pfmp/periods/2026-2027/b.toml", &here("\"martin-hugo\""));
    let school = linked(files.clone());
    assert!(period_overlaps(&school).is_empty() && period_duplicates(&school).is_empty());

    add(&mut files, "pfmp/periods/2026-2027/c.toml", &here("\"martin-hugo\", \"dupont-lea\""));
    let school = linked(files);
    let overlaps = period_overlaps(&school);
    assert_eq!(overlaps.len(), 2);
    assert_eq!(overlaps[0].learners, [school.pupil("dupont-lea").unwrap()]);
    assert!(period_duplicates(&school).is_empty());
}

#[test]
fn levels_without_annex_are_those_of_this_years_learners() {
    let mut files = files();
    let annex = "titre = \"Découvrir\"\nauteur = \"mercier-paul\"\napprentis = false\n";
    add(&mut files, "pfmp/annexes/mcv-a/premiere/decouverte.toml", annex);
    let school = linked(files);
    let lacking: Vec<_> = levels_without_annex(&school)
        .into_iter()
        .map(|level| {
            (
                school.referentials[level.diploma].code.clone(),
                level.level.as_str(),
                level.apprentices,
            )
        })
        .collect();
    let expected = [("melec".to_owned(), "premiere", false), ("mrc".to_owned(), "seconde", false)];
    assert_eq!(lacking, expected);
}

/// Absences within the period: day of the period, number of half-days, made up or not.
fn absences() -> impl Strategy<Value = Vec<(u8, u8, bool)>> {
    prop::collection::vec((0u8..23, 1u8..3, any::<bool>()), 0..6)
}

fn portfolio(absences: &[(u8, u8, bool)]) -> String {
    let mut text = format!("{COMPANY}{PROOF}");
    for (day, number, made_up) in absences {
        text.push_str(&format!(
            "[[absences]]\ndu = 2027-01-{:02}\ndemi_journees = {number}\nrattrapee = {made_up}\n",
            day + 4
        ));
    }
    text
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn lines_add_up_and_absences_never_add_weeks(first in absences(), more in absences()) {
        let before = of(&with_portfolio(&portfolio(&first)), "dupont-lea");
        let all: Vec<_> = first.iter().chain(&more).copied().collect();
        let after = of(&with_portfolio(&portfolio(&all)), "dupont-lea");
        for placement in [&before, &after] {
            let done: u32 = placement.lines.iter().map(|line| line.half_days_done).sum();
            prop_assert_eq!(done, placement.half_days_done);
            for line in &placement.lines {
                prop_assert_eq!(line.half_days_done + line.half_days_absent, line.half_days_expected);
            }
            prop_assert_eq!(
                placement.half_days_left().unwrap() + placement.half_days_done,
                placement.half_days_required().unwrap()
            );
        }
        prop_assert!(after.half_days_done <= before.half_days_done);
        prop_assert_eq!(after.half_days_planned, before.half_days_planned);
    }

    #[test]
    fn cutting_a_period_in_two_loses_no_day(start in 0i32..60, length in 0i32..60, cut in 0i32..60) {
        let day = |n: i32| jalon::text::Date::new(2027, 1, 4).unwrap().plus(n).to_string();
        let cut = cut.min(length);
        let mut whole = files();
        add(&mut whole, "pfmp/periods/2026-2027/a.toml", &pfmp(&day(start), &day(start + length), ""));
        let mut parts = files();
        add(&mut parts, "pfmp/periods/2026-2027/a.toml", &pfmp(&day(start), &day(start + cut), ""));
        if cut < length {
            let rest = pfmp(&day(start + cut + 1), &day(start + length), "");
            add(&mut parts, "pfmp/periods/2026-2027/b.toml", &rest);
        }
        let planned = |files| of(&linked(files), "dupont-lea").half_days_planned;
        prop_assert_eq!(planned(whole), planned(parts));
    }
}
