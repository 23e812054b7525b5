//! Portfolios: the company by the referent, week after week by the learner's own hand, deposited by the referent.

use std::collections::{BTreeMap, BTreeSet};

use super::cast::{Who, of_learners, under};
use super::finals_day;
use super::parts::{Part, Record};
use super::plan::Plan;
use crate::demo::dates::Date;
use crate::text::count;

/// How many days of writing a deposit brings, and how many of following a teacher enters at once.
const DEPOSIT: i32 = 17;
const FOLLOWED: i32 = 40;
/// How many companies a teacher enters in one commit.
const COMPANIES: usize = 6;

/// Something that is added to a portfolio.
struct Item {
    day: Date,
    /// By the learner, or by a teacher.
    learner: bool,
    by: Who,
    /// Places of the parts in the record.
    parts: Vec<usize>,
    /// The company review, not valid yet.
    draft: bool,
}

/// A portfolio, its period and its referent.
struct Folder {
    path: String,
    record: Record,
    period: String,
    learner: Who,
    referent: Who,
    begins: Date,
}

/// Plans portfolios.
pub(crate) fn plan(plan: &mut Plan<'_>) {
    let mut folders: BTreeMap<(String, Who), Vec<Folder>> = BTreeMap::new();
    let periods: BTreeMap<String, (String, Record)> = under(plan.files, "pfmp/periods/")
        .map(|(path, name, record)| (name.replacen('/', "-", 1), (path.to_owned(), record)))
        .collect();
    for (path, name, record) in of_learners(plan.files, "/pfmp/") {
        let Some((folder, key)) = name.split_once("/pfmp/") else { continue };
        let id = folder.rsplit('/').next().unwrap_or_default();
        let Some(learner) = plan.cast.learners.get(id) else { continue };
        let Some((path_of_period, period)) = periods.get(key) else { continue };
        let referent = period.part("[referents]").map(|part| part.string(id)).unwrap_or_default();
        let Some(begins) = period.head().date("debut") else { continue };
        let folder = Folder {
            path: path.to_owned(),
            record,
            period: path_of_period.clone(),
            learner: learner.who,
            referent: plan.cast.who(&referent),
            begins,
        };
        folders.entry((key.to_owned(), folder.referent)).or_default().push(folder);
    }
    for ((key, referent), folders) in folders {
        for (rank, group) in folders.chunks(COMPANIES).enumerate() {
            companies(plan, &key, referent, group, rank);
        }
        for folder in folders {
            follow(plan, &key, &folder);
        }
    }
}

fn is_company(part: &Part) -> bool {
    matches!(part.title.as_str(), "[entreprise]" | "[tuteur]")
}

fn companies(plan: &mut Plan<'_>, key: &str, referent: Who, group: &[Folder], rank: usize) {
    let mut dice = plan.dice(&format!("companies/{key}/{}/{rank}", referent.0));
    let begins = group.iter().map(|folder| folder.begins).min().unwrap_or(finals_day());
    let day = begins.plus(-dice.between(3, 15)).min(finals_day().plus(-dice.between(1, 4)));
    let at = plan.work(day, &format!("companies/{key}/{}/{rank}", referent.0));
    let named = count(group.len(), "entreprise", "entreprises");
    let message = format!("Saisit {named} d’accueil ({key})");
    let mut act = plan.act(at, referent, "Entreprises d’accueil", message);
    for folder in group {
        let text = folder.record.keep(is_company).write();
        plan.put(&mut act, &folder.path, text);
        act.needs.extend(plan.last(&folder.period));
    }
    let declared = act.needs.iter().filter_map(|id| plan.acts.get(*id)).map(|act| act.at).max();
    act.at = declared.map_or(act.at, |declared| act.at.max(declared.plus(3600)));
    plan.push(act);
}

/// Lists what is added to a portfolio, and when.
fn items(plan: &Plan<'_>, folder: &Folder) -> Vec<Item> {
    let mut found: Vec<Item> = Vec::new();
    let mut dice = plan.dice(&folder.path);
    for (place, part) in folder.record.parts.iter().enumerate() {
        let mut add = |day: Option<Date>, learner: bool, by: Who| {
            let day = day.unwrap_or(folder.begins);
            found.push(Item { day, learner, by, parts: vec![place], draft: false });
        };
        match part.title.as_str() {
            "[[journal]]" | "[[fiches]]" | "[bilan_personnel]" => {
                add(part.date("saisi_le"), true, folder.learner);
            }
            "[[commentaires]]" => add(part.date("date"), false, folder.referent),
            "[[visites]]" => add(part.date("date"), false, plan.cast.who(&part.string("par"))),
            "[[absences]]" => add(part.date("au").or(part.date("du")), false, folder.referent),
            "[attestation]" => add(part.date("signee_le"), false, folder.referent),
            "[bilan_entreprise]" => {
                let valid = part.string("etat") == "valide";
                add(part.date("date"), false, folder.referent);
                let results = folder.record.parts.len() - 1;
                let draft = dice.percent(14) && valid;
                if let Some(item) = found.last_mut() {
                    item.parts.push(results);
                    item.draft = draft;
                }
                if draft && let Some(day) = part.date("date") {
                    let parts = vec![place, results];
                    let day = day.plus(3);
                    found.push(Item {
                        day,
                        learner: false,
                        by: folder.referent,
                        parts,
                        draft: false,
                    });
                }
            }
            _ => {}
        }
    }
    found.sort_by_key(|item| (item.day, item.parts.first().copied()));
    found
}

fn follow(plan: &mut Plan<'_>, key: &str, folder: &Folder) {
    // One act brings what one hand wrote in a few days.
    let mut groups: Vec<Vec<Item>> = Vec::new();
    for item in items(plan, folder) {
        let span = if item.learner { DEPOSIT } else { FOLLOWED };
        let group = groups.iter_mut().rev().find(|group| {
            group.first().is_some_and(|first| {
                first.by == item.by && item.day.since(first.day) <= span && !first.draft
            })
        });
        match group {
            Some(group) if !item.draft => group.push(item),
            _ => groups.push(vec![item]),
        }
    }
    groups.sort_by_key(|group| group.iter().map(|item| item.day).max());
    let mut there: BTreeSet<usize> = BTreeSet::new();
    let mut draft = false;
    let mut before = plan.end(&folder.path);
    for (rank, group) in groups.into_iter().enumerate() {
        let Some(last) = group.iter().map(|item| item.day).max() else { continue };
        let (learner, by) =
            group.first().map_or((false, folder.referent), |item| (item.learner, item.by));
        there.extend(group.iter().flat_map(|item| item.parts.iter().copied()));
        // A draft stays one until it is validated.
        let reviewed = group.iter().any(|item| item.parts.len() > 1);
        draft = group.iter().any(|item| item.draft) || draft && !reviewed;
        let mut record = folder.record.clone();
        if draft && let Some(part) = record.part_mut("[bilan_entreprise]") {
            part.set("etat", "\"brouillon\"");
        }
        let mut place = 0;
        record.parts.retain(|part| {
            place += 1;
            is_company(part) || there.contains(&(place - 1))
        });
        let mut dice = plan.dice(&format!("{}/{rank}", folder.path));
        let delay = if learner { dice.between(0, 3) } else { dice.between(0, 2) };
        let label = format!("{}/{rank}", folder.path);
        let mut at = plan.evening(last.plus(delay), &label);
        if let Some(before) = before.filter(|before| *before >= at) {
            at = before.plus(1200);
        }
        before = Some(at);
        let (topic, message) = if learner {
            let personal = group.iter().any(|item| {
                item.parts
                    .iter()
                    .any(|place| folder.record.parts[*place].title == "[bilan_personnel]")
            });
            let what = if personal { "Bilan personnel" } else { "Journal et fiches" };
            ("Suivi en entreprise".to_owned(), format!("{what} ({key})"))
        } else {
            let what = match (reviewed, draft) {
                (true, true) => "Prépare un bilan entreprise",
                (true, false) => "Valide un bilan entreprise",
                _ => "Suivi",
            };
            ("Suivi en entreprise".to_owned(), format!("{what} ({key})"))
        };
        let mut act = plan.act(at, by, &topic, message);
        if learner {
            act.keeper = folder.referent;
        }
        plan.put(&mut act, &folder.path, record.write());
        plan.push(act);
    }
}
