//! What a stranger learns who holds all of `out/family`: nothing of the school. And what changes in it
//! when something changes in the records.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test stops when it cannot go on")]
#![expect(clippy::disallowed_methods, reason = "tests make schools of their own")]

mod common;

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use aho_corasick::{AhoCorasick, MatchKind};
use common::families::{
    OTHER_SECRET, SECRET, address_of_block, build, built, doors, jalon, page_of, school, write,
};
use jalon::family::{padded_size, rounded_up};

type Files = BTreeMap<String, Vec<u8>>;

fn is_sealed(address: &str) -> bool {
    address.starts_with("portes/") || address.starts_with("blocs/")
}

/// The sealed files, and those that all may read.
fn parted(files: &Files) -> (Files, Files) {
    files.clone().into_iter().partition(|(address, _)| is_sealed(address))
}

/// The addresses of files that are not the same in two sites, or in one alone.
fn differing<'f>(one: &'f Files, other: &'f Files) -> BTreeSet<&'f str> {
    let all = one.keys().chain(other.keys());
    all.filter(|address| one.get(*address) != other.get(*address)).map(String::as_str).collect()
}

/// The shortest text that is looked for in sealed bytes: shorter ones come up by chance.
const SHORTEST: usize = 6;

/// Every text of the records of a folder: values as written and as read, keys, names of files.
fn texts(content: &Path) -> BTreeSet<Vec<u8>> {
    fn values(value: &toml::Value, found: &mut Vec<String>) {
        match value {
            toml::Value::String(text) => {
                found.extend(text.lines().map(|line| line.trim().to_owned()));
                // The words of a sentence may be cut from each other by marks.
                found.extend(text.split_whitespace().map(str::to_owned));
            }
            toml::Value::Array(all) => all.iter().for_each(|one| values(one, found)),
            toml::Value::Table(all) => {
                for (key, one) in all {
                    found.push(key.clone());
                    values(one, found);
                }
            }
            other => found.push(other.to_string()),
        }
    }
    let mut found = Vec::new();
    for (path, bytes) in common::read_folder(content) {
        found.extend(path.trim_end_matches(".toml").split('/').map(str::to_owned));
        let Ok(text) = String::from_utf8(bytes) else { continue };
        let value = if path.ends_with(".toml") {
            let table = text.parse().unwrap_or_else(|error| panic!("{path}: {error}"));
            toml::Value::Table(table)
        } else {
            toml::Value::String(text)
        };
        values(&value, &mut found);
    }
    let of_bytes =
        |text: String| [text.to_uppercase(), text.to_lowercase(), text].map(String::into_bytes);
    found.into_iter().flat_map(of_bytes).filter(|text| text.len() >= SHORTEST).collect()
}

/// The shortest text that is looked for in names: they have 32 letters and digits only.
const SHORTEST_IN_NAMES: usize = 8;

/// What of some texts stands in files: in their bytes, or in their names.
fn found_in(texts: &BTreeSet<Vec<u8>>, files: &Files) -> Vec<String> {
    let needles: Vec<&[u8]> = texts.iter().map(Vec::as_slice).collect();
    let search = AhoCorasick::builder().match_kind(MatchKind::Standard).build(&needles).unwrap();
    let mut found = Vec::new();
    for (address, bytes) in files {
        // "portes" and "blocs" are words of every school.
        let name = address.split('/').skip(1).collect::<String>();
        for (place, shortest) in [(name.as_bytes(), SHORTEST_IN_NAMES), (bytes, SHORTEST)] {
            let hits = search.find_overlapping_iter(place).filter(|hit| hit.len() >= shortest);
            found.extend(hits.map(|hit| {
                let text = needles[hit.pattern().as_usize()];
                format!("{address}: {}", String::from_utf8_lossy(text))
            }));
        }
    }
    found
}

#[test]
fn nothing_of_the_records_stands_in_the_families_site() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let folder = tempfile::tempdir().unwrap();
    std::os::unix::fs::symlink(root.join("content"), folder.path().join("content")).unwrap();
    // Doors of words take a tenth of a second each: those of an earlier run serve again.
    let cache = folder.path().join("out/.cache");
    let earlier = Path::new(env!("CARGO_TARGET_TMPDIR")).join("portes");
    std::fs::create_dir_all(&cache).unwrap();
    if earlier.exists() {
        std::fs::copy(&earlier, cache.join("portes")).unwrap();
    }
    let files = build(folder.path(), SECRET);
    std::fs::copy(cache.join("portes"), &earlier).unwrap();
    let (sealed, frame) = parted(&files);
    let texts = texts(&root.join("content"));
    assert!(texts.len() > 10_000, "{}", texts.len());
    // What is looked for is what there is, and it would be found.
    let school = std::fs::read_to_string(root.join("content/school.toml")).unwrap();
    let known =
        BTreeMap::from([("a".to_owned(), [b"\0\xff", school.as_bytes(), b"\x01"].concat())]);
    assert!(found_in(&texts, &known).len() > 10);
    let named = BTreeMap::from([("portes/rodriguez-noemie".to_owned(), Vec::new())]);
    assert!(!found_in(&texts, &named).is_empty());
    assert_eq!(found_in(&texts, &sealed), Vec::<String>::new());
    // What all may read is that of a school with nobody, of the same year: not one byte depends on
    // the records.
    let empty = tempfile::tempdir().unwrap();
    write(empty.path(), &nobody());
    let (nothing, of_nobody) = parted(&build(empty.path(), SECRET));
    assert!(nothing.is_empty(), "{:?}", nothing.keys());
    assert_eq!(differing(&frame, &of_nobody), BTreeSet::new());
    // How many files there are is round, and sizes are few.
    let mut sizes: BTreeMap<usize, usize> = BTreeMap::new();
    for (address, bytes) in &sealed {
        let known = if address.starts_with("portes/") { 156 } else { padded_size(bytes.len()) };
        assert_eq!(bytes.len(), known, "{address}");
        *sizes.entry(bytes.len()).or_default() += 1;
        let name: String = address.split('/').skip(1).collect();
        assert!(name.len() == 26 && name.bytes().all(|b| matches!(b, b'a'..=b'z' | b'2'..=b'7')));
    }
    for (size, number) in sizes {
        assert_eq!(number, rounded_up(number), "{number} files of {size} bytes");
    }
    // Bytes that look random: no byte is met much more than another.
    let mut counts = [0_usize; 256];
    sealed.values().flatten().for_each(|byte| counts[usize::from(*byte)] += 1);
    let total: usize = counts.iter().sum();
    let (least, most) = (counts.iter().min().unwrap(), counts.iter().max().unwrap());
    assert!(most * 256 < total + total / 50 && least * 256 > total - total / 50, "{counts:?}");
    // The secret is nowhere, in any of its forms.
    let raw = data_encoding::BASE64.decode(SECRET.as_bytes()).unwrap();
    let secrets = BTreeSet::from([
        SECRET.trim_end_matches('=').as_bytes().to_vec(),
        data_encoding::HEXLOWER.encode(&raw).into_bytes(),
        raw,
    ]);
    let everything = common::read_folder(&folder.path().join("out"));
    assert!(everything.len() > files.len(), "what is kept for the next build is looked at too");
    assert_eq!(found_in(&secrets, &everything), Vec::<String>::new());
}

/// A school without pupils nor teachers.
fn nobody() -> Vec<(String, String)> {
    let text = "format = 1\nnom = \"L\"\nuai = \"0549999A\"\ncourriel = \"l@l.example\"\n\
        annee = \"2026-2027\"\n[familles]\nadresse = \"https://l.example/\"\n";
    vec![("school.toml".to_owned(), text.to_owned())]
}

#[test]
fn the_same_records_give_the_same_bytes_and_another_secret_none_of_them() {
    let (one, again, other) =
        (built(&school(), SECRET), built(&school(), SECRET), built(&school(), OTHER_SECRET));
    assert_eq!(differing(&one, &again), BTreeSet::new());
    let ((one, frame), (other, other_frame)) = (parted(&one), parted(&other));
    let names = |files: &Files| files.keys().cloned().collect::<BTreeSet<_>>();
    assert!(names(&one).is_disjoint(&names(&other)));
    assert_eq!(one.len(), other.len());
    // The salt of the words alone.
    assert_eq!(differing(&frame, &other_frame), BTreeSet::from(["index.html"]));
}

/// The school with one text changed in one file.
fn with(path: &str, from: &str, to: &str) -> Vec<(String, String)> {
    let mut files = school();
    let (_, text) = files.iter_mut().find(|(name, _)| name == path).unwrap();
    assert!(text.contains(from), "{path}: {from}");
    *text = text.replacen(from, to, 1);
    files
}

#[test]
fn what_changes_of_a_pupil_changes_the_blocks_of_that_pupil_alone() {
    let before = built(&school(), SECRET);
    let readers = [("responsable nadia-dupont", 0), ("eleve", 0)];
    let (key, page) = page_of("dupont-lea", &readers);
    let data = address_of_block(&key.document("donnees.json").text());
    let review = "students/2025/dupont-lea/reviews/2026-12-11.toml";
    let after = built(&with(review, "progresse", "avance"), SECRET);
    assert_eq!(differing(&before, &after), BTreeSet::from([page.as_str(), data.as_str()]));
    // What no family may read changes nothing.
    let draft = "students/2025/dupont-lea/reviews/2027-05-11.toml";
    let hidden = "evaluations/2026-2027/1mcva1/cachee.toml";
    let mark = "students/2025/bernard-chloe/certification/2027-e31.toml";
    for (path, from, to) in [
        (draft, "Constat", "Remarque"),
        (hidden, "dupont-lea = [\"--\"]", "dupont-lea = [\"++\"]"),
        (hidden, "Évaluation cachée", "Autre"),
        (mark, "17.5", "4.5"),
        (mark, "Commentaire", "Avis"),
    ] {
        let after = built(&with(path, from, to), SECRET);
        assert_eq!(differing(&before, &after), BTreeSet::new(), "{path}: {from}");
    }
}

#[test]
fn a_letter_that_is_cancelled_changes_the_files_of_that_pupil_alone() {
    let before = built(&school(), SECRET);
    let student = "students/2025/dupont-lea/student.toml";
    let nadia = "responsable nadia-dupont";
    let cancelled =
        built(&with(student, "legal = 1\n", "legal = 1\ncodes_annules = [2026-11-20]\n"), SECRET);
    let (old_key, old_page) = page_of("dupont-lea", &[(nadia, 0), ("eleve", 0)]);
    let (new_key, new_page) = page_of("dupont-lea", &[(nadia, 1), ("eleve", 0)]);
    let data =
        |key: &jalon::family::ContentKey| address_of_block(&key.document("donnees.json").text());
    // The doors that say something else, and the new ones; the page and the data under another key.
    let mut expected = BTreeSet::from([old_page.clone(), new_page, data(&old_key), data(&new_key)]);
    expected.extend(doors("dupont-lea", nadia, 0));
    expected.extend(doors("dupont-lea", "eleve", 0));
    let new_doors = doors("dupont-lea", nadia, 1);
    expected.extend(new_doors.clone());
    assert!(!cancelled.contains_key(&old_page));
    assert!(
        new_doors.iter().all(|door| cancelled.contains_key(door) && !before.contains_key(door))
    );
    let changed = differing(&before, &cancelled);
    let others: Vec<&str> =
        changed.iter().copied().filter(|one| !expected.contains(*one)).collect();
    // Two decoys make place for the two new doors: nobody's files.
    assert_eq!(others.len(), 2, "{others:?}");
    assert!(others.iter().all(|one| one.starts_with("portes/") && !cancelled.contains_key(*one)));
    assert_eq!(changed.len(), expected.len() + 2);
    assert_eq!(before.len(), cancelled.len());
}

#[test]
fn who_refused_or_left_has_nothing_sealed() {
    let before = built(&school(), SECRET);
    // The guardian of Émile refused; Awa left: no page of theirs.
    let zola = page_of("zola-emile", &[("responsable irene-zola", 0), ("eleve", 0)]).1;
    assert!(!before.contains_key(&zola));
    assert!(
        doors("zola-emile", "responsable irene-zola", 0).iter().all(|one| before.contains_key(one))
    );
    assert!(doors("camara-awa", "eleve", 0).iter().all(|one| !before.contains_key(one)));
    // The page that Chloé keeps is sealed for her alone.
    assert!(before.contains_key(&page_of("bernard-chloe", &[("eleve", 0)]).1));
    // Who leaves takes everything away at the next build.
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), &school());
    build(folder.path(), SECRET);
    let student = "students/2025/dupont-lea/student.toml";
    write(
        folder.path(),
        &with(student, "nom = \"Dupont\"", "inactif_depuis = 2026-11-02\nnom = \"Dupont\""),
    );
    let after = build(folder.path(), SECRET);
    let readers = [("responsable nadia-dupont", 0), ("eleve", 0)];
    assert!(!after.contains_key(&page_of("dupont-lea", &readers).1));
    assert!(doors("dupont-lea", "eleve", 0).iter().all(|one| !after.contains_key(one)));
}

#[test]
fn no_message_holds_the_secret_and_none_is_read_in_the_repository() {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), &school());
    let run = |args: &[&str], variable: Option<&str>| {
        let all = ["build", "--content", "content", "--out", "out", "--site", "family", "--no-pdf"];
        let done = match variable {
            None => jalon(folder.path(), &[&all[..], args].concat()),
            Some(value) => std::process::Command::new(env!("CARGO_BIN_EXE_jalon"))
                .args(all)
                .args(args)
                .current_dir(folder.path())
                .env("JALON_SECRET", value)
                .env("JALON_LOG", "trace")
                .output()
                .unwrap(),
        };
        let said = [done.stdout, done.stderr].concat();
        (done.status.success(), String::from_utf8_lossy(&said).into_owned())
    };
    let says = |(done, said): (bool, String), what: &str| {
        assert!(!done, "{said}");
        assert!(said.contains(what), "{said}");
        said
    };
    let bad = [
        "motdepasse-en-clair",
        "AAECAwQFBgcICQoLDA0ODw==",
        "bW90ZGVwYXNzZS1lbi1jbGFpcg==",
        "é€",
        "",
    ];
    for text in bad {
        std::fs::write(folder.path().join("secret"), text).unwrap();
        let told = [
            says(run(&["--secret", "secret"], None), "le secret des familles"),
            says(run(&[], Some(text)), "le secret des familles"),
        ];
        for said in told {
            assert!(text.is_empty() || !said.contains(text), "{said}");
            assert!(!said.contains("motdepasse"), "{said}");
        }
    }
    says(run(&[], None), "il faut le secret des familles");
    says(run(&["--secret", "absent"], None), "lecture impossible");
    // Beside the records, in their repository, in what is published: refused before it is read.
    let there = [
        ("content/secret", "content/secret"),
        ("content/students/secret", "content/students/secret"),
    ];
    for (place, named) in there {
        std::fs::write(folder.path().join(place), SECRET).unwrap();
        let said = says(run(&["--secret", named], None), "partagé ou publié");
        assert!(!said.contains(&SECRET[..12]), "{said}");
        std::fs::remove_file(folder.path().join(place)).unwrap();
    }
    std::fs::create_dir(folder.path().join(".git")).unwrap();
    std::fs::write(folder.path().join("secret"), SECRET).unwrap();
    says(run(&["--secret", "secret"], None), "partagé ou publié");
    std::fs::remove_dir(folder.path().join(".git")).unwrap();
    // A link to the file does not hide where it is.
    std::fs::rename(folder.path().join("secret"), folder.path().join("content/secret")).unwrap();
    std::os::unix::fs::symlink(folder.path().join("content/secret"), folder.path().join("secret"))
        .unwrap();
    says(run(&["--secret", "secret"], None), "partagé ou publié");
    assert!(!folder.path().join("out/family").exists(), "nothing is made without a good secret");
    // A good one is not told either, whatever is logged.
    let (_, said) = run(&[], Some(SECRET));
    assert!(said.contains(" pages, ") && !said.contains(&SECRET[..12]), "{said}");
}
