//! What goes wrong in three years, and how it is put right; renames and moves too.

use std::sync::Arc;

use super::cast::{of_learners, text, under};
use super::clock::{DAY, Moment};
use super::lessons::spoilt;
use super::parts::Record;
use super::plan::{ActId, Move, PathId, Plan};
use super::{EventKind, finals_day};
use crate::demo::dates::Date;

/// Plans the mishaps.
pub(crate) fn plan(plan: &mut Plan<'_>) {
    rename(plan);
    moved(plan);
    colleague(plan);
    frozen(plan);
    period(plan);
    clock(plan);
}

fn end() -> Moment {
    Moment::at(finals_day(), 0, 0)
}

/// A scenario that nobody had used yet finds a better file name.
fn rename(plan: &mut Plan<'_>) {
    let evaluations: Vec<String> = under(plan.files, "evaluations/")
        .map(|(_, _, record)| record.head().string("scenario"))
        .collect();
    let scenarios: Vec<(String, String, Record)> = under(plan.files, "scenarios/")
        .map(|(path, name, record)| (path.to_owned(), name.to_owned(), record))
        .collect();
    let copied =
        |name: &str| scenarios.iter().any(|(_, _, one)| one.head().string("copie_de") == name);
    let soon = |path: &str| plan.end(path).is_some_and(|last| last.plus(20 * DAY) < end());
    let found = scenarios
        .iter()
        .rev()
        .find(|(path, name, _)| !evaluations.contains(name) && !copied(name) && soon(path));
    let Some((path, name, record)) = found else { return };
    let Some(last) = plan.end(path) else { return };
    let who = plan.cast.who(&record.head().string("auteur"));
    let mut act = plan.act(
        last.plus(9 * DAY),
        who,
        "Scénario renommé",
        format!("Renomme un scénario en « {name} »"),
    );
    act.event = Some(EventKind::Rename);
    act.moves = Some(plan.moves.len());
    let from = path.trim_end_matches(".toml").to_owned();
    plan.moves.push(Move { from: format!("{from}-brouillon.toml"), to: path.clone() });
    plan.push(act);
}

/// A pupil who had just come was put under the wrong cohort: the whole folder moves.
fn moved(plan: &mut Plan<'_>) {
    let new = plan
        .cast
        .learners
        .values()
        .filter_map(|one| Some((one.stays.first()?.0, one.folder.clone())))
        .rev();
    let Some((year, folder)) = new.max_by_key(|(year, _)| *year) else { return };
    let mut parts = folder.splitn(3, '/');
    let (_, cohort, id) =
        (parts.next(), parts.next().unwrap_or_default(), parts.next().unwrap_or_default());
    let Ok(cohort) = cohort.parse::<i32>() else { return };
    let at = Moment::at(Date::new(year, 10, 7), 11, 35);
    let message = format!("Range le dossier d’un élève dans sa cohorte, {cohort}");
    let mut act = plan.act(at, plan.cast.ddfpt, "", message);
    act.direct = true;
    act.event = Some(EventKind::Moved);
    act.moves = Some(plan.moves.len());
    plan.moves
        .push(Move { from: format!("students/{}/{id}/", cohort - 1), to: format!("{folder}/") });
    plan.push(act);
}

/// Plans a change and its reversal some days later; gives the first.
fn there_and_back(
    plan: &mut Plan<'_>,
    path: &str,
    wrong: String,
    who: [super::cast::Who; 2],
    at: Moment,
    (message, events, needs): (&str, [EventKind; 2], Vec<ActId>),
) {
    let mut act = plan.act(at, who[0], message, message.to_owned());
    act.event = Some(events[0]);
    act.needs = needs;
    plan.put(&mut act, path, wrong);
    plan.push(act);
    let annul = format!("Annule « {message} »");
    let mut act = plan.act(at.plus(5 * DAY), who[1], &annul, annul.clone());
    act.event = Some(events[1]);
    plan.put_final(&mut act, path);
    plan.push(act);
}

/// A teacher changes a colleague's scenario; the author takes it back.
fn colleague(plan: &mut Plan<'_>) {
    let moving: Vec<String> = plan.moves.iter().map(|one| one.to.clone()).collect();
    let found = under(plan.files, "scenarios/").find_map(|(path, _, record)| {
        let last = plan.end(path).filter(|last| last.plus(60 * DAY) < end())?;
        let author = record.head().string("auteur");
        let other = plan.cast.staff.iter().find(|(id, one)| {
            one.teacher && **id != author && one.gone.is_none() && one.arrival < last.day().ymd().0
        });
        let other = other.or_else(|| {
            let first = plan.cast.years.first().copied()?;
            plan.cast.staff.iter().find(|(id, one)| {
                one.teacher && **id != author && one.gone.is_none() && one.arrival <= first
            })
        })?;
        let there = plan.cast.staff.get(&author).is_some_and(|one| one.gone.is_none());
        (there && !moving.contains(&path.to_owned()) && record.head().raw("contexte").is_some())
            .then(|| (path.to_owned(), record, other.1.who, plan.cast.who(&author), last))
    });
    let Some((path, record, other, author, last)) = found else { return };
    let mut wrong = record.clone();
    let title = record.head().string("titre");
    wrong.head_mut().set(
        "complexite",
        if record.head().string("complexite") == "C" { "\"Int\"" } else { "\"C\"" },
    );
    let message = format!("Change la complexité du scénario « {title} »");
    let kinds = [EventKind::ForbiddenScenario, EventKind::ForbiddenScenarioReverted];
    let at = last.plus(38 * DAY);
    there_and_back(plan, &path, wrong.write(), [other, author], at, (&message, kinds, Vec::new()));
}

/// A teacher changes a result that a validated review has frozen, then takes it back.
fn frozen(plan: &mut Plan<'_>) {
    let mut reviews: Vec<(Moment, String, Vec<String>)> = of_learners(plan.files, "/reviews/")
        .filter(|(_, _, record)| {
            record.head().string("etat") == "valide" && record.part("[[deverrouillage]]").is_none()
        })
        .filter_map(|(path, _, record)| {
            let last = plan.end(path)?;
            Some((last, path.to_owned(), record.head().list("evaluations")))
        })
        .collect();
    reviews.sort();
    let half = reviews.len() / 2;
    for (last, review, evaluations) in reviews.into_iter().skip(half) {
        for key in evaluations {
            let path = format!("evaluations/{key}.toml");
            let record = Record::read(text(plan.files, &path));
            let unlocked = plan.last(&path).and_then(|id| plan.acts.get(id)?.event);
            let rows = record.part("[resultats]").map_or(0, |part| part.entries().len());
            let who = plan.cast.staff.get(&record.head().string("auteur"));
            let who = who.filter(|one| one.gone.is_none()).map(|one| one.who);
            let wrong = (0..rows).find_map(|row| spoilt(&record, row));
            let (Some(who), Some(wrong), None) = (who, wrong, unlocked) else { continue };
            let at = last.plus(3 * DAY);
            if at.plus(6 * DAY) > end() {
                continue;
            }
            let title = record.head().string("titre");
            let message = format!("Change un résultat : {title}");
            let kinds = [EventKind::ForbiddenResult, EventKind::ForbiddenResultReverted];
            let needs = plan.last(&review).into_iter().collect();
            there_and_back(plan, &path, wrong, [who, who], at, (&message, kinds, needs));
            return;
        }
    }
}

/// The DDFPT deletes a period by mistake, its portfolios with it, and restores them the next day.
fn period(plan: &mut Plan<'_>) {
    let periods: Vec<(String, String, Record)> = under(plan.files, "pfmp/periods/")
        .map(|(path, name, record)| (path.to_owned(), name.replacen('/', "-", 1), record))
        .collect();
    // The last one that can: those of past years first come to mind.
    for (path, key, record) in periods.iter().rev() {
        let Some(day) = record.head().date("fin") else { continue };
        let name = format!("/pfmp/{key}.toml");
        let mut ids: Vec<PathId> = (0..plan.paths.len())
            .filter(|id| plan.paths.get(*id).is_some_and(|path| path.ends_with(&name)))
            .collect();
        if ids.is_empty() {
            continue;
        }
        ids.insert(0, plan.path(path));
        let busy: Vec<Moment> = ids
            .iter()
            .flat_map(|id| plan.chains.get(*id).map_or(&[][..], Vec::as_slice))
            .filter_map(|act| plan.acts.get(*act))
            .map(|act| act.at)
            .collect();
        let calm = |at: Moment| {
            busy.iter().all(|other| other.0 < at.0 - 5 * DAY || other.0 > at.0 + 3 * DAY)
                && at.plus(4 * DAY) < end()
        };
        let days = (-40..120).map(|step| Moment::at(day.plus(step), 11, 50));
        let Some(at) = days.into_iter().find(|at| busy.iter().any(|one| one < at) && calm(*at))
        else {
            continue;
        };
        let before = |id: PathId, at: Moment| -> Option<Arc<[u8]>> {
            let chain = plan.chains.get(id)?.iter().filter_map(|act| plan.acts.get(*act));
            let last = chain.filter(|act| act.at < at).max_by_key(|act| act.at)?;
            last.changes.iter().find(|(path, _)| *path == id)?.1.clone()
        };
        let texts: Vec<(PathId, Arc<[u8]>)> =
            ids.iter().filter_map(|id| Some((*id, before(*id, at)?))).collect();
        if texts.len() < 2 {
            continue;
        }
        let message = format!("Supprime la période {key}");
        let mut act = plan.act(at, plan.cast.ddfpt, "", message.clone());
        act.direct = true;
        act.event = Some(EventKind::PeriodDeleted);
        act.changes = texts.iter().map(|(id, _)| (*id, None)).collect();
        plan.push(act);
        let annul = format!("Annule « {message} »");
        let mut act = plan.act(at.plus(DAY - 7000), plan.cast.ddfpt, "", annul);
        act.direct = true;
        act.event = Some(EventKind::PeriodRestored);
        act.changes = texts.into_iter().map(|(id, text)| (id, Some(text))).collect();
        plan.push(act);
        return;
    }
}

/// A machine whose clock is two days late.
fn clock(plan: &mut Plan<'_>) {
    let declares = plan
        .acts
        .iter_mut()
        .filter(|act| act.direct && act.event.is_none() && act.message.starts_with("Déclare"));
    if let Some(act) = declares.max_by_key(|act| act.at) {
        act.skew = -2 * DAY - 3 * 3600 - 17 * 60;
        act.event = Some(EventKind::ClockWrong);
    }
}
