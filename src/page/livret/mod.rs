//! A pupil's livret scolaire for a year: how far it is, what the reviews say beside each value, the
//! national display, and the file to paste (LSL-19 to LSL-36, NAT-22).

mod copy;
mod national;
mod parts;
mod text;
mod words;

use serde::Serialize;

use crate::insight::{
    LivretState, Recopy, SendingState, gap_words, livret_candidates, livret_group,
    livret_obstacles, livret_reviews, livret_sheet, livret_state, obstacle_words,
    periods_without_review, project_group, recopy, sending_state,
};
use crate::record::LivretReviews;
use crate::school::{Class, Ix, Livret, Pupil, Review, School};
use crate::text::short_date;

use super::roll::status_in;
use super::{Day, Document, Frame, Menu, Neighbour, Site, Subject, address, frame, link};

pub use copy::{
    CopyPage, CopySection, CopyValue, Route, ScreenPage, ScreenRow, copy_page, screen_page,
};
pub use national::{GroupMarks, NationalPart, NationalRow};
pub use parts::{CompanyLine, PlacementPart, ProjectPart, ReviewWords, Sent, TextPart};
pub use words::{DEGREES, decimal, percent};

/// The context of the page of a livret.
#[derive(Debug, Serialize)]
pub struct LivretPage {
    /// Around the page.
    pub frame: Frame,
    /// "DUPONT Léa".
    pub name: String,
    /// Name of the class and way to it.
    pub class: (String, String),
    /// "scolaire".
    pub status: &'static str,
    /// "2026-2027".
    pub year: String,
    /// Exam session.
    pub session: i16,
    /// Way to the dashboard.
    pub dashboard: String,
    /// Way to the last review.
    pub reviews: String,
    /// The livrets and reviews of other schools (NAT-20).
    pub elsewhere: Vec<super::ReceivedLink>,
    /// How far it is.
    pub progress: LivretProgress,
    /// What is missing, in words.
    pub gaps: Vec<String>,
    /// Whether nothing can be entered yet.
    pub blocked: bool,
    /// Why, each cause (LSL-39).
    pub obstacles: Vec<&'static str>,
    /// Names of the periods without review, when there are fewer reviews than periods (LSL-29).
    pub uncovered: Vec<String>,
    /// Whether columns are those of the whole cycle.
    pub cycle: bool,
    /// Whether some lines gather competences.
    pub merged: bool,
    /// The day of the review that "Recopie" copies, and whether it closes the year.
    pub copied_from: Option<(Day, bool)>,
    /// Marks that stand beside no review: period and mark.
    pub loose: Vec<(String, String)>,
    /// The general appreciation.
    pub appreciation: TextPart,
    /// What the reviews say.
    pub words: Vec<ReviewWords>,
    /// Who signs the spécialité.
    pub teachers: Vec<String>,
    /// The PFMP part.
    pub placement: PlacementPart,
    /// The projet part.
    pub project: Option<ProjectPart>,
    /// The national display.
    pub national: NationalPart,
    /// The figures of the group.
    pub group: Option<GroupMarks>,
    /// The figures of the group on the projet.
    pub project_group: Option<GroupMarks>,
    /// Sendings: date, person, remark (LSL-04).
    pub sendings: Vec<(Day, String, Option<String>)>,
    /// When the national service is open: "du 03/05/2027 au 25/06/2027".
    pub window: Option<String>,
    /// Path of the file.
    pub file: String,
    /// The text to paste: the whole file of a new livret, the levels of "Recopie" otherwise.
    pub text: String,
    /// Way to change or to make the file on the forge.
    pub edit: Option<String>,
    /// Way to the page to copy from, in the current year.
    pub copy_page: Option<String>,
    /// What has changed since the last sending, in words (NAT-07).
    pub changes: Vec<String>,
    /// The livret, when it was begun.
    #[serde(skip)]
    pub livret: Option<Ix<Livret>>,
    /// The class.
    #[serde(skip)]
    pub class_ix: Ix<Class>,
    /// The reviews of the columns, oldest first.
    #[serde(skip)]
    pub columns: Vec<Ix<Review>>,
    /// What "Recopie" gives.
    #[serde(skip)]
    pub copy: Option<Recopy>,
}

/// How far a livret is (LSL-19).
#[derive(Debug, Serialize)]
pub struct LivretProgress {
    /// Things done.
    pub done: usize,
    /// Things asked for.
    pub total: usize,
    /// In per cent.
    pub percent: usize,
    /// Whether its file exists.
    pub begun: bool,
    /// Whether it can be sent.
    pub complete: bool,
}

/// How far a livret is.
pub(super) fn progress(state: &LivretState<'_>) -> LivretProgress {
    LivretProgress {
        done: state.done,
        total: state.total,
        percent: state.percent(),
        begun: state.livret.is_some(),
        complete: state.is_complete(),
    }
}

/// The pupils of a class whose livret has a page: all those concerned in the current year, those
/// with a livret in the years before.
pub fn livret_pupils(school: &School, class: Ix<Class>) -> Vec<Ix<Pupil>> {
    let year = school.classes[class].year;
    let mut pupils = livret_candidates(school, class);
    if year != school.current_year() {
        pupils.retain(|pupil| school.livret_of(*pupil, year).is_some());
    }
    pupils
}

/// Computes the page of the livret of a pupil of a class; nothing when there is none to fill.
pub fn livret_page(
    site: &Site<'_>,
    class_ix: Ix<Class>,
    pupil: Ix<Pupil>,
    at: &str,
) -> Option<LivretPage> {
    let school = site.school;
    let class = &school.classes[class_ix];
    let state = livret_state(school, pupil, class.year)?;
    let rules = state.rules;
    let livret = state.livret.map(|ix| &school.livrets[ix]);
    let to = |subject| link(at, &address(site, subject));
    let columns = livret_reviews(school, rules, pupil, class_ix);
    let copy = recopy(school, pupil, class_ix);
    let list = school.referentials[class.diploma].record.lsl.as_ref();
    let folder = school.pupils[pupil].file.rsplit_once('/').map_or("", |(folder, _)| folder);
    let (folder, name) = (format!("{folder}/lsl"), format!("{}.toml", class.year));
    let obstacles = livret_obstacles(school, class_ix);
    let calendar = school.year(class.year).and_then(|year| year.calendar.as_ref());
    let window = calendar.and_then(|calendar| calendar.record.service_lsl.as_ref());
    Some(LivretPage {
        elsewhere: super::received_links(site, at, pupil),
        frame: around(site, at, class_ix, pupil),
        name: school.pupils[pupil].list_name(),
        class: (class.record.nom.clone(), to(Subject::Class(class_ix))),
        status: status_in(&school.pupils[pupil], class_ix),
        year: class.year.to_string(),
        session: class.session(),
        dashboard: to(Subject::Dashboard(class.diploma, pupil)),
        reviews: to(Subject::LastReview(class.diploma, pupil)),
        progress: progress(&state),
        gaps: gap_words(school, &state),
        blocked: obstacles.iter().any(|obstacle| obstacle.blocks()),
        obstacles: obstacles.into_iter().map(obstacle_words).collect(),
        uncovered: periods_without_review(school, pupil, class_ix)
            .into_iter()
            .map(|period| period.intitule.clone())
            .collect(),
        cycle: rules.bilans == LivretReviews::Cycle,
        merged: list
            .is_some_and(|list| list.competences.iter().any(|line| line.regroupe.len() > 1)),
        copied_from: copy.as_ref().map(|copy| {
            let review = &school.reviews[copy.review];
            (review.key.date.into(), review.record.terminal)
        }),
        loose: loose_marks(school, livret),
        appreciation: parts::appreciation(site, rules, livret),
        words: parts::review_words(site, at, &columns),
        teachers: livret.map(|l| parts::names(site, &l.teachers)).unwrap_or_default(),
        placement: parts::placement(site, rules, pupil, class, livret),
        project: parts::project(site, rules, livret),
        national: national::national(site, rules, class, livret),
        group: livret_group(school, class_ix).map(GroupMarks::from),
        project_group: project_group(school, class_ix).map(GroupMarks::from),
        sendings: sendings(school, livret),
        window: window.map(|window| {
            format!("du {} au {}", short_date(window.ouverture), short_date(window.fermeture))
        }),
        text: match livret {
            Some(_) => text::levels_text(school, class, copy.as_ref()),
            None => text::livret_text(school, rules, pupil, class_ix, copy.as_ref()),
        },
        edit: match livret {
            Some(livret) => super::edit_link(site, &livret.file),
            None => super::new_file_link(site, &folder, &name),
        },
        file: format!("{folder}/{name}"),
        copy_page: (class.year == school.current_year())
            .then(|| to(Subject::LivretCopy(class_ix, pupil))),
        changes: livret_sheet(school, class_ix, pupil)
            .map(|sheet| change_words(&sending_state(school, &sheet)))
            .unwrap_or_default(),
        livret: state.livret,
        class_ix,
        columns,
        copy,
    })
}

/// What has changed since a sending, a value each: "niveau C1.1 : 2, maintenant 3".
fn change_words(state: &SendingState) -> Vec<String> {
    let SendingState::Changed(_, changes) = state else { return Vec::new() };
    let words = changes.iter().map(|one| match (&one.before, &one.now) {
        (Some(before), Some(now)) => format!("{} : {before}, maintenant {now}", one.name),
        (None, Some(now)) => format!("{} : {now}, à ajouter", one.name),
        (before, None) => {
            let before = before.as_deref().unwrap_or_default();
            format!("{} : {before}, n’y est plus", one.name)
        }
    });
    words.collect()
}

/// Marks that stand beside no review of the pupil this year.
fn loose_marks(school: &School, livret: Option<&Livret>) -> Vec<(String, String)> {
    let Some(livret) = livret else { return Vec::new() };
    let marks = livret.record.notes.iter();
    marks
        .filter(|mark| crate::insight::review_of_mark(school, livret, mark).is_none())
        .filter_map(|mark| Some((mark.periode.clone(), national::written(mark)?)))
        .collect()
}

fn sendings(school: &School, livret: Option<&Livret>) -> Vec<(Day, String, Option<String>)> {
    let Some(livret) = livret else { return Vec::new() };
    let name = |id: &str| {
        let person = school.person(id);
        person.map_or_else(|| id.to_owned(), |person| school.people[person].formal_name())
    };
    let sendings = livret.record.envois.iter();
    sendings.map(|s| (s.le.into(), name(&s.par), s.remarque.clone())).collect()
}

/// The frame, with arrows through the livrets of the class (LSL-38); the ends have no neighbour.
fn around(site: &Site<'_>, at: &str, class_ix: Ix<Class>, pupil: Ix<Pupil>) -> Frame {
    let school = site.school;
    let class = &school.classes[class_ix];
    let title = format!("Livret scolaire de {}", school.pupils[pupil].list_name());
    let printed = school.livret_of(pupil, class.year).map(Document::Livret);
    frame(site, at, title, Some(class.diploma), Some(Menu::Lsl))
        .papers(site, at, printed.as_slice())
        .crumb(site, at, "LSL Pro", Subject::Lsl(class.diploma))
        .crumb(site, at, &class.record.nom, Subject::Class(class_ix))
        .walk(
            format!("Livrets de {}", class.record.nom),
            &livret_pupils(school, class_ix),
            pupil,
            |other| Neighbour {
                label: school.pupils[other].list_name(),
                href: link(at, &address(site, Subject::Livret(class_ix, other))),
            },
        )
}
