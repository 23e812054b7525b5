//! The table of a class: pupils × competences, last positions, and the figures of each competence.

use crate::insight::{ClassView, LastPosition, reviews_of};
use crate::page::{Site, Subject, address, link};
use crate::record::Level;
use crate::render::html::Html;
use crate::school::{CompetenceIx, Referential};
use crate::text::{Date, short_date};

use super::{group_title, level};

/// Head, one row a pupil, tallies at the foot; only the competences that `keep` names.
pub(in crate::render) fn class_table(
    site: &Site<'_>,
    at: &str,
    view: &ClassView,
    keep: impl Fn(&Referential, CompetenceIx) -> bool,
) -> Html {
    let school = site.school;
    let diploma = school.classes[view.class].diploma;
    let referential = &school.referentials[diploma];
    let kept: Vec<usize> = (0..view.tallies.len())
        .filter(|place| keep(referential, view.tallies[*place].competence))
        .collect();
    let mut html = Html::with_capacity(4_096 + view.lines.len() * (300 + kept.len() * 100));
    head(&mut html, referential, view, &kept);
    html.raw("<tbody>\n");
    let mut days = Days::default();
    for (pupil, line) in &view.lines {
        let name = school.pupils[*pupil].list_name();
        html.raw("<tr><th scope=\"row\">");
        super::pupil_name(&mut html, site, at, diploma, *pupil);
        html.raw("</th>");
        for place in &kept {
            html.raw("<td>");
            match line[*place] {
                LastPosition::Position(level, date) => {
                    level::dated(&mut html, level, days.short(date));
                }
                LastPosition::Suggested(level) => {
                    level::styled(&mut html, level, "s", "suggestion : ");
                }
                LastPosition::Nothing => {}
            }
            html.raw("</td>");
        }
        let reviews = reviews_of(school, &school.pupils[*pupil], diploma);
        let done = reviews.iter().filter(|review| school.reviews[**review].is_valid()).count();
        html.raw("<td class=\"num\"><a href=\"")
            .text(&link(at, &address(site, Subject::LastReview(diploma, *pupil))))
            .raw("\">")
            .number(done)
            .raw("<span class=\"vh\">, bilans de ")
            .text(&name)
            .raw("</span></a></td></tr>\n");
    }
    html.raw("</tbody>\n");
    foot(&mut html, view, &kept);
    html
}

fn head(html: &mut Html, referential: &Referential, view: &ClassView, kept: &[usize]) {
    let competence =
        |place: &usize| &referential.competences[view.tallies[*place].competence.0 as usize];
    html.raw("<thead><tr><td></td>");
    for group in kept.chunk_by(|a, b| competence(a).group == competence(b).group) {
        html.raw("<th scope=\"colgroup\" colspan=\"").number(group.len()).raw("\">");
        group_title(html, &referential.record.groupes[competence(&group[0]).group]);
        html.raw("</th>");
    }
    html.raw("<td></td></tr>\n<tr><td></td>");
    for place in kept {
        let record = referential.competence_record(view.tallies[*place].competence);
        html.raw("<th scope=\"col\"><abbr title=\"").text(&record.intitule).raw("\"><b>");
        html.text(&record.code).raw("</b></abbr><span class=\"vh\">").text(&record.intitule);
        html.raw("</span></th>");
    }
    html.raw("<th scope=\"col\">Bilans</th></tr></thead>\n");
}

fn foot(html: &mut Html, view: &ClassView, kept: &[usize]) {
    html.raw("<tfoot>");
    for level in Level::ALL {
        html.raw("<tr><th scope=\"row\">");
        level::position(html, *level);
        html.raw(" <span class=\"petit\">").raw(match level {
            Level::NotAssessed => "sans position",
            other => other.label(),
        });
        html.raw("</span></th>");
        for place in kept {
            html.raw("<td>").number(view.tallies[*place].positions.of(*level)).raw("</td>");
        }
        html.raw("<td></td></tr>\n");
    }
    html.raw("<tr><th scope=\"row\">Positionnés sur ").number(view.lines.len()).raw("</th>");
    for place in kept {
        let tally = &view.tallies[*place].positions;
        html.raw("<td>").number(tally.assessed());
        level::bar(html, tally, false);
        html.raw("</td>");
    }
    html.raw("<td></td></tr></tfoot>");
}

/// Dates already written out: a class decides on few days.
#[derive(Default)]
struct Days(Vec<(Date, String)>);

impl Days {
    fn short(&mut self, date: Date) -> &str {
        let place = self.0.iter().position(|(known, _)| *known == date).unwrap_or_else(|| {
            self.0.push((date, short_date(date)));
            self.0.len() - 1
        });
        &self.0[place].1
    }
}
