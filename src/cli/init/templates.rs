//! The files of a new repository, as `assets/init` holds them.
//!
//! A mark is a name in capitals between two `@`; everything else is copied as it is.

macro_rules! asset {
    ($path:literal) => {
        include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/assets/init/", $path))
    };
}

/// Where the forge is.
pub(super) const FORGE: &str = asset!("content/forge.toml");
/// How to say where it is.
pub(super) const NO_FORGE: &str = asset!("content/sans-forge.toml");

/// The files, by path; `ANNEE` in a path is the school year.
const FILES: &[(&str, &str)] = &[
    (".gitattributes", asset!("gitattributes")),
    (".gitignore", asset!("gitignore")),
    (".gitlab-ci.yml", asset!("gitlab-ci.yml")),
    (".forgejo/workflows/jalon.yml", asset!("forgejo/jalon.yml")),
    (".github/workflows/jalon.yml", asset!("github/jalon.yml")),
    (".jalon/commun.sh", asset!("jalon/commun.sh")),
    (".jalon/construire.sh", asset!("jalon/construire.sh")),
    (".jalon/familles.sh", asset!("jalon/familles.sh")),
    (".jalon/imprimer.sh", asset!("jalon/imprimer.sh")),
    (".jalon/installer.sh", asset!("jalon/installer.sh")),
    (".jalon/publier.sh", asset!("jalon/publier.sh")),
    (".jalon/sceller.sh", asset!("jalon/sceller.sh")),
    (".jalon/verifier.sh", asset!("jalon/verifier.sh")),
    ("README.md", asset!("README.md")),
    ("content/calendar/ANNEE.toml", asset!("content/calendar/annee.toml")),
    ("content/classes/ANNEE.toml", asset!("content/classes/annee.toml")),
    ("content/school.toml", asset!("content/school.toml")),
    ("content/staff.toml", asset!("content/staff.toml")),
    ("docs/branches-protegees.md", asset!("docs/branches-protegees.md")),
    ("docs/mise-en-service.md", asset!("docs/mise-en-service.md")),
    ("docs/pipelines.md", asset!("docs/pipelines.md")),
    ("docs/premiers-pas.md", asset!("docs/premiers-pas.md")),
];

/// What a mark stands for.
type Value<'a> = &'a dyn Fn(&str) -> Option<&'a str>;

/// The files with their marks replaced.
pub(super) fn filled(value: Value<'_>, year: &str) -> Vec<(String, String)> {
    let fill_file = |(path, text): &(&str, &str)| (path.replace("ANNEE", year), fill(text, value));
    FILES.iter().map(fill_file).collect()
}

/// A text with its marks replaced, and those of what replaces them when that is a template.
fn fill(text: &str, value: Value<'_>) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('@') {
        let (before, after) = rest.split_at(at);
        out.push_str(before);
        let known =
            after[1..].split_once('@').and_then(|(key, rest)| Some((key, value(key)?, rest)));
        match known {
            Some(("FORGE", template, after)) => {
                out.push_str(&fill(template, value));
                rest = after;
            }
            Some((_, text, after)) => {
                out.push_str(text);
                rest = after;
            }
            None => {
                out.push('@');
                rest = &after[1..];
            }
        }
    }
    out + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_are_replaced_once() {
        let value = |key: &str| match key {
            "A" => Some("@B@"),
            "B" => Some("b"),
            "FORGE" => Some("<@B@>"),
            _ => None,
        };
        assert_eq!(fill("@A@ @B@@B@ @FORGE@ x@v4 @C@ @", &value), "@B@ bb <b> x@v4 @C@ @");
    }

    #[test]
    fn every_file_of_the_folder_is_given() {
        fn walk(folder: &std::path::Path) -> usize {
            let entries = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
            entries.map(|path| if path.is_dir() { walk(&path) } else { 1 }).sum()
        }
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/assets/init");
        assert_eq!(walk(folder.as_ref()), FILES.len() + 2);
    }
}
