//! One attestation, and the page on which the next one is prepared (ATT-02 to ATT-05).

use serde::Serialize;

use crate::insight::{Acquired, acquired};
use crate::record::{AttestationReason, Level, Role};
use crate::school::{Attestation, Ix, Pupil, Referential};
use crate::text::{count, elide_de, long_date, short_date};

use super::attestations::{made, obtained};
use super::certification::{on_by, who};
use super::home::full_name;
use super::{D, Day, Document, Frame, Menu, Neighbour, Site, Subject, address, frame, link};

/// The context of the page of an attestation.
#[derive(Debug, Serialize)]
pub struct AttestationPage {
    /// Around the page.
    pub frame: Frame,
    /// "Léa Dupont".
    pub name: String,
    /// "née le 14 mars 2009".
    pub born: String,
    /// The establishment: name, then address and town.
    pub school: (String, String),
    /// "Baccalauréat professionnel Métiers du commerce et de la vente".
    pub diploma: String,
    /// Acronym and version of the référentiel, and the way to it.
    pub referential: (String, String),
    /// "30 juin 2027".
    pub date: String,
    /// "fin de parcours".
    pub reason: &'static str,
    /// Who prepared it.
    pub author: String,
    /// A remark, in Markdown.
    pub remark: Option<String>,
    /// The competences validated, and no others.
    pub ticks: Vec<TickLine>,
    /// How many competences the référentiel has.
    pub total: usize,
    /// The session at which the pupil obtained the diploma: no attestation is needed (ATT-01).
    pub obtained: Option<i64>,
    /// Name of the head of the establishment, who signs.
    pub head: Option<String>,
    /// Way to change its file.
    pub edit: Option<String>,
    /// Way to the page where it was prepared.
    pub prepare: Option<String>,
    /// Way to the dashboard.
    pub dashboard: Option<String>,
}

/// A competence validated.
#[derive(Debug, Serialize)]
pub struct TickLine {
    /// Code.
    pub code: String,
    /// Wording.
    pub title: String,
    /// "le 25/06/2027 par M. Mercier".
    pub by: String,
}

/// The context of the page on which an attestation is prepared.
#[derive(Debug, Serialize)]
pub struct PrepareAttestationPage {
    /// Around the page.
    pub frame: Frame,
    /// "DUPONT Léa".
    pub name: String,
    /// Name of the class and way to it.
    pub class: Option<(String, String)>,
    /// Way to the dashboard.
    pub dashboard: String,
    /// Way to the compact dashboard.
    pub compact: String,
    /// Attestations made: day, way, number of competences.
    pub made: Vec<(Day, String, String)>,
    /// The session at which the pupil obtained the diploma.
    pub obtained: Option<i64>,
    /// One line a competence.
    pub lines: Vec<AcquiredLine>,
    /// Where the file goes.
    pub folder: String,
    /// Way to make it on the forge.
    pub href: Option<String>,
    /// Its text, with each competence in a remark.
    pub text: String,
}

/// A competence with the figures of the dashboard.
#[derive(Debug, Serialize)]
pub struct AcquiredLine {
    /// Code.
    pub code: String,
    /// Wording.
    pub title: String,
    /// The last position: sign and day.
    pub last: Option<(&'static str, Day)>,
    /// Numbers of results: NE, --, -, +, ++.
    pub results: [usize; 5],
    /// How many results there are, but for "not assessed".
    pub assessed: usize,
    /// What the results suggest: sign and words.
    pub suggestion: Option<(&'static str, &'static str)>,
    /// The last attestation already validates it.
    pub ticked: bool,
}

/// The way to the page on which an attestation of a pupil is prepared, when one may be.
pub fn attestation_way(site: &Site<'_>, d: D, pupil: Ix<Pupil>, at: &str) -> Option<String> {
    let subject = Subject::PrepareAttestation(d, pupil);
    site.may_be_attested(d, pupil).then(|| link(at, &address(site, subject)))
}

/// Computes the page of an attestation.
pub fn attestation_page(site: &Site<'_>, ix: Ix<Attestation>, at: &str) -> AttestationPage {
    let school = site.school;
    let made = &school.attestations[ix];
    let (d, pupil) = (made.diploma, &school.pupils[made.pupil]);
    let referential = &school.referentials[d];
    let to = |subject| link(at, &address(site, subject));
    let here = &school.establishment;
    let town = [here.adresse.clone(), join(&here.code_postal, &here.ville)];
    let is_head = |person: &&crate::school::Person| {
        person.has_role(Role::Head) && person.record.inactif_depuis.is_none()
    };
    let title = format!("Attestation {}", elide_de(&pupil.list_name()));
    let known = site.last_class(d, made.pupil).is_some();
    AttestationPage {
        frame: frame(site, at, title, Some(d), Some(Menu::Attestations))
            .papers(site, at, &[Document::Attestation(ix)])
            .crumb(site, at, "Attestation de compétences", Subject::Attestations(d)),
        name: pupil.full_name(),
        born: format!(
            "{} le {}",
            pupil.agree("née", "né", "né(e)"),
            long_date(pupil.record.naissance)
        ),
        school: (here.nom.clone(), town.into_iter().flatten().collect::<Vec<_>>().join(", ")),
        diploma: full_name(referential),
        referential: (version(referential), to(Subject::Referential(d))),
        date: long_date(made.key.date),
        reason: AttestationReason::label(made.record.motif),
        author: who(site, &made.record.auteur),
        remark: made
            .record
            .remarque
            .as_ref()
            .map(|prose| prose.0.clone())
            .filter(|t| !t.is_empty()),
        ticks: made
            .ticks
            .iter()
            .map(|(competence, _, day)| {
                let record = referential.competence_record(*competence);
                let tick = made.record.competences.get(&record.code);
                let by = tick.map_or_else(
                    || format!("le {}", short_date(*day)),
                    |tick| on_by(site, *day, &tick.par),
                );
                TickLine { code: record.code.clone(), title: record.intitule.clone(), by }
            })
            .collect(),
        total: referential.competences.len(),
        obtained: obtained(site, d, made.pupil),
        head: school.people.values().iter().find(is_head).map(crate::school::Person::full_name),
        edit: super::edit_link(site, &made.file),
        prepare: site
            .may_be_attested(d, made.pupil)
            .then(|| to(Subject::PrepareAttestation(d, made.pupil))),
        dashboard: known.then(|| to(Subject::Dashboard(d, made.pupil))),
    }
}

/// Computes the page on which an attestation of a pupil is prepared.
pub fn prepare_attestation_page(
    site: &Site<'_>,
    d: D,
    pupil_ix: Ix<Pupil>,
    at: &str,
) -> PrepareAttestationPage {
    let school = site.school;
    let pupil = &school.pupils[pupil_ix];
    let referential = &school.referentials[d];
    let to = |subject| link(at, &address(site, subject));
    let title = format!("Préparer l’attestation {}", elide_de(&pupil.list_name()));
    let mut around = frame(site, at, title, Some(d), Some(Menu::Attestations)).crumb(
        site,
        at,
        "Attestation de compétences",
        Subject::Attestations(d),
    );
    let class = site.last_class(d, pupil_ix);
    if let Some(class) = class {
        let list: Vec<Ix<Pupil>> = (school.classes[class].pupils.iter().copied())
            .filter(|other| site.last_class(d, *other) == Some(class))
            .collect();
        let label = format!("Apprenants de {}", school.classes[class].record.nom);
        around = around.walk(label, &list, pupil_ix, |other| Neighbour {
            label: school.pupils[other].list_name(),
            href: to(Subject::PrepareAttestation(d, other)),
        });
    }
    let figures = acquired(school, pupil_ix, d);
    let all: Vec<Ix<Attestation>> = made(site, d, pupil_ix).collect();
    let ticked = |line: &Acquired| {
        let ticks = all.last().map(|ix| &school.attestations[*ix].ticks);
        ticks.is_some_and(|ticks| ticks.iter().any(|(other, ..)| *other == line.competence))
    };
    let folder = format!("students/{}/{}/attestations", pupil.cohort, pupil.id);
    PrepareAttestationPage {
        frame: around,
        name: pupil.list_name(),
        class: class
            .map(|class| (school.classes[class].record.nom.clone(), to(Subject::Class(class)))),
        dashboard: to(Subject::Dashboard(d, pupil_ix)),
        compact: to(Subject::Compact(d, pupil_ix)),
        made: all
            .iter()
            .map(|ix| {
                let made = &school.attestations[*ix];
                let number = count(made.ticks.len(), "compétence", "compétences");
                (made.key.date.into(), to(Subject::Attestation(*ix)), number)
            })
            .collect(),
        obtained: obtained(site, d, pupil_ix),
        text: text(referential, &figures),
        lines: figures
            .iter()
            .map(|line| {
                let record = referential.competence_record(line.competence);
                let suggestion = line.suggestion.as_ref();
                AcquiredLine {
                    code: record.code.clone(),
                    title: record.intitule.clone(),
                    last: line.last.map(|(level, day)| (level.as_str(), day.into())),
                    results: line.results.levels,
                    assessed: line.results.assessed(),
                    suggestion: suggestion
                        .map(|suggestion| (suggestion.level.as_str(), suggestion.level.label())),
                    ticked: ticked(line),
                }
            })
            .collect(),
        href: super::new_file_link(site, &folder, "ANNEE-MOIS-JOUR.toml"),
        folder,
    }
}

/// An attestation to complete: nothing is validated until a teacher takes a hash away (ATT-03).
fn text(referential: &Referential, figures: &[Acquired]) -> String {
    let mut text = String::from(
        "date = ?\nauteur = \"?\"\nmotif = \"?\"  # fin-de-parcours ou sortie\n\n[competences]\n",
    );
    let sign = |level: Level| level.as_str();
    for line in figures {
        let record = referential.competence_record(line.competence);
        let known = match line.last {
            Some((level, day)) => format!("dernier bilan {} le {}", sign(level), short_date(day)),
            None => "jamais positionnée".to_owned(),
        };
        text.push_str(&format!(
            "# \"{}\" = {{ par = \"?\", le = ? }}  # {known} ; {}\n",
            record.code, record.intitule
        ));
    }
    text
}

/// "MCV A, version 2022".
fn version(referential: &Referential) -> String {
    format!("{}, version {}", referential.record.sigle, referential.record.version)
}

/// A post code and a town.
fn join(code: &Option<String>, town: &Option<String>) -> Option<String> {
    match (code, town) {
        (Some(code), Some(town)) => Some(format!("{code} {town}")),
        (code, town) => code.clone().or_else(|| town.clone()),
    }
}
