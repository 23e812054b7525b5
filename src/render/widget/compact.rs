//! The compact view of a dashboard: results side by side in time order, no empty cell (DASH-10).

use std::collections::BTreeMap;

use crate::insight::Dashboard;
use crate::page::{DashboardPage, Site};
use crate::record::StudyLevel;
use crate::render::html::Html;
use crate::school::CompetenceIx;
use crate::text::short_date;

use super::{dashboard::padlock, level};

/// The rows of the compact table.
pub(in crate::render) fn compact_table(site: &Site<'_>, page: &DashboardPage) -> Html {
    compact_lines(site, &page.dashboard, &page.unit_of, |_| true)
}

/// The rows of some competences: a national grid has them beside its lines (DASH-17).
pub(in crate::render) fn compact_lines(
    site: &Site<'_>,
    dashboard: &Dashboard,
    unit_of: &BTreeMap<CompetenceIx, String>,
    keep: impl Fn(CompetenceIx) -> bool,
) -> Html {
    let referential = &site.school.referentials[dashboard.referential];
    let mut html = Html::with_capacity(4_096);
    for line in dashboard.lines.iter().filter(|line| keep(line.competence)) {
        let record = referential.competence_record(line.competence);
        html.raw("<tbody data-u=\"").text(unit_of.get(&line.competence).map_or("", String::as_str));
        html.raw("\" id=\"")
            .text(&record.code)
            .raw("\">\n<tr class=\"cp\"><th scope=\"rowgroup\"><span class=\"code\">");
        html.text(&record.code).raw("</span> ").text(&record.intitule).raw("</th><td>");
        if let Some((position, letter)) = line.positions.last() {
            html.raw("<span class=\"gris\">Dernier bilan</span> ");
            level::position(&mut html, *position);
            if let Some(letter) = letter {
                html.raw(" <span class=\"gris\">Professionnalisation</span> <b>")
                    .text(letter)
                    .raw("</b>");
            }
        }
        html.raw(" <span class=\"gris\">Prochain</span> <b>?</b> ")
            .raw(padlock(false))
            .raw("<span class=\"vh\">à positionner</span>");
        if let Some(suggestion) = &line.suggestion {
            html.raw(" ");
            level::styled(&mut html, suggestion.level, "s", "suggestion : ");
        }
        html.raw("</td></tr>\n");
        for criterion in &line.criteria {
            let title = match referential.criterion_record(criterion.criterion) {
                Some(record) => record.intitule.as_str(),
                None => "La compétence elle-même (le référentiel ne donne pas de critère)",
            };
            html.raw("<tr><th scope=\"row\">").text(title).raw("</th><td><div class=\"suite\">");
            let mut band = None;
            for cell in &criterion.cells {
                let column = &dashboard.columns[cell.column];
                if band != Some((column.year, column.level)) {
                    html.raw("<small>").raw(short_level(column.level)).raw("</small>");
                    band = Some((column.year, column.level));
                }
                let day = short_date(column.date);
                let at = level::Standing { day: &day, evaluation: cell.column };
                level::cell(&mut html, column.code, cell.mark, Some(&at));
            }
            if criterion.cells.is_empty() {
                html.raw("<span class=\"gris\">aucun résultat</span>");
            }
            html.raw("</div></td></tr>\n");
        }
        html.raw("</tbody>\n");
    }
    html
}

fn short_level(level: StudyLevel) -> &'static str {
    match level {
        StudyLevel::Seconde => "2de",
        StudyLevel::Premiere => "1re",
        StudyLevel::Terminale => "Tle",
        StudyLevel::Cap1 => "CAP 1",
        StudyLevel::Cap2 => "CAP 2",
        StudyLevel::Bts1 => "BTS 1",
        StudyLevel::Bts2 => "BTS 2",
    }
}
