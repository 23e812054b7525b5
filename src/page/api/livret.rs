//! JSON twins of livrets: those of a pupil, and the figures of a class.

use serde::Serialize;

use crate::insight::{
    Hundredths, LivretGap, LivretPart, PartGap, annual_mean, level_origin, livret_group,
    livret_state, mark_origin, project_group, recopy,
};
use crate::page::{D, Site};
use crate::school::{Class, Ix, Pupil};
use crate::text::{Date, SchoolYear};

/// A pupil's livret for a year.
#[derive(Debug, Serialize)]
pub(super) struct LivretTwin<'a> {
    annee: SchoolYear,
    regles: &'a str,
    fait: usize,
    total: usize,
    manques: Vec<String>,
    /// Code, level and origin.
    niveaux: Vec<(&'a str, u8, &'static str)>,
    notes: Vec<MarkTwin<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    moyenne: Option<f64>,
    envois: Vec<Date>,
}

#[derive(Debug, Serialize)]
struct MarkTwin<'a> {
    periode: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    bilan: Option<Date>,
    /// None when the period has no mark (NN).
    note: Option<f64>,
    origine: &'static str,
}

/// The livrets of a pupil on a diploma, oldest first.
pub(super) fn livret_twins<'a>(site: &Site<'a>, d: D, pupil: Ix<Pupil>) -> Vec<LivretTwin<'a>> {
    let school = site.school;
    let livrets = school.pupils[pupil].livrets.iter().map(|ix| &school.livrets[*ix]);
    let of_diploma = livrets.filter(|livret| livret.diploma == d);
    of_diploma
        .filter_map(|livret| {
            let state = livret_state(school, pupil, livret.year)?;
            let copy = recopy(school, pupil, livret.class);
            let list = school.referentials[d].record.lsl.as_ref()?;
            Some(LivretTwin {
                annee: livret.year,
                regles: &state.rules.code,
                fait: state.done,
                total: state.total,
                manques: state
                    .gaps
                    .iter()
                    .map(|gap| gap_code(*gap, |line| list.competences.get(line).map(|l| &*l.code)))
                    .collect(),
                niveaux: livret
                    .levels
                    .iter()
                    .filter_map(|(line, level)| {
                        let origin = level_origin(school, livret, *line, copy.as_ref());
                        Some((&*list.competences.get(*line)?.code, *level, origin.as_str()))
                    })
                    .collect(),
                notes: livret
                    .record
                    .notes
                    .iter()
                    .map(|mark| MarkTwin {
                        periode: &mark.periode,
                        bilan: mark.bilan,
                        note: mark.note.filter(|_| !mark.non_note).map(|note| note.0),
                        origine: mark_origin(school, livret, mark).as_str(),
                    })
                    .collect(),
                moyenne: annual_mean(livret, state.rules.arrondi).map(decimal),
                envois: livret.record.envois.iter().map(|sending| sending.le).collect(),
            })
        })
        .collect()
}

/// A gap as a short code: `niveau C1`, `note`, `pfmp.texte`.
fn gap_code<'a>(gap: LivretGap, code: impl Fn(usize) -> Option<&'a str>) -> String {
    match gap {
        LivretGap::NoList => "liste".into(),
        LivretGap::Level(line) => format!("niveau {}", code(line).unwrap_or("?")),
        LivretGap::Periodicity => "periodicite".into(),
        LivretGap::Mark | LivretGap::FaultyMark(..) => "note".into(),
        LivretGap::Teacher => "enseignants".into(),
        LivretGap::Appreciation | LivretGap::AppreciationTooLong(_) => "appreciation".into(),
        LivretGap::Weeks => "pfmp.semaines".into(),
        LivretGap::Part(part, gap) => {
            let part = match part {
                LivretPart::Placement => "pfmp",
                LivretPart::Project => "projet",
            };
            let key = match gap {
                PartGap::Text | PartGap::TooLong(_) => "synthese",
                PartGap::Teacher => "enseignant",
                PartGap::Off | PartGap::NotEmpty => "exporte",
            };
            format!("{part}.{key}")
        }
    }
}

/// The figures of a class, and those of its projet when it has some.
#[derive(Debug, Serialize)]
pub(super) struct GroupTwin {
    effectif: usize,
    avec_moyenne: usize,
    /// Under 8, from 8 to under 12, 12 and more.
    repartition: [usize; 3],
    /// The same in per cent, 100 in all.
    #[serde(skip_serializing_if = "Option::is_none")]
    parts: Option<[f64; 3]>,
    #[serde(skip_serializing_if = "Option::is_none")]
    moyenne: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    projet: Option<Box<GroupTwin>>,
}

/// The figures of the livrets of a class; nothing when it has none.
pub(super) fn group_twin(site: &Site<'_>, class: Ix<Class>) -> Option<GroupTwin> {
    let twin = |figures: crate::insight::GroupFigures, projet| GroupTwin {
        effectif: figures.size,
        avec_moyenne: figures.counted,
        repartition: figures.counts,
        parts: figures.shares.map(|shares| shares.map(decimal)),
        moyenne: figures.mean.map(decimal),
        projet,
    };
    let project = project_group(site.school, class).map(|figures| Box::new(twin(figures, None)));
    livret_group(site.school, class).map(|figures| twin(figures, project))
}

fn decimal(value: Hundredths) -> f64 {
    f64::from(value) / 100.0
}
