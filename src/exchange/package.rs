//! A package: files between two schools, with a list that says what each must be.
//!
//! A ZIP archive whose first file, `paquet.toml`, names the format and its version, tells what the package is
//! about, and lists every other file with its size and SHA-256. A signature over `paquet.toml` is thus
//! one over everything.

use std::collections::BTreeMap;

use data_encoding::HEXLOWER;
use ring::digest::{SHA256, digest};
use serde::{Deserialize, Serialize};

use super::archive::{self, ArchiveError, Limits};

/// The list of a package.
pub const MANIFEST: &str = "paquet.toml";

/// A package, read whole or about to be written.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Package {
    /// What the package is about: the tables of `paquet.toml` besides the list.
    pub facts: toml::Table,
    /// The files, by name.
    pub files: BTreeMap<String, Vec<u8>>,
}

/// A package as it came.
#[derive(Clone, Debug)]
pub struct Opened {
    /// The package.
    pub package: Package,
    /// The bytes of its list, as a signature covers them.
    pub manifest: Vec<u8>,
    /// The files that are not in the list, by name.
    pub beside: BTreeMap<String, Vec<u8>>,
}

/// A package that is not taken.
#[derive(Debug, thiserror::Error)]
pub enum PackageError {
    /// The archive itself.
    #[error(transparent)]
    Archive(#[from] ArchiveError),
    /// No list, or one that cannot be read.
    #[error("le fichier n’est pas un paquet de jalon : {MANIFEST} y manque ou n’est pas lisible")]
    NoManifest,
    /// A package of something else.
    #[error("ce paquet est de la sorte « {found} », et non « {expected} »")]
    Format {
        /// What is taken here.
        expected: &'static str,
        /// What the package says.
        found: String,
    },
    /// A version that this program does not know.
    #[error(
        "ce paquet est de la version {0}, que ce programme ne connaît pas encore : mettez jalon à jour"
    )]
    Version(u32),
    /// A file that is not the one that was listed.
    #[error(
        "le fichier « {0} » du paquet n’est pas celui qui y a été mis : le paquet a été abîmé ou modifié"
    )]
    Altered(String),
    /// A listed file that is not there.
    #[error("le fichier « {0} » manque dans le paquet")]
    Missing(String),
    /// A file that nobody listed.
    #[error("le fichier « {0} » a été ajouté au paquet")]
    Added(String),
}

#[derive(Serialize, Deserialize)]
struct Manifest {
    format: String,
    version: u32,
    #[serde(flatten)]
    facts: toml::Table,
    #[serde(default)]
    fichiers: Vec<Listed>,
}

#[derive(Serialize, Deserialize)]
struct Listed {
    nom: String,
    taille: u64,
    sha256: String,
}

impl Package {
    /// The bytes of `paquet.toml`: what a signature covers.
    pub fn manifest(&self, format: &str, version: u32) -> String {
        let fichiers = self.files.iter().map(|(nom, bytes)| Listed {
            nom: nom.clone(),
            taille: bytes.len() as u64,
            sha256: sha256(bytes),
        });
        let manifest = Manifest {
            format: format.into(),
            version,
            facts: self.facts.clone(),
            fichiers: fichiers.collect(),
        };
        // A table of texts and numbers can always be written.
        toml::to_string(&manifest).unwrap_or_default()
    }

    /// The package as one file. `unlisted` are files that cannot be in the list: signatures of it.
    ///
    /// # Errors
    /// When it is too large for an archive.
    pub fn write(
        &self,
        format: &str,
        version: u32,
        unlisted: &[(&str, &[u8])],
    ) -> std::io::Result<Vec<u8>> {
        let manifest = self.manifest(format, version);
        let first = std::iter::once((MANIFEST, manifest.as_bytes()));
        let files = self.files.iter().map(|(name, bytes)| (name.as_str(), bytes.as_slice()));
        archive::write(first.chain(unlisted.iter().copied()).chain(files), &[])
    }

    /// Reads a package of a format, of one of the versions up to `newest`, and holds each file to the list.
    /// The files of `unlisted` need not be in the list, nor be there.
    ///
    /// # Errors
    /// When it is no such package, or not the one that was made.
    pub fn read(
        bytes: &[u8],
        (format, newest): (&'static str, u32),
        unlisted: &[&str],
        limits: Limits,
    ) -> Result<Opened, PackageError> {
        let mut files = archive::read(bytes, limits)?;
        let text = files.remove(MANIFEST).ok_or(PackageError::NoManifest)?;
        let manifest: Option<Manifest> =
            std::str::from_utf8(&text).ok().and_then(|text| toml::from_str(text).ok());
        let manifest = manifest.ok_or(PackageError::NoManifest)?;
        if manifest.format != format {
            return Err(PackageError::Format { expected: format, found: manifest.format });
        }
        if manifest.version == 0 || manifest.version > newest {
            return Err(PackageError::Version(manifest.version));
        }
        let beside = unlisted
            .iter()
            .filter_map(|name| files.remove_entry(*name))
            .collect::<BTreeMap<_, _>>();
        let mut listed = BTreeMap::new();
        for Listed { nom, taille, sha256: wanted } in manifest.fichiers {
            let Some(bytes) = files.remove(&nom) else { return Err(PackageError::Missing(nom)) };
            if bytes.len() as u64 != taille || sha256(&bytes) != wanted {
                return Err(PackageError::Altered(nom));
            }
            listed.insert(nom, bytes);
        }
        if let Some((name, _)) = files.pop_first() {
            return Err(PackageError::Added(name));
        }
        let package = Self { facts: manifest.facts, files: listed };
        Ok(Opened { package, manifest: text, beside })
    }
}

fn sha256(bytes: &[u8]) -> String {
    HEXLOWER.encode(digest(&SHA256, bytes).as_ref())
}

#[cfg(test)]
mod tests {
    use super::*;

    const LIMITS: Limits = Limits { files: 10, bytes: 10_000 };

    fn package() -> Package {
        let mut facts = toml::Table::new();
        facts.insert("diplome".into(), "mcv-a".into());
        let files = [("scenario.toml", "titre = \"A\"\n"), ("ressources/a.txt", "x")];
        let files = files.map(|(name, text)| (name.to_owned(), text.as_bytes().to_vec()));
        Package { facts, files: files.into() }
    }

    fn read(bytes: &[u8]) -> Result<Package, PackageError> {
        Package::read(bytes, ("jalon-essai", 1), &["paquet.sig"], LIMITS)
            .map(|opened| opened.package)
    }

    #[test]
    fn a_package_comes_back_as_it_was() {
        let bytes = package().write("jalon-essai", 1, &[("paquet.sig", b"signature")]).unwrap();
        let opened = Package::read(&bytes, ("jalon-essai", 1), &["paquet.sig"], LIMITS).unwrap();
        assert_eq!(opened.package, package());
        assert_eq!(opened.manifest, package().manifest("jalon-essai", 1).into_bytes());
        assert_eq!(opened.beside.get("paquet.sig").map(Vec::as_slice), Some(&b"signature"[..]));
    }

    #[test]
    fn another_format_or_a_later_version_is_refused() {
        let write = |format, version| package().write(format, version, &[]).unwrap();
        assert!(matches!(read(&write("autre", 1)), Err(PackageError::Format { .. })));
        assert!(matches!(read(&write("jalon-essai", 2)), Err(PackageError::Version(2))));
        assert!(matches!(read(b"PK\x03\x04"), Err(PackageError::Archive(_))));
    }

    #[test]
    fn a_file_that_was_changed_taken_away_or_added_is_told() {
        let manifest = package().manifest("jalon-essai", 1);
        let with = |files: &[(&str, &[u8])]| {
            let first = std::iter::once((MANIFEST, manifest.as_bytes()));
            archive::write(first.chain(files.iter().copied()), &[]).unwrap()
        };
        let whole: &[(&str, &[u8])] =
            &[("ressources/a.txt", b"x"), ("scenario.toml", b"titre = \"A\"\n")];
        assert!(read(&with(whole)).is_ok());
        let changed: &[(&str, &[u8])] = &[whole[0], ("scenario.toml", b"titre = \"B\"\n")];
        assert!(
            matches!(read(&with(changed)), Err(PackageError::Altered(name)) if name == "scenario.toml")
        );
        assert!(matches!(read(&with(&whole[..1])), Err(PackageError::Missing(_))));
        let added = [whole, &[("b.txt", &b""[..])]].concat();
        assert!(matches!(read(&with(&added)), Err(PackageError::Added(name)) if name == "b.txt"));
        let no_list = archive::write(whole.iter().copied(), &[]).unwrap();
        assert!(matches!(read(&no_list), Err(PackageError::NoManifest)));
    }
}
