//! The radar of a family's page: the last validated review, and the one before it if there is one.

use crate::page::Site;
use crate::record::Level;
use crate::render::html::Html;
use crate::school::{Ix, Review};

use super::evolution::{Axis, MANY};
use super::radar;

/// The drawing alone: the page says what it shows, in the language of the reader. Nothing when there
/// are too few competences to make a surface.
pub(in crate::render) fn family_radar(
    site: &Site<'_>,
    before: Option<Ix<Review>>,
    last: Ix<Review>,
) -> Option<Html> {
    let school = site.school;
    let referential = &school.referentials[school.reviews[last].diploma];
    let axis = |competence| Axis {
        code: &referential.competence_record(competence).code,
        before: before
            .map_or(Level::NotAssessed, |before| school.reviews[before].position(competence)),
        now: school.reviews[last].position(competence),
    };
    let axes: Vec<Axis<'_>> = referential.competence_ixs().map(axis).collect();
    let assessed = axes.iter().filter(|axis| axis.now.rank().is_some()).count();
    if assessed < 3 {
        return None;
    }
    let mut html = Html::with_capacity(4_096);
    radar::drawing(&mut html, &axes, axes.len() > MANY);
    Some(html)
}
