//! The attestation that a company signs at the end of a PFMP.

use serde::Serialize;

use super::numbers::{days_words, half_days_words, weeks_count};
use super::stay::absence;
use super::{
    AbsencePart, HostHead, PeriodHead, TraineeHead, TutorHead, host, period_head, trainee, tutor,
};
use crate::insight::placement;
use crate::page::document::{Desk, SheetFrame, sheet_frame};
use crate::page::scenario::{ChosenActivity, chosen_activities};
use crate::school::{Ix, Portfolio};
use crate::text::long_date;

/// The context of an attestation of PFMP.
#[derive(Debug, Serialize)]
pub struct PlacementProofSheet {
    /// Around the document.
    pub sheet: SheetFrame,
    /// The learner.
    pub trainee: TraineeHead,
    /// Agreement: "élève", then "il" or "elle" is avoided; "accueillie", "accueilli".
    pub received: &'static str,
    /// The period.
    pub period: PeriodHead,
    /// The company.
    pub host: Option<HostHead>,
    /// The tutor, once known.
    pub tutor: Option<TutorHead>,
    /// What was done, once the period is over; a pen says it before.
    pub done: Option<DoneTime>,
    /// Absences.
    pub absences: Vec<AbsencePart>,
    /// Half-days of absence that were not made up; none without absences.
    pub missed: Option<String>,
    /// Tasks that the learner says to have done, by activity.
    pub activities: Vec<ChosenActivity>,
    /// The day of the signature, when it is recorded.
    pub signed: Option<String>,
}

/// Time done in a company.
#[derive(Debug, Serialize)]
pub struct DoneTime {
    /// "18,5 jours".
    pub days: String,
    /// "3,7 semaines".
    pub weeks: String,
}

/// Computes an attestation of PFMP.
pub fn placement_proof_sheet(desk: &Desk<'_>, ix: Ix<Portfolio>) -> PlacementProofSheet {
    let (site, school) = (desk.site, desk.site.school);
    let portfolio = &school.portfolios[ix];
    let period = &school.periods[portfolio.period];
    let pupil = &school.pupils[portfolio.pupil];
    let all = placement(school, portfolio.pupil);
    let line = all.lines.iter().find(|line| line.period == portfolio.period);
    let trainee = trainee(site, portfolio.pupil, period);
    let shown = [&*pupil.file, &*period.file, &*portfolio.file];
    let frame = sheet_frame(
        desk,
        "Attestation de PFMP",
        Some(format!("{}, {}", trainee.name, period.short_name())),
        Some(period.diploma),
        shown,
    );
    let missed: i64 = (portfolio.record.absences.iter())
        .filter(|absence| !absence.rattrapee)
        .map(|absence| absence.demi_journees.0)
        .sum();
    PlacementProofSheet {
        sheet: frame.of_year(period.year),
        received: pupil.agree("accueillie", "accueilli", "accueilli(e)"),
        period: period_head(site, portfolio.period, portfolio.pupil),
        host: portfolio.record.entreprise.as_ref().map(host),
        tutor: portfolio.record.tuteur.as_ref().map(tutor),
        done: line.filter(|line| line.over && line.company).map(|line| DoneTime {
            days: days_words(line.half_days_done),
            weeks: weeks_count(line.half_days_done, all.days_per_week),
        }),
        absences: portfolio.record.absences.iter().map(absence).collect(),
        missed: (!portfolio.record.absences.is_empty())
            .then(|| half_days_words(u32::try_from(missed).unwrap_or(0))),
        activities: chosen_activities(&school.referentials[period.diploma], &portfolio.tasks()),
        signed: portfolio.record.attestation.as_ref().map(|proof| long_date(proof.signee_le)),
        trainee,
    }
}
