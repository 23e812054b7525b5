//! Copies that lack a part of their history, or that Git distrusts: each is told with the command that
//! repairs it, and the tests run that very command.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test stops when it cannot go on")]
#![expect(clippy::disallowed_methods, reason = "tests make and break schools of their own")]

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// A home of its own, with the repository of a school in it: three commits on `main`, of which the
/// second is the branch `travaux`, in September 2024.
struct Home {
    folder: tempfile::TempDir,
}

impl Home {
    fn new() -> Self {
        let home = Self { folder: tempfile::tempdir().unwrap() };
        home.git(&home.path("."), &["init", "--quiet", "--initial-branch=main", "origine"], 1);
        let here = home.path("origine");
        copy(
            &Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cmd/check.in/sain/content"),
            &here.join("content"),
        );
        for day in 1..=3 {
            if day > 1 {
                let path = here.join("content/school.toml");
                let text = std::fs::read_to_string(&path).unwrap();
                std::fs::write(path, format!("{text}# {day}\n")).unwrap();
            }
            home.git(&here, &["add", "--all"], day);
            home.git(&here, &["commit", "--quiet", "--message", "m"], day);
            if day == 2 {
                home.git(&here, &["branch", "travaux"], day);
            }
        }
        home.git(&here, &["config", "uploadpack.allowFilter", "true"], 3);
        home
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn command(&self, program: &str, folder: &Path, args: &[&str]) -> Command {
        let mut command = Command::new(program);
        command.current_dir(folder).args(args).env_clear();
        command.env("PATH", std::env::var_os("PATH").unwrap_or_default());
        command.env("HOME", self.folder.path()).env("GIT_CONFIG_NOSYSTEM", "1");
        command.env("JALON_LOG", "off").env("NO_COLOR", "1").env("CHROME", "/nonexistent/chrome");
        command
    }

    /// Runs Git on a day of September 2024.
    fn git(&self, folder: &Path, args: &[&str], day: u8) -> String {
        let mut command = self.command("git", folder, args);
        for who in ["AUTHOR", "COMMITTER"] {
            command.env(format!("GIT_{who}_NAME"), "T");
            command.env(format!("GIT_{who}_EMAIL"), "t@ecole.example");
            command.env(format!("GIT_{who}_DATE"), format!("2024-09-0{day}T12:00:00+02:00"));
        }
        let done = command.output().unwrap();
        assert!(done.status.success(), "{args:?} {}", String::from_utf8_lossy(&done.stderr));
        String::from_utf8(done.stdout).unwrap()
    }

    /// A copy of the school's repository.
    fn copied(&self, options: &[&str]) -> PathBuf {
        let address = format!("file://{}", self.path("origine").display());
        let args = [&["clone", "--quiet"], options, &[&address, "copie"]].concat();
        self.git(&self.path("."), &args, 3);
        self.path("copie")
    }

    fn jalon(&self, folder: &Path, args: &[&str]) -> (Option<i32>, String) {
        let done: Output =
            self.command(env!("CARGO_BIN_EXE_jalon"), folder, args).output().unwrap();
        (done.status.code(), String::from_utf8(done.stderr).unwrap())
    }

    fn check_at(&self, folder: &Path, at: &str) -> (Option<i32>, String) {
        self.jalon(folder, &["check", "--at", at])
    }

    /// Does what was advised: the command of Git that begins with these words.
    fn follow(&self, folder: &Path, said: &str, begin: &str) {
        let from = said.find(begin).unwrap_or_else(|| panic!("{begin} is not advised: {said}"));
        let line = said[from..].lines().next().unwrap();
        let advice = line.split(" ; ").next().unwrap();
        let words: Vec<&str> = advice.split(' ').skip(1).collect();
        self.git(folder, &words, 3);
    }
}

fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let to = to.join(entry.file_name());
        match entry.path().is_dir() {
            true => copy(&entry.path(), &to),
            false => drop(std::fs::copy(entry.path(), to).unwrap()),
        }
    }
}

#[test]
fn a_copy_without_its_past_is_completed() {
    let home = Home::new();
    let here = home.copied(&["--depth", "1"]);
    // What is there is there.
    assert_eq!(home.check_at(&here, "2024-09-03").0, Some(0));
    let (code, said) = home.check_at(&here, "2024-09-02");
    assert_eq!(code, Some(2));
    assert!(
        said.starts_with(
            "échec : rien n’était encore enregistré le 2 septembre 2024 : ce dépôt n’a que la fin de \
             son historique, depuis le 3 septembre 2024\naide : git fetch --unshallow ; "
        ) && said.contains("GitLab, mettez GIT_DEPTH: \"0\" ;")
            && said.ends_with("GitHub ou Forgejo, fetch-depth: 0\n"),
        "{said}"
    );
    let (code, older) = home.check_at(&here, "HEAD~1");
    assert!(
        code == Some(2) && older.contains("aide : ") && older.contains("--unshallow"),
        "{older}"
    );
    home.follow(&here, &said, "git fetch --unshallow");
    assert_eq!(home.check_at(&here, "2024-09-02").0, Some(0));
    assert_eq!(home.check_at(&here, "HEAD~1").0, Some(0));
}

#[test]
fn a_copy_without_the_branch_asked_for_gets_it() {
    let home = Home::new();
    let here = home.copied(&["--single-branch", "--branch", "travaux"]);
    let (code, said) = home.check_at(&here, "main");
    assert_eq!(code, Some(2));
    assert_eq!(
        said,
        "échec : le dépôt n’a pas de version « main »\n\
         aide : si c’est une branche : git fetch origin main:main\n"
    );
    home.follow(&here, &said, "git fetch origin");
    assert_eq!(home.check_at(&here, "main").0, Some(0));
}

#[test]
fn a_branch_known_under_its_full_name_is_named() {
    let home = Home::new();
    let here = home.copied(&[]);
    let (code, said) = home.check_at(&here, "travaux");
    assert_eq!(code, Some(2));
    assert!(said.ends_with("aide : nommez-la origin/travaux\n"), "{said}");
    assert_eq!(home.check_at(&here, "origin/travaux").0, Some(0));
    let (_, said) = home.check_at(&here, "0123456789abcdef");
    assert!(said.ends_with("git log --oneline montre les versions par leur numéro\n"), "{said}");
}

#[test]
fn a_copy_without_all_its_files_gets_them() {
    let home = Home::new();
    let here = home.copied(&["--filter=blob:none"]);
    // What is checked out is there.
    assert_eq!(home.check_at(&here, "HEAD").0, Some(0));
    let (code, said) = home.check_at(&here, "HEAD~1");
    assert_eq!(code, Some(2));
    assert!(said.contains("comme à une copie faite avec --filter"), "{said}");
    home.follow(&here, &said, "git fetch --refetch");
    assert_eq!(home.check_at(&here, "HEAD~1").0, Some(0));
}

#[test]
fn a_folder_outside_a_repository_has_no_past() {
    let home = Home::new();
    let here = home.path("ailleurs");
    copy(&home.path("origine/content"), &here.join("content"));
    let (code, said) = home.check_at(&here, "2024-09-03");
    assert_eq!(code, Some(2));
    assert!(said.contains("content » n’est pas dans un dépôt Git"), "{said}");
    home.follow(&here, "git init ; ", "git init");
    let (code, said) = home.check_at(&here, "2024-09-03");
    assert_eq!(code, Some(2));
    assert_eq!(
        said,
        "échec : rien n’est encore enregistré dans ce dépôt\n\
         aide : git add . && git commit -m \"Premier enregistrement\"\n"
    );
    home.git(&here, &["add", "."], 3);
    home.git(&here, &["commit", "-m", "Premier enregistrement"], 3);
    assert_eq!(home.check_at(&here, "2024-09-03").0, Some(0));
}

#[test]
fn a_repository_where_nobody_works_is_read_all_the_same() {
    let home = Home::new();
    let here = home.copied(&["--bare"]);
    // As from the folder above a school.
    assert_eq!(home.check_at(&here, "2024-09-02").0, Some(0));
    let args = ["check", "--content", "copie/content", "--at", "main"];
    assert_eq!(home.jalon(&home.path("."), &args).0, Some(0));
    let args = ["check", "--content", "copie", "--at", "main"];
    let (code, said) = home.jalon(&home.path("."), &args);
    assert!(code == Some(2) && said.contains("--content DEPOT/content"), "{said}");
}

#[test]
fn a_folder_that_was_not_there_yet_is_told() {
    let home = Home::new();
    let here = home.path("origine");
    home.git(&here, &["mv", "content", "lycee"], 4);
    home.git(&here, &["commit", "--quiet", "--message", "m"], 4);
    let at =
        |content: &str, at: &str| home.jalon(&here, &["check", "--content", content, "--at", at]);
    assert_eq!(at("lycee", "HEAD").0, Some(0));
    // The folder is gone from the disk; its past is not.
    assert_eq!(at("content", "HEAD~1").0, Some(0));
    let (code, said) = at("lycee", "HEAD~1");
    assert!(code == Some(2) && said.contains("il n’y avait pas d’établissement"), "{said}");
    home.follow(&here, &said, "git log --diff-filter=A");
}

#[test]
fn a_second_work_tree_has_the_same_past() {
    let home = Home::new();
    let here = home.path("origine");
    home.git(&here, &["worktree", "add", "--quiet", "../autre", "travaux"], 3);
    // Its main line is that of what is checked out there.
    let (code, said) = home.check_at(&home.path("autre"), "2024-09-30");
    assert!(code == Some(0) && said.ends_with("du 2 septembre 2024\n"), "{said}");
    let (code, said) = home.check_at(&here, "2024-09-30");
    assert!(code == Some(0) && said.ends_with("du 3 septembre 2024\n"), "{said}");
}

#[test]
fn a_school_in_a_submodule_has_its_own_past() {
    let home = Home::new();
    let top = home.path("ensemble");
    home.git(&home.path("."), &["init", "--quiet", "ensemble"], 3);
    let address = format!("file://{}", home.path("origine").display());
    let add =
        ["-c", "protocol.file.allow=always", "submodule", "--quiet", "add", &address, "lycee"];
    home.git(&top, &add, 3);
    home.git(&top, &["commit", "--quiet", "--message", "m"], 3);
    let args = ["check", "--content", "lycee/content", "--at", "2024-09-02"];
    assert_eq!(home.jalon(&top, &args).0, Some(0));
    home.git(&top, &["submodule", "--quiet", "deinit", "--force", "lycee"], 3);
    let (code, said) = home.jalon(&top, &["check", "--content", "lycee/content"]);
    assert!(code == Some(2) && said.contains("git submodule update --init"), "{said}");
}

#[cfg(unix)]
#[test]
fn a_link_is_not_taken_for_the_text_of_a_record() {
    let home = Home::new();
    let here = home.path("origine");
    std::os::unix::fs::symlink("staff.toml", here.join("content/autre.toml")).unwrap();
    home.git(&here, &["add", "--all"], 4);
    home.git(&here, &["commit", "--quiet", "--message", "m"], 4);
    let args = ["check", "--at", "HEAD", "--format", "short"];
    let done = home.command(env!("CARGO_BIN_EXE_jalon"), &here, &args).output().unwrap();
    let told = String::from_utf8(done.stdout).unwrap();
    assert!(told.contains("raccourci, qui n’est pas suivi dans une version passée"), "{told}");
}

#[test]
fn a_repository_in_a_format_that_we_do_not_read_is_copied_again() {
    let home = Home::new();
    let here = home.path("origine");
    home.git(&here, &["config", "core.repositoryFormatVersion", "1"], 4);
    home.git(&here, &["config", "extensions.partialClone", "origin"], 4);
    let (code, said) = home.check_at(&here, "HEAD");
    assert!(code == Some(2) && said.contains("une nouvelle copie suffit : git clone"), "{said}");
}

/// Only an administrator can give a folder to somebody else.
#[cfg(unix)]
#[test]
fn a_repository_of_somebody_else_is_trusted_first() {
    let home = Home::new();
    let here = home.path("origine");
    if std::os::unix::fs::chown(here.join(".git"), Some(12_345), None).is_err() {
        return;
    }
    std::os::unix::fs::chown(&here, Some(12_345), None).unwrap();
    let (code, said) = home.check_at(&here, "HEAD");
    assert_eq!(code, Some(2));
    let advice = format!("git config --global --add safe.directory {}", here.display());
    assert!(said.contains(&advice), "{said}");
    home.follow(&here, &said, "git config --global");
    assert_eq!(home.check_at(&here, "HEAD").0, Some(0));
}

#[test]
fn a_document_whose_history_is_incomplete_says_so() {
    let home = Home::new();
    let here = home.copied(&["--depth", "1"]);
    let (_, said) = home.jalon(&here, &["build"]);
    assert!(
        said.contains(
            "attention : ce dépôt n’a que la fin de son historique, des documents ne portent pas leur \
             version ; pour le compléter : git fetch --unshallow ; "
        ),
        "{said}"
    );
}
