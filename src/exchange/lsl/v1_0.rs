//! Schema 1.0 of the livret (2015, 2016): general and technological, before the vocational one. Only the root is in the
//! namespace. Today's LSL Pro does not take it; it is the reference for what follows.

use std::io;

use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesText, Event};

use super::dossier::{Dossier, DossierYear, Name, Opinion, SubjectMarks};
use super::format::{Header, LslFormat};
use crate::insight::Hundredths;
use crate::record::Periodicity;
use crate::text::{characters, composed};

/// The namespace of the root, and of nothing else.
const NAMESPACE: &str = "urn:ac-grenoble.fr:lsl:import";
/// What the schema allows.
const ENGAGEMENTS: [&str; 5] = ["C", "V", "A", "E", "S"];
const EXAM_OPINIONS: [&str; 4] = ["T", "F", "A", "D"];
const MODALITIES: [&str; 3] = ["O", "F", "S"];
const TEXT: usize = 300;
const FAMILY: usize = 65;
const FIRST: usize = 50;
const APPLICATION: usize = 50;

/// The version.
#[derive(Clone, Copy, Debug)]
pub struct V1_0;

type Xml = Writer<Vec<u8>>;

impl LslFormat for V1_0 {
    fn version(&self) -> &'static str {
        "1.0"
    }

    fn is_accepted(&self) -> bool {
        false
    }

    fn leaves_out(&self) -> &'static [&'static str] {
        &["la synthèse des PFMP", "le projet", "le parcours", "la mobilité"]
    }

    fn faults(&self, dossier: &Dossier) -> Vec<String> {
        let mut faults = Vec::new();
        if dossier.eleve_id == 0 {
            faults.push("identifiant ELEVE_ID de SIECLE".to_owned());
        }
        let mut hold = |what: &str, text: &str, most: usize| {
            let length = characters(text);
            if text.is_empty() || length > most {
                faults.push(format!("{what} : {length} caractères pour {most} permis"));
            }
        };
        if let Some(other) = engagement_text(dossier) {
            hold("autres engagements", &other, TEXT);
        }
        for year in &dossier.years {
            for (what, opinion) in opinions(year) {
                hold(what, &opinion.text, TEXT);
                if let Some(by) = &opinion.by {
                    hold("nom de qui signe", &by.family, FAMILY);
                    hold("prénom de qui signe", &by.first, FIRST);
                }
            }
            for subject in &year.evaluations {
                if let Some(annual) = &subject.annual {
                    hold("appréciation", annual, TEXT);
                }
                for teacher in &subject.teachers {
                    hold("nom d’un enseignant", &teacher.family, FAMILY);
                    hold("prénom d’un enseignant", &teacher.first, FIRST);
                }
            }
        }
        for year in &dossier.years {
            if !(2000..=9999).contains(&year.year) {
                faults.push(format!("année scolaire {}", year.year));
            }
            if year.evaluations.is_empty() {
                faults.push("aucune matière".to_owned());
            }
            year.evaluations.iter().for_each(|one| subject_faults(one, year, &mut faults));
            for (what, opinion) in opinions(year) {
                if opinion.by.is_none() {
                    faults.push(format!("{what} : qui signe"));
                }
            }
        }
        if dossier.years.is_empty() {
            faults.push("aucune année".to_owned());
        }
        let repeated =
            |codes: &[&str]| codes.iter().enumerate().any(|(n, code)| codes[..n].contains(code));
        let codes: Vec<&str> = dossier.engagements.iter().map(|(code, _)| code.as_str()).collect();
        if repeated(&codes) {
            faults.push("engagement inscrit deux fois".to_owned());
        }
        if let Some(code) = &dossier.exam_opinion
            && !EXAM_OPINIONS.contains(&code.as_str())
        {
            faults.push(format!("avis pour l’examen « {code} »"));
        }
        faults
    }

    fn write(&self, header: &Header, dossiers: &[Dossier]) -> io::Result<Vec<u8>> {
        let mut writer = Writer::new_with_indent(Vec::new(), b' ', 2);
        writer.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
        let caution = " Fichier au schéma 1.0 (2016) : LSL Pro ne l’accepte pas aujourd’hui. Il sert d’essai et de \
                       référence ; ne le déposez pas. ";
        writer.write_event(Event::Comment(BytesText::from_escaped(caution)))?;
        let root = [("xmlns:lsl", NAMESPACE), ("schemaVersion", self.version())];
        writer.create_element("lsl:lsl").with_attributes(root).write_inner_content(|xml| {
            xml.create_element("entete").write_inner_content(|xml| {
                text(xml, "editeur", &header.editor)?;
                let application: String = header.application.chars().take(APPLICATION).collect();
                text(xml, "application", &application)?;
                text(xml, "etablissement", &header.uai)
            })?;
            xml.create_element("donnees").write_inner_content(|xml| {
                dossiers.iter().try_for_each(|dossier| pupil(xml, dossier))
            })?;
            Ok(())
        })?;
        let mut bytes = writer.into_inner();
        bytes.push(b'\n');
        Ok(bytes)
    }
}

/// What the schema does not check: numbers of periods, shares; and what it does, by subject.
fn subject_faults(subject: &SubjectMarks, year: &DossierYear, faults: &mut Vec<String>) {
    let digits =
        |text: &str, length| text.len() == length && text.bytes().all(|byte| byte.is_ascii_digit());
    if !digits(&subject.code, 6) {
        faults.push(format!("code de la matière « {} »", subject.title));
    }
    if !MODALITIES.contains(&subject.modality.as_str()) {
        faults.push(format!("modalité « {} » de la matière", subject.modality));
    }
    if subject.teachers.is_empty() {
        faults.push("aucun enseignant de la matière".to_owned());
    }
    let periods = match year.periodicity {
        Periodicity::Trimester => 3,
        Periodicity::Semester => 2,
    };
    if subject.marks.len() > periods {
        let found = subject.marks.len();
        faults.push(format!("{found} périodes pour {periods} dans l’année"));
    }
    if subject.marks.iter().flatten().chain(&subject.group_mean).any(|mark| *mark > 2000) {
        faults.push("moyenne au-dessus de 20".to_owned());
    }
    if subject.shares.is_some_and(|shares| shares.iter().sum::<u32>() != 10_000) {
        faults.push("répartition du groupe dont la somme n’est pas 100".to_owned());
    }
    for (place, (code, level)) in subject.competences.iter().enumerate() {
        if !digits(code, 4) {
            faults.push(format!("code de compétence « {code} »"));
        }
        if subject.competences[..place].iter().any(|(other, _)| other == code) {
            faults.push(format!("compétence {code} inscrite deux fois"));
        }
        if level.is_some_and(|level| !(1..=4).contains(&level)) {
            faults.push(format!("niveau de la compétence {code}"));
        }
    }
}

fn opinions(year: &DossierYear) -> impl Iterator<Item = (&'static str, &Opinion)> {
    let all = [
        ("observation du CPE", &year.observation),
        ("avis sur l’investissement", &year.investment),
        ("visa du chef d’établissement", &year.visa),
    ];
    all.into_iter().filter_map(|(what, opinion)| Some((what, opinion.as_ref()?)))
}

/// The engagements that the schema has no code for, and those in words.
fn engagement_text(dossier: &Dossier) -> Option<String> {
    let others = dossier.engagements.iter().filter(|(code, _)| !ENGAGEMENTS.contains(&&**code));
    let others = others.map(|(code, words)| if words.is_empty() { code } else { words }.clone());
    let all: Vec<String> = others.chain(dossier.other_engagement.clone()).collect();
    (!all.is_empty()).then(|| all.join(" ; "))
}

fn text(xml: &mut Xml, name: &str, value: &str) -> io::Result<()> {
    let value = composed(value);
    xml.create_element(name).write_text_content(BytesText::new(&value))?;
    Ok(())
}

fn pupil(xml: &mut Xml, dossier: &Dossier) -> io::Result<()> {
    let id = dossier.eleve_id.to_string();
    xml.create_element("eleve").with_attribute(("id", id.as_str())).write_inner_content(|xml| {
        let other = engagement_text(dossier);
        let codes: Vec<&str> = (ENGAGEMENTS.into_iter())
            .filter(|code| dossier.engagements.iter().any(|(known, _)| known == code))
            .collect();
        if other.is_some() || !codes.is_empty() {
            xml.create_element("engagements").write_inner_content(|xml| {
                for code in &codes {
                    let code = ("code", *code);
                    xml.create_element("engagement").with_attribute(code).write_empty()?;
                }
                other.as_ref().map_or(Ok(()), |other| text(xml, "engagement-autre", other))
            })?;
        }
        if let Some(code) = &dossier.exam_opinion {
            let code = ("code", code.as_str());
            xml.create_element("avisExamen").with_attribute(code).write_empty()?;
        }
        xml.create_element("scolarites").write_inner_content(|xml| {
            dossier.years.iter().try_for_each(|year| school_year(xml, year))
        })?;
        Ok(())
    })?;
    Ok(())
}

fn school_year(xml: &mut Xml, year: &DossierYear) -> io::Result<()> {
    let first = year.year.to_string();
    let rhythm = match year.periodicity {
        Periodicity::Trimester => "T",
        Periodicity::Semester => "S",
    };
    let attributes = [("annee-scolaire", first.as_str()), ("code-periode", rhythm)];
    xml.create_element("scolarite").with_attributes(attributes).write_inner_content(|xml| {
        opinion(xml, "avisEngagement", year.observation.as_ref())?;
        opinion(xml, "avisInvestissement", year.investment.as_ref())?;
        opinion(xml, "avisChefEtab", year.visa.as_ref())?;
        year.evaluations.iter().try_for_each(|one| evaluation(xml, one, year.periodicity))
    })?;
    Ok(())
}

fn opinion(xml: &mut Xml, name: &str, opinion: Option<&Opinion>) -> io::Result<()> {
    let Some(opinion) = opinion else { return Ok(()) };
    let by = opinion.by.clone().unwrap_or_default();
    let (family, first) = (composed(&by.family), composed(&by.first));
    let day = opinion.day.map(|day| day.to_string());
    let mut element = xml.create_element(name);
    if let Some(day) = &day {
        element = element.with_attribute(("date", day.as_str()));
    }
    let words = composed(&opinion.text);
    element
        .with_attributes([("nom", family.as_str()), ("prenom", first.as_str())])
        .write_text_content(BytesText::new(&words))?;
    Ok(())
}

fn evaluation(xml: &mut Xml, one: &SubjectMarks, periodicity: Periodicity) -> io::Result<()> {
    let attributes = [("modalite-election", &*one.modality), ("code-matiere", &*one.code)];
    xml.create_element("evaluation").with_attributes(attributes).write_inner_content(|xml| {
        structure(xml, one)?;
        if let Some(annual) = &one.annual {
            text(xml, "annuelle", annual)?;
        }
        // All periods of the year once one is known; -1 for those without mark.
        if one.marks.iter().any(Option::is_some) {
            let periods = match periodicity {
                Periodicity::Trimester => 3,
                Periodicity::Semester => 2,
            };
            xml.create_element("periodiques").write_inner_content(|xml| {
                for place in 0..periods {
                    let mark = one.marks.get(place).copied().flatten();
                    let mark = mark.map_or_else(|| "-1".to_owned(), decimal);
                    let number = (place + 1).to_string();
                    let period = [("numero", number.as_str()), ("moyenne", mark.as_str())];
                    xml.create_element("periode").with_attributes(period).write_empty()?;
                }
                Ok(())
            })?;
        }
        if !one.competences.is_empty() {
            xml.create_element("competences").write_inner_content(|xml| {
                for (code, level) in &one.competences {
                    let level = level.map_or_else(|| "NE".to_owned(), |level| level.to_string());
                    xml.create_element("competence")
                        .with_attribute(("code", code.as_str()))
                        .write_text_content(BytesText::new(&level))?;
                }
                Ok(())
            })?;
        }
        xml.create_element("enseignants").write_inner_content(|xml| {
            one.teachers.iter().try_for_each(|teacher| person(xml, teacher))
        })?;
        Ok(())
    })?;
    Ok(())
}

/// The group; without anybody who has a mean, the element alone: the schema refuses a size of 0.
fn structure(xml: &mut Xml, one: &SubjectMarks) -> io::Result<()> {
    let mut figures: Vec<(&str, String)> = Vec::new();
    if one.counted > 0 {
        figures.push(("effectif", one.counted.to_string()));
        figures.extend(one.group_mean.map(|mean| ("moyenne", decimal(mean))));
        let names = ["repar-moins-huit", "repar-huit-douze", "repar-plus-douze"];
        let shares = one.shares.into_iter().flatten().map(decimal);
        figures.extend(names.into_iter().zip(shares));
    }
    let figures = figures.iter().map(|(name, value)| (*name, value.as_str()));
    xml.create_element("structure").with_attributes(figures).write_empty()?;
    Ok(())
}

fn person(xml: &mut Xml, name: &Name) -> io::Result<()> {
    let (family, first) = (composed(&name.family), composed(&name.first));
    let attributes = [("nom", family.as_str()), ("prenom", first.as_str())];
    xml.create_element("enseignant").with_attributes(attributes).write_empty()?;
    Ok(())
}

/// "12.50": a point, always two decimals.
fn decimal(value: Hundredths) -> String {
    format!("{}.{:02}", value / 100, value % 100)
}
