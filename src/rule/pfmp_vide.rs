//! PFMP-VIDE: a period has learners, objectives and tasks of its own.

use crate::diagnostic::{Code, Finding, Severity, Site, key_path};
use crate::school::{Period, School};

pub(super) static CODE: Code = Code {
    name: "PFMP-VIDE",
    severity: Severity::Warning,
    summary: "Une période a des apprenants, des objectifs et des tâches prévues",
    explanation: "Une période garde sa propre copie des objectifs et des tâches de l’annexe (PFM-07, PFM-11) : ils ne \
        viennent pas tout seuls de l’annexe nommée. La page de l’annexe donne le texte complet à recopier. \
        Quand le référentiel ne donne encore aucune tâche, seuls les objectifs sont demandés.",
    wrong: "annexe = \"mcv-a/premiere/decouverte\"",
    right: "annexe = \"mcv-a/premiere/decouverte\"\nobjectifs = \"Accueillir le client.\"\ntaches = [\"A1-T2\"]",
};

pub(super) fn check(school: &School) -> Vec<Finding> {
    let sound = school.periods.values().iter().filter(|period| !school.is_broken(&period.file));
    sound.flat_map(|period| [content(school, period), learners(school, period)]).flatten().collect()
}

fn content(school: &School, period: &Period) -> Option<Finding> {
    let record = &period.record;
    let no_goal = record.objectifs.as_ref().is_none_or(|text| text.0.trim().is_empty());
    let no_task = record.taches.is_empty() && !school.referentials[period.diploma].tasks.is_empty();
    let lacking = match (no_goal, no_task) {
        (true, true) => "ni objectifs ni tâches prévues",
        (true, false) => "pas d’objectifs",
        (false, true) => "aucune tâche prévue",
        (false, false) => return None,
    };
    let help = match period.annex {
        Some(_) => {
            "recopiez les lignes objectifs et taches de l’annexe : la période en garde sa propre copie"
        }
        None => "ajoutez des lignes objectifs = \"…\" et taches = [\"…\"]",
    };
    let site = Site::key(&period.file, key_path!["titre"]);
    Some(Finding::new(&CODE, site, format!("cette période n’a {lacking}")).help(help))
}

fn learners(school: &School, period: &Period) -> Option<Finding> {
    let named = period.record.apprenants.as_ref().is_some_and(|ids| !ids.is_empty());
    let levels = &school.referentials[period.diploma].record.niveaux;
    let of_diploma = levels.is_empty() || levels.contains(&period.record.niveau);
    let (first, last) = (period.record.debut, period.record.fin);
    let dated = first <= last && period.year.contains(first) && period.year.contains(last);
    // Wrong dates, a level of no class, unknown names and those of another level have their rules.
    if !period.learners.is_empty() || named || !dated || !of_diploma {
        return None;
    }
    let level = period.record.niveau.label().to_lowercase();
    let sigle = &school.referentials[period.diploma].record.sigle;
    let year = period.year;
    let has_class = school.classes.values().iter().any(|class| period.is_for(class));
    let why = if !has_class {
        format!("aucune classe de {level} {sigle} en {year}")
    } else if period.record.apprentis {
        format!("aucun apprenti en {level} {sigle} à ces dates")
    } else {
        format!("aucun élève sous statut scolaire en {level} {sigle} à ces dates")
    };
    let site = Site::key(&period.file, key_path!["titre"]);
    Some(
        Finding::new(&CODE, site, format!("cette période ne concerne personne : {why}"))
            .help("vérifiez diplome, niveau, apprentis et les dates"),
    )
}
