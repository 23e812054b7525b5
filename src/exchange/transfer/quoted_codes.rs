//! What the codes that records quote mean: the school that receives them may have another edition, or none.

use std::collections::{BTreeMap, BTreeSet};

use toml::{Table, Value};

use crate::record::Plain;
use crate::school::{Ix, Pupil, Referential, School};

/// All texts and keys of a record.
pub(super) fn gather(plain: &Plain, into: &mut BTreeSet<String>) {
    match plain {
        Plain::Text(text) | Plain::Date(text) => drop(into.insert(text.clone())),
        Plain::List(items) => items.iter().for_each(|item| gather(item, into)),
        Plain::Table(pairs) => {
            for (key, value) in pairs {
                into.insert(key.clone());
                gather(value, into);
            }
        }
        Plain::Number(_) | Plain::Truth(_) => {}
    }
}

/// The référentiels of a pupil's classes, each with its edition and the titles of the codes that are quoted.
pub(super) fn referentials(school: &School, pupil: Ix<Pupil>, quoted: &BTreeSet<String>) -> Table {
    let stays = school.pupils[pupil].stays.iter();
    let diplomas: BTreeSet<Ix<Referential>> =
        stays.map(|stay| school.classes[stay.class].diploma).collect();
    let mut tables = Table::new();
    for referential in diplomas.into_iter().map(|ix| &school.referentials[ix]) {
        let titles = titles(referential);
        let titles = titles.into_iter().filter(|(code, _)| quoted.contains(*code));
        let mut table = Table::new();
        table.insert("sigle".into(), referential.record.sigle.clone().into());
        table.insert("intitule".into(), referential.record.intitule.clone().into());
        table.insert("edition".into(), referential.record.version.clone().into());
        let titles: Table =
            titles.map(|(code, title)| (code.to_owned(), Value::from(title))).collect();
        table.insert("intitules".into(), titles.into());
        tables.insert(referential.code.clone(), table.into());
    }
    tables
}

fn titles(referential: &Referential) -> BTreeMap<&str, &str> {
    let mut titles = BTreeMap::new();
    let record = &referential.record;
    for ix in referential.competence_ixs() {
        let competence = referential.competence_record(ix);
        titles.insert(&*competence.code, &*competence.intitule);
        for criterion in &competence.criteres {
            titles.insert(&*criterion.code, &*criterion.intitule);
        }
    }
    for task in record.activites.iter().flat_map(|activity| &activity.taches) {
        titles.insert(&*task.code, &*task.intitule);
    }
    for line in record.lsl.iter().flat_map(|list| &list.competences) {
        titles.entry(&*line.code).or_insert(&*line.intitule);
    }
    for grid in &record.grilles {
        titles.entry(&*grid.code).or_insert(&*grid.titre);
    }
    titles
}
