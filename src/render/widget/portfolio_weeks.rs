//! What the learner wrote, week after week, with the teachers' comments beside, and the follow-up.

use std::collections::BTreeSet;

use crate::page::{PortfolioPage, Site};
use crate::record::{ActivitySheet, Comment, JournalWeek, Status};
use crate::render::html::Html;
use crate::school::{Period, Portfolio, Referential, TaskIx, Week};
use crate::text::{Date, count, day_month};

use super::portfolio::{code, day};

/// What one portfolio says of one number: entry of the log, fiche, comments.
struct Part<'a> {
    entries: Vec<(&'a JournalWeek, &'a [TaskIx])>,
    sheets: Vec<(&'a ActivitySheet, &'a [TaskIx])>,
    comments: Vec<&'a Comment>,
}

impl<'a> Part<'a> {
    fn of(portfolio: Option<&'a Portfolio>, number: i64, with_sheets: bool) -> Self {
        let mut part = Self { entries: Vec::new(), sheets: Vec::new(), comments: Vec::new() };
        let Some(portfolio) = portfolio else { return part };
        let record = &portfolio.record;
        let tasks = portfolio.journal_tasks.iter().map(Vec::as_slice);
        part.entries =
            record.journal.iter().zip(tasks).filter(|(week, _)| week.semaine.0 == number).collect();
        if with_sheets {
            part.sheets = sheets(portfolio, |sheet| sheet.numero.0 == number);
        }
        part.comments = record
            .commentaires
            .iter()
            .filter(|comment| comment.semaine.map(|n| n.0) == Some(number))
            .collect();
        part
    }

    fn is_empty(&self) -> bool {
        self.entries.is_empty() && self.sheets.is_empty() && self.comments.is_empty()
    }
}

fn sheets(
    portfolio: &Portfolio,
    keep: impl Fn(&ActivitySheet) -> bool,
) -> Vec<(&ActivitySheet, &[TaskIx])> {
    let tasks = portfolio.sheet_tasks.iter().map(Vec::as_slice);
    portfolio.record.fiches.iter().zip(tasks).filter(|(sheet, _)| keep(sheet)).collect()
}

/// The log and the fiches; empty slots are shown (POR-02, POR-03, POR-06, POR-09).
pub(super) fn weeks(
    html: &mut Html,
    site: &Site<'_>,
    page: &PortfolioPage,
    portfolio: Option<&Portfolio>,
) {
    let period = &site.school.periods[page.period];
    let referential = &site.school.referentials[period.diploma];
    let writer = Writer { site, period, referential };
    let by_week = period.status() == Status::School;
    html.raw(if by_week {
        "<h2 id=\"journal\">Journal de bord et fiches activités</h2>\n"
    } else {
        "<h2 id=\"journal\">Journal de bord et fiche activité</h2>\n"
    });
    for week in period.weeks() {
        let number = i64::try_from(week.number).unwrap_or(0);
        let part = Part::of(portfolio, number, by_week);
        writer.week(html, &week, &part, by_week);
    }
    // What stands beyond the weeks of the period is shown all the same, and told by a check.
    for number in beyond(portfolio, page.state.weeks_expected) {
        let part = Part::of(portfolio, number, by_week);
        html.raw("<section class=\"sem\"><h3>Semaine ").number(number);
        html.raw(" <span class=\"badge err\">hors de la période</span></h3>\n");
        writer.texts(html, &part);
        html.raw("</section>\n");
    }
    if !by_week {
        html.raw("<section class=\"sem\"><h3>Fiche de la période</h3>\n");
        let sheets = portfolio.map(|portfolio| sheets(portfolio, |_| true)).unwrap_or_default();
        if sheets.is_empty() {
            html.raw("<p class=\"gris\">La fiche n’est pas encore écrite.</p>");
        }
        writer.texts(html, &Part { entries: Vec::new(), sheets, comments: Vec::new() });
        html.raw("</section>\n");
    }
    let Some(portfolio) = portfolio else { return };
    if let Some(review) = &portfolio.record.bilan_personnel {
        html.raw("<section class=\"sem\"><h3>Bilan personnel ");
        writer.written(html, review.saisi_le);
        html.raw("</h3>\n").markdown(&review.texte.0).raw("</section>\n");
    }
    let general: Vec<&Comment> =
        portfolio.record.commentaires.iter().filter(|comment| comment.semaine.is_none()).collect();
    if !general.is_empty() {
        html.raw("<section class=\"sem\"><h3>Commentaires sur la période</h3>\n");
        writer.comments(html, &general);
        html.raw("</section>\n");
    }
}

/// Numbers that the portfolio uses and the period does not have.
fn beyond(portfolio: Option<&Portfolio>, weeks: usize) -> BTreeSet<i64> {
    let Some(portfolio) = portfolio else { return BTreeSet::new() };
    let record = &portfolio.record;
    let numbers = (record.journal.iter().map(|week| week.semaine.0))
        .chain(record.fiches.iter().map(|sheet| sheet.numero.0))
        .chain(record.commentaires.iter().filter_map(|comment| Some(comment.semaine?.0)));
    numbers.filter(|number| usize::try_from(*number).is_ok_and(|number| number > weeks)).collect()
}

struct Writer<'a> {
    site: &'a Site<'a>,
    period: &'a Period,
    referential: &'a Referential,
}

impl Writer<'_> {
    fn week(&self, html: &mut Html, week: &Week, part: &Part<'_>, by_week: bool) {
        html.raw("<section class=\"sem\"><h3>Semaine ").number(week.number).raw(" <small>");
        if week.from == week.last_worked() {
            html.raw("le ").text(&day_month(week.from));
        } else {
            html.raw("du ").text(&first_day(week)).raw(" au ").text(&day_month(week.last_worked()));
        }
        html.raw("</small>");
        if part.is_empty() {
            html.raw(if by_week {
                " <span class=\"badge\">journal et fiche à écrire</span></h3></section>\n"
            } else {
                " <span class=\"badge\">journal à écrire</span></h3></section>\n"
            });
            return;
        }
        if part.entries.is_empty() {
            html.raw(" <span class=\"badge\">journal à écrire</span>");
        }
        if by_week && part.sheets.is_empty() {
            html.raw(" <span class=\"badge\">fiche à écrire</span>");
        }
        html.raw("</h3>\n");
        self.texts(html, part);
        html.raw("</section>\n");
    }

    /// The learner's words, and beside them the teachers' (POR-08).
    fn texts(&self, html: &mut Html, part: &Part<'_>) {
        html.raw(if part.comments.is_empty() { "<div>" } else { "<div class=\"paire\"><div>" });
        for (entry, tasks) in &part.entries {
            html.raw("<h4>Journal ");
            self.written(html, entry.saisi_le);
            html.raw("</h4>").markdown(&entry.activites.0);
            self.tasks(html, tasks);
        }
        for (sheet, tasks) in &part.sheets {
            html.raw("<h4>Fiche ").number(sheet.numero.0).raw(" : ").text(&sheet.titre).raw(" ");
            self.written(html, sheet.saisi_le);
            html.raw("</h4>").markdown(&sheet.texte.0);
            self.tasks(html, tasks);
        }
        if !part.comments.is_empty() {
            html.raw("</div>");
            self.comments(html, &part.comments);
        }
        html.raw("</div>");
    }

    /// When a text was written; after the end of the period, it is marked (POR-09).
    fn written(&self, html: &mut Html, date: Date) {
        html.raw("<small>écrit le ");
        day(html, date);
        html.raw("</small>");
        if Portfolio::is_late(date, self.period) {
            html.raw(" <span class=\"badge att\">après la période</span>");
        }
    }

    fn tasks(&self, html: &mut Html, tasks: &[TaskIx]) {
        if tasks.is_empty() {
            return;
        }
        html.raw("<p class=\"petit\">Tâches : ");
        for (n, task) in tasks.iter().enumerate() {
            if n > 0 {
                html.raw(", ");
            }
            code(html, self.referential, *task);
        }
        html.raw("</p>");
    }

    fn comments(&self, html: &mut Html, comments: &[&Comment]) {
        html.raw("<div class=\"mots\">");
        for comment in comments {
            html.raw("<p class=\"petit\"><b>");
            match &comment.auteur {
                None => drop(html.raw("Tuteur")),
                Some(id) => match self.site.school.person(id) {
                    Some(person) => drop(html.text(&self.site.school.people[person].formal_name())),
                    None => drop(html.text(id)),
                },
            }
            html.raw("</b>, ");
            day(html, comment.date);
            html.raw("</p>").markdown(&comment.texte.0);
        }
        html.raw("</div>");
    }
}

/// "5", of a week within one month; "29 janvier", of one that spans two.
fn first_day(week: &Week) -> String {
    let (from, to) = (day_month(week.from), day_month(week.last_worked()));
    match (from.split_once(' '), to.split_once(' ')) {
        (Some((day, month)), Some((_, other))) if month == other => day.to_owned(),
        _ => from,
    }
}

/// Visits, absences, the company's word on the time spent.
pub(super) fn follow_up(html: &mut Html, site: &Site<'_>, portfolio: &Portfolio) {
    let record = &portfolio.record;
    html.raw("<h2>Suivi et présence</h2>\n<ul class=\"plein\">");
    if record.visites.is_empty() {
        html.raw("<li><span>Ni visite ni entretien</span><span class=\"badge att\">à prévoir</span></li>");
    }
    for visit in &record.visites {
        html.raw("<li><span>").raw(match visit.mode {
            crate::record::VisitMode::OnSite => "Visite sur place",
            crate::record::VisitMode::Phone => "Entretien téléphonique",
            crate::record::VisitMode::Video => "Entretien en visioconférence",
        });
        html.raw(" le ");
        day(html, visit.date);
        html.raw("</span><span class=\"gris\">");
        match site.school.person(&visit.par) {
            Some(person) => html.text(&site.school.people[person].formal_name()),
            None => html.text(&visit.par),
        };
        html.raw("</span>");
        if let Some(words) = &visit.remarque {
            html.raw("<div class=\"note\">").markdown(&words.0).raw("</div>");
        }
        html.raw("</li>");
    }
    for absence in &record.absences {
        let half_days = usize::try_from(absence.demi_journees.0).unwrap_or(0);
        html.raw("<li><span>Absence, ")
            .text(&count(half_days, "demi-journée", "demi-journées"))
            .raw(if absence.au.is_some_and(|last| last != absence.du) { ", du " } else { ", le " });
        day(html, absence.du);
        if let Some(last) = absence.au.filter(|last| *last != absence.du) {
            html.raw(" au ");
            day(html, last);
        }
        if absence.rattrapee {
            html.raw(" <span class=\"badge ok\">rattrapée</span>");
        }
        html.raw("</span><span class=\"gris\">");
        html.text(absence.motif.as_deref().unwrap_or("sans motif")).raw("</span></li>");
    }
    html.raw("<li><span>Attestation de l’entreprise</span>");
    match &record.attestation {
        Some(proof) => {
            html.raw("<span class=\"gris\">signée le ");
            day(html, proof.signee_le);
            if let Some(days) = &proof.jours {
                html.raw(", ").text(&days.0.to_string().replace('.', ",")).raw(" jours attestés");
            }
            html.raw("</span>");
        }
        None => drop(html.raw("<span class=\"badge\">pas encore reçue</span>")),
    }
    html.raw("</li></ul>\n");
}
