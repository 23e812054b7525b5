//! `jalon export scenario`: scenarios for another school, and for LibreOffice and Word.

use std::collections::BTreeSet;

use super::super::{Exit, console, scenario_documents};
use super::CommonArgs;
use crate::exchange::document::Format;
use crate::exchange::scenario::TEMPLATES;
use crate::school::{Ix, Scenario, School};
use crate::text::{count, nearest, quoted};

/// The options of `jalon export scenario`.
#[derive(Debug, clap::Args)]
pub struct ScenarioArgs {
    /// The school and where to write.
    #[command(flatten)]
    pub common: CommonArgs,
    /// Scénarios, par exemple mcv-a/premiere/accueil-client ; un diplôme (mcv-a) ou un niveau (mcv-a/premiere)
    /// donne tous ses scénarios partagés
    #[arg(value_name = "SCÉNARIO", required_unless_present = "templates")]
    pub scenarios: Vec<String>,
    /// Ce qu’il faut écrire : paquet (pour un autre établissement), odt ou docx ; option à répéter
    /// [par défaut : paquet]
    #[arg(long = "format", value_name = "FORMAT", value_parser = file_kind)]
    pub formats: Vec<FileKind>,
    /// Aussi un scénario privé, s’il est nommé en entier : c’est à son auteur de le vouloir
    #[arg(long)]
    pub private: bool,
    /// Écrit les modèles des documents, à modifier dans LibreOffice ou Word puis à mettre dans le dossier
    /// layouts à côté de school.toml
    #[arg(long)]
    pub templates: bool,
}

/// What can be made of a scenario.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum FileKind {
    /// A package for another school.
    Package,
    /// A document to print.
    Document(Format),
}

fn file_kind(text: &str) -> Result<FileKind, String> {
    match text {
        "paquet" => Ok(FileKind::Package),
        "odt" => Ok(FileKind::Document(Format::Odt)),
        "docx" => Ok(FileKind::Document(Format::Docx)),
        _ => Err("écrivez paquet, odt ou docx".into()),
    }
}

/// Runs `jalon export scenario`.
///
/// # Errors
/// When the records cannot be reached, a scenario does not exist or is private, a template cannot be used, or
/// the files cannot be written.
pub fn run(args: &ScenarioArgs) -> anyhow::Result<Exit> {
    let exported = args.common.open()?;
    let mut files = 0;
    if args.templates {
        for (format, bytes) in TEMPLATES {
            args.common.write(format!("layouts/scenario.{}", format.extension()), bytes)?;
            files += 1;
        }
    }
    let school = &exported.checked.school;
    let wanted = wanted(school, &args.scenarios, args.private)?;
    let mut kinds: BTreeSet<FileKind> = args.formats.iter().copied().collect();
    if kinds.is_empty() {
        kinds.insert(FileKind::Package);
    }
    let templates = scenario_documents::Templates::of(exported.source.as_ref(), school);
    for ix in wanted {
        for kind in &kinds {
            let (end, bytes) = match kind {
                FileKind::Package => {
                    let scenario = &school.scenarios[ix];
                    let resources =
                        scenario_documents::resources(exported.source.as_ref(), scenario)?;
                    ("zip", scenario_documents::package(&exported.checked, ix, &resources)?)
                }
                FileKind::Document(format) => {
                    (format.extension(), templates.document(school, ix, *format)?)
                }
            };
            let name = school.scenarios[ix].id.replace('/', "-");
            args.common.write(format!("scenarios/{name}.{end}"), &bytes)?;
            files += 1;
        }
    }
    console::out(&format!(
        "{} dans {}\n",
        count(files, "fichier écrit", "fichiers écrits"),
        args.common.out.display()
    ))?;
    Ok(exported.exit())
}

/// The scenarios that are asked for, each once.
fn wanted(
    school: &School,
    asked: &[String],
    private: bool,
) -> anyhow::Result<BTreeSet<Ix<Scenario>>> {
    let mut wanted = BTreeSet::new();
    for name in asked {
        let name = name.trim_start_matches("content/").trim_start_matches("scenarios/");
        let name = name.trim_end_matches(".toml").trim_end_matches('/');
        if let Some((ix, scenario)) = school.scenarios.iter().find(|(_, one)| one.id == name) {
            if scenario.record.prive && !private {
                anyhow::bail!(
                    "le scénario {} est privé : il ne sort de l’établissement que si son auteur le veut\n\
                     aide : si vous êtes cet auteur, ajoutez --private",
                    quoted(&scenario.record.titre)
                );
            }
            wanted.insert(ix);
            continue;
        }
        let folder = format!("{name}/");
        let below = || school.scenarios.iter().filter(|(_, one)| one.id.starts_with(&folder));
        if below().next().is_none() {
            let near = nearest(name, school.scenarios.values().iter().map(|one| one.id.as_str()));
            let help = near.map(|near| format!("\naide : vouliez-vous écrire {near} ?"));
            anyhow::bail!("aucun scénario {}{}", quoted(name), help.unwrap_or_default());
        }
        let left = below().filter(|(_, one)| one.record.prive).count();
        if left > 0 {
            console::beside(&format!(
                "{} de {name} : nommez-les en entier, avec --private, si leurs auteurs le veulent\n",
                count(left, "scénario privé laissé", "scénarios privés laissés")
            ));
        }
        wanted.extend(below().filter(|(_, one)| !one.record.prive).map(|(ix, _)| ix));
    }
    Ok(wanted)
}
