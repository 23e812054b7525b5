//! Groups, what is taught to them and to classes, and who is in them.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::Linker;
use super::order::sort_pupils;
use crate::diagnostic::{Finding, KeyPath, Site, key_path};
use crate::record::{self, Service};
use crate::school::{Group, Person, Pupil, School, Table, reference};
use crate::text::{SchoolYear, and_list, quoted};

/// Pupils whom a sentence names.
const NAMED: usize = 12;

impl Linker {
    /// Those who teach a class or a group are known.
    pub(super) fn services(
        &mut self,
        people: &Table<Person>,
        services: &[Service],
        file: &Arc<str>,
        at: &KeyPath,
    ) {
        for (n, service) in services.iter().enumerate() {
            for (m, id) in service.enseignants.iter().enumerate() {
                self.person(people, id, file, at.child(n).child("enseignants").child(m));
            }
        }
    }

    /// The groups of all years, each with its classes.
    pub(super) fn groups(
        &mut self,
        school: &mut School,
        records: Vec<(SchoolYear, Arc<str>, record::Entry<record::GroupRecord>)>,
    ) {
        let mut groups = Vec::with_capacity(records.len());
        for (year, file, record::Entry { key, value }) in records {
            let at = |name: &str| key_path!["groupes", &key, name];
            self.services(&school.people, &value.services, &file, &at("services"));
            let mut classes = Vec::new();
            for (n, id) in value.classes.iter().enumerate() {
                let site = Site::value(&file, at("classes").child(n));
                classes.extend(self.class(school, year, id, site));
            }
            groups.push(Group { key, year, file, record: value, classes, pupils: Vec::new() });
        }
        groups.sort_by(|a, b| (a.year, &a.key).cmp(&(b.year, &b.key)));
        school.groups = Table::new(groups);
    }

    /// The pupils of each group. A group that nobody knows is told once, with the pupils who name it (NAT-05).
    pub(super) fn members(&mut self, school: &mut School) {
        let mut unknown: BTreeMap<(SchoolYear, String), Vec<(Site, &Pupil)>> = BTreeMap::new();
        let mut members = vec![Vec::new(); school.groups.len()];
        for (ix, pupil) in school.pupils.iter() {
            for (n, stay) in pupil.record.scolarite.iter().enumerate() {
                for (m, id) in stay.groupes.iter().enumerate() {
                    let found = school
                        .groups
                        .find(|group| (group.year, group.key.as_str()).cmp(&(stay.annee, id)));
                    match found {
                        Some(group) if members[group.get()].contains(&ix) => {}
                        Some(group) => members[group.get()].push(ix),
                        None if self.broken_years.contains(&stay.annee) => {}
                        None if self.years_without_classes.contains(&stay.annee) => {}
                        None => {
                            let path = key_path!["scolarite", n, "groupes", m];
                            let site = Site::value(&pupil.file, path);
                            unknown
                                .entry((stay.annee, id.to_string()))
                                .or_default()
                                .push((site, pupil));
                        }
                    }
                }
            }
        }
        for ((year, id), mut told) in unknown {
            let names: Vec<String> =
                told.iter().take(NAMED).map(|(_, pupil)| pupil.full_name()).collect();
            let more = match told.len().saturating_sub(NAMED) {
                0 => String::new(),
                more => format!(" et {more} autres"),
            };
            let message = format!(
                "en {year}, le groupe {} n’existe pas ; il est cité pour {}{more}",
                quoted(&id),
                and_list(&names)
            );
            let (site, _) = told.remove(0);
            self.findings.push(Finding::new(&reference::GROUP, site, message).help(
                "faites mettre à jour STS, puis demandez au DDFPT de refaire l’import ; ou corrigez le nom du groupe",
            ));
        }
        for (group, mut members) in school.groups.values_mut().iter_mut().zip(members) {
            sort_pupils(&mut members, &school.pupils, &self.collation, |ix| *ix);
            group.pupils = members;
        }
    }
}
