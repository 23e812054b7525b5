//! The national livret (LSL Pro): what leaves the school, what keeps a pupil from leaving, what has changed since the
//! last sending; the files, for today's schema and for people.

mod codes;
mod dossier;
mod format;
mod nomenclature;
mod prepare;
mod sent;
mod tables;
mod v1_0;

pub use codes::{Codes, codes};
pub use dossier::{Dossier, DossierYear, Name, Opinion, SubjectMarks};
pub use format::{FORMATS, Header, LslFormat, format, twice};
pub use nomenclature::{Nomenclature, NomenclatureError, Subject, national};
pub use prepare::{Lack, Leaving, Prepared, Scope, prepare};
pub use sent::note_sending;
pub use tables::{lacks_table, values_table};
pub use v1_0::V1_0;

/// Where a school keeps the nomenclature, below its content.
pub const NOMENCLATURE: &str = "referentials/lsl-nomenclatures.xml";
