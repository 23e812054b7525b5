//! An annexe pédagogique on paper: exactly the tasks of the record, by activity (ANX-07).

use serde::Serialize;

use super::{mobilised, tutor_word};
use crate::page::document::{Desk, SheetFrame, sheet_frame};
use crate::page::portfolio::span;
use crate::page::{AnnexPage, annex_page};
use crate::record::Status;
use crate::school::{Annex, CompetenceIx, Ix, Referential};
use crate::text::count;

/// The context of a printed annex.
#[derive(Debug, Serialize)]
pub struct AnnexSheet {
    /// Around the document.
    pub sheet: SheetFrame,
    /// What its page says.
    pub annex: AnnexPage,
    /// "Tuteur", "Maître d’apprentissage".
    pub tutor_word: &'static str,
    /// "L’élève", "L’apprenti".
    pub learner_word: &'static str,
    /// Competences that the tasks mobilise, by group.
    pub worked: Vec<WorkedGroup>,
    /// Periods of this year made from it: title, dates, length.
    pub periods: Vec<(String, String, String)>,
}

/// Competences of a group: its title, then code and words of each.
#[derive(Clone, Debug, Serialize)]
pub struct WorkedGroup {
    /// "U31 Conseiller et vendre".
    pub title: String,
    /// Code and words.
    pub competences: Vec<(String, String)>,
}

/// Competences by group, in the order of the référentiel.
pub(super) fn by_group(
    referential: &Referential,
    list: impl IntoIterator<Item = CompetenceIx>,
) -> Vec<WorkedGroup> {
    let mut groups: Vec<(usize, WorkedGroup)> = Vec::new();
    for competence in list {
        let place = referential.competences[competence.0 as usize].group;
        if groups.last().is_none_or(|(last, _)| *last != place) {
            let title = group_title(&referential.record.groupes[place]);
            groups.push((place, WorkedGroup { title, competences: Vec::new() }));
        }
        let record = referential.competence_record(competence);
        if let Some((_, group)) = groups.last_mut() {
            group.competences.push((record.code.clone(), record.intitule.clone()));
        }
    }
    groups.into_iter().map(|(_, group)| group).collect()
}

fn group_title(group: &crate::record::Group) -> String {
    match (&group.unite, &group.intitule) {
        (Some(unit), Some(title)) => format!("{unit} {title}"),
        (None, Some(title)) => title.clone(),
        (Some(unit), None) => format!("{unit}, {}", group.code),
        (None, None) => group.code.clone(),
    }
}

/// Computes a printed annex.
pub fn annex_sheet(desk: &Desk<'_>, ix: Ix<Annex>) -> AnnexSheet {
    let (site, school) = (desk.site, desk.site.school);
    let annex = &school.annexes[ix];
    let referential = &school.referentials[annex.diploma];
    let page = annex_page(site, ix, "");
    let about = format!("{}, {} {}", page.title, page.level, page.sigle);
    let made = school.periods.values().iter().filter(|period| period.annex == Some(ix));
    let mut made: Vec<_> = made.filter(|period| period.year == school.current_year()).collect();
    made.sort_by_key(|period| period.record.debut);
    let status = if annex.record.apprentis { Status::Apprentice } else { Status::School };
    AnnexSheet {
        sheet: sheet_frame(
            desk,
            "Annexe pédagogique",
            Some(about),
            Some(annex.diploma),
            [&*annex.file],
        ),
        annex: page,
        tutor_word: tutor_word(status),
        learner_word: if annex.record.apprentis { "L’apprenti" } else { "L’élève" },
        worked: by_group(referential, mobilised(referential, &annex.tasks)),
        periods: made
            .into_iter()
            .map(|period| {
                let length = count(period.weeks().len(), "semaine", "semaines");
                (period.record.titre.clone(), span(period.record.debut, period.record.fin), length)
            })
            .collect(),
    }
}
