//! The files as written: one struct per kind of file; decode, locate a key, lay out.
//!
//! A record is described once, by the `record!` macro: its keys, their types,
//! and a French sentence for each. Reading with all errors, the JSON Schema, the reference page
//! and "which keys are known here" all come from that one description.

mod decode;
pub mod guide;
mod kind;
pub mod layout;
mod load;
mod locate;
pub mod schema;
mod shape;
mod slip;
mod syntax;
mod value;

mod calendar;
mod classes;
mod evaluation;
mod referential;
mod review;
mod scenario;
mod school;
mod staff;
mod student;

pub use calendar::{
    Calendar, Deadline, LslPeriodicity, OfficialPeriod, Periodicity, PfmpDates, PronotePeriod,
};
pub use classes::{ClassRecord, Classes};
pub(crate) use decode::quote;
pub use decode::{CODES as DECODE_CODES, Decode};
pub use evaluation::{Complexity, Evaluation};
pub use kind::{CODES as KIND_CODES, Kind, ReviewKey};
pub use load::{Loaded, Memo, Records, load, load_with};
pub use locate::report;
pub use referential::{
    Activity, Competence, Complement, Conflict, Criterion, Exam, ExamStep, ExamWeight, Gap, Grid,
    Group, LslCompetence, LslList, MatrixRow, Professionalisation, Referential, ReferentialType,
    SourceEntry, Task,
};
pub use review::{Review, ReviewState, Unlock};
pub use scenario::{Resource, Scenario};
pub use school::{Forge, ForgeKind, SchoolRecord};
pub use shape::{Field, Shape, TableShape};
pub use staff::{Civility, Origin, PersonRecord, Role, Staff};
pub use student::{Enrolment, Guardian, GuardianLink, Sex, Status, Student};
pub use syntax::CODES as SYNTAX_CODES;
pub use value::{Entry, Id, Level, Map, Number, Outcome, Prose, StudyLevel, Whole};
