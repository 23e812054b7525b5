//! Codes of a référentiel: tasks, criteria, competences, one by one, by list, or as the keys of a table.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::Linker;
use crate::diagnostic::{KeyPath, Site};
use crate::record;
use crate::school::{CompetenceIx, CriterionIx, Referential, TaskIx, reference};

// Places are made on demand: a large school holds hundreds of thousands of codes, nearly all right.
impl Linker {
    /// A task by code.
    pub(super) fn task(
        &mut self,
        referential: &Referential,
        code: &str,
        site: impl FnOnce() -> Site,
    ) -> Option<TaskIx> {
        let found = referential.task(code);
        if found.is_none() {
            let known = referential.task_codes();
            self.tell_unknown(&reference::TASK, site(), "la tâche", code, known);
        }
        found
    }

    /// A criterion by code.
    pub(super) fn criterion(
        &mut self,
        referential: &Referential,
        code: &str,
        site: impl FnOnce() -> Site,
    ) -> Option<CriterionIx> {
        let found = referential.criterion(code);
        if found.is_none() {
            let known = referential.criterion_codes();
            self.tell_unknown(&reference::CRITERION, site(), "le critère", code, known);
        }
        found
    }

    /// A competence by code.
    pub(super) fn competence(
        &mut self,
        referential: &Referential,
        code: &str,
        site: impl FnOnce() -> Site,
    ) -> Option<CompetenceIx> {
        let found = referential.competence(code);
        if found.is_none() {
            let known = referential.competence_codes();
            self.tell_unknown(&reference::COMPETENCE, site(), "la compétence", code, known);
        }
        found
    }

    /// The tasks of a list that stands at `list`, each once, in the order of the référentiel.
    pub(super) fn tasks(
        &mut self,
        referential: &Referential,
        codes: &[String],
        file: &Arc<str>,
        list: &KeyPath,
    ) -> Vec<TaskIx> {
        let items = codes.iter().enumerate();
        let found: BTreeSet<TaskIx> = items
            .filter_map(|(n, code)| {
                self.task(referential, code, || Site::value(file, list.child(n)))
            })
            .collect();
        found.into_iter().collect()
    }

    /// The criteria of a list that stands at `list`, in its order: an unknown one keeps its rank.
    pub(super) fn criteria(
        &mut self,
        referential: &Referential,
        codes: &[String],
        file: &Arc<str>,
        list: &KeyPath,
    ) -> Vec<Option<CriterionIx>> {
        let items = codes.iter().enumerate();
        items
            .map(|(n, code)| self.criterion(referential, code, || Site::value(file, list.child(n))))
            .collect()
    }

    /// The competences that are the keys of a table that stands at `table`, each with what `read`
    /// makes of its value, in the order of the référentiel.
    pub(super) fn competences<T, U>(
        &mut self,
        referential: &Referential,
        map: &record::Map<T>,
        file: &Arc<str>,
        table: &KeyPath,
        read: impl Fn(&T) -> U,
    ) -> Vec<(CompetenceIx, U)> {
        let mut found: Vec<(CompetenceIx, U)> = map
            .iter()
            .filter_map(|(code, value)| {
                let site = || Site::key(file, table.child(code));
                Some((self.competence(referential, code, site)?, read(value)))
            })
            .collect();
        found.sort_by_key(|(competence, _)| *competence);
        found
    }
}
