//! A table pupils × criteria of a scenario, to rate a class with a pen.

use serde::Serialize;

use crate::page::document::{Desk, SheetFrame, sheet_frame};
use crate::page::present_pupils;
use crate::school::{Class, Ix, Scenario};

/// Criteria that one table holds: more would leave no room for a pen.
const MOST: usize = 25;
/// Up to so many criteria, their words stand in the head of the table.
const WORDED: usize = 8;

/// The context of a table to fill in.
#[derive(Debug, Serialize)]
pub struct BlankGridSheet {
    /// Around the document.
    pub sheet: SheetFrame,
    /// Title of the scenario.
    pub title: String,
    /// Name of the class.
    pub class: String,
    /// "2026-2027".
    pub year: String,
    /// "intermédiaire", when the scenario says it.
    pub complexity: Option<&'static str>,
    /// The pupils: "DUPONT Léa".
    pub pupils: Vec<String>,
    /// One table for each 25 criteria.
    pub tables: Vec<BlankTable>,
    /// Whether the words of the criteria stand in the heads; else they follow the tables.
    pub worded: Option<&'static str>,
}

/// Some of the criteria.
#[derive(Debug, Serialize)]
pub struct BlankTable {
    /// "Critères 1 à 25 sur 40"; none when there is one table.
    pub part: Option<String>,
    /// Its columns.
    pub columns: Vec<BlankColumn>,
}

/// A criterion at the head of a column.
#[derive(Clone, Debug, Serialize)]
pub struct BlankColumn {
    /// Code of the criterion.
    pub code: String,
    /// Its words.
    pub title: String,
    /// Code and words of its competence.
    pub competence: (String, String),
    /// Whether the criterion is the competence itself.
    pub alone: Option<&'static str>,
}

/// Computes a table to fill in.
pub fn blank_grid_sheet(desk: &Desk<'_>, scenario: Ix<Scenario>, ix: Ix<Class>) -> BlankGridSheet {
    let school = desk.site.school;
    let (scenario, class) = (&school.scenarios[scenario], &school.classes[ix]);
    let referential = &school.referentials[scenario.diploma];
    let column = |criterion: &crate::school::CriterionIx| {
        let competence = referential.competence_of(*criterion);
        let record = referential.competence_record(competence);
        let code = referential.criteria[criterion.0 as usize].code.clone();
        BlankColumn {
            alone: (code == record.code).then_some("oui"),
            title: referential.criterion_title(*criterion).to_owned(),
            competence: (record.code.clone(), record.intitule.clone()),
            code,
        }
    };
    let columns: Vec<BlankColumn> = scenario.criteria.iter().map(column).collect();
    let number = columns.len();
    // Tables of about the same width: 26 criteria make 13 and 13.
    let share = number.div_ceil(number.div_ceil(MOST).max(1)).max(1);
    let part = |n: usize, columns: &[BlankColumn]| {
        let (first, last) = (n * share + 1, n * share + columns.len());
        (number > share).then(|| format!("Critères {first} à {last} sur {number}"))
    };
    let tables = columns.chunks(share).enumerate();
    let tables = tables
        .map(|(n, columns)| BlankTable { part: part(n, columns), columns: columns.to_vec() })
        .collect();
    let present = present_pupils(school, ix);
    let files = present.iter().map(|pupil| &*school.pupils[*pupil].file);
    let shown = files.chain([&*scenario.file]);
    let about = format!("{}, {}", scenario.record.titre, class.record.nom);
    let title = "Grille d’évaluation à remplir";
    let sheet = sheet_frame(desk, title, Some(about), Some(scenario.diploma), shown);
    BlankGridSheet {
        sheet: sheet.of_year(class.year).landscape(),
        title: scenario.record.titre.clone(),
        class: class.record.nom.clone(),
        year: class.year.to_string(),
        complexity: scenario.record.complexite.map(crate::record::Complexity::label),
        pupils: present.iter().map(|pupil| school.pupils[*pupil].list_name()).collect(),
        tables,
        worded: (number <= WORDED).then_some("oui"),
    }
}
