//! The JSON twins of pages, under `api/`.

use rayon::prelude::*;
use serde::Serialize;

use super::memo::{Fingerprint, Made, PageMemo};
use crate::page::{
    Site, books_twin, class_twin, evaluation_twin, pupil_twin, register_sessions, register_twin,
};

/// All twins; those of pupils whose fingerprint did not change are kept.
pub(super) fn twins(site: &Site<'_>, fingerprints: &[Fingerprint], known: &PageMemo) -> Vec<Made> {
    let school = site.school;
    let dashboards: Vec<_> = site.dashboards().collect();
    let classes: Vec<_> = school.classes.iter().map(|(ix, _)| ix).collect();
    let evaluations: Vec<_> = school.evaluations.iter().map(|(ix, _)| ix).collect();
    let mut files: Vec<Made> = dashboards
        .into_par_iter()
        .map(|(d, pupil)| {
            let (code, id) = (&school.referentials[d].code, &school.pupils[pupil].id);
            let address = format!("api/eleves/{code}/{id}.json");
            let fingerprint = fingerprints.get(pupil.get()).copied();
            match known.get(&address, fingerprint) {
                Some(bytes) => Made { address, bytes, fingerprint, known: true },
                None => {
                    let bytes = json(&pupil_twin(site, d, pupil));
                    Made { address, bytes, fingerprint, known: false }
                }
            }
        })
        .collect();
    let shared = |address, bytes| Made { address, bytes, fingerprint: None, known: false };
    files.par_extend(classes.into_par_iter().map(|ix| {
        shared(format!("api/classes/{}.json", school.classes[ix].id()), json(&class_twin(site, ix)))
    }));
    files.par_extend(evaluations.into_par_iter().map(|ix| {
        let address = format!("api/evaluations/{}.json", school.evaluations[ix].id);
        shared(address, json(&evaluation_twin(site, ix)))
    }));
    files.extend(register_sessions(site).into_iter().map(|session| {
        shared(format!("api/registre/{session}.json"), json(&register_twin(site, session)))
    }));
    if school.establishment.book {
        files.extend(site.all_diplomas().map(|d| {
            let code = &school.referentials[d].code;
            shared(format!("api/book/{code}.json"), json(&books_twin(site, d)))
        }));
    }
    files
}

fn json(twin: &impl Serialize) -> Vec<u8> {
    // Twins hold texts, numbers and lists: nothing that serialisation could refuse.
    let mut bytes = serde_json::to_vec(twin).unwrap_or_default();
    bytes.push(b'\n');
    bytes
}
