//! The texts to paste on the forge for a grid: the grid itself, its lock, its harmonisation.

use crate::insight::LastPosition;
use crate::record::{Grid, Level};
use crate::school::{CompetenceIx, Referential};
use crate::text::short_date;

/// The lock of a complete grid.
pub(super) const LOCK: &str = "[verrouillage]\nle = ?\npar = \"?\"\n";

/// The mark of the commission of harmonisation.
pub(super) const HARMONISATION: &str =
    "[harmonisation]\nnote = ?\nle = ?\npar = \"?\"\nmotif = \"?\"\n";

/// A grid that nobody has opened yet: a question mark for each level and each rubric, and in a
/// remark the wording of the line and the last position on its competence.
pub(super) fn new_grid_text(
    referential: &Referential,
    grid: &Grid,
    last: impl Fn(CompetenceIx) -> LastPosition,
) -> String {
    let mut text =
        String::from("auteur = \"?\"\ndate = ?\ncommentaire = \"?\"\nnote_proposee = ?\n");
    text.push_str("\n[niveaux]\n");
    for code in &grid.lignes {
        let Some(line) = referential.criterion(code) else { continue };
        let title = referential.criterion_title(line);
        let position = match last(referential.competence_of(line)) {
            LastPosition::Position(level, day) => {
                format!("dernier bilan {} le {}", sign(level), short_date(day))
            }
            LastPosition::Suggested(level) => format!("suggestion {}", sign(level)),
            LastPosition::Nothing => "aucun résultat".to_owned(),
        };
        text.push_str(&format!("\"{code}\" = ?  # {position} ; {title}\n"));
    }
    text.push_str("\n[[commission]]\npersonne = \"?\"\nqualite = \"enseignant\"\n");
    text.push_str("\n[[commission]]\nnom = \"?\"\nprenom = \"?\"\nqualite = \"professionnel\"\n");
    text
}

fn sign(level: Level) -> &'static str {
    level.as_str()
}
