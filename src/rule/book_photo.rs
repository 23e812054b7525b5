//! BOOK-PHOTO: a photograph of a page stands in its folder, once, with its description.

use std::collections::BTreeSet;

use super::shared::resource::files_in;
use super::shared::twice::repeated;
use crate::diagnostic::{Code, Finding, Severity, Site, key_path};
use crate::record::quote;
use crate::school::{BookPage, School};
use crate::text::{nearest, quoted};

pub(super) static CODE: Code = Code {
    name: "BOOK-PHOTO",
    severity: Severity::Warning,
    summary: "Une photographie est à côté de sa page, avec sa description",
    explanation: "Les photographies d’une page sont dans le dossier de même nom, à côté d’elle. Chacune a une \
        description (BOOK-03) : c’est ce qu’entend qui ne voit pas, et la légende sur le papier. Une \
        photographie qui manque n’empêche pas de publier le reste : la page dit qu’elle manque.",
    wrong: "[[photos]]\nfichier = \"vitrines.jpg\"\ndescription = \"La vitrine terminée, vue de la rue\"",
    right: "[[photos]]\nfichier = \"vitrine.jpg\"\ndescription = \"La vitrine terminée, vue de la rue\"",
};

pub(super) fn check(school: &School) -> Vec<Finding> {
    let pages = school.book_pages.values().iter();
    pages
        .filter(|page| !school.is_broken(&page.file))
        .flat_map(|page| of_page(school, page))
        .collect()
}

fn of_page(school: &School, page: &BookPage) -> Vec<Finding> {
    let mut findings = Vec::new();
    let folder = format!("{}/", page.folder());
    let there: BTreeSet<&str> = files_in(school, &folder).collect();
    let photos = &page.record.header.photos;
    for (n, photo) in photos.iter().enumerate() {
        let site = |key: &str| Site::value(&page.file, key_path!["photos", n, key]);
        let name = photo.fichier.as_str();
        if name.contains(['/', '\\']) {
            findings.push(
                Finding::new(
                    &CODE,
                    site("fichier"),
                    format!("{} sort du dossier de la page", quoted(name)),
                )
                .help(format!("rangez la photographie dans {folder} et n’écrivez que son nom")),
            );
        } else if !there.contains(name) {
            let message = format!("la photographie {} n’est pas dans {folder}", quoted(name));
            let finding = Finding::new(&CODE, site("fichier"), message);
            findings.push(match nearest(name, there.iter().copied()) {
                Some(near) => {
                    finding.help(format!("écrivez {}", quote(near))).replace_with(quote(near))
                }
                None => finding.help("déposez-la dans ce dossier, ou supprimez ce bloc [[photos]]"),
            });
        }
    }
    for (again, first) in repeated(photos.iter().map(|photo| &photo.fichier)) {
        let message =
            format!("la photographie {} figure deux fois", quoted(&photos[again].fichier));
        let site = |n: usize| Site::value(&page.file, key_path!["photos", n, "fichier"]);
        findings.push(
            Finding::new(&CODE, site(again), message)
                .help("gardez un seul de ces deux blocs [[photos]]")
                .related(site(first), "la première fois"),
        );
    }
    findings
}
