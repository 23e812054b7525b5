//! `ResponsablesAvecAdresses.xml` (BEE_RESPONSABLES): people, what they are to pupils, addresses.

use std::collections::BTreeMap;

use super::open::{Origin, parameter};
use super::value::{clean, phone, truth};
use super::xml::{self, Attributes, Visitor, XmlError};
use crate::record::Civility;

/// The file, as it says.
#[derive(Clone, Debug, Default)]
pub struct GuardianFile {
    /// The people, by `PERSONNE_ID`.
    pub people: BTreeMap<String, Parent>,
    /// What they are to pupils, in the order of the file.
    pub links: Vec<Link>,
    /// The addresses, by `ADRESSE_ID`.
    pub addresses: BTreeMap<String, Address>,
}

/// Somebody in charge of pupils.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Parent {
    /// `LC_CIVILITE`: M., MME, MLLE.
    pub civilite: Option<Civility>,
    /// `NOM_USAGE`, else `NOM_DE_FAMILLE`, else `NOM`.
    pub nom: String,
    /// `PRENOM`.
    pub prenom: String,
    /// `MEL`.
    pub courriel: Option<String>,
    /// Mobile, personal and professional phones, in that order.
    pub telephones: Vec<String>,
    /// `ADRESSE_ID`; it may lead nowhere.
    pub adresse: Option<String>,
}

/// What somebody is to a pupil.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Link {
    /// The pupil.
    pub eleve_id: String,
    /// The person.
    pub personne_id: String,
    /// `NIVEAU_RESPONSABILITE`: 1 legal representative, 2 in charge, 3 to be called.
    pub niveau: Option<u8>,
    /// `RESP_LEGAL` of old exports: 1, 2, 0.
    pub ancien_rang: Option<u8>,
    /// `CODE_PARENTE`, two digits.
    pub parente: Option<String>,
    /// Who pays the fees: the first legal representative.
    pub paie: bool,
    /// To be called first.
    pub prioritaire: bool,
}

/// A postal address.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Address {
    /// The lines that are not empty.
    pub lignes: Vec<String>,
    /// `CODE_POSTAL`.
    pub code_postal: Option<String>,
    /// `LIBELLE_POSTAL`, else `COMMUNE_ETRANGERE` with the country.
    pub ville: Option<String>,
}

#[derive(Default)]
struct Parser {
    origin: Origin,
    file: GuardianFile,
    id: Option<String>,
    person: Parent,
    names: [Option<String>; 3],
    phones: [Option<String>; 3],
    link: Link,
    address: Address,
    lines: [Option<String>; 4],
    town: [Option<String>; 3],
}

/// Reads the file.
pub(super) fn read(text: &str) -> Result<(Origin, GuardianFile), XmlError> {
    let mut parser = Parser::default();
    xml::walk(text, &mut parser)?;
    Ok((parser.origin, parser.file))
}

impl Visitor for Parser {
    fn open(&mut self, path: &[String], attributes: &Attributes) {
        let Some(name) = path.last() else { return };
        match name.as_str() {
            "PERSONNE" => {
                self.id = attributes.get("PERSONNE_ID");
                (self.names, self.phones) = Default::default();
                self.person = Parent::default();
            }
            "RESPONSABLE_ELEVE" => self.link = Link::default(),
            "ADRESSE" => {
                self.id = attributes.get("ADRESSE_ID");
                self.address = Address::default();
                (self.lines, self.town) = Default::default();
            }
            _ => {}
        }
    }

    fn close(&mut self, path: &[String], text: &str) {
        let mut names = path.iter().rev().map(String::as_str);
        let (Some(name), parent) = (names.next(), names.next().unwrap_or("")) else { return };
        match (parent, name) {
            ("PARAMETRES", name) if !text.is_empty() => parameter(&mut self.origin, name, text),
            ("PERSONNE", name) => self.person(name, text),
            ("PERSONNES", "PERSONNE") => {
                let mut person = std::mem::take(&mut self.person);
                person.nom = std::mem::take(&mut self.names)
                    .into_iter()
                    .flatten()
                    .next()
                    .unwrap_or_default();
                person.telephones =
                    std::mem::take(&mut self.phones).into_iter().flatten().collect();
                if let Some(id) = self.id.take() {
                    self.file.people.entry(id).or_insert(person);
                }
            }
            ("RESPONSABLE_ELEVE", name) => self.link(name, text),
            ("RESPONSABLES", "RESPONSABLE_ELEVE") => {
                let link = std::mem::take(&mut self.link);
                if !link.eleve_id.is_empty() && !link.personne_id.is_empty() {
                    self.file.links.push(link);
                }
            }
            ("ADRESSE", name) => self.address(name, text),
            ("ADRESSES", "ADRESSE") => {
                let mut address = std::mem::take(&mut self.address);
                address.lignes = std::mem::take(&mut self.lines).into_iter().flatten().collect();
                let [town, foreign, country] = std::mem::take(&mut self.town);
                address.ville = town.or_else(|| match (foreign, country) {
                    (Some(town), Some(country)) => Some(format!("{town} ({country})")),
                    (town, country) => town.or(country),
                });
                if let Some(id) = self.id.take() {
                    self.file.addresses.entry(id).or_insert(address);
                }
            }
            _ => {}
        }
    }
}

impl Parser {
    fn person(&mut self, name: &str, text: &str) {
        let value = clean(text);
        match name {
            "LC_CIVILITE" => {
                self.person.civilite = match text.to_uppercase().trim_end_matches('.') {
                    "M" => Some(Civility::Sir),
                    "MME" | "MLLE" => Some(Civility::Madam),
                    _ => None,
                }
            }
            "NOM_USAGE" => self.names[0] = value,
            "NOM_DE_FAMILLE" => self.names[1] = value,
            "NOM" => self.names[2] = value,
            "PRENOM" => self.person.prenom = value.unwrap_or_default(),
            "TEL_PORTABLE" => self.phones[0] = phone(text),
            "TEL_PERSONNEL" => self.phones[1] = phone(text),
            "TEL_PROFESSIONNEL" => self.phones[2] = phone(text),
            "MEL" => self.person.courriel = value,
            "ADRESSE_ID" => self.person.adresse = value,
            _ => {}
        }
    }

    fn link(&mut self, name: &str, text: &str) {
        let link = &mut self.link;
        match name {
            "ELEVE_ID" => link.eleve_id = clean(text).unwrap_or_default(),
            "PERSONNE_ID" => link.personne_id = clean(text).unwrap_or_default(),
            "NIVEAU_RESPONSABILITE" => link.niveau = text.parse().ok(),
            "RESP_LEGAL" => link.ancien_rang = text.parse().ok(),
            "CODE_PARENTE" => link.parente = clean(text),
            "PAIE_FRAIS_SCOLAIRES" | "RESP_FINANCIER" => link.paie |= truth(text),
            "A_CONTACTER_EN_PRIORITE" | "PERS_CONTACT" => link.prioritaire |= truth(text),
            _ => {}
        }
    }

    fn address(&mut self, name: &str, text: &str) {
        let value = clean(text);
        match name {
            "LIGNE1_ADRESSE" => self.lines[0] = value,
            "LIGNE2_ADRESSE" => self.lines[1] = value,
            "LIGNE3_ADRESSE" => self.lines[2] = value,
            "LIGNE4_ADRESSE" => self.lines[3] = value,
            "CODE_POSTAL" => self.address.code_postal = value,
            "LIBELLE_POSTAL" => self.town[0] = value,
            "COMMUNE_ETRANGERE" => self.town[1] = value,
            "LL_PAYS" => self.town[2] = value,
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn people_links_and_addresses_come_in_any_order() {
        let (_, file) = read(
            "<BEE_RESPONSABLES><DONNEES><ADRESSES><ADRESSE ADRESSE_ID='9'><LIGNE2_ADRESSE>B</LIGNE2_ADRESSE>\
             <LIGNE1_ADRESSE>A</LIGNE1_ADRESSE><COMMUNE_ETRANGERE>IRUN</COMMUNE_ETRANGERE><LL_PAYS>ESPAGNE</LL_PAYS></ADRESSE></ADRESSES>\
             <RESPONSABLES><RESPONSABLE_ELEVE><PERSONNE_ID>7</PERSONNE_ID><ELEVE_ID>1</ELEVE_ID><RESP_LEGAL>1</RESP_LEGAL>\
             <PAIE_FRAIS_SCOLAIRES>true</PAIE_FRAIS_SCOLAIRES><PERS_CONTACT>O</PERS_CONTACT></RESPONSABLE_ELEVE>\
             <RESPONSABLE_ELEVE><PERSONNE_ID>7</PERSONNE_ID></RESPONSABLE_ELEVE></RESPONSABLES>\
             <PERSONNES><PERSONNE PERSONNE_ID='7'><LC_CIVILITE>MLLE</LC_CIVILITE><NOM>MARTIN</NOM><PRENOM>Ana</PRENOM>\
             <TEL_PROFESSIONNEL>0536490014</TEL_PROFESSIONNEL><TEL_PORTABLE/></PERSONNE></PERSONNES></DONNEES></BEE_RESPONSABLES>",
        )
        .unwrap();
        assert_eq!(file.addresses["9"].lignes, ["A", "B"]);
        assert_eq!(file.addresses["9"].ville.as_deref(), Some("IRUN (ESPAGNE)"));
        let person = &file.people["7"];
        assert_eq!((person.nom.as_str(), person.civilite), ("MARTIN", Some(Civility::Madam)));
        assert_eq!(person.telephones, ["05 36 49 00 14"]);
        assert_eq!(file.links.len(), 1);
        assert!(
            file.links[0].paie && file.links[0].prioritaire && file.links[0].ancien_rang == Some(1)
        );
    }
}
