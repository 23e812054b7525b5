//! A référentiel with its tasks, competences and criteria in one order, found by code.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use crate::record;

/// Position of a task in its référentiel.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TaskIx(pub u16);

/// Position of a competence in its référentiel.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CompetenceIx(pub u16);

/// Position of a criterion in its référentiel.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CriterionIx(pub u16);

/// A référentiel, flat and indexed.
#[derive(Debug)]
pub struct Referential {
    /// Code, as in the name of its file (`mcv-a`).
    pub code: String,
    /// The file.
    pub file: Arc<str>,
    /// What the file says.
    pub record: record::Referential,
    /// All tasks, in order.
    pub tasks: Vec<Task>,
    /// All competences, in order.
    pub competences: Vec<Competence>,
    /// All criteria, in order of competences.
    pub criteria: Vec<Criterion>,
    tasks_by_code: BTreeMap<String, TaskIx>,
    competences_by_code: BTreeMap<String, CompetenceIx>,
    criteria_by_code: BTreeMap<String, CriterionIx>,
    links: Vec<Vec<(CompetenceIx, bool)>>,
}

/// A task: where it stands in the record.
#[derive(Debug)]
pub struct Task {
    /// Code.
    pub code: String,
    /// Position of the activity in the record.
    pub activity: usize,
    /// Position within the activity.
    pub position: usize,
}

/// A competence: where it stands in the record, and its criteria.
#[derive(Debug)]
pub struct Competence {
    /// Code.
    pub code: String,
    /// Position of the group in the record.
    pub group: usize,
    /// Position within the group.
    pub position: usize,
    /// Its criteria among all criteria.
    pub criteria: Range<u16>,
}

/// A criterion. A competence for which no criterion is known is its own single criterion.
#[derive(Debug)]
pub struct Criterion {
    /// Code.
    pub code: String,
    /// Its competence.
    pub competence: CompetenceIx,
    /// Position within the competence; none when the competence stands for itself.
    pub position: Option<usize>,
}

impl Referential {
    /// Indexes a record. Codes used twice keep their first place; a rule tells of them.
    pub(super) fn new(code: String, file: Arc<str>, record: record::Referential) -> Self {
        let (mut tasks, mut competences, mut criteria) = (Vec::new(), Vec::new(), Vec::new());
        for (a, activity) in record.activites.iter().enumerate() {
            for (t, task) in activity.taches.iter().enumerate() {
                tasks.push(Task { code: task.code.clone(), activity: a, position: t });
            }
        }
        for (g, group) in record.groupes.iter().enumerate() {
            for (c, competence) in group.competences.iter().enumerate() {
                let ix = CompetenceIx(place(competences.len()));
                let first = place(criteria.len());
                for (k, criterion) in competence.criteres.iter().enumerate() {
                    criteria.push(Criterion {
                        code: criterion.code.clone(),
                        competence: ix,
                        position: Some(k),
                    });
                }
                if competence.criteres.is_empty() {
                    criteria.push(Criterion {
                        code: competence.code.clone(),
                        competence: ix,
                        position: None,
                    });
                }
                competences.push(Competence {
                    code: competence.code.clone(),
                    group: g,
                    position: c,
                    criteria: first..place(criteria.len()),
                });
            }
        }
        let mut made = Self {
            tasks_by_code: by_code(tasks.iter().map(|task: &Task| &task.code), TaskIx),
            competences_by_code: by_code(
                competences.iter().map(|c: &Competence| &c.code),
                CompetenceIx,
            ),
            criteria_by_code: by_code(criteria.iter().map(|c: &Criterion| &c.code), CriterionIx),
            links: Vec::new(),
            code,
            file,
            record,
            tasks,
            competences,
            criteria,
        };
        made.links = made.read_matrix();
        made
    }

    fn read_matrix(&self) -> Vec<Vec<(CompetenceIx, bool)>> {
        let mut links = vec![Vec::new(); self.tasks.len()];
        for row in &self.record.matrice {
            let of_row = |task: &Task| {
                row.tache.as_deref() == Some(task.code.as_str())
                    || row.activite.as_deref()
                        == Some(self.record.activites[task.activity].code.as_str())
            };
            for (task, linked) in self.tasks.iter().zip(&mut links) {
                if !of_row(task) {
                    continue;
                }
                for code in &row.competences {
                    if let Some(competence) = self.competence(code) {
                        linked.push((competence, row.fortes.contains(code)));
                    }
                }
                linked.sort_unstable();
                linked.dedup_by_key(|(competence, _)| *competence);
            }
        }
        links
    }

    /// A task by code.
    pub fn task(&self, code: &str) -> Option<TaskIx> {
        self.tasks_by_code.get(code).copied()
    }

    /// A competence by code.
    pub fn competence(&self, code: &str) -> Option<CompetenceIx> {
        self.competences_by_code.get(code).copied()
    }

    /// A criterion by code.
    pub fn criterion(&self, code: &str) -> Option<CriterionIx> {
        self.criteria_by_code.get(code).copied()
    }

    /// All codes of criteria, in code order.
    pub fn criterion_codes(&self) -> impl Iterator<Item = &str> {
        self.criteria_by_code.keys().map(String::as_str)
    }

    /// All codes of competences, in code order.
    pub fn competence_codes(&self) -> impl Iterator<Item = &str> {
        self.competences_by_code.keys().map(String::as_str)
    }

    /// All codes of tasks, in code order.
    pub fn task_codes(&self) -> impl Iterator<Item = &str> {
        self.tasks_by_code.keys().map(String::as_str)
    }

    /// The competences that a task calls for, by the matrix; `true` for a strong link.
    pub fn links(&self, task: TaskIx) -> &[(CompetenceIx, bool)] {
        &self.links[task.0 as usize]
    }

    /// What the record says of a task.
    pub fn task_record(&self, task: TaskIx) -> &record::Task {
        let task = &self.tasks[task.0 as usize];
        &self.record.activites[task.activity].taches[task.position]
    }

    /// What the record says of a competence.
    pub fn competence_record(&self, competence: CompetenceIx) -> &record::Competence {
        let competence = &self.competences[competence.0 as usize];
        &self.record.groupes[competence.group].competences[competence.position]
    }

    /// The competence of a criterion.
    pub fn competence_of(&self, criterion: CriterionIx) -> CompetenceIx {
        self.criteria[criterion.0 as usize].competence
    }

    /// What the record says of a criterion; nothing when the competence stands for itself.
    pub fn criterion_record(&self, criterion: CriterionIx) -> Option<&record::Criterion> {
        let criterion = &self.criteria[criterion.0 as usize];
        Some(&self.competence_record(criterion.competence).criteres[criterion.position?])
    }

    /// The wording of a criterion.
    pub fn criterion_title(&self, criterion: CriterionIx) -> &str {
        match self.criterion_record(criterion) {
            Some(record) => &record.intitule,
            None => &self.competence_record(self.competence_of(criterion)).intitule,
        }
    }

    /// The criteria of a competence.
    pub fn criteria_of(
        &self,
        competence: CompetenceIx,
    ) -> impl Iterator<Item = CriterionIx> + use<> {
        self.competences[competence.0 as usize].criteria.clone().map(CriterionIx)
    }

    /// All competences, in order.
    pub fn competence_ixs(&self) -> impl Iterator<Item = CompetenceIx> + use<> {
        (0..place(self.competences.len())).map(CompetenceIx)
    }

    /// All tasks, in order.
    pub fn task_ixs(&self) -> impl Iterator<Item = TaskIx> + use<> {
        (0..place(self.tasks.len())).map(TaskIx)
    }

    /// The exams held in a session.
    pub fn exams_of(&self, session: i16) -> impl Iterator<Item = &record::Exam> {
        let session = i64::from(session);
        self.record.epreuves.iter().filter(move |exam| {
            exam.premiere_session.is_none_or(|first| first.0 <= session)
                && exam.derniere_session.is_none_or(|last| session <= last.0)
        })
    }
}

/// Positions fit in 16 bits: a rule of reading bounds the size of a file.
fn place(position: usize) -> u16 {
    u16::try_from(position).unwrap_or(u16::MAX)
}

fn by_code<'a, I: Copy>(
    codes: impl Iterator<Item = &'a String>,
    ix: impl Fn(u16) -> I,
) -> BTreeMap<String, I> {
    let mut map = BTreeMap::new();
    for (at, code) in codes.enumerate().take(u16::MAX as usize) {
        map.entry(code.clone()).or_insert(ix(place(at)));
    }
    map
}
