//! The JSON twins of pages, under `api/`.

use rayon::prelude::*;
use serde::Serialize;

use crate::page::{Site, class_twin, evaluation_twin, pupil_twin};

/// All twins: paths and bytes.
pub(super) fn twins(site: &Site<'_>) -> Vec<(String, Vec<u8>)> {
    let school = site.school;
    let dashboards: Vec<_> = site.dashboards().collect();
    let classes: Vec<_> = school.classes.iter().map(|(ix, _)| ix).collect();
    let evaluations: Vec<_> = school.evaluations.iter().map(|(ix, _)| ix).collect();
    let mut files: Vec<(String, Vec<u8>)> = dashboards
        .into_par_iter()
        .map(|(d, pupil)| {
            let path = format!(
                "api/eleves/{}/{}.json",
                school.referentials[d].code, school.pupils[pupil].id
            );
            (path, json(&pupil_twin(site, d, pupil)))
        })
        .collect();
    files.par_extend(classes.into_par_iter().map(|ix| {
        (format!("api/classes/{}.json", school.classes[ix].id()), json(&class_twin(site, ix)))
    }));
    files.par_extend(evaluations.into_par_iter().map(|ix| {
        (
            format!("api/evaluations/{}.json", school.evaluations[ix].id),
            json(&evaluation_twin(site, ix)),
        )
    }));
    files
}

fn json(twin: &impl Serialize) -> Vec<u8> {
    // Twins hold texts, numbers and lists: nothing that serialisation could refuse.
    let mut bytes = serde_json::to_vec(twin).unwrap_or_default();
    bytes.push(b'\n');
    bytes
}
