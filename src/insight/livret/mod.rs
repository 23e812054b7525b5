//! The livret scolaire (LSL): how complete it is, its means, its group, what the reviews say.

mod completeness;
mod group;
mod mean;
mod recopy;

pub use completeness::{
    LivretGap, LivretObstacle, LivretPart, LivretState, PartGap, livret_candidates,
    livret_obstacles, livret_state, periods_without_review, placement_weeks,
};
pub use group::{GroupFigures, group_figures, livret_group, project_group};
pub use mean::{Hundredths, annual_mean, hundredths, livret_mean, mean};
pub use recopy::{
    Origin, Recopied, Recopy, appreciation_origin, level_origin, livret_reviews, mark_origin,
    recopy, review_of_mark,
};
