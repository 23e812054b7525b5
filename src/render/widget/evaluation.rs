//! The grid of an evaluation: pupils × criteria, and the distribution of each criterion.

use crate::insight::Distribution;
use crate::page::Site;
use crate::render::html::Html;
use crate::school::{Evaluation, Ix, RowState};
use crate::text::count;

use super::level;

/// The grid: head, one row a pupil, distributions at the foot.
pub(in crate::render) fn evaluation_table(
    site: &Site<'_>,
    at: &str,
    ix: Ix<Evaluation>,
    figures: &Distribution,
) -> Html {
    let school = site.school;
    let evaluation = &school.evaluations[ix];
    let diploma = school.classes[evaluation.class].diploma;
    let referential = &school.referentials[diploma];
    let mut html = Html::with_capacity(4_096 + evaluation.rows.len() * 900);
    html.raw("<thead><tr><td></td>");
    for criterion in &evaluation.criteria {
        let competence = referential.competence_of(*criterion);
        html.raw("<th scope=\"col\"><b class=\"code\">")
            .text(&referential.competences[competence.0 as usize].code)
            .raw("</b>");
        html.text(referential.criterion_title(*criterion)).raw("</th>");
    }
    html.raw("</tr></thead>\n<tbody>\n");
    for row in &evaluation.rows {
        let pupil = &school.pupils[row.pupil];
        html.raw("<tr><th scope=\"row\">");
        super::pupil_name(&mut html, site, at, diploma, row.pupil);
        html.raw("</th>");
        let whole = |html: &mut Html| {
            html.raw("<td colspan=\"").number(evaluation.criteria.len().max(1)).raw("\"");
        };
        match &row.state {
            RowState::Rated(levels) => {
                for level in levels {
                    html.raw("<td>");
                    level::styled(&mut html, *level, "gros", "");
                    html.raw("</td>");
                }
            }
            RowState::Absent => {
                whole(&mut html);
                html.raw("><i class=\"nx\" aria-hidden=\"true\">abs</i> ")
                    .raw(pupil.agree("absente", "absent", "absent ou absente"))
                    .raw("</td>");
            }
            RowState::Exempt => {
                whole(&mut html);
                html.raw("><i class=\"nx\" aria-hidden=\"true\">disp</i> ")
                    .raw(pupil.agree("dispensée", "dispensé", "dispensé ou dispensée"))
                    .raw("</td>");
            }
            RowState::Unrated => {
                whole(&mut html);
                html.raw(" class=\"gris\">pas encore ")
                    .raw(pupil.agree("évaluée", "évalué", "évalué ou évaluée"))
                    .raw("</td>");
            }
        }
        html.raw("</tr>\n");
    }
    html.raw("</tbody>\n<tfoot><tr><th scope=\"row\">Répartition<br><span class=\"gris petit\">");
    html.text(&count(figures.rated, "évalué", "évalués"))
        .raw(" sur ")
        .number(evaluation.rows.len())
        .raw("</span></th>");
    for tally in &figures.criteria {
        html.raw("<td>");
        level::bar(&mut html, tally, true);
        html.raw("</td>");
    }
    html.raw("</tr></tfoot>");
    html
}
