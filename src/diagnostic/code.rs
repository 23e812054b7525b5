//! The identity of a rule: its code, its severity and what `jalon explain` says of it.

use std::fmt;

/// How much a finding weighs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// The record cannot be trusted as it stands: the check fails.
    Error,
    /// The record is usable, but somebody should look at it (an error with `--strict`).
    Warning,
}

impl Severity {
    /// The French word shown to teachers.
    pub fn label(self) -> &'static str {
        match self {
            Self::Error => "erreur",
            Self::Warning => "attention",
        }
    }
}

/// One rule: what is wrong, why it matters and how to mend it, in French.
///
/// Each rule is a `static` in the file that enforces it; [`crate::rule::codes`] lists them all.
#[derive(Debug)]
pub struct Code {
    /// Stable name, upper case with dashes (`EVAL-COLONNES`).
    pub name: &'static str,
    /// Weight of every finding of this rule.
    pub severity: Severity,
    /// One line: what the rule asks for.
    pub summary: &'static str,
    /// A few sentences, Markdown: why the rule exists (guide or text it comes from), how to mend.
    pub explanation: &'static str,
    /// A short faulty extract, as a teacher could have typed it.
    pub wrong: &'static str,
    /// The same extract, mended.
    pub right: &'static str,
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name)
    }
}

impl PartialEq for Code {
    fn eq(&self, other: &Self) -> bool {
        self.name == other.name
    }
}

impl Eq for Code {}
