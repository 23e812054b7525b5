//! `jalon letters --new-secret`: the secret of the school, drawn once and told to nobody.

use std::path::Path;

use crate::cli::secret::{VARIABLE, forbidden_folder};
use crate::cli::{Content, Exit, console};
use crate::family::Secret;
use crate::source::create_private_file;

/// Creates the secret. It is in the file, and nowhere else.
pub(super) fn create(path: &Path, content: &Content) -> anyhow::Result<Exit> {
    if let Some(folder) = forbidden_folder(path, content) {
        anyhow::bail!(
            "le secret des familles serait dans « {} », qui est partagé ou publié\n\
             aide : donnez une place hors du dépôt et du dossier out",
            folder.display()
        );
    }
    let mut text = Secret::new_base64()?;
    text.push('\n');
    create_private_file(path, text.as_bytes())?;
    console::out(&format!(
        "Secret des familles créé : {}\n\
         Tous les codes des lettres en viennent. Qui l’a peut ouvrir toutes les pages ; qui le perd refait \
         toutes les lettres.\n\
         - gardez-en une copie au coffre de l’établissement, sur un support qui n’y sert qu’à cela ;\n\
         - mettez-le dans la variable protégée et masquée {VARIABLE} de la forge, pour que la chaîne publie \
         le site des familles ;\n\
         - ne le mettez jamais dans le dépôt, ni dans un message.\n",
        path.display()
    ))?;
    Ok(Exit::Fine)
}
