//! Reads from a référentiel the little that the demo needs (to be replaced by the project's own types).

use std::collections::BTreeMap;

use super::corpus::{list, number, strings, sub, text};

/// A competence and the codes that can be assessed under it (its own, when it has no criteria).
pub(crate) struct Competence {
    pub(crate) code: String,
    pub(crate) criteria: Vec<String>,
}

/// What a pupil is assessed on in one diploma.
#[derive(Default)]
pub(crate) struct Referential {
    pub(crate) competences: Vec<Competence>,
    /// Activity code → its tasks.
    pub(crate) activities: Vec<(String, Vec<String>)>,
    /// Task or activity → competences, in the order of the file.
    pub(crate) matrix: Vec<(String, Vec<String>)>,
    /// Letters of the level of professionalisation, lowest first.
    pub(crate) letters: Vec<String>,
    /// Exams taken in the school: code and session bounds.
    pub(crate) exams: Vec<Exam>,
    /// National grids of the exams.
    pub(crate) grids: Vec<Grid>,
    /// What the livret expects: code, competences gathered under it.
    pub(crate) expected: Vec<(String, Vec<String>)>,
    /// Criterion code → place of its competence.
    owners: BTreeMap<String, usize>,
}

/// An exam assessed during the training (CCF).
pub(crate) struct Exam {
    pub(crate) code: String,
    pub(crate) title: String,
    first: i32,
    last: i32,
}

/// A national grid.
pub(crate) struct Grid {
    pub(crate) code: String,
    pub(crate) lines: Vec<String>,
}

impl Referential {
    pub(crate) fn parse(source: &str) -> Self {
        let table: toml::Table = source.parse().unwrap_or_default();
        let mut found = Self::default();
        for group in list(&table, "groupes") {
            for competence in list(group, "competences") {
                let code = text(competence, "code");
                let mut criteria: Vec<String> =
                    list(competence, "criteres").map(|criterion| text(criterion, "code")).collect();
                if criteria.is_empty() {
                    criteria.push(code.clone());
                }
                for criterion in &criteria {
                    found.owners.insert(criterion.clone(), found.competences.len());
                }
                found.competences.push(Competence { code, criteria });
            }
        }
        for activity in list(&table, "activites") {
            let tasks = list(activity, "taches").map(|task| text(task, "code")).collect();
            found.activities.push((text(activity, "code"), tasks));
        }
        for line in list(&table, "matrice") {
            let from = if line.contains_key("tache") { "tache" } else { "activite" };
            found.matrix.push((text(line, from), strings(line, "competences")));
        }
        for letter in list(&table, "professionnalisation") {
            found.letters.push(text(letter, "code"));
        }
        found.grids = list(&table, "grilles")
            .map(|grid| Grid { code: text(grid, "code"), lines: strings(grid, "lignes") })
            .collect();
        found.expected = sub(&table, "lsl")
            .into_iter()
            .flat_map(|lsl| list(lsl, "competences"))
            .map(|line| (text(line, "code"), strings(line, "regroupe")))
            .collect();
        for exam in list(&table, "epreuves") {
            let assessed = !strings(exam, "competences").is_empty();
            let written = text(exam, "mode").contains("ponctuelle écrite");
            if assessed && !written && text(exam, "code").starts_with("E3") {
                found.exams.push(Exam {
                    code: text(exam, "code"),
                    title: text(exam, "intitule"),
                    first: number(exam, "premiere_session").unwrap_or(0),
                    last: number(exam, "derniere_session").unwrap_or(9999),
                });
            }
        }
        found
    }

    /// Lists the exams held in a session; a renewed set of exams replaces the one before it.
    pub(crate) fn held(&self, session: i32) -> Vec<&Exam> {
        let open = |exam: &&Exam| exam.first <= session && session <= exam.last;
        let newest = self.exams.iter().filter(open).map(|exam| exam.first).max();
        self.exams.iter().filter(open).filter(|exam| Some(exam.first) == newest).collect()
    }

    /// Finds the competence a criterion belongs to.
    pub(crate) fn owner(&self, criterion: &str) -> Option<usize> {
        self.owners.get(criterion).copied()
    }

    /// Turns the codes of the catalogue into criteria that exist here, four at least where possible.
    pub(crate) fn criteria(&self, wanted: &[String]) -> Vec<String> {
        let mut found: Vec<String> = Vec::new();
        let mut add = |code: &str| {
            if found.len() < 7 && !found.iter().any(|known| known == code) {
                found.push(code.to_owned());
            }
        };
        for code in wanted {
            if self.owners.contains_key(code) {
                add(code);
            } else if let Some(competence) = self.competences.iter().find(|c| c.code == *code) {
                competence.criteria.iter().take(2).for_each(|criterion| add(criterion));
            }
        }
        found
    }

    /// Lists the competences that tasks call for, by their place; none when nothing ties them.
    pub(crate) fn called(&self, tasks: &[String]) -> Vec<usize> {
        let mut found: Vec<usize> = Vec::new();
        for task in tasks {
            let activity = self.activities.iter().find(|(_, all)| all.contains(task));
            let lines = self
                .matrix
                .iter()
                .filter(|(from, _)| from == task || activity.is_some_and(|(code, _)| code == from));
            for code in lines.flat_map(|(_, codes)| codes) {
                if let Some(place) = self.place(code).filter(|place| !found.contains(place)) {
                    found.push(place);
                }
            }
        }
        found
    }

    /// Finds a competence by its code.
    pub(crate) fn place(&self, code: &str) -> Option<usize> {
        self.competences.iter().position(|competence| competence.code == code)
    }

    /// Turns the codes of the catalogue into tasks that exist here; an activity brings its first three tasks.
    pub(crate) fn tasks(&self, wanted: &[String]) -> Vec<String> {
        let mut found: Vec<String> = Vec::new();
        for code in wanted {
            for (activity, tasks) in &self.activities {
                if activity == code {
                    found.extend(tasks.iter().take(3).cloned());
                } else if tasks.contains(code) {
                    found.push(code.clone());
                }
            }
        }
        found
    }
}
