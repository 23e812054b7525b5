//! Which référentiel of this school is that of a package: the same diploma, whatever it is called.

use super::{DiplomaFacts, shown};
use crate::record::ReferentialType;
use crate::school::{Ix, Referential, School};
use crate::text::{and_list, quoted, slug};

/// What a package says of a référentiel.
pub(super) fn facts(referential: &Referential) -> DiplomaFacts {
    let record = &referential.record;
    DiplomaFacts {
        code: referential.code.clone(),
        sigle: record.sigle.clone(),
        intitule: record.intitule.clone(),
        option: record.option.clone(),
        version: record.version.clone(),
        code_diplome: record.code_diplome.clone(),
    }
}

/// "MCV A, Baccalauréat professionnel Métiers du commerce et de la vente, option A : …".
fn label(diploma: &DiplomaFacts) -> String {
    let parts = [Some(&diploma.sigle), Some(&diploma.intitule), diploma.option.as_ref()];
    let parts: Vec<&str> = parts.into_iter().flatten().map(String::as_str).collect();
    shown(&parts.join(", "))
}

/// The référentiel of the same diploma.
///
/// # Errors
/// When this school has none, in a sentence that names both.
pub(super) fn find(school: &School, wanted: &DiplomaFacts) -> Result<Ix<Referential>, String> {
    let taught = || {
        school.referentials.iter().filter(|(_, one)| one.record.genre != ReferentialType::Common)
    };
    if let Some((ix, one)) = taught().find(|(_, one)| one.code == wanted.code) {
        let here = facts(one);
        return match is_same(wanted, &here) {
            true => Ok(ix),
            false => Err(format!(
                "ce scénario est du diplôme {} ; ici, « {} » est {} : ce n’est pas le même diplôme",
                quoted(&label(wanted)),
                one.code,
                quoted(&label(&here))
            )),
        };
    }
    let mut same = taught().filter(|(_, one)| {
        let here = facts(one);
        here.code_diplome.is_some()
            && here.code_diplome == wanted.code_diplome
            && is_same(wanted, &here)
    });
    if let (Some((ix, _)), None) = (same.next(), same.next()) {
        return Ok(ix);
    }
    let here: Vec<&str> = taught().map(|(_, one)| one.record.sigle.as_str()).collect();
    Err(format!(
        "ce scénario est du diplôme {}, et cet établissement n’a pas ce référentiel{}",
        quoted(&label(wanted)),
        if here.is_empty() { String::new() } else { format!(" : il a {}", and_list(&here)) }
    ))
}

/// Whether two descriptions are of one diploma: the same official code where both have one, else the same name.
fn is_same(one: &DiplomaFacts, other: &DiplomaFacts) -> bool {
    let same_option = match (&one.option, &other.option) {
        (Some(a), Some(b)) => option_letter(a) == option_letter(b),
        _ => true,
    };
    if let (Some(a), Some(b)) = (&one.code_diplome, &other.code_diplome) {
        return a.trim() == b.trim() && same_option;
    }
    let same = |a: &str, b: &str| slug(a) == slug(b);
    same_option && (same(&one.sigle, &other.sigle) || same(&one.intitule, &other.intitule))
}

/// What tells options apart: "option A : animation…" and "A – Animation…" are the same one.
fn option_letter(option: &str) -> String {
    let words = slug(option);
    let words = words.strip_prefix("option-").unwrap_or(&words);
    words.split('-').next().unwrap_or_default().to_owned()
}
