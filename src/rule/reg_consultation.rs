//! REG-CONSULTATION: a consultation says who read, what, and whose.

use crate::diagnostic::{Code, Finding, Severity, Site, key_path};
use crate::record::Reader;
use crate::school::{Consultation, School};

pub(super) static CODE: Code = Code {
    name: "REG-CONSULTATION",
    severity: Severity::Error,
    summary: "Une consultation dit qui a lu, quoi, et de quels élèves",
    explanation: "Une consultation sert de preuve : devant un tribunal, elle montre que le jury a ouvert le \
        livret, ou que la famille l’a lu. Un jury consulte au titre d’une commission du registre ; une famille ou \
        un tiers est nommé par `demandeur`.",
    wrong: "par = \"jury\"\ndocuments = [\"livret\"]",
    right: "par = \"jury\"\ncommission = \"jury-mcv-a\"\ndocuments = [\"livret\"]",
};

pub(super) fn check(school: &School) -> Vec<Finding> {
    let consultations = school.consultations.values().iter();
    consultations
        .filter(|consultation| !school.is_broken(&consultation.file))
        .flat_map(of_consultation)
        .collect()
}

fn of_consultation(consultation: &Consultation) -> Vec<Finding> {
    let record = &consultation.record;
    let mut findings = Vec::new();
    let mut tell = |key: &str, message: &str, help: &str| {
        let site = Site::value(&consultation.file, key_path![key]);
        findings.push(Finding::new(&CODE, site, message).help(help));
    };
    if record.par == Reader::Jury && record.commission.is_none() {
        tell(
            "par",
            "cette consultation par un jury ne dit pas quelle commission a consulté",
            "ajoutez la ligne commission = \"…\", le nom d’un fichier de commissions/ de la même session",
        );
    }
    if record.par != Reader::Jury && record.commission.is_some() {
        tell(
            "commission",
            "une commission est nommée, mais ce n’est pas un jury qui consulte",
            "écrivez par = \"jury\", ou supprimez la ligne commission",
        );
    }
    if matches!(record.par, Reader::Family | Reader::Other) && record.demandeur.is_none() {
        tell(
            "par",
            "cette consultation ne dit pas qui a demandé à lire",
            "ajoutez la ligne demandeur = \"…\", avec le nom de la personne",
        );
    }
    if record.documents.is_empty() {
        tell(
            "documents",
            "cette consultation ne nomme aucun document",
            "écrivez par exemple documents = [\"livret\"]",
        );
    }
    if record.eleves.is_empty() {
        tell(
            "eleves",
            "cette consultation ne nomme aucun élève",
            "ajoutez les identifiants des élèves dont les documents ont été lus",
        );
    }
    findings
}
