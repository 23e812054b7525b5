//! Reviews done and expected in each official period of a class, with who is missing (CON-05).

use serde::Serialize;

use crate::insight::review_progress;
use crate::school::{Class, Ix};
use crate::text::short_date;

use super::{Site, Subject, address, link};

/// One official period of a class.
#[derive(Debug, Serialize)]
pub struct Progress {
    /// "1er semestre".
    pub period: String,
    /// "du 01/09/2026 au 22/01/2027".
    pub dates: String,
    /// Pupils who have a validated review dated in it.
    pub done: usize,
    /// Pupils of the class at its end.
    pub expected: usize,
    /// Who has none yet, with the way to the dashboard, where reviews are made.
    pub missing: Vec<(String, String)>,
}

/// The official periods of a class, in time order.
pub(super) fn progress(site: &Site<'_>, at: &str, ix: Ix<Class>) -> Vec<Progress> {
    let school = site.school;
    let d = school.classes[ix].diploma;
    review_progress(school, ix)
        .into_iter()
        .map(|figures| Progress {
            period: figures.period.intitule.clone(),
            dates: format!(
                "du {} au {}",
                short_date(figures.period.debut),
                short_date(figures.period.fin)
            ),
            done: figures.done(),
            expected: figures.expected.len(),
            missing: figures
                .missing
                .iter()
                .map(|pupil| {
                    let way = link(at, &address(site, Subject::Dashboard(d, *pupil)));
                    (school.pupils[*pupil].list_name(), way)
                })
                .collect(),
        })
        .collect()
}
