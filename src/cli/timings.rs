//! How long each step takes, for `--timings`.

use std::fmt;
use std::time::{Duration, Instant};

/// The steps of a run, in their order.
#[derive(Debug, Default)]
pub struct Timings {
    steps: Vec<(&'static str, Duration)>,
}

impl Timings {
    /// Runs a step and notes how long it took.
    pub fn step<T>(&mut self, name: &'static str, work: impl FnOnce() -> T) -> T {
        let start = Instant::now();
        let done = work();
        let spent = start.elapsed();
        tracing::debug!(step = name, ?spent);
        self.steps.push((name, spent));
        done
    }
}

impl fmt::Display for Timings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let total = self.steps.iter().map(|(_, spent)| *spent).sum();
        let width = self.steps.iter().map(|(name, _)| name.chars().count()).max().unwrap_or(0);
        for (name, spent) in self.steps.iter().copied().chain([("total", total)]) {
            let spent = milliseconds(spent);
            writeln!(f, "{name:0$}  {spent:>12}", width.max(5))?;
        }
        Ok(())
    }
}

/// "12,3 ms".
fn milliseconds(spent: Duration) -> String {
    format!("{:.1} ms", spent.as_secs_f64() * 1000.0).replace('.', ",")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_line_up_and_add_up() {
        let steps =
            vec![("lecture", Duration::from_micros(1500)), ("liens", Duration::from_millis(20))];
        assert_eq!(
            Timings { steps }.to_string(),
            "lecture        1,5 ms\nliens         20,0 ms\ntotal         21,5 ms\n"
        );
    }
}
