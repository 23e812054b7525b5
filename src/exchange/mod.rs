//! What comes from other programs and goes to them: read with bounds, planned, never written from here.
//!
//! An importer gives a [`Plan`]: the files to write and what to say; `cli` checks the school as it would be, shows
//! the plan, and only then writes. An exporter gives bytes.

pub mod archive;
pub mod case;
pub mod document;
pub mod figures;
pub mod lsl;
mod package;
mod plan;
pub mod pronote;
pub mod scenario;
pub mod sheet;
pub mod siecle;
pub mod transfer;

pub use package::{MANIFEST, Opened, Package, PackageError};
pub use plan::{Plan, Remark, Tally, Weight};
