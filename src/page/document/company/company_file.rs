//! What a company receives for one learner: who, when, what for, and the form its tutor fills by hand.

use serde::Serialize;

use super::annex::by_group;
use super::{
    HostHead, PeriodHead, TraineeHead, TutorHead, WorkedGroup, host, mobilised, period_head,
    trainee, tutor,
};
use crate::page::document::{Desk, SheetFrame, sheet_frame};
use crate::record::Level;
use crate::school::{Ix, Period, Pupil};

/// The context of the file for a company. It tells what the convention tells: no result, no birth
/// date, nobody else.
#[derive(Debug, Serialize)]
pub struct CompanyFileSheet {
    /// Around the document.
    pub sheet: SheetFrame,
    /// The learner.
    pub trainee: TraineeHead,
    /// The period.
    pub period: PeriodHead,
    /// The company, once known.
    pub host: Option<HostHead>,
    /// The tutor, once known.
    pub tutor: Option<TutorHead>,
    /// Competences to assess, by group.
    pub groups: Vec<WorkedGroup>,
    /// The five levels: sign and words.
    pub levels: Vec<(&'static str, &'static str)>,
}

/// Computes the file of a learner for the company of a period.
pub fn company_file_sheet(
    desk: &Desk<'_>,
    period_ix: Ix<Period>,
    ix: Ix<Pupil>,
) -> CompanyFileSheet {
    let (site, school) = (desk.site, desk.site.school);
    let period = &school.periods[period_ix];
    let referential = &school.referentials[period.diploma];
    let portfolio = school.portfolio(ix, period_ix).map(|own| &school.portfolios[own]);
    let record = portfolio.map(|portfolio| &portfolio.record);
    let trainee = trainee(site, ix, period);
    let about = match &trainee.class {
        Some(class) => format!("{}, {class}", trainee.name),
        None => trainee.name.clone(),
    };
    let title = if period.record.apprentis {
        "Dossier de la période en entreprise"
    } else {
        "Dossier de PFMP pour l’entreprise"
    };
    let shown = [Some(&*period.file), portfolio.map(|portfolio| &*portfolio.file)];
    let frame =
        sheet_frame(desk, title, Some(about), Some(period.diploma), shown.into_iter().flatten());
    let linked = mobilised(referential, &period.tasks);
    // Without tasks, or in a référentiel that links none, all competences are offered.
    let assessed =
        referential.competence_ixs().filter(|one| linked.is_empty() || linked.contains(one));
    CompanyFileSheet {
        sheet: frame.of_year(period.year),
        trainee,
        period: period_head(site, period_ix, ix),
        host: record.and_then(|record| record.entreprise.as_ref()).map(host),
        tutor: record.and_then(|record| record.tuteur.as_ref()).map(tutor),
        groups: by_group(referential, assessed),
        levels: Level::ALL.iter().map(|level| (level.as_str(), level.label())).collect(),
    }
}
