//! What teachers write week after week: scenarios, then evaluations that fill and are put right.

use std::collections::BTreeMap;

use super::cast::{of_learners, text, under, year_of};
use super::parts::{Part, Record};
use super::plan::{ActId, Plan};
use super::{EventKind, finals, finals_day};
use crate::demo::dates::Date;

/// The teacher who signed once with an address that nobody knew.
pub(crate) struct Stray {
    pub(crate) id: String,
    pub(crate) act: ActId,
}

/// Plans scenarios and evaluations.
pub(crate) fn plan(plan: &mut Plan<'_>) -> Option<Stray> {
    scenarios(plan);
    evaluations(plan)
}

/// When each scenario was first used.
fn first_uses(plan: &Plan<'_>) -> BTreeMap<String, Date> {
    let mut found: BTreeMap<String, Date> = BTreeMap::new();
    for (_, _, record) in under(plan.files, "evaluations/") {
        let key = format!("scenarios/{}.toml", record.head().string("scenario"));
        if let Some(day) = record.head().date("date") {
            let first = found.entry(key).or_insert(day);
            *first = day.min(*first);
        }
    }
    found
}

fn scenarios(plan: &mut Plan<'_>) {
    let used = first_uses(plan);
    let founded = plan.founded();
    let mut made: BTreeMap<String, Date> = BTreeMap::new();
    let mut waiting: Vec<(String, Record)> = under(plan.files, "scenarios/")
        .map(|(path, _, record)| (path.to_owned(), record))
        .collect();
    // Copies come after what they were made from.
    waiting.sort_by_key(|(path, record)| (record.head().raw("copie_de").is_some(), path.clone()));
    for (path, record) in waiting {
        let author = record.head().string("auteur");
        let member = plan.cast.staff.get(&author);
        let came =
            member.map_or(founded, |member| Date::new(member.arrival, 9, 1)).max(founded.plus(2));
        let mut dice = plan.dice(&path);
        let day = match used.get(&path) {
            Some(day) => day.plus(-dice.between(8, 45)),
            None => came.plus(dice.between(3, finals_day().since(came).max(20) - 10)),
        };
        let original = format!("scenarios/{}.toml", record.head().string("copie_de"));
        let day = day.max(came).max(made.get(&original).map_or(came, |day| day.plus(2)));
        made.insert(path.clone(), day);
        let title = record.head().string("titre");
        let who = plan.cast.who(&author);
        let stages = if dice.percent(55) { 2 } else { 1 };
        for stage in 0..stages {
            let last = stage + 1 == stages;
            let verb = if stage == 0 { "Ajoute" } else { "Complète" };
            let label = format!("{path}/{stage}");
            // Finished before it is used.
            let at = plan.evening(day.plus(2 * stage), &label);
            let mut act = plan.act(at, who, "Scénarios", format!("{verb} le scénario « {title} »"));
            act.needs.extend(plan.first(&original).filter(|_| stage == 0));
            let mut now = record.clone();
            if !last {
                now = now.keep(|part| part.title != "[[ressources]]");
                now.head_mut().remove("contexte");
                now.head_mut().remove("secteurs");
            }
            plan.put(&mut act, &path, now.write());
            plan.push(act);
        }
    }
}

/// The rows that a review was unlocked for: evaluation → learner, day of the unlock.
fn unlocked(plan: &Plan<'_>) -> BTreeMap<String, (String, Date)> {
    let mut found: BTreeMap<String, (String, Date)> = BTreeMap::new();
    for (path, _, record) in of_learners(plan.files, "/reviews/") {
        let unlock = record.part("[[deverrouillage]]").and_then(|part| part.date("date"));
        let valid = record.head().date("valide_le");
        let (Some(day), Some(valid)) = (unlock, valid) else { continue };
        if valid <= day {
            continue;
        }
        let learner = path.split('/').nth(2).unwrap_or_default().to_owned();
        let named = record.head().list("evaluations").into_iter().rev();
        let mut named = named.map(|key| format!("evaluations/{key}.toml"));
        let wrong = |path: &String| {
            let record = Record::read(text(plan.files, path));
            !found.contains_key(path) && spoilt_row(&record, &learner).is_some()
        };
        if let Some(path) = named.find(wrong) {
            found.insert(path, (learner, day));
        }
    }
    found
}

fn evaluations(plan: &mut Plan<'_>) -> Option<Stray> {
    let unlocked = unlocked(plan);
    let stray = finals::stray(plan.files);
    let all: Vec<(String, String, Record)> = under(plan.files, "evaluations/")
        .map(|(path, name, record)| (path.to_owned(), name.to_owned(), record))
        .collect();
    let strayed = all
        .iter()
        .filter(|(path, _, record)| {
            Some(record.head().string("auteur")) == stray && !unlocked.contains_key(path)
        })
        .min_by_key(|(path, _, record)| (record.head().date("date"), path.clone()))
        .map(|(path, _, _)| path.clone());
    let mut mistake = all.len() / 3;
    let mut found = None;
    for (path, name, record) in &all {
        let mut names = name.split('/').skip(1);
        let class = names.next().unwrap_or_default().to_owned();
        let Some(day) = record.head().date("date") else { continue };
        let mut dice = plan.dice(path);
        let author = record.head().string("auteur");
        let who = plan.cast.who(&author);
        let title = record.head().string("titre");
        let topic = "Évaluations";
        let rows = record.part("[resultats]").map_or(0, |part| part.entries().len());
        let wrong = match unlocked.get(path) {
            Some((learner, _)) => spoilt_row(record, learner),
            None => spoilt(record, rows / 2),
        };

        let mut stages: Vec<(Date, String, String)> = Vec::new();
        let created = day.plus(-dice.between(0, 5));
        let empty = record.keep(|part| part.title != "[resultats]");
        stages.push((created, format!("Crée l’évaluation « {title} » ({class})"), empty.write()));
        let first = day.plus(dice.between(0, 4));
        let mut filled = first;
        let verb = if rows > 4 && dice.percent(30) {
            let half = half(record, rows / 2);
            stages.push((
                first,
                format!("Saisit une partie des résultats : {title} ({class})"),
                half,
            ));
            filled = first.plus(dice.between(1, 3));
            "Complète"
        } else {
            "Saisit"
        };
        let entered = stages.len();
        let whole = record.write();
        let corrected = wrong.filter(|_| dice.percent(22) || unlocked.contains_key(path));
        let results = format!("{verb} les résultats : {title} ({class})");
        stages.push((filled, results.clone(), corrected.clone().unwrap_or_else(|| whole.clone())));
        let mut events: Vec<Option<EventKind>> = vec![None; stages.len()];
        let correction = format!("Corrige un résultat : {title} ({class})");
        if let Some((_, day)) = unlocked.get(path) {
            stages.push((*day, correction, whole));
            events.push(Some(EventKind::CorrectionUnlocked));
        } else if corrected.is_some() {
            stages.push((filled.plus(dice.between(1, 3)), correction, whole));
        } else if mistake == 0
            && Some(path) != strayed.as_ref()
            && let Some(wrong) = spoilt_all(record)
        {
            stages.push((
                filled.plus(1),
                format!("Met à jour les résultats : {title} ({class})"),
                wrong,
            ));
            let annul = format!("Annule « Met à jour les résultats : {title} ({class}) »");
            stages.push((filled.plus(2), annul, whole));
            events.extend([Some(EventKind::Mistake), Some(EventKind::MistakeReverted)]);
            mistake = usize::MAX;
        }
        mistake = mistake.saturating_sub(usize::from(mistake != usize::MAX && mistake > 0));
        events.resize(stages.len(), None);
        let scenario = plan.last(&format!("scenarios/{}.toml", record.head().string("scenario")));
        let floor = plan.founded().plus(54).max(Date::new(year_of(day), 9, 1));
        let mut before = None;
        for (stage, ((day, message, text), event)) in stages.into_iter().zip(events).enumerate() {
            let label = format!("{path}/{stage}");
            let mut at = plan.evening(day.max(floor), &label);
            if let Some(before) = before.filter(|before| *before >= at) {
                at = at.max(before).plus(1800);
            }
            before = Some(at);
            let own =
                if event.is_some() { format!("{topic} : {message}") } else { topic.to_owned() };
            let mut act = plan.act(at, who, &own, message);
            act.event = event;
            act.needs.extend(scenario.filter(|_| stage == 0));
            plan.put(&mut act, path, text);
            let strays = Some(path) == strayed.as_ref() && stage == entered;
            if let Some(other) =
                plan.cast.staff.get(&author).and_then(|one| one.other).filter(|_| strays)
            {
                (act.author, act.keeper, act.event) =
                    (other, other, Some(EventKind::UnknownAuthor));
            }
            let id = plan.push(act);
            if strays {
                found = Some(Stray { id: author.clone(), act: id });
            }
        }
    }
    found
}

/// Keeps the first rows of the results.
fn half(record: &Record, rows: usize) -> String {
    let mut record = record.clone();
    if let Some(part) = record.part_mut("[resultats]") {
        let last: Vec<String> = part.entries().into_iter().skip(rows).map(|(key, _)| key).collect();
        part.rewrite(|key, entry| (!last.iter().any(|one| one == key)).then(|| entry.to_owned()));
    }
    record.write()
}

/// Writes one sign wrong, in the row of a number.
pub(crate) fn spoilt(record: &Record, row: usize) -> Option<String> {
    let key = record.part("[resultats]")?.entries().into_iter().nth(row)?.0;
    spoilt_row(record, &key)
}

/// Writes the first sign of a learner wrong.
pub(crate) fn spoilt_row(record: &Record, learner: &str) -> Option<String> {
    let mut record = record.clone();
    let before = record.part("[resultats]")?.text.clone();
    let part = record.part_mut("[resultats]")?;
    part.rewrite(|key, entry| Some(if key == learner { swap(entry) } else { entry.to_owned() }));
    (part.text != before).then(|| record.write())
}

fn spoilt_all(record: &Record) -> Option<String> {
    let mut record = record.clone();
    let before = record.part("[resultats]")?.text.clone();
    let part: &mut Part = record.part_mut("[resultats]")?;
    part.rewrite(|_, entry| Some(swap(entry)));
    (part.text != before).then(|| record.write())
}

/// Turns the first `+` of a row into `-`, or the other way round.
fn swap(entry: &str) -> String {
    match (entry.find("\"+\""), entry.find("\"-\"")) {
        (Some(plus), minus) if minus.is_none_or(|minus| plus < minus) => {
            entry.replacen("\"+\"", "\"-\"", 1)
        }
        (_, Some(_)) => entry.replacen("\"-\"", "\"+\"", 1),
        _ => entry.to_owned(),
    }
}
