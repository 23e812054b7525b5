//! Documents about time in companies: what stands in each, what must not, and the extremes.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test stops when it cannot go on")]

mod common;

use jalon::page::{Desk, Document, Recorded, Site, document_address, documents};
use jalon::render::Printery;
use jalon::school::{Ix, Portfolio, School};
use jalon::source::Memory;

fn school_of(files: Vec<(String, String)>) -> School {
    common::read(&Memory::new(files)).0
}

fn school() -> School {
    school_of(common::companies::school_with_companies())
}

/// One document, as HTML without its styles.
fn html(school: &School, document: Document) -> String {
    let site = Site::new(school, &[], common::today());
    let edition = |_: &str| -> Recorded { Recorded::NotYet };
    let photograph = |_: &str| None;
    let desk = Desk { site: &site, edition: &edition, logo: None, photograph: &photograph };
    let sheet = Printery::new().unwrap().sheet(&desk, document).unwrap();
    let body = sheet.html.split_once("</head>").unwrap().1;
    assert_headings_follow(body);
    body.to_owned()
}

/// Headings begin at 1 and never skip a rank downwards.
fn assert_headings_follow(body: &str) {
    let mut last = 0;
    for part in body.split("<h").skip(1) {
        let Some(rank) = part.chars().next().and_then(|c| c.to_digit(10)) else { continue };
        assert!(rank <= last + 1, "h{rank} after h{last}: {}", part.get(..60).unwrap_or(part));
        last = rank;
    }
    assert!(last > 0);
}

fn portfolio(school: &School, pupil: &str, period: &str) -> Ix<Portfolio> {
    let period = school.period(period).unwrap();
    school.portfolio(school.pupil(pupil).unwrap(), period).unwrap()
}

fn company_file(school: &School, pupil: &str, period: &str) -> Document {
    Document::CompanyFile(school.period(period).unwrap(), school.pupil(pupil).unwrap())
}

fn changed(path: &str, from: &str, to: &str) -> School {
    let mut files = common::companies::school_with_companies();
    let (_, text) = files.iter_mut().find(|(name, _)| name.ends_with(path)).unwrap();
    assert!(text.contains(from), "{path}: {from}");
    *text = text.replace(from, to);
    school_of(files)
}

#[test]
fn the_list_of_an_annex_is_that_of_its_record() {
    let mut files = common::companies::school_with_companies();
    files.push((
        "pfmp/annexes/mcv-a/premiere/vente.toml".to_owned(),
        "titre = \"Vente\"\nauteur = \"mercier-paul\"\napprentis = false\n\
         objectifs = \"Vendre <bien>.\"\ntaches = [\"A1-T2\", \"A1-T6\"]\n"
            .to_owned(),
    ));
    let school = school_of(files);
    let (ix, _) = school.annexes.iter().next().unwrap();
    let page = html(&school, Document::Annex(ix));
    let listed = page.split("<h2>Compétences").next().unwrap();
    for code in school.referentials[school.annexes[ix].diploma].task_codes() {
        let shown = listed.contains(&format!("<span class=\"code\">{code}</span>"));
        assert_eq!(shown, ["A1-T2", "A1-T6"].contains(&code), "{code}");
    }
    for words in ["Vendre &lt;bien&gt;", "Compétences travaillées", "Le chef d’établissement"]
    {
        assert!(page.contains(words), "{words}");
    }
    for signs in ["Le professeur référent", "tuteur", "L’élève", "Le représentant légal"] {
        assert!(page.contains(signs), "{signs}");
    }
}

#[test]
fn a_company_reads_of_its_learner_alone_and_of_no_result() {
    let school = school();
    let page = html(&school, company_file(&school, "adami-lorenzo", "2026-2027/pfmp-3"));
    for words in [
        "ADAMI Lorenzo",
        "Librairie &lt;du Marché&gt;",
        "Mme Claire Perrin",
        "du 11 janvier au 5 février 2027",
        "lycee@marvingt.example",
        "20 jours, soit 40 demi-journées",
        "totalement acquise et transférable",
        "cachet",
    ] {
        assert!(page.contains(words), "{words}");
    }
    assert_eq!(page.matches("class=\"stylo\"").count() % 5, 2, "five boxes a line, one a task");
    let forbidden = ["née le", "né le", "né(e) le", "rendez-vous médical", "à l’écoute", "<i "];
    let others = school.pupils.values().iter().filter(|pupil| pupil.id != "adami-lorenzo");
    let others: Vec<String> = others.map(jalon::school::Pupil::list_name).collect();
    for words in forbidden.into_iter().chain(others.iter().map(String::as_str)) {
        assert!(!page.contains(words), "{words}");
    }
}

#[test]
fn a_company_file_without_company_nor_tutor_leaves_lines() {
    let company = "[entreprise]\nnom = \"Boucherie Fournier\"\n";
    let school = changed("zola-emile/pfmp/2026-2027-pfmp-3.toml", company, "");
    let page = html(&school, company_file(&school, "zola-emile", "2026-2027/pfmp-3"));
    for words in ["nom à compléter", "adresse à compléter", "nom et fonction à compléter"] {
        assert!(page.contains(words), "{words}");
    }
}

#[test]
fn a_guardian_signs_for_a_minor_only() {
    let minor = school();
    let pupil = minor.pupil("adami-lorenzo").unwrap();
    let born = minor.pupils[pupil].record.naissance;
    let page = html(&minor, company_file(&minor, "adami-lorenzo", "2026-2027/pfmp-3"));
    assert!(page.contains("Le représentant légal"));
    // Of age on the first day.
    let born = format!("naissance = {born}");
    let grown = changed("adami-lorenzo/student.toml", &born, "naissance = 2009-01-11");
    let page = html(&grown, company_file(&grown, "adami-lorenzo", "2026-2027/pfmp-3"));
    assert!(!page.contains("Le représentant légal"));
}

#[test]
fn a_printed_portfolio_holds_all_that_was_written() {
    let school = school();
    let full = portfolio(&school, "adami-lorenzo", "2026-2027/pfmp-3");
    let page = html(&school, Document::Portfolio(full));
    for words in [
        "Semaine 1, du 11 au 15 janvier 2027",
        "Accueil des clients avec <strong>Mme Perrin</strong>",
        "20/02/2027</time>, après la période",
        "Quelles questions as-tu posées",
        "Fiche d’activité\u{202f}: Accueillir un client",
        "M.\u{a0}Mercier et Claire Perrin",
        "Ponctuel et à l’écoute",
        "totalement acquise",
        "visite sur place",
        "1 demi-journée",
        "Fiches qui n’ont pas été écrites",
    ] {
        assert!(page.contains(words), "{words}");
    }
    // A draft says so, and what is not written may still be, with a pen.
    let begun = portfolio(&school, "zola-emile", "2026-2027/pfmp-3");
    let page = html(&school, Document::Portfolio(begun));
    assert!(page.contains("Projet, non validé") && page.contains("compte rendu à écrire"));
    assert!(!page.contains("ADAMI"));
}

#[test]
fn a_fiche_says_its_week_its_dates_and_its_tasks() {
    let school = school();
    let full = portfolio(&school, "adami-lorenzo", "2026-2027/pfmp-3");
    let page = html(&school, Document::ActivitySheet(full, 0));
    for words in ["Semaine 1, du 11 au 15 janvier 2027", "Accueillir un client", "A1-T2"] {
        assert!(page.contains(words), "{words}");
    }
    assert!(page.contains("class=\"fiche \""));
    // An apprentice's fiche is of the whole period.
    let apprentice = portfolio(&school, "dupont-lea", "2026-2027/employeur-1");
    let page = html(&school, Document::ActivitySheet(apprentice, 0));
    assert!(page.contains("Période du 5 octobre au 18 décembre 2026"));
    // A long text is printed smaller.
    let text = "J’ai présenté les articles de la vitrine au client. ".repeat(40);
    let long =
        changed("adami-lorenzo/pfmp/2026-2027-pfmp-3.toml", "Une dame cherchait un livre.", &text);
    let ix = portfolio(&long, "adami-lorenzo", "2026-2027/pfmp-3");
    let one = html(&long, Document::ActivitySheet(ix, 0));
    assert!(one.contains("class=\"fiche \"") && one.contains(text.trim()));
    let text = "W".repeat(3_400);
    let long =
        changed("adami-lorenzo/pfmp/2026-2027-pfmp-3.toml", "Une dame cherchait un livre.", &text);
    let ix = portfolio(&long, "adami-lorenzo", "2026-2027/pfmp-3");
    assert!(html(&long, Document::ActivitySheet(ix, 0)).contains("class=\"fiche dense\""));
}

#[test]
fn an_attestation_of_pfmp_counts_as_the_record_says() {
    let school = school();
    let full = portfolio(&school, "adami-lorenzo", "2026-2027/pfmp-3");
    let page = html(&school, Document::PlacementProof(full));
    for words in [
        "Lycée professionnel Marie-Marvingt",
        "0549999A",
        "Librairie &lt;du Marché&gt;",
        "<b>3,9 semaines, 19,5 jours</b>",
        "1 demi-journée",
        "rendez-vous médical",
        "Cachet de l’entreprise",
        "Fait à",
    ] {
        assert!(page.contains(words), "{words}");
    }
    let signed = changed(
        "adami-lorenzo/pfmp/2026-2027-pfmp-3.toml",
        "[bilan_entreprise]",
        "[attestation]\nsignee_le = 2027-02-05\njours = 18\n[bilan_entreprise]",
    );
    let ix = portfolio(&signed, "adami-lorenzo", "2026-2027/pfmp-3");
    let page = html(&signed, Document::PlacementProof(ix));
    assert!(page.contains("<b>3,6 semaines, 18 jours</b>") && page.contains("5 février 2027"));
}

#[test]
fn the_recap_of_pfmp_has_six_rows_its_totals_and_what_is_missing() {
    let school = school();
    let d = school.referential("mcv-a").unwrap();
    let pupil = school.pupil("adami-lorenzo").unwrap();
    let page = html(&school, Document::PlacementRecap(d, pupil));
    for number in 1..=6 {
        assert!(page.contains(&format!("<th scope=\"row\">PFMP {number}")), "{number}");
    }
    assert!(!page.contains("PFMP 7"));
    for words in [
        "Nombre de semaines réalisées",
        "Entreprise d’accueil, nom et adresse",
        "Décompte en jours",
        "Total en jours sur le cycle",
        "Total en semaines sur le cycle (jours / 5)",
        "Dérogation",
        "Visa ou cachet de l’établissement",
        "Épicerie Bodin",
        "1 demi-journée d’absence non rattrapée",
        "attestation de l’entreprise à recevoir",
        "exige 20 semaines",
        "Il manque 12,1 semaines",
    ] {
        assert!(page.contains(words), "{words}");
    }
    assert!(page.contains("<b>39,5</b>") && page.contains("<b>7,9</b>"));
}

#[test]
fn a_booklet_is_whole_and_of_one_apprentice() {
    let school = school();
    let d = school.referential("mcv-a").unwrap();
    let page = html(&school, Document::Booklet(d, school.pupil("dupont-lea").unwrap()));
    for words in [
        "Maison Keller",
        "Tenir la caisse",
        "Marc Antoine",
        "Positions sur les compétences",
        "Le maître d’apprentissage",
        "Le centre de formation",
        "Contrat",
    ] {
        assert!(page.contains(words), "{words}");
    }
    assert!(!page.contains("ADAMI") && !page.contains("ZOLA"));
    assert!(!page.contains("&lt;h"));
}

#[test]
fn extremes_are_printed_in_full() {
    let name = "Abcdefghijklmnop-".repeat(4).trim_end_matches('-').to_owned();
    let words = "W".repeat(300);
    let mut files = common::companies::school_with_companies();
    for (path, text) in &mut files {
        if path.ends_with("adami-lorenzo/student.toml") {
            *text = text.replace("nom = \"Adami\"", &format!("nom = \"{name}\""));
        }
        *text = text.replace("Quelles questions as-tu posées ?", &words);
    }
    let school = school_of(files);
    let site = Site::new(&school, &[], common::today());
    let ours = ["annexes", "entreprise", "portfolios", "fiches", "attestations-pfmp"];
    let ours = ours.into_iter().chain(["recapitulatifs-pfmp", "livrets-apprentis"]);
    let kinds: Vec<&str> = ours.collect();
    let mut printed = 0;
    for document in documents(&site).into_values() {
        if kinds.contains(&document.kind().slug) {
            let page = html(&school, document);
            assert!(
                !page.contains("<th scope=\"col\"></th>"),
                "{}",
                document_address(&site, document)
            );
            printed += 1;
        }
    }
    assert!(printed > 8, "{printed}");
    let ix = portfolio(&school, "adami-lorenzo", "2026-2027/pfmp-3");
    let page = html(&school, Document::Portfolio(ix));
    assert!(page.contains(&name.to_uppercase()) && page.contains(&words));
}
