//! The documents of `jalon build`: the desk where they are made, what is said when they are done.

use std::path::Path;

use super::documents::{self, Documents, Done, Printer, Shelves};
use super::lacking::UNSHALLOW;
use super::options::Shard;
use super::pipeline::Checked;
use super::{Timings, console};
use crate::page::{self, Desk, Document, Recorded, Site, gallery_examples};
use crate::paper::NoBrowser;
use crate::render::{Printery, logo_address};
use crate::source::{Editions, Source, earlier_output};
use crate::text::count;

/// Where documents go, and which.
#[derive(Debug)]
pub(super) struct Work<'a> {
    /// The folder of the build.
    pub(super) out: &'a Path,
    /// The part to print.
    pub(super) shard: Option<Shard>,
}

/// What came of the documents.
#[derive(Debug)]
pub(super) struct Printed {
    done: Done,
    no_browser: Option<NoBrowser>,
}

/// Makes and prints the documents of a site.
pub(super) fn bring_up(
    source: &dyn Source,
    checked: &Checked,
    site: &Site<'_>,
    work: &Work<'_>,
    timings: &mut Timings,
) -> anyhow::Result<Printed> {
    // The browser tells its version while history is read.
    let (press, version) = documents::press(work.out)?;
    let editions = timings.step("historique", || editions(source, checked, work.out));
    let edition = |path: &str| edition(editions.as_ref(), path);
    let staff = work.out.join("staff");
    let photograph = |address: &str| earlier_output(&staff, address);
    let desk = Desk { site, edition: &edition, logo: logo(source, site), photograph: &photograph };
    let printery = Printery::new()?;
    let all = page::documents(site);
    let pictures: Vec<(String, usize)> = {
        let place = |wanted: Document| all.values().position(|one| *one == wanted);
        let examples = gallery_examples(&all).into_iter();
        examples.filter_map(|(address, document)| Some((address, place(document)?))).collect()
    };
    let (addresses, subjects): (Vec<String>, Vec<Document>) = all.into_iter().unzip();
    let make = |at: usize| printery.sheet(&desk, subjects[at]);
    let documents = Documents {
        addresses: &addresses,
        make: &make,
        pictures: &pictures,
        shard: work.shard,
        beside_others: site.mark.is_some(),
    };
    let shelves = Shelves::open(work.out)?;
    let printer = press.as_ref().ok().map(|press| press as &dyn Printer);
    let done = documents.bring_up(shelves, printer, &version, timings)?;
    Ok(Printed { done, no_browser: press.err() })
}

/// What history tells of a record; nothing, when it cannot be read.
pub(super) fn edition(editions: Option<&Editions>, path: &str) -> Recorded {
    let Some(editions) = editions else { return Recorded::Unknown };
    match editions.of(path) {
        Some(edition) => {
            Recorded::By(page::Edition { commit: edition.commit.clone(), at: edition.at })
        }
        None if editions.is_cut(path) => Recorded::Unknown,
        None => Recorded::NotYet,
    }
}

/// The logo of the establishment, when it has one that can be shown.
pub(super) fn logo(source: &dyn Source, site: &Site<'_>) -> Option<String> {
    let path = site.school.establishment.logo.as_deref()?;
    source.read(path).ok().and_then(|bytes| logo_address(&bytes))
}

/// The editions of the records. A history that cannot be read stops nothing: documents then do not
/// tell their edition.
fn editions(source: &dyn Source, checked: &Checked, out: &Path) -> Option<Editions> {
    let editions = source.editions(&checked.texts, "", Some(&out.join(".cache/editions")));
    let editions = editions.inspect_err(|error| {
        console::beside(&format!(
            "attention : {} ; les documents ne portent pas leur version\n",
            super::failure::causes(error)
        ));
    });
    let editions = editions.ok()?;
    if editions.is_shallow() {
        console::beside(&format!(
            "attention : ce dépôt n’a que la fin de son historique, des documents ne portent pas leur \
             version ; pour le compléter : {UNSHALLOW}\n"
        ));
    }
    Some(editions)
}

impl Printed {
    /// Whether no document is missing.
    pub(super) fn is_whole(&self) -> bool {
        self.done.missing.is_empty()
    }

    /// The documents that are missing, one a line, then why no browser prints them.
    pub(super) fn missing(&self) -> String {
        let mut text = String::new();
        for (address, why) in &self.done.missing {
            text.push_str(&format!("document non imprimé : pdf/{address}"));
            if !why.is_empty() {
                text.push_str(&format!(" ({why})"));
            }
            text.push('\n');
        }
        if let Some(no_browser) = self.no_browser.as_ref().filter(|_| !self.is_whole()) {
            text.push_str(&format!("{no_browser}\n"));
        }
        text
    }

    /// "12 documents imprimés, 888 inchangés, 0 enlevé".
    pub(super) fn summary(&self) -> String {
        let Done { printed, unchanged, removed, missing } = &self.done;
        let mut text = format!(
            "{}, {}, {}",
            count(*printed, "document imprimé", "documents imprimés"),
            count(*unchanged, "inchangé", "inchangés"),
            count(*removed, "enlevé", "enlevés"),
        );
        if !missing.is_empty() {
            text.push_str(&format!(", {}", count(missing.len(), "manquant", "manquants")));
        }
        text.push('\n');
        text
    }
}
