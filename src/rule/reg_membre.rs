//! REG-MEMBRE: each member of a commission is one known person, and signs only when there.

use crate::diagnostic::{Code, Finding, Severity, Site, key_path};
use crate::record::Sitting;
use crate::school::{Commission, School};

pub(super) static CODE: Code = Code {
    name: "REG-MEMBRE",
    severity: Severity::Error,
    summary: "Un membre d’une commission est nommé, et ne signe que s’il est présent",
    explanation: "Un membre est soit une personne de l’établissement (`personne`), soit quelqu’un d’extérieur \
        (`nom` et `prenom`), jamais les deux. La composition d’un jury doit pouvoir être prouvée nom par nom : \
        le tribunal administratif de Rennes a annulé un ajournement parce qu’elle ne l’était pas (28 mars 2024, \
        n° 2303845). Une signature en face d’un absent ruinerait la feuille entière.",
    wrong: "[[membres]]\nqualite = \"professionnel\"\npresent = true",
    right: "[[membres]]\nnom = \"Perrin\"\nprenom = \"Claire\"\nqualite = \"professionnel\"",
};

pub(super) fn check(school: &School) -> Vec<Finding> {
    let commissions = school.commissions.values().iter();
    commissions
        .filter(|commission| !school.is_broken(&commission.file))
        .flat_map(|commission| {
            let members = commission.record.membres.iter().enumerate();
            members.filter_map(|(n, member)| of_member(school, commission, n, member))
        })
        .collect()
}

fn of_member(
    school: &School,
    commission: &Commission,
    n: usize,
    member: &Sitting,
) -> Option<Finding> {
    let key = |key: &str| Site::value(&commission.file, key_path!["membres", n, key]);
    let found =
        |site, message: String, help: &str| Some(Finding::new(&CODE, site, message).help(help));
    match (&member.personne, &member.nom, &member.prenom) {
        (Some(_), None, None) | (None, Some(_), Some(_)) => {}
        (None, None, None) => {
            let site = Site::key(&commission.file, key_path!["membres", n]);
            return found(
                site,
                "ce membre n’a pas de nom".to_owned(),
                "ajoutez personne = \"…\" s’il est de l’établissement, sinon nom = \"…\" et prenom = \"…\"",
            );
        }
        (Some(_), nom, _) => {
            let other = if nom.is_some() { "nom" } else { "prenom" };
            return found(
                key(other),
                "ce membre est nommé de deux façons : personne de l’établissement et nom d’un extérieur".to_owned(),
                "gardez personne seule, ou nom et prenom seuls",
            );
        }
        (None, Some(_), None) => {
            return found(
                key("nom"),
                "il manque le prénom de ce membre".to_owned(),
                "ajoutez la ligne prenom = \"…\"",
            );
        }
        (None, None, Some(_)) => {
            return found(
                key("prenom"),
                "il manque le nom de famille de ce membre".to_owned(),
                "ajoutez la ligne nom = \"…\"",
            );
        }
    }
    (member.emargement && !member.present).then(|| {
        let name = commission.member_name(&school.people, n);
        let message = format!("{name} a signé la feuille d’émargement sans avoir siégé");
        Finding::new(&CODE, key("emargement"), message)
            .help("supprimez la ligne present = false, ou la ligne emargement = true")
            .related(key("present"), "l’absence")
    })
}
