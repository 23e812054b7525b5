//! A pupil's folder from one school to another, as two schools live it: real repositories, real signatures.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stderr,
    clippy::disallowed_methods,
    reason = "tests"
)]

mod common;

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use common::annotations::Files;
use jalon::exchange::archive::{self, Limits};
use jalon::exchange::transfer::{Arriving, Leaving, pack, plan};
use jalon::exchange::{Plan, Weight};
use jalon::source::{Folder, Memory, Texts};
use jalon::{page, record, render, rule, school};
use proptest::prelude::*;
use ssh_key::private::{Ed25519Keypair, KeypairData};
use ssh_key::{LineEnding, PrivateKey};

const LIMITS: Limits = Limits { files: 1000, bytes: 50_000_000 };
const LEA: &str = "students/2025/dupont-lea";
const PACKAGE: &str = "students/2025/dupont-lea/received/0549999a-2027-02-16";

/// A key that everybody may know.
fn key(seed: u8) -> PrivateKey {
    let pair = Ed25519Keypair::from_seed(&[seed; 32]);
    PrivateKey::new(KeypairData::from(pair), "essai").unwrap()
}

fn public(seed: u8) -> String {
    key(seed).public_key().to_openssh().unwrap()
}

/// A school in a repository of its own.
struct Yard {
    home: tempfile::TempDir,
    clock: i64,
}

impl Yard {
    fn new(change: impl Fn(&mut Files)) -> Self {
        let home = tempfile::tempdir().unwrap();
        let base = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/schools/base");
        let mut files = common::read_folder(&base);
        change(&mut files);
        let mut yard = Self { home, clock: 1_798_000_000 };
        std::fs::create_dir_all(yard.content()).unwrap();
        for (path, bytes) in files {
            yard.write(&path, &bytes);
        }
        yard.git(&["init", "-q", "-b", "main"], "anne.martin");
        yard.commit("anne.martin");
        yard
    }

    fn content(&self) -> PathBuf {
        self.home.path().join("suivi/content")
    }

    fn write(&self, path: &str, bytes: &[u8]) {
        let file = self.content().join(path);
        std::fs::create_dir_all(file.parent().unwrap()).unwrap();
        std::fs::write(file, bytes).unwrap();
    }

    fn read(&self, path: &str) -> String {
        std::fs::read_to_string(self.content().join(path)).unwrap()
    }

    fn edit(&self, path: &str, from: &str, to: &str) {
        let text = self.read(path);
        assert!(text.contains(from), "{path}: {text}");
        self.write(path, text.replacen(from, to, 1).as_bytes());
    }

    fn command(&self, program: &str, args: &[&str], who: &str) -> Output {
        let mut command = Command::new(program);
        command.current_dir(self.home.path().join("suivi")).args(args);
        command.env("HOME", self.home.path()).env("GIT_CONFIG_NOSYSTEM", "1");
        command.env_remove("XDG_CONFIG_HOME");
        let date = format!("{} +0100", self.clock);
        command.env("GIT_AUTHOR_DATE", &date).env("GIT_COMMITTER_DATE", &date);
        let mail = format!("{who}@ac-nancy-metz.fr");
        for role in ["AUTHOR", "COMMITTER"] {
            command.env(format!("GIT_{role}_NAME"), who).env(format!("GIT_{role}_EMAIL"), &mail);
        }
        command.output().unwrap()
    }

    fn git(&self, args: &[&str], who: &str) {
        let output = self.command("git", args, who);
        assert!(output.status.success(), "{args:?}: {}", String::from_utf8_lossy(&output.stderr));
    }

    /// Records everything an hour later.
    fn commit(&mut self, who: &str) {
        self.clock += 3600;
        self.git(&["add", "-A"], who);
        self.git(&["commit", "-q", "--allow-empty", "-m", "m"], who);
    }

    /// What a command ends with and says.
    fn jalon(&self, args: &[&str]) -> (Option<i32>, String) {
        let output = self.command(env!("CARGO_BIN_EXE_jalon"), args, "anne.martin");
        let said = [output.stdout, output.stderr].concat();
        (output.status.code(), String::from_utf8(said).unwrap())
    }

    fn files(&self) -> Files {
        common::read_folder(&self.content())
    }

    /// What an import of these bytes would do.
    fn plan(&self, bytes: &[u8], today: &str) -> Plan {
        let source = Folder::open(self.content()).unwrap();
        let (texts, _) = Texts::read(&source).unwrap();
        let (school, _) = school::link(record::load(&texts).0);
        plan(&Arriving {
            school: &school,
            texts: &texts,
            source: &source,
            bytes,
            today: today.parse().unwrap(),
            by: "martin-anne",
            newcomer: None,
        })
    }
}

fn settings(own: Option<u8>, partner: (&str, &str), key: Option<&str>) -> String {
    let own = own.map_or_else(String::new, |seed| {
        format!("\n[[transferts.cles]]\ncle = \"{}\"\n", public(seed))
    });
    let key =
        key.map_or_else(String::new, |key| format!("\n[[transferts.partenaires.cles]]\n{key}\n"));
    let (uai, nom) = partner;
    format!(
        "\n[transferts]\nouvert = true\n{own}\n[[transferts.partenaires]]\nuai = \"{uai}\"\nnom = \"{nom}\"\n{key}"
    )
}

const CANAL: (&str, &str) = ("0570000R", "Lycée professionnel du Canal");
const MARVINGT: (&str, &str) = ("0549999A", "Lycée professionnel Marie-Marvingt");

fn put(files: &mut Files, path: &str, text: &str) {
    files.insert(path.to_owned(), text.as_bytes().to_vec());
}

/// Léa's school, with some of everything.
fn origin() -> Yard {
    let mut yard = Yard::new(|files| {
        let mut school = String::from_utf8(files["school.toml"].clone()).unwrap();
        school.push_str(&settings(Some(1), CANAL, None));
        put(files, "school.toml", &school);
        let student = format!("{LEA}/student.toml");
        let text = String::from_utf8(files[&student].clone()).unwrap();
        let text = text.replace("[[scolarite]]\nannee = \"2025", "codes_annules = [2026-11-02]\nlecture_reservee = 2026-11-03\n\n[[scolarite]]\nannee = \"2025")
            .replace("classe = \"1mcva1\"\nstatut = \"scolaire\"\n", "classe = \"1mcva1\"\nstatut = \"scolaire\"\nmef = \"24131214320\"\noptions = [{ matiere = \"030201\", modalite = \"O\" }]\n");
        put(files, &student, &text);
        put(
            files,
            "pfmp/periods/2026-2027/pfmp-3.toml",
            "titre = \"PFMP 3\"\ndiplome = \"mcv-a\"\nniveau = \"premiere\"\nnumero = 3\ndebut = 2027-01-04\nfin = 2027-01-30\n\
             objectifs = \"Accueillir.\"\napprenants = [\"dupont-lea\", \"martin-hugo\"]\n\n[referents]\ndupont-lea = \"mercier-paul\"\nmartin-hugo = \"mercier-paul\"\n",
        );
        put(
            files,
            &format!("{LEA}/pfmp/2026-2027-pfmp-3.toml"),
            "[entreprise]\nnom = \"Librairie du Pont\"\nville = \"Nancy\"\n\n[tuteur]\nnom = \"Perrin\"\nprenom = \"Alice\"\n\n\
             [attestation]\nsignee_le = 2027-01-30\njours = 19.5\n",
        );
        put(
            files,
            &format!("{LEA}/lsl/2026-2027.toml"),
            "appreciation = \"Bonne année, avec Hugo Martin pour le projet.\"\nenseignants = [\"mercier-paul\"]\n\n[niveaux]\nL1 = 3\n",
        );
        put(
            files,
            &format!("{LEA}/attestations/2027-02-10.toml"),
            "date = 2027-02-10\nauteur = \"mercier-paul\"\nmotif = \"sortie\"\n\n[competences]\n\"C1.1\" = { par = \"mercier-paul\", le = 2027-02-10 }\n",
        );
        put(
            files,
            &format!("{LEA}/book/vitrine.md"),
            "+++\ntitre = \"Ma vitrine\"\ndate = 2026-12-04\nlieu = \"etablissement\"\n\n[[photos]]\nfichier = \"rue.png\"\ndescription = \"La vitrine\"\n+++\n\nLes couleurs de Noël.\n",
        );
        files.insert(format!("{LEA}/book/vitrine/rue.png"), b"\x89PNG image de rien".to_vec());
        put(
            files,
            "register/2027/deliveries/livrets.toml",
            "document = \"livret\"\ndate = 2027-01-20\npar = \"martin-anne\"\nmotif = \"refus de Mme Martin\"\n\n[[remises]]\neleve = \"dupont-lea\"\nemargement = true\n\n[[remises]]\neleve = \"martin-hugo\"\nemargement = true\n",
        );
        put(
            files,
            "register/2027/consultations/jury.toml",
            "date = 2027-01-21\npar = \"famille\"\ndemandeur = \"Mme Martin\"\ndocuments = [\"livret\"]\nmode = \"sur-place\"\neleves = [\"martin-hugo\"]\n",
        );
    });
    let evaluation = "evaluations/2026-2027/1mcva1/vitrine.toml";
    let review = format!("{LEA}/reviews/2027-01-15.toml");
    let draft = "date = 2027-01-15\nauteur = \"mercier-paul\"\netat = \"brouillon\"\nconstats = \"Léa aide MARTIN Hugo.\"\n\n[positions]\n\"C1.1\" = \"-\"\n";
    yard.write(&review, draft.as_bytes());
    yard.commit("paul.mercier");
    yard.edit(
        &review,
        "\"brouillon\"",
        "\"valide\"\nvalide_le = 2027-01-16\nvalide_par = \"mercier-paul\"",
    );
    yard.edit(&review, "\"-\"", "\"+\"");
    yard.commit("paul.mercier");
    // A change of another pupil's line alone, then one of hers.
    let text = yard.read(evaluation);
    let hers = "dupont-lea = [\"+\"]";
    let with = text.replace("[resultats]\n", &format!("[resultats]\n{hers}\n"));
    let with = if text.contains("dupont-lea") { text } else { with };
    yard.write(evaluation, with.as_bytes());
    yard.commit("paul.mercier");
    yard.edit(
        &format!("{LEA}/student.toml"),
        "naissance",
        "inactif_depuis = 2027-02-15\nnaissance",
    );
    yard.commit("anne.martin");
    yard
}

/// The school that Léa goes to: SIECLE has created her there.
fn destination(with_pupil: bool) -> Yard {
    Yard::new(|files| {
        let school = String::from_utf8(files["school.toml"].clone()).unwrap();
        let school = school.replace("0549999A", "0570000R").replace("Marie-Marvingt", "du Canal");
        let key = format!("cle = \"{}\"\ndu = 2026-09-01\nau = 2027-08-31", public(1));
        put(files, "school.toml", &(school + &settings(None, MARVINGT, Some(&key))));
        files.retain(|path, _| !path.starts_with(LEA));
        for path in ["accueil-client", "vitrine"]
            .map(|name| format!("evaluations/2026-2027/1mcva1/{name}.toml"))
        {
            let text = String::from_utf8(files[&path].clone()).unwrap();
            let kept: Vec<&str> =
                text.lines().filter(|line| !line.starts_with("dupont-lea")).collect();
            put(files, &path, &(kept.join("\n") + "\n"));
        }
        if with_pupil {
            put(files, &format!("{LEA}/student.toml"), NEW_PUPIL);
        }
    })
}

const NEW_PUPIL: &str = "eleve_id = \"77001\"\nnom = \"DUPONT\"\nprenom = \"Lea\"\nnaissance = 2010-03-14\nine = \"120890177HA\"\n\n\
    [[scolarite]]\nannee = \"2026-2027\"\nclasse = \"1mcva1\"\nstatut = \"scolaire\"\ndebut = 2027-02-22\n";

/// The package, its signed list and what the command said.
fn sent(yard: &Yard, extra: &[&str]) -> (Option<i32>, String, PathBuf) {
    let key_file = yard.home.path().join("ecole.key");
    std::fs::write(&key_file, key(1).to_openssh(LineEnding::LF).unwrap().as_bytes()).unwrap();
    let out = yard.home.path().join("sortie/exports");
    let (key_file, out_text) = (key_file.to_str().unwrap(), out.to_str().unwrap().to_owned());
    let mut args = vec![
        "export",
        "transfer",
        "dupont-lea",
        "--to",
        "0570000R",
        "--key",
        key_file,
        "--out",
        &out_text,
        "--today",
        "2027-02-16",
        "--by",
        "martin-anne",
    ];
    args.extend(extra);
    let (code, said) = yard.jalon(&args);
    (code, said, out.join("transfert-dupont-lea-0570000r-2027-02-16.zip"))
}

fn package() -> (Yard, Vec<u8>) {
    let yard = origin();
    let (code, said, file) = sent(&yard, &[]);
    assert_eq!(code, Some(0), "{said}");
    (yard, std::fs::read(file).unwrap())
}

fn import(yard: &Yard, bytes: &[u8], extra: &[&str]) -> (Option<i32>, String) {
    let file = yard.home.path().join("paquet.zip");
    std::fs::write(&file, bytes).unwrap();
    let mut args = vec![
        "import",
        "transfer",
        file.to_str().unwrap(),
        "--today",
        "2027-02-23",
        "--by",
        "martin-anne",
    ];
    args.extend(extra);
    yard.jalon(&args)
}

#[test]
fn a_folder_goes_and_comes_with_its_history() {
    let (origin, bytes) = package();
    let transfer = origin.read("transfers/2026-2027/dupont-lea-vers-0570000r.toml");
    assert!(transfer.contains("sens = \"depart\"") && transfer.contains("[envoi]"), "{transfer}");
    let yard = destination(true);
    let before = yard.files();
    let (code, said) = import(&yard, &bytes, &["--dry-run"]);
    assert_eq!((code, yard.files() == before), (Some(0), true), "{said}");
    let (code, said) = import(&yard, &bytes, &[]);
    assert_eq!(code, Some(0), "{said}");
    assert!(
        said.contains("bilans : 2 créés") && said.contains("livret scolaire : 1 créé"),
        "{said}"
    );
    // Nothing that was there changed.
    let after = yard.files();
    assert!(before.iter().all(|(path, bytes)| after.get(path) == Some(bytes)));
    let inside = |name: &str| yard.read(&format!("{PACKAGE}/{name}"));
    assert!(inside("reviews/2026-12-11.toml").contains("Léa accueille le client avec aisance."));
    let evaluation = inside("evaluations/2026-2027/1mcva1/accueil-client.toml").replace("  ", " ");
    assert!(evaluation.ends_with("[resultats]\ndupont-lea = [\"+\", \"++\"]\n"), "{evaluation}");
    assert!(!inside("evaluations/2026-2027/1mcva1/accueil-client.toml").contains("scenario"));
    let student = inside("student.toml");
    assert!(
        !student.contains("codes_annules")
            && !student.contains("Nadia")
            && !student.contains("lecture_reservee"),
        "{student}"
    );
    assert!(student.contains("matiere = \"030201\"") && student.contains("mef = "), "{student}");
    assert!(inside("lsl/2026-2027.toml").contains("avec [un autre élève] pour"));
    // Who wrote what when: the draft, then the validation, by Paul Mercier, with the text before.
    let history = inside("historique.toml");
    let changes: Vec<&str> = history
        .split("[[changements]]")
        .filter(|part| part.contains("reviews/2027-01-15.toml"))
        .collect();
    assert_eq!(changes.len(), 2, "{history}");
    assert!(changes.iter().all(|part| part.contains("auteur = \"mercier-paul\"")
        && part.contains("nom = \"M. Paul Mercier\"")));
    assert!(
        changes[0].contains("sorte = \"creation\"")
            && changes[1].contains("sorte = \"modification\"")
    );
    assert!(
        changes[1].contains(
            "positions.C1.1 : « - », puis « + »"
                .replace("« ", "«\u{a0}")
                .replace(" »", "\u{a0}»")
                .as_str()
        ),
        "{}",
        changes[1]
    );
    let digest = changes[1]
        .lines()
        .find_map(|line| line.strip_prefix("avant = "))
        .unwrap()
        .trim_matches('"')
        .to_owned();
    let draft = after
        .iter()
        .find(|(path, bytes)| path.contains("/versions/") && sha256(bytes) == digest)
        .unwrap();
    assert!(String::from_utf8_lossy(draft.1).contains("etat = \"brouillon\""));
    // The same again: nothing.
    let (code, said) = import(&yard, &bytes, &[]);
    assert_eq!(code, Some(0));
    assert!(said.contains("Tout est déjà à jour"), "{said}");
    assert_eq!(yard.files(), after);
    let transfer = yard.read("transfers/2026-2027/dupont-lea-de-0549999a.toml");
    for step in [
        "[envoi]\nle = 2027-02-16",
        "[reception]\nle = 2027-02-23\npar = \"martin-anne\"",
        "[fusion]\nle = 2027-02-23",
    ] {
        assert!(transfer.contains(step), "{transfer}");
    }
}

fn sha256(bytes: &[u8]) -> String {
    data_encoding::HEXLOWER.encode(ring::digest::digest(&ring::digest::SHA256, bytes).as_ref())
}

#[test]
fn the_package_names_nobody_else() {
    let (origin, bytes) = package();
    let files = archive::read(&bytes, LIMITS).unwrap();
    let source = Folder::open(origin.content()).unwrap();
    let (school, _) = common::read(&source);
    let staff: Vec<String> =
        school.people.values().iter().map(|one| one.full_name().to_lowercase()).collect();
    let mut words = Vec::new();
    for other in school.pupils.values().iter().filter(|one| one.id != "dupont-lea") {
        let record = &other.record;
        words.extend([other.id.clone(), other.full_name(), other.list_name()]);
        words.extend(record.ine.clone());
        words.extend(record.eleve_id.clone());
        words.extend(record.courriels.clone());
        for guardian in &record.responsables {
            words.push(format!("{} {}", guardian.prenom, guardian.nom));
            words.extend(guardian.courriel.clone());
        }
    }
    words.push("Nadia".to_owned());
    words.push("nadia.dupont@exemple.fr".to_owned());
    words.push("mcv-a/premiere/accueil-client".to_owned());
    words.retain(|word| !staff.contains(&word.to_lowercase()));
    assert!(words.len() > 12, "{words:?}");
    for (name, bytes) in &files {
        let text = (name.clone() + "\n" + &String::from_utf8_lossy(bytes)).to_lowercase();
        for word in &words {
            assert!(!text.contains(&word.to_lowercase()), "{word} in {name}:\n{text}");
        }
    }
    // What is hers is there.
    for name in [
        "student.toml",
        "book/vitrine.md",
        "book/vitrine/rue.png",
        "pfmp/periods/2026-2027/pfmp-3.toml",
        "register/2027/deliveries/livrets.toml",
    ] {
        assert!(files.contains_key(name), "{name}");
    }
    assert!(!files.contains_key("register/2027/consultations/jury.toml"));
}

/// Words of a text, without accents or capitals, one blank between two.
fn folded(text: &str) -> String {
    let words: Vec<String> = text
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(jalon::text::slug)
        .collect();
    format!(" {} ", words.join(" "))
}

#[test]
fn no_package_of_a_whole_school_names_anybody_else() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("content/referentials");
    let referentials = common::read_folder(&folder).into_iter().map(|(name, bytes)| {
        (name.trim_end_matches(".toml").to_owned(), String::from_utf8(bytes).unwrap())
    });
    let options = jalon::demo::Options { students: 90, years: 2, seed: 11 };
    let mut files: Files =
        jalon::demo::generate(&options, &referentials.collect()).into_iter().collect();
    let mut text = String::from_utf8(files["school.toml"].clone()).unwrap();
    text.push_str(&settings(None, CANAL, None));
    put(&mut files, "school.toml", &text);
    let source = Memory::new(files);
    let (texts, _) = Texts::read(&source).unwrap();
    let (school, _) = school::link(record::load(&texts).0);
    let to = school.partner("0570000R").unwrap();
    let today = "2029-07-01".parse().unwrap();
    // Who works here, or was met in a company, may be called like anybody.
    let mut known: BTreeSet<String> = BTreeSet::new();
    for person in school.people.values() {
        known.insert(folded(&person.full_name()));
    }
    let tutors = school.portfolios.values().iter().filter_map(|one| one.record.tuteur.as_ref());
    known.extend(
        tutors.map(|one| {
            folded(&format!("{} {}", one.prenom.as_deref().unwrap_or_default(), one.nom))
        }),
    );
    let mut packed = 0;
    for (pupil, one) in school
        .pupils
        .iter()
        .filter(|(_, one)| one.record.inactif_depuis.is_some() || one.id.len() % 3 == 0)
    {
        let leaving = Leaving {
            school: &school,
            texts: &texts,
            source: &source,
            pupil,
            to,
            by: "Mme Roy",
            today,
            past: &[],
            whole: true,
        };
        let made = pack(&leaving).unwrap();
        if made.remarks.is_refused() {
            assert!(one.record.inactif_depuis.is_none(), "{:?}", made.remarks);
            continue;
        }
        packed += 1;
        let own: BTreeSet<String> = [folded(&one.full_name()), folded(&one.id)].into();
        let manifest = made.package.manifest("jalon-transfert", 1).into_bytes();
        let files = made.package.files.iter().map(|(name, bytes)| (name.as_str(), bytes));
        for (name, bytes) in files.chain([("paquet.toml", &manifest)]) {
            let said = folded(&(name.to_owned() + "\n" + &String::from_utf8_lossy(bytes)));
            for (_, other) in school.pupils.iter().filter(|(ix, _)| *ix != pupil) {
                let record = &other.record;
                let mut words =
                    vec![folded(&other.id), folded(&other.full_name()), folded(&other.list_name())];
                words
                    .extend(record.ine.iter().chain(&record.eleve_id).map(|number| folded(number)));
                let guardians = record.responsables.iter();
                let guardians = guardians.map(|one| folded(&format!("{} {}", one.prenom, one.nom)));
                let own_guardians: Vec<String> = one
                    .record
                    .responsables
                    .iter()
                    .map(|one| folded(&format!("{} {}", one.prenom, one.nom)))
                    .collect();
                words.extend(guardians.filter(|name| !own_guardians.contains(name)));
                for word in
                    words.iter().filter(|word| !own.contains(*word) && !known.contains(*word))
                {
                    assert!(!said.contains(word.as_str()), "{} of {} names{word}", name, one.id);
                }
            }
        }
    }
    assert!(packed > 2, "{packed}");
}

#[test]
fn ssh_keygen_checks_the_signature() {
    let (_, bytes) = package();
    let files = archive::read(&bytes, LIMITS).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name);
    std::fs::write(path("signers"), format!("lycee {}\n", public(1))).unwrap();
    std::fs::write(path("sig"), &files["paquet.toml.sig"]).unwrap();
    std::fs::write(path("list"), &files["paquet.toml"]).unwrap();
    let check = |list: &str| {
        let mut command = Command::new("ssh-keygen");
        command.current_dir(folder.path()).stdin(std::fs::File::open(path(list)).unwrap());
        command.args([
            "-Y",
            "verify",
            "-f",
            "signers",
            "-I",
            "lycee",
            "-n",
            "jalon-transfert",
            "-s",
            "sig",
        ]);
        command.output()
    };
    let Ok(good) = check("list") else {
        eprintln!("ssh-keygen is not here");
        return;
    };
    assert!(good.status.success(), "{}", String::from_utf8_lossy(&good.stderr));
    std::fs::write(path("other"), [&files["paquet.toml"][..], b"\n"].concat()).unwrap();
    assert!(!check("other").unwrap().status.success());
}

/// What an import refuses with.
fn refusal(plan: &Plan) -> String {
    assert!(plan.is_refused() && plan.changes.is_empty(), "{plan:?}");
    let fatal = plan.remarks.iter().find(|remark| remark.weight == Weight::Fatal).unwrap();
    format!("{} ({})", fatal.sentence, fatal.help.as_deref().unwrap_or_default())
}

#[test]
fn each_wrong_package_is_refused_with_its_own_sentence() {
    let (origin, bytes) = package();
    let yard = destination(true);
    let files = archive::read(&bytes, LIMITS).unwrap();
    let again = |change: &dyn Fn(&mut Files)| {
        let mut files = files.clone();
        change(&mut files);
        archive::write(files.iter().map(|(name, bytes)| (name.as_str(), bytes.as_slice())), &[])
            .unwrap()
    };
    let today = "2027-02-23";
    let told = |bytes: &[u8]| refusal(&yard.plan(bytes, today));
    assert!(told(b"PK\x03\x04").contains("archive"));
    let one = again(&|files| files.get_mut("lsl/2026-2027.toml").unwrap().push(b'\n'));
    assert!(
        told(&one).contains("« lsl/2026-2027.toml » du paquet n’est pas celui qui y a été mis")
    );
    let one = again(&|files| drop(files.remove("lsl/2026-2027.toml")));
    assert!(told(&one).contains("« lsl/2026-2027.toml » manque"));
    let one = again(&|files| drop(files.insert("lsl/2025-2026.toml".into(), b"x".to_vec())));
    assert!(told(&one).contains("« lsl/2025-2026.toml » a été ajouté"));
    let one = again(&|files| drop(files.remove("paquet.toml.sig")));
    assert!(told(&one).contains("n’est pas signé"));
    let one = again(&|files| drop(files.insert("paquet.toml.sig".into(), b"signature".to_vec())));
    assert!(told(&one).contains("ne peut pas être lue"));
    // The list itself, made to agree with what was changed.
    let one = again(&|files| {
        let text = String::from_utf8(files["paquet.toml"].clone()).unwrap();
        let text = text.replace("fait_par = \"Mme Anne Martin\"", "fait_par = \"Mme Anne Petit\"");
        files.insert("paquet.toml".into(), text.into_bytes());
    });
    assert!(told(&one).contains("ne correspond pas à ce paquet"));
    // Signed by another key; for another use.
    let sign = |files: &mut Files, seed, usage: &str| {
        let signature =
            key(seed).sign(usage, ssh_key::HashAlg::Sha512, &files["paquet.toml"]).unwrap();
        files.insert(
            "paquet.toml.sig".into(),
            signature.to_pem(LineEnding::LF).unwrap().into_bytes(),
        );
    };
    let one = again(&|files| sign(files, 2, "jalon-transfert"));
    let fingerprint = key(2).fingerprint(ssh_key::HashAlg::Sha256).to_string();
    assert!(told(&one).contains(&format!(
        "d’une clé que Lycée professionnel Marie-Marvingt n’a pas donnée : {fingerprint}"
    )));
    let one = again(&|files| sign(files, 1, "git"));
    assert!(told(&one).contains("ne correspond pas à ce paquet"));
    // Days.
    assert!(refusal(&yard.plan(&bytes, "2027-02-01")).contains("pas encore passé"));
    assert!(refusal(&yard.plan(&bytes, "2027-09-15")).contains("dernier jour : le 31 août 2027"));
    // Schools.
    let third = destination(true);
    third.edit("school.toml", "uai = \"0570000R\"", "uai = \"0880000C\"");
    assert!(
        refusal(&third.plan(&bytes, today))
            .contains("destiné à Lycée professionnel du Canal (0570000R)")
    );
    let stranger = destination(true);
    stranger.edit("school.toml", "uai = \"0549999A\"", "uai = \"0880000C\"");
    let said = refusal(&stranger.plan(&bytes, today));
    let fingerprint = key(1).fingerprint(ssh_key::HashAlg::Sha256).to_string();
    assert!(
        said.contains("n’est pas parmi vos partenaires") && said.contains(&fingerprint),
        "{said}"
    );
    assert!(refusal(&origin.plan(&bytes, today)).contains("préparé par votre établissement"));
    let shut = destination(true);
    shut.edit("school.toml", "ouvert = true", "ouvert = false");
    assert!(refusal(&shut.plan(&bytes, today)).contains("les transferts sont fermés"));
    // And by the command: code 1, nothing written.
    let before = shut.files();
    let (code, said) = import(&shut, &bytes, &[]);
    assert_eq!((code, shut.files() == before), (Some(1), true), "{said}");
    assert!(said.contains("Rien n’a été écrit."));
}

#[test]
fn nothing_leaves_while_something_is_missing() {
    let yard = origin();
    let refused = |what: &str| {
        let before = yard.files();
        let (code, said, file) = sent(&yard, &[]);
        assert_eq!((code, file.exists(), yard.files() == before), (Some(1), false, true), "{said}");
        assert!(said.contains(what), "{said}");
    };
    yard.edit("school.toml", "ouvert = true", "ouvert = false");
    refused("les transferts sont fermés");
    yard.edit("school.toml", "ouvert = false", "ouvert = true");
    let student = format!("{LEA}/student.toml");
    yard.edit(&student, "inactif_depuis = 2027-02-15\n", "");
    refused("Léa Dupont est encore parmi les présents");
    yard.edit(&student, "naissance", "inactif_depuis = 2027-02-15\nnaissance");
    yard.edit("school.toml", "uai = \"0570000R\"", "uai = \"0880000C\"");
    refused("n’est pas parmi les partenaires");
    yard.edit("school.toml", "uai = \"0880000C\"", "uai = \"0570000R\"");
    yard.edit("school.toml", &public(1), &public(3));
    refused("n’est pas parmi celles que l’établissement a déclarées");
    yard.edit("school.toml", &public(3), &public(1));
    // A key that is shared signs nothing; somebody who may not, neither.
    let inside = yard.content().join("ecole.key");
    std::fs::write(&inside, key(1).to_openssh(LineEnding::LF).unwrap().as_bytes()).unwrap();
    let (code, said) = yard.jalon(&[
        "export",
        "transfer",
        "dupont-lea",
        "--to",
        "0570000R",
        "--key",
        inside.to_str().unwrap(),
        "--by",
        "martin-anne",
    ]);
    assert_eq!(code, Some(2), "{said}");
    assert!(said.contains("qui est partagé ou publié"), "{said}");
    std::fs::remove_file(inside).unwrap();
    let (code, said) = yard.jalon(&[
        "export",
        "transfer",
        "dupont-lea",
        "--to",
        "0570000R",
        "--note",
        "demande",
        "--by",
        "mercier-paul",
    ]);
    assert_eq!(code, Some(3), "{said}");
    // It left in the second semester, and has no review of it: told, and it goes.
    let (code, said, file) = sent(&yard, &[]);
    assert_eq!((code, file.exists()), (Some(0), true), "{said}");
    assert!(said.contains("sans bilan validé pour «\u{a0}2e semestre\u{a0}»"), "{said}");
    assert!(said.contains("son nom a été retiré"), "{said}");
    // With one, it is not told.
    yard.write(&format!("{LEA}/reviews/2027-02-12.toml"), b"date = 2027-02-12\nauteur = \"mercier-paul\"\netat = \"valide\"\nvalide_le = 2027-02-12\nvalide_par = \"mercier-paul\"\n\n[positions]\n\"C1.1\" = \"+\"\n");
    let (code, said, _) = sent(&yard, &[]);
    assert_eq!(code, Some(0), "{said}");
    assert!(!said.contains("sans bilan"), "{said}");
}

#[test]
fn a_folder_that_comes_before_its_pupil_waits() {
    let (_, bytes) = package();
    let yard = destination(false);
    let (code, said) = import(&yard, &bytes, &[]);
    assert_eq!(code, Some(0), "{said}");
    assert!(said.contains("importez d’abord SIECLE"), "{said}");
    let transfer = "transfers/2026-2027/dupont-lea-de-0549999a.toml";
    let waiting = yard.read(transfer);
    assert!(waiting.contains("[reception]") && !waiting.contains("[fusion]"), "{waiting}");
    assert!(!yard.content().join(LEA).exists());
    // SIECLE creates the pupil, under a number of its own: known by the INE, a folder is pending (IMP-10).
    yard.write(&format!("{LEA}/student.toml"), NEW_PUPIL.as_bytes());
    let (school, _) = common::read(&Folder::open(yard.content()).unwrap());
    let pupil = school.pupil("dupont-lea").unwrap();
    assert!(school.transfers_of(pupil).any(school::Transfer::is_pending));
    assert!(school.pupils[pupil].evaluations.is_empty());
    assert!(site(&yard).iter().any(|(path, text)| path.contains("eleves/dupont-lea")
        && text.contains("Un dossier est attendu (")));
    let (code, said) = import(&yard, &bytes, &[]);
    assert_eq!(code, Some(0), "{said}");
    let merged = yard.read(transfer);
    assert!(merged.contains("eleve = \"dupont-lea\"") && merged.contains("[fusion]"), "{merged}");
    assert!(yard.content().join(PACKAGE).join("paquet.toml").exists());
}

#[test]
fn the_pupil_is_created_when_asked() {
    let (_, bytes) = package();
    let yard = destination(false);
    let (code, said) = import(&yard, &bytes, &["--create", "--class", "9x"]);
    assert_eq!(code, Some(1), "{said}");
    assert!(said.contains("aucune classe"), "{said}");
    let (code, said) = import(&yard, &bytes, &["--create", "--class", "1mcva1"]);
    assert_eq!(code, Some(0), "{said}");
    let student = yard.read("students/2026/dupont-lea/student.toml");
    assert!(
        student.contains("ine = \"120890177HA\"") && !student.contains("eleve_id"),
        "{student}"
    );
    assert!(yard.read("transfers/2026-2027/dupont-lea-de-0549999a.toml").contains("[fusion]"));
}

#[test]
fn an_import_that_stopped_goes_on() {
    let (_, bytes) = package();
    let yard = destination(true);
    import(&yard, &bytes, &[]);
    let whole = yard.files();
    let received: Vec<String> =
        whole.keys().filter(|path| path.starts_with(PACKAGE)).cloned().collect();
    for keep in [0, 1, received.len() / 2, received.len() - 1] {
        for path in &received[keep..] {
            std::fs::remove_file(yard.content().join(path)).unwrap();
        }
        let (code, said) = import(&yard, &bytes, &[]);
        assert_eq!(code, Some(0), "{said}");
        assert_eq!(yard.files(), whole, "{keep}");
    }
}

/// The pages of the staff.
fn site(yard: &Yard) -> BTreeMap<String, String> {
    let (school, found) = common::read(&Folder::open(yard.content()).unwrap());
    let site = page::Site::new(&school, &found, "2027-03-01".parse().unwrap());
    let files = render::render(&site).unwrap();
    files
        .iter()
        .filter(|(path, _)| path.ends_with(".html"))
        .map(|(path, bytes)| (path.clone(), String::from_utf8_lossy(bytes).into_owned()))
        .collect()
}

#[test]
fn the_other_school_reads_it_and_its_weeks_count() {
    let (_, bytes) = package();
    let yard = destination(true);
    import(&yard, &bytes, &[]);
    let pages = site(&yard);
    let page = &pages["transferts/dupont-lea/0549999a-2027-02-16.html"];
    for words in [
        "Lycée professionnel Marie-Marvingt",
        "M. Paul Mercier",
        "Bonne année",
        "Bilan du",
        "3,9 semaines de PFMP",
        "Librairie du Pont",
        "Ma vitrine",
        "niveau 3 sur 4",
    ] {
        assert!(page.contains(words), "{words}\n{page}");
    }
    let dashboard =
        pages.iter().find(|(path, _)| path.ends_with("eleves/dupont-lea/index.html")).unwrap();
    assert!(dashboard.1.contains("Dossier reçu : <a"), "{}", dashboard.1);
    let list = &pages["transferts/index.html"];
    assert!(list.contains("Lire le dossier reçu") && list.contains("terminé"), "{list}");
    let (school, _) = common::read(&Folder::open(yard.content()).unwrap());
    let pupil = school.pupil("dupont-lea").unwrap();
    let done = jalon::insight::placement(&school, pupil);
    assert_eq!((done.half_days_elsewhere, done.half_days_done), (39, 39));
    // The class page and the reviews of this school say nothing of hers.
    assert!(school.pupils[pupil].reviews.is_empty());
}

#[test]
fn what_came_stays_as_it_came() {
    let (_, bytes) = package();
    let yard = destination(true);
    import(&yard, &bytes, &[]);
    let told = || {
        let (texts, _) = Texts::read(&Folder::open(yard.content()).unwrap()).unwrap();
        let (school, _) = school::link(record::load(&texts).0);
        let findings = rule::check(&school).into_iter();
        let kept = findings.filter(|one| one.code.name == "TRANSFERT-INTACT");
        kept.map(|one| one.message).collect::<Vec<_>>()
    };
    assert!(told().is_empty(), "{:?}", told());
    yard.edit(&format!("{PACKAGE}/reviews/2026-12-11.toml"), "aisance", "peine");
    assert_eq!(told(), ["ce fichier n’est plus tel que l’autre établissement l’a signé"]);
    yard.write(
        &format!("{PACKAGE}/reviews/2027-02-01.toml"),
        b"date = 2027-02-01\nauteur = \"x\"\netat = \"brouillon\"\n",
    );
    assert_eq!(told().len(), 2);
    // The layout of the other school is left alone.
    import(&yard, &bytes, &[]);
    let (_, said) = yard.jalon(&["fmt", "--check"]);
    assert!(!said.contains("received"), "{said}");
}

#[test]
fn a_third_school_reads_what_the_first_wrote() {
    let (_, bytes) = package();
    let mut second = destination(true);
    import(&second, &bytes, &[]);
    second.commit("anne.martin");
    second.edit("school.toml", "ouvert = true\n", &format!("ouvert = true\n\n[[transferts.cles]]\ncle = \"{}\"\n\n[[transferts.partenaires]]\nuai = \"0880000C\"\nnom = \"Lycée des Vosges\"\n", public(5)));
    second.edit(
        &format!("{LEA}/student.toml"),
        "naissance",
        "inactif_depuis = 2027-06-01\nnaissance",
    );
    second.commit("anne.martin");
    let key_file = second.home.path().join("ecole.key");
    std::fs::write(&key_file, key(5).to_openssh(LineEnding::LF).unwrap().as_bytes()).unwrap();
    let out = second.home.path().join("sortie/exports");
    let (code, said) = second.jalon(&[
        "export",
        "transfer",
        "dupont-lea",
        "--to",
        "0880000C",
        "--key",
        key_file.to_str().unwrap(),
        "--out",
        out.to_str().unwrap(),
        "--today",
        "2027-06-02",
        "--by",
        "martin-anne",
    ]);
    assert_eq!(code, Some(0), "{said}");
    let bytes = std::fs::read(out.join("transfert-dupont-lea-0880000c-2027-06-02.zip")).unwrap();
    let third = Yard::new(|files| {
        let school = String::from_utf8(files["school.toml"].clone())
            .unwrap()
            .replace("0549999A", "0880000C");
        let key = format!("cle = \"{}\"", public(5));
        put(files, "school.toml", &(school + &settings(None, CANAL, Some(&key))));
        files.retain(|path, _| !path.starts_with(LEA) && !path.starts_with("evaluations"));
        put(files, &format!("{LEA}/student.toml"), NEW_PUPIL);
    });
    let file = third.home.path().join("paquet.zip");
    std::fs::write(&file, &bytes).unwrap();
    let (code, said) = third.jalon(&[
        "import",
        "transfer",
        file.to_str().unwrap(),
        "--today",
        "2027-06-10",
        "--by",
        "martin-anne",
    ]);
    assert_eq!(code, Some(0), "{said}");
    let (school, found) = common::read(&Folder::open(third.content()).unwrap());
    let pupil = school.pupil("dupont-lea").unwrap();
    let all: Vec<&str> =
        school.received_of(pupil).map(|(_, one)| one.folder.origine.uai.as_str()).collect();
    assert_eq!(all, ["0549999A", "0570000R"]);
    assert!(!found.iter().any(|one| one.file.contains("/received/")), "{found:?}");
    let findings = rule::check(&school);
    assert!(!findings.iter().any(|one| one.code.name == "TRANSFERT-INTACT"), "{findings:?}");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    #[test]
    fn one_byte_changed_anywhere_is_refused(place in 0usize..1_000_000, bit in 0u8..8) {
        static PACKAGE: std::sync::LazyLock<(Yard, Vec<u8>)> = std::sync::LazyLock::new(|| (destination(true), package().1));
        let (yard, bytes) = &*PACKAGE;
        let files = archive::read(bytes, LIMITS).unwrap();
        // A byte of a file, in an archive that is whole.
        let names: Vec<&String> = files.keys().filter(|name| !files[*name].is_empty()).collect();
        let name = names[place % names.len()];
        let mut changed = files.clone();
        let file = changed.get_mut(name).unwrap();
        let at = place % file.len();
        file[at] ^= 1 << bit;
        let again = archive::write(changed.iter().map(|(name, bytes)| (name.as_str(), bytes.as_slice())), &[]).unwrap();
        let plan = yard.plan(&again, "2027-02-23");
        // The armour of a signature may be written in several ways; nothing else may.
        let same = name == "paquet.toml.sig" && !plan.is_refused();
        prop_assert!(same || plan.is_refused() && plan.changes.is_empty(), "{name} at {at}");
        // A byte of the archive: refused, or the same files as before.
        let mut raw = bytes.clone();
        let at = place % raw.len();
        raw[at] ^= 1 << bit;
        let plan = yard.plan(&raw, "2027-02-23");
        let read = archive::read(&raw, LIMITS).ok();
        prop_assert!(plan.is_refused() || read.as_ref() == Some(&files), "byte {at}");
    }
}
