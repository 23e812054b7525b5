//! The templates of `layouts/`, compiled once, with the filters that French pages need.

use minijinja::{AutoEscape, Environment, ErrorKind, State, UndefinedBehavior, Value};

use super::html::escape;
use super::markdown::markdown;
use crate::text;

/// Every template, embedded so that one program works alone; a test holds the list to the folder.
macro_rules! layouts {
    ($($name:literal),* $(,)?) => {
        &[$(($name, include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/layouts/", $name)))),*]
    };
}

static LAYOUTS: &[(&str, &str)] = layouts![
    "accessibility.html",
    "accessibility_parts.html",
    "alerts.html",
    "annex.html",
    "annexes.html",
    "apprentices.html",
    "attestation.html",
    "attestations.html",
    "base.html",
    "book.html",
    "booklet.html",
    "books.html",
    "calendar.html",
    "certification.html",
    "class.html",
    "classes.html",
    "commission.html",
    "compact.html",
    "console.html",
    "coverage.html",
    "dashboard.html",
    "delivery.html",
    "diploma.html",
    "evaluation.html",
    "evaluations.html",
    "facts.html",
    "families.html",
    "gallery.html",
    "grid.html",
    "home.html",
    "kickoff.html",
    "lists.html",
    "livret.html",
    "livret_copy.html",
    "livret_parts.html",
    "livret_screen.html",
    "lsl.html",
    "method.html",
    "no_review.html",
    "parts.html",
    "past.html",
    "period.html",
    "periods.html",
    "person.html",
    "portfolio.html",
    "portfolios.html",
    "prepare_attestation.html",
    "projects.html",
    "pupil.html",
    "pupil_documents.html",
    "pupil_register.html",
    "pupils.html",
    "recap.html",
    "received.html",
    "referential.html",
    "reminders.html",
    "register.html",
    "resources.html",
    "review.html",
    "reviews.html",
    "scenario.html",
    "scenarios.html",
    "search.html",
    "storage.html",
    "team.html",
    "transfers.html",
    "transversal.html",
];

/// A template that does not compile or render: a fault of the layouts, never of the records.
///
/// The message names the template and the line, and nothing that the page holds.
#[derive(Debug, thiserror::Error)]
#[error("gabarit {template}, ligne {line} : {kind}")]
pub struct TemplateError {
    template: String,
    line: usize,
    kind: ErrorKind,
}

impl From<minijinja::Error> for TemplateError {
    fn from(error: minijinja::Error) -> Self {
        Self {
            template: error.name().unwrap_or("?").to_owned(),
            line: error.line().unwrap_or(0),
            kind: error.kind(),
        }
    }
}

/// Compiles all templates.
///
/// # Errors
/// When one of them has a syntax error.
pub(super) fn environment() -> Result<Environment<'static>, TemplateError> {
    let mut environment = Environment::new();
    // Debug information would hold the variables of a page: pupils' data in a log.
    environment.set_debug(false);
    environment.set_undefined_behavior(UndefinedBehavior::Strict);
    environment.set_auto_escape_callback(|_| AutoEscape::Html);
    environment.set_formatter(|out, state, value| {
        if value.is_none() {
            return Ok(());
        }
        if matches!(value.kind(), minijinja::value::ValueKind::Bool) {
            return Err(ErrorKind::BadSerialization.into());
        }
        match value.as_str() {
            Some(text) if !value.is_safe() && *state.auto_escape() == AutoEscape::Html => {
                escape(out, text).map_err(minijinja::Error::from)
            }
            _ => minijinja::escape_formatter(out, state, value),
        }
    });
    environment.add_filter("markdown", |text: &str| Value::from_safe_string(markdown(text)));
    environment
        .add_filter("count", |number: usize, one: &str, many: &str| text::count(number, one, many));
    environment.add_filter("plural", |number: usize, one: &str, many: &str| {
        text::plural(number, one, many).to_owned()
    });
    environment.add_filter("and_list", |items: Vec<String>| text::and_list(&items));
    environment.add_filter("unverified", |source: &str| is_unverified(source));
    environment.add_function("level", |_: &State<'_, '_>, sign: &str| {
        Ok::<_, minijinja::Error>(super::widget::level_by_sign(sign))
    });
    for (name, source) in LAYOUTS {
        environment.add_template(name, source)?;
    }
    Ok(environment)
}

/// Whether a source says of itself that it is not official or was not verified.
pub fn is_unverified(source: &str) -> bool {
    let source = source.to_lowercase();
    [
        "non vérifi",
        "dédui",
        "déduct",
        "hypothèse",
        "reconstitué",
        "reconstruit",
        "à recouper",
        "à vérifier",
        "non officiel",
        "vraisemblablement",
    ]
    .iter()
    .any(|mark| source.contains(mark))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_layout_is_embedded_and_compiles() {
        let folder = std::fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/layouts")).unwrap();
        let files = folder.map(Result::unwrap).filter(|entry| entry.path().is_file());
        let there: BTreeSet<String> =
            files.map(|entry| entry.file_name().into_string().unwrap()).collect();
        let embedded: BTreeSet<String> =
            LAYOUTS.iter().map(|(name, _)| (*name).to_owned()).collect();
        assert_eq!(there, embedded);
        environment().unwrap();
    }
}
