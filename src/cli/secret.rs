//! The secret of the families' site: from a file or the environment, never from the repository.

use std::path::{Path, PathBuf};

use anyhow::Context as _;
use zeroize::Zeroizing;

use super::Content;
use crate::family::Secret;

/// The variable that holds the secret, in base64.
pub(super) const VARIABLE: &str = "JALON_SECRET";

/// Where the secret of the families' site comes from.
#[derive(Clone, Debug, Default, clap::Args)]
pub struct SecretArgs {
    /// Fichier du secret des familles, hors du dépôt [par défaut : la variable JALON_SECRET]
    #[arg(long, value_name = "FICHIER")]
    pub secret: Option<PathBuf>,
}

impl SecretArgs {
    /// The secret that is given; nothing when none is.
    pub(super) fn find(&self, content: &Content) -> anyhow::Result<Option<Secret>> {
        let text = match &self.secret {
            Some(path) => {
                if let Some(folder) = forbidden_folder(path, content) {
                    anyhow::bail!(
                        "le secret des familles est dans « {} », qui est partagé ou publié\n\
                         aide : gardez ce fichier ailleurs, hors du dépôt et du dossier out ; s’il a \
                         été partagé, changez de secret et refaites les lettres",
                        folder.display()
                    );
                }
                let read = std::fs::read_to_string(path).map(Zeroizing::new);
                read.with_context(|| format!("lecture impossible de « {} »", path.display()))?
            }
            None => match std::env::var(VARIABLE) {
                Ok(text) => Zeroizing::new(text),
                Err(std::env::VarError::NotPresent) => return Ok(None),
                Err(std::env::VarError::NotUnicode(_)) => {
                    anyhow::bail!("la variable {VARIABLE} n’est pas écrite en base64")
                }
            },
        };
        Ok(Some(Secret::from_base64(&text)?))
    }

    /// The secret, which this command cannot do without.
    pub(super) fn need(&self, content: &Content) -> anyhow::Result<Secret> {
        self.find(content)?.ok_or_else(|| {
            anyhow::anyhow!(
                "il faut le secret des familles\n\
                 aide : donnez-le par --secret FICHIER ou par la variable {VARIABLE} ; pour en créer un : \
                 jalon letters --new-secret FICHIER"
            )
        })
    }
}

/// The folder, shared with others or published, that a private file stands in: the repository of the
/// records, or the folder of a build.
pub(super) fn forbidden_folder(path: &Path, content: &Content) -> Option<PathBuf> {
    let place = absolute(path);
    let records = absolute(&content.folder);
    let root = records.ancestors().find(|folder| folder.join(".git").exists());
    let root = root.unwrap_or(&records).to_path_buf();
    let lists = ["staff/.jalon-manifest", ".cache/familles"];
    let is_built = |folder: &&Path| lists.iter().any(|list| folder.join(list).exists());
    let built = place.ancestors().find(is_built);
    if place.starts_with(&root) { Some(root) } else { built.map(Path::to_path_buf) }
}

/// The path without links, as far as it exists.
fn absolute(path: &Path) -> PathBuf {
    let whole = std::path::absolute(path).unwrap_or_else(|_| path.to_path_buf());
    let mut rest = Vec::new();
    let mut folder = whole.as_path();
    loop {
        if let Ok(real) = folder.canonicalize() {
            return rest.iter().rev().fold(real, |path, part| path.join(part));
        }
        match (folder.parent(), folder.file_name()) {
            (Some(parent), Some(name)) => {
                rest.push(name.to_os_string());
                folder = parent;
            }
            _ => return whole,
        }
    }
}
