//! The files as written: one struct per kind of file; decode, locate a key, lay out.
//!
//! A record is described once, by the `record!` macro: its keys, their types,
//! and a French sentence for each. Reading with all errors, the JSON Schema, the reference page
//! and "which keys are known here" all come from that one description.

mod decode;
mod difference;
mod edit;
mod front_matter;
pub mod guide;
mod kind;
pub mod layout;
mod load;
mod locate;
mod plain;
pub mod schema;
mod shape;
mod slip;
mod syntax;
mod value;

mod annex;
mod attestation;
mod book;
mod calendar;
mod certification;
mod classes;
mod evaluation;
mod import;
mod livret;
mod period;
mod portfolio;
mod received;
mod referential;
mod register;
mod review;
mod scenario;
mod school;
mod staff;
mod student;
mod transfer;

pub use crate::source::Picture;
pub use annex::Annex;
pub use attestation::{Attestation, AttestationReason, Tick};
pub use book::{BookHeader, BookPage, LearningPlace, Photo};
pub use calendar::{
    Calendar, Deadline, LivretWindow, LslPeriodicity, OfficialPeriod, Periodicity, PfmpDates,
    PronotePeriod,
};
pub use certification::{CommissionMember, FilledGrid, Harmonisation, MemberQuality, Seal};
pub use classes::{ClassRecord, Classes, GroupRecord, Service};
pub(crate) use decode::quote;
pub use decode::{CODES as DECODE_CODES, Decode};
pub use difference::{BODY, Difference, differences};
pub use edit::{Edit, NewValue};
pub use evaluation::{Complexity, Evaluation};
pub use front_matter::CODES as FRONT_MATTER_CODES;
pub use import::{Import, ImportCount, ImportedFile, ImportedKind, RefusedPupil};
pub use kind::{CODES as KIND_CODES, Kind, ReviewKey};
pub use livret::{
    Livret, LivretMobility, LivretOpinion, LivretPfmp, LivretProject, PeriodMark, Sending,
};
pub use load::{AnyRecord, Loaded, Memo, Records, Version, load, load_with, version};
pub use locate::report;
pub use period::Period;
pub use plain::Plain;
pub use portfolio::{
    Absence, ActivitySheet, Comment, Company, CompanyReview, JournalWeek, PersonalReview,
    PlacementProof, Portfolio, Tutor, Visit, VisitMode,
};
pub use received::{
    SentChange, SentChangeKind, SentClass, SentFile, SentFolder, SentHistory, SentPerson,
    SentPupil, SentReferential, SentSchool, SentSignature,
};
pub use referential::{
    Activity, Competence, Complement, Conflict, Criterion, Exam, ExamStep, ExamWeight, Gap, Grid,
    Group, LivretReviews, LivretRules, LivretSection, LslCompetence, LslList, LslRoute, LslWay,
    MatrixRow, PfmpLength, Professionalisation, Referential, ReferentialType, Rounding,
    SourceEntry, Task,
};
pub use register::{
    Commission, CommissionPurpose, Consultation, ConsultationMode, Delivery, HandedOver,
    KeptDocument, Reader, Sitting,
};
pub use review::{Review, ReviewState, Unlock};
pub use scenario::{Resource, Scenario};
pub use school::{
    AccessibilityAudit, Conformity, FamilySite, Forge, ForgeKind, KnownMef, SchoolRecord,
    SiecleSettings,
};
pub use shape::{Field, Shape, TableShape};
pub use staff::{Civility, Origin, PersonRecord, Role, Staff, StaffKey};
pub use student::{
    Elective, Enrolment, Guardian, GuardianLink, ObtainedDiploma, Sex, Status, Student,
};
pub use syntax::CODES as SYNTAX_CODES;
pub use transfer::{
    Transfer, TransferPartner, TransferSettings, TransferStage, TransferStep, TransferWay,
};
pub use value::{Entry, Id, Level, Map, Number, Outcome, Prose, StudyLevel, Whole};
