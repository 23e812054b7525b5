//! What can go wrong between a sheet and its file; never what the sheet says.

use std::error::Error;
use std::io;
use std::time::Duration;

use crate::source::WriteError;

/// A document that could not be printed. Its name is known by who asked.
#[derive(Debug, thiserror::Error)]
pub enum PrintError {
    /// The browser cannot be run at all.
    #[error("le navigateur ne peut pas être lancé")]
    Launch(#[source] io::Error),
    /// The browser ends, or does not answer, before its first page.
    #[error("le navigateur s’arrête dès son lancement{}", sandbox(*.root))]
    Start {
        /// Whether we are root, for whom the browser's own sandbox is not asked for.
        root: bool,
        /// What happened.
        #[source]
        cause: Box<PrintError>,
    },
    /// The browser did not start several times in a row: it is not asked again.
    #[error("le navigateur n’a pas pu être lancé")]
    NotStarted,
    /// The temporary folder, its fonts and its first page cannot be made.
    #[error("le dossier temporaire de l’impression ne peut pas être préparé")]
    Folder(#[from] WriteError),
    /// The first page, in the temporary folder, cannot be shown.
    #[error("le navigateur ne peut pas lire le dossier temporaire de l’impression")]
    Unreadable,
    /// The deadline is over.
    #[error("le navigateur n’a pas répondu en {} s", .0.as_secs_f64())]
    Late(Duration),
    /// The process of this document ended.
    #[error("la page du document s’est arrêtée brutalement")]
    Crashed,
    /// The whole browser ended.
    #[error("le navigateur s’est arrêté pendant l’impression")]
    Lost,
    /// The browser says no.
    #[error("le navigateur a refusé l’étape {method} (code {code})")]
    Refused {
        /// What it was asked.
        method: &'static str,
        /// Its number for what went wrong; its words could quote the document.
        code: i64,
    },
    /// The browser's answer is not what its protocol says.
    #[error("réponse incompréhensible du navigateur à l’étape {method}")]
    Garbled {
        /// What it was asked.
        method: &'static str,
    },
    /// Something in the document cannot be shown.
    #[error("{} du document ne peuvent pas être affichées", parts(*.fonts, *.pictures))]
    Missing {
        /// How many fonts cannot be loaded.
        fonts: u32,
        /// How many pictures cannot be drawn.
        pictures: u32,
    },
    /// What was printed cannot be made a file that lasts.
    #[error("le fichier imprimé n’a pas pu être mis en forme pour l’archivage")]
    Finish(#[source] Box<dyn Error + Send + Sync>),
    /// Too many documents failed one after another.
    #[error("l’impression s’est arrêtée après {0} échecs de suite")]
    GivenUp(usize),
}

impl PrintError {
    /// Whether a browser that did this may not be asked anything more.
    pub(super) fn condemns_the_browser(&self) -> bool {
        matches!(self, Self::Lost | Self::Late(_) | Self::Garbled { .. })
    }

    /// Whether the document itself is at fault, and the browser is not.
    pub(super) fn is_of_the_document(&self) -> bool {
        matches!(self, Self::Missing { .. } | Self::Finish(_))
    }

    /// How many more tries, each in a fresh tab, may do better. A browser that is lost takes with it
    /// documents that did nothing: these are given one more.
    pub(super) fn more_tries(&self) -> u32 {
        match self {
            Self::Finish(_) | Self::NotStarted | Self::Folder(_) => 0,
            Self::Lost => 2,
            _ => 1,
        }
    }
}

fn sandbox(root: bool) -> &'static str {
    if root { "" } else { " (ce compte peut manquer du droit de créer un bac à sable)" }
}

/// "1 police(s) et 2 image(s)".
fn parts(fonts: u32, pictures: u32) -> String {
    let count = |number: u32, name: &str| match number {
        0 => None,
        1 => Some(format!("1 {name}")),
        _ => Some(format!("{number} {name}s")),
    };
    let parts = [count(fonts, "police"), count(pictures, "image")];
    parts.into_iter().flatten().collect::<Vec<_>>().join(" et ")
}
