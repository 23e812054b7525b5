//! "Attestation de compétences": the pupils of the year, and the attestations made (ATT-06).

use serde::Serialize;

use crate::school::{Attestation, Ix, Pupil};

use super::roll::departure;
use super::{D, Day, Frame, Menu, Site, Subject, address, frame, link};

/// The context of the page of attestations.
#[derive(Debug, Serialize)]
pub struct AttestationsPage {
    /// Around the page.
    pub frame: Frame,
    /// Acronym of the diploma.
    pub sigle: String,
    /// Classes of the current year.
    pub classes: Vec<AttestedClass>,
    /// Attestations of pupils who are not there any more, the latest first: day, name, way, class.
    pub earlier: Vec<(Day, String, String, String)>,
}

/// A class and its pupils.
#[derive(Debug, Serialize)]
pub struct AttestedClass {
    /// Anchor within the page.
    pub anchor: String,
    /// Name.
    pub name: String,
    /// Its pupils, in the order of names.
    pub pupils: Vec<AttestedPupil>,
}

/// A pupil and the attestations.
#[derive(Debug, Serialize)]
pub struct AttestedPupil {
    /// "DUPONT Léa".
    pub name: String,
    /// Way to prepare one.
    pub href: String,
    /// "partie le 15/01/2027".
    pub gone: Option<String>,
    /// Attestations made: day, way, number of competences.
    pub made: Vec<(Day, String, usize)>,
    /// The session at which the pupil obtained the diploma.
    pub obtained: Option<i64>,
}

/// Computes the page of attestations of a diploma.
pub fn attestations_page(site: &Site<'_>, d: D, at: &str) -> AttestationsPage {
    let school = site.school;
    let to = |subject| link(at, &address(site, subject));
    let classes = site.current_classes(d).map(|ix| {
        let class = &school.classes[ix];
        // A pupil who changed class is listed in the last one only.
        let here = class.pupils.iter().filter(|pupil| site.last_class(d, **pupil) == Some(ix));
        AttestedClass {
            anchor: format!("c-{}", class.key),
            name: class.record.nom.clone(),
            pupils: here
                .map(|pupil| AttestedPupil {
                    name: school.pupils[*pupil].list_name(),
                    href: to(Subject::PrepareAttestation(d, *pupil)),
                    gone: departure(school, ix, *pupil),
                    made: made(site, d, *pupil)
                        .map(|made| {
                            let record = &school.attestations[made];
                            let href = to(Subject::Attestation(made));
                            (record.key.date.into(), href, record.ticks.len())
                        })
                        .collect(),
                    obtained: obtained(site, d, *pupil),
                })
                .collect(),
        }
    });
    let mut earlier: Vec<(Ix<Attestation>, &Attestation)> = school
        .attestations
        .iter()
        .filter(|(_, made)| made.diploma == d && !site.may_be_attested(d, made.pupil))
        .collect();
    earlier.sort_by_key(|(ix, made)| (std::cmp::Reverse(made.key.date), *ix));
    let title = "Attestation de compétences";
    AttestationsPage {
        frame: frame(site, at, title, Some(d), Some(Menu::Attestations)),
        sigle: school.referentials[d].record.sigle.clone(),
        classes: classes.collect(),
        earlier: earlier
            .into_iter()
            .map(|(ix, made)| {
                let class = school.classes[made.class].record.nom.clone();
                let name = school.pupils[made.pupil].list_name();
                (made.key.date.into(), name, to(Subject::Attestation(ix)), class)
            })
            .collect(),
    }
}

/// The attestations of a pupil on a diploma, oldest first.
pub(super) fn made<'a>(
    site: &'a Site<'_>,
    d: D,
    pupil: Ix<Pupil>,
) -> impl Iterator<Item = Ix<Attestation>> + 'a {
    let all = site.school.pupils[pupil].attestations.iter().copied();
    all.filter(move |ix| site.school.attestations[*ix].diploma == d)
}

/// The session at which a pupil obtained a diploma.
pub(super) fn obtained(site: &Site<'_>, d: D, pupil: Ix<Pupil>) -> Option<i64> {
    let code = &site.school.referentials[d].code;
    let held = &site.school.pupils[pupil].record.diplomes;
    held.iter().find(|held| held.diplome.0 == *code).map(|held| held.session.0)
}
