//! The texts of a livret, each with its length, and what helps to write them.

use serde::Serialize;

use crate::insight::{Origin, appreciation_origin, placement_weeks, project_title};
use crate::page::{Day, Site, Subject, address, link};
use crate::record::{LivretRules, LivretSection, Prose};
use crate::school::{Class, Ix, Livret, Person, Pupil, Review};
use crate::text::characters;

use super::words::typed;

/// A text and its limit (LSL-33).
#[derive(Debug, Serialize)]
pub struct TextPart {
    /// The text; none when it is empty.
    pub text: Option<String>,
    /// How many characters it has (Unicode scalar values after NFC).
    pub length: usize,
    /// How many it may have.
    pub limit: Option<i64>,
    /// How many are too many.
    pub over: usize,
    /// "copié", "guidé", "saisi".
    pub origin: Option<&'static str>,
}

/// What a review says, as a help to write (LSL-34).
#[derive(Debug, Serialize)]
pub struct ReviewWords {
    /// Place in the list, for anchors.
    pub place: usize,
    /// The day.
    pub day: Day,
    /// Way to the review.
    pub href: String,
    /// Whether it is a draft.
    pub draft: bool,
    /// Whether it closes the year (BIL-20).
    pub terminal: bool,
    /// What was noticed.
    pub constats: Option<String>,
    /// Advice.
    pub conseils: Option<String>,
}

/// Whether an optional part is sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Sent {
    /// It is sent.
    Yes,
    /// Switched off, or empty where that is allowed.
    No,
    /// Asked for, and nothing is there yet.
    Wanted,
}

/// The PFMP part.
#[derive(Debug, Serialize)]
pub struct PlacementPart {
    /// Whether it is sent.
    pub sent: Sent,
    /// What the rules ask: "vide ou complète", "activée ou non", "obligatoire".
    pub rule: &'static str,
    /// The synthesis.
    pub text: TextPart,
    /// Who signs it.
    pub teacher: Option<String>,
    /// Whether a part of it was abroad (LSL-16).
    pub abroad: bool,
    /// Whether the number of weeks is sent.
    pub asks_weeks: bool,
    /// Number of weeks over the cycle, when it is counted.
    pub weeks: Option<u32>,
    /// The periods of the pupil and where they were spent.
    pub companies: Vec<CompanyLine>,
}

/// A period in a company.
#[derive(Debug, Serialize)]
pub struct CompanyLine {
    /// Title of the period.
    pub period: String,
    /// First day.
    pub from: Day,
    /// Last day.
    pub to: Day,
    /// Name, activity and town of the company.
    pub company: Option<String>,
    /// The country, when it is not France.
    pub country: Option<String>,
}

/// The projet part.
#[derive(Debug, Serialize)]
pub struct ProjectPart {
    /// "Projet", "Chef-d’œuvre".
    pub title: String,
    /// Whether it is sent.
    pub sent: Sent,
    /// What the rules ask.
    pub rule: &'static str,
    /// The appreciation.
    pub text: TextPart,
    /// Who signs it.
    pub teachers: Vec<String>,
    /// The annual mark.
    pub note: Option<String>,
}

fn text_part(prose: Option<&Prose>, limit: Option<i64>, origin: Option<Origin>) -> TextPart {
    let text = prose.map(|prose| prose.0.clone()).filter(|text| !text.is_empty());
    let length = text.as_deref().map_or(0, characters);
    let most = limit.and_then(|limit| usize::try_from(limit).ok()).unwrap_or(usize::MAX);
    let origin = text.as_ref().and(origin).map(Origin::as_str);
    TextPart { text, length, limit, over: length.saturating_sub(most), origin }
}

/// The general appreciation.
pub(super) fn appreciation(
    site: &Site<'_>,
    rules: &LivretRules,
    livret: Option<&Livret>,
) -> TextPart {
    let text = livret.and_then(|livret| livret.record.appreciation.as_ref());
    let origin = livret.and_then(|livret| appreciation_origin(site.school, livret));
    text_part(text, Some(rules.appreciation_max.0), origin)
}

/// The words of the reviews shown, the last one first.
pub(super) fn review_words(site: &Site<'_>, at: &str, reviews: &[Ix<Review>]) -> Vec<ReviewWords> {
    let text = |prose: &Option<Prose>| {
        prose.as_ref().map(|prose| prose.0.clone()).filter(|text| !text.is_empty())
    };
    let words = reviews.iter().rev().enumerate().map(|(place, ix)| {
        let review = &site.school.reviews[*ix];
        ReviewWords {
            place: place + 1,
            day: review.key.date.into(),
            href: link(at, &address(site, Subject::Review(*ix))),
            draft: !review.is_valid(),
            terminal: review.record.terminal,
            constats: text(&review.record.constats),
            conseils: text(&review.record.conseils),
        }
    });
    words.filter(|words| words.constats.is_some() || words.conseils.is_some()).collect()
}

fn sent(section: LivretSection, on: Option<bool>, something: bool) -> Sent {
    match (section, on) {
        (LivretSection::Compulsory, _) if !something => Sent::Wanted,
        (LivretSection::Compulsory, _) => Sent::Yes,
        (LivretSection::Module, Some(true)) if !something => Sent::Wanted,
        (LivretSection::Module, on) => {
            if on == Some(true) {
                Sent::Yes
            } else {
                Sent::No
            }
        }
        (LivretSection::EmptyOrFull, Some(true)) if something => Sent::Yes,
        (LivretSection::EmptyOrFull, _) => Sent::No,
    }
}

/// The PFMP part, with the companies of the pupil's periods.
pub(super) fn placement(
    site: &Site<'_>,
    rules: &LivretRules,
    pupil: Ix<Pupil>,
    class: &Class,
    livret: Option<&Livret>,
) -> PlacementPart {
    let school = site.school;
    let part = livret.and_then(|livret| livret.record.pfmp.as_ref());
    let companies = companies(site, pupil, class);
    let guide = companies.iter().any(|line| line.company.is_some());
    let origin = if guide { Origin::Guided } else { Origin::Typed };
    let text =
        text_part(part.and_then(|p| p.synthese.as_ref()), Some(rules.pfmp_max.0), Some(origin));
    let teacher = livret.and_then(|livret| livret.placement_teacher);
    let something = text.text.is_some() || teacher.is_some();
    PlacementPart {
        sent: sent(rules.pfmp, part.map(|part| part.exporte), something),
        rule: rules.pfmp.label(),
        text,
        teacher: teacher.map(|person| school.people[person].full_name()),
        abroad: part.is_some_and(|part| part.etranger),
        asks_weeks: rules.semaines_pfmp && class.is_final_year(),
        weeks: placement_weeks(school, pupil),
        companies,
    }
}

/// The periods of the pupil up to the year of the livret, oldest first.
fn companies(site: &Site<'_>, pupil: Ix<Pupil>, class: &Class) -> Vec<CompanyLine> {
    let school = site.school;
    let record = &school.pupils[pupil];
    let periods = record.periods.iter().filter(|ix| {
        let period = &school.periods[**ix];
        period.year <= class.year && !period.record.apprentis
    });
    periods
        .map(|ix| {
            let period = &school.periods[*ix];
            let mut portfolios = record.portfolios.iter().map(|ix| &school.portfolios[*ix]);
            let portfolio = portfolios.find(|portfolio| portfolio.period == *ix);
            let company = portfolio.and_then(|portfolio| portfolio.record.entreprise.as_ref());
            let parts = company.map(|company| {
                let more = [company.activite.as_ref(), company.ville.as_ref()];
                let more = more.into_iter().flatten().cloned();
                [company.nom.clone()].into_iter().chain(more).collect::<Vec<_>>().join(", ")
            });
            CompanyLine {
                period: period.record.titre.clone(),
                from: period.record.debut.into(),
                to: period.record.fin.into(),
                company: parts,
                country: portfolio
                    .filter(|portfolio| portfolio.is_abroad())
                    .and(company.and_then(|company| company.pays.clone())),
            }
        })
        .collect()
}

/// The projet part, when the rules of the session have one.
pub(super) fn project(
    site: &Site<'_>,
    rules: &LivretRules,
    livret: Option<&Livret>,
) -> Option<ProjectPart> {
    let section = rules.projet?;
    let part = livret.and_then(|livret| livret.record.projet.as_ref());
    let text = text_part(
        part.and_then(|part| part.synthese.as_ref()),
        rules.projet_max.map(|limit| limit.0),
        Some(Origin::Typed),
    );
    let teachers = livret.map(|l| names(site, &l.project_teachers)).unwrap_or_default();
    let something = text.text.is_some() || !teachers.is_empty();
    Some(ProjectPart {
        title: project_title(rules),
        sent: sent(section, part.map(|part| part.exporte), something),
        rule: section.label(),
        text,
        teachers,
        note: part.and_then(|part| part.note).map(typed),
    })
}

/// First name and name of each person, in order.
pub(super) fn names(site: &Site<'_>, people: &[Ix<Person>]) -> Vec<String> {
    people.iter().map(|person| site.school.people[*person].full_name()).collect()
}
