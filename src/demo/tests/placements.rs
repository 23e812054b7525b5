//! Holds times in companies together: annexes, periods, portfolios.

use std::collections::{BTreeMap, BTreeSet};

use toml::{Table, Value};

use super::super::corpus::{list, strings, text};
use super::super::dates::Date;
use super::Parsed;

const TODAY: &str = "2026-11-22";

/// Reads "2026-01-05".
fn day(text: &str) -> Date {
    let part = |range| text.get(range).and_then(|part: &str| part.parse().ok()).expect("a number");
    Date::new(part(0..4), part(5..7), part(8..10))
}

fn date(table: &Table, key: &str) -> String {
    table[key].to_string()
}

/// The pupils of a school: id → record.
fn pupils(parsed: &Parsed) -> BTreeMap<&str, &Table> {
    parsed.students().map(|(path, table)| (path.split('/').nth(2).expect("an id"), table)).collect()
}

/// Whom a period concerns, by the stays of pupils: id → classes of the year.
fn concerned<'a>(
    parsed: &Parsed,
    students: &BTreeMap<&'a str, &Table>,
    year: &str,
    period: &Table,
) -> BTreeMap<&'a str, String> {
    let (begin, end) = (date(period, "debut"), date(period, "fin"));
    let wanted = if period.contains_key("apprentis") { "apprenti" } else { "scolaire" };
    let listed: Option<Vec<String>> =
        period.contains_key("apprenants").then(|| strings(period, "apprenants"));
    let except = strings(period, "sauf");
    let mut found = BTreeMap::new();
    for (id, student) in students {
        for stay in list(student, "scolarite").filter(|stay| text(stay, "annee") == year) {
            let class = parsed.classes(year)[&text(stay, "classe")].as_table().expect("a class");
            let from = stay.get("debut").map_or(begin.clone(), ToString::to_string);
            let until = stay.get("fin").map_or(end.clone(), ToString::to_string);
            let there = text(stay, "statut") == wanted
                && text(class, "diplome") == text(period, "diplome")
                && text(class, "niveau") == text(period, "niveau")
                && from <= end
                && until >= begin;
            let called = listed.as_ref().is_none_or(|ids| ids.iter().any(|one| one == id));
            if there && called && !except.iter().any(|one| one == id) {
                found.insert(*id, text(stay, "classe"));
            }
        }
    }
    found
}

#[test]
fn every_level_has_its_annexes_and_the_calendar_its_periods() {
    let parsed = Parsed::new(120, 3);
    let apprentice = |year: &str, class: &str| {
        parsed.students().any(|(_, student)| {
            list(student, "scolarite").any(|stay| {
                text(stay, "annee") == year
                    && text(stay, "classe") == class
                    && text(stay, "statut") == "apprenti"
            })
        })
    };
    for year in ["2024-2025", "2025-2026", "2026-2027"] {
        for (id, class) in parsed.classes(year) {
            let class = class.as_table().expect("a class");
            let folder =
                format!("pfmp/annexes/{}/{}/", text(class, "diplome"), text(class, "niveau"));
            let public = |apprentices: bool| {
                parsed
                    .under(&folder)
                    .any(|(_, annex)| annex["apprentis"] == Value::Boolean(apprentices))
            };
            assert!(public(false), "{folder}");
            assert!(public(true) || !apprentice(year, id), "{folder}");
        }
        for pfmp in list(&parsed.files[&format!("calendar/{year}.toml")], "pfmp") {
            for diploma in strings(pfmp, "diplomes") {
                let path = format!("pfmp/periods/{year}/pfmp-{}-{diploma}.toml", pfmp["numero"]);
                let period = parsed.files.get(&path).unwrap_or_else(|| panic!("{path}"));
                for key in ["debut", "fin", "numero", "niveau"] {
                    assert_eq!(period[key], pfmp[key], "{path} {key}");
                }
            }
        }
    }
}

#[test]
fn periods_share_learners_out_among_the_teachers_of_their_class() {
    for (size, years) in [(20, 3), (120, 3)] {
        let parsed = Parsed::new(size, years);
        let students = pupils(&parsed);
        let mut away: BTreeMap<&str, Vec<(String, String)>> = BTreeMap::new();
        for (path, period) in parsed.under("pfmp/periods/") {
            let year = path.split('/').nth(2).expect("a year");
            let there = concerned(&parsed, &students, year, period);
            let referents = period["referents"].as_table().expect("referents");
            assert_eq!(
                there.keys().copied().collect::<Vec<_>>(),
                referents.keys().map(String::as_str).collect::<Vec<_>>(),
                "{path}"
            );
            for (pupil, class) in there {
                let team =
                    strings(parsed.classes(year)[&class].as_table().expect("a class"), "equipe");
                assert!(team.contains(&text(referents, pupil)), "{path} {pupil}");
                away.entry(pupil).or_default().push((date(period, "debut"), date(period, "fin")));
            }
            let [_, _, tasks] = parsed.codes(&text(period, "diplome"));
            assert!(strings(period, "taches").iter().all(|task| tasks.contains(task)), "{path}");
            let annex = format!("pfmp/annexes/{}.toml", text(period, "annexe"));
            assert!(parsed.files.contains_key(&annex), "{path}: {annex}");
        }
        for (pupil, spans) in &mut away {
            spans.sort();
            assert!(spans.windows(2).all(|pair| pair[0].1 < pair[1].0), "{pupil}: {spans:?}");
        }
    }
}

#[test]
fn portfolios_stay_within_their_period_and_before_today() {
    for (size, years) in [(1, 3), (120, 3)] {
        let parsed = Parsed::new(size, years);
        let students = pupils(&parsed);
        for (path, portfolio) in portfolios(&parsed) {
            let (year, period) = period_of(&parsed, path);
            let pupil = path.split('/').nth(2).expect("an id");
            let there = concerned(&parsed, &students, year, period);
            assert!(there.contains_key(pupil), "{path}");
            let (begin, end) = (date(period, "debut"), date(period, "fin"));
            let weeks = i64::from((day(&end).monday().since(day(&begin).monday())) / 7 + 1);
            let sheets = if period.contains_key("apprentis") { 1 } else { weeks };
            let [competences, criteria, tasks] = parsed.codes(&text(period, "diplome"));
            for (key, number, most) in [("journal", "semaine", weeks), ("fiches", "numero", sheets)]
            {
                let numbers: Vec<i64> = list(portfolio, key)
                    .map(|entry| entry[number].as_integer().expect("a number"))
                    .collect();
                assert!(numbers.iter().all(|n| (1..=most).contains(n)), "{path} {key}");
                assert!(numbers.windows(2).all(|pair| pair[0] < pair[1]), "{path} {key}");
                for entry in list(portfolio, key) {
                    let written = date(entry, "saisi_le");
                    let week = day(&begin)
                        .monday()
                        .plus(7 * (entry[number].as_integer().unwrap_or(1) as i32 - 1));
                    assert!(written >= begin && written.as_str() <= TODAY, "{path} {key}");
                    assert!(day(&written) >= week, "{path} {key}");
                    assert!(
                        strings(entry, "taches").iter().all(|task| tasks.contains(task)),
                        "{path}"
                    );
                }
            }
            for (key, dated) in [("visites", "date"), ("absences", "du")] {
                for entry in list(portfolio, key) {
                    let on = date(entry, dated);
                    assert!(begin <= on && on <= end && on.as_str() <= TODAY, "{path} {key}");
                    assert!(!day(&on).is_weekend(), "{path} {key}");
                }
            }
            for absence in list(portfolio, "absences") {
                let from = date(absence, "du");
                let until = absence.get("au").map_or(from.clone(), ToString::to_string);
                let half_days = i64::from(day(&until).since(day(&from)) + 1) * 2;
                assert!(absence["demi_journees"].as_integer() <= Some(half_days), "{path}");
            }
            if let Some(review) = portfolio.get("bilan_entreprise").and_then(Value::as_table) {
                assert!(begin <= date(review, "date") && date(review, "date") <= end, "{path}");
                assert!(
                    review.contains_key("tuteur") != review.contains_key("sans_tuteur"),
                    "{path}"
                );
                let results = review["resultats"].as_table().expect("results");
                assert!(!results.is_empty(), "{path}");
                for code in results.keys() {
                    assert!(criteria.contains(code) || competences.contains(code), "{path} {code}");
                }
            }
        }
    }
}

fn portfolios(parsed: &Parsed) -> impl Iterator<Item = (&str, &Table)> {
    parsed.under("students/").filter(|(path, _)| path.contains("/pfmp/"))
}

/// The school year and the period of a portfolio.
fn period_of<'a>(parsed: &'a Parsed, path: &'a str) -> (&'a str, &'a Table) {
    let name = path.rsplit('/').next().expect("a name");
    let (year, slug) = name.split_at(9);
    let slug = slug.trim_start_matches('-');
    (year, &parsed.files[&format!("pfmp/periods/{year}/{slug}")])
}

#[test]
fn companies_show_the_uncommon_cases() {
    let parsed = Parsed::new(310, 3);
    let all: Vec<(&str, &Table)> = portfolios(&parsed).collect();
    let review = |table: &Table, key: &str| {
        table.get("bilan_entreprise").and_then(|review| review.get(key)).cloned()
    };
    let count = |test: &dyn Fn(&str, &Table) -> bool| {
        all.iter().filter(|(path, table)| test(path, table)).count()
    };
    assert!(count(&|_, t| t["entreprise"].get("pays").is_some()) >= 1);
    assert!(count(&|_, t| review(t, "sans_tuteur").is_some()) >= 1);
    assert!(count(&|_, t| review(t, "etat") == Some("brouillon".into())) >= 1);
    assert!(count(&|_, t| t.contains_key("absences")) >= 1);
    // A company found before the first day: nothing else is known.
    assert!(count(&|_, t| t.len() == 2) >= 1);
    let late = |path: &str, t: &Table| {
        let end = date(period_of(&parsed, path).1, "fin");
        list(t, "journal").any(|entry| date(entry, "saisi_le") > end)
    };
    assert!(count(&late) >= 1);
    let running = |path: &str| {
        let period = period_of(&parsed, path).1;
        date(period, "debut").as_str() <= TODAY && date(period, "fin").as_str() > TODAY
    };
    assert!(count(&|path, t| running(path) && !t.contains_key("visites")) >= 1);
    assert!(count(&|path, t| running(path) && t.contains_key("visites")) >= 1);
    let apart =
        |key: &str| parsed.under("pfmp/periods/").filter(|(_, t)| t.contains_key(key)).count();
    assert_eq!((apart("apprenants"), apart("sauf")), (1, 1));
}

#[test]
fn learners_write_whole_sentences_in_their_own_words() {
    let parsed = Parsed::new(310, 3);
    let mut weeks = BTreeSet::new();
    let mut number = 0;
    for (path, portfolio) in portfolios(&parsed) {
        let owner = format!("{}/student.toml", path.split("/pfmp/").next().expect("a folder"));
        let girl = text(&parsed.files[&owner], "sexe") == "F";
        let written = portfolio.to_string();
        for hole in ["{", " de le ", " à le ", " de les ", " à les ", "{tuteur", "  "] {
            let held = list(portfolio, "journal").map(|entry| text(entry, "activites"));
            let held = held.chain(list(portfolio, "fiches").map(|entry| text(entry, "texte")));
            for said in held {
                assert!(!said.contains(hole), "{path}: {hole:?} in {said}");
                assert!(!said.contains('\''), "{path}: {said}");
                assert!(said.ends_with(['.', '!']), "{path}: {said}");
            }
        }
        let wrong = if girl {
            ["Je suis content de", "y arrive seul."]
        } else {
            ["Je suis contente", "y arrive seule."]
        };
        assert!(wrong.iter().all(|word| !written.contains(word)), "{path}");
        for entry in list(portfolio, "journal") {
            weeks.insert(text(entry, "activites"));
            number += 1;
        }
    }
    assert!(number > 3_000 && weeks.len() * 10 > number * 7, "{} of {number}", weeks.len());
}
