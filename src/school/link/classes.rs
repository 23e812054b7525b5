//! Classes, and the years they make up.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::Linker;
use crate::diagnostic::{Site, key_path};
use crate::record;
use crate::school::{Class, Ix, School, Table, Year};
use crate::text::SchoolYear;

impl Linker {
    /// The classes of all years, and the years, each with its calendar; gives the groups.
    pub(super) fn classes(
        &mut self,
        school: &mut School,
        records: Vec<record::Loaded<SchoolYear, record::Classes>>,
        calendars: Vec<record::Loaded<SchoolYear, record::Calendar>>,
    ) -> Vec<(SchoolYear, Arc<str>, record::Entry<record::GroupRecord>)> {
        let mut years: BTreeMap<SchoolYear, Year> = BTreeMap::new();
        let year_of = |year| Year { year, calendar: None, classes: Vec::new() };
        for calendar in calendars {
            let year = calendar.key;
            years.entry(year).or_insert_with(|| year_of(year)).calendar = Some(calendar);
        }
        let mut classes = Vec::new();
        let mut groups = Vec::new();
        for loaded in records {
            let of_file = |entry| (loaded.key, Arc::clone(&loaded.file), entry);
            groups.extend(loaded.record.groupes.0.into_iter().map(of_file));
            let mut entries = loaded.record.classes.0;
            entries.sort_by(|a, b| a.key.cmp(&b.key));
            for record::Entry { key, value } in entries {
                let at = |name: &str| key_path!["classes", &key, name];
                let file = &loaded.file;
                let form_teacher = value.professeur_principal.as_ref().and_then(|id| {
                    self.person(&school.people, id, file, at("professeur_principal"))
                });
                let mut team = Vec::new();
                for (n, id) in value.equipe.iter().enumerate() {
                    team.extend(self.person(&school.people, id, file, at("equipe").child(n)));
                }
                self.services(&school.people, &value.services, file, &at("services"));
                let Some(diploma) =
                    self.diploma(school, &value.diplome, Site::value(file, at("diplome")))
                else {
                    self.broken_classes.insert(format!("{}/{key}", loaded.key));
                    continue;
                };
                classes.push(Class {
                    key,
                    year: loaded.key,
                    file: Arc::clone(file),
                    record: value,
                    diploma,
                    form_teacher,
                    team,
                    pupils: Vec::new(),
                    evaluations: Vec::new(),
                });
            }
            years.entry(loaded.key).or_insert_with(|| year_of(loaded.key));
        }
        classes.sort_by(|a, b| (a.year, &a.key).cmp(&(b.year, &b.key)));
        school.classes = Table::new(classes);
        for year in years.values_mut() {
            let of_year = school.classes.iter().filter(|(_, class)| class.year == year.year);
            year.classes = of_year.map(|(ix, _)| ix).collect();
            year.classes.sort_by(|a, b| {
                let name = |ix: &Ix<Class>| school.classes[*ix].record.nom.as_str();
                self.collation.compare(name(a), name(b))
            });
        }
        school.years = years.into_values().collect();
        groups
    }
}
