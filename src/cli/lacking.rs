//! What a repository lacks, told with the command that gives it: copies are often made in part.

use std::fmt;
use std::path::PathBuf;

use crate::page::Mark;
use crate::source::Elsewhere;
use crate::text::{Date, long_date};

/// How a copy that has only the end of its history gets the rest.
pub(super) const UNSHALLOW: &str = "git fetch --unshallow ; dans une chaîne GitLab, mettez GIT_DEPTH: \"0\" ; \
                                    dans une chaîne GitHub ou Forgejo, fetch-depth: 0";

/// How a copy that was made without all its files gets them.
const REFETCH: &str = "git fetch --refetch --no-filter";

/// What is lacking.
#[derive(Debug)]
pub(super) enum Lacking {
    /// The folder is in no repository.
    Repository(PathBuf),
    /// The folder is in a part of the repository (submodule) that was not fetched with the rest.
    Part(String),
    /// Nothing was recorded yet.
    Commits,
    /// The history has only its last part.
    Beginning,
    /// No version has this name.
    Version {
        /// The name.
        name: String,
        /// Whether the history has only its last part.
        shallow: bool,
        /// Where a branch of this name may be.
        elsewhere: Option<Elsewhere>,
    },
    /// Nothing was recorded on that day.
    Day {
        /// The day asked for.
        day: Date,
        /// The day of the first commit.
        first: Date,
        /// Whether the history has only its last part.
        shallow: bool,
    },
    /// The folder was no school then.
    School {
        /// The version.
        mark: Mark,
        /// The folder in the repository.
        folder: String,
        /// Whether nobody works in the repository.
        bare: bool,
    },
}

impl std::error::Error for Lacking {}

impl fmt::Display for Lacking {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Repository(folder) => write!(
                f,
                "« {} » n’est pas dans un dépôt Git : son passé n’est gardé nulle part\n\
                 aide : travaillez dans une copie du dépôt de l’établissement (git clone ADRESSE) ; s’il n’y \
                 en a pas encore : git init && git add . && git commit -m \"Premier enregistrement\"",
                folder.display()
            ),
            Self::Part(part) => write!(
                f,
                "« {part} » est un dépôt dans le dépôt (sous-module), et il n’a pas été copié avec lui\n\
                 aide : git submodule update --init {part}"
            ),
            Self::Commits => write!(
                f,
                "rien n’est encore enregistré dans ce dépôt\n\
                 aide : git add . && git commit -m \"Premier enregistrement\""
            ),
            Self::Beginning => write!(
                f,
                "ce dépôt n’a que la fin de son historique : ce qui en serait tiré serait faux\n\
                 aide : {UNSHALLOW}"
            ),
            Self::Version { name, shallow, elsewhere } => {
                write!(f, "le dépôt n’a pas de version « {name} »\naide : ")?;
                match (elsewhere, shallow) {
                    (Some(Elsewhere::Known(full)), _) => write!(f, "nommez-la {full}"),
                    (_, true) => {
                        write!(f, "le dépôt n’a que la fin de son historique : {UNSHALLOW}")
                    }
                    (Some(Elsewhere::At(remote)), false) if is_branch(name) => {
                        write!(f, "si c’est une branche : git fetch {remote} {name}:{name}")
                    }
                    _ => write!(f, "git log --oneline montre les versions par leur numéro"),
                }
            }
            Self::Day { day, first, shallow } => {
                let (day, first) = (long_date(*day), long_date(*first));
                write!(f, "rien n’était encore enregistré le {day} : ")?;
                if *shallow {
                    write!(
                        f,
                        "ce dépôt n’a que la fin de son historique, depuis le {first}\naide : {UNSHALLOW}"
                    )
                } else {
                    write!(f, "la première version est du {first}")
                }
            }
            Self::School { mark, folder, bare } => {
                let (version, day) = (mark.version(), long_date(mark.day));
                let at =
                    if folder.is_empty() { "à la racine du dépôt" } else { "à cet endroit" };
                write!(
                    f,
                    "il n’y avait pas d’établissement {at} dans la version {version} ({day}) : pas de \
                     school.toml\naide : "
                )?;
                if *bare {
                    write!(
                        f,
                        "ce dépôt n’a pas de dossier de travail, nommez celui de l’établissement : --content DEPOT/content"
                    )
                } else {
                    write!(
                        f,
                        "git log --diff-filter=A -- '*school.toml' montre quand et où il a commencé"
                    )
                }
            }
        }
    }
}

/// Whether a branch may have this name: neither a number nor a place counted from another one.
fn is_branch(name: &str) -> bool {
    let number = name.len() >= 7 && name.bytes().all(|b| b.is_ascii_hexdigit());
    !number && !name.contains(['~', '^', ':', '@', ' ']) && !name.starts_with('-')
}

/// What Git says, in French, with what repairs it where something does.
pub(super) fn said_by_git(error: &git2::Error) -> String {
    use git2::{ErrorClass, ErrorCode};
    match (error.code(), error.class()) {
        (ErrorCode::NotFound, ErrorClass::Repository) => {
            "ce dossier ne fait pas partie d’un dépôt Git".into()
        }
        (ErrorCode::NotFound, ErrorClass::Tree) => {
            "le dossier de l’établissement n’existait pas dans cette version".into()
        }
        (ErrorCode::NotFound, ErrorClass::Odb | ErrorClass::Object) => format!(
            "il manque à ce dépôt une partie de ce qu’il doit contenir, comme à une copie faite avec --filter ; \
             pour la compléter : {REFETCH}"
        ),
        (ErrorCode::NotFound, _) => "le dépôt n’a pas de version de ce nom".into(),
        (ErrorCode::Ambiguous, _) => "plusieurs versions commencent ainsi".into(),
        (ErrorCode::InvalidSpec, _) => "une version ne se nomme pas ainsi".into(),
        (ErrorCode::UnbornBranch, _) => "rien n’est encore enregistré dans ce dépôt".into(),
        (ErrorCode::Owner, _) => format!(
            "le dépôt appartient à un autre utilisateur ; si vous lui faites confiance : \
             git config --global --add safe.directory {}",
            owned(error.message())
        ),
        _ if error.message().contains("extension") => {
            "ce dépôt emploie un format que jalon ne lit pas ; une nouvelle copie suffit : git clone ADRESSE \
             (sans --filter ni --ref-format)"
            .into()
        }
        _ => "le dépôt Git ne peut pas être lu".into(),
    }
}

/// The folder that Git names between apostrophes.
fn owned(message: &str) -> String {
    let path = message.split('\'').nth(1).unwrap_or("CHEMIN");
    let path = path.trim_end_matches('/');
    let path = path.strip_suffix("/.git").unwrap_or(path);
    if path.contains([' ', '$', '"', '(', '\\']) { format!("'{path}'") } else { path.to_owned() }
}
