//! The letters that open pupils' pages: one page each, nothing of another pupil, a square and words that
//! follow from the secret, and nothing of all that anywhere but in the files of `--out`.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test stops when it cannot go on")]
#![allow(clippy::print_stderr, reason = "a test that is skipped says so")]
#![expect(clippy::disallowed_methods, reason = "tests make and break schools of their own")]

#[allow(dead_code, reason = "the letters need a part of it")]
#[path = "paper/browser.rs"]
mod browser;
mod common;
#[path = "paper/judge.rs"]
mod judge;

use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use hayro::hayro_interpret::InterpreterSettings;
use hayro::hayro_syntax::Pdf;
use hayro::vello_cpu::color::palette::css::WHITE;
use hayro::{PixmapSettings, RenderCache, RenderSettings, render};
use jalon::family::{Bearer, Code, Secret};
use jalon::page::{Desk, LetterCode, LetterOrder, Recorded, Site, class_readers, letters_sheet};
use jalon::paper::fonts::FONTS;
use jalon::render::{Printery, logo_address};
use jalon::source::Memory;

const TODAY: &str = "2026-11-22";
const ADDRESS: &str = "https://familles.marvingt.example/";

/// A school, a secret, a place for letters.
struct Here {
    folder: tempfile::TempDir,
}

/// A guardian as `student.toml` has one.
fn guardian(legal: u8, title: &str, link: &str, name: &str, more: &str) -> String {
    let (first, last) = name.split_once(' ').unwrap();
    format!(
        "[[responsables]]\nlien = \"{link}\"\nlegal = {legal}\ncivilite = \"{title}\"\nnom = \"{last}\"\n\
         prenom = \"{first}\"\nadresse = \"{legal} rue des Lilas\"\ncode_postal = \"54000\"\n\
         ville = \"Nancy\"\n{more}"
    )
}

/// A small school with a families' site: Lorenzo has one guardian and a second code, Léa two guardians
/// of whom one refused, Émile is of age.
fn school() -> Vec<(String, String)> {
    let more = |path: &str, text: &str| -> Option<String> {
        let id = path.strip_prefix("students/2025/")?.strip_suffix("/student.toml")?;
        let (head, stays) = text.split_once("[[scolarite]]")?;
        Some(match id {
            "adami-lorenzo" => format!(
                "{head}codes_annules = [2026-10-05]\n[[scolarite]]{stays}{}",
                guardian(1, "Mme", "mère", "Rosa Adami", "")
            ),
            "dupont-lea" => format!(
                "{text}{}{}",
                guardian(1, "Mme", "mère", "Nadia Dupont", ""),
                guardian(2, "M.", "père", "Karim Benali", "refus_site = 2026-09-20\n")
            ),
            "zola-emile" => format!(
                "{}{}",
                text.replace("2009-03-14", "2008-01-10"),
                guardian(1, "M.", "tuteur", "Paul Zola", "")
            ),
            _ => return None,
        })
    };
    let sound = common::small_school().into_iter().filter(|(path, _)| !path.contains("/lsl/"));
    let files = sound.map(|(path, text)| {
        let text = match path.as_str() {
            "school.toml" => format!(
                "{text}[familles]\nadresse = \"{ADDRESS}\"\ncontact = \"la vie scolaire, 03 00 00 00 01\"\n\
                 refus_avant = 2026-12-04\n"
            ),
            _ => more(&path, &text).unwrap_or(text),
        };
        (path, text)
    });
    files.collect()
}

impl Here {
    fn new() -> Self {
        let here = Self { folder: tempfile::tempdir().unwrap() };
        for (path, text) in school() {
            here.put(&format!("ecole/content/{path}"), &text);
        }
        git2::Repository::init(here.at("ecole")).unwrap();
        here.put("secret", &STANDARD.encode((0..32).collect::<Vec<u8>>()));
        std::fs::create_dir(here.at("tmp")).unwrap();
        here
    }

    fn at(&self, path: &str) -> PathBuf {
        self.folder.path().join(path)
    }

    fn put(&self, path: &str, text: &str) {
        let path = self.at(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }

    fn read(&self, path: &str) -> Vec<u8> {
        std::fs::read(self.at(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
    }

    fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_jalon"));
        command.current_dir(self.at("ecole")).args(args).env_remove("JALON_SECRET");
        command.env("TMPDIR", self.at("tmp")).env("JALON_LOG", "debug");
        command.envs([("HOME", "/nonexistent"), ("GIT_CONFIG_GLOBAL", "/dev/null")]);
        command
    }

    fn jalon(&self, args: &[&str]) -> (Option<i32>, String) {
        said(&self.command(args).output().unwrap())
    }

    fn letters(&self, args: &[&str]) -> (Option<i32>, String) {
        let all = ["letters", "--secret", "../secret", "--today", TODAY];
        self.jalon(&[&all, args].concat())
    }
}

fn said(output: &Output) -> (Option<i32>, String) {
    let text = [&*output.stdout, &output.stderr].concat();
    (output.status.code(), String::from_utf8(text).unwrap())
}

/// The code of a reader of the small school.
fn code(pupil: &str, who: &str, turn: usize) -> (String, Vec<&'static str>) {
    let secret = STANDARD.encode((0..32).collect::<Vec<u8>>());
    let bearer = Bearer { year: "2026-2027".into(), pupil: pupil.into(), who: who.into(), turn };
    let code = Code::of(&Secret::from_base64(&secret).unwrap(), &bearer);
    (format!("{ADDRESS}#{}", *code.link.text()), code.words.as_slice().to_vec())
}

/// The text of each page, without its spaces: letters are placed one by one.
fn pages(pdf: &[u8]) -> Vec<String> {
    let document = lopdf::Document::load_mem(pdf).unwrap();
    let numbers = document.get_pages();
    let text = |number: &u32| {
        let text = document.extract_text(&[*number]).unwrap();
        text.chars().filter(|c| !c.is_whitespace()).collect()
    };
    numbers.keys().map(text).collect()
}

/// Words as [`pages`] gives them.
fn tight(words: &str) -> String {
    words.chars().filter(|c| !c.is_whitespace()).collect()
}

/// What the square of each page says, read from the page as it is drawn.
fn squares(pdf: &[u8]) -> Vec<String> {
    let pdf = Pdf::new(pdf.to_vec()).unwrap();
    let read = |page| {
        let pixels = PixmapSettings { x_scale: 2.0, y_scale: 2.0, bg_color: WHITE };
        let (settings, cache) = (InterpreterSettings::default(), RenderCache::new());
        let drawn = render(page, &cache, &settings, &RenderSettings::default(), &pixels);
        let (width, bytes) = (usize::from(drawn.width()), drawn.data_as_u8_slice().to_vec());
        let mut image = rqrr::PreparedImage::prepare_from_greyscale(
            width,
            usize::from(drawn.height()),
            |x, y| bytes[(y * width + x) * 4],
        );
        let found: Vec<String> =
            image.detect_grids().iter().map(|grid| grid.decode().unwrap().1).collect();
        let [one] = &found[..] else { panic!("{} squares on a page", found.len()) };
        one.clone()
    };
    pdf.pages().iter().map(read).collect()
}

/// The letters of the class, in their order: pupil, reader, turn.
const LETTERS: [(&str, &str, usize); 6] = [
    ("adami-lorenzo", "responsable rosa-adami", 0),
    ("adami-lorenzo", "eleve", 1),
    ("dupont-lea", "responsable nadia-dupont", 0),
    ("dupont-lea", "eleve", 0),
    ("zola-emile", "responsable paul-zola", 0),
    ("zola-emile", "eleve", 0),
];

#[test]
fn each_reader_has_one_page_that_says_nothing_of_another_pupil() {
    if browser::press().is_none() {
        return;
    }
    let here = Here::new();
    let (exit, text) = here.letters(&["--class", "1mcva1", "--out", "../lettres"]);
    assert_eq!(exit, Some(0), "{text}");
    assert!(text.contains("6 lettres pour 3 élèves, dans ../lettres\n"), "{text}");
    assert!(text.contains("sans lettre : 1 personne qui a refusé"), "{text}");
    let pdf = here.read("lettres/1mcva1.pdf");
    let pages = pages(&pdf);
    let squares = squares(&pdf);
    assert_eq!((pages.len(), squares.len()), (6, 6));
    let families = ["adami", "dupont", "zola"];
    let mut secrets = vec![String::from_utf8(here.read("secret")).unwrap()];
    for (n, (pupil, who, turn)) in LETTERS.into_iter().enumerate() {
        let (link, words) = code(pupil, who, turn);
        assert_eq!(squares[n], link, "{pupil} {who}");
        let page = &pages[n];
        let numbered: String =
            words.iter().enumerate().map(|(n, word)| format!("{}{word}", n + 1)).collect();
        assert!(page.contains(&numbered), "{numbered} is not in {page}");
        assert!(page.contains(&tight(ADDRESS)));
        assert!(page.contains(&tight("la vie scolaire, 03 00 00 00 01")), "{page}");
        let small = page.to_lowercase();
        for family in families {
            assert_eq!(small.contains(family), pupil.contains(family), "{family} on page {n}");
        }
        assert!(!page.contains("Karim") && !page.contains("Benali"));
        // The link is drawn, never written.
        let (_, fragment) = link.split_once('#').unwrap();
        assert!(!page.contains(fragment));
        secrets.extend([fragment.to_owned(), words.join(" "), words.join("")]);
    }
    // Nothing that opens a page is said, at whatever length of logs, nor stands in what is signed.
    let signing = self::pages(&here.read("lettres/1mcva1-emargement.pdf")).concat();
    let record = String::from_utf8(here.read("lettres/1mcva1-remise.toml")).unwrap();
    for secret in &secrets {
        for place in [&text, &signing, &record] {
            assert!(!place.contains(secret.as_str()));
        }
    }
    assert!(signing.contains("MmeNadiaDupont(mère)") && signing.contains("l’élève"));
    assert!(signing.contains("M.KarimBenali(père)arefusé"), "{signing}");
    let folder = tempfile::tempdir().unwrap();
    for name in ["1mcva1.pdf", "1mcva1-emargement.pdf"] {
        std::fs::write(folder.path().join(name), here.read(&format!("lettres/{name}"))).unwrap();
    }
    judge::conforms(folder.path());
}

#[test]
fn words_suit_who_reads_and_only_who_may_refuse_has_a_coupon() {
    if browser::press().is_none() {
        return;
    }
    let here = Here::new();
    let (exit, text) = here.letters(&["--class", "1mcva1", "--out", "../lettres"]);
    assert_eq!(exit, Some(0), "{text}");
    let pages = pages(&here.read("lettres/1mcva1.pdf"));
    let coupon =
        "Coupon de refus, à rendre seulement si vous refusez : au plus tard le 4 décembre 2026";
    let is_there = |n: usize, words: &str| pages[n].contains(&tight(words));
    for (n, refuses) in [true, false, true, false, true, true].into_iter().enumerate() {
        assert_eq!(is_there(n, coupon), refuses, "page {n}: {}", pages[n]);
    }
    assert!(is_there(0, "Mme Rosa ADAMI 1 rue des Lilas 54000 NANCY"));
    assert!(is_there(0, "Je soussignée Mme Rosa ADAMI, mère de Lorenzo ADAMI, en 1 MCV A 1,"));
    assert!(is_there(1, "Ta page de suivi") && is_there(1, "Cette lettre est à toi."));
    assert!(is_there(4, "La page de suivi d’Émile") && is_there(4, "tuteur d’Émile ZOLA"));
    assert!(is_there(5, "Votre page de suivi") && is_there(5, "Je soussigné Émile ZOLA"));
    assert!(is_there(5, "Vous êtes majeur :") && !is_there(4, "Vous êtes majeur"));
    // No address of a guardian on what is handed over to a pupil.
    assert!([1, 3, 5].iter().all(|n| !is_there(*n, "rue des Lilas")));
    // Once the day is over, nobody is asked to keep to it.
    let late = ["letters", "--secret", "../secret", "--today", "2026-12-05", "--out", "../tard"];
    let (exit, text) = here.jalon(&[&late[..], &["--student", "dupont-lea"]].concat());
    assert_eq!(exit, Some(0), "{text}");
    let late = self::pages(&here.read("tard/1mcva1-dupont-lea.pdf"));
    assert_eq!(late.len(), 2);
    assert!(late[0].contains(&tight("Coupon de refus, à rendre seulement si vous refusez")));
    assert!(!late[0].contains("auplustard"));
}

#[test]
fn a_cancelled_letter_gives_another_code_to_that_reader_only() {
    if browser::press().is_none() {
        return;
    }
    let here = Here::new();
    let all = ["--class", "1mcva1", "--out", "../lettres"];
    assert_eq!(here.letters(&all).0, Some(0));
    let before = here.read("lettres/1mcva1.pdf");
    let path = "ecole/content/students/2025/dupont-lea/student.toml";
    let text = String::from_utf8(here.read(path)).unwrap();
    let text = text.replacen(
        "ville = \"Nancy\"\n",
        "ville = \"Nancy\"\ncodes_annules = [2026-11-12]\n",
        1,
    );
    here.put(path, &text);
    assert_eq!(here.letters(&all).0, Some(0));
    let after = here.read("lettres/1mcva1.pdf");
    let (old, new) = (squares(&before), squares(&after));
    let (old_text, new_text) = (pages(&before), pages(&after));
    for n in 0..LETTERS.len() {
        assert_eq!(old[n] == new[n], n != 2, "letter {n}");
        assert_eq!(old_text[n] == new_text[n], n != 2, "letter {n}");
    }
    assert_eq!(new[2], code("dupont-lea", "responsable nadia-dupont", 1).0);
    // Only that letter has to be printed again.
    let one = ["--student", "dupont-lea", "--separate", "--out", "../une"];
    assert_eq!(here.letters(&one).0, Some(0));
    let alone = here.read("une/1mcva1/dupont-lea-responsable-nadia-dupont.pdf");
    assert_eq!((squares(&alone), pages(&alone).len()), (vec![new[2].clone()], 1));
    let document = lopdf::Document::load_mem(&alone).unwrap();
    let actions = document.objects.values().filter_map(|object| {
        let action = object.as_dict().ok()?.get(b"A").ok()?;
        document.dereference(action).ok()?.1.as_dict().ok()
    });
    let mut links = actions.filter_map(|action| action.get(b"URI").ok()?.as_str().ok());
    let link = links.any(|link| link == new[2].as_bytes());
    assert!(link, "a letter that is read on a screen leads to the page");
    let mut names: Vec<String> = std::fs::read_dir(here.at("une/1mcva1"))
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    assert_eq!(names, ["dupont-lea-eleve.pdf", "dupont-lea-responsable-nadia-dupont.pdf"]);
}

#[test]
fn the_record_of_the_handing_over_takes_its_place_in_the_register() {
    if browser::press().is_none() {
        return;
    }
    let here = Here::new();
    let (exit, text) = here.jalon(&["check"]);
    assert_eq!(exit, Some(0), "{text}");
    assert_eq!(here.letters(&["--class", "1mcva1", "--out", "../lettres"]).0, Some(0));
    let record = String::from_utf8(here.read("lettres/1mcva1-remise.toml")).unwrap();
    let place = record.lines().find_map(|line| {
        line.split_once("placez ce fichier dans ").and_then(|(_, rest)| rest.split_once(" ;"))
    });
    let (place, _) = place.unwrap();
    here.put(&format!("ecole/{place}"), &record);
    let (exit, text) = here.jalon(&["check"]);
    assert_eq!(exit, Some(0), "{text}");
    assert!(!text.contains(place), "{text}");
    // It is laid out as other records, and says who receives what.
    let (_, text) = here.jalon(&["fmt", "--check"]);
    assert!(text.contains("content/staff.toml") && !text.contains(place), "{text}");
    assert_eq!(record.matches("[[remises]]").count(), 6);
    assert_eq!(record.matches("eleve = \"dupont-lea\"").count(), 2);
    assert!(record.contains("destinataire = \"Mme Nadia Dupont\"") && !record.contains("Benali"));
}

/// All that is in the temporary folder while letters are made, as long as files can be caught.
#[test]
fn nothing_that_opens_a_page_reaches_the_disk_but_in_the_letters() {
    if browser::press().is_none() {
        return;
    }
    let here = Here::new();
    let mut command = here.command(&[
        "letters",
        "--secret",
        "../secret",
        "--today",
        TODAY,
        "--class",
        "1mcva1",
        "--out",
        "../lettres",
        "--separate",
    ]);
    let mut child = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
    let secrets: Vec<Vec<u8>> = LETTERS
        .into_iter()
        .flat_map(|(pupil, who, turn)| {
            let (link, words) = code(pupil, who, turn);
            let fragment = link.split_once('#').unwrap().1.to_owned();
            let wide = |text: &str| text.encode_utf16().flat_map(u16::to_le_bytes).collect();
            [fragment.clone().into_bytes(), wide(&fragment), words.join(" ").into_bytes()]
        })
        .collect();
    let mut met = 0_usize;
    let look = |met: &mut usize| {
        for entry in walkdir::WalkDir::new(here.at("tmp")).into_iter().flatten() {
            let Ok(bytes) = std::fs::read(entry.path()) else { continue };
            *met += 1;
            for secret in &secrets {
                let found = bytes.windows(secret.len()).any(|window| window == secret);
                assert!(!found, "{}", entry.path().display());
            }
        }
    };
    let exit = loop {
        look(&mut met);
        if let Some(exit) = child.try_wait().unwrap() {
            break exit;
        }
    };
    assert!(exit.success() && met > 5, "{met}");
    // Nothing stays behind, in the temporary folder or beside the records.
    assert_eq!(std::fs::read_dir(here.at("tmp")).unwrap().count(), 0);
    let mut ours: Vec<String> = std::fs::read_dir(here.at("ecole"))
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    ours.sort();
    assert_eq!(ours, [".git", "content"]);
}

#[test]
fn letters_and_secrets_keep_out_of_what_is_shared_or_published() {
    let here = Here::new();
    std::fs::create_dir_all(here.at("out/staff")).unwrap();
    std::fs::write(here.at("out/staff/.jalon-manifest"), "").unwrap();
    std::fs::create_dir_all(here.at("public/.cache")).unwrap();
    std::fs::write(here.at("public/.cache/familles"), "").unwrap();
    for place in
        ["lettres", "content/lettres", "../ecole/lettres", "../out/lettres", "../public/family"]
    {
        let (exit, text) = here.letters(&["--out", place]);
        assert!(exit == Some(2) && text.contains("qui est partagé ou publié"), "{place}: {text}");
        assert!(!here.at("ecole").join(place).exists());
        let file = format!("{place}/cle");
        let (exit, text) = here.jalon(&["letters", "--new-secret", &file]);
        assert!(exit == Some(2) && text.contains("qui est partagé ou publié"), "{place}: {text}");
    }
}

#[test]
fn a_new_secret_is_written_once_and_never_shown() {
    let here = Here::new();
    let (exit, text) = here.jalon(&["letters", "--new-secret", "../cle"]);
    assert_eq!(exit, Some(0), "{text}");
    let secret = String::from_utf8(here.read("cle")).unwrap();
    assert!(Secret::from_base64(&secret).is_ok());
    assert!(
        !text.contains(secret.trim()) && text.contains("coffre") && text.contains("JALON_SECRET")
    );
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        let mode = std::fs::metadata(here.at("cle")).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
    }
    let (exit, text) = here.jalon(&["letters", "--new-secret", "../cle"]);
    assert!(exit == Some(2) && text.contains("« ../cle » existe déjà"), "{text}");
    assert_eq!(here.read("cle"), secret.into_bytes());
}

#[test]
fn what_is_lacking_is_told() {
    let here = Here::new();
    let out = ["letters", "--out", "../lettres"];
    let (exit, text) = here.jalon(&out);
    assert!(exit == Some(2) && text.contains("il faut le secret des familles"), "{text}");
    let (exit, text) = here.letters(&["--out", "../lettres", "--class", "1mcv1"]);
    assert_eq!(exit, Some(3));
    assert!(
        text.contains(
            "classe inconnue en 2026-2027 : «\u{a0}1mcv1\u{a0}»\naide : vouliez-vous écrire 1mcva1"
        ),
        "{text}"
    );
    let (exit, text) = here.letters(&["--out", "../lettres", "--student", "dupond-lea"]);
    assert_eq!(exit, Some(3));
    assert!(text.contains("aide : vouliez-vous écrire dupont-lea"), "{text}");
    let (exit, text) = here.letters(&["--out", "../lettres", "--student", "camara-awa"]);
    assert!(exit == Some(3) && text.contains("n’est dans aucune classe de 2026-2027"), "{text}");
    let other = ["--out", "../lettres", "--student", "dupont-lea", "--class", "tmcva1"];
    let (exit, text) = here.letters(&other);
    assert!(exit == Some(3) && text.contains("est en 1mcva1, qui n’est pas demandée"), "{text}");
    let path = "ecole/content/school.toml";
    let text = String::from_utf8(here.read(path)).unwrap();
    here.put(path, text.split("[familles]").next().unwrap());
    let (exit, text) = here.letters(&["--out", "../lettres"]);
    assert!(exit == Some(2) && text.contains("ajoutez une partie [familles]"), "{text}");
    assert!(!here.at("lettres").exists());
}

/// Letters of people with the longest names, in a school with the longest address.
fn extreme() -> (jalon::school::School, Vec<jalon::diagnostic::Diagnostic>) {
    let long = "Wolfeschlegelsteinhausenbergerdorff-Nguyễn-Łukasiewicz-Şahin-Țepeș";
    assert!(long.chars().count() >= 65);
    let line = "Résidence universitaire du Général-Leclerc-de-Hauteclocque, bâtiment W, escalier 12, appartement 345";
    let files = school().into_iter().map(|(path, text)| {
        let widen = |line_of: &str| -> String {
            let key = line_of.split_once(" = \"").map_or("", |(key, _)| key);
            match (key, path.starts_with("students/"), path == "school.toml") {
                ("nom" | "prenom" | "ville", true, _) => format!("{key} = \"{long}\""),
                ("adresse", true, _) => format!("{key} = \"{line}\""),
                ("nom", _, true) => format!("nom = \"{long}, lycée des métiers {long}\"\nadresse = \"{line}\"\nville = \"{long}\"\ncode_postal = \"54000\"\ntelephone = \"03 00 00 00 00\""),
                ("contact", _, true) => format!("contact = \"{line}\""),
                ("courriel", _, true) => format!("courriel = \"{}@ecole.example\"", "w".repeat(60)),
                _ => line_of.to_owned(),
            }
        };
        let text = if path.ends_with(".toml") && !path.starts_with("referentials/") {
            text.lines().map(widen).collect::<Vec<_>>().join("\n") + "\n"
        } else {
            text
        };
        (path, text.into_bytes())
    });
    common::read(&Memory(files.collect()))
}

/// The page of the letters of a class, as a browser shows it with its fonts.
fn shown(school: &jalon::school::School, on_screen: bool) -> String {
    let today = TODAY.parse().unwrap();
    let site = Site::new(school, &[], today);
    let desk = Desk {
        site: &site,
        edition: &|_: &str| Recorded::NotYet,
        logo: logo_address(include_bytes!("../content/logo.png")),
        photograph: &|_: &str| None,
    };
    let class = school
        .classes
        .iter()
        .find(|(_, one)| one.key == "1mcva1" && one.year == school.current_year());
    let (class, _) = class.unwrap();
    let readers = class_readers(&site, class).into_iter();
    let orders: Vec<LetterOrder> = readers
        .flat_map(|(pupil, readers)| readers.into_iter().map(move |reader| (pupil, reader)))
        .map(|(pupil, reader)| LetterOrder {
            pupil,
            reader,
            code: LetterCode {
                link: format!("{ADDRESS}#{}", "w".repeat(26)),
                words: vec!["mammifere"; 7],
            },
        })
        .collect();
    let sheet = letters_sheet(&desk, class, &orders, on_screen);
    let mut html = Printery::new().unwrap().letters(&sheet).unwrap().page();
    for (name, bytes) in FONTS {
        let data = format!("data:font/woff2;base64,{}", STANDARD.encode(bytes));
        html = html.replace(&format!("fonts/{name}"), &data);
    }
    html.replace("font-src 'self' file:", "font-src data:")
}

/// What stands out of its place: a letter that is cut, an address out of the window, a text on another.
const CUT: &str = "(async () => {
    await Promise.all([...document.fonts].map(font => font.load()));
    const wrong = [], mm = 96 / 25.4;
    const inside = (name, box, left, top, right, bottom) => {
        if (box.left < left * mm - 1 || box.top < top * mm - 1 || box.right > right * mm + 1
            || box.bottom > bottom * mm + 1) wrong.push(name + ' ' + [box.left, box.top, box.right,
            box.bottom].map(side => (side / mm).toFixed(1)).join(' '));
    };
    for (const letter of document.querySelectorAll('.acces')) {
        const origin = letter.getBoundingClientRect();
        const place = one => {
            const range = document.createRange();
            range.selectNodeContents(one);
            const box = range.getBoundingClientRect();
            return {left: box.left - origin.left, right: box.right - origin.left,
                top: box.top - origin.top, bottom: box.bottom - origin.top};
        };
        const one = name => letter.querySelector(name);
        const coupon = one('.coupon');
        const bottom = coupon ? 242.6 : 290;
        inside('expediteur', place(one('.expediteur')), 15, 10, 106, 44);
        inside('lieu', place(one('.lieu')), 106, 10, 196, 44);
        inside('objet', place(one('.objet')), 15, 46, 90, 90);
        if (one('.adresse')) inside('adresse', place(one('.adresse')), 101, 47, 190, 86);
        for (const part of one('.corps').children) {
            const box = part.getBoundingClientRect();
            inside('corps', {left: box.left - origin.left, right: box.right - origin.left,
                top: box.top - origin.top, bottom: box.bottom - origin.top}, 14, 91, 196, bottom);
        }
        if (coupon) inside('coupon', place(coupon), 4, bottom - 4, 196, 292);
        for (const word of letter.querySelectorAll('.sept-mots li')) {
            const box = place(word), home = word.getBoundingClientRect();
            inside('mot', box, (home.left - origin.left) / mm, 100, (home.right - origin.left) / mm, 250);
            inside('case', box, 16, 100, 194, 250);
        }
        for (const cell of letter.querySelectorAll('.sept-mots li, .gestes li')) {
            if (cell.scrollWidth > cell.clientWidth + 1) wrong.push('mot ' + cell.textContent);
        }
    }
    return document.querySelectorAll('.acces').length + ' ' + wrong.join('; ');
})()";

#[test]
fn letters_keep_to_their_page_whatever_the_names() {
    let Some(browser) = browser::browser() else { return };
    let tab = browser.new_tab().unwrap();
    let (usual, _) = common::read(&Memory(
        school().into_iter().map(|(path, text)| (path, text.into_bytes())).collect(),
    ));
    let (extreme, _) = extreme();
    for (name, school) in [("usual", &usual), ("extreme", &extreme)] {
        for on_screen in [false, true] {
            let html = shown(school, on_screen);
            // Printed once: that puts the page in place and tells how many pages it takes.
            let pdf = browser::print(&tab, &html);
            let pages = lopdf::Document::load_mem(&pdf).unwrap().get_pages().len();
            assert_eq!(pages, 7, "{name}");
            let found = tab.evaluate(CUT, true).unwrap().value.unwrap();
            assert_eq!(found.as_str().unwrap(), "7 ", "{name}, {on_screen}");
        }
    }
}

#[test]
fn the_window_of_the_envelope_shows_the_address_only() {
    let styles = Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/css/papier-lettre.css");
    let styles = std::fs::read_to_string(styles).unwrap();
    let rule = styles.split(".adresse {").nth(1).unwrap().split('}').next().unwrap();
    for place in ["left: 102mm", "top: 48mm", "width: 86mm", "height: 37mm"] {
        assert!(rule.contains(place), "{rule}");
    }
}
