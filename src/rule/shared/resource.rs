//! The documents and links of a scenario or of an evaluation.

use std::sync::Arc;

use crate::diagnostic::{Code, Finding, Site, key_path};
use crate::record::{Resource, quote};
use crate::school::School;
use crate::text::{nearest, quoted};

/// The faults of a list of resources whose files live in `folder` (`scenarios/…/accueil-client/`);
/// without a folder, only links can be given.
pub(in crate::rule) fn faults(
    school: &School,
    code: &'static Code,
    file: &Arc<str>,
    resources: &[Resource],
    folder: Option<&str>,
) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (n, resource) in resources.iter().enumerate() {
        let of = |key: &str| Site::value(file, key_path!["ressources", n, key]);
        match (&resource.fichier, &resource.lien) {
            (None, None) => findings.push(
                Finding::new(
                    code,
                    of("titre"),
                    format!("la ressource {} n’a ni fichier ni lien", quoted(&resource.titre)),
                )
                .help("ajoutez une ligne fichier = \"nom-du-fichier.pdf\" ou lien = \"https://…\""),
            ),
            (Some(_), Some(_)) => findings.push(
                Finding::new(
                    code,
                    of("lien"),
                    format!("la ressource {} a un fichier et un lien", quoted(&resource.titre)),
                )
                .help("gardez l’un des deux, ou faites-en deux ressources"),
            ),
            (Some(name), None) => {
                findings.extend(file_fault(school, code, of("fichier"), name, folder));
            }
            (None, Some(link)) => findings.extend(link_fault(code, of("lien"), link)),
        }
    }
    findings
}

fn file_fault(
    school: &School,
    code: &'static Code,
    site: Site,
    name: &str,
    folder: Option<&str>,
) -> Option<Finding> {
    if name.contains(['/', '\\']) || name == ".." {
        let message = format!("{} est un chemin, pas un nom de fichier", quoted(name));
        let help = "déposez le fichier dans le dossier du scénario, et n’écrivez que son nom";
        return Some(Finding::new(code, site, message).help(help));
    }
    let Some(folder) = folder else {
        let message = format!(
            "le fichier {} ne peut pas être trouvé : cette évaluation ne vient d’aucun scénario",
            quoted(name)
        );
        let help = "les fichiers sont dans le dossier d’un scénario : ajoutez la ligne scenario = \"…\", ou donnez un lien";
        return Some(Finding::new(code, site, message).help(help));
    };
    if school.files.contains(format!("{folder}{name}").as_str()) {
        return None;
    }
    let message = format!("le fichier {} n’est pas dans le dossier {folder}", quoted(name));
    let finding = Finding::new(code, site, message);
    let there: Vec<&str> = files_in(school, folder).filter(|file| !file.contains('/')).collect();
    Some(match nearest(name, there) {
        Some(near) => finding.help(format!("écrivez {}", quote(near))).replace_with(quote(near)),
        None => finding
            .help(format!("déposez-le dans le dossier {folder}, ou supprimez cette ressource")),
    })
}

fn link_fault(code: &'static Code, site: Site, link: &str) -> Option<Finding> {
    let address = link.strip_prefix("https://").or_else(|| link.strip_prefix("http://"));
    if address.is_some_and(|rest| rest.contains('.') && !rest.contains(char::is_whitespace)) {
        return None;
    }
    let message = format!("{} n’est pas l’adresse d’une page", quoted(link));
    let finding = Finding::new(code, site, message)
        .help("copiez l’adresse entière depuis le navigateur : elle commence par https://");
    let bare = address.is_none() && !link.contains("//") && !link.contains(char::is_whitespace);
    if bare && link.contains('.') {
        return Some(finding.replace_with(quote(&format!("https://{link}"))));
    }
    Some(finding)
}

/// The files of a folder and of its own folders, named from it.
pub(in crate::rule) fn files_in<'a>(
    school: &'a School,
    folder: &'a str,
) -> impl Iterator<Item = &'a str> {
    school
        .files
        .range::<str, _>((std::ops::Bound::Included(folder), std::ops::Bound::Unbounded))
        .map_while(move |path| path.strip_prefix(folder))
}
