//! `jalon schema`: what a record may hold, for editors.

use std::path::PathBuf;

use serde_json::{Map, Value};

use super::{BadCommand, Exit, console};
use crate::record::schema;
use crate::source::write_if_changed;
use crate::text::{count, nearest, or_list};

/// The options of `jalon schema`.
#[derive(Debug, clap::Args)]
pub struct SchemaArgs {
    /// Genre de fichier, par exemple evaluation [par défaut : tous]
    #[arg(value_name = "GENRE")]
    pub kind: Option<String>,
    /// Dossier où écrire un fichier par genre, au lieu de les afficher
    #[arg(long, value_name = "DOSSIER")]
    pub out: Option<PathBuf>,
}

/// Runs `jalon schema`.
///
/// # Errors
/// When there is no such kind, or the files cannot be written.
pub fn run(args: &SchemaArgs) -> anyhow::Result<Exit> {
    let mut schemas: Vec<(&str, Value)> = schema::kinds()
        .filter(|kind| args.kind.as_deref().is_none_or(|wanted| wanted == *kind))
        .filter_map(|kind| Some((kind, schema::schema(kind)?)))
        .collect();
    if let Some(wanted) = args.kind.as_deref().filter(|_| schemas.is_empty()) {
        return Err(unknown(wanted).into());
    }
    if let Some(folder) = &args.out {
        for (kind, schema) in &schemas {
            let path = folder.join(format!("{kind}.schema.json"));
            write_if_changed(&path, format!("{schema:#}\n").as_bytes())?;
        }
        let files = count(schemas.len(), "fichier écrit", "fichiers écrits");
        console::out(&format!("{files} dans {}\n", folder.display()))?;
        return Ok(Exit::Fine);
    }
    let shown = match (&args.kind, schemas.pop()) {
        (Some(_), Some((_, schema))) => schema,
        (_, last) => Value::Object(
            schemas
                .into_iter()
                .chain(last)
                .map(|(kind, schema)| (kind.to_owned(), schema))
                .collect::<Map<_, _>>(),
        ),
    };
    console::out(&format!("{shown:#}\n"))?;
    Ok(Exit::Fine)
}

fn unknown(wanted: &str) -> BadCommand {
    let kinds: Vec<&str> = schema::kinds().collect();
    let help = match nearest(wanted, kinds.iter().copied()) {
        Some(near) => format!("vouliez-vous écrire {near} ?"),
        None => format!("les genres sont {}", or_list(&kinds)),
    };
    BadCommand(format!("genre de fichier inconnu : {wanted}\naide : {help}"))
}
