//! The staff's site as a whole: links lead somewhere, pages say what they must, bytes do not change.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test stops when it cannot go on")]

mod common;

use std::collections::BTreeSet;
use std::sync::Mutex;

use jalon::diagnostic::Diagnostic;
use jalon::page::{Site, Subject, link, plan};
use jalon::render::{self, Bytes, Files, PageMemo, Refused, Sink};
use jalon::school::School;
use jalon::source::Memory;

const NO_REVIEW: &str = "Aucun bilan n'est actuellement disponible pour cet apprenant.";

fn rendered(school: &School, diagnostics: &[Diagnostic]) -> Files {
    render::render(&Site::new(school, diagnostics, common::today())).unwrap()
}

fn small() -> (School, Vec<Diagnostic>) {
    let (school, diagnostics) = common::read(&Memory::new(common::small_school()));
    assert!(diagnostics.is_empty(), "{diagnostics:#?}");
    (school, diagnostics)
}

fn page(files: &Files, address: &str) -> String {
    String::from_utf8(files[address].to_vec()).unwrap()
}

/// What `href`, `src` and `action` attributes lead to, and the ids of a page.
fn targets(html: &str) -> Vec<&str> {
    ["href=\"", "src=\"", "action=\""]
        .iter()
        .flat_map(|attribute| html.split(attribute).skip(1))
        .filter_map(|rest| rest.split('"').next())
        .collect()
}

/// The address that a relative link leads to, from the page that holds it.
fn resolve(from: &str, target: &str) -> String {
    let mut parts: Vec<&str> = from.split('/').collect();
    parts.pop();
    for part in target.split('/') {
        match part {
            ".." => drop(parts.pop()),
            "." => {}
            part => parts.push(part),
        }
    }
    parts.join("/")
}

fn broken_links_of(school: &School, diagnostics: &[Diagnostic]) -> Vec<String> {
    let site = Site::new(school, diagnostics, common::today());
    broken_links(&rendered(school, diagnostics), &site)
}

/// Links of pages that lead nowhere, and documents that no page leads to.
fn broken_links(files: &Files, site: &Site<'_>) -> Vec<String> {
    let mut broken = BTreeSet::new();
    let printed = common::printed(site);
    let mut unseen = printed.clone();
    for (address, bytes) in files.iter().filter(|(address, _)| address.ends_with(".html")) {
        let html = std::str::from_utf8(bytes).unwrap();
        for target in targets(html) {
            let target = target.replace("&amp;", "&");
            if ["https://", "http://", "mailto:", "tel:", "geo:"]
                .iter()
                .any(|scheme| target.starts_with(scheme))
            {
                continue;
            }
            let (path, anchor) = target.split_once('#').unwrap_or((&target, ""));
            let path = path.split('?').next().unwrap_or("");
            let to = if path.is_empty() { address.clone() } else { resolve(address, path) };
            if printed.contains(&to) {
                unseen.remove(&to);
                continue;
            }
            let Some(there) = files.get(&to) else {
                broken.insert(format!("{address}: {target}"));
                continue;
            };
            let there = std::str::from_utf8(there).unwrap_or("");
            let stands = anchor.is_empty()
                || there.is_empty()
                || there.contains(&format!("id=\"{anchor}\""));
            if !stands {
                broken.insert(format!("{address}: no anchor {target}"));
            }
        }
    }
    broken.extend(unseen.into_iter().map(|document| format!("no way to {document}")));
    broken.into_iter().take(20).collect()
}

#[test]
fn every_link_leads_somewhere() {
    let (school, diagnostics) = small();
    assert_eq!(broken_links_of(&school, &diagnostics), Vec::<String>::new());
}

#[test]
fn every_page_has_its_own_address_and_the_same_bytes_twice() {
    let (school, diagnostics) = small();
    let site = Site::new(&school, &diagnostics, common::today());
    assert_eq!(plan(&site).collisions, Vec::<String>::new());
    assert_eq!(rendered(&school, &diagnostics), rendered(&school, &diagnostics));
}

/// Takes nothing that stands under `mcv-a/`, and notes the rest.
#[derive(Default)]
struct Picky(Mutex<Vec<String>>);

impl Sink for Picky {
    fn put(&self, address: &str, _: Bytes) -> Result<(), Refused> {
        if address.starts_with("mcv-a/") {
            return Err(Refused::new(address.to_owned()));
        }
        self.0.lock().unwrap().push(address.to_owned());
        Ok(())
    }
}

#[test]
fn all_files_are_tried_and_the_first_refusal_by_address_is_told() {
    let (school, diagnostics) = small();
    let files = rendered(&school, &diagnostics);
    let refused = files.keys().find(|address| address.starts_with("mcv-a/")).unwrap();
    for _ in 0..5 {
        let sink = Picky::default();
        let site = Site::new(&school, &diagnostics, common::today());
        let told = render::render_into(&site, &[], &mut PageMemo::default(), &sink).unwrap_err();
        assert_eq!(told.to_string(), *refused);
        let mut taken = sink.0.into_inner().unwrap();
        taken.sort();
        let rest = files.keys().filter(|address| !address.starts_with("mcv-a/"));
        assert!(taken.iter().eq(rest), "{taken:?}");
    }
}

#[test]
fn the_menu_opens_pages_whose_title_is_its_word() {
    let (school, diagnostics) = small();
    let files = rendered(&school, &diagnostics);
    for (folder, title) in [
        ("eleves", "Tableaux de bord apprenants"),
        ("projet", "Suivi de projet"),
        ("classes", "Vue classes"),
        ("transversales", "Suivi des compétences transversales"),
        ("livrets-apprentis", "Livrets des apprentis"),
        ("bilans", "Éditer les bilans"),
    ] {
        let html = page(&files, &format!("mcv-a/{folder}/index.html"));
        assert!(html.contains(&format!("<h1>{title}</h1>")), "{folder}");
        assert!(html.contains(&format!("<title>{title} – ")), "{folder}");
    }
}

#[test]
fn headings_go_down_one_step_at_a_time() {
    let (school, diagnostics) = small();
    for (address, bytes) in rendered(&school, &diagnostics) {
        let html = String::from_utf8_lossy(&bytes).into_owned();
        if !address.ends_with(".html") || html.is_empty() {
            continue;
        }
        let main = &html[html.find("<main").unwrap()..];
        let levels: Vec<u8> = main
            .match_indices("<h")
            .filter_map(|(at, _)| main.as_bytes().get(at + 2).copied())
            .filter(u8::is_ascii_digit)
            .map(|digit| digit - b'0')
            .collect();
        assert_eq!(levels.iter().filter(|level| **level == 1).count(), 1, "{address}");
        assert!(levels.windows(2).all(|pair| pair[1] <= pair[0] + 1), "{address}: {levels:?}");
    }
}

#[test]
fn a_radar_needs_two_reviews() {
    let (school, diagnostics) = small();
    let files = rendered(&school, &diagnostics);
    let first = page(&files, "mcv-a/eleves/dupont-lea/bilans/2026-12-11.html");
    let second = page(&files, "mcv-a/eleves/dupont-lea/bilans/2027-04-09.html");
    assert!(!first.contains("class=\"radar"));
    assert!(second.contains("class=\"radar"));
    // C1.3 was not assessed in the first, C2.1 is not any more: no point, and no comparison.
    assert!(second.contains("2 en progrès") || second.contains("1 en progrès"));
    assert!(second.contains("pas de comparaison") && second.contains("C2.1 NE"));
    // The columns stop at the review shown.
    assert_eq!(first.matches("<th scope=\"col\" title=\"Bilan validé le").count(), 1);
    assert_eq!(second.matches("<th scope=\"col\" title=\"Bilan validé le").count(), 2);
}

#[test]
fn a_review_says_its_state_its_note_and_what_is_empty() {
    let (school, diagnostics) = small();
    let files = rendered(&school, &diagnostics);
    let first = page(&files, "mcv-a/eleves/dupont-lea/bilans/2026-12-11.html");
    assert!(first.contains("<h1>Bilan de DUPONT Léa</h1>"));
    assert!(first.contains("13,5 / 20") && first.contains("le 11/12/2026 par M.\u{a0}Mercier"));
    assert!(first.contains("<strong>progresse</strong>") && first.contains("Aucun conseil saisi."));
    assert!(first.contains("1er semestre") && first.contains("débrouillé"));
    assert!(!first.contains("Compléter ce bilan"));
    let unlocked = page(&files, "mcv-a/eleves/adami-lorenzo/bilans/2027-04-09.html");
    assert!(unlocked.contains("Déverrouillé le") && unlocked.contains("Erreur sur C1.2"));
    assert!(unlocked.contains("Compléter ce bilan"));
    let last = page(&files, "mcv-a/eleves/dupont-lea/bilans/index.html");
    assert!(last.contains("<b><time datetime=\"2027-04-09\">"));
}

#[test]
fn a_pupil_without_review_has_a_page_that_says_so() {
    let (school, diagnostics) = small();
    let files = rendered(&school, &diagnostics);
    let none = page(&files, "mcv-a/eleves/zola-emile/bilans/index.html");
    assert!(none.contains(&format!("<p>{NO_REVIEW}</p>")));
    // The arrows stay, and the last of the list has no next one.
    assert!(none.contains("rel=\"prev\"") && none.contains("Fin de la liste"));
    let first = page(&files, "mcv-a/eleves/adami-lorenzo/bilans/index.html");
    assert!(first.contains("Début de la liste") && first.contains("rel=\"next\""));
    assert!(first.contains("1 sur 3") && none.contains("3 sur 3"));
}

/// Where an arrow of a page leads; nothing at an end of the list.
fn arrow(files: &Files, from: &str, rel: &str) -> Option<String> {
    let html = page(files, from);
    let after = html.split(&format!("<a rel=\"{rel}\" href=\"")).nth(1)?;
    Some(resolve(from, after.split('"').next().unwrap()))
}

/// The small school, with a pupil who repeats the year and whose reviews are those of the year before.
fn school_with_a_repeater() -> (School, Vec<Diagnostic>) {
    let mut files = common::small_school();
    let path = |file: &str| format!("students/2025/{file}");
    let text = |files: &[(String, String)], from: &str| {
        files.iter().find(|(path, _)| path.ends_with(from)).unwrap().1.clone()
    };
    let pupil = text(&files, "bernard-chloe/student.toml")
        .replace("Bernard", "Roche")
        .replace("tmcva1", "1mcva1");
    let review = text(&files, "adami-lorenzo/reviews/2026-12-11.toml")
        .replace("2026-12-11", "2026-03-06")
        .replace("evaluations = [\"2026-2027/1mcva1/accueil-client\"]\n", "");
    files.push((path("roche-chloe/student.toml"), pupil));
    for file in ["roche-chloe/reviews/2026-03-06.toml", "bernard-chloe/reviews/2026-03-06.toml"] {
        files.push((path(file), review.clone()));
    }
    let (school, diagnostics) = common::read(&Memory::new(files));
    assert!(diagnostics.is_empty(), "{diagnostics:#?}");
    (school, diagnostics)
}

fn with_a_repeater() -> Files {
    let (school, diagnostics) = school_with_a_repeater();
    rendered(&school, &diagnostics)
}

#[test]
fn arrows_of_reviews_walk_the_class_that_the_list_shows() {
    let (school, diagnostics) = school_with_a_repeater();
    let files = rendered(&school, &diagnostics);
    let from = "mcv-a/bilans/index.html";
    let list = page(&files, from);
    let class = list.split("<caption class=\"vh\">Bilans de 1 MCV A 1</caption>").nth(1).unwrap();
    let class = class.split("</table>").next().unwrap();
    let links = class.split("<th scope=\"row\"><a href=\"").skip(1);
    let shown: Vec<String> =
        links.map(|rest| resolve(from, rest.split('"').next().unwrap())).collect();
    let names = ["adami-lorenzo", "dupont-lea", "roche-chloe", "zola-emile"];
    assert_eq!(shown, names.map(|name| format!("mcv-a/eleves/{name}/bilans/index.html")));
    assert!(page(&files, &shown[2]).contains("2026-03-06"), "a review of the year before");
    for (at, here) in shown.iter().enumerate() {
        assert_eq!(arrow(&files, here, "next"), shown.get(at + 1).cloned(), "{here}");
        assert_eq!(arrow(&files, here, "prev"), shown[..at].last().cloned(), "{here}");
    }
    assert_eq!(broken_links_of(&school, &diagnostics), Vec::<String>::new());
}

#[test]
fn arrows_of_a_dated_review_walk_the_class_of_its_day() {
    let files = with_a_repeater();
    let at = |pupil: &str, file: &str| format!("mcv-a/eleves/{pupil}/bilans/{file}.html");
    let (then, first) = ("2026-03-06", "2026-12-11");
    let html = page(&files, &at("roche-chloe", then));
    assert!(html.contains("3 sur 3") && html.contains("Fin de la liste"));
    assert_eq!(arrow(&files, &at("roche-chloe", then), "prev"), Some(at("camara-awa", "index")));
    // They keep to the date while there are later reviews, then to the last ones.
    assert_eq!(arrow(&files, &at("dupont-lea", first), "prev"), Some(at("adami-lorenzo", first)));
    assert_eq!(
        arrow(&files, &at("dupont-lea", "2027-04-09"), "prev"),
        Some(at("adami-lorenzo", "index"))
    );
    // Then the page of the last review is that of its date: the same bytes, kept once.
    let same =
        |pupil, date| std::sync::Arc::ptr_eq(&files[&at(pupil, date)], &files[&at(pupil, "index")]);
    assert!(same("dupont-lea", "2027-04-09") && !same("roche-chloe", then));
}

#[test]
fn the_page_of_reviews_makes_nothing() {
    let (school, diagnostics) = small();
    let html = page(&rendered(&school, &diagnostics), "mcv-a/bilans/index.html");
    assert!(!html.contains("forge.example"));
    assert!(html.contains("2 sur 3") && html.contains("à faire"));
}

#[test]
fn a_site_of_one_diploma_opens_on_it() {
    let (school, diagnostics) = small();
    let several = page(&rendered(&school, &diagnostics), "index.html");
    assert!(several.contains("<h1>Choisir un diplôme</h1>"));
    assert!(several.contains("Diplômes des années précédentes"));

    let files = common::small_school()
        .into_iter()
        .filter(|(path, _)| !path.starts_with("classes/2025") && !path.starts_with("students/"));
    let (school, diagnostics) =
        common::read(&Memory::new(files.filter(|(path, _)| !path.starts_with("evaluations/"))));
    let files = rendered(&school, &diagnostics);
    let home = page(&files, "index.html");
    assert!(home.contains("<h1>MCV A</h1>") && !home.contains("Changer de diplôme"));
    assert_eq!(broken_links_of(&school, &diagnostics), Vec::<String>::new());
}

#[test]
fn a_link_leads_back() {
    let (school, diagnostics) = small();
    let site = Site::new(&school, &diagnostics, common::today());
    for (address, subject) in plan(&site).pages {
        assert_eq!(
            resolve("mcv-a/eleves/index.html", &link("mcv-a/eleves/index.html", &address)),
            address,
            "{subject:?}"
        );
        let _: Subject = subject;
    }
}
