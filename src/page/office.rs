//! The files that a scenario's page offers: for LibreOffice, for Word, for another school.

use super::{Site, address, link};
use crate::school::{Ix, Scenario};

/// A file that is made from a scenario.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum OfficeFile {
    /// A text for LibreOffice (SCE-08).
    Odt,
    /// A text for Word (SCE-08).
    Docx,
    /// A package for another school (SCE-09).
    Package,
}

impl OfficeFile {
    /// All of them, in the order in which a page offers them.
    pub const ALL: [Self; 3] = [Self::Odt, Self::Docx, Self::Package];

    fn label(self) -> &'static str {
        match self {
            Self::Odt => "Ouvrir dans LibreOffice (ODT)",
            Self::Docx => "Ouvrir dans Word (DOCX)",
            Self::Package => "Donner à un autre établissement (paquet)",
        }
    }

    fn end(self) -> &'static str {
        match self {
            Self::Odt => "odt",
            Self::Docx => "docx",
            Self::Package => "zip",
        }
    }
}

/// Where a file made from a scenario stands: beside its page.
pub fn office_address(site: &Site<'_>, ix: Ix<Scenario>, file: OfficeFile) -> String {
    let page = address(site, super::Subject::Scenario(ix));
    let folder = page.trim_end_matches("index.html");
    format!("{folder}{}.{}", site.school.scenarios[ix].slug, file.end())
}

/// The scenarios that have files to offer: those that have a page, so no private one (SCE-15).
pub fn office_scenarios<'s>(site: &'s Site<'_>) -> impl Iterator<Item = Ix<Scenario>> + 's {
    let shared = site
        .school
        .scenarios
        .iter()
        .filter(|(_, scenario)| !scenario.record.prive && site.has_pages(scenario.diploma));
    shared.map(|(ix, _)| ix)
}

/// The files that the site really has for a scenario: words and way to each.
pub fn office_links(site: &Site<'_>, ix: Ix<Scenario>, at: &str) -> Vec<(String, String)> {
    let files = OfficeFile::ALL.map(|file| (file, office_address(site, ix, file)));
    files
        .into_iter()
        .filter(|(_, address)| site.office.contains(address))
        .map(|(file, address)| (file.label().to_owned(), link(at, &address)))
        .collect()
}
