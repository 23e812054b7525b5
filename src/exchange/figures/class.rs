//! A class: positions, results of evaluations, how many stand where, marks of the livret.

use super::super::sheet::{Cell, Sheet};
use super::{after_who, who};
use crate::insight::{
    Hundredths, LastPosition, Tally, class_view, hundredths, livret_candidates, livret_group,
    livret_mean, livret_state,
};
use crate::record::Level;
use crate::school::{Class, Ix, Referential, RowState, School};

/// The tables of a class: "Positions", "Résultats", "Répartition", and where there are livrets "Livret" and
/// "Groupe".
///
/// Levels are told in words, as their signs would be formulas. A suggestion is nobody's position: it is not told.
pub fn class_sheets(school: &School, class: Ix<Class>) -> Vec<Sheet> {
    let mut sheets = vec![results(school, class)];
    let view = class_view(school, class);
    let referential = &school.referentials[school.classes[class].diploma];
    let heads: Vec<String> =
        referential.competence_ixs().map(|competence| head(referential, competence)).collect();
    let mut positions = Sheet::new("Positions", after_who(heads.iter().cloned()));
    for (pupil, line) in &view.lines {
        let mut row = who(&school.pupils[*pupil]);
        row.extend(line.iter().map(|last| match last {
            LastPosition::Position(level, _) => level.label().into(),
            LastPosition::Suggested(_) | LastPosition::Nothing => Cell::Empty,
        }));
        positions.rows.push(row);
    }
    let columns = ["Compétence"].into_iter().chain(Level::ALL[1..].iter().map(|one| one.label()));
    let mut spread = Sheet::new("Répartition", columns.chain(["sans position"]));
    for (head, tally) in heads.iter().zip(&view.tallies) {
        let mut row = vec![Cell::from(head.as_str())];
        row.extend(counts(&tally.positions));
        row.push(Cell::count(tally.positions.of(Level::NotAssessed)));
        spread.rows.push(row);
    }
    sheets.splice(0..0, [positions]);
    sheets.push(spread);
    sheets.extend(livret(school, class));
    sheets
}

fn head(referential: &Referential, competence: crate::school::CompetenceIx) -> String {
    let record = referential.competence_record(competence);
    format!("{} {}", record.code, record.intitule)
}

/// One cell a level, without those not assessed.
pub(super) fn counts(tally: &Tally) -> impl Iterator<Item = Cell> {
    Level::ALL[1..].iter().map(|level| Cell::count(tally.of(*level)))
}

/// One row a result: what a spreadsheet can sort, filter and pivot.
fn results(school: &School, class: Ix<Class>) -> Sheet {
    let ours = &school.classes[class];
    let referential = &school.referentials[ours.diploma];
    let columns = ["Date", "Évaluation", "Auteur"].map(str::to_owned).into_iter();
    let columns = columns.chain(after_who(
        ["Compétence", "Critère", "Intitulé du critère", "Résultat"].map(str::to_owned),
    ));
    let mut sheet = Sheet::new("Résultats", columns);
    for evaluation in ours.evaluations.iter().map(|ix| &school.evaluations[*ix]) {
        let author = evaluation.author.map(|author| school.people[author].full_name());
        let start = [
            evaluation.record.date.into(),
            evaluation.record.titre.as_str().into(),
            Cell::maybe(author.as_deref()),
        ];
        for row in &evaluation.rows {
            let neutral = match &row.state {
                RowState::Rated(levels) => {
                    for (criterion, level) in evaluation.criteria.iter().zip(levels) {
                        let competence = referential.competence_of(*criterion);
                        let code = &referential.criteria[usize::from(criterion.0)].code;
                        let mut cells = start.to_vec();
                        cells.extend(who(&school.pupils[row.pupil]));
                        cells.push(referential.competence_record(competence).code.as_str().into());
                        cells.push(code.as_str().into());
                        cells.push(referential.criterion_title(*criterion).into());
                        cells.push(level.label().into());
                        sheet.rows.push(cells);
                    }
                    continue;
                }
                RowState::Absent => "absent",
                RowState::Exempt => "dispensé",
                RowState::Unrated => "pas encore évalué",
            };
            let mut cells = start.to_vec();
            cells.extend(who(&school.pupils[row.pupil]));
            cells.extend([Cell::Empty, Cell::Empty, Cell::Empty, neutral.into()]);
            sheet.rows.push(cells);
        }
    }
    sheet
}

/// The marks of the livrets of a class, and the figures of the group (LSL-42).
fn livret(school: &School, class: Ix<Class>) -> Vec<Sheet> {
    let ours = &school.classes[class];
    let Some(group) = livret_group(school, class) else { return Vec::new() };
    let periods: Vec<&str> =
        school.periods_of_class(ours).iter().map(|period| period.code.as_str()).collect();
    let columns = periods.iter().map(|code| format!("Note {code}"));
    let columns = columns.chain(["Moyenne annuelle", "Complet"].map(str::to_owned));
    let mut marks = Sheet::new("Livret", after_who(columns));
    for pupil in livret_candidates(school, class) {
        let livret = school.livret_of(pupil, ours.year).map(|ix| &school.livrets[ix]);
        let mut row = who(&school.pupils[pupil]);
        row.extend(periods.iter().map(|code| {
            let notes = livret.iter().flat_map(|livret| &livret.record.notes);
            match notes.into_iter().find(|note| note.periode == *code) {
                Some(note) if note.non_note => "NN".into(),
                Some(note) => {
                    note.note.map_or(Cell::Empty, |mark| Cell::hundredths(hundredths(mark)))
                }
                None => Cell::Empty,
            }
        }));
        row.push(maybe(livret.and_then(|livret| livret_mean(school, livret))));
        row.push(
            livret_state(school, pupil, ours.year)
                .map_or(Cell::Empty, |state| state.is_complete().into()),
        );
        marks.rows.push(row);
    }
    let mut figures = Sheet::new(
        "Groupe",
        [
            "Effectif",
            "Élèves ayant une moyenne",
            "Moins de 8 (%)",
            "De 8 à moins de 12 (%)",
            "12 et plus (%)",
            "Moyenne annuelle du groupe",
        ],
    );
    let mut row = vec![Cell::count(group.size), Cell::count(group.counted)];
    row.extend((0..3).map(|place| maybe(group.shares.map(|shares| shares[place]))));
    row.push(maybe(group.mean));
    figures.rows.push(row);
    vec![marks, figures]
}

fn maybe(value: Option<Hundredths>) -> Cell {
    value.map_or(Cell::Empty, Cell::hundredths)
}
