//! A class: last position of each pupil on each competence, team, evaluations, missing reviews.

use serde::Serialize;

use crate::insight::{ClassView, LastPosition, class_view};
use crate::record::Civility;
use crate::school::{Class, Ix};
use crate::text::count;

use super::evaluation_line::{EvaluationLine, evaluation_line};
use super::progress::{Progress, progress};
use super::roll::counted;
use super::{Document, Frame, Menu, Neighbour, Site, Subject, address, frame, link};

/// The context of a class's page.
#[derive(Debug, Serialize)]
pub struct ClassPage {
    /// Around the page.
    pub frame: Frame,
    /// Name.
    pub name: String,
    /// "Première, 2026-2027 : 18 apprenants, dont 1 en apprentissage".
    pub summary: String,
    /// Whether the class belongs to a year before the current one.
    pub past: bool,
    /// Reviews in each official period.
    pub progress: Vec<Progress>,
    /// Professional teachers and form teacher.
    pub team: Vec<Member>,
    /// Its evaluations, in time order.
    pub evaluations: Vec<EvaluationLine>,
    /// Whether the table shows suggestions.
    pub suggestions: bool,
    /// The figures.
    #[serde(skip)]
    pub view: ClassView,
}

/// A member of the class's team.
#[derive(Debug, Serialize)]
pub struct Member {
    /// "M. Mercier".
    pub name: String,
    /// Way to the person's page.
    pub href: String,
    /// Subject taught.
    pub subject: Option<String>,
    /// "professeure principale".
    pub role: Option<&'static str>,
}

/// Computes the page of a class.
pub fn class_page(site: &Site<'_>, ix: Ix<Class>, at: &str) -> ClassPage {
    let school = site.school;
    let class = &school.classes[ix];
    let d = class.diploma;
    let to = |subject| link(at, &address(site, subject));
    let same_year: Vec<Ix<Class>> = site
        .classes(d)
        .iter()
        .copied()
        .filter(|other| school.classes[*other].year == class.year)
        .collect();
    let around = frame(site, at, &class.record.nom, Some(d), Some(Menu::Classes))
        .crumb(site, at, "Vue classes", Subject::Classes(d))
        .walk(format!("Classes de {}", class.year), &same_year, ix, |other| Neighbour {
            label: school.classes[other].record.nom.clone(),
            href: to(Subject::Class(other)),
        })
        .wide()
        .papers(
            site,
            at,
            &[
                Document::ClassList(ix),
                Document::ClassReviews(ix),
                Document::PaperEdition(ix),
                Document::PaperSigning(ix),
            ],
        );
    let view = class_view(school, ix);
    let is_suggested = |last: &LastPosition| matches!(last, LastPosition::Suggested(_));
    ClassPage {
        frame: around,
        name: class.record.nom.clone(),
        summary: summary(site, ix),
        past: class.year != school.current_year(),
        progress: progress(site, at, ix),
        team: team(site, at, class),
        evaluations: class.evaluations.iter().map(|ix| evaluation_line(site, at, *ix)).collect(),
        suggestions: view.lines.iter().any(|(_, line)| line.iter().any(is_suggested)),
        view,
    }
}

fn summary(site: &Site<'_>, ix: Ix<Class>) -> String {
    let class = &site.school.classes[ix];
    let pupils = counted(site.school, ix);
    let apprentices =
        pupils.iter().filter(|(_, status)| *status == crate::record::Status::Apprentice).count();
    let mut text = format!(
        "{}, {}\u{a0}: {}",
        class.record.niveau.label(),
        class.year,
        count(pupils.len(), "apprenant", "apprenants")
    );
    if apprentices > 0 {
        text.push_str(&format!(", dont {apprentices} en apprentissage"));
    }
    text
}

/// The form teacher first, then the professional teachers.
fn team(site: &Site<'_>, at: &str, class: &Class) -> Vec<Member> {
    let mut people: Vec<_> = class.form_teacher.into_iter().collect();
    people.extend(class.team.iter().copied().filter(|person| class.form_teacher != Some(*person)));
    let member = |ix| {
        let person = &site.school.people[ix];
        let role = match person.record.civilite {
            Civility::Sir => "professeur principal",
            Civility::Madam => "professeure principale",
        };
        Member {
            name: person.formal_name(),
            href: link(at, &address(site, Subject::Person(ix))),
            subject: person.record.discipline.clone(),
            role: (class.form_teacher == Some(ix)).then_some(role),
        }
    };
    people.into_iter().map(member).collect()
}
