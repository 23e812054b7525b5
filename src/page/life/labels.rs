//! The names of keys as a reader says them: keys have neither accents nor spaces.

/// Keys that are not said as they are written.
const SAID: &[(&str, &str)] = &[
    ("a_faire", "à faire"),
    ("a_savoir", "à savoir"),
    ("academie", "académie"),
    ("acces_remis_le", "accès remis le"),
    ("activite", "activité"),
    ("activites", "activités"),
    ("annee", "année"),
    ("appreciation", "appréciation"),
    ("bilan_entreprise", "bilan entreprise"),
    ("bilan_personnel", "bilan personnel"),
    ("certification", "dates limites de certification"),
    ("choisie", "choisie pour le book"),
    ("civilite", "civilité"),
    ("cle", "clé"),
    ("cle_lettre", "nom de la lettre"),
    ("cles", "clés"),
    ("cloture_pronote", "clôture de PRONOTE"),
    ("code_postal", "code postal"),
    ("competence", "compétence"),
    ("competences", "compétences"),
    ("complexite", "complexité"),
    ("copie_de", "copie de"),
    ("crees", "créés"),
    ("criteres", "critères"),
    ("date_limite", "date limite"),
    ("debut", "début"),
    ("demi_journees", "demi-journées"),
    ("desactives", "désactivés"),
    ("deverrouillage", "déverrouillage"),
    ("diplome", "diplôme"),
    ("diplomes", "diplômes"),
    ("eleve", "élève"),
    ("eleve_id", "identifiant SIECLE"),
    ("eleves", "élèves"),
    ("emargement", "émargement"),
    ("empreinte_siecle", "empreinte de SIECLE"),
    ("epreuve", "épreuve"),
    ("epreuves", "épreuves"),
    ("equipe", "équipe"),
    ("etat", "état"),
    ("etranger", "étranger"),
    ("evaluations", "évaluations"),
    ("exporte", "envoyée"),
    ("exporte_le", "exporté le"),
    ("forcages", "acceptés par exception"),
    ("inactif_depuis", "départ"),
    ("ine", "INE"),
    ("intitule", "intitulé"),
    ("libelle", "libellé"),
    ("lsl", "périodicité du livret"),
    ("matiere", "matière"),
    ("matieres_generales", "matières générales"),
    ("matieres_professionnelles", "matières professionnelles"),
    ("mef", "MEF"),
    ("mef_ignores", "MEF laissés de côté"),
    ("modalite", "modalité"),
    ("modifies", "modifiés"),
    ("nom_usage", "nom d’usage"),
    ("non_note", "non noté"),
    ("note_proposee", "note proposée"),
    ("numero", "numéro"),
    ("numero_candidat", "numéro de candidat"),
    ("origine", "origine"),
    ("periode", "période"),
    ("periodes", "périodes"),
    ("periodicite", "périodicité"),
    ("personne_id", "identifiant SIECLE de la personne"),
    ("pfmp", "PFMP"),
    ("precision", "précision"),
    ("prenom", "prénom"),
    ("present", "présent"),
    ("prive", "privé"),
    ("proces_verbal", "procès-verbal"),
    ("professeur_principal", "professeur principal"),
    ("pronote", "périodes de PRONOTE"),
    ("qualite", "qualité"),
    ("rattrapee", "rattrapée"),
    ("referents", "référents"),
    ("refus_site", "refus du site"),
    ("resultats", "résultats"),
    ("roles", "rôles"),
    ("saisi_le", "saisi le"),
    ("sans_tuteur", "motif d’absence du tuteur"),
    ("scenario", "scénario"),
    ("scolarite", "scolarité"),
    ("service_lsl", "ouverture du service du livret"),
    ("sha256", "SHA-256"),
    ("siecle", "réglages de l’import"),
    ("signee_le", "signée le"),
    ("sts", "numéro STS"),
    ("synthese", "synthèse"),
    ("tache", "tâche"),
    ("taches", "tâches"),
    ("telephone", "téléphone"),
    ("temoin", "témoin"),
    ("uai", "UAI"),
    ("valide_le", "date de validation"),
    ("valide_par", "validé par"),
];

/// How a key is said.
pub(super) fn label(key: &str) -> String {
    match SAID.binary_search_by_key(&key, |(name, _)| name) {
        Ok(at) => SAID[at].1.to_owned(),
        Err(_) => key.replace('_', " "),
    }
}

/// How to say "to" and "from" a list of that name.
pub(super) fn list(key: &str) -> (String, String) {
    let (to, from) = match key {
        "journal" => ("au journal", "du journal"),
        "equipe" => ("à l’équipe", "de l’équipe"),
        "scolarite" => ("à la scolarité", "de la scolarité"),
        "commission" => ("à la commission", "de la commission"),
        "lsl" => ("à la périodicité du livret", "de la périodicité du livret"),
        _ => return (format!("aux {}", label(key)), format!("des {}", label(key))),
    };
    (to.to_owned(), from.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_in_order_and_said_in_french() {
        assert!(SAID.is_sorted_by_key(|(key, _)| key));
        assert_eq!(label("deverrouillage"), "déverrouillage");
        assert_eq!(label("note"), "note");
        assert_eq!(label("savoir_faire"), "savoir faire");
    }
}
