//! Pages of annexes and of periods in companies: what they show, what they give to paste.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test stops when it cannot go on")]

mod common;

use std::collections::BTreeMap;

use jalon::diagnostic::Diagnostic;
use jalon::page::{Site, annex_page, coverage_page, periods_page};
use jalon::render::{self, Files};
use jalon::school::School;
use jalon::source::Memory;

type Sources = BTreeMap<String, String>;

const ANNEX: &str = "pfmp/annexes/mcv-a/premiere/vente.toml";

/// The small school, with two annexes, three periods and two portfolios.
fn sources() -> Sources {
    let mut files: Sources = common::small_school().into_iter().collect();
    let mut add = |path: &str, text: &str| drop(files.insert(path.into(), text.into()));
    let common = concat!(env!("CARGO_MANIFEST_DIR"), "/content/referentials/commun.toml");
    add("referentials/commun.toml", &std::fs::read_to_string(common).unwrap());
    let annex = |title: &str, apprentices: bool| {
        format!(
            "titre = \"{title}\"\nauteur = \"mercier-paul\"\napprentis = {apprentices}\n\
             objectifs = \"\"\"\nConduire une **vente** simple.\nRendre compte.\n\"\"\"\ntaches = [\"A1-T2\"]\n"
        )
    };
    add(ANNEX, &annex("Vendre", false));
    add("pfmp/annexes/mcv-a/premiere/contrat.toml", &annex("Suivre le contrat", true));
    add(
        "pfmp/periods/2026-2027/pfmp-3-mcv-a.toml",
        "titre = \"PFMP 3\"\ndiplome = \"mcv-a\"\nniveau = \"premiere\"\nannexe = \"mcv-a/premiere/vente\"\n\
         numero = 3\ndebut = 2027-01-04\nfin = 2027-01-26\nobjectifs = \"Conduire une vente.\"\ntaches = [\"A1-T2\"]\n\
         sauf = [\"zola-emile\"]\n[referents]\nadami-lorenzo = \"mercier-paul\"\n",
    );
    add(
        "students/2025/adami-lorenzo/pfmp/2026-2027-pfmp-3-mcv-a.toml",
        "entreprise = { nom = \"Zum Faden\", ville = \"Trèves\", pays = \"Allemagne\" }\n\
         [[absences]]\ndu = 2027-01-05\ndemi_journees = 1\n\
         [bilan_personnel]\nsaisi_le = 2027-01-26\ntexte = \"Bien.\"\n",
    );
    add(
        "pfmp/periods/2026-2027/employeur.toml",
        "titre = \"Automne\"\ndiplome = \"mcv-a\"\nniveau = \"premiere\"\nannexe = \"mcv-a/premiere/contrat\"\n\
         apprentis = true\ndebut = 2026-11-02\nfin = 2026-11-27\nobjectifs = \"Contrat.\"\ntaches = [\"A1-T2\"]\n",
    );
    add(
        "pfmp/periods/2025-2026/pfmp-1-mrc.toml",
        "titre = \"PFMP 1\"\ndiplome = \"mrc\"\nniveau = \"seconde\"\nnumero = 1\ndebut = 2026-06-01\n\
         fin = 2026-06-26\nobjectifs = \"Découvrir.\"\ntaches = [\"A1-T1\"]\n",
    );
    files
}

fn read(files: Sources) -> (School, Vec<Diagnostic>) {
    common::read(&Memory::new(files))
}

fn rendered(files: Sources) -> Files {
    let (school, diagnostics) = read(files);
    assert!(diagnostics.is_empty(), "{diagnostics:#?}");
    render::render(&Site::new(&school, &diagnostics, "2026-11-22".parse().unwrap())).unwrap()
}

fn page(files: &Files, address: &str) -> String {
    String::from_utf8(files[address].to_vec()).unwrap()
}

#[test]
fn an_annex_shows_its_public_its_objectives_and_its_tasks() {
    let files = rendered(sources());
    let list = page(&files, "mcv-a/annexes/index.html");
    assert!(list.contains("<span class=\"etq\">PFMP Scolaire</span>"));
    assert!(list.contains("<span class=\"etq app\">Apprenti</span>"));
    assert!(list.contains("1 cette année, 1 en tout"));
    // The final-year class has a pupil, and no annex.
    assert!(list.contains("Ce niveau a des élèves cette année, mais aucune annexe"));
    let annex = page(&files, "mcv-a/annexes/premiere/vente.html");
    assert!(annex.contains("<strong>vente</strong>") && annex.contains("A1-T2"));
    assert!(
        annex.contains("Déclarer une PFMP") && !annex.contains("Déclarer une période employeur")
    );
    assert!(annex.contains("/-/edit/main/content/pfmp/annexes/mcv-a/premiere/vente.toml"));
    let contract = page(&files, "mcv-a/annexes/premiere/contrat.html");
    assert!(contract.contains("Déclarer une période employeur"));
    assert!(!contract.contains("Déclarer une PFMP"));
}

#[test]
fn the_text_of_a_new_period_is_one_once_completed() {
    let (school, diagnostics) = read(sources());
    let site = Site::new(&school, &diagnostics, "2026-11-22".parse().unwrap());
    let pick = |slug: &str| school.annexes.iter().find(|(_, annex)| annex.slug == slug).unwrap().0;
    let of = |slug: &str| annex_page(&site, pick(slug), "mcv-a/annexes/premiere/x.html");
    let new = of("vente").declarations.into_iter().next().unwrap();
    assert_eq!((new.file.as_str(), new.learners), ("pfmp-4-mcv-a.toml", 2));
    assert!(new.text.contains("numero = 4\ndebut = 2027-05-24\nfin = 2027-06-18\n"));
    assert!(new.text.ends_with("adami-lorenzo = \"?\"\nzola-emile    = \"?\"\n"), "{}", new.text);
    let contract = of("contrat").declarations.into_iter().next().unwrap();
    assert_eq!((contract.file.as_str(), contract.learners), ("employeur-mcv-a-premiere.toml", 1));

    let mut files = sources();
    let text = new.text.replace("\"?\"", "\"mercier-paul\"");
    files.insert(format!("{}/{}", new.folder, new.file), text);
    let text = contract.text.replace("\"?\"", "\"mercier-paul\"");
    let text =
        text.replace("debut = ?", "debut = 2027-03-01").replace("fin = ?", "fin = 2027-03-26");
    files.insert(format!("{}/{}", contract.folder, contract.file), text);
    let copy = of("vente").copy;
    let text =
        copy.text.replacen("\"?\"", "\"Vendre encore\"", 1).replace("\"?\"", "\"mercier-paul\"");
    assert_eq!(copy.file, "vente-2.toml");
    files.insert(format!("{}/{}", copy.folder, copy.file), text);

    let (school, diagnostics) = read(files);
    assert!(diagnostics.is_empty(), "{diagnostics:#?}");
    let made = &school.periods[school.period("2026-2027/pfmp-4-mcv-a").unwrap()];
    let annex = made.annex.map(|ix| &school.annexes[ix]).unwrap();
    assert_eq!(made.record.objectifs, annex.record.objectifs);
    assert_eq!((made.tasks.len(), made.learners.len(), made.referents.len()), (1, 2, 2));
    let copy = school.annexes.values().iter().find(|annex| annex.slug == "vente-2").unwrap();
    assert_eq!(copy.record.objectifs, annex.record.objectifs);
    assert_eq!(copy.copy_of.map(|ix| school.annexes[ix].slug.as_str()), Some("vente"));
    // All these keep the rules of periods and annexes.
    let told: Vec<_> = jalon::rule::check(&school)
        .into_iter()
        .map(|finding| (finding.site.file.to_string(), finding.message))
        .filter(|(file, _)| {
            ["pfmp-4", "employeur-", "vente"].iter().any(|name| file.contains(name))
        })
        .collect();
    assert_eq!(told, []);
}

#[test]
fn a_period_shows_its_weeks_its_learners_and_who_is_left_out() {
    let files = rendered(sources());
    let html = page(&files, "mcv-a/periodes/2026-2027/pfmp-3-mcv-a.html");
    assert!(html.contains("<b>Première MCV A</b>"));
    assert!(html.contains("4 semaines, 17 jours du lundi au vendredi"));
    // The last week ends on a Tuesday; the others on Fridays.
    assert!(html.contains("<th scope=\"row\">3</th><td><time datetime=\"2027-01-18\">18/01/2027</time></td><td><time datetime=\"2027-01-22\">"));
    assert!(html.contains("1 sur 2 du niveau") && html.contains("Zum Faden, Trèves"));
    assert!(html.contains("1 apprenant du niveau ne fait pas cette période : ZOLA Émile."));
    assert!(html.contains("M.\u{a0}Mercier"));
    assert!(html.contains("1 portfolio y est rattaché"));
    let employer = page(&files, "mcv-a/periodes/2026-2027/employeur.html");
    assert!(employer.contains("<span class=\"etq app\">Apprenti</span>"));
    assert!(employer.contains("1 apprenant n’a pas encore de professeur référent"));
    let twin =
        String::from_utf8(files["api/periodes/2026-2027/pfmp-3-mcv-a.json"].to_vec()).unwrap();
    assert!(twin.contains("\"semaines\":4,\"jours\":17"), "{twin}");
    assert!(twin.contains(
        "\"effectif_niveau\":2,\"apprenants\":[[\"adami-lorenzo\",\"mercier-paul\",true]]"
    ));
}

#[test]
fn the_list_tells_what_is_still_to_be_declared_and_what_is_declared_twice() {
    let (school, diagnostics) = read(sources());
    let site = Site::new(&school, &diagnostics, "2026-11-22".parse().unwrap());
    let d = school.referential("mcv-a").unwrap();
    let list = periods_page(&site, d, "mcv-a/periodes/index.html");
    let numbers: Vec<i64> = list.levels[0].undeclared.iter().map(|pfmp| pfmp.number).collect();
    assert_eq!((numbers, list.clashes.len()), (vec![4], 0));

    let mut files = sources();
    let text = files["classes/2026-2027.toml"].clone();
    let class = "[classes.1mcva2]\nnom = \"1 MCV A 2\"\ndiplome = \"mcv-a\"\nniveau = \"premiere\"\nequipe = []\n";
    files.insert("classes/2026-2027.toml".into(), format!("{text}{class}"));
    let path = "students/2025/zola-emile/student.toml";
    let moved = files[path].replace("1mcva1", "1mcva2");
    files.insert(path.into(), moved);
    files.insert(
        "pfmp/periods/2026-2027/pfmp-3-b.toml".into(),
        "titre = \"PFMP 3 bis\"\ndiplome = \"mcv-a\"\nniveau = \"premiere\"\nnumero = 3\ndebut = 2027-01-04\n\
         fin = 2027-01-26\napprenants = [\"zola-emile\"]\n"
            .into(),
    );
    let html = page(&rendered(files), "mcv-a/periodes/index.html");
    assert!(html.contains("devraient n’être qu’une seule période"), "{html}");
    assert!(html.contains("puis supprimez pfmp/periods/2026-2027/pfmp-3-b.toml"));
}

#[test]
fn weeks_of_pfmp_are_the_same_on_the_page_and_in_the_twin() {
    let (school, diagnostics) = read(sources());
    let site = Site::new(&school, &diagnostics, "2026-11-22".parse().unwrap());
    let d = school.referential("mcv-a").unwrap();
    let coverage = coverage_page(&site, d, "mcv-a/semaines-pfmp/index.html");
    // The class that takes the exam comes first.
    assert_eq!((coverage.classes[0].session, coverage.classes[0].exam), (2027, true));
    assert_eq!(coverage.classes[0].lines[0].short.as_deref(), Some("20"));
    let class = &coverage.classes[1];
    assert_eq!((class.required, class.proofs, class.apprentices.len()), (Some(20), 1, 1));
    assert_eq!(class.columns, ["PFMP\u{a0}1", "PFMP\u{a0}3"]);
    let adami = &class.lines[0];
    // No company in seconde; 17 days less half a day in première.
    assert_eq!((adami.weeks.as_str(), adami.days.as_str()), ("3,3", "16,5"));
    assert_eq!(adami.left.as_deref(), Some("16,7"));
    assert!(adami.cells[0][0].over && !adami.cells[0][0].company);
    assert!(adami.cells[1][0].abroad && adami.cells[1][0].no_proof);
    assert_eq!(adami.cells[1][0].absent.as_deref(), Some("0,5"));

    let files = render::render(&site).unwrap();
    let html = page(&files, "mcv-a/semaines-pfmp/index.html");
    assert!(html.contains("pas d’entreprise") && html.contains("attestation manquante"));
    assert!(html.contains("Apprenti, sans PFMP"));
    let twin = String::from_utf8(files["api/eleves/mcv-a/adami-lorenzo.json"].to_vec()).unwrap();
    assert!(twin.contains("\"semaines_exigees\":20,\"jours_par_semaine\":5,\"jours_faits\":16.5,\"jours_prevus\":37.0,\"semaines_faites\":3.3"), "{twin}");
    // The home of the diploma and the calendar lead to them.
    assert!(page(&files, "mcv-a/index.html").contains("mcv-a/periodes/index.html"));
    assert!(page(&files, "calendrier/index.html").contains("Périodes déclarées"));
}
