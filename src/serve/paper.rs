//! Documents in the preview: printed when somebody opens one, never ahead.

use std::fmt;
use std::sync::Arc;

/// What becomes of a document that somebody opens.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Printed {
    /// Its file.
    File(Vec<u8>),
    /// No document stands at this address.
    Nothing,
    /// It could not be printed, for this reason (French).
    Failed(String),
}

/// Prints the document at an address below `pdf/`.
type Print = dyn Fn(&str) -> Printed + Send + Sync;

/// The documents of one state of the site.
#[derive(Clone)]
pub struct Documents(Arc<Print>);

impl Documents {
    /// Documents printed by this function, which is given an address below `pdf/`. It may be called
    /// from several threads.
    pub fn new(print: impl Fn(&str) -> Printed + Send + Sync + 'static) -> Self {
        Self(Arc::new(print))
    }

    /// Prints the document at an address.
    pub(super) fn print(&self, address: &str) -> Printed {
        (self.0)(address)
    }
}

/// No document at all.
impl Default for Documents {
    fn default() -> Self {
        Self::new(|_| Printed::Nothing)
    }
}

impl fmt::Debug for Documents {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Documents")
    }
}
