//! ECOLE-LOGO: the logo of the establishment can be printed.

use std::sync::Arc;

use crate::diagnostic::{Code, Finding, Severity, Site, key_path};
use crate::record::{Picture, quote};
use crate::school::School;
use crate::text::{nearest, quoted};

pub(super) static CODE: Code = Code {
    name: "ECOLE-LOGO",
    severity: Severity::Warning,
    summary: "Le logo est un PNG ou un JPEG, à côté de school.toml",
    explanation: "Le logo est en tête de chaque document imprimé, réduit à 600 points de large. Un fichier qui \
        manque ou qui ne peut pas être ouvert n’empêche rien : les documents paraissent sans logo.",
    wrong: "logo = \"images/logo.svg\"",
    right: "logo = \"logo.png\"",
};

/// Most pixels of a logo: an A4 sheet scanned at 300 points an inch has half of them.
const MOST: u64 = 16_000_000;
const SMALLER: &str = "réduisez-le : 1 200 points de large suffisent";

pub(super) fn check(school: &School) -> Vec<Finding> {
    let Some(name) = school.establishment.logo.as_deref() else { return Vec::new() };
    let Some((fault, help)) = fault(school, name) else { return Vec::new() };
    let site = Site::value(&Arc::from("school.toml"), key_path!["logo"]);
    let finding = Finding::new(&CODE, site, format!("le logo {} {fault}", quoted(name)));
    let images = school.pictures.keys().map(|path| &**path).filter(|path| is_image(path));
    let near = if school.pictures.contains_key(name) { None } else { nearest(name, images) };
    vec![match near {
        Some(near) => finding.help(format!("écrivez {}", quote(near))).replace_with(quote(near)),
        None => finding.help(help),
    }]
}

/// What is wrong with the logo, and what to do.
fn fault(school: &School, name: &str) -> Option<(String, &'static str)> {
    const AGAIN: &str = "enregistrez-le en PNG ou en JPEG";
    if name.contains(['/', '\\']) {
        let help = "rangez-le à côté de school.toml et n’écrivez que son nom";
        return Some(("n’est pas à côté de school.toml".to_owned(), help));
    }
    if !is_image(name) {
        return Some(("n’est ni un PNG ni un JPEG".to_owned(), AGAIN));
    }
    let Some(picture) = school.pictures.get(name) else {
        let help = "déposez-le à côté de school.toml, ou supprimez cette ligne";
        return Some(("n’est pas à côté de school.toml".to_owned(), help));
    };
    Some(match *picture {
        Picture::Sound { width, height, .. } | Picture::Vast(width, height)
            if u64::from(width) * u64::from(height) > MOST =>
        {
            (format!("a {width} × {height} points, au-delà des 16 millions permis"), SMALLER)
        }
        Picture::Sound { .. } => return None,
        Picture::Heavy(bytes) => {
            (format!("pèse {} Mo, au-delà des 15 Mo permis", bytes.div_ceil(1024 * 1024)), SMALLER)
        }
        Picture::Vast(..) => ("demande trop de mémoire pour être ouvert".to_owned(), SMALLER),
        Picture::Heic | Picture::Film | Picture::Foreign => {
            ("n’est ni un PNG ni un JPEG".to_owned(), AGAIN)
        }
        Picture::Broken => (
            "ne peut pas être ouvert : le fichier est abîmé ou incomplet".to_owned(),
            "déposez-le de nouveau, après avoir vérifié qu’il s’ouvre",
        ),
    })
}

fn is_image(name: &str) -> bool {
    let extension = name.rsplit_once('.').map(|(_, extension)| extension.to_ascii_lowercase());
    !name.contains('/') && extension.is_some_and(|one| matches!(&*one, "png" | "jpg" | "jpeg"))
}
