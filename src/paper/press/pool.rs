//! The tabs at hand: opened when needed, given back after each document, of a browser that is
//! replaced before it grows too large and when it is lost.

use std::path::Path;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use super::browser::Browser;
use super::error::PrintError;
use super::tab::Tab;

/// A browser that fails to start that many times in a row is not started again.
const STARTS: u32 = 3;

#[derive(Debug, Default)]
pub(super) struct Pool {
    state: Mutex<State>,
}

#[derive(Debug, Default)]
struct State {
    browser: Option<Arc<Browser>>,
    /// Tabs of that browser that nobody uses.
    idle: Vec<Tab>,
    /// Documents given to that browser.
    documents: usize,
    /// Starts that failed since the last that did not.
    failed: u32,
}

/// What a pool must know to give a tab.
#[derive(Clone, Copy, Debug)]
pub(super) struct Wanted<'a> {
    pub(super) program: &'a Path,
    pub(super) deadline: Duration,
    /// Documents that one browser prints at most.
    pub(super) documents: usize,
}

impl Pool {
    /// A tab for one document.
    pub(super) fn take(&self, wanted: Wanted<'_>) -> Result<Tab, PrintError> {
        let browser = {
            let mut state = self.state();
            if state.documents >= wanted.documents {
                state.retire();
            }
            let browser = state.running(wanted)?;
            state.documents += 1;
            if let Some(tab) = state.idle.pop() {
                return Ok(tab);
            }
            browser
        };
        let opened = Tab::open(Arc::clone(&browser), wanted.deadline);
        if opened.as_ref().is_err_and(PrintError::condemns_the_browser) {
            self.condemn(&browser);
        }
        opened
    }

    /// Takes a tab back after a document that came out well.
    pub(super) fn give(&self, tab: Tab) {
        let mut state = self.state();
        if state.browser.as_ref().is_some_and(|browser| tab.is_of(browser)) {
            state.idle.push(tab);
        }
    }

    /// Asks nothing more of this browser; it is killed when its last tab is dropped.
    pub(super) fn condemn(&self, browser: &Arc<Browser>) {
        let mut state = self.state();
        if state.browser.as_ref().is_some_and(|running| Arc::ptr_eq(running, browser)) {
            state.retire();
        }
    }

    /// Lets a browser that did not start be tried again.
    pub(super) fn forgive(&self) {
        self.state().failed = 0;
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    fn retire(&mut self) {
        self.idle.clear();
        self.browser = None;
        self.documents = 0;
    }

    /// The browser that runs, started if need be while the others wait: they need it too.
    fn running(&mut self, wanted: Wanted<'_>) -> Result<Arc<Browser>, PrintError> {
        if let Some(browser) = &self.browser {
            return Ok(Arc::clone(browser));
        }
        if self.failed >= STARTS {
            return Err(PrintError::NotStarted);
        }
        match Browser::start(wanted.program, wanted.deadline) {
            Ok(browser) => {
                self.failed = 0;
                Ok(Arc::clone(self.browser.insert(Arc::new(browser))))
            }
            Err(error) => {
                self.failed += 1;
                Err(error)
            }
        }
    }
}
