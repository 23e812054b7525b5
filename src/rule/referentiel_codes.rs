//! REFERENTIEL-CODES: a code means one thing.

use super::shared::twice::repeated;
use crate::diagnostic::{Code, Finding, KeyPath, Severity, Site, key_path};
use crate::record::{Exam, Referential as Record};
use crate::school::School;
use crate::text::quoted;

pub(super) static CODE: Code = Code {
    name: "REFERENTIEL-CODES",
    severity: Severity::Error,
    summary: "Dans un référentiel, un code ne sert qu’une fois",
    explanation: "Les évaluations, les bilans et les grilles désignent les tâches, les compétences et les \
        critères par leur code (SCE-19). Un code écrit deux fois désignerait deux choses. Une épreuve peut \
        garder son code d’un règlement d’examen à l’autre, si leurs sessions ne se recouvrent pas.",
    wrong: "[[groupes.competences]]\ncode = \"C1.1\"\n…\n[[groupes.competences]]\ncode = \"C1.1\"",
    right: "[[groupes.competences]]\ncode = \"C1.1\"\n…\n[[groupes.competences]]\ncode = \"C1.2\"",
};

pub(super) fn check(school: &School) -> Vec<Finding> {
    let mut findings = Vec::new();
    for referential in school.referentials.values() {
        for (what, codes) in lists(&referential.record) {
            for (again, first) in repeated(codes.iter().map(|(_, code)| code)) {
                let (path, code) = &codes[again];
                findings.push(
                    Finding::new(
                        &CODE,
                        Site::value(&referential.file, path.clone()),
                        format!("le code {} est déjà celui d’{what}", quoted(code)),
                    )
                    .help("corrigez le code, ou supprimez ce qui est écrit deux fois")
                    .related(
                        Site::value(&referential.file, codes[first].0.clone()),
                        "le même code",
                    ),
                );
            }
        }
        let exams = &referential.record.epreuves;
        for (n, exam) in exams.iter().enumerate() {
            let first =
                exams[..n].iter().position(|other| other.code == exam.code && meet(other, exam));
            let Some(first) = first else { continue };
            let at = |n: usize| Site::value(&referential.file, key_path!["epreuves", n, "code"]);
            let message =
                format!("le code {} est déjà celui d’une autre épreuve", quoted(&exam.code));
            findings.push(
                Finding::new(&CODE, at(n), message)
                    .help("corrigez le code, ou donnez à chacune les sessions où elle a lieu")
                    .related(at(first), "le même code"),
            );
        }
    }
    findings
}

/// Whether two exams are held in a same session.
fn meet(a: &Exam, b: &Exam) -> bool {
    let first = |exam: &Exam| exam.premiere_session.map_or(i64::MIN, |session| session.0);
    let last = |exam: &Exam| exam.derniere_session.map_or(i64::MAX, |session| session.0);
    first(a) <= last(b) && first(b) <= last(a)
}

type Codes<'a> = Vec<(KeyPath, &'a str)>;

/// The codes of a référentiel, each kind apart, with "une autre …" for the sentence.
fn lists(record: &Record) -> Vec<(&'static str, Codes<'_>)> {
    fn simple<'a, T>(
        key: &str,
        field: &str,
        items: &'a [T],
        code: impl Fn(&'a T) -> &'a str,
    ) -> Codes<'a> {
        items.iter().enumerate().map(|(n, item)| (key_path![key, n, field], code(item))).collect()
    }
    let mut tasks = Vec::new();
    for (a, activity) in record.activites.iter().enumerate() {
        for (t, task) in activity.taches.iter().enumerate() {
            tasks.push((key_path!["activites", a, "taches", t, "code"], task.code.as_str()));
        }
    }
    let (mut competences, mut criteria) = (Vec::new(), Vec::new());
    for (g, group) in record.groupes.iter().enumerate() {
        for (c, competence) in group.competences.iter().enumerate() {
            let path = key_path!["groupes", g, "competences", c];
            competences.push((path.child("code"), competence.code.as_str()));
            for (k, criterion) in competence.criteres.iter().enumerate() {
                let path = path.child("criteres").child(k).child("code");
                criteria.push((path, criterion.code.as_str()));
            }
        }
    }
    let lsl = record.lsl.iter().flat_map(|lsl| &lsl.competences).enumerate();
    let lsl = lsl.map(|(n, line)| (key_path!["lsl", "competences", n, "code"], line.code.as_str()));
    vec![
        ("une autre activité", simple("activites", "code", &record.activites, |a| &a.code)),
        ("une autre tâche", tasks),
        ("un autre groupe", simple("groupes", "code", &record.groupes, |g| &g.code)),
        ("une autre compétence", competences),
        ("un autre critère", criteria),
        ("une autre grille", simple("grilles", "code", &record.grilles, |g| &g.code)),
        (
            "un autre niveau de professionnalisation",
            simple("professionnalisation", "code", &record.professionnalisation, |p| &p.code),
        ),
        ("une autre ligne du livret", lsl.collect()),
        ("une autre source", simple("sources", "id", &record.sources, |s| &s.id)),
    ]
}
