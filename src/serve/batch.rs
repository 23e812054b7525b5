//! When to look at the disk: after a moment of quiet, or once the noise has lasted long enough.

use std::time::{Duration, Instant};

/// How long nothing must move before we look: an editor's save is several events.
const QUIET: Duration = Duration::from_millis(60);
/// How long we wait at most, however much moves.
const LONGEST: Duration = Duration::from_millis(400);

/// Events that belong together. Knows no clock: it is told the time.
#[derive(Debug, Default)]
pub(super) struct Batch {
    span: Option<(Instant, Instant)>,
}

impl Batch {
    /// Something moved.
    pub(super) fn note(&mut self, now: Instant) {
        let first = self.span.map_or(now, |(first, _)| first);
        self.span = Some((first, now));
    }

    /// When the batch will be complete, if one has begun.
    pub(super) fn due(&self) -> Option<Instant> {
        self.span.map(|(first, last)| (last + QUIET).min(first + LONGEST))
    }

    /// Whether a batch is complete; it then gives way to the next one.
    pub(super) fn take(&mut self, now: Instant) -> bool {
        let complete = self.due().is_some_and(|due| due <= now);
        if complete {
            self.span = None;
        }
        complete
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(start: Instant, millis: u64) -> Instant {
        start + Duration::from_millis(millis)
    }

    #[test]
    fn nothing_is_due_before_something_moves() {
        let mut batch = Batch::default();
        assert_eq!(batch.due(), None);
        assert!(!batch.take(Instant::now()));
    }

    #[test]
    fn a_batch_ends_after_a_moment_of_quiet_and_only_once() {
        let start = Instant::now();
        let mut batch = Batch::default();
        batch.note(start);
        batch.note(at(start, 50));
        assert!(!batch.take(at(start, 100)));
        assert_eq!(batch.due(), Some(at(start, 110)));
        assert!(batch.take(at(start, 110)));
        assert!(!batch.take(at(start, 500)));
    }

    #[test]
    fn endless_noise_does_not_put_off_the_look_for_ever() {
        let start = Instant::now();
        let mut batch = Batch::default();
        let looks: Vec<u64> = (0..1000)
            .filter(|millis| {
                batch.note(at(start, *millis));
                batch.take(at(start, *millis))
            })
            .collect();
        assert_eq!(looks, [400, 801]);
    }

    #[test]
    fn five_hundred_files_at_once_are_one_batch() {
        let start = Instant::now();
        let mut batch = Batch::default();
        let during = (0..500).filter(|n| {
            let now = start + Duration::from_micros(300 * n);
            batch.note(now);
            batch.take(now)
        });
        assert_eq!(during.count(), 0);
        assert!(batch.take(at(start, 400)));
    }
}
