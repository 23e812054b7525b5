//! BOOK-FICHIER: each file beside a page of a book is described by it.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::shared::resource::files_in;
use crate::diagnostic::{Code, Finding, Severity, Site};
use crate::school::{BookPage, School};
use crate::text::{and_list, count, nearest, plural, quoted};

pub(super) static CODE: Code = Code {
    name: "BOOK-FICHIER",
    severity: Severity::Warning,
    summary: "Un fichier déposé à côté d’une page de book y est décrit",
    explanation: "Une photographie dont la page ne parle pas ne paraît nulle part : elle a été oubliée, ou elle est \
        de trop. Chacune a son bloc `[[photos]]`, avec sa description (BOOK-03).",
    wrong: "students/2025/dupont-lea/book/vitrine/rue.jpg   (décrite nulle part)",
    right: "[[photos]]\nfichier = \"rue.jpg\"\ndescription = \"La vitrine terminée, vue de la rue\"",
};

/// How many files are named in the sentence.
const NAMED: usize = 3;

pub(super) fn check(school: &School) -> Vec<Finding> {
    let pages: BTreeMap<&str, &BookPage> =
        school.book_pages.values().iter().map(|page| (page.folder(), page)).collect();
    // One finding a folder, however many files were poured into it.
    let mut misplaced: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    let mut forgotten: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    let mut orphans: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for path in &school.files {
        let parts: Vec<&str> = path.splitn(6, '/').collect();
        let (["students", _, _, "book", name] | ["students", _, _, "book", _, name]) = parts[..]
        else {
            continue;
        };
        let folder = &path[..path.len() - name.len() - 1];
        if parts.len() == 5 {
            if !name.ends_with(".md") {
                misplaced.entry(folder).or_default().push(name);
            }
            continue;
        }
        match pages.get(folder) {
            Some(page) if is_told(school, page, name) => {}
            Some(_) => forgotten.entry(folder).or_default().push(name),
            // What a faulty page names, or a page whose pupil is not known, has its own message.
            None if school.files.contains(format!("{folder}.md").as_str()) => {}
            None => orphans.entry(folder).or_default().push(name),
        }
    }
    let misplaced = misplaced.into_iter().map(|(folder, names)| {
        let verb = plural(names.len(), "n’est pas", "ne sont pas");
        let message = format!("{} {verb} dans le dossier d’une page", list(&names));
        Finding::new(&CODE, Site::file(&Arc::from(folder)), message)
            .help("rangez chaque photographie dans le dossier de même nom que sa page, sans .md")
    });
    let forgotten = forgotten.into_iter().map(|(folder, names)| {
        let verb = plural(names.len(), "n’est décrit", "ne sont décrits");
        let message = format!("{} {verb} nulle part dans cette page", list(&names));
        let file = Arc::from(format!("{folder}.md"));
        Finding::new(&CODE, Site::file(&file), message)
            .help("ajoutez à l’en-tête un bloc [[photos]] pour chacun, avec sa description, ou supprimez-les")
    });
    let orphans = orphans.into_iter().map(|(folder, names)| {
        let message = format!(
            "le dossier {} contient {}, mais aucune page ne porte son nom",
            quoted(folder),
            list(&names)
        );
        Finding::new(&CODE, Site::file(&Arc::from(folder)), message)
            .help(format!("créez la page {folder}.md, ou supprimez ce dossier"))
    });
    misplaced.chain(forgotten).chain(orphans).collect()
}

/// "« a.jpg », « b.jpg » et 4 autres fichiers"
fn list(names: &[&str]) -> String {
    let shown = if names.len() > NAMED { NAMED - 1 } else { names.len() };
    let mut words: Vec<String> = names[..shown].iter().map(|name| quoted(name)).collect();
    if shown < names.len() {
        words.push(count(names.len() - shown, "autre fichier", "autres fichiers"));
    }
    and_list(&words)
}

/// Whether a page describes a file, means it by a mistyped name, or could not be read wholly.
fn is_told(school: &School, page: &BookPage, name: &str) -> bool {
    let folder = format!("{}/", page.folder());
    let there: Vec<&str> = files_in(school, &folder).collect();
    let photos = &page.record.header.photos;
    school.is_broken(&page.file)
        || photos.iter().any(|photo| {
            let written = photo.fichier.as_str();
            let meant = || nearest(written, there.iter().copied()) == Some(name);
            written == name || !there.contains(&written) && meant()
        })
}
