//! The documents to print, brought up to date: each is made and named by what it is made from; only
//! those that the store does not have go through the browser.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::{Mutex, MutexGuard, PoisonError};

use rayon::prelude::*;

use super::Timings;
use super::failure::causes;
use super::options::Shard;
use super::progress::Progress;
use crate::paper::{self, Facts, NoBrowser, Press, PrintError, fonts, picture};
use crate::render::{RenderError, Sheet};
use crate::source::{Key, Output, Store, WriteError};

/// To be raised when a document that is made from the same things is printed otherwise.
const RECIPE: u32 = 1;

/// What prints: the press, or what a test puts in its place.
pub(super) trait Printer: Sync {
    /// Prints documents, as [`Press::print_all`] does.
    fn print(
        &self,
        count: usize,
        make: &(dyn Fn(usize) -> Result<paper::Sheet, RenderError> + Sync),
        done: &(dyn Fn(usize, Result<Vec<u8>, PrintError>) + Sync),
    ) -> Result<(), RenderError>;
}

impl Printer for Press {
    fn print(
        &self,
        count: usize,
        make: &(dyn Fn(usize) -> Result<paper::Sheet, RenderError> + Sync),
        done: &(dyn Fn(usize, Result<Vec<u8>, PrintError>) + Sync),
    ) -> Result<(), RenderError> {
        self.print_all(count, make, done)
    }
}

/// The documents of a school.
pub(super) struct Documents<'a> {
    /// Their addresses below the folder of the documents, in order.
    pub(super) addresses: &'a [String],
    /// Makes one, by its place among the addresses.
    pub(super) make: &'a (dyn Fn(usize) -> Result<Sheet, RenderError> + Sync),
    /// Pictures of first pages: where each stands, and the place of its document.
    pub(super) pictures: &'a [(String, usize)],
    /// The part of the documents that this run judges; all when none is given.
    pub(super) shard: Option<Shard>,
    /// Whether others than these are to stay in the store: these are of the past, and the store may
    /// be that of the present.
    pub(super) beside_others: bool,
}

/// Where finished documents are.
pub(super) struct Shelves {
    /// By what they are made from.
    pub(super) store: Store,
    /// Their pictures, in the same way.
    pub(super) pictures: Store,
    /// By address, for those who read them.
    pub(super) output: Output,
}

impl Shelves {
    /// Opens the folders of a site.
    pub(super) fn open(out: &Path) -> Result<Self, WriteError> {
        let cache = out.join(".cache");
        Ok(Self {
            store: Store::open(cache.join("documents")),
            pictures: Store::of_pictures(cache.join("pictures")),
            output: Output::open(&out.join("pdf"))?,
        })
    }
}

/// What was done.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Done {
    /// Documents that were printed.
    pub(super) printed: usize,
    /// Documents that had been printed before.
    pub(super) unchanged: usize,
    /// Files of an earlier run that went.
    pub(super) removed: usize,
    /// Documents that are missing: the address of each, and why in French.
    pub(super) missing: BTreeMap<String, String>,
}

impl Documents<'_> {
    /// Brings the documents up to date. Without a printer, those printed before are there; `version`
    /// is that of the browser which prints, or else printed last.
    ///
    /// # Errors
    /// When the disk refuses.
    pub(super) fn bring_up(
        &self,
        shelves: Shelves,
        printer: Option<&dyn Printer>,
        version: &str,
        timings: &mut Timings,
    ) -> Result<Done, WriteError> {
        let run =
            Run { documents: self, shelves: &shelves, seed: seed(version), told: Mutex::default() };
        timings.step("documents", || run.place_those_known())?;
        timings.step("impression", || run.print(printer))?;
        timings.step("aperçus", || run.draw())?;
        let told = run.told.into_inner().unwrap_or_else(PoisonError::into_inner);
        let Told { mut done, keys, drawn, .. } = told;
        let Shelves { store, pictures, output } = shelves;
        done.removed = output.finish()?.removed;
        if self.shard.is_none() && !self.beside_others {
            store.prune(&keys.into_values().collect())?;
            pictures.prune(&drawn)?;
        }
        Ok(done)
    }
}

/// One bringing up to date.
struct Run<'a> {
    documents: &'a Documents<'a>,
    shelves: &'a Shelves,
    /// What all documents are made from.
    seed: blake3::Hasher,
    told: Mutex<Told>,
}

#[derive(Default)]
struct Told {
    done: Done,
    /// The keys of the documents judged, by their places.
    keys: BTreeMap<usize, Key>,
    /// The keys of the pictures.
    drawn: BTreeSet<Key>,
    /// Documents that the store does not have, by place.
    wanted: BTreeSet<usize>,
    refused: Option<WriteError>,
}

impl Run<'_> {
    fn told(&self) -> MutexGuard<'_, Told> {
        self.told.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn is_judged(&self, at: usize) -> bool {
        self.documents.shard.is_none_or(|shard| shard.holds(&self.documents.addresses[at]))
    }

    /// Makes each document to know its key, and places those that the store has.
    fn place_those_known(&self) -> Result<(), WriteError> {
        (0..self.documents.addresses.len()).into_par_iter().try_for_each(|at| {
            let address = &self.documents.addresses[at];
            if !self.is_judged(at) {
                self.shelves.output.keep(address);
                return Ok(());
            }
            let key = match (self.documents.make)(at) {
                Ok(sheet) => key(&self.seed, &sheet),
                Err(error) => {
                    self.told().done.missing.insert(address.clone(), causes(&error));
                    return Ok(());
                }
            };
            let stored = self.shelves.store.get(key);
            if let Some(stored) = &stored {
                self.shelves.output.place(address, stored)?;
            }
            let mut told = self.told();
            told.keys.insert(at, key);
            match stored {
                Some(_) => told.done.unchanged += 1,
                None => _ = told.wanted.insert(at),
            }
            Ok(())
        })
    }

    /// Prints the documents that the store does not have. They are made again: thousands of them
    /// would not fit in memory.
    fn print(&self, printer: Option<&dyn Printer>) -> Result<(), WriteError> {
        let wanted: Vec<usize> = std::mem::take(&mut self.told().wanted).into_iter().collect();
        if wanted.is_empty() {
            return Ok(());
        }
        let address = |at: usize| self.documents.addresses[wanted[at]].clone();
        let Some(printer) = printer else {
            let missing = (0..wanted.len()).map(|at| (address(at), String::new()));
            self.told().done.missing.extend(missing);
            return Ok(());
        };
        let progress = Progress::new("impression", wanted.len());
        let made = printer.print(
            wanted.len(),
            &|at| (self.documents.make)(wanted[at]).map(to_print),
            &|at, printed| {
                match printed {
                    Ok(bytes) => self.take_in(wanted[at], &bytes),
                    Err(error) => _ = self.told().done.missing.insert(address(at), causes(&error)),
                }
                progress.step();
            },
        );
        drop(progress);
        // Each was made once already: what fails now is a fault that comes and goes.
        if let Err(error) = made {
            let why = causes(&error);
            let mut told = self.told();
            for at in &wanted {
                let key = told.keys.get(at).copied();
                let there = key.is_some_and(|key| self.shelves.store.get(key).is_some());
                if !there {
                    let address = self.documents.addresses[*at].clone();
                    told.done.missing.entry(address).or_insert_with(|| why.clone());
                }
            }
        }
        self.told().refused.take().map_or(Ok(()), Err)
    }

    /// Stores and places a document that was printed.
    fn take_in(&self, at: usize, bytes: &[u8]) {
        let Some(key) = self.told().keys.get(&at).copied() else { return };
        let Shelves { store, output, .. } = self.shelves;
        let stored = store.put(key, bytes);
        let placed = stored.and_then(|stored| output.place(&self.documents.addresses[at], &stored));
        let mut told = self.told();
        match placed {
            Ok(()) => told.done.printed += 1,
            // The first refusal tells enough.
            Err(error) => _ = told.refused.get_or_insert(error),
        }
    }

    /// Draws the first pages for the gallery, but those drawn before.
    fn draw(&self) -> Result<(), WriteError> {
        let Shelves { store, pictures, output } = self.shelves;
        self.documents.pictures.par_iter().try_for_each(|(address, at)| {
            if !self.is_judged(*at) {
                output.keep(address);
                return Ok(());
            }
            let Some(document) = self.told().keys.get(at).copied() else { return Ok(()) };
            let key = Key::from(blake3::hash(format!("{document} {RECIPE}").as_bytes()));
            let drawn = || -> Option<Result<_, WriteError>> {
                let bytes = std::fs::read(store.get(document)?).ok()?;
                Some(pictures.put(key, &picture(&bytes)?))
            };
            let Some(stored) = pictures.get(key).map(Ok).or_else(drawn) else { return Ok(()) };
            output.place(address, &stored?)?;
            self.told().drawn.insert(key);
            Ok(())
        })
    }
}

/// The name of a document in the store: all that it is made from, digested.
fn key(seed: &blake3::Hasher, sheet: &Sheet) -> Key {
    let mut hasher = seed.clone();
    let facts = &sheet.facts;
    let modified = facts.modified.map_or_else(String::new, |at| at.to_string());
    sheet.styles.iter().for_each(|part| feed(&mut hasher, part.as_bytes()));
    for part in [&sheet.html, &facts.title, &facts.author, &facts.subject, &modified] {
        feed(&mut hasher, part.as_bytes());
    }
    hasher.finalize().into()
}

/// What every document is made from: the letters, the browser, the way they are printed.
fn seed(version: &str) -> blake3::Hasher {
    let mut hasher = blake3::Hasher::new();
    feed(&mut hasher, &RECIPE.to_le_bytes());
    feed(&mut hasher, version.as_bytes());
    for (name, bytes) in fonts::FONTS {
        feed(&mut hasher, name.as_bytes());
        feed(&mut hasher, bytes);
    }
    hasher
}

/// Parts have their lengths, so that none runs into the next.
fn feed(hasher: &mut blake3::Hasher, part: &[u8]) {
    hasher.update(&(part.len() as u64).to_le_bytes());
    hasher.update(part);
}

/// A document as the press takes it.
pub(super) fn to_print(sheet: Sheet) -> paper::Sheet {
    let html = sheet.page();
    let facts = sheet.facts;
    let facts = Facts {
        title: facts.title,
        author: facts.author,
        subject: facts.subject,
        modified: facts.modified,
    };
    paper::Sheet { html, facts }
}

/// The press of this machine and the version that documents are named by: that of the browser, or,
/// where there is none, of the one that printed last, so that what it printed is still found.
pub(super) fn press(out: &Path) -> Result<(Result<Press, NoBrowser>, String), WriteError> {
    let kept = out.join(".cache/browser");
    let press = Press::find();
    let version = match &press {
        Ok(press) => press.version().to_owned(),
        Err(_) => std::fs::read_to_string(&kept).unwrap_or_default().trim().to_owned(),
    };
    if press.is_ok() {
        crate::source::write_if_changed(&kept, format!("{version}\n").as_bytes())?;
    }
    Ok((press, version))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::page::DocumentFacts;

    /// Prints the HTML itself; what says "fails" cannot be printed.
    #[derive(Default)]
    struct False(Mutex<Vec<String>>);

    impl Printer for False {
        fn print(
            &self,
            count: usize,
            make: &(dyn Fn(usize) -> Result<paper::Sheet, RenderError> + Sync),
            done: &(dyn Fn(usize, Result<Vec<u8>, PrintError>) + Sync),
        ) -> Result<(), RenderError> {
            assert!(count > 0, "a browser would be started for nothing");
            (0..count).into_par_iter().try_for_each(|at| {
                let html = make(at)?.html;
                let fails = html.contains("fails");
                let pdf = format!("%PDF-1.7\n{html}\n%%EOF").into_bytes();
                self.0.lock().unwrap().push(html);
                done(at, if fails { Err(PrintError::Crashed) } else { Ok(pdf) });
                Ok(())
            })
        }
    }

    /// A school whose documents are these texts.
    struct Here {
        folder: tempfile::TempDir,
        shard: Option<Shard>,
        beside_others: bool,
    }

    impl Here {
        fn new() -> Self {
            Self { folder: tempfile::tempdir().unwrap(), shard: None, beside_others: false }
        }

        fn try_with(&self, texts: &[(&str, &str)], printer: Option<&dyn Printer>) -> Done {
            let addresses: Vec<String> = texts.iter().map(|(at, _)| (*at).to_owned()).collect();
            let make = |at: usize| {
                let facts = DocumentFacts {
                    title: "T".into(),
                    author: "A".into(),
                    subject: "S".into(),
                    modified: None,
                };
                Ok(Sheet { html: texts[at].1.to_owned(), styles: [""; 3], facts })
            };
            let pictures = &[("apercus/a.png".to_owned(), 0)];
            let shard = self.shard;
            let (addresses, beside_others) = (&*addresses, self.beside_others);
            let documents = Documents { addresses, make: &make, pictures, shard, beside_others };
            let shelves = Shelves::open(self.folder.path()).unwrap();
            documents.bring_up(shelves, printer, "1.2", &mut Timings::default()).unwrap()
        }

        /// What was done, and what was printed for it.
        fn run(&self, texts: &[(&str, &str)]) -> (Done, Vec<String>) {
            let printer = False::default();
            let done = self.try_with(texts, Some(&printer));
            let mut printed = printer.0.into_inner().unwrap();
            printed.sort();
            (done, printed)
        }

        fn text(&self, address: &str) -> Option<String> {
            std::fs::read_to_string(self.folder.path().join("pdf").join(address)).ok()
        }
    }

    fn done(printed: usize, unchanged: usize, removed: usize) -> Done {
        Done { printed, unchanged, removed, missing: BTreeMap::new() }
    }

    #[test]
    fn only_what_changed_is_printed() {
        let here = Here::new();
        let first = here.run(&[("d/a.pdf", "one"), ("d/b.pdf", "two")]);
        assert_eq!(first, (done(2, 0, 0), vec!["one".into(), "two".into()]));
        assert!(here.text("d/a.pdf").unwrap().contains("one"));
        assert_eq!(here.run(&[("d/a.pdf", "one"), ("d/b.pdf", "two")]), (done(0, 2, 0), vec![]));
        // One changes, one has another name, which costs nothing.
        let third = here.run(&[("d/a.pdf", "three"), ("d/c.pdf", "two")]);
        assert_eq!(third, (done(1, 1, 1), vec!["three".into()]));
        assert_eq!(here.text("d/b.pdf"), None);
        // What no document is made from any more is gone from the store.
        assert_eq!(here.run(&[("d/a.pdf", "one")]).1, ["one"]);
    }

    #[test]
    fn documents_of_the_past_leave_those_of_the_present_in_the_store() {
        let mut here = Here::new();
        here.run(&[("a.pdf", "now"), ("b.pdf", "both")]);
        here.beside_others = true;
        assert_eq!(here.run(&[("a.pdf", "then"), ("b.pdf", "both")]).1, ["then"]);
        here.beside_others = false;
        assert_eq!(here.run(&[("a.pdf", "now"), ("b.pdf", "both")]), (done(0, 2, 0), vec![]));
        // The present takes away what is not its own.
        assert_eq!(here.run(&[("a.pdf", "then")]).1, ["then"]);
    }

    #[test]
    fn a_document_that_fails_is_named_and_leaves_nothing() {
        let here = Here::new();
        here.run(&[("a.pdf", "one"), ("b.pdf", "two")]);
        let (told, printed) = here.run(&[("a.pdf", "fails"), ("b.pdf", "2"), ("c.pdf", "3")]);
        assert_eq!((told.printed, told.removed, printed.len()), (2, 1, 3));
        let why = "la page du document s’est arrêtée brutalement".to_owned();
        assert_eq!(told.missing, BTreeMap::from([("a.pdf".to_owned(), why)]));
        assert_eq!(here.text("a.pdf"), None);
        assert!(here.text("c.pdf").is_some());
        // It is tried again, alone.
        assert_eq!(here.run(&[("a.pdf", "1"), ("b.pdf", "2"), ("c.pdf", "3")]).1, ["1"]);
    }

    #[test]
    fn without_a_browser_what_was_printed_is_there() {
        let here = Here::new();
        here.run(&[("a.pdf", "one")]);
        let told = here.try_with(&[("a.pdf", "one"), ("b.pdf", "two")], None);
        assert_eq!((told.printed, told.unchanged, told.removed), (0, 1, 0));
        assert_eq!(told.missing, BTreeMap::from([("b.pdf".to_owned(), String::new())]));
        assert!(here.text("a.pdf").is_some());
    }

    #[test]
    fn shards_make_together_what_one_run_makes() {
        let names: Vec<String> = (0..20).map(|number| format!("d/{number}.pdf")).collect();
        let texts: Vec<(&str, &str)> = names.iter().map(|name| (&**name, &**name)).collect();
        let mut here = Here::new();
        let mut printed = 0;
        for index in 1..=3 {
            here.shard = Some(Shard { index, of: 3 });
            let (told, _) = here.run(&texts);
            assert_eq!((told.unchanged, told.removed), (0, 0));
            printed += told.printed;
        }
        assert_eq!(printed, 20);
        assert!(names.iter().all(|name| here.text(name).is_some()));
        here.shard = None;
        assert_eq!(here.run(&texts), (done(0, 20, 0), vec![]));
        // A document that is no document any more goes, whatever the shard.
        here.shard = Some(Shard { index: 1, of: 3 });
        assert_eq!(here.run(&texts[1..]).0.removed, 1);
    }

    #[test]
    fn what_a_document_is_made_from_gives_its_key() {
        let key = |version: &str, html: &str, title: &str, seconds: Option<i64>| {
            let modified = seconds.map(|at| jiff::Timestamp::from_second(at).unwrap());
            let facts = DocumentFacts {
                title: title.into(),
                author: String::new(),
                subject: String::new(),
                modified,
            };
            key(&seed(version), &Sheet { html: html.into(), styles: [""; 3], facts })
        };
        let all = BTreeSet::from([
            key("1", "ab", "c", None),
            key("2", "ab", "c", None),
            key("1", "a", "bc", None),
            key("1", "ab", "d", None),
            key("1", "ab", "c", Some(0)),
            key("1", "ab", "c", Some(1)),
        ]);
        assert_eq!(all.len(), 6);
        assert!(all.contains(&key("1", "ab", "c", None)));
    }
}
