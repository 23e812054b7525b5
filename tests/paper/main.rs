//! Printed documents, finished: they conform to PDF/A-2a and PDF/UA-1, and are the same bytes each time.
#![allow(clippy::disallowed_methods, clippy::print_stderr)]
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test stops when it cannot go on")]

mod browser;
mod pages;

#[test]
fn dump() {
    let Some(browser) = browser::browser() else { return };
    let tab = browser.new_tab().unwrap();
    for (name, html) in pages::pages() {
        std::fs::create_dir_all("/tmp/fin/raw").unwrap();
        let raw = browser::print(&tab, &html);
        std::fs::create_dir_all("/tmp/fin/done").unwrap();
        std::fs::write(format!("/tmp/fin/raw/{name}.pdf"), &raw).unwrap();
        let facts = jalon::paper::Facts {
            title: format!("{name} de l’élève"),
            author: "Lycée".into(),
            subject: "Bac pro".into(),
            modified: Some("2026-12-11T10:00:00Z".parse().unwrap()),
        };
        let start = std::time::Instant::now();
        let done = jalon::paper::finish(&raw, &facts).unwrap();
        eprintln!("{name}: {} -> {} in {:?}", raw.len(), done.len(), start.elapsed());
        std::fs::write(format!("/tmp/fin/done/{name}.pdf"), &done).unwrap();
    }
}
