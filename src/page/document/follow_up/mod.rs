//! Reviews, follow-up and certification on paper: one context a file.

mod attestation;
mod class_reviews;
mod dossier;
mod grid;
mod learner;
mod parts;
mod recap;
mod slip;

pub use attestation::{AttestationSheet, attestation_sheet};
pub use class_reviews::{ClassReviewsSheet, LastReviewLine, class_reviews_sheet};
pub use dossier::{DossierSheet, dossier_sheet};
pub use grid::{GridSheet, MemberSeat, grid_sheet};
pub use learner::{FollowUpSheet, ResultLine, follow_up_sheet};
pub use parts::{FollowUpPart, PartColumn};
pub use recap::{RecapSheet, recap_sheet};
pub use slip::{BordereauSheet, SlipExam, SlipRow, bordereau_sheet};
