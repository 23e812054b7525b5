//! The values that options take, each refused in French.

use std::str::FromStr as _;

use crate::diagnostic::face::Format;
use crate::text::Date;

/// A version of the records, as Git names it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Version(pub String);

/// Reads `--at`.
///
/// # Errors
/// When it is a date: versions on a date come later.
pub fn version(text: &str) -> Result<Version, String> {
    if Date::from_str(text).is_ok() {
        return Err("une date n’est pas encore acceptée ici ; donnez le nom d’une version \
                    (branche, étiquette ou numéro)"
            .into());
    }
    if text.is_empty() {
        return Err("donnez le nom d’une version (branche, étiquette ou numéro)".into());
    }
    Ok(Version(text.to_owned()))
}

/// Reads a day.
///
/// # Errors
/// When it is no date.
pub fn day(text: &str) -> Result<Date, String> {
    Date::from_str(text).map_err(|_| "écrivez une date, par exemple 2026-11-06".into())
}

/// Reads a number of school years.
///
/// # Errors
/// When it is not from 1 to 3.
pub fn years(text: &str) -> Result<usize, String> {
    let years = text.parse().ok().filter(|years| (1..=3).contains(years));
    years.ok_or_else(|| "écrivez 1, 2 ou 3".into())
}

/// Reads `--format`.
///
/// # Errors
/// When there is no such format, or not yet.
pub fn format(text: &str) -> Result<Format, String> {
    match text {
        "terminal" => Ok(Format::Terminal),
        "short" => Ok(Format::Short),
        "json" => Ok(Format::Json),
        "gitlab" | "github" | "sarif" | "junit" => {
            Err("ce format n’existe pas encore ; choisissez terminal, short ou json".into())
        }
        _ => Err("choisissez terminal, short ou json".into()),
    }
}

/// Reads a whole number that may be nothing.
///
/// # Errors
/// When it is no such number.
pub fn whole(text: &str) -> Result<usize, String> {
    text.parse().map_err(|_| "écrivez un nombre entier, par exemple 50".into())
}

/// Reads a seed.
///
/// # Errors
/// When it is no such number.
pub fn seed(text: &str) -> Result<u64, String> {
    text.parse().map_err(|_| "écrivez un nombre entier, par exemple 1".into())
}

/// Reads a port.
///
/// # Errors
/// When there is no such port.
pub fn port(text: &str) -> Result<u16, String> {
    text.parse().map_err(|_| "écrivez un nombre de 0 à 65535, par exemple 8017".into())
}
