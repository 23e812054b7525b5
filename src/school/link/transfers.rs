//! Transfers, and the folders that other schools sent.

use std::collections::BTreeMap;

use super::Linker;
use crate::diagnostic::{Site, key_path};
use crate::record::{self, AnyRecord, Kind, Loaded, SentFolder, SentHistory};
use crate::school::{Ix, Pupil, Received, School, Table, Transfer};
use crate::text::SchoolYear;

/// A record of another school: its file, what it is there, what it says.
type SentRecord = (std::sync::Arc<str>, Kind, AnyRecord);

/// What came from other schools, as it was read.
pub(super) struct Sent {
    pub(super) folders: Vec<Loaded<(String, String), SentFolder>>,
    pub(super) histories: Vec<Loaded<(String, String), SentHistory>>,
    pub(super) records: Vec<Loaded<(String, String, Kind), AnyRecord>>,
}

impl Linker {
    /// The transfers of all years.
    pub(super) fn transfers(
        &mut self,
        school: &mut School,
        records: Vec<Loaded<(SchoolYear, String), record::Transfer>>,
    ) {
        let mut transfers = Vec::with_capacity(records.len());
        for Loaded { file, key: (year, slug), record } in records {
            let named = record.eleve.as_ref().and_then(|id| {
                self.known_pupil(school, id, Site::value(&file, key_path!["eleve"]))
            });
            let pupil = named.or_else(|| by_identity(school, &record));
            transfers.push(Transfer { year, slug, file, record, pupil });
        }
        transfers.sort_by(|a, b| (a.year, &a.slug).cmp(&(b.year, &b.slug)));
        school.transfers = Table::new(transfers);
    }

    /// The folders that other schools sent, then those of each pupil.
    pub(super) fn received(&mut self, school: &mut School, sent: Sent) {
        let mut histories: BTreeMap<(String, String), SentHistory> =
            sent.histories.into_iter().map(|one| (one.key, one.record)).collect();
        let mut records: BTreeMap<(String, String), Vec<SentRecord>> = BTreeMap::new();
        for Loaded { file, key: (student, package, kind), record } in sent.records {
            records.entry((student, package)).or_default().push((file, kind, record));
        }
        let mut received = Vec::with_capacity(sent.folders.len());
        for Loaded { file, key, record: folder } in sent.folders {
            let Some(pupil) = self.known_pupil(school, &key.0, Site::file(&file)) else { continue };
            let history = histories.remove(&key);
            let records = records.remove(&key).unwrap_or_default();
            received.push(Received {
                pupil,
                package: key.1,
                file,
                folder,
                history,
                records,
                superseded: false,
            });
        }
        received.sort_by(|a, b| {
            let rank = |one: &Received| (one.pupil, one.folder.fait_le);
            rank(a).cmp(&rank(b)).then_with(|| a.package.cmp(&b.package))
        });
        for place in 0..received.len() {
            let (one, later) = (&received[place], &received[place + 1..]);
            let same = |other: &Received| {
                other.pupil == one.pupil && other.folder.origine.uai == one.folder.origine.uai
            };
            received[place].superseded = later.iter().any(same);
        }
        school.received = Table::new(received);
        for (ix, one) in school.received.iter() {
            school.pupils[one.pupil].received.push(ix);
        }
    }
}

/// The pupil with the INE of a transfer (NAT-21); without INE, the only one of that name born that day.
fn by_identity(school: &School, record: &record::Transfer) -> Option<Ix<Pupil>> {
    let ine = record.ine.as_deref();
    let mut same = school
        .pupils
        .iter()
        .filter(|(_, pupil)| pupil.is_called(ine, &record.nom, &record.prenom, record.naissance));
    let first = same.next().map(|(ix, _)| ix);
    first.filter(|_| same.next().is_none())
}
