//! The promise of time travel: what is built of a past day equals, byte for byte but for its mark,
//! what was built on that day.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test stops when it cannot go on")]
#![expect(clippy::disallowed_methods, reason = "tests make and break schools of their own")]

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use git2::{Oid, Repository, Signature, Time};
use jalon::page::{Desk, Edition, Mark, Recorded, Site, documents};
use jalon::record;
use jalon::render::Printery;
use jalon::school;
use jalon::source::{Editions, Folder, Revision, Source, Texts};
use jalon::text::Date;

/// Nothing of the machine may show.
const SURROUNDINGS: [(&str, &str); 5] = [
    ("HOME", "/nonexistent"),
    ("GIT_CONFIG_GLOBAL", "/dev/null"),
    ("GIT_CONFIG_SYSTEM", "/dev/null"),
    ("NO_COLOR", "1"),
    ("JALON_LOG", "off"),
];

type Tree = BTreeMap<String, Vec<u8>>;

fn day(text: &str) -> Date {
    text.parse().unwrap()
}

fn jalon(folder: &Path, args: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_jalon"));
    command.current_dir(folder).args(args).envs(SURROUNDINGS).output().unwrap()
}

/// What a command says beside its result.
fn said(done: &Output) -> &str {
    std::str::from_utf8(&done.stderr).unwrap()
}

fn put(folder: &Path, path: &str, bytes: &[u8]) {
    let path = folder.join(path);
    std::fs::create_dir_all(path.parent().unwrap()).unwrap();
    std::fs::write(path, bytes).unwrap();
}

/// The files of a folder, by path.
fn tree(folder: &Path) -> Tree {
    let mut files = Tree::new();
    let mut folders = vec![PathBuf::new()];
    while let Some(inside) = folders.pop() {
        for entry in std::fs::read_dir(folder.join(&inside)).unwrap() {
            let entry = entry.unwrap();
            let path = inside.join(entry.file_name());
            match entry.file_type().unwrap().is_dir() {
                true => folders.push(path),
                false => {
                    let bytes = std::fs::read(entry.path()).unwrap();
                    drop(files.insert(path.to_str().unwrap().replace('\\', "/"), bytes));
                }
            }
        }
    }
    files
}

/// A school's repository whose clock is ours.
struct School {
    folder: tempfile::TempDir,
    repository: Repository,
}

impl School {
    /// An invented school, whose life is told by [`School::lives`].
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let mut options = git2::RepositoryInitOptions::new();
        let repository =
            Repository::init_opts(folder.path(), options.initial_head("main")).unwrap();
        Self { folder, repository }
    }

    fn write(&self, path: &str, text: &str) {
        put(self.folder.path(), &format!("content/{path}"), text.as_bytes());
    }

    fn remove(&self, path: &str) {
        std::fs::remove_file(self.folder.path().join("content").join(path)).unwrap();
    }

    /// Records the folder as it is, at an instant and on the clock of a place.
    fn commit(&self, parents: &[Oid], at: &str, offset: i32) -> Oid {
        let mut index = self.repository.index().unwrap();
        index.clear().unwrap();
        index.add_all(["content"], git2::IndexAddOption::DEFAULT, None).unwrap();
        let tree = self.repository.find_tree(index.write_tree().unwrap()).unwrap();
        let at = at.parse::<jiff::Timestamp>().unwrap().as_second();
        let hand = Signature::new("T", "t@e.example", &Time::new(at, offset)).unwrap();
        let parents: Vec<_> =
            parents.iter().map(|id| self.repository.find_commit(*id).unwrap()).collect();
        let parents: Vec<_> = parents.iter().collect();
        self.repository.commit(None, &hand, &hand, "m", &tree, &parents).unwrap()
    }

    /// Makes the work tree that of a commit, on its branch.
    fn check_out(&self, commit: Oid) {
        let object = self.repository.find_object(commit, None).unwrap();
        self.repository.reset(&object, git2::ResetType::Hard, None).unwrap();
        // What an earlier commit had and this one has not.
        let mut options = git2::build::CheckoutBuilder::new();
        options.force().remove_untracked(true);
        self.repository.checkout_head(Some(&mut options)).unwrap();
    }

    /// Six commits over three weeks: a school in part, what was missing, a change of many files on a
    /// branch, another on the main line, their merge, a deletion and a renaming.
    fn lives(&self) -> [Oid; 6] {
        let drawn = tempfile::tempdir().unwrap();
        let done = jalon(drawn.path(), &["demo", ".", "--students", "6", "--years", "2"]);
        assert!(done.status.success(), "{}", said(&done));
        let all = tree(&drawn.path().join("content"));
        let late = |path: &str| path.contains("/reviews/") || path.starts_with("register/");
        for (path, bytes) in all.iter().filter(|(path, _)| !late(path)) {
            put(self.folder.path(), &format!("content/{path}"), bytes);
        }
        let first = self.commit(&[], "2024-09-02T08:00:00Z", 120);
        for (path, bytes) in all.iter().filter(|(path, _)| late(path)) {
            put(self.folder.path(), &format!("content/{path}"), bytes);
        }
        // Half past one in the morning of the third, in France.
        let second = self.commit(&[first], "2024-09-02T23:30:00Z", 0);

        let is_scenario =
            |path: &&String| path.starts_with("scenarios/") && path.ends_with(".toml");
        let scenarios: Vec<&String> = all.keys().filter(is_scenario).collect();
        for path in &scenarios {
            let text = String::from_utf8(all[*path].clone()).unwrap();
            self.write(path, &text.replacen("titre = \"", "titre = \"Revu : ", 1));
        }
        let branch = self.commit(&[second], "2024-09-05T08:00:00Z", 120);
        self.check_out_tree(second);
        let school = String::from_utf8(all["school.toml"].clone()).unwrap();
        self.write("school.toml", &school.replacen("nom = \"", "nom = \"Nouveau ", 1));
        let third = self.commit(&[second], "2024-09-10T16:00:00Z", 120);
        self.check_out_tree(branch);
        self.write("school.toml", &school.replacen("nom = \"", "nom = \"Nouveau ", 1));
        let merge = self.commit(&[third, branch], "2024-09-12T08:00:00Z", 120);
        self.remove(scenarios[0]);
        let old = scenarios.last().unwrap();
        let text = std::fs::read_to_string(self.folder.path().join("content").join(old)).unwrap();
        self.remove(old);
        self.write(&old.replace(".toml", "-bis.toml"), &text);
        let last = self.commit(&[merge], "2024-09-20T08:00:00Z", 120);
        self.repository.reference("refs/heads/main", last, true, "").unwrap();
        self.repository.reference("refs/heads/travaux", branch, true, "").unwrap();
        self.check_out(last);
        [first, second, branch, third, merge, last]
    }

    fn check_out_tree(&self, commit: Oid) {
        let tree = self.repository.find_commit(commit).unwrap().tree().unwrap();
        let mut options = git2::build::CheckoutBuilder::new();
        options.force().remove_untracked(true);
        self.repository.checkout_tree(tree.as_object(), Some(&mut options)).unwrap();
    }
}

/// The day asked for, the commit that its evening knew, and its place among those of the main line.
const EVENINGS: [(&str, usize); 2] = [
    // What is on a branch is not on the main line yet.
    ("2024-09-09", 1),
    ("2024-09-19", 4),
];

/// A site without its mark, and without what tells that it was made of the past. Every page has one.
fn without_mark(mut site: Tree) -> Tree {
    for (path, bytes) in &mut site {
        if path.ends_with(".html") && !path.starts_with("fichiers/") {
            let text = std::str::from_utf8(bytes).unwrap();
            let (bare, marks) = without_marks(text);
            assert_eq!(marks, 1, "{path}");
            *bytes = bare.into_bytes();
        }
    }
    let facts = site.get_mut("build.json").unwrap();
    let mut said: serde_json::Value = serde_json::from_slice(facts).unwrap();
    assert!(said.as_object_mut().unwrap().remove("passe").is_some());
    *facts = format!("{said:#}\n").into_bytes();
    site
}

/// A page without the lines of its mark, and how many there were.
fn without_marks(page: &str) -> (String, usize) {
    let is_mark = |line: &str| line.starts_with('<') && line.contains(" class=\"passe\"");
    let marks = page.lines().filter(|line| is_mark(line)).count();
    let kept = page.split_inclusive('\n').filter(|line| !is_mark(line)).collect();
    (kept, marks)
}

/// Compares by names first: a whole site is too long to be shown.
fn assert_same(one: &Tree, other: &Tree, what: &str) {
    let names = |tree: &Tree| tree.keys().cloned().collect::<Vec<_>>();
    assert_eq!(names(one), names(other), "{what}");
    let differ: Vec<&String> =
        one.iter().filter(|(path, bytes)| other[*path] != **bytes).map(|(path, _)| path).collect();
    assert!(differ.is_empty(), "{what} : {differ:?}");
}

#[test]
fn the_site_of_a_past_day_is_the_one_built_then_but_for_its_mark() {
    let school = School::new();
    let commits = school.lives();
    let here = school.folder.path();
    let then = |place: usize, today: &str| {
        school.check_out(commits[place]);
        let done = jalon(here, &["build", "--no-pdf", "--today", today, "--out", "then"]);
        // A school in part has errors, and a site all the same.
        assert!(done.status.code() < Some(2), "{}", said(&done));
        tree(&here.join("then/staff"))
    };
    // Each commit on its own day, as it was built then.
    let days = ["2024-09-02", "2024-09-03", "2024-09-05", "2024-09-10", "2024-09-12", "2024-09-20"];
    let built: Vec<Tree> = (0..6).map(|place| then(place, days[place])).collect();
    let evenings: Vec<(&str, Tree)> =
        EVENINGS.iter().map(|(day, place)| (*day, then(*place, day))).collect();
    assert!(built.iter().all(|site| site.len() > 150), "{}", built[0].len());
    assert!(built.windows(2).all(|pair| pair[0] != pair[1]));
    std::fs::remove_dir_all(here.join("then")).unwrap();

    // Today, with work that nobody recorded.
    school.check_out(commits[5]);
    let path = here.join("content/school.toml");
    let text = std::fs::read_to_string(&path).unwrap();
    std::fs::write(&path, text.replacen("nom = \"", "nom = \"Autre ", 1)).unwrap();
    school.write("staff.toml", "ce n’est pas encore fini");
    for (commit, site) in commits.iter().zip(&built) {
        let name = commit.to_string();
        let done = jalon(here, &["build", "--no-pdf", "--at", &name]);
        assert!(done.status.code() < Some(2), "{}", said(&done));
        let out = here.join(format!("out/version-{}/staff", &name[..8]));
        assert_same(&without_mark(tree(&out)), site, &name);
    }
    for (day, site) in &evenings {
        let done = jalon(here, &["build", "--no-pdf", "--at", day]);
        assert!(done.status.code() < Some(2), "{}", said(&done));
        let out = here.join(format!("out/le-{day}/staff"));
        assert_same(&without_mark(tree(&out)), site, day);
    }
    // The present is nowhere touched, and no past may take its place.
    assert!(!here.join("out/staff").exists());
    std::fs::write(&path, &text).unwrap();
    school.check_out(commits[5]);
    assert!(jalon(here, &["build", "--no-pdf"]).status.success());
    let present = tree(&here.join("out/staff"));
    let refused = jalon(here, &["build", "--no-pdf", "--at", "HEAD", "--out", "out"]);
    assert_eq!(refused.status.code(), Some(2));
    assert!(said(&refused).contains("le passé ne le remplace pas\naide : "), "{}", said(&refused));
    assert_eq!(tree(&here.join("out/staff")), present);
}

#[test]
fn days_without_a_version_are_told() {
    let school = School::new();
    let commits = school.lives();
    let here = school.folder.path();
    let check = |at: &str| {
        let done = jalon(here, &["check", "--at", at]);
        // The school in part has errors.
        (done.status.code().map(|code| code.max(1)), said(&done).to_owned())
    };
    assert_eq!(
        check("2024-09-01"),
        (
            Some(2),
            "échec : rien n’était encore enregistré le 1er septembre 2024 : la première version est du \
             2 septembre 2024\n"
                .to_owned()
        )
    );
    let version = |place: usize, day: &str| {
        (Some(1), format!("version {} du {day}\n", &commits[place].to_string()[..8]))
    };
    assert_eq!(check("2024-09-02"), version(0, "2 septembre 2024"));
    assert_eq!(check("2024-09-03"), version(1, "3 septembre 2024"));
    assert_eq!(check("2024-09-05"), version(1, "3 septembre 2024"));
    assert_eq!(check("2024-09-11"), version(3, "10 septembre 2024"));
    assert_eq!(check("2024-09-12"), version(4, "12 septembre 2024"));
    // A day to come is the present one.
    assert_eq!(check("9000-01-01"), version(5, "20 septembre 2024"));
    assert_eq!(check("travaux"), version(2, "5 septembre 2024"));
    assert_eq!(check("HEAD~1"), version(4, "12 septembre 2024"));
    let (code, said) = check("12/09/2024");
    assert!(code == Some(3) && said.contains("année-mois-jour"), "{said}");
    // Where nothing is checked out by a name, the main line is that of what is checked out.
    school.repository.set_head_detached(commits[3]).unwrap();
    assert_eq!(check("2024-09-30"), version(3, "10 septembre 2024"));
}

#[test]
fn an_evening_that_has_not_come_is_not_told_as_if_it_had() {
    let school = School::new();
    let last = school.lives()[5].to_string();
    let here = school.folder.path();
    assert!(jalon(here, &["build", "--no-pdf", "--at", "9000-01-01"]).status.success());
    let page = here.join(format!("out/version-{}/staff/index.html", &last[..8]));
    let page = std::fs::read_to_string(page).unwrap();
    let words = format!("d’après la version {}, enregistrée le 20 septembre 2024.", &last[..8]);
    assert!(page.contains(&words), "{page}");
}

#[test]
fn nothing_of_the_past_leads_to_the_forge() {
    let school = School::new();
    let last = school.lives()[5];
    let source = Revision::open(&school.folder.path().join("content"), &last.to_string()).unwrap();
    let (texts, _) = Texts::read(&source).unwrap();
    let linked = school::link(record::load(&texts).0).0;
    let forge = linked.establishment.forge.as_ref().unwrap().adresse.clone();
    let site = Site::new(&linked, &[], day("2026-11-12"));
    let files = jalon::render::render(&site).unwrap();
    let mut links = 0;
    for (path, bytes) in &files {
        let Ok(text) = std::str::from_utf8(bytes) else { continue };
        if !path.ends_with(".html") {
            continue;
        }
        for tag in text.split("<a ").skip(1).filter_map(|rest| rest.split('>').next()) {
            if tag.contains(&format!("href=\"{forge}/")) {
                links += 1;
                let class = tag.split("class=\"").nth(1).and_then(|rest| rest.split('"').next());
                let class = class.unwrap_or_default();
                // The style sheet hides these where a page has a mark.
                assert!(class.split(' ').any(|one| one == "forge"), "{path} : {tag}");
            }
        }
    }
    assert!(links > 50, "{links}");
}

/// The sheets of all documents, as the browser gets them.
fn sheets(source: &dyn Source, mark: Option<&Mark>) -> BTreeMap<String, (String, String)> {
    let (texts, _) = Texts::read(source).unwrap();
    let linked = school::link(record::load(&texts).0).0;
    let site = Site::new(&linked, &[], day("2024-09-12")).marked(mark.cloned());
    let editions = source.editions(&texts, "", None).unwrap();
    let edition = |path: &str| recorded(&editions, path);
    let photograph = |_: &str| None;
    let desk = Desk { site: &site, edition: &edition, logo: None, photograph: &photograph };
    let printery = Printery::new().unwrap();
    let made = documents(&site).into_iter().map(|(address, document)| {
        let sheet = printery.sheet(&desk, document).unwrap();
        (address, (sheet.page(), format!("{:?}", sheet.facts)))
    });
    made.collect()
}

fn recorded(editions: &Editions, path: &str) -> Recorded {
    let edition = editions.of(path).cloned();
    edition.map(|one| Edition { commit: one.commit, at: one.at }).into()
}

#[test]
fn the_documents_of_a_past_day_are_those_of_then_but_for_their_mark() {
    let school = School::new();
    let commits = school.lives();
    let content = school.folder.path().join("content");
    for commit in &commits[3..5] {
        school.check_out(*commit);
        let then = sheets(&Folder::open(&content).unwrap(), None);
        assert!(then.len() > 40, "{}", then.len());
        school.check_out(commits[5]);
        let past = Revision::open(&content, &commit.to_string()).unwrap();
        let mark = Mark { commit: commit.to_string(), day: day("2024-09-12"), evening: true };
        let now = sheets(&past, Some(&mark));
        assert_eq!(now.keys().collect::<Vec<_>>(), then.keys().collect::<Vec<_>>());
        for (address, (page, facts)) in &now {
            // One on the first page, one in the margin of each.
            let (bare, marks) = without_marks(page);
            assert_eq!(marks, 2, "{address}");
            assert!(page.contains("12 septembre 2024 au soir (version "), "{address}");
            assert!((&bare, facts) == (&then[address].0, &then[address].1), "{address}");
            assert!(!bare.contains("version de travail"), "{address}");
        }
    }
}

/// A preview that ends with the test.
struct Preview(std::process::Child);

impl Drop for Preview {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

#[test]
fn the_preview_shows_a_past_day_and_follows_no_change() {
    use std::io::{BufRead as _, BufReader, Read as _, Write as _};
    let school = School::new();
    school.lives();
    let here = school.folder.path();
    let mut command = Command::new(env!("CARGO_BIN_EXE_jalon"));
    command.current_dir(here).args(["serve", "--at", "2024-09-10", "--port", "0"]);
    command.envs(SURROUNDINGS).stderr(std::process::Stdio::piped());
    let mut preview = Preview(command.spawn().unwrap());
    let mut lines = BufReader::new(preview.0.stderr.take().unwrap()).lines();
    let line = lines.find(|line| line.as_ref().unwrap().contains("http://")).unwrap().unwrap();
    let host = line.split("http://").nth(1).unwrap().split(['/', ' ']).next().unwrap().to_owned();
    let page = |path: &str| {
        let mut stream = std::net::TcpStream::connect(&host).unwrap();
        write!(stream, "GET {path} HTTP/1.0\r\nHost: {host}\r\n\r\n").unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        // What comes before tells the hour.
        answer.split_once("\r\n\r\n").unwrap().1.to_owned()
    };
    let mark = "Le site tel qu’il était le 10 septembre 2024 au soir (version ";
    let before = page("/index.html");
    assert!(before.contains(mark) && before.contains("Nouveau "), "{before}");
    school.write("school.toml", "ce n’est pas encore fini");
    // Longer than it takes to see a change, had one been looked for.
    std::thread::sleep(std::time::Duration::from_secs(2));
    assert!(page("/index.html") == before);
    assert!(page("/build.json").contains("\"jour\": \"2024-09-10\""));
}
