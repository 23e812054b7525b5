//! A learner's book on paper: one page for each success that the learner chose (BOOK-06).

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde::Serialize;

use crate::page::document::{Desk, SheetFrame, sheet_frame};
use crate::page::{LearnerBookPage, PhotoPart, Success, learner_book_page};
use crate::school::{Ix, Pupil};
use crate::text::characters;

/// The context of a printed book.
#[derive(Debug, Serialize)]
pub struct BookSheet {
    /// Around the document.
    pub sheet: SheetFrame,
    /// One page each.
    pub leaves: Vec<BookLeaf>,
}

/// One success on its page.
#[derive(Debug, Serialize)]
pub struct BookLeaf {
    /// What the site says of it.
    pub success: Success,
    /// Its photographs.
    pub prints: Vec<Print>,
    /// How high the block of photographs is, in millimetres: what the words leave of the page.
    pub height: u32,
    /// Whether the words are many, and set smaller.
    pub dense: &'static str,
}

/// A photograph on paper.
#[derive(Debug, Serialize)]
pub struct Print {
    /// What it shows, by the learner.
    pub description: String,
    /// The file itself, as a `data:` address.
    pub data: Option<String>,
    /// Why it is not shown.
    pub fault: Option<&'static str>,
}

/// What the heading, the date and the margins of a page leave, in millimetres, on the first page:
/// the letterhead stands there, and all pages are set alike.
const ROOM: usize = 206;
/// Least and greatest height of the photographs.
const LEAST: usize = 46;
const GREATEST: usize = 118;
/// Words of which a page set in the usual size has no room for large photographs.
const DENSE: usize = 130;

/// Computes a printed book; a learner without diploma has none.
pub fn book_sheet(desk: &Desk<'_>, ix: Ix<Pupil>) -> BookSheet {
    let (site, school) = (desk.site, desk.site.school);
    let pupil = &school.pupils[ix];
    let diploma = site.home_diploma(ix);
    let page = diploma.map(|d| learner_book_page(site, d, ix, ""));
    let about = match &page {
        Some(LearnerBookPage { full_name, place, .. }) => format!("{full_name}, {place}"),
        None => pupil.full_name(),
    };
    let shown = pupil.book_pages.iter().map(|page| &*school.book_pages[*page].file);
    let shown = shown.chain([&*pupil.file]);
    let leaves = page.map_or_else(Vec::new, |page| page.chosen);
    BookSheet {
        sheet: sheet_frame(desk, "Book de l’apprenant", Some(about), diploma, shown),
        leaves: leaves.into_iter().map(|success| leaf(desk, success)).collect(),
    }
}

fn leaf(desk: &Desk<'_>, success: Success) -> BookLeaf {
    let several = success.photos.len() > 2;
    let photos = success.photos.iter().enumerate();
    // The small file is sharp enough where three photographs share the width.
    let prints = photos.map(|(n, photo)| print(desk, photo, several && n > 0)).collect();
    let usual = words_height(&success, 96, 5.2);
    let dense = usual > DENSE;
    let words = if dense { words_height(&success, 112, 4.3) } else { usual };
    let height = ROOM.saturating_sub(words).clamp(LEAST, GREATEST);
    BookLeaf {
        prints,
        height: u32::try_from(height).unwrap_or(0),
        dense: if dense { "dense" } else { "" },
        success,
    }
}

/// How high the text, the captions and the competences stand, in millimetres, where a line holds so
/// many characters and is so high: guessed on the safe side, since only the browser sets lines.
fn words_height(success: &Success, line: usize, high: f64) -> usize {
    let lines = |text: &str, line: usize| characters(text).div_ceil(line).max(1);
    let body: usize = success.body.lines().map(|one| lines(one, line)).sum();
    let captions = success.photos.len().min(2);
    let width = if captions > 1 { line / 2 } else { line };
    let photos = success.photos.iter().map(|photo| lines(&photo.description, width));
    let tags: usize = success.competences.iter().map(|(_, words, _)| lines(words, line)).sum();
    let lines = body + photos.sum::<usize>() + tags + lines(&success.title, line / 2);
    let high = u32::try_from(lines).map_or(f64::MAX, |lines| f64::from(lines) * high);
    // From a positive, bounded number.
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "0 to 10 000")]
    let high = high.min(10_000.0).ceil() as usize;
    high + 1
}

fn print(desk: &Desk<'_>, photo: &PhotoPart, small: bool) -> Print {
    let address = photo.image.as_ref().map(|one| if small { &one.small } else { &one.large });
    let data = address
        .and_then(|address| (desk.photograph)(address))
        .map(|bytes| format!("data:image/jpeg;base64,{}", STANDARD.encode(bytes)));
    let unread = data.is_none().then_some("le fichier ne peut pas être ouvert");
    Print { description: photo.description.clone(), fault: photo.fault.or(unread), data }
}
