//! The other pupils and their families: found in a text by their names and numbers, and taken out of it.
//!
//! A first name or a surname alone is not looked for: it may be anybody's, a street's or a firm's.

use std::collections::{BTreeMap, BTreeSet};

use crate::record::{Guardian, Student};
use crate::school::{Ix, Pupil, School};
use crate::text::slug;

/// What stands in place of a name.
const INSTEAD: &str = "[un autre élève]";

/// Words that follow each other, without accents or capitals.
type Words = Vec<String>;

/// All that names another pupil.
#[derive(Debug, Default)]
pub(super) struct Others(BTreeMap<String, BTreeSet<Words>>);

impl Others {
    /// The other pupils of a school and their guardians. Who is also somebody of the pupil's own folder (a
    /// homonym, a brother's mother, a teacher, a tutor of `known`) keeps the name there.
    pub(super) fn of(school: &School, pupil: Ix<Pupil>, known: &[String]) -> Self {
        let own = &school.pupils[pupil];
        let mut kept: BTreeSet<Words> = BTreeSet::new();
        kept.extend(of_student(&own.id, &own.record));
        kept.extend(own.record.responsables.iter().flat_map(of_guardian));
        for person in school.people.values() {
            kept.extend(orders(&person.record.prenom, &person.record.nom));
            kept.insert(words(&person.id));
        }
        kept.extend(known.iter().map(|name| words(name)));
        let mut others = Self::default();
        for (_, other) in school.pupils.iter().filter(|(ix, _)| *ix != pupil) {
            let names = of_student(&other.id, &other.record);
            let guardians = other.record.responsables.iter().flat_map(of_guardian);
            for words in names.into_iter().chain(guardians).filter(|words| !kept.contains(words)) {
                others.0.entry(words[0].clone()).or_default().insert(words);
            }
        }
        others
    }

    /// Whether a text names another pupil.
    pub(super) fn are_in(&self, text: &str) -> bool {
        !self.found(text).is_empty()
    }

    /// The text without the names of others, and how many there were.
    pub(super) fn hide(&self, text: &str) -> (String, usize) {
        let found = self.found(text);
        let mut hidden = String::with_capacity(text.len());
        let mut from = 0;
        for (start, end) in &found {
            hidden.push_str(&text[from..*start]);
            hidden.push_str(INSTEAD);
            from = *end;
        }
        hidden.push_str(&text[from..]);
        (hidden, found.len())
    }

    /// Where names stand, from byte to byte.
    fn found(&self, text: &str) -> Vec<(usize, usize)> {
        let tokens = tokens(text);
        let mut found = Vec::new();
        let mut at = 0;
        while at < tokens.len() {
            let longest = self.0.get(&tokens[at].2).into_iter().flatten().filter(|words| {
                words.iter().enumerate().all(|(n, word)| {
                    tokens.get(at + n).is_some_and(|token| {
                        token.2 == *word
                            && (n == 0 || is_joint(&text[tokens[at + n - 1].1..token.0]))
                    })
                })
            });
            match longest.map(Vec::len).max() {
                Some(length) => {
                    found.push((tokens[at].0, tokens[at + length - 1].1));
                    at += length;
                }
                None => at += 1,
            }
        }
        found
    }
}

fn of_student(id: &str, student: &Student) -> Vec<Words> {
    let mut all: Vec<Words> = orders(&student.prenom, &student.nom);
    all.extend(student.nom_usage.iter().flat_map(|nom| orders(&student.prenom, nom)));
    all.push(words(id));
    all.extend([&student.ine, &student.eleve_id].into_iter().flatten().map(|number| words(number)));
    all.extend(student.courriels.iter().map(|mail| words(mail)));
    all.retain(is_telling);
    all
}

fn of_guardian(guardian: &Guardian) -> Vec<Words> {
    let mut all = orders(&guardian.prenom, &guardian.nom);
    all.extend(guardian.courriel.iter().map(|mail| words(mail)));
    all.retain(is_telling);
    all
}

fn orders(first: &str, last: &str) -> Vec<Words> {
    vec![words(&format!("{first} {last}")), words(&format!("{last} {first}"))]
}

/// Whether words cannot be said of anything else: several of them, or a number of some length.
fn is_telling(words: &Words) -> bool {
    match words.as_slice() {
        [] => false,
        [one] => one.len() >= 5 && one.bytes().filter(u8::is_ascii_digit).count() >= 4,
        _ => true,
    }
}

fn words(text: &str) -> Words {
    tokens(text).into_iter().map(|(_, _, word)| word).collect()
}

/// The words of a text: from byte, to byte, without accents or capitals.
fn tokens(text: &str) -> Vec<(usize, usize, String)> {
    let mut tokens = Vec::new();
    let mut start = None;
    let end = std::iter::once((text.len(), ' '));
    for (at, c) in text.char_indices().chain(end) {
        match (c.is_alphanumeric() || is_mark(c), start) {
            (true, None) => start = Some(at),
            (false, Some(from)) => {
                let word = slug(&text[from..at]);
                if !word.is_empty() {
                    tokens.push((from, at, word));
                }
                start = None;
            }
            _ => {}
        }
    }
    tokens
}

/// An accent that stands on its own.
fn is_mark(c: char) -> bool {
    ('\u{300}'..='\u{36f}').contains(&c)
}

/// Whether two words with this between them are one name.
fn is_joint(between: &str) -> bool {
    between.chars().count() <= 8
        && between.chars().all(|c| {
            c.is_whitespace()
                || matches!(c, '-' | '\u{2010}' | '\u{2011}' | '\'' | '’' | '_' | '.' | '@')
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn others(names: &[&str]) -> Others {
        let mut others = Others::default();
        for words in names.iter().map(|name| words(name)) {
            others.0.entry(words[0].clone()).or_default().insert(words);
        }
        others
    }

    #[test]
    fn names_are_found_however_they_are_written() {
        let others = others(&["Hugo Martin", "martin-hugo", "Zoé Le Gall-Kerbrat", "120000001aa"]);
        let hidden = |text: &str| others.hide(text).0;
        assert_eq!(hidden("Avec Hugo Martin."), "Avec [un autre élève].");
        assert_eq!(hidden("avec HUGO\u{a0}MARTIN, puis"), "avec [un autre élève], puis");
        assert_eq!(hidden("aidé par Hugo\nMartin"), "aidé par [un autre élève]");
        assert_eq!(hidden("students/2025/martin-hugo/x"), "students/2025/[un autre élève]/x");
        assert_eq!(hidden("Zoe le Gall Kerbrat"), "[un autre élève]");
        assert_eq!(hidden("Zoe\u{301} Le Gall-Kerbrat"), "[un autre élève]");
        assert_eq!(hidden("INE 120000001AA"), "INE [un autre élève]");
        for other in ["Hugo, Martin", "Hugo est là", "rue Martin", "Hugolin Martin", "12000000 1AA"]
        {
            assert_eq!(hidden(other), other);
        }
    }
}
