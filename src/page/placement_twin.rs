//! JSON twins of periods in companies, and of the weeks of PFMP of a pupil.

use serde::Serialize;

use super::Site;
use crate::insight::placement;
use crate::school::{Ix, Period, Pupil};
use crate::text::Date;

/// The weeks of PFMP of a pupil, in the twin of the dashboard.
#[derive(Debug, Serialize)]
pub struct PlacementTwin<'a> {
    session: Option<i16>,
    semaines_exigees: Option<i64>,
    jours_par_semaine: u32,
    jours_faits: f64,
    jours_prevus: f64,
    /// As the page shows them: "16,8" weeks are 16.8.
    semaines_faites: f64,
    periodes: Vec<PlacementLineTwin<'a>>,
}

#[derive(Debug, Serialize)]
struct PlacementLineTwin<'a> {
    periode: &'a str,
    jours_prevus: f64,
    jours_absence: f64,
    jours_faits: f64,
    terminee: bool,
    entreprise: bool,
    etranger: bool,
    attestation: bool,
}

fn days(half_days: u32) -> f64 {
    f64::from(half_days) / 2.0
}

/// The twin of a pupil's weeks of PFMP.
pub(super) fn placement_twin<'a>(site: &Site<'a>, ix: Ix<Pupil>) -> PlacementTwin<'a> {
    let figures = placement(site.school, ix);
    PlacementTwin {
        session: figures.session,
        semaines_exigees: figures.required_weeks,
        jours_par_semaine: figures.days_per_week,
        jours_faits: days(figures.half_days_done),
        jours_prevus: days(figures.half_days_planned),
        semaines_faites: (days(figures.half_days_done) / f64::from(figures.days_per_week.max(1))
            * 100.0)
            .floor()
            / 100.0,
        periodes: figures
            .lines
            .iter()
            .map(|line| PlacementLineTwin {
                periode: &site.school.periods[line.period].id,
                jours_prevus: days(line.half_days_expected),
                jours_absence: days(line.half_days_absent),
                jours_faits: days(line.half_days_done),
                terminee: line.over,
                entreprise: line.company,
                etranger: line.abroad,
                attestation: line.proof,
            })
            .collect(),
    }
}

/// The twin of a period.
#[derive(Debug, Serialize)]
pub struct PeriodTwin<'a> {
    id: &'a str,
    titre: &'a str,
    diplome: &'a str,
    niveau: &'static str,
    apprentis: bool,
    numero: Option<i64>,
    debut: Date,
    fin: Date,
    semaines: usize,
    jours: u32,
    annexe: Option<&'a str>,
    taches: Vec<&'a str>,
    effectif_niveau: usize,
    /// Learner, referent teacher if there is one, whether there is a company.
    apprenants: Vec<(&'a str, Option<&'a str>, bool)>,
}

/// The twin of a period's page.
pub fn period_twin<'a>(site: &Site<'a>, ix: Ix<Period>) -> PeriodTwin<'a> {
    let school = site.school;
    let period = &school.periods[ix];
    let referential = &school.referentials[period.diploma];
    let has_company = |pupil| {
        let portfolio = school.portfolio(pupil, ix);
        portfolio.is_some_and(|found| school.portfolios[found].record.entreprise.is_some())
    };
    PeriodTwin {
        id: &period.id,
        titre: &period.record.titre,
        diplome: &referential.code,
        niveau: period.record.niveau.as_str(),
        apprentis: period.record.apprentis,
        numero: period.record.numero.as_ref().map(|number| number.0),
        debut: period.record.debut,
        fin: period.record.fin,
        semaines: period.weeks().len(),
        jours: period.weekdays(),
        annexe: period.annex.map(|annex| school.annexes[annex].id.as_str()),
        taches: period
            .tasks
            .iter()
            .map(|task| referential.tasks[task.0 as usize].code.as_str())
            .collect(),
        effectif_niveau: school.pupils_of_level(period).len(),
        apprenants: period
            .learners
            .iter()
            .map(|pupil| {
                let referent = period.referent(*pupil);
                (
                    school.pupils[*pupil].id.as_str(),
                    referent.map(|person| school.people[person].id.as_str()),
                    has_company(*pupil),
                )
            })
            .collect(),
    }
}
