//! The tables of an apprentice's booklet: positions review by review, results and tasks in companies.

use crate::insight::tasks_never_met;
use crate::page::{D, Site};
use crate::render::html::Html;
use crate::school::{Ix, Period, Portfolio, Pupil, Review};

use super::portfolio::{day, results};
use super::{group_title, level};

/// The results of a valid company review; nothing without one.
pub(in crate::render) fn company_results_of(
    site: &Site<'_>,
    period: Ix<Period>,
    pupil: Ix<Pupil>,
) -> Option<Html> {
    let school = site.school;
    let portfolio = &school.portfolios[school.portfolio(pupil, period)?];
    portfolio.valid_review()?;
    let mut html = Html::with_capacity(4_096);
    let period = &school.periods[period];
    let referential = &school.referentials[period.diploma];
    results(&mut html, referential, &portfolio.results, period);
    Some(html)
}

/// The results of a company review, valid or not; nothing without one.
pub(in crate::render) fn company_results(site: &Site<'_>, ix: Ix<Portfolio>) -> Option<Html> {
    let portfolio = &site.school.portfolios[ix];
    portfolio.record.bilan_entreprise.as_ref()?;
    let mut html = Html::with_capacity(4_096);
    let period = &site.school.periods[portfolio.period];
    let referential = &site.school.referentials[period.diploma];
    results(&mut html, referential, &portfolio.results, period);
    Some(html)
}

/// Competences × valid reviews.
pub(in crate::render) fn positions_table(site: &Site<'_>, d: D, columns: &[Ix<Review>]) -> Html {
    let referential = &site.school.referentials[d];
    let reviews: Vec<_> = columns.iter().map(|ix| &site.school.reviews[*ix]).collect();
    let mut html = Html::with_capacity(2_048 + referential.competences.len() * reviews.len() * 90);
    html.raw("<thead><tr><td></td>");
    for review in &reviews {
        html.raw("<th scope=\"col\">");
        day(&mut html, review.key.date);
        html.raw("</th>");
    }
    html.raw("</tr></thead>\n");
    let place = |competence: &crate::school::CompetenceIx| {
        referential.competences[competence.0 as usize].group
    };
    let all: Vec<_> = referential.competence_ixs().collect();
    for group in all.chunk_by(|a, b| place(a) == place(b)) {
        html.raw("<tbody class=\"gr\"><tr><th scope=\"rowgroup\" colspan=\"");
        html.number(reviews.len() + 1).raw("\"><span>");
        group_title(&mut html, &referential.record.groupes[place(&group[0])]);
        html.raw("</span></th></tr>\n");
        for competence in group {
            let record = referential.competence_record(*competence);
            html.raw("<tr><th scope=\"row\"><span class=\"code\">").text(&record.code);
            html.raw("</span> ").text(&record.intitule).raw("</th>");
            for review in &reviews {
                html.raw("<td>");
                level::position(&mut html, review.position(*competence));
                html.raw("</td>");
            }
            html.raw("</tr>\n");
        }
        html.raw("</tbody>\n");
    }
    html
}

/// The tasks of the diploma, by activity: those met in a company, and those not yet.
pub(in crate::render) fn tasks_of_diploma(site: &Site<'_>, d: D, pupil: Ix<Pupil>) -> Html {
    let referential = &site.school.referentials[d];
    let never = tasks_never_met(site.school, pupil, d);
    let mut html = Html::with_capacity(referential.tasks.len() * 160);
    for task in referential.task_ixs() {
        let record = referential.task_record(task);
        html.raw("<li><span><span class=\"code\">").text(&record.code).raw("</span> ");
        html.text(&record.intitule).raw("</span>");
        html.raw(if never.contains(&task) {
            " <span class=\"badge\">pas encore</span></li>"
        } else {
            " <span class=\"badge ok\">rencontrée</span></li>"
        });
    }
    html
}
