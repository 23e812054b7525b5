//! Livrets, émargements, books, scenarios, lists and reminders on paper: what must be there, and
//! nothing about anybody else.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test stops when it cannot go on")]

mod common;

use std::sync::OnceLock;

use jalon::page::{Desk, Document, Family, Recorded, Site, document_address, documents};
use jalon::render::Printery;
use jalon::school::{Class, Ix, School};
use jalon::source::Memory;

fn shipped() -> &'static School {
    static SCHOOL: OnceLock<School> = OnceLock::new();
    SCHOOL.get_or_init(|| common::shipped_school().0)
}

fn site(school: &School) -> Site<'_> {
    Site::new(school, &[], common::today())
}

/// The page of a document, made with photographs of three bytes and no history.
fn printed(site: &Site<'_>, document: Document) -> String {
    let edition = |_: &str| -> Recorded { Recorded::NotYet };
    let photograph = |address: &str| address.ends_with(".jpg").then(|| vec![0xff, 0xd8, 0xff]);
    sheet(site, document, &edition, &photograph)
}

fn sheet(
    site: &Site<'_>,
    document: Document,
    edition: &(dyn Fn(&str) -> Recorded + Sync),
    photograph: &(dyn Fn(&str) -> Option<Vec<u8>> + Sync),
) -> String {
    let desk = Desk { site, edition, logo: None, photograph };
    Printery::new().unwrap().sheet(&desk, document).unwrap().html
}

/// What follows the styles: class names are no words.
fn body(html: &str) -> &str {
    html.split_once("<main>").unwrap().1
}

/// The words of pupils that a text holds among those of a school.
fn named(school: &School, html: &str) -> Vec<String> {
    let names = school.pupils.values().iter().map(jalon::school::Pupil::list_name);
    let escaped = |name: &String| name.replace('\'', "&#39;");
    names.filter(|name| html.contains(name) || html.contains(&escaped(name))).collect()
}

fn classes_on_paper(site: &Site<'_>) -> Vec<Ix<Class>> {
    let classes = site.all_diplomas().flat_map(|d| site.current_classes(d)).collect::<Vec<_>>();
    classes.into_iter().filter(|class| !site.on_paper(*class).is_empty()).collect()
}

#[test]
fn a_printed_livret_has_the_national_order_and_one_pupil() {
    let (school, site) = (shipped(), site(shipped()));
    let sent = |one: &jalon::school::Livret| !one.record.envois.is_empty();
    let (ix, livret) = school.livrets.iter().find(|(_, one)| sent(one)).unwrap();
    let html = printed(&site, Document::Livret(ix));
    let html = body(&html);
    let heads = [
        "Discipline",
        "Élève</th>",
        "Groupe</th>",
        "Compétences attendues</th>",
        ">1</th>",
        ">4</th>",
        "Appréciation générale",
        "Professeurs",
        "Périodes de formation",
        "Engagements",
        "cachet de l’établissement",
    ];
    let mut rest = html;
    for head in heads {
        rest = rest.split_once(head).unwrap_or_else(|| panic!("{head} is missing, or too early")).1;
    }
    let ticks = html.matches("<b>X</b>").count();
    assert_eq!(ticks, livret.record.niveaux.0.len());
    assert!(html.contains("Effectif du groupe") && html.contains("Moyenne du groupe"));
    assert_eq!(named(school, html), [school.pupils[livret.pupil].list_name()]);
}

#[test]
fn only_the_final_year_has_an_opinion() {
    let (school, site) = (shipped(), site(shipped()));
    let of = |last: bool| {
        let class = |one: &jalon::school::Livret| school.classes[one.class].is_final_year();
        let (ix, _) = school.livrets.iter().find(|(_, one)| class(one) == last).unwrap();
        printed(&site, Document::Livret(ix)).contains("Doit faire ses preuves")
    };
    assert!(of(true) && !of(false));
}

#[test]
fn livrets_on_paper_are_those_of_families_who_refused() {
    let (school, site) = (shipped(), site(shipped()));
    let classes = classes_on_paper(&site);
    assert!(!classes.is_empty(), "the demonstration has families who refused");
    for class in classes {
        let on_paper = site.on_paper(class);
        let mut names: Vec<String> =
            on_paper.iter().map(|(pupil, _)| school.pupils[*pupil].list_name()).collect();
        let edition = printed(&site, Document::PaperEdition(class));
        assert_eq!(body(&edition).matches("<article").count(), on_paper.len());
        // The pages of each livret are headed with its own pupil.
        for (n, name) in names.iter().enumerate() {
            let head =
                format!("@page livret-{} {{ @top-right {{ content: \"Livret scolaire", n + 1);
            let rule = edition.split_once(&head).unwrap().1.split_once('}').unwrap().0;
            assert!(rule.contains(name.split(' ').next_back().unwrap()), "{rule}");
        }
        let signing = printed(&site, Document::PaperSigning(class));
        let rows =
            body(&signing).split_once("<tbody>").unwrap().1.split_once("</tbody>").unwrap().0;
        assert_eq!(rows.matches("<tr>").count(), on_paper.len());
        names.sort();
        for html in [&edition, &signing] {
            let mut found = named(school, body(html));
            found.sort();
            assert_eq!(found, names);
        }
        for (pupil, _) in on_paper {
            let guardians = school.pupils[pupil].record.responsables.iter();
            for one in guardians.filter(|one| one.refus_site.is_some()) {
                assert!(signing.contains(&format!("{} {} (", one.prenom, one.nom)));
            }
        }
    }
}

#[test]
fn an_apprentice_has_a_sheet_that_says_why_it_is_empty() {
    let mut files = common::small_school();
    let folder = "students/2025/dupont-lea/lsl/2026-2027.toml";
    files.push((folder.to_owned(), "appreciation = \"Bien\"\n".to_owned()));
    let (school, _) = common::read(&Memory::new(files));
    let site = site(&school);
    let lea = school.pupil("dupont-lea").unwrap();
    let (ix, _) = school.livrets.iter().find(|(_, one)| one.pupil == lea).unwrap();
    let html = printed(&site, Document::Livret(ix));
    assert!(html.contains("Aucun livret scolaire n’est prévu"), "{}", body(&html));
}

#[test]
fn a_delivery_has_a_row_to_sign_for_each_copy() {
    let (school, site) = (shipped(), site(shipped()));
    for (ix, delivery) in school.deliveries.iter() {
        let html = printed(&site, Document::DeliverySheet(ix));
        let rows = body(&html).split_once("<tbody>").unwrap().1;
        assert_eq!(rows.matches("<tr>").count(), delivery.record.remises.len());
        assert!(html.contains("cachet de l’établissement"));
    }
}

#[test]
fn a_printed_book_has_one_page_for_each_chosen_success() {
    let (school, site) = (shipped(), site(shipped()));
    let mut seen = 0;
    for (ix, pupil) in school.pupils.iter().filter(|(_, one)| !one.book_pages.is_empty()) {
        let chosen: Vec<_> = pupil
            .book_pages
            .iter()
            .map(|page| &school.book_pages[*page].record.header)
            .filter(|header| header.choisie)
            .collect();
        let html = printed(&site, Document::Book(ix));
        let html = body(&html);
        assert_eq!(html.matches("<article").count(), chosen.len());
        assert_eq!(html.matches(" neuf\"").count(), chosen.len().saturating_sub(1));
        let photos = chosen.iter().flat_map(|header| &header.photos);
        assert_eq!(html.matches("src=\"data:image/jpeg;base64,/9j/\"").count(), photos.count());
        assert!(!html.contains("alt=\"\""));
        seen += chosen.len();
    }
    assert!(seen > 3);
}

#[test]
fn a_photograph_that_cannot_be_read_is_told() {
    let (school, site) = (shipped(), site(shipped()));
    let (ix, _) = school.pupils.iter().find(|(_, one)| !one.book_pages.is_empty()).unwrap();
    let html = sheet(&site, Document::Book(ix), &|_| Recorded::NotYet, &|_| None);
    assert!(html.contains("Photographie non montrée"));
    assert!(!body(&html).contains("<img"));
}

#[test]
fn a_scenario_tells_context_tasks_and_criteria() {
    let (school, site) = (shipped(), site(shipped()));
    let full = |one: &jalon::school::Scenario| {
        !one.tasks.is_empty() && !one.criteria.is_empty() && one.record.contexte.is_some()
    };
    let (ix, scenario) =
        school.scenarios.iter().find(|(_, one)| full(one) && !one.record.prive).unwrap();
    let html = printed(&site, Document::Scenario(ix));
    let referential = &school.referentials[scenario.diploma];
    for task in &scenario.tasks {
        assert!(html.contains(&format!("<b>{}</b>", referential.task_record(*task).code)));
    }
    for title in ["Contexte", "Tâches professionnelles", "Compétences et critères", "Ressources"]
    {
        assert!(html.contains(&format!("<h2>{title}")), "{title}");
    }
}

#[test]
fn a_grid_to_fill_has_a_cell_for_each_pupil_and_criterion() {
    let (school, site) = (shipped(), site(shipped()));
    let mut worded = [0, 0];
    for (_, document) in documents(&site) {
        let Document::BlankGrid(scenario, class) = document else { continue };
        let html = printed(&site, document);
        let (criteria, table) = (school.scenarios[scenario].criteria.len(), body(&html));
        let heads = table.matches("<th scope=\"col\">").count();
        assert_eq!(heads, criteria);
        let pupils = jalon::page::present_pupils(school, class).len();
        // The cells to fill: one a criterion, and one for those who are absent or dispensed.
        assert_eq!(table.matches("<td></td>").count(), pupils * (criteria + 1));
        assert!(table.contains("abs. ou disp.") && table.contains("Évaluateur"));
        assert!(html.contains("size: A4 landscape"));
        worded[usize::from(table.contains("lexique"))] += 1;
        if worded.iter().sum::<i32>() > 12 {
            break;
        }
    }
    assert!(worded[0] > 0, "words stand in the heads where there is room");
}

#[test]
fn a_class_list_has_its_pupils_and_free_columns() {
    let (school, site) = (shipped(), site(shipped()));
    let d = site.diplomas[0];
    let class = site.current_classes(d).next().unwrap();
    let html = printed(&site, Document::ClassList(class));
    let rows = body(&html).split_once("<tbody>").unwrap().1;
    let there = named(school, rows);
    assert_eq!(rows.matches("<tr>").count(), there.len());
    assert_eq!(rows.matches("<td></td>").count(), there.len() * 7);
}

#[test]
fn reminders_are_one_letter_a_person() {
    let (school, site) = (shipped(), site(shipped()));
    let html = printed(&site, Document::Reminders);
    let owners: std::collections::BTreeSet<_> =
        jalon::insight::console::debts(school, site.today).iter().map(|one| one.owner).collect();
    let html = body(&html);
    assert!(owners.len() > 2);
    assert_eq!(html.matches("<article").count(), owners.len());
    assert_eq!(html.matches(" neuf\"").count(), owners.len() - 1);
    assert!(html.contains("Madame,") && html.contains("vous remercie"));
    // Once all is done, a page says so.
    let (school, _) = common::read(&Memory::new(vec![(
        "school.toml".to_owned(),
        "format = 1\nnom = \"Lycée\"\nuai = \"0549999A\"\ncourriel = \"a@b.example\"\nannee = \"2026-2027\"\n"
            .to_owned(),
    )]));
    let empty = Site::new(&school, &[], common::today());
    assert!(printed(&empty, Document::Reminders).contains("personne n’est à relancer"));
}

#[test]
fn the_framing_meeting_is_a_list_to_tick() {
    let site = site(shipped());
    let html = printed(&site, Document::Kickoff);
    assert_eq!(body(&html).matches("class=\"cocher\"").count(), 5);
    assert!(html.contains("situation au "));
}

/// Headings without gaps, no empty heading cell, no link, no script, an alternative for each image.
#[test]
fn what_is_printed_can_be_read_aloud() {
    let site = site(shipped());
    let mut kinds = std::collections::BTreeMap::new();
    for (_, document) in documents(&site) {
        if document.kind().family == Family::SchoolLife {
            let seen = kinds.entry(document.kind().slug).or_insert(0);
            *seen += 1;
            if *seen > 4 {
                continue;
            }
            let html = printed(&site, document);
            let address = document_address(&site, document);
            sound(&html, &address);
        }
    }
    assert_eq!(kinds.len(), 10, "{kinds:?}");
}

fn sound(html: &str, address: &str) {
    for bad in ["<script", "href=\"h", "href=\"..", "\"></th>", "<th></th>", "<th>"] {
        assert!(!html.contains(bad), "{address}: {bad}");
    }
    for image in html.split("<img ").skip(1) {
        assert!(image.split_once('>').unwrap().0.contains("alt=\""), "{address}");
    }
    let mut last = 0;
    let mut tops = 0;
    for tag in body(html).split("<h").skip(1) {
        let Some(level) = tag.chars().next().and_then(|c| c.to_digit(10)) else { continue };
        assert!(level <= last + 1, "{address}: h{level} after h{last}");
        tops += usize::from(level == 1);
        last = level;
    }
    assert_eq!(tops, 1, "{address}");
}
