//! A scenario as one file that another school can take in.

use std::collections::BTreeMap;

use super::{
    CodeFacts, Facts, LIMITS, OriginFacts, RECORD, RESOURCES, SCENARIO_FORMAT, SCENARIO_VERSION,
    ScenarioFacts, diploma, names,
};
use crate::exchange::Package;
use crate::school::{Ix, Scenario, School};

/// A scenario that cannot be packed.
#[derive(Debug, thiserror::Error)]
pub enum PackError {
    /// More than a package may hold.
    #[error("les documents joints pèsent plus de {} Mo ou sont plus de {} : allégez-les", LIMITS.bytes / 1_000_000, LIMITS.files - 2)]
    TooLarge,
    /// A file that no school would take in.
    #[error("le document « {0} » ne peut pas partir : {1}")]
    Name(String, &'static str),
    /// The archive.
    #[error("le paquet ne peut pas être fait")]
    Archive(#[from] std::io::Error),
}

/// The package of a scenario: its text as it is written, its documents by their names in its folder, and what its
/// codes say (SCE-09). The same scenario gives the same bytes.
///
/// # Errors
/// When it is too large, or holds a document that would be refused where it arrives.
pub fn pack(
    school: &School,
    ix: Ix<Scenario>,
    text: &str,
    resources: &BTreeMap<String, Vec<u8>>,
) -> Result<Vec<u8>, PackError> {
    let weight: u64 = resources.values().map(|bytes| bytes.len() as u64).sum();
    if weight + 1_000_000 > LIMITS.bytes || resources.len() + 2 > LIMITS.files {
        return Err(PackError::TooLarge);
    }
    for name in resources.keys() {
        if let Some(why) = names::fault(name) {
            return Err(PackError::Name(name.clone(), why));
        }
    }
    let scenario = &school.scenarios[ix];
    let record = &scenario.record;
    let referential = &school.referentials[scenario.diploma];
    let author = match scenario.author {
        Some(person) => {
            let person = &school.people[person];
            format!("{} {}", person.record.civilite.as_str(), person.full_name())
        }
        None => record.auteur.0.clone(),
    };
    let tasks = scenario.tasks.iter().map(|task| {
        let task = referential.task_record(*task);
        CodeFacts { code: task.code.clone(), intitule: task.intitule.clone(), competence: None }
    });
    let criteria = scenario.criteria.iter().map(|ix| {
        let competence = referential.competence_record(referential.competence_of(*ix));
        CodeFacts {
            code: referential.criteria[ix.0 as usize].code.clone(),
            intitule: referential.criterion_title(*ix).to_owned(),
            competence: Some(format!("{} {}", competence.code, competence.intitule)),
        }
    });
    let facts = Facts {
        scenario: ScenarioFacts {
            nom: scenario.slug.clone(),
            niveau: scenario.level.as_str().to_owned(),
            titre: record.titre.clone(),
        },
        origine: OriginFacts {
            etablissement: school.establishment.nom.clone(),
            uai: school.establishment.uai.clone(),
            auteur: author,
        },
        diplome: diploma::facts(referential),
        taches: tasks.collect(),
        criteres: criteria.collect(),
    };
    let mut package = Package {
        // Texts and lists of texts can always be written.
        facts: toml::Table::try_from(&facts).unwrap_or_default(),
        files: BTreeMap::new(),
    };
    package.files.insert(RECORD.into(), text.as_bytes().to_vec());
    for (name, bytes) in resources {
        package.files.insert(format!("{RESOURCES}{name}"), bytes.clone());
    }
    Ok(package.write(SCENARIO_FORMAT, SCENARIO_VERSION, &[])?)
}
