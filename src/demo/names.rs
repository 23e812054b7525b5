//! Draws the names of pupils, parents and teachers, and makes identifiers of them.

use std::collections::BTreeSet;

use super::corpus::{Corpus, list, number, strings, sub, text};
use super::grammar::Sex;
use super::rng::Dice;

/// Families of one origin.
struct Origin {
    key: String,
    weight: usize,
    /// Percentage of first names drawn from the French lists.
    french: usize,
    surnames: Vec<String>,
    girls: Vec<String>,
    boys: Vec<String>,
}

/// A name put in by hand: a particle, an apostrophe, an uncommon length.
pub(crate) struct Singular {
    pub(crate) surname: String,
    pub(crate) first: String,
    pub(crate) sex: Sex,
}

/// All the names the school can draw from.
pub(crate) struct Names {
    origins: Vec<Origin>,
    pub(crate) singular: Vec<Singular>,
    women: Vec<String>,
    men: Vec<String>,
    /// First names of parents: origins, women, men.
    parents: Vec<(Vec<String>, Vec<String>, Vec<String>)>,
}

/// A drawn name, with the place of its origin.
#[derive(Clone)]
pub(crate) struct Name {
    pub(crate) surname: String,
    pub(crate) first: String,
    pub(crate) origin: usize,
}

impl Names {
    pub(crate) fn load(corpus: &Corpus) -> Self {
        let table = &corpus.names;
        let weight = |t, key| number(t, key).and_then(|n| usize::try_from(n).ok()).unwrap_or(0);
        let origins = list(table, "origines")
            .map(|origin| Origin {
                key: text(origin, "cle"),
                weight: weight(origin, "poids"),
                french: weight(origin, "francais"),
                surnames: strings(origin, "noms"),
                girls: strings(origin, "filles"),
                boys: strings(origin, "garcons"),
            })
            .collect();
        let singular = list(table, "singuliers")
            .map(|one| Singular {
                surname: text(one, "nom"),
                first: text(one, "prenom"),
                sex: if text(one, "sexe") == "F" { Sex::Girl } else { Sex::Boy },
            })
            .collect();
        let adults = sub(table, "adultes");
        let parents = list(table, "parents")
            .map(|group| {
                (strings(group, "origines"), strings(group, "femmes"), strings(group, "hommes"))
            })
            .collect();
        Self {
            origins,
            singular,
            women: adults.map(|t| strings(t, "femmes")).unwrap_or_default(),
            men: adults.map(|t| strings(t, "hommes")).unwrap_or_default(),
            parents,
        }
    }

    /// Draws a pupil's name.
    pub(crate) fn pupil(&self, dice: &mut Dice, sex: Sex) -> Name {
        let weights: Vec<usize> = self.origins.iter().map(|origin| origin.weight).collect();
        let index = dice.weighted(&weights);
        let mut name = Name { surname: String::new(), first: String::new(), origin: index };
        let (Some(origin), Some(french)) = (self.origins.get(index), self.origins.first()) else {
            return name;
        };
        name.surname = dice.text(&origin.surnames).to_owned();
        if dice.percent(3) {
            let second = dice.text(&french.surnames);
            if second != name.surname && !second.contains('-') && !name.surname.contains('-') {
                name.surname = format!("{}-{second}", name.surname);
            }
        }
        let from = if dice.percent(origin.french) { french } else { origin };
        name.first = dice.text(if sex == Sex::Girl { &from.girls } else { &from.boys }).to_owned();
        name
    }

    /// Draws another surname of the same origin, for a parent who bears another name.
    pub(crate) fn surname(&self, dice: &mut Dice, origin: usize) -> String {
        self.origins
            .get(origin)
            .map(|origin| dice.text(&origin.surnames).to_owned())
            .unwrap_or_default()
    }

    /// Draws the first name of a parent.
    pub(crate) fn parent(&self, dice: &mut Dice, origin: usize, sex: Sex) -> String {
        let key = self.origins.get(origin).map_or("", |origin| origin.key.as_str());
        let group =
            self.parents.iter().find(|(origins, _, _)| origins.iter().any(|known| known == key));
        let own = group.filter(|_| !dice.percent(15));
        let (women, men) = own.map_or((&self.women, &self.men), |(_, women, men)| (women, men));
        dice.text(if sex == Sex::Girl { women } else { men }).to_owned()
    }

    /// Draws a teacher: mostly French surnames, first names of another generation.
    pub(crate) fn adult(&self, dice: &mut Dice, sex: Sex) -> Name {
        let mut name = self.pupil(dice, sex);
        if dice.percent(55) {
            name.origin = 0;
            name.surname = self.surname(dice, 0);
        }
        name.first = self.parent(dice, name.origin, sex);
        name
    }
}

/// Identifiers already given; a homonym gets the next number.
#[derive(Default)]
pub(crate) struct Ids {
    taken: BTreeSet<String>,
}

impl Ids {
    /// Says whether somebody has the identifier a text would give.
    pub(crate) fn has(&self, text: &str) -> bool {
        self.taken.contains(&slug(text))
    }

    /// Gives an identifier that no one has: `nguyen-an`, then `nguyen-an-2`.
    pub(crate) fn give(&mut self, text: &str) -> String {
        let base = slug(text);
        let mut id = base.clone();
        let mut number = 2;
        while !self.taken.insert(id.clone()) {
            id = format!("{base}-{number}");
            number += 1;
        }
        id
    }
}

/// Makes a kebab-case ASCII identifier.
pub(crate) fn slug(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars().flat_map(char::to_lowercase) {
        let plain: &str = match c {
            'a'..='z' | '0'..='9' => {
                out.push(c);
                continue;
            }
            'à' | 'á' | 'â' | 'ã' | 'ä' | 'å' | 'ă' | 'ą' | 'ầ' => "a",
            'ç' | 'ć' | 'č' => "c",
            'đ' => "d",
            'é' | 'è' | 'ê' | 'ë' | 'ę' | 'ė' | 'ễ' => "e",
            'ğ' => "g",
            'î' | 'ï' | 'í' | 'ì' | 'ı' => "i",
            'ł' => "l",
            'ñ' | 'ń' => "n",
            'ô' | 'ö' | 'ó' | 'ò' | 'õ' | 'ø' => "o",
            'ś' | 'ş' | 'š' | 'ș' => "s",
            'ț' | 'ţ' => "t",
            'û' | 'ü' | 'ù' | 'ú' => "u",
            'ý' | 'ÿ' => "y",
            'ź' | 'ż' | 'ž' => "z",
            'œ' => "oe",
            'æ' => "ae",
            // Left by lowering the Turkish İ: a dot with nothing to stand on.
            '\u{307}' => "",
            _ => "-",
        };
        if plain != "-" || !(out.is_empty() || out.ends_with('-')) {
            out.push_str(plain);
        }
    }
    out.trim_end_matches('-').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slugs_are_plain() {
        assert_eq!(
            slug("de La Tour d'Ardennes Pierre-Alexandre"),
            "de-la-tour-d-ardennes-pierre-alexandre"
        );
        assert_eq!(slug("Şahin İbrahim"), "sahin-ibrahim");
        assert_eq!(slug("Lăcătuș Ionuț"), "lacatus-ionut");
        assert_eq!(slug("« L'œuvre » !"), "l-oeuvre");
    }

    #[test]
    fn every_name_of_the_corpus_has_a_plain_slug() {
        let names = Names::load(&Corpus::load());
        for origin in &names.origins {
            for name in origin.surnames.iter().chain(&origin.girls).chain(&origin.boys) {
                let letters = name.chars().filter(|c| c.is_alphabetic()).count();
                let kept = slug(name).chars().filter(|c| c.is_alphabetic()).count();
                assert!(kept >= letters, "{name} → {}", slug(name));
            }
        }
    }

    #[test]
    fn homonyms_are_numbered() {
        let mut ids = Ids::default();
        assert_eq!(ids.give("Nguyen An"), "nguyen-an");
        assert_eq!(ids.give("Nguyễn An"), "nguyen-an-2");
        assert_eq!(ids.give("Nguyen An"), "nguyen-an-3");
    }
}
