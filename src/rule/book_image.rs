//! BOOK-IMAGE: the photographs of a page can be shown.

use crate::diagnostic::{Code, Finding, Severity, Site, key_path};
use crate::record::Picture;
use crate::school::School;
use crate::text::quoted;

pub(super) static CODE: Code = Code {
    name: "BOOK-IMAGE",
    severity: Severity::Warning,
    summary: "Une photographie est un JPEG, un PNG ou un WebP entier, de 15 Mo au plus",
    explanation: "Les navigateurs lisent ces trois formats. Les photographies sont réduites et vidées de ce qu’elles \
        disent du lieu et de l’appareil, ce qui demande de pouvoir les ouvrir : au plus 15 Mo et 50 millions de \
        points. Celle qui ne peut pas l’être n’empêche pas de publier le reste : la page le dit à sa place.",
    wrong: "fichier = \"IMG_2041.HEIC\"",
    right: "fichier = \"IMG_2041.jpg\"",
};

pub(super) fn check(school: &School) -> Vec<Finding> {
    let mut findings = Vec::new();
    for page in school.book_pages.values() {
        for (n, photo) in page.record.header.photos.iter().enumerate() {
            let picture = school.pictures.get(page.photo_path(photo).as_str());
            let Some((fault, help)) = picture.and_then(fault) else { continue };
            let site = Site::value(&page.file, key_path!["photos", n, "fichier"]);
            let message = format!("{} {fault}", quoted(&photo.fichier));
            findings.push(Finding::new(&CODE, site, message).help(help));
        }
    }
    findings
}

/// What is wrong with a photograph, and what to do.
fn fault(picture: &Picture) -> Option<(String, &'static str)> {
    const AGAIN: &str =
        "enregistrez-la en JPEG, par exemple depuis l’application Photos du téléphone";
    Some(match picture {
        Picture::Sound { .. } => return None,
        Picture::Heic => (
            "est au format HEIC des téléphones, que les navigateurs ne lisent pas".to_owned(),
            "exportez-la en JPEG ; sur iPhone : Réglages, Appareil photo, Formats, « Le plus compatible »",
        ),
        Picture::Film => (
            "est un film ou un son : le book ne montre que des photographies".to_owned(),
            "prenez-en une image, et donnez dans le texte un lien vers le film s’il est publié ailleurs",
        ),
        Picture::Foreign => ("n’est ni un JPEG, ni un PNG, ni un WebP".to_owned(), AGAIN),
        Picture::Heavy(bytes) => (
            format!("pèse {} Mo, au-delà des 15 Mo permis", bytes.div_ceil(1024 * 1024)),
            "réduisez-la avant de la déposer : 2 000 points de large suffisent",
        ),
        Picture::Vast(width, height) => (
            format!("a {width} × {height} points, au-delà des 50 millions permis"),
            "réduisez-la avant de la déposer : 2 000 points de large suffisent",
        ),
        Picture::Broken => (
            "ne peut pas être ouverte : le fichier est abîmé ou incomplet".to_owned(),
            "déposez-la de nouveau, après avoir vérifié qu’elle s’ouvre",
        ),
    })
}
