//! What the register holds about one pupil, and nothing of the others: it can be handed over.

use serde::Serialize;

use super::commission::{Opened, opened};
use super::{ConsultationLine, consultation_line};
use crate::insight::readings;
use crate::page::document::refusals;
use crate::page::{D, Day, Frame, Menu, Site, Subject, address, frame, link};
use crate::school::{Commission, Ix, Pupil};

/// The context of the page of a pupil's consultations and deliveries.
#[derive(Debug, Serialize)]
pub struct PupilRegisterPage {
    /// Around the page.
    pub frame: Frame,
    /// "DUPONT Léa".
    pub name: String,
    /// The candidate's number.
    pub number: Option<String>,
    /// Way to the dashboard.
    pub dashboard: String,
    /// Who refused to read the livret online, and when (NAT-28).
    pub refusals: Vec<(String, String)>,
    /// The commissions that examine the pupil.
    pub commissions: Vec<PupilCommission>,
    /// The consultations of the pupil's documents, without the other pupils.
    pub consultations: Vec<ConsultationLine>,
    /// What was handed over.
    pub deliveries: Vec<PupilDelivery>,
}

/// A commission that examines the pupil.
#[derive(Debug, Serialize)]
pub struct PupilCommission {
    /// Its name.
    pub title: String,
    /// Way to its page.
    pub href: String,
    /// When it sits.
    pub day: Day,
    /// "délibération du jury".
    pub purpose: &'static str,
    /// Whether there is a livret: apprentices have none.
    pub has_livret: bool,
    /// When the livret was opened.
    pub livret: Option<Opened>,
    /// When the filled grids were opened.
    pub grids: Option<Opened>,
}

/// A copy handed over.
#[derive(Debug, Serialize)]
pub struct PupilDelivery {
    /// "livret scolaire".
    pub document: &'static str,
    /// Way to the attendance sheet.
    pub href: String,
    /// When.
    pub day: Day,
    /// Why.
    pub reason: Option<String>,
    /// Who received it: nobody named means the pupil.
    pub recipient: Option<String>,
    /// Whether somebody signed.
    pub signed: bool,
}

/// Computes what the register holds about a pupil.
pub fn pupil_register_page(site: &Site<'_>, d: D, ix: Ix<Pupil>, at: &str) -> PupilRegisterPage {
    let school = site.school;
    let pupil = &school.pupils[ix];
    let own = &site.register[ix.get()];
    let to = |subject| link(at, &address(site, subject));
    let name = pupil.list_name();
    let title = format!("{name}, consultations et remises");
    let consultations = own.consultations.iter().map(|one| ConsultationLine {
        pupils: Vec::new(),
        ..consultation_line(site, at, &school.consultations[*one])
    });
    let deliveries = own.deliveries.iter().map(|(delivery, place)| {
        let record = &school.deliveries[*delivery].record;
        let copy = &record.remises[*place];
        PupilDelivery {
            document: record.document.label(),
            href: to(Subject::RegisterDelivery(*delivery)),
            day: copy.le.unwrap_or(record.date).into(),
            reason: record.motif.clone(),
            recipient: copy.destinataire.clone(),
            signed: copy.emargement,
        }
    });
    PupilRegisterPage {
        frame: frame(site, at, title, Some(d), Some(Menu::Dashboards))
            .crumb(site, at, "Tableaux de bord apprenants", Subject::Pupils(d))
            .crumb(site, at, &name, Subject::Dashboard(d, ix)),
        number: pupil.record.numero_candidat.clone(),
        dashboard: to(Subject::Dashboard(d, ix)),
        refusals: refusals(pupil),
        commissions: own
            .commissions
            .iter()
            .filter_map(|commission| of_commission(site, at, *commission, ix))
            .collect(),
        consultations: consultations.collect(),
        deliveries: deliveries.collect(),
        name,
    }
}

fn of_commission(
    site: &Site<'_>,
    at: &str,
    commission: Ix<Commission>,
    pupil: Ix<Pupil>,
) -> Option<PupilCommission> {
    let record = &site.school.commissions[commission].record;
    let all = readings(site.school, commission);
    let reading = all.into_iter().find(|reading| reading.candidate == pupil)?;
    Some(PupilCommission {
        title: record.titre.clone(),
        href: link(at, &address(site, Subject::RegisterCommission(commission))),
        day: record.date.into(),
        purpose: record.objet.label(),
        has_livret: reading.has_livret,
        livret: reading.livret.map(|ix| opened(site, at, ix)),
        grids: reading.grids.map(|ix| opened(site, at, ix)),
    })
}
