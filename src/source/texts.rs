//! The texts of a school's records, read in parallel, with what cannot be read as text.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use rayon::prelude::*;

use super::picture::{Album, look_at};
use super::{Entry, Picture, Source, SourceError, Stamp};
use crate::diagnostic::{Code, Finding, Severity, Site};

/// Largest record that is read: a hundred times what the largest real one needs.
const LIMIT: u64 = 1024 * 1024;

const BINARY: &str = "ce fichier n’est pas un texte (image, archive ou document déposé par erreur)";

/// The rules of this file.
pub static CODES: &[&Code] = &[&UNREADABLE, &TOO_LARGE, &NOT_TEXT, &BYTE_ORDER_MARK, &LINE_ENDS];

static UNREADABLE: Code = Code {
    name: "FICHIER-ILLISIBLE",
    severity: Severity::Error,
    summary: "Chaque fichier peut être ouvert",
    explanation: "Un raccourci brisé, un dossier qui se contient lui-même ou un nom de fichier aux \
        caractères illisibles ne mène à aucun contenu. Supprimez-le, ou remplacez-le par le vrai fichier.",
    wrong: "students/2025/copie → students/2025   (un raccourci vers son propre dossier)",
    right: "(supprimer le raccourci)",
};

static TOO_LARGE: Code = Code {
    name: "FICHIER-TAILLE",
    severity: Severity::Error,
    summary: "Un fichier de données pèse moins d’un mégaoctet",
    explanation: "Une évaluation ou un bilan tient en quelques milliers de caractères. Un fichier \
        plus gros a été déposé par erreur (une photo, une archive) ou recopié plusieurs fois : \
        remplacez-le par le bon fichier.",
    wrong: "evaluations/2026-2027/1mcva1/accueil-client.toml   (100 Mo)",
    right: "evaluations/2026-2027/1mcva1/accueil-client.toml   (2 Ko)",
};

static NOT_TEXT: Code = Code {
    name: "FICHIER-TEXTE",
    severity: Severity::Error,
    summary: "Un fichier de données est un texte, enregistré en UTF-8",
    explanation: "Le fichier contient des octets qui ne sont pas du texte UTF-8. S’il vient d’un \
        traitement de texte ou d’un tableur, copiez-en le texte dans l’éditeur de la forge ; s’il a \
        été enregistré en « ANSI », « Windows-1252 » ou « Latin-1 », enregistrez-le à nouveau en choisissant UTF-8.",
    wrong: "prenom = \"L�a\"",
    right: "prenom = \"Léa\"",
};

static BYTE_ORDER_MARK: Code = Code {
    name: "FICHIER-MARQUE",
    severity: Severity::Warning,
    summary: "Un fichier commence par son premier caractère, sans marque invisible",
    explanation: "Certains éditeurs (le Bloc-notes, par exemple) ajoutent une marque invisible au \
        début du fichier. Elle ne gêne pas la lecture ici, mais trouble d’autres outils. \
        La commande `jalon fmt` l’enlève.",
    wrong: "(marque invisible)titre = \"…\"",
    right: "titre = \"…\"",
};

static LINE_ENDS: Code = Code {
    name: "FICHIER-LIGNES",
    severity: Severity::Warning,
    summary: "Les fins de ligne sont celles d’un texte simple",
    explanation: "Le fichier a les fins de ligne de Windows. La lecture se fait, mais chaque \
        modification paraîtrait changer tout le fichier. La commande `jalon fmt` les remet d’aplomb.",
    wrong: "titre = \"…\"␍␊",
    right: "titre = \"…\"␊",
};

/// Every record's text, by path, and what the photographs of books are.
#[derive(Clone, Debug, Default)]
pub struct Texts {
    texts: BTreeMap<Arc<str>, Arc<str>>,
    unreadable: Vec<Arc<str>>,
    others: Vec<Entry>,
    pictures: BTreeMap<Arc<str>, Picture>,
}

impl Texts {
    /// Reads all records of a source; other files are listed, and photographs looked at.
    ///
    /// # Errors
    /// When the source itself fails (a broken disk or repository).
    pub fn read(source: &dyn Source) -> Result<(Self, Vec<Finding>), SourceError> {
        let (mut texts, findings) = Self::read_each(source, |entry| read_text(source, entry))?;
        texts.pictures = look_at(source, &texts.others, &mut Album::default());
        Ok((texts, findings))
    }

    /// Does what [`Texts::read`] does, without reading again the files that an earlier reading
    /// left on the shelf and that surely did not change. The same text is then the same [`Arc`].
    ///
    /// # Errors
    /// When the source itself fails (a broken disk or repository).
    pub fn read_with(
        source: &dyn Source,
        shelf: &mut Shelf,
    ) -> Result<(Self, Vec<Finding>), SourceError> {
        let stamps = Mutex::new(BTreeMap::new());
        let (mut texts, findings) = Self::read_each(source, |entry| {
            let stamp = source.stamp(&entry.path);
            let kept = shelf.texts.get(entry.path.as_str());
            let read = match (kept, stamp) {
                (Some(kept), Some(now)) if kept.stamp.still_holds(&now) => kept.read.clone(),
                _ => read_text(source, entry)?.sharing(kept.map(|kept| &kept.read)),
            };
            if let (Some(_), Some(stamp)) = (&read.text, stamp) {
                let kept = Kept { stamp, read: read.clone() };
                let mut stamps = stamps.lock().unwrap_or_else(PoisonError::into_inner);
                stamps.insert(Arc::clone(&read.path), kept);
            }
            Ok(read)
        })?;
        shelf.texts = stamps.into_inner().unwrap_or_else(PoisonError::into_inner);
        texts.pictures = look_at(source, &texts.others, &mut shelf.album);
        Ok((texts, findings))
    }

    fn read_each(
        source: &dyn Source,
        read: impl Fn(&Entry) -> Result<ReadText, SourceError> + Send + Sync,
    ) -> Result<(Self, Vec<Finding>), SourceError> {
        let listing = source.list()?;
        let mut findings = Vec::new();
        for (path, reason) in &listing.unusable {
            let site = Site::file(&Arc::from(path.as_str()));
            let message = format!("« {path} » ne peut pas être lu : {reason}");
            findings.push(
                Finding::new(&UNREADABLE, site, message)
                    .help("supprimez-le ou remplacez-le par le vrai fichier"),
            );
        }
        let (records, others): (Vec<_>, Vec<_>) =
            listing.entries.into_iter().partition(|entry| is_record(&entry.path));
        let read: Vec<_> = records.par_iter().map(read).collect();
        let mut texts = BTreeMap::new();
        let mut unreadable: Vec<Arc<str>> =
            listing.unusable.iter().map(|(path, _)| Arc::from(path.as_str())).collect();
        for outcome in read {
            let ReadText { path, text, findings: mut found } = outcome?;
            match text {
                Some(text) => drop(texts.insert(path, text)),
                None => unreadable.push(path),
            }
            findings.append(&mut found);
        }
        let pictures = BTreeMap::new();
        Ok((Self { texts, unreadable, others, pictures }, findings))
    }

    /// The text of a file, if it could be read.
    pub fn get(&self, path: &str) -> Option<&Arc<str>> {
        self.texts.get(path)
    }

    /// All records, in byte order of their paths.
    pub fn iter(&self) -> impl Iterator<Item = (&Arc<str>, &Arc<str>)> {
        self.texts.iter()
    }

    /// The records that exist but could not be read as texts.
    pub fn unreadable(&self) -> &[Arc<str>] {
        &self.unreadable
    }

    /// All files that are not records (resources of scenarios, photographs), in order.
    pub fn others(&self) -> &[Entry] {
        &self.others
    }

    /// What the files beside the pages of books, and beside `school.toml`, are.
    pub fn pictures(&self) -> &BTreeMap<Arc<str>, Picture> {
        &self.pictures
    }

    /// How many records there are.
    pub fn len(&self) -> usize {
        self.texts.len()
    }

    /// Whether there is no record at all.
    pub fn is_empty(&self) -> bool {
        self.texts.is_empty()
    }
}

/// Records are `.toml` files, and the pages of books (`students/2025/dupont-lea/book/vitrine.md`), those that
/// another school sent as well.
pub fn is_record(path: &str) -> bool {
    let ends = |end: &str| {
        path.len() > end.len()
            && path.as_bytes()[path.len() - end.len()..].eq_ignore_ascii_case(end.as_bytes())
    };
    let in_book = || {
        let parts: Vec<&str> = path.split('/').collect();
        matches!(
            parts[..],
            ["students", _, _, "book", _] | ["students", _, _, "received", _, "book", _]
        )
    };
    ends(".toml") || ends(".md") && in_book()
}

/// What the reading of one file gave.
#[derive(Clone, Debug)]
struct ReadText {
    path: Arc<str>,
    text: Option<Arc<str>>,
    findings: Vec<Finding>,
}

impl ReadText {
    /// This reading, with the text of an earlier one when it is the same.
    fn sharing(mut self, earlier: Option<&Self>) -> Self {
        if let Some(earlier) = earlier
            && self.text == earlier.text
        {
            self.text.clone_from(&earlier.text);
        }
        self
    }
}

/// The texts and photographs of an earlier reading, each with the stamp its file had.
#[derive(Debug, Default)]
pub struct Shelf {
    texts: BTreeMap<Arc<str>, Kept>,
    album: Album,
}

#[derive(Debug)]
struct Kept {
    stamp: Stamp,
    read: ReadText,
}

fn read_text(source: &dyn Source, entry: &Entry) -> Result<ReadText, SourceError> {
    let path: Arc<str> = Arc::from(entry.path.as_str());
    let fail = |code, message: String, help: &str| {
        let finding = Finding::new(code, Site::file(&path), message).help(help);
        ReadText { path: Arc::clone(&path), text: None, findings: vec![finding] }
    };
    if entry.size > LIMIT {
        let message = format!(
            "ce fichier pèse {} Mo : ce n’est pas un fichier de données",
            entry.size.div_ceil(LIMIT)
        );
        return Ok(fail(&TOO_LARGE, message, "remplacez-le par le bon fichier, ou supprimez-le"));
    }
    let bytes = match source.read(&entry.path) {
        Ok(bytes) => bytes,
        Err(SourceError::Read { cause, .. }) => {
            let message = format!("« {} » ne peut pas être lu ({})", entry.path, cause.kind());
            return Ok(fail(
                &UNREADABLE,
                message,
                "vérifiez que le fichier existe et peut être ouvert",
            ));
        }
        Err(error) => return Err(error),
    };
    let text = match String::from_utf8(bytes) {
        Ok(text) if !text.contains('\0') => text,
        Ok(_) => {
            return Ok(fail(&NOT_TEXT, BINARY.to_owned(), "remplacez-le par le bon fichier"));
        }
        Err(error) => {
            let at = error.utf8_error().valid_up_to();
            let bytes = error.into_bytes();
            let line = bytes[..at].iter().filter(|b| **b == b'\n').count() + 1;
            if bytes.contains(&0) {
                return Ok(fail(&NOT_TEXT, BINARY.to_owned(), "remplacez-le par le bon fichier"));
            }
            let message = format!(
                "ce fichier n’est pas enregistré en UTF-8 : le premier caractère illisible est à la ligne {line}"
            );
            return Ok(fail(
                &NOT_TEXT,
                message,
                "enregistrez-le à nouveau en choisissant l’encodage UTF-8",
            ));
        }
    };
    let mut findings = Vec::new();
    if text.starts_with('\u{feff}') {
        let message = "une marque invisible précède le premier caractère";
        findings.push(
            Finding::new(&BYTE_ORDER_MARK, Site::bytes(&path, 0..3), message)
                .help("lancez `jalon fmt`")
                .replace_with(""),
        );
    }
    if let Some(at) = text.find("\r\n") {
        let message = "ce fichier a des fins de ligne de Windows";
        findings.push(
            Finding::new(&LINE_ENDS, Site::bytes(&path, at..at), message)
                .help("lancez `jalon fmt`"),
        );
    }
    Ok(ReadText { path, text: Some(Arc::from(text)), findings })
}
