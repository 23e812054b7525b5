//! The livret as the national application shows it (NAT-22): marks of the pupil and of the group,
//! competences ticked from 1 to 4, appreciation, in that order.

use serde::Serialize;

use crate::insight::{GroupFigures, Hundredths};
use crate::record::{LivretRules, PeriodMark};
use crate::school::{Class, Livret, Referential};

use super::Site;
use super::words::{decimal, percent, typed};

/// The line of the spécialité.
#[derive(Debug, Serialize)]
pub struct NationalPart {
    /// "Baccalauréat professionnel Métiers du commerce et de la vente (MCV A)".
    pub subject: String,
    /// Code and mark of each official period: "12,5", "NN", none.
    pub marks: Vec<(String, Option<String>)>,
    /// The annual mean of the pupil.
    pub mean: Option<String>,
    /// Headings and expected competences.
    pub rows: Vec<NationalRow>,
}

/// A row of the competences.
#[derive(Debug, Serialize)]
pub struct NationalRow {
    /// Words of the competence, or of a heading.
    pub title: String,
    /// Whether it is a heading: no tick (NAT-23).
    pub heading: bool,
    /// The degree ticked, from 1 to 4; 0 when there is none.
    pub level: u8,
}

/// The figures of the group (LSL-42).
#[derive(Debug, Serialize)]
pub struct GroupMarks {
    /// How many pupils.
    pub size: usize,
    /// How many of them have a mean.
    pub counted: usize,
    /// Under 8, from 8 to under 12, 12 and more: number and "33,33 %".
    pub shares: Option<[(usize, String); 3]>,
    /// The mean of the group.
    pub mean: Option<String>,
}

impl From<GroupFigures> for GroupMarks {
    fn from(figures: GroupFigures) -> Self {
        let share = |shares: [Hundredths; 3], n: usize| (figures.counts[n], percent(shares[n]));
        Self {
            size: figures.size,
            counted: figures.counted,
            shares: figures.shares.map(|shares| [0, 1, 2].map(|n| share(shares, n))),
            mean: figures.mean.map(decimal),
        }
    }
}

/// Computes the line of the spécialité.
pub(super) fn national(
    site: &Site<'_>,
    rules: &LivretRules,
    class: &Class,
    livret: Option<&Livret>,
) -> NationalPart {
    let referential = &site.school.referentials[class.diploma];
    let of_period = |code: &str| {
        let mark = livret?.record.notes.iter().find(|mark| mark.periode == code)?;
        written(mark)
    };
    let periods = site.school.periods_of_class(class);
    NationalPart {
        subject: format!("{} ({})", referential.record.intitule, referential.record.sigle),
        marks: periods
            .iter()
            .map(|period| (period.intitule.clone(), of_period(&period.code)))
            .collect(),
        mean: livret
            .and_then(|livret| crate::insight::annual_mean(livret, rules.arrondi))
            .map(decimal),
        rows: rows(referential, livret),
    }
}

/// A mark as the livret prints it: NN when the period has none (NAT-24).
pub(super) fn written(mark: &PeriodMark) -> Option<String> {
    if mark.non_note { Some("NN".to_owned()) } else { mark.note.map(typed) }
}

/// The expected competences, under the headings of their groups when each is one competence.
fn rows(referential: &Referential, livret: Option<&Livret>) -> Vec<NationalRow> {
    let mut rows = Vec::new();
    let list = referential.record.lsl.as_ref();
    let lines = list.map_or(&[][..], |list| list.competences.as_slice());
    let alone = lines.iter().all(|line| line.regroupe.len() == 1);
    let mut last = None;
    for (place, line) in lines.iter().enumerate() {
        let competence = line.regroupe.first().and_then(|code| referential.competence(code));
        let group = competence.map(|ix| referential.competences[ix.0 as usize].group);
        if alone && group != last {
            last = group;
            let record = group.and_then(|group| referential.record.groupes.get(group));
            if let Some(title) = record.and_then(|record| record.intitule.as_ref()) {
                rows.push(NationalRow { title: title.clone(), heading: true, level: 0 });
            }
        }
        rows.push(NationalRow {
            title: format!("{} {}", line.code, line.intitule),
            heading: false,
            level: livret.and_then(|livret| livret.level(place)).unwrap_or(0),
        });
    }
    rows
}
