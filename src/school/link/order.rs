//! The order of pupils in a list.

use crate::school::{Ix, Pupil, Table};
use crate::text::Collation;

/// Sorts by name as French does, then by id.
pub(super) fn sort_pupils<T>(
    list: &mut [T],
    pupils: &Table<Pupil>,
    collation: &Collation,
    pupil: impl Fn(&T) -> Ix<Pupil>,
) {
    list.sort_by(|a, b| {
        let (a, b) = (&pupils[pupil(a)], &pupils[pupil(b)]);
        collation.compare_names(a.sort_name(), b.sort_name()).then_with(|| a.id.cmp(&b.id))
    });
}
