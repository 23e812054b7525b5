//! What an import would do, before anything is written: files, figures, remarks.

use crate::source::Changes;
use crate::text::plural;

/// The files that an import would write, and what there is to say about it.
#[derive(Clone, Debug, Default)]
pub struct Plan {
    /// What it would write.
    pub changes: Changes,
    /// How many things of each kind, in the order in which they are told.
    pub tallies: Vec<Tally>,
    /// What the reader must know, in the order in which it was met.
    pub remarks: Vec<Remark>,
}

/// How many things of a kind an import creates, changes and deactivates.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tally {
    /// The kind in French: one, several ("élève", "élèves").
    pub noun: (&'static str, &'static str),
    /// Whether the noun is feminine.
    pub feminine: bool,
    /// Created.
    pub created: usize,
    /// Changed.
    pub changed: usize,
    /// Deactivated: kept, and no longer shown among those present.
    pub deactivated: usize,
}

/// Something that the reader of a plan must know.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Remark {
    /// How much it weighs.
    pub weight: Weight,
    /// One plain French sentence, without a final stop.
    pub sentence: String,
    /// What to do, if anything can be done.
    pub help: Option<String>,
}

/// How much a remark weighs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Weight {
    /// Nothing can be imported: nothing is written.
    Fatal,
    /// Something was left out or must be completed.
    ToDo,
    /// Good to know.
    Note,
}

impl Plan {
    /// Whether something keeps the plan from being carried out.
    pub fn is_refused(&self) -> bool {
        self.remarks.iter().any(|remark| remark.weight == Weight::Fatal)
    }

    /// Notes something.
    pub fn say(&mut self, weight: Weight, sentence: impl Into<String>, help: Option<&str>) {
        let help = help.map(str::to_owned);
        self.remarks.push(Remark { weight, sentence: sentence.into(), help });
    }

    /// The figures in French, one line a kind; kinds of which nothing changes are left out.
    pub fn figures(&self) -> String {
        self.tallies.iter().filter_map(Tally::line).collect()
    }
}

impl Tally {
    /// A line for the kind: "élèves : 3 créés, 12 modifiés, 1 désactivé"; nothing when nothing changes.
    pub fn line(&self) -> Option<String> {
        let agree = |number: usize, word: &str| {
            let feminine = if self.feminine { "e" } else { "" };
            let several = plural(number, "", "s");
            (number > 0).then(|| format!("{number} {word}{feminine}{several}"))
        };
        let parts: Vec<String> = [
            agree(self.created, "créé"),
            agree(self.changed, "modifié"),
            agree(self.deactivated, "désactivé"),
        ]
        .into_iter()
        .flatten()
        .collect();
        let total = self.created + self.changed + self.deactivated;
        let noun = plural(total, self.noun.0, self.noun.1);
        (total > 0).then(|| format!("{noun} : {}\n", parts.join(", ")))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_agree_with_their_noun() {
        let tally = |noun, feminine, [created, changed, deactivated]: [usize; 3]| Tally {
            noun,
            feminine,
            created,
            changed,
            deactivated,
        };
        let plan = Plan {
            tallies: vec![
                tally(("élève", "élèves"), false, [3, 12, 1]),
                tally(("classe", "classes"), true, [0, 1, 0]),
                tally(("personne", "personnes"), true, [2, 0, 2]),
                tally(("groupe", "groupes"), false, [0, 0, 0]),
            ],
            ..Plan::default()
        };
        assert_eq!(
            plan.figures(),
            "élèves : 3 créés, 12 modifiés, 1 désactivé\nclasse : 1 modifiée\n\
             personnes : 2 créées, 2 désactivées\n"
        );
    }
}
