//! Writes the HTML of the documents of a school into a folder: CONTENT OUT [part of an address].
#![allow(clippy::unwrap_used, clippy::disallowed_methods, clippy::print_stdout, missing_docs)]
use jalon::{page, record, render, rule, school, source};
fn main() {
    let args: Vec<String> = std::env::args().collect();
    let folder = source::Folder::open(args[1].as_str()).unwrap();
    let (texts, _) = source::Texts::read(&folder).unwrap();
    let (school, _) = school::link(record::load(&texts).0);
    let _ = rule::check(&school);
    let site = page::Site::new(&school, &[], jalon::text::Date::new(2026, 11, 22).unwrap());
    let photograph = |_: &str| None;
    let edition = |path: &str| {
        Some(page::Edition {
            commit: format!("{:040x}", path.len()),
            at: jiff::Timestamp::from_second(1_780_000_000).unwrap(),
        })
    };
    let desk = page::Desk { site: &site, edition: &edition, logo: None, photograph: &photograph };
    let printery = render::Printery::new().unwrap();
    let out = std::path::PathBuf::from(&args[2]);
    for (address, document) in page::documents(&site) {
        if args.get(3).is_some_and(|part| !address.contains(part.as_str())) {
            continue;
        }
        let sheet = printery.sheet(&desk, document).unwrap();
        let path = out.join(address.replace('/', "_").replace(".pdf", ".html"));
        std::fs::create_dir_all(&out).unwrap();
        std::fs::write(&path, sheet.html).unwrap();
        println!("{}", path.display());
    }
}
