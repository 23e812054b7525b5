//! Why a level is suggested: the results used, what they say, what other methods would say.

use crate::insight::CompetenceLine;
use crate::page::{DashboardPage, Site};
use crate::render::html::Html;
use crate::text::short_date;

use super::level;

/// One suggestion, folded: the results that count, the count that decides, the other methods.
pub(super) fn suggestion_details(
    html: &mut Html,
    site: &Site<'_>,
    page: &DashboardPage,
    line: &CompetenceLine,
) {
    let Some(suggestion) = &line.suggestion else { return };
    let referential = &site.school.referentials[page.dashboard.referential];
    let record = referential.competence_record(line.competence);
    html.raw("<details class=\"dep\" id=\"s-").text(&record.code).raw("\"><summary>");
    level::styled(html, suggestion.level, "s", "suggestion : ");
    html.raw(" <span class=\"code\">").text(&record.code).raw("</span> ").text(&record.intitule);
    if suggestion.fragile {
        html.raw(" <span class=\"badge\">peu de résultats</span>");
    }
    html.raw("</summary><p>Résultats pris en compte (les trois derniers de chaque critère), du plus ancien au plus récent : ");
    let mut last = None;
    for used in &suggestion.used {
        let (observation, column) = &line.observations[*used];
        level::position(html, observation.level);
        html.raw(" ");
        last = Some(page.dashboard.columns[*column].date);
    }
    html.raw("– ").number(suggestion.reached).raw(" sur ").number(suggestion.used.len());
    html.raw(if suggestion.reached < 2 { " atteint" } else { " atteignent" });
    html.raw(" au moins « ")
        .raw(suggestion.level.as_str())
        .raw(" », ")
        .raw(suggestion.level.label())
        .raw(".");
    if let Some(last) = last {
        html.raw(" Dernier résultat le ").text(&short_date(last)).raw(".");
    }
    html.raw(" Non évalué, absent et dispensé ne sont pas comptés.</p><p class=\"petit\">D’autres méthodes, sur tous les résultats (1 à 4) : ");
    for (n, (name, value, percent)) in suggestion.others.iter().enumerate() {
        if n > 0 {
            html.raw(" ; ");
        }
        html.raw(name).raw(" ");
        let (digits, unit) = if *percent { (1, " / 100") } else { (2, "") };
        html.text(&format!("{value:.digits$}").replace('.', ",")).raw(unit);
    }
    html.raw(".</p></details>\n");
}
