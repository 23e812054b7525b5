//! The corpora of times in companies: kinds of companies, what pupils do there, what is said of it.

use std::collections::BTreeMap;

use toml::{Table, Value};

use super::corpus::{list, number, strings, text};

const COMPANIES: &str = include_str!("../../assets/demo/companies.toml");
const COMMON: &str = include_str!("../../assets/demo/placements.toml");
const ANNEXES: &str = include_str!("../../assets/demo/annexes.toml");
const FAMILIES: [&str; 5] = [
    include_str!("../../assets/demo/placements-vente.toml"),
    include_str!("../../assets/demo/placements-accueil.toml"),
    include_str!("../../assets/demo/placements-electricite.toml"),
    include_str!("../../assets/demo/placements-numerique.toml"),
    include_str!("../../assets/demo/placements-gestion.toml"),
];

/// Something a pupil did: a sentence of the log, or a whole sheet with its title.
pub(crate) struct Deed {
    pub(crate) title: String,
    pub(crate) text: String,
    pub(crate) tasks: Vec<String>,
    /// Year of study from which it may be said: 0, 1, 2.
    pub(crate) from: i32,
    /// Said of the first days only.
    pub(crate) opening: bool,
    /// Sorts of companies it may be said of; any when empty.
    sorts: Vec<String>,
}

impl Deed {
    /// Says whether it may have happened in a company of that kind.
    pub(crate) fn suits(&self, kind: &Kind) -> bool {
        self.sorts.is_empty() || self.sorts.contains(&kind.sort)
    }
}

/// What the pupils of a family of diplomas do in companies.
pub(crate) struct Family {
    pub(crate) name: String,
    diplomas: Vec<String>,
    pub(crate) weeks: Vec<Deed>,
    pub(crate) sheets: Vec<Deed>,
    pub(crate) learnt: Vec<String>,
}

/// A kind of company; `slots` hold its own words.
pub(crate) struct Kind {
    diplomas: Vec<String>,
    sort: String,
    pub(crate) activity: String,
    pub(crate) names: Vec<String>,
    pub(crate) jobs: Vec<String>,
    pub(crate) slots: Vec<(String, Vec<String>)>,
}

/// A company in another country.
pub(crate) struct Abroad {
    pub(crate) name: String,
    pub(crate) street: String,
    pub(crate) code: String,
    pub(crate) town: String,
    pub(crate) country: String,
    pub(crate) latitude: f64,
    pub(crate) longitude: f64,
    /// `first name|surname|F or M`.
    pub(crate) tutors: Vec<String>,
}

/// What a teacher plans for a diploma and level.
pub(crate) struct AnnexSource {
    pub(crate) diplomas: Vec<String>,
    pub(crate) level: String,
    /// Which PFMP of the level it is for, 1 or 2; any when none.
    pub(crate) rank: Option<i32>,
    pub(crate) apprentices: bool,
    /// Written from the annex before it.
    pub(crate) copy: bool,
    pub(crate) title: String,
    pub(crate) objectives: String,
    pub(crate) tasks: Vec<String>,
    /// Competences the company is asked about, where no task leads to any.
    pub(crate) competences: Vec<String>,
}

/// All of it.
pub(crate) struct Trades {
    families: Vec<Family>,
    kinds: Vec<Kind>,
    pub(crate) abroad: Vec<Abroad>,
    pub(crate) annexes: Vec<AnnexSource>,
    sayings: BTreeMap<String, Vec<String>>,
}

impl Trades {
    pub(crate) fn load() -> Self {
        let parse = |source: &str| source.parse::<Table>().unwrap_or_default();
        let companies = parse(COMPANIES);
        let common = parse(COMMON);
        Self {
            families: FAMILIES.iter().map(|source| family(&parse(source))).collect(),
            kinds: list(&companies, "enseignes").map(kind).collect(),
            abroad: list(&companies, "etranger").map(abroad).collect(),
            annexes: list(&parse(ANNEXES), "annexes").map(annex).collect(),
            sayings: common.keys().map(|key| (key.clone(), strings(&common, key))).collect(),
        }
    }

    /// Gives what the pupils of a diploma do.
    pub(crate) fn family(&self, diploma: &str) -> Option<&Family> {
        self.families.iter().find(|family| family.diplomas.iter().any(|known| known == diploma))
    }

    /// Lists the kinds of companies that receive the pupils of a diploma.
    pub(crate) fn kinds(&self, diploma: &str) -> Vec<&Kind> {
        let fits = |kind: &&Kind| kind.diplomas.iter().any(|known| known == diploma);
        self.kinds.iter().filter(fits).collect()
    }

    /// Gives the sentences of a name, whatever the trade.
    pub(crate) fn sayings(&self, name: &str) -> &[String] {
        self.sayings.get(name).map_or(&[], Vec::as_slice)
    }
}

fn family(table: &Table) -> Family {
    Family {
        name: text(table, "famille"),
        diplomas: strings(table, "pour"),
        weeks: list(table, "semaines").map(deed).collect(),
        sheets: list(table, "fiches").map(deed).collect(),
        learnt: strings(table, "bilans"),
    }
}

fn deed(table: &Table) -> Deed {
    Deed {
        title: text(table, "titre"),
        text: text(table, "dit"),
        tasks: strings(table, "taches"),
        from: number(table, "des").unwrap_or(0),
        opening: yes(table, "debut"),
        sorts: strings(table, "lieux"),
    }
}

fn kind(table: &Table) -> Kind {
    let known = ["pour", "activite", "genre", "noms", "fonctions"];
    Kind {
        diplomas: strings(table, "pour"),
        sort: text(table, "genre"),
        activity: text(table, "activite"),
        names: strings(table, "noms"),
        jobs: strings(table, "fonctions"),
        slots: table
            .keys()
            .filter(|key| !known.contains(&key.as_str()))
            .map(|key| (key.clone(), strings(table, key)))
            .collect(),
    }
}

fn abroad(table: &Table) -> Abroad {
    Abroad {
        name: text(table, "nom"),
        street: text(table, "rue"),
        code: text(table, "code"),
        town: text(table, "ville"),
        country: text(table, "pays"),
        latitude: degrees(table, "latitude"),
        longitude: degrees(table, "longitude"),
        tutors: strings(table, "tuteurs"),
    }
}

fn annex(table: &Table) -> AnnexSource {
    AnnexSource {
        diplomas: strings(table, "pour"),
        level: text(table, "niveau"),
        rank: number(table, "rang"),
        apprentices: yes(table, "apprentis"),
        copy: yes(table, "copie"),
        title: text(table, "titre"),
        objectives: text(table, "objectifs"),
        tasks: strings(table, "taches"),
        competences: strings(table, "competences"),
    }
}

fn yes(table: &Table, key: &str) -> bool {
    table.get(key).and_then(Value::as_bool).unwrap_or(false)
}

/// Reads an angle in degrees.
pub(crate) fn degrees(table: &Table, key: &str) -> f64 {
    table.get(key).and_then(Value::as_float).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_corpus_parses() {
        for source in FAMILIES.into_iter().chain([COMPANIES, COMMON, ANNEXES]) {
            assert!(
                source.parse::<Table>().is_ok(),
                "{}",
                source.lines().next().unwrap_or_default()
            );
        }
    }

    #[test]
    fn every_slot_of_a_sentence_is_filled_by_every_kind_of_company() {
        let trades = Trades::load();
        for code in ["mrc", "mcv-a", "mcv-b", "ma", "melec", "ciel", "sn", "agora"] {
            let family = trades.family(code).unwrap_or_else(|| unreachable!("{code}"));
            let kinds = trades.kinds(code);
            assert!(kinds.len() >= 5, "{code}");
            for kind in &kinds {
                let count = |deeds: &[Deed], rank: i32| {
                    deeds.iter().filter(|deed| deed.suits(kind) && deed.from <= rank).count()
                };
                assert!(count(&family.weeks, 0) >= 9, "{code}: {}", kind.activity);
                assert!(count(&family.sheets, 0) >= 4, "{code}: {}", kind.activity);
            }
            let said = family.weeks.iter().chain(&family.sheets);
            let texts = said.flat_map(|deed| [&deed.title, &deed.text]).chain(&family.learnt);
            for text in texts {
                for slot in text.split('{').skip(1).filter_map(|rest| rest.split('}').next()) {
                    let slot = slot.trim_start_matches("de ").trim_start_matches("à ");
                    let known = slot.contains('|')
                        || slot == "tuteur"
                        || kinds.iter().all(|kind| {
                            kind.slots.iter().any(|(name, words)| name == slot && !words.is_empty())
                        });
                    assert!(known, "{code}: {slot} in {text}");
                }
            }
        }
    }
}
