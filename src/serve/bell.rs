//! What wakes the watcher: the disk, a failing watcher, a request to look again or to stop.

use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::time::Instant;

/// A hold on a running preview, for whoever wants to end it or to rebuild it.
#[derive(Clone, Debug, Default)]
pub struct Handle(pub(super) Arc<Bell>);

impl Handle {
    /// Ends the preview: [`super::run_with`] returns.
    pub fn stop(&self) {
        self.0.ring(|rung| rung.stop = true);
    }

    /// Rebuilds now, whatever the disk says.
    pub fn rebuild(&self) {
        self.0.ring(|rung| rung.rebuild = true);
    }
}

/// What rang since the last look.
#[derive(Debug, Default)]
pub(super) struct Rung {
    /// Something moved under a root.
    pub(super) moved: bool,
    /// A root itself came, went or was renamed: it must be watched anew.
    pub(super) root: bool,
    /// The watcher failed, for this reason.
    pub(super) failed: Option<String>,
    /// Somebody asked for a rebuild.
    pub(super) rebuild: bool,
    /// Somebody asked for the end.
    pub(super) stop: bool,
}

impl Rung {
    fn is_silent(&self) -> bool {
        !(self.moved || self.root || self.failed.is_some() || self.rebuild || self.stop)
    }
}

/// A bell that remembers that it rang, not how often: a thousand events weigh as much as one.
#[derive(Debug, Default)]
pub(super) struct Bell {
    rung: Mutex<Rung>,
    wake: Condvar,
}

impl Bell {
    /// Rings.
    pub(super) fn ring(&self, how: impl FnOnce(&mut Rung)) {
        how(&mut self.rung.lock().unwrap_or_else(PoisonError::into_inner));
        self.wake.notify_all();
    }

    /// Waits until it rings or the time has come, and tells what rang. A stop rings for ever.
    pub(super) fn wait(&self, until: Option<Instant>) -> Rung {
        let mut rung = self.rung.lock().unwrap_or_else(PoisonError::into_inner);
        while rung.is_silent() {
            let Some(until) = until else {
                rung = self.wake.wait(rung).unwrap_or_else(PoisonError::into_inner);
                continue;
            };
            let left = until.saturating_duration_since(Instant::now());
            if left.is_zero() {
                break;
            }
            rung = self.wake.wait_timeout(rung, left).unwrap_or_else(PoisonError::into_inner).0;
        }
        let stop = rung.stop;
        std::mem::replace(&mut *rung, Rung { stop, ..Rung::default() })
    }
}
