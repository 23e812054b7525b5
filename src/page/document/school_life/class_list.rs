//! The list of a class on paper, with columns to tick.

use serde::Serialize;

use crate::page::document::{Desk, SheetFrame, sheet_frame};
use crate::page::roll::{counted, status_word};
use crate::record::Status;
use crate::school::{Class, Ix};
use crate::text::{count, short_date};

/// The context of the list of a class.
#[derive(Debug, Serialize)]
pub struct ClassListSheet {
    /// Around the document.
    pub sheet: SheetFrame,
    /// "18 apprenants, dont 1 en apprentissage".
    pub summary: String,
    /// "Mme Faure".
    pub form_teacher: Option<String>,
    /// The pupils, in the order of names.
    pub pupils: Vec<ListedPupil>,
}

/// A pupil of the list.
#[derive(Debug, Serialize)]
pub struct ListedPupil {
    /// "DUPONT Léa".
    pub name: String,
    /// "14/03/2009".
    pub born: String,
    /// "scolaire", "apprentie".
    pub status: &'static str,
}

/// Computes the list of a class: those whom its page counts.
pub fn class_list_sheet(desk: &Desk<'_>, ix: Ix<Class>) -> ClassListSheet {
    let school = desk.site.school;
    let class = &school.classes[ix];
    let there = counted(school, ix);
    let apprentices = there.iter().filter(|(_, status)| *status == Status::Apprentice).count();
    let mut summary = count(there.len(), "apprenant", "apprenants");
    if apprentices > 0 {
        summary.push_str(&format!(", dont {apprentices} en apprentissage"));
    }
    let shown = there.iter().map(|(pupil, _)| &*school.pupils[*pupil].file);
    let about = Some(class.record.nom.clone());
    let sheet = sheet_frame(desk, "Liste de classe", about, Some(class.diploma), shown);
    let line = |(ix, status): &(Ix<crate::school::Pupil>, Status)| {
        let pupil = &school.pupils[*ix];
        ListedPupil {
            name: pupil.list_name(),
            born: short_date(pupil.record.naissance),
            status: status_word(pupil, *status),
        }
    };
    ClassListSheet {
        sheet: sheet.of_year(class.year),
        summary,
        form_teacher: class.form_teacher.map(|person| school.people[person].formal_name()),
        pupils: there.iter().map(line).collect(),
    }
}
