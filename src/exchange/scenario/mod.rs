//! Scenarios that leave the school: as a package for another one (SCE-09), as a document to print (SCE-08).

mod diploma;
mod names;
mod pack;
mod sheet;
mod unpack;

use serde::{Deserialize, Serialize};

use super::archive::Limits;

pub use pack::{PackError, pack};
pub use sheet::{SCENARIO_NAMES, TEMPLATES, scenario_data};
pub use unpack::{Wishes, unpack};

/// What `paquet.toml` calls a package of a scenario.
pub const SCENARIO_FORMAT: &str = "jalon-scenario";
/// The newest version of the format.
pub const SCENARIO_VERSION: u32 = 1;

/// The file of the scenario itself.
const RECORD: &str = "scenario.toml";
/// Where its documents are.
const RESOURCES: &str = "ressources/";

/// How much a package may hold: a film of a workshop is no document to send.
const LIMITS: Limits = Limits { files: 200, bytes: 100_000_000 };

/// What `paquet.toml` tells of a scenario, so that it can be read without its diploma.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct Facts {
    scenario: ScenarioFacts,
    origine: OriginFacts,
    diplome: DiplomaFacts,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    taches: Vec<CodeFacts>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    criteres: Vec<CodeFacts>,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
struct ScenarioFacts {
    nom: String,
    niveau: String,
    titre: String,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
struct OriginFacts {
    etablissement: String,
    uai: String,
    auteur: String,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
struct DiplomaFacts {
    code: String,
    sigle: String,
    intitule: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    option: Option<String>,
    version: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    code_diplome: Option<String>,
}

/// A code of the référentiel, and what it says.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct CodeFacts {
    code: String,
    intitule: String,
    /// The competence of a criterion.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    competence: Option<String>,
}

/// What somebody else wrote, as it may be shown: on one line, without signs that command a terminal.
fn shown(text: &str) -> String {
    let plain: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    let words: Vec<&str> = plain.split(' ').filter(|word| !word.is_empty()).collect();
    let line = words.join(" ");
    match line.char_indices().nth(160) {
        Some((at, _)) => format!("{}…", &line[..at]),
        None => line,
    }
}
