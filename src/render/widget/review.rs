//! The table of a review: competences × dates, up to the review shown (BIL-08).

use crate::page::{ReviewPage, ReviewState, Site};
use crate::render::html::Html;

use super::{evolution, group_title, level};

/// Head and one body a group of competences; the last column of positions is the review shown. With
/// many competences, what became of each since the review before stands beside it.
pub(in crate::render) fn review_table(site: &Site<'_>, page: &ReviewPage) -> Html {
    let school = site.school;
    let shown = &school.reviews[page.shown];
    let referential = &school.referentials[shown.diploma];
    let columns: Vec<_> = page.columns.iter().map(|ix| &school.reviews[*ix]).collect();
    let letters = !page.letters.is_empty();
    let evolution = evolution::column(site, page);
    let width = columns.len() + 1 + usize::from(evolution.is_some()) + usize::from(letters);
    let mut html = Html::with_capacity(2_048 + referential.competences.len() * width * 90);
    head(&mut html, page, evolution.as_ref().map(|(since, _)| since.as_str()), letters);
    let mut group = None;
    for competence in referential.competence_ixs() {
        let place = referential.competences[competence.0 as usize].group;
        if group != Some(place) {
            if group.is_some() {
                html.raw("</tbody>\n");
            }
            group = Some(place);
            html.raw("<tbody class=\"gr\"><tr><th scope=\"rowgroup\" colspan=\"").number(width);
            html.raw("\"><span>");
            group_title(&mut html, &referential.record.groupes[place]);
            html.raw("</span></th></tr>\n");
        }
        let record = referential.competence_record(competence);
        html.raw("<tr><th scope=\"row\"><span class=\"code\">").text(&record.code).raw("</span> ");
        html.text(&record.intitule).raw("</th>");
        for (place, review) in columns.iter().enumerate() {
            html.raw("<td>");
            if place + 1 == columns.len() {
                level::styled(&mut html, review.position(competence), "gros", "");
            } else {
                level::position(&mut html, review.position(competence));
            }
            html.raw("</td>");
        }
        if let Some((_, axes)) = &evolution {
            axes[usize::from(competence.0)].cell(&mut html);
        }
        if letters {
            html.raw("<td>").text(shown.letter(competence).unwrap_or("–")).raw("</td>");
        }
        html.raw("</tr>\n");
    }
    if group.is_some() {
        html.raw("</tbody>");
    }
    html
}

/// Each date names who validated, by word and on hover (DASH-11).
fn head(html: &mut Html, page: &ReviewPage, since: Option<&str>, letters: bool) {
    html.raw("<thead><tr><td></td>");
    for date in page.dates.iter().take(page.columns.len()) {
        html.raw("<th scope=\"col\" title=\"Bilan ").text(&date.by).raw("\">");
        if date.current {
            html.raw("<b>");
        } else {
            html.raw("<a href=\"").text(&date.href).raw("\">");
        }
        html.raw("<time datetime=\"").text(&date.day.iso).raw("\">").text(&date.day.short);
        html.raw("</time>");
        if date.number > 1 {
            html.raw(" (").number(date.number).raw(")");
        }
        html.raw(if date.current { "</b>" } else { "</a>" });
        html.raw("<small>").text(&date.who);
        html.raw(match date.state {
            ReviewState::Draft => ", brouillon",
            ReviewState::Unlocked => ", déverrouillé",
            ReviewState::Locked => "",
        });
        html.raw("</small>");
        if date.state != ReviewState::Draft {
            html.raw("<span class=\"vh\">, ").text(&date.by).raw("</span>");
        }
        html.raw("</th>");
    }
    if let Some(since) = since {
        html.raw("<th scope=\"col\">Évolution<small>depuis le ").text(since).raw("</small></th>");
    }
    if letters {
        html.raw("<th scope=\"col\">Niveau de professionnalisation</th>");
    }
    html.raw("</tr></thead>\n");
}
