//! The portfolio of each learner of each period: company, log, sheets, follow-up, company review.

use super::annexes::Annex;
use super::calendar::{SchoolYear, today};
use super::dates::Date;
use super::emit::Document;
use super::hosts::{Directory, Host};
use super::journal::Hand;
use super::judgement::{mean, standing};
use super::periods::{Learner, Period};
use super::progress::Mark;
use super::pupils::Pupil;
use super::referential::Referential;
use super::rng::{Dice, fingerprint};
use super::structure::Division;
use super::trades::Trades;
use super::world::World;

/// A learner in a period, with what is known around.
pub(crate) struct Placement<'a> {
    pub(crate) world: &'a World<'a>,
    pub(crate) period: &'a Period,
    pub(crate) learner: &'a Learner,
    pub(crate) pupil: &'a Pupil,
    pub(crate) year: &'a SchoolYear,
    pub(crate) division: &'a Division,
}

impl<'a> Placement<'a> {
    pub(crate) fn of(
        world: &'a World<'a>,
        period: &'a Period,
        learner: &'a Learner,
    ) -> Option<Self> {
        Some(Self {
            world,
            period,
            learner,
            pupil: world.pupils.get(learner.pupil)?,
            year: world.plan.years.get(period.year)?,
            division: world.plan.divisions.get(learner.division)?,
        })
    }

    fn dice(&self, what: &str) -> Dice {
        let label = format!("{what}/{}/{}/{}", self.pupil.id, self.year.start, self.period.slug);
        Dice::new(self.world.seed, &label)
    }

    /// Finds the company; nobody does when there is none (yet).
    pub(crate) fn host(&self) -> Option<Host<'a>> {
        let Period { span, apprentices, .. } = self.period;
        let directory: &Directory<'a> = &self.world.directory;
        let pool = self.world.pool(&self.period.diploma);
        if *apprentices {
            // One contract, one company.
            let number = fingerprint(&self.pupil.id) as usize % pool;
            return directory.host(&self.period.diploma, number, 0);
        }
        let mut dice = self.dice("host");
        let ahead = span.first.since(today());
        let found = match ahead {
            ..=0 => 98,
            1..=3 => 88,
            4..=14 => 62,
            15..=70 => 24,
            _ => 3,
        };
        if !dice.percent(found) {
            return None;
        }
        if self.world.travels(self.period, self.learner.pupil) {
            return directory.abroad(&self.period.diploma, self.period.year + 1);
        }
        // Some go back to the company of the year's first PFMP.
        let same = self.period.number.is_some_and(|number| number % 2 == 0) && dice.percent(30);
        let occasion = if same { "first".to_owned() } else { self.period.slug.clone() };
        let first = self.period.number.is_some_and(|number| number % 2 == 1);
        let occasion = if first { "first".to_owned() } else { occasion };
        let label = format!("company/{}/{}/{occasion}", self.pupil.id, self.year.start);
        let mut choice = Dice::new(self.world.seed, &label);
        let number = choice.below(pool);
        directory.host(&self.period.diploma, number, choice.below(2))
    }

    /// Writes the file: path relative to `content/`, text. None: the folder stays empty.
    pub(crate) fn write(&self, annexes: &[Annex<'_>], trades: &Trades) -> Option<(String, String)> {
        let host = self.host()?;
        let referential = self.world.known.get(&self.period.diploma)?;
        let mut file = Document::new();
        host.write(&mut file);
        if self.period.span.first <= today() {
            let family = trades.family(&self.period.diploma)?;
            let mut dice = self.dice("portfolio");
            let name = (self.pupil.name.first.as_str(), self.pupil.sex);
            let rank = self.division.level.rank();
            let mut hand = Hand::new(trades, family, &host, referential, name, rank, &mut dice);
            let (done, told) = self.log(&mut file, &mut hand, &mut dice);
            self.sheets(&mut file, &mut hand, &mut dice);
            self.personal(&mut file, &hand, &mut dice);
            self.comments(&mut file, &hand, &told, &mut dice);
            self.visits(&mut file, &hand, &mut dice);
            self.absences(&mut file, &hand, &mut dice);
            self.proof(&mut file, &mut dice);
            let annex = self.period.annex.and_then(|place| annexes.get(place));
            self.review(&mut file, &hand, &host, (referential, annex), &done, &mut dice);
        }
        let path = format!("{}/pfmp/{}.toml", self.pupil.folder(), self.period.key(self.year));
        Some((path, file.finish()))
    }

    /// Gives the last day of the learner in the company.
    fn last(&self) -> Date {
        self.learner.span.last
    }

    fn over(&self) -> bool {
        self.last() <= today()
    }

    /// Says whether the learner was there from the first day to the last.
    fn whole(&self) -> bool {
        self.learner.span == self.period.span
    }

    /// Walks the weeks the learner was there: number in the period, Friday or last day.
    fn weeks(&self) -> impl Iterator<Item = (i32, Date)> {
        let monday = self.period.span.first.monday();
        let span = self.learner.span;
        (1..=self.period.weeks()).filter_map(move |number| {
            let start = monday.plus(7 * (number - 1));
            let end = start.plus(4).min(span.last);
            (end >= span.first && start <= span.last).then_some((number, end))
        })
    }

    /// Writes the log; gives the tasks done and the weeks told.
    fn log(
        &self,
        file: &mut Document,
        hand: &mut Hand<'_>,
        dice: &mut Dice,
    ) -> (Vec<String>, Vec<(i32, Date)>) {
        let attitude = self.pupil.character.attitude;
        let talkative = attitude > -0.3;
        let missing = if attitude < -0.45 { 16 } else { 3 };
        let mut done: Vec<String> = Vec::new();
        let mut told: Vec<(i32, Date)> = Vec::new();
        let mut written = self.period.span.first;
        for (number, end) in self.weeks() {
            let last = number == self.period.weeks();
            let entry = hand.week(number, last, talkative, dice);
            let late = if attitude < -0.2 { 22 } else { 7 };
            let delay = if dice.percent(late) { dice.between(4, 17) } else { dice.between(0, 2) };
            let day = end.plus(delay).max(written);
            if dice.percent(missing) || day > today() {
                continue;
            }
            written = day;
            told.push((number, day));
            file.entry("journal");
            file.value("semaine", number);
            file.value("saisi_le", day);
            file.prose("activites", &entry.text);
            if !entry.tasks.is_empty() {
                file.strings("taches", &entry.tasks);
            }
            for task in entry.tasks {
                if !done.contains(&task) {
                    done.push(task);
                }
            }
        }
        (done, told)
    }

    fn sheets(&self, file: &mut Document, hand: &mut Hand<'_>, dice: &mut Dice) {
        let careless = self.pupil.character.attitude < -0.35;
        let slots: Vec<(i32, Date)> =
            if self.period.apprentices { vec![(1, self.last())] } else { self.weeks().collect() };
        let mut written = self.period.span.first;
        for (number, end) in slots {
            let day = end.plus(dice.between(0, 3)).max(written);
            let Some(sheet) = hand.sheet(dice) else {
                continue;
            };
            if dice.percent(if careless { 30 } else { 7 }) || day > today() {
                continue;
            }
            written = day;
            file.entry("fiches");
            file.value("numero", number);
            file.string("titre", &sheet.title);
            file.value("saisi_le", day);
            file.prose("texte", &sheet.text);
            if !sheet.tasks.is_empty() {
                file.strings("taches", &sheet.tasks);
            }
        }
    }

    fn personal(&self, file: &mut Document, hand: &Hand<'_>, dice: &mut Dice) {
        let day = self.last().plus(dice.between(-1, 4));
        let text = hand.review(dice);
        if !self.whole() || day > today() || dice.percent(9) {
            return;
        }
        file.table("bilan_personnel");
        file.value("saisi_le", day);
        file.prose("texte", &text);
    }

    /// Writes what teachers and tutors answer to the weeks told.
    fn comments(
        &self,
        file: &mut Document,
        hand: &Hand<'_>,
        told: &[(i32, Date)],
        dice: &mut Dice,
    ) {
        for (number, written) in told {
            let by_teacher = dice.percent(24);
            let by_tutor = !by_teacher && dice.percent(9);
            let day = written.plus(dice.between(1, 6));
            if day > today() || !(by_teacher || by_tutor) {
                continue;
            }
            file.entry("commentaires");
            file.value("date", day);
            if by_teacher {
                file.string("auteur", &self.learner.referent);
            }
            file.value("semaine", number);
            let list = if by_teacher { "commentaires" } else { "commentaires_tuteur" };
            file.string("texte", &hand.remark(list, dice));
        }
        let day = self.year.open_from(self.last().plus(dice.between(2, 12)));
        if self.whole() && day <= today() && self.year.span.holds(day) && dice.percent(30) {
            file.entry("commentaires");
            file.value("date", day);
            file.string("auteur", &self.learner.referent);
            file.string("texte", &hand.remark("commentaires_longs", dice));
        }
    }

    fn visits(&self, file: &mut Document, hand: &Hand<'_>, dice: &mut Dice) {
        let long = self.last().since(self.learner.span.first) > 24;
        let count = if long && dice.percent(55) { 2 } else { 1 };
        let step = (self.last().since(self.learner.span.first) / (count + 1)).max(1);
        let team = &self.division.team;
        for rank in 0..count {
            let day = self.learner.span.first.plus(step * (rank + 1) + dice.between(-2, 2));
            let day = if day.is_weekend() { day.monday().plus(3) } else { day };
            let seen = day <= today() && self.learner.span.holds(day);
            if !seen || dice.percent(if self.over() { 4 } else { 15 }) {
                continue;
            }
            file.entry("visites");
            file.value("date", day);
            let by = if dice.percent(12) { dice.text(team) } else { &self.learner.referent };
            file.string("par", by);
            let mode = if dice.percent(if rank == 0 { 74 } else { 35 }) {
                "sur-place"
            } else if dice.percent(70) {
                "telephone"
            } else {
                "visio"
            };
            file.string("mode", mode);
            let remark = hand.remark("visites", dice);
            // On the telephone nobody shows a workplace.
            if dice.percent(75) && (mode == "sur-place" || !remark.contains("Visite")) {
                file.string("remarque", &remark);
            }
        }
    }

    fn absences(&self, file: &mut Document, hand: &Hand<'_>, dice: &mut Dice) {
        let often = self.pupil.character.attitude < -0.4;
        if !dice.percent(if often { 45 } else { 14 }) {
            return;
        }
        let span = self.learner.span;
        let length = span.last.since(span.first);
        let day = span.first.plus(dice.between(1, length.max(2) - 1));
        let day = if day.is_weekend() { day.monday() } else { day };
        let half_days = *dice.pick(&[1, 1, 2, 2, 2, 4, 6]).unwrap_or(&1);
        // From a Monday on, three days still hold in the week.
        let day = if half_days > 2 { day.monday() } else { day };
        let until = day.plus((half_days + 1) / 2 - 1);
        if !span.holds(day) || !span.holds(until) || until > today() {
            return;
        }
        file.entry("absences");
        file.value("du", day);
        if until > day {
            file.value("au", until);
        }
        file.value("demi_journees", half_days);
        file.string("motif", &hand.remark("absences", dice));
        if dice.percent(20) {
            file.value("rattrapee", true);
        }
    }

    fn proof(&self, file: &mut Document, dice: &mut Dice) {
        let day = self.last().plus(*dice.pick(&[0, 0, 0, 0, 3, 5]).unwrap_or(&0));
        if self.period.apprentices || !self.whole() || day > today() || dice.percent(3) {
            return;
        }
        file.table("attestation");
        file.value("signee_le", day);
    }

    fn review(
        &self,
        file: &mut Document,
        hand: &Hand<'_>,
        host: &Host<'_>,
        (referential, annex): (&Referential, Option<&Annex<'_>>),
        done: &[String],
        dice: &mut Dice,
    ) {
        let day = self.last().plus(-dice.between(0, 3));
        let day = if day.is_weekend() { day.monday().plus(4) } else { day };
        let day = day.min(self.last());
        if !self.whole() || day > today() || dice.percent(3) {
            return;
        }
        let results = self.results(referential, annex, done, day, dice);
        if results.is_empty() {
            return;
        }
        let marks: Vec<Option<Mark>> = results.iter().map(|(_, mark)| *mark).collect();
        let list = match standing(mean(&marks)) {
            "excellent" => "appreciations_fortes",
            "bon" => "appreciations_bonnes",
            "moyen" => "appreciations_moyennes",
            _ => "appreciations_faibles",
        };
        let appreciation = hand.remark(list, dice);
        let draft = dice.percent(if today().since(day) < 21 { 45 } else { 4 });
        file.table("bilan_entreprise");
        file.value("date", day);
        file.string("enseignant", &self.learner.referent);
        if dice.percent(2) && !self.period.apprentices {
            file.string("sans_tuteur", &hand.remark("sans_tuteur", dice));
        } else {
            file.string("tuteur", &host.tutor.full());
        }
        file.string("etat", if draft { "brouillon" } else { "valide" });
        file.prose("appreciation", &appreciation);
        file.table("bilan_entreprise.resultats");
        for (code, mark) in results {
            file.string(&code, mark.map_or("NE", Mark::sign));
        }
    }

    /// Rates the criteria that the tasks done call for; now and then a whole competence at once.
    fn results(
        &self,
        referential: &Referential,
        annex: Option<&Annex<'_>>,
        done: &[String],
        day: Date,
        dice: &mut Dice,
    ) -> Vec<(String, Option<Mark>)> {
        let planned: Vec<String> =
            self.period.tasks.iter().filter(|task| done.contains(task)).cloned().collect();
        let mut places =
            referential.called(if planned.is_empty() { &self.period.tasks } else { &planned });
        if places.is_empty() {
            let codes = annex.map_or(&[][..], |annex| &annex.source.competences);
            places = codes.iter().filter_map(|code| referential.place(code)).collect();
        }
        places.sort_unstable();
        let t = f64::from(self.division.level.rank())
            + f64::from(day.since(self.year.span.first)) / 310.0;
        let mut found: Vec<(String, Option<Mark>)> = Vec::new();
        for competence in places.iter().filter_map(|place| referential.competences.get(*place)) {
            let character = &self.pupil.character;
            let mastery = character.mastery(&self.division.diploma, &competence.code, t) + 0.15;
            if competence.criteria.len() > 1 && dice.percent(12) {
                let mark = character.result(dice, mastery, false);
                found.push((competence.code.clone(), Some(mark)));
                continue;
            }
            let kept = if places.len() < 4 { 75 } else { 34 };
            let mut chosen: Vec<&String> = Vec::new();
            for criterion in &competence.criteria {
                if chosen.len() < 3 && dice.percent(kept) {
                    chosen.push(criterion);
                }
            }
            if chosen.is_empty() && found.is_empty() {
                chosen.extend(competence.criteria.first());
            }
            for criterion in chosen {
                let mark = character.result(dice, mastery, false);
                found.push((criterion.clone(), (!dice.percent(2)).then_some(mark)));
            }
        }
        found
    }
}
