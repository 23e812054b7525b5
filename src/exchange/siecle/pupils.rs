//! `ElevesSansAdresses.xml` (BEE_ELEVES): pupils, their divisions, groups and subjects of choice.

use std::collections::BTreeMap;

use super::open::{Origin, parameter};
use super::value::{LIST, clean, date, push_new, truth};
use super::xml::{self, Attributes, Visitor, XmlError};
use crate::record::Sex;
use crate::text::Date;

/// The file, as it says.
#[derive(Clone, Debug, Default)]
pub struct PupilFile {
    /// The pupils, in the order of the file.
    pub pupils: Vec<Pupil>,
    /// Whether any pupil has a division or a group.
    pub has_structures: bool,
}

/// A pupil of SIECLE.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Pupil {
    /// `ELEVE_ID`, the number that never changes.
    pub eleve_id: String,
    /// `ID_NATIONAL`, else `INE_RNIE`, else `INE_BEA`.
    pub ine: Option<String>,
    /// `NOM_DE_FAMILLE`, else `NOM` (before 2016).
    pub nom: String,
    /// `NOM_USAGE`.
    pub nom_usage: Option<String>,
    /// `PRENOM`.
    pub prenom: String,
    /// `DATE_NAISS`.
    pub naissance: Option<Date>,
    /// `CODE_SEXE`.
    pub sexe: Option<Sex>,
    /// `CODE_MEF`, eleven characters.
    pub mef: Option<String>,
    /// `CODE_STATUT`: `ST`, `AP`, others.
    pub statut: Option<String>,
    /// `DATE_ENTREE`.
    pub entree: Option<Date>,
    /// `DATE_SORTIE`.
    pub sortie: Option<Date>,
    /// `DOUBLEMENT`.
    pub doublement: bool,
    /// The first structure of type `D`, if any; never the false division "Inactifs".
    pub division: Option<String>,
    /// The other divisions.
    pub others: Vec<String>,
    /// Structures of type `G`.
    pub groups: Vec<String>,
    /// The subjects of choice.
    pub options: Vec<ElectedSubject>,
    /// Whether the file has two lists of structures for the pupil; the first one counts.
    pub structures_twice: bool,
}

/// A subject of choice.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct ElectedSubject {
    /// `CODE_MATIERE`, the national code.
    pub matiere: String,
    /// `CODE_MODALITE_ELECT`: `S`, `O`, `F`.
    pub modalite: Option<String>,
}

/// The structures of one pupil.
#[derive(Default)]
struct Structures {
    divisions: Vec<String>,
    groups: Vec<String>,
    twice: bool,
}

#[derive(Default)]
struct Parser {
    origin: Origin,
    pupils: Vec<Pupil>,
    ines: [Option<String>; 3],
    old_name: Option<String>,
    structures: BTreeMap<String, Structures>,
    options: BTreeMap<String, Vec<ElectedSubject>>,
    /// The pupil whose options or structures are being read; nothing when they are to be ignored.
    whose: Option<String>,
    code: Option<String>,
    kind: Option<String>,
    option: ElectedSubject,
}

/// Reads the file.
pub(super) fn read(text: &str) -> Result<(Origin, PupilFile), XmlError> {
    let mut parser = Parser::default();
    xml::walk(text, &mut parser)?;
    let Parser { origin, mut pupils, mut structures, mut options, .. } = parser;
    let has_structures =
        structures.values().any(|one| !one.divisions.is_empty() || !one.groups.is_empty());
    for pupil in &mut pupils {
        pupil.options = options.remove(&pupil.eleve_id).unwrap_or_default();
        let Some(Structures { divisions, groups, twice }) = structures.remove(&pupil.eleve_id)
        else {
            continue;
        };
        let mut divisions = divisions.into_iter();
        pupil.division = divisions.next();
        pupil.others = divisions.collect();
        pupil.groups = groups;
        pupil.structures_twice = twice;
    }
    Ok((origin, PupilFile { pupils, has_structures }))
}

impl Visitor for Parser {
    fn open(&mut self, path: &[String], attributes: &Attributes) {
        let Some(name) = path.last() else { return };
        match name.as_str() {
            "ELEVE" => {
                let eleve_id = attributes.get("ELEVE_ID").unwrap_or_default();
                self.pupils.push(Pupil { eleve_id, ..Pupil::default() });
                self.ines = Default::default();
                self.old_name = None;
            }
            "OPTION" => self.whose = attributes.get("ELEVE_ID"),
            "OPTIONS_ELEVE" => self.option = ElectedSubject::default(),
            "STRUCTURES_ELEVE" => {
                self.whose = attributes.get("ELEVE_ID");
                let Some(id) = self.whose.clone() else { return };
                if let Some(known) = self.structures.get_mut(&id) {
                    known.twice = true;
                    self.whose = None;
                } else {
                    self.structures.insert(id, Structures::default());
                }
            }
            "STRUCTURE" => (self.code, self.kind) = (None, None),
            _ => {}
        }
    }

    fn close(&mut self, path: &[String], text: &str) {
        let mut names = path.iter().rev().map(String::as_str);
        let (Some(name), parent) = (names.next(), names.next().unwrap_or("")) else { return };
        match (parent, name) {
            ("PARAMETRES", name) if !text.is_empty() => parameter(&mut self.origin, name, text),
            ("ELEVE", name) => self.field(name, text),
            ("ELEVES", "ELEVE") => self.end_of_pupil(),
            ("OPTIONS_ELEVE", "CODE_MATIERE") => {
                self.option.matiere = clean(text).unwrap_or_default();
            }
            ("OPTIONS_ELEVE", "CODE_MODALITE_ELECT") => self.option.modalite = clean(text),
            ("OPTION", "OPTIONS_ELEVE") => {
                let option = std::mem::take(&mut self.option);
                if let Some(id) = self.whose.as_ref().filter(|_| !option.matiere.is_empty()) {
                    let options = self.options.entry(id.clone()).or_default();
                    let is_new = options.iter().all(|known| known.matiere != option.matiere);
                    if is_new && options.len() < LIST {
                        options.push(option);
                    }
                }
            }
            ("STRUCTURE", "CODE_STRUCTURE") => self.code = clean(text),
            ("STRUCTURE", "TYPE_STRUCTURE") => self.kind = clean(text),
            ("STRUCTURES_ELEVE", "STRUCTURE") => self.end_of_structure(),
            _ => {}
        }
    }
}

impl Parser {
    fn field(&mut self, name: &str, text: &str) {
        let Some(pupil) = self.pupils.last_mut() else { return };
        let value = clean(text);
        match name {
            "ID_NATIONAL" => self.ines[0] = value,
            "INE_RNIE" => self.ines[1] = value,
            "INE_BEA" => self.ines[2] = value,
            "NOM_DE_FAMILLE" => pupil.nom = value.unwrap_or_default(),
            "NOM" => self.old_name = value,
            "NOM_USAGE" => pupil.nom_usage = value,
            "PRENOM" => pupil.prenom = value.unwrap_or_default(),
            "DATE_NAISS" => pupil.naissance = date(text),
            "CODE_SEXE" => {
                pupil.sexe = match text {
                    "1" => Some(Sex::Male),
                    "2" => Some(Sex::Female),
                    _ => None,
                }
            }
            "CODE_MEF" => pupil.mef = value,
            "CODE_STATUT" => pupil.statut = value,
            "DATE_ENTREE" => pupil.entree = date(text),
            "DATE_SORTIE" => pupil.sortie = date(text),
            "DOUBLEMENT" => pupil.doublement = truth(text),
            _ => {}
        }
    }

    fn end_of_pupil(&mut self) {
        let Some(pupil) = self.pupils.last_mut() else { return };
        pupil.ine = std::mem::take(&mut self.ines).into_iter().flatten().next();
        if pupil.nom.is_empty() {
            pupil.nom =
                self.old_name.take().or_else(|| pupil.nom_usage.clone()).unwrap_or_default();
        }
        // A name in use that is the family name says nothing.
        if pupil.nom_usage.as_ref() == Some(&pupil.nom) {
            pupil.nom_usage = None;
        }
    }

    fn end_of_structure(&mut self) {
        let (Some(code), kind) = (self.code.take(), self.kind.take()) else { return };
        let Some(of) = self.whose.as_ref().and_then(|id| self.structures.get_mut(id)) else {
            return;
        };
        let list = match kind.as_deref() {
            Some("D") if code.eq_ignore_ascii_case("inactifs") => return,
            Some("D") => &mut of.divisions,
            Some("G") => &mut of.groups,
            _ => return,
        };
        push_new(list, code);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pupils(inside: &str) -> Vec<Pupil> {
        read(&format!("<BEE_ELEVES><DONNEES>{inside}</DONNEES></BEE_ELEVES>")).unwrap().1.pupils
    }

    #[test]
    fn fields_have_their_fallbacks() {
        let all = pupils(
            "<ELEVES><ELEVE ELEVE_ID='1'><NOM>'DUPONT'</NOM><NOM_USAGE>DUPONT</NOM_USAGE><PRENOM> Léa </PRENOM>\
             <INE_BEA>1200000010A</INE_BEA><INE_RNIE>120000001AA</INE_RNIE><ID_NATIONAL/>\
             <SCOLARITE_AN_DERNIER><CODE_MEF>24725519320</CODE_MEF></SCOLARITE_AN_DERNIER>\
             <INCONNU><NOM>X</NOM></INCONNU></ELEVE><ELEVE ELEVE_ID='2'/></ELEVES>",
        );
        assert_eq!((all[0].nom.as_str(), all[0].prenom.as_str()), ("DUPONT", "Léa"));
        assert_eq!((all[0].ine.as_deref(), &all[0].nom_usage), (Some("120000001AA"), &None));
        assert_eq!(all[0].mef, None, "the MEF of last year is not this year's");
        assert_eq!(all[1], Pupil { eleve_id: "2".into(), ..Pupil::default() });
    }

    #[test]
    fn structures_may_come_first_twice_or_not_at_all() {
        let structure = |code: &str, kind: &str| {
            format!(
                "<STRUCTURE><TYPE_STRUCTURE>{kind}</TYPE_STRUCTURE><CODE_STRUCTURE>{code}</CODE_STRUCTURE></STRUCTURE>"
            )
        };
        let of = |id: u8, inside: String| {
            format!("<STRUCTURES_ELEVE ELEVE_ID='{id}'>{inside}</STRUCTURES_ELEVE>")
        };
        let all = pupils(&format!(
            "<STRUCTURES>{}{}{}{}</STRUCTURES><ELEVES><ELEVE ELEVE_ID='1'/><ELEVE ELEVE_ID='2'/><ELEVE ELEVE_ID='3'/><ELEVE ELEVE_ID='4'/></ELEVES>",
            of(1, structure(" 3 A ", "D") + &structure("3B", "D") + &structure("G1", "G")),
            of(1, structure("3C", "D")),
            of(2, structure("Inactifs", "D")),
            of(3, structure("G1", "G")),
        ));
        assert_eq!(all[0].division.as_deref(), Some("3 A"));
        assert_eq!(
            (all[0].others.clone(), all[0].groups.clone()),
            (vec!["3B".into()], vec!["G1".into()])
        );
        assert!(all[0].structures_twice);
        assert_eq!((&all[1].division, &all[2].division, &all[3].division), (&None, &None, &None));
        assert_eq!(all[2].groups, ["G1"]);
    }
}
