//! Pure computations over the linked school: what pages show and nobody typed.
//!
//! Nothing here reads a clock or a file, and nothing here decides: a suggestion stands beside the
//! teacher's position, never in its place.

mod class;
mod dashboard;
mod distribution;
mod follow_up;
mod method;
mod register;
mod suggestion;
mod team;

pub use class::{ClassView, CompetenceTally, LastPosition, class_view, last_position};
pub use dashboard::{
    Cell, Column, CompetenceLine, CriterionLine, Dashboard, Mark, TypeCounts, dashboard, followed,
    visible_evaluations,
};
pub use distribution::{Distribution, Tally, distribution};
pub use follow_up::{ReviewProgress, is_locked, official_periods, review_progress, reviews_of};
pub use method::{METHODS, Method};
pub use register::{
    Composition, Reading, RegisterOf, composition, has_sat, is_deliberation, readings,
    register_by_pupil,
};
pub use suggestion::{Observation, SUGGESTION_METHOD, Suggestion, suggest};
pub use team::{Involvement, involvement};
