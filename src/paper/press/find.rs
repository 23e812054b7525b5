//! Which browser will print: the one that is asked for, or the best of those of this machine.

use std::ffi::OsStr;
use std::io::Read as _;
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::{Mutex, OnceLock, PoisonError, mpsc};
use std::time::Duration;

use super::advice;

/// Best first: the first one does nothing but print, twice as fast.
const NAMES: &[&str] = &[
    "chromium-headless-shell",
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "chrome",
];

const MAC: &[&str] = &[
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
];

/// A browser that does not tell its version by then is not waited for.
const PATIENCE: Duration = Duration::from_secs(10);

/// No browser to print with. The sentence says what to install on this machine.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub enum NoBrowser {
    /// None was found.
    #[error("aucun navigateur pour imprimer les documents : {0}")]
    Missing(String),
    /// `CHROME` leads nowhere.
    #[error("la variable CHROME désigne « {} », qui n’est pas un programme", .0.display())]
    Named(PathBuf),
}

/// A browser of this machine, not started.
#[derive(Debug)]
pub(super) struct Found {
    pub(super) path: PathBuf,
    version: OnceLock<String>,
    /// Asked when the browser is found and read when it is wanted: launchers take their time.
    asked: Mutex<mpsc::Receiver<String>>,
}

impl Found {
    /// The browser named by `CHROME`, or the best of those of this machine.
    pub(super) fn look() -> Result<Self, NoBrowser> {
        let named = std::env::var_os("CHROME").filter(|path| !path.is_empty());
        let path = std::env::var_os("PATH").unwrap_or_default();
        let found = among(named.as_deref(), &path, MAC);
        found.map(Self::at).map_err(|named| {
            named.map_or_else(|| NoBrowser::Missing(advice::here()), NoBrowser::Named)
        })
    }

    /// This browser.
    pub(super) fn at(path: PathBuf) -> Self {
        let (tell, asked) = mpsc::channel();
        let browser = path.clone();
        // Nobody waits for a thread whose browser never answers.
        std::thread::spawn(move || {
            let _ = tell.send(ask(&browser));
        });
        Self { path, version: OnceLock::new(), asked: asked.into() }
    }

    /// "156.0.8078.79"; "inconnue" when the browser does not tell.
    pub(super) fn version(&self) -> &str {
        self.version.get_or_init(|| {
            let asked = self.asked.lock().unwrap_or_else(PoisonError::into_inner);
            let told = asked.recv_timeout(PATIENCE).unwrap_or_default();
            version(&told).unwrap_or("inconnue").to_owned()
        })
    }
}

/// What a browser says of its version; nothing when it cannot be run.
fn ask(browser: &Path) -> String {
    let mut text = String::new();
    let mut command = program(browser);
    command.arg("--version").stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::null());
    if let Ok(mut child) = command.spawn() {
        if let Some(said) = &mut child.stdout {
            let _ = said.take(1000).read_to_string(&mut text);
        }
        let _ = child.wait();
    }
    text
}

/// A browser to be run, which does not inherit the secret of this run: it has no use for it, and
/// whoever administers the machine reads what its processes were given.
pub(super) fn program(browser: &Path) -> Command {
    let mut command = Command::new(browser);
    command.env_remove("JALON_SECRET");
    command
}

/// The first number with dots: "156.0.8078.79" in "Chromium 156.0.8078.79 built on Debian".
fn version(told: &str) -> Option<&str> {
    told.split_whitespace().find(|word| {
        word.contains('.') && word.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.')
    })
}

/// The browser that is named, or the first found; when the named one is no program, its path.
fn among(
    named: Option<&OsStr>,
    path: &OsStr,
    elsewhere: &[&str],
) -> Result<PathBuf, Option<PathBuf>> {
    if let Some(named) = named {
        let given = PathBuf::from(named);
        let bare = given.components().count() == 1;
        let found = if bare { on_path(path, named) } else { None };
        return found.or_else(|| is_program(&given).then(|| given.clone())).ok_or(Some(given));
    }
    NAMES
        .iter()
        .find_map(|name| on_path(path, OsStr::new(name)))
        .or_else(|| elsewhere.iter().map(PathBuf::from).find(|path| is_program(path)))
        .ok_or(None)
}

fn on_path(path: &OsStr, name: &OsStr) -> Option<PathBuf> {
    std::env::split_paths(path)
        .filter(|folder| folder.is_absolute())
        .map(|folder| folder.join(name))
        .find(|file| is_program(file) && !is_snap(file))
}

fn is_program(path: &Path) -> bool {
    std::fs::metadata(path)
        .is_ok_and(|data| data.is_file() && data.permissions().mode() & 0o111 != 0)
}

/// A browser in a snap sees neither our temporary folder nor the fonts in it. Ubuntu's
/// `chromium-browser` is a script that starts one.
fn is_snap(path: &Path) -> bool {
    let real = path.canonicalize().unwrap_or_else(|_| path.to_path_buf());
    if path.starts_with("/snap") || real.ends_with("bin/snap") {
        return true;
    }
    let mut start = Vec::new();
    let read = std::fs::File::open(path).and_then(|file| file.take(4096).read_to_end(&mut start));
    read.is_ok()
        && start.starts_with(b"#!")
        && String::from_utf8_lossy(&start).contains("/snap/bin")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_browser_is_not_told_the_secret() {
        let command = program(Path::new("/usr/bin/chromium"));
        let removed = command.get_envs().any(|one| one == (OsStr::new("JALON_SECRET"), None));
        assert!(removed);
    }

    /// A folder of programs that do nothing.
    fn folder(programs: &[(&str, &str)]) -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        for (name, text) in programs {
            let path = folder.path().join(name);
            crate::source::write_if_changed(&path, text.as_bytes()).unwrap();
            std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o755)).unwrap();
        }
        folder
    }

    fn found(named: Option<&str>, folder: &tempfile::TempDir) -> Result<String, Option<PathBuf>> {
        let path = among(named.map(OsStr::new), folder.path().as_os_str(), &[])?;
        Ok(path.strip_prefix(folder.path()).unwrap_or(&path).to_string_lossy().into_owned())
    }

    #[test]
    fn the_fastest_comes_first_and_the_named_one_before_all() {
        let all = folder(&[("chrome", ""), ("chromium", ""), ("chromium-headless-shell", "")]);
        assert_eq!(found(None, &all).unwrap(), "chromium-headless-shell");
        assert_eq!(found(Some("chrome"), &all).unwrap(), "chrome");
        let path = all.path().join("chromium");
        assert_eq!(found(path.to_str(), &all).unwrap(), "chromium");
        assert_eq!(found(Some("/nowhere/x"), &all), Err(Some("/nowhere/x".into())));
        assert_eq!(found(None, &folder(&[])), Err(None));
    }

    #[test]
    fn what_is_no_program_or_lives_in_a_snap_is_passed_over() {
        let some = folder(&[("chrome", ""), ("chromium-browser", "#!/bin/sh\nexec /snap/bin/x\n")]);
        std::fs::create_dir(some.path().join("chromium")).unwrap();
        assert_eq!(found(None, &some).unwrap(), "chrome");
    }

    #[test]
    fn the_version_is_the_number_with_dots() {
        let debian = "Chromium 156.0.8078.79 built on Debian GNU/Linux 12 (bookworm)\n";
        assert_eq!(version(debian), Some("156.0.8078.79"));
        assert_eq!(version("Google Chrome 156.0.8078.79 "), Some("156.0.8078.79"));
        assert_eq!(version("Chromium"), None);
    }

    #[test]
    fn a_browser_that_is_no_more_has_no_version() {
        assert_eq!(Found::at(PathBuf::from("/nowhere/chrome")).version(), "inconnue");
    }
}
