//! How far a long work is, for who looks at a terminal.

use std::io::IsTerminal as _;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressState, ProgressStyle};

/// Works that are over by then show nothing.
const PATIENCE: Duration = Duration::from_millis(250);

/// A bar beside the output: nothing when nobody looks, nothing for short works.
#[derive(Debug)]
pub(super) struct Progress {
    bar: ProgressBar,
    start: Instant,
    /// Whether the bar is not to be shown any more: nobody looks, or it is there.
    settled: AtomicBool,
}

impl Progress {
    /// The progress of a work of several parts, named in French: "impression".
    pub(super) fn new(name: &'static str, total: usize) -> Self {
        let bar = ProgressBar::with_draw_target(Some(total as u64), ProgressDrawTarget::hidden());
        let template = "{msg} [{bar:30}] {pos} / {len}  {reste}";
        let style = ProgressStyle::with_template(template);
        let style = style.unwrap_or_else(|_| ProgressStyle::default_bar());
        let left = |state: &ProgressState, out: &mut dyn std::fmt::Write| {
            // Writing to a string cannot fail.
            let _ = out.write_str(&left(state.eta()));
        };
        bar.set_style(style.with_key("reste", left).progress_chars("## "));
        bar.set_message(name);
        let settled = AtomicBool::new(!std::io::stderr().is_terminal());
        Self { bar, start: Instant::now(), settled }
    }

    /// One more part is done.
    pub(super) fn step(&self) {
        self.bar.inc(1);
        if self.start.elapsed() > PATIENCE && !self.settled.swap(true, Ordering::Relaxed) {
            self.bar.set_draw_target(ProgressDrawTarget::stderr());
        }
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.bar.finish_and_clear();
    }
}

/// "reste 2 min 10 s".
fn left(time: Duration) -> String {
    let seconds = time.as_secs();
    match (seconds / 3600, seconds / 60 % 60, seconds % 60) {
        (0, 0, seconds) => format!("reste {seconds} s"),
        (0, minutes, seconds) => format!("reste {minutes} min {seconds:02} s"),
        (hours, minutes, _) => format!("reste {hours} h {minutes:02} min"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_time_left_is_told_in_french() {
        let told = |seconds| left(Duration::from_secs(seconds));
        assert_eq!(told(9), "reste 9 s");
        assert_eq!(told(130), "reste 2 min 10 s");
        assert_eq!(told(125), "reste 2 min 05 s");
        assert_eq!(told(3_725), "reste 1 h 02 min");
    }

    #[test]
    fn nobody_is_told_where_there_is_no_terminal() {
        let progress = Progress::new("impression", 2);
        progress.settled.store(true, Ordering::Relaxed);
        progress.step();
        assert!(progress.bar.is_hidden());
    }
}
