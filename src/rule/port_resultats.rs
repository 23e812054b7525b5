//! PORT-RESULTATS: a valid company review assesses something (POR-13).

use crate::diagnostic::{Code, Finding, Severity, Site, key_path};
use crate::school::School;

pub(super) static CODE: Code = Code {
    name: "PORT-RESULTATS",
    severity: Severity::Error,
    summary: "Un bilan entreprise validé a au moins un résultat",
    explanation: "Une fois validé, le bilan entreprise alimente le tableau de bord : un critère ou une \
        compétence entière, et son niveau (POR-13). Sans résultat, le temps passé en entreprise n’y laisserait \
        aucune trace.",
    wrong: "[bilan_entreprise]\netat = \"valide\"",
    right: "[bilan_entreprise]\netat = \"valide\"\n\n[bilan_entreprise.resultats]\n\"C1.2.a\" = \"+\"",
};

pub(super) fn check(school: &School) -> Vec<Finding> {
    let empty = school.portfolios.values().iter().filter(|portfolio| {
        portfolio.valid_review().is_some_and(|review| review.resultats.is_empty())
            && !school.is_broken(&portfolio.file)
    });
    empty
        .map(|portfolio| {
            let site = Site::value(&portfolio.file, key_path!["bilan_entreprise", "etat"]);
            Finding::new(&CODE, site, "ce bilan entreprise est validé, mais n’a aucun résultat")
                .help("ajoutez [bilan_entreprise.resultats] et un niveau par critère ou par compétence, ou écrivez etat = \"brouillon\"")
        })
        .collect()
}
