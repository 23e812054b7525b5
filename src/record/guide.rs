//! The reference page of all kinds of records (`docs/fichiers.md`), written from their shapes.

use std::fmt::Write as _;

use super::Kind;
use super::schema::shape;
use super::shape::{Field, Shape, TableShape};
use crate::text::or_list;

/// A short and complete example of a kind.
pub fn example(kind: &str) -> Option<&'static str> {
    Some(match kind {
        "school" => include_str!("examples/school.toml"),
        "staff" => include_str!("examples/staff.toml"),
        "calendar" => include_str!("examples/calendar.toml"),
        "classes" => include_str!("examples/classes.toml"),
        "referential" => include_str!("examples/referential.toml"),
        "scenario" => include_str!("examples/scenario.toml"),
        "evaluation" => include_str!("examples/evaluation.toml"),
        "student" => include_str!("examples/student.toml"),
        "review" => include_str!("examples/review.toml"),
        "annex" => include_str!("examples/annex.toml"),
        "period" => include_str!("examples/period.toml"),
        "portfolio" => include_str!("examples/portfolio.toml"),
        "grid" => include_str!("examples/grid.toml"),
        "attestation" => include_str!("examples/attestation.toml"),
        "livret" => include_str!("examples/livret.toml"),
        "book" => include_str!("examples/book.md"),
        "commission" => include_str!("examples/commission.toml"),
        "consultation" => include_str!("examples/consultation.toml"),
        "delivery" => include_str!("examples/delivery.toml"),
        "transfer" => include_str!("examples/transfer.toml"),
        "package" => include_str!("examples/package.toml"),
        "package-history" => include_str!("examples/package-history.toml"),
        "import" => include_str!("examples/import.toml"),
        _ => return None,
    })
}

const OPENING: &str = "\
# Les fichiers, genre par genre

<!-- Page écrite par le programme d’après la description des fichiers : ne la modifiez pas à la main. -->

Tout ce que le lycée enregistre tient dans de petits fichiers de texte, sous le dossier de
`school.toml`. Le chemin d’un fichier dit ce qu’il contient. Une ligne s’écrit `clé = valeur` ; une
ligne entre crochets ouvre un tableau ; ce qui suit `#` est une remarque. La commande `jalon check`
vérifie tout, `jalon fmt` remet en forme, `jalon schema` donne la même description aux éditeurs.

Dans les chemins, les mots en capitales sont à remplacer : `ANNÉE` par une année scolaire
(`2026-2027`), `COHORTE` par l’année d’entrée (`2025`), `SESSION` par l’année de l’examen (`2027`),
`GRILLE` par le code d’une grille en minuscules (`e33-s1`), `DATE` par un jour (`2026-12-11` ; le second
fichier d’un même jour est `2026-12-11-2`), les autres par un identifiant (minuscules sans accent,
chiffres et tirets : `dupont-lea`).

| valeur | comment l’écrire |
|---|---|
| texte | entre guillemets droits : `\"Vente en magasin\"` ; sur plusieurs lignes, entre trois guillemets |
| identifiant | un texte en minuscules sans accent, chiffres et tirets : `\"dupont-lea\"` ; parfois un chemin : `\"mcv-a/premiere/accueil-client\"` |
| date | année-mois-jour, sans guillemets : `2026-11-06` |
| année scolaire | entre guillemets : `\"2026-2027\"` |
| nombre | sans guillemets, avec un point pour les décimales : `13.5` |
| `true` ou `false` | oui ou non, sans guillemets |
| liste | entre crochets, les éléments séparés par des virgules : `[\"C1.0.a\", \"C1.2.a\"]` |
| tableau `[titre]` | le titre entre crochets sur une ligne, puis une ligne `clé = valeur` pour chaque clé ; un code qui contient un point se met entre guillemets : `\"C1.0\" = \"+\"` |
| tableaux `[[titre]]` | un tableau pour chaque élément, autant qu’il en faut |
";

/// The whole page, in Markdown.
pub fn page() -> String {
    let mut page = String::from(OPENING);
    for (kind, pattern) in Kind::PATTERNS {
        let Some(shape) = shape(kind) else { continue };
        let example = example(kind).unwrap_or_default();
        // Writing to a string cannot fail.
        let _ = write!(page, "\n## {}\n\n`{pattern}`\n", capital(shape.name));
        section(&mut page, shape, "");
        let _ = write!(page, "\nExemple :\n\n```{}\n{example}```\n", language(pattern));
    }
    page
}

/// The language of an example, for who colours it.
fn language(pattern: &str) -> &'static str {
    if pattern.ends_with(".md") { "markdown" } else { "toml" }
}

/// The table of the keys of a table, then the tables inside it.
fn section(page: &mut String, shape: &TableShape, path: &str) {
    page.push_str("\n| clé | obligatoire | valeur attendue | sens |\n|---|---|---|---|\n");
    for field in shape.fields {
        let required = if field.required { "oui" } else { "non" };
        let _ = writeln!(
            page,
            "| `{}` | {required} | {} | {} |",
            field.key,
            expected(&(field.shape)(), &inside(path, field)).replace('|', "\\|"),
            field.meaning.replace('|', "\\|"),
        );
    }
    for field in shape.fields {
        let path = inside(path, field);
        if let Some((inner, title)) = table_within(&(field.shape)(), &path) {
            let _ = write!(page, "\n### `{title}` : {}\n", inner.name);
            let path = title.trim_matches(['[', ']']);
            section(page, inner, path);
        }
    }
}

fn inside(path: &str, field: &Field) -> String {
    if path.is_empty() { field.key.to_owned() } else { format!("{path}.{}", field.key) }
}

/// The table that a value holds, and the header that opens it.
fn table_within(shape: &Shape, path: &str) -> Option<(&'static TableShape, String)> {
    match shape {
        Shape::Table(inner) => Some((inner, format!("[{path}]"))),
        Shape::List(items) => match **items {
            Shape::Table(inner) => Some((inner, format!("[[{path}]]"))),
            _ => None,
        },
        Shape::Map(values) => match **values {
            Shape::Table(inner) => Some((inner, format!("[{path}.IDENTIFIANT]"))),
            _ => None,
        },
        _ => None,
    }
}

fn expected(shape: &Shape, path: &str) -> String {
    if let Some((_, title)) = table_within(shape, path) {
        return match shape {
            Shape::Table(_) => format!("tableau `{title}`"),
            _ => format!("tableaux `{title}`"),
        };
    }
    match shape {
        Shape::Text => "texte".into(),
        Shape::Id => "identifiant".into(),
        Shape::Prose => "texte, sur plusieurs lignes s’il le faut".into(),
        Shape::Integer(low, high) if low == high => format!("`{low}`"),
        Shape::Integer(low, high) => format!("nombre entier de {low} à {high}"),
        Shape::Number(low, high) => format!("nombre de {low} à {high}"),
        Shape::Boolean => "`true` ou `false`".into(),
        Shape::Date => "date".into(),
        Shape::SchoolYear => "année scolaire".into(),
        Shape::Choice(options) => choice(options),
        Shape::List(items) => format!("liste ; chaque élément : {}", expected(items, path)),
        Shape::Map(values) => {
            format!("tableau `[{path}]` ; à chaque ligne : {}", expected(values, path))
        }
        Shape::Table(inner) => inner.name.into(),
    }
}

fn choice(options: &[(&str, &str)]) -> String {
    let told: Vec<String> = options
        .iter()
        .map(|(name, meaning)| {
            if name == meaning {
                format!("`\"{name}\"`")
            } else {
                format!("`\"{name}\"` ({meaning})")
            }
        })
        .collect();
    or_list(&told)
}

fn capital(name: &str) -> String {
    let mut letters = name.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::{layout, load};
    use crate::source::{Memory, Texts};

    #[test]
    fn the_page_on_disk_is_the_one_written_from_the_shapes() {
        crate::keep_true("docs/fichiers.md", &page());
    }

    #[test]
    fn examples_are_read_without_a_word_and_laid_out() {
        let paths = [
            ("school", "school.toml"),
            ("staff", "staff.toml"),
            ("calendar", "calendar/2026-2027.toml"),
            ("classes", "classes/2026-2027.toml"),
            ("referential", "referentials/mcv-a.toml"),
            ("scenario", "scenarios/mcv-a/premiere/accueil-client.toml"),
            ("evaluation", "evaluations/2026-2027/1mcva1/accueil-client.toml"),
            ("student", "students/2025/dupont-lea/student.toml"),
            ("review", "students/2025/dupont-lea/reviews/2026-12-11.toml"),
            ("annex", "pfmp/annexes/mcv-a/premiere/decouverte.toml"),
            ("period", "pfmp/periods/2026-2027/pfmp-3.toml"),
            ("portfolio", "students/2025/dupont-lea/pfmp/2026-2027-pfmp-3.toml"),
            ("grid", "students/2025/dupont-lea/certification/2027-e31.toml"),
            ("attestation", "students/2025/dupont-lea/attestations/2027-06-30.toml"),
            ("livret", "students/2025/dupont-lea/lsl/2026-2027.toml"),
            ("book", "students/2025/dupont-lea/book/vitrine-de-noel.md"),
            ("commission", "register/2027/commissions/jury-mcv-a.toml"),
            ("consultation", "register/2027/consultations/jury-mcv-a.toml"),
            ("delivery", "register/2027/deliveries/livrets-sur-papier.toml"),
            ("transfer", "transfers/2026-2027/dupont-lea-de-0549999a.toml"),
            ("package", "students/2025/dupont-lea/received/0549999a-2027-01-15/paquet.toml"),
            (
                "package-history",
                "students/2025/dupont-lea/received/0549999a-2027-01-15/historique.toml",
            ),
            ("import", "imports/2026-2027/2026-09-03.toml"),
        ];
        assert_eq!(paths.len(), Kind::PATTERNS.len());
        let files = paths.map(|(kind, path)| (path, example(kind).unwrap()));
        for (path, text) in &files {
            let laid_out = layout::lay_out_file(&std::sync::Arc::from(*path), text).unwrap();
            assert_eq!(laid_out, *text, "{path}");
        }
        let (texts, findings) = Texts::read(&Memory::new(files)).unwrap();
        assert!(findings.is_empty(), "{findings:?}");
        let (_, findings) = load(&texts);
        assert!(findings.is_empty(), "{findings:?}");
    }
}
