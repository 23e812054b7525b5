//! A JSON Schema for each kind of record, for editors that complete and underline as one types.

use serde_json::{Map, Value, json};

use super::shape::{Shape, TableShape};
use super::{
    Annex, Attestation, BookHeader, Calendar, Classes, Commission, Consultation, Delivery,
    Evaluation, FilledGrid, Import, Kind, Livret, Period, Portfolio, Referential, Review, Scenario,
    SchoolRecord, SentFolder, SentHistory, Staff, Student, Transfer,
};
use crate::text::quoted;

/// What an identifier is made of; some are paths of identifiers.
const ID: &str = "^[a-z0-9]+(-[a-z0-9]+)*(/[a-z0-9]+(-[a-z0-9]+)*)*$";

/// The names of the kinds, in the order of the reference page.
pub fn kinds() -> impl Iterator<Item = &'static str> {
    Kind::PATTERNS.iter().map(|(name, _)| *name)
}

/// The keys of a kind, by its name.
pub fn shape(kind: &str) -> Option<&'static TableShape> {
    Some(match kind {
        "school" => SchoolRecord::SHAPE,
        "staff" => Staff::SHAPE,
        "calendar" => Calendar::SHAPE,
        "classes" => Classes::SHAPE,
        "referential" => Referential::SHAPE,
        "scenario" => Scenario::SHAPE,
        "evaluation" => Evaluation::SHAPE,
        "student" => Student::SHAPE,
        "review" => Review::SHAPE,
        "annex" => Annex::SHAPE,
        "period" => Period::SHAPE,
        "portfolio" => Portfolio::SHAPE,
        "grid" => FilledGrid::SHAPE,
        "attestation" => Attestation::SHAPE,
        "livret" => Livret::SHAPE,
        "book" => BookHeader::SHAPE,
        "commission" => Commission::SHAPE,
        "consultation" => Consultation::SHAPE,
        "delivery" => Delivery::SHAPE,
        "transfer" => Transfer::SHAPE,
        "package" => SentFolder::SHAPE,
        "package-history" => SentHistory::SHAPE,
        "import" => Import::SHAPE,
        _ => return None,
    })
}

/// The schema of a kind (JSON Schema 2020-12), by its name.
///
/// Editors see a TOML date as a text of the format `date`.
pub fn schema(kind: &str) -> Option<Value> {
    let mut schema = table(shape(kind)?);
    schema["$schema"] = json!("https://json-schema.org/draft/2020-12/schema");
    schema["$id"] = json!(format!("urn:jalon:{kind}:1"));
    Some(schema)
}

fn table(shape: &TableShape) -> Value {
    let mut properties = Map::new();
    for field in shape.fields {
        let shape = (field.shape)();
        let mut property = value(&shape);
        property["description"] = json!(description(field.meaning, &shape));
        properties.insert(field.key.to_owned(), property);
    }
    let required: Vec<&str> =
        shape.fields.iter().filter(|field| field.required).map(|field| field.key).collect();
    json!({
        "type": "object",
        "title": shape.name,
        "properties": properties,
        "required": required,
        "additionalProperties": false,
    })
}

fn value(shape: &Shape) -> Value {
    match shape {
        Shape::Text => json!({ "type": "string", "pattern": "[^ ]" }),
        Shape::Prose => json!({ "type": "string" }),
        Shape::Id => json!({ "type": "string", "pattern": ID }),
        Shape::SchoolYear => json!({ "type": "string", "pattern": "^[0-9]{4}-[0-9]{4}$" }),
        Shape::Date => json!({ "type": "string", "format": "date" }),
        Shape::Boolean => json!({ "type": "boolean" }),
        Shape::Integer(low, high) => json!({ "type": "integer", "minimum": low, "maximum": high }),
        Shape::Number(low, high) => json!({ "type": "number", "minimum": low, "maximum": high }),
        Shape::Choice(options) => {
            let (names, meanings): (Vec<_>, Vec<_>) = options.iter().copied().unzip();
            json!({
                "type": "string",
                "enum": names,
                // Shown beside each proposal by Taplo and Even Better TOML.
                "x-taplo": { "docs": { "enumValues": meanings } },
            })
        }
        Shape::List(inner) => json!({ "type": "array", "items": value(inner) }),
        Shape::Map(inner) => json!({ "type": "object", "additionalProperties": value(inner) }),
        Shape::Table(shape) => table(shape),
    }
}

fn description(meaning: &str, shape: &Shape) -> String {
    match options(shape) {
        None => meaning.to_owned(),
        Some(options) => {
            let told: Vec<String> = options
                .iter()
                .map(|(name, meaning)| format!("{} : {meaning}", quoted(name)))
                .collect();
            format!("{meaning} ({})", told.join(" ; "))
        }
    }
}

/// The values among which to choose, in the value itself or in its parts.
fn options(shape: &Shape) -> Option<&'static [(&'static str, &'static str)]> {
    match shape {
        Shape::Choice(options) => Some(options),
        Shape::List(inner) | Shape::Map(inner) => options(inner),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::guide::example;

    fn json_of(value: toml::Value) -> Value {
        match value {
            toml::Value::Datetime(date) => json!(date.to_string()),
            toml::Value::Array(items) => items.into_iter().map(json_of).collect(),
            toml::Value::Table(table) => {
                table.into_iter().map(|(key, value)| (key, json_of(value))).collect()
            }
            toml::Value::String(text) => json!(text),
            toml::Value::Integer(number) => json!(number),
            toml::Value::Float(number) => json!(number),
            toml::Value::Boolean(yes) => json!(yes),
        }
    }

    fn errors(kind: &str, text: &str) -> Vec<String> {
        let schema = schema(kind).unwrap();
        let validator = jsonschema::options().should_validate_formats(true).build(&schema).unwrap();
        // The header of a page is its first part.
        let header = text.strip_prefix("+++\n").map(|text| text.split("\n+++\n").next().unwrap());
        let value = json_of(toml::Value::Table(header.unwrap_or(text).parse().unwrap()));
        validator.iter_errors(&value).map(|error| error.to_string()).collect()
    }

    fn is_valid(kind: &str, text: &str) -> bool {
        errors(kind, text).is_empty()
    }

    #[test]
    fn every_kind_has_a_schema_that_its_example_satisfies() {
        for kind in kinds() {
            let schema = schema(kind).unwrap();
            assert!(jsonschema::meta::is_valid(&schema), "{kind}");
            assert_eq!(errors(kind, example(kind).unwrap()), Vec::<String>::new(), "{kind}");
        }
    }

    #[test]
    fn what_the_reading_refuses_the_schema_refuses() {
        let sound = example("evaluation").unwrap();
        for (from, to) in [
            ("titre = ", "titer = "),
            ("date = 2026-11-06", "date = \"6 novembre\""),
            ("date = 2026-11-06", "date = 20261106"),
            ("\"NE\"", "\"ne\""),
            ("\"Int\"", "\"Intermédiaire\""),
            ("auteur = \"mercier-paul\"", "auteur = \"Mercier Paul\""),
            ("auteur = \"mercier-paul\"\n", ""),
            ("titre = \"Accueillir et conseiller un client\"", "titre = \" \""),
        ] {
            let wrong = sound.replacen(from, to, 1);
            assert_ne!(wrong, sound, "{from}");
            assert!(!is_valid("evaluation", &wrong), "{to}");
        }
        let review = example("review").unwrap();
        assert!(!is_valid("review", &review.replacen("13.5", "23.5", 1)));
        let school = example("school").unwrap();
        assert!(!is_valid("school", &school.replacen("\"2026-2027\"", "\"2026\"", 1)));
    }

    #[test]
    fn all_real_referentials_satisfy_theirs() {
        let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("content/referentials");
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            let text = std::fs::read_to_string(&path).unwrap();
            assert_eq!(errors("referential", &text), Vec::<String>::new(), "{}", path.display());
        }
    }

    #[test]
    fn descriptions_say_what_each_value_means() {
        let schema = schema("review").unwrap();
        let positions = schema["properties"]["positions"]["description"].as_str().unwrap();
        assert!(positions.contains("«\u{a0}NE\u{a0}» : non évaluée"), "{positions}");
    }
}
