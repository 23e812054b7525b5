//! What a pupil writes in a company: the log, the activity sheets, the personal review.

use super::grammar::{Sex, print};
use super::hosts::Host;
use super::referential::Referential;
use super::rng::Dice;
use super::trades::{Deed, Family, Trades};

/// A text and the tasks it tells of.
pub(crate) struct Entry {
    pub(crate) title: String,
    pub(crate) text: String,
    pub(crate) tasks: Vec<String>,
}

/// A pupil's hand, for one time in one company: never the same sentence twice while there are others.
pub(crate) struct Hand<'a> {
    trades: &'a Trades,
    family: &'a Family,
    host: &'a Host<'a>,
    referential: &'a Referential,
    sex: Sex,
    first: &'a str,
    tutor: String,
    /// Sentences left, last first.
    weeks: Vec<&'a Deed>,
    openings: Vec<&'a Deed>,
    sheets: Vec<&'a Deed>,
    feelings: Vec<&'a String>,
}

impl<'a> Hand<'a> {
    pub(crate) fn new(
        trades: &'a Trades,
        family: &'a Family,
        host: &'a Host<'a>,
        referential: &'a Referential,
        (first, sex): (&'a str, Sex),
        rank: i32,
        dice: &mut Dice,
    ) -> Self {
        // The référentiel of the diploma knows at least one of the tasks, where there are any.
        let fits = |deed: &&Deed| {
            let told = deed.tasks.is_empty() || !referential.tasks(&deed.tasks).is_empty();
            deed.from <= rank && told && deed.suits(host.kind)
        };
        let mut weeks: Vec<&Deed> =
            family.weeks.iter().filter(fits).filter(|deed| !deed.opening).collect();
        let mut openings: Vec<&Deed> =
            family.weeks.iter().filter(fits).filter(|deed| deed.opening).collect();
        let mut sheets: Vec<&Deed> = family.sheets.iter().filter(fits).collect();
        let mut feelings: Vec<&String> = trades.sayings("ressentis").iter().collect();
        dice.shuffle(&mut weeks);
        dice.shuffle(&mut openings);
        dice.shuffle(&mut sheets);
        dice.shuffle(&mut feelings);
        let tutor = host.tutor.titled();
        Self {
            trades,
            family,
            host,
            referential,
            sex,
            first,
            tutor,
            weeks,
            openings,
            sheets,
            feelings,
        }
    }

    /// Writes a week of the log.
    pub(crate) fn week(
        &mut self,
        number: i32,
        last: bool,
        talkative: bool,
        dice: &mut Dice,
    ) -> Entry {
        let mut parts: Vec<String> = Vec::new();
        let mut tasks: Vec<String> = Vec::new();
        let greeting = match number {
            1 if dice.percent(75) => Some("premieres"),
            _ if last && dice.percent(55) => Some("dernieres"),
            _ if talkative && dice.percent(40) => Some("ouvertures"),
            _ => None,
        };
        if let Some(name) = greeting {
            let sentence = dice.text(self.trades.sayings(name)).to_owned();
            parts.push(self.say(&sentence, dice));
        }
        let count = if talkative { dice.between(2, 3) } else { dice.between(1, 2) };
        for rank in 0..count {
            let opening = if number == 1 && rank == 0 { next(&mut self.openings) } else { None };
            let Some(deed) = opening.or_else(|| next(&mut self.weeks)) else {
                continue;
            };
            parts.push(self.say(&deed.text, dice));
            for task in self.referential.tasks(&deed.tasks) {
                if !tasks.contains(&task) {
                    tasks.push(task);
                }
            }
        }
        if dice.percent(if talkative { 55 } else { 20 })
            && let Some(feeling) = self.feelings.pop()
        {
            self.feelings.insert(0, feeling);
            parts.push(self.say(feeling, dice));
        }
        Entry { title: String::new(), text: parts.join(" "), tasks }
    }

    /// Writes an activity sheet.
    pub(crate) fn sheet(&mut self, dice: &mut Dice) -> Option<Entry> {
        let deed = next(&mut self.sheets)?;
        let values = self.values(dice);
        let told: Vec<(&str, &str)> =
            values.iter().map(|(k, v)| (k.as_str(), v.as_str())).collect();
        Some(Entry {
            title: print(&deed.title, self.sex, &told),
            text: print(&deed.text, self.sex, &told),
            tasks: self.referential.tasks(&deed.tasks),
        })
    }

    /// Writes what the pupil makes of the whole period.
    pub(crate) fn review(&self, dice: &mut Dice) -> String {
        let opening = dice.text(self.trades.sayings("bilans_debut")).to_owned();
        let learnt = dice.text(&self.family.learnt).to_owned();
        let closing = dice.text(self.trades.sayings("bilans_suite")).to_owned();
        [opening, learnt, closing].map(|sentence| self.say(&sentence, dice)).join(" ")
    }

    /// Fills one of the sentences that suit any trade.
    pub(crate) fn remark(&self, name: &str, dice: &mut Dice) -> String {
        let sentence = dice.text(self.trades.sayings(name)).to_owned();
        self.say(&sentence, dice)
    }

    fn say(&self, sentence: &str, dice: &mut Dice) -> String {
        let values = self.values(dice);
        let told: Vec<(&str, &str)> =
            values.iter().map(|(k, v)| (k.as_str(), v.as_str())).collect();
        print(sentence, self.sex, &told)
    }

    /// Draws the words of the company: the same slot holds the same word all through a text.
    fn values(&self, dice: &mut Dice) -> Vec<(String, String)> {
        let mut found = vec![
            ("tuteur".to_owned(), self.tutor.clone()),
            ("prenom".to_owned(), self.first.to_owned()),
        ];
        for (name, words) in &self.host.kind.slots {
            found.push((name.clone(), dice.text(words).to_owned()));
        }
        found
    }
}

/// Takes the next one and puts it back under the others.
fn next<'a>(deeds: &mut Vec<&'a Deed>) -> Option<&'a Deed> {
    let deed = deeds.pop()?;
    deeds.insert(0, deed);
    Some(deed)
}
