//! One browser that runs: its process, its temporary folder, the wire to it. Nothing of it is left
//! when it is dropped, and nothing but its folder when we are killed.

use std::os::unix::process::CommandExt as _;
use std::path::Path;
use std::process::{Child, Stdio};
use std::time::Duration;

use command_fds::{CommandFdExt as _, FdMapping};
use headless_chrome::protocol::cdp::Browser::GetVersion;
use nix::sys::signal::{Signal, killpg};
use nix::unistd::Pid;

use super::error::PrintError;
use super::pipe::Wire;
use crate::paper::fonts::FONTS;
use crate::source::Temporary;

/// The page that every tab opens once; documents then take its place, and find `fonts/` beside it.
const BASE: &str = "base.html";
const BASE_HTML: &[u8] = b"<!DOCTYPE html><html lang=\"fr\"><title>base</title></html>\n";

/// What is asked of every browser: to print, without a screen, a network or a past.
const FLAGS: &[&str] = &[
    "--headless",
    "--remote-debugging-pipe",
    "--disable-gpu",
    "--disable-quic",
    "--disable-extensions",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-default-apps",
    "--disable-sync",
    "--disable-breakpad",
    "--disable-crash-reporter",
    "--no-first-run",
    "--no-default-browser-check",
    "--mute-audio",
    "--hide-scrollbars",
    "--password-store=basic",
    "--use-mock-keychain",
    // No name leads anywhere: what a page could ask of the network is refused before it leaves.
    "--host-resolver-rules=MAP * ~NOTFOUND",
    "--proxy-server=http://127.0.0.1:9",
    "--proxy-bypass-list=<-loopback>",
];

/// A browser that runs.
#[derive(Debug)]
pub(super) struct Browser {
    // Dropped in this order: nobody writes any more in a folder that is being removed.
    _process: Process,
    wire: Wire,
    home: Temporary,
}

impl Browser {
    /// Starts a browser, and waits until it answers.
    pub(super) fn start(program: &Path, deadline: Duration) -> Result<Self, PrintError> {
        let mut files: Vec<(String, &[u8])> =
            FONTS.iter().map(|(name, bytes)| (format!("fonts/{name}"), *bytes)).collect();
        files.push((BASE.to_owned(), BASE_HTML));
        let home = Temporary::new(&files)?;
        let (process, wire) = spawn(program, home.path())?;
        let browser = Self { _process: process, wire, home };
        let answered = browser.wire.call(None, &GetVersion(None), deadline);
        let root = nix::unistd::geteuid().is_root();
        answered.map_err(|cause| PrintError::Start { root, cause: Box::new(cause) })?;
        Ok(browser)
    }

    pub(super) fn wire(&self) -> &Wire {
        &self.wire
    }

    /// The address of the base page.
    pub(super) fn base(&self) -> String {
        address(&self.home.path().join(BASE))
    }
}

/// A path as a `file:` address.
fn address(path: &Path) -> String {
    use std::fmt::Write as _;
    let mut address = "file://".to_owned();
    for byte in path.as_os_str().as_encoded_bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'/' | b'-' | b'_' | b'.' | b'~' => {
                address.push(char::from(*byte));
            }
            _ => {
                let _ = write!(address, "%{byte:02X}");
            }
        }
    }
    address
}

/// A process and its children, in a group of their own, killed when dropped.
#[derive(Debug)]
struct Process(Child);

impl Drop for Process {
    fn drop(&mut self) {
        // A group keeps its number as long as its leader is not waited for: nobody else is hit.
        if let Ok(group) = i32::try_from(self.0.id()) {
            let _ = killpg(Pid::from_raw(group), Signal::SIGKILL);
        }
        let _ = self.0.wait();
    }
}

fn spawn(program: &Path, home: &Path) -> Result<(Process, Wire), PrintError> {
    let (its_input, to) = std::io::pipe().map_err(PrintError::Launch)?;
    let (from, its_output) = std::io::pipe().map_err(PrintError::Launch)?;
    let mut command = super::find::program(program);
    command.args(FLAGS).arg(format!("--user-data-dir={}", home.join("profil").display()));
    // The sandbox of the browser refuses to work for root.
    if nix::unistd::geteuid().is_root() {
        command.arg("--no-sandbox");
    }
    // What it writes elsewhere than in its profile goes with the folder too.
    for place in ["HOME", "TMPDIR", "XDG_CACHE_HOME", "XDG_CONFIG_HOME"] {
        command.env(place, home);
    }
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).process_group(0);
    let fds = vec![
        FdMapping { parent_fd: its_input.into(), child_fd: 3 },
        FdMapping { parent_fd: its_output.into(), child_fd: 4 },
    ];
    // Two different numbers never collide.
    let _ = command.fd_mappings(fds);
    let child = command.spawn().map_err(PrintError::Launch)?;
    // The command holds the browser's ends of the pipes: dropped here, they close with the browser.
    drop(command);
    Ok((Process(child), Wire::new(to, from)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_becomes_an_address() {
        assert_eq!(address(Path::new("/tmp/été 1/b.html")), "file:///tmp/%C3%A9t%C3%A9%201/b.html");
    }

    #[test]
    fn what_is_no_browser_does_not_start() {
        let soon = Duration::from_secs(5);
        let missing = Browser::start(Path::new("/nowhere/chrome"), soon);
        assert!(matches!(missing, Err(PrintError::Launch(_))));
        let other = Browser::start(Path::new("/bin/true"), soon);
        assert!(matches!(other, Err(PrintError::Start { .. })));
    }
}
