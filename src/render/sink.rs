//! Where the files of a site go as soon as they are made: a large site does not fit in memory.

use std::collections::BTreeMap;
use std::error::Error;
use std::sync::{Arc, Mutex, PoisonError};

/// What a file holds, shared by all who keep it.
pub type Bytes = Arc<[u8]>;

/// The files of a site by path.
pub type Files = BTreeMap<String, Bytes>;

/// A place for the files of a site. They come from several threads at once, in no order.
pub trait Sink: Sync {
    /// Takes a file in.
    ///
    /// # Errors
    /// When the place does not let it in.
    fn put(&self, address: &str, bytes: Bytes) -> Result<(), Refused>;
}

/// Why a sink did not take a file in, in its own words.
#[derive(Debug, thiserror::Error)]
#[error(transparent)]
pub struct Refused(Box<dyn Error + Send + Sync>);

impl Refused {
    /// A refusal, from what the sink says.
    pub fn new(cause: impl Into<Box<dyn Error + Send + Sync>>) -> Self {
        Self(cause.into())
    }
}

/// A site kept in memory.
impl Sink for Mutex<Files> {
    fn put(&self, address: &str, bytes: Bytes) -> Result<(), Refused> {
        let mut files = self.lock().unwrap_or_else(PoisonError::into_inner);
        files.insert(address.to_owned(), bytes);
        Ok(())
    }
}
