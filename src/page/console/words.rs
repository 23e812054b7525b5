//! How the console names what remains to be done, and where it leads.

use crate::insight::console::{Debt, Owed, OwedKind};
use crate::page::{D, Site, Subject, address, link};
use crate::text::{Date, count, short_date};

/// A kind of debts, as a heading: "Bilans à faire".
pub(super) fn heading(kind: OwedKind) -> &'static str {
    match kind {
        OwedKind::Reviews => "Bilans à faire",
        OwedKind::OpenReviews => "Bilans à valider",
        OwedKind::Results => "Résultats d’évaluation à saisir",
        OwedKind::Referents => "Professeurs référents à désigner",
        OwedKind::Companies => "Entreprises à trouver",
        OwedKind::Visits => "Apprenants à contacter en entreprise",
        OwedKind::CompanyReviews => "Bilans entreprise à faire",
        OwedKind::Grids => "Grilles de certification à compléter",
        OwedKind::Livrets => "Livrets scolaires à compléter",
    }
}

/// The same in a word or two, before a number: "bilans".
pub(super) fn short(kind: OwedKind) -> &'static str {
    match kind {
        OwedKind::Reviews => "bilans",
        OwedKind::OpenReviews => "bilans à valider",
        OwedKind::Results => "résultats",
        OwedKind::Referents => "référents",
        OwedKind::Companies => "entreprises",
        OwedKind::Visits => "contacts",
        OwedKind::CompanyReviews => "bilans entreprise",
        OwedKind::Grids => "grilles",
        OwedKind::Livrets => "livrets",
    }
}

/// Which of them: "1er semestre", "PFMP 3, CIEL", "E31, MCV A"; nothing when the heading says all.
pub(super) fn which(site: &Site<'_>, debt: &Debt) -> Option<String> {
    let school = site.school;
    let sigle = |diploma: D| school.referentials[diploma].record.sigle.as_str();
    Some(match &debt.owed {
        Owed::Review(name) => name.clone(),
        Owed::Draft(_) => "brouillon".to_owned(),
        Owed::Unlocked(_) => "déverrouillé".to_owned(),
        Owed::Results(_) | Owed::Livret => return None,
        Owed::Company(ix) | Owed::Visit(ix) | Owed::CompanyReview(ix) | Owed::Referent(ix) => {
            let period = &school.periods[*ix];
            format!("{}, {}", period.short_name(), sigle(period.diploma))
        }
        Owed::Grid(diploma, exam) => format!("{exam}, {}", sigle(*diploma)),
    })
}

/// What is owed, in full: "Bilans à faire, 1er semestre".
pub(super) fn label(site: &Site<'_>, debt: &Debt) -> String {
    let heading = heading(debt.owed.kind());
    which(site, debt).map_or_else(|| heading.to_owned(), |which| format!("{heading}, {which}"))
}

/// How many pupils or documents a debt counts, in words.
pub(super) fn amount(kind: OwedKind, pupils: usize) -> String {
    match kind {
        OwedKind::Reviews | OwedKind::OpenReviews | OwedKind::CompanyReviews => {
            count(pupils, "bilan", "bilans")
        }
        OwedKind::Results => count(pupils, "ligne vide", "lignes vides"),
        OwedKind::Grids => count(pupils, "grille", "grilles"),
        OwedKind::Livrets => count(pupils, "livret", "livrets"),
        OwedKind::Companies | OwedKind::Visits | OwedKind::Referents => {
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
        Owed::Referent(period) => Subject::Period(*period),
        Owed::Company(period) | Owed::Visit(period) | Owed::CompanyReview(period) => {
            Subject::Portfolios(school.periods[*period].diploma)
        }
        Owed::Grid(diploma, _) => Subject::Certification(*diploma),
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
