//! The JSON twin of the console: steps, debts, dates ahead.

use serde::Serialize;

use crate::insight::console::{Debt, StepState, agenda, debts, steps};
use crate::page::Site;
use crate::text::Date;

use super::imports::{ImportTwin, import_twin};
use super::{agenda_label, step_label, words};

/// The twin of the console.
#[derive(Debug, Serialize)]
pub struct ConsoleTwin<'a> {
    jour: Date,
    etapes: Vec<StepTwin>,
    a_faire: Vec<DebtTwin<'a>>,
    echeances: Vec<MilestoneTwin>,
    #[serde(skip_serializing_if = "Option::is_none")]
    dernier_import: Option<ImportTwin<'a>>,
}

#[derive(Debug, Serialize)]
struct StepTwin {
    etape: &'static str,
    etat: &'static str,
    reste: Vec<String>,
}

#[derive(Debug, Serialize)]
struct DebtTwin<'a> {
    quoi: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    personne: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    classe: Option<&'a str>,
    eleves: Vec<&'a str>,
    echeance: Date,
    en_retard: bool,
}

#[derive(Debug, Serialize)]
struct MilestoneTwin {
    date: Date,
    quoi: String,
    pour: Vec<String>,
}

/// The twin of the console, on the day of the run.
pub fn console_twin<'a>(site: &Site<'a>) -> ConsoleTwin<'a> {
    let school = site.school;
    let debt = |debt: Debt| DebtTwin {
        quoi: words::label(site, &debt),
        personne: debt.owner.map(|ix| school.people[ix].id.as_str()),
        classe: debt.class.map(|ix| school.classes[ix].key.as_str()),
        eleves: debt.pupils.iter().map(|ix| school.pupils[*ix].id.as_str()).collect(),
        echeance: debt.due,
        en_retard: debt.is_late(site.today),
    };
    ConsoleTwin {
        jour: site.today,
        etapes: steps(school)
            .into_iter()
            .map(|step| StepTwin {
                etape: step_label(step.kind).0,
                etat: match step.state {
                    StepState::Done => "fait",
                    StepState::Current => "en cours",
                    StepState::ToDo => "à faire",
                },
                reste: step.remaining,
            })
            .collect(),
        a_faire: debts(school, site.today).into_iter().map(debt).collect(),
        echeances: agenda(school, site.today)
            .into_iter()
            .map(|one| MilestoneTwin {
                date: one.date,
                quoi: agenda_label(&one.kind),
                pour: one.concerns,
            })
            .collect(),
        dernier_import: import_twin(site),
    }
}
