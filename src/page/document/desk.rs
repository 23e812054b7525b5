//! What making documents needs beside the site: history, the logo, the photographs.

use super::Recorded;
use crate::page::Site;

/// What documents are made from.
pub struct Desk<'a> {
    /// The site, whose contexts documents share.
    pub site: &'a Site<'a>,
    /// What history tells of a record, by its path in the content.
    pub edition: &'a (dyn Fn(&str) -> Recorded + Sync),
    /// The logo of the establishment, as a `data:` address.
    pub logo: Option<String>,
    /// The bytes of a photograph of the site, by its address there.
    pub photograph: &'a (dyn Fn(&str) -> Option<Vec<u8>> + Sync),
}

impl Desk<'_> {
    /// What history tells of some records together.
    pub fn newest<'p>(&self, paths: impl IntoIterator<Item = &'p str>) -> Recorded {
        Recorded::newest(paths.into_iter().map(|path| (self.edition)(path)))
    }
}
