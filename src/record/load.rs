//! All records of a school, read in parallel; the faulty ones left out and told.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::sync::Arc;

use data_encoding::HEXLOWER;
use rayon::prelude::*;
use ring::digest::{SHA256, digest};
use toml::de::DeTable;

use super::decode::{Context, Keys};
use super::kind::{Kind, ReviewKey};
use super::plain::Plain;
use super::shape::TableShape;
use super::{
    Annex, Attestation, BookHeader, BookPage, Calendar, Classes, Commission, Consultation,
    Delivery, Evaluation, FilledGrid, Import, Livret, Period, Portfolio, Prose, Referential,
    Review, Scenario, SchoolRecord, SentFolder, SentHistory, Staff, Student, Transfer,
    front_matter, syntax,
};
use crate::diagnostic::{Finding, Place};
use crate::source::{Picture, Texts};
use crate::text::SchoolYear;

/// A record, what its path says, and the file it was read from.
#[derive(Clone, Debug)]
pub struct Loaded<K, T> {
    /// Path from the folder of `school.toml`.
    pub file: Arc<str>,
    /// What the path says.
    pub key: K,
    /// The record.
    pub record: T,
}

/// The records of a school, each kind in the byte order of its paths.
#[derive(Clone, Debug, Default)]
pub struct Records {
    /// `school.toml`.
    pub school: Option<Loaded<(), SchoolRecord>>,
    /// `staff.toml`.
    pub staff: Option<Loaded<(), Staff>>,
    /// Calendars by school year.
    pub calendars: Vec<Loaded<SchoolYear, Calendar>>,
    /// Classes by school year.
    pub classes: Vec<Loaded<SchoolYear, Classes>>,
    /// Référentiels by code.
    pub referentials: Vec<Loaded<String, Referential>>,
    /// Scenarios by diploma, level (as written) and name.
    pub scenarios: Vec<Loaded<(String, String, String), Scenario>>,
    /// Evaluations by school year, class and name.
    pub evaluations: Vec<Loaded<(SchoolYear, String, String), Evaluation>>,
    /// Pupils by year of entry and id.
    pub students: Vec<Loaded<(i16, String), Student>>,
    /// Reviews by pupil, date and number.
    pub reviews: Vec<Loaded<(String, ReviewKey), Review>>,
    /// Annexes by diploma, level (as written) and name.
    pub annexes: Vec<Loaded<(String, String, String), Annex>>,
    /// Periods in companies by school year and name.
    pub periods: Vec<Loaded<(SchoolYear, String), Period>>,
    /// Portfolios by pupil, school year and period.
    pub portfolios: Vec<Loaded<(String, SchoolYear, String), Portfolio>>,
    /// Filled grids by pupil, session and grid (in lower case).
    pub grids: Vec<Loaded<(String, i16, String), FilledGrid>>,
    /// Attestations by pupil, date and number.
    pub attestations: Vec<Loaded<(String, ReviewKey), Attestation>>,
    /// Livrets by pupil and school year.
    pub livrets: Vec<Loaded<(String, SchoolYear), Livret>>,
    /// Pages of books by pupil and name.
    pub book_pages: Vec<Loaded<(String, String), BookPage>>,
    /// Commissions by session and name.
    pub commissions: Vec<Loaded<(i16, String), Commission>>,
    /// Consultations by session and name.
    pub consultations: Vec<Loaded<(i16, String), Consultation>>,
    /// Deliveries by session and name.
    pub deliveries: Vec<Loaded<(i16, String), Delivery>>,
    /// Transfers by school year and name.
    pub transfers: Vec<Loaded<(SchoolYear, String), Transfer>>,
    /// Folders that other schools sent, by pupil and package.
    pub sent_folders: Vec<Loaded<(String, String), SentFolder>>,
    /// What other schools told of who wrote what, by pupil and package.
    pub sent_histories: Vec<Loaded<(String, String), SentHistory>>,
    /// Records of other schools, by pupil, package and what they are there.
    pub received: Vec<Loaded<(String, String, Kind), AnyRecord>>,
    /// The SHA-256 of each text that another school sent, by path.
    pub digests: BTreeMap<Arc<str>, String>,
    /// Reports of imports by school year, date and number.
    pub imports: Vec<Loaded<(SchoolYear, ReviewKey), Import>>,
    /// Records that exist but could not be read, or not wholly: references to them are not "unknown".
    pub broken: Vec<(Arc<str>, Kind)>,
    /// Every file, records or not: resources of scenarios, photographs.
    pub files: BTreeSet<Arc<str>>,
    /// What the files beside the pages of books are.
    pub pictures: BTreeMap<Arc<str>, Picture>,
}

/// A record of any kind.
#[derive(Clone, Debug)]
#[expect(missing_docs, reason = "each is named after its record")]
pub enum AnyRecord {
    School(SchoolRecord),
    Staff(Staff),
    Calendar(Calendar),
    Classes(Classes),
    Referential(Box<Referential>),
    Scenario(Scenario),
    Evaluation(Evaluation),
    Student(Student),
    Review(Review),
    Annex(Annex),
    Period(Period),
    Portfolio(Box<Portfolio>),
    FilledGrid(FilledGrid),
    Attestation(Attestation),
    Livret(Livret),
    BookPage(BookPage),
    Commission(Commission),
    Consultation(Consultation),
    Delivery(Delivery),
    Transfer(Transfer),
    SentFolder(Box<SentFolder>),
    SentHistory(SentHistory),
    Received(Box<AnyRecord>),
    Import(Import),
}

/// What an earlier load made of each text. Decoding is a pure function of a path and a text, so
/// that the same text (the same [`Arc`]) at the same path need not be decoded again.
#[derive(Debug, Default)]
pub struct Memo(BTreeMap<Arc<str>, (Arc<str>, Read)>);

/// Reads every record.
pub fn load(texts: &Texts) -> (Records, Vec<Finding>) {
    let files: Vec<_> = texts.iter().collect();
    let read = files.par_iter().map(|(file, text)| read_one(file, text)).collect();
    gather(texts, read)
}

/// Does what [`load`] does, decoding only the texts that the memo does not know.
pub fn load_with(texts: &Texts, memo: &mut Memo) -> (Records, Vec<Finding>) {
    let files: Vec<_> = texts.iter().collect();
    let fresh: Vec<_> = files
        .par_iter()
        .filter(|(file, text)| memo.0.get(*file).is_none_or(|(known, _)| !Arc::ptr_eq(known, text)))
        .map(|(file, text)| (Arc::clone(file), (Arc::clone(text), read_one(file, text))))
        .collect();
    memo.0.retain(|file, _| texts.get(file).is_some());
    memo.0.extend(fresh);
    let read =
        files.par_iter().filter_map(|(file, _)| memo.0.get(*file)).map(|(_, one)| one.clone());
    gather(texts, read.collect())
}

/// The records of a school, from what was read in each file, in the order of the files.
fn gather(texts: &Texts, read: Vec<Read>) -> (Records, Vec<Finding>) {
    let mut records = Records::default();
    let mut findings = Vec::new();
    for ((file, text), mut read) in texts.iter().zip(read) {
        findings.append(&mut read.findings);
        let file = Arc::clone(file);
        if matches!(
            read.kind,
            Some(Kind::Received { .. } | Kind::SentHistory { .. } | Kind::SentFolder { .. })
        ) {
            records.digests.insert(Arc::clone(&file), sha256(text.as_bytes()));
        }
        records.files.insert(Arc::clone(&file));
        if let Some(kind) = read.kind.as_ref().filter(|_| read.partial) {
            records.broken.push((Arc::clone(&file), kind.clone()));
        }
        match (read.kind, read.any) {
            (None, _) => {}
            (Some(kind), None) => records.broken.push((file, kind)),
            (Some(kind), Some(any)) => records.add(file, kind, any),
        }
    }
    for file in texts.unreadable() {
        records.files.insert(Arc::clone(file));
        if let Ok(Some(kind)) = Kind::of(file) {
            records.broken.push((Arc::clone(file), kind));
        }
    }
    records.files.extend(texts.others().iter().map(|entry| Arc::from(entry.path.as_str())));
    records.pictures.clone_from(texts.pictures());
    (records, findings)
}

impl Records {
    fn add(&mut self, file: Arc<str>, kind: Kind, any: AnyRecord) {
        match (kind, any) {
            (Kind::School, AnyRecord::School(record)) => {
                self.school = Some(Loaded { file, key: (), record });
            }
            (Kind::Staff, AnyRecord::Staff(record)) => {
                self.staff = Some(Loaded { file, key: (), record });
            }
            (Kind::Calendar(key), AnyRecord::Calendar(record)) => {
                self.calendars.push(Loaded { file, key, record });
            }
            (Kind::Classes(key), AnyRecord::Classes(record)) => {
                self.classes.push(Loaded { file, key, record });
            }
            (Kind::Referential(key), AnyRecord::Referential(record)) => {
                self.referentials.push(Loaded { file, key, record: *record });
            }
            (Kind::Scenario { diploma, level, slug }, AnyRecord::Scenario(record)) => {
                self.scenarios.push(Loaded { file, key: (diploma, level, slug), record });
            }
            (Kind::Evaluation { year, class, slug }, AnyRecord::Evaluation(record)) => {
                self.evaluations.push(Loaded { file, key: (year, class, slug), record });
            }
            (Kind::Student { cohort, id }, AnyRecord::Student(record)) => {
                self.students.push(Loaded { file, key: (cohort, id), record });
            }
            (Kind::Review { student, key }, AnyRecord::Review(record)) => {
                self.reviews.push(Loaded { file, key: (student, key), record });
            }
            (Kind::Annex { diploma, level, slug }, AnyRecord::Annex(record)) => {
                self.annexes.push(Loaded { file, key: (diploma, level, slug), record });
            }
            (Kind::Period { year, slug }, AnyRecord::Period(record)) => {
                self.periods.push(Loaded { file, key: (year, slug), record });
            }
            (Kind::Portfolio { student, year, slug }, AnyRecord::Portfolio(record)) => {
                self.portfolios.push(Loaded { file, key: (student, year, slug), record: *record });
            }
            (Kind::FilledGrid { student, session, grid }, AnyRecord::FilledGrid(record)) => {
                self.grids.push(Loaded { file, key: (student, session, grid), record });
            }
            (Kind::Attestation { student, key }, AnyRecord::Attestation(record)) => {
                self.attestations.push(Loaded { file, key: (student, key), record });
            }
            (Kind::Livret { student, year }, AnyRecord::Livret(record)) => {
                self.livrets.push(Loaded { file, key: (student, year), record });
            }
            (Kind::BookPage { student, slug }, AnyRecord::BookPage(record)) => {
                self.book_pages.push(Loaded { file, key: (student, slug), record });
            }
            (Kind::Commission { session, slug }, AnyRecord::Commission(record)) => {
                self.commissions.push(Loaded { file, key: (session, slug), record });
            }
            (Kind::Consultation { session, slug }, AnyRecord::Consultation(record)) => {
                self.consultations.push(Loaded { file, key: (session, slug), record });
            }
            (Kind::Delivery { session, slug }, AnyRecord::Delivery(record)) => {
                self.deliveries.push(Loaded { file, key: (session, slug), record });
            }
            (Kind::Transfer { year, slug }, AnyRecord::Transfer(record)) => {
                self.transfers.push(Loaded { file, key: (year, slug), record });
            }
            (Kind::SentFolder { student, package }, AnyRecord::SentFolder(record)) => {
                self.sent_folders.push(Loaded { file, key: (student, package), record: *record });
            }
            (Kind::SentHistory { student, package }, AnyRecord::SentHistory(record)) => {
                self.sent_histories.push(Loaded { file, key: (student, package), record });
            }
            (Kind::Received { student, package, inside }, AnyRecord::Received(record)) => {
                self.received.push(Loaded {
                    file,
                    key: (student, package, *inside),
                    record: *record,
                });
            }
            (Kind::Import { year, key }, AnyRecord::Import(record)) => {
                self.imports.push(Loaded { file, key: (year, key), record });
            }
            // `read_one` pairs each kind with its record.
            _ => {}
        }
    }
}

impl Kind {
    /// The keys of the records of this kind.
    pub fn shape(&self) -> &'static TableShape {
        match self {
            Self::School => SchoolRecord::SHAPE,
            Self::Staff => Staff::SHAPE,
            Self::Calendar(_) => Calendar::SHAPE,
            Self::Classes(_) => Classes::SHAPE,
            Self::Referential(_) => Referential::SHAPE,
            Self::Scenario { .. } => Scenario::SHAPE,
            Self::Evaluation { .. } => Evaluation::SHAPE,
            Self::Student { .. } => Student::SHAPE,
            Self::Review { .. } => Review::SHAPE,
            Self::Annex { .. } => Annex::SHAPE,
            Self::Period { .. } => Period::SHAPE,
            Self::Portfolio { .. } => Portfolio::SHAPE,
            Self::FilledGrid { .. } => FilledGrid::SHAPE,
            Self::Attestation { .. } => Attestation::SHAPE,
            Self::Livret { .. } => Livret::SHAPE,
            Self::BookPage { .. } => BookHeader::SHAPE,
            Self::Commission { .. } => Commission::SHAPE,
            Self::Consultation { .. } => Consultation::SHAPE,
            Self::Delivery { .. } => Delivery::SHAPE,
            Self::Transfer { .. } => Transfer::SHAPE,
            Self::SentFolder { .. } => SentFolder::SHAPE,
            Self::SentHistory { .. } => SentHistory::SHAPE,
            Self::Received { inside, .. } => inside.shape(),
            Self::Import { .. } => Import::SHAPE,
        }
    }
}

/// What reading a file gave.
#[derive(Clone, Debug, Default)]
struct Read {
    kind: Option<Kind>,
    any: Option<AnyRecord>,
    /// Whether entries of the record were left out.
    partial: bool,
    findings: Vec<Finding>,
}

/// One version of a file, read on its own.
#[derive(Clone, Debug)]
pub struct Version {
    /// What its path says; nothing for a file that is no record.
    pub kind: Option<Kind>,
    /// The record; nothing when it cannot be read wholly.
    pub record: Option<AnyRecord>,
    /// Its values; nothing when it does not follow the rules of writing.
    pub plain: Option<Plain>,
}

/// Reads one version of a file. What is wrong with it is not told here.
pub fn version(file: &Arc<str>, text: &str) -> Version {
    let read = read_one(file, text);
    let plain = read.kind.as_ref().and_then(|kind| {
        let (toml, body) = front_matter::read(file, text).ok()?;
        let table = DeTable::parse(&text[toml]).ok()?;
        Some(Plain::of_file(table.get_ref(), kind.shape(), body))
    });
    Version { kind: read.kind, record: read.any, plain }
}

fn read_one(file: &Arc<str>, text: &str) -> Read {
    let kind = match Kind::of(file) {
        Ok(Some(kind)) => kind,
        Ok(None) => return Read::default(),
        Err(finding) => return Read { findings: vec![*finding], ..Read::default() },
    };
    let mut findings = Vec::new();
    let (toml, body) = match front_matter::read(file, text) {
        Ok(parts) => parts,
        Err(finding) => {
            return Read { kind: Some(kind), findings: vec![*finding], ..Read::default() };
        }
    };
    let offset = toml.start;
    let text = &text[toml];
    let parsed = syntax::parse(file, text, &mut findings);
    let mut decoded = Vec::new();
    let mut context = Context::new(file, &mut decoded);
    let cx = &mut context;
    let header = first_line(text);
    let keys = Keys::of_table(parsed.table.get_ref(), header, kind.shape(), cx);
    let any = decoded_as(&kind, keys, body);
    let partial = context.partial;
    if !parsed.sound {
        // What the parser could not read would look like missing keys.
        decoded.retain(|finding| {
            let doubtful = match &finding.site.place {
                Place::Bytes(range) => parsed
                    .blurred
                    .iter()
                    .any(|blurred| blurred.contains(&range.start) || *blurred == *range),
                _ => false,
            };
            !doubtful && !super::decode::is_about_absence(finding)
        });
    }
    findings.append(&mut decoded);
    for finding in &mut findings {
        finding.site.shift(offset);
        finding.related.iter_mut().for_each(|(site, _)| site.shift(offset));
    }
    Read { kind: Some(kind), any: any.filter(|_| parsed.sound), partial, findings }
}

/// The record of a kind, from its keys; `body` is the text below a header.
fn decoded_as(kind: &Kind, keys: Keys<'_, '_, '_>, body: &str) -> Option<AnyRecord> {
    match kind {
        Kind::School => SchoolRecord::from_keys(keys).map(AnyRecord::School),
        Kind::Staff => Staff::from_keys(keys).map(AnyRecord::Staff),
        Kind::Calendar(_) => Calendar::from_keys(keys).map(AnyRecord::Calendar),
        Kind::Classes(_) => Classes::from_keys(keys).map(AnyRecord::Classes),
        Kind::Referential(_) => {
            Referential::from_keys(keys).map(|record| AnyRecord::Referential(Box::new(record)))
        }
        Kind::Scenario { .. } => Scenario::from_keys(keys).map(AnyRecord::Scenario),
        Kind::Evaluation { .. } => Evaluation::from_keys(keys).map(AnyRecord::Evaluation),
        Kind::Student { .. } => Student::from_keys(keys).map(AnyRecord::Student),
        Kind::Review { .. } => Review::from_keys(keys).map(AnyRecord::Review),
        Kind::Annex { .. } => Annex::from_keys(keys).map(AnyRecord::Annex),
        Kind::Period { .. } => Period::from_keys(keys).map(AnyRecord::Period),
        Kind::Portfolio { .. } => {
            Portfolio::from_keys(keys).map(|record| AnyRecord::Portfolio(Box::new(record)))
        }
        Kind::FilledGrid { .. } => FilledGrid::from_keys(keys).map(AnyRecord::FilledGrid),
        Kind::Attestation { .. } => Attestation::from_keys(keys).map(AnyRecord::Attestation),
        Kind::Livret { .. } => Livret::from_keys(keys).map(AnyRecord::Livret),
        Kind::BookPage { .. } => BookHeader::from_keys(keys).map(|header| {
            AnyRecord::BookPage(BookPage { header, body: Prose(body.trim().to_owned()) })
        }),
        Kind::Commission { .. } => Commission::from_keys(keys).map(AnyRecord::Commission),
        Kind::Consultation { .. } => Consultation::from_keys(keys).map(AnyRecord::Consultation),
        Kind::Delivery { .. } => Delivery::from_keys(keys).map(AnyRecord::Delivery),
        Kind::Transfer { .. } => Transfer::from_keys(keys).map(AnyRecord::Transfer),
        Kind::SentFolder { .. } => {
            SentFolder::from_keys(keys).map(|record| AnyRecord::SentFolder(Box::new(record)))
        }
        Kind::SentHistory { .. } => SentHistory::from_keys(keys).map(AnyRecord::SentHistory),
        Kind::Received { inside, .. } => {
            decoded_as(inside, keys, body).map(|record| AnyRecord::Received(Box::new(record)))
        }
        Kind::Import { .. } => Import::from_keys(keys).map(AnyRecord::Import),
    }
}

fn sha256(bytes: &[u8]) -> String {
    HEXLOWER.encode(digest(&SHA256, bytes).as_ref())
}

/// The first line that is not a comment: where a key that is missing from the top is shown.
fn first_line(text: &str) -> Range<usize> {
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let said = line.trim();
        if !said.is_empty() && !said.starts_with('#') {
            return start..start + line.trim_end().len();
        }
        start += line.len();
    }
    0..0
}
