//! The identity of a référentiel: one fact a line, each with its source.

use serde::Serialize;

use super::{Site, Source, Sources, Subject, address, link};
use crate::record::ReferentialType;
use crate::school::Referential;
use crate::text::and_list;

/// One fact about a référentiel.
#[derive(Debug, Serialize)]
pub struct Fact {
    /// What it is about.
    pub label: &'static str,
    /// What is known.
    pub value: Source,
    /// Where it leads.
    pub href: Option<String>,
    /// Where it comes from.
    pub source: Option<Source>,
}

/// The facts of the head of the file, in the order of the file.
pub(super) fn identity(
    site: &Site<'_>,
    referential: &Referential,
    sources: &Sources<'_>,
    at: &str,
) -> Vec<Fact> {
    let record = &referential.record;
    let year = |session: &Option<crate::record::Whole<1980, 2200>>| {
        session.as_ref().map(|session| session.0.to_string())
    };
    let genre = match record.genre {
        ReferentialType::BacPro => "baccalauréat professionnel",
        ReferentialType::Family => "famille de métiers (seconde)",
        ReferentialType::Common => "règles communes à tous les diplômes",
    };
    let levels: Vec<String> =
        record.niveaux.iter().map(|level| level.label().to_lowercase()).collect();
    let facts: [(&str, &'static str, Option<String>); 15] = [
        ("sigle", "Sigle", Some(record.sigle.clone())),
        ("intitule", "Intitulé", Some(record.intitule.clone())),
        ("option", "Option", record.option.clone()),
        ("genre", "Genre", Some(genre.to_owned())),
        ("famille", "Famille de seconde", record.famille.clone()),
        ("version", "Version", Some(record.version.clone())),
        ("premiere_session", "Première session", year(&record.premiere_session)),
        ("derniere_session", "Dernière session", year(&record.derniere_session)),
        ("code_diplome", "Code du diplôme", record.code_diplome.clone()),
        ("code_specialite", "Code de la spécialité", record.code_specialite.clone()),
        ("rncp", "Fiche RNCP", record.rncp.clone()),
        ("texte", "Texte officiel", record.texte.clone()),
        ("remplace", "Remplace", record.remplace.clone()),
        ("niveaux", "Niveaux concernés", (!levels.is_empty()).then(|| and_list(&levels))),
        ("note", "Remarque", record.note.clone()),
    ];
    facts
        .into_iter()
        .filter_map(|(key, label, value)| {
            Some(Fact {
                label,
                href: (key == "famille")
                    .then(|| family(site, record.famille.as_deref()?, at))
                    .flatten(),
                value: sources.read(&value?),
                source: sources.maybe(record.provenance.get(key)),
            })
        })
        .collect()
}

/// The way to the référentiel of a family, when it has a page.
fn family(site: &Site<'_>, sigle: &str, at: &str) -> Option<String> {
    let d = site
        .all_diplomas()
        .find(|d| site.school.referentials[*d].record.sigle.eq_ignore_ascii_case(sigle))?;
    Some(link(at, &address(site, Subject::Referential(d))))
}
