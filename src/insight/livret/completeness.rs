//! How complete a livret is: what its session asks for, what is done, what is missing (LSL-07 to
//! LSL-19).

use crate::insight::placement::placement;
use crate::record::{LivretRules, LivretSection, OfficialPeriod, Periodicity, Prose};
use crate::school::{Class, Ix, Livret, MarkFault, Pupil, School, characters_over};
use crate::text::SchoolYear;

use super::recopy::reviews_of_year;

/// How far a livret is: complete exactly when nothing is missing, and then it can be sent.
#[derive(Debug)]
pub struct LivretState<'a> {
    /// The rules of the pupil's session.
    pub rules: &'a LivretRules,
    /// The pupil's last class of that year.
    pub class: Ix<Class>,
    /// The livret, if it was begun.
    pub livret: Option<Ix<Livret>>,
    /// How many of the things asked for are there.
    pub done: usize,
    /// How many things are asked for.
    pub total: usize,
    /// Those that are missing, in the order of the livret.
    pub gaps: Vec<LivretGap>,
}

impl LivretState<'_> {
    /// Whether the livret can be sent.
    pub fn is_complete(&self) -> bool {
        self.gaps.is_empty()
    }

    /// The share done, in whole per cent, cut: 100 means complete.
    pub fn percent(&self) -> usize {
        (self.done * 100).checked_div(self.total).unwrap_or(0)
    }
}

/// Something that the livret lacks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LivretGap {
    /// No expected competence is known for the diploma.
    NoList,
    /// The expected competence at this place of the list has no level (LSL-07).
    Level(usize),
    /// The rhythm of the livret is not set: nothing can be entered (PER-06).
    Periodicity,
    /// No period has a mark, or the word that there is none (LSL-08).
    Mark,
    /// The mark at this place of the file cannot be sent (LSL-30 to LSL-32).
    FaultyMark(usize, MarkFault),
    /// Nobody signs the spécialité (LSL-09).
    Teacher,
    /// The general appreciation, when the rules ask for it (LSL-10).
    Appreciation,
    /// The general appreciation has so many characters too many.
    AppreciationTooLong(usize),
    /// Something of the PFMP or projet part (LSL-11 to LSL-18).
    Part(LivretPart, PartGap),
    /// The number of weeks of PFMP is known to be 0.
    Weeks,
}

/// An optional part of the livret.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LivretPart {
    /// PFMP.
    Placement,
    /// Projet, or chef-d'œuvre.
    Project,
}

/// What an optional part lacks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PartGap {
    /// Its text.
    Text,
    /// Its text has so many characters too many.
    TooLong(usize),
    /// Who signs it.
    Teacher,
    /// It is switched off, and the rules ask for it.
    Off,
    /// It is switched off, and the rules want it empty then (LSL-12).
    NotEmpty,
}

/// The number of weeks of PFMP of a pupil over the cycle, asked for in terminale by some rules.
///
/// Whole weeks done, cut; nothing when the pupil has no PFMP at all, and the livret then asks for
/// none.
pub fn placement_weeks(school: &School, pupil: Ix<Pupil>) -> Option<u32> {
    let placement = placement(school, pupil);
    let half_days_a_week = 2 * placement.days_per_week.max(1);
    (!placement.lines.is_empty()).then(|| placement.half_days_done / half_days_a_week)
}

/// The pupils of a class who have a livret: under school status at the end of the year (LSL-02),
/// and still in the school, or with a livret begun. Nobody when its rules have no livret (LSL-06).
pub fn livret_candidates(school: &School, class_ix: Ix<Class>) -> Vec<Ix<Pupil>> {
    let class = &school.classes[class_ix];
    if school.livret_rules_of(class).is_none() {
        return Vec::new();
    }
    let current = class.year == school.current_year();
    let pupils = class.pupils.iter().copied();
    pupils
        .filter(|pupil| {
            let gone = current && school.pupils[*pupil].record.inactif_depuis.is_some();
            school.last_stay_of(*pupil, class.year).is_some_and(|stay| stay.class == class_ix)
                && !school.ended_as_apprentice(*pupil, class.year)
                && (!gone || school.livret_of(*pupil, class.year).is_some())
        })
        .collect()
}

/// Computes how far the livret of a pupil is for a school year; nothing when there is none to fill:
/// apprentice, level or diploma without livret, no class that year, no rules for the session.
pub fn livret_state(
    school: &School,
    pupil: Ix<Pupil>,
    year: SchoolYear,
) -> Option<LivretState<'_>> {
    let class_ix = school.last_stay_of(pupil, year)?.class;
    let class = &school.classes[class_ix];
    let rules = school.livret_rules_of(class)?;
    if school.ended_as_apprentice(pupil, year) {
        return None;
    }
    let livret = school.livret_of(pupil, year);
    let mut tally = Tally::default();
    speciality(&mut tally, school, class, rules, livret.map(|ix| &school.livrets[ix]));
    let record = livret.map(|ix| &school.livrets[ix].record);
    let placement = record.and_then(|record| record.pfmp.as_ref()).map(|part| Part {
        on: part.exporte,
        text: part.synthese.as_ref(),
        signed: part.enseignant.is_some(),
    });
    tally.part(LivretPart::Placement, rules.pfmp, rules.pfmp_max.0, placement.as_ref());
    if rules.semaines_pfmp
        && class.is_final_year()
        && let Some(weeks) = placement_weeks(school, pupil)
    {
        tally.ask(weeks > 0, LivretGap::Weeks);
    }
    if let Some(section) = rules.projet {
        let project = record.and_then(|record| record.projet.as_ref()).map(|part| Part {
            on: part.exporte,
            text: part.synthese.as_ref(),
            signed: !part.enseignants.is_empty(),
        });
        let limit = rules.projet_max.map_or(i64::MAX, |limit| limit.0);
        tally.part(LivretPart::Project, section, limit, project.as_ref());
    }
    let Tally { done, total, gaps } = tally;
    Some(LivretState { rules, class: class_ix, livret, done, total, gaps })
}

/// The spécialité: levels, marks, teachers, appreciation.
fn speciality(
    tally: &mut Tally,
    school: &School,
    class: &Class,
    rules: &LivretRules,
    livret: Option<&Livret>,
) {
    let list = school.referentials[class.diploma].record.lsl.as_ref();
    let expected = list.map_or(0, |list| list.competences.len());
    if expected == 0 {
        tally.ask(false, LivretGap::NoList);
    }
    for line in 0..expected {
        let level = livret.and_then(|livret| livret.level(line));
        tally.ask(level.is_some(), LivretGap::Level(line));
    }
    let faults = livret.map(|livret| livret.mark_faults(school)).unwrap_or_default();
    let marked = livret.is_some_and(|livret| !livret.record.notes.is_empty());
    tally.missing(if !has_periodicity(school, class) {
        Some(LivretGap::Periodicity)
    } else if let Some((place, fault)) = faults.first() {
        Some(LivretGap::FaultyMark(*place, *fault))
    } else {
        (!marked).then_some(LivretGap::Mark)
    });
    let signed = livret.is_some_and(|livret| !livret.record.enseignants.is_empty());
    tally.ask(signed, LivretGap::Teacher);
    let text = livret.and_then(|livret| written(livret.record.appreciation.as_ref()));
    let over = text.map_or(0, |text| characters_over(text, rules.appreciation_max.0));
    if over > 0 {
        tally.ask(false, LivretGap::AppreciationTooLong(over));
    } else if rules.appreciation_obligatoire {
        tally.ask(text.is_some(), LivretGap::Appreciation);
    }
}

/// An optional part as the file has it.
struct Part<'a> {
    on: bool,
    text: Option<&'a Prose>,
    signed: bool,
}

/// The text of a key, unless it is empty.
fn written(prose: Option<&Prose>) -> Option<&str> {
    prose.map(|prose| prose.0.as_str()).filter(|text| !text.is_empty())
}

/// Counts what is asked for.
#[derive(Default)]
struct Tally {
    done: usize,
    total: usize,
    gaps: Vec<LivretGap>,
}

impl Tally {
    fn ask(&mut self, there: bool, gap: LivretGap) {
        self.missing((!there).then_some(gap));
    }

    fn missing(&mut self, gap: Option<LivretGap>) {
        self.total += 1;
        self.done += usize::from(gap.is_none());
        self.gaps.extend(gap);
    }

    fn part(
        &mut self,
        part: LivretPart,
        section: LivretSection,
        limit: i64,
        file: Option<&Part<'_>>,
    ) {
        let on = file.is_some_and(|file| file.on);
        let text = file.and_then(|file| written(file.text));
        let signed = file.is_some_and(|file| file.signed);
        let something = text.is_some() || signed;
        let sent = match section {
            LivretSection::EmptyOrFull => on && something,
            LivretSection::Module => on,
            LivretSection::Compulsory => true,
        };
        if !sent {
            // Only this kind of rules cares for what stands in a part that is not sent (LSL-13).
            if section == LivretSection::EmptyOrFull && something {
                self.ask(false, LivretGap::Part(part, PartGap::NotEmpty));
            }
            return;
        }
        let over = text.map_or(0, |text| characters_over(text, limit));
        let text_gap = match text {
            None => Some(PartGap::Text),
            Some(_) if over > 0 => Some(PartGap::TooLong(over)),
            Some(_) => None,
        };
        self.missing(text_gap.map(|gap| LivretGap::Part(part, gap)));
        self.ask(signed, LivretGap::Part(part, PartGap::Teacher));
        if file.is_some_and(|file| !file.on) {
            self.ask(false, LivretGap::Part(part, PartGap::Off));
        }
    }
}

/// The rhythm that the calendar sets for the livret of a class (PER-05).
pub fn livret_periodicity(school: &School, class: &Class) -> Option<Periodicity> {
    let calendar = school.year(class.year).and_then(|year| year.calendar.as_ref());
    let mut set = calendar.iter().flat_map(|calendar| &calendar.record.lsl);
    let diploma = &school.referentials[class.diploma].code;
    set.find(|lsl| lsl.diplome.0 == *diploma && lsl.niveau == class.record.niveau)
        .map(|lsl| lsl.periodicite)
}

/// Whether the calendar sets the rhythm of the livret for a class (PER-05).
fn has_periodicity(school: &School, class: &Class) -> bool {
    livret_periodicity(school, class).is_some()
}

/// Why nothing can be entered in the livrets of a class (LSL-39).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LivretObstacle {
    /// The calendar has no official period for the class.
    NoPeriod,
    /// The rhythm of the livret is not set (PER-06).
    NoPeriodicity,
    /// No pupil of the class has a review this year.
    NoReview,
    /// No expected competence is known for the diploma.
    NoList,
}

impl LivretObstacle {
    /// Whether it keeps livrets from being filled. Without any review they can be, by hand.
    pub fn blocks(self) -> bool {
        self != Self::NoReview
    }
}

/// The exact causes for which the livrets of a class cannot be filled; none when they can.
pub fn livret_obstacles(school: &School, class_ix: Ix<Class>) -> Vec<LivretObstacle> {
    let class = &school.classes[class_ix];
    let list = school.referentials[class.diploma].record.lsl.as_ref();
    let reviewed = livret_candidates(school, class_ix)
        .into_iter()
        .any(|pupil| reviews_of_year(school, pupil, class_ix).next().is_some());
    [
        (school.periods_of_class(class).is_empty(), LivretObstacle::NoPeriod),
        (!has_periodicity(school, class), LivretObstacle::NoPeriodicity),
        (!reviewed, LivretObstacle::NoReview),
        (list.is_none_or(|list| list.competences.is_empty()), LivretObstacle::NoList),
    ]
    .into_iter()
    .filter_map(|(holds, obstacle)| holds.then_some(obstacle))
    .collect()
}

/// The official periods that lack a review, when a pupil has fewer reviews than periods (LSL-29).
pub fn periods_without_review(
    school: &School,
    pupil: Ix<Pupil>,
    class: Ix<Class>,
) -> Vec<&OfficialPeriod> {
    let periods = school.periods_of_class(&school.classes[class]);
    let days: Vec<_> = reviews_of_year(school, pupil, class)
        .map(|review| school.reviews[review].key.date)
        .collect();
    if days.len() >= periods.len() {
        return Vec::new();
    }
    let empty = |period: &&OfficialPeriod| {
        !days.iter().any(|day| period.debut <= *day && *day <= period.fin)
    };
    periods.into_iter().filter(empty).collect()
}
