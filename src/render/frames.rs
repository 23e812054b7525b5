//! The words of the families' frame in each language. French is what pages hold; the others stand in
//! files that the page asks for.

use std::collections::BTreeMap;
use std::sync::LazyLock;

/// A language of the frame.
pub(super) struct Language {
    /// "fr".
    pub(super) code: &'static str,
    source: &'static str,
}

macro_rules! languages {
    ($($code:literal)*) => {
        &[$(Language {
            code: $code,
            source: include_str!(concat!("../../assets/famille/langues/", $code, ".toml")),
        }),*]
    };
}

/// All languages, French first.
pub(super) static LANGUAGES: &[Language] = languages! { "fr" "en" "ar" "pt" "tr" };

static WORDS: LazyLock<Vec<BTreeMap<String, String>>> =
    LazyLock::new(|| LANGUAGES.iter().map(|one| read(one.source)).collect());

/// A table of strings; what is no string is left out, and a test tells it.
fn read(source: &str) -> BTreeMap<String, String> {
    toml::from_str(source).unwrap_or_default()
}

impl Language {
    /// Its name in itself: "العربية".
    pub(super) fn name(&self) -> &'static str {
        let place = LANGUAGES.iter().position(|one| one.code == self.code).unwrap_or(0);
        WORDS[place].get("langue").map_or(self.code, String::as_str)
    }
}

/// The French words of a key.
pub(super) fn french(key: &str) -> Option<&'static str> {
    WORDS[0].get(key).map(String::as_str)
}

/// The file of a language: its keys and words.
pub(super) fn language_file(language: &Language) -> Vec<u8> {
    let place = LANGUAGES.iter().position(|one| one.code == language.code).unwrap_or(0);
    // A map of strings always makes JSON.
    serde_json::to_vec(&WORDS[place]).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_language_says_everything() {
        let keys: Vec<&String> = WORDS[0].keys().collect();
        assert!(keys.len() > 50);
        for (language, words) in LANGUAGES.iter().zip(WORDS.iter()) {
            assert_eq!(words.keys().collect::<Vec<_>>(), keys, "{}", language.code);
            for (key, text) in words {
                assert!(!text.trim().is_empty(), "{} {key}", language.code);
                let holes = |text: &str| text.matches("{}").count();
                assert_eq!(holes(text), holes(&WORDS[0][key]), "{} {key}", language.code);
            }
            assert!(["ltr", "rtl"].contains(&words["sens"].as_str()));
        }
        let names: BTreeSet<&str> = LANGUAGES.iter().map(Language::name).collect();
        assert_eq!(names.len(), LANGUAGES.len());
    }

    /// Every key is used by a template, the script or the program, and every key used exists.
    #[test]
    fn keys_and_their_uses_agree() {
        let sources = [
            include_str!("../../layouts/famille/cadre.html"),
            include_str!("../../layouts/famille/page.html"),
            include_str!("../../assets/famille/famille.js"),
        ];
        let text = sources.concat();
        let asked =
            ["{ t(\"", "dire(\"", "say(\"", "tell(\"", "Stop(\"", "welcome(\"", "frenchOf(\""];
        let mut used: BTreeSet<&str> = BTreeSet::new();
        for mark in asked {
            for (at, _) in text.match_indices(mark) {
                let rest = &text[at + mark.len()..];
                let end = rest.find('"').unwrap();
                // A key in two parts ends with what joins them.
                if !rest[..end].ends_with('_') {
                    used.insert(&rest[..end]);
                }
            }
        }
        for key in &used {
            assert!(french(key).is_some(), "no words for {key}");
        }
        // What contexts and other code name, and keys in two parts.
        let made = [
            "doc_", "date_", "change_", "mot_", "n0", "n1", "n2", "n3", "n4", "langue", "sens",
            "locale",
        ];
        for key in WORDS[0].keys() {
            let known = text.contains(&format!("\"{key}\""))
                || text.contains(&format!(".{key}"))
                || ["abs", "disp"].contains(&key.as_str())
                || made.iter().any(|made| key.starts_with(made));
            assert!(known, "{key} is not used");
        }
    }
}
