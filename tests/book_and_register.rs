//! The register and the learners' books, from records to pages.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test stops when it cannot go on")]

mod common;

use jalon::diagnostic::Diagnostic;
use jalon::page::Site;
use jalon::render::{Files, render};
use jalon::school::School;
use jalon::source::Memory;

/// The small school, with a jury of its final year: Chloé Bernard, and Awa Camara, an apprentice.
fn with_register(more: &[(&str, &str)]) -> (School, Vec<Diagnostic>) {
    let mut files = common::small_school();
    let jury = "titre = \"Jury MCV A\"\nobjet = \"deliberation\"\ndiplome = \"mcv-a\"\n\
        date = 2027-07-02\nproces_verbal = \"PV 12\"\n\
        candidats = [\"bernard-chloe\", \"camara-awa\", \"zola-emile\"]\n\
        [[membres]]\nnom = \"Lambert\"\nprenom = \"Anne\"\nqualite = \"inspection\"\n\
        preside = true\nemargement = true\n\
        [[membres]]\nnom = \"Perrin\"\nprenom = \"Claire\"\nqualite = \"professionnel\"\n\
        emargement = true\n\
        [[membres]]\npersonne = \"mercier-paul\"\nqualite = \"enseignant\"\n\
        [[membres]]\npersonne = \"keller-anne\"\nqualite = \"enseignant\"\npresent = false\n";
    let read = "date = 2027-07-01\npar = \"jury\"\ncommission = \"jury\"\n\
        documents = [\"livret\", \"grilles\"]\nmode = \"en-ligne\"\n\
        eleves = [\"bernard-chloe\"]\ntemoin = \"keller-anne\"\n";
    let family = "date = 2026-12-12\npar = \"famille\"\ndemandeur = \"Mme Zola\"\n\
        documents = [\"livret\"]\nmode = \"copie\"\neleves = [\"zola-emile\"]\n";
    let handed = "document = \"livret\"\ndate = 2027-06-21\npar = \"keller-anne\"\n\
        motif = \"refus du site\"\n\
        [[remises]]\neleve = \"zola-emile\"\ndestinataire = \"Mme Zola\"\nemargement = true\n\
        [[remises]]\neleve = \"bernard-chloe\"\nle = 2027-06-24\n";
    for (path, text) in [
        ("register/2027/commissions/jury.toml", jury),
        ("register/2027/consultations/jury.toml", read),
        ("register/2027/consultations/famille-zola.toml", family),
        ("register/2027/deliveries/livrets.toml", handed),
    ]
    .iter()
    .chain(more)
    {
        files.push(((*path).to_owned(), (*text).to_owned()));
    }
    common::read(&Memory::new(files))
}

fn rendered(school: &School, diagnostics: &[Diagnostic]) -> Files {
    render(&Site::new(school, diagnostics, "2026-11-22".parse().unwrap())).unwrap()
}

fn page(files: &Files, address: &str) -> String {
    String::from_utf8(files[address].to_vec()).unwrap()
}

#[test]
fn a_jury_shows_who_sat_who_signed_and_whose_livret_it_opened() {
    let (school, diagnostics) = with_register(&[]);
    let files = rendered(&school, &diagnostics);
    let html = page(&files, "registre/2027/jury.html");
    assert!(html.contains("3 présents sur 4 convoqués, 2 signatures, 1 professionnel parmi"));
    assert!(html.contains("un tiers de professionnels : atteint") && html.contains("PV 12"));
    let row = |id: &str| {
        let start = html.find(&format!("id=\"candidat-{id}\"")).unwrap();
        html[start..start + html[start..].find("</tr>").unwrap()].to_owned()
    };
    assert!(row("bernard-chloe").contains("01/07/2027") && row("bernard-chloe").contains("Keller"));
    // Read by the family only: that proves nothing of the jury.
    assert!(row("zola-emile").contains("non consulté"));
    assert!(row("camara-awa").contains("apprenti : pas de livret scolaire"));
    assert!(html.contains("1 livret sans trace de consultation"));
    let list = page(&files, "registre/index.html");
    assert!(list.contains("3 sur 4") && list.contains("1 sur 2"));
    assert!(list.contains("id=\"consultation-2027-famille-zola\""));
}

#[test]
fn what_is_handed_to_a_pupil_names_no_other() {
    let (school, diagnostics) = with_register(&[]);
    let files = rendered(&school, &diagnostics);
    let own = page(&files, "mcv-a/eleves/zola-emile/registre.html");
    let main = &own[own.find("<main").unwrap()..];
    assert!(main.contains("Mme Zola") && main.contains("21/06/2027") && main.contains("signé"));
    for other in ["BERNARD", "CAMARA", "Chloé", "Awa"] {
        assert!(!main.contains(other), "{other}");
    }
    // Those of whom the register says nothing have no such page, and no way to one.
    assert!(!files.contains_key("mcv-a/eleves/dupont-lea/registre.html"));
    let dashboard = |id: &str| page(&files, &format!("mcv-a/eleves/{id}/index.html"));
    assert!(dashboard("zola-emile").contains("Consultations et remises"));
    assert!(!dashboard("dupont-lea").contains("Consultations et remises"));
}

#[test]
fn an_attendance_sheet_has_a_line_to_sign_for_each_copy() {
    let (school, diagnostics) = with_register(&[]);
    let html = page(&rendered(&school, &diagnostics), "registre/2027/remises/livrets.html");
    assert!(html.contains("1 sur 2") && html.contains("refus du site"));
    assert_eq!(html.matches("<td class=\"imp\"></td>").count(), 2);
    let (first, second) = (html.find("BERNARD Chloé").unwrap(), html.find("ZOLA Émile").unwrap());
    assert!(first < second && html.contains("24/06/2027"));
}

#[test]
fn the_twin_of_a_session_holds_the_figures_of_its_pages() {
    let (school, diagnostics) = with_register(&[]);
    let twin = page(&rendered(&school, &diagnostics), "api/registre/2027.json");
    let twin: serde_json::Value = serde_json::from_str(&twin).unwrap();
    let jury = &twin["commissions"][0];
    assert_eq!(jury["presents"], 3);
    assert_eq!(jury["emargements"], 2);
    assert_eq!(jury["professionnels"], 1);
    assert_eq!(jury["candidats"][0]["livret"], "jury");
    assert_eq!(jury["candidats"][1]["a_un_livret"], false);
    assert_eq!(jury["candidats"][2]["livret"], serde_json::Value::Null);
    assert_eq!(twin["consultations"][0]["par"], "famille");
    assert_eq!(twin["remises"][0]["emargements"], 1);
}
