//! A portfolio: the three elements and their state, then what is in them, week after week.

use crate::insight::{ReviewStage, tasks_never_met};
use crate::page::{PortfolioPage, Site, anchor, dialled, reviewers, tutor_name};
use crate::record::{Company, ReviewState, Status, Tutor};
use crate::render::html::Html;
use crate::school::{CriterionIx, Period, Portfolio, Referential, TaskIx};
use crate::text::{Date, count, short_date};

use super::level;

/// Everything under the head of the page.
pub(in crate::render) fn portfolio_body(site: &Site<'_>, page: &PortfolioPage) -> Html {
    let school = site.school;
    let period = &school.periods[page.period];
    let portfolio = page.state.portfolio.map(|ix| &school.portfolios[ix]);
    let mut html = Html::with_capacity(12_288);
    elements(&mut html, page, portfolio, school.pupils[page.pupil].agree("vue", "vu", "vu"));
    place(&mut html, site, period, portfolio);
    super::portfolio_weeks::weeks(&mut html, site, page, portfolio);
    if let Some(portfolio) = portfolio {
        company_review(&mut html, site, portfolio);
        super::portfolio_weeks::follow_up(&mut html, site, portfolio);
    }
    tasks(&mut html, site, page, portfolio);
    html
}

/// The three elements with their state, and whether somebody has been there (POR-01).
fn elements(
    html: &mut Html,
    page: &PortfolioPage,
    portfolio: Option<&Portfolio>,
    seen: &'static str,
) {
    let state = &page.state;
    html.raw("<ul class=\"cartes quatre\"><li class=\"carte\"><h2><a href=\"#journal\">Journal de bord</a></h2><p>");
    gauge(html, state.weeks_written, state.weeks_expected, "Semaines écrites");
    html.raw(if state.weeks_expected > 1 { " semaines" } else { " semaine" });
    html.raw("</p>");
    if state.late_entries > 0 {
        html.raw("<p><span class=\"badge att\" title=\"écrit après la fin de la période\">");
        html.number(state.late_entries).raw(" en retard</span></p>");
    }
    html.raw("</li><li class=\"carte\"><h2><a href=\"#journal\">Fiches activités</a></h2><p>");
    gauge(html, state.sheets_written, state.sheets_expected, "Fiches écrites");
    html.raw("</p></li><li class=\"carte\"><h2>");
    let review = portfolio.and_then(|portfolio| portfolio.record.bilan_entreprise.as_ref());
    html.raw(if review.is_some() {
        "<a href=\"#bilan\">Bilan entreprise</a>"
    } else {
        "Bilan entreprise"
    });
    html.raw("</h2><p>");
    match (state.review, review) {
        (ReviewStage::Valid, Some(review)) => {
            html.raw("<span class=\"badge ok\">validé</span> du ").text(&short_date(review.date));
        }
        (ReviewStage::Draft, Some(review)) => {
            html.raw("<span class=\"badge att\">brouillon</span> du ")
                .text(&short_date(review.date));
        }
        _ => drop(html.raw("<span class=\"badge\">à faire</span>")),
    }
    html.raw("</p></li><li class=\"carte\"><h2>Suivi</h2><p>");
    let last = portfolio
        .and_then(|portfolio| portfolio.record.visites.iter().map(|visit| visit.date).max());
    match last {
        Some(day) => {
            html.raw("<span class=\"badge ok\">")
                .raw(seen)
                .raw("</span> le ")
                .text(&short_date(day));
            if state.visits > 1 {
                html.raw(" <span class=\"gris\">(").number(state.visits).raw(" contacts)</span>");
            }
        }
        None => {
            html.raw("<span class=\"badge\">pas encore ").raw(seen).raw("</span>");
        }
    }
    html.raw("</p></li></ul>\n");
}

pub(super) fn gauge(html: &mut Html, done: usize, total: usize, label: &'static str) {
    html.raw("<span class=\"jauge\"><progress max=\"").number(total.max(1)).raw("\" value=\"");
    html.number(done).raw("\" aria-label=\"").raw(label).raw("\"></progress>");
    html.number(done).raw(" sur ").number(total).raw("</span>");
}

/// The company and the tutor beside what is planned (POR-04, POR-05).
fn place(html: &mut Html, site: &Site<'_>, period: &Period, portfolio: Option<&Portfolio>) {
    html.raw("<div class=\"deux\"><section><h2>Entreprise</h2>\n");
    let company = portfolio.and_then(|portfolio| portfolio.record.entreprise.as_ref());
    match company {
        Some(company) => company_facts(html, company),
        None => drop(html.raw("<p class=\"gris\">Pas encore d’entreprise.</p>\n")),
    }
    if let Some(tutor) = portfolio.and_then(|portfolio| portfolio.record.tuteur.as_ref()) {
        tutor_facts(html, tutor, period.status());
    }
    html.raw("</section><section><h2>Objectifs et tâches prévues</h2>\n");
    match &period.record.objectifs {
        Some(prose) => drop(html.markdown(&prose.0)),
        None => drop(html.raw("<p class=\"gris\">La période n’a pas encore d’objectifs.</p>")),
    }
    if !period.tasks.is_empty() {
        let done = portfolio.map(Portfolio::tasks).unwrap_or_default();
        let met = period.tasks.iter().filter(|task| done.contains(task)).count();
        html.raw("<p><a href=\"#taches\">").number(met).raw(" sur ").number(period.tasks.len());
        html.raw(" tâches prévues</a> déjà racontées : ");
        let referential = &site.school.referentials[period.diploma];
        for (n, task) in period.tasks.iter().enumerate() {
            if n > 0 {
                html.raw(", ");
            }
            code(html, referential, *task);
        }
        html.raw(".</p>");
    }
    html.raw("</section></div>\n");
}

fn company_facts(html: &mut Html, company: &Company) {
    html.raw("<dl class=\"ident\"><dt>Nom</dt><dd><b>").text(&company.nom).raw("</b>");
    if let Some(activity) = &company.activite {
        html.raw(", ").text(activity);
    }
    html.raw("</dd>");
    let town: Vec<&str> =
        [&company.code_postal, &company.ville].into_iter().flatten().map(String::as_str).collect();
    let place = [company.adresse.clone(), Some(town.join(" ")), company.pays.clone()];
    let place: Vec<String> = place.into_iter().flatten().filter(|part| !part.is_empty()).collect();
    if !place.is_empty() {
        html.raw("<dt>Adresse</dt><dd>").text(&place.join(", ")).raw("</dd>");
    }
    contact(html, company.telephone.as_deref(), company.courriel.as_deref());
    if let Some(siret) = &company.siret {
        html.raw("<dt>SIRET</dt><dd>").text(siret).raw("</dd>");
    }
    if let (Some(latitude), Some(longitude)) = (&company.latitude, &company.longitude) {
        let (latitude, longitude) = (latitude.0, longitude.0);
        // A link that the device's own map opens: no third party is called (POR-04).
        html.raw("<dt>Position</dt><dd><a href=\"geo:").number(latitude).raw(",").number(longitude);
        html.raw("\">").text(&degrees(latitude, "N", "S")).raw(", ");
        html.text(&degrees(longitude, "E", "O")).raw("</a></dd>");
    }
    html.raw("</dl>\n");
}

fn degrees(value: f64, positive: &str, negative: &str) -> String {
    let side = if value < 0.0 { negative } else { positive };
    format!("{:.4}° {side}", value.abs()).replace('.', ",")
}

fn tutor_facts(html: &mut Html, tutor: &Tutor, status: Status) {
    html.raw("<dl class=\"ident\"><dt>").raw(match status {
        Status::School => "Tuteur",
        Status::Apprentice => "Maître d’apprentissage",
    });
    html.raw("</dt><dd><b>").text(&tutor_name(tutor)).raw("</b>");
    if let Some(role) = &tutor.fonction {
        html.raw(", ").text(role);
    }
    html.raw("</dd>");
    contact(html, tutor.telephone.as_deref(), tutor.courriel.as_deref());
    html.raw("</dl>\n");
}

fn contact(html: &mut Html, phone: Option<&str>, email: Option<&str>) {
    if let Some(phone) = phone {
        html.raw("<dt>Téléphone</dt><dd><a class=\"nb\" href=\"tel:")
            .text(&dialled(phone))
            .raw("\">");
        html.text(phone).raw("</a></dd>");
    }
    if let Some(email) = email {
        html.raw("<dt>Courriel</dt><dd><a href=\"mailto:").text(email).raw("\">").text(email);
        html.raw("</a></dd>");
    }
}

/// The code of a task, with the way to its words.
pub(super) fn code(html: &mut Html, referential: &Referential, task: TaskIx) {
    let record = referential.task_record(task);
    html.raw("<a class=\"code t\" href=\"#").text(&anchor("t", &record.code)).raw("\">");
    html.text(&record.code).raw("</a>");
}

/// The company review: both names, the words, the results as capsules (POR-12, POR-13).
fn company_review(html: &mut Html, site: &Site<'_>, portfolio: &Portfolio) {
    let Some(review) = &portfolio.record.bilan_entreprise else { return };
    html.raw("<h2 id=\"bilan\">Bilan entreprise</h2>\n<p>");
    if review.etat == ReviewState::Valid {
        html.raw("<span class=\"badge ok\">validé</span> ");
    } else {
        html.raw("<span class=\"badge att\">brouillon</span> ");
    }
    html.raw("Évaluation du ");
    day(html, review.date);
    html.raw(" par <b>").text(&reviewers(site, portfolio, review)).raw("</b>");
    if let Some(reason) = &review.sans_tuteur {
        html.raw(", sans le tuteur : ").text(reason);
    }
    html.raw(if review.etat == ReviewState::Valid {
        ". Ses résultats sont dans le tableau de bord, en gélules [E].</p>\n"
    } else {
        ". Tant qu’il n’est pas validé, rien n’en paraît dans le tableau de bord.</p>\n"
    });
    if let Some(words) = &review.appreciation {
        html.raw("<blockquote>").markdown(&words.0).raw("</blockquote>\n");
    }
    let period = &site.school.periods[portfolio.period];
    let referential = &site.school.referentials[period.diploma];
    results(html, referential, &portfolio.results, period);
}

/// Results by criterion, each as a capsule.
pub(super) fn results(
    html: &mut Html,
    referential: &Referential,
    results: &[(CriterionIx, crate::record::Level)],
    of: &Period,
) {
    if results.is_empty() {
        html.raw("<p class=\"gris\">Aucun résultat.</p>\n");
        return;
    }
    html.raw("<div class=\"def aj\" role=\"region\" aria-label=\"Résultats en entreprise, ")
        .text(&of.record.titre).raw(" (").number(of.year).raw(")\" tabindex=\"0\"><table class=\"lst serre res\"><caption class=\"vh\">Résultats en entreprise, par critère</caption><thead><tr><th scope=\"col\">Critère</th><th scope=\"col\">Résultat</th></tr></thead>\n");
    let competence = |criterion: &CriterionIx| referential.competence_of(*criterion);
    for group in results.chunk_by(|(a, _), (b, _)| competence(a) == competence(b)) {
        let record = referential.competence_record(competence(&group[0].0));
        // A competence without criteria is its own: its words stand once.
        if let [(criterion, result)] = group
            && referential.criterion_record(*criterion).is_none()
        {
            html.raw("<tbody><tr><th scope=\"row\"><span class=\"code\">").text(&record.code);
            html.raw("</span> ").text(&record.intitule).raw("</th><td>");
            level::capsule(html, *result);
            html.raw(" ").raw(result.label()).raw("</td></tr></tbody>\n");
            continue;
        }
        html.raw("<tbody class=\"gr\"><tr><th scope=\"rowgroup\" colspan=\"2\"><span><span class=\"code\">");
        html.text(&record.code).raw("</span> ").text(&record.intitule).raw("</span></th></tr>\n");
        for (criterion, result) in group {
            html.raw("<tr><th scope=\"row\">").text(referential.criterion_title(*criterion));
            html.raw("</th><td>");
            level::capsule(html, *result);
            html.raw(" ").raw(result.label()).raw("</td></tr>\n");
        }
        html.raw("</tbody>");
    }
    html.raw("</table></div>\n");
}

/// Tasks done beside tasks planned, and those of the diploma that no period has brought (POR-11).
fn tasks(html: &mut Html, site: &Site<'_>, page: &PortfolioPage, portfolio: Option<&Portfolio>) {
    let school = site.school;
    let period = &school.periods[page.period];
    let referential = &school.referentials[period.diploma];
    let done = portfolio.map(Portfolio::tasks).unwrap_or_default();
    let more: Vec<TaskIx> =
        done.iter().copied().filter(|task| !period.tasks.contains(task)).collect();
    html.raw("<h2 id=\"taches\">Tâches</h2>\n<div class=\"deux\"><section><h3>Prévues pour la période</h3>\n");
    if period.tasks.is_empty() {
        html.raw("<p class=\"gris\">La période ne prévoit pas encore de tâches.</p>");
    } else {
        html.raw("<ul class=\"plein petit\">");
        for task in &period.tasks {
            task_line(html, referential, *task);
            html.raw(if done.contains(task) {
                " <span class=\"badge ok\">faite</span></li>"
            } else {
                " <span class=\"badge\">pas encore</span></li>"
            });
        }
        html.raw("</ul>");
    }
    html.raw("</section><section>");
    if !more.is_empty() {
        html.raw("<h3>Faites sans être prévues</h3>\n<ul class=\"plein petit\">");
        for task in more {
            task_line(html, referential, task);
            html.raw("</li>");
        }
        html.raw("</ul>");
    }
    let never = tasks_never_met(school, page.pupil, period.diploma);
    html.raw("<h3>Jamais rencontrées en entreprise</h3>\n");
    if never.is_empty() {
        html.raw("<p>Toutes les tâches du diplôme ont été rencontrées.</p>");
    } else {
        html.raw("<details class=\"dep\"><summary>");
        html.text(&count(never.len(), "tâche", "tâches")).raw(" du diplôme sur ");
        html.number(referential.tasks.len());
        html.raw(", toutes périodes réunies</summary><ul class=\"plein petit\">");
        for task in never {
            let record = referential.task_record(task);
            html.raw("<li><span><span class=\"code\">").text(&record.code).raw("</span> ");
            html.text(&record.intitule).raw("</span></li>");
        }
        html.raw("</ul></details>");
    }
    html.raw("</section></div>\n");
}

/// Opens the line of a task, with its words.
pub(super) fn task_line(html: &mut Html, referential: &Referential, task: TaskIx) {
    let record = referential.task_record(task);
    html.raw("<li id=\"").text(&anchor("t", &record.code)).raw("\"><span><span class=\"code\">");
    html.text(&record.code).raw("</span> ").text(&record.intitule).raw("</span>");
}

pub(super) fn day(html: &mut Html, date: Date) {
    html.raw("<time datetime=\"").number(date).raw("\">").text(&short_date(date)).raw("</time>");
}
