//! The scenarios teachers share: the catalogue, fitted to each référentiel and given authors.

use std::collections::BTreeMap;

use super::corpus::{Corpus, Situation};
use super::emit::Document;
use super::names::{Ids, slug};
use super::referential::Referential;
use super::rng::{Dice, fingerprint};
use super::staff::Staff;
use super::structure::{Level, Plan};

/// A scenario of one diploma and level.
pub(crate) struct Scenario<'a> {
    pub(crate) diploma: String,
    pub(crate) level: Level,
    pub(crate) slug: String,
    pub(crate) title: String,
    pub(crate) tasks: Vec<String>,
    pub(crate) criteria: Vec<String>,
    pub(crate) author: String,
    order: Option<usize>,
    copy_of: Option<String>,
    pub(crate) source: &'a Situation,
}

impl Scenario<'_> {
    /// Gives the name evaluations refer to: diploma, level, slug.
    pub(crate) fn key(&self) -> String {
        format!("{}/{}/{}", self.diploma, self.level.code(), self.slug)
    }

    pub(crate) fn write(&self) -> String {
        let mut file = Document::new();
        file.string("titre", &self.title);
        file.string("auteur", &self.author);
        file.optional("dossier", &self.source.folder);
        if let Some(order) = self.order {
            file.value("ordre", order);
        }
        if self.source.private {
            file.value("prive", true);
        }
        if let Some(original) = &self.copy_of {
            file.string("copie_de", original);
        }
        file.string("complexite", &self.source.complexity);
        if !self.source.sectors.is_empty() {
            file.strings("secteurs", &self.source.sectors);
        }
        file.optional("contexte", &self.source.context);
        file.strings("taches", &self.tasks);
        file.strings("criteres", &self.criteria);
        write_links(&mut file, &self.source.links);
        file.finish()
    }
}

/// Writes the linked resources of a situation.
pub(crate) fn write_links(file: &mut Document, links: &[String]) {
    for link in links {
        if let Some((title, address)) = link.split_once('|') {
            file.entry("ressources");
            file.string("titre", title);
            file.string("lien", address);
        }
    }
}

/// Fits the catalogue to the diplomas and levels that have classes.
pub(crate) fn fit<'a>(
    corpus: &'a Corpus,
    plan: &Plan,
    staff: &Staff,
    known: &BTreeMap<String, Referential>,
    seed: u64,
    keep: &dyn Fn(usize) -> bool,
) -> Vec<Scenario<'a>> {
    let newest = plan.years.last().map_or(0, |year| year.start);
    let mut found: Vec<Scenario<'a>> = Vec::new();
    for (code, referential) in known {
        let Some(diploma) = plan.diploma(code) else {
            continue;
        };
        for level in Level::ALL {
            let taught = plan
                .divisions
                .iter()
                .enumerate()
                .any(|(index, d)| d.diploma == *code && d.level == level && keep(index));
            if !taught {
                continue;
            }
            let teachers = staff.department(&diploma.department, newest);
            let mut ids = Ids::default();
            let mut number = 0;
            for source in &corpus.situations {
                if !source.diplomas.contains(code) || source.level != level.code() {
                    continue;
                }
                let plain = !source.private && source.copy_of.is_empty();
                number += usize::from(plain);
                // Some teams number their titles, another sets the order by hand, most do neither.
                let numbered =
                    plain && matches!((code.as_str(), level), ("melec" | "ma", Level::Premiere));
                let ordered = plain && code == "agora" && level == Level::Terminale;
                let title = if numbered {
                    format!("{number} – {}", source.title)
                } else {
                    source.title.clone()
                };
                // A folder is mostly the work of one teacher.
                let label = format!(
                    "{code}/{}/{}",
                    level.code(),
                    if plain { &source.folder } else { &source.title }
                );
                let mut dice = Dice::new(seed, &format!("scenario/{code}/{}", source.title));
                let place = if dice.percent(75) {
                    (fingerprint(&label) ^ seed) as usize
                } else {
                    dice.below(1 << 20)
                };
                let author =
                    teachers.get(place % teachers.len().max(1)).copied().unwrap_or_default();
                let original = found.iter().find(|s| {
                    s.diploma == *code && s.level == level && s.source.title == source.copy_of
                });
                found.push(Scenario {
                    diploma: code.clone(),
                    level,
                    slug: ids.give(&short(&title)),
                    tasks: referential.tasks(&source.tasks),
                    criteria: referential.criteria(&source.criteria),
                    author: author.to_owned(),
                    order: ordered.then_some(number),
                    copy_of: original.filter(|_| !source.copy_of.is_empty()).map(Scenario::key),
                    title,
                    source,
                });
            }
        }
    }
    found
}

/// Cuts a title to a handy file name, on a word's end.
pub(crate) fn short(title: &str) -> String {
    let full = slug(title);
    let mut out = String::new();
    for word in full.split('-').filter(|word| !word.is_empty()) {
        if out.len() + word.len() > 48 {
            break;
        }
        if !out.is_empty() {
            out.push('-');
        }
        out.push_str(word);
    }
    let small = [
        "d", "l", "de", "du", "des", "la", "le", "les", "un", "une", "a", "au", "en", "et", "sur",
        "pour", "par", "dans",
    ];
    while let Some((head, last)) = out.rsplit_once('-') {
        if !small.contains(&last) {
            break;
        }
        out.truncate(head.len());
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn file_names_are_short_and_whole() {
        assert_eq!(
            short("Traiter un dossier client de la commande à l'encaissement"),
            "traiter-un-dossier-client-de-la-commande"
        );
        assert_eq!(
            short("2 – Mettre en service une motorisation de portail"),
            "2-mettre-en-service-une-motorisation-de-portail"
        );
    }
}
