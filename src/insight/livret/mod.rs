//! The livret scolaire (LSL): how complete it is, its means, its group, what the reviews say.

mod completeness;
mod group;
mod mean;
mod recopy;
mod sending;
mod sheet;
mod words;

pub use completeness::{
    LivretGap, LivretObstacle, LivretPart, LivretState, PartGap, livret_candidates,
    livret_obstacles, livret_periodicity, livret_state, periods_without_review, placement_weeks,
};
pub use group::{GroupFigures, SentGroup, group_figures, livret_group, project_group, sent_group};
pub use mean::{Hundredths, annual_mean, hundredths, livret_mean, mean};
pub use recopy::{
    Origin, Recopied, Recopy, appreciation_origin, level_origin, livret_reviews, mark_origin,
    recopy, review_of_mark,
};
pub use sending::{
    SendingState, ValueChange, fingerprint, sending_state, sent_values, value_changes,
};
pub use sheet::{
    LivretSheet, MarkValue, OpinionSheet, PlacementSheet, ProjectSheet, SheetLevel, SheetMark,
    SubjectSheet, livret_sheet, livret_sheets,
};
pub use words::{gap_words, obstacle_words, one_gap_word, project_title, who_fills};
