//! REFERENTIEL-SOURCE: a source that is cited has its address.

use crate::diagnostic::{Code, Finding, KeyPath, Severity, Site, key_path};
use crate::record::Referential as Record;
use crate::school::School;
use crate::text::quoted;

pub(super) static CODE: Code = Code {
    name: "REFERENTIEL-SOURCE",
    severity: Severity::Warning,
    summary: "Une source citée a son adresse",
    explanation: "Chaque fait d’un référentiel dit d’où il vient (SCE-24). « found:ID » renvoie à l’entrée \
        `[[sources]]` du même nom, qui donne l’adresse où le vérifier.",
    wrong: "source = \"found:RNCP-MVC\"\n[[sources]]\nid = \"RNCP-MCV\"",
    right: "source = \"found:RNCP-MCV\"\n[[sources]]\nid = \"RNCP-MCV\"",
};

pub(super) fn check(school: &School) -> Vec<Finding> {
    let mut findings = Vec::new();
    for referential in school.referentials.values() {
        let known = |id: &str| referential.record.sources.iter().any(|source| source.id == id);
        for (path, text) in sources(&referential.record) {
            for id in cited(text).filter(|id| !known(id)) {
                let message = format!("la source {} n’a pas d’adresse", quoted(id));
                let site = Site::value(&referential.file, path.clone());
                findings.push(Finding::new(&CODE, site, message).help(format!(
                    "ajoutez une entrée [[sources]] avec id = \"{id}\" et adresse = \"…\", ou corrigez le sigle"
                )));
            }
        }
    }
    findings
}

/// The ids after `found:` in a text.
fn cited(text: &str) -> impl Iterator<Item = &str> {
    text.split("found:").skip(1).filter_map(|rest| {
        let end =
            rest.find(|c: char| !(c.is_ascii_alphanumeric() || c == '-')).unwrap_or(rest.len());
        let id = rest[..end].trim_end_matches('-');
        (!id.is_empty()).then_some(id)
    })
}

/// Every text that says where a fact comes from.
fn sources(record: &Record) -> Vec<(KeyPath, &str)> {
    let mut found = Found(Vec::new());
    for (key, text) in record.provenance.iter() {
        found.0.push((key_path!["provenance", key], text));
    }
    found.each(&key_path!["professionnalisation"], &record.professionnalisation, |p| &p.source);
    found.each(&key_path!["activites"], &record.activites, |activity| &activity.source);
    for (a, activity) in record.activites.iter().enumerate() {
        found.each(&key_path!["activites", a, "taches"], &activity.taches, |task| &task.source);
    }
    found.each(&key_path!["groupes"], &record.groupes, |group| &group.source);
    for (g, group) in record.groupes.iter().enumerate() {
        let path = key_path!["groupes", g, "competences"];
        found.each(&path, &group.competences, |competence| &competence.source);
        for (c, competence) in group.competences.iter().enumerate() {
            let path = path.child(c).child("criteres");
            found.each(&path, &competence.criteres, |criterion| &criterion.source);
        }
    }
    found.each(&key_path!["matrice"], &record.matrice, |row| &row.source);
    found.each(&key_path!["epreuves"], &record.epreuves, |exam| &exam.source);
    found.each(&key_path!["grilles"], &record.grilles, |grid| &grid.source);
    if let Some(lsl) = &record.lsl {
        found.one(&key_path!["lsl"], &lsl.source);
        found.each(&key_path!["lsl", "competences"], &lsl.competences, |line| &line.source);
    }
    found.each(&key_path!["complements"], &record.complements, |complement| &complement.source);
    found.0
}

struct Found<'a>(Vec<(KeyPath, &'a str)>);

impl<'a> Found<'a> {
    fn one(&mut self, path: &KeyPath, source: &'a Option<String>) {
        self.0.extend(source.as_deref().map(|text| (path.child("source"), text)));
    }

    fn each<T>(
        &mut self,
        path: &KeyPath,
        items: &'a [T],
        source: impl Fn(&'a T) -> &'a Option<String>,
    ) {
        for (n, item) in items.iter().enumerate() {
            self.one(&path.child(n), source(item));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::cited;

    #[test]
    fn ids_are_read_inside_sentences() {
        let text = "guide, found:ANNEXES-MCV (voir found: https://a.fr) ; found:ONISEP.";
        assert_eq!(cited(text).collect::<Vec<_>>(), ["ANNEXES-MCV", "ONISEP"]);
    }
}
