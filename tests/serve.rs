//! The preview as a browser meets it: what is answered, to whom, and that it equals a fresh build.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test stops when it cannot go on")]
#![expect(clippy::disallowed_methods, reason = "the tests play the part of an editor")]

use std::collections::BTreeMap;
use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::net::TcpStream;
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{self, Receiver};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};

use jalon::diagnostic::Finding;
use jalon::page::Site;
use jalon::record::{self, Memo, Records};
use jalon::render::{Bytes, Files, PageMemo, render_with};
use jalon::school::link;
use jalon::serve::{self, Built, Event, Handle, Options, run_with};
use jalon::source::{Folder, Shelf, Texts};
use proptest::prelude::*;
use proptest::test_runner::TestRunner;

/// Longer than anything here takes, so that a fault ends the test.
const PATIENCE: Duration = Duration::from_secs(30);

/// A running preview.
struct Running<'a> {
    port: u16,
    events: &'a Receiver<String>,
}

/// Runs the preview of a folder while a test looks at it, and stops it whatever happens.
fn previewing(
    folder: &Path,
    poll: bool,
    rebuild: &(dyn Fn() -> Built + Sync),
    test: impl FnOnce(&Running<'_>),
) {
    struct Stop(Handle);
    impl Drop for Stop {
        fn drop(&mut self) {
            self.0.stop();
        }
    }
    let (sender, events) = mpsc::channel();
    let tell = move |event: Event<'_>| drop(sender.send(format!("{event:?}")));
    let options =
        Options { roots: vec![folder.to_path_buf()], ignore: folder.join("out"), port: 0, poll };
    let handle = Handle::default();
    thread::scope(|scope| {
        let stop = Stop(handle.clone());
        let served = scope.spawn(|| run_with(&options, &handle, rebuild, &tell));
        let listening = wait_for(&events, "Listening");
        let port = listening.rsplit(':').next().unwrap().trim_end_matches("/\")");
        test(&Running { port: port.parse().unwrap(), events: &events });
        drop(stop);
        served.join().unwrap().unwrap();
    });
}

fn wait_for(events: &Receiver<String>, what: &str) -> String {
    let until = Instant::now() + PATIENCE;
    loop {
        let left = until.saturating_duration_since(Instant::now());
        let event = events.recv_timeout(left).unwrap_or_else(|_| panic!("no {what} in time"));
        if event.starts_with(what) {
            return event;
        }
    }
}

impl Running<'_> {
    fn connect(&self) -> TcpStream {
        let stream = TcpStream::connect(("127.0.0.1", self.port)).unwrap();
        stream.set_read_timeout(Some(PATIENCE)).unwrap();
        stream
    }

    /// Sends a request (`{port}` is filled in) and gives the head and the body of the answer.
    fn ask(&self, request: &str) -> (String, Vec<u8>) {
        let mut stream = self.connect();
        let request = request.replace("{port}", &self.port.to_string());
        stream.write_all(request.as_bytes()).unwrap();
        read_answer(&mut BufReader::new(stream), !request.starts_with("HEAD"))
    }

    fn get(&self, path: &str) -> (String, Vec<u8>) {
        self.ask(&format!("GET {path} HTTP/1.1\r\nHost: localhost:{{port}}\r\n\r\n"))
    }

    fn page(&self, path: &str) -> String {
        String::from_utf8(self.get(path).1).unwrap()
    }

    /// Waits, rebuild after rebuild, until a page holds some words.
    fn wait_until(&self, path: &str, words: &str) {
        while !self.page(path).contains(words) {
            wait_for(self.events, "Rebuilt");
        }
    }
}

fn read_answer(from: &mut impl BufRead, with_body: bool) -> (String, Vec<u8>) {
    let mut head = String::new();
    while !head.ends_with("\r\n\r\n") {
        assert!(from.read_line(&mut head).unwrap() > 0, "the answer breaks off: {head}");
    }
    let length = head.lines().find_map(|line| line.strip_prefix("Content-Length: "));
    let mut body = vec![0; length.filter(|_| with_body).map_or(0, |text| text.parse().unwrap())];
    from.read_exact(&mut body).unwrap();
    (head, body)
}

/// A page as `build` writes it: without what was added on the way.
fn without_additions(page: &[u8]) -> Vec<u8> {
    let page = String::from_utf8(page.to_vec()).unwrap();
    let start = page.rfind("<link rel=\"stylesheet\" href=\"/_jalon/apercu.css\">").unwrap();
    let script = start + page[start..].rfind("<script src=\"/_jalon/").unwrap();
    let end = script + page[script..].find("</script>\n").unwrap() + "</script>\n".len();
    format!("{}{}", &page[..start], &page[end..]).into_bytes()
}

fn one_page(text: &str) -> Built {
    let page = format!("<html><body>{text}</body></html>");
    let files = [
        ("index.html", page.as_str()),
        ("a/index.html", "<body></body>"),
        ("assets/x.css", "p {}"),
    ];
    let files = files.map(|(at, text)| (at.to_owned(), text.as_bytes().into()));
    Built { files: Some(Files::from(files)), ..Built::default() }
}

#[test]
fn pages_are_served_to_this_machine() {
    let folder = tempfile::tempdir().unwrap();
    previewing(folder.path(), false, &|| one_page("bonjour"), |preview| {
        let (head, body) = preview.get("/");
        assert!(head.starts_with("HTTP/1.1 200 "), "{head}");
        assert!(head.contains("Content-Type: text/html; charset=utf-8\r\n"));
        assert!(head.contains("Cache-Control: no-store\r\n"));
        assert_eq!(without_additions(&body), b"<html><body>bonjour</body></html>");
        let (head_only, none) = preview.ask("HEAD / HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n\r\n");
        assert!(head_only.starts_with("HTTP/1.1 200 ") && none.is_empty());
        let length =
            |head: &str| head.lines().find(|line| line.starts_with("Content-Length")).map(str::len);
        assert_eq!(length(&head_only), length(&head));
        assert_eq!(preview.get("/assets/x.css").1, b"p {}");
        assert!(preview.get("/a").0.contains("Location: /a/\r\n"));
        for (path, status) in [
            ("/rien", "404"),
            ("/../Cargo.toml", "404"),
            ("/%2e%2e/%2e%2e/etc/passwd", "404"),
            ("/_jalon/rechargement.js", "200"),
            ("/_jalon/apercu.css", "200"),
        ] {
            let head = preview.get(path).0;
            assert!(head.starts_with(&format!("HTTP/1.1 {status} ")), "{path}: {head}");
        }
        assert!(preview.page("/rien").contains("Retour à l’accueil"));
    });
}

#[test]
fn what_only_a_hostile_client_asks_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    previewing(folder.path(), false, &|| one_page("secret"), |preview| {
        let ours = "Host: localhost:{port}\r\n";
        for (request, status) in [
            (format!("POST / HTTP/1.1\r\n{ours}Content-Length: 0\r\n\r\n"), "405"),
            (format!("DELETE / HTTP/1.1\r\n{ours}\r\n"), "405"),
            (format!("OPTIONS / HTTP/1.1\r\n{ours}\r\n"), "405"),
            (format!("GET / HTTP/1.1\r\n{ours}Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n"), "400"),
            (format!("GET / HTTP/1.1\r\n{ours}Content-Length: 3\r\n\r\nabc"), "400"),
            (format!("GET / HTTP/1.1\r\n{ours}Content-Length: -1\r\n\r\n"), "400"),
            ("GET / HTTP/1.1\r\nHost: evil.example:{port}\r\n\r\n".into(), "403"),
            ("GET / HTTP/1.1\r\nHost: localhost:1\r\n\r\n".into(), "403"),
            ("GET / HTTP/1.1\r\n\r\n".into(), "403"),
            (format!("GET / HTTP/1.1\r\n{ours}Host: evil.example\r\n\r\n"), "403"),
        ] {
            let (head, body) = preview.ask(&request);
            assert!(head.starts_with(&format!("HTTP/1.1 {status} ")), "{request}: {head}");
            assert!(head.contains("Connection: close\r\n"), "{head}");
            assert!(!String::from_utf8(body).unwrap().contains("secret"));
        }
    });
}

#[test]
fn a_request_hidden_in_a_body_is_not_answered() {
    let folder = tempfile::tempdir().unwrap();
    previewing(folder.path(), false, &|| one_page("secret"), |preview| {
        let mut stream = preview.connect();
        let hidden = format!("GET / HTTP/1.1\r\nHost: localhost:{}\r\n\r\n", preview.port);
        let head = "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n";
        stream.write_all(format!("{head}{hidden}").as_bytes()).unwrap();
        let mut stream = BufReader::new(stream);
        let (first, _) = read_answer(&mut stream, true);
        let (second, body) = read_answer(&mut stream, true);
        assert!(first.starts_with("HTTP/1.1 405 ") && second.starts_with("HTTP/1.1 400 "));
        assert!(!String::from_utf8(body).unwrap().contains("secret"));
    });
}

#[test]
fn open_pages_hear_of_a_change_and_the_last_good_site_outlives_failures() {
    let folder = tempfile::tempdir().unwrap();
    let text = folder.path().join("text");
    let mode = AtomicUsize::new(0);
    fs::write(&text, "un").unwrap();
    let rebuild = || match mode.load(Ordering::SeqCst) {
        0 => one_page(&fs::read_to_string(&text).unwrap_or_default()),
        1 => Built { failure: Some("gabarit <b>".into()), ..Built::default() },
        _ => panic!("a fault of the program"),
    };
    previewing(folder.path(), false, &rebuild, |preview| {
        let mut stream = preview.connect();
        let host = format!("Host: localhost:{}\r\n", preview.port);
        let request = format!("GET /_jalon/evenements HTTP/1.1\r\n{host}\r\n");
        stream.write_all(request.as_bytes()).unwrap();
        let mut lines = BufReader::new(stream).lines();
        let mut next = || loop {
            let line = lines.next().unwrap().unwrap();
            if let Some(generation) = line.strip_prefix("data: ") {
                return generation.to_owned();
            }
        };
        let first = next();
        let shows = |generation: &str| {
            preview.page("/").contains(&format!("data-generation=\"{generation}\""))
        };
        assert!(shows(&first));

        fs::write(&text, "deux").unwrap();
        preview.wait_until("/", "deux");
        mode.store(1, Ordering::SeqCst);
        fs::write(&text, "trois").unwrap();
        preview.wait_until("/", "gabarit &lt;b&gt;");
        assert!(preview.page("/").contains("deux"));

        mode.store(2, Ordering::SeqCst);
        fs::write(&text, "quatre").unwrap();
        preview.wait_until("/", "erreur interne");
        assert!(preview.page("/").contains("deux"));

        mode.store(0, Ordering::SeqCst);
        fs::remove_file(&text).unwrap();
        preview.wait_until("/", "<body><link");
        assert!(!preview.page("/").contains("jalon-apercu\""));
        let mut last = next();
        assert_ne!(last, first);
        while !shows(&last) {
            last = next();
        }
    });
}

#[test]
fn a_branch_switch_is_one_rebuild_and_our_output_is_none() {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("out")).unwrap();
    let rebuilds = AtomicUsize::new(0);
    let rebuild = || one_page(&rebuilds.fetch_add(1, Ordering::SeqCst).to_string());
    previewing(folder.path(), false, &rebuild, |preview| {
        for n in 0..500 {
            let students = folder.path().join(format!("students/{}", n % 20));
            fs::create_dir_all(&students).unwrap();
            fs::write(students.join(format!("{n}.toml")), "a = 1").unwrap();
        }
        wait_for(preview.events, "Rebuilt");
        fs::write(folder.path().join("out/index.html"), "x").unwrap();
        thread::sleep(Duration::from_millis(200));
        // One on a quiet machine; a busy one may pause in the midst of the writing.
        assert!(rebuilds.load(Ordering::SeqCst) <= 1 + 5, "{rebuilds:?}");
    });
}

#[test]
fn changes_are_seen_without_events_and_after_the_folder_came_back() {
    let parent = tempfile::tempdir().unwrap();
    let folder = parent.path().join("content");
    let record = folder.join("a.toml");
    for poll in [true, false] {
        fs::create_dir_all(&folder).unwrap();
        fs::write(&record, "1").unwrap();
        let rebuild = || one_page(&fs::read_to_string(&record).unwrap_or_default());
        previewing(&folder, poll, &rebuild, |preview| {
            fs::write(&record, "2").unwrap();
            preview.wait_until("/", "<body>2");
            fs::rename(&folder, parent.path().join("elsewhere")).unwrap();
            preview.wait_until("/", "<body><link");
            fs::create_dir(&folder).unwrap();
            fs::write(&record, "3").unwrap();
            preview.wait_until("/", "<body>3");
            fs::write(&record, "4").unwrap();
            preview.wait_until("/", "<body>4");
            fs::remove_dir_all(parent.path().join("elsewhere")).unwrap();
        });
    }
}

// A tiny school, and edits of it.

const SCHOOL: &str = r#"format = 1
nom = "Lycée A"
uai = "0549999A"
courriel = "a@lycee.fr"
annee = "2026-2027"
book = true
"#;

const STAFF: &str = r#"[personnes.mercier-paul]
civilite = "M."
nom = "Mercier"
prenom = "Paul"
courriels = ["paul@lycee.fr"]
roles = ["enseignant"]
"#;

const CLASSES: &str = r#"[classes.1mcva1]
nom = "1 MCVA 1"
diplome = "mcv-a"
niveau = "premiere"
equipe = ["mercier-paul"]
"#;

const CALENDAR: &str = r#"debut = 2026-09-01
fin = 2027-07-03

[[periodes]]
code = "S1"
intitule = "1er semestre"
debut = 2026-09-01
fin = 2027-06-30

[[lsl]]
diplome = "mcv-a"
niveau = "premiere"
periodicite = "semestre"
"#;

const COMMON: &str = r#"sigle = "Commun"
intitule = "Règles communes"
genre = "commun"
version = "2026"
niveaux = []

[[livret]]
code = "002"
premiere_session = 2026
niveaux = ["premiere"]
bilans = "cycle"
appreciation_max = 300
pfmp = "module"
pfmp_max = 300
arrondi = "troncature"
"#;

const LIVRET: &str = r#"enseignants = ["mercier-paul"]

[niveaux]
L1 = 3

[[notes]]
periode = "S1"
note = 11.5
"#;

const REFERENTIAL: &str = r#"sigle = "MCV A"
intitule = "Métiers du commerce"
genre = "bac-pro"
version = "2019"
niveaux = ["premiere"]

[[groupes]]
code = "C1"

[[groupes.competences]]
code = "C1.0"
intitule = "Accueillir"

[[groupes.competences.criteres]]
code = "C1.0.a"
intitule = "Écoute"

[[grilles]]
code = "E31"
epreuve = "E31"
titre = "Grille E31"
lignes = ["C1.0.a"]
echelle = ["Novice", "Débrouillé", "Averti", "Expert"]

[lsl]
fusion = false

[[lsl.competences]]
code = "L1"
intitule = "Accueillir"
regroupe = ["C1.0"]
"#;

const PUPIL: &str = r#"nom = "Dupont"
prenom = "Léa"
naissance = 2010-02-03

[[scolarite]]
annee = "2026-2027"
classe = "1mcva1"
statut = "scolaire"
"#;

const EVALUATION: &str = r#"titre = "Accueil"
date = 2026-11-06
auteur = "mercier-paul"
complexite = "Int"
criteres = ["C1.0.a"]

[resultats]
dupont-lea = ["++"]
"#;

const PERIOD: &str = r#"titre = "PFMP 3"
diplome = "mcv-a"
niveau = "premiere"
debut = 2027-01-11
fin = 2027-02-05

[referents]
dupont-lea = "mercier-paul"
"#;

const PORTFOLIO: &str = r#"[entreprise]
nom = "Librairie"

[[journal]]
semaine = 1
saisi_le = 2027-01-15
activites = "Accueil des clients"

[bilan_entreprise]
date = 2027-02-04
enseignant = "mercier-paul"
tuteur = "Claire Perrin"
etat = "valide"

[bilan_entreprise.resultats]
"C1.0" = "++"
"#;

const GRID: &str = r#"auteur = "mercier-paul"
note_proposee = 13.5

[niveaux]
"C1.0.a" = 3
"#;

const ATTESTATION: &str = r#"date = 2027-06-30
auteur = "mercier-paul"
motif = "sortie"

[competences]
"C1.0" = { par = "mercier-paul", le = 2027-06-25 }
"#;

const BOOK: &str = r#"+++
titre = "La vitrine"
date = 2026-12-04
lieu = "entreprise"
competences = ["C1.0"]
+++
J’ai choisi les couleurs.
"#;

const JURY: &str = r#"titre = "Jury"
objet = "deliberation"
diplome = "mcv-a"
date = 2028-07-03
candidats = ["dupont-lea"]
"#;

const READING: &str = r#"date = 2028-07-03
par = "jury"
commission = "jury"
documents = ["livret"]
mode = "copie"
eleves = ["dupont-lea"]
"#;

/// Each file, its sound text, and what another sound text of the same size differs in.
const RECORDS: &[(&str, &str, &str, &str)] = &[
    ("school.toml", SCHOOL, "Lycée A", "Lycée B"),
    ("staff.toml", STAFF, "Mercier", "Merlier"),
    ("classes/2026-2027.toml", CLASSES, "MCVA 1", "MCVA 2"),
    ("calendar/2026-2027.toml", CALENDAR, "07-03", "07-04"),
    ("referentials/mcv-a.toml", REFERENTIAL, "Écoute", "Écouté"),
    ("students/2025/dupont-lea/student.toml", PUPIL, "Dupont", "Duppnt"),
    ("students/2025/martin-hugo/student.toml", PUPIL, "Léa", "Léo"),
    ("evaluations/2026-2027/1mcva1/accueil.toml", EVALUATION, "++", "--"),
    ("evaluations/2026-2027/1mcva1/vente.toml", EVALUATION, "Accueil", "<b>Vte "),
    ("pfmp/periods/2026-2027/pfmp-3.toml", PERIOD, "02-05", "02-12"),
    ("students/2025/dupont-lea/pfmp/2026-2027-pfmp-3.toml", PORTFOLIO, "++", "--"),
    ("students/2025/martin-hugo/pfmp/2026-2027-pfmp-3.toml", PORTFOLIO, "Librairie", "Boucherie"),
    ("students/2025/dupont-lea/certification/2028-e31.toml", GRID, "13.5", "14.5"),
    ("students/2025/dupont-lea/attestations/2027-06-30.toml", ATTESTATION, "06-25", "06-26"),
    ("referentials/commun.toml", COMMON, "= 300", "= 200"),
    ("students/2025/dupont-lea/lsl/2026-2027.toml", LIVRET, "11.5", "12.5"),
    ("students/2025/martin-hugo/lsl/2026-2027.toml", LIVRET, "11.5", "17.5"),
    ("students/2025/dupont-lea/book/vitrine.md", BOOK, "couleurs", "<b>verts"),
    ("register/2028/commissions/jury.toml", JURY, "07-03", "07-02"),
    ("register/2028/consultations/jury.toml", READING, "livret", "bilans"),
];

/// One of the texts a file may have: sound, sound otherwise, broken.
fn text(file: usize, which: usize) -> String {
    let (_, text, from, to) = RECORDS[file];
    match which {
        0 => text.to_owned(),
        1 => text.replace(from, to),
        _ => text.replacen('=', "= =", 1),
    }
}

#[derive(Clone, Debug)]
enum Edit {
    Write(usize, usize),
    AtomicSave(usize, usize),
    Delete(usize),
    Rename(usize, usize),
}

fn edits() -> impl Strategy<Value = Vec<Vec<Edit>>> {
    let file = || 0..RECORDS.len();
    let edit = prop_oneof![
        4 => (file(), 0..3usize).prop_map(|(file, which)| Edit::Write(file, which)),
        2 => (file(), 0..3usize).prop_map(|(file, which)| Edit::AtomicSave(file, which)),
        2 => file().prop_map(Edit::Delete),
        1 => (file(), file()).prop_map(|(from, to)| Edit::Rename(from, to)),
    ];
    proptest::collection::vec(proptest::collection::vec(edit, 1..4), 1..5)
}

fn apply(folder: &Path, edit: &Edit) {
    let path = |file: usize| folder.join(RECORDS[file].0);
    let write = |at: &Path, text: String| {
        fs::create_dir_all(at.parent().unwrap()).unwrap();
        fs::write(at, text).unwrap();
    };
    match *edit {
        Edit::Write(file, which) => write(&path(file), text(file, which)),
        Edit::AtomicSave(file, which) => {
            let beside = path(file).with_file_name(".save.tmp");
            write(&beside, text(file, which));
            fs::rename(beside, path(file)).unwrap();
        }
        // `school.toml` stays: without it there is no school to read.
        Edit::Delete(0) | Edit::Rename(0, _) => {}
        Edit::Delete(file) => drop(fs::remove_file(path(file))),
        Edit::Rename(from, to) if path(from).exists() => {
            fs::create_dir_all(path(to).parent().unwrap()).unwrap();
            fs::rename(path(from), path(to)).unwrap();
        }
        Edit::Rename(..) => {}
    }
}

fn tiny_school() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    (0..RECORDS.len()).for_each(|file| apply(folder.path(), &Edit::Write(file, 0)));
    folder
}

fn finish(
    texts: &Texts,
    records: Records,
    mut findings: Vec<Finding>,
    pages: &mut PageMemo,
) -> Built {
    let (school, found) = link(records);
    findings.extend(found);
    let diagnostics = record::report(findings, texts);
    let site = Site::new(&school, &diagnostics, "2026-11-22".parse().unwrap());
    let files = render_with(&site, &serve::fingerprints(&school, texts), pages).unwrap();
    Built { files: Some(files), diagnostics, ..Built::default() }
}

fn fresh_build(folder: &Path) -> Built {
    let (texts, mut findings) = Texts::read(&Folder::open(folder).unwrap()).unwrap();
    let (records, found) = record::load(&texts);
    findings.extend(found);
    finish(&texts, records, findings, &mut PageMemo::default())
}

type Memory = (Shelf, Memo, PageMemo);

fn remembering_build(folder: &Path, memory: &mut Memory) -> Built {
    let source = Folder::open(folder).unwrap();
    let (texts, mut findings) = Texts::read_with(&source, &mut memory.0).unwrap();
    let (records, found) = record::load_with(&texts, &mut memory.1);
    findings.extend(found);
    finish(&texts, records, findings, &mut memory.2)
}

#[test]
fn the_tiny_school_is_sound_at_first() {
    let folder = tiny_school();
    let built = fresh_build(folder.path());
    assert!(built.diagnostics.is_empty(), "{:#?}", built.diagnostics);
    let files = built.files.unwrap();
    let evaluation = &files["mcv-a/evaluations/2026-2027/1mcva1/accueil.html"];
    assert!(String::from_utf8_lossy(evaluation).contains("DUPONT"));
}

#[test]
fn an_unchanged_text_is_the_same_one_at_the_next_reading() {
    let folder = tiny_school();
    let source = Folder::open(folder.path()).unwrap();
    let mut shelf = Shelf::default();
    let (first, _) = Texts::read_with(&source, &mut shelf).unwrap();
    apply(folder.path(), &Edit::Write(1, 1));
    let (second, _) = Texts::read_with(&source, &mut shelf).unwrap();
    let same: BTreeMap<_, _> = first
        .iter()
        .map(|(path, text)| (&**path, Arc::ptr_eq(text, second.get(path).unwrap())))
        .collect();
    assert!(same.iter().all(|(path, same)| *same != (*path == "staff.toml")), "{same:?}");
}

#[test]
fn a_file_that_comes_out_the_same_is_the_same_bytes_at_the_next_build() {
    let folder = tiny_school();
    let mut memory = Memory::default();
    let mut files = || remembering_build(folder.path(), &mut memory).files.unwrap();
    let first = files();
    // The calendar counts for every fingerprint: all pages are made again, and few are different.
    apply(folder.path(), &Edit::Write(3, 1));
    let second = files();
    assert!(first.keys().eq(second.keys()));
    let other = |(at, bytes): &(&String, &Bytes)| !Arc::ptr_eq(&first[*at], bytes);
    let others: Vec<&String> = second.iter().filter(other).map(|(at, _)| at).collect();
    assert!(others.iter().all(|at| first[*at] != second[*at]), "{others:?}");
    assert!(!others.is_empty() && others.len() < first.len() / 2, "{others:?}");
}

fn config(cases: u32) -> ProptestConfig {
    ProptestConfig { cases, failure_persistence: None, ..ProptestConfig::default() }
}

proptest! {
    #![proptest_config(config(32))]

    #[test]
    fn a_build_that_remembers_equals_a_fresh_one(batches in edits()) {
        let folder = tiny_school();
        let mut memory = Memory::default();
        for batch in batches {
            batch.iter().for_each(|edit| apply(folder.path(), edit));
            let remembering = remembering_build(folder.path(), &mut memory);
            let fresh = fresh_build(folder.path());
            prop_assert_eq!(remembering.files, fresh.files);
            let (a, b) = (remembering.diagnostics, fresh.diagnostics);
            prop_assert_eq!(format!("{a:?}"), format!("{b:?}"));
        }
    }
}

/// Whether every page of a fresh build is served, byte for byte.
fn serves(preview: &Running<'_>, fresh: &Files) -> Result<(), String> {
    for (address, bytes) in fresh {
        let (head, mut body) = preview.get(&format!("/{address}"));
        if !head.starts_with("HTTP/1.1 200") {
            return Err(format!("{address} is missing"));
        }
        if address.ends_with(".html") {
            body = without_additions(&body);
        }
        if body != **bytes {
            return Err(format!("{address} differs"));
        }
    }
    Ok(())
}

#[test]
fn what_is_served_equals_a_fresh_build_after_any_edits() {
    let folder = tiny_school();
    let memory = Mutex::new(Memory::default());
    let rebuild = || remembering_build(folder.path(), &mut memory.lock().unwrap());
    previewing(folder.path(), false, &rebuild, |preview| {
        let outcome = TestRunner::new(config(6)).run(&edits(), |batches| {
            for batch in batches {
                batch.iter().for_each(|edit| apply(folder.path(), edit));
                let fresh = fresh_build(folder.path()).files.unwrap();
                let until = Instant::now() + PATIENCE;
                while let Err(difference) = serves(preview, &fresh) {
                    prop_assert!(Instant::now() < until, "{}", difference);
                    let _ = preview.events.recv_timeout(Duration::from_millis(20));
                }
            }
            Ok(())
        });
        outcome.unwrap();
    });
}

#[test]
fn an_error_stands_over_the_last_good_page_and_is_escaped() {
    let folder = tiny_school();
    let memory = Mutex::new(Memory::default());
    let rebuild = || remembering_build(folder.path(), &mut memory.lock().unwrap());
    previewing(folder.path(), false, &rebuild, |preview| {
        let address = "/mcv-a/evaluations/2026-2027/1mcva1/accueil.html";
        assert!(preview.page(address).contains("DUPONT"));
        let broken = EVALUATION.replace("\"Int\"", "\"<script>alert(1)</script>\"");
        fs::write(folder.path().join(RECORDS[7].0), broken).unwrap();
        preview.wait_until(address, "1 erreur à corriger");
        let page = preview.page(address);
        assert!(page.contains("DUPONT"), "the last good page stays");
        assert!(page.contains("accueil.toml</b>, ligne 4 : "), "{page}");
        assert!(page.contains("&lt;script&gt;") && !page.contains("<script>alert"));
    });
}
