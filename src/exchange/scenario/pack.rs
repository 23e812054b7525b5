//! A scenario as one file that another school can take in.

use std::collections::BTreeMap;

use super::{
    CodeFacts, Facts, OriginFacts, RECORD, RESOURCES, SCENARIO_FORMAT, SCENARIO_VERSION,
    ScenarioFacts, diploma,
};
use crate::exchange::Package;
use crate::school::{Ix, Scenario, School};

/// The package of a scenario: its text as it is written, its documents by their names in its folder, and what its
/// codes say (SCE-09). The same scenario gives the same bytes.
///
/// # Errors
/// When it is too large for an archive.
pub fn pack(
    school: &School,
    ix: Ix<Scenario>,
    text: &str,
    resources: &BTreeMap<String, Vec<u8>>,
) -> std::io::Result<Vec<u8>> {
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
    package.write(SCENARIO_FORMAT, SCENARIO_VERSION, &[])
}
