//! Whether a person could sign for a class on a day.

use crate::diagnostic::{Code, Finding, Site, key_path};
use crate::school::{Class, Ix, Person, School};
use crate::text::{Date, long_date, quoted};

/// A finding when the person is not of the class's team, or had left. Somebody who has left since
/// is not asked to be of today's team.
pub(in crate::rule) fn outsider(
    school: &School,
    code: &'static Code,
    site: Site,
    person: Ix<Person>,
    class: Ix<Class>,
    day: Date,
) -> Option<Finding> {
    let who = &school.people[person];
    let class = &school.classes[class];
    if let Some(left) = who.record.inactif_depuis {
        let message = format!(
            "{} a quitté l’établissement le {}, avant le {}",
            who.full_name(),
            long_date(left),
            long_date(day)
        );
        return (day > left).then(|| {
            Finding::new(code, site, message)
                .help("corrigez la date, ou le nom de la personne")
                .related(
                    Site::value(&who.file, key_path!["personnes", &who.id, "inactif_depuis"]),
                    "date de départ",
                )
        });
    }
    let of_the_class = class.team.contains(&person) || class.form_teacher == Some(person);
    // An empty team has its own rule.
    if of_the_class || class.record.equipe.is_empty() {
        return None;
    }
    let message =
        format!("{} n’est pas dans l’équipe de la classe {}", who.full_name(), class.record.nom);
    let help = format!(
        "si c’est un oubli, le DDFPT ajoute {} à l’équipe de la classe ; sinon, corrigez le nom de la personne",
        quoted(&who.id)
    );
    let team = Site::value(&class.file, key_path!["classes", &class.key, "equipe"]);
    Some(Finding::new(code, site, message).help(help).related(team, "équipe de la classe"))
}
