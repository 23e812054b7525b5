//! Pages of books: the référentiel of the day, the competences shown.

use super::Linker;
use crate::diagnostic::{Site, key_path};
use crate::record;
use crate::school::{BookPage, School, Table};

impl Linker {
    /// The pages of all books, then those of each learner, by date.
    pub(super) fn book_pages(
        &mut self,
        school: &mut School,
        records: Vec<record::Loaded<(String, String), record::BookPage>>,
    ) {
        let mut pages = Vec::with_capacity(records.len());
        for loaded in records {
            let (student, slug) = loaded.key;
            let (file, record) = (loaded.file, loaded.record);
            let Some(pupil) = self.known_pupil(school, &student, Site::file(&file)) else {
                continue;
            };
            let class = school.class_of(&school.pupils[pupil], record.header.date);
            let diploma = class.map(|class| school.classes[class].diploma);
            let mut competences = Vec::with_capacity(record.header.competences.len());
            if let Some(diploma) = diploma {
                let referential = &school.referentials[diploma];
                for (n, code) in record.header.competences.iter().enumerate() {
                    let site = || Site::value(&file, key_path!["competences", n]);
                    competences.extend(self.competence(referential, code, site));
                }
            }
            competences.sort_unstable();
            competences.dedup();
            pages.push(BookPage { pupil, slug, file, record, diploma, competences });
        }
        pages.sort_by(|a, b| {
            let key = |page: &BookPage| (page.pupil, page.record.header.date);
            key(a).cmp(&key(b)).then_with(|| a.slug.cmp(&b.slug))
        });
        school.book_pages = Table::new(pages);
        for (ix, page) in school.book_pages.iter() {
            school.pupils[page.pupil].book_pages.push(ix);
        }
    }
}
