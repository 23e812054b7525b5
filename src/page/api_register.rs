//! The JSON twin of one session of the register: composition, readings, consultations, deliveries.

use serde::Serialize;

use super::Site;
use crate::insight::{composition, has_sat, readings};
use crate::record::ConsultationMode;
use crate::school::{Commission, Consultation, Delivery, Ix};
use crate::text::Date;

/// The twin of a session of the register.
#[derive(Debug, Serialize)]
pub struct RegisterTwin<'a> {
    session: i16,
    commissions: Vec<CommissionTwin<'a>>,
    consultations: Vec<ConsultationTwin<'a>>,
    remises: Vec<DeliveryTwin<'a>>,
}

#[derive(Debug, Serialize)]
struct CommissionTwin<'a> {
    id: &'a str,
    titre: &'a str,
    objet: &'static str,
    diplome: &'a str,
    date: Date,
    a_siege: bool,
    convoques: usize,
    presents: usize,
    emargements: usize,
    professionnels: usize,
    candidats: Vec<CandidateTwin<'a>>,
}

#[derive(Debug, Serialize)]
struct CandidateTwin<'a> {
    eleve: &'a str,
    /// Whether there is a livret: apprentices have none.
    a_un_livret: bool,
    /// The consultation that opened it.
    livret: Option<&'a str>,
    grilles: Option<&'a str>,
}

#[derive(Debug, Serialize)]
struct ConsultationTwin<'a> {
    id: &'a str,
    date: Date,
    par: &'static str,
    commission: Option<&'a str>,
    documents: Vec<&'static str>,
    mode: &'static str,
    eleves: Vec<&'a str>,
}

#[derive(Debug, Serialize)]
struct DeliveryTwin<'a> {
    id: &'a str,
    document: &'static str,
    date: Date,
    remises: usize,
    emargements: usize,
}

/// The sessions that the register knows, in order.
pub fn register_sessions(site: &Site<'_>) -> Vec<i16> {
    let school = site.school;
    let commissions = school.commissions.values().iter().map(|one| one.session);
    let consultations = school.consultations.values().iter().map(|one| one.session);
    let deliveries = school.deliveries.values().iter().map(|one| one.session);
    let mut sessions: Vec<i16> = commissions.chain(consultations).chain(deliveries).collect();
    sessions.sort_unstable();
    sessions.dedup();
    sessions
}

/// The twin of a session of the register.
pub fn register_twin<'a>(site: &Site<'a>, session: i16) -> RegisterTwin<'a> {
    let school = site.school;
    let commissions = school.commissions.iter().filter(|(_, one)| one.session == session);
    let consultations = school.consultations.values().iter();
    let deliveries = school.deliveries.values().iter();
    RegisterTwin {
        session,
        commissions: commissions.map(|(ix, one)| commission_twin(site, ix, one)).collect(),
        consultations: consultations
            .filter(|one| one.session == session)
            .map(|one| consultation_twin(site, one))
            .collect(),
        remises: deliveries.filter(|one| one.session == session).map(delivery_twin).collect(),
    }
}

fn commission_twin<'a>(
    site: &Site<'a>,
    ix: Ix<Commission>,
    commission: &'a Commission,
) -> CommissionTwin<'a> {
    let school = site.school;
    let counts = composition(commission);
    let slug = |ix: Ix<Consultation>| school.consultations[ix].slug.as_str();
    let candidate = |reading: crate::insight::Reading| CandidateTwin {
        eleve: &school.pupils[reading.candidate].id,
        a_un_livret: reading.has_livret,
        livret: reading.livret.map(slug),
        grilles: reading.grids.map(slug),
    };
    CommissionTwin {
        id: &commission.slug,
        titre: &commission.record.titre,
        objet: commission.record.objet.as_str(),
        diplome: &school.referentials[commission.diploma].code,
        date: commission.record.date,
        a_siege: has_sat(commission),
        convoques: counts.convened,
        presents: counts.present,
        emargements: counts.signed,
        professionnels: counts.professionals,
        candidats: readings(school, ix).into_iter().map(candidate).collect(),
    }
}

fn consultation_twin<'a>(site: &Site<'a>, one: &'a Consultation) -> ConsultationTwin<'a> {
    let school = site.school;
    let mode: ConsultationMode = one.record.mode;
    ConsultationTwin {
        id: &one.slug,
        date: one.record.date,
        par: one.record.par.as_str(),
        commission: one.commission.map(|ix| school.commissions[ix].slug.as_str()),
        documents: one.record.documents.iter().map(|document| document.as_str()).collect(),
        mode: mode.as_str(),
        eleves: one.pupils.iter().map(|ix| school.pupils[*ix].id.as_str()).collect(),
    }
}

fn delivery_twin(one: &Delivery) -> DeliveryTwin<'_> {
    let copies = &one.record.remises;
    DeliveryTwin {
        id: &one.slug,
        document: one.record.document.as_str(),
        date: one.record.date,
        remises: copies.len(),
        emargements: copies.iter().filter(|copy| copy.emargement).count(),
    }
}
