//! French agreement: fills the sentences of the corpora with gender, elision and contraction right.

/// Grammatical gender, as the civil register gives it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Sex {
    Girl,
    Boy,
}

impl Sex {
    pub(crate) fn letter(self) -> &'static str {
        match self {
            Self::Girl => "F",
            Self::Boy => "M",
        }
    }

    fn of<'a>(self, masculine: &'a str, feminine: &'a str) -> &'a str {
        match self {
            Self::Girl => feminine,
            Self::Boy => masculine,
        }
    }
}

/// Fills `{…}` in a sentence: `{m|f}` agrees, `{il}` and its like stand for the pupil, `{de x}` and `{à x}`
/// contract or elide before the value `x`, any other `{x}` is the value itself.
pub(crate) fn fill(sentence: &str, sex: Sex, values: &[(&str, &str)]) -> String {
    let value =
        |name: &str| values.iter().find(|(key, _)| *key == name).map_or("", |(_, value)| *value);
    let mut out = String::with_capacity(sentence.len() + 32);
    let mut rest = sentence;
    while let Some((before, after)) = rest.split_once('{') {
        out.push_str(before);
        let Some((inside, tail)) = after.split_once('}') else {
            rest = after;
            break;
        };
        rest = tail;
        if let Some((masculine, feminine)) = inside.split_once('|') {
            out.push_str(sex.of(masculine, feminine));
        } else if let Some(name) = inside.strip_prefix("de ") {
            out.push_str(&of(value(name)));
        } else if let Some(name) = inside.strip_prefix("à ") {
            out.push_str(&to(value(name)));
        } else {
            match inside {
                "il" => out.push_str(sex.of("il", "elle")),
                "Il" => out.push_str(sex.of("Il", "Elle")),
                "lui" => out.push_str(sex.of("lui", "elle")),
                name => out.push_str(value(name)),
            }
        }
    }
    out.push_str(rest);
    out
}

/// Fills a sentence, with the apostrophes of print.
pub(crate) fn print(sentence: &str, sex: Sex, values: &[(&str, &str)]) -> String {
    fill(sentence, sex, values).replace('\'', "’")
}

/// Puts "de" before a noun, a name or an infinitive: "du câblage", "des flux", "d'Inès", "de lire".
fn of(next: &str) -> String {
    if let Some(noun) = next.strip_prefix("le ") {
        format!("du {noun}")
    } else if let Some(noun) = next.strip_prefix("les ") {
        format!("des {noun}")
    } else if elides(next) {
        format!("d'{next}")
    } else {
        format!("de {next}")
    }
}

/// Puts "à" before a noun: "au câblage", "aux flux", "à la veille".
fn to(next: &str) -> String {
    if let Some(noun) = next.strip_prefix("le ") {
        format!("au {noun}")
    } else if let Some(noun) = next.strip_prefix("les ") {
        format!("aux {noun}")
    } else {
        format!("à {next}")
    }
}

/// Says whether "de" elides before the word. An initial h never elides here: usage wavers for first names.
fn elides(word: &str) -> bool {
    word.chars().next().is_some_and(|first| {
        "aàâäáăeéèêëiîïíıİoôöóuùûüœæ".contains(first.to_lowercase().next().unwrap_or(first))
    })
}

/// Makes the first letter a capital.
pub(crate) fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// Turns a reflexive infinitive to "vous": "s'entraîner" → "vous entraîner".
pub(crate) fn addressed(infinitive: &str) -> String {
    infinitive
        .strip_prefix("s'")
        .or_else(|| infinitive.strip_prefix("se "))
        .map_or_else(|| infinitive.to_owned(), |verb| format!("vous {verb}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn gender_agrees() {
        let sentence = "{prenom} est {investi|investie} : {il} progresse.";
        let values = [("prenom", "Léa")];
        assert_eq!(fill(sentence, Sex::Girl, &values), "Léa est investie : elle progresse.");
        assert_eq!(fill(sentence, Sex::Boy, &values), "Léa est investi : il progresse.");
        assert_eq!(fill("courtois{|e}", Sex::Girl, &[]), "courtoise");
        assert_eq!(fill("courtois{|e}", Sex::Boy, &[]), "courtois");
    }

    #[test]
    fn articles_contract_and_vowels_elide() {
        let with = |value| fill("le travail {de nom}, grâce {à nom}", Sex::Boy, &[("nom", value)]);
        assert_eq!(with("le câblage"), "le travail du câblage, grâce au câblage");
        assert_eq!(with("les flux"), "le travail des flux, grâce aux flux");
        assert_eq!(with("l'accueil"), "le travail de l'accueil, grâce à l'accueil");
        assert_eq!(fill("{de prenom}", Sex::Girl, &[("prenom", "Élise")]), "d'Élise");
        assert_eq!(fill("{de prenom}", Sex::Boy, &[("prenom", "Hamza")]), "de Hamza");
        assert_eq!(fill("{de prenom}", Sex::Boy, &[("prenom", "Yanis")]), "de Yanis");
    }

    #[test]
    fn reflexive_verbs_follow_the_person() {
        assert_eq!(addressed("s'entraîner au téléphone"), "vous entraîner au téléphone");
        assert_eq!(addressed("se filmer"), "vous filmer");
        assert_eq!(addressed("relire"), "relire");
    }
}
