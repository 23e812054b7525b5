//! What must hold: one rule a file, named after its code; all of them, and the registry of codes.

mod reference;
mod shared;

mod bilan_auteur;
mod bilan_classe;
mod bilan_date;
mod bilan_deverrouillage;
mod bilan_dossier;
mod bilan_evaluation;
mod bilan_note;
mod bilan_positions;
mod bilan_professionnalisation;
mod bilan_texte;
mod bilan_validation;
mod book_date;
mod book_dossier;
mod book_ferme;
mod book_fichier;
mod book_image;
mod book_photo;
mod book_texte;
mod cal_annee;
mod cal_certification;
mod cal_chevauchement;
mod cal_code;
mod cal_dates;
mod cal_periodes;
mod cal_pfmp;
mod cal_pronote;
mod cal_trou;
mod classe_doublon;
mod classe_equipe;
mod classe_mef;
mod classe_niveau;
mod classe_session;
mod dossier_taille;
mod ecole_courriel;
mod ecole_ddfpt;
mod ecole_forge;
mod ecole_uai;
mod eleve_candidat;
mod eleve_cohorte;
mod eleve_doublon;
mod eleve_homonyme;
mod eleve_id;
mod eleve_ine;
mod eleve_naissance;
mod eleve_scolarite;
mod eval_apprenant;
mod eval_auteur;
mod eval_colonnes;
mod eval_criteres;
mod eval_date;
mod eval_pfmp;
mod eval_ressource;
mod eval_scenario;
mod eval_vide;
mod lsl_periodes;
mod lsl_periodicite;
mod pers_courriel;
mod pers_doublon;
mod pers_role;
mod referentiel_codes;
mod referentiel_descripteurs;
mod referentiel_liens;
mod referentiel_lsl;
mod referentiel_sessions;
mod referentiel_source;
mod reg_consultation;
mod reg_date;
mod reg_doublon;
mod reg_emargement;
mod reg_jury;
mod reg_livret;
mod reg_membre;
mod reg_presents;
mod reg_president;
mod reg_professionnels;
mod reg_remise;
mod resp_courriel;
mod scen_codes;
mod scen_fichier;
mod scen_ressource;
mod scen_vide;

use rayon::prelude::*;

use crate::diagnostic::{Code, Finding};
use crate::school::School;
use crate::{record, school, source};

pub use reference::{explain, reference_page};

/// A code and the pure function that judges a school by it.
struct Rule {
    code: &'static Code,
    check: fn(&School) -> Vec<Finding>,
}

/// Lists the rules by the names of their files; a test compares the list with the folder.
macro_rules! rules {
    ($($rule:ident),* $(,)?) => {
        static RULES: &[Rule] = &[$(Rule { code: &$rule::CODE, check: $rule::check }),*];
    };
}

rules![
    bilan_auteur,
    bilan_classe,
    bilan_date,
    bilan_deverrouillage,
    bilan_dossier,
    bilan_evaluation,
    bilan_note,
    bilan_positions,
    bilan_professionnalisation,
    bilan_texte,
    bilan_validation,
    book_date,
    book_dossier,
    book_ferme,
    book_fichier,
    book_image,
    book_photo,
    book_texte,
    cal_annee,
    cal_certification,
    cal_chevauchement,
    cal_code,
    cal_dates,
    cal_periodes,
    cal_pfmp,
    cal_pronote,
    cal_trou,
    classe_doublon,
    classe_equipe,
    classe_mef,
    classe_niveau,
    classe_session,
    dossier_taille,
    ecole_courriel,
    ecole_ddfpt,
    ecole_forge,
    ecole_uai,
    eleve_candidat,
    eleve_cohorte,
    eleve_doublon,
    eleve_homonyme,
    eleve_id,
    eleve_ine,
    eleve_naissance,
    eleve_scolarite,
    eval_apprenant,
    eval_auteur,
    eval_colonnes,
    eval_criteres,
    eval_date,
    eval_pfmp,
    eval_ressource,
    eval_scenario,
    eval_vide,
    lsl_periodes,
    lsl_periodicite,
    pers_courriel,
    pers_doublon,
    pers_role,
    referentiel_codes,
    referentiel_descripteurs,
    referentiel_liens,
    referentiel_lsl,
    referentiel_sessions,
    referentiel_source,
    reg_consultation,
    reg_date,
    reg_doublon,
    reg_emargement,
    reg_jury,
    reg_livret,
    reg_membre,
    reg_presents,
    reg_president,
    reg_professionnels,
    reg_remise,
    resp_courriel,
    scen_codes,
    scen_fichier,
    scen_ressource,
    scen_vide,
];

/// Judges the state of a school by all rules. The order of the findings means nothing:
/// [`crate::record::report`] gives them theirs.
pub fn check(school: &School) -> Vec<Finding> {
    RULES.par_iter().flat_map_iter(|rule| (rule.check)(school)).collect()
}

/// The code of every finding that can be told, in the order of their names.
pub fn codes() -> Vec<&'static Code> {
    let readings = [
        source::CODES,
        record::SYNTAX_CODES,
        record::FRONT_MATTER_CODES,
        record::DECODE_CODES,
        record::KIND_CODES,
        school::CODES,
    ];
    let mut codes: Vec<&'static Code> = readings.into_iter().flatten().copied().collect();
    codes.extend(RULES.iter().map(|rule| rule.code));
    codes.sort_by_key(|code| code.name);
    codes
}

/// A code by name, in capitals or not.
pub fn code(name: &str) -> Option<&'static Code> {
    codes().into_iter().find(|code| code.name.eq_ignore_ascii_case(name.trim()))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use std::path::Path;

    use super::*;

    /// The names of all codes declared in the source, with the file of each.
    fn declared(folder: &Path, found: &mut Vec<(String, String)>) {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                // What shows diagnostics is tested on codes of its own.
                if !path.ends_with("diagnostic/face") && !path.ends_with("src/serve") {
                    declared(&path, found);
                }
                continue;
            }
            let text = std::fs::read_to_string(&path).unwrap();
            let file = path.file_stem().unwrap().to_str().unwrap();
            let lines: Vec<&str> = text.lines().collect();
            for pair in lines.windows(2).filter(|pair| pair[0].ends_with(": Code = Code {")) {
                let name = pair[1].trim().strip_prefix("name: \"").unwrap();
                found.push((name.trim_end_matches("\",").to_owned(), file.to_owned()));
            }
        }
    }

    #[test]
    fn no_code_is_forgotten_and_each_rule_is_named_after_its_code() {
        let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
        let mut all = Vec::new();
        declared(&source, &mut all);
        let written: BTreeSet<&str> = all.iter().map(|(name, _)| name.as_str()).collect();
        let known: BTreeSet<&str> = codes().iter().map(|code| code.name).collect();
        assert_eq!(written, known);
        assert_eq!(all.len(), codes().len(), "a code is declared twice");

        let mut rules = Vec::new();
        declared(&source.join("rule"), &mut rules);
        for (name, file) in rules {
            assert_eq!(name.to_lowercase().replace('-', "_"), file);
        }
    }

    #[test]
    fn codes_are_well_formed_and_documented() {
        for code in codes() {
            let parts: Vec<&str> = code.name.split('-').collect();
            assert!(parts.len() >= 2 && parts[0].bytes().all(|b| b.is_ascii_uppercase()), "{code}");
            let plain = |part: &&str| {
                !part.is_empty()
                    && part.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit())
            };
            assert!(parts.iter().all(plain), "{code}");
            for text in [code.summary, code.explanation, code.wrong, code.right] {
                assert!(!text.trim().is_empty(), "{code}");
            }
            assert!(!code.summary.ends_with('.') && code.explanation.ends_with('.'), "{code}");
            assert_ne!(code.wrong, code.right, "{code}");
        }
    }

    #[test]
    fn a_code_is_found_whatever_its_case() {
        assert_eq!(code("eval-colonnes").unwrap().name, "EVAL-COLONNES");
        assert!(code("EVAL").is_none());
    }
}
