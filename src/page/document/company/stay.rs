//! All that a learner's time in one company left: log, fiches, comments, visits, review, tasks.

use serde::Serialize;

use super::activity::FichePart;
use super::{
    HostHead, PeriodHead, TraineeHead, TutorHead, host, period_head, task_words, trainee, tutor,
    week_dates,
};
use crate::page::{Day, Site, reviewers};
use crate::record::{Comment, ReviewState};
use crate::school::{Ix, Period, Portfolio, Pupil, Referential, TaskIx};
use crate::text::count;

/// A learner's time in a company.
#[derive(Debug, Serialize)]
pub struct StayPart {
    /// The learner.
    pub trainee: TraineeHead,
    /// The period.
    pub period: PeriodHead,
    /// The company, once known.
    pub host: Option<HostHead>,
    /// The tutor, once known.
    pub tutor: Option<TutorHead>,
    /// The log, week by week; weeks beyond the period come last.
    pub weeks: Vec<WeekPart>,
    /// The fiches.
    pub fiches: Vec<FichePart>,
    /// Fiches expected that are not there: "Semaine 2, du 18 au 22 janvier 2027".
    pub missing: Vec<String>,
    /// Whether things may still be written with a pen: nothing says that the period is over.
    pub open: bool,
    /// The company review.
    pub review: Option<ReviewPart>,
    /// What the learner thinks of the period: day and text.
    pub personal: Option<(Day, String)>,
    /// Comments on the whole period.
    pub comments: Vec<CommentPart>,
    /// Visits, calls and video meetings.
    pub visits: Vec<VisitPart>,
    /// Absences.
    pub absences: Vec<AbsencePart>,
    /// The attestation: day of the signature, days attested.
    pub proof: Option<(Day, Option<String>)>,
    /// Planned tasks.
    pub planned: Vec<PlannedTask>,
    /// Tasks done without being planned.
    pub others: Vec<(String, String)>,
}

/// A week of the log.
#[derive(Debug, Serialize)]
pub struct WeekPart {
    /// "Semaine 2, du 18 au 22 janvier 2027".
    pub title: String,
    /// What the learner wrote.
    pub entries: Vec<LogEntry>,
    /// What others said of it.
    pub comments: Vec<CommentPart>,
}

/// A text of the log.
#[derive(Debug, Serialize)]
pub struct LogEntry {
    /// When it was written.
    pub written: Day,
    /// Whether that was after the period.
    pub late: bool,
    /// The text.
    pub text: String,
    /// Tasks: code and words.
    pub tasks: Vec<(String, String)>,
}

/// A comment of a teacher or of the tutor.
#[derive(Debug, Serialize)]
pub struct CommentPart {
    /// "M. Mercier", "Tuteur".
    pub author: String,
    /// Day.
    pub day: Day,
    /// Text.
    pub text: String,
}

/// The company review.
#[derive(Debug, Serialize)]
pub struct ReviewPart {
    /// Day.
    pub day: Day,
    /// Whether it counts.
    pub valid: bool,
    /// Who assessed.
    pub by: String,
    /// Why the tutor was not there.
    pub without_tutor: Option<String>,
    /// The company's words.
    pub words: Option<String>,
}

/// A contact of a teacher with learner and tutor.
#[derive(Debug, Serialize)]
pub struct VisitPart {
    /// "visite sur place".
    pub mode: &'static str,
    /// Day.
    pub day: Day,
    /// Teacher.
    pub by: String,
    /// What was said.
    pub words: Option<String>,
}

/// Time not spent in the company.
#[derive(Debug, Serialize)]
pub struct AbsencePart {
    /// First day.
    pub from: Day,
    /// Last day, if it is another one.
    pub to: Option<Day>,
    /// "2 demi-journées".
    pub length: String,
    /// Reason.
    pub reason: Option<String>,
    /// Whether the time was made up.
    pub made_up: bool,
}

/// A planned task.
#[derive(Debug, Serialize)]
pub struct PlannedTask {
    /// Code.
    pub code: String,
    /// Words.
    pub title: String,
    /// Whether the learner did it.
    pub done: bool,
}

/// Computes a learner's time in a company, with or without a portfolio.
pub(super) fn stay(site: &Site<'_>, period_ix: Ix<Period>, pupil: Ix<Pupil>) -> StayPart {
    let school = site.school;
    let period = &school.periods[period_ix];
    let referential = &school.referentials[period.diploma];
    let portfolio = school.portfolio(pupil, period_ix).map(|own| &school.portfolios[own]);
    let record = portfolio.map(|portfolio| &portfolio.record);
    let done = portfolio.map(Portfolio::tasks).unwrap_or_default();
    let comments = |week: Option<i64>| -> Vec<CommentPart> {
        let all = record.iter().flat_map(|record| &record.commentaires);
        let ours = all.filter(|comment| comment.semaine.map(|number| number.0) == week);
        ours.map(|one| comment(site, one, period)).collect()
    };
    let over = period.year < school.current_year()
        || record.is_some_and(|record| record.attestation.is_some())
        || portfolio.is_some_and(|portfolio| portfolio.valid_review().is_some());
    let fiches = super::activity::activities(site, period, portfolio);
    StayPart {
        trainee: trainee(site, pupil, period),
        period: period_head(site, period_ix, pupil),
        host: record.and_then(|record| record.entreprise.as_ref()).map(host),
        tutor: record.and_then(|record| record.tuteur.as_ref()).map(tutor),
        weeks: weeks(referential, period, portfolio, comments),
        missing: super::activity::missing(period, &fiches),
        fiches,
        open: !over,
        review: portfolio.and_then(|portfolio| review(site, portfolio)),
        personal: record
            .and_then(|record| record.bilan_personnel.as_ref())
            .map(|review| (review.saisi_le.into(), review.texte.0.clone())),
        comments: comments(None),
        visits: record
            .iter()
            .flat_map(|record| &record.visites)
            .map(|one| visit(site, one))
            .collect(),
        absences: record.iter().flat_map(|record| &record.absences).map(absence).collect(),
        proof: record.and_then(|record| record.attestation.as_ref()).map(|proof| {
            let days = proof.jours.as_ref().map(|days| {
                let number = days.0.to_string().replace('.', ",");
                let word = if days.0 < 2.0 { "jour" } else { "jours" };
                format!("{number} {word}")
            });
            (proof.signee_le.into(), days)
        }),
        planned: period
            .tasks
            .iter()
            .map(|task| {
                let (code, title) = task_words(referential, *task);
                PlannedTask { code, title, done: done.contains(task) }
            })
            .collect(),
        others: done
            .iter()
            .filter(|task| !period.tasks.contains(task))
            .map(|task| task_words(referential, *task))
            .collect(),
    }
}

fn weeks(
    referential: &Referential,
    period: &Period,
    portfolio: Option<&Portfolio>,
    comments: impl Fn(Option<i64>) -> Vec<CommentPart>,
) -> Vec<WeekPart> {
    let entries = |number: i64| -> Vec<LogEntry> {
        let all =
            portfolio.into_iter().flat_map(|own| own.record.journal.iter().zip(&own.journal_tasks));
        let ours = all.filter(|(week, _)| week.semaine.0 == number);
        ours.map(|(week, tasks)| LogEntry {
            written: week.saisi_le.into(),
            late: Portfolio::is_late(week.saisi_le, period),
            text: week.activites.0.clone(),
            tasks: words_of(referential, tasks),
        })
        .collect()
    };
    let known = period.weeks();
    let mut parts: Vec<WeekPart> = known
        .iter()
        .map(|week| {
            let number = i64::try_from(week.number).unwrap_or(0);
            WeekPart {
                title: format!("Semaine {number}, {}", week_dates(week)),
                entries: entries(number),
                comments: comments(Some(number)),
            }
        })
        .collect();
    let told = portfolio.into_iter().flat_map(|own| {
        let log = own.record.journal.iter().map(|week| week.semaine.0);
        log.chain(own.record.commentaires.iter().filter_map(|one| Some(one.semaine?.0)))
    });
    let last = i64::try_from(known.len()).unwrap_or(i64::MAX);
    let beyond: std::collections::BTreeSet<i64> = told.filter(|number| *number > last).collect();
    parts.extend(beyond.into_iter().map(|number| WeekPart {
        title: format!("Semaine {number}, hors de la période"),
        entries: entries(number),
        comments: comments(Some(number)),
    }));
    parts
}

/// Codes and words of tasks.
pub(super) fn words_of(referential: &Referential, tasks: &[TaskIx]) -> Vec<(String, String)> {
    tasks.iter().map(|task| task_words(referential, *task)).collect()
}

fn comment(site: &Site<'_>, comment: &Comment, period: &Period) -> CommentPart {
    CommentPart {
        author: match &comment.auteur {
            Some(id) => person(site, id),
            None => super::tutor_word(period.status()).to_owned(),
        },
        day: comment.date.into(),
        text: comment.texte.0.clone(),
    }
}

/// The name of a person of the staff, else the identifier.
fn person(site: &Site<'_>, id: &str) -> String {
    let known = site.school.person(id);
    known.map_or_else(|| id.to_owned(), |person| site.school.people[person].formal_name())
}

fn review(site: &Site<'_>, portfolio: &Portfolio) -> Option<ReviewPart> {
    let review = portfolio.record.bilan_entreprise.as_ref()?;
    Some(ReviewPart {
        day: review.date.into(),
        valid: review.etat == ReviewState::Valid,
        by: reviewers(site, portfolio, review),
        without_tutor: review.sans_tuteur.clone(),
        words: review.appreciation.as_ref().map(|prose| prose.0.clone()),
    })
}

fn visit(site: &Site<'_>, visit: &crate::record::Visit) -> VisitPart {
    VisitPart {
        mode: visit.mode.label(),
        day: visit.date.into(),
        by: person(site, &visit.par),
        words: visit.remarque.as_ref().map(|prose| prose.0.clone()),
    }
}

pub(super) fn absence(absence: &crate::record::Absence) -> AbsencePart {
    let half_days = usize::try_from(absence.demi_journees.0).unwrap_or(0);
    AbsencePart {
        from: absence.du.into(),
        to: absence.au.filter(|last| *last != absence.du).map(Day::from),
        length: count(half_days, "demi-journée", "demi-journées"),
        reason: absence.motif.clone(),
        made_up: absence.rattrapee,
    }
}
