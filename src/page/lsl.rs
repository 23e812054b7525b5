//! The livrets scolaires of a diploma: what is expected, how far each pupil's is, class figures.

use serde::Serialize;

use super::calendar::periodicity_of;
use super::livret::{GroupMarks, LivretProgress, livret_pupils, progress};
use super::referential::{LslPart, Sources, lsl_part};
use super::{D, Day, Frame, Menu, Site, Subject, address, frame, link};
use crate::insight::{
    SendingState, gap_words, livret_group, livret_obstacles, livret_sheet, livret_state,
    obstacle_words, sending_state,
};
use crate::record::StudyLevel;
use crate::school::{Class, Ix, Pupil};
use crate::text::short_date;

/// The context of the page of the livret.
#[derive(Debug, Serialize)]
pub struct LslPage {
    /// Around the page.
    pub frame: Frame,
    /// Acronym of the diploma.
    pub sigle: String,
    /// "2026-2027".
    pub year: String,
    /// Whether the diploma is followed in première or terminale.
    pub concerned: bool,
    /// Expected competences.
    pub list: Option<LslPart>,
    /// How many competences are gathered with others under one line.
    pub merged: usize,
    /// First and last level.
    pub levels: Vec<LslLevel>,
    /// Livrets of the years before, the last one first.
    pub former: Vec<FormerLivrets>,
    /// When the national service is open: "du 03/05/2027 au 25/06/2027".
    pub window: Option<String>,
    /// Way to the référentiel.
    pub referential: String,
    /// Way to the calendar.
    pub calendar: String,
}

/// A level and its classes.
#[derive(Debug, Serialize)]
pub struct LslLevel {
    /// "Première".
    pub label: &'static str,
    /// "semestre"; none as long as nobody set it (PER-06).
    pub periodicity: Option<&'static str>,
    /// Classes of the year.
    pub classes: Vec<LslClass>,
}

/// A class and its pupils.
#[derive(Debug, Serialize)]
pub struct LslClass {
    /// Anchor.
    pub anchor: String,
    /// Name.
    pub name: String,
    /// Way to it.
    pub href: String,
    /// Pupils under school status (LSL-02).
    pub pupils: Vec<LslPupil>,
    /// How many apprentices are left out.
    pub apprentices: usize,
    /// How many livrets are complete.
    pub complete: usize,
    /// How many were sent and are the same since.
    pub same: usize,
    /// How many have changed since they were sent.
    pub changed: usize,
    /// How many were sent, without word of what was.
    pub untold: usize,
    /// How many are complete and were never sent.
    pub waiting: usize,
    /// Way to the table of the class, in the order of the national screen.
    pub screen: String,
    /// Whether nothing can be entered yet.
    pub blocked: bool,
    /// Why, each cause (LSL-39).
    pub obstacles: Vec<&'static str>,
    /// Figures of the group (LSL-42).
    pub group: Option<GroupMarks>,
}

/// A pupil and how far the livret is.
#[derive(Debug, Serialize)]
pub struct LslPupil {
    /// "DUPONT Léa".
    pub name: String,
    /// Way to the livret.
    pub href: String,
    /// How far it is.
    pub progress: LivretProgress,
    /// What is missing, in words.
    pub gaps: Vec<String>,
    /// The last sending.
    pub sent: Option<Day>,
    /// Where it stands towards it (NAT-07).
    pub standing: Standing,
    /// How many values have changed since.
    pub changes: usize,
    /// Way to the page to copy from.
    pub copy: String,
}

/// Where a livret stands towards the national application.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Standing {
    /// Never sent.
    Never,
    /// Sent, and the same since.
    Same,
    /// Changed since.
    Changed,
    /// Only the figures of the group have changed: marks of other pupils.
    Group,
    /// Sent; nothing tells what.
    Untold,
}

/// The livrets of a former year.
#[derive(Debug, Serialize)]
pub struct FormerLivrets {
    /// "2025-2026".
    pub year: String,
    /// Name of each class with its livrets: name of the pupil and way to it.
    pub classes: Vec<(String, Vec<(String, String)>)>,
}

/// Computes the page of the livret of a diploma.
pub fn lsl_page(site: &Site<'_>, d: D, at: &str) -> LslPage {
    let referential = &site.school.referentials[d];
    let to = |subject| link(at, &address(site, subject));
    let page = to(Subject::Referential(d));
    let sources = Sources::new(referential, page.clone());
    let list = lsl_part(referential, &sources, &page);
    let merged = list.as_ref().map_or(0, |list| {
        let lines = list.lines.iter().filter(|line| line.gathers.len() > 1);
        lines.map(|line| line.gathers.len()).sum()
    });
    // The livret covers première and terminale only (LSL-06).
    let levels: Vec<LslLevel> = [StudyLevel::Premiere, StudyLevel::Terminale]
        .into_iter()
        .filter(|level| {
            referential.record.niveaux.contains(level)
                || site
                    .current_classes(d)
                    .any(|class| site.school.classes[class].record.niveau == *level)
        })
        .map(|level| level_part(site, d, level, at))
        .collect();
    LslPage {
        frame: frame(site, at, "LSL Pro", Some(d), Some(Menu::Lsl)),
        sigle: referential.record.sigle.clone(),
        year: site.school.current_year().to_string(),
        concerned: !levels.is_empty(),
        list,
        merged,
        levels,
        former: former(site, d, at),
        window: window(site),
        referential: page,
        calendar: to(Subject::Calendar),
    }
}

fn level_part(site: &Site<'_>, d: D, level: StudyLevel, at: &str) -> LslLevel {
    let school = site.school;
    LslLevel {
        label: level.label(),
        periodicity: periodicity_of(
            site,
            school.current_year(),
            &school.referentials[d].code,
            level,
        ),
        classes: site
            .current_classes(d)
            .filter(|class| school.classes[*class].record.niveau == level)
            .map(|class| class_part(site, class, at))
            .collect(),
    }
}

fn class_part(site: &Site<'_>, class_ix: Ix<Class>, at: &str) -> LslClass {
    let school = site.school;
    let class = &school.classes[class_ix];
    let pupils: Vec<LslPupil> = livret_pupils(school, class_ix)
        .into_iter()
        .filter_map(|pupil| pupil_part(site, class_ix, pupil, at))
        .collect();
    let present = class.pupils.iter().filter(|pupil| {
        school.pupils[**pupil].record.inactif_depuis.is_none()
            && school.last_stay_of(**pupil, class.year).is_some_and(|stay| stay.class == class_ix)
    });
    let obstacles = livret_obstacles(school, class_ix);
    let standing = |wanted: &[Standing]| {
        pupils.iter().filter(|pupil| wanted.contains(&pupil.standing)).count()
    };
    LslClass {
        anchor: format!("c-{}", class.key),
        name: class.record.nom.clone(),
        href: link(at, &address(site, Subject::Class(class_ix))),
        apprentices: present.filter(|p| school.ended_as_apprentice(**p, class.year)).count(),
        complete: pupils.iter().filter(|pupil| pupil.progress.complete).count(),
        same: standing(&[Standing::Same]),
        changed: standing(&[Standing::Changed, Standing::Group]),
        untold: standing(&[Standing::Untold]),
        waiting: (pupils.iter())
            .filter(|pupil| pupil.progress.complete && pupil.standing == Standing::Never)
            .count(),
        screen: link(at, &address(site, Subject::LivretScreen(class_ix))),
        blocked: obstacles.iter().any(|obstacle| obstacle.blocks()),
        obstacles: obstacles.into_iter().map(obstacle_words).collect(),
        group: livret_group(school, class_ix).map(GroupMarks::from),
        pupils,
    }
}

fn pupil_part(site: &Site<'_>, class: Ix<Class>, pupil: Ix<Pupil>, at: &str) -> Option<LslPupil> {
    let school = site.school;
    let state = livret_state(school, pupil, school.classes[class].year)?;
    let sending = sending_state(school, &livret_sheet(school, class, pupil)?);
    let (standing, day, changes) = match &sending {
        SendingState::Never => (Standing::Never, None, 0),
        SendingState::Same(day) => (Standing::Same, Some(*day), 0),
        SendingState::Untold(day) => (Standing::Untold, Some(*day), 0),
        SendingState::Changed(day, changes) => {
            let group = sending.is_of_group();
            let standing = if group { Standing::Group } else { Standing::Changed };
            (standing, Some(*day), changes.len())
        }
    };
    Some(LslPupil {
        name: school.pupils[pupil].list_name(),
        href: link(at, &address(site, Subject::Livret(class, pupil))),
        progress: progress(&state),
        gaps: gap_words(school, &state),
        sent: day.map(Day::from),
        standing,
        changes,
        copy: link(at, &address(site, Subject::LivretCopy(class, pupil))),
    })
}

/// The livrets of the years before, by class.
fn former(site: &Site<'_>, d: D, at: &str) -> Vec<FormerLivrets> {
    let school = site.school;
    let years = school.years.iter().rev().filter(|year| year.year < school.current_year());
    let classes = |year: &crate::school::Year| {
        let of_diploma = year.classes.iter().filter(|class| school.classes[**class].diploma == d);
        let with_pupils = of_diploma.map(|class| {
            let pupils = livret_pupils(school, *class).into_iter().map(|pupil| {
                let href = link(at, &address(site, Subject::Livret(*class, pupil)));
                (school.pupils[pupil].list_name(), href)
            });
            (school.classes[*class].record.nom.clone(), pupils.collect::<Vec<_>>())
        });
        with_pupils.filter(|(_, pupils)| !pupils.is_empty()).collect::<Vec<_>>()
    };
    years
        .map(|year| FormerLivrets { year: year.year.to_string(), classes: classes(year) })
        .filter(|year| !year.classes.is_empty())
        .collect()
}

/// When the national service is open this year (LCK-05).
fn window(site: &Site<'_>) -> Option<String> {
    let calendar = site.school.year(site.school.current_year())?.calendar.as_ref()?;
    let window = calendar.record.service_lsl.as_ref()?;
    Some(format!("du {} au {}", short_date(window.ouverture), short_date(window.fermeture)))
}
