//! Annexes by teachers, periods by the DDFPT.

use std::collections::BTreeMap;

use super::cast::under;
use super::parts::Record;
use super::plan::Plan;
use crate::demo::dates::Date;
use crate::text::count;

/// Plans annexes and periods.
pub(crate) fn plan(plan: &mut Plan<'_>) {
    let periods: Vec<(String, Record, Date)> = under(plan.files, "pfmp/periods/")
        .filter_map(|(path, _, record)| {
            let first = record.head().date("debut")?;
            let day = declared(plan, &record, first);
            Some((path.to_owned(), record, day))
        })
        .collect();
    annexes(plan, &periods);
    let mut days: BTreeMap<Date, Vec<(String, Record)>> = BTreeMap::new();
    for (path, record, day) in periods {
        days.entry(day).or_default().push((path, record));
    }
    for (day, periods) in days {
        let at = plan.evening(day, &format!("periods/{day}"));
        let message = format!("Déclare {}", count(periods.len(), "période", "périodes"));
        let mut act = plan.act(at, plan.cast.ddfpt, "", message);
        act.direct = true;
        for (path, record) in periods {
            plan.put_final(&mut act, &path);
            act.needs.extend(
                plan.last(&format!("pfmp/annexes/{}.toml", record.head().string("annexe"))),
            );
        }
        plan.push(act);
    }
}

/// Gives the day a period is declared: about three weeks before, once the last pupil concerned has come or gone.
fn declared(plan: &Plan<'_>, record: &Record, first: Date) -> Date {
    let year = if first.month() >= 8 { first.ymd().0 } else { first.ymd().0 - 1 };
    let day = first.plus(-20).max(Date::new(year, 9, 3)).min(Date::new(2026, 11, 16));
    let (diploma, level) = (record.head().string("diplome"), record.head().string("niveau"));
    let moves = plan.cast.turns.iter().filter(|turn| {
        turn.diploma == diploma && turn.level == level && turn.year == year && turn.day > day
    });
    moves
        .map(|turn| turn.day)
        .filter(|moved| *moved < first.plus(1))
        .max()
        .map_or(day, |moved| moved.max(day))
}

fn annexes(plan: &mut Plan<'_>, periods: &[(String, Record, Date)]) {
    let mut used: BTreeMap<String, Date> = BTreeMap::new();
    for (_, record, day) in periods {
        let first = used
            .entry(format!("pfmp/annexes/{}.toml", record.head().string("annexe")))
            .or_insert(*day);
        *first = (*first).min(*day);
    }
    let mut all: Vec<(String, Record)> = under(plan.files, "pfmp/annexes/")
        .map(|(path, _, record)| (path.to_owned(), record))
        .collect();
    all.sort_by_key(|(path, record)| (record.head().raw("copie_de").is_some(), path.clone()));
    let founded = plan.founded();
    for (path, record) in all {
        let mut dice = plan.dice(&path);
        let author = record.head().string("auteur");
        let came = plan.cast.staff.get(&author).map_or(0, |member| member.arrival);
        let day =
            used.get(&path).map_or(Date::new(came, 9, 20), |day| day.plus(-dice.between(6, 14)));
        let day = day.max(founded.plus(56));
        let title = record.head().string("titre");
        let at = plan.evening(day, &path);
        let who = plan.cast.who(&author);
        let mut act =
            plan.act(at, who, "Annexes pédagogiques", format!("Ajoute l’annexe « {title} »"));
        act.needs
            .extend(plan.first(&format!("pfmp/annexes/{}.toml", record.head().string("copie_de"))));
        if dice.percent(35) && record.head().raw("taches").is_some() {
            let mut short = record.clone();
            short.head_mut().remove("taches");
            plan.put(&mut act, &path, short.write());
            plan.push(act);
            let at = plan.evening(day.plus(1), &format!("{path}/2"));
            act =
                plan.act(at, who, "Annexes pédagogiques", format!("Complète l’annexe « {title} »"));
        }
        plan.put_final(&mut act, &path);
        plan.push(act);
    }
}
