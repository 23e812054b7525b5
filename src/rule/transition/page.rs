//! What a DDFPT reads of rights and locks: the page `docs/droits.md`, made from the matrix.

use std::fmt::Write as _;

use super::matrix::{Cell, MATRIX, Part};
use super::{RULES, Rule};

const INTRODUCTION: &str = "\
# Qui peut faire quoi

Chaque modification d’un fichier est jugée : qui l’a faite, ce qu’elle change, ce qui était figé à ce
moment-là. Cette page donne les droits, puis les verrous. Une modification refusée est dite à sa ligne,
avec ce qu’il faut faire ; le détail de chaque message est dans [regles.md](regles.md).

Cette page est produite à partir du programme : ne la modifiez pas à la main.

## Comment une personne est reconnue

- L’auteur d’une modification se reconnaît à son adresse électronique : l’une des `courriels` d’une
  personne de `staff.toml`, ou d’un élève pour ce qu’il écrit lui-même. Qui dépose ou fusionne le
  travail d’un autre n’en devient pas l’auteur.
- Ses droits sont ceux de ses rôles **avant** la modification : personne ne se donne un droit et ne
  s’en sert dans la même proposition.
- Qui est dans plusieurs colonnes a les droits de toutes : un DDFPT qui enseigne, un professeur
  principal.
- L’« auteur » est la personne que le fichier nommait avant la modification ; d’un fichier nouveau, qui
  le crée. Un nom écrit comme signature est toujours celui de qui fait la modification.
- Le tuteur et les familles n’écrivent rien eux-mêmes.
- La première version des fichiers d’un établissement n’est pas jugée. Un élève qui arrive, amené par
  le DDFPT ou le chef d’établissement, garde ce que d’autres ont signé ailleurs.
- Remettre en page un fichier, sans rien changer de ce qu’il dit, est permis à tout le personnel.

";

const LEGEND: &str = "\
**écrit** : peut créer, modifier, supprimer, et une condition entre parenthèses doit être remplie. \
**écrit\u{a0}\\*** : les guides ne le disent pas, nous l’avons permis. **lit** : lit sans modifier. \
**–** : ni l’un ni l’autre ici. **?** : les guides ne le disent pas ; c’est refusé.
";

/// The page `docs/droits.md`.
pub fn rights_page() -> String {
    let mut page = String::from(INTRODUCTION);
    page.push_str("## Les droits\n\n| |");
    for part in Part::ALL {
        let _ = write!(page, " {} |", part.label());
    }
    page.push_str("\n|---|");
    page.push_str(&"---|".repeat(Part::ALL.len()));
    page.push('\n');
    for row in MATRIX {
        let _ = write!(page, "| {} |", row.title);
        for cell in row.cells {
            let _ = write!(page, " {} |", worded(cell));
        }
        page.push('\n');
    }
    page.push('\n');
    page.push_str(LEGEND);
    page.push_str("\n## Ligne par ligne\n\n");
    for row in MATRIX {
        let _ = write!(page, "- **{}.** {}", row.title, row.line);
        let mut settled: Vec<(&str, Vec<String>)> = Vec::new();
        for (part, cell) in Part::ALL.iter().zip(row.cells) {
            if let Cell::Settled(why) = cell {
                let who = part.label().to_lowercase().replace("ddfpt", "DDFPT");
                match settled.iter_mut().find(|(known, _)| *known == why) {
                    Some((_, parts)) => parts.push(who),
                    None => settled.push((why, vec![who])),
                }
            }
        }
        for (why, parts) in settled {
            let _ = write!(page, " \\* {}\u{a0}: {why}.", crate::text::and_list(&parts));
        }
        page.push('\n');
    }
    page.push_str(
        "\nDeux lignes des guides n’ont pas de fichier ici : le livret national, dont jalon ne tient \
        que ce qui y est porté, et le transfert d’un établissement à l’autre.\n\n\
        ## Les verrous\n\n\
        Un verrou vaut pour tous, quels que soient les droits.\n\n| Règle | Ce qui est figé |\n|---|---|\n",
    );
    let locks: Vec<&Rule> =
        RULES.iter().filter(|rule| !rule.code.name.starts_with("DROIT-")).collect();
    for rule in &locks {
        let (name, anchor) = (rule.code.name, rule.code.name.to_lowercase());
        let _ = writeln!(page, "| [{name}](regles.md#{anchor}) | {} |", rule.code.summary);
    }
    for rule in &locks {
        let _ = write!(page, "\n**{}.** {}\n", rule.code.summary, rule.code.explanation);
    }
    page
}

fn worded(cell: Cell) -> String {
    match cell {
        Cell::Write => "écrit".to_owned(),
        Cell::WriteIf(bond) => format!("écrit ({})", bond.label()),
        Cell::Settled(_) => "écrit\u{a0}\\*".to_owned(),
        Cell::Read => "lit".to_owned(),
        Cell::Never => "–".to_owned(),
        Cell::Unsaid => "?".to_owned(),
        Cell::Aside(words) => match words {
            "unlock" => "déverrouille le bilan",
            "deposit only" => "dépose",
            "sign (paper)" => "signe le papier",
            "receives" => "reçoit",
            "W with ENS" => "avec l’enseignant",
            _ => "envoie",
        }
        .to_owned(),
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_page_of_the_documentation_is_up_to_date() {
        crate::keep_true("docs/droits.md", &super::rights_page());
    }
}
