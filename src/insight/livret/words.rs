//! The livret in words: what is missing, who fills it, why nothing can be entered.

use super::completeness::{LivretGap, LivretObstacle, LivretPart, LivretState, PartGap};
use crate::record::{LivretRules, LivretSection};
use crate::school::{Referential, School};
use crate::text::{and_list, count};

/// The name of the projet part in the rules of a session.
pub fn project_title(rules: &LivretRules) -> String {
    rules.projet_intitule.clone().unwrap_or_else(|| "Projet".to_owned())
}

/// What a livret lacks, one short sentence each; the levels together.
pub fn gap_words(school: &School, state: &LivretState<'_>) -> Vec<String> {
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
    words.extend(others.map(|gap| one_gap_word(school, state, *gap)));
    words
}

fn code(referential: &Referential, line: usize) -> &str {
    let list = referential.record.lsl.as_ref();
    list.and_then(|list| list.competences.get(line)).map_or("?", |line| line.code.as_str())
}

/// One thing that a livret lacks, in words.
pub fn one_gap_word(school: &School, state: &LivretState<'_>, gap: LivretGap) -> String {
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
pub fn obstacle_words(obstacle: LivretObstacle) -> &'static str {
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

/// Who fills what a livret lacks: the hands that the rights give it to, named when the class names them.
pub fn who_fills(school: &School, state: &LivretState<'_>, gap: LivretGap) -> String {
    let class = &school.classes[state.class];
    let form_teacher = class.form_teacher.map(|person| school.people[person].formal_name());
    let form_teacher = form_teacher.unwrap_or_else(|| "le professeur principal".to_owned());
    let team = || {
        let team: Vec<_> = class.team.iter().map(|ix| school.people[*ix].formal_name()).collect();
        if team.is_empty() { "l’équipe de la classe".to_owned() } else { and_list(&team) }
    };
    match gap {
        LivretGap::NoList => "le DDFPT (référentiel)".to_owned(),
        LivretGap::Periodicity => "le chef d’établissement ou le DDFPT".to_owned(),
        LivretGap::Weeks => "le DDFPT (périodes en entreprise)".to_owned(),
        LivretGap::Part(LivretPart::Placement, _) => {
            format!("le référent de PFMP ou {form_teacher}")
        }
        LivretGap::Level(_)
        | LivretGap::Mark
        | LivretGap::FaultyMark(..)
        | LivretGap::Teacher
        | LivretGap::Appreciation
        | LivretGap::AppreciationTooLong(_)
        | LivretGap::Part(LivretPart::Project, _) => team(),
    }
}
