//! A livret scolaire in the national layout (NAT-22).

use serde::Serialize;

use crate::page::document::{Desk, SheetFrame, sheet_frame};
use crate::page::{LivretPage, livret_page};
use crate::school::{Class, Ix, Livret, Pupil};
use crate::text::long_date;

/// The context of a printed livret.
#[derive(Debug, Serialize)]
pub struct LivretSheet {
    /// Around the document.
    pub sheet: SheetFrame,
    /// The livret.
    pub livret: LivretPart,
}

/// One livret, alone or among those of its class.
#[derive(Debug, Serialize)]
pub struct LivretPart {
    /// "DUPONT Léa".
    pub name: String,
    /// "née le 14 mars 2009".
    pub born: String,
    /// National identifier, when it is known.
    pub ine: Option<String>,
    /// The candidate's number.
    pub number: Option<String>,
    /// Name of the class.
    pub class: String,
    /// "2026-2027".
    pub year: String,
    /// Exam session.
    pub session: i16,
    /// Whether the exam is at the end of the year: only then has the livret an opinion.
    pub last_year: bool,
    /// What its page says; none where the rules of the session ask for no livret.
    pub page: Option<LivretPage>,
}

/// Computes a livret, without what stands around it.
pub(super) fn livret_part(desk: &Desk<'_>, ix: Ix<Livret>) -> LivretPart {
    let (site, school) = (desk.site, desk.site.school);
    let livret = &school.livrets[ix];
    let (pupil, class) = (&school.pupils[livret.pupil], &school.classes[livret.class]);
    LivretPart {
        name: pupil.list_name(),
        born: born(pupil),
        ine: pupil.record.ine.clone(),
        number: pupil.record.numero_candidat.clone(),
        class: class.record.nom.clone(),
        year: class.year.to_string(),
        session: class.session(),
        last_year: class.is_final_year(),
        page: livret_page(site, livret.class, livret.pupil, ""),
    }
}

/// "née le 14 mars 2009".
pub(super) fn born(pupil: &Pupil) -> String {
    let words = pupil.agree("née le ", "né le ", "né(e) le ");
    format!("{words}{}", long_date(pupil.record.naissance))
}

/// The livrets of a class and the pupils' own records: the figures of the group come from all of them.
pub(super) fn of_class<'a>(desk: &Desk<'a>, ix: Ix<Class>) -> impl Iterator<Item = &'a str> {
    let school = desk.site.school;
    let class = &school.classes[ix];
    class
        .pupils
        .iter()
        .filter_map(|pupil| school.livret_of(*pupil, class.year))
        .map(|livret| &*school.livrets[livret].file)
}

/// Computes a printed livret.
pub fn livret_sheet(desk: &Desk<'_>, ix: Ix<Livret>) -> LivretSheet {
    let school = desk.site.school;
    let livret = &school.livrets[ix];
    let class = &school.classes[livret.class];
    let part = livret_part(desk, ix);
    let own = &*school.pupils[livret.pupil].file;
    let about = format!("{}, {}", part.name, part.class);
    let shown = of_class(desk, livret.class).chain([own]);
    let sheet = sheet_frame(desk, "Livret scolaire", Some(about), Some(class.diploma), shown);
    LivretSheet { sheet: sheet.of_year(class.year).landscape(), livret: part }
}
