//! Folders that go to other schools and come from them: where each stands, and who does what next (TRF-05).

mod received;

use serde::Serialize;

use super::{Day, Frame, Site, Subject, address, frame, link};
use crate::record::{TransferStage, TransferWay};
use crate::school::{Ix, Pupil, School, Transfer};

pub use received::{
    ReceivedChange, ReceivedClass, ReceivedDeed, ReceivedEvaluation, ReceivedGrid, ReceivedLink,
    ReceivedLivret, ReceivedPage, ReceivedPlacement, ReceivedReview, ReceivedSuccess,
    received_links, received_page,
};

/// The context of the page of transfers.
#[derive(Debug, Serialize)]
pub struct TransfersPage {
    /// Around the page.
    pub frame: Frame,
    /// Whether folders may go and come.
    pub open: bool,
    /// The schools they are exchanged with: name, code, how many keys are good today.
    pub partners: Vec<(String, String, usize)>,
    /// Folders that come.
    pub arrivals: Vec<TransferLine>,
    /// Folders that go.
    pub departures: Vec<TransferLine>,
}

/// A transfer.
#[derive(Debug, Serialize)]
pub struct TransferLine {
    /// "DUPONT Léa".
    pub name: String,
    /// Way to the dashboard, once the pupil is here.
    pub href: Option<String>,
    /// The other school.
    pub school: String,
    /// The school year.
    pub year: String,
    /// The steps that were made: what, when, by whom of this school.
    pub steps: Vec<(&'static str, Day, Option<String>)>,
    /// Whether nothing is left to do.
    pub done: bool,
    /// What comes next.
    pub next: String,
    /// Who does it.
    pub who: &'static str,
    /// Way to the folder that came.
    pub folder: Option<String>,
}

/// Whether there is something to show of transfers.
pub fn has_transfers(school: &School) -> bool {
    school.establishment.transferts.is_some()
        || school.transfers.iter().next().is_some()
        || school.received.iter().next().is_some()
}

/// Computes the page of transfers.
pub fn transfers_page(site: &Site<'_>, at: &str) -> TransfersPage {
    let school = site.school;
    let settings = school.establishment.transferts.as_ref();
    let partners = settings.map_or_else(Vec::new, |settings| {
        let good = |key: &&crate::record::StaffKey| {
            key.du.is_none_or(|from| from <= site.today) && key.au.is_none_or(|to| site.today <= to)
        };
        let partners = settings.partenaires.iter();
        partners
            .map(|one| (one.nom.clone(), one.uai.clone(), one.cles.iter().filter(good).count()))
            .collect()
    });
    let lines = |way: TransferWay| {
        let mut lines: Vec<(bool, &Transfer)> = (school.transfers.values().iter().rev())
            .filter(|one| one.record.sens == way)
            .map(|one| (one.record.stage() == Some(TransferStage::Merged), one))
            .collect();
        lines.sort_by_key(|(done, _)| *done);
        lines.into_iter().map(|(_, one)| line(site, at, one)).collect()
    };
    TransfersPage {
        frame: frame(site, at, "Transferts de dossiers", None, None).crumb(
            site,
            at,
            "Console de pilotage",
            Subject::Console,
        ),
        open: school.has_transfers(),
        partners,
        arrivals: lines(TransferWay::Arrives),
        departures: lines(TransferWay::Leaves),
    }
}

/// Way to the dashboard of a pupil's own diploma.
pub(super) fn dashboard(site: &Site<'_>, at: &str, pupil: Ix<Pupil>) -> Option<String> {
    let home = site.home_diploma(pupil)?;
    Some(link(at, &address(site, Subject::Dashboard(home, pupil))))
}

/// The name of a school by its code: among the partners, else the code.
fn school_name(school: &School, uai: &str) -> String {
    school.partner(uai).map_or_else(|| uai.to_owned(), |one| format!("{} ({})", one.nom, one.uai))
}

fn line(site: &Site<'_>, at: &str, one: &Transfer) -> TransferLine {
    let school = site.school;
    let record = &one.record;
    let steps = TransferStage::ALL.into_iter().filter_map(|stage| {
        let step = record.step(stage)?;
        let by = step.par.as_ref().and_then(|id| school.person(id));
        let by = by.map(|ix| school.people[ix].full_name());
        Some((stage.label(), step.le.into(), by))
    });
    let (next, who) = next_step(one);
    let digest = record.fusion.as_ref().and_then(|step| step.paquet.as_deref());
    let folder = one.pupil.and_then(|pupil| {
        let mut all = school.pupils[pupil].received.iter().copied();
        let found = all.find(|ix| {
            let file = &school.received[*ix].file;
            digest
                .is_some_and(|digest| school.digests.get(file).is_some_and(|known| known == digest))
        })?;
        Some(link(at, &address(site, Subject::Received(found))))
    });
    TransferLine {
        name: format!("{} {}", record.nom.to_uppercase(), record.prenom),
        href: one.pupil.and_then(|pupil| dashboard(site, at, pupil)),
        school: school_name(school, &record.etablissement),
        year: one.year.to_string(),
        steps: steps.collect(),
        done: record.stage() == Some(TransferStage::Merged),
        next,
        who,
        folder,
    }
}

/// What comes next, and who does it.
pub(super) fn next_step(one: &Transfer) -> (String, &'static str) {
    use TransferStage::{Merged, Received, Requested, Sent};
    let record = &one.record;
    match (record.sens, record.stage()) {
        (_, Some(Merged)) => ("Terminé".to_owned(), ""),
        (TransferWay::Leaves, None | Some(Requested)) => (
            "bilan de la période, import de SIECLE, puis préparer le paquet (jalon export transfer)"
                .to_owned(),
            "DDFPT",
        ),
        (TransferWay::Leaves, Some(Sent)) => {
            ("remettre le paquet, puis noter sa réception quand elle est annoncée".to_owned(), "DDFPT")
        }
        (TransferWay::Leaves, Some(Received)) => {
            ("l’autre établissement range le dossier".to_owned(), "l’autre établissement")
        }
        (TransferWay::Arrives, None | Some(Requested | Sent)) => (
            "préparer le paquet et le remettre".to_owned(),
            "l’autre établissement",
        ),
        (TransferWay::Arrives, Some(Received)) if one.pupil.is_none() => (
            "importer SIECLE, qui crée l’élève, puis relancer jalon import transfer".to_owned(),
            "DDFPT",
        ),
        (TransferWay::Arrives, Some(Received)) => {
            ("relancer jalon import transfer avec le même paquet".to_owned(), "DDFPT")
        }
    }
}
