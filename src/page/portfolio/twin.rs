//! JSON twins of portfolios: those of a learner, and the follow-up of a period.

use serde::Serialize;

use super::list::PeriodCounts;
use super::periods_of;
use crate::insight::{PortfolioState, ReviewStage, follow_up_state};
use crate::page::{D, Site};
use crate::school::{Ix, Period, Portfolio, Pupil, Referential, TaskIx};
use crate::text::Date;

/// Where a portfolio stands. Keys are those of the record files.
#[derive(Debug, Serialize)]
pub struct PortfolioTwin<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    periode: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    eleve: Option<&'a str>,
    referent: Option<&'a str>,
    entreprise: Option<&'a str>,
    /// Written, and expected.
    journal: (usize, usize),
    /// Written, and expected.
    fiches: (usize, usize),
    en_retard: usize,
    visites: usize,
    bilan_entreprise: &'static str,
    /// Done, planned or not.
    taches: Vec<&'a str>,
}

/// The portfolios of a learner for the periods of a diploma, oldest first.
pub(in crate::page) fn portfolio_twins<'a>(
    site: &Site<'a>,
    d: D,
    pupil: Ix<Pupil>,
) -> Vec<PortfolioTwin<'a>> {
    let periods = periods_of(site, pupil).into_iter();
    let periods = periods.filter(|period| site.school.periods[*period].diploma == d);
    periods
        .map(|period| {
            let state = follow_up_state(site.school, period, pupil);
            let mut twin = twin(site, period, pupil, &state);
            twin.periode = Some(&site.school.periods[period].id);
            twin
        })
        .collect()
}

/// The codes of tasks.
pub(in crate::page) fn task_codes<'a>(
    referential: &'a Referential,
    tasks: &[TaskIx],
) -> Vec<&'a str> {
    tasks.iter().map(|task| referential.tasks[task.0 as usize].code.as_str()).collect()
}

fn twin<'a>(
    site: &Site<'a>,
    period_ix: Ix<Period>,
    pupil: Ix<Pupil>,
    state: &PortfolioState,
) -> PortfolioTwin<'a> {
    let school = site.school;
    let period = &school.periods[period_ix];
    let portfolio = state.portfolio.map(|ix| &school.portfolios[ix]);
    let company = portfolio.and_then(|portfolio| portfolio.record.entreprise.as_ref());
    let tasks = portfolio.map(Portfolio::tasks).unwrap_or_default();
    PortfolioTwin {
        periode: None,
        eleve: None,
        referent: period.referent(pupil).map(|person| school.people[person].id.as_str()),
        entreprise: company.map(|company| company.nom.as_str()),
        journal: (state.weeks_written, state.weeks_expected),
        fiches: (state.sheets_written, state.sheets_expected),
        en_retard: state.late_entries,
        visites: state.visits,
        bilan_entreprise: match state.review {
            ReviewStage::None => "aucun",
            ReviewStage::Draft => "brouillon",
            ReviewStage::Valid => "valide",
        },
        taches: task_codes(&school.referentials[period.diploma], &tasks),
    }
}

/// The follow-up of a period.
#[derive(Debug, Serialize)]
pub struct PortfoliosTwin<'a> {
    id: &'a str,
    titre: &'a str,
    diplome: &'a str,
    niveau: &'static str,
    apprentis: bool,
    debut: Date,
    fin: Date,
    apprenants: usize,
    avec_entreprise: usize,
    vus: usize,
    bilans_valides: usize,
    portfolios: Vec<PortfolioTwin<'a>>,
}

/// The twin of a period in the page of portfolios.
pub fn portfolios_twin<'a>(site: &Site<'a>, ix: Ix<Period>) -> PortfoliosTwin<'a> {
    let school = site.school;
    let period = &school.periods[ix];
    let states: Vec<_> = (period.learners.iter())
        .map(|pupil| (*pupil, follow_up_state(school, ix, *pupil)))
        .collect();
    let counts = PeriodCounts::of(states.iter().map(|(_, state)| state));
    let line = |(pupil, state): &(Ix<Pupil>, PortfolioState)| {
        let mut twin = twin(site, ix, *pupil, state);
        twin.eleve = Some(&school.pupils[*pupil].id);
        twin
    };
    PortfoliosTwin {
        id: &period.id,
        titre: &period.record.titre,
        diplome: &school.referentials[period.diploma].code,
        niveau: period.record.niveau.as_str(),
        apprentis: period.record.apprentis,
        debut: period.record.debut,
        fin: period.record.fin,
        apprenants: counts.learners,
        avec_entreprise: counts.companies,
        vus: counts.seen,
        bilans_valides: counts.reviews,
        portfolios: states.iter().map(line).collect(),
    }
}
