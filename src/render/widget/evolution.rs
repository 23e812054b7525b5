//! What became of each competence since the review before, in words and as a radar (BIL-10).

use std::cmp::Ordering::{self, Equal, Greater, Less};

use crate::page::{ReviewPage, Site};
use crate::record::Level;
use crate::render::html::Html;
use crate::school::Review;
use crate::text::{count, short_date};

use super::{level, radar};

/// Above this number of axes the radar grows and stands alone, and the words stand in the grid: a
/// second table would say most of the page again.
pub(super) const MANY: usize = 24;

/// A competence in both reviews.
pub(super) struct Axis<'a> {
    pub(super) code: &'a str,
    pub(super) before: Level,
    pub(super) now: Level,
}

impl Axis<'_> {
    /// A level that is missing on one side compares with nothing.
    fn evolution(&self) -> Option<Ordering> {
        Some(self.now.rank()?.cmp(&self.before.rank()?))
    }

    /// What became of it, as a cell of a table.
    pub(super) fn cell(&self, html: &mut Html) {
        html.raw(match self.evolution() {
            Some(Greater) => "<td><b>en progrès</b></td>",
            Some(Equal) => "<td>stable</td>",
            Some(Less) => "<td><b>en recul</b></td>",
            None => "<td><span class=\"gris\">pas de comparaison</span></td>",
        });
    }
}

/// The competences in the two reviews to compare; nothing with one review only.
fn axes<'a>(site: &Site<'a>, page: &ReviewPage) -> Option<Vec<Axis<'a>>> {
    let school = site.school;
    let (before, now) = (&school.reviews[page.previous?], &school.reviews[page.shown]);
    let referential = &school.referentials[now.diploma];
    let axis = |competence| Axis {
        code: &referential.competence_record(competence).code,
        before: before.position(competence),
        now: now.position(competence),
    };
    Some(referential.competence_ixs().map(axis).collect())
}

/// The column of the grid that says the evolution, when it is the place for it: the day of the
/// review before, and one axis a competence.
pub(super) fn column<'a>(site: &Site<'a>, page: &ReviewPage) -> Option<(String, Vec<Axis<'a>>)> {
    let axes = axes(site, page).filter(|axes| axes.len() > MANY)?;
    Some((short_date(site.school.reviews[page.previous?].key.date), axes))
}

/// The last two reviews, as a figure and in words; nothing with one review only.
pub(in crate::render) fn comparison(site: &Site<'_>, page: &ReviewPage) -> Option<Html> {
    let axes = axes(site, page)?;
    let school = site.school;
    let (before, now) = (&school.reviews[page.previous?], &school.reviews[page.shown]);
    let mut html = Html::with_capacity(4_096 + axes.len() * 260);
    if axes.len() > MANY {
        html.raw("<div><p>").text(&summary(&axes));
        html.raw(" : voir la colonne Évolution du tableau des positions.</p>");
        radar::figure(&mut html, &axes, before, now, true);
    } else {
        html.raw("<div class=\"deux\">");
        // Two axes make no surface: the table says it all.
        if axes.len() > 2 {
            radar::figure(&mut html, &axes, before, now, false);
        }
        table(&mut html, &axes, before, now);
    }
    html.raw("</div>");
    Some(html)
}

/// "10 en progrès, 23 stables".
fn summary(axes: &[Axis<'_>]) -> String {
    let number = |wanted| axes.iter().filter(|axis| axis.evolution() == wanted).count();
    let words = [
        (number(Some(Greater)), "en progrès", "en progrès"),
        (number(Some(Equal)), "stable", "stables"),
        (number(Some(Less)), "en recul", "en recul"),
        (number(None), "sans comparaison possible", "sans comparaison possible"),
    ];
    let said = words.iter().filter(|(number, _, _)| *number > 0);
    let said: Vec<String> = said.map(|(number, one, many)| count(*number, one, many)).collect();
    said.join(", ")
}

fn table(html: &mut Html, axes: &[Axis<'_>], before: &Review, now: &Review) {
    html.raw("<div class=\"def\" role=\"region\" aria-label=\"Évolution par compétence\" tabindex=\"0\"><table class=\"serre\"><caption><span>Les mêmes valeurs en tableau <small>");
    html.text(&summary(axes));
    html.raw(
        "</small></span></caption><thead><tr><th scope=\"col\">Compétence</th><th scope=\"col\">",
    );
    html.text(&short_date(before.key.date)).raw("</th><th scope=\"col\">");
    html.text(&short_date(now.key.date))
        .raw("</th><th scope=\"col\">Évolution</th></tr></thead><tbody>");
    for axis in axes {
        html.raw("<tr><th scope=\"row\">").text(axis.code).raw("</th><td>");
        level::position(html, axis.before);
        html.raw("</td><td>");
        level::position(html, axis.now);
        html.raw("</td>");
        axis.cell(html);
        html.raw("</tr>\n");
    }
    html.raw("</tbody></table></div>");
}
