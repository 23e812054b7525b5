//! Values of records as a reader says them: names for ids, French dates, codes without quotes.

use super::labels::label;
use crate::record::Plain;
use crate::school::School;
use crate::text::{Date, and_list, elide_de, long_date, quoted};

/// Keys whose values are the ids of people.
const PEOPLE: &[&str] = &[
    "auteur",
    "par",
    "valide_par",
    "enseignant",
    "enseignants",
    "equipe",
    "professeur_principal",
    "personne",
    "temoin",
    "referents",
];

/// Keys whose values are the ids of pupils.
const PUPILS: &[&str] = &["apprenants", "sauf", "eleve", "eleves", "candidats"];

/// Keys whose values are words or codes rather than texts.
const CODED: &[&str] = &[
    "annee",
    "annexe",
    "civilite",
    "classe",
    "classes",
    "code",
    "competence",
    "competences",
    "complexite",
    "courriel",
    "courriels",
    "criteres",
    "diplome",
    "diplomes",
    "epreuve",
    "etat",
    "mode",
    "niveau",
    "niveaux",
    "objet",
    "origine",
    "periode",
    "periodicite",
    "positions",
    "professionnalisation",
    "qualite",
    "resultats",
    "roles",
    "statut",
    "tache",
    "taches",
];

/// Words that files write without accents.
const WORDS: &[(&str, &str)] = &[
    ("chef-etablissement", "chef d’établissement"),
    ("cpe", "CPE"),
    ("ddfpt", "DDFPT"),
    ("deliberation", "délibération"),
    ("premiere", "première"),
    ("sur-place", "sur place"),
    ("telephone", "téléphone"),
    ("valide", "validé"),
];

/// Characters of a text that a sentence shows.
const SHOWN: usize = 60;

/// A value, in place.
pub(super) fn said(school: &School, key: &str, value: &Plain) -> String {
    match value {
        Plain::Text(text) if PEOPLE.contains(&key) => person(school, text),
        Plain::Text(text) if PUPILS.contains(&key) => pupil(school, text),
        Plain::Text(text) if key == "evaluations" => match school.evaluation(text) {
            Some(ix) => quoted(&school.evaluations[ix].record.titre),
            None => quoted(text),
        },
        Plain::Text(text) if CODED.contains(&key) => {
            let word = WORDS.iter().find(|(written, _)| written == text);
            word.map_or_else(|| text.clone(), |(_, said)| (*said).to_owned())
        }
        Plain::Text(text) => quoted(&beginning(text)),
        Plain::Number(number) => number.to_string().replace('.', ","),
        Plain::Truth(true) => "oui".to_owned(),
        Plain::Truth(false) => "non".to_owned(),
        Plain::Date(date) => date.parse::<Date>().map_or_else(|_| date.clone(), long_date),
        Plain::List(items) if key == "resultats" => signs(items),
        Plain::List(items) => {
            and_list(&items.iter().map(|item| said(school, key, item)).collect::<Vec<_>>())
        }
        Plain::Table(pairs) => entry(school, pairs),
    }
}

/// The first words of a text, on one line.
pub(super) fn beginning(text: &str) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if line.chars().count() <= SHOWN {
        return line;
    }
    let cut: String = line.chars().take(SHOWN).collect();
    let words = cut.rsplit_once(' ').map_or(&*cut, |(words, _)| words);
    format!("{} …", words.trim_end_matches([' ', '…', ',', ';', ':']))
}

/// Whether a text is better told by its beginning than in full.
pub(super) fn is_long(text: &str) -> bool {
    text.contains('\n') || text.chars().count() > SHOWN
}

/// A row of results, sign by sign.
pub(super) fn signs(items: &[Plain]) -> String {
    let sign = |item: &Plain| item.text().filter(|text| !text.is_empty()).map(str::to_owned);
    items
        .iter()
        .map(|item| sign(item).unwrap_or_else(|| "·".to_owned()))
        .collect::<Vec<_>>()
        .join(" ")
}

/// An entry of a list, by what tells it from the others; by all it holds when nothing does.
pub(super) fn entry(school: &School, pairs: &[(String, Plain)]) -> String {
    let value = |key: &str| pairs.iter().find(|(name, _)| name == key).map(|(_, value)| value);
    let text = |key: &str| value(key).map(|value| said(school, key, value));
    let mut parts: Vec<String> = Vec::new();
    for (key, before) in
        [("semaine", "semaine "), ("numero", "n°\u{a0}"), ("eleve", ""), ("personne", "")]
    {
        parts.extend(text(key).map(|text| format!("{before}{text}")));
    }
    let plain = |key: &str| value(key).and_then(Plain::text);
    match (plain("prenom"), plain("nom")) {
        (Some(first), Some(last)) => parts.push(format!("{first} {last}")),
        (None, Some(last)) => parts.push(last.to_owned()),
        _ => {}
    }
    for key in
        ["titre", "intitule", "code", "diplome", "epreuve", "annee", "classe", "periode", "niveau"]
    {
        parts.extend(text(key));
    }
    for key in ["date", "le", "signee_le", "date_limite"] {
        parts.extend(text(key).map(|day| format!("le {day}")));
    }
    for (from, to) in [("du", "au"), ("debut", "fin")] {
        match (text(from), text(to)) {
            (Some(from), Some(to)) => parts.push(format!("du {from} au {to}")),
            (Some(from), None) => parts.push(format!("à partir du {from}")),
            _ => {}
        }
    }
    for key in ["par", "auteur", "enseignant"] {
        parts.extend(text(key).map(|name| format!("par {name}")));
    }
    parts.extend(text("note").map(|note| format!("note {note}")));
    if parts.is_empty() {
        let pair =
            |(key, value): &(String, Plain)| format!("{} {}", label(key), said(school, key, value));
        parts = pairs.iter().map(pair).collect();
    }
    parts.join(", ")
}

/// "par Anne Martin le 8 janvier 2027", as far as an entry tells.
pub(super) fn by_and_when(school: &School, pairs: &[(String, Plain)]) -> String {
    let text = |key: &str| {
        let value = pairs.iter().find(|(name, _)| name == key);
        value.map(|(key, value)| said(school, key, value))
    };
    let by = text("par").map_or_else(String::new, |name| format!(" par {name}"));
    let when =
        text("le").or_else(|| text("date")).map_or_else(String::new, |day| format!(" le {day}"));
    by + &when
}

pub(super) fn person(school: &School, id: &str) -> String {
    school.person(id).map_or_else(|| id.to_owned(), |ix| school.people[ix].full_name())
}

pub(super) fn pupil(school: &School, id: &str) -> String {
    school.pupil(id).map_or_else(|| id.to_owned(), |ix| school.pupils[ix].full_name())
}

/// "au lieu de 12", "au lieu du 5 janvier 2027".
pub(super) fn instead_of(school: &School, key: &str, value: &Plain) -> String {
    let text = said(school, key, value);
    match value {
        Plain::Date(_) => format!("au lieu du {text}"),
        Plain::Text(_) if PEOPLE.contains(&key) || PUPILS.contains(&key) => {
            format!("au lieu {}", elide_de(&text))
        }
        _ => format!("au lieu de {text}"),
    }
}
