//! What a person can fix: code, severity, place, sentence, help; one total order.
//!
//! A [`Finding`] says *which key of which file* is at fault; it becomes a [`Diagnostic`], with line
//! and column, once the text of the file has been looked at (see [`crate::record::report`]).
//! Broken disks, repositories and browsers are failures, not diagnostics: they never come here.

mod code;
pub mod face;
mod finding;
mod located;
mod path;

pub use code::{Code, Severity};
pub use finding::{Finding, Place, Site};
pub use located::{Diagnostic, Fix, LineIndex, Position, Related, Span};
pub use path::{KeyPath, Step};

pub(crate) use path::key_path;
