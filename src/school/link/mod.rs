//! From records to the linked model: every name resolved, what leads nowhere told.
//!
//! Each kind of record has its file, whose one method fills its table of the school. Kinds come in
//! the order in which they name each other.

mod annexes;
mod attestations;
mod book_pages;
mod calendars;
mod classes;
mod codes;
mod establishment;
mod evaluations;
mod filled_grids;
mod groups;
mod livrets;
mod lookup;
mod missing;
mod order;
mod periods;
mod portfolios;
mod pupils;
mod registers;
mod reviews;
mod scenarios;
mod transfers;

use std::collections::BTreeSet;

use self::establishment::{link_people, neutral_establishment};
use self::transfers::Sent;
use super::{Referential, School, Table};
use crate::diagnostic::Finding;
use crate::record::{Kind, Records};
use crate::text::{Collation, SchoolYear};

/// Links the records of a school. What cannot be linked is left out and told.
pub fn link(records: Records) -> (School, Vec<Finding>) {
    let mut linker = Linker::new(&records);
    linker.missing_files(&records);
    linker.missing_classes(&records);
    let people = link_people(records.staff);
    let mut imports = records.imports;
    imports.sort_by_key(|loaded| loaded.key);
    let referentials = records
        .referentials
        .into_iter()
        .map(|loaded| Referential::new(loaded.key, loaded.file, loaded.record))
        .collect();
    let mut school = School {
        establishment: neutral_establishment(&records.classes),
        people,
        years: Vec::new(),
        classes: Table::default(),
        referentials: Table::new(referentials),
        scenarios: Table::default(),
        evaluations: Table::default(),
        pupils: Table::default(),
        reviews: Table::default(),
        annexes: Table::default(),
        periods: Table::default(),
        portfolios: Table::default(),
        grids: Table::default(),
        attestations: Table::default(),
        livrets: Table::default(),
        book_pages: Table::default(),
        commissions: Table::default(),
        consultations: Table::default(),
        deliveries: Table::default(),
        transfers: Table::default(),
        received: Table::default(),
        digests: records.digests,
        groups: Table::default(),
        imports,
        broken: records.broken.into_iter().collect(),
        twins: Vec::new(),
        unplaced: Vec::new(),
        files: records.files,
        pictures: records.pictures,
    };
    if let Some(loaded) = records.school {
        school.establishment = loaded.record;
    }
    let groups = linker.classes(&mut school, records.classes, records.calendars);
    linker.groups(&mut school, groups);
    linker.calendars(&school);
    linker.scenarios(&mut school, records.scenarios);
    linker.pupils(&mut school, records.students);
    linker.members(&mut school);
    linker.evaluations(&mut school, records.evaluations);
    linker.reviews(&mut school, records.reviews);
    linker.annexes(&mut school, records.annexes);
    linker.periods(&mut school, records.periods);
    linker.portfolios(&mut school, records.portfolios);
    linker.filled_grids(&mut school, records.grids);
    linker.attestations(&mut school, records.attestations);
    linker.livrets(&mut school, records.livrets);
    linker.book_pages(&mut school, records.book_pages);
    linker.commissions(&mut school, records.commissions);
    linker.consultations(&mut school, records.consultations);
    linker.deliveries(&mut school, records.deliveries);
    linker.transfers(&mut school, records.transfers);
    let sent = Sent {
        folders: records.sent_folders,
        histories: records.sent_histories,
        records: records.received,
    };
    linker.received(&mut school, sent);
    (school, linker.findings)
}

/// What is known to exist although it could not be read, and the faults met.
struct Linker {
    findings: Vec<Finding>,
    collation: Collation,
    staff_broken: bool,
    broken_referentials: BTreeSet<String>,
    broken_years: BTreeSet<SchoolYear>,
    broken_pupils: BTreeSet<String>,
    broken_scenarios: BTreeSet<String>,
    broken_evaluations: BTreeSet<String>,
    broken_classes: BTreeSet<String>,
    broken_annexes: BTreeSet<String>,
    broken_periods: BTreeSet<String>,
    broken_commissions: BTreeSet<String>,
    /// Years without a file of classes: told once, not at each pupil.
    years_without_classes: BTreeSet<SchoolYear>,
}

impl Linker {
    fn new(records: &Records) -> Self {
        let mut linker = Self {
            findings: Vec::new(),
            collation: Collation::new(),
            staff_broken: false,
            broken_referentials: BTreeSet::new(),
            broken_years: BTreeSet::new(),
            broken_pupils: BTreeSet::new(),
            broken_scenarios: BTreeSet::new(),
            broken_evaluations: BTreeSet::new(),
            broken_classes: BTreeSet::new(),
            broken_annexes: BTreeSet::new(),
            broken_periods: BTreeSet::new(),
            broken_commissions: BTreeSet::new(),
            years_without_classes: BTreeSet::new(),
        };
        for (_, kind) in &records.broken {
            match kind {
                Kind::Staff => linker.staff_broken = true,
                Kind::Classes(year) => drop(linker.broken_years.insert(*year)),
                Kind::Referential(code) => drop(linker.broken_referentials.insert(code.clone())),
                Kind::Student { id, .. } => drop(linker.broken_pupils.insert(id.clone())),
                Kind::Scenario { diploma, level, slug } => {
                    linker.broken_scenarios.insert(format!("{diploma}/{level}/{slug}"));
                }
                Kind::Evaluation { year, class, slug } => {
                    linker.broken_evaluations.insert(format!("{year}/{class}/{slug}"));
                }
                Kind::Annex { diploma, level, slug } => {
                    linker.broken_annexes.insert(format!("{diploma}/{level}/{slug}"));
                }
                Kind::Period { year, slug } => {
                    linker.broken_periods.insert(format!("{year}/{slug}"));
                }
                Kind::Commission { session, slug } => {
                    linker.broken_commissions.insert(format!("{session}/{slug}"));
                }
                // Nobody names these.
                Kind::School
                | Kind::Calendar(_)
                | Kind::Review { .. }
                | Kind::Portfolio { .. }
                | Kind::FilledGrid { .. }
                | Kind::Attestation { .. }
                | Kind::Livret { .. }
                | Kind::BookPage { .. }
                | Kind::Consultation { .. }
                | Kind::Delivery { .. }
                | Kind::Transfer { .. }
                | Kind::SentFolder { .. }
                | Kind::SentHistory { .. }
                | Kind::Received { .. }
                | Kind::Import { .. } => {}
            }
        }
        linker
    }
}
