//! Référentiels as CASE 1.1 packages (1EdTech), which other programs read; and packages of others as drafts.

mod draft;
mod export;
mod identifier;
mod layout;
mod read;

pub use draft::{DraftWishes, import};
pub use export::{Framework, document, index, package, package_path};

/// Under which key our own facts stand among the extensions of a package.
const OURS: &str = "fr.jalon";

/// What an item of a référentiel is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Kind {
    Activity,
    Task,
    Group,
    Competence,
    Criterion,
}

impl Kind {
    const ALL: [Self; 5] =
        [Self::Activity, Self::Task, Self::Group, Self::Competence, Self::Criterion];

    /// The code of the type, stable for ever: identifiers are made from it.
    fn code(self) -> &'static str {
        match self {
            Self::Activity => "activite",
            Self::Task => "tache",
            Self::Group => "groupe",
            Self::Competence => "competence",
            Self::Criterion => "critere",
        }
    }

    /// Its name, what it is, its place among types.
    fn words(self) -> (&'static str, &'static str, &'static str) {
        match self {
            Self::Activity => ("Activité", "Activité professionnelle du référentiel", "1"),
            Self::Task => ("Tâche", "Tâche professionnelle d’une activité", "1.1"),
            Self::Group => ("Groupe de compétences", "Groupe ou bloc de compétences", "2"),
            Self::Competence => ("Compétence", "Compétence du référentiel", "2.1"),
            Self::Criterion => ("Critère", "Critère d’évaluation d’une compétence", "2.1.1"),
        }
    }
}
