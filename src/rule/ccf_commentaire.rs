//! CCF-COMMENTAIRE: a comment has 300 characters at most.

use crate::diagnostic::{Code, Finding, Severity, Site, key_path};
use crate::school::School;
use crate::text::{characters, count};

pub(super) static CODE: Code = Code {
    name: "CCF-COMMENTAIRE",
    severity: Severity::Error,
    summary: "Le commentaire d’une grille a 300 caractères au plus",
    explanation: "Le commentaire éclaire le jury et figure sur les documents exportés, où rien ne dépasse 300 \
        caractères (CCF-10). Plutôt que de perdre la fin sans le dire, elle est refusée ici. On compte les \
        caractères Unicode du texte composé : une lettre accentuée compte pour un, les espaces et les \
        retours à la ligne aussi.",
    wrong: "commentaire = \"… 312 caractères …\"",
    right: "commentaire = \"… 298 caractères …\"",
};

/// The longest comment, in Unicode scalar values of its composed form.
const LONGEST: usize = 300;

pub(super) fn check(school: &School) -> Vec<Finding> {
    let mut findings = Vec::new();
    for grid in school.grids.values() {
        let Some(comment) = &grid.record.commentaire else { continue };
        let long = characters(&comment.0);
        if long <= LONGEST {
            continue;
        }
        let message = format!(
            "ce commentaire a {long} caractères, soit {} pour une limite de {LONGEST}",
            count(long - LONGEST, "caractère de trop", "caractères de trop")
        );
        let site = Site::value(&grid.file, key_path!["commentaire"]);
        findings.push(
            Finding::new(&CODE, site, message)
                .help("raccourcissez le texte : rien n’est coupé à votre place"),
        );
    }
    findings
}
