//! The learners of a period, by class: company, referent, what is written, seen, assessed.

use std::collections::BTreeMap;

use crate::insight::{PortfolioState, ReviewStage};
use crate::page::{PeriodPart, Site, Subject, address, link, portfolio_href};
use crate::render::html::Html;
use crate::school::{Class, Ix, Pupil};

/// Head and one body a class.
pub(in crate::render) fn portfolios_table(site: &Site<'_>, at: &str, part: &PeriodPart) -> Html {
    let mut html = Html::with_capacity(1_024 + part.learners.len() * 560);
    html.raw("<thead><tr><th scope=\"col\">Apprenant</th><th scope=\"col\">Entreprise</th><th scope=\"col\">Référent</th><th scope=\"col\">Journal</th><th scope=\"col\">Fiches</th><th scope=\"col\">Suivi</th><th scope=\"col\">Bilan entreprise</th></tr></thead>\n");
    for (class, learners) in by_class(site, part) {
        html.raw("<tbody class=\"gr\"><tr><th scope=\"rowgroup\" colspan=\"7\"><span>");
        match class {
            Some(class) => html.text(&site.school.classes[class].record.nom),
            None => html.raw("Autres apprenants"),
        };
        html.raw("</span></th></tr>\n");
        for (pupil, state) in learners {
            line(&mut html, site, at, part, pupil, &state);
        }
        html.raw("</tbody>\n");
    }
    html
}

type Learners = Vec<(Ix<Pupil>, PortfolioState)>;

/// The learners by class, in the order of names of classes; each class in the order of names.
fn by_class(site: &Site<'_>, part: &PeriodPart) -> Vec<(Option<Ix<Class>>, Learners)> {
    let school = site.school;
    let mut groups: BTreeMap<Option<Ix<Class>>, Learners> = BTreeMap::new();
    for (pupil, state) in &part.learners {
        let class = crate::page::class_in(site, &school.periods[part.period], *pupil);
        groups.entry(class).or_default().push((*pupil, *state));
    }
    let mut groups: Vec<_> = groups.into_iter().collect();
    let name = |class: &Option<Ix<Class>>| {
        class.map_or("\u{10ffff}", |class| school.classes[class].record.nom.as_str())
    };
    groups.sort_by(|(a, _), (b, _)| site.collation.compare(name(a), name(b)).then(a.cmp(b)));
    groups
}

fn line(
    html: &mut Html,
    site: &Site<'_>,
    at: &str,
    part: &PeriodPart,
    pupil: Ix<Pupil>,
    state: &PortfolioState,
) {
    let school = site.school;
    html.raw("<tr><th scope=\"row\">");
    let name = school.pupils[pupil].list_name();
    match portfolio_href(site, at, part.period, pupil) {
        Some(href) => html.raw("<a href=\"").text(&href).raw("\">").text(&name).raw("</a>"),
        None => html.text(&name),
    };
    html.raw("</th><td>");
    let company = state.portfolio.and_then(|ix| school.portfolios[ix].record.entreprise.as_ref());
    match company {
        Some(company) => {
            html.text(&company.nom);
            if let Some(town) = &company.ville {
                html.raw(" <span class=\"gris petit\">").text(town).raw("</span>");
            }
        }
        None => drop(html.raw("<span class=\"badge att\">pas encore d’entreprise</span>")),
    }
    html.raw("</td><td>");
    match school.periods[part.period].referent(pupil) {
        Some(person) => {
            html.raw("<a href=\"")
                .text(&link(at, &address(site, Subject::Person(person))))
                .raw("\">");
            html.text(&school.people[person].formal_name()).raw("</a>");
        }
        None => drop(html.raw("<span class=\"badge att\">aucun</span>")),
    }
    html.raw("</td><td class=\"nb\">")
        .number(state.weeks_written)
        .raw(" sur ")
        .number(state.weeks_expected);
    if state.late_entries > 0 {
        html.raw(" <span class=\"badge att\">").number(state.late_entries).raw(" en retard</span>");
    }
    html.raw("</td><td class=\"nb\">")
        .number(state.sheets_written)
        .raw(" sur ")
        .number(state.sheets_expected);
    let seen = school.pupils[pupil].agree("vue", "vu", "vu");
    html.raw("</td><td>").raw(if state.is_seen() {
        "<span class=\"badge ok\">"
    } else {
        "<span class=\"badge\">pas encore "
    });
    html.raw(seen).raw("</span>");
    html.raw("</td><td>").raw(match state.review {
        ReviewStage::Valid => "<span class=\"badge ok\">validé</span>",
        ReviewStage::Draft => "<span class=\"badge att\">brouillon</span>",
        ReviewStage::None => "<span class=\"badge\">à faire</span>",
    });
    html.raw("</td></tr>\n");
}
