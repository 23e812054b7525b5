//! What a scenario says, for a document to print (SCE-08).

use std::collections::BTreeMap;

use crate::exchange::document::{Data, Format, Names};
use crate::record::Resource;
use crate::school::{CompetenceIx, Ix, Referential, Scenario, School};
use crate::text::{and_list, count};

/// The templates of a school that made none of its own.
pub static TEMPLATES: [(Format, &[u8]); 2] = [
    (Format::Odt, include_bytes!("../../../layouts/documents/scenario.odt")),
    (Format::Docx, include_bytes!("../../../layouts/documents/scenario.docx")),
];

static TASK: Names = Names { texts: &["code", "intitule"], proses: &[], lists: &[] };
static CRITERION: Names = Names { texts: &["code", "intitule"], proses: &[], lists: &[] };
static ACTIVITY: Names =
    Names { texts: &["code", "intitule"], proses: &[], lists: &[("tache", &TASK)] };
static COMPETENCE: Names = Names {
    texts: &["code", "intitule", "groupe"],
    proses: &[],
    lists: &[("critere", &CRITERION)],
};
static RESOURCE: Names = Names { texts: &["titre", "lien", "fichier"], proses: &[], lists: &[] };

/// What a template of a scenario may name.
pub static SCENARIO_NAMES: Names = Names {
    texts: &[
        "titre",
        "niveau",
        "diplome",
        "diplome_intitule",
        "option",
        "complexite",
        "auteur",
        "dossier",
        "secteurs",
        "origine",
        "nombre_taches",
        "nombre_criteres",
        "etablissement",
        "ville",
        "uai",
    ],
    proses: &["contexte"],
    lists: &[
        ("activite", &ACTIVITY),
        ("tache", &TASK),
        ("competence", &COMPETENCE),
        ("critere", &CRITERION),
        ("ressource", &RESOURCE),
    ],
};

/// What a scenario has to say under each of these names.
pub fn scenario_data(school: &School, ix: Ix<Scenario>) -> Data {
    let scenario = &school.scenarios[ix];
    let record = &scenario.record;
    let referential = &school.referentials[scenario.diploma];
    let author = match scenario.author {
        Some(person) => school.people[person].formal_name(),
        None => record.auteur.0.clone(),
    };
    let complexity = record.complexite.map(|complexity| {
        format!("{} [{}]", complexity.label().to_lowercase(), complexity.as_str())
    });
    let tasks: Vec<Data> = scenario
        .tasks
        .iter()
        .map(|task| {
            let task = referential.task_record(*task);
            thing(&task.code, &task.intitule)
        })
        .collect();
    let competences = competences(referential, scenario);
    let criteria: Vec<Data> = competences
        .iter()
        .flat_map(|one| one.lists.get("critere").into_iter().flatten().cloned())
        .collect();
    let how_many = |number: usize, one: &str, several: &str| {
        if number == 0 { String::new() } else { count(number, one, several) }
    };
    let optional = |text: &Option<String>| text.clone().unwrap_or_default();
    Data::default()
        .text("titre", &*record.titre)
        .text("niveau", scenario.level.label())
        .text("diplome", &*referential.record.sigle)
        .text("diplome_intitule", &*referential.record.intitule)
        .text("option", optional(&referential.record.option))
        .text("complexite", complexity.unwrap_or_default())
        .text("auteur", author)
        .text("dossier", optional(&record.dossier))
        .text("secteurs", and_list(&record.secteurs))
        .text("origine", optional(&record.origine))
        .text("nombre_taches", how_many(tasks.len(), "tâche", "tâches"))
        .text("nombre_criteres", how_many(criteria.len(), "critère", "critères"))
        .text("etablissement", &*school.establishment.nom)
        .text("ville", optional(&school.establishment.ville))
        .text("uai", &*school.establishment.uai)
        .text("contexte", record.contexte.as_ref().map(|prose| prose.0.clone()).unwrap_or_default())
        .list("activite", activities(referential, scenario))
        .list("tache", tasks)
        .list("competence", competences)
        .list("critere", criteria)
        .list("ressource", record.ressources.iter().map(resource).collect())
}

fn thing(code: &str, title: &str) -> Data {
    Data::default().text("code", code).text("intitule", title)
}

fn activities(referential: &Referential, scenario: &Scenario) -> Vec<Data> {
    let mut tasks: BTreeMap<usize, Vec<Data>> = BTreeMap::new();
    for ix in &scenario.tasks {
        let task = referential.task_record(*ix);
        let activity = referential.tasks[ix.0 as usize].activity;
        tasks.entry(activity).or_default().push(thing(&task.code, &task.intitule));
    }
    tasks
        .into_iter()
        .map(|(activity, tasks)| {
            let activity = &referential.record.activites[activity];
            thing(&activity.code, &activity.intitule).list("tache", tasks)
        })
        .collect()
}

fn competences(referential: &Referential, scenario: &Scenario) -> Vec<Data> {
    let mut criteria: BTreeMap<CompetenceIx, Vec<Data>> = BTreeMap::new();
    for ix in &scenario.criteria {
        let competence = referential.competence_of(*ix);
        let code = &referential.criteria[ix.0 as usize].code;
        // A competence without criteria is its own: its code is said once.
        let own = *code == referential.competence_record(competence).code;
        let code = if own { "" } else { code.as_str() };
        criteria.entry(competence).or_default().push(thing(code, referential.criterion_title(*ix)));
    }
    criteria
        .into_iter()
        .map(|(ix, criteria)| {
            let group = &referential.record.groupes[referential.competences[ix.0 as usize].group];
            let group_title = group.intitule.as_deref().unwrap_or_default();
            let competence = referential.competence_record(ix);
            thing(&competence.code, &competence.intitule)
                .text("groupe", format!("{} {group_title}", group.code).trim())
                .list("critere", criteria)
        })
        .collect()
}

fn resource(resource: &Resource) -> Data {
    Data::default()
        .text("titre", &*resource.titre)
        .text("lien", resource.lien.clone().unwrap_or_default())
        .text("fichier", resource.fichier.clone().unwrap_or_default())
}
