//! What several tests share: schools read from folders or from strings.
#![allow(dead_code, unreachable_pub, reason = "each test uses a part of it")]

pub mod annotations;
pub mod changes;
pub mod companies;
pub mod families;

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use jalon::diagnostic::Diagnostic;
use jalon::page::{Site, documents, gallery_examples};
use jalon::record;
use jalon::school::{School, link};
use jalon::source::{Folder, Source, Texts};

/// Reads, links and reports a school.
pub fn read(source: &dyn Source) -> (School, Vec<Diagnostic>) {
    let (texts, mut findings) = Texts::read(source).unwrap();
    let (records, found) = record::load(&texts);
    findings.extend(found);
    let (school, found) = link(records);
    findings.extend(found);
    (school, record::report(findings, &texts))
}

/// The documents to print and the pictures of the gallery, as pages lead to them.
pub fn printed(site: &Site<'_>) -> BTreeSet<String> {
    let all = documents(site);
    let pictures = gallery_examples(&all).into_iter().map(|(address, _)| address);
    all.keys().cloned().chain(pictures).map(|address| format!("pdf/{address}")).collect()
}

/// All files below a folder, by path with `/`.
pub fn read_folder(root: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut files = BTreeMap::new();
    let mut waiting = vec![root.to_path_buf()];
    while let Some(folder) = waiting.pop() {
        for entry in std::fs::read_dir(&folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                waiting.push(path);
            } else {
                let name = path.strip_prefix(root).unwrap().to_str().unwrap().to_owned();
                files.insert(name, std::fs::read(&path).unwrap());
            }
        }
    }
    files
}

/// The school shipped in `content/`.
pub fn shipped_school() -> (School, Vec<Diagnostic>) {
    let content = Path::new(env!("CARGO_MANIFEST_DIR")).join("content");
    read(&Folder::open(content).unwrap())
}

/// The files of a small school: two classes of MCV A this year and one last year, one class of MRC
/// last year; pupils with none, one and two reviews, an apprentice, one who left.
pub fn small_school() -> Vec<(String, String)> {
    let referentials = Path::new(env!("CARGO_MANIFEST_DIR")).join("content/referentials");
    let referential = |code: &str| {
        let text = std::fs::read_to_string(referentials.join(format!("{code}.toml"))).unwrap();
        (format!("referentials/{code}.toml"), text)
    };
    let mut files = vec![referential("commun"), referential("mcv-a"), referential("mrc")];
    let mut add = |path: &str, text: &str| files.push((path.to_owned(), text.to_owned()));
    add(
        "school.toml",
        r#"format = 1
nom = "Lycée professionnel Marie-Marvingt"
uai = "0549999A"
courriel = "lycee@marvingt.example"
annee = "2026-2027"
[forge]
logiciel = "gitlab"
adresse = "https://forge.example/lycee/suivi"
"#,
    );
    add(
        "staff.toml",
        r#"[personnes.mercier-paul]
civilite = "M."
nom = "Mercier"
prenom = "Paul"
courriels = ["paul.mercier@marvingt.example"]
roles = ["enseignant"]
discipline = "Vente"
[personnes.keller-anne]
civilite = "Mme"
nom = "Keller"
prenom = "Anne"
courriels = ["anne.keller@marvingt.example"]
roles = ["ddfpt"]
"#,
    );
    add(
        "calendar/2026-2027.toml",
        r#"debut = 2026-09-01
fin = 2027-07-02
[[periodes]]
code = "S1"
intitule = "1er semestre"
debut = 2026-09-01
fin = 2027-01-22
[[periodes]]
code = "S2"
intitule = "2e semestre"
debut = 2027-01-23
fin = 2027-07-02
[[pfmp]]
numero = 4
niveau = "premiere"
debut = 2027-05-24
fin = 2027-06-18
[[certification]]
diplome = "mcv-a"
epreuve = "E31"
date_limite = 2027-05-28
note = "Note à remettre au secrétariat"
"#,
    );
    let class = |key: &str, name: &str, diploma: &str, level: &str| {
        format!(
            "[classes.{key}]\nnom = \"{name}\"\ndiplome = \"{diploma}\"\nniveau = \"{level}\"\n\
             professeur_principal = \"keller-anne\"\nequipe = [\"mercier-paul\"]\n"
        )
    };
    let now = [
        class("1mcva1", "1 MCV A 1", "mcv-a", "premiere"),
        class("tmcva1", "T MCV A 1", "mcv-a", "terminale"),
    ];
    let before = [
        class("1mcva1", "1 MCV A 1", "mcv-a", "premiere"),
        class("2mrc1", "2 MRC 1", "mrc", "seconde"),
    ];
    add("classes/2026-2027.toml", &now.concat());
    add("classes/2025-2026.toml", &before.concat());
    let pupil = |sex: &str, nom: &str, prenom: &str, stays: &[(&str, &str, &str)], gone: &str| {
        let mut text = format!(
            "nom = \"{nom}\"\nprenom = \"{prenom}\"\nsexe = \"{sex}\"\nnaissance = 2009-03-14\n{gone}"
        );
        for (year, class, status) in stays {
            text.push_str(&format!(
                "[[scolarite]]\nannee = \"{year}\"\nclasse = \"{class}\"\nstatut = \"{status}\"\n"
            ));
        }
        text
    };
    let (this, last) = ("2026-2027", "2025-2026");
    for (id, text) in [
        (
            "adami-lorenzo",
            pupil(
                "M",
                "Adami",
                "Lorenzo",
                &[(last, "2mrc1", "scolaire"), (this, "1mcva1", "scolaire")],
                "",
            ),
        ),
        (
            "dupont-lea",
            pupil(
                "F",
                "Dupont",
                "Léa",
                &[(last, "2mrc1", "scolaire"), (this, "1mcva1", "apprenti")],
                "",
            ),
        ),
        ("zola-emile", pupil("M", "Zola", "Émile", &[(this, "1mcva1", "scolaire")], "")),
        (
            "bernard-chloe",
            pupil(
                "F",
                "Bernard",
                "Chloé",
                &[(last, "1mcva1", "scolaire"), (this, "tmcva1", "scolaire")],
                "",
            ),
        ),
        (
            "camara-awa",
            pupil(
                "F",
                "Camara",
                "Awa",
                &[(last, "1mcva1", "apprenti")],
                "inactif_depuis = 2026-03-01\n",
            ),
        ),
    ] {
        add(&format!("students/2025/{id}/student.toml"), &text);
    }
    add(
        "scenarios/mcv-a/premiere/accueil-client.toml",
        "titre = \"Accueillir et conseiller un client\"\nauteur = \"mercier-paul\"\n\
         dossier = \"Journée portes ouvertes\"\ntaches = [\"A1-T2\"]\ncriteres = [\"C1.0.a\", \"C1.2.a\"]\n",
    );
    for (slug, scenario, date) in [
        ("accueil-client", "scenario = \"mcv-a/premiere/accueil-client\"\n", "2026-11-06"),
        ("vitrine", "", "2027-02-12"),
    ] {
        add(
            &format!("evaluations/2026-2027/1mcva1/{slug}.toml"),
            &format!(
                "titre = \"Évaluation {slug}\"\ndate = {date}\nauteur = \"mercier-paul\"\n{scenario}\
                 complexite = \"Int\"\ncriteres = [\"C1.0.a\", \"C1.2.a\"]\n[resultats]\n\
                 adami-lorenzo = [\"-\", \"NE\"]\ndupont-lea = [\"+\", \"++\"]\nzola-emile = [\"abs\"]\n"
            ),
        );
    }
    let review = |date: &str, note: &str, texts: &str, positions: &str| {
        format!(
            "date = {date}\nauteur = \"mercier-paul\"\netat = \"valide\"\nvalide_le = {date}\n\
             valide_par = \"mercier-paul\"\n{note}{texts}\
             evaluations = [\"2026-2027/1mcva1/accueil-client\"]\n[positions]\n{positions}"
        )
    };
    let first = review(
        "2026-12-11",
        "note = 13.5\n",
        "constats = \"Léa **progresse**.\"\n",
        "\"C1.0\" = \"-\"\n\"C1.1\" = \"+\"\n\"C1.2\" = \"+\"\n\"C1.3\" = \"NE\"\n\"C2.1\" = \"--\"\n\
         [professionnalisation]\n\"C1.0\" = \"D\"\n",
    );
    let second = review(
        "2027-04-09",
        "",
        "conseils = \"Relire les messages.\"\n",
        "\"C1.0\" = \"+\"\n\"C1.1\" = \"+\"\n\"C1.2\" = \"-\"\n\"C1.3\" = \"++\"\n\"C2.1\" = \"NE\"\n",
    );
    add("students/2025/dupont-lea/reviews/2026-12-11.toml", &first);
    add("students/2025/dupont-lea/reviews/2027-04-09.toml", &second);
    add("students/2025/adami-lorenzo/reviews/2026-12-11.toml", &first);
    let unlocked = format!(
        "{second}[[deverrouillage]]\npar = \"keller-anne\"\ndate = 2027-05-03\nmotif = \"Erreur sur C1.2\"\n"
    );
    add("students/2025/adami-lorenzo/reviews/2027-04-09.toml", &unlocked);
    add(
        "students/2025/adami-lorenzo/lsl/2026-2027.toml",
        "appreciation = \"Lorenzo s’implique.\"\nenseignants = [\"mercier-paul\"]\n\
         [niveaux]\n\"C1.1\" = 3\n\"C1.2\" = 4\n\
         [[notes]]\nperiode = \"S1\"\nbilan = 2026-12-11\nnote = 14\n\
         [pfmp]\nsynthese = \"Accueil en librairie.\"\nenseignant = \"keller-anne\"\n\
         [projet]\nnote = 12.5\nsynthese = \"Vente solidaire.\"\nenseignants = [\"mercier-paul\"]\n\
         [[envois]]\nle = 2027-06-04\npar = \"keller-anne\"\n",
    );
    files
}

/// The day that tests look from.
pub fn today() -> jalon::text::Date {
    "2026-11-22".parse().unwrap()
}
