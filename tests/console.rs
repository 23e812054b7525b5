//! The console on a school small enough to count by hand: steps, debts, dates ahead.
#![allow(clippy::unwrap_used, reason = "tests")]

mod common;

use std::collections::BTreeMap;
use std::path::Path;

use jalon::insight::console::{Debt, MilestoneKind, Owed, StepState, agenda, debts, steps};
use jalon::page::{Site, console_page};
use jalon::school::School;
use jalon::source::Memory;
use jalon::text::Date;

type Files = BTreeMap<String, Vec<u8>>;

/// The base school, with the rules common to all diplomas.
fn base() -> Files {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut files = common::read_folder(&root.join("tests/schools/base"));
    let common = std::fs::read(root.join("content/referentials/commun.toml")).unwrap();
    files.insert("referentials/commun.toml".to_owned(), common);
    files
}

fn school(files: &Files) -> School {
    common::read(&Memory::new(files.iter().map(|(path, bytes)| (path.clone(), bytes.clone())))).0
}

/// The base school with one text changed in one file.
fn changed(path: &str, from: &str, to: &str) -> School {
    let mut files = base();
    let text = String::from_utf8(files[path].clone()).unwrap();
    assert!(text.contains(from), "{path} : {from}");
    files.insert(path.to_owned(), text.replacen(from, to, 1).into_bytes());
    school(&files)
}

fn day(text: &str) -> Date {
    text.parse().unwrap()
}

/// Who is awaited, by id, for the debts that are reviews of a period.
fn awaited<'s>(school: &'s School, debts: &[Debt]) -> Vec<(&'s str, Vec<&'s str>)> {
    let reviews = debts.iter().filter(|debt| matches!(debt.owed, Owed::Review(_)));
    let line = |debt: &Debt| {
        let class = school.classes[debt.class.unwrap()].key.as_str();
        let pupils = debt.pupils.iter().map(|ix| school.pupils[*ix].id.as_str());
        (class, pupils.collect())
    };
    reviews.map(line).collect()
}

#[test]
fn missing_reviews_are_owed_from_three_weeks_before_the_end_of_a_period() {
    let school = school(&base());
    // The first semester ends on 22 January 2027.
    assert!(awaited(&school, &debts(&school, day("2026-12-31"))).is_empty());
    let soon = debts(&school, day("2027-01-01"));
    let mut found = awaited(&school, &soon);
    found.sort_unstable();
    assert_eq!(found[0], ("1mcva1", vec!["martin-hugo", "nguyen-an"]));
    let mut reviews = soon.iter().filter(|debt| matches!(debt.owed, Owed::Review(_)));
    assert!(reviews.all(|debt| !debt.is_late(day("2027-01-01"))));
    let late = debts(&school, day("2027-02-01"));
    let review = late.iter().find(|debt| matches!(debt.owed, Owed::Review(_))).unwrap();
    assert_eq!(review.days_late(day("2027-02-01")), Some(10));
}

#[test]
fn the_form_teacher_answers_for_a_class_and_the_author_for_an_evaluation() {
    let school = school(&base());
    let found = debts(&school, day("2027-03-01"));
    let name = |debt: &Debt| school.people[debt.owner.unwrap()].id.as_str();
    let class = |debt: &&Debt| school.classes[debt.class.unwrap()].key == "1mcva1";
    let review = found.iter().filter(|debt| matches!(debt.owed, Owed::Review(_)));
    assert_eq!(review.filter(class).map(name).collect::<Vec<_>>(), ["mercier-paul"]);
    // Léa's line of 12 February is still empty: awaited two weeks later, three days ago.
    let results = found.iter().find(|debt| matches!(debt.owed, Owed::Results(_))).unwrap();
    assert_eq!((name(results), results.days_late(day("2027-03-01"))), ("mercier-paul", Some(3)));
}

#[test]
fn nothing_is_owed_before_its_time() {
    let school = school(&base());
    assert_eq!(debts(&school, day("2026-09-01")), Vec::new());
}

#[test]
fn a_draft_and_an_unlocked_review_wait_for_their_author() {
    let path = "students/2025/dupont-lea/reviews/2026-12-11.toml";
    let draft = changed(
        path,
        "etat = \"valide\"\nvalide_le = 2026-12-14\nvalide_par = \"mercier-paul\"\n",
        "etat = \"brouillon\"\n",
    );
    let found = debts(&draft, day("2026-12-28"));
    let owed = found.iter().find(|debt| matches!(debt.owed, Owed::Draft(_))).unwrap();
    assert_eq!((owed.due, owed.days_late(day("2026-12-28"))), (day("2026-12-25"), Some(3)));
    let unlock = "constats = \"Léa accueille le client avec aisance.\"";
    let with = format!(
        "deverrouillage = [{{ par = \"martin-anne\", date = 2026-12-20, motif = \"erreur\" }}]\n{unlock}"
    );
    let open = changed(path, unlock, &with);
    let found = debts(&open, day("2026-12-28"));
    let owed = found.iter().find(|debt| matches!(debt.owed, Owed::Unlocked(_))).unwrap();
    assert_eq!(owed.due, day("2026-12-27"));
}

#[test]
fn a_step_tells_what_remains_and_only_the_first_is_current() {
    let calendar = "calendar/2026-2027.toml";
    let all = steps(&school(&base()));
    assert_eq!(all.len(), 5);
    let rhythm =
        "[[lsl]]\ndiplome = \"melec\"\nniveau = \"premiere\"\nperiodicite = \"semestre\"\n";
    let without = steps(&changed(calendar, rhythm, ""));
    let (before, after) = (&all[3], &without[3]);
    assert_eq!(before.remaining, Vec::<String>::new());
    assert_eq!(after.remaining, ["MELEC, Première"]);
    let first = without.iter().position(|step| step.state == StepState::Current);
    let open = without.iter().position(|step| step.state != StepState::Done);
    assert_eq!(first, open);
    assert!(without.iter().filter(|step| step.state == StepState::Current).count() <= 1);
}

#[test]
fn the_agenda_tells_what_comes_in_sixty_days_in_order() {
    let end = "code = \"S1\"\nintitule = \"1er semestre\"\n";
    let with = format!("{end}cloture_pronote = 2027-01-25\n");
    let school = changed("calendar/2026-2027.toml", end, &with);
    let found = agenda(&school, day("2026-12-01"));
    let kinds: Vec<_> = found.iter().map(|one| (one.date, one.kind.clone())).collect();
    assert_eq!(
        kinds,
        [
            (day("2027-01-22"), MilestoneKind::PeriodEnd("1er semestre".into())),
            (day("2027-01-25"), MilestoneKind::PronoteCloses("1er semestre".into())),
        ]
    );
    assert!(agenda(&school, day("2026-11-01")).is_empty(), "quatre-vingt-deux jours avant");
    let spring = agenda(&school, day("2027-05-14"));
    assert_eq!(spring[0].kind, MilestoneKind::Certification(Some("E31".into())));
    assert_eq!(spring[0].concerns, ["MCV A"]);
}

const PERIOD: &str = "titre = \"PFMP 3\"\ndiplome = \"mcv-a\"\nniveau = \"premiere\"\nnumero = 3\n\
    debut = 2027-01-04\nfin = 2027-01-29\ntaches = [\"A1-T2\"]\n\n[referents]\ndupont-lea = \"mercier-paul\"\n";

/// The base school with a period, and Léa's portfolio if given.
fn with_period(portfolio: Option<&str>) -> School {
    let mut files = base();
    files.insert("pfmp/periods/2026-2027/pfmp-3.toml".into(), PERIOD.into());
    if let Some(text) = portfolio {
        let path = "students/2025/dupont-lea/pfmp/2026-2027-pfmp-3.toml";
        files.insert(path.into(), text.into());
    }
    school(&files)
}

/// What is owed around the period: what, owner, pupils, day.
fn around_period(school: &School, today: &str) -> Vec<(&'static str, String, Vec<String>, String)> {
    let word = |debt: &Debt| {
        Some(match debt.owed {
            Owed::Referent(_) => "référent",
            Owed::Company(_) => "entreprise",
            Owed::Visit(_) => "contact",
            Owed::CompanyReview(_) => "bilan",
            _ => return None,
        })
    };
    let line = |debt: Debt| {
        let owner = debt.owner.map_or("personne".into(), |ix| school.people[ix].id.clone());
        let pupils = debt.pupils.iter().map(|ix| school.pupils[*ix].id.clone()).collect();
        Some((word(&debt)?, owner, pupils, debt.due.to_string()))
    };
    debts(school, day(today)).into_iter().filter_map(line).collect()
}

#[test]
fn companies_and_referents_are_owed_a_month_before_a_period() {
    let school = with_period(None);
    assert!(around_period(&school, "2026-12-01").is_empty());
    let both = || vec!["martin-hugo".to_owned(), "nguyen-an".to_owned()];
    let start = || "2027-01-04".to_owned();
    assert_eq!(
        around_period(&school, "2026-12-10"),
        [
            ("entreprise", "personne".to_owned(), both(), start()),
            ("entreprise", "mercier-paul".to_owned(), vec!["dupont-lea".to_owned()], start()),
            ("référent", "personne".to_owned(), both(), start()),
        ]
    );
}

#[test]
fn a_visit_is_owed_from_the_middle_of_a_period_and_its_review_two_weeks_after_it() {
    let company = "[entreprise]\nnom = \"Librairie du Marché\"\n";
    let school = with_period(Some(company));
    let of_lea = |today: &str| -> Vec<(&'static str, String)> {
        let all = around_period(&school, today).into_iter();
        all.filter(|(.., pupils, _)| *pupils == ["dupont-lea"])
            .map(|(word, .., due)| (word, due))
            .collect()
    };
    assert!(of_lea("2027-01-15").is_empty());
    assert_eq!(of_lea("2027-01-16"), [("contact", "2027-01-29".to_owned())]);
    assert_eq!(
        of_lea("2027-01-22"),
        [("contact", "2027-01-29".to_owned()), ("bilan", "2027-02-12".to_owned())]
    );
    let done = format!(
        "{company}\n[[visites]]\ndate = 2027-01-14\npar = \"mercier-paul\"\nmode = \"sur-place\"\n\n\
         [bilan_entreprise]\ndate = 2027-01-28\nenseignant = \"mercier-paul\"\ntuteur = \"Claire Perrin\"\n\
         etat = \"valide\"\n\n[bilan_entreprise.resultats]\n\"C1.2.a\" = \"+\"\n"
    );
    let school = with_period(Some(&done));
    let left = around_period(&school, "2027-02-20");
    assert!(left.iter().all(|(.., pupils, _)| *pupils != ["dupont-lea"]), "{left:?}");
}

#[test]
fn open_grids_and_incomplete_livrets_are_owed_before_their_deadlines() {
    let school = common::shipped_school().0;
    let session = school.current_year().0 + 1;
    let late = school.current_year().last_day();
    let found = debts(&school, late);
    let counted = |diploma, exam: &str| -> usize {
        let grids = found.iter().filter(
            |debt| matches!(&debt.owed, Owed::Grid(d, code) if *d == diploma && code == exam),
        );
        grids.map(|debt| debt.pupils.len()).sum()
    };
    let diploma = school.referential("mcv-a").unwrap();
    let recap = jalon::insight::recap(&school, diploma, session);
    assert!(!recap.lines.is_empty() && !recap.exams.is_empty());
    for exam in &recap.exams {
        let cells =
            recap.lines.iter().flat_map(|line| exam.grids.iter().map(|grid| &line.cells[*grid]));
        assert_eq!(counted(diploma, &exam.code), cells.filter(|cell| !cell.state.locked).count());
    }
    assert!(
        debts(&school, school.current_year().first_day())
            .iter()
            .all(|debt| { !matches!(debt.owed, Owed::Grid(..) | Owed::Livret) })
    );
}

/// The report that an import left is told in words; what nothing came of is not (IMP-13).
#[test]
fn the_last_import_is_told() {
    let report = |kinds: &[&str], created: i64| {
        let files = kinds.iter().map(|kind| {
            format!(
                "[[fichiers]]\ngenre = \"{kind}\"\nnom = \"f.xml\"\nsha256 = \"{}\"\n\n",
                "a".repeat(64)
            )
        });
        let text = format!(
            "a_faire = [\"quel diplôme est la formation 24725519330 ?\"]\n\n{}[[bilan]]\nquoi = \"élèves\"\n\
             crees = {created}\nmodifies = 2\ndesactives = 0\n",
            files.collect::<String>()
        );
        text.into_bytes()
    };
    let mut files = base();
    files.insert("imports/2026-2027/2026-09-03.toml".to_owned(), report(&["eleves"], 40));
    let later = report(&["sts", "eleves", "eleves"], 1);
    files.insert("imports/2026-2027/2026-10-02.toml".to_owned(), later);
    let school = school(&files);
    let site = Site::new(&school, &[], day("2026-10-05"));
    let told = console_page(&site, "console/index.html").import.unwrap();
    assert_eq!(told.date, "2 octobre 2026");
    assert_eq!(told.files, "élèves, équipe et classes");
    assert_eq!(told.figures, ["élèves\u{a0}: 1 création, 2 modifications"]);
    assert_eq!(told.to_do, ["quel diplôme est la formation 24725519330 ?"]);
}
