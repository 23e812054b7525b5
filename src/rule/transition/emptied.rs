//! What goes with a period that is deleted.

use crate::history::{Act, Change, Transition};
use crate::record::Kind;
use crate::text::{and_list, count};

/// How much learners and teachers wrote on a period that this change deletes or renames, in words;
/// nothing when there is no such thing.
pub(super) fn emptied(act: &Act<'_>, one: &Transition) -> Option<String> {
    let Some(Kind::Period { year, slug }) = &one.kind_before else { return None };
    if !matches!(one.change, Change::Removed | Change::Moved) {
        return None;
    }
    let (entries, portfolios) = act.moment.entries(&format!("{year}/{slug}"));
    let counted = [
        (entries.weeks, "semaine de journal", "semaines de journal"),
        (entries.sheets, "fiche", "fiches"),
        (entries.reviews, "bilan", "bilans"),
    ];
    let counted: Vec<String> = (counted.into_iter())
        .filter(|(number, ..)| *number > 0)
        .map(|(number, one, many)| count(number, one, many))
        .collect();
    let whose = count(portfolios, "élève", "élèves");
    (!counted.is_empty()).then(|| format!("{} de {whose}", and_list(&counted)))
}
