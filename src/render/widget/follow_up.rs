//! The dashboard on paper: one column a result or a validated position, nothing to come (DASH-16).

use crate::insight::{CompetenceLine, CriterionLine};
use crate::page::{DashboardPage, FollowUpPart, PartColumn, Site};
use crate::render::html::Html;
use crate::text::short_date;

use super::level;

/// Width of a page on its side between its margins, of a column of results, of one of positions, in
/// tenths of millimetres: what `papier-suivi.css` lays out.
const PAGE: usize = 2_670;
const RESULT: usize = 72;
const REVIEW: usize = 90;
/// The names of criteria take what is left, and no more than they need.
const NAMES: usize = 1_200;

/// A table: competences and criteria × columns.
pub(in crate::render) fn follow_up_table(
    site: &Site<'_>,
    page: &DashboardPage,
    part: &FollowUpPart,
) -> Html {
    let mut html = Html::with_capacity(8_192 + part.columns.len() * 1_600);
    let width = |column: &PartColumn| match column {
        PartColumn::Result(_) => RESULT,
        PartColumn::Review(_) => REVIEW,
    };
    let columns: usize = part.columns.iter().map(width).sum();
    let names = PAGE.saturating_sub(columns).min(NAMES);
    html.raw("<colgroup><col style=\"width:").number(names as f64 / 10.0).raw("mm\">");
    for column in &part.columns {
        html.raw(match column {
            PartColumn::Result(_) => "<col class=\"res\">",
            PartColumn::Review(_) => "<col class=\"bil\">",
        });
    }
    html.raw("</colgroup>\n<thead>\n");
    bands(&mut html, page, part);
    html.raw("<tr class=\"ev\"><td></td>");
    for column in &part.columns {
        match *column {
            PartColumn::Result(place) => result_head(&mut html, page, place),
            PartColumn::Review(place) => {
                let review = &page.reviews[place];
                html.raw("<th scope=\"col\"><span class=\"nom\">Bilan du ").text(&review.date);
                html.raw("</span><span class=\"vh\">, ").text(&review.by).raw("</span></th>");
            }
        }
    }
    html.raw("</tr>\n</thead>\n");
    for line in &page.dashboard.lines {
        competence(&mut html, site, page, part, line);
    }
    html
}

/// Number, title and day of a result: the appendix has the same number.
fn result_head(html: &mut Html, page: &DashboardPage, place: usize) {
    let (column, head) = (&page.dashboard.columns[place], &page.heads[place]);
    html.raw("<th scope=\"col\"><span class=\"nom\">").text(&head.title).raw("</span>");
    let day = short_date(column.date);
    html.raw("<time datetime=\"").number(column.date).raw("\">").text(&day[..5]).raw("</time>");
    html.raw("<b><span class=\"vh\">résultat </span>").number(place + 1).raw("</b></th>");
}

/// The runs of columns of one level and year, then the reviews.
fn bands(html: &mut Html, page: &DashboardPage, part: &FollowUpPart) {
    let mut runs: Vec<(String, usize)> = Vec::new();
    for column in &part.columns {
        let name = match *column {
            PartColumn::Result(place) => {
                let column = &page.dashboard.columns[place];
                format!("{} {}", column.level.label(), column.year)
            }
            PartColumn::Review(_) => "Bilans".to_owned(),
        };
        match runs.last_mut() {
            Some(last) if last.0 == name => last.1 += 1,
            _ => runs.push((name, 1)),
        }
    }
    html.raw("<tr class=\"niv\"><td></td>");
    for (name, length) in &runs {
        html.raw("<th scope=\"colgroup\" colspan=\"").number(*length).raw("\">");
        html.text(name).raw("</th>");
    }
    html.raw("</tr>\n");
}

/// A competence that is its own criterion has its results on its own line.
fn competence(
    html: &mut Html,
    site: &Site<'_>,
    page: &DashboardPage,
    part: &FollowUpPart,
    line: &CompetenceLine,
) {
    let referential = &site.school.referentials[page.dashboard.referential];
    let record = referential.competence_record(line.competence);
    let titled =
        |criterion: &&CriterionLine| referential.criterion_record(criterion.criterion).is_some();
    let own = line.criteria.iter().find(|criterion| !titled(criterion));
    html.raw("<tbody>\n<tr class=\"cp\"><th scope=\"");
    let below = line.criteria.iter().any(|criterion| titled(&criterion));
    html.raw(if below { "rowgroup" } else { "row" });
    html.raw("\"><span class=\"code\">").text(&record.code).raw("</span> ");
    html.text(&record.intitule).raw("</th>");
    for column in &part.columns {
        match *column {
            PartColumn::Result(place) => {
                html.raw("<td>");
                if let Some(own) = own {
                    results(html, page, own, place);
                }
            }
            PartColumn::Review(place) => {
                html.raw("<td class=\"pos\">");
                if let Some((position, letter)) = line.positions.get(place) {
                    level::position(html, *position);
                    if let Some(letter) = letter {
                        html.raw(" <small><span class=\"vh\">professionnalisation </span>");
                        html.text(letter).raw("</small>");
                    }
                }
            }
        }
        html.raw("</td>");
    }
    html.raw("</tr>\n");
    for criterion in line.criteria.iter().filter(titled) {
        let title = referential.criterion_record(criterion.criterion);
        html.raw("<tr><th scope=\"row\">").text(title.map_or("", |record| &record.intitule));
        html.raw("</th>");
        for column in &part.columns {
            html.raw("<td>");
            if let PartColumn::Result(place) = *column {
                results(html, page, criterion, place);
            }
            html.raw("</td>");
        }
        html.raw("</tr>\n");
    }
    html.raw("</tbody>\n");
}

/// Two criteria of a family may prepare one of the diploma: both results share the cell.
fn results(html: &mut Html, page: &DashboardPage, criterion: &CriterionLine, place: usize) {
    for cell in criterion.cells.iter().filter(|cell| cell.column == place) {
        level::cell(html, page.dashboard.columns[place].code, cell.mark, None);
    }
}
