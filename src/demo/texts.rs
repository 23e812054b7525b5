//! Writes the findings and the advice of a review, as the teacher who signs it would.

use std::collections::BTreeSet;

use super::corpus::{CompetenceWords, Remarks};
use super::grammar::{Sex, addressed, capital, fill};
use super::judgement::{best, echoes, fits, mean, progressed, standing, trend, worst};
use super::progress::Mark;
use super::rng::{Dice, fingerprint};

/// What a teacher has in mind when writing about a pupil.
pub(crate) struct Subject<'a> {
    pub(crate) first: &'a str,
    pub(crate) sex: Sex,
    /// Positions of this review and of the one before, competence by competence.
    pub(crate) positions: &'a [Option<Mark>],
    pub(crate) before: Option<&'a [Option<Mark>]>,
    /// Words for each competence.
    pub(crate) words: &'a [Option<&'a CompetenceWords>],
    /// "semestre" or "trimestre".
    pub(crate) period: &'a str,
    /// "en atelier", "en cours" …
    pub(crate) place: &'a str,
    pub(crate) attitude: f64,
    /// Evaluations of the period, those that gave results, those missed.
    pub(crate) held: usize,
    pub(crate) rated: usize,
    pub(crate) missed: usize,
    pub(crate) apprentice: bool,
    /// A PFMP took place in the period.
    pub(crate) company: bool,
    /// First review in this diploma.
    pub(crate) opening: bool,
    /// Last review of the year, of the diploma.
    pub(crate) closing: bool,
    pub(crate) terminal: bool,
    pub(crate) final_year: bool,
    pub(crate) author: &'a str,
}

impl Subject<'_> {
    /// Says whether a sentence may be said of the pupil: apprentices have no PFMP nor internship.
    fn may_hear(&self, sentence: &str) -> bool {
        !(self.apprentice && (sentence.contains("PFMP") || sentence.contains("stage")))
    }

    /// Says whether absences are a matter of the review, not an accident.
    fn often_absent(&self) -> bool {
        self.missed >= 2 && self.missed * 100 >= self.held * 30
    }
}

/// A teacher's pen: remembers what was already said of a pupil.
pub(crate) struct Pen<'a> {
    remarks: &'a Remarks,
    said: BTreeSet<u64>,
}

impl<'a> Pen<'a> {
    pub(crate) fn new(remarks: &'a Remarks) -> Self {
        Self { remarks, said: BTreeSet::new() }
    }

    /// Writes findings and advice.
    pub(crate) fn write(&mut self, subject: &Subject<'_>, dice: &mut Dice) -> (String, String) {
        let level = standing(mean(subject.positions).filter(|_| subject.rated > 0));
        // Each teacher has a way: short or developed, speaking to the pupil or about the pupil.
        let manner = fingerprint(subject.author);
        let brief = manner.is_multiple_of(4);
        let person = if (manner / 4).is_multiple_of(2) { "vous" } else { "il" };
        (
            self.findings(subject, dice, level, brief),
            self.advice(subject, dice, level, person, brief),
        )
    }

    fn findings(
        &mut self,
        subject: &Subject<'_>,
        dice: &mut Dice,
        level: &str,
        brief: bool,
    ) -> String {
        let trend = trend(subject);
        let mut parts: Vec<String> = Vec::new();
        let opening = if level == "inconnu" {
            let known = mean(subject.positions).is_some();
            format!("bilans.inconnu.{}", if known { "stable" } else { "premier" })
        } else {
            format!("bilans.{level}.{trend}")
        };
        let opening = self.choose(dice, &opening, |opening| {
            let absent = subject.often_absent();
            !(absent && opening.contains("Rien à redire")
                || !absent && opening.starts_with("Absences"))
        });
        parts.push(self.say(subject, &opening, &[]));
        if level == "inconnu" {
            return parts.join(" ");
        }
        let named = opening.contains("{prenom}");
        let strong = best(subject, dice);
        let weak = worst(subject, dice).filter(|place| Some(*place) != strong);
        let wants = if brief { 1 } else { 2 };
        let mut told = 0;
        if let Some(place) = strong.filter(|_| dice.percent(if brief { 55 } else { 80 })) {
            let better = progressed(subject, place) && trend != "baisse" && dice.percent(50);
            let sombre = trend == "baisse" || matches!(level, "fragile" | "alerte");
            let frames = match (better, sombre) {
                (true, _) => "forces.progres",
                (_, true) => "forces.consolation",
                _ => "forces.phrases",
            };
            let last = parts.last().cloned().unwrap_or_default();
            let frame = self.choose(dice, frames, |frame| fits(frame, &last, named));
            if let Some(sentence) = self.about(subject, dice, &frame, place, true) {
                parts.push(sentence);
                told += 1;
            }
        }
        if let Some(place) =
            weak.filter(|_| told < wants && level != "excellent" && dice.percent(78))
        {
            let now = subject.positions.get(place).copied().flatten();
            let fell = subject.before.and_then(|before| before.get(place).copied().flatten()) > now;
            let frames = if fell && dice.percent(60) {
                "faiblesses.recul"
            } else if told > 0 || level == "bon" || trend == "hausse" {
                // After something good, a weakness is introduced.
                "faiblesses.phrases"
            } else if now == Some(Mark::None) {
                "faiblesses.graves"
            } else {
                "faiblesses.seules"
            };
            let last = parts.last().cloned().unwrap_or_default();
            let frame = self.choose(dice, frames, |frame| fits(frame, &last, named));
            if let Some(sentence) = self.about(subject, dice, &frame, place, false) {
                parts.push(sentence);
            }
        }
        if let Some(aside) = self.aside(subject, dice, level, brief) {
            parts.push(aside);
        }
        parts.join(" ")
    }

    /// Adds a word on attendance, the company or the attitude, when there is something to say.
    fn aside(
        &mut self,
        subject: &Subject<'_>,
        dice: &mut Dice,
        level: &str,
        brief: bool,
    ) -> Option<String> {
        let good = matches!(level, "excellent" | "bon");
        let path = if subject.often_absent() {
            "attitudes.absences"
        } else if subject.missed > 0 && dice.percent(25) {
            "attitudes.absence_isolee"
        } else if subject.apprentice && dice.percent(35) {
            "attitudes.apprentis"
        } else if subject.company && !subject.apprentice && dice.percent(22) {
            if good || subject.attitude > 0.1 {
                "attitudes.pfmp_bien"
            } else {
                "attitudes.pfmp_mal"
            }
        } else if dice.percent(if brief { 20 } else { 45 }) {
            if subject.attitude > 0.25 && level != "alerte" && level != "fragile" {
                "attitudes.positives"
            } else if subject.attitude > -0.35 || good {
                "attitudes.neutres"
            } else {
                "attitudes.negatives"
            }
        } else {
            return None;
        };
        let sentence = self.choose(dice, path, |sentence| !(good && sentence.contains("livret")));
        Some(self.say(subject, &sentence, &[]))
    }

    fn advice(
        &mut self,
        subject: &Subject<'_>,
        dice: &mut Dice,
        level: &str,
        person: &str,
        brief: bool,
    ) -> String {
        let mut parts: Vec<String> = Vec::new();
        let place = worst(subject, dice);
        if let Some(place) = place.filter(|_| {
            level != "inconnu" && dice.percent(if level == "excellent" { 40 } else { 86 })
        }) {
            let frame = self.choose(dice, &format!("conseils.{person}.competence"), |frame| {
                !(subject.closing && frame.contains("prochain"))
            });
            if let Some(words) = subject.words.get(place).copied().flatten() {
                let advice = self.choose_in(dice, &words.advice, |advice| subject.may_hear(advice));
                let advice = if person == "vous" { addressed(&advice) } else { advice };
                parts.push(self.say(subject, &frame, &[("inf", &advice), ("nom", &words.noun)]));
            }
        }
        let general = parts.is_empty() || dice.percent(if brief { 35 } else { 70 });
        if general {
            let ambitious = subject.final_year || subject.closing;
            let sentence = self.choose(dice, &format!("conseils.{person}.{level}"), |sentence| {
                let repeats = sentence.contains("{prenom}")
                    && parts.iter().any(|part| part.contains(subject.first));
                !repeats
                    && (ambitious || !(sentence.contains("mention") || sentence.contains("études")))
            });
            let sentence = self.say(subject, &sentence, &[]);
            let first = matches!(level, "excellent") || dice.percent(35);
            parts.insert(if first { 0 } else { parts.len() }, sentence);
        }
        let extra = if subject.often_absent() && dice.percent(70) {
            Some("absences")
        } else if subject.final_year && dice.percent(if subject.terminal { 60 } else { 18 }) {
            Some("examen")
        } else if subject.closing && !subject.final_year && dice.percent(25) {
            Some("vacances")
        } else {
            None
        };
        if let Some(extra) =
            extra.filter(|extra| parts.len() < 3 && !(level == "alerte" && *extra == "examen"))
        {
            let weak = matches!(level, "fragile" | "alerte" | "moyen");
            let sentence = self.choose(dice, &format!("conseils.{person}.{extra}"), |sentence| {
                let confident = sentence.contains("sereinement")
                    || sentence.contains("portée")
                    || sentence.contains("continuation");
                let worried = sentence.contains("fragiles") || sentence.contains("bases");
                let late = subject.closing && sentence.contains("prochain");
                !(late || if weak { confident } else { worried })
            });
            parts.push(self.say(subject, &sentence, &[]));
        }
        parts.join(" ")
    }

    /// Says something of one competence, in a frame.
    fn about(
        &mut self,
        subject: &Subject<'_>,
        dice: &mut Dice,
        frame: &str,
        place: usize,
        praise: bool,
    ) -> Option<String> {
        let words = subject.words.get(place).copied().flatten()?;
        // A frame that names the competence does not want a predicate that says it again.
        let both = frame.contains("{nom}") && frame.contains("{vp}");
        let predicates = if praise { &words.strong } else { &words.weak };
        let predicate = self.choose_in(dice, predicates, |predicate| {
            subject.may_hear(predicate) && !(both && echoes(&words.noun, predicate))
        });
        let predicate = fill(&predicate, subject.sex, &[]);
        let title = capital(&words.noun);
        Some(self.say(
            subject,
            frame,
            &[("vp", &predicate), ("nom", &words.noun), ("nom_maj", &title)],
        ))
    }

    fn say(&self, subject: &Subject<'_>, sentence: &str, more: &[(&str, &str)]) -> String {
        let title = capital(subject.period);
        let mut values = vec![
            ("prenom", subject.first),
            ("periode", subject.period),
            ("periode_maj", title.as_str()),
            ("lieu", subject.place),
        ];
        values.extend_from_slice(more);
        fill(sentence, subject.sex, &values)
    }

    fn choose(&mut self, dice: &mut Dice, path: &str, keep: impl Fn(&str) -> bool) -> String {
        let remarks = self.remarks;
        self.choose_in(dice, remarks.list(path), keep)
    }

    /// Picks a sentence that fits and was not yet said of this pupil.
    fn choose_in(
        &mut self,
        dice: &mut Dice,
        sentences: &[String],
        keep: impl Fn(&str) -> bool,
    ) -> String {
        let fitting: Vec<&String> = sentences.iter().filter(|sentence| keep(sentence)).collect();
        let fresh: Vec<&String> = fitting
            .iter()
            .filter(|sentence| !self.said.contains(&fingerprint(sentence)))
            .copied()
            .collect();
        let chosen =
            dice.pick(&fresh).or_else(|| dice.pick(&fitting)).map(|sentence| sentence.as_str());
        let chosen = chosen.unwrap_or_else(|| dice.text(sentences));
        self.said.insert(fingerprint(chosen));
        chosen.to_owned()
    }
}
