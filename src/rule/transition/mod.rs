//! The rules of change: who may do what, what is frozen. Each judges a record before and after, the
//! hand that changed it, and the school as it stood; none knows Git or the clock.

mod droit_inconnu;

use crate::diagnostic::Code;
use crate::history::{Act, Breach};

/// A rule of change.
struct Rule {
    code: &'static Code,
    check: fn(&Act<'_>) -> Vec<Breach>,
}

macro_rules! rules {
    ($($file:ident),* $(,)?) => {
        &[$(Rule { code: &$file::CODE, check: $file::check }),*]
    };
}

static RULES: &[Rule] = rules![droit_inconnu];

/// Judges an act by all rules of change. The founding of a school is not judged.
pub fn judge(act: &Act<'_>) -> Vec<Breach> {
    if act.is_founding() {
        return Vec::new();
    }
    RULES.iter().flat_map(|rule| (rule.check)(act)).collect()
}

/// The codes of the rules of change.
pub(super) fn codes() -> impl Iterator<Item = &'static Code> {
    RULES.iter().map(|rule| rule.code)
}
