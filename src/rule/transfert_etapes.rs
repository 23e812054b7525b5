//! TRANSFERT-ETAPES: the steps of a transfer come in their order, with one package.

use crate::diagnostic::{Code, Finding, Severity, Site, key_path};
use crate::record::{TransferStage, TransferWay};
use crate::school::{School, Transfer};
use crate::text::long_date;

pub(super) static CODE: Code = Code {
    name: "TRANSFERT-ETAPES",
    severity: Severity::Error,
    summary: "Les étapes d’un transfert se suivent dans leur ordre",
    explanation: "Un dossier est demandé, envoyé, reçu, puis rangé dans celui de l’élève (TRF-05) : chaque étape est datée du même \
        jour que la précédente ou d’un jour plus tard, et toutes parlent du même paquet. Un dossier n’est pas rangé \
        avant d’être reçu, ni rangé sans élève.",
    wrong: "[reception]\nle = 2027-01-18\n\n[fusion]\nle = 2027-01-16",
    right: "[reception]\nle = 2027-01-18\n\n[fusion]\nle = 2027-01-18",
};

pub(super) fn check(school: &School) -> Vec<Finding> {
    let all = school.transfers.values().iter();
    all.filter(|one| !school.is_broken(&one.file)).flat_map(of_transfer).collect()
}

fn of_transfer(one: &Transfer) -> Vec<Finding> {
    let record = &one.record;
    let mut findings = Vec::new();
    let made: Vec<_> = TransferStage::ALL
        .into_iter()
        .filter_map(|stage| record.step(stage).map(|step| (stage, step)))
        .collect();
    for pair in made.windows(2) {
        let [(before, first), (after, second)] = pair else { continue };
        if second.le < first.le {
            let message = format!(
                "le dossier est {} le {}, avant d’être {} le {}",
                after.label(),
                long_date(second.le),
                before.label(),
                long_date(first.le)
            );
            let site = Site::value(&one.file, key_path![after.key(), "le"]);
            findings
                .push(Finding::new(&CODE, site, message).help("corrigez la date qui est fausse"));
        }
        if let (Some(one_package), Some(other)) = (&first.paquet, &second.paquet)
            && one_package != other
        {
            let message = format!(
                "le dossier {} n’est pas le paquet qui a été {}",
                after.label(),
                before.label()
            );
            let site = Site::value(&one.file, key_path![after.key(), "paquet"]);
            let help = "un autre paquet est un autre transfert, dans un autre fichier";
            findings.push(Finding::new(&CODE, site, message).help(help));
        }
    }
    let lacks = |stage: TransferStage| record.step(stage).is_none();
    if !lacks(TransferStage::Merged) {
        let site = || Site::key(&one.file, key_path!["fusion"]);
        if record.sens == TransferWay::Arrives && lacks(TransferStage::Received) {
            let message = "le dossier est rangé sans avoir été reçu";
            findings.push(Finding::new(&CODE, site(), message).help("ajoutez l’étape [reception]"));
        }
        if record.eleve.is_none() {
            let message = "le dossier est rangé, et l’élève n’est pas nommé";
            let help = "ajoutez la ligne eleve = \"…\" : l’identifiant de l’élève ici";
            findings.push(Finding::new(&CODE, site(), message).help(help));
        }
    }
    findings
}
