//! The documents to print: which exist and for whom, where each stands, what each says of itself.
//!
//! A document is named by its [`Document`], as a page by its `Subject`; its address under `pdf/`, its
//! title and its context follow from it. Contexts are those of the pages, where there is one.

mod address;
mod company;
mod desk;
mod edition;
mod facts;
mod follow_up;
mod gallery;
mod grid_names;
mod kind;
mod links;
mod plan;
mod pupil;
mod review;
mod school_life;
mod sheet_frame;

pub use address::document_address;
pub use company::{
    AbsencePart, ActivitySheetPage, AnnexSheet, BookletSheet, CommentPart, CompanyFileSheet,
    DoneTime, FichePart, HostHead, LogEntry, PeriodHead, PlacementProofSheet, PlacementRecapSheet,
    PlannedTask, PortfolioSheet, RecapLine, ReviewPart, StayPart, TraineeHead, TutorHead,
    VisitPart, WeekPart, WorkedGroup, activity_sheet_page, annex_sheet, booklet_sheet,
    company_file_sheet, placement_proof_sheet, placement_recap_sheet, portfolio_sheet,
};
pub use desk::Desk;
pub use edition::{Edition, Recorded};
pub use facts::DocumentFacts;
pub use follow_up::{
    AttestationSheet, BordereauSheet, ClassReviewsSheet, DossierSheet, FollowUpPart, FollowUpSheet,
    GridSheet, LastReviewLine, MemberSeat, PartColumn, RecapSheet, ResultLine, SlipExam, SlipRow,
    attestation_sheet, bordereau_sheet, class_reviews_sheet, dossier_sheet, follow_up_sheet,
    grid_sheet, recap_sheet,
};
pub use gallery::{GalleryPage, KindPart, Shelf, gallery_examples, gallery_page};
pub use grid_names::grid_names;
pub use kind::{DOCUMENT_KINDS, DocumentKind, Family};
pub use links::{DocumentLink, document_links};
pub use plan::documents;
pub use pupil::{KindOfPupil, PupilDocumentsPage, documents_of, pupil_documents_page};
pub use review::{ReviewSheet, review_sheet};
pub use school_life::*;
pub(in crate::page) use school_life::{guardian_name, refusals};
pub(in crate::page) use sheet_frame::school_head;
pub use sheet_frame::{DiplomaHead, SchoolHead, SheetFrame, sheet_frame};

use super::D;
use crate::school::{
    Annex, Attestation, Class, Delivery, FilledGrid, Ix, Livret, Period, Portfolio, Pupil, Review,
    Scenario,
};

/// What a document is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Document {
    /// A review, with its radar (BIL-11).
    Review(Ix<Review>),
    /// The last review of each pupil of a class, in one file (BIL-04).
    ClassReviews(Ix<Class>),
    /// A learner's follow-up: the dashboard, for the learner (DASH-16).
    FollowUp(D, Ix<Pupil>),
    /// A candidate's CCF grid (CCF-15 to 17).
    Grid(Ix<FilledGrid>),
    /// The marks of a session, candidate by candidate (CCF-14).
    Recap(D, i16),
    /// The marks of a session as they are copied onto the national slips (CCF-14).
    Bordereau(D, i16),
    /// All that the commission reads of a candidate: follow-up, reviews, grids.
    Dossier(D, Ix<Pupil>, i16),
    /// An attestation of competences, to be signed (ATT-05).
    Attestation(Ix<Attestation>),
    /// An annexe pédagogique (ANX-07).
    Annex(Ix<Annex>),
    /// What the company receives before a learner comes: objectives, tasks, form to be filled.
    CompanyFile(Ix<Period>, Ix<Pupil>),
    /// A learner's portfolio for a period in a company.
    Portfolio(Ix<Portfolio>),
    /// One fiche of a portfolio, by its place from 0 (POR-03).
    ActivitySheet(Ix<Portfolio>, usize),
    /// The attestation that the company signs at the end of a period.
    PlacementProof(Ix<Portfolio>),
    /// The weeks of PFMP of a whole cycle.
    PlacementRecap(D, Ix<Pupil>),
    /// An apprentice's booklet (SUI-04).
    Booklet(D, Ix<Pupil>),
    /// A livret scolaire in the national layout (NAT-22).
    Livret(Ix<Livret>),
    /// The livrets of a class for those who refused the site (NAT-37).
    PaperEdition(Ix<Class>),
    /// Who signs for these livrets (NAT-29).
    PaperSigning(Ix<Class>),
    /// A sheet of signatures of the register.
    DeliverySheet(Ix<Delivery>),
    /// A learner's book, one page a success (BOOK-06).
    Book(Ix<Pupil>),
    /// A scenario.
    Scenario(Ix<Scenario>),
    /// A table pupils × criteria, to rate a scenario with a pen.
    BlankGrid(Ix<Scenario>, Ix<Class>),
    /// The list of a class.
    ClassList(Ix<Class>),
    /// What each person owes (CON-06): depends on the day.
    Reminders,
    /// The checklist of the framing meeting (CON-07): depends on the day.
    Kickoff,
}
