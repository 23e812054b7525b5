//! The press: one browser kept busy by as many tabs as there are cores, each document tried again
//! once when it fails, and told when it fails again.

mod advice;
mod browser;
mod error;
mod find;
mod pipe;
mod pool;
mod tab;

use std::error::Error;
use std::num::NonZero;
use std::path::PathBuf;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

pub use error::PrintError;
pub use find::NoBrowser;

use super::{Facts, Sheet, finish};
use find::Found;
use pool::{Pool, Wanted};

/// After that many documents in a row that could not be printed, the others are not tried: what is
/// wrong is not in the documents.
const GIVE_UP: usize = 10;

/// What makes of a printed file one that lasts.
pub type Finisher = fn(&[u8], &Facts) -> Result<Vec<u8>, Box<dyn Error + Send + Sync>>;

/// How a press works. The default is what suits documents; tests and measures ask for other things.
#[derive(Clone, Debug)]
pub struct Settings {
    /// The browser; the one named by `CHROME`, or the best of this machine, when none is given.
    pub browser: Option<PathBuf>,
    /// Documents printed at the same time.
    pub tabs: usize,
    /// Time left to the browser for each step of a document: showing it, waiting for its fonts and
    /// pictures, printing it.
    pub deadline: Duration,
    /// Documents after which a fresh browser takes over: it keeps some memory of each.
    pub documents: usize,
    /// What finishes the files.
    pub finish: Finisher,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            browser: None,
            tabs: std::thread::available_parallelism().map_or(1, NonZero::get),
            deadline: Duration::from_secs(60),
            documents: 1000,
            finish: |raw, facts| finish(raw, facts).map_err(Into::into),
        }
    }
}

/// A press: a browser that is started for the first document, and ends with the press.
#[derive(Debug)]
pub struct Press {
    found: Found,
    settings: Settings,
    pool: Pool,
}

impl Press {
    /// Finds a browser, without starting it.
    ///
    /// # Errors
    /// When there is none: the sentence says what to install.
    pub fn find() -> Result<Self, NoBrowser> {
        Self::with(Settings::default())
    }

    /// A press that works in another way.
    ///
    /// # Errors
    /// When no browser is given and there is none.
    pub fn with(settings: Settings) -> Result<Self, NoBrowser> {
        let found =
            settings.browser.clone().map_or_else(Found::look, |path| Ok(Found::at(path)))?;
        Ok(Self { found, settings, pool: Pool::default() })
    }

    /// The version of the browser, as "156.0.8078.79"; "inconnue" when it does not tell.
    ///
    /// It was asked when the browser was found: only the first call may wait, for less than 0.1 s.
    pub fn version(&self) -> &str {
        self.found.version()
    }

    /// Prints the documents numbered from 0 to `count`, several at a time and in no order. `make`
    /// gives each document and `done` takes its file, or why there is none; both are called from
    /// several threads. No document, no browser.
    ///
    /// # Errors
    /// What `make` failed on, for the first document in order; the others are printed all the same.
    pub fn print_all<E: Send>(
        &self,
        count: usize,
        make: &(dyn Fn(usize) -> Result<Sheet, E> + Sync),
        done: &(dyn Fn(usize, Result<Vec<u8>, PrintError>) + Sync),
    ) -> Result<(), E> {
        self.pool.forgive();
        let next = AtomicUsize::new(0);
        let in_a_row = AtomicUsize::new(0);
        let unmade: Mutex<Option<(usize, E)>> = Mutex::new(None);
        let unmade_so_far = || unmade.lock().unwrap_or_else(PoisonError::into_inner);
        let work = || loop {
            let index = next.fetch_add(1, Ordering::Relaxed);
            if index >= count {
                return;
            }
            match make(index) {
                Ok(sheet) => done(index, self.print_unless(&in_a_row, &sheet)),
                Err(error) => {
                    let mut unmade = unmade_so_far();
                    if unmade.as_ref().is_none_or(|(first, _)| index < *first) {
                        *unmade = Some((index, error));
                    }
                }
            }
        };
        std::thread::scope(|threads| {
            for _ in 0..self.settings.tabs.max(1).min(count) {
                threads.spawn(work);
            }
        });
        let unmade = unmade.into_inner().unwrap_or_else(PoisonError::into_inner);
        unmade.map_or(Ok(()), |(_, error)| Err(error))
    }

    /// Prints one document. The browser stays ready for the next, until the press is dropped.
    ///
    /// # Errors
    /// When it cannot be printed, on a second try either.
    pub fn print_one(&self, sheet: &Sheet) -> Result<Vec<u8>, PrintError> {
        self.pool.forgive();
        self.print(sheet)
    }

    /// Prints a document unless too many failed just before it.
    fn print_unless(&self, in_a_row: &AtomicUsize, sheet: &Sheet) -> Result<Vec<u8>, PrintError> {
        let failed = in_a_row.load(Ordering::Relaxed);
        if failed >= GIVE_UP {
            return Err(PrintError::GivenUp(failed));
        }
        let printed = self.print(sheet);
        match &printed {
            Ok(_) => in_a_row.store(0, Ordering::Relaxed),
            // What is wrong with one document says nothing of the others.
            Err(error) if error.is_of_the_document() => {}
            Err(_) => _ = in_a_row.fetch_add(1, Ordering::Relaxed),
        }
        printed
    }

    fn print(&self, sheet: &Sheet) -> Result<Vec<u8>, PrintError> {
        let mut tried = 0;
        let raw = loop {
            match self.try_once(&sheet.html) {
                Ok(raw) => break raw,
                Err(error) if error.more_tries() > tried => {
                    tracing::debug!(%error, "a document is printed again");
                    tried += 1;
                }
                Err(error) => return Err(error),
            }
        };
        (self.settings.finish)(&raw, &sheet.facts).map_err(PrintError::Finish)
    }

    /// Prints in a tab at hand. One that failed is closed, whatever the reason.
    fn try_once(&self, html: &str) -> Result<Vec<u8>, PrintError> {
        let Settings { deadline, documents, .. } = self.settings;
        let tab = self.pool.take(Wanted { program: &self.found.path, deadline, documents })?;
        let printed = tab.print(html);
        match &printed {
            Ok(_) => self.pool.give(tab),
            Err(error) if error.condemns_the_browser() => self.pool.condemn(tab.browser()),
            Err(_) => {}
        }
        printed
    }
}
