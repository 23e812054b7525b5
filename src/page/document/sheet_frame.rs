//! What stands around every document: letterhead, titles, version of the référentiel, edition.

use serde::Serialize;

use super::{Desk, DocumentFacts, Recorded};
use crate::page::{D, Mark, MarkWords};
use crate::record::Role;
use crate::school::Person;
use crate::text::SchoolYear;

/// The establishment, as a letterhead names it.
#[derive(Clone, Debug, Serialize)]
pub struct SchoolHead {
    /// "Lycée professionnel Jeanne-Colson".
    pub name: String,
    /// "14 rue des Cristalleries", "54999 Valmorey-sur-Meurthe".
    pub address: Vec<String>,
    /// "Nancy-Metz".
    pub academy: Option<String>,
    /// UAI code.
    pub uai: String,
    /// "03 53 01 54 90".
    pub phone: Option<String>,
    /// E-mail address.
    pub email: String,
    /// "Mme Benali": the head of the establishment, who signs.
    pub head: Option<String>,
    /// The logo, as a `data:` address.
    pub logo: Option<String>,
}

/// The diploma of a document.
#[derive(Clone, Debug, Serialize)]
pub struct DiplomaHead {
    /// "MCV option A".
    pub sigle: String,
    /// "Métiers du commerce et de la vente".
    pub name: String,
    /// "référentiel MCV A, version 2022".
    pub referential: String,
}

/// What stands around a document.
#[derive(Clone, Debug, Serialize)]
pub struct SheetFrame {
    /// Its title: "Bilan du 11 décembre 2026".
    pub title: String,
    /// Who it is about: "DUPONT Léa, 1 MCV A 1"; repeated at the top of the pages that follow.
    pub about: Option<String>,
    /// The establishment.
    pub school: SchoolHead,
    /// The current school year, or that of what is shown.
    pub year: String,
    /// The diploma, where there is one.
    pub diploma: Option<DiplomaHead>,
    /// "état du 11/12/2026, version 3f2a91c4e1".
    pub edition: String,
    /// What the document says when it shows a state of the past.
    pub mark: Option<MarkWords>,
    /// Whether the pages lie on their long side.
    pub landscape: bool,
    #[serde(skip)]
    newest: Recorded,
}

/// The frame of a document: its title, whom it is about, its diploma, and the records it shows, by
/// path. Records of the whole school (establishment, staff, classes, calendar, référentiel) are not
/// among them: a référentiel has a version of its own, and the others name without telling.
pub fn sheet_frame<'p>(
    desk: &Desk<'_>,
    title: impl Into<String>,
    about: Option<String>,
    diploma: Option<D>,
    shown: impl IntoIterator<Item = &'p str>,
) -> SheetFrame {
    let school = desk.site.school;
    let newest = desk.newest(shown);
    SheetFrame {
        title: title.into(),
        about,
        school: school_head(desk),
        year: school.current_year().to_string(),
        diploma: diploma.map(|d| {
            let record = &school.referentials[d].record;
            DiplomaHead {
                sigle: record.sigle.clone(),
                name: record.intitule.clone(),
                referential: format!("référentiel {}, version {}", record.sigle, record.version),
            }
        }),
        edition: newest.words(),
        mark: desk.site.mark.as_ref().map(Mark::words),
        landscape: false,
        newest,
    }
}

/// The letterhead of the establishment.
pub(in crate::page) fn school_head(desk: &Desk<'_>) -> SchoolHead {
    let school = desk.site.school;
    let record = &school.establishment;
    let town = [record.code_postal.as_deref(), record.ville.as_deref()];
    let town = town.into_iter().flatten().collect::<Vec<_>>().join(" ");
    let lines = [record.adresse.clone().unwrap_or_default(), town];
    let mut heads =
        school.people.values().iter().filter(|person| person.record.roles.contains(&Role::Head));
    SchoolHead {
        name: record.nom.clone(),
        address: lines.into_iter().filter(|line| !line.is_empty()).collect(),
        academy: record.academie.clone(),
        uai: record.uai.clone(),
        phone: record.telephone.clone(),
        email: record.courriel.clone(),
        head: heads.find(|person| person.record.inactif_depuis.is_none()).map(Person::formal_name),
        logo: desk.logo.clone(),
    }
}

impl SheetFrame {
    /// Lays the pages on their long side.
    #[must_use]
    pub fn landscape(mut self) -> Self {
        self.landscape = true;
        self
    }

    /// For another school year than the current one.
    #[must_use]
    pub fn of_year(mut self, year: SchoolYear) -> Self {
        self.year = year.to_string();
        self
    }

    /// What the file says of itself.
    pub fn facts(&self) -> DocumentFacts {
        let title = match &self.about {
            Some(about) => format!("{} – {about}", self.title),
            None => self.title.clone(),
        };
        let subject =
            [self.diploma.as_ref().map(|one| one.referential.as_str()), Some(&self.edition)];
        DocumentFacts {
            title,
            author: self.school.name.clone(),
            subject: subject.into_iter().flatten().collect::<Vec<_>>().join(", "),
            modified: self.newest.edition().map(|edition| edition.at),
        }
    }
}
