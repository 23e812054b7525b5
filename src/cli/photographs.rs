//! The photographs of books, drawn for the site: those drawn before are taken again as they are.

use std::collections::BTreeSet;
use std::sync::{Mutex, PoisonError};

use rayon::prelude::*;

use crate::page::photographs;
use crate::render::{Prints, develop};
use crate::school::School;
use crate::source::Source;

/// Draws the photographs of open books, in parallel, and hands over each file as soon as it is
/// there. Gives the paths of those that could not be drawn after all: the pages that name them say
/// so. `earlier` gives what stood at an address before: names come from the bytes of the
/// photograph and from the way it is drawn, so that the same name is the same file.
///
/// # Errors
/// When a file is not taken in.
pub(super) fn draw(
    source: &dyn Source,
    school: &School,
    earlier: &(dyn Fn(&str) -> Option<Vec<u8>> + Sync),
    put: &(dyn Fn(&str, Vec<u8>) -> anyhow::Result<()> + Sync),
) -> anyhow::Result<BTreeSet<String>> {
    let all = photographs(school);
    let undrawn = Mutex::new(BTreeSet::new());
    all.par_iter().try_for_each(|photograph| {
        let known = |address: &str| earlier(address).filter(|bytes| is_whole(bytes));
        let prints = match (known(&photograph.large), known(&photograph.small)) {
            (Some(large), Some(small)) => Some(Prints { large, small }),
            _ => source.read(&photograph.from).ok().and_then(|bytes| develop(&bytes)),
        };
        let Some(prints) = prints else {
            tracing::warn!(file = photograph.from, "photograph that could not be drawn");
            let mut undrawn = undrawn.lock().unwrap_or_else(PoisonError::into_inner);
            undrawn.insert(photograph.from.clone());
            return Ok(());
        };
        put(&photograph.large, prints.large)?;
        put(&photograph.small, prints.small)
    })?;
    Ok(undrawn.into_inner().unwrap_or_else(PoisonError::into_inner))
}

/// Whether a file drawn before is a whole JPEG.
fn is_whole(bytes: &[u8]) -> bool {
    bytes.starts_with(&[0xff, 0xd8]) && bytes.ends_with(&[0xff, 0xd9])
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;
    use std::io::Cursor;

    use super::*;
    use crate::record;
    use crate::school::link;
    use crate::source::{Memory, Texts};

    type Files = BTreeMap<String, Vec<u8>>;

    const SCHOOL: &str = "format = 1\nnom = \"L\"\nuai = \"0549999A\"\n\
        courriel = \"l@l.example\"\nannee = \"2026-2027\"\n";
    const CLASSES: &str = "[classes.tmcva]\nnom = \"T MCV A\"\ndiplome = \"mcv-a\"\nniveau = \"terminale\"\nequipe = []\n";
    const STUDENT: &str = "nom = \"Dupont\"\nprenom = \"Léa\"\nnaissance = 2009-03-14\n\
        [[scolarite]]\nannee = \"2026-2027\"\nclasse = \"tmcva\"\nstatut = \"scolaire\"\n";
    const PAGE: &str = "+++\ntitre = \"La vitrine\"\ndate = 2026-12-04\nlieu = \"entreprise\"\n\
        [[photos]]\nfichier = \"a.png\"\ndescription = \"La vitrine\"\n\
        [[photos]]\nfichier = \"b.png\"\ndescription = \"La rue\"\n+++\nTexte.\n";
    const FIRST: &str = "students/2025/dupont-lea/book/vitrine/a.png";

    fn png(shade: u8) -> Vec<u8> {
        let mut bytes = Cursor::new(Vec::new());
        let image = image::RgbImage::from_fn(700, 20, |x, _| {
            image::Rgb([shade, u8::try_from(x % 251).unwrap(), 90])
        });
        image.write_to(&mut bytes, image::ImageFormat::Png).unwrap();
        bytes.into_inner()
    }

    /// A school of one learner, whose page has two photographs.
    fn files(book: bool) -> Files {
        let folder = "students/2025/dupont-lea";
        let referential = concat!(env!("CARGO_MANIFEST_DIR"), "/content/referentials/mcv-a.toml");
        [
            ("school.toml".to_owned(), format!("{SCHOOL}book = {book}\n").into_bytes()),
            ("referentials/mcv-a.toml".to_owned(), std::fs::read(referential).unwrap()),
            ("classes/2026-2027.toml".to_owned(), CLASSES.into()),
            (format!("{folder}/student.toml"), STUDENT.into()),
            (format!("{folder}/book/vitrine.md"), PAGE.into()),
            (FIRST.to_owned(), png(10)),
            (format!("{folder}/book/vitrine/b.png"), png(200)),
        ]
        .into()
    }

    fn school(files: &Files) -> School {
        let (texts, _) = Texts::read(&Memory(files.clone())).unwrap();
        link(record::load(&texts).0).0
    }

    fn drawn(source: &Files, school: &School, earlier: &Files) -> (Files, BTreeSet<String>) {
        let files = Mutex::new(Files::new());
        let put = |address: &str, bytes| {
            files.lock().unwrap().insert(address.to_owned(), bytes);
            Ok(())
        };
        let known = |address: &str| earlier.get(address).cloned();
        let undrawn = draw(&Memory(source.clone()), school, &known, &put).unwrap();
        (files.into_inner().unwrap(), undrawn)
    }

    #[test]
    fn a_photograph_drawn_before_is_not_read_again() {
        let mut source = files(true);
        let school = school(&source);
        let (first, undrawn) = drawn(&source, &school, &Files::new());
        assert!(undrawn.is_empty());
        assert_eq!(first.len(), 4);
        assert!(first.keys().all(|at| at.starts_with("mcv-a/eleves/dupont-lea/book/")));
        assert!(first.keys().all(|at| !at.contains("vitrine") && at.ends_with(".jpg")));
        // The files are gone: what was drawn is enough, and is the same.
        source.retain(|path, _| !path.ends_with(".png"));
        assert_eq!(drawn(&source, &school, &first), (first.clone(), BTreeSet::new()));
        // Half a file is not taken for a photograph.
        let mut torn = first.clone();
        torn.values_mut().for_each(|bytes| bytes.truncate(60));
        assert_eq!(drawn(&files(true), &school, &torn).0, first);
    }

    #[test]
    fn other_bytes_have_another_name() {
        let mut source = files(true);
        let (first, _) = drawn(&source, &school(&source), &Files::new());
        source.insert(FIRST.to_owned(), png(11));
        let (second, _) = drawn(&source, &school(&source), &Files::new());
        assert_eq!(second.keys().filter(|at| first.contains_key(*at)).count(), 2);
    }

    #[test]
    fn a_damaged_photograph_stops_nothing() {
        let mut source = files(true);
        let mut bytes = png(10);
        let middle = bytes.len() / 2;
        bytes[middle..middle + 8].fill(0xff);
        source.insert(FIRST.to_owned(), bytes);
        let (files, undrawn) = drawn(&source, &school(&source), &Files::new());
        assert_eq!(files.len(), 2);
        assert_eq!(undrawn, BTreeSet::from([FIRST.to_owned()]));
    }

    #[test]
    fn nothing_is_drawn_while_the_book_is_closed() {
        let source = files(false);
        assert!(drawn(&source, &school(&source), &Files::new()).0.is_empty());
    }
}
