//! The livrets of those who refused the site, and who signs for them (NAT-28, NAT-29, NAT-37).

use serde::Serialize;

use super::livret::{LivretPart, born, livret_part, of_class};
use crate::page::document::{Desk, SheetFrame, sheet_frame};
use crate::record::Guardian;
use crate::school::{Class, Ix, Pupil};
use crate::text::short_date;

/// The context of the livrets of a class on paper.
#[derive(Debug, Serialize)]
pub struct PaperEditionSheet {
    /// Around the document.
    pub sheet: SheetFrame,
    /// Name of the class.
    pub class: String,
    /// "2026-2027".
    pub year: String,
    /// Whose livrets follow.
    pub pupils: Vec<PaperPupil>,
    /// The livrets, in the same order.
    pub livrets: Vec<LivretPart>,
}

/// The context of the sheet that is signed.
#[derive(Debug, Serialize)]
pub struct PaperSigningSheet {
    /// Around the document.
    pub sheet: SheetFrame,
    /// Name of the class.
    pub class: String,
    /// "2026-2027".
    pub year: String,
    /// One row a pupil.
    pub pupils: Vec<PaperPupil>,
}

/// A pupil whose livret is handed over on paper.
#[derive(Debug, Serialize)]
pub struct PaperPupil {
    /// "DUPONT Léa".
    pub name: String,
    /// "née le 14 mars 2009".
    pub born: String,
    /// Who refused the site, and on which day: "Mme Nadia Dupont (mère)", "12/09/2026".
    pub refusals: Vec<(String, String)>,
}

/// Who refused to read the livret of a pupil online, and when.
pub(in crate::page) fn refusals(pupil: &Pupil) -> Vec<(String, String)> {
    let own = pupil.record.refus_site.map(|day| ("l’élève".to_owned(), short_date(day)));
    let guardians = pupil.record.responsables.iter().filter_map(|one| {
        let day = one.refus_site?;
        Some((guardian_name(one), short_date(day)))
    });
    own.into_iter().chain(guardians).collect()
}

/// "Mme Nadia Dupont (mère)".
pub(in crate::page) fn guardian_name(one: &Guardian) -> String {
    let title = one.civilite.map_or_else(String::new, |title| format!("{} ", title.as_str()));
    format!("{title}{} {} ({})", one.prenom, one.nom, one.lien.label())
}

fn pupils(desk: &Desk<'_>, class: Ix<Class>) -> Vec<PaperPupil> {
    let on_paper = desk.site.on_paper(class).into_iter();
    on_paper
        .map(|(ix, _)| {
            let pupil = &desk.site.school.pupils[ix];
            PaperPupil { name: pupil.list_name(), born: born(pupil), refusals: refusals(pupil) }
        })
        .collect()
}

fn frame(desk: &Desk<'_>, ix: Ix<Class>, title: &str) -> SheetFrame {
    let school = desk.site.school;
    let class = &school.classes[ix];
    let own = desk.site.on_paper(ix).into_iter().map(|(pupil, _)| &*school.pupils[pupil].file);
    let shown = of_class(desk, ix).chain(own);
    let about = Some(class.record.nom.clone());
    sheet_frame(desk, title, about, Some(class.diploma), shown).of_year(class.year)
}

/// Computes the livrets of a class for those who refused the site.
pub fn paper_edition_sheet(desk: &Desk<'_>, ix: Ix<Class>) -> PaperEditionSheet {
    let class = &desk.site.school.classes[ix];
    let livrets = desk.site.on_paper(ix).into_iter();
    PaperEditionSheet {
        sheet: frame(desk, ix, "Livrets scolaires sur papier").landscape(),
        class: class.record.nom.clone(),
        year: class.year.to_string(),
        pupils: pupils(desk, ix),
        livrets: livrets.map(|(_, livret)| livret_part(desk, livret)).collect(),
    }
}

/// Computes the sheet that is signed when these livrets are handed over.
pub fn paper_signing_sheet(desk: &Desk<'_>, ix: Ix<Class>) -> PaperSigningSheet {
    let class = &desk.site.school.classes[ix];
    PaperSigningSheet {
        sheet: frame(desk, ix, "Émargement des livrets sur papier"),
        class: class.record.nom.clone(),
        year: class.year.to_string(),
        pupils: pupils(desk, ix),
    }
}
