//! An attestation of competences, as the head of the establishment signs it (ATT-05).

use serde::Serialize;

use crate::page::document::{Desk, SheetFrame, sheet_frame};
use crate::page::{AttestationPage, attestation_page};
use crate::record::AttestationReason;
use crate::school::{Attestation, Ix};

/// The context of a printed attestation.
#[derive(Debug, Serialize)]
pub struct AttestationSheet {
    /// Around the document.
    pub sheet: SheetFrame,
    /// What its page says.
    pub attestation: AttestationPage,
    /// "au terme de son parcours".
    pub reason: &'static str,
    /// Where it is made, when the establishment says its town.
    pub town: Option<String>,
}

/// Computes a printed attestation.
pub fn attestation_sheet(desk: &Desk<'_>, ix: Ix<Attestation>) -> AttestationSheet {
    let school = desk.site.school;
    let made = &school.attestations[ix];
    let pupil = &school.pupils[made.pupil];
    let page = attestation_page(desk.site, ix, "");
    let title = "Attestation de compétences professionnelles";
    let shown = [&*made.file, &*pupil.file];
    let sheet = sheet_frame(desk, title, Some(pupil.list_name()), Some(made.diploma), shown);
    AttestationSheet {
        sheet: sheet.of_year(school.classes[made.class].year),
        attestation: page,
        reason: match made.record.motif {
            AttestationReason::End => "au terme de son parcours",
            AttestationReason::Leaving => "avant le terme de son parcours",
        },
        town: school.establishment.ville.clone(),
    }
}
