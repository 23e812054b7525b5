//! Lists of words in a sentence, quotes and elisions.

/// "a, b et c".
pub fn and_list<S: AsRef<str>>(items: &[S]) -> String {
    join(items, "et")
}

/// "a, b ou c".
pub fn or_list<S: AsRef<str>>(items: &[S]) -> String {
    join(items, "ou")
}

fn join<S: AsRef<str>>(items: &[S], word: &str) -> String {
    match items {
        [] => String::new(),
        [one] => one.as_ref().to_owned(),
        [first @ .., last] => {
            let first: Vec<&str> = first.iter().map(AsRef::as_ref).collect();
            format!("{} {word} {}", first.join(", "), last.as_ref())
        }
    }
}

/// « text », with the no-break spaces that French asks for.
pub fn quoted(text: &str) -> String {
    format!("«\u{a0}{text}\u{a0}»")
}

/// "de Paul", "d'Angie": the preposition before a name.
pub fn elide_de(name: &str) -> String {
    const VOWELS: &str = "aeiouyàâäéèêëîïôöùûüœæ";
    let first = name.chars().next().and_then(|c| c.to_lowercase().next());
    match first {
        Some(letter) if VOWELS.contains(letter) => format!("d’{name}"),
        _ => format!("de {name}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_read_as_french() {
        assert_eq!(and_list(&["a"]), "a");
        assert_eq!(and_list(&["a", "b", "c"]), "a, b et c");
        assert_eq!(or_list(&["a", "b"]), "a ou b");
        assert_eq!(elide_de("Émile"), "d’Émile");
        assert_eq!(elide_de("Paul"), "de Paul");
    }
}
