//! Reviews: drafts, then validated, class by class; a few unlocked by the DDFPT, corrected, validated again.

use std::collections::BTreeMap;

use super::EventKind;
use super::cast::{of_learners, year_of};
use super::clock::Moment;
use super::parts::Record;
use super::plan::{Act, ActId, Plan};
use crate::demo::dates::Date;
use crate::text::count;

/// How many reviews a teacher takes in one commit.
const DRAFTED: usize = 3;
const VALIDATED: usize = 6;

/// A review to be written.
struct Review {
    path: String,
    record: Record,
    evaluations: Vec<String>,
    unlock: Option<Date>,
}

/// Plans reviews.
pub(crate) fn plan(plan: &mut Plan<'_>) {
    let mut groups: BTreeMap<(Date, String, String), Vec<Review>> = BTreeMap::new();
    for (path, _, record) in of_learners(plan.files, "/reviews/") {
        let Some(day) = record.head().date("date").filter(|_| path.contains("/reviews/")) else {
            continue;
        };
        let learner = path.split('/').nth(2).unwrap_or_default();
        let class = plan.cast.class_of(learner, year_of(day)).to_owned();
        let author = record.head().string("auteur");
        let named = record.head().list("evaluations");
        let evaluations = named.iter().map(|key| format!("evaluations/{key}.toml")).collect();
        let unlock = record.part("[[deverrouillage]]").and_then(|part| part.date("date"));
        let review = Review { path: path.to_owned(), record, evaluations, unlock };
        groups.entry((day, class, author)).or_default().push(review);
    }
    for ((day, class, author), reviews) in groups {
        Sitting { day, class: &class, author: &author }.plan(plan, &reviews);
    }
}

/// The reviews of one author in a class on a day.
struct Sitting<'a> {
    day: Date,
    class: &'a str,
    author: &'a str,
}

impl Sitting<'_> {
    fn plan(&self, plan: &mut Plan<'_>, reviews: &[Review]) {
        for (rank, group) in reviews.chunks(DRAFTED).enumerate() {
            self.draft(plan, group, rank);
        }
        let valid = |review: &&Review| review.record.head().string("etat") == "valide";
        let mut waiting: Vec<(Date, &Review)> = Vec::new();
        for review in reviews.iter().filter(valid) {
            match review.unlock {
                Some(unlock) => self.unlocked(plan, review, unlock),
                None => {
                    let day = review.record.head().date("valide_le").unwrap_or(self.day);
                    waiting.push((day, review));
                }
            }
        }
        waiting.sort_by_key(|(day, review)| (*day, &review.path));
        for (rank, group) in waiting.chunks(VALIDATED).enumerate() {
            let day = group.last().map_or(self.day, |(day, _)| *day);
            let named = count(group.len(), "bilan", "bilans");
            let message = format!("Valide {named} ({})", self.class);
            let mut act = self.act(plan, day, &format!("valid/{rank}"), message);
            for (_, review) in group {
                plan.put_final(&mut act, &review.path);
                for evaluation in &review.evaluations {
                    act.needs.extend(plan.last(evaluation));
                }
            }
            self.after_draft(plan, &mut act);
            plan.push(act);
        }
    }

    fn act(&self, plan: &Plan<'_>, day: Date, label: &str, message: String) -> Act {
        let label = format!("{}/{}/{}/{label}", self.author, self.class, self.day);
        let at = plan.evening(day, &label);
        plan.act(at, plan.cast.who(self.author), "Bilans de compétences", message)
    }

    /// Moves an act after the drafts of its files.
    fn after_draft(&self, plan: &Plan<'_>, act: &mut Act) {
        let paths: Vec<_> = act.changes.iter().map(|(path, _)| *path).collect();
        let drafts = paths.iter().filter_map(|path| plan.chains.get(*path)?.last().copied());
        let last = drafts.filter_map(|id| plan.acts.get(id)).map(|act| act.at).max();
        if let Some(last) = last {
            act.at = act.at.max(last.plus(600));
        }
    }

    fn draft(&self, plan: &mut Plan<'_>, group: &[Review], rank: usize) {
        let mut dice =
            plan.dice(&format!("draft/{}/{}/{}/{rank}", self.class, self.day, self.author));
        let day = self.day.plus(-dice.between(0, 4));
        let named = count(group.len(), "bilan", "bilans");
        let message = format!("Prépare {named} ({})", self.class);
        let mut act = self.act(plan, day, &format!("draft/{rank}"), message);
        let whole = dice.percent(60);
        for review in group {
            let mut record = review.record.keep(|part| {
                !part.title.contains("deverrouillage")
                    && (whole || part.title != "[professionnalisation]")
            });
            let head = record.head_mut();
            let final_draft = head.string("etat") == "brouillon";
            head.set("etat", "\"brouillon\"");
            head.remove("valide_le");
            head.remove("valide_par");
            if !whole && !final_draft {
                head.remove("conseils");
                head.remove("note");
            }
            if final_draft {
                record = review.record.clone();
            }
            plan.put(&mut act, &review.path, record.write());
            for evaluation in &review.evaluations {
                act.needs.extend(entered(plan, evaluation));
            }
        }
        plan.push(act);
    }

    /// Validated, unlocked with a reason, and where it was validated again: corrected first.
    fn unlocked(&self, plan: &mut Plan<'_>, review: &Review, unlock: Date) {
        let again = review.record.head().date("valide_le").filter(|day| *day > unlock);
        let mut before = review.record.keep(|part| part.title != "[[deverrouillage]]");
        if again.is_some() {
            let head = before.head_mut();
            head.set("valide_le", &self.day.to_string());
            let note = head.raw("note").and_then(|note| note.parse::<f64>().ok());
            if let Some(note) = note {
                head.set(
                    "note",
                    &format!("{:.1}", if note < 3.0 { note + 1.0 } else { note - 1.0 }),
                );
            }
        }
        let corrected: Option<ActId> = review.evaluations.iter().find_map(|path| {
            let last = plan.last(path)?;
            (plan.acts.get(last)?.event == Some(EventKind::CorrectionUnlocked)).then_some(last)
        });
        let message = format!("Valide un bilan ({})", self.class);
        let mut first = self.act(plan, self.day, &format!("valid/{}", review.path), message);
        first.needs.extend(review.evaluations.iter().filter_map(|path| entered(plan, path)));
        plan.put(&mut first, &review.path, before.write());
        self.after_draft(plan, &mut first);
        let validated = plan.push(first);

        let at = Moment::at(unlock, 10, 20).max(plan.acts[validated].at.plus(900));
        let reason = review.record.part("[[deverrouillage]]").map(|part| part.string("motif"));
        let reason = reason.unwrap_or_default();
        let message = format!("Déverrouille un bilan ({}) : {reason}", self.class);
        let mut act = plan.act(at, plan.cast.ddfpt, "", message);
        act.direct = true;
        act.event = Some(EventKind::Unlock);
        if let Some(part) = review.record.part("[[deverrouillage]]").filter(|_| again.is_some()) {
            before.parts.push(part.clone());
            plan.put(&mut act, &review.path, before.write());
        } else {
            plan.put_final(&mut act, &review.path);
        }
        let unlocked = plan.push(act);
        let Some(again) = again else { return };
        let mut needs = vec![unlocked];
        if let Some(act) = corrected.and_then(|id| plan.acts.get_mut(id)) {
            act.needs.push(unlocked);
            act.at = act.at.max(at.plus(3600));
            needs.extend(corrected);
        }
        let message = format!("Corrige et valide de nouveau un bilan ({})", self.class);
        let mut act = self.act(plan, again, &format!("again/{}", review.path), message);
        act.topic = format!("Bilan de {} déverrouillé", self.class);
        act.event = Some(EventKind::Revalidation);
        act.needs = needs;
        plan.put_final(&mut act, &review.path);
        self.after_draft(plan, &mut act);
        plan.push(act);
    }
}

/// Gives the act by which an evaluation was complete; one that will be corrected counts as it was.
fn entered(plan: &Plan<'_>, path: &str) -> Option<ActId> {
    let chain = plan.chain(path).iter().rev().copied();
    let corrected = Some(EventKind::CorrectionUnlocked);
    chain.into_iter().find(|id| plan.acts.get(*id).is_some_and(|act| act.event != corrected))
}
