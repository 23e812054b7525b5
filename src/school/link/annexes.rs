//! Annexes pédagogiques, their tasks and their originals.

use super::Linker;
use crate::diagnostic::{Site, key_path};
use crate::record;
use crate::school::{Annex, School, Table};

impl Linker {
    /// The annexes of all diplomas and levels.
    pub(super) fn annexes(
        &mut self,
        school: &mut School,
        records: Vec<record::Loaded<(String, String, String), record::Annex>>,
    ) {
        let mut annexes = Vec::with_capacity(records.len());
        for loaded in records {
            let (diploma_code, level, slug) = loaded.key;
            let (file, record) = (loaded.file, loaded.record);
            let id = format!("{diploma_code}/{level}/{slug}");
            let author = self.person(&school.people, &record.auteur, &file, key_path!["auteur"]);
            let diploma = self.diploma(school, &diploma_code, Site::file(&file));
            let level = self.study_level(&level, Site::file(&file));
            let (Some(diploma), Some(level)) = (diploma, level) else {
                self.broken_annexes.insert(id);
                continue;
            };
            let referential = &school.referentials[diploma];
            let tasks = self.tasks(referential, &record.taches, &file, &key_path!["taches"]);
            annexes.push(Annex {
                id,
                slug,
                file,
                record,
                diploma,
                level,
                author,
                tasks,
                copy_of: None,
            });
        }
        annexes.sort_by(|a, b| a.id.cmp(&b.id));
        let mut annexes = Table::new(annexes);
        let originals: Vec<_> = annexes
            .values()
            .iter()
            .map(|annex| {
                let id = annex.record.copie_de.as_ref()?;
                self.annex(&annexes, id, Site::value(&annex.file, key_path!["copie_de"]))
            })
            .collect();
        for (annex, original) in annexes.values_mut().iter_mut().zip(originals) {
            annex.copy_of = original;
        }
        school.annexes = annexes;
    }
}
