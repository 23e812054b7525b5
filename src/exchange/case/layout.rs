//! A référentiel written as a file: keys in the order of their description, unknown ones left out.

use crate::record::{Field, Shape, TableShape, quote};

/// The text of a table below a heading (`a.b`; none for the whole file).
pub(super) fn written(table: &toml::Table, shape: &TableShape) -> String {
    let mut out = String::new();
    write_known(&mut out, "", table, shape);
    out
}

/// Leaves in a table what its description knows, by name and by form; tells whether something was left out.
pub(super) fn pruned(table: &mut toml::Table, shape: &TableShape) -> bool {
    let before = table.len();
    let mut inner = false;
    table.retain(|key, value| {
        let field = shape.fields.iter().find(|field| field.key == key);
        field.is_some_and(|field| fits(value, &(field.shape)(), &mut inner))
    });
    inner || table.len() < before
}

fn fits(value: &mut toml::Value, shape: &Shape, pruned_inside: &mut bool) -> bool {
    match (value, shape) {
        (toml::Value::String(text), Shape::Text | Shape::Prose | Shape::Id) => {
            !text.trim().is_empty()
        }
        (toml::Value::String(text), Shape::Choice(choices)) => {
            choices.iter().any(|(name, _)| name == text)
        }
        (toml::Value::Integer(number), Shape::Integer(low, high)) => {
            (*low..=*high).contains(number)
        }
        (toml::Value::Integer(number), Shape::Number(low, high)) => {
            (*low..=*high).contains(&(*number as f64))
        }
        (toml::Value::Float(number), Shape::Number(low, high)) => (*low..=*high).contains(number),
        (toml::Value::Boolean(_), Shape::Boolean) => true,
        (toml::Value::Array(items), Shape::List(inner)) => {
            let before = items.len();
            items.retain_mut(|item| fits(item, inner, pruned_inside));
            *pruned_inside |= items.len() < before;
            true
        }
        (toml::Value::Table(table), Shape::Map(inner)) => {
            let before = table.len();
            table.retain(|_, item| fits(item, inner, pruned_inside));
            *pruned_inside |= table.len() < before;
            true
        }
        (toml::Value::Table(table), Shape::Table(shape)) => {
            *pruned_inside |= pruned(table, shape);
            shape
                .fields
                .iter()
                .filter(|field| field.required)
                .all(|field| table.contains_key(field.key))
        }
        _ => false,
    }
}

fn write_known(out: &mut String, heading: &str, table: &toml::Table, shape: &TableShape) {
    let known = || shape.fields.iter().filter_map(|field| Some((field, table.get(field.key)?)));
    for (field, value) in known().filter(|(_, value)| !is_block(value)) {
        out.push_str(&format!("{} = {}\n", field.key, inline(value)));
    }
    for (field, value) in known().filter(|(_, value)| is_block(value)) {
        write_block(out, heading, field, value);
    }
}

fn write_block(out: &mut String, heading: &str, field: &Field, value: &toml::Value) {
    let heading = match heading {
        "" => field.key.to_owned(),
        heading => format!("{heading}.{}", field.key),
    };
    match (value, (field.shape)()) {
        (toml::Value::Table(table), Shape::Table(shape)) => {
            out.push_str(&format!("\n[{heading}]\n"));
            write_known(out, &heading, table, shape);
        }
        (toml::Value::Table(table), _) => {
            out.push_str(&format!("\n[{heading}]\n"));
            for (key, value) in table {
                out.push_str(&format!("{} = {}\n", bare_or_quoted(key), inline(value)));
            }
        }
        (toml::Value::Array(items), Shape::List(inner)) => {
            for table in items.iter().filter_map(toml::Value::as_table) {
                out.push_str(&format!("\n[[{heading}]]\n"));
                if let Shape::Table(shape) = &*inner {
                    write_known(out, &heading, table, shape);
                }
            }
        }
        _ => {}
    }
}

fn bare_or_quoted(key: &str) -> String {
    let bare = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
    if !key.is_empty() && key.chars().all(bare) { key.to_owned() } else { quote(key) }
}

/// Whether a value has a heading of its own.
fn is_block(value: &toml::Value) -> bool {
    match value {
        toml::Value::Table(_) => true,
        toml::Value::Array(items) => items.first().is_some_and(toml::Value::is_table),
        _ => false,
    }
}

fn inline(value: &toml::Value) -> String {
    match value {
        toml::Value::String(text) => quote(text),
        toml::Value::Array(items) => {
            let items: Vec<String> = items.iter().map(inline).collect();
            format!("[{}]", items.join(", "))
        }
        other => other.to_string(),
    }
}
