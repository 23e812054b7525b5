//! Time in companies: capsules in the dashboards, portfolios, follow-up by referent teachers.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test stops when it cannot go on")]

mod common;

use jalon::insight::{
    Followed, LastPosition, Mark, ResultCode, ReviewStage, Source, by_referent, class_view,
    dashboard, follow_up_state, tasks_never_met,
};
use jalon::page::Site;
use jalon::record::Level;
use jalon::render::{self, Files};
use jalon::school::{Ix, Pupil, School};
use jalon::source::Memory;
use jalon::text::SchoolYear;

fn school() -> School {
    let files = common::companies::school_with_companies();
    let (school, diagnostics) = common::read(&Memory::new(files));
    assert!(diagnostics.is_empty(), "{diagnostics:#?}");
    school
}

fn rendered(school: &School) -> Files {
    render::render(&Site::new(school, &[], common::today())).unwrap()
}

fn page(files: &Files, address: &str) -> String {
    let bytes = files.get(address).unwrap_or_else(|| panic!("no {address}"));
    String::from_utf8(bytes.to_vec()).unwrap()
}

#[test]
fn a_valid_company_review_is_a_column_and_a_draft_is_nothing() {
    let school = school();
    let d = school.referential("mcv-a").unwrap();
    let of = |id: &str| dashboard(&school, school.pupil(id).unwrap(), d);
    let adami = of("adami-lorenzo");
    let columns: Vec<_> = adami
        .columns
        .iter()
        .map(|column| (column.date.to_string(), column.code.as_str(), column.from_family))
        .collect();
    let expected = [
        ("2026-06-11", "E", true),
        ("2026-11-06", "Int", false),
        ("2027-02-04", "E", false),
        ("2027-02-12", "Int", false),
    ];
    assert_eq!(columns, expected.map(|(date, code, family)| (date.to_owned(), code, family)));
    assert_eq!((adami.counts.intermediate, adami.counts.complex, adami.counts.company), (2, 0, 2));
    // Bands: the level and the year of the period.
    assert_eq!(adami.columns[0].level.as_str(), "seconde");
    assert_eq!(adami.columns[2].level.as_str(), "premiere");
    // A whole competence is spread over its criteria; NE is a result, and counts for nothing.
    let criteria = |code: &str| {
        let line = adami
            .lines
            .iter()
            .find(|line| school.referentials[d].competence_record(line.competence).code == code);
        let cells = line.unwrap().criteria.iter().map(|criterion| {
            let of_company = criterion.cells.iter().filter(|cell| cell.column == 2);
            of_company.map(|cell| cell.mark).collect::<Vec<_>>()
        });
        cells.collect::<Vec<_>>()
    };
    assert_eq!(criteria("C1.0"), [[Mark::Level(Level::Partly)]]);
    assert_eq!(criteria("C1.1")[0], [Mark::Level(Level::NotAssessed)]);
    assert!(criteria("C1.2").iter().all(|marks| *marks == [Mark::Level(Level::Fully)]));
    assert!(adami.columns.iter().all(|column| {
        matches!(column.source, Source::Portfolio(_)) == (column.code == ResultCode::Company)
    }));
    // The draft of Émile shows nowhere, not even in the suggestion.
    let zola = of("zola-emile");
    assert!(zola.columns.iter().all(|column| column.code != ResultCode::Company));
    assert!(zola.lines.iter().all(|line| line.suggestion.is_none()));
}

#[test]
fn the_class_view_hears_the_companies() {
    let school = school();
    let class =
        school.classes.iter().find(|(_, class)| class.id() == "2026-2027/1mcva1").unwrap().0;
    let view = class_view(&school, class);
    let last = |id: &str| {
        let pupil = school.pupil(id).unwrap();
        let line = &view.lines.iter().find(|(other, _)| *other == pupil).unwrap().1;
        let competence = school.referentials[school.classes[class].diploma].competence("C3.1");
        line[usize::from(competence.unwrap().0)]
    };
    // Only a company assessed C3.1, and no review has positioned it yet.
    assert_eq!(last("adami-lorenzo"), LastPosition::Suggested(Level::Fully));
    assert_eq!(last("zola-emile"), LastPosition::Nothing);
}

#[test]
fn both_views_and_the_twin_show_the_same_results() {
    let school = school();
    let files = rendered(&school);
    let d = school.referential("mcv-a").unwrap();
    for id in ["adami-lorenzo", "dupont-lea", "zola-emile", "bernard-chloe"] {
        let figures = dashboard(&school, school.pupil(id).unwrap(), d);
        let cells = figures.lines.iter().flat_map(|line| &line.criteria);
        let visible: usize = cells.map(|criterion| criterion.cells.len()).sum();
        let drawn = |html: &str| {
            let body = html.split("<tbody").skip(1).collect::<String>();
            ["title=\"Int, ", "title=\"C, ", "title=\"E (entreprise), "]
                .map(|title| body.matches(title).count())
        };
        let full = drawn(&page(&files, &format!("mcv-a/eleves/{id}/index.html")));
        let compact = page(&files, &format!("mcv-a/eleves/{id}/compact.html"));
        assert_eq!(full.iter().sum::<usize>(), visible, "{id}");
        assert_eq!(compact.matches(" data-e=\"").count(), visible, "{id}");
        assert_eq!(compact.matches(" e\" data-t=\"E\"").count(), full[2], "{id}");
        let twin = page(&files, &format!("api/eleves/mcv-a/{id}.json"));
        let twin: serde_json::Value = serde_json::from_str(&twin).unwrap();
        let results = twin["competences"].as_array().unwrap().iter();
        let results = results.flat_map(|competence| competence["criteres"].as_array().unwrap());
        let results: usize =
            results.map(|criterion| criterion["resultats"].as_array().unwrap().len()).sum();
        assert_eq!(results, visible, "{id}");
        assert_eq!(twin["compteurs"][2][1], figures.counts.company, "{id}");
    }
}

#[test]
fn a_capsule_says_in_words_what_its_shape_says() {
    let files = rendered(&school());
    let full = page(&files, "mcv-a/eleves/adami-lorenzo/index.html");
    assert!(full.contains(
        "<i role=\"img\" class=\"n4 e\" title=\"E (entreprise), totalement acquise et transférable\">E<b>++</b></i>"
    ));
    assert!(full.contains("PFMP 3, Librairie &lt;du Marché&gt;"));
    assert!(full.contains("<abbr title=\"Entreprise\">E</abbr>"));
    assert!(full.contains("M.\u{a0}Mercier et Claire Perrin"));
    assert!(
        full.contains(
            "4 évaluations : 2 intermédiaires [Int], 0 complexe [C], 2 en entreprise [E]."
        )
    );
    let compact = page(&files, "mcv-a/eleves/adami-lorenzo/compact.html");
    assert!(compact.contains("title=\"04/02/2027, E (entreprise), partiellement acquise\""));
    // A review freezes evaluations, not company reviews.
    assert!(!full.contains("\"2026-2027/pfmp-3\",\n"));
}

#[test]
fn a_portfolio_says_where_it_stands() {
    let school = school();
    let state = |period: &str, pupil: &str| {
        follow_up_state(&school, school.period(period).unwrap(), school.pupil(pupil).unwrap())
    };
    // Four weeks from Monday 11 January to Friday 5 February; the second entry came on the 20th.
    let adami = state("2026-2027/pfmp-3", "adami-lorenzo");
    assert!(adami.portfolio.is_some() && adami.has_company && adami.is_seen());
    assert_eq!((adami.weeks_written, adami.weeks_expected, adami.late_entries), (2, 4, 1));
    assert_eq!((adami.sheets_written, adami.sheets_expected, adami.visits), (1, 4, 1));
    assert_eq!(adami.review, ReviewStage::Valid);
    let zola = state("2026-2027/pfmp-3", "zola-emile");
    assert_eq!((zola.weeks_written, zola.visits, zola.review), (0, 0, ReviewStage::Draft));
    // Eleven weeks from 5 October to 18 December, and one fiche for an apprentice.
    let dupont = state("2026-2027/employeur-1", "dupont-lea");
    assert_eq!((dupont.weeks_expected, dupont.sheets_expected, dupont.sheets_written), (11, 1, 1));
    // Nobody has begun it.
    let empty = state("2025-2026/pfmp-1", "dupont-lea");
    assert_eq!((empty.portfolio, empty.has_company), (None, false));
    assert_eq!((empty.weeks_expected, empty.review), (4, ReviewStage::None));
}

#[test]
fn each_referent_has_learners_and_nobody_is_forgotten() {
    let school = school();
    let year = school.current_year();
    let names = |list: &Followed| -> Vec<(String, Vec<String>)> {
        let pupils = |pupils: &[Ix<Pupil>]| {
            pupils.iter().map(|pupil| school.pupils[*pupil].id.clone()).collect()
        };
        list.iter()
            .map(|(period, ixs)| (school.periods[*period].slug.clone(), pupils(ixs)))
            .collect()
    };
    let found = by_referent(&school, year);
    let of = |id: &str| names(&found.of[&school.person(id).unwrap()]);
    let one = |period: &str, pupil: &str| (period.to_owned(), vec![pupil.to_owned()]);
    assert_eq!(
        of("mercier-paul"),
        [one("employeur-1", "dupont-lea"), one("pfmp-3", "adami-lorenzo")]
    );
    assert_eq!(of("keller-anne"), [one("pfmp-3", "zola-emile")]);
    assert!(found.nobody.is_empty());
    let before = by_referent(&school, SchoolYear(2025));
    assert!(before.of.is_empty());
    let expected = ["adami-lorenzo", "dupont-lea"].map(str::to_owned).to_vec();
    assert_eq!(names(&before.nobody), [("pfmp-1".to_owned(), expected)]);
}

#[test]
fn tasks_never_met_are_those_of_no_portfolio_of_the_diploma() {
    let school = school();
    let d = school.referential("mcv-a").unwrap();
    let codes = |id: &str| -> Vec<&str> {
        let tasks = tasks_never_met(&school, school.pupil(id).unwrap(), d);
        tasks
            .iter()
            .map(|task| school.referentials[d].tasks[usize::from(task.0)].code.as_str())
            .collect()
    };
    let all = school.referentials[d].tasks.len();
    // Lorenzo has done A1-T2 and A1-T4.
    let adami = codes("adami-lorenzo");
    assert_eq!(adami.len(), all - 2);
    assert_eq!(adami[..3], ["A1-T1", "A1-T3", "A1-T5"]);
    assert_eq!(codes("zola-emile").len(), all);
}

const ADAMI: &str = "mcv-a/eleves/adami-lorenzo/entreprise/2026-2027-pfmp-3.html";

#[test]
fn each_learner_of_each_period_has_a_page_even_without_a_file() {
    let school = school();
    let files = rendered(&school);
    for (_, period) in school.periods.iter() {
        let code = &school.referentials[period.diploma].code;
        for pupil in &period.learners {
            let (id, year) = (&school.pupils[*pupil].id, period.year);
            let at = format!("{code}/eleves/{id}/entreprise/{year}-{}.html", period.slug);
            assert!(files.contains_key(&at), "{at}");
        }
    }
    let empty = page(&files, "mrc/eleves/dupont-lea/entreprise/2025-2026-pfmp-1.html");
    assert!(empty.contains("Pas encore d’entreprise."));
    assert!(empty.contains("Créer le portfolio"));
    assert!(empty.contains(
        "https://forge.example/lycee/suivi/-/new/main/content/students/2025/dupont-lea/pfmp?file_name=2025-2026-pfmp-1.toml"
    ));
    // Four weeks, four slots (POR-02).
    assert_eq!(empty.matches("journal et fiche à écrire").count(), 4);
}

#[test]
fn the_text_of_a_new_portfolio_is_one_once_completed() {
    let files = common::companies::school_with_companies();
    let school = school();
    let empty = page(&rendered(&school), "mrc/eleves/dupont-lea/entreprise/2025-2026-pfmp-1.html");
    let begun =
        page(&rendered(&school), "mcv-a/eleves/zola-emile/entreprise/2026-2027-pfmp-3.html");
    let text = |html: &str, id: &str| {
        let rest = html.split(&format!("<pre id=\"{id}\">")).nth(1).unwrap();
        rest.split("</pre>").next().unwrap().replace("&quot;", "\"").replace("&#39;", "'")
    };
    let portfolio = text(&empty, "portfolio-type");
    assert!(!begun.contains("portfolio-type") && !begun.contains("bilan-type"), "a draft is there");
    let path = "students/2025/dupont-lea/pfmp/2025-2026-pfmp-1.toml";
    let files = files.into_iter().chain([(path.to_owned(), portfolio)]);
    let (school, diagnostics) = common::read(&Memory::new(files));
    assert!(diagnostics.is_empty(), "{diagnostics:#?}");
    // The company is there now: the text of a company review is offered, with the tutor's name.
    let now = page(&rendered(&school), "mrc/eleves/dupont-lea/entreprise/2025-2026-pfmp-1.html");
    let review = text(&now, "bilan-type");
    assert!(review.contains("[bilan_entreprise]") && review.contains("etat = \"brouillon\""));
    assert!(review.contains("\"C1.0\" = \"NE\"  # "), "{review}");
}

#[test]
fn a_portfolio_shows_its_three_elements_and_what_is_in_them() {
    let html = page(&rendered(&school()), ADAMI);
    for words in [
        "2 sur 4</span> semaines",
        "1 sur 4</span>",
        "<span class=\"badge ok\">validé</span> du 04/02/2027",
        "<span class=\"badge ok\">vu</span> le 26/01/2027",
        "<b>Librairie &lt;du Marché&gt;</b>, librairie",
        "3, rue des Halles, 54000 Nancy",
        "<a href=\"geo:48.6921,6.1844\">48,6921° N, 6,1844° E</a>",
        "Mme Claire Perrin",
        "href=\"tel:0383000000\"",
        "Semaine 1 <small>du 11 au 15 janvier</small>",
        "Semaine 4 <small>du 1er au 5 février</small> <span class=\"badge\">journal et fiche à écrire</span>",
        "Accueil des clients avec <strong>Mme Perrin</strong>.",
        "écrit le <time datetime=\"2027-02-20\">20/02/2027</time></small> <span class=\"badge att\">après la période</span>",
        "Fiche 1 : Accueillir un client",
        "<b>M.\u{a0}Mercier</b>, <time datetime=\"2027-01-18\">",
        "par <b>M.\u{a0}Mercier et Claire Perrin</b>",
        "<i class=\"n4 e\" aria-hidden=\"true\">E<b>++</b></i> totalement acquise et transférable",
        "Absence, 1 demi-journée, le <time datetime=\"2027-01-20\">",
        "1 sur 2 tâches prévues</a> déjà racontées",
        "Faites sans être prévues",
        "1 sur 2</span>",
    ] {
        assert!(html.contains(words), "{words}");
    }
    // No third party is asked for anything (POR-04).
    assert!(!html.contains("https://www.") && !html.contains("<img"));
    // The dashboard leads to it, column and list.
    let dashboard = page(&rendered(&school()), "mcv-a/eleves/adami-lorenzo/index.html");
    assert!(dashboard.matches("href=\"entreprise/2026-2027-pfmp-3.html\"").count() >= 3);
    assert!(dashboard.contains("2 périodes en entreprise"));
    assert!(
        dashboard.contains(
            "href=\"../../../mrc/eleves/adami-lorenzo/entreprise/2025-2026-pfmp-1.html\""
        )
    );
}

#[test]
fn a_draft_review_says_that_it_does_not_count_and_a_review_without_tutor_says_why() {
    let files = rendered(&school());
    let draft = page(&files, "mcv-a/eleves/zola-emile/entreprise/2026-2027-pfmp-3.html");
    assert!(draft.contains("rien n’en paraît dans le tableau de bord"));
    assert!(draft.contains("pas encore vu"));
    let alone = page(&files, "mrc/eleves/adami-lorenzo/entreprise/2025-2026-pfmp-1.html");
    assert!(alone.contains("sans le tuteur : La tutrice était en arrêt maladie."));
}

#[test]
fn the_lists_say_who_is_placed_and_seen() {
    let files = rendered(&school());
    let list = page(&files, "mcv-a/portfolios/index.html");
    assert!(list.contains("<h1>Portfolios des activités en entreprise</h1>"));
    let text = list.replace("<td class=\"num\">", "|").replace("</td>", "");
    assert!(text.contains("|2|2|1|1"), "learners, companies, seen, reviews");
    assert!(list.contains("2 sur 4 <span class=\"badge att\">1 en retard</span>"));
    let older = page(&files, "mrc/portfolios/archives.html");
    assert!(older.contains("Année 2025-2026") && older.contains("pas encore d’entreprise"));
    let person = page(&files, "equipe/mercier-paul/index.html");
    assert!(person.contains("Suivi en entreprise 2026-2027 <span class=\"badge compte\">2</span>"));
    assert!(person.contains("1 sur 1 apprenant vu") && person.contains("vu le 26/01/2027"));
    assert!(person.contains("href=\"tel:0383000000\">03 83 00 00 00</a>"));
    assert!(person.contains("Maison Keller, Toul") && person.contains("pas encore vu"));
    let index = page(&files, "assets/js/index-recherche.js");
    assert!(index.contains("\"Portfolios, PFMP 3\",\"MCV A, première, 2026-2027\""));
}

#[test]
fn an_apprentice_has_a_booklet() {
    let files = rendered(&school());
    let list = page(&files, "mcv-a/livrets-apprentis/index.html");
    assert!(list.contains("href=\"dupont-lea.html\""));
    assert!(!files.contains_key("mcv-a/livrets-apprentis/zola-emile.html"));
    let booklet = page(&files, "mcv-a/livrets-apprentis/dupont-lea.html");
    for words in [
        "<h1>Livret d’apprentissage de DUPONT Léa</h1>",
        "née le 14 mars 2009",
        "2026-2027, 1 MCV A 1",
        "Période employeur 1",
        "Maison Keller, Toul",
        "Fiche : Tenir la caisse",
        "M.\u{a0}Mercier et Marc Antoine",
        "Positions sur les compétences",
        "1 sur 9",
        "Le maître d’apprentissage",
    ] {
        assert!(booklet.contains(words), "{words}");
    }
}

#[test]
fn the_twins_tell_the_follow_up() {
    let files = rendered(&school());
    let read = |at: &str| -> serde_json::Value { serde_json::from_str(&page(&files, at)).unwrap() };
    let pupil = read("api/eleves/mcv-a/adami-lorenzo.json");
    let portfolio = &pupil["entreprises"][0];
    assert_eq!(portfolio["periode"], "2026-2027/pfmp-3");
    assert_eq!(portfolio["journal"], serde_json::json!([2, 4]));
    assert_eq!(portfolio["taches"], serde_json::json!(["A1-T2", "A1-T4"]));
    assert_eq!(pupil["taches_jamais_rencontrees"].as_array().unwrap().len(), 7);
    assert_eq!(pupil["evaluations"][2]["source"], "bilan_entreprise");
    let period = read("api/portfolios/2026-2027/pfmp-3.json");
    assert_eq!((&period["apprenants"], &period["vus"]), (&2.into(), &1.into()));
    assert_eq!(period["portfolios"][1]["bilan_entreprise"], "brouillon");
    assert_eq!(period["portfolios"][1]["referent"], "keller-anne");
}

#[test]
fn pages_with_companies_are_sound() {
    let school = school();
    let files = rendered(&school);
    let printed = common::printed(&Site::new(&school, &[], common::today()));
    for (address, bytes) in files.iter().filter(|(address, _)| address.ends_with(".html")) {
        let html = std::str::from_utf8(bytes).unwrap();
        for target in html.split("href=\"").skip(1).filter_map(|rest| rest.split('"').next()) {
            let outside = ["https://", "http://", "mailto:", "tel:", "geo:"];
            if outside.iter().any(|scheme| target.starts_with(scheme)) {
                continue;
            }
            let (path, anchor) = target.split_once('#').unwrap_or((target, ""));
            let mut parts: Vec<&str> = address.split('/').collect();
            if !path.is_empty() {
                parts.pop();
                for part in path.split('/') {
                    if part == ".." {
                        let _ = parts.pop();
                    } else {
                        parts.push(part);
                    }
                }
            }
            if printed.contains(&parts.join("/")) {
                continue;
            }
            let there = files.get(&parts.join("/"));
            let there = there.unwrap_or_else(|| panic!("{address}: {target}"));
            let there = String::from_utf8_lossy(there);
            assert!(
                anchor.is_empty() || there.contains(&format!("id=\"{anchor}\"")),
                "{address}: {target}"
            );
        }
        let ids: Vec<&str> =
            html.split(" id=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
        let once: std::collections::BTreeSet<_> = ids.iter().collect();
        assert_eq!(ids.len(), once.len(), "{address}: an id stands twice");
    }
}
