//! The versions of the file that the national livret takes: a version is one file of code beside this one.

use std::collections::BTreeSet;
use std::io;

use super::dossier::Dossier;
use super::v1_0::V1_0;

/// Who sends.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Header {
    /// The publisher of the program (NAT-03).
    pub editor: String,
    /// The program.
    pub application: String,
    /// UAI of the school.
    pub uai: String,
}

impl Header {
    /// This program, for a school.
    pub fn of(uai: &str) -> Self {
        Self {
            editor: "jalon".to_owned(),
            application: concat!("jalon ", env!("CARGO_PKG_VERSION")).to_owned(),
            uai: uai.to_owned(),
        }
    }
}

/// A version of the file.
pub trait LslFormat: std::fmt::Debug + Sync {
    /// Its number: "1.0".
    fn version(&self) -> &'static str;

    /// Whether today's service takes it.
    fn is_accepted(&self) -> bool;

    /// What it has no place for, in words.
    fn leaves_out(&self) -> &'static [&'static str];

    /// What keeps a pupil out of the file, a sentence each; none when the pupil can be written.
    fn faults(&self, dossier: &Dossier) -> Vec<String>;

    /// The file. Pupils must be without fault, and there must be one.
    ///
    /// # Errors
    /// When memory cannot be written.
    fn write(&self, header: &Header, dossiers: &[Dossier]) -> io::Result<Vec<u8>>;

    /// The name of the file for a school year.
    fn file_name(&self, year: &str) -> String {
        let mark = if self.is_accepted() { "" } else { "-non-accepte" };
        format!("lsl-{}{mark}-{year}.xml", self.version())
    }
}

/// The versions, the last one first.
pub static FORMATS: &[&dyn LslFormat] = &[&V1_0];

/// The version of a number.
pub fn format(version: &str) -> Option<&'static dyn LslFormat> {
    FORMATS.iter().copied().find(|format| format.version() == version)
}

/// The numbers of pupils who are in a file twice: the second time would replace the first.
pub fn twice(dossiers: &[Dossier]) -> BTreeSet<u64> {
    let mut seen = BTreeSet::new();
    dossiers.iter().map(|one| one.eleve_id).filter(|id| !seen.insert(*id)).collect()
}
