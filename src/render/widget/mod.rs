//! Tables and charts that pages hold by the hundred, drawn straight from the insight.

mod booklet;
mod class;
mod compact;
mod dashboard;
mod evaluation;
mod evolution;
mod family;
mod follow_up;
mod level;
mod livret;
mod matrix;
mod portfolio;
mod portfolio_weeks;
mod portfolios;
mod radar;
mod review;
mod suggestion;
mod timeline;

pub(super) use booklet::{company_results, company_results_of, positions_table, tasks_of_diploma};
pub(super) use class::class_table;
pub(super) use compact::{compact_lines, compact_table};
pub(super) use dashboard::{dashboard_details, dashboard_table};
pub(super) use evaluation::evaluation_table;
pub(super) use evolution::comparison;
pub(super) use family::family_radar;
pub(super) use follow_up::follow_up_table;
pub(super) use level::level_by_sign;
pub(super) use livret::livret_table;
pub(super) use matrix::matrix_table;
pub(super) use portfolio::portfolio_body;
pub(super) use portfolios::portfolios_table;
pub(super) use review::review_table;
pub(super) use timeline::timeline_figure;

use super::html::Html;
use crate::page::{D, Site, Subject, address, link};
use crate::record::Group;
use crate::school::{Ix, Pupil};

/// A pupil's name, with the way to the dashboard on a diploma when the pupil followed it.
fn pupil_name(html: &mut Html, site: &Site<'_>, at: &str, diploma: D, pupil: Ix<Pupil>) {
    let name = site.school.pupils[pupil].list_name();
    if site.last_class(diploma, pupil).is_none() {
        html.text(&name);
        return;
    }
    let to = link(at, &address(site, Subject::Dashboard(diploma, pupil)));
    html.raw("<a href=\"").text(&to).raw("\">").text(&name).raw("</a>");
}

/// The name of a group of competences: "U31 Conseiller et vendre", whatever the référentiel gives.
fn group_title(html: &mut Html, group: &Group) {
    match (&group.unite, &group.intitule) {
        (Some(unit), Some(title)) => html.text(unit).raw(" ").text(title),
        (None, Some(title)) => html.text(title),
        (Some(unit), None) => html.text(unit).raw(", ").text(&group.code),
        (None, None) => html.text(&group.code),
    };
}
