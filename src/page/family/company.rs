//! Times in companies: when, where, what the company says of the learner.

use serde::Serialize;

use super::Span;
use crate::page::portfolio::periods_of;
use crate::page::{Day, Site, reviewers, tutor_name};
use crate::school::{Ix, Period, Portfolio, Pupil};

/// A time in a company.
#[derive(Debug, Serialize)]
pub struct FamilyPlacement {
    /// "PFMP 3".
    pub title: String,
    /// Its days.
    pub days: Span,
    /// "Librairie du Marché, Nancy".
    pub company: Option<String>,
    /// "Mme Claire Perrin".
    pub tutor: Option<String>,
    /// The teacher who follows the learner.
    pub referent: Option<String>,
    /// What the period is for, in Markdown (CNX-17).
    pub objectives: Option<String>,
    /// The tasks that are planned, in words.
    pub tasks: Vec<String>,
    /// What the company says, once teacher and tutor validated it.
    pub words: Option<CompanyWords>,
    /// The day on which the company signed the attestation.
    pub proof: Option<Day>,
}

/// What the company says of the learner (POR-12, POR-13).
#[derive(Debug, Serialize)]
pub struct CompanyWords {
    /// The day.
    pub day: Day,
    /// "M. Mercier et Claire Perrin".
    pub by: String,
    /// The appreciation, in Markdown.
    pub text: Option<String>,
    /// Wording and sign of the level of each criterion.
    pub results: Vec<(String, &'static str)>,
}

/// The times in companies of a pupil, in time order.
pub(super) fn placements(site: &Site<'_>, ix: Ix<Pupil>) -> Vec<FamilyPlacement> {
    let school = site.school;
    let task_words = |period: &Period, task| {
        school.referentials[period.diploma].task_record(task).intitule.clone()
    };
    let placement = |period_ix| {
        let period = &school.periods[period_ix];
        let portfolio = school.portfolio(ix, period_ix).map(|ix| &school.portfolios[ix]);
        let record = portfolio.map(|portfolio| &portfolio.record);
        let company = record.and_then(|record| record.entreprise.as_ref());
        let proof = record.and_then(|record| record.attestation.as_ref());
        FamilyPlacement {
            title: period.record.titre.clone(),
            days: Span::new(period.record.debut, period.record.fin),
            company: company.map(|company| match &company.ville {
                Some(town) => format!("{}, {town}", company.nom),
                None => company.nom.clone(),
            }),
            tutor: record.and_then(|record| record.tuteur.as_ref()).map(tutor_name),
            referent: period.referent(ix).map(|person| school.people[person].formal_name()),
            objectives: period.record.objectifs.as_ref().map(|prose| prose.0.clone()),
            tasks: period.tasks.iter().map(|task| task_words(period, *task)).collect(),
            words: portfolio.and_then(|portfolio| words(site, portfolio)),
            proof: proof.map(|proof| proof.signee_le.into()),
        }
    };
    let mut periods = periods_of(site, ix);
    periods.sort_by_key(|period| (school.periods[*period].record.debut, *period));
    periods.into_iter().map(placement).collect()
}

fn words(site: &Site<'_>, portfolio: &Portfolio) -> Option<CompanyWords> {
    let school = site.school;
    let review = portfolio.valid_review()?;
    let referential = &school.referentials[school.periods[portfolio.period].diploma];
    let results = portfolio.results.iter().map(|(criterion, level)| {
        let title = referential.criterion_record(*criterion).map_or_else(
            || {
                let competence = referential.criteria[criterion.0 as usize].competence;
                referential.competence_record(competence).intitule.clone()
            },
            |record| record.intitule.clone(),
        );
        (title, level.as_str())
    });
    Some(CompanyWords {
        day: review.date.into(),
        by: reviewers(site, portfolio, review),
        text: review.appreciation.as_ref().map(|prose| prose.0.clone()),
        results: results.collect(),
    })
}
