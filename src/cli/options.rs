//! The values that options take, each refused in French.

use std::path::PathBuf;
use std::str::FromStr as _;

use crate::diagnostic::face::Format;
use crate::text::{Date, SchoolYear, or_list};

/// A version of the records.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Version {
    /// As Git names it: a branch, a tag, a number.
    Revision(String),
    /// What the evening of that day knew.
    Day(Date),
}

/// Reads `--at`.
///
/// # Errors
/// When it is neither a date nor the name of a version.
pub fn version(text: &str) -> Result<Version, String> {
    if let Ok(day) = Date::from_str(text) {
        return Ok(Version::Day(day));
    }
    let parts: Vec<&str> = text.split(['-', '/']).collect();
    let is_date = |part: &&str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    // "12/11/2026", "2026-11-31": a date to everybody but us.
    if parts.len() == 3 && parts.iter().all(is_date) {
        return Err("écrivez une date qui existe, dans l’ordre année-mois-jour, par exemple \
                    2026-11-12"
            .into());
    }
    if text.is_empty() {
        return Err("donnez une date ou le nom d’une version (branche, étiquette ou numéro)".into());
    }
    Ok(Version::Revision(text.to_owned()))
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

/// One part of the documents among several that machines make side by side.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shard {
    /// Which part, from 1.
    pub index: u64,
    /// How many parts there are.
    pub of: u64,
}

impl Shard {
    /// Whether this part has the document of that address. It does not depend on what the document
    /// says, nor on the others.
    pub fn holds(self, address: &str) -> bool {
        let mut number = [0; 8];
        number.copy_from_slice(&blake3::hash(address.as_bytes()).as_bytes()[..8]);
        u64::from_le_bytes(number) % self.of == self.index - 1
    }
}

/// Reads `--shard`.
///
/// # Errors
/// When it is not a part of a whole, as 2/5.
pub fn shard(text: &str) -> Result<Shard, String> {
    let parts =
        text.split_once('/').and_then(|(index, of)| Some((index.parse().ok()?, of.parse().ok()?)));
    let shard = parts.map(|(index, of)| Shard { index, of });
    let shard = shard.filter(|shard| (1..=shard.of).contains(&shard.index));
    shard.ok_or_else(|| "écrivez une part et leur nombre, par exemple 2/5".into())
}

/// Which sites a build makes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sites {
    /// That of the staff.
    Staff,
    /// That of the families.
    Family,
    /// Both.
    All,
}

/// Reads `--site`.
///
/// # Errors
/// When there is no such site.
pub fn sites(text: &str) -> Result<Sites, String> {
    match text {
        "staff" => Ok(Sites::Staff),
        "family" => Ok(Sites::Family),
        "all" => Ok(Sites::All),
        _ => Err("choisissez staff (les équipes), family (les familles) ou all".into()),
    }
}

/// Reads `--format`.
///
/// # Errors
/// When there is no such format.
pub fn format(text: &str) -> Result<Format, String> {
    let known = Format::NAMED.iter().find(|(name, _)| *name == text);
    known.map(|(_, format)| *format).ok_or_else(|| {
        let names = Format::NAMED.map(|(name, _)| name);
        format!("choisissez {}", or_list(&names))
    })
}

/// A file to write beside what is shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Report {
    /// How it is written.
    pub format: Format,
    /// Where.
    pub file: PathBuf,
}

/// Reads `--report`.
///
/// # Errors
/// When it is no format and file, as `gitlab=rapport.json`.
pub fn report(text: &str) -> Result<Report, String> {
    let parts = text.split_once('=').filter(|(_, file)| !file.is_empty());
    let (name, file) =
        parts.ok_or("écrivez un format et un fichier, par exemple gitlab=rapport.json")?;
    Ok(Report { format: format(name)?, file: file.into() })
}

/// Reads a text that says something.
///
/// # Errors
/// When it is blank.
pub fn filled(text: &str) -> Result<String, String> {
    let text = text.trim();
    if text.is_empty() { Err("écrivez quelque chose".into()) } else { Ok(text.to_owned()) }
}

/// Reads `--forge`.
///
/// # Errors
/// When no such software is known.
pub fn forge(text: &str) -> Result<String, String> {
    let known = ["gitlab", "forgejo", "github"];
    if known.contains(&text) {
        Ok(text.to_owned())
    } else {
        Err(format!("choisissez {}", or_list(&known)))
    }
}

/// How an audit is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AuditFormat {
    /// For eyes.
    Terminal,
    /// For programs.
    Json,
}

/// Reads the `--format` of an audit.
///
/// # Errors
/// When there is no such format.
pub fn audit_format(text: &str) -> Result<AuditFormat, String> {
    match text {
        "terminal" => Ok(AuditFormat::Terminal),
        "json" => Ok(AuditFormat::Json),
        _ => Err("choisissez terminal ou json".into()),
    }
}

/// Reads a school year.
///
/// # Errors
/// When it is not two years that follow each other, as 2026-2027.
pub fn school_year(text: &str) -> Result<SchoolYear, String> {
    SchoolYear::from_str(text)
        .map_err(|_| "écrivez une année scolaire, par exemple 2026-2027".into())
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_version_is_a_day_or_a_name() {
        let day = Date::new(2026, 11, 12).unwrap();
        assert_eq!(version("2026-11-12"), Ok(Version::Day(day)));
        for name in ["main", "HEAD~2", "3f2a91c4e1", "2026", "v1-2-3", "rentree/2026"] {
            assert_eq!(version(name), Ok(Version::Revision(name.to_owned())));
        }
        for wrong in ["", "12/11/2026", "2026-11-31", "2026-1-2"] {
            assert!(version(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn a_shard_is_a_part_of_a_whole() {
        assert_eq!(shard("1/1"), Ok(Shard { index: 1, of: 1 }));
        assert_eq!(shard("2/5"), Ok(Shard { index: 2, of: 5 }));
        for wrong in ["", "0/3", "4/3", "1/0", "1", "a/b", "-1/2", "1/2/3", "1 / 2"] {
            assert!(shard(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn a_report_is_a_format_and_a_file() {
        let read = report("junit=out/a=b.xml").unwrap();
        assert_eq!(read, Report { format: Format::Junit, file: "out/a=b.xml".into() });
        for wrong in ["", "junit", "junit=", "=a.xml", "JUnit=a.xml", "xml=a.xml"] {
            assert!(report(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn each_document_is_in_one_shard() {
        let shards: Vec<Shard> = (1..=4).map(|index| Shard { index, of: 4 }).collect();
        let mut sizes = [0; 4];
        for number in 0..1000 {
            let address = format!("bilans/{number}.pdf");
            let held: Vec<usize> = (0..4).filter(|at| shards[*at].holds(&address)).collect();
            assert_eq!(held.len(), 1);
            sizes[held[0]] += 1;
        }
        assert!(sizes.iter().all(|size| (200..300).contains(size)), "{sizes:?}");
    }
}
