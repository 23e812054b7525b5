//! Scenarios, the files beside them, and which is the copy of which.

use std::collections::BTreeSet;
use std::ops::Bound;

use super::Linker;
use crate::diagnostic::{Site, key_path};
use crate::record;
use crate::school::{Scenario, School, Table};

impl Linker {
    /// The scenarios, and the originals of copies.
    pub(super) fn scenarios(
        &mut self,
        school: &mut School,
        records: Vec<record::Loaded<(String, String, String), record::Scenario>>,
    ) {
        let mut scenarios = Vec::with_capacity(records.len());
        for loaded in records {
            let (diploma_code, level, slug) = loaded.key;
            let file = loaded.file;
            let record = loaded.record;
            let id = format!("{diploma_code}/{level}/{slug}");
            let author = self.person(&school.people, &record.auteur, &file, key_path!["auteur"]);
            let diploma = self.diploma(school, &diploma_code, Site::file(&file));
            let level = self.study_level(&level, Site::file(&file));
            let (Some(diploma), Some(level)) = (diploma, level) else {
                self.broken_scenarios.insert(id);
                continue;
            };
            let referential = &school.referentials[diploma];
            let tasks = self.tasks(referential, &record.taches, &file, &key_path!["taches"]);
            let criteria: BTreeSet<_> = self
                .criteria(referential, &record.criteres, &file, &key_path!["criteres"])
                .into_iter()
                .flatten()
                .collect();
            let folder = format!("scenarios/{id}/");
            let files = school
                .files
                .range::<str, _>((Bound::Included(folder.as_str()), Bound::Unbounded))
                .take_while(|path| path.starts_with(&folder))
                .map(ToString::to_string)
                .collect();
            let criteria = criteria.into_iter().collect();
            scenarios.push(Scenario {
                id,
                slug,
                file,
                record,
                diploma,
                level,
                author,
                tasks,
                criteria,
                copy_of: None,
                files,
            });
        }
        scenarios.sort_by(|a, b| a.id.cmp(&b.id));
        let mut scenarios = Table::new(scenarios);
        let originals: Vec<_> = scenarios
            .values()
            .iter()
            .map(|scenario| {
                let id = scenario.record.copie_de.as_ref()?;
                self.scenario(&scenarios, id, Site::value(&scenario.file, key_path!["copie_de"]))
            })
            .collect();
        for (scenario, original) in scenarios.values_mut().iter_mut().zip(originals) {
            scenario.copy_of = original;
        }
        school.scenarios = scenarios;
    }
}
