//! A learner's follow-up: the dashboard on paper, for the learner (DASH-16).

use serde::Serialize;

use super::parts::{FollowUpPart, parts};
use crate::insight::Source;
use crate::page::document::{Desk, SheetFrame, sheet_frame};
use crate::page::{D, DashboardPage, Subject, dashboard_page};
use crate::school::{Ix, Pupil};
use crate::text::{count, long_date, short_date};

/// The context of a learner's follow-up.
#[derive(Debug, Serialize)]
pub struct FollowUpSheet {
    /// Around the document.
    pub sheet: SheetFrame,
    /// What the page of the dashboard says; its reviews may be drafts, those of this sheet are not.
    pub page: DashboardPage,
    /// "née le 14 mars 2009".
    pub born: String,
    /// Its tables, in time order.
    pub parts: Vec<FollowUpPart>,
    /// Each result: what the columns have no room for (DASH-11).
    pub results: Vec<ResultLine>,
    /// Each validated review: "11/12/2026", "validé le 11/12/2026 par Mme Benali" (DASH-11).
    pub reviews: Vec<(String, String)>,
    /// Letters of professionalisation and their names, when a review gives some.
    pub letters: Vec<(String, String)>,
    /// The records it shows, by path.
    #[serde(skip)]
    pub shown: Vec<String>,
}

/// An evaluation or a company review, as the appendix tells it.
#[derive(Debug, Serialize)]
pub struct ResultLine {
    /// Its number at the head of its column.
    pub number: usize,
    /// "11/12/2026".
    pub day: String,
    /// Its title.
    pub title: String,
    /// "Intermédiaire `[Int]`".
    pub kind: String,
    /// "en établissement", "en entreprise".
    pub place: &'static str,
    /// Who assessed.
    pub by: String,
    /// "Première (2025-2026)".
    pub year: String,
}

/// Computes a learner's follow-up. Drafts of reviews are not in it: they are not decided.
pub fn follow_up_sheet(desk: &Desk<'_>, d: D, ix: Ix<Pupil>) -> FollowUpSheet {
    let (site, school) = (desk.site, desk.site.school);
    let pupil = &school.pupils[ix];
    let page = dashboard_page(site, d, ix, "", Subject::Dashboard);
    let board = &page.dashboard;
    let named = |year: crate::text::SchoolYear, level: &str| format!("{level} ({year})");
    let results: Vec<_> = board
        .columns
        .iter()
        .map(|column| (column.year, named(column.year, column.level.label())))
        .collect();
    let valid: Vec<usize> =
        (0..board.reviews.len()).filter(|n| school.reviews[board.reviews[*n]].is_valid()).collect();
    let decided: Vec<_> = valid
        .iter()
        .map(|place| {
            let class = &school.classes[school.reviews[board.reviews[*place]].class];
            (*place, class.year, named(class.year, class.record.niveau.label()))
        })
        .collect();
    let lines = board.columns.iter().zip(&page.heads).enumerate();
    let lines = lines.map(|(place, (column, head))| ResultLine {
        number: place + 1,
        day: short_date(column.date),
        title: head.title.clone(),
        kind: format!("{} [{}]", column.code.label(), column.code.as_str()),
        place: if column.code.is_company() { "en entreprise" } else { "en établissement" },
        by: head.by.clone(),
        year: results[place].1.clone(),
    });
    let of_source = |source: &Source| match source {
        Source::Evaluation(ix) => &*school.evaluations[*ix].file,
        Source::Portfolio(ix) => &*school.portfolios[*ix].file,
    };
    let shown = board.columns.iter().map(|column| of_source(&column.source));
    let shown = shown.chain(valid.iter().map(|n| &*school.reviews[board.reviews[*n]].file));
    let shown: Vec<String> = shown.map(str::to_owned).collect();
    let class = page.class.as_ref().map(|class| format!(", {}", class.0)).unwrap_or_default();
    let about = format!("{}{class}", page.name);
    let paths = shown.iter().map(String::as_str);
    let sheet = sheet_frame(desk, "Livret de suivi", Some(about), Some(d), paths).landscape();
    let lettered = |n: &usize| !school.reviews[board.reviews[*n]].professionalisation.is_empty();
    let letters = &school.referentials[d].record.professionnalisation;
    FollowUpSheet {
        born: format!(
            "{}{}",
            pupil.agree("née le ", "né le ", "né(e) le "),
            long_date(pupil.record.naissance)
        ),
        parts: parts(&results, &decided),
        results: lines.collect(),
        reviews: valid
            .iter()
            .map(|n| (page.reviews[*n].date.clone(), page.reviews[*n].by.clone()))
            .collect(),
        letters: if valid.iter().any(lettered) {
            letters.iter().map(|one| (one.code.clone(), one.libelle.clone())).collect()
        } else {
            Vec::new()
        },
        sheet,
        page,
        shown,
    }
}

impl FollowUpSheet {
    /// "33 évaluations, 4 bilans".
    pub fn number(&self) -> String {
        let reviews = count(self.reviews.len(), "bilan validé", "bilans validés");
        format!("{}, {reviews}", self.page.evaluations)
    }
}
