//! The families' site of `jalon build`: each pupil's page and documents sealed, a door for each letter.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::{Mutex, PoisonError};

use rayon::prelude::*;

use super::Timings;
use super::progress::Progress;
use crate::family::{
    Bearer, Code, ContentKey, Door, KeptDoors, Opening, ROUNDS, Salt, SealedFile, Secret, block,
    content_key, decoys, word_list,
};
use crate::insight::{Access, Reader, readers};
use crate::page::{
    Site, accessibility_statement, document_address, family_class, family_documents, family_page,
};
use crate::render::{FamilyPress, FrameFacts, Sealed};
use crate::school::{Class, Ix, Pupil};
use crate::source::{Output, WriteError, Written, earlier_output, write_if_changed};
use crate::text::count;

/// What came of the families' site.
#[derive(Clone, Copy, Debug)]
pub(super) struct Families {
    /// Pupils whose page can be opened.
    pages: usize,
    written: Written,
}

impl Families {
    /// "familles : 118 pages, 12 fichiers écrits …".
    pub(super) fn summary(self) -> String {
        let Written { changed, unchanged, removed } = self.written;
        format!(
            "familles : {}, {}, {}, {}\n",
            count(self.pages, "page", "pages"),
            count(changed, "fichier écrit", "fichiers écrits"),
            count(unchanged, "inchangé", "inchangés"),
            count(removed, "enlevé", "enlevés"),
        )
    }
}

/// There is no families' site.
pub(super) fn not_open() -> anyhow::Error {
    anyhow::anyhow!(
        "le site des familles n’est pas ouvert dans cet établissement\n\
         aide : dans school.toml, ajoutez une partie [familles] avec l’adresse du site"
    )
}

/// One run.
struct Run<'a> {
    site: &'a Site<'a>,
    secret: &'a Secret,
    year: String,
    press: FamilyPress,
    output: Output,
    /// Where the documents are.
    papers: Option<&'a Path>,
    kept: KeptDoors,
    told: Mutex<Told>,
}

/// A pupil of this year and who reads.
struct Household {
    pupil: Ix<Pupil>,
    class: Ix<Class>,
    readers: Vec<Reader>,
    /// The key of the page, when somebody may open it.
    key: Option<ContentKey>,
}

#[derive(Default)]
struct Told {
    pages: usize,
    doors: usize,
    /// How many blocks there are of each size.
    blocks: BTreeMap<usize, usize>,
    now: KeptDoors,
}

/// Builds the families' site in `out/family`; documents are taken from the folder `papers`, if one is
/// given, and those that are not there are not offered.
pub(super) fn bring_up(
    site: &Site<'_>,
    secret: &Secret,
    out: &Path,
    papers: Option<&Path>,
    timings: &mut Timings,
) -> anyhow::Result<Families> {
    let cache = out.join(".cache");
    let doors = cache.join("portes");
    let kept = earlier_output(&cache, "portes").and_then(|bytes| String::from_utf8(bytes).ok());
    let run = Run {
        site,
        secret,
        year: site.school.current_year().to_string(),
        press: FamilyPress::new()?,
        output: Output::open_listed(&out.join("family"), cache.join("familles"))?,
        papers,
        kept: kept.map(|text| KeptDoors::read(&text)).unwrap_or_default(),
        told: Mutex::default(),
    };
    timings.step("familles, pages", || run.pages())?;
    let made = timings.step("familles, lettres", || run.doors());
    // What was made is kept even when the run stops: words take a tenth of a second each.
    let mut now = std::mem::take(&mut run.told().now);
    if made.is_err() {
        now.absorb(run.kept.clone());
    }
    write_if_changed(&doors, now.text().as_bytes())?;
    made?;
    timings.step("familles, cadre", || run.around())?;
    let Run { output, told, .. } = run;
    let pages = told.into_inner().unwrap_or_else(PoisonError::into_inner).pages;
    Ok(Families { pages, written: output.finish()? })
}

/// The letters of a pupil, as cryptography knows them.
pub(super) fn bearer(year: &str, pupil: &Pupil, reader: &Reader, turn: usize) -> Bearer {
    Bearer { year: year.to_owned(), pupil: pupil.id.clone(), who: reader.key.clone(), turn }
}

impl Run<'_> {
    fn told(&self) -> std::sync::MutexGuard<'_, Told> {
        self.told.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The pupils of this year.
    fn pupils(&self) -> Vec<Household> {
        let school = self.site.school;
        let pupils = school.pupils.iter().filter_map(|(ix, pupil)| {
            let class = family_class(self.site, ix)?;
            let readers = readers(pupil, self.site.today);
            let open: Vec<Bearer> = readers
                .iter()
                .filter(|reader| reader.access.is_open())
                .map(|reader| bearer(&self.year, pupil, reader, reader.cancelled.len()))
                .collect();
            let key =
                (!open.is_empty()).then(|| content_key(self.secret, &self.year, &pupil.id, &open));
            Some(Household { pupil: ix, class, readers, key })
        });
        pupils.collect()
    }

    /// Seals the pages and documents.
    fn pages(&self) -> anyhow::Result<()> {
        self.pupils().into_par_iter().try_for_each(|household| {
            let Household { pupil: ix, class, key: Some(key), .. } = household else {
                return Ok(());
            };
            let page = family_page(self.site, ix, class);
            let mut sealed = Vec::new();
            for document in family_documents(self.site, ix) {
                let address = document_address(self.site, document.document);
                let Some(bytes) = self.papers.and_then(|papers| earlier_output(papers, &address))
                else {
                    continue;
                };
                let name = key.document(&address);
                self.put(&block(&key, &self.year, name, &bytes))?;
                sealed.push(Sealed::document(&document, name.text(), bytes.len()));
            }
            let data = serde_json::to_vec_pretty(&page)?;
            let name = key.document("donnees.json");
            self.put(&block(&key, &self.year, name, &data))?;
            sealed.push(Sealed::data(name.text(), data.len()));
            let html = self.press.page(self.site, &page, &sealed)?;
            self.put(&block(&key, &self.year, key.page(), html.as_bytes()))?;
            self.told().pages += 1;
            Ok(())
        })
    }

    fn put(&self, file: &SealedFile) -> Result<(), WriteError> {
        *self.told().blocks.entry(file.size).or_default() += 1;
        self.write(file)
    }

    fn write(&self, file: &SealedFile) -> Result<(), WriteError> {
        let head = SealedFile::HEAD;
        let is_there = |size: u64, head: &[u8]| file.is(size, head);
        self.output.write_unless(&file.address, head, is_there, || file.bytes())
    }

    /// Makes the doors: two a letter, and two for each letter that it replaced.
    fn doors(&self) -> Result<(), WriteError> {
        let letters: Vec<(Bearer, Opening)> =
            self.pupils().into_iter().flat_map(|household| self.letters(&household)).collect();
        let progress = Progress::new("lettres", letters.len());
        letters.into_par_iter().try_for_each(|(bearer, opening)| {
            let link = Door::of_link(&Code::of(self.secret, &bearer).link);
            self.write(&link.file(&self.year, &opening))?;
            let (tag, door, _) = self.kept.door_of_words(self.secret, &bearer, &opening);
            self.output.write(&door.0, &door.1)?;
            let mut told = self.told();
            told.doors += 2;
            told.now.insert(tag, door);
            drop(told);
            progress.step();
            Ok(())
        })
    }

    fn letters(&self, household: &Household) -> Vec<(Bearer, Opening)> {
        let Household { pupil, readers, key, .. } = household;
        let pupil = &self.site.school.pupils[*pupil];
        let mut letters = Vec::new();
        for reader in readers {
            let turn = reader.cancelled.len();
            let opening = match (reader.access, key) {
                (Access::Open, Some(key)) => {
                    Opening::Page { key: key.clone(), label: pupil.record.prenom.clone() }
                }
                (Access::Reserved(_), _) => Opening::Reserved,
                _ => Opening::Refused,
            };
            letters.push((bearer(&self.year, pupil, reader, turn), opening));
            let earlier = (0..turn).map(|turn| bearer(&self.year, pupil, reader, turn));
            letters.extend(earlier.map(|bearer| (bearer, Opening::Replaced)));
        }
        letters
    }

    /// The frame that all may read, and the decoys.
    fn around(&self) -> anyhow::Result<()> {
        let salt = Salt::of(self.secret, &self.year).text();
        let statement = accessibility_statement(&self.site.school.establishment).without_names();
        let facts = FrameFacts { year: self.year.clone(), salt, rounds: ROUNDS.get(), statement };
        for (address, bytes) in self.press.frame(&facts, word_list())? {
            self.output.write(&address, &bytes)?;
        }
        let (doors, blocks) = {
            let told = self.told();
            (
                told.doors,
                told.blocks.iter().map(|(size, number)| (*size, *number)).collect::<Vec<_>>(),
            )
        };
        decoys(self.secret, &self.year, doors, &blocks)
            .par_bridge()
            .try_for_each(|file| self.write(&file))?;
        Ok(())
    }
}
