//! "Book apprenant": who keeps a book, and the book of one learner, a page for each success.

use serde::Serialize;

use super::photograph::shown;
use super::referential::anchor;
use super::roll::{ClassLine, class_line, departure};
use super::{D, Day, Document, Frame, Menu, Neighbour, Site, Subject, address, frame, link};
use crate::record::Picture;
use crate::school::{BookPage, Class, Ix, Pupil};

/// The context of the list of books.
#[derive(Debug, Serialize)]
pub struct BooksPage {
    /// Around the page.
    pub frame: Frame,
    /// Classes of the current year with their learners.
    pub classes: Vec<ClassBooks>,
    /// Books of those who have left this diploma's classes.
    pub former: Vec<BookLine>,
    /// How many books have a page.
    pub count: usize,
}

/// A class and the books of its learners.
#[derive(Debug, Serialize)]
pub struct ClassBooks {
    /// The class.
    pub class: ClassLine,
    /// Its learners, by name.
    pub learners: Vec<BookLine>,
}

/// A learner in the list of books.
#[derive(Debug, Serialize)]
pub struct BookLine {
    /// "DUPONT Léa".
    pub name: String,
    /// Way to the book, once it has a page.
    pub href: Option<String>,
    /// "partie le 15/01/2027".
    pub gone: Option<String>,
    /// Pages.
    pub pages: usize,
    /// Pages that the learner chose.
    pub chosen: usize,
    /// Photographs.
    pub photos: usize,
    /// When the last page happened.
    pub last: Option<Day>,
}

/// The context of a learner's book.
#[derive(Debug, Serialize)]
pub struct LearnerBookPage {
    /// Around the page.
    pub frame: Frame,
    /// "DUPONT Léa".
    pub name: String,
    /// "Léa Dupont", at the top of each printed page.
    pub full_name: String,
    /// The class, else the diploma, at the top of each printed page.
    pub place: String,
    /// Way to the dashboard.
    pub dashboard: String,
    /// Pages that the learner chose, oldest first.
    pub chosen: Vec<Success>,
    /// Pages kept out of the printed book.
    pub kept: Vec<Success>,
}

/// One success.
#[derive(Debug, Serialize)]
pub struct Success {
    /// Anchor on the page.
    pub anchor: String,
    /// Its title.
    pub title: String,
    /// When.
    pub day: Day,
    /// "en entreprise".
    pub place: &'static str,
    /// Name of the place.
    pub name: Option<String>,
    /// The competences: code, wording, way to each in the référentiel.
    pub competences: Vec<(String, String, String)>,
    /// Its photographs.
    pub photos: Vec<PhotoPart>,
    /// The learner's text, in Markdown.
    pub body: String,
}

/// A photograph of a success.
#[derive(Debug, Serialize)]
pub struct PhotoPart {
    /// What it shows, by the learner.
    pub description: String,
    /// Its two sizes, if it can be shown.
    pub image: Option<PhotoImage>,
    /// Why it cannot.
    pub fault: Option<&'static str>,
}

/// A photograph that can be shown.
#[derive(Debug, Serialize)]
pub struct PhotoImage {
    /// Way to the larger file.
    pub large: String,
    /// Way to the thumbnail.
    pub small: String,
    /// Width of the larger one, in pixels.
    pub width: u32,
    /// Its height.
    pub height: u32,
}

/// Learners whose book stands under a diploma, as the JSON twin has them.
#[derive(Debug, Serialize)]
pub struct BooksTwin<'a> {
    diplome: &'a str,
    books: Vec<BookTwin<'a>>,
}

#[derive(Debug, Serialize)]
struct BookTwin<'a> {
    eleve: &'a str,
    pages: usize,
    choisies: usize,
    photos: usize,
}

/// The learners whose book stands under a diploma, that of their last class, by name.
pub fn learners_with_book(site: &Site<'_>, d: D) -> Vec<Ix<Pupil>> {
    let school = site.school;
    let mut list: Vec<Ix<Pupil>> = school
        .pupils
        .iter()
        .filter(|(ix, pupil)| !pupil.book_pages.is_empty() && site.home_diploma(*ix) == Some(d))
        .map(|(ix, _)| ix)
        .collect();
    list.sort_by(|a, b| {
        let (a, b) = (&school.pupils[*a], &school.pupils[*b]);
        site.collation.compare_names(a.sort_name(), b.sort_name()).then_with(|| a.id.cmp(&b.id))
    });
    list
}

/// The twin of the list of books.
pub fn books_twin<'a>(site: &Site<'a>, d: D) -> BooksTwin<'a> {
    let school = site.school;
    let books = learners_with_book(site, d).into_iter().map(|ix| {
        let (pages, choisies, photos) = counts(site, ix);
        BookTwin { eleve: &school.pupils[ix].id, pages, choisies, photos }
    });
    BooksTwin { diplome: &school.referentials[d].code, books: books.collect() }
}

/// Computes the list of books.
pub fn books_page(site: &Site<'_>, d: D, at: &str) -> BooksPage {
    let school = site.school;
    let with_book = learners_with_book(site, d);
    let classes: Vec<Ix<Class>> = site.current_classes(d).collect();
    let here =
        |pupil: &Ix<Pupil>| classes.iter().any(|ix| school.classes[*ix].pupils.contains(pupil));
    let of_class = |ix: &Ix<Class>| ClassBooks {
        class: class_line(site, at, *ix),
        learners: school.classes[*ix]
            .pupils
            .iter()
            .map(|pupil| BookLine {
                gone: departure(school, *ix, *pupil),
                ..line(site, at, *pupil)
            })
            .collect(),
    };
    BooksPage {
        frame: frame(site, at, "Book apprenant", Some(d), Some(Menu::Book)),
        former: with_book.iter().filter(|ix| !here(ix)).map(|ix| line(site, at, *ix)).collect(),
        classes: classes.iter().map(of_class).collect(),
        count: with_book.len(),
    }
}

/// Pages, chosen pages and photographs of a learner.
fn counts(site: &Site<'_>, ix: Ix<Pupil>) -> (usize, usize, usize) {
    let pages = site.school.pupils[ix].book_pages.iter();
    let headers = pages.map(|page| &site.school.book_pages[*page].record.header);
    let chosen = headers.clone().filter(|header| header.choisie).count();
    (headers.len(), chosen, headers.map(|header| header.photos.len()).sum())
}

fn line(site: &Site<'_>, at: &str, ix: Ix<Pupil>) -> BookLine {
    let pupil = &site.school.pupils[ix];
    let (pages, chosen, photos) = counts(site, ix);
    BookLine {
        name: pupil.list_name(),
        href: book_of(site, ix).map(|subject| link(at, &address(site, subject))),
        gone: None,
        pages,
        chosen,
        photos,
        last: pupil
            .book_pages
            .last()
            .map(|page| site.school.book_pages[*page].record.header.date.into()),
    }
}

/// The page of a learner's book, once it is open and has something.
pub(super) fn book_of(site: &Site<'_>, ix: Ix<Pupil>) -> Option<Subject> {
    let open = site.school.establishment.book && !site.school.pupils[ix].book_pages.is_empty();
    open.then(|| site.home_diploma(ix)).flatten().map(|d| Subject::Book(d, ix))
}

/// Computes the book of a learner.
pub fn learner_book_page(site: &Site<'_>, d: D, ix: Ix<Pupil>, at: &str) -> LearnerBookPage {
    let school = site.school;
    let pupil = &school.pupils[ix];
    let name = pupil.list_name();
    let to = |subject| link(at, &address(site, subject));
    let list = learners_with_book(site, d);
    let around = frame(site, at, format!("{name}, book"), Some(d), Some(Menu::Book))
        .papers(site, at, &[Document::Book(ix)])
        .crumb(site, at, "Book apprenant", Subject::Books(d))
        .walk("Books", &list, ix, |other| Neighbour {
            label: school.pupils[other].list_name(),
            href: to(Subject::Book(d, other)),
        });
    let class = site.last_class(d, ix).map(|class| &school.classes[class].record.nom);
    let pages = pupil.book_pages.iter().map(|page| &school.book_pages[*page]);
    let (chosen, kept): (Vec<_>, Vec<_>) = pages.partition(|page| page.record.header.choisie);
    let successes =
        |pages: Vec<&BookPage>| pages.into_iter().map(|page| success(site, at, page)).collect();
    LearnerBookPage {
        frame: around,
        full_name: pupil.full_name(),
        place: class.unwrap_or(&school.referentials[d].record.sigle).clone(),
        dashboard: to(Subject::Dashboard(d, ix)),
        chosen: successes(chosen),
        kept: successes(kept),
        name,
    }
}

fn success(site: &Site<'_>, at: &str, page: &BookPage) -> Success {
    let header = &page.record.header;
    let competences = page.diploma.map_or_else(Vec::new, |d| {
        let referential = &site.school.referentials[d];
        let home = link(at, &address(site, Subject::Referential(d)));
        let tag = |ix: &crate::school::CompetenceIx| {
            let competence = &referential.competences[ix.0 as usize];
            let href = format!("{home}#{}", anchor("", &competence.code));
            (competence.code.clone(), referential.competence_record(*ix).intitule.clone(), href)
        };
        page.competences.iter().map(tag).collect()
    });
    Success {
        anchor: format!("page-{}", page.slug),
        title: header.titre.clone(),
        day: header.date.into(),
        place: header.lieu.label(),
        name: header.precision.clone(),
        competences,
        photos: header
            .photos
            .iter()
            .map(|photo| photo_part(site, at, page, &page.photo_path(photo), &photo.description))
            .collect(),
        body: page.record.body.0.clone(),
    }
}

fn photo_part(
    site: &Site<'_>,
    at: &str,
    page: &BookPage,
    path: &str,
    description: &str,
) -> PhotoPart {
    let image = shown(site, page, path).map(|shown| PhotoImage {
        large: link(at, &shown.large),
        small: link(at, &shown.small),
        width: shown.width,
        height: shown.height,
    });
    let fault = match site.school.pictures.get(path) {
        _ if image.is_some() => None,
        None => Some("le fichier manque"),
        Some(Picture::Heic) => Some("le format HEIC ne se lit pas dans un navigateur"),
        Some(Picture::Film) => Some("c’est un film ou un son"),
        Some(Picture::Foreign) => Some("ce n’est ni un JPEG, ni un PNG, ni un WebP"),
        Some(Picture::Heavy(_) | Picture::Vast(..)) => Some("le fichier est trop lourd"),
        Some(Picture::Broken | Picture::Sound { .. }) => Some("le fichier ne peut pas être ouvert"),
    };
    PhotoPart { description: description.to_owned(), image, fault }
}
