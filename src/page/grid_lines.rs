//! The lines of a grid by competence, and what its levels say together.

use serde::Serialize;

use crate::insight::{Dashboard, MarkRule, last_position, level_profile};
use crate::record::Grid;
use crate::school::{CompetenceIx, FilledGrid};
use crate::text::{and_list, count};

use super::certification::mark;
use super::{D, Day, Site};

/// The lines of one competence.
#[derive(Debug, Serialize)]
pub struct GridBlock {
    /// Code of the competence.
    pub code: String,
    /// Its wording.
    pub title: String,
    /// The last position: sign, words, day.
    pub last: Option<(&'static str, &'static str, Day)>,
    /// Its lines.
    pub lines: Vec<GridLine>,
    /// Weight in percent, where the exam gives weights.
    pub weight: Option<String>,
    /// Whether its line of the dashboard is drawn here; it is drawn once.
    pub drawn: bool,
    /// The competence.
    #[serde(skip)]
    pub competence: CompetenceIx,
}

/// A line of the grid.
#[derive(Debug, Serialize)]
pub struct GridLine {
    /// Code of the criterion.
    pub code: String,
    /// Its wording.
    pub title: String,
    /// The level given, and its name.
    pub level: Option<(u8, String)>,
    /// The four levels.
    pub levels: Vec<LevelChoice>,
}

/// A level of a line.
#[derive(Debug, Serialize)]
pub struct LevelChoice {
    /// From 1 to 4.
    pub number: u8,
    /// Its name in the national grid.
    pub name: String,
    /// What it looks like on this line, when the référentiel says it.
    pub descriptor: Option<String>,
    /// Whether it is the level given.
    pub chosen: bool,
}

/// The lines of the national grid, in its order; lines of one competence that follow each other
/// stand together.
pub(super) fn blocks(
    site: &Site<'_>,
    form: &Grid,
    filled: Option<&FilledGrid>,
    d: D,
    figures: &Dashboard,
    rule: &MarkRule,
) -> Vec<GridBlock> {
    let referential = &site.school.referentials[d];
    let mut blocks: Vec<GridBlock> = Vec::new();
    for code in &form.lignes {
        let Some(criterion) = referential.criterion(code) else { continue };
        let competence = referential.competence_of(criterion);
        let level = filled.and_then(|filled| filled.level(criterion));
        let name =
            |number: u8| form.echelle.get(usize::from(number) - 1).cloned().unwrap_or_default();
        let descriptors =
            referential.criterion_record(criterion).map(|record| &record.descripteurs);
        let line = GridLine {
            code: code.clone(),
            title: referential.criterion_title(criterion).to_owned(),
            level: level.map(|level| (level, name(level))),
            levels: (1..=4)
                .map(|number| LevelChoice {
                    number,
                    name: name(number),
                    descriptor: descriptors
                        .and_then(|list| list.get(usize::from(number) - 1))
                        .cloned(),
                    chosen: level == Some(number),
                })
                .collect(),
        };
        if let Some(block) = blocks.last_mut().filter(|block| block.competence == competence) {
            block.lines.push(line);
            continue;
        }
        let record = referential.competence_record(competence);
        let weight = match rule {
            MarkRule::Weights(weights) => weights.iter().find(|(other, _)| *other == competence),
            MarkRule::Profile | MarkRule::Unknown => None,
        };
        let last = last_position(site.school, &figures.reviews, competence);
        blocks.push(GridBlock {
            code: record.code.clone(),
            title: record.intitule.clone(),
            last: last.map(|(level, day)| (level.as_str(), level.label(), day.into())),
            lines: vec![line],
            weight: weight.map(|(_, percent)| mark(*percent)),
            drawn: !blocks.iter().any(|block| block.competence == competence),
            competence,
        });
    }
    blocks
}

/// "2 lignes au niveau 4 (Expert), 3 au niveau 3 (Averti) : au moins la moitié des lignes atteint …".
pub(super) fn profile_words(site: &Site<'_>, form: &Grid, filled: &FilledGrid) -> Option<String> {
    let profile = level_profile(site.school, filled);
    let half = profile.reached_by_half?;
    let name = |level: usize| form.echelle.get(level - 1).map_or("", String::as_str);
    let parts: Vec<String> = (1..=4)
        .rev()
        .filter(|level| profile.counts[level - 1] > 0)
        .map(|level| {
            let lines = count(profile.counts[level - 1], "ligne", "lignes");
            format!("{lines} au niveau {level} ({})", name(level))
        })
        .collect();
    let without = match profile.without {
        0 => String::new(),
        lines => format!(" ; {} sans niveau", count(lines, "ligne", "lignes")),
    };
    let half = usize::from(half);
    Some(format!(
        "{}{without}. La moitié des lignes au moins atteint le niveau {half} ({})",
        and_list(&parts),
        name(half)
    ))
}

/// Why no mark is made of the levels.
pub(super) fn rule_words(rule: &MarkRule) -> &'static str {
    match rule {
        MarkRule::Profile => {
            "La grille nationale s’évalue par profil et ne donne pas de points par ligne : aucune note \
             n’est calculée ici. Le profil aide à décider ; la commission décide."
        }
        MarkRule::Weights(_) => {
            "Le référentiel donne le poids de chaque compétence, mais aucun texte officiel relevé ne dit \
             combien de points vaut un niveau : aucune note n’est calculée ici. La commission décide."
        }
        MarkRule::Unknown => {
            "Le référentiel ne dit pas comment la note vient des niveaux : aucune note n’est calculée \
             ici. La commission décide."
        }
    }
}
