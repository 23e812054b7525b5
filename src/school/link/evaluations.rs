//! Evaluations, a row for each pupil, and who was assessed in which.

use super::Linker;
use super::order::sort_pupils;
use crate::diagnostic::{Site, key_path};
use crate::record::{self, Outcome};
use crate::school::{CriterionIx, Evaluation, Ix, Row, RowState, School, Table};
use crate::text::SchoolYear;

impl Linker {
    /// The evaluations, then those of each class and of each pupil, by date.
    pub(super) fn evaluations(
        &mut self,
        school: &mut School,
        records: Vec<record::Loaded<(SchoolYear, String, String), record::Evaluation>>,
    ) {
        let mut evaluations = Vec::with_capacity(records.len());
        for loaded in records {
            let (year, class_key, slug) = loaded.key;
            let (file, record) = (loaded.file, loaded.record);
            let id = format!("{year}/{class_key}/{slug}");
            let author = self.person(&school.people, &record.auteur, &file, key_path!["auteur"]);
            let scenario = record.scenario.as_ref().and_then(|id| {
                self.scenario(&school.scenarios, id, Site::value(&file, key_path!["scenario"]))
            });
            let Some(class) = self.class(school, year, &class_key, Site::file(&file)) else {
                self.broken_evaluations.insert(id);
                continue;
            };
            let referential = &school.referentials[school.classes[class].diploma];
            let tasks = self.tasks(referential, &record.taches, &file, &key_path!["taches"]);
            let columns =
                self.criteria(referential, &record.criteres, &file, &key_path!["criteres"]);
            let mut rows = Vec::with_capacity(record.resultats.len());
            for (pupil_id, outcomes) in record.resultats.iter() {
                let Some(pupil) = self.known_pupil(
                    school,
                    pupil_id,
                    Site::key(&file, key_path!["resultats", pupil_id]),
                ) else {
                    continue;
                };
                rows.extend(row_state(outcomes, &columns).map(|state| Row { pupil, state }));
            }
            sort_pupils(&mut rows, &school.pupils, &self.collation, |row| row.pupil);
            let criteria = columns.into_iter().flatten().collect();
            evaluations.push(Evaluation {
                id,
                slug,
                file,
                record,
                class,
                author,
                scenario,
                tasks,
                criteria,
                rows,
                frozen_by: Vec::new(),
            });
        }
        evaluations.sort_by(|a, b| a.id.cmp(&b.id));
        school.evaluations = Table::new(evaluations);
        for (ix, evaluation) in school.evaluations.iter() {
            school.classes[evaluation.class].evaluations.push(ix);
            for (n, row) in evaluation.rows.iter().enumerate() {
                school.pupils[row.pupil].evaluations.push((ix, n));
            }
        }
        let time = |ix: Ix<Evaluation>| {
            let evaluation = &school.evaluations[ix];
            (evaluation.record.date, &evaluation.id)
        };
        for class in school.classes.values_mut() {
            class.evaluations.sort_by(|a, b| time(*a).cmp(&time(*b)));
        }
        for pupil in school.pupils.values_mut() {
            pupil.evaluations.sort_by(|a, b| time(a.0).cmp(&time(b.0)));
        }
    }
}

/// What a row says; nothing when it does not have one entry a column (a rule tells of it).
fn row_state(outcomes: &[Outcome], columns: &[Option<CriterionIx>]) -> Option<RowState> {
    match outcomes {
        [] => return Some(RowState::Unrated),
        [Outcome::Absent] => return Some(RowState::Absent),
        [Outcome::Exempt] => return Some(RowState::Exempt),
        _ if outcomes.len() != columns.len() => return None,
        _ => {}
    }
    let levels: Option<Vec<_>> = outcomes
        .iter()
        .zip(columns)
        .filter(|(_, column)| column.is_some())
        .map(|(outcome, _)| outcome.level())
        .collect();
    levels.map(RowState::Rated)
}
