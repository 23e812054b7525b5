//! Livrets: each part by the teacher it names, class by class, then sent.

use std::collections::{BTreeMap, BTreeSet};

use super::cast::{Who, of_learners, start};
use super::clock::Moment;
use super::finals_day;
use super::parts::{Part, Record};
use super::plan::Plan;
use crate::demo::dates::Date;
use crate::text::count;

/// How many livrets a teacher fills in one commit.
const FILLED: usize = 6;

/// What a livret is filled with, in this order.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Stage {
    Levels,
    Colleague,
    Placements,
    Project,
    Marks,
    Opinion,
    Sent(usize),
}

impl Stage {
    fn message(self, named: &str, class: &str) -> String {
        match self {
            Self::Levels => format!("Livrets : niveaux de {named} ({class})"),
            Self::Colleague => format!("Livrets : second enseignant de {named} ({class})"),
            Self::Marks => format!("Livrets : notes de {named} ({class})"),
            Self::Placements => format!("Livrets : PFMP de {named} ({class})"),
            Self::Project => format!("Livrets : projet de {named} ({class})"),
            Self::Opinion => format!("Livrets : appréciation de {named} ({class})"),
            Self::Sent(0) => format!("Envoi de {named} vers LSL ({class})"),
            Self::Sent(_) => format!("Nouvel envoi de {named} vers LSL ({class})"),
        }
    }
}

/// A livret and its stages: what, who, when.
struct Livret {
    path: String,
    record: Record,
    class: String,
    year: i32,
    reviews: Vec<String>,
    stages: Vec<(Stage, Who, Date)>,
}

/// Plans livrets.
pub(crate) fn plan(plan: &mut Plan<'_>) {
    let mut groups: BTreeMap<(i32, String, Stage, Date, Who), Vec<usize>> = BTreeMap::new();
    let mut livrets: Vec<Livret> = Vec::new();
    for (path, name, record) in of_learners(plan.files, "/lsl/") {
        let Some((folder, year)) = name.split_once("/lsl/") else { continue };
        let learner = folder.rsplit('/').next().unwrap_or_default();
        let year = start(year);
        let class = plan.cast.class_of(learner, year).to_owned();
        let named = record.all("[[notes]]").filter_map(|part| part.date("bilan"));
        let reviews = named.map(|day| format!("students/{folder}/reviews/{day}.toml")).collect();
        let stages = stages(plan, &record, year, &class);
        livrets.push(Livret { path: path.to_owned(), record, class, year, reviews, stages });
    }
    for (place, livret) in livrets.iter().enumerate() {
        for (stage, who, day) in &livret.stages {
            let key = (livret.year, livret.class.clone(), *stage, *day, *who);
            groups.entry(key).or_default().push(place);
        }
    }
    for ((year, class, stage, day, who), places) in groups {
        let size = if matches!(stage, Stage::Sent(_)) { places.len() } else { FILLED };
        for (rank, group) in places.chunks(size.max(1)).enumerate() {
            let label =
                format!("livrets/{year}/{class}/{}/{}/{rank}", stage.message("", ""), who.0);
            // The times of one day follow the order of the stages.
            let hour = match stage {
                Stage::Levels => 8,
                Stage::Colleague => 10,
                Stage::Placements => 12,
                Stage::Project => 14,
                Stage::Marks => 16,
                Stage::Opinion => 18,
                Stage::Sent(_) => 20,
            };
            let at = Moment::during(day, hour, hour + 1, plan.seed, &label);
            let named = count(group.len(), "livret", "livrets");
            let mut act = plan.act(at, who, "Livrets scolaires", stage.message(&named, &class));
            act.direct = who == plan.cast.ddfpt;
            for livret in group.iter().filter_map(|place| livrets.get(*place)) {
                let text = upto(livret, stage);
                plan.put(&mut act, &livret.path, text);
                if stage == Stage::Marks {
                    let made = livret.reviews.iter().filter_map(|path| plan.last(path));
                    act.needs.extend(made);
                }
            }
            plan.push(act);
        }
    }
}

/// Says what was done when a stage is: lists what a livret has, with who signs and when.
fn stages(plan: &Plan<'_>, record: &Record, year: i32, class: &str) -> Vec<(Stage, Who, Date)> {
    let team = plan.cast.team(year, class);
    let teachers = record.head().list("enseignants");
    let main = teachers.first().or(team.first()).map_or(plan.cast.ddfpt, |id| plan.cast.who(id));
    let past = record.part("[[envois]]").is_some();
    let mut dice = plan.dice(&format!("livrets/{year}/{class}"));
    // Past livrets were filled in spring, those under way since October.
    let spring = Date::new(year + 1, 6, 8);
    let mut next = if past { Date::new(year + 1, 4, 28) } else { Date::new(year, 10, 12) };
    let mut day = |least: Option<Date>| {
        next = next.plus(dice.between(3, 6)).max(least.unwrap_or(next));
        if past { next } else { next.min(finals_day()) }
    };
    let mut found = Vec::new();
    let levels = record.part("[niveaux]").is_some_and(|part| !part.entries().is_empty());
    if levels || !teachers.is_empty() {
        found.push((Stage::Levels, main, day(None)));
    }
    if let Some(second) = teachers.get(1) {
        found.push((Stage::Colleague, plan.cast.who(second), day(None)));
    }
    if let Some(part) = record.part("[pfmp]") {
        let by = part.string("enseignant");
        let who = if by.is_empty() { main } else { plan.cast.who(&by) };
        found.push((Stage::Placements, who, day(None)));
    }
    if let Some(part) = record.part("[projet]") {
        let who = part.list("enseignants").first().map_or(main, |id| plan.cast.who(id));
        found.push((Stage::Project, who, day(None)));
    }
    if record.part("[[notes]]").is_some() {
        found.push((Stage::Marks, main, day(past.then_some(spring))));
    }
    if record.head().raw("appreciation").is_some() {
        found.push((Stage::Opinion, main, day(None)));
    }
    if found.is_empty() {
        found.push((Stage::Levels, main, day(None)));
    }
    for (rank, sending) in record.all("[[envois]]").enumerate() {
        let day = sending.date("le").unwrap_or(spring);
        found.push((Stage::Sent(rank), plan.cast.who(&sending.string("par")), day));
    }
    // Everything is there before it is sent.
    let sent = found.iter().find(|(stage, _, _)| matches!(stage, Stage::Sent(_))).map(|one| one.2);
    for (stage, _, day) in &mut found {
        if let (Some(sent), false) = (sent, matches!(stage, Stage::Sent(_))) {
            *day = (*day).min(sent);
        }
    }
    found
}

/// The livret once a stage is done.
fn upto(livret: &Livret, stage: Stage) -> String {
    let at = livret.stages.iter().position(|(one, _, _)| *one == stage).unwrap_or(0);
    let done: BTreeSet<Stage> = livret.stages.iter().take(at + 1).map(|one| one.0).collect();
    let mut sendings = 0;
    for done in &done {
        if let Stage::Sent(rank) = done {
            sendings = rank + 1;
        }
    }
    let mut rank = 0;
    let mut record = livret.record.clone();
    record.parts.retain(|part: &Part| match part.title.as_str() {
        "[niveaux]" => done.contains(&Stage::Levels),
        "[[notes]]" => done.contains(&Stage::Marks),
        "[pfmp]" => done.contains(&Stage::Placements),
        "[projet]" => done.contains(&Stage::Project),
        "[[envois]]" => {
            rank += 1;
            rank <= sendings
        }
        _ => true,
    });
    let head = record.head_mut();
    if !done.contains(&Stage::Opinion) {
        head.remove("appreciation");
    }
    let teachers = head.list("enseignants");
    if !done.contains(&Stage::Levels) {
        head.remove("enseignants");
    } else if !done.contains(&Stage::Colleague)
        && let Some(first) = teachers.first().filter(|_| teachers.len() > 1)
    {
        head.set("enseignants", &format!("[\"{first}\"]"));
    }
    record.write()
}
