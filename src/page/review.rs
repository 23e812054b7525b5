//! A review: state, remarks, positions up to its date, comparison with the one before (BIL).

use serde::Serialize;

use crate::insight::{is_locked, official_periods, reviews_of};
use crate::school::{Class, Ix, Person, Pupil, Review};
use crate::text::short_date;

use super::evaluation_line::{EvaluationLine, evaluation_line};
use super::roll::status_in;
use super::{D, Day, Document, Frame, Menu, Neighbour, Site, Subject, address, frame, link};

/// The context of a review's page.
#[derive(Debug, Serialize)]
pub struct ReviewPage {
    /// Around the page.
    pub frame: Frame,
    /// "DUPONT Léa".
    pub name: String,
    /// Name of the class on that day and way to it.
    pub class: (String, String),
    /// "scolaire", "apprentie".
    pub status: &'static str,
    /// Way to the dashboard.
    pub dashboard: String,
    /// Way to prepare an attestation of competences (ATT-06).
    pub attestation: Option<String>,
    /// All reviews on this diploma, oldest first.
    pub dates: Vec<ReviewDate>,
    /// Where the review stands.
    pub state: ReviewState,
    /// Who validated it and when; who drafts it.
    pub by: String,
    /// Permissions given to change it: date, person, reason.
    pub unlocks: Vec<(Day, String, String)>,
    /// "13,5".
    pub note: Option<String>,
    /// Whether it closes the year.
    pub terminal: bool,
    /// The official period of its date.
    pub period: Option<String>,
    /// What was noticed, in Markdown.
    pub constats: Option<String>,
    /// Advice, in Markdown.
    pub conseils: Option<String>,
    /// The evaluations taken into account, in time order.
    pub evaluations: Vec<EvaluationLine>,
    /// Letters of professionalisation and their names, when the review gives some.
    pub letters: Vec<(String, String)>,
    /// Way to change its file on the forge, as long as it may change (BIL-02).
    pub edit: Option<String>,
    /// The review shown.
    #[serde(skip)]
    pub shown: Ix<Review>,
    /// The reviews up to it, oldest first: the columns (BIL-07).
    #[serde(skip)]
    pub columns: Vec<Ix<Review>>,
    /// The validated review before it, to compare with (BIL-10).
    #[serde(skip)]
    pub previous: Option<Ix<Review>>,
}

/// A date of the band.
#[derive(Debug, Serialize)]
pub struct ReviewDate {
    /// The date.
    pub day: Day,
    /// 2 for the second review of that day …
    pub number: u8,
    /// Way to the review.
    pub href: String,
    /// Whether it is the one shown.
    pub current: bool,
    /// Where it stands.
    pub state: ReviewState,
    /// "validé le 11/12/2026 par Mme Benali".
    pub by: String,
    /// "Mme Benali".
    pub who: String,
}

/// Where a review stands (BIL-13).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum ReviewState {
    /// Not validated yet.
    Draft,
    /// Validated, and closed.
    Locked,
    /// Validated once, and open again.
    Unlocked,
}

/// The context of the page of a pupil who has no review.
#[derive(Debug, Serialize)]
pub struct NoReviewPage {
    /// Around the page.
    pub frame: Frame,
    /// "DUPONT Léa".
    pub name: String,
    /// Name of the class and way to it.
    pub class: Option<(String, String)>,
    /// Way to the dashboard.
    pub dashboard: String,
    /// Way to prepare an attestation of competences (ATT-06).
    pub attestation: Option<String>,
}

/// The last review of a pupil on a diploma.
pub fn last_review(site: &Site<'_>, d: D, pupil: Ix<Pupil>) -> Option<Ix<Review>> {
    reviews_of(site.school, &site.school.pupils[pupil], d).pop()
}

/// Whether the page of a pupil's last review is the very page of that review: it has the same list
/// to walk, and the steps to both neighbours lead to the same places.
pub fn is_page_of_its_date(site: &Site<'_>, ix: Ix<Review>) -> bool {
    let review = &site.school.reviews[ix];
    let present = site.last_class(review.diploma, review.pupil);
    let is_last = |other| {
        step(site, Some(ix), review.diploma, other) == Subject::LastReview(review.diploma, other)
    };
    let with_neighbours = site.school.classes[review.class].pupils.windows(2);
    present == Some(review.class)
        && with_neighbours
            .filter(|pair| pair.contains(&review.pupil))
            .flatten()
            .all(|pupil| *pupil == review.pupil || is_last(*pupil))
}

/// Where an arrow leads. From the page of a date it keeps to that date, while the neighbour has a
/// review of it and later ones; else it leads to the neighbour's last one.
fn step(site: &Site<'_>, from: Option<Ix<Review>>, d: D, other: Ix<Pupil>) -> Subject {
    let school = site.school;
    let reviews = reviews_of(school, &school.pupils[other], d);
    let earlier = reviews.split_last().map_or(&[][..], |(_, earlier)| earlier);
    let key = from.map(|from| school.reviews[from].key);
    let same = earlier.iter().find(|review| Some(school.reviews[**review].key) == key);
    same.map_or(Subject::LastReview(d, other), |same| Subject::Review(*same))
}

/// Computes the page of a review, at its own address or at that of the pupil's last review.
///
/// At its own, the arrows walk the class of its day. At that of the last one, which lists of the
/// present lead to, they walk the pupil's present class, from last review to last review (BIL-03).
pub fn review_page(site: &Site<'_>, ix: Ix<Review>, subject: Subject, at: &str) -> ReviewPage {
    let school = site.school;
    let review = &school.reviews[ix];
    let record = &review.record;
    let (pupil, d) = (&school.pupils[review.pupil], review.diploma);
    let class = &school.classes[review.class];
    let to = |subject| link(at, &address(site, subject));
    let all = reviews_of(school, pupil, d);
    let columns: Vec<_> =
        all.iter().copied().filter(|other| school.reviews[*other].key <= review.key).collect();
    let earlier = columns.iter().rev().copied().filter(|other| *other != ix);
    let previous = earlier.clone().find(|other| school.reviews[*other].is_valid());
    let from = (subject == Subject::Review(ix)).then_some(ix);
    let list = from.map_or(site.last_class(d, review.pupil), |_| Some(review.class));
    let mut evaluations = review.evaluations.clone();
    evaluations
        .sort_by_key(|ix| (school.evaluations[*ix].record.date, &school.evaluations[*ix].id));
    let state = state(review);
    ReviewPage {
        frame: around(site, at, review.pupil, d, list, from).papers(
            site,
            at,
            &[Document::Review(ix)],
        ),
        name: pupil.list_name(),
        class: (class.record.nom.clone(), to(Subject::Class(review.class))),
        status: status_in(pupil, review.class),
        dashboard: to(Subject::Dashboard(d, review.pupil)),
        attestation: super::attestation_way(site, d, review.pupil, at),
        dates: all
            .iter()
            .map(|other| {
                let review = &school.reviews[*other];
                ReviewDate {
                    day: review.key.date.into(),
                    number: review.key.number,
                    href: to(Subject::Review(*other)),
                    current: *other == ix,
                    state: self::state(review),
                    by: by(site, review),
                    who: responsible(site, review),
                }
            })
            .collect(),
        state,
        by: by(site, review),
        unlocks: record
            .deverrouillage
            .iter()
            .map(|unlock| {
                let who = name(site, school.person(&unlock.par), &unlock.par);
                (unlock.date.into(), who, unlock.motif.clone())
            })
            .collect(),
        note: record.note.map(|note| note.0.to_string().replace('.', ",")),
        terminal: record.terminal,
        period: official_periods(school, class)
            .into_iter()
            .find(|period| period.debut <= review.key.date && review.key.date <= period.fin)
            .map(|period| period.intitule.clone()),
        constats: record.constats.as_ref().map(|prose| prose.0.clone()).filter(|t| !t.is_empty()),
        conseils: record.conseils.as_ref().map(|prose| prose.0.clone()).filter(|t| !t.is_empty()),
        evaluations: evaluations.into_iter().map(|ix| evaluation_line(site, at, ix)).collect(),
        letters: letters(site, review),
        edit: match state {
            ReviewState::Locked => None,
            ReviewState::Draft | ReviewState::Unlocked => super::edit_link(site, &review.file),
        },
        shown: ix,
        columns,
        previous,
    }
}

/// Computes the page that says that a pupil has no review (BIL-05); the arrows stay.
pub fn no_review_page(site: &Site<'_>, d: D, pupil: Ix<Pupil>, at: &str) -> NoReviewPage {
    let school = site.school;
    let class = site.last_class(d, pupil);
    let to = |subject| link(at, &address(site, subject));
    NoReviewPage {
        frame: around(site, at, pupil, d, class, None),
        name: school.pupils[pupil].list_name(),
        class: class
            .map(|class| (school.classes[class].record.nom.clone(), to(Subject::Class(class)))),
        dashboard: to(Subject::Dashboard(d, pupil)),
        attestation: super::attestation_way(site, d, pupil, at),
    }
}

/// The frame of a pupil's reviews, with arrows through the class in the order of its list.
fn around(
    site: &Site<'_>,
    at: &str,
    pupil: Ix<Pupil>,
    d: D,
    class: Option<Ix<Class>>,
    from: Option<Ix<Review>>,
) -> Frame {
    let school = site.school;
    let title = format!("Bilan de {}", school.pupils[pupil].list_name());
    let around = frame(site, at, title, Some(d), Some(Menu::Reviews)).crumb(
        site,
        at,
        "Éditer les bilans",
        Subject::Reviews(d),
    );
    let Some(class_ix) = class else { return around };
    let class = &school.classes[class_ix];
    around.crumb(site, at, &class.record.nom, Subject::Class(class_ix)).walk(
        format!("Apprenants de {}", class.record.nom),
        &class.pupils,
        pupil,
        |other| Neighbour {
            label: school.pupils[other].list_name(),
            href: link(at, &address(site, step(site, from, d, other))),
        },
    )
}

fn state(review: &Review) -> ReviewState {
    match (review.is_valid(), is_locked(review)) {
        (false, _) => ReviewState::Draft,
        (true, true) => ReviewState::Locked,
        (true, false) => ReviewState::Unlocked,
    }
}

fn name(site: &Site<'_>, person: Option<Ix<Person>>, id: &str) -> String {
    person.map_or_else(|| id.to_owned(), |person| site.school.people[person].formal_name())
}

/// Who validated a review, else who writes it.
fn responsible(site: &Site<'_>, review: &Review) -> String {
    match &review.record.valide_par {
        Some(id) if review.is_valid() => name(site, review.validated_by, id),
        _ => name(site, review.author, &review.record.auteur),
    }
}

fn by(site: &Site<'_>, review: &Review) -> String {
    let who = responsible(site, review);
    match (review.is_valid(), review.record.valide_le) {
        (true, Some(date)) => format!("validé le {} par {who}", short_date(date)),
        (true, None) => format!("validé par {who}"),
        (false, _) => format!("brouillon de {who}"),
    }
}

/// The letters of the référentiel, when the review gives at least one.
fn letters(site: &Site<'_>, review: &Review) -> Vec<(String, String)> {
    if review.professionalisation.is_empty() {
        return Vec::new();
    }
    let known = &site.school.referentials[review.diploma].record.professionnalisation;
    known.iter().map(|letter| (letter.code.clone(), letter.libelle.clone())).collect()
}
