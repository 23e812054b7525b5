//! The lists of the staff's site, held to what the records say: nothing private, nothing invented.
#![allow(clippy::panic, clippy::unwrap_used, reason = "a test fails by panicking")]

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use jalon::insight::METHODS;
use jalon::page::{Site, address, linked_competences, shared_scenarios};
use jalon::record::StudyLevel;
use jalon::render::{Files, attachments, is_unverified, render, search_index};
use jalon::school::{School, link};
use jalon::source::{Memory, Texts};

const SCHOOL: &str = r#"
format = 1
nom = "Lycée professionnel Marie-Marvingt"
uai = "0549999A"
courriel = "ce.0549999z@exemple.fr"
annee = "2026-2027"

[forge]
logiciel = "gitlab"
adresse = "https://forge.exemple.fr/lycee/suivi"
"#;

const STAFF: &str = r#"
[personnes.mercier-paul]
civilite = "M."
nom = "Mercier"
prenom = "Paul"
courriels = ["paul.mercier@exemple.fr"]
roles = ["enseignant"]
discipline = "Vente"
acces_remis_le = 2026-09-02

[personnes.vautrin-claire]
civilite = "Mme"
nom = "Vautrin"
prenom = "Claire"
courriels = ["claire.vautrin@exemple.fr"]
roles = ["enseignant"]
origine = "manuel"
"#;

const CLASSES: &str = r#"
[classes.1mcva1]
nom = "1 MCV A 1"
diplome = "mcv-a"
niveau = "premiere"
professeur_principal = "mercier-paul"
equipe = ["mercier-paul", "vautrin-claire"]

[classes.1melec]
nom = "1 MELEC"
diplome = "melec"
niveau = "premiere"
equipe = ["vautrin-claire"]
"#;

const CALENDAR: &str = r#"
debut = 2026-09-01
fin = 2027-07-02
periodes = [
  { code = "S1", intitule = "1er semestre", debut = 2026-09-01, fin = 2027-01-22 },
  { code = "S2", intitule = "2e semestre", debut = 2027-01-23, fin = 2027-06-11 },
]
pronote = [
  { code = "S1", debut = 2026-09-01, fin = 2027-01-22 },
  { code = "S2", debut = 2027-01-23, fin = 2027-06-12 },
]
lsl = [{ diplome = "mcv-a", niveau = "premiere", periodicite = "semestre" }]
"#;

const SCENARIO: &str = r#"
titre = "10 – Conseiller </script> « un client »"
auteur = "mercier-paul"
taches = ["A1-T2", "A1-T8"]
criteres = ["C1.2.a", "C2.1.a"]
secteurs = ["Sport"]
contexte = """
Première \\ ligne, "entre guillemets".
Seconde ligne."""

[[ressources]]
titre = "Fiche client"
fichier = "fiche client.pdf"

[[ressources]]
titre = "Piège"
lien = "javascript:alert(1)"
"#;

fn student(name: &str, first: &str, status: &str, class: &str) -> String {
    format!(
        "nom = \"{name}\"\nprenom = \"{first}\"\nnaissance = 2009-05-04\n\n[[scolarite]]\nannee = \"2026-2027\"\nclasse = \"{class}\"\nstatut = \"{status}\"\n"
    )
}

/// A small school: one diploma in use, one family, the common rules; every référentiel is followed
/// by some class when `all` is asked for.
fn files(all: bool) -> BTreeMap<String, Vec<u8>> {
    let mut files: BTreeMap<String, Vec<u8>> = BTreeMap::new();
    let mut add = |path: &str, text: &str| drop(files.insert(path.into(), text.into()));
    add("school.toml", SCHOOL);
    add("staff.toml", STAFF);
    add("calendar/2026-2027.toml", CALENDAR);
    let mut classes = CLASSES.to_owned();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("content/referentials");
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let stem = path.file_stem().unwrap().to_str().unwrap().to_owned();
        let text = std::fs::read_to_string(&path).unwrap();
        add(&format!("referentials/{stem}.toml"), &text);
        if all && !["commun", "mcv-a", "melec"].contains(&stem.as_str()) {
            classes.push_str(&format!(
                "\n[classes.x{}]\nnom = \"X {stem}\"\ndiplome = \"{stem}\"\nniveau = \"premiere\"\nequipe = []\n",
                stem.replace('-', "")
            ));
        }
    }
    add("classes/2026-2027.toml", &classes);
    add("scenarios/mcv-a/premiere/conseiller.toml", SCENARIO);
    add("scenarios/mcv-a/premiere/conseiller/fiche client.pdf", "%PDF");
    let simple = |title: &str, more: &str| {
        format!(
            "titre = \"{title}\"\nauteur = \"mercier-paul\"\ntaches = []\ncriteres = [\"C1.0.a\"]\n{more}"
        )
    };
    add("scenarios/mcv-a/premiere/accueil.toml", &simple("2 – Accueillir", ""));
    add("scenarios/mcv-a/premiere/zoo.toml", &simple("Zoo", "ordre = 1\n"));
    add(
        "scenarios/mcv-a/premiere/en-secret.toml",
        &simple("Vitrine inédite", "prive = true\ncopie_de = \"mcv-a/premiere/absent\"\n"),
    );
    add("scenarios/mcv-a/premiere/en-secret/plan-inedit.pdf", "%PDF");
    add(
        "scenarios/mcv-a/premiere/copie.toml",
        &simple("Copie", "copie_de = \"mcv-a/premiere/en-secret\"\n"),
    );
    add("students/2026/dupont-lea/student.toml", &student("Dupont", "Léa", "scolaire", "1mcva1"));
    add("students/2026/petit-noe/student.toml", &student("Petit", "Noé", "apprenti", "1mcva1"));
    add(
        "evaluations/2026-2027/1mcva1/secrete.toml",
        "titre = \"Vente\"\ndate = 2026-11-06\nauteur = \"mercier-paul\"\nscenario = \"mcv-a/premiere/en-secret\"\ncomplexite = \"Int\"\ncriteres = [\"C1.0.a\"]\n\n[[ressources]]\ntitre = \"Plan\"\nfichier = \"plan-inedit.pdf\"\n\n[resultats]\ndupont-lea = [\"+\"]\n",
    );
    files
}

fn with_site<T>(all: bool, see: impl FnOnce(&Site<'_>, &School) -> T) -> T {
    let (texts, mut findings) = Texts::read(&Memory(files(all))).unwrap();
    let (records, more) = jalon::record::load(&texts);
    findings.extend(more);
    let (school, more) = link(records);
    findings.extend(more);
    let diagnostics = jalon::record::report(findings, &texts);
    assert!(school.broken.is_empty(), "{:?}", school.broken);
    see(&Site::new(&school, &diagnostics, "2026-11-22".parse().unwrap()), &school)
}

fn page(files: &Files, at: &str) -> String {
    String::from_utf8(files[at].to_vec()).unwrap().replace("&#x2f;", "/")
}

#[test]
fn a_mark_stands_for_each_link_of_the_matrix_and_for_no_other() {
    with_site(true, |site, school| {
        let rendered = render(site).unwrap();
        for d in site.all_diplomas() {
            let referential = &school.referentials[d];
            let at = address(site, jalon::page::Subject::Referential(d));
            let html = page(&rendered, &at);
            let Some(table) = html.split("<table class=\"mat serre\">").nth(1) else {
                assert!(referential.record.matrice.is_empty(), "{at}");
                continue;
            };
            let table = table.split("</table>").next().unwrap();
            let mut rows = table.split("<tr><th scope=\"row\">").skip(1);
            for task in referential.task_ixs() {
                let cells: Vec<&str> = rows.next().unwrap().split("<td>").skip(1).collect();
                for (competence, cell) in referential.competence_ixs().zip(&cells) {
                    let strong = referential
                        .links(task)
                        .iter()
                        .find(|(linked, _)| *linked == competence)
                        .map(|(_, strong)| *strong);
                    assert_eq!(cell.contains("title=\"lien\""), strong == Some(false), "{at}");
                    assert_eq!(cell.contains("title=\"lien fort\""), strong == Some(true), "{at}");
                }
            }
            assert!(rows.next().is_none(), "{at}");
        }
    });
}

#[test]
fn the_green_dot_stands_beside_linked_competences_only() {
    with_site(false, |site, school| {
        let rendered = render(site).unwrap();
        let html = page(&rendered, "mcv-a/scenarios/premiere/conseiller/index.html");
        let (_, scenario) =
            school.scenarios.iter().find(|(_, scenario)| scenario.slug == "conseiller").unwrap();
        let referential = &school.referentials[scenario.diploma];
        let linked = linked_competences(referential, scenario);
        let list = html.split("visés <span").nth(1).unwrap();
        let list = list.split("En résumé").next().unwrap();
        for competence in referential.competence_ixs() {
            let code = &referential.competence_record(competence).code;
            let mark = format!("#{code}\"><span class=\"code\">");
            let item = list.split(&mark).nth(1).unwrap_or_else(|| panic!("{code} is listed"));
            let dotted = item.split("</p>").next().unwrap().contains("lié aux tâches choisies");
            assert_eq!(dotted, linked.contains(&competence), "{code}");
        }
        assert_eq!(linked.len(), 3, "A1-T2 and A1-T8 call for C1.0, C1.2 and C1.3");
    });
}

#[test]
fn a_private_scenario_shows_on_its_authors_page_only() {
    with_site(false, |site, _| {
        let rendered = render(site).unwrap();
        for (at, bytes) in &rendered {
            let text = String::from_utf8_lossy(bytes);
            if at == "equipe/mercier-paul/index.html" {
                assert!(text.contains("Vitrine inédite <span class=\"badge att\">Privé</span>"));
            } else {
                assert!(!text.contains("Vitrine inédite"), "{at}");
            }
            assert!(!text.contains("en-secret") && !text.contains("plan-inedit"), "{at}");
        }
        let copied = attachments(site);
        assert_eq!(
            copied,
            [(
                "scenarios/mcv-a/premiere/conseiller/fiche client.pdf".to_owned(),
                "fichiers/scenarios/mcv-a/premiere/conseiller/fiche client.pdf".to_owned()
            )]
        );
    });
}

#[test]
fn scenarios_are_in_natural_order_after_numbered_ones() {
    with_site(false, |site, school| {
        let d = school.referential("mcv-a").unwrap();
        let titles: Vec<&str> = shared_scenarios(site, d, StudyLevel::Premiere)
            .into_iter()
            .map(|ix| school.scenarios[ix].record.titre.as_str())
            .collect();
        let expected =
            ["Zoo", "2 – Accueillir", "10 – Conseiller </script> « un client »", "Copie"];
        assert_eq!(titles, expected);
    });
}

#[test]
fn the_search_index_is_a_harmless_array() {
    with_site(false, |site, school| {
        let script = search_index(site);
        assert_eq!(script, search_index(site));
        assert!(!script.contains("</"));
        let json = script.strip_prefix("window.jalonIndex = ").unwrap();
        let json = json.trim_end().strip_suffix(';').unwrap();
        let lines: Vec<[String; 4]> = serde_json::from_str(json).unwrap();
        let rendered = render(site).unwrap();
        for [_, title, _, at] in &lines {
            let (path, anchor) = at.split_once('#').unwrap_or((at, ""));
            assert!(rendered.contains_key(path), "{title}: {at}");
            if !anchor.is_empty() {
                assert!(page(&rendered, path).contains(&format!("id=\"{anchor}\"")), "{at}");
            }
        }
        let kinds: BTreeSet<&str> = lines.iter().map(|line| line[0].as_str()).collect();
        let expected = ["Apprenant", "Classe", "Compétence", "Scénario", "Équipe"];
        assert_eq!(kinds, BTreeSet::from(expected));
        assert!(lines.iter().any(|line| line[1] == "10 – Conseiller </script> « un client »"));
        let shared = lines.iter().filter(|line| line[0] == "Scénario").count();
        let all = school.scenarios.values().len();
        assert_eq!(shared, all - 1, "the private one is not there");
    });
}

#[test]
fn the_method_page_shows_the_figures_of_the_methods() {
    with_site(false, |site, _| {
        let rendered = render(site).unwrap();
        let html = page(&rendered, "methode/index.html");
        for method in METHODS {
            let value = method.value(&[1, 2, 2, 4, 3]).unwrap();
            let digits = if method.percent { 1 } else { 2 };
            let figure = format!("{value:.digits$}").replace('.', ",");
            let row = html.split(method.meaning).nth(1).unwrap();
            let row = row.split("</tr>").next().unwrap();
            assert!(row.contains(&format!(">{figure} sur ")), "{}: {figure}", method.name);
        }
        assert!(html.contains("id=\"suggestion\"") && html.contains("majorité récente, version 1"));
        assert!(html.contains("la suggestion est «\u{a0}partiellement acquise\u{a0}»"));
    });
}

#[test]
fn every_referential_renders_and_what_is_unverified_says_so() {
    with_site(true, |site, school| {
        let rendered = render(site).unwrap();
        let mut seen = 0;
        for (d, referential) in school.referentials.iter() {
            let subject = if site.common == Some(d) {
                jalon::page::Subject::CommonRules(d)
            } else {
                jalon::page::Subject::Referential(d)
            };
            let html = page(&rendered, &address(site, subject));
            // Each source that the page prints stands right after its badge when it needs one.
            let pieces: Vec<&str> = html.split("<span class=\"source\">Source").collect();
            for pair in pieces.windows(2) {
                seen += 1;
                let text = strip(pair[1].split("</span>").next().unwrap());
                let badge = pair[0].trim_end().ends_with("à vérifier</span>");
                assert!(badge || !is_unverified(&text), "{}: {text}", referential.code);
            }
            for (key, text) in referential.record.provenance.iter() {
                // "found:ID" becomes a link that shows the ID alone.
                let start = text.split("found:").next().unwrap();
                let start: String =
                    start.chars().take_while(|c| !c.is_ascii_punctuation()).collect();
                assert!(strip(&html).contains(start.trim()), "{}: {key}", referential.code);
            }
        }
        assert!(seen > 200, "{seen} sources are shown");
    });
}

/// A text without its tags.
fn strip(html: &str) -> String {
    let mut text = String::new();
    for piece in html.split('<') {
        text.push_str(piece.split_once('>').map_or(piece, |(_, after)| after));
    }
    text.replace("&#x27;", "'").replace("&#39;", "'")
}

#[test]
fn apprentices_are_not_in_the_livret_and_hand_made_people_are_told() {
    with_site(false, |site, _| {
        let rendered = render(site).unwrap();
        let lsl = page(&rendered, "mcv-a/lsl/index.html");
        assert!(lsl.contains("DUPONT Léa") && !lsl.contains("PETIT Noé"));
        assert!(lsl.contains("sans compter 1 apprenti") && lsl.contains("semestre"));
        let other = page(&rendered, "melec/lsl/index.html");
        assert!(other.contains("Rien ne peut être saisi"));
        let team = page(&rendered, "equipe/index.html");
        let row = |name: &str| {
            let start = team.split(&format!(">{name}</a>")).nth(1).unwrap();
            start.split("</tr>").next().unwrap().to_owned()
        };
        assert!(row("VAUTRIN Claire").contains("créé à la main"));
        assert!(row("VAUTRIN Claire").contains("non remis"));
        assert!(row("MERCIER Paul").contains("02/09/2026"));
        // One diploma: its menu; two: the two of them and no menu (CNX-03, CNX-04).
        let one = page(&rendered, "equipe/mercier-paul/index.html");
        assert!(one.contains("Menu du diplôme") && one.matches("class=\"sigle\"").count() == 1);
        let two = page(&rendered, "equipe/vautrin-claire/index.html");
        assert!(!two.contains("Menu du diplôme") && two.matches("class=\"sigle\"").count() == 2);
    });
}

#[test]
fn the_calendar_tells_a_day_of_difference_with_pronote() {
    with_site(false, |site, _| {
        let rendered = render(site).unwrap();
        let html = page(&rendered, "calendrier/index.html");
        assert!(html.contains("mêmes dates"));
        assert!(html.contains("fin\u{a0}: 1 jour plus tard (12/06/2027)"));
        assert!(html.contains("toutes les classes"));
    });
}

#[test]
fn the_text_of_a_new_grid_is_an_evaluation_once_completed() {
    with_site(false, |site, school| {
        let rendered = render(site).unwrap();
        let html = page(&rendered, "mcv-a/scenarios/premiere/conseiller/index.html");
        assert!(html.contains(
            "https://forge.exemple.fr/lycee/suivi/-/new/main/content/evaluations/2026-2027/1mcva1?file_name=conseiller.toml"
        ));
        assert!(!html.contains("href=\"javascript"));
        assert!(html.contains("conseiller/fiche%20client.pdf"));
        let (_, scenario) =
            school.scenarios.iter().find(|(_, scenario)| scenario.slug == "conseiller").unwrap();
        let class = school.classes.iter().find(|(_, class)| class.key == "1mcva1").unwrap().0;
        let text = jalon::page::evaluation_text(school, scenario, class);
        assert!(text.ends_with("[resultats]\ndupont-lea = []\npetit-noe  = []\n"), "{text}");
        let completed = text
            .replace("date = ?", "date = 2026-11-20")
            .replace("auteur = \"?\"", "auteur = \"mercier-paul\"")
            .replace("complexite = \"?\"", "complexite = \"C\"");
        let mut all = files(false);
        all.insert("evaluations/2026-2027/1mcva1/conseiller.toml".into(), completed.into());
        let (texts, _) = Texts::read(&Memory(all)).unwrap();
        let (records, findings) = jalon::record::load(&texts);
        assert!(findings.is_empty(), "{findings:?}");
        let made = records.evaluations.iter().find(|loaded| loaded.key.2 == "conseiller").unwrap();
        assert_eq!(made.record.contexte, scenario.record.contexte);
        assert_eq!(made.record.criteres, scenario.record.criteres);
        assert_eq!(made.record.titre, scenario.record.titre);
    });
}

#[test]
fn the_words_that_introduce_a_source_are_not_shown() {
    with_site(true, |site, _| {
        for (at, bytes) in render(site).unwrap() {
            if at.ends_with(".html") {
                let html = String::from_utf8(bytes.to_vec()).unwrap();
                assert!(!html.contains("found:"), "{at}");
            }
        }
    });
}
