//! The site being shown: the last good one, swapped whole, and its generation.

use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use super::{Built, Documents, overlay};
use crate::diagnostic::{Diagnostic, Severity};
use crate::render::{Bytes, Files};

/// One state of the preview; it never changes.
#[derive(Debug, Default)]
pub(super) struct Shown {
    /// Increases at each swap.
    pub(super) generation: u64,
    /// What to show over the pages: HTML, or nothing.
    pub(super) notice: String,
    /// The last site that could be built.
    pages: Arc<Files>,
    /// The last site that was built without errors: a page that an error makes vanish is still
    /// shown, under the error.
    sound: Arc<Files>,
    /// The documents of the last site that could be built.
    pub(super) documents: Documents,
}

impl Shown {
    /// The bytes at an address, as `build` would write them.
    pub(super) fn page(&self, address: &str) -> Option<&Bytes> {
        self.pages.get(address).or_else(|| self.sound.get(address))
    }

    /// Whether no site could be built yet.
    pub(super) fn is_empty(&self) -> bool {
        self.pages.is_empty()
    }
}

/// How a rebuild changed the site.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Change {
    /// Files of the site being shown.
    pub(super) files: usize,
    /// Files added, changed or removed.
    pub(super) changed: usize,
}

/// What a listener learns.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum News {
    /// Another generation is being shown.
    Generation(u64),
    /// Nothing happened.
    Nothing,
    /// The preview ends.
    End,
}

/// The state that the watcher writes and the listeners read.
#[derive(Debug, Default)]
pub(super) struct Preview {
    state: Mutex<State>,
    moved_on: Condvar,
}

#[derive(Debug, Default)]
struct State {
    shown: Arc<Shown>,
    ended: bool,
}

impl Preview {
    /// What is being shown.
    pub(super) fn shown(&self) -> Arc<Shown> {
        Arc::clone(&self.state().shown)
    }

    /// Takes in the outcome of a rebuild. It is no new generation when nothing would look different;
    /// the files are taken all the same, so that no bytes live on here that the memo let go.
    pub(super) fn accept(&self, built: Built) -> Change {
        let before = self.shown();
        let notice = overlay::notice(&built.diagnostics, built.failure.as_deref());
        let has_errors = built.failure.is_some() || errors(&built.diagnostics) > 0;
        let (pages, documents, changed) = match built.files {
            Some(files) => {
                let changed = changed(&files, &before.pages);
                (Arc::new(files), built.documents, changed)
            }
            None => (Arc::clone(&before.pages), before.documents.clone(), 0),
        };
        let change = Change { files: pages.len(), changed };
        let is_news = before.generation == 0 || changed > 0 || notice != before.notice;
        let sound = Arc::clone(if has_errors { &before.sound } else { &pages });
        let generation = before.generation + u64::from(is_news);
        self.state().shown = Arc::new(Shown { generation, notice, pages, sound, documents });
        self.moved_on.notify_all();
        change
    }

    /// Lets all listeners go.
    pub(super) fn end(&self) {
        self.state().ended = true;
        self.moved_on.notify_all();
    }

    /// Whether the preview has ended.
    pub(super) fn has_ended(&self) -> bool {
        self.state().ended
    }

    /// Waits until another generation than `known` is shown, or the preview ends.
    pub(super) fn news(&self, known: Option<u64>, patience: Duration) -> News {
        let until = Instant::now() + patience;
        let mut state = self.state();
        loop {
            if state.ended {
                return News::End;
            }
            if known != Some(state.shown.generation) {
                return News::Generation(state.shown.generation);
            }
            let left = until.saturating_duration_since(Instant::now());
            if left.is_zero() {
                return News::Nothing;
            }
            let waited = self.moved_on.wait_timeout(state, left);
            state = waited.unwrap_or_else(PoisonError::into_inner).0;
        }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// How many diagnostics are errors.
pub(super) fn errors(diagnostics: &[Diagnostic]) -> usize {
    diagnostics.iter().filter(|found| found.code.severity == Severity::Error).count()
}

/// How many files were added, changed or removed. Most of the others are the same bytes, which
/// costs no look at them.
fn changed(files: &Files, before: &Files) -> usize {
    let kept = files.iter().filter(|(address, bytes)| before.get(*address) == Some(*bytes)).count();
    let removed = before.keys().filter(|address| !files.contains_key(*address)).count();
    files.len() - kept + removed
}

#[cfg(test)]
mod tests {
    use std::thread;

    use super::*;

    fn built(pages: &[(&str, &str)]) -> Built {
        let pages = pages.iter().map(|(at, text)| ((*at).to_owned(), text.as_bytes().into()));
        Built { files: Some(pages.collect()), ..Built::default() }
    }

    fn failed() -> Built {
        Built { failure: Some("gabarit".into()), ..Built::default() }
    }

    #[test]
    fn files_added_changed_and_removed_are_counted() {
        let preview = Preview::default();
        let change = preview.accept(built(&[("a", "1"), ("b", "1"), ("c", "1")]));
        assert_eq!(change, Change { files: 3, changed: 3 });
        let change = preview.accept(built(&[("a", "1"), ("b", "2"), ("d", "1")]));
        assert_eq!(change, Change { files: 3, changed: 3 });
    }

    #[test]
    fn a_rebuild_that_shows_nothing_new_is_no_new_generation() {
        let preview = Preview::default();
        preview.accept(built(&[("a", "1")]));
        preview.accept(built(&[("a", "1")]));
        assert_eq!(preview.shown().generation, 1);
        preview.accept(failed());
        preview.accept(failed());
        assert_eq!(preview.shown().generation, 2);
    }

    #[test]
    fn a_failure_keeps_the_last_site_under_its_notice() {
        let preview = Preview::default();
        preview.accept(built(&[("a", "1")]));
        preview.accept(failed());
        let shown = preview.shown();
        assert_eq!(shown.page("a").unwrap().as_ref(), b"1");
        assert!(shown.notice.contains("gabarit"));
        preview.accept(built(&[("a", "1")]));
        assert!(preview.shown().notice.is_empty());
    }

    #[test]
    fn a_page_that_an_error_makes_vanish_is_shown_until_it_is_mended() {
        let preview = Preview::default();
        preview.accept(built(&[("a", "1"), ("b", "1")]));
        preview.accept(Built { failure: Some("b".into()), ..built(&[("a", "2")]) });
        let shown = preview.shown();
        assert_eq!(shown.page("a").unwrap().as_ref(), b"2");
        assert_eq!(shown.page("b").unwrap().as_ref(), b"1");
        preview.accept(built(&[("a", "2")]));
        assert!(preview.shown().page("b").is_none());
    }

    #[test]
    fn a_listener_hears_of_the_swap_and_of_the_end() {
        let preview = Preview::default();
        preview.accept(built(&[("a", "1")]));
        let patience = Duration::from_secs(20);
        assert_eq!(preview.news(None, patience), News::Generation(1));
        assert_eq!(preview.news(Some(1), Duration::ZERO), News::Nothing);
        thread::scope(|scope| {
            let swap = scope.spawn(|| preview.news(Some(1), patience));
            preview.accept(built(&[("a", "2")]));
            assert_eq!(swap.join().unwrap(), News::Generation(2));
            let end = scope.spawn(|| preview.news(Some(2), patience));
            preview.end();
            assert_eq!(end.join().unwrap(), News::End);
        });
    }
}
