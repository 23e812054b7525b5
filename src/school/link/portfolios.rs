//! Portfolios: the period they belong to, the tasks done, the results of the company review.

use std::sync::Arc;

use super::Linker;
use crate::diagnostic::{KeyPath, Site, key_path};
use crate::record::{self, Level};
use crate::school::{CriterionIx, Portfolio, Referential, School, Table, reference};
use crate::text::SchoolYear;

impl Linker {
    /// The portfolios, then those of each pupil, by the dates of their periods.
    pub(super) fn portfolios(
        &mut self,
        school: &mut School,
        records: Vec<record::Loaded<(String, SchoolYear, String), record::Portfolio>>,
    ) {
        let mut portfolios = Vec::with_capacity(records.len());
        for loaded in records {
            let (student, year, slug) = loaded.key;
            let (file, record) = (loaded.file, loaded.record);
            let id = format!("{year}/{slug}");
            let period = school.periods.find(|period| period.id.as_str().cmp(&id));
            if period.is_none() && !self.broken_periods.contains(&id) {
                // Told as the file is named: that is what is to be changed.
                let known: Vec<String> = (school.periods.values().iter())
                    .map(|period| format!("{}-{}", period.year, period.slug))
                    .collect();
                let known = known.iter().map(String::as_str);
                let (site, name) = (Site::file(&file), format!("{year}-{slug}"));
                self.tell_unknown(&reference::PERIOD, site, "la période", &name, known);
            }
            let people = &school.people;
            for (n, visit) in record.visites.iter().enumerate() {
                self.person(people, &visit.par, &file, key_path!["visites", n, "par"]);
            }
            for (n, comment) in record.commentaires.iter().enumerate() {
                if let Some(author) = &comment.auteur {
                    self.person(people, author, &file, key_path!["commentaires", n, "auteur"]);
                }
            }
            let teacher = record.bilan_entreprise.as_ref().and_then(|review| {
                let path = key_path!["bilan_entreprise", "enseignant"];
                self.person(people, &review.enseignant, &file, path)
            });
            let pupil = self.known_pupil(school, &student, Site::file(&file));
            let (Some(pupil), Some(period)) = (pupil, period) else { continue };
            let referential = &school.referentials[school.periods[period].diploma];
            let journal_tasks = (record.journal.iter().enumerate())
                .map(|(n, week)| {
                    let list = key_path!["journal", n, "taches"];
                    self.tasks(referential, &week.taches, &file, &list)
                })
                .collect();
            let sheet_tasks = (record.fiches.iter().enumerate())
                .map(|(n, sheet)| {
                    let list = key_path!["fiches", n, "taches"];
                    self.tasks(referential, &sheet.taches, &file, &list)
                })
                .collect();
            let results = record.bilan_entreprise.as_ref().map(|review| {
                let table = key_path!["bilan_entreprise", "resultats"];
                self.results(referential, &review.resultats, &file, &table)
            });
            portfolios.push(Portfolio {
                pupil,
                period,
                file,
                record,
                journal_tasks,
                sheet_tasks,
                results: results.unwrap_or_default(),
                teacher,
            });
        }
        let start = |portfolio: &Portfolio| school.periods[portfolio.period].record.debut;
        portfolios.sort_by_key(|portfolio| (portfolio.pupil, start(portfolio), portfolio.period));
        school.portfolios = Table::new(portfolios);
        for (ix, portfolio) in school.portfolios.iter() {
            school.pupils[portfolio.pupil].portfolios.push(ix);
        }
    }

    /// Levels by criterion; that of a whole competence holds for those of its criteria that have
    /// none of their own.
    fn results(
        &mut self,
        referential: &Referential,
        levels: &record::Map<Level>,
        file: &Arc<str>,
        table: &KeyPath,
    ) -> Vec<(CriterionIx, Level)> {
        let mut found: Vec<(CriterionIx, Level)> = Vec::with_capacity(levels.len());
        let mut whole = Vec::new();
        for (code, level) in levels.iter() {
            if let Some(competence) = referential.competence(code)
                && referential.criterion(code).is_none()
            {
                whole.push((competence, *level));
                continue;
            }
            let site = || Site::key(file, table.child(code));
            let criterion = self.criterion(referential, code, site);
            found.extend(criterion.map(|criterion| (criterion, *level)));
        }
        for (competence, level) in whole {
            for criterion in referential.criteria_of(competence) {
                if !found.iter().any(|(other, _)| *other == criterion) {
                    found.push((criterion, level));
                }
            }
        }
        found.sort_by_key(|(criterion, _)| *criterion);
        found
    }
}
