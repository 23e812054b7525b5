//! What stands at which address of the staff's site, and the small context each page needs.
//!
//! A page is named by its [`Subject`]; its address, its title and its context follow from it. No
//! page depends on another one: contexts are computed one by one, in parallel, and dropped.

mod accessibility;
mod address;
mod alerts;
mod annex;
mod annex_text;
mod annexes;
mod api;
mod api_register;
mod apprentices;
mod attestation;
mod attestations;
mod book;
mod calendar;
mod certification;
mod class;
mod classes;
mod console;
mod coverage;
mod dashboard;
mod day;
mod diploma;
mod document;
mod evaluation;
mod evaluation_line;
mod evaluation_list;
mod evaluation_text;
mod families;
mod family;
mod forge;
mod frame;
mod grid;
mod grid_fields;
mod grid_lines;
mod grid_text;
mod home;
mod life;
mod livret;
mod lsl;
mod mark;
mod method;
mod office;
mod past;
mod period;
mod period_line;
mod periods;
mod person;
mod photograph;
mod placement_twin;
mod plan;
mod portfolio;
mod progress;
mod projects;
mod pupils;
mod recap;
mod referential;
mod register;
mod resource;
mod review;
mod reviews;
mod roll;
mod scenario;
mod scenario_list;
mod search;
mod site;
mod storage;
mod team;
mod transfer;
mod transversal;

pub use accessibility::{
    AccessibilityPage, AccessibilityStatement, accessibility_page, accessibility_statement,
};
pub use address::{address, link, root};
pub use alerts::{AlertFile, AlertLine, AlertsPage, alerts_page};
pub use annex::{AnnexPage, NewFile, annex_page};
pub use annexes::{AnnexLevel, AnnexLine, AnnexesPage, annexes_page};
pub use api::{
    ClassTwin, EvaluationTwin, GridTwin, PupilTwin, RecapTwin, class_twin, evaluation_twin,
    grid_twin, pupil_twin, recap_twin,
};
pub use api_register::{RegisterTwin, register_sessions, register_twin};
pub use apprentices::{ApprenticeLine, ApprenticesPage, StayLine, apprentices_page};
pub use attestation::{
    AcquiredLine, AttestationPage, PrepareAttestationPage, TickLine, attestation_page,
    attestation_way, prepare_attestation_page,
};
pub use attestations::{AttestationsPage, AttestedClass, AttestedPupil, attestations_page};
pub use book::{
    BookLine, BooksPage, BooksTwin, ClassBooks, LearnerBookPage, PhotoImage, PhotoPart, Success,
    books_page, books_twin, learner_book_page, learners_with_book,
};
pub use calendar::{
    Bar, CalendarPage, Comparison, DeadlineLine, PeriodLine, PfmpLine, Timeline, YearPart,
    calendar_page,
};
pub use certification::{
    CandidateLine, CertificationPage, GridHead, GridMark, SessionClass, SessionPart,
    certification_page,
};
pub use class::{ClassPage, Member, class_page};
pub use classes::{ClassesPage, YearGroup, classes_page};
pub use console::{
    AgendaLine, ConsoleClass, ConsolePage, ConsoleTwin, Debtor, DiplomaPart, KickoffPage,
    KickoffPart, LastImport, Reminder, ReminderItem, RemindersPage, StepLine, Task, console_page,
    console_twin, kickoff_page, reminders_page,
};
pub use coverage::{ClassCoverage, CoverageCell, CoverageLine, CoveragePage, coverage_page};
pub use dashboard::{ColumnHead, CompanyLink, DashboardPage, ReviewLink, dashboard_page};
pub use day::Day;
pub use diploma::{DateLine, DiplomaPage, FollowUp, diploma_page};
pub use document::{
    AbsencePart, ActivitySheetPage, AnnexSheet, BookletSheet, CommentPart, CompanyFileSheet,
    DOCUMENT_KINDS, Desk, DiplomaHead, Document, DocumentFacts, DocumentKind, DocumentLink,
    DoneTime, Edition, Family, FichePart, GalleryPage, HostHead, KindOfPupil, KindPart, LogEntry,
    PeriodHead, PlacementProofSheet, PlacementRecapSheet, PlannedTask, PortfolioSheet,
    PupilDocumentsPage, RecapLine, Recorded, ReviewPart, ReviewSheet, SchoolHead, SheetFrame,
    Shelf, StayPart, TraineeHead, TutorHead, VisitPart, WeekPart, WorkedGroup, activity_sheet_page,
    annex_sheet, booklet_sheet, company_file_sheet, document_address, document_links, documents,
    documents_of, gallery_examples, gallery_page, grid_names, placement_proof_sheet,
    placement_recap_sheet, portfolio_sheet, pupil_documents_page, review_sheet, sheet_frame,
};
pub use document::{
    AttestationSheet, BordereauSheet, ClassReviewsSheet, DossierSheet, FollowUpPart, FollowUpSheet,
    GridSheet, LastReviewLine, MemberSeat, PartColumn, RecapSheet, ResultLine, SlipExam, SlipRow,
    attestation_sheet, bordereau_sheet, class_reviews_sheet, dossier_sheet, follow_up_sheet,
    grid_sheet, recap_sheet,
};
pub use document::{
    BlankColumn, BlankGridSheet, BlankTable, BookLeaf, BookSheet, ClassListSheet, DeliverySheet,
    KickoffSheet, KickoffTopic, Letter, ListedPupil, LivretPart, LivretSheet, PaperEditionSheet,
    PaperPupil, PaperSigningSheet, Print, RemindersSheet, ScenarioSheet, blank_grid_sheet,
    book_sheet, class_list_sheet, delivery_sheet, kickoff_sheet, livret_sheet, paper_edition_sheet,
    paper_signing_sheet, reminders_sheet, scenario_sheet,
};
pub use evaluation::{EvaluationPage, Freezing, evaluation_page};
pub use evaluation_line::EvaluationLine;
pub use evaluation_list::{
    EvaluationClass, EvaluationEntry, EvaluationSection, EvaluationsPage, evaluations_page,
};
pub use evaluation_text::{evaluation_text, present_pupils};
pub use families::{
    FamiliesPage, FamiliesTwin, FamilyClass, FamilyPupil, LetterLine, OpeningStep, PaperClass,
    WrittenCase, families_page, families_twin,
};
pub use family::{
    AccessLetter, Change, CompanyWords, CriterionResults, DateKind, FamilyCompetence, FamilyDate,
    FamilyDocument, FamilyPage, FamilyPlacement, FamilyResult, FamilyResults, FamilyReview, Fit,
    HandedLetter, HandoverSheet, LetterCode, LetterOrder, LettersSheet, Span, Standing,
    class_readers, family_class, family_documents, family_page, handover_record, handover_sheet,
    letters_sheet,
};
use forge::file_href;
pub use forge::{edit_link, new_file_link, resource_links};
pub use frame::{Crumb, Diploma, Frame, Menu, Neighbour, Pager, frame};
pub use grid::{GridPage, OtherGrid, grid_page};
pub use grid_fields::{CheckLine, MemberLine};
pub use grid_lines::{GridBlock, GridLine, LevelChoice};
pub use home::{Card, FormerCard, HomePage, home_page, only_diploma};
pub use life::{Event, Life, Lived, life, lives, name_of, words};
pub use livret::{
    CompanyLine, CopyPage, CopySection, CopyValue, DEGREES, GroupMarks, LivretPage, LivretProgress,
    NationalPart, NationalRow, PlacementPart, ProjectPart, ReviewWords, Route, ScreenPage,
    ScreenRow, Sent, TextPart, copy_page, decimal, livret_page, livret_pupils, percent,
    screen_page,
};
pub use lsl::{FormerLivrets, LslClass, LslLevel, LslPage, LslPupil, lsl_page};
pub use mark::{Mark, MarkWords};
pub use method::{MethodPage, method_page, other_methods};
pub use office::{OfficeFile, office_address, office_links, office_scenarios};
pub use past::{PastPage, past_page};
pub use period::{LearnerLine, PeriodPage, WeekLine, period_page};
pub use period_line::{Clash, InCompany};
pub use periods::{PeriodLevel, PeriodYear, PeriodsPage, Undeclared, periods_page};
pub use person::{PersonClass, PersonPage, PersonReview, PersonScenario, person_page};
pub use photograph::{LARGE, Photograph, SMALL, fitted, photographs};
pub use placement_twin::{PeriodTwin, PlacementTwin, period_twin};
pub use plan::{Plan, plan};
pub use portfolio::{
    BookletPage, BookletPeriod, FollowedLearner, FollowedPeriod, PeriodCounts, PeriodPart,
    PeriodTab, PortfolioPage, PortfolioTwin, PortfoliosPage, PortfoliosTwin,
    YearPart as PortfolioYear, booklet_page, portfolio_anchor, portfolio_page, portfolios_page,
    portfolios_twin, was_apprentice,
};
pub(crate) use portfolio::{class_in, dialled, portfolio_href, reviewers, tutor_name};
pub use progress::Progress;
pub use projects::{Project, ProjectsPage, projects_page};
pub use pupils::{ClassPupils, FormerYear, PupilLine, PupilsPage, pupils_page};
pub use recap::{RecapPage, RecapRow, recap_page};
pub use referential::{
    ActivityPart, CompetencePart, ComplementPart, ConflictPart, CriterionPart, ExamPart, ExamsPart,
    Fact, GridPart, GridRow, GroupPart, LslLine, LslPart, Piece, Prepared, ReferentialPage, Source,
    Sources, TaskPart, anchor, referential_page,
};
pub use register::{
    CommissionLine, CommissionPage, ConsultationLine, CopyLine, DeliveryLine, DeliveryPage, Opened,
    PupilCommission, PupilDelivery, PupilRegisterPage, RegisterCandidate, RegisterMember,
    RegisterPage, RegisterSession, commission_page, delivery_page, pupil_register_page,
    register_page,
};
pub use resource::{ResourceLink, all_resources};
pub use review::{
    NoReviewPage, ReviewDate, ReviewPage, ReviewState, is_page_of_its_date, last_review,
    no_review_page, review_page,
};
pub use reviews::{ClassReviews, ReviewLine, ReviewsPage, State, reviews_page};
pub use roll::{ClassLine, LevelGroup};
pub use scenario::{
    ChosenActivity, ChosenCompetence, ChosenGroup, NewGrid, ScenarioPage, linked_competences,
    scenario_page,
};
pub use scenario_list::{
    FolderPart, LevelPart, ScenarioLine, ScenariosPage, scenarios_page, shared_scenarios,
};
pub use search::{SearchDiploma, SearchPage, search_page};
pub use site::Site;
pub use storage::{ResourcesPage, StorageLevel, StoragePage, resources_page, storage_page};
pub use team::{PersonLine, TeamPage, roles, team_page};
pub use transfer::{
    ReceivedChange, ReceivedClass, ReceivedDeed, ReceivedEvaluation, ReceivedGrid, ReceivedLink,
    ReceivedLivret, ReceivedPage, ReceivedPlacement, ReceivedReview, ReceivedSuccess, TransferLine,
    TransfersPage, has_transfers, received_links, received_page, transfers_page,
};
pub use transversal::{TransversalPage, is_transversal, transversal_page};

use crate::school::{
    Annex, Attestation, Class, Commission, Delivery, Evaluation, Ix, Period, Person, Pupil,
    Received, Referential, Review, Scenario,
};

/// A référentiel, as the diploma whose pages stand together.
pub type D = Ix<Referential>;

/// What a page is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Subject {
    /// The choice of a diploma; the diploma's home when there is only one.
    Home,
    /// The home of a diploma.
    Diploma(D),
    /// Its référentiel.
    Referential(D),
    /// Its scenarios.
    Scenarios(D),
    /// One scenario.
    Scenario(Ix<Scenario>),
    /// Its evaluations of the current year.
    Evaluations(D),
    /// Its evaluations of the years before.
    OlderEvaluations(D),
    /// One evaluation.
    Evaluation(Ix<Evaluation>),
    /// Its annexes pédagogiques.
    Annexes(D),
    /// One annex.
    Annex(Ix<Annex>),
    /// Its periods in companies.
    Periods(D),
    /// One period in companies.
    Period(Ix<Period>),
    /// Weeks of PFMP done and required, learner by learner.
    Coverage(D),
    /// Its classes.
    Classes(D),
    /// One class: pupils × competences.
    Class(Ix<Class>),
    /// Its pupils, by class.
    Pupils(D),
    /// A pupil's dashboard, full view.
    Dashboard(D, Ix<Pupil>),
    /// A pupil's dashboard, compact view.
    Compact(D, Ix<Pupil>),
    /// A pupil's documents to print.
    PupilDocuments(D, Ix<Pupil>),
    /// A pupil's portfolio for a period in a company.
    Portfolio(D, Ix<Pupil>, Ix<Period>),
    /// Portfolios of the current year, by period.
    Portfolios(D),
    /// Portfolios of the years before.
    OlderPortfolios(D),
    /// An apprentice's booklet.
    Booklet(D, Ix<Pupil>),
    /// A pupil's last review, or word that there is none.
    LastReview(D, Ix<Pupil>),
    /// Folders that go to other schools and come from them.
    Transfers,
    /// What another school sent of a pupil.
    Received(Ix<Received>),
    /// One review.
    Review(Ix<Review>),
    /// Reviews done and expected, by class.
    Reviews(D),
    /// Attestations of competences.
    Attestations(D),
    /// What an attestation of a pupil would rest on.
    PrepareAttestation(D, Ix<Pupil>),
    /// One attestation.
    Attestation(Ix<Attestation>),
    /// The commission of certification: sessions, candidates × national grids.
    Certification(D),
    /// The table of marks of a session.
    Recap(D, i16),
    /// A candidate's grid in a session, opened or not.
    Grid(D, Ix<Pupil>, i16, usize),
    /// Transversal competences.
    Transversal(D),
    /// Evaluations by project.
    Projects(D),
    /// Apprentices.
    Apprentices(D),
    /// Files attached to scenarios.
    Storage(D),
    /// Links and official texts.
    Resources(D),
    /// The LSL: what it expects, and how far the livrets of each class are.
    Lsl(D),
    /// What to do today, and who is late (CON).
    Console,
    /// What each person owes.
    Reminders,
    /// The framing meeting of the start of the year.
    Kickoff,
    /// Its learners' books.
    Books(D),
    /// A learner's book.
    Book(D, Ix<Pupil>),
    /// Commissions, consultations and deliveries of all sessions.
    Register,
    /// One commission.
    RegisterCommission(Ix<Commission>),
    /// One delivery against signature.
    RegisterDelivery(Ix<Delivery>),
    /// The families' site: its opening, where each letter is.
    Families,
    /// What the register holds about a pupil.
    PupilRegister(D, Ix<Pupil>),
    /// The livret of a pupil for the year of a class.
    Livret(Ix<Class>, Ix<Pupil>),
    /// The livret of a pupil, value by value, to copy into the national application.
    LivretCopy(Ix<Class>, Ix<Pupil>),
    /// The livrets of a class in one table, as the national application shows a subject.
    LivretScreen(Ix<Class>),
    /// Every kind of document to print.
    Gallery,
    /// The staff.
    Team,
    /// One member of the staff.
    Person(Ix<Person>),
    /// Periods, PFMP, deadlines.
    Calendar,
    /// The statement of accessibility.
    Accessibility,
    /// Legend and method.
    Method,
    /// Rules common to all diplomas.
    CommonRules(D),
    /// Search.
    Search,
    /// What the whole history shows: unlocks, what was not allowed, signatures.
    Past,
    /// What could not be read, and what to mend.
    Alerts,
}
