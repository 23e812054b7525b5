//! One delivery: the sheet that is signed when a document is handed over (NAT-29).

use serde::Serialize;

use super::{pupil_link, signed, staff};
use crate::page::{Day, Document, Frame, Site, Subject, edit_link, frame};
use crate::school::{Delivery, Ix};

/// The context of the page of a delivery.
#[derive(Debug, Serialize)]
pub struct DeliveryPage {
    /// Around the page.
    pub frame: Frame,
    /// "livret scolaire".
    pub document: &'static str,
    /// The exam session.
    pub session: i16,
    /// Its first day.
    pub day: Day,
    /// Who hands over, and the way to the person.
    pub by: Option<(String, String)>,
    /// Why.
    pub reason: Option<String>,
    /// Signatures, among the copies.
    pub signed: (usize, usize),
    /// The copies, in the order of names.
    pub copies: Vec<CopyLine>,
    /// Way to change it.
    pub edit: Option<String>,
    /// The file, from the folder of the school.
    pub file: String,
}

/// One pupil's copy.
#[derive(Debug, Serialize)]
pub struct CopyLine {
    /// Name, and way to what the register holds about the pupil.
    pub pupil: (String, Option<String>),
    /// Name of the class on that day.
    pub class: Option<String>,
    /// Who receives it: nobody named means the pupil.
    pub recipient: Option<String>,
    /// When.
    pub day: Day,
    /// Whether somebody signed.
    pub signed: bool,
}

/// Computes the page of a delivery.
pub fn delivery_page(site: &Site<'_>, ix: Ix<Delivery>, at: &str) -> DeliveryPage {
    let school = site.school;
    let delivery = &school.deliveries[ix];
    let record = &delivery.record;
    let mut places: Vec<usize> = (0..record.remises.len()).collect();
    places.sort_by(|a, b| {
        let name =
            |place: &usize| delivery.pupils[*place].map(|pupil| school.pupils[pupil].sort_name());
        match (name(a), name(b)) {
            (Some(a), Some(b)) => site.collation.compare_names(a, b),
            (a, b) => a.is_none().cmp(&b.is_none()),
        }
    });
    let copies = places.into_iter().map(|place| {
        let copy = &record.remises[place];
        let day = copy.le.unwrap_or(record.date);
        let class = delivery.pupils[place]
            .and_then(|pupil| school.class_of(&school.pupils[pupil], day))
            .map(|class| school.classes[class].record.nom.clone());
        CopyLine {
            pupil: match delivery.pupils[place] {
                Some(pupil) => pupil_link(site, at, pupil),
                None => (copy.eleve.to_string(), None),
            },
            class,
            recipient: copy.destinataire.clone(),
            day: day.into(),
            signed: copy.emargement,
        }
    });
    let title = format!("Remise : {}", record.document.label());
    DeliveryPage {
        frame: frame(site, at, title, None, None)
            .papers(site, at, &[Document::DeliverySheet(ix)])
            .crumb(site, at, "Registre", Subject::Register),
        document: record.document.label(),
        session: delivery.session,
        day: record.date.into(),
        by: delivery.by.map(|person| staff(site, at, person)),
        reason: record.motif.clone(),
        signed: signed(delivery),
        copies: copies.collect(),
        edit: edit_link(site, &delivery.file),
        file: delivery.file.to_string(),
    }
}
