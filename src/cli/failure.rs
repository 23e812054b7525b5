//! What is said when a run fails: the causes, in French, and nothing of what the records hold.

use std::fmt::Write as _;
use std::io;

use super::lacking::said_by_git;
use super::{Exit, console};

/// A command line that clap accepts and that makes no sense all the same.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub struct BadCommand(pub String);

/// Says why a run failed, and how it ends.
pub(super) fn tell(error: &anyhow::Error) -> Exit {
    if error.is::<BadCommand>() {
        console::beside(&format!("ligne de commande : {error}\n"));
        return Exit::BadCommand;
    }
    console::beside(&chain(error));
    Exit::Failed
}

/// "échec : …", then each cause on its line.
fn chain(error: &anyhow::Error) -> String {
    let mut text = String::new();
    for (depth, cause) in error.chain().enumerate() {
        let label = if depth == 0 { "échec" } else { "  cause" };
        // Writing to a string cannot fail.
        let _ = writeln!(text, "{label} : {}", in_french(cause));
    }
    text
}

/// The causes of a failure in one line: "… : …".
pub(super) fn causes(error: &(dyn std::error::Error + 'static)) -> String {
    let causes = std::iter::successors(Some(error), |error| error.source());
    causes.map(in_french).collect::<Vec<_>>().join(" : ")
}

/// Systems and Git speak English: their usual words are put in French, by kind.
fn in_french(cause: &(dyn std::error::Error + 'static)) -> String {
    if let Some(error) = cause.downcast_ref::<io::Error>() {
        return said_by_the_system(error);
    }
    if let Some(error) = cause.downcast_ref::<git2::Error>() {
        return said_by_git(error);
    }
    cause.to_string()
}

fn said_by_the_system(error: &io::Error) -> String {
    let words = match error.kind() {
        io::ErrorKind::NotFound => "ce fichier ou ce dossier n’existe pas",
        io::ErrorKind::PermissionDenied => "vous n’en avez pas le droit",
        io::ErrorKind::AlreadyExists => "il y a déjà un fichier de ce nom",
        io::ErrorKind::NotADirectory => "ce n’est pas un dossier",
        io::ErrorKind::IsADirectory => "c’est un dossier",
        io::ErrorKind::StorageFull => "il n’y a plus de place sur le disque",
        io::ErrorKind::ReadOnlyFilesystem => "ce disque est en lecture seule",
        io::ErrorKind::AddrInUse => "ce port est déjà pris",
        _ => "le système a refusé",
    };
    match error.raw_os_error() {
        Some(number) => format!("{words} (code système {number})"),
        None => words.to_owned(),
    }
}

/// A fault of the program is told by its place only: its message could quote a record.
pub(super) fn hide_panics() {
    std::panic::set_hook(Box::new(|panic| {
        let place = panic.location().map_or_else(String::new, |at| format!(" ({at})"));
        console::beside(&format!(
            "échec : le programme s’est arrêté sur une erreur qui est la sienne{place}\n"
        ));
    }));
}

#[cfg(test)]
mod tests {
    use anyhow::Context as _;

    use super::*;

    #[test]
    fn causes_are_told_in_french_one_a_line() {
        let missing: anyhow::Result<()> =
            Err(io::Error::from(io::ErrorKind::NotFound)).context("lecture impossible de « a »");
        assert_eq!(
            chain(&missing.unwrap_err()),
            "échec : lecture impossible de « a »\n  cause : ce fichier ou ce dossier n’existe pas\n"
        );
    }
}
