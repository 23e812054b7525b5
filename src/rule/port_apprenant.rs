//! PORT-APPRENANT: a portfolio belongs to a learner of its period (LCK-07).

use crate::diagnostic::{Code, Finding, Severity, Site, key_path};
use crate::record::Status;
use crate::school::{Period, Portfolio, Pupil, School};
use crate::text::quoted;

pub(super) static CODE: Code = Code {
    name: "PORT-APPRENANT",
    severity: Severity::Error,
    summary: "Un portfolio est celui d’un apprenant de la période",
    explanation: "Une période en entreprise concerne des apprenants précis : tous ceux de son diplôme, de son \
        niveau et de son statut, ou ceux qu’elle nomme. Sans période, il n’y a rien à remplir (LCK-07). Un \
        portfolio d’un autre apprenant est souvent rangé sous le nom d’une autre période, ou la période oublie \
        cet apprenant.",
    wrong: "# pfmp/periods/2026-2027/pfmp-3.toml\nsauf = [\"dupont-lea\"]   # et pourtant students/2025/dupont-lea/pfmp/2026-2027-pfmp-3.toml",
    right: "# pfmp/periods/2026-2027/pfmp-3.toml\nsauf = []",
};

pub(super) fn check(school: &School) -> Vec<Finding> {
    let stranger = |portfolio: &&Portfolio| {
        !school.periods[portfolio.period].learners.contains(&portfolio.pupil)
    };
    let strangers = school.portfolios.values().iter().filter(stranger);
    strangers.map(|portfolio| of_portfolio(school, portfolio)).collect()
}

fn of_portfolio(school: &School, portfolio: &Portfolio) -> Finding {
    let (pupil, period) = (&school.pupils[portfolio.pupil], &school.periods[portfolio.period]);
    let message = format!(
        "{} n’est pas parmi les apprenants de la période {}",
        pupil.full_name(),
        quoted(&period.record.titre)
    );
    let found = Finding::new(&CODE, Site::file(&portfolio.file), message);
    let at = |path| Site::value(&period.file, path);
    let id = quoted(&pupil.id);
    let aside = period.record.sauf.iter().position(|other| other.0 == pupil.id);
    if let Some(place) = aside {
        let help = format!("retirez {id} de la ligne sauf de la période, ou supprimez ce fichier");
        return found.help(help).related(at(key_path!["sauf", place]), "mis à part ici");
    }
    if period.record.apprenants.is_some() {
        let help =
            format!("ajoutez {id} à la ligne apprenants de la période, ou supprimez ce fichier");
        return found.help(help).related(at(key_path!["apprenants"]), "les apprenants nommés");
    }
    found.help(why(school, pupil, period)).related(at(key_path!["niveau"]), "la période")
}

/// What to look at, when the period takes all learners of its level.
fn why(school: &School, pupil: &Pupil, period: &Period) -> String {
    let during = pupil.stays.iter().find(|stay| {
        stay.from <= period.record.fin
            && stay.to >= period.record.debut
            && school.classes[stay.class].diploma == period.diploma
    });
    match during {
        Some(stay) if stay.status != period.status() => {
            let (is, of) = match period.status() {
                Status::School => ("en apprentissage", "des élèves sous statut scolaire"),
                Status::Apprentice => ("sous statut scolaire", "des apprentis"),
            };
            format!("cette période est celle {of}, et l’apprenant est alors {is} : renommez le fichier d’après la période qui convient")
        }
        _ => "renommez le fichier d’après la période qui convient, ou ajoutez à la période une ligne apprenants".to_owned(),
    }
}
