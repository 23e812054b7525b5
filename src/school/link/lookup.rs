//! Names looked up as they are met: what nobody knows is told, what could not be read is silent.

use std::sync::Arc;

use super::Linker;
use crate::diagnostic::{Code, KeyPath, Site};
use crate::record::StudyLevel;
use crate::school::reference::{self, unknown};
use crate::school::{
    Annex, Class, Evaluation, Ix, Person, Pupil, Referential, Scenario, School, Table,
};
use crate::text::SchoolYear;

impl Linker {
    /// Notes a name that nobody knows. After hundreds of them, something larger is wrong than each
    /// spelling: the search for the nearest names, which takes time, is given up.
    pub(super) fn tell_unknown<'a>(
        &mut self,
        code: &'static Code,
        site: Site,
        what: &str,
        name: &str,
        known: impl IntoIterator<Item = &'a str>,
    ) {
        const MANY: usize = 500;
        let tired = self.findings.len() >= MANY;
        let known = known.into_iter().take(if tired { 0 } else { usize::MAX });
        self.findings.push(unknown(code, site, what, name, known));
    }

    /// A person of `staff.toml`; told when nobody bears that id.
    pub(super) fn person(
        &mut self,
        people: &Table<Person>,
        id: &str,
        file: &Arc<str>,
        path: KeyPath,
    ) -> Option<Ix<Person>> {
        let found = people.find(|person| person.id.as_str().cmp(id));
        if found.is_none() && !self.staff_broken {
            let known = people.values().iter().map(|person| person.id.as_str());
            self.tell_unknown(
                &reference::PERSON,
                Site::value(file, path),
                "la personne",
                id,
                known,
            );
        }
        found
    }

    /// A diploma by code.
    pub(super) fn diploma(
        &mut self,
        school: &School,
        code: &str,
        site: Site,
    ) -> Option<Ix<Referential>> {
        let found = school.referential(code);
        if found.is_none() && !self.broken_referentials.contains(code) {
            let known =
                school.referentials.values().iter().map(|referential| referential.code.as_str());
            self.tell_unknown(&reference::REFERENTIAL, site, "le diplôme", code, known);
        }
        found
    }

    /// A level of study as written in a path; told when there is no such level.
    pub(super) fn study_level(&mut self, level: &str, site: Site) -> Option<StudyLevel> {
        let found = StudyLevel::parse(level);
        if found.is_none() {
            let known = StudyLevel::ALL.iter().map(|level| level.as_str());
            self.tell_unknown(&reference::REFERENTIAL, site, "le niveau", level, known);
        }
        found
    }

    /// A class by year and id.
    pub(super) fn class(
        &mut self,
        school: &School,
        year: SchoolYear,
        key: &str,
        site: Site,
    ) -> Option<Ix<Class>> {
        let found = school.classes.find(|class| (class.year, class.key.as_str()).cmp(&(year, key)));
        if found.is_none()
            && !self.broken_years.contains(&year)
            && !self.years_without_classes.contains(&year)
            && !self.broken_classes.contains(&format!("{year}/{key}"))
        {
            let known = school.classes.values().iter().filter(|class| class.year == year);
            let what = format!("en {year}, la classe");
            self.tell_unknown(
                &reference::CLASS,
                site,
                &what,
                key,
                known.map(|class| class.key.as_str()),
            );
        }
        found
    }

    /// A scenario of `scenarios` by id.
    pub(super) fn scenario(
        &mut self,
        scenarios: &Table<Scenario>,
        id: &str,
        site: Site,
    ) -> Option<Ix<Scenario>> {
        let found = scenarios.find(|scenario| scenario.id.as_str().cmp(id));
        if found.is_none() && !self.broken_scenarios.contains(id) {
            let known = scenarios.values().iter().map(|scenario| scenario.id.as_str());
            self.tell_unknown(&reference::SCENARIO, site, "le scénario", id, known);
        }
        found
    }

    /// An annex of `annexes` by id.
    pub(super) fn annex(
        &mut self,
        annexes: &Table<Annex>,
        id: &str,
        site: Site,
    ) -> Option<Ix<Annex>> {
        let found = annexes.find(|annex| annex.id.as_str().cmp(id));
        if found.is_none() && !self.broken_annexes.contains(id) {
            let known = annexes.values().iter().map(|annex| annex.id.as_str());
            self.tell_unknown(&reference::ANNEX, site, "l’annexe", id, known);
        }
        found
    }

    /// A pupil by id.
    pub(super) fn known_pupil(
        &mut self,
        school: &School,
        id: &str,
        site: Site,
    ) -> Option<Ix<Pupil>> {
        let found = school.pupil(id);
        if found.is_none() && !self.broken_pupils.contains(id) {
            let known = school.pupils.values().iter().map(|pupil| pupil.id.as_str());
            self.tell_unknown(&reference::PUPIL, site, "l’élève", id, known);
        }
        found
    }

    /// An evaluation by id.
    pub(super) fn evaluation(
        &mut self,
        school: &School,
        id: &str,
        site: Site,
    ) -> Option<Ix<Evaluation>> {
        let found = school.evaluation(id);
        if found.is_none() && !self.broken_evaluations.contains(id) {
            let known = school.evaluations.values().iter().map(|evaluation| evaluation.id.as_str());
            self.tell_unknown(&reference::EVALUATION, site, "l’évaluation", id, known);
        }
        found
    }
}
