//! Which files may come with a scenario: names that every system takes, and nothing that runs when it is opened.

/// Longest name, in bytes, folders included.
const LONGEST: usize = 150;

/// Ends of names of files that run, or that run something, when they are opened.
const PROGRAMS: &[&str] = &[
    "app", "apk", "bat", "chm", "cmd", "com", "cpl", "desktop", "dll", "dmg", "docm", "dotm",
    "exe", "hta", "htm", "html", "inf", "iso", "jar", "js", "jse", "lnk", "mhtml", "msi", "msp",
    "pif", "potm", "ppam", "ppsm", "pptm", "ps1", "py", "reg", "scf", "scr", "sh", "shtml", "sldm",
    "svg", "svgz", "url", "vb", "vbe", "vbs", "wsf", "wsh", "xhtml", "xlam", "xlsm", "xltm", "xml",
];

/// Names that Windows keeps for itself.
const KEPT: &[&str] = &["aux", "con", "nul", "prn"];

/// Why a file cannot come with a scenario, in French; nothing when it can.
pub(super) fn fault(name: &str) -> Option<&'static str> {
    let fair = |part: &str| {
        let stem = part.split('.').next().unwrap_or(part).to_lowercase();
        let port = stem.strip_prefix("com").or(stem.strip_prefix("lpt"));
        let port = port.is_some_and(|n| n.len() == 1 && n.chars().all(|c| c.is_ascii_digit()));
        !part.is_empty()
            && !part.starts_with(['.', ' '])
            && !part.ends_with(['.', ' '])
            && !part.contains(['\\', ':', '<', '>', '"', '|', '?', '*'])
            && !part.chars().any(|c| c.is_control() || is_hidden(c))
            && !KEPT.contains(&&*stem)
            && !port
    };
    if name.len() > LONGEST {
        return Some("son nom est trop long");
    }
    if !name.split('/').all(fair) {
        return Some("son nom n’est pas admis sur tous les ordinateurs");
    }
    let end = name.rsplit_once('.').map(|(_, end)| end.to_lowercase());
    if end.is_some_and(|end| PROGRAMS.contains(&&*end)) {
        return Some("un fichier de cette sorte peut agir sur l’ordinateur quand on l’ouvre");
    }
    None
}

/// Signs that show a name other than it is.
fn is_hidden(c: char) -> bool {
    matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
}

#[cfg(test)]
mod tests {
    use super::fault;

    #[test]
    fn documents_come_and_what_runs_stays_out() {
        for name in [
            "fiche.pdf",
            "Fiche client n°2.odt",
            "été/photo.jpeg",
            "tableau.xlsx",
            "LISEZ-MOI",
            "a.toml",
        ] {
            assert_eq!(fault(name), None, "{name}");
        }
        for name in [
            "../x.pdf",
            "/x.pdf",
            "a//b.pdf",
            ".cache",
            "x.pdf.",
            "x ",
            "con.pdf",
            "COM1",
            "a:b",
            "fiche.EXE",
            "page.html",
            "dessin.svg",
            "macro.docm",
            "x\u{202e}fdp.txt",
            "a\\b.pdf",
            "",
        ] {
            assert!(fault(name).is_some(), "{name}");
        }
        assert!(fault(&"x".repeat(200)).is_some());
    }
}
