//! REFERENTIEL-LIENS: what a référentiel links exists.

use std::collections::BTreeSet;

use super::shared::near;
use crate::diagnostic::{Code, Finding, KeyPath, Severity, Site, key_path};
use crate::school::{Referential, School};
use crate::text::quoted;

pub(super) static CODE: Code = Code {
    name: "REFERENTIEL-LIENS",
    severity: Severity::Error,
    summary: "Un référentiel ne relie que des codes qui existent",
    explanation: "La matrice relie des tâches à des compétences (SCE-22), les épreuves et les grilles \
        citent les compétences et les critères (SCE-23), le livret scolaire réunit des compétences (LSL-25), \
        la seconde de famille prépare celles des spécialités. Un code inconnu romprait le lien sans que \
        personne le voie.",
    wrong: "[[matrice]]\ntache = \"A1-T2\"\ncompetences = [\"C1.9\"]",
    right: "[[matrice]]\ntache = \"A1-T2\"\ncompetences = [\"C1.2\"]",
};

pub(super) fn check(school: &School) -> Vec<Finding> {
    let referentials = school.referentials.values().iter();
    referentials
        .flat_map(|referential| {
            let mut reading = Reading { school, referential, findings: Vec::new() };
            reading.matrix();
            reading.exams();
            reading.others();
            reading.findings
        })
        .collect()
}

struct Reading<'a> {
    school: &'a School,
    referential: &'a Referential,
    findings: Vec<Finding>,
}

impl<'a> Reading<'a> {
    /// Notes a code that is not among those known.
    fn expect(&mut self, what: &str, code: &str, path: KeyPath, known: &BTreeSet<&str>) {
        if known.contains(code) {
            return;
        }
        let site = Site::value(&self.referential.file, path);
        let message = format!("{what} {} n’existe pas dans ce référentiel", quoted(code));
        self.findings.push(near::suggest(
            Finding::new(&CODE, site, message),
            code,
            known.iter().copied(),
            "corrigez le code, ou supprimez-le de la liste",
        ));
    }

    fn expect_competences(&mut self, codes: &[String], path: &KeyPath) {
        let known: BTreeSet<&str> = self.referential.competence_codes().collect();
        for (n, code) in codes.iter().enumerate() {
            self.expect("la compétence", code, path.child(n), &known);
        }
    }

    fn matrix(&mut self) {
        let record = &self.referential.record;
        let tasks: BTreeSet<&str> = self.referential.task_codes().collect();
        let activities: BTreeSet<&str> =
            record.activites.iter().map(|activity| activity.code.as_str()).collect();
        for (n, row) in record.matrice.iter().enumerate() {
            let path = key_path!["matrice", n];
            match (&row.tache, &row.activite) {
                (Some(task), None) => self.expect("la tâche", task, path.child("tache"), &tasks),
                (None, Some(activity)) => {
                    self.expect("l’activité", activity, path.child("activite"), &activities);
                }
                (both, _) => {
                    let message = if both.is_some() {
                        "cette ligne de la matrice a une tâche et une activité"
                    } else {
                        "cette ligne de la matrice n’a ni tâche ni activité"
                    };
                    let site = Site::key(&self.referential.file, path.clone());
                    self.findings.push(
                        Finding::new(&CODE, site, message)
                            .help("écrivez soit tache = \"…\", soit activite = \"…\""),
                    );
                }
            }
            self.expect_competences(&row.competences, &path.child("competences"));
            for (k, code) in row.fortes.iter().enumerate() {
                if !row.competences.contains(code) {
                    let site = Site::value(&self.referential.file, path.child("fortes").child(k));
                    let message = format!(
                        "la compétence {} a un lien fort, mais n’est pas parmi les compétences de cette ligne",
                        quoted(code)
                    );
                    self.findings.push(Finding::new(&CODE, site, message).help(
                        "ajoutez-la à la liste competences, ou retirez-la de la liste fortes",
                    ));
                }
            }
        }
    }

    fn exams(&mut self) {
        let record = &self.referential.record;
        let exams: BTreeSet<&str> = record.epreuves.iter().map(|exam| exam.code.as_str()).collect();
        let competences: BTreeSet<&str> = self.referential.competence_codes().collect();
        let criteria: BTreeSet<&str> = self.referential.criterion_codes().collect();
        for (n, exam) in record.epreuves.iter().enumerate() {
            let path = key_path!["epreuves", n];
            self.expect_competences(&exam.competences, &path.child("competences"));
            for (k, weight) in exam.poids.iter().enumerate() {
                let at = path.child("poids").child(k).child("competence");
                self.expect("la compétence", &weight.competence, at, &competences);
            }
        }
        for (n, grid) in record.grilles.iter().enumerate() {
            let path = key_path!["grilles", n];
            self.expect("l’épreuve", &grid.epreuve, path.child("epreuve"), &exams);
            for (k, code) in grid.lignes.iter().enumerate() {
                self.expect("le critère", code, path.child("lignes").child(k), &criteria);
            }
        }
    }

    fn others(&mut self) {
        let record = &self.referential.record;
        let groups: BTreeSet<&str> =
            record.groupes.iter().map(|group| group.code.as_str()).collect();
        for (n, activity) in record.activites.iter().enumerate() {
            if let Some(group) = &activity.groupe {
                self.expect("le groupe", group, key_path!["activites", n, "groupe"], &groups);
            }
        }
        for (n, line) in record.lsl.iter().flat_map(|lsl| &lsl.competences).enumerate() {
            self.expect_competences(
                &line.regroupe,
                &key_path!["lsl", "competences", n, "regroupe"],
            );
        }
        for (g, group) in record.groupes.iter().enumerate() {
            for (c, competence) in group.competences.iter().enumerate() {
                let path = key_path!["groupes", g, "competences", c];
                self.prepared(&competence.prepare, &path, "la compétence", |other| {
                    other.competence_codes().collect()
                });
                for (k, criterion) in competence.criteres.iter().enumerate() {
                    let path = path.child("criteres").child(k);
                    self.prepared(&criterion.prepare, &path, "le critère", |other| {
                        other.criterion_codes().collect()
                    });
                }
            }
        }
    }

    /// `mcv-a/C1.0`: a speciality that the school does not teach may be absent.
    fn prepared(
        &mut self,
        codes: &[String],
        path: &KeyPath,
        what: &str,
        known: impl Fn(&'a Referential) -> BTreeSet<&'a str>,
    ) {
        for (n, code) in codes.iter().enumerate() {
            let site = || Site::value(&self.referential.file, path.child("prepare").child(n));
            let Some((diploma, inner)) = code.split_once('/') else {
                let message = format!("{} ne dit pas de quel diplôme il s’agit", quoted(code));
                self.findings.push(
                    Finding::new(&CODE, site(), message).help(
                        "écrivez le diplôme, une barre et le code, par exemple \"mcv-a/C1.0\"",
                    ),
                );
                continue;
            };
            let Some(other) = self.school.referential(diploma) else { continue };
            let other = &self.school.referentials[other];
            if !known(other).contains(inner) {
                let message = format!(
                    "{what} {} n’existe pas dans le référentiel {}",
                    quoted(inner),
                    other.record.sigle
                );
                self.findings.push(
                    Finding::new(&CODE, site(), message).help("corrigez le code, ou supprimez-le"),
                );
            }
        }
    }
}
