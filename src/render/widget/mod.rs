//! Tables and charts that pages hold by the hundred, drawn straight from the insight.

mod compact;
mod dashboard;
mod evaluation;
mod level;
mod suggestion;

pub(super) use compact::compact_table;
pub(super) use dashboard::{dashboard_details, dashboard_table};
pub(super) use evaluation::evaluation_table;
pub(super) use level::level_by_sign;
