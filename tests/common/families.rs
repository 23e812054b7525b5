//! A school with a families' site, built once: who has a letter, what is told and what is not.
#![allow(clippy::disallowed_methods, reason = "tests make schools of their own")]

use std::collections::BTreeMap;
use std::path::Path;
use std::process::{Command, Output};

use jalon::family::{Bearer, Code, ContentKey, Door, Opening, Salt, Secret, content_key};

use super::companies::school_with_companies;

/// The school year of the letters.
pub const YEAR: &str = "2026-2027";

/// A secret for tests, in base64.
pub const SECRET: &str = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";

/// Another one.
pub const OTHER_SECRET: &str = "IB8eHRwbGhkYFxYVFBMSERAPDg0MCwoJCAcGBQQDAgE=";

/// What the page of no pupil may hold: drafts, hidden results, what the jury decides.
pub const NEVER_TOLD: [&str; 6] = [
    "Constat du brouillon",
    "Conseil du brouillon",
    "Commentaire de la commission",
    "17.5",
    "17,5",
    "2026-10-13",
];

/// The files of the school: Léa has one guardian, Lorenzo two, Chloé keeps her page, Émile's guardian
/// refused, the letters of the guardian of `oconnor-zoe` were replaced once.
pub fn school() -> Vec<(String, String)> {
    let mut files = school_with_companies();
    let mut append = |path: &str, text: &str| {
        let (_, file) = files.iter_mut().find(|(name, _)| name == path).unwrap();
        file.push_str(text);
    };
    append("school.toml", "[familles]\nadresse = \"https://familles.exemple.fr/\"\n");
    let guardian = |legal: u8, nom: &str, prenom: &str, more: &str| {
        format!(
            "[[responsables]]\nlien = \"autre\"\nlegal = {legal}\nnom = \"{nom}\"\n\
             prenom = \"{prenom}\"\nadresse = \"8 rue du Puits\"\ntelephone = \"06 98 76 54 32\"\n\
             courriel = \"famille.{legal}@puits.example\"\n{more}"
        )
    };
    let of = |id: &str| format!("students/2025/{id}/student.toml");
    append(&of("dupont-lea"), &guardian(1, "Dupont", "Nadia", ""));
    let both = [guardian(1, "Adami", "Élise", ""), guardian(2, "Adami", "Marco", "")];
    append(&of("adami-lorenzo"), &both.concat());
    append(&of("bernard-chloe"), &guardian(1, "Bernard", "Luc", ""));
    append(&of("zola-emile"), &guardian(1, "Zola", "Irène", "refus_site = 2026-10-01\n"));
    let (_, chloe) = files.iter_mut().find(|(name, _)| *name == of("bernard-chloe")).unwrap();
    *chloe = chloe.replace(
        "naissance = 2009-03-14\n",
        "naissance = 2008-03-14\nlecture_reservee = 2026-09-20\n",
    );
    let mut add = |path: &str, text: &str| files.push((path.to_owned(), text.to_owned()));
    add(
        &of("oconnor-zoe"),
        &format!(
            "nom = \"O’Connor\"\nprenom = \"Zoé<script>document.title='volé'</script>\"\nsexe = \"F\"\n\
             naissance = 2010-01-02\n[[scolarite]]\nannee = \"{YEAR}\"\nclasse = \"1mcva1\"\n\
             statut = \"scolaire\"\n{}",
            guardian(1, "O’Connor", "Maeve", "codes_annules = [2026-11-12]\n")
        ),
    );
    add(
        "evaluations/2026-2027/1mcva1/cachee.toml",
        "titre = \"Évaluation cachée\"\ndate = 2026-10-13\nauteur = \"mercier-paul\"\n\
         complexite = \"Int\"\naffichage = false\ncriteres = [\"C1.3.a\"]\n[resultats]\n\
         dupont-lea = [\"--\"]\nadami-lorenzo = [\"--\"]\n",
    );
    add(
        "students/2025/dupont-lea/reviews/2027-05-11.toml",
        "date = 2027-05-11\nauteur = \"mercier-paul\"\netat = \"brouillon\"\n\
         constats = \"Constat du brouillon\"\nconseils = \"Conseil du brouillon\"\n\
         [positions]\n\"C1.0\" = \"--\"\n",
    );
    add(
        "students/2025/bernard-chloe/certification/2027-e31.toml",
        "auteur = \"mercier-paul\"\ndate = 2026-11-10\nnote_proposee = 17.5\n\
         commentaire = \"Commentaire de la commission\"\n[niveaux]\n\"C1.1.a\" = 3\n\"C1.2.a\" = 4\n",
    );
    files
}

/// What came of a run of the program.
pub fn jalon(folder: &Path, args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_jalon"))
        .args(args)
        .current_dir(folder)
        .env_remove("JALON_SECRET")
        .output()
        .unwrap()
}

/// Builds the families' site of the records in `content` below a folder, into `out`.
pub fn build(folder: &Path, secret: &str) -> BTreeMap<String, Vec<u8>> {
    std::fs::write(folder.join("secret"), secret).unwrap();
    let args = [
        "build",
        "--content",
        "content",
        "--out",
        "out",
        "--site",
        "family",
        "--no-pdf",
        "--secret",
        "secret",
        "--today",
        "2026-11-22",
    ];
    let done = jalon(folder, &args);
    // The school of tests has faults that rules tell, which keep no page back.
    let told = String::from_utf8_lossy(&done.stderr);
    assert!(told.contains(" inchangé"), "{told}");
    super::read_folder(&folder.join("out/family"))
}

/// Writes the records below a folder.
pub fn write(folder: &Path, files: &[(String, String)]) {
    for (path, text) in files {
        let path = folder.join("content").join(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }
}

/// The families' site of some records.
pub fn built(files: &[(String, String)], secret: &str) -> BTreeMap<String, Vec<u8>> {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), files);
    build(folder.path(), secret)
}

/// The secret of tests.
pub fn secret() -> Secret {
    Secret::from_base64(SECRET).unwrap()
}

/// Who has a letter.
pub fn bearer(pupil: &str, who: &str, turn: usize) -> Bearer {
    Bearer { year: YEAR.into(), pupil: pupil.into(), who: who.into(), turn }
}

/// The code of a letter.
pub fn code(pupil: &str, who: &str, turn: usize) -> Code {
    Code::of(&secret(), &bearer(pupil, who, turn))
}

/// The addresses of the two doors of a letter.
pub fn doors(pupil: &str, who: &str, turn: usize) -> [String; 2] {
    let doors = Door::both(&code(pupil, who, turn), &Salt::of(&secret(), YEAR));
    doors.map(|door| door.file(YEAR, &Opening::Replaced).address)
}

/// The key of a pupil's page, and where it stands, when these people read it.
pub fn page_of(pupil: &str, readers: &[(&str, usize)]) -> (ContentKey, String) {
    let bearers: Vec<Bearer> =
        readers.iter().map(|(who, turn)| bearer(pupil, who, *turn)).collect();
    let key = content_key(&secret(), YEAR, pupil, &bearers);
    let address = address_of_block(&key.page().text());
    (key, address)
}

/// Where a block stands.
pub fn address_of_block(name: &str) -> String {
    format!("blocs/{}/{}", &name[..2], &name[2..])
}
