//! `sts_emp_UAI_ANNÉE.xml` (STS_EDT): people, divisions, groups, who teaches what to whom.

use std::collections::{BTreeMap, BTreeSet};

use super::open::Origin;
use super::value::{LIST, clean, date, first_year, push_new};
use super::xml::{self, Attributes, Visitor, XmlError};
use crate::record::Civility;
use crate::text::{Date, SchoolYear};

/// The file, as it says.
#[derive(Clone, Debug, Default)]
pub struct StaffFile {
    /// The people, by key (`epp-41001`), in the order of the file.
    pub people: Vec<Person>,
    /// The divisions.
    pub divisions: Vec<Division>,
    /// The groups.
    pub groups: Vec<Group>,
    /// The subjects, by national code.
    pub subjects: BTreeMap<String, Subject>,
    /// The formations, by MEF code.
    pub mefs: BTreeMap<String, Mef>,
}

/// Somebody who works in the school.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Person {
    /// Type and number: `epp-41001`, `local-3506`.
    pub key: String,
    /// 1 M., 2 Mme, 3 Mlle; by `SEXE` where it is empty.
    pub civilite: Option<Civility>,
    /// `NOM_USAGE`, else `NOM_PATRONYMIQUE`.
    pub nom: String,
    /// `PRENOM`.
    pub prenom: String,
    /// `DATE_NAISSANCE`.
    pub naissance: Option<Date>,
    /// `ENS`, `EDU`, `DIR`, others; nothing for people that the school typed.
    pub fonction: Option<String>,
    /// The recruitment discipline.
    pub discipline: Option<String>,
    /// The divisions of which this person is, or was, form teacher.
    pub principal: Vec<FormTeacher>,
}

/// A time as form teacher.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FormTeacher {
    /// The division.
    pub division: String,
    /// First day.
    pub du: Option<Date>,
    /// Last day.
    pub au: Option<Date>,
}

/// A division.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Division {
    /// `CODE`, as written.
    pub code: String,
    /// The formations of its pupils.
    pub mefs: Vec<String>,
    /// What is taught in it.
    pub services: Vec<Service>,
}

/// A group.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Group {
    /// `CODE`, as written.
    pub code: String,
    /// `LIBELLE_LONG`, if any.
    pub libelle: Option<String>,
    /// The divisions that it draws from.
    pub divisions: Vec<String>,
    /// What is taught in it.
    pub services: Vec<Service>,
}

/// A subject taught to a division or a group.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Service {
    /// The national code of the subject.
    pub matiere: String,
    /// Who teaches it, by key.
    pub enseignants: Vec<String>,
}

/// A subject.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Subject {
    /// `LIBELLE_EDITION`, else `LIBELLE_LONG`, else `LIBELLE_COURT`, else `CODE_GESTION`.
    pub libelle: Option<String>,
}

/// A formation.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Mef {
    /// Its label.
    pub libelle: Option<String>,
}

#[derive(Default)]
struct Parser {
    origin: Origin,
    file: StaffFile,
    person: Person,
    names: [Option<String>; 2],
    sex: Option<Civility>,
    form: FormTeacher,
    division: Division,
    group: Group,
    service: Service,
    labels: [Option<String>; 4],
    code: Option<String>,
    seen: BTreeSet<String>,
}

/// Reads the file.
pub(super) fn read(text: &str) -> Result<(Origin, StaffFile), XmlError> {
    let mut parser = Parser::default();
    xml::walk(text, &mut parser)?;
    Ok((parser.origin, parser.file))
}

fn key(attributes: &Attributes, kind: &str) -> Option<String> {
    let kind = attributes.get("TYPE").unwrap_or_else(|| kind.to_owned());
    Some(format!("{}-{}", kind.to_lowercase(), attributes.get("ID")?))
}

impl Visitor for Parser {
    fn open(&mut self, path: &[String], attributes: &Attributes) {
        let mut names = path.iter().rev().map(String::as_str);
        let (Some(name), parent) = (names.next(), names.next().unwrap_or("")) else { return };
        match (parent, name) {
            ("PARAMETRES", "UAJ") => {
                self.origin.uai = attributes.get("CODE").map(|code| code.to_uppercase());
            }
            ("PARAMETRES", "ANNEE_SCOLAIRE") => {
                let year = attributes.get("ANNEE").and_then(|year| first_year(&year));
                self.origin.year = year.map(SchoolYear);
            }
            ("MATIERES", "MATIERE") | ("MEFS", "MEF") => {
                self.code = attributes.get("CODE");
                self.labels = Default::default();
            }
            ("INDIVIDUS", "INDIVIDU") | ("SUPPLEANTS", "SUPPLEANT") => {
                let of = if name == "SUPPLEANT" { "suppleant" } else { "epp" };
                let key = key(attributes, of).unwrap_or_default();
                self.person = Person { key, ..Person::default() };
                (self.names, self.sex) = Default::default();
            }
            ("PROFS_PRINC", "PROF_PRINC") => self.form = FormTeacher::default(),
            ("DIVISIONS", "DIVISION") => {
                let code = attributes.get("CODE").and_then(|code| clean(&code)).unwrap_or_default();
                self.division = Division { code, ..Division::default() };
            }
            // Both names were seen.
            ("MEFS_APPARTENANCE", "MEF_APPARTENANCE" | "MEF") => {
                if let Some(code) = attributes.get("CODE")
                    && path.iter().any(|name| name == "DIVISION")
                {
                    push_new(&mut self.division.mefs, code);
                }
            }
            ("GROUPES", "GROUPE") => {
                let code = attributes.get("CODE").and_then(|code| clean(&code)).unwrap_or_default();
                self.group = Group { code, ..Group::default() };
            }
            ("DIVISIONS_APPARTENANCE", "DIVISION_APPARTENANCE") => {
                if let Some(code) = attributes.get("CODE").and_then(|code| clean(&code)) {
                    push_new(&mut self.group.divisions, code);
                }
            }
            ("SERVICES", "SERVICE") => {
                let matiere = attributes.get("CODE_MATIERE").unwrap_or_default();
                self.service = Service { matiere, ..Service::default() };
            }
            ("ENSEIGNANTS", "ENSEIGNANT") => {
                if let Some(key) = key(attributes, "epp") {
                    push_new(&mut self.service.enseignants, key);
                }
            }
            _ => {}
        }
    }

    fn close(&mut self, path: &[String], text: &str) {
        let mut names = path.iter().rev().map(String::as_str);
        let (Some(name), parent) = (names.next(), names.next().unwrap_or("")) else { return };
        match (parent, name) {
            ("MATIERE" | "MEF", label) => {
                let rank = ["LIBELLE_EDITION", "LIBELLE_LONG", "LIBELLE_COURT", "CODE_GESTION"];
                if let Some(rank) = rank.iter().position(|known| *known == label) {
                    self.labels[rank] = clean(text);
                }
            }
            ("MATIERES", "MATIERE") => {
                let libelle = std::mem::take(&mut self.labels).into_iter().flatten().next();
                if let Some(code) = self.code.take() {
                    self.file.subjects.entry(code).or_insert(Subject { libelle });
                }
            }
            ("MEFS", "MEF") => {
                let libelle = std::mem::take(&mut self.labels).into_iter().flatten().next();
                if let Some(code) = self.code.take() {
                    self.file.mefs.entry(code).or_insert(Mef { libelle });
                }
            }
            ("INDIVIDU" | "SUPPLEANT", field) => self.person(field, text),
            ("INDIVIDUS", "INDIVIDU") | ("SUPPLEANTS", "SUPPLEANT") => self.end_of_person(),
            ("DISCIPLINE", "LIBELLE_COURT") if self.person.discipline.is_none() => {
                self.person.discipline = clean(text);
            }
            ("PROF_PRINC", "CODE_STRUCTURE") => {
                self.form.division = clean(text).unwrap_or_default();
            }
            ("PROF_PRINC", "DATE_DEBUT") => self.form.du = date(text),
            ("PROF_PRINC", "DATE_FIN") => self.form.au = date(text),
            ("PROFS_PRINC", "PROF_PRINC") => {
                let form = std::mem::take(&mut self.form);
                if !form.division.is_empty() {
                    self.person.principal.push(form);
                }
            }
            ("GROUPE", "LIBELLE_LONG") => self.group.libelle = clean(text),
            ("SERVICES", "SERVICE") => {
                let service = std::mem::take(&mut self.service);
                let services = if path.iter().any(|name| name == "GROUPE") {
                    &mut self.group.services
                } else {
                    &mut self.division.services
                };
                add(services, service);
            }
            ("DIVISIONS", "DIVISION") => {
                let division = std::mem::take(&mut self.division);
                if !division.code.is_empty() {
                    self.file.divisions.push(division);
                }
            }
            ("GROUPES", "GROUPE") => {
                let group = std::mem::take(&mut self.group);
                if !group.code.is_empty() {
                    self.file.groups.push(group);
                }
            }
            _ => {}
        }
    }
}

/// A subject that stands twice, with and without co-teaching, is one service with all its teachers.
fn add(services: &mut Vec<Service>, new: Service) {
    if new.matiere.is_empty() {
        return;
    }
    let known = services.iter().position(|known| known.matiere == new.matiere);
    match known {
        Some(place) => {
            for teacher in new.enseignants {
                push_new(&mut services[place].enseignants, teacher);
            }
        }
        None if services.len() < LIST => services.push(new),
        None => {}
    }
}

impl Parser {
    fn person(&mut self, field: &str, text: &str) {
        let person = &mut self.person;
        let value = clean(text);
        match field {
            "SEXE" => {
                self.sex = match text {
                    "1" => Some(Civility::Sir),
                    "2" => Some(Civility::Madam),
                    _ => None,
                }
            }
            "CIVILITE" => {
                person.civilite = match text.to_uppercase().trim_end_matches('.') {
                    "1" | "M" => Some(Civility::Sir),
                    "2" | "3" | "MME" | "MLLE" => Some(Civility::Madam),
                    _ => None,
                }
            }
            "NOM_USAGE" => self.names[0] = value,
            "NOM_PATRONYMIQUE" => self.names[1] = value,
            "PRENOM" => person.prenom = value.unwrap_or_default(),
            "DATE_NAISSANCE" => person.naissance = date(text),
            "FONCTION" => person.fonction = value.map(|value| value.to_uppercase()),
            _ => {}
        }
    }

    fn end_of_person(&mut self) {
        let mut person = std::mem::take(&mut self.person);
        person.nom =
            std::mem::take(&mut self.names).into_iter().flatten().next().unwrap_or_default();
        person.civilite = person.civilite.or(self.sex.take());
        if !person.key.is_empty() && self.seen.insert(person.key.clone()) {
            self.file.people.push(person);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn local_people_services_twice_and_both_names_of_mefs_are_read() {
        let (origin, file) = read(
            "<STS_EDT><PARAMETRES><UAJ CODE='9990001x'><COMMUNE>X</COMMUNE></UAJ><ANNEE_SCOLAIRE ANNEE='2025'/></PARAMETRES>\
             <DONNEES><STRUCTURE><DIVISIONS><DIVISION CODE='61'><LIBELLE_LONG/><MEFS_APPARTENANCE><MEF CODE='1'/><MEF_APPARTENANCE CODE='2'/></MEFS_APPARTENANCE>\
             <SERVICES><SERVICE CODE_MATIERE='020700'><ENSEIGNANTS><ENSEIGNANT ID='1' TYPE='epp'/></ENSEIGNANTS></SERVICE>\
             <SERVICE CODE_MATIERE='020700'><ENSEIGNANTS><ENSEIGNANT ID='1' TYPE='epp'/><ENSEIGNANT ID='2' TYPE='local'/></ENSEIGNANTS></SERVICE></SERVICES></DIVISION></DIVISIONS>\
             <GROUPES><GROUPE CODE='G'><DIVISIONS_APPARTENANCE><DIVISION_APPARTENANCE CODE='61'/></DIVISIONS_APPARTENANCE>\
             <SERVICES><SERVICE CODE_MATIERE='1'/></SERVICES></GROUPE></GROUPES></STRUCTURE>\
             <INDIVIDUS><INDIVIDU ID='2' TYPE='local'><SEXE/><CIVILITE>3</CIVILITE><NOM_USAGE>ZOLA</NOM_USAGE><NOM_PATRONYMIQUE/><PRENOM>INES</PRENOM></INDIVIDU></INDIVIDUS>\
             <SUPPLEANTS><SUPPLEANT ID='9'><NOM_PATRONYMIQUE>ROY</NOM_PATRONYMIQUE><SEXE>1</SEXE></SUPPLEANT></SUPPLEANTS></DONNEES></STS_EDT>",
        )
        .unwrap();
        assert_eq!(
            (origin.uai.as_deref(), origin.year),
            (Some("9990001X"), Some(SchoolYear(2025)))
        );
        let division = &file.divisions[0];
        assert_eq!(
            (division.code.as_str(), division.mefs.len(), division.services.len()),
            ("61", 2, 1)
        );
        assert_eq!(division.services[0].enseignants, ["epp-1", "local-2"]);
        assert_eq!(
            (file.groups[0].divisions.clone(), file.groups[0].services.len()),
            (vec!["61".into()], 1)
        );
        let [local, substitute] = &file.people[..] else { panic!("two people") };
        assert_eq!(
            (local.key.as_str(), local.nom.as_str(), local.civilite),
            ("local-2", "ZOLA", Some(Civility::Madam))
        );
        assert_eq!((substitute.key.as_str(), substitute.nom.as_str()), ("suppleant-9", "ROY"));
        assert_eq!(substitute.civilite, Some(Civility::Sir));
    }
}
