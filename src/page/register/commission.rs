//! One commission: who sat and signed, and which candidates' documents it opened.

use serde::Serialize;

use super::{anchor, mode, pupil_link, staff};
use crate::insight::{Composition, composition, has_sat, is_deliberation, readings as readings_of};
use crate::page::{Day, Frame, Site, Subject, address, edit_link, frame, link};
use crate::record::ReferentialType;
use crate::school::{Commission, Consultation, Ix};

/// The context of the page of a commission.
#[derive(Debug, Serialize)]
pub struct CommissionPage {
    /// Around the page.
    pub frame: Frame,
    /// Its name.
    pub title: String,
    /// "délibération du jury".
    pub purpose: &'static str,
    /// The exam session.
    pub session: i16,
    /// When it sits.
    pub day: Day,
    /// Where.
    pub place: Option<String>,
    /// When its members were convened.
    pub convened: Option<Day>,
    /// Reference of the minutes.
    pub minutes: Option<String>,
    /// Acronym of the diploma, and the way to it.
    pub diploma: (String, String),
    /// A remark, in Markdown.
    pub remark: Option<String>,
    /// Whether it has minutes or signatures.
    pub sat: bool,
    /// Whether it decides on the diploma.
    pub deliberation: bool,
    /// Members who sat, among those convened.
    pub present: (usize, usize),
    /// Signatures of those who sat.
    pub signed: usize,
    /// Professionals among those who sat.
    pub professionals: usize,
    /// Whether a third of professionals is required, and reached (code de l’éducation, D. 337-93).
    pub third: Option<bool>,
    /// Who presides.
    pub president: Option<String>,
    /// The members, in the order of the file.
    pub members: Vec<RegisterMember>,
    /// The candidates, by name.
    pub candidates: Vec<RegisterCandidate>,
    /// Candidates whose livret nobody noted as opened.
    pub unread: usize,
    /// Way to change it.
    pub edit: Option<String>,
    /// The file, from the folder of the school.
    pub file: String,
}

/// A member convened.
#[derive(Debug, Serialize)]
pub struct RegisterMember {
    /// "Claire Perrin".
    pub name: String,
    /// Way to the person's page, for the staff.
    pub href: Option<String>,
    /// "professionnel".
    pub quality: &'static str,
    /// Whether this member presides.
    pub presides: bool,
    /// Whether this member sat.
    pub present: bool,
    /// Whether this member signed.
    pub signed: bool,
}

/// A candidate.
#[derive(Debug, Serialize)]
pub struct RegisterCandidate {
    /// Name, and way to what the register holds about the pupil.
    pub pupil: (String, Option<String>),
    /// Anchor on this page.
    pub anchor: String,
    /// Name of the class on that day.
    pub class: Option<String>,
    /// The candidate's number.
    pub number: Option<String>,
    /// Whether there is a livret: apprentices have none.
    pub has_livret: bool,
    /// When the livret was opened.
    pub livret: Option<Opened>,
    /// When the filled grids were opened.
    pub grids: Option<Opened>,
}

/// When and how a document was opened.
#[derive(Debug, Serialize)]
pub struct Opened {
    /// When.
    pub day: Day,
    /// "sur place".
    pub mode: &'static str,
    /// Who of the school was there.
    pub witness: Option<String>,
    /// Way to the consultation in the register.
    pub href: String,
}

/// Computes the page of a commission.
pub fn commission_page(site: &Site<'_>, ix: Ix<Commission>, at: &str) -> CommissionPage {
    let school = site.school;
    let commission = &school.commissions[ix];
    let record = &commission.record;
    let diploma = &school.referentials[commission.diploma];
    let counts = composition(commission);
    let readings = readings_of(school, ix);
    let deliberation = is_deliberation(commission);
    let unread = readings.iter().filter(|reading| reading.lacks_livret()).count();
    let candidates = readings.iter().map(|reading| {
        let pupil = &school.pupils[reading.candidate];
        let class = school.class_of(pupil, record.date);
        RegisterCandidate {
            pupil: pupil_link(site, at, reading.candidate),
            anchor: format!("candidat-{}", pupil.id),
            class: class.map(|class| school.classes[class].record.nom.clone()),
            number: pupil.record.numero_candidat.clone(),
            has_livret: reading.has_livret,
            livret: reading.livret.map(|ix| opened(site, at, ix)),
            grids: reading.grids.map(|ix| opened(site, at, ix)),
        }
    });
    CommissionPage {
        frame: frame(site, at, &record.titre, None, None).crumb(
            site,
            at,
            "Registre",
            Subject::Register,
        ),
        title: record.titre.clone(),
        purpose: record.objet.label(),
        session: commission.session,
        day: record.date.into(),
        place: record.lieu.clone(),
        convened: record.convocation.map(Day::from),
        minutes: record.proces_verbal.clone(),
        diploma: (
            diploma.record.sigle.clone(),
            link(at, &address(site, Subject::Diploma(commission.diploma))),
        ),
        remark: record.remarque.as_ref().map(|remark| remark.0.clone()),
        sat: has_sat(commission),
        deliberation,
        present: (counts.present, counts.convened),
        signed: counts.signed,
        professionals: counts.professionals,
        third: third(deliberation, diploma.record.genre, counts),
        president: president(site, commission),
        members: members(site, at, commission),
        candidates: candidates.collect(),
        unread,
        edit: edit_link(site, &commission.file),
        file: commission.file.to_string(),
    }
}

/// Whether the third of professionals is reached, where it is required and somebody sat.
fn third(deliberation: bool, kind: ReferentialType, counts: Composition) -> Option<bool> {
    let required = deliberation && kind == ReferentialType::BacPro && counts.present > 0;
    required.then(|| counts.has_a_third())
}

fn president(site: &Site<'_>, commission: &Commission) -> Option<String> {
    let members = &commission.record.membres;
    let place = members.iter().position(|member| member.preside && member.present)?;
    Some(commission.member_name(&site.school.people, place))
}

fn members(site: &Site<'_>, at: &str, commission: &Commission) -> Vec<RegisterMember> {
    let line = |place: usize| {
        let member = &commission.record.membres[place];
        let name = commission.member_name(&site.school.people, place);
        RegisterMember {
            name: if name.is_empty() { "sans nom".to_owned() } else { name },
            href: commission.members[place].map(|person| staff(site, at, person).1),
            quality: member.qualite.label(),
            presides: member.preside,
            present: member.present,
            signed: member.emargement,
        }
    };
    (0..commission.record.membres.len()).map(line).collect()
}

/// When a document was opened, with the way to that line of the register.
pub(super) fn opened(site: &Site<'_>, at: &str, ix: Ix<Consultation>) -> Opened {
    let consultation = &site.school.consultations[ix];
    let register = link(at, &address(site, Subject::Register));
    Opened {
        day: consultation.record.date.into(),
        mode: mode(consultation.record.mode),
        witness: consultation.witness.map(|person| site.school.people[person].formal_name()),
        href: format!("{register}#{}", anchor(consultation)),
    }
}
