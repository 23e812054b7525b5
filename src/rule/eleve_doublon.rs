//! ELEVE-DOUBLON: one pupil has one folder.

use std::collections::BTreeMap;

use crate::diagnostic::{Code, Finding, Severity, Site, key_path};
use crate::school::{Pupil, School};
use crate::text::{long_date, quoted, slug};

pub(super) static CODE: Code = Code {
    name: "ELEVE-DOUBLON",
    severity: Severity::Warning,
    summary: "Un élève n’a qu’une fiche",
    explanation: "Deux fiches du même nom et de la même date de naissance sont presque toujours celles du \
        même élève, créé à la main puis importé (CNX-16). Ses résultats seraient partagés entre les deux. Si \
        ce sont vraiment deux élèves, l’identifiant ELEVE_ID de SIECLE de chacun les distingue, et ce message \
        disparaît.",
    wrong: "# dupont-lea\nnaissance = 2010-03-14\n# dupont-lea-2, sans eleve_id\nnaissance = 2010-03-14",
    right: "# dupont-lea seulement",
};

/// Two numbers that are both known and differ belong to two people.
fn differ(a: Option<&String>, b: Option<&String>) -> bool {
    a.is_some() && b.is_some() && a != b
}

pub(super) fn check(school: &School) -> Vec<Finding> {
    let mut findings = Vec::new();
    let mut seen: BTreeMap<_, Vec<&Pupil>> = BTreeMap::new();
    let site = |pupil: &Pupil| Site::value(&pupil.file, key_path!["nom"]);
    for pupil in school.pupils.values() {
        let record = &pupil.record;
        let person = (record.naissance, slug(&record.nom), slug(&record.prenom));
        let others = seen.entry(person).or_default();
        let twin = others.iter().find(|other| {
            let same_number = record.eleve_id.is_some() && record.eleve_id == other.record.eleve_id;
            // One number for two is told by ELEVE-ID.
            !same_number
                && !differ(record.eleve_id.as_ref(), other.record.eleve_id.as_ref())
                && !differ(record.ine.as_ref(), other.record.ine.as_ref())
        });
        if let Some(twin) = twin {
            let message = format!(
                "{}, né{} le {}, a deux fiches : {} et {}",
                pupil.full_name(),
                pupil.agree("e", "", "·e"),
                long_date(record.naissance),
                quoted(&twin.id),
                quoted(&pupil.id)
            );
            findings.push(
                Finding::new(&CODE, site(pupil), message)
                    .help("si c’est le même élève, gardez une seule fiche ; sinon, ajoutez à chacune l’eleve_id de SIECLE")
                    .related(site(twin), "l’autre fiche"),
            );
        }
        others.push(pupil);
    }
    findings
}
