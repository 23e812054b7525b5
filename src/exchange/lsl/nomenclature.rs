//! The nomenclature of the livret, as the LSL team gives it (`lsl-nomenclatures.xml`): for a year and a MEF, the
//! subjects, how they are chosen, their competences. Read, never made up.

use std::collections::BTreeMap;

use encoding_rs::{ISO_8859_15, UTF_8};
use quick_xml::events::{BytesStart, Event};
use quick_xml::{Reader, XmlVersion};

/// How large the file may be: the one of 2016 has less than one megabyte.
const LARGEST: usize = 64 << 20;
/// How deep elements may stand in one another.
const DEEPEST: usize = 32;
/// How long a label or a code may be, in bytes.
const LONGEST: usize = 4_000;
/// How many subjects, competences of subjects and labels it may hold.
const MOST: usize = 1_000_000;
/// How many characters of a MEF are national: the eleventh is the school's own.
const NATIONAL: usize = 10;

/// What the file says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Nomenclature {
    /// The labels of a competence, by code, each with the year from which it holds.
    labels: BTreeMap<String, Vec<(i16, String)>>,
    /// The MEF of each year, by their national characters.
    years: BTreeMap<i16, BTreeMap<String, Vec<Subject>>>,
}

/// A subject of a MEF.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Subject {
    /// Its name in the livret.
    pub title: String,
    /// Its code, six digits.
    pub code: String,
    /// How it is chosen: O, F or S.
    pub modality: String,
    /// Whether it has marks by period.
    pub marked: bool,
    /// The codes of its competences, in order.
    pub competences: Vec<String>,
}

/// A file that is no nomenclature.
#[derive(Debug, thiserror::Error)]
pub enum NomenclatureError {
    /// Neither UTF-8 nor what it says.
    #[error("le fichier de nomenclature n’est ni en UTF-8 ni en ISO-8859-15")]
    Encoding,
    /// Not XML, or an element that is not closed.
    #[error("le fichier de nomenclature n’est pas un fichier XML entier")]
    Malformed,
    /// A document type, which could make the program read something else.
    #[error("le fichier de nomenclature contient une déclaration DOCTYPE : il n’est pas lu")]
    Doctype,
    /// Another document.
    #[error(
        "ce fichier n’est pas la nomenclature du livret : sa racine n’est pas nomenclaturesLsl"
    )]
    Root,
    /// More than a nomenclature holds.
    #[error("le fichier de nomenclature est trop grand")]
    TooLarge,
    /// Nothing in it.
    #[error("le fichier de nomenclature ne contient aucun MEF")]
    Empty,
}

impl Nomenclature {
    /// Reads the file.
    ///
    /// # Errors
    /// When it is no nomenclature, or one that holds too much.
    pub fn read(bytes: &[u8]) -> Result<Self, NomenclatureError> {
        if bytes.len() > LARGEST {
            return Err(NomenclatureError::TooLarge);
        }
        let text = decode(bytes).ok_or(NomenclatureError::Encoding)?;
        let mut reader = Reader::from_str(&text);
        reader.config_mut().check_end_names = true;
        let mut walk = Walk::default();
        loop {
            match reader.read_event().map_err(|_| NomenclatureError::Malformed)? {
                Event::Start(start) => walk.open(&start)?,
                Event::Empty(start) => {
                    walk.open(&start)?;
                    walk.close();
                }
                Event::End(_) => walk.close(),
                Event::Text(text) => walk.text(&text)?,
                Event::CData(text) => walk.text(&text)?,
                Event::GeneralRef(name) => {
                    let c = match name.resolve_char_ref() {
                        Ok(Some(c)) => c.to_string(),
                        _ => quick_xml::escape::resolve_predefined_entity(&name)
                            .ok_or(NomenclatureError::Malformed)?
                            .to_owned(),
                    };
                    walk.text(&c)?;
                }
                Event::DocType(_) => return Err(NomenclatureError::Doctype),
                Event::Eof => break,
                Event::Comment(_) | Event::Decl(_) | Event::PI(_) => {}
            }
        }
        if !walk.path.is_empty() {
            return Err(NomenclatureError::Malformed);
        }
        if !walk.begun {
            return Err(NomenclatureError::Root);
        }
        if walk.found.years.values().all(BTreeMap::is_empty) {
            return Err(NomenclatureError::Empty);
        }
        Ok(walk.found)
    }

    /// The subjects of a MEF in a school year (its first calendar year): those of the last year that the file has, up
    /// to that one. MEF are the same when their national characters are.
    pub fn subjects(&self, year: i16, mef: &str) -> Option<&[Subject]> {
        let (_, known) = self.years.range(..=year).next_back()?;
        known.get(national(mef)).map(Vec::as_slice)
    }

    /// The words of a competence in a school year: those of the last year up to that one, else the first ones.
    pub fn label(&self, code: &str, year: i16) -> Option<&str> {
        let labels = self.labels.get(code)?;
        let known = labels.iter().rev().find(|(from, _)| *from <= year).or(labels.first());
        known.map(|(_, label)| label.as_str())
    }
}

/// The national characters of a MEF.
pub fn national(mef: &str) -> &str {
    mef.char_indices().nth(NATIONAL).map_or(mef, |(end, _)| &mef[..end])
}

/// The text, by its declaration; without one, UTF-8 if it is, else ISO-8859-15.
fn decode(bytes: &[u8]) -> Option<String> {
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    let head = &bytes[..bytes.len().min(200)];
    let declared = String::from_utf8_lossy(head).to_ascii_lowercase();
    let declared = declared.split_once("?>").map_or("", |(declaration, _)| declaration);
    let text = match (UTF_8.decode_without_bom_handling_and_without_replacement(bytes), declared) {
        (Some(text), _) => text,
        // Said to be UTF-8, and is not.
        (None, declared) if declared.contains("utf-8") => return None,
        (None, _) => ISO_8859_15.decode_without_bom_handling(bytes).0,
    };
    Some(text.into_owned())
}

/// The place of the walk through the file.
#[derive(Default)]
struct Walk {
    found: Nomenclature,
    path: Vec<String>,
    begun: bool,
    count: usize,
    year: Option<i16>,
    mef: Option<String>,
    label: Option<(String, i16)>,
    words: String,
}

impl Walk {
    fn open(&mut self, start: &BytesStart<'_>) -> Result<(), NomenclatureError> {
        let name = start.local_name().as_ref().to_owned();
        if self.path.is_empty() {
            if self.begun || name != "nomenclaturesLsl" {
                return Err(NomenclatureError::Root);
            }
            self.begun = true;
        }
        if self.path.len() >= DEEPEST || name.len() > LONGEST {
            return Err(NomenclatureError::TooLarge);
        }
        let inside = |name: &str| self.path.last().is_some_and(|last| last == name);
        match name.as_str() {
            "anneeScolaire" if inside("nomenclaturesLsl") => {
                self.year = attribute(start, "millesime")?.and_then(|year| year.parse().ok());
                let year = self.year;
                self.found.years.extend(year.map(|year| (year, BTreeMap::new())));
            }
            "mef" if inside("anneeScolaire") => {
                self.mef = attribute(start, "codeMef")?.map(|code| national(&code).to_owned());
                if let (Some(year), Some(mef)) = (self.year, &self.mef) {
                    let known = self.found.years.entry(year).or_default();
                    known.entry(mef.clone()).or_default();
                }
            }
            "matiere" if inside("mef") => {
                let subject = Subject {
                    title: attribute(start, "discipline")?.unwrap_or_default(),
                    code: attribute(start, "codeBcn")?.unwrap_or_default(),
                    modality: attribute(start, "modaliteElection")?.unwrap_or_default(),
                    marked: attribute(start, "presenceEvaluationPeriodique")?
                        .is_none_or(|word| word != "false"),
                    competences: Vec::new(),
                };
                self.one_more()?;
                if let Some(subjects) = self.subjects() {
                    subjects.push(subject);
                }
            }
            "competence" => {
                self.words.clear();
                let code = attribute(start, "code")?;
                let year = attribute(start, "annee")?.and_then(|year| year.parse().ok());
                self.label = code.map(|code| (code, year.unwrap_or(0)));
            }
            _ => {}
        }
        self.path.push(name);
        Ok(())
    }

    fn close(&mut self) {
        let name = self.path.pop();
        match name.as_deref() {
            Some("anneeScolaire") => self.year = None,
            Some("mef") => self.mef = None,
            Some("competence") => self.competence(),
            _ => {}
        }
    }

    /// A competence of a subject names its code; one outside gives the label of its code.
    fn competence(&mut self) {
        let words = std::mem::take(&mut self.words);
        let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
        let named = self.label.take();
        let within = |name: &str| self.path.iter().any(|one| one == name);
        if within("matiere") {
            let code = named.map(|(code, _)| code).filter(|code| !code.is_empty()).unwrap_or(words);
            let subject = self.subjects().and_then(|subjects| subjects.last_mut());
            if let Some(subject) = subject.filter(|_| !code.is_empty())
                && !subject.competences.contains(&code)
            {
                subject.competences.push(code);
            }
        } else if let Some((code, year)) = named {
            let labels = self.found.labels.entry(code).or_default();
            labels.push((year, words));
            labels.sort_by_key(|(year, _)| *year);
        }
    }

    fn text(&mut self, text: &str) -> Result<(), NomenclatureError> {
        if self.path.last().is_some_and(|name| name == "competence") {
            if self.words.is_empty() {
                self.one_more()?;
            }
            self.words.push_str(text);
            if self.words.len() > LONGEST {
                return Err(NomenclatureError::TooLarge);
            }
        }
        Ok(())
    }

    fn one_more(&mut self) -> Result<(), NomenclatureError> {
        self.count += 1;
        if self.count > MOST { Err(NomenclatureError::TooLarge) } else { Ok(()) }
    }

    fn subjects(&mut self) -> Option<&mut Vec<Subject>> {
        let mef = self.mef.as_ref()?;
        self.found.years.get_mut(&self.year?)?.get_mut(mef)
    }
}

fn attribute(start: &BytesStart<'_>, name: &str) -> Result<Option<String>, NomenclatureError> {
    for attribute in start.attributes() {
        let attribute = attribute.map_err(|_| NomenclatureError::Malformed)?;
        if attribute.key.local_name().as_ref() == name {
            let value = attribute
                .normalized_value(XmlVersion::Implicit1_0)
                .map_err(|_| NomenclatureError::Malformed)?;
            if value.len() > LONGEST {
                return Err(NomenclatureError::TooLarge);
            }
            return Ok(Some(value.trim().to_owned()));
        }
    }
    Ok(None)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const FILE: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<nomenclaturesLsl>
  <competences>
    <competence code="9001" annee="2020">Assurer la veille &amp; l’écoute</competence>
    <competence code="9001" annee="2024">Assurer la veille commerciale</competence>
    <competence code="9002" annee="2020">Vendre</competence>
  </competences>
  <anneeScolaire millesime="2024">
    <mef codeMef="24731213321" niveau="Première" codeSerie="X" serie="Pro" specialite="MCV">
      <matiere regroupement="PRO" discipline="SPECIALITE DU BACCALAUREAT PROFESSIONNEL" codeBcn="299901" modaliteElection="S" presenceEvaluationPeriodique="true">
        <competences><competence>9001</competence><competence>9002</competence></competences>
      </matiere>
      <matiere regroupement="GEN" discipline="FRANCAIS" codeBcn="020700" modaliteElection="S" presenceEvaluationPeriodique="false"/>
    </mef>
  </anneeScolaire>
</nomenclaturesLsl>"#;

    #[test]
    fn subjects_of_a_mef_are_found_by_ten_characters_and_the_last_year() {
        let read = Nomenclature::read(FILE.as_bytes()).unwrap();
        let subjects = read.subjects(2026, "2473121332Z").unwrap();
        assert_eq!(subjects.len(), 2);
        assert_eq!(subjects[0].competences, ["9001", "9002"]);
        assert_eq!((subjects[0].code.as_str(), subjects[0].marked), ("299901", true));
        assert!(!subjects[1].marked);
        assert_eq!(read.subjects(2023, "24731213321"), None);
        assert_eq!(read.subjects(2026, "24731213331"), None);
        assert_eq!(read.subjects(2026, "é"), None);
        assert_eq!(read.label("9001", 2021), Some("Assurer la veille & l’écoute"));
        assert_eq!(read.label("9001", 2026), Some("Assurer la veille commerciale"));
        assert_eq!(read.label("9002", 2010), Some("Vendre"));
    }

    #[test]
    fn codes_may_be_attributes_and_the_file_in_latin_9() {
        let text = FILE
            .replace("UTF-8", "ISO-8859-15")
            .replace('’', "'")
            .replace("<competence>9001</competence>", "<competence code=\"9001\"/>");
        let bytes = ISO_8859_15.encode(&text).0.into_owned();
        let read = Nomenclature::read(&bytes).unwrap();
        assert_eq!(read.label("9001", 2021), Some("Assurer la veille & l'écoute"));
        assert_eq!(read.subjects(2024, "24731213321").unwrap()[0].competences, ["9001", "9002"]);
    }

    #[test]
    fn other_files_are_refused() {
        let refused = |text: &str| Nomenclature::read(text.as_bytes()).unwrap_err();
        assert!(matches!(refused("<lsl/>"), NomenclatureError::Root));
        assert!(matches!(refused(""), NomenclatureError::Root));
        assert!(matches!(refused("<nomenclaturesLsl/>"), NomenclatureError::Empty));
        assert!(matches!(refused("<nomenclaturesLsl>"), NomenclatureError::Malformed));
        let doctype = FILE.replace("<nomenclaturesLsl>", "<!DOCTYPE a><nomenclaturesLsl>");
        assert!(matches!(refused(&doctype), NomenclatureError::Doctype));
        let entity = FILE.replace("&amp;", "&secret;");
        assert!(matches!(refused(&entity), NomenclatureError::Malformed));
        let deep = format!("<nomenclaturesLsl>{}", "<a>".repeat(DEEPEST));
        assert!(matches!(refused(&deep), NomenclatureError::TooLarge));
        let long = FILE.replace("Vendre", &"x".repeat(LONGEST + 1));
        assert!(matches!(refused(&long), NomenclatureError::TooLarge));
        let bad = FILE.as_bytes().iter().map(|b| if *b > 127 { 0xFF } else { *b });
        let bad: Vec<u8> = bad.collect();
        assert!(matches!(Nomenclature::read(&bad), Err(NomenclatureError::Encoding)));
    }

    proptest! {
        #[test]
        fn any_bytes_are_read_or_refused(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
            let _ = Nomenclature::read(&bytes);
        }

        #[test]
        fn a_damaged_file_is_read_or_refused(
            cuts in proptest::collection::vec((0usize..FILE.len(), any::<u8>()), 1..8),
            end in 0usize..FILE.len(),
        ) {
            let mut bytes = FILE.as_bytes().to_vec();
            for (at, byte) in cuts {
                bytes[at] = byte;
            }
            let _ = Nomenclature::read(&bytes);
            let _ = Nomenclature::read(&bytes[..end]);
        }
    }
}
