//! Waits for changes on the disk: events wake us, a look decides; without events, regular looks.

use std::sync::Arc;
use std::time::{Duration, Instant};

use notify::event::{AccessKind, AccessMode, EventKind};
use notify::{RecommendedWatcher, RecursiveMode, Watcher as _};

use super::batch::Batch;
use super::bell::Bell;
use super::snapshot::{Scope, Snapshot};

/// How often to look when no event wakes us.
const POLL: Duration = Duration::from_millis(500);

/// What the watcher tells.
#[derive(Debug)]
pub(super) enum Watched {
    /// Files changed.
    Changed,
    /// Events no longer come, for this reason; looks take their place.
    Failed(String),
    /// The end was asked for.
    Stopped,
}

/// Watches a scope.
pub(super) struct Watcher {
    scope: Arc<Scope>,
    bell: Arc<Bell>,
    events: Option<RecommendedWatcher>,
    snapshot: Snapshot,
    batch: Batch,
    failure: Option<String>,
    next_look: Instant,
    poll: Duration,
}

impl Watcher {
    /// Begins to watch, by events unless `poll` is asked for. What changes from now on is told.
    pub(super) fn new(scope: Scope, bell: Arc<Bell>, poll: bool) -> Self {
        let scope = Arc::new(scope);
        let (events, failure) = match poll {
            true => (None, None),
            false => match open(&scope, &bell) {
                Ok(events) => (Some(events), None),
                Err(error) => (None, Some(reason(&error))),
            },
        };
        let snapshot = Snapshot::take(&scope);
        let next_look = Instant::now() + POLL;
        let batch = Batch::default();
        Self { scope, bell, events, snapshot, batch, failure, next_look, poll: POLL }
    }

    /// Waits until there is something to tell.
    pub(super) fn wait(&mut self) -> Watched {
        loop {
            if let Some(reason) = self.failure.take() {
                self.events = None;
                return Watched::Failed(reason);
            }
            let idle = self.events.is_none().then_some(self.next_look);
            let rung = self.bell.wait(self.batch.due().or(idle));
            if rung.stop {
                return Watched::Stopped;
            }
            if self.events.is_some() {
                self.failure = rung.failed;
                if rung.root && self.failure.is_none() {
                    self.watch_roots_anew();
                }
            }
            let now = Instant::now();
            if rung.moved || rung.root || self.failure.is_some() {
                self.batch.note(now);
            }
            if rung.rebuild {
                self.look();
                return Watched::Changed;
            }
            let changed = match self.events {
                Some(_) => self.batch.take(now) && self.look(),
                None => self.poll(),
            };
            if changed {
                return Watched::Changed;
            }
        }
    }

    /// Looks, and looks again until two looks agree: a branch switch takes its time.
    fn poll(&mut self) -> bool {
        if self.look() {
            self.batch.note(Instant::now());
        }
        self.batch.take(Instant::now())
    }

    fn look(&mut self) -> bool {
        let start = Instant::now();
        let changed = self.snapshot.refresh(&self.scope);
        // A slow disk is not looked at more than a tenth of the time.
        self.poll = POLL.max(10 * start.elapsed());
        self.next_look = Instant::now() + self.poll;
        changed
    }

    fn watch_roots_anew(&mut self) {
        let Some(events) = &mut self.events else { return };
        for root in &self.scope.roots {
            // Fails when the root is gone, and its watch with it.
            let _ = events.unwatch(root);
            match events.watch(root, RecursiveMode::Recursive) {
                // Its parent will tell when it comes back.
                Err(error) if is_absence(&error) => {}
                Err(error) => self.failure = Some(reason(&error)),
                Ok(()) => {}
            }
        }
    }
}

fn open(scope: &Arc<Scope>, bell: &Arc<Bell>) -> notify::Result<RecommendedWatcher> {
    let (inside, rings) = (Arc::clone(scope), Arc::clone(bell));
    let mut watcher = notify::recommended_watcher(move |event| hear(event, &inside, &rings))?;
    for root in &scope.roots {
        let found = watcher.watch(root, RecursiveMode::Recursive);
        // The parent tells when the root itself goes and comes back.
        let parent = root.parent().filter(|parent| !scope.holds(parent));
        let parent = parent.map(|parent| watcher.watch(parent, RecursiveMode::NonRecursive));
        match (found, parent) {
            (Err(error), Some(Ok(()))) if is_absence(&error) => {}
            (found, _) => found?,
        }
    }
    Ok(watcher)
}

fn hear(event: notify::Result<notify::Event>, scope: &Scope, bell: &Bell) {
    let event = match event {
        // A folder that was deleted before it could be watched.
        Err(error) if is_absence(&error) => return bell.ring(|rung| rung.moved = true),
        Err(error) => return bell.ring(|rung| rung.failed = Some(reason(&error))),
        Ok(event) => event,
    };
    let only_read = match event.kind {
        EventKind::Access(AccessKind::Close(AccessMode::Write)) => false,
        EventKind::Access(_) => true,
        _ => false,
    };
    if only_read && !event.need_rescan() {
        return;
    }
    let moves_root = matches!(
        event.kind,
        EventKind::Create(_)
            | EventKind::Remove(_)
            | EventKind::Modify(notify::event::ModifyKind::Name(_))
    ) && event.paths.iter().any(|path| scope.roots.contains(path));
    if moves_root {
        bell.ring(|rung| rung.root = true);
    } else if event.need_rescan() || event.paths.iter().any(|path| scope.holds(path)) {
        bell.ring(|rung| rung.moved = true);
    }
}

fn is_absence(error: &notify::Error) -> bool {
    match &error.kind {
        notify::ErrorKind::PathNotFound | notify::ErrorKind::WatchNotFound => true,
        notify::ErrorKind::Io(cause) => cause.kind() == std::io::ErrorKind::NotFound,
        _ => false,
    }
}

/// Why the watcher failed, in French.
fn reason(error: &notify::Error) -> String {
    match &error.kind {
        notify::ErrorKind::MaxFilesWatch => {
            "le système ne permet pas de surveiller autant de dossiers".into()
        }
        notify::ErrorKind::Io(cause) => format!("le système refuse la surveillance ({cause})"),
        _ => "la surveillance n’est pas possible sur ce disque".into(),
    }
}
