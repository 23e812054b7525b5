//! Who a line of a delivery means: its `destinataire`, typed by hand, read as one of a pupil's people.

use crate::record::{Civility, Guardian, GuardianLink};
use crate::text::slug;

use super::Pupil;

/// One of those who may receive what is for a pupil.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Addressee {
    /// A person responsible, by its place in the file.
    Guardian(usize),
    /// The pupil.
    Pupil,
}

/// Words that say what somebody is, not who.
const SIR: [&str; 3] = ["m", "mr", "monsieur"];
const MADAM: [&str; 4] = ["mme", "mlle", "madame", "mademoiselle"];
const LINKS: [&str; 4] = ["mere", "pere", "tutrice", "tuteur"];
const PUPIL: [&str; 5] = ["eleve", "apprenti", "apprentie", "interesse", "interessee"];
/// Words that a sentence puts around names. They may be a part of one, too.
const LITTLE: [&str; 9] = ["et", "ou", "le", "la", "l", "son", "sa", "de", "du"];

/// The words of a `destinataire`, by what they say.
struct Words<'a> {
    sir: bool,
    madam: bool,
    links: Vec<&'a str>,
    pupil: bool,
    names: Vec<&'a str>,
}

impl<'a> Words<'a> {
    fn read(text: &'a str) -> Self {
        let all: Vec<&str> = text.split('-').filter(|word| !word.is_empty()).collect();
        let one_of = |list: &[&str]| all.iter().any(|word| list.contains(word));
        let known = |word: &&&str| {
            [&SIR[..], &MADAM, &LINKS, &PUPIL].iter().any(|list| list.contains(*word))
        };
        let names: Vec<&str> = all.iter().filter(|word| !known(word)).copied().collect();
        let bare = names.iter().all(|word| LITTLE.contains(word));
        Self {
            sir: one_of(&SIR),
            madam: one_of(&MADAM),
            links: all.iter().copied().filter(|word| LINKS.contains(word)).collect(),
            pupil: one_of(&PUPIL),
            names: if bare { Vec::new() } else { names },
        }
    }
}

impl Pupil {
    /// Those whom the `destinataire` of a delivery means: the pupil when nobody is written; nobody when
    /// the words fit none of them, or several without saying which.
    ///
    /// Accents, capitals, hyphens and the order of names do not count. A surname is enough; a first name
    /// or its initial tells between those who share it, then a title ("Mme"), then what the person is
    /// to the pupil ("mère"); who is legally responsible comes before who is not. "M. et Mme Dupont" are
    /// both.
    pub fn addressees(&self, destinataire: Option<&str>) -> Vec<Addressee> {
        let Some(text) = destinataire.map(slug) else { return vec![Addressee::Pupil] };
        let words = Words::read(&text);
        let mut found = self.named(&words, fits);
        if found.is_empty() {
            found = self.named(&words, fits_in_part);
        }
        if self.is_meant(&words, &found) {
            return vec![Addressee::Pupil];
        }
        let both = words.sir && words.madam || words.links.len() > 1;
        if found.len() > 1 && words.sir != words.madam {
            found.retain(|place| is_sir(&self.record.responsables[*place]) == words.sir);
        }
        if found.len() > 1 && found.iter().any(|place| self.is_legal(*place)) {
            found.retain(|place| self.is_legal(*place));
        }
        if found.len() > 1 && !(both && found.len() == 2) {
            return Vec::new();
        }
        found.into_iter().map(Addressee::Guardian).collect()
    }

    fn is_legal(&self, place: usize) -> bool {
        self.record.responsables[place].legal.is_some()
    }

    /// The people responsible whom the words may mean.
    fn named(&self, words: &Words<'_>, fits: fn(&Name, &[&str]) -> bool) -> Vec<usize> {
        let guardians = self.record.responsables.iter().enumerate();
        let may_be = |one: &Guardian| {
            let linked =
                words.links.is_empty() || words.links.contains(&slug(one.lien.label()).as_str());
            let named = match words.names.as_slice() {
                [] => !words.pupil && (!words.links.is_empty() || words.sir || words.madam),
                names => fits(&Name::of(&one.nom, &one.prenom), names),
            };
            linked && named
        };
        guardians.filter(|(_, one)| may_be(one)).map(|(place, _)| place).collect()
    }

    /// Whether the words mean the pupil: by both names, which no person responsible bears as well.
    fn is_meant(&self, words: &Words<'_>, found: &[usize]) -> bool {
        let names = words.names.as_slice();
        let whole = |surname: &str, first: &str| {
            let name = Name::of(surname, first);
            names.len() > name.surname.len() && fits(&name, names)
        };
        let bears = |place: &usize| {
            let one = &self.record.responsables[*place];
            whole(&one.nom, &one.prenom)
        };
        words.pupil && names.is_empty()
            || words.links.is_empty()
                && whole(&self.record.nom, &self.record.prenom)
                && !found.iter().any(bears)
    }
}

/// A name, word by word.
struct Name {
    surname: Vec<String>,
    first: Vec<String>,
}

impl Name {
    fn of(surname: &str, first: &str) -> Self {
        let words = |text: &str| slug(text).split('-').map(str::to_owned).collect();
        Self { surname: words(surname), first: words(first) }
    }

    /// Whether a word is a first name or its initial.
    fn is_first(&self, word: &str) -> bool {
        self.first.iter().any(|name| name == word || word.len() == 1 && name.starts_with(word))
    }
}

/// Whether words are the whole surname, with or without a first name, in any order.
fn fits(name: &Name, words: &[&str]) -> bool {
    let mut left = words.to_vec();
    for part in &name.surname {
        match left.iter().position(|word| word == part) {
            Some(at) => left.remove(at),
            None => return false,
        };
    }
    left.iter().all(|word| name.is_first(word) || word.len() > 1 && LITTLE.contains(word))
}

/// Whether words are a part of a surname of several words, with or without a first name.
fn fits_in_part(name: &Name, words: &[&str]) -> bool {
    let in_surname = |word: &&&str| name.surname.iter().any(|part| part == *word);
    let known = |word: &&str| in_surname(&word) || name.is_first(word);
    words.iter().all(|word| known(word) || word.len() > 1 && LITTLE.contains(word))
        && words.iter().filter(in_surname).any(|word| word.len() > 2)
}

/// Whether a person is a man, by the title or the link to the pupil.
fn is_sir(guardian: &Guardian) -> bool {
    match guardian.civilite {
        Some(title) => title == Civility::Sir,
        None => matches!(guardian.lien, GuardianLink::Father | GuardianLink::MaleTutor),
    }
}
