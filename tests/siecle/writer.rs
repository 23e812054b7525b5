//! Writes the files of SIECLE and STS of an invented school, as the two programs do.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use jalon::record::{GuardianLink, Sex, Status};
use jalon::school::School;
use jalon::text::{Date, SchoolYear, short_date};

/// What an office has typed in SIECLE and STS.
#[derive(Clone, Debug)]
pub struct World {
    pub uai: String,
    pub year: SchoolYear,
    pub exported: Date,
    pub pupils: Vec<Pupil>,
    pub teachers: Vec<Teacher>,
    pub divisions: BTreeMap<String, Division>,
    /// Group, its divisions.
    pub groups: BTreeMap<String, Vec<String>>,
}

#[derive(Clone, Debug)]
pub struct Pupil {
    pub eleve_id: u64,
    pub ine: Option<String>,
    pub nom: String,
    pub prenom: String,
    pub naissance: Date,
    pub sexe: Option<Sex>,
    pub statut: Status,
    pub mef: String,
    pub entree: Date,
    pub sortie: Option<Date>,
    pub division: Option<String>,
    pub groups: Vec<String>,
    pub guardians: Vec<Guardian>,
}

#[derive(Clone, Debug)]
pub struct Guardian {
    pub id: u64,
    pub lien: GuardianLink,
    pub legal: bool,
    pub nom: String,
    pub prenom: String,
    pub telephone: Option<String>,
}

#[derive(Clone, Debug)]
pub struct Teacher {
    pub id: u64,
    pub nom: String,
    pub prenom: String,
    pub naissance: Date,
    pub leads: Option<String>,
}

#[derive(Clone, Debug)]
pub struct Division {
    pub mef: String,
    /// Subject, teachers by their place.
    pub services: Vec<(String, Vec<usize>)>,
}

/// A formation for classes that have none in the files.
pub fn mef_of(diploma: &str, level: &str, own: Option<&str>) -> String {
    let digit = match level {
        "seconde" => 1,
        "premiere" => 2,
        _ => 3,
    };
    match own {
        Some(own) => own.to_owned(),
        None => format!("2472{:04}3{digit}0", diploma.bytes().map(u32::from).sum::<u32>()),
    }
}

impl World {
    /// What SIECLE would know of a school in a year.
    pub fn of(school: &School, year: SchoolYear, exported: Date) -> Self {
        let mut divisions = BTreeMap::new();
        let mut names = BTreeMap::new();
        for class in school.classes.values().iter().filter(|class| class.year == year) {
            let diploma = &school.referentials[class.diploma].code;
            let mef = mef_of(diploma, class.record.niveau.as_str(), class.record.mef.as_deref());
            names.insert(class.key.clone(), class.record.nom.clone());
            divisions.insert(class.record.nom.clone(), Division { mef, services: Vec::new() });
        }
        let mut pupils = Vec::new();
        for (n, pupil) in school.pupils.values().iter().enumerate() {
            let record = &pupil.record;
            let last = record.scolarite.iter().rfind(|stay| stay.annee == year);
            let (Some(stay), None) = (last, record.inactif_depuis) else { continue };
            let guardians = record.responsables.iter().enumerate().map(|(m, one)| Guardian {
                id: 700_000 + 10 * n as u64 + m as u64,
                lien: one.lien,
                legal: one.legal.is_some(),
                nom: one.nom.clone(),
                prenom: one.prenom.clone(),
                telephone: one.telephone.clone(),
            });
            let division = names[&*stay.classe].clone();
            pupils.push(Pupil {
                eleve_id: record
                    .eleve_id
                    .as_ref()
                    .map_or(9_000_000 + n as u64, |id| id.parse().unwrap()),
                ine: record.ine.clone(),
                nom: record.nom.clone(),
                prenom: record.prenom.clone(),
                naissance: record.naissance,
                sexe: record.sexe,
                statut: stay.statut,
                mef: divisions[&division].mef.clone(),
                entree: Date::new(pupil.cohort, 9, 1).unwrap(),
                sortie: None,
                division: Some(division),
                groups: Vec::new(),
                guardians: guardians.collect(),
            });
        }
        let here = school.people.values().iter().filter(|one| one.record.inactif_depuis.is_none());
        let teachers = here.enumerate().map(|(n, person)| Teacher {
            id: 41_000 + n as u64,
            nom: person.record.nom.clone(),
            prenom: person.record.prenom.clone(),
            naissance: Date::new(1970, 1, 1).unwrap().plus(n as i32 * 97),
            leads: None,
        });
        let teachers = teachers.collect();
        let uai = school.establishment.uai.clone();
        Self { uai, year, exported, pupils, teachers, divisions, groups: BTreeMap::new() }
    }

    /// `ElevesSansAdresses.xml`.
    pub fn pupils_file(&self) -> Vec<u8> {
        let mut xml = self.siecle("BEE_ELEVES", "3.0");
        xml.push_str("<ELEVES>\n");
        for pupil in &self.pupils {
            let _ = write!(xml, "<ELEVE ELEVE_ID=\"{}\">", pupil.eleve_id);
            let sex = pupil.sexe.map(|sex| if sex == Sex::Male { "1" } else { "2" });
            let statut = if pupil.statut == Status::Apprentice { "AP" } else { "ST" };
            for (name, value) in [
                ("ID_NATIONAL", pupil.ine.clone().unwrap_or_default()),
                ("NOM_DE_FAMILLE", pupil.nom.to_uppercase()),
                ("PRENOM", pupil.prenom.clone()),
                ("DATE_NAISS", short_date(pupil.naissance)),
                ("CODE_SEXE", sex.unwrap_or_default().to_owned()),
                ("CODE_STATUT", statut.to_owned()),
                ("CODE_MEF", pupil.mef.clone()),
                ("DATE_ENTREE", short_date(pupil.entree)),
                ("DATE_SORTIE", pupil.sortie.map(short_date).unwrap_or_default()),
            ] {
                element(&mut xml, name, &value);
            }
            xml.push_str("</ELEVE>\n");
        }
        xml.push_str("</ELEVES>\n<STRUCTURES>\n");
        for pupil in &self.pupils {
            let kinds = pupil.division.iter().map(|code| (code, "D"));
            let all = kinds.chain(pupil.groups.iter().map(|code| (code, "G")));
            let _ = write!(xml, "<STRUCTURES_ELEVE ELEVE_ID=\"{}\">", pupil.eleve_id);
            for (code, kind) in all {
                xml.push_str("<STRUCTURE>");
                element(&mut xml, "CODE_STRUCTURE", code);
                element(&mut xml, "TYPE_STRUCTURE", kind);
                xml.push_str("</STRUCTURE>");
            }
            xml.push_str("</STRUCTURES_ELEVE>\n");
        }
        xml.push_str("</STRUCTURES>\n</DONNEES></BEE_ELEVES>\n");
        latin(&xml)
    }

    /// `ResponsablesAvecAdresses.xml`.
    pub fn guardians_file(&self) -> Vec<u8> {
        let mut xml = self.siecle("BEE_RESPONSABLES", "2.1");
        xml.push_str("<PERSONNES>\n");
        for guardian in self.pupils.iter().flat_map(|pupil| &pupil.guardians) {
            let _ = write!(xml, "<PERSONNE PERSONNE_ID=\"{}\">", guardian.id);
            element(&mut xml, "NOM_DE_FAMILLE", &guardian.nom.to_uppercase());
            element(&mut xml, "PRENOM", &guardian.prenom);
            element(&mut xml, "TEL_PORTABLE", guardian.telephone.as_deref().unwrap_or_default());
            xml.push_str("</PERSONNE>\n");
        }
        xml.push_str("</PERSONNES>\n<RESPONSABLES>\n");
        for pupil in &self.pupils {
            for guardian in &pupil.guardians {
                let kin = match guardian.lien {
                    GuardianLink::Mother => "10",
                    GuardianLink::Father => "20",
                    GuardianLink::FemaleTutor | GuardianLink::MaleTutor => "50",
                    GuardianLink::Other => "90",
                };
                xml.push_str("<RESPONSABLE_ELEVE>");
                element(&mut xml, "ELEVE_ID", &pupil.eleve_id.to_string());
                element(&mut xml, "PERSONNE_ID", &guardian.id.to_string());
                element(&mut xml, "NIVEAU_RESPONSABILITE", if guardian.legal { "1" } else { "3" });
                element(&mut xml, "CODE_PARENTE", kin);
                xml.push_str("</RESPONSABLE_ELEVE>\n");
            }
        }
        xml.push_str("</RESPONSABLES>\n</DONNEES></BEE_RESPONSABLES>\n");
        latin(&xml)
    }

    /// `sts_emp_UAI_ANNÉE.xml`.
    pub fn staff_file(&self) -> Vec<u8> {
        let mut xml = format!(
            "<?xml version=\"1.0\" encoding=\"ISO-8859-15\"?>\n<STS_EDT><PARAMETRES><UAJ CODE=\"{}\"/>\
             <ANNEE_SCOLAIRE ANNEE=\"{}\"/></PARAMETRES>\n<NOMENCLATURES><MATIERES>",
            self.uai, self.year.0
        );
        for code in ["020700", "299901"] {
            let _ = write!(
                xml,
                "<MATIERE CODE=\"{code}\"><LIBELLE_EDITION>Matière {code}</LIBELLE_EDITION></MATIERE>"
            );
        }
        xml.push_str("</MATIERES></NOMENCLATURES>\n<DONNEES><INDIVIDUS>\n");
        for teacher in &self.teachers {
            let _ = write!(xml, "<INDIVIDU ID=\"{}\" TYPE=\"epp\">", teacher.id);
            element(&mut xml, "NOM_USAGE", &teacher.nom.to_uppercase());
            element(&mut xml, "PRENOM", &teacher.prenom.to_uppercase());
            element(&mut xml, "DATE_NAISSANCE", &teacher.naissance.to_string());
            element(&mut xml, "FONCTION", "ENS");
            if let Some(code) = &teacher.leads {
                xml.push_str("<PROFS_PRINC><PROF_PRINC>");
                element(&mut xml, "CODE_STRUCTURE", code);
                element(&mut xml, "DATE_FIN", &self.year.last_day().to_string());
                xml.push_str("</PROF_PRINC></PROFS_PRINC>");
            }
            xml.push_str("</INDIVIDU>\n");
        }
        xml.push_str("</INDIVIDUS>\n<STRUCTURE><DIVISIONS>\n");
        for (code, division) in &self.divisions {
            let _ = write!(
                xml,
                "<DIVISION CODE=\"{}\"><MEFS_APPARTENANCE><MEF_APPARTENANCE CODE=\"{}\"/></MEFS_APPARTENANCE><SERVICES>",
                escape(code),
                division.mef
            );
            for (subject, teachers) in &division.services {
                let _ = write!(
                    xml,
                    "<SERVICE CODE_MATIERE=\"{subject}\" CODE_MOD_COURS=\"CG\"><ENSEIGNANTS>"
                );
                for place in teachers {
                    if let Some(teacher) = self.teachers.get(*place) {
                        let _ = write!(xml, "<ENSEIGNANT ID=\"{}\" TYPE=\"epp\"/>", teacher.id);
                    }
                }
                xml.push_str("</ENSEIGNANTS></SERVICE>");
            }
            xml.push_str("</SERVICES></DIVISION>\n");
        }
        xml.push_str("</DIVISIONS><GROUPES>\n");
        for (code, divisions) in &self.groups {
            let _ = write!(
                xml,
                "<GROUPE CODE=\"{}\"><LIBELLE_LONG/><DIVISIONS_APPARTENANCE>",
                escape(code)
            );
            for division in divisions {
                let _ = write!(xml, "<DIVISION_APPARTENANCE CODE=\"{}\"/>", escape(division));
            }
            xml.push_str("</DIVISIONS_APPARTENANCE><SERVICES/></GROUPE>\n");
        }
        xml.push_str("</GROUPES></STRUCTURE></DONNEES></STS_EDT>\n");
        latin(&xml)
    }

    /// The three files, under the names that offices give them.
    pub fn files(&self) -> Vec<(String, Vec<u8>)> {
        vec![
            (format!("sts_emp_{}_{}.xml", self.uai, self.year.0), self.staff_file()),
            ("ElevesSansAdresses.xml".into(), self.pupils_file()),
            ("ResponsablesAvecAdresses.xml".into(), self.guardians_file()),
        ]
    }

    fn siecle(&self, root: &str, version: &str) -> String {
        let day = short_date(self.exported);
        format!(
            "<?xml version=\"1.0\" encoding=\"ISO-8859-15\"?>\n<{root} VERSION=\"{version}\">\n<PARAMETRES><UAJ>{}</UAJ>\
             <ANNEE_SCOLAIRE>{}</ANNEE_SCOLAIRE><DATE_EXPORT>{day}</DATE_EXPORT><HORODATAGE>{day} 08:00:00</HORODATAGE>\
             </PARAMETRES>\n<DONNEES>\n",
            self.uai, self.year.0
        )
    }
}

fn element(xml: &mut String, name: &str, value: &str) {
    if value.is_empty() {
        let _ = write!(xml, "<{name}/>");
    } else {
        let _ = write!(xml, "<{name}>{}</{name}>", escape(value));
    }
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('"', "&quot;")
}

/// Latin-9, as SIECLE writes; what it does not hold becomes a character reference.
fn latin(text: &str) -> Vec<u8> {
    encoding_rs::ISO_8859_15.encode(text).0.into_owned()
}
