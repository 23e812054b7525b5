//! Pure computations over the linked school: what pages show and nobody typed.
//!
//! Nothing here reads a clock or a file, and nothing here decides: a suggestion stands beside the
//! teacher's position, never in its place.

mod class;
mod dashboard;
mod distribution;
mod follow_up;
mod livret;
mod method;
mod suggestion;
mod team;

pub use class::{ClassView, CompetenceTally, LastPosition, class_view, last_position};
pub use dashboard::{
    Cell, Column, CompetenceLine, CriterionLine, Dashboard, Mark, TypeCounts, dashboard, followed,
    visible_evaluations,
};
pub use distribution::{Distribution, Tally, distribution};
pub use follow_up::{ReviewProgress, is_locked, official_periods, review_progress, reviews_of};
pub use livret::{
    GroupFigures, Hundredths, LivretGap, LivretObstacle, LivretPart, LivretState, Origin, PartGap,
    Recopied, Recopy, annual_mean, appreciation_origin, group_figures, hundredths, level_origin,
    livret_candidates, livret_group, livret_mean, livret_obstacles, livret_reviews, livret_state,
    mark_origin, mean, periods_without_review, placement_weeks, project_group, recopy,
    review_of_mark,
};
pub use method::{METHODS, Method};
pub use suggestion::{Observation, SUGGESTION_METHOD, Suggestion, suggest};
pub use team::{Involvement, involvement};
