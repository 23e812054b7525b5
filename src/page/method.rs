//! Legend and method: what each sign means, how a suggestion is made, with real figures.

use serde::Serialize;

use super::{Frame, Site, frame};
use crate::insight::{METHODS, Observation, SUGGESTION_METHOD, suggest};
use crate::record::Level;
use crate::school::CriterionIx;
use crate::text::Date;

/// The series that the comparison of methods works on: 1, 2, 2, 4, 3.
const SERIES: [Level; 5] =
    [Level::NotAcquired, Level::InProgress, Level::InProgress, Level::Fully, Level::Partly];

/// The context of the page of legend and method.
#[derive(Debug, Serialize)]
pub struct MethodPage {
    /// Around the page.
    pub frame: Frame,
    /// Name and version of the method.
    pub method: &'static str,
    /// The series: sign, and whether it is used for the suggestion.
    pub series: Vec<(&'static str, bool)>,
    /// What the method suggests for it: sign, words, results that reach it, results used.
    pub suggestion: Option<(&'static str, &'static str, usize, usize)>,
    /// Other methods: name, meaning, figure.
    pub others: Vec<(&'static str, &'static str, String)>,
}

/// Computes the page.
pub fn method_page(site: &Site<'_>, at: &str) -> MethodPage {
    let date = Date(jiff::civil::Date::constant(2026, 9, 1));
    let observations: Vec<Observation> = SERIES
        .iter()
        .map(|level| Observation { criterion: CriterionIx(0), date, level: *level })
        .collect();
    let suggestion = suggest(&observations);
    let used = suggestion.as_ref().map_or(&[][..], |suggestion| suggestion.used.as_slice());
    MethodPage {
        frame: frame(site, at, "Légende et méthode", None, None),
        method: SUGGESTION_METHOD,
        series: SERIES
            .iter()
            .enumerate()
            .map(|(n, level)| (level.as_str(), used.contains(&n)))
            .collect(),
        suggestion: suggestion.as_ref().map(|suggestion| {
            let level = suggestion.level;
            (level.as_str(), level.label(), suggestion.reached, suggestion.used.len())
        }),
        others: other_methods(),
    }
}

/// Every other method with the figure it gives for the series: "2,74", "66,8 sur 100".
pub fn other_methods() -> Vec<(&'static str, &'static str, String)> {
    let ranks: Vec<u8> = SERIES.iter().filter_map(|level| level.rank()).collect();
    METHODS
        .iter()
        .map(|method| {
            let figure = match method.value(&ranks) {
                Some(value) if method.percent => format!("{value:.1} sur 100"),
                Some(value) => format!("{value:.2} sur 4"),
                None => "aucun résultat".to_owned(),
            };
            (method.name, method.meaning, figure.replace('.', ","))
        })
        .collect()
}
