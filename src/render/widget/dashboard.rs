//! The full view of a dashboard: one column an evaluation or a company review, one a review, and the
//! next position.

use crate::insight::{CompetenceLine, CriterionLine};
use crate::page::{ColumnHead, DashboardPage, Site};
use crate::render::html::Html;
use crate::text::{Date, short_date};

use super::level;
use super::suggestion::suggestion_details;

/// The table: competences and criteria × evaluations, then reviews (DASH-06 to 14).
pub(in crate::render) fn dashboard_table(site: &Site<'_>, page: &DashboardPage) -> Html {
    let dashboard = &page.dashboard;
    let columns = dashboard.columns.len();
    let mut html = Html::with_capacity(16_384 + columns * 1_800);
    html.raw("<colgroup><col class=\"lib\">");
    let bands = bands(page);
    for (n, (_, _, length)) in bands.iter().enumerate() {
        for _ in 0..*length {
            html.raw(if n % 2 == 1 { "<col data-ev class=\"an2\">" } else { "<col data-ev>" });
        }
    }
    for _ in &dashboard.reviews {
        html.raw("<col class=\"bil\">");
    }
    html.raw("<col></colgroup>\n<thead>\n<tr class=\"niv\"><td><span class=\"vh\">Compétences et critères</span></td>");
    for (label, year, length) in &bands {
        html.raw("<th scope=\"colgroup\" colspan=\"")
            .number(*length)
            .raw("\" data-n=\"")
            .raw(label);
        html.text(year)
            .raw("\"><span>")
            .raw(label)
            .raw(" <span class=\"gris\">")
            .text(year)
            .raw("</span></span></th>");
    }
    if !dashboard.reviews.is_empty() {
        html.raw("<th scope=\"colgroup\" colspan=\"")
            .number(dashboard.reviews.len())
            .raw("\"><span>Bilans</span></th>");
    }
    html.raw("<td class=\"q\"></td></tr>\n<tr class=\"ev\"><td></td>");
    for (n, column) in dashboard.columns.iter().enumerate() {
        let head = &page.heads[n];
        let (label, year, _) = bands[band_of(&bands, n)].clone();
        html.raw("<th scope=\"col\" data-t=\"")
            .raw(column.code.as_str())
            .raw("\" data-n=\"")
            .raw(label)
            .text(&year)
            .raw("\">");
        open(&mut html, head);
        html.raw(" title=\"").text(&head.title).raw(", ").text(&short_date(column.date));
        html.raw(", ").text(&head.by).raw("\">").text(&head.title);
        html.raw("<span class=\"vh\">, ").raw(column.code.label()).raw(", ").text(&head.by);
        html.raw(", ").number(column.date.year()).raw("</span></a>");
        day(&mut html, column.date);
        html.raw("<abbr title=\"")
            .raw(column.code.label())
            .raw("\">")
            .raw(column.code.as_str())
            .raw("</abbr></th>");
    }
    for review in &page.reviews {
        html.raw("<th scope=\"col\"><a href=\"")
            .text(&review.href)
            .raw("\" title=\"")
            .text(&review.by)
            .raw("\">");
        html.raw(padlock(review.locked))
            .raw("<span class=\"vh\">Bilan du </span>")
            .text(&review.date);
        html.raw("<span class=\"vh\">, ").text(&review.by).raw("</span></a></th>");
    }
    html.raw("<th scope=\"col\" class=\"q\">Prochain<span class=\"vh\"> bilan</span></th></tr>\n</thead>\n");
    for line in &dashboard.lines {
        competence(&mut html, site, page, line);
    }
    html
}

/// Runs of columns of one level and year: label, year, length.
fn bands(page: &DashboardPage) -> Vec<(&'static str, String, usize)> {
    let mut bands: Vec<(&'static str, String, usize)> = Vec::new();
    for column in &page.dashboard.columns {
        let (label, year) = (column.level.label(), column.year.to_string());
        match bands.last_mut() {
            Some(last) if last.0 == label && last.1 == year => last.2 += 1,
            _ => bands.push((label, year, 1)),
        }
    }
    bands
}

fn band_of(bands: &[(&'static str, String, usize)], column: usize) -> usize {
    let mut end = 0;
    bands
        .iter()
        .position(|(_, _, length)| {
            end += length;
            column < end
        })
        .unwrap_or(0)
}

fn competence(html: &mut Html, site: &Site<'_>, page: &DashboardPage, line: &CompetenceLine) {
    let dashboard = &page.dashboard;
    let referential = &site.school.referentials[dashboard.referential];
    let record = referential.competence_record(line.competence);
    let columns = dashboard.columns.len();
    let height = line.criteria.len() + 1;
    html.raw("<tbody data-u=\"")
        .text(page.unit_of.get(&line.competence).map_or("", String::as_str));
    html.raw("\" id=\"")
        .text(&record.code)
        .raw("\">\n<tr class=\"cp\"><th scope=\"rowgroup\" colspan=\"");
    html.number(columns + 1)
        .raw("\"><span><span class=\"code\">")
        .text(&record.code)
        .raw("</span> ");
    html.text(&record.intitule).raw("</span></th>");
    for (position, _) in &line.positions {
        html.raw("<td rowspan=\"").number(height).raw("\">");
        level::position(html, *position);
        html.raw("</td>");
    }
    html.raw("<td class=\"q\" rowspan=\"").number(height).raw("\"><b>?</b> ").raw(padlock(false));
    html.raw("<span class=\"vh\">à positionner</span>");
    if let Some(suggestion) = &line.suggestion {
        html.raw("<a href=\"#s-").text(&record.code).raw("\">");
        level::styled(html, suggestion.level, "s", "suggestion : ");
        html.raw("</a>");
    }
    html.raw("</td></tr>\n");
    for criterion in &line.criteria {
        let title = match referential.criterion_record(criterion.criterion) {
            Some(record) => record.intitule.as_str(),
            None => "La compétence elle-même (le référentiel ne donne pas de critère)",
        };
        html.raw("<tr><th scope=\"row\">").text(title).raw("</th>");
        cells(html, page, criterion, columns);
        html.raw("</tr>\n");
    }
    if !referential.record.professionnalisation.is_empty() {
        html.raw("<tr class=\"pr\"><th scope=\"row\" colspan=\"").number(columns + 1);
        html.raw("\"><span>Niveau de professionnalisation de la compétence</span></th>");
        for (_, letter) in &line.positions {
            html.raw("<td>").text(letter.as_deref().unwrap_or("–")).raw("</td>");
        }
        html.raw("<td class=\"q\">?</td></tr>\n");
    }
    html.raw("</tbody>\n");
}

fn cells(html: &mut Html, page: &DashboardPage, criterion: &CriterionLine, columns: usize) {
    let mut next = 0;
    for cell in &criterion.cells {
        // Two criteria of a family may prepare one of the diploma: both results share the cell.
        if cell.column >= next {
            if next > 0 {
                html.raw("</td>");
            }
            for _ in next..cell.column {
                html.raw("<td></td>");
            }
            html.raw("<td>");
            next = cell.column + 1;
        }
        level::cell(html, page.dashboard.columns[cell.column].code, cell.mark, None);
    }
    if next > 0 {
        html.raw("</td>");
    }
    for _ in next..columns {
        html.raw("<td></td>");
    }
}

/// What stands under the table: suggestions explained, evaluations and reviews listed.
pub(in crate::render) fn dashboard_details(site: &Site<'_>, page: &DashboardPage) -> Html {
    let mut html = Html::with_capacity(32_768);
    for line in &page.dashboard.lines {
        suggestion_details(&mut html, site, page, line);
    }
    if page.dashboard.columns.is_empty() {
        return html;
    }
    html.raw("<details class=\"dep\"><summary>Les ").text(&page.evaluations);
    html.raw("</summary>\n<div class=\"def\" role=\"region\" aria-label=\"Liste des évaluations\" tabindex=\"0\"><table class=\"serre\"><caption><span>Évaluations de ");
    html.text(&page.name).raw("</span></caption><thead><tr><th scope=\"col\">Date</th><th scope=\"col\">Évaluation</th><th scope=\"col\">Type</th><th scope=\"col\">Par</th><th scope=\"col\">Niveau</th></tr></thead><tbody>");
    for (column, head) in page.dashboard.columns.iter().zip(&page.heads) {
        html.raw("<tr><td>").text(&short_date(column.date)).raw("</td><th scope=\"row\">");
        open(&mut html, head);
        html.raw(">").text(&head.title).raw("</a></th><td>").raw(column.code.label());
        html.raw(" [").raw(column.code.as_str()).raw("]</td><td>").text(&head.by);
        html.raw("</td><td>").raw(column.level.label());
        if column.from_family {
            html.raw(" (famille de métiers)");
        }
        html.raw("</td></tr>");
    }
    html.raw("</tbody></table></div></details>\n");
    html
}

/// Opens the way to what a column shows; an element without way where it has no page.
fn open(html: &mut Html, head: &ColumnHead) {
    html.raw("<a");
    if let Some(href) = &head.href {
        html.raw(" href=\"").text(href).raw("\"");
    }
}

fn day(html: &mut Html, date: Date) {
    let short = short_date(date);
    html.raw("<time datetime=\"").number(date).raw("\">").text(&short[..5]).raw("</time>");
}

/// A padlock: closed when nothing may change any more.
pub(super) fn padlock(closed: bool) -> &'static str {
    if closed {
        "<svg class=\"ic\" aria-hidden=\"true\"><use href=\"#i-ferme\"/></svg>"
    } else {
        "<svg class=\"ic\" aria-hidden=\"true\"><use href=\"#i-ouvert\"/></svg>"
    }
}
