//! Pupils, their stays, and the lists of their classes.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::Linker;
use super::order::sort_pupils;
use crate::diagnostic::{Site, key_path};
use crate::record;
use crate::school::{Ix, Pupil, School, Stay, Table, Twin};

impl Linker {
    /// The pupils, one an id, and the members of each class.
    pub(super) fn pupils(
        &mut self,
        school: &mut School,
        records: Vec<record::Loaded<(i16, String), record::Student>>,
    ) {
        let mut pupils: Vec<Pupil> = Vec::with_capacity(records.len());
        for loaded in records {
            let (cohort, id) = loaded.key;
            let (file, record) = (loaded.file, loaded.record);
            let mut stays = Vec::with_capacity(record.scolarite.len());
            for (n, enrolment) in record.scolarite.iter().enumerate() {
                let site = Site::value(&file, key_path!["scolarite", n, "classe"]);
                let Some(class) = self.class(school, enrolment.annee, &enrolment.classe, site)
                else {
                    continue;
                };
                let (from, to) = (enrolment.from(), enrolment.to());
                stays.push(Stay { class, status: enrolment.statut, from, to });
            }
            stays.sort_by_key(|stay| (stay.from, stay.to));
            pupils.push(Pupil {
                id,
                cohort,
                file,
                record,
                stays,
                evaluations: Vec::new(),
                reviews: Vec::new(),
                periods: Vec::new(),
                portfolios: Vec::new(),
                grids: Vec::new(),
                attestations: Vec::new(),
                livrets: Vec::new(),
                book_pages: Vec::new(),
                received: Vec::new(),
            });
        }
        pupils.sort_by(|a, b| (&a.id, a.cohort).cmp(&(&b.id, b.cohort)));
        let mut twins = Vec::new();
        pupils.dedup_by(|later, first| {
            let twin = later.id == first.id;
            if twin {
                twins.push((later.id.clone(), Arc::clone(&later.file)));
            }
            twin
        });
        school.pupils = Table::new(pupils);
        for (id, file) in twins {
            school.twins.extend(school.pupil(&id).map(|kept| Twin { kept, file }));
        }
        let mut members: Vec<BTreeSet<Ix<Pupil>>> = vec![BTreeSet::new(); school.classes.len()];
        for (ix, pupil) in school.pupils.iter() {
            for stay in &pupil.stays {
                members[stay.class.get()].insert(ix);
            }
        }
        for (class, members) in school.classes.values_mut().iter_mut().zip(members) {
            class.pupils = members.into_iter().collect();
            sort_pupils(&mut class.pupils, &school.pupils, &self.collation, |ix| *ix);
        }
    }
}
