//! How the console names what remains to be done, and where it leads.

use crate::insight::console::{Debt, Owed};
use crate::page::{Site, Subject, address, link};
use crate::text::{Date, count, short_date};

/// What is owed, as a heading under which pupils are counted: "Bilans du 1er semestre".
pub(super) fn label(site: &Site<'_>, owed: &Owed) -> String {
    let school = site.school;
    let period = |ix: &crate::school::Ix<crate::school::Period>| {
        let period = &school.periods[*ix];
        let sigle = &school.referentials[period.diploma].record.sigle;
        format!("{}, {sigle}", period.record.titre)
    };
    match owed {
        Owed::Review(name) => format!("Bilans à faire, {name}"),
        Owed::Draft(_) => "Bilans restés en brouillon".to_owned(),
        Owed::Unlocked(_) => "Bilans déverrouillés, à valider de nouveau".to_owned(),
        Owed::Results(_) => "Résultats d’évaluation à saisir".to_owned(),
        Owed::Company(ix) => format!("Entreprises à trouver, {}", period(ix)),
        Owed::Visit(ix) => format!("Apprenants à contacter en entreprise, {}", period(ix)),
        Owed::CompanyReview(ix) => format!("Bilans entreprise à faire, {}", period(ix)),
        Owed::Referent(ix) => format!("Professeurs référents à désigner, {}", period(ix)),
        Owed::Grid(diploma, exam) => {
            format!("Grilles {exam} à compléter, {}", school.referentials[*diploma].record.sigle)
        }
        Owed::Livret => "Livrets scolaires à compléter".to_owned(),
    }
}

/// How many pupils or documents a debt counts, in words.
pub(super) fn amount(owed: &Owed, pupils: usize) -> String {
    match owed {
        Owed::Review(_) | Owed::Draft(_) | Owed::Unlocked(_) | Owed::CompanyReview(_) => {
            count(pupils, "bilan", "bilans")
        }
        Owed::Results(_) => count(pupils, "ligne vide", "lignes vides"),
        Owed::Grid(..) => count(pupils, "grille", "grilles"),
        Owed::Livret => count(pupils, "livret", "livrets"),
        Owed::Company(_) | Owed::Visit(_) | Owed::Referent(_) => {
            count(pupils, "apprenant", "apprenants")
        }
    }
}

/// Where what is owed can be seen.
pub(super) fn way(site: &Site<'_>, at: &str, debt: &Debt) -> Option<String> {
    let school = site.school;
    let diploma = debt.class.map(|class| school.classes[class].diploma);
    let subject = match &debt.owed {
        Owed::Review(_) => Subject::Reviews(diploma?),
        Owed::Draft(review) | Owed::Unlocked(review) => Subject::Review(*review),
        Owed::Results(evaluation) => Subject::Evaluation(*evaluation),
        Owed::Livret => Subject::Lsl(diploma?),
        Owed::Company(_)
        | Owed::Visit(_)
        | Owed::CompanyReview(_)
        | Owed::Referent(_)
        | Owed::Grid(..) => return None,
    };
    Some(link(at, &address(site, subject)))
}

/// "en retard de 12 jours", "aujourd’hui", "dans 9 jours".
pub(super) fn when(due: Date, today: Date) -> String {
    match today.days_until(due) {
        0 => "aujourd’hui".to_owned(),
        1 => "demain".to_owned(),
        days @ 2.. => format!("dans {days} jours"),
        -1 => "en retard d’un jour".to_owned(),
        days => format!("en retard de {} jours", days.unsigned_abs()),
    }
}

/// "attendus le 22/01/2027".
pub(super) fn expected(due: Date) -> String {
    format!("pour le {}", short_date(due))
}
