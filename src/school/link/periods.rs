//! Periods in companies: their learners, their tasks, the referent of each learner.

use std::collections::BTreeSet;

use super::Linker;
use super::order::sort_pupils;
use crate::diagnostic::{Site, key_path};
use crate::record;
use crate::school::{Ix, Period, Pupil, School, Table};
use crate::text::SchoolYear;

impl Linker {
    /// The periods, then those of each pupil, by date.
    pub(super) fn periods(
        &mut self,
        school: &mut School,
        records: Vec<record::Loaded<(SchoolYear, String), record::Period>>,
    ) {
        let mut periods = Vec::with_capacity(records.len());
        for loaded in records {
            let (year, slug) = loaded.key;
            let (file, record) = (loaded.file, loaded.record);
            let id = format!("{year}/{slug}");
            let site = Site::value(&file, key_path!["diplome"]);
            let annex = record.annexe.as_ref().and_then(|id| {
                self.annex(&school.annexes, id, Site::value(&file, key_path!["annexe"]))
            });
            let Some(diploma) = self.diploma(school, &record.diplome, site) else {
                self.broken_periods.insert(id);
                continue;
            };
            let referential = &school.referentials[diploma];
            let tasks = self.tasks(referential, &record.taches, &file, &key_path!["taches"]);
            let mut period = Period {
                id,
                year,
                slug,
                file,
                record,
                diploma,
                annex,
                tasks,
                learners: Vec::new(),
                referents: Vec::new(),
            };
            period.learners = self.learners(school, &period);
            for (pupil, person) in period.record.referents.iter() {
                let at = key_path!["referents", pupil];
                let person = self.person(&school.people, person, &period.file, at.clone());
                let pupil = self.known_pupil(school, pupil, Site::key(&period.file, at));
                if let (Some(pupil), Some(person)) = (pupil, person) {
                    period.referents.push((pupil, person));
                }
            }
            periods.push(period);
        }
        periods.sort_by(|a, b| a.id.cmp(&b.id));
        school.periods = Table::new(periods);
        for (ix, period) in school.periods.iter() {
            for pupil in &period.learners {
                school.pupils[*pupil].periods.push(ix);
            }
        }
        for pupil in school.pupils.values_mut() {
            pupil.periods.sort_by_key(|ix| {
                let period = &school.periods[*ix];
                (period.record.debut, period.record.fin, *ix)
            });
        }
    }

    /// The learners named, else all those of the level, but those who are set aside.
    fn learners(&mut self, school: &School, period: &Period) -> Vec<Ix<Pupil>> {
        let mut named = |key: &str, ids: &[record::Id]| -> BTreeSet<Ix<Pupil>> {
            let ids = ids.iter().enumerate();
            ids.filter_map(|(n, id)| {
                self.known_pupil(school, id, Site::value(&period.file, key_path![key, n]))
            })
            .collect()
        };
        let aside = named("sauf", &period.record.sauf);
        let chosen = match &period.record.apprenants {
            Some(ids) => named("apprenants", ids),
            None => school.pupils_of_level(period),
        };
        let mut learners: Vec<_> = chosen.difference(&aside).copied().collect();
        sort_pupils(&mut learners, &school.pupils, &self.collation, |ix| *ix);
        learners
    }
}
