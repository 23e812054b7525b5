//! The preview: watches the records, rebuilds the site, swaps it whole, has open pages reload.
//!
//! Nothing here is printed: what happens is told as [`Event`]s. Nothing is written either: pages
//! are served from memory, and are those of `build` but for what is added as they are sent.

mod answer;
mod batch;
mod bell;
mod fingerprint;
mod http;
mod overlay;
mod paper;
mod preview;
mod reload;
mod snapshot;
mod watch;

use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::sync::Arc;
use std::thread;
use std::time::{Duration, Instant};

pub use bell::Handle;
pub use fingerprint::fingerprints;
pub use paper::{Documents, Printed};

use crate::diagnostic::Diagnostic;
use crate::render::Files;
use http::{Http, WORKERS};
use preview::{Preview, errors};
use snapshot::Scope;
use watch::{Watched, Watcher};

/// The port that is tried first.
pub const DEFAULT_PORT: u16 = 4000;

/// What to watch and where to serve.
#[derive(Clone, Debug)]
pub struct Options {
    /// Folders to watch: the content.
    pub roots: Vec<PathBuf>,
    /// Our own output, which is not watched.
    pub ignore: PathBuf,
    /// The port, or the first of eleven to try; 0 for any free one.
    pub port: u16,
    /// Looks regularly instead of waiting for events (network drives, containers).
    pub poll: bool,
}

/// The outcome of a rebuild.
#[derive(Debug, Default)]
pub struct Built {
    /// The site, if it could be built; else the last good one stays.
    pub files: Option<Files>,
    /// What a person can fix.
    pub diagnostics: Vec<Diagnostic>,
    /// Why the site could not be built, in French.
    pub failure: Option<String>,
    /// The documents of the site, printed when they are opened.
    pub documents: Documents,
}

/// What happens, for `cli` to tell.
#[derive(Debug)]
pub enum Event<'a> {
    /// The preview is at this address.
    Listening(&'a str),
    /// The site was rebuilt, or could not be.
    Rebuilt {
        /// Files of the site being shown.
        files: usize,
        /// Files added, changed or removed.
        changed: usize,
        /// How long it took.
        duration: Duration,
        /// How many diagnostics are errors.
        errors: usize,
        /// Why the site could not be built.
        failure: Option<&'a str>,
    },
    /// The system tells of no changes, for this reason (French): the preview looks by itself, twice
    /// a second.
    WatchFailed(&'a str),
}

/// Why the preview could not begin or go on.
#[derive(Debug, thiserror::Error)]
pub enum ServeError {
    /// All ports are taken.
    #[error("les ports {first} à {last} sont tous occupés : choisissez-en un autre avec --port")]
    Busy {
        /// The first one tried.
        first: u16,
        /// The last one tried.
        last: u16,
    },
    /// The system does not let us listen.
    #[error("le système ne laisse pas ouvrir de port sur cette machine")]
    Listen(#[source] io::Error),
    /// The system no longer lets connections in.
    #[error("le système n’accepte plus de connexions")]
    Accept(#[source] io::Error),
}

/// Serves until the program is interrupted.
///
/// # Errors
/// When no port can be opened, or connections are no longer accepted.
pub fn run(
    options: &Options,
    rebuild: &(dyn Fn() -> Built + Sync),
    tell: &(dyn Fn(Event<'_>) + Sync),
) -> Result<(), ServeError> {
    run_with(options, &Handle::default(), rebuild, tell)
}

/// Serves until the handle says stop.
///
/// # Errors
/// When no port can be opened, or connections are no longer accepted.
pub fn run_with(
    options: &Options,
    handle: &Handle,
    rebuild: &(dyn Fn() -> Built + Sync),
    tell: &(dyn Fn(Event<'_>) + Sync),
) -> Result<(), ServeError> {
    let preview = Preview::default();
    let http = Http::bind(options.port, &preview)?;
    let scope = Scope::new(&options.roots, &options.ignore);
    // Begins before the first build: what changes during it is not missed.
    let mut watcher = Watcher::new(scope, Arc::clone(&handle.0), options.poll);
    build_once(&preview, rebuild, tell);
    thread::scope(|threads| {
        let work = || {
            let outcome = http.work(threads);
            handle.stop();
            outcome
        };
        let workers: Vec<_> = (0..WORKERS).map(|_| threads.spawn(work)).collect();
        tell(Event::Listening(&http.url()));
        loop {
            match watcher.wait() {
                Watched::Changed => build_once(&preview, rebuild, tell),
                Watched::Failed(reason) => tell(Event::WatchFailed(&reason)),
                Watched::Stopped => break,
            }
        }
        preview.end();
        http.unblock();
        let mut outcomes = workers.into_iter().filter_map(|worker| worker.join().ok());
        outcomes.try_for_each(|outcome| outcome.map_err(ServeError::Accept))
    })
}

fn build_once(
    preview: &Preview,
    rebuild: &(dyn Fn() -> Built + Sync),
    tell: &(dyn Fn(Event<'_>) + Sync),
) {
    let start = Instant::now();
    // A fault of the program must not take the preview down: the last good site is untouched.
    let built = catch_unwind(AssertUnwindSafe(rebuild)).unwrap_or_else(|_| Built {
        failure: Some("une erreur interne de jalon a interrompu la composition des pages".into()),
        ..Built::default()
    });
    let (errors, failure) = (errors(&built.diagnostics), built.failure.clone());
    let change = preview.accept(built);
    tell(Event::Rebuilt {
        files: change.files,
        changed: change.changed,
        duration: start.elapsed(),
        errors,
        failure: failure.as_deref(),
    });
}
