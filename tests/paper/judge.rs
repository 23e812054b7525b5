//! Judges PDF files with veraPDF (PDF/A-2a and PDF/UA-1) and qpdf (their syntax).

use std::ffi::OsStr;
use std::path::Path;
use std::process::Command;

/// Stops unless every PDF of the folder conforms. Where a judge is missing it says so, and fails only
/// if the tests of the pages are required.
pub(crate) fn conforms(folder: &Path) {
    let Some(classes) = std::env::var_os("JALON_VERAPDF") else {
        assert!(std::env::var_os("JALON_PAGES").is_none(), "JALON_VERAPDF is missing");
        eprintln!("skipped: JALON_VERAPDF is not set; `make test` sets it");
        return;
    };
    let arguments = [OsStr::new("-cp"), &classes, OsStr::new("Validate"), folder.as_os_str()];
    let judged = Command::new("java").args(arguments).output().unwrap();
    let said = String::from_utf8_lossy(&judged.stdout);
    let cause = String::from_utf8_lossy(&judged.stderr);
    assert!(judged.status.success() && said.contains("PASS"), "{said}{cause}");
    for entry in std::fs::read_dir(folder).unwrap() {
        let checked =
            Command::new("qpdf").arg("--check").arg(entry.unwrap().path()).output().unwrap();
        // A warning is 3, an error 2.
        assert!(checked.status.success(), "{}", String::from_utf8_lossy(&checked.stderr));
    }
}
