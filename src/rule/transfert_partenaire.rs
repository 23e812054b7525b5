//! TRANSFERT-PARTENAIRE: folders are exchanged with schools that are listed, and not with oneself.

use std::sync::Arc;

use crate::diagnostic::{Code, Finding, Severity, Site, key_path};
use crate::school::School;
use crate::text::{or_list, quoted};

pub(super) static CODE: Code = Code {
    name: "TRANSFERT-PARTENAIRE",
    severity: Severity::Error,
    summary: "Un transfert se fait avec un établissement partenaire",
    explanation: "Les établissements avec lesquels des dossiers s’échangent sont dans school.toml, sous \
        [[transferts.partenaires]], une fois chacun, avec leurs clés : c’est ce qui permet de savoir de qui vient un dossier. \
        Un dossier ne se transfère pas d’un établissement à lui-même.",
    wrong: "etablissement = \"0570001X\"   # inconnu de school.toml",
    right: "etablissement = \"0570000R\"   # inscrit sous [[transferts.partenaires]]",
};

pub(super) fn check(school: &School) -> Vec<Finding> {
    let mut findings = Vec::new();
    let file: Arc<str> = Arc::from("school.toml");
    let partners =
        school.establishment.transferts.as_ref().map_or(&[][..], |one| &one.partenaires[..]);
    for (n, partner) in partners.iter().enumerate() {
        let site = Site::value(&file, key_path!["transferts", "partenaires", n, "uai"]);
        let same = |code: &str| code.eq_ignore_ascii_case(&partner.uai);
        if same(&school.establishment.uai) {
            let message = "cet établissement est le vôtre";
            findings.push(Finding::new(&CODE, site, message).help("retirez ce bloc"));
        } else if partners[..n].iter().any(|other| same(&other.uai)) {
            let message = format!("l’établissement {} est inscrit deux fois", quoted(&partner.uai));
            let help = "gardez un seul bloc, avec toutes ses clés";
            findings.push(Finding::new(&CODE, site, message).help(help));
        }
    }
    for one in school.transfers.values() {
        let code = &one.record.etablissement;
        if school.is_broken(&one.file) || school.partner(code).is_some() {
            continue;
        }
        let known: Vec<String> = partners.iter().map(|one| quoted(&one.uai)).collect();
        let help = match &known[..] {
            [] => "l’administrateur l’inscrit dans school.toml, sous [[transferts.partenaires]]"
                .to_owned(),
            known => format!(
                "écrivez {}, ou faites inscrire l’établissement par l’administrateur",
                or_list(known)
            ),
        };
        let site = Site::value(&one.file, key_path!["etablissement"]);
        let message = format!("l’établissement {} n’est pas parmi les partenaires", quoted(code));
        findings.push(Finding::new(&CODE, site, message).help(help));
    }
    findings
}
