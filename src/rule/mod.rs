//! What must hold: one rule a file, named after its code; all of them, and the registry of codes.

mod reference;
mod shared;
mod transition;

mod annexe_copie;
mod annexe_niveau;
mod annexe_vide;
mod attestation_auteur;
mod attestation_date;
mod attestation_diplome;
mod attestation_dossier;
mod attestation_vide;
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
mod ccf_absent;
mod ccf_auteur;
mod ccf_commentaire;
mod ccf_commission;
mod ccf_deverrouillage;
mod ccf_dossier;
mod ccf_doublon;
mod ccf_echeance;
mod ccf_harmonisation;
mod ccf_lignes;
mod ccf_motif;
mod ccf_note;
mod ccf_verrouillage;
mod classe_doublon;
mod classe_equipe;
mod classe_mef;
mod classe_niveau;
mod classe_session;
mod dossier_taille;
mod ecole_cle;
mod ecole_courriel;
mod ecole_ddfpt;
mod ecole_forge;
mod ecole_grilles;
mod ecole_logo;
mod ecole_uai;
mod eleve_candidat;
mod eleve_cohorte;
mod eleve_doublon;
mod eleve_homonyme;
mod eleve_id;
mod eleve_ine;
mod eleve_naissance;
mod eleve_reserve;
mod eleve_scolarite;
mod eleve_siecle;
mod eval_apprenant;
mod eval_auteur;
mod eval_colonnes;
mod eval_criteres;
mod eval_date;
mod eval_pfmp;
mod eval_ressource;
mod eval_scenario;
mod eval_vide;
mod fam_adresse;
mod fam_dates;
mod lsl_apprenti;
mod lsl_avis;
mod lsl_bilan;
mod lsl_complet;
mod lsl_enseignant;
mod lsl_envoi;
mod lsl_niveau;
mod lsl_note;
mod lsl_ordre;
mod lsl_periode;
mod lsl_periodes;
mod lsl_periodicite;
mod lsl_pfmp;
mod lsl_projet;
mod lsl_regles;
mod lsl_saisie;
mod lsl_service;
mod lsl_texte;
mod pers_adresse;
mod pers_cle;
mod pers_courriel;
mod pers_doublon;
mod pers_role;
mod pfmp_absence;
mod pfmp_annexe;
mod pfmp_apprenant;
mod pfmp_attestation;
mod pfmp_calendrier;
mod pfmp_chevauchement;
mod pfmp_dates;
mod pfmp_doublon;
mod pfmp_numero;
mod pfmp_referent;
mod pfmp_vide;
mod port_apprenant;
mod port_bilan;
mod port_coordonnees;
mod port_date;
mod port_dossier;
mod port_entreprise;
mod port_equipe;
mod port_resultats;
mod port_semaine;
mod port_tuteur;
mod port_visite;
mod referentiel_codes;
mod referentiel_descripteurs;
mod referentiel_liens;
mod referentiel_lsl;
mod referentiel_sessions;
mod referentiel_source;
mod reg_acces;
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
mod resp_codes;
mod resp_courriel;
mod resp_lettre;
mod resp_refus;
mod scen_codes;
mod scen_fichier;
mod scen_ressource;
mod scen_vide;
mod transfert_cle;
mod transfert_etapes;
mod transfert_intact;
mod transfert_partenaire;

use rayon::prelude::*;

use crate::diagnostic::{Code, Finding};
use crate::school::School;
use crate::{history, record, school, source};

pub use reference::{explain, reference_page};
pub use transition::{judge, rights_page};

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
    annexe_copie,
    annexe_niveau,
    annexe_vide,
    attestation_auteur,
    attestation_date,
    attestation_diplome,
    attestation_dossier,
    attestation_vide,
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
    ccf_absent,
    ccf_auteur,
    ccf_commentaire,
    ccf_commission,
    ccf_deverrouillage,
    ccf_dossier,
    ccf_doublon,
    ccf_echeance,
    ccf_harmonisation,
    ccf_lignes,
    ccf_motif,
    ccf_note,
    ccf_verrouillage,
    classe_doublon,
    classe_equipe,
    classe_mef,
    classe_niveau,
    classe_session,
    dossier_taille,
    ecole_cle,
    ecole_courriel,
    ecole_ddfpt,
    ecole_forge,
    ecole_grilles,
    ecole_logo,
    ecole_uai,
    eleve_candidat,
    eleve_cohorte,
    eleve_doublon,
    eleve_homonyme,
    eleve_id,
    eleve_ine,
    eleve_naissance,
    eleve_reserve,
    eleve_scolarite,
    eleve_siecle,
    eval_apprenant,
    eval_auteur,
    eval_colonnes,
    eval_criteres,
    eval_date,
    eval_pfmp,
    eval_ressource,
    eval_scenario,
    eval_vide,
    fam_adresse,
    fam_dates,
    lsl_apprenti,
    lsl_avis,
    lsl_bilan,
    lsl_complet,
    lsl_enseignant,
    lsl_envoi,
    lsl_niveau,
    lsl_note,
    lsl_ordre,
    lsl_periode,
    lsl_periodes,
    lsl_periodicite,
    lsl_pfmp,
    lsl_projet,
    lsl_regles,
    lsl_saisie,
    lsl_service,
    lsl_texte,
    pers_adresse,
    pers_cle,
    pers_courriel,
    pers_doublon,
    pers_role,
    port_apprenant,
    port_bilan,
    port_coordonnees,
    port_date,
    port_dossier,
    port_entreprise,
    port_equipe,
    port_resultats,
    port_semaine,
    port_tuteur,
    port_visite,
    pfmp_absence,
    pfmp_annexe,
    pfmp_apprenant,
    pfmp_attestation,
    pfmp_calendrier,
    pfmp_chevauchement,
    pfmp_dates,
    pfmp_doublon,
    pfmp_numero,
    pfmp_referent,
    pfmp_vide,
    referentiel_codes,
    referentiel_descripteurs,
    referentiel_liens,
    referentiel_lsl,
    referentiel_sessions,
    referentiel_source,
    reg_acces,
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
    resp_codes,
    resp_courriel,
    resp_lettre,
    resp_refus,
    scen_codes,
    scen_fichier,
    scen_ressource,
    scen_vide,
    transfert_cle,
    transfert_etapes,
    transfert_intact,
    transfert_partenaire,
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
    codes.extend(transition::codes());
    codes.extend(history::codes());
    codes.sort_by_key(|code| code.name);
    codes
}

/// What tells these rules from those of another version of the program.
pub fn edition() -> String {
    let mut hash = blake3::Hasher::new();
    for code in codes() {
        hash.update(code.name.as_bytes()).update(code.explanation.as_bytes());
    }
    format!("{} {}", env!("CARGO_PKG_VERSION"), hash.finalize().to_hex())
}

/// The codes of the rules that judge changes rather than states.
pub fn change_codes() -> impl Iterator<Item = &'static Code> {
    transition::codes()
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
            if file == "tests" {
                continue;
            }
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
