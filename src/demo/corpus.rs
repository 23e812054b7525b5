//! Reads the embedded corpora: names, places, the school's own data, situations, sentences.

use std::collections::BTreeMap;

use toml::{Table, Value};

use super::dates::Date;

const NAMES: &str = include_str!("../../assets/demo/names.toml");
const PLACES: &str = include_str!("../../assets/demo/places.toml");
const SCHOOL: &str = include_str!("../../assets/demo/school.toml");
const COMPETENCES: &str = include_str!("../../assets/demo/competences.toml");
const REMARKS: &str = include_str!("../../assets/demo/remarks.toml");
const SCENARIOS: [&str; 7] = [
    include_str!("../../assets/demo/scenarios-mrc.toml"),
    include_str!("../../assets/demo/scenarios-mcv.toml"),
    include_str!("../../assets/demo/scenarios-ma.toml"),
    include_str!("../../assets/demo/scenarios-melec.toml"),
    include_str!("../../assets/demo/scenarios-ciel.toml"),
    include_str!("../../assets/demo/scenarios-agora.toml"),
    include_str!("../../assets/demo/scenarios-variants.toml"),
];

/// Every corpus, parsed.
pub(crate) struct Corpus {
    pub(crate) names: Table,
    pub(crate) places: Table,
    pub(crate) school: Table,
    pub(crate) competences: Vec<CompetenceWords>,
    pub(crate) remarks: Remarks,
    pub(crate) situations: Vec<Situation>,
}

/// A pedagogical situation of the catalogue.
pub(crate) struct Situation {
    pub(crate) diplomas: Vec<String>,
    pub(crate) level: String,
    pub(crate) title: String,
    pub(crate) folder: String,
    pub(crate) sectors: Vec<String>,
    pub(crate) complexity: String,
    pub(crate) context: String,
    pub(crate) tasks: Vec<String>,
    pub(crate) criteria: Vec<String>,
    /// `title|link`.
    pub(crate) links: Vec<String>,
    /// Months it belongs to; any when empty.
    pub(crate) months: Vec<i32>,
    pub(crate) private: bool,
    pub(crate) copy_of: String,
}

/// What teachers say about a competence.
pub(crate) struct CompetenceWords {
    pub(crate) diplomas: Vec<String>,
    pub(crate) code: String,
    pub(crate) noun: String,
    pub(crate) strong: Vec<String>,
    pub(crate) weak: Vec<String>,
    pub(crate) advice: Vec<String>,
}

impl CompetenceWords {
    /// Says whether the words fit a competence: the code itself, or the head of a longer one.
    pub(crate) fn fit(&self, diploma: &str, code: &str) -> bool {
        let head = code.strip_prefix(self.code.as_str());
        self.diplomas.iter().any(|known| known == diploma)
            && head.is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', '-']))
    }
}

/// Sentences of remarks, by path: `bilans.bon.hausse`, `forces.phrases`, `conseils.vous.moyen`.
#[derive(Default)]
pub(crate) struct Remarks {
    lists: BTreeMap<String, Vec<String>>,
}

impl Remarks {
    pub(crate) fn list(&self, path: &str) -> &[String] {
        self.lists.get(path).map_or(&[], Vec::as_slice)
    }

    fn parse(table: &Table) -> Self {
        let mut found = Self::default();
        for opening in list(table, "bilans") {
            let path = format!("bilans.{}.{}", text(opening, "niveau"), text(opening, "tendance"));
            found.lists.insert(path, strings(opening, "phrases"));
        }
        for (name, value) in table {
            found.walk(name, value);
        }
        found
    }

    fn walk(&mut self, path: &str, value: &Value) {
        let Some(table) = value.as_table() else {
            return;
        };
        for (key, inner) in table {
            let path = format!("{path}.{key}");
            if inner.is_array() {
                self.lists.insert(path, strings(table, key));
            } else {
                self.walk(&path, inner);
            }
        }
    }
}

impl Corpus {
    pub(crate) fn load() -> Self {
        let parse = |source: &str| source.parse::<Table>().unwrap_or_default();
        let situations = SCENARIOS
            .iter()
            .flat_map(|source| list(&parse(source), "scenarios").map(situation).collect::<Vec<_>>())
            .collect();
        Self {
            names: parse(NAMES),
            places: parse(PLACES),
            school: parse(SCHOOL),
            competences: list(&parse(COMPETENCES), "competences").map(words).collect(),
            remarks: Remarks::parse(&parse(REMARKS)),
            situations,
        }
    }
}

fn situation(table: &Table) -> Situation {
    Situation {
        diplomas: strings(table, "pour"),
        level: text(table, "niveau"),
        title: text(table, "titre"),
        folder: text(table, "dossier"),
        sectors: strings(table, "secteurs"),
        complexity: text(table, "complexite"),
        context: text(table, "contexte"),
        tasks: strings(table, "taches"),
        criteria: strings(table, "criteres"),
        links: strings(table, "ressources"),
        months: numbers(table, "mois"),
        private: table.get("prive").and_then(Value::as_bool).unwrap_or(false),
        copy_of: text(table, "copie_de"),
    }
}

fn words(table: &Table) -> CompetenceWords {
    CompetenceWords {
        diplomas: strings(table, "pour"),
        code: text(table, "code"),
        noun: text(table, "nom"),
        strong: strings(table, "fort"),
        weak: strings(table, "faible"),
        advice: strings(table, "conseil"),
    }
}

/// Reads a string, empty when absent.
pub(crate) fn text(table: &Table, key: &str) -> String {
    table.get(key).and_then(Value::as_str).unwrap_or_default().to_owned()
}

/// Reads an integer.
pub(crate) fn number(table: &Table, key: &str) -> Option<i32> {
    table.get(key).and_then(Value::as_integer).and_then(|value| i32::try_from(value).ok())
}

/// Reads an array of strings.
pub(crate) fn strings(table: &Table, key: &str) -> Vec<String> {
    let items = table.get(key).and_then(Value::as_array).into_iter().flatten();
    items.filter_map(Value::as_str).map(str::to_owned).collect()
}

/// Reads an array of integers.
pub(crate) fn numbers(table: &Table, key: &str) -> Vec<i32> {
    let items = table.get(key).and_then(Value::as_array).into_iter().flatten();
    items.filter_map(Value::as_integer).filter_map(|value| i32::try_from(value).ok()).collect()
}

/// Walks the tables of an array of tables.
pub(crate) fn list<'a>(table: &'a Table, key: &str) -> impl Iterator<Item = &'a Table> {
    table.get(key).and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_table)
}

/// Reads a table, by name.
pub(crate) fn sub<'a>(table: &'a Table, key: &str) -> Option<&'a Table> {
    table.get(key).and_then(Value::as_table)
}

/// Reads a local date.
pub(crate) fn date(value: Option<&Value>) -> Option<Date> {
    let day = value?.as_datetime()?.date?;
    Some(Date::new(i32::from(day.year), i32::from(day.month), i32::from(day.day)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_corpus_parses() {
        for source in SCENARIOS.into_iter().chain([NAMES, PLACES, SCHOOL, COMPETENCES, REMARKS]) {
            assert!(
                source.parse::<Table>().is_ok(),
                "{}",
                source.lines().next().unwrap_or_default()
            );
        }
    }

    #[test]
    fn corpora_are_rich_enough() {
        let corpus = Corpus::load();
        assert!(corpus.situations.len() > 100);
        assert!(
            corpus
                .competences
                .iter()
                .all(|c| !c.strong.is_empty() && !c.weak.is_empty() && !c.advice.is_empty())
        );
        assert!(corpus.remarks.list("bilans.bon.stable").len() > 5);
        assert!(corpus.remarks.list("conseils.vous.competence").len() > 5);
    }

    #[test]
    fn originals_of_copies_exist() {
        let corpus = Corpus::load();
        for copy in corpus.situations.iter().filter(|s| !s.copy_of.is_empty()) {
            assert!(
                corpus.situations.iter().any(|s| s.title == copy.copy_of && s.level == copy.level),
                "{}",
                copy.title
            );
        }
    }
}
