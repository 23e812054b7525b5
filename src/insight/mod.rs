//! Pure computations over the linked school: what pages show and nobody typed.
//!
//! Nothing here reads a clock or a file, and nothing here decides: a suggestion stands beside the
//! teacher's position, never in its place.

mod acquired;
mod certification;
mod class;
pub mod console;
mod dashboard;
mod distribution;
mod follow_up;
mod letters;
mod livret;
mod marks;
mod method;
mod placement;
mod portfolio;
mod readers;
mod register;
mod suggestion;
mod team;

pub use acquired::{Acquired, acquired};
pub use certification::{
    Candidates, GridState, Recap, RecapCell, RecapExam, RecapLine, SessionKey,
    certification_sessions, filled_grid, grid_state, recap, recap_of,
};
pub use class::{ClassView, CompetenceTally, LastPosition, class_view, last_position};
pub use dashboard::{
    Cell, Column, CompetenceLine, CriterionLine, Dashboard, Mark, ResultCode, Source, TypeCounts,
    company_reviews, dashboard, followed, visible_evaluations,
};
pub use distribution::{Distribution, Tally, distribution};
pub use follow_up::{ReviewProgress, is_locked, official_periods, review_progress, reviews_of};
pub use letters::{
    Letter, LetterFigures, LetterState, PupilLetters, class_letters, class_with_page, letters,
};
pub use livret::{
    GroupFigures, Hundredths, LivretGap, LivretObstacle, LivretPart, LivretSheet, LivretState,
    MarkValue, OpinionSheet, Origin, PartGap, PlacementSheet, ProjectSheet, Recopied, Recopy,
    SendingState, SentGroup, SheetLevel, SheetMark, SubjectSheet, ValueChange, annual_mean,
    appreciation_origin, fingerprint, gap_words, group_figures, hundredths, level_origin,
    livret_candidates, livret_group, livret_mean, livret_obstacles, livret_periodicity,
    livret_reviews, livret_sheet, livret_sheets, livret_state, mark_origin, mean, obstacle_words,
    one_gap_word, periods_without_review, placement_weeks, project_group, project_title, recopy,
    review_of_mark, sending_state, sent_group, sent_values, value_changes, who_fills,
};
pub use marks::{
    LevelProfile, MarkRule, exam_mark, exam_of, half_point_up, level_profile, mark_rule,
};
pub use method::{METHODS, Method};
pub use placement::{
    LevelWithoutAnnex, Placement, PlacementLine, days_in_company, half_days_of,
    levels_without_annex, period_duplicates, period_overlaps, placement, weeks_words,
};
pub use portfolio::{
    ByReferent, Followed, PortfolioState, ReviewStage, by_referent, follow_up_state,
    tasks_never_met,
};
pub use readers::{Access, Reader, ReaderRole, readers};
pub use register::{
    Composition, Reading, RegisterOf, composition, has_sat, is_deliberation, readings,
    register_by_pupil,
};
pub use suggestion::{Observation, SUGGESTION_METHOD, Suggestion, suggest};
pub use team::{Involvement, involvement};
