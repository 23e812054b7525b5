//! What documents about time in companies share: the learner, the company, the tutor, the period.

mod activity;
mod annex;
mod booklet;
mod company_file;
mod numbers;
mod portfolio;
mod proof;
mod recap;
mod stay;

pub use activity::{ActivitySheetPage, FichePart, activity_sheet_page};
pub use annex::{AnnexSheet, WorkedGroup, annex_sheet};
pub use booklet::{BookletSheet, booklet_sheet};
pub use company_file::{CompanyFileSheet, company_file_sheet};
pub use portfolio::{PortfolioSheet, portfolio_sheet};
pub use proof::{DoneTime, PlacementProofSheet, placement_proof_sheet};
pub use recap::{PlacementRecapSheet, RecapLine, placement_recap_sheet};
pub use stay::{
    AbsencePart, CommentPart, LogEntry, PlannedTask, ReviewPart, StayPart, VisitPart, WeekPart,
};

use std::collections::BTreeSet;

use serde::Serialize;

use crate::page::portfolio::span;
use crate::page::roll::status_in;
use crate::page::scenario::{ChosenActivity, chosen_activities};
use crate::page::{Site, class_in, tutor_name};
use crate::record::{Company, Status, Tutor};
use crate::school::{CompetenceIx, Ix, Period, Pupil, Referential, TaskIx, Week};
use crate::text::{count, day_month, long_date};

/// The learner, as a paper for a company names one.
#[derive(Clone, Debug, Serialize)]
pub struct TraineeHead {
    /// "DUPONT Léa".
    pub name: String,
    /// "née le 14 mars 2009".
    pub born: String,
    /// Class in the period.
    pub class: Option<String>,
    /// "élève", "apprenti", "apprentie".
    pub word: &'static str,
    /// Whether the learner is under 18 on the first day: a guardian signs too.
    pub minor: bool,
}

/// The company that receives a learner.
#[derive(Clone, Debug, Serialize)]
pub struct HostHead {
    /// "Librairie du Marché".
    pub name: String,
    /// "librairie".
    pub activity: Option<String>,
    /// "3, rue des Halles", "54000 Nancy".
    pub place: Vec<String>,
    /// "Nancy".
    pub town: Option<String>,
    /// Telephone, then e-mail address.
    pub contact: Vec<String>,
    /// SIRET number.
    pub siret: Option<String>,
}

/// The person in charge of the learner in the company.
#[derive(Clone, Debug, Serialize)]
pub struct TutorHead {
    /// "Mme Claire Perrin".
    pub name: String,
    /// "responsable de rayon".
    pub role: Option<String>,
    /// Telephone, then e-mail address.
    pub contact: Vec<String>,
}

/// When the learner is in the company, what for, who follows.
#[derive(Debug, Serialize)]
pub struct PeriodHead {
    /// "PFMP 3".
    pub title: String,
    /// "du 11 janvier au 5 février 2027".
    pub dates: String,
    /// "4 semaines".
    pub length: String,
    /// "20 jours": from Monday to Friday, while the learner is of the level.
    pub days: String,
    /// Half-days of those.
    pub half_days: String,
    /// Its weeks.
    pub weeks: Vec<String>,
    /// Whether it is one of apprentices.
    pub apprentices: bool,
    /// "Tuteur", "Maître d’apprentissage".
    pub tutor_word: &'static str,
    /// Objectives, in Markdown.
    pub goals: Option<String>,
    /// Planned tasks, by activity.
    pub activities: Vec<ChosenActivity>,
    /// "Mme Bastien", the teacher in charge.
    pub referent: Option<String>,
}

fn trainee(site: &Site<'_>, ix: Ix<Pupil>, period: &Period) -> TraineeHead {
    let pupil = &site.school.pupils[ix];
    let class = class_in(site, period, ix);
    let status = class.map_or("", |class| status_in(pupil, class));
    TraineeHead {
        name: pupil.list_name(),
        born: born(pupil),
        class: class.map(|class| site.school.classes[class].record.nom.clone()),
        word: match period.status() {
            Status::School => "élève",
            Status::Apprentice if status.starts_with("apprenti") => status,
            Status::Apprentice => "apprenti",
        },
        minor: !pupil.is_of_age(period.record.debut),
    }
}

/// "née le 14 mars 2009".
fn born(pupil: &Pupil) -> String {
    let word = pupil.agree("née le", "né le", "né(e) le");
    format!("{word} {}", long_date(pupil.record.naissance))
}

fn host(company: &Company) -> HostHead {
    let town = [company.code_postal.as_deref(), company.ville.as_deref()];
    let town = town.into_iter().flatten().collect::<Vec<_>>().join(" ");
    let place = [company.adresse.clone(), Some(town), company.pays.clone()];
    HostHead {
        name: company.nom.clone(),
        activity: company.activite.clone(),
        place: place.into_iter().flatten().filter(|line| !line.is_empty()).collect(),
        town: company.ville.clone(),
        contact: contact(company.telephone.as_ref(), company.courriel.as_ref()),
        siret: company.siret.clone(),
    }
}

fn tutor(tutor: &Tutor) -> TutorHead {
    TutorHead {
        name: tutor_name(tutor),
        role: tutor.fonction.clone(),
        contact: contact(tutor.telephone.as_ref(), tutor.courriel.as_ref()),
    }
}

fn contact(phone: Option<&String>, email: Option<&String>) -> Vec<String> {
    [phone, email].into_iter().flatten().cloned().collect()
}

fn period_head(site: &Site<'_>, ix: Ix<Period>, pupil: Ix<Pupil>) -> PeriodHead {
    let school = site.school;
    let period = &school.periods[ix];
    let days = school.expected_weekdays(pupil, ix);
    let weeks = period.weeks();
    let words = |number: u32, one: &str, many: &str| {
        count(usize::try_from(number).unwrap_or(usize::MAX), one, many)
    };
    PeriodHead {
        title: period.record.titre.clone(),
        dates: span(period.record.debut, period.record.fin),
        length: count(weeks.len(), "semaine", "semaines"),
        days: words(days, "jour", "jours"),
        half_days: words(days * 2, "demi-journée", "demi-journées"),
        weeks: weeks.iter().map(week_dates).collect(),
        apprentices: period.record.apprentis,
        tutor_word: tutor_word(period.status()),
        goals: period.record.objectifs.as_ref().map(|prose| prose.0.clone()),
        activities: chosen_activities(&school.referentials[period.diploma], &period.tasks),
        referent: period.referent(pupil).map(|person| school.people[person].formal_name()),
    }
}

/// Who is in charge of a learner in the company.
fn tutor_word(status: Status) -> &'static str {
    match status {
        Status::School => "Tuteur",
        Status::Apprentice => "Maître d’apprentissage",
    }
}

/// "du 18 au 22 janvier 2027", as it is worked.
fn week_dates(week: &Week) -> String {
    let (first, last) = (week.from, week.last_worked());
    if first == last {
        return format!("le {}", long_date(last));
    }
    let from = if first.year() != last.year() {
        long_date(first)
    } else if first.0.month() != last.0.month() {
        day_month(first)
    } else {
        day_month(first).split(' ').next().unwrap_or_default().to_owned()
    };
    format!("du {from} au {}", long_date(last))
}

/// The competences that some tasks mobilise, in the order of the référentiel.
fn mobilised(referential: &Referential, tasks: &[TaskIx]) -> BTreeSet<CompetenceIx> {
    let links = tasks.iter().flat_map(|task| referential.links(*task));
    links.map(|(competence, _)| *competence).collect()
}

/// Code and words of a task.
fn task_words(referential: &Referential, task: TaskIx) -> (String, String) {
    let record = referential.task_record(task);
    (record.code.clone(), record.intitule.clone())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Date;

    fn date(text: &str) -> Date {
        text.parse().unwrap()
    }

    #[test]
    fn a_week_says_each_month_and_year_once() {
        let week = |from, to| week_dates(&Week { number: 1, from: date(from), to: date(to) });
        assert_eq!(week("2027-01-18", "2027-01-24"), "du 18 au 22 janvier 2027");
        assert_eq!(week("2027-02-01", "2027-02-05"), "du 1er au 5 février 2027");
        assert_eq!(week("2027-03-29", "2027-04-02"), "du 29 mars au 2 avril 2027");
        assert_eq!(week("2026-12-28", "2027-01-03"), "du 28 décembre 2026 au 1er janvier 2027");
        assert_eq!(week("2027-02-05", "2027-02-05"), "le 5 février 2027");
    }
}
