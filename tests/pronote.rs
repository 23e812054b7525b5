//! What PRONOTE takes: validated reviews of the period in progress, by INE and by name.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test stops when it cannot go on")]

mod common;

use std::collections::BTreeMap;
use std::path::Path;

use jalon::exchange::pronote::{PronoteFiles, level_words, period_of, pronote_files};
use jalon::exchange::sheet::{Sheet, csv};
use jalon::record::Level;
use jalon::school::School;
use jalon::source::Memory;
use jalon::text::Date;

const REVIEW: &str = "students/2025/dupont-lea/reviews/2026-12-11.toml";

fn files() -> BTreeMap<String, String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/schools/base");
    let all = common::read_folder(&root).into_iter();
    all.filter_map(|(path, bytes)| Some((path, String::from_utf8(bytes).ok()?))).collect()
}

fn school(files: BTreeMap<String, String>) -> School {
    common::read(&Memory::new(files)).0
}

fn day(text: &str) -> Date {
    text.parse().unwrap()
}

/// The files of the class of the base school on a day.
fn made<'a>(school: &'a School, today: &str) -> Option<PronoteFiles<'a>> {
    let classes = school.classes.iter();
    let (ix, class) = classes.into_iter().find(|(_, class)| class.key == "1mcva1").unwrap();
    let period = period_of(school, class, None, day(today))?;
    Some(pronote_files(school, ix, period, day(today)))
}

fn rows(sheet: &Sheet) -> Vec<BTreeMap<String, String>> {
    let bytes = csv(sheet);
    let text = bytes.strip_prefix("\u{feff}".as_bytes()).unwrap();
    let mut reader = ::csv::ReaderBuilder::new().delimiter(b';').from_reader(text);
    let heads: Vec<String> = reader.headers().unwrap().iter().map(str::to_owned).collect();
    (reader.records())
        .map(|row| heads.iter().cloned().zip(row.unwrap().iter().map(str::to_owned)).collect())
        .collect()
}

fn of<'r>(rows: &'r [BTreeMap<String, String>], name: &str) -> Vec<&'r BTreeMap<String, String>> {
    rows.iter().filter(|row| row["Nom"] == name).collect()
}

#[test]
fn a_validated_review_gives_competences_and_a_line_of_the_bulletin() {
    let mut all = files();
    let review = all.get_mut(REVIEW).unwrap();
    let lines = review.lines().filter(|l| !l.starts_with("note =") && !l.starts_with("conseils"));
    let kept: String = lines.map(|line| format!("{line}\n")).collect();
    *review = format!("note = 13.5\nconseils = \"=Oser ; prendre la parole\"\n{kept}");
    let school = school(all);
    let made = made(&school, "2026-12-20").unwrap();
    assert_eq!(made.period.code, "S1");
    let competences = rows(&made.competences);
    let lea = of(&competences, "Dupont");
    let diploma = school.referentials.values().iter().find(|one| one.code == "mcv-a").unwrap();
    assert_eq!(lea.len(), diploma.competence_ixs().count());
    let review = school.reviews.values().iter().find(|one| *one.file == *REVIEW).unwrap();
    for (row, competence) in lea.iter().zip(diploma.competence_ixs()) {
        let level = review.position(competence);
        assert_eq!(row["INE"], "120890177HA");
        assert_eq!(
            (row["Prénom"].as_str(), row["Date de naissance"].as_str()),
            ("Léa", "2010-03-14")
        );
        assert_eq!(row["Date du bilan"], "2026-12-11");
        assert_eq!(row["Niveau"], level_words(level));
        assert_eq!(
            row["Rang (1 à 4)"],
            level.rank().map_or(String::new(), |rank| rank.to_string())
        );
    }
    let bulletin = rows(&made.bulletin);
    let lea = of(&bulletin, "Dupont");
    assert_eq!(lea.len(), 1);
    assert_eq!(lea[0]["Note sur 20"], "13.50");
    // What a spreadsheet would run is neutral, and nothing is lost.
    assert_eq!(lea[0]["Conseils"], "'=Oser ; prendre la parole");
}

#[test]
fn drafts_reviews_being_corrected_and_other_periods_stay_out() {
    let who = |all: BTreeMap<String, String>, today: &str| {
        let school = school(all);
        let made = made(&school, today).unwrap();
        let missing: Vec<String> =
            made.without_review.iter().map(|ix| school.pupils[*ix].id.clone()).collect();
        (of(&rows(&made.bulletin), "Dupont").len(), missing.contains(&"dupont-lea".to_owned()))
    };
    assert_eq!(who(files(), "2026-12-20"), (1, false));
    let changed = |change: &dyn Fn(&str) -> String| {
        let mut all = files();
        let text = all[REVIEW].clone();
        all.insert(REVIEW.to_owned(), change(&text));
        all
    };
    let draft = changed(&|text| {
        let lines = text.lines().filter(|line| !line.starts_with("valide_"));
        let kept: String = lines.map(|line| format!("{line}\n")).collect();
        kept.replace("etat = \"valide\"", "etat = \"brouillon\"")
    });
    assert_eq!(who(draft, "2026-12-20"), (0, true));
    let unlocked = changed(&|text| {
        format!(
            "{text}\n[[deverrouillage]]\npar = \"martin-anne\"\ndate = 2026-12-18\nmotif = \"erreur\"\n"
        )
    });
    assert_eq!(who(unlocked, "2026-12-20"), (0, true));
    // The next period has its own reviews.
    assert_eq!(who(files(), "2027-03-01"), (0, true));
    assert!(made(&school(files()), "2027-08-15").is_none());
}

#[test]
fn pupils_without_ine_are_told_and_a_closed_period_too() {
    let mut all = files();
    let calendar = all.get_mut("calendar/2026-2027.toml").unwrap();
    *calendar = calendar.replacen(
        "fin = 2027-01-22\n",
        "fin = 2027-01-22\ncloture_pronote = 2027-01-18\n",
        1,
    );
    let hugo = all.get_mut("students/2025/martin-hugo/reviews/2026-12-11.toml").unwrap();
    *hugo = hugo.replace(
        "etat = \"brouillon\"",
        "etat = \"valide\"\nvalide_le = 2026-12-14\nvalide_par = \"mercier-paul\"",
    );
    let school = school(all);
    let open = made(&school, "2027-01-18").unwrap();
    assert_eq!(open.closed, None);
    let names: Vec<&str> =
        open.without_ine.iter().map(|ix| school.pupils[*ix].id.as_str()).collect();
    for ix in &open.without_ine {
        assert!(school.pupils[*ix].record.ine.is_none());
    }
    let hugo = rows(&open.bulletin).into_iter().find(|row| row["Nom"] == "Martin");
    assert_eq!(hugo.map(|row| row["INE"].clone()).as_deref(), Some(""));
    assert!(names.contains(&"martin-hugo"), "{names:?}");
    assert_eq!(made(&school, "2027-01-19").unwrap().closed, Some(day("2027-01-18")));
}

/// No sign of the scale reaches a cell: "+" and "--" are formulas to a spreadsheet.
#[test]
fn levels_are_words() {
    for level in Level::ALL {
        assert!(level_words(*level).starts_with(char::is_alphabetic));
    }
}
