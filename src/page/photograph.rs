//! Where the photographs of books stand in the site, and how large they are there.

use std::collections::BTreeMap;

use super::Site;
use crate::record::Picture;
use crate::school::{BookPage, Ix, Pupil, School};

/// The longest side of a photograph, in pixels.
pub const LARGE: u32 = 1600;
/// The longest side of a thumbnail, in pixels.
pub const SMALL: u32 = 480;

/// Changes whenever the same file is to give other bytes: a new size, quality, or version of what
/// draws. It enters the names, so that what an earlier program drew is not taken for ours.
const RECIPE: &[u8] = b"jalon photograph 1";

/// A photograph to be drawn: where it is read, where its two sizes are written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Photograph {
    /// Path in the content.
    pub from: String,
    /// Address in the site.
    pub large: String,
    /// Address of the thumbnail.
    pub small: String,
}

/// All photographs that pages show, in the order of their addresses; none while the book is closed.
pub fn photographs(school: &School) -> Vec<Photograph> {
    if !school.establishment.book {
        return Vec::new();
    }
    let mut all = BTreeMap::new();
    for page in school.book_pages.values() {
        for photo in &page.record.header.photos {
            let from = page.photo_path(photo);
            if let Some((large, small)) = addresses(school, page, &from) {
                all.insert(large.clone(), Photograph { from, large, small });
            }
        }
    }
    all.into_values().collect()
}

/// The addresses of a photograph of a page, if it can be shown: in the pupil's folder, under a name
/// that tells nothing but the bytes of the file.
fn addresses(school: &School, page: &BookPage, path: &str) -> Option<(String, String)> {
    let Picture::Sound { digest, .. } = school.pictures.get(path)? else { return None };
    let mut hasher = blake3::Hasher::new();
    hasher.update(RECIPE);
    hasher.update(digest);
    let name = hasher.finalize().to_hex();
    let name = &name[..20];
    let folder = folder(school, page.pupil)?;
    Some((format!("{folder}/{name}.jpg"), format!("{folder}/{name}-{SMALL}.jpg")))
}

fn folder(school: &School, pupil: Ix<Pupil>) -> Option<String> {
    let stay = school.pupils[pupil].stays.last()?;
    let diploma = school.classes[stay.class].diploma;
    let (code, id) = (&school.referentials[diploma].code, &school.pupils[pupil].id);
    Some(format!("{code}/eleves/{id}/book"))
}

/// A photograph as a page shows it: addresses of both sizes, width and height of the larger one.
pub(super) struct Shown {
    pub(super) large: String,
    pub(super) small: String,
    pub(super) width: u32,
    pub(super) height: u32,
}

/// How a photograph of a page is shown, if it can be.
pub(super) fn shown(site: &Site<'_>, page: &BookPage, path: &str) -> Option<Shown> {
    let (large, small) = addresses(site.school, page, path)?;
    let Picture::Sound { width, height, .. } = *site.school.pictures.get(path)? else {
        return None;
    };
    let (width, height) = fitted(width, height, LARGE);
    (!site.undrawn.contains(path)).then_some(Shown { large, small, width, height })
}

/// Width and height within a square of this side, in proportion; never larger than given.
pub fn fitted(width: u32, height: u32, side: u32) -> (u32, u32) {
    let longest = u64::from(width.max(height));
    if longest <= u64::from(side) {
        return (width, height);
    }
    let scaled = |length: u32| {
        let rounded = (u64::from(length) * u64::from(side) + longest / 2) / longest;
        u32::try_from(rounded.max(1)).unwrap_or(side)
    };
    (scaled(width), scaled(height))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_keep_their_proportions() {
        assert_eq!(fitted(4000, 3000, LARGE), (1600, 1200));
        assert_eq!(fitted(3000, 4000, SMALL), (360, 480));
        assert_eq!(fitted(1600, 900, LARGE), (1600, 900));
        assert_eq!(fitted(100, 20, LARGE), (100, 20));
        assert_eq!(fitted(50_000, 3, LARGE), (1600, 1));
    }
}
