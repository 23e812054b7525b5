//! What exams leave behind: grids filled, locked, made even; attestations; the registers of sessions.

use std::collections::BTreeMap;

use super::cast::{Who, of_learners, under, year_of};
use super::clock::Moment;
use super::parts::{Part, Record};
use super::plan::Plan;
use crate::demo::dates::Date;
use crate::text::count;

/// How many grids are locked, or made even, in one commit.
const LOCKED: usize = 4;

/// Plans grids, attestations and registers.
pub(crate) fn plan(plan: &mut Plan<'_>) {
    grids(plan);
    attestations(plan);
    registers(plan);
}

/// A grid of a candidate.
struct Grid {
    path: String,
    record: Record,
    class: String,
    day: Date,
}

fn late(part: &Part) -> bool {
    matches!(part.title.as_str(), "[verrouillage]" | "[harmonisation]")
}

fn grids(plan: &mut Plan<'_>) {
    let mut groups: BTreeMap<(String, String, String), Vec<Grid>> = BTreeMap::new();
    for (path, name, record) in of_learners(plan.files, "/certification/") {
        let Some((folder, code)) = name.split_once("/certification/") else { continue };
        let Some(day) = record.head().date("date") else { continue };
        let learner = folder.rsplit('/').next().unwrap_or_default();
        let class = plan.cast.class_of(learner, year_of(day)).to_owned();
        let author = record.head().string("auteur");
        let key = (class.clone(), code.to_owned(), author);
        groups.entry(key).or_default().push(Grid { path: path.to_owned(), record, class, day });
    }
    for ((class, code, author), grids) in groups {
        let who = plan.cast.who(&author);
        let topic = "Grilles de certification";
        for grid in &grids {
            fill(plan, grid, who, topic, &code);
        }
        let step = |plan: &mut Plan<'_>, title: &str, verb: &str| {
            let mut days: BTreeMap<Date, Vec<&Grid>> = BTreeMap::new();
            for grid in grids.iter().filter(|grid| grid.record.part(title).is_some()) {
                let day = grid.record.part(title).and_then(|part| part.date("le"));
                days.entry(day.unwrap_or(grid.day)).or_default().push(grid);
            }
            for (day, grids) in days {
                for (rank, group) in grids.chunks(LOCKED).enumerate() {
                    let label = format!("{class}/{code}/{title}/{day}/{rank}");
                    let mut at = Moment::during(day, 17, 20, plan.seed, &label);
                    let named = count(group.len(), "grille", "grilles");
                    let ends = group.iter().filter_map(|grid| plan.end(&grid.path)).max();
                    at = ends.map_or(at, |end| at.max(end.plus(900)));
                    let message = format!("{verb} {named} {code} ({class})");
                    let mut act = plan.act(at, who, topic, message);
                    for grid in group {
                        let text = grid.record.keep(|part| {
                            part.title == title || !late(part) || title == "[harmonisation]"
                        });
                        plan.put(&mut act, &grid.path, text.write());
                    }
                    plan.push(act);
                }
            }
        };
        step(plan, "[verrouillage]", "Verrouille");
        step(plan, "[harmonisation]", "Harmonise");
    }
}

/// Fills a grid: lines first, then what the commission concludes.
fn fill(plan: &mut Plan<'_>, grid: &Grid, who: Who, topic: &str, code: &str) {
    let mut dice = plan.dice(&grid.path);
    let open = grid.record.keep(|part| !late(part));
    let at = Moment::during(grid.day, 9, 16, plan.seed, &grid.path);
    let absent = grid.record.head().raw("absent").is_some();
    let concluded = grid.record.head().raw("note_proposee").is_some();
    let mut stages =
        vec![(at, format!("Remplit une grille {code} ({})", grid.class), open.clone())];
    if concluded && !absent && dice.percent(45) {
        let mut lines = open;
        lines.head_mut().remove("commentaire");
        lines.head_mut().remove("note_proposee");
        stages.insert(
            0,
            (at.plus(-2400), format!("Ouvre une grille {code} ({})", grid.class), lines),
        );
    }
    for (at, message, record) in stages {
        let mut act = plan.act(at, who, topic, message);
        plan.put(&mut act, &grid.path, record.write());
        plan.push(act);
    }
}

fn attestations(plan: &mut Plan<'_>) {
    let all: Vec<(String, Record)> = of_learners(plan.files, "/attestations/")
        .map(|(path, _, record)| (path.to_owned(), record))
        .collect();
    for (path, record) in all {
        let Some(day) = record.head().date("date") else { continue };
        let author = record.head().string("auteur");
        let mut signers = vec![author.clone()];
        let by = |entry: &str| entry.split('"').rev().nth(1).unwrap_or_default().to_owned();
        let Some(ticks) = record.part("[competences]") else { continue };
        for (_, entry) in ticks.entries() {
            let signer = by(entry);
            if !signers.contains(&signer) {
                signers.push(signer);
            }
        }
        // Each ticks what they saw; the author opens the sheet, and alone signs it when nobody else does.
        for rank in 1..=signers.len() {
            let there = signers.get(..rank).unwrap_or_default();
            let mut now = record.clone();
            if let Some(part) = now.part_mut("[competences]") {
                part.rewrite(|_, entry| there.contains(&by(entry)).then(|| entry.to_owned()));
            }
            let who = plan.cast.who(there.last().map_or("", String::as_str));
            let message = if rank == 1 {
                "Prépare une attestation de compétences"
            } else {
                "Valide une compétence acquise"
            };
            let at = Moment::at(day, 8 + 2 * rank as i32, 30);
            let mut act = plan.act(at, who, "Attestation de compétences", message.to_owned());
            plan.put(&mut act, &path, now.write());
            plan.push(act);
        }
    }
}

fn registers(plan: &mut Plan<'_>) {
    let all: Vec<(String, String, Record)> = under(plan.files, "register/")
        .map(|(path, name, record)| (path.to_owned(), name.to_owned(), record))
        .collect();
    for (path, name, record) in all {
        let Some(day) = record.head().date("date") else { continue };
        let what = name.split('/').next_back().unwrap_or_default();
        let evening = plan.evening(day, &path);
        let signed = ["temoin", "par"].map(|key| record.head().string(key));
        let signed = signed.iter().find_map(|id| plan.cast.staff.get(id)).map(|member| member.who);
        let who = signed.unwrap_or(plan.cast.ddfpt);
        let mut stages: Vec<(Moment, String, Record)> = Vec::new();
        if name.contains("/commissions/") {
            let called = record.head().date("convocation").unwrap_or(day);
            let mut before = record.clone();
            for part in &mut before.parts {
                part.remove("emargement");
                part.remove("present");
            }
            before.head_mut().remove("proces_verbal");
            stages.push((
                Moment::at(called, 11, 15),
                format!("Convoque la commission {what}"),
                before,
            ));
            stages.push((evening, format!("Émargement de la commission {what}"), record));
        } else if name.contains("/deliveries/") {
            // Those handed over later come later.
            let last = record.parts.iter().filter_map(|part| part.date("le")).max();
            let first = record.keep(|part| part.date("le").is_none());
            stages.push((evening, format!("Remises : {what}"), first));
            if let Some(last) = last {
                let at = plan.evening(last.max(day.plus(1)), &format!("{path}/2"));
                stages.push((at, format!("Dernières remises : {what}"), record));
            }
        } else {
            stages.push((evening, format!("Consultation : {what}"), record));
        }
        for (at, message, record) in stages {
            let mut act = plan.act(at, who, "Registre", message);
            act.direct = who == plan.cast.ddfpt;
            plan.put(&mut act, &path, record.write());
            plan.push(act);
        }
    }
}
