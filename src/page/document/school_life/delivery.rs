//! The sheet of signatures of a delivery (NAT-29).

use serde::Serialize;

use crate::page::document::{Desk, SheetFrame, sheet_frame};
use crate::page::{DeliveryPage, delivery_page};
use crate::school::{Delivery, Ix};

/// The context of a sheet of signatures.
#[derive(Debug, Serialize)]
pub struct DeliverySheet {
    /// Around the document.
    pub sheet: SheetFrame,
    /// What its page says.
    pub delivery: DeliveryPage,
}

/// Computes a sheet of signatures.
pub fn delivery_sheet(desk: &Desk<'_>, ix: Ix<Delivery>) -> DeliverySheet {
    let school = desk.site.school;
    let delivery = delivery_page(desk.site, ix, "");
    let named = school.deliveries[ix].pupils.iter().flatten();
    let files = named.map(|pupil| &*school.pupils[*pupil].file);
    let shown = files.chain([&*school.deliveries[ix].file]);
    let about = format!("{}, session {}", delivery.document, delivery.session);
    let sheet = sheet_frame(desk, "Feuille d’émargement", Some(about), None, shown);
    DeliverySheet { sheet, delivery }
}
