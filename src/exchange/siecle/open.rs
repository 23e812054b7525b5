//! A file as it was given: XML or ZIP, whatever its name; what it is follows from its root element.

use ring::digest::{SHA256, digest};

use super::guardians::GuardianFile;
use super::pupils::PupilFile;
use super::staff::StaffFile;
use super::value::first_year;
use super::xml::{self, XmlError};
use super::{decode, guardians, pupils, staff};
use crate::exchange::archive::{self, ArchiveError, Limits};
use crate::text::{Date, SchoolYear, quoted};

/// Bytes of a file, packed or not: ten times that of the largest school.
pub const LARGEST: u64 = 100_000_000;
const LIMITS: Limits = Limits { files: 50, bytes: LARGEST };

/// A file of SIECLE or of STS, read.
#[derive(Clone, Debug)]
pub struct SourceFile {
    /// The name under which it was given, without folders.
    pub name: String,
    /// SHA-256 of its bytes, in hexadecimal.
    pub digest: String,
    /// Where and when it was exported.
    pub origin: Origin,
    /// Whether it is in UTF-8 although it says otherwise: somebody saved it again.
    pub mislabelled: bool,
    /// What it holds.
    pub kind: SourceKind,
}

/// Where and when a file was exported.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Origin {
    /// The school, by its UAI.
    pub uai: Option<String>,
    /// The school year.
    pub year: Option<SchoolYear>,
    /// The day of the export; STS does not say it.
    pub exported: Option<Date>,
    /// The moment of the export, as it is written: dd/mm/yyyy HH:MM:SS.
    pub stamp: Option<String>,
}

/// What a file holds.
#[derive(Clone, Debug)]
pub enum SourceKind {
    /// `ElevesSansAdresses.xml`, `ElevesAvecAdresses.xml`.
    Pupils(PupilFile),
    /// `ResponsablesAvecAdresses.xml`.
    Guardians(GuardianFile),
    /// `sts_emp_UAI_ANNÉE.xml`.
    Staff(StaffFile),
}

impl SourceKind {
    /// The kind in French, with its article.
    pub fn label(&self) -> &'static str {
        match self {
            Self::Pupils(_) => "les élèves (ElevesSansAdresses)",
            Self::Guardians(_) => "les responsables (ResponsablesAvecAdresses)",
            Self::Staff(_) => "l’équipe et les classes (sts_emp)",
        }
    }
}

/// A file that is not taken.
#[derive(Debug, thiserror::Error)]
pub enum FileError {
    /// A ZIP archive that is not read.
    #[error(transparent)]
    Archive(#[from] ArchiveError),
    /// An archive without any XML file, or with several.
    #[error("l’archive contient {0} fichiers .xml : il en faut un seul")]
    Entries(usize),
    /// More bytes than an export can have.
    #[error("le fichier dépasse {} Mo", LARGEST / 1_000_000)]
    TooLarge,
    /// Characters that cannot be read.
    #[error("les caractères du fichier ne sont pas ceux qu’il annonce : exportez-le de nouveau")]
    Encoding,
    /// No sound XML.
    #[error(transparent)]
    Xml(#[from] XmlError),
    /// The file that goes back from the timetable to STS.
    #[error(
        "c’est le fichier que le logiciel d’emploi du temps renvoie à STS (emp_sts, racine EDT_STS) : il faut celui \
         que STS-WEB exporte vers l’emploi du temps, sts_emp_UAI_ANNÉE.xml"
    )]
    ReturnFile,
    /// Another file.
    #[error(
        "sa racine {} n’est pas celle d’un fichier attendu : il faut ElevesSansAdresses.xml, \
         ResponsablesAvecAdresses.xml (SIECLE) ou sts_emp_UAI_ANNÉE.xml (STS-WEB)",
        quoted(.0)
    )]
    Root(String),
}

/// What the name of a file says, when it is `sts_emp_UAI_ANNÉE`, whatever a browser added to it (IMP-11).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Named {
    /// The school.
    pub uai: String,
    /// The school year.
    pub year: SchoolYear,
}

/// Reads what the name of a file says of the school and of the year.
pub fn named(name: &str) -> Option<Named> {
    let name = name.rsplit(['/', '\\']).next()?.to_uppercase();
    let rest = name.strip_prefix("STS_EMP_")?;
    let (uai, rest) = rest.split_once('_')?;
    let digits = uai.len() == 8
        && uai.bytes().take(7).all(|b| b.is_ascii_digit())
        && uai.bytes().all(|b| b.is_ascii_alphanumeric());
    let ends = rest.as_bytes().get(4).is_none_or(|b| !b.is_ascii_digit());
    let year = first_year(rest.get(..4)?).filter(|_| ends && digits)?;
    Some(Named { uai: uai.to_owned(), year: SchoolYear(year) })
}

/// Reads a file, XML or ZIP.
///
/// # Errors
/// When it is none of the three files, damaged, or larger than a school.
pub fn open(name: &str, bytes: &[u8]) -> Result<SourceFile, FileError> {
    let unpacked;
    let xml = if archive::is_archive(bytes) {
        unpacked = only_xml(bytes)?;
        &unpacked
    } else {
        bytes
    };
    if xml.len() as u64 > LARGEST {
        return Err(FileError::TooLarge);
    }
    let decoded = decode::decode(xml).ok_or(FileError::Encoding)?;
    let text = decoded.text.as_str();
    let root = xml::root(text)?;
    let (origin, kind) = match root.as_str() {
        "BEE_ELEVES" | "BEE_EPHC_ELEVES" => {
            let (origin, file) = pupils::read(text)?;
            (origin, SourceKind::Pupils(file))
        }
        "BEE_RESPONSABLES" => {
            let (origin, file) = guardians::read(text)?;
            (origin, SourceKind::Guardians(file))
        }
        "STS_EDT" => {
            let (origin, file) = staff::read(text)?;
            (origin, SourceKind::Staff(file))
        }
        "EDT_STS" => return Err(FileError::ReturnFile),
        other => return Err(FileError::Root(other.chars().take(40).collect())),
    };
    let name = name.rsplit(['/', '\\']).next().unwrap_or(name).to_owned();
    let digest = data_encoding::HEXLOWER.encode(digest(&SHA256, bytes).as_ref());
    Ok(SourceFile { name, digest, origin, mislabelled: decoded.mislabelled, kind })
}

/// The one XML file of an archive, at its top or in a folder.
fn only_xml(bytes: &[u8]) -> Result<Vec<u8>, FileError> {
    let files = archive::read(bytes, LIMITS)?;
    let is_xml = |name: &str| name.to_lowercase().ends_with(".xml");
    let mut found: Vec<Vec<u8>> =
        files.into_iter().filter(|(name, _)| is_xml(name)).map(|(_, bytes)| bytes).collect();
    match found.len() {
        1 => Ok(found.remove(0)),
        others => Err(FileError::Entries(others)),
    }
}

/// Notes a value of `PARAMETRES` of a SIECLE file.
pub(super) fn parameter(origin: &mut Origin, name: &str, text: &str) {
    match name {
        "UAJ" => origin.uai = Some(text.to_uppercase()),
        "ANNEE_SCOLAIRE" => origin.year = first_year(text).map(SchoolYear),
        "DATE_EXPORT" => origin.exported = super::value::date(text),
        "HORODATAGE" => origin.stamp = Some(text.to_owned()),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_say_the_school_and_the_year() {
        let known = Some(Named { uai: "0549999A".into(), year: SchoolYear(2026) });
        for name in [
            "sts_emp_0549999A_2026.xml",
            "STS_EMP_0549999a_2026 (1).zip",
            "/home/x/sts_emp_0549999A_2026.xml",
            "C:\\Users\\x\\sts_emp_0549999A_2026-copie.xml",
        ] {
            assert_eq!(named(name), known, "{name}");
        }
        for name in [
            "sts_emp.xml",
            "sts_emp_054_2026.xml",
            "ElevesSansAdresses.xml",
            "sts_emp_0549999A_20266.xml",
        ] {
            assert_eq!(named(name), None, "{name}");
        }
    }

    #[test]
    fn the_only_xml_of_an_archive_is_taken_wherever_it_stands() {
        let xml: &[u8] = b"<STS_EDT/>";
        let pack = |files: &[(&str, &[u8])]| archive::write(files.iter().copied(), &[]).unwrap();
        let nested =
            pack(&[("dossier/a.XML", xml), ("__MACOSX/._a.xml", b"x"), ("lisez.txt", b"x")]);
        assert!(matches!(open("a.zip", &nested).unwrap().kind, SourceKind::Staff(_)));
        let two = pack(&[("a.xml", xml), ("b.xml", xml)]);
        assert!(matches!(open("a.zip", &two), Err(FileError::Entries(2))));
        assert!(matches!(open("a.zip", &pack(&[("a.txt", xml)])), Err(FileError::Entries(0))));
    }

    #[test]
    fn other_files_are_refused_with_what_is_wanted() {
        assert!(matches!(open("x.xml", b"<EDT_STS/>"), Err(FileError::ReturnFile)));
        let other = open("x.xml", b"<html><body/></html>").unwrap_err().to_string();
        assert!(other.contains(&quoted("html")) && other.contains("ElevesSansAdresses"), "{other}");
        assert!(matches!(open("x.xml", b"nom;prenom\n"), Err(FileError::Xml(_))));
        assert!(matches!(open("x.xml", b""), Err(FileError::Xml(_))));
    }
}
