//! The livret in words: what is missing, why nothing can be entered, numbers as French writes them.

use crate::insight::{Hundredths, LivretGap, LivretObstacle, LivretPart, LivretState, PartGap};
use crate::record::{LivretRules, LivretSection, Number};
use crate::school::{Referential, School};
use crate::text::{and_list, count};

/// The four degrees of mastery of the national livret (LSL-26).
pub const DEGREES: [&str; 4] =
    ["non maîtrisée", "insuffisamment maîtrisée", "maîtrisée", "bien maîtrisée"];

/// "18,41", "12,5", "12": hundredths without useless zeros.
pub fn decimal(value: Hundredths) -> String {
    let (whole, rest) = (value / 100, value % 100);
    match rest {
        0 => whole.to_string(),
        rest if rest % 10 == 0 => format!("{whole},{}", rest / 10),
        rest => format!("{whole},{rest:02}"),
    }
}

/// "33,33 %": a share always has its two decimals.
pub fn percent(value: Hundredths) -> String {
    format!("{},{:02}\u{a0}%", value / 100, value % 100)
}

/// A mark as it was typed.
pub(super) fn typed(mark: Number<0, 20>) -> String {
    mark.0.to_string().replace('.', ",")
}

/// The name of the projet part in the rules of a session.
pub(super) fn project_title(rules: &LivretRules) -> String {
    rules.projet_intitule.clone().unwrap_or_else(|| "Projet".to_owned())
}

/// What a livret lacks, one short sentence each; the levels together.
pub(in crate::page) fn gap_words(school: &School, state: &LivretState<'_>) -> Vec<String> {
    let referential = &school.referentials[school.classes[state.class].diploma];
    let levels: Vec<String> = (state.gaps.iter())
        .filter_map(|gap| match gap {
            LivretGap::Level(line) => Some(code(referential, *line).to_owned()),
            _ => None,
        })
        .collect();
    let mut words = Vec::new();
    let all = referential.record.lsl.as_ref().map_or(0, |list| list.competences.len());
    if levels.len() == all && all > 1 {
        words.push(format!("les {all} compétences à positionner"));
    } else if !levels.is_empty() {
        let number = count(levels.len(), "compétence à positionner", "compétences à positionner");
        words.push(format!("{number} : {}", and_list(&levels)));
    }
    let others = state.gaps.iter().filter(|gap| !matches!(gap, LivretGap::Level(_)));
    words.extend(others.map(|gap| one_gap(school, state, *gap)));
    words
}

fn code(referential: &Referential, line: usize) -> &str {
    let list = referential.record.lsl.as_ref();
    list.and_then(|list| list.competences.get(line)).map_or("?", |line| line.code.as_str())
}

fn one_gap(school: &School, state: &LivretState<'_>, gap: LivretGap) -> String {
    let too_long = |over: usize| count(over, "caractère de trop", "caractères de trop");
    match gap {
        LivretGap::NoList => "liste des compétences attendues pas encore relevée".to_owned(),
        LivretGap::Level(line) => format!("compétence {line} à positionner"),
        LivretGap::Periodicity => {
            "périodicité du livret à régler (trimestre ou semestre)".to_owned()
        }
        LivretGap::Mark => "aucune note de période".to_owned(),
        LivretGap::FaultyMark(place, _) => {
            let marks = state.livret.map(|ix| &school.livrets[ix].record.notes);
            let period =
                marks.and_then(|marks| marks.get(place)).map_or("", |m| m.periode.as_str());
            format!("note de {period} à corriger")
        }
        LivretGap::Teacher => "aucun enseignant de la spécialité".to_owned(),
        LivretGap::Appreciation => "appréciation générale à écrire".to_owned(),
        LivretGap::AppreciationTooLong(over) => {
            format!("appréciation générale : {}", too_long(over))
        }
        LivretGap::Weeks => "aucune semaine de PFMP comptée".to_owned(),
        LivretGap::Part(part, gap) => {
            let (name, section) = match part {
                LivretPart::Placement => ("PFMP".to_owned(), Some(state.rules.pfmp)),
                LivretPart::Project => (project_title(state.rules), state.rules.projet),
            };
            // Half filled, such a part keeps the whole livret from being sent (LSL-12).
            let half = matches!(gap, PartGap::Text | PartGap::Teacher);
            let blocks = half && section == Some(LivretSection::EmptyOrFull);
            let text = match gap {
                PartGap::Text => format!("{name} : texte à écrire"),
                PartGap::TooLong(over) => format!("{name} : {}", too_long(over)),
                PartGap::Teacher => format!("{name} : enseignant à indiquer"),
                PartGap::Off => format!("{name} : partie obligatoire, à activer"),
                PartGap::NotEmpty => format!("{name} : partie à vider, elle n’est pas envoyée"),
            };
            if blocks {
                format!("{text} (à moitié remplie, elle bloque tout le livret)")
            } else {
                text
            }
        }
    }
}

/// Why nothing can be entered, and who can change that (LSL-39).
pub(in crate::page) fn obstacle_words(obstacle: LivretObstacle) -> &'static str {
    match obstacle {
        LivretObstacle::NoPeriod => {
            "le calendrier n’a pas de période officielle pour cette classe (le DDFPT les saisit)"
        }
        LivretObstacle::NoPeriodicity => {
            "la périodicité du livret n’est pas réglée (le chef d’établissement ou le DDFPT choisit trimestre ou semestre)"
        }
        LivretObstacle::NoReview => {
            "aucun bilan de compétences n’a été fait cette année dans la classe"
        }
        LivretObstacle::NoList => {
            "la liste des compétences attendues de ce diplôme n’est pas encore relevée"
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_read_as_french() {
        let read: Vec<String> = [1841, 1200, 1350, 5, 0].map(decimal).to_vec();
        assert_eq!(read, ["18,41", "12", "13,5", "0,05", "0"]);
        assert_eq!(percent(3333), "33,33\u{a0}%");
        assert_eq!(percent(10_000), "100,00\u{a0}%");
        assert_eq!(typed(Number(12.25)), "12,25");
    }
}
