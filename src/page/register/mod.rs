//! The register: commissions, consultations and deliveries of each session, newest session first.

mod commission;
mod delivery;
mod pupil;

use serde::Serialize;

pub use commission::{CommissionPage, Opened, RegisterCandidate, RegisterMember, commission_page};
pub use delivery::{CopyLine, DeliveryPage, delivery_page};
pub use pupil::{PupilCommission, PupilDelivery, PupilRegisterPage, pupil_register_page};

use super::{Day, Frame, Site, Subject, address, frame, link, new_file_link, register_sessions};
use crate::insight::{composition, has_sat, is_deliberation, readings};
use crate::record::{ConsultationMode, KeptDocument, Reader};
use crate::school::{Commission, Consultation, Delivery, Ix, Person, Pupil};
use crate::text::and_list;

/// The context of the register.
#[derive(Debug, Serialize)]
pub struct RegisterPage {
    /// Around the page.
    pub frame: Frame,
    /// The sessions, newest first.
    pub sessions: Vec<RegisterSession>,
    /// Ways to add a commission, a consultation, a delivery: words and address.
    pub additions: Vec<(&'static str, String)>,
}

/// One session of the register.
#[derive(Debug, Serialize)]
pub struct RegisterSession {
    /// "2027".
    pub session: i16,
    /// Its commissions, by date.
    pub commissions: Vec<CommissionLine>,
    /// Its consultations, by date.
    pub consultations: Vec<ConsultationLine>,
    /// Its deliveries, by date.
    pub deliveries: Vec<DeliveryLine>,
}

/// A commission in a list.
#[derive(Debug, Serialize)]
pub struct CommissionLine {
    /// Its name.
    pub title: String,
    /// Way to its page.
    pub href: String,
    /// When it sits.
    pub day: Day,
    /// "délibération du jury".
    pub purpose: &'static str,
    /// Acronym of the diploma.
    pub diploma: String,
    /// Whether it has minutes or signatures.
    pub sat: bool,
    /// Members who sat, among those convened.
    pub present: (usize, usize),
    /// Signatures, among those who sat.
    pub signed: (usize, usize),
    /// Livrets opened, among the candidates who have one; for a deliberation.
    pub livrets: Option<(usize, usize)>,
}

/// A consultation in a list.
#[derive(Debug, Serialize)]
pub struct ConsultationLine {
    /// Anchor on the page of the register.
    pub anchor: String,
    /// When.
    pub day: Day,
    /// "jury", "famille : Mme Dupont".
    pub reader: String,
    /// The commission that read, and the way to it.
    pub commission: Option<(String, String)>,
    /// "livret scolaire et grilles de certification".
    pub documents: String,
    /// "sur place".
    pub mode: &'static str,
    /// Who of the school was there, and the way to the person.
    pub witness: Option<(String, String)>,
    /// A remark, in Markdown.
    pub remark: Option<String>,
    /// The pupils: name and way.
    pub pupils: Vec<(String, Option<String>)>,
    /// The file, from the folder of the school.
    pub file: String,
}

/// A delivery in a list.
#[derive(Debug, Serialize)]
pub struct DeliveryLine {
    /// "livret scolaire".
    pub document: &'static str,
    /// Way to its attendance sheet.
    pub href: String,
    /// Its first day.
    pub day: Day,
    /// Who hands over, and the way to the person.
    pub by: Option<(String, String)>,
    /// Why.
    pub reason: Option<String>,
    /// Signatures, among the copies.
    pub signed: (usize, usize),
}

/// Computes the register.
pub fn register_page(site: &Site<'_>, at: &str) -> RegisterPage {
    let school = site.school;
    let sessions = register_sessions(site);
    let next = sessions.last().copied().unwrap_or(school.current_year().0 + 1);
    let add = |words, kind: &str, name: &str| {
        let folder = format!("register/{next}/{kind}");
        Some((words, new_file_link(site, &folder, name)?))
    };
    RegisterPage {
        frame: frame(site, at, "Registre", None, None),
        sessions: sessions
            .into_iter()
            .rev()
            .map(|session| session_part(site, at, session))
            .collect(),
        additions: [
            add("Ajouter une commission", "commissions", "jury.toml"),
            add("Ajouter une consultation", "consultations", "consultation.toml"),
            add("Ajouter une remise", "deliveries", "remise.toml"),
        ]
        .into_iter()
        .flatten()
        .collect(),
    }
}

fn session_part(site: &Site<'_>, at: &str, session: i16) -> RegisterSession {
    let school = site.school;
    let mut commissions: Vec<_> =
        school.commissions.iter().filter(|(_, one)| one.session == session).collect();
    commissions.sort_by_key(|(_, one)| one.record.date);
    let consultations = school.consultations.iter().filter(|(_, one)| one.session == session);
    let deliveries = school.deliveries.iter().filter(|(_, one)| one.session == session);
    RegisterSession {
        session,
        commissions: commissions
            .into_iter()
            .map(|(ix, one)| commission_line(site, at, ix, one))
            .collect(),
        consultations: consultations.map(|(_, one)| consultation_line(site, at, one)).collect(),
        deliveries: deliveries.map(|(ix, one)| delivery_line(site, at, ix, one)).collect(),
    }
}

fn commission_line(
    site: &Site<'_>,
    at: &str,
    ix: Ix<Commission>,
    commission: &Commission,
) -> CommissionLine {
    let counts = composition(commission);
    let record = &commission.record;
    CommissionLine {
        title: record.titre.clone(),
        href: link(at, &address(site, Subject::RegisterCommission(ix))),
        day: record.date.into(),
        purpose: record.objet.label(),
        diploma: site.school.referentials[commission.diploma].record.sigle.clone(),
        sat: has_sat(commission),
        present: (counts.present, counts.convened),
        signed: (counts.signed, counts.present),
        livrets: is_deliberation(commission).then(|| livrets(site, ix)),
    }
}

/// Livrets that a jury opened, among the candidates who have one.
fn livrets(site: &Site<'_>, ix: Ix<Commission>) -> (usize, usize) {
    let readings = readings(site.school, ix);
    let expected = readings.iter().filter(|reading| reading.has_livret);
    (expected.clone().filter(|reading| reading.livret.is_some()).count(), expected.count())
}

fn consultation_line(site: &Site<'_>, at: &str, consultation: &Consultation) -> ConsultationLine {
    let record = &consultation.record;
    ConsultationLine {
        anchor: anchor(consultation),
        day: record.date.into(),
        reader: reader(consultation),
        commission: consultation.commission.map(|ix| {
            let title = site.school.commissions[ix].record.titre.clone();
            (title, link(at, &address(site, Subject::RegisterCommission(ix))))
        }),
        documents: documents(&record.documents),
        mode: mode(record.mode),
        witness: consultation.witness.map(|person| staff(site, at, person)),
        remark: record.remarque.as_ref().map(|remark| remark.0.clone()),
        pupils: consultation.pupils.iter().map(|pupil| pupil_link(site, at, *pupil)).collect(),
        file: consultation.file.to_string(),
    }
}

fn delivery_line(site: &Site<'_>, at: &str, ix: Ix<Delivery>, delivery: &Delivery) -> DeliveryLine {
    let record = &delivery.record;
    DeliveryLine {
        document: record.document.label(),
        href: link(at, &address(site, Subject::RegisterDelivery(ix))),
        day: record.date.into(),
        by: delivery.by.map(|person| staff(site, at, person)),
        reason: record.motif.clone(),
        signed: signed(delivery),
    }
}

/// Signatures, among the copies of a delivery.
fn signed(delivery: &Delivery) -> (usize, usize) {
    let copies = &delivery.record.remises;
    (copies.iter().filter(|copy| copy.emargement).count(), copies.len())
}

/// The anchor of a consultation on the page of the register.
fn anchor(consultation: &Consultation) -> String {
    format!("consultation-{}-{}", consultation.session, consultation.slug)
}

/// "jury", "famille : Mme Dupont".
fn reader(consultation: &Consultation) -> String {
    let record = &consultation.record;
    let word = match record.par {
        Reader::Other => "tiers",
        reader => reader.label(),
    };
    match &record.demandeur {
        Some(name) => format!("{word} : {name}"),
        None => word.to_owned(),
    }
}

/// "livret scolaire et grilles de certification".
fn documents(list: &[KeptDocument]) -> String {
    let words: Vec<&str> = list.iter().map(|document| document.label()).collect();
    and_list(&words)
}

fn mode(mode: ConsultationMode) -> &'static str {
    mode.label()
}

/// "Mme Faure", and the way to her page.
fn staff(site: &Site<'_>, at: &str, person: Ix<Person>) -> (String, String) {
    let name = site.school.people[person].formal_name();
    (name, link(at, &address(site, Subject::Person(person))))
}

/// "DUPONT Léa", and the way to what the register holds about her.
fn pupil_link(site: &Site<'_>, at: &str, pupil: Ix<Pupil>) -> (String, Option<String>) {
    let name = site.school.pupils[pupil].list_name();
    let home = site.home_diploma(pupil);
    (name, home.map(|d| link(at, &address(site, Subject::PupilRegister(d, pupil)))))
}
