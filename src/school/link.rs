//! From records to the linked model: every name resolved, what leads nowhere told.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Bound;
use std::sync::Arc;

use super::reference::{self, unknown};
use super::referential::{CompetenceIx, CriterionIx, TaskIx};
use super::{
    Class, Evaluation, Ix, Person, Pupil, Referential, Review, Row, RowState, Scenario, School,
    Stay, Table, Twin, UnplacedReview, Year,
};
use crate::diagnostic::{Code, Finding, KeyPath, Site, key_path};
use crate::record::{self, Kind, Outcome, Records, SchoolRecord, StudyLevel, Whole};
use crate::text::{Collation, Date, SchoolYear};

/// Links the records of a school. What cannot be linked is left out and told.
pub fn link(records: Records) -> (School, Vec<Finding>) {
    let mut linker = Linker::new(&records);
    linker.missing_files(&records);
    linker.missing_classes(&records);
    let people = link_people(records.staff);
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
        broken: records.broken.into_iter().collect(),
        twins: Vec::new(),
        unplaced: Vec::new(),
        files: records.files,
    };
    if let Some(loaded) = records.school {
        school.establishment = loaded.record;
    }
    linker.classes(&mut school, records.classes, records.calendars);
    linker.calendars(&school);
    linker.scenarios(&mut school, records.scenarios);
    linker.pupils(&mut school, records.students);
    linker.evaluations(&mut school, records.evaluations);
    linker.reviews(&mut school, records.reviews);
    (school, linker.findings)
}

fn neutral_establishment(classes: &[record::Loaded<SchoolYear, record::Classes>]) -> SchoolRecord {
    SchoolRecord {
        format: Whole(1),
        nom: "Établissement".into(),
        uai: String::new(),
        academie: None,
        adresse: None,
        code_postal: None,
        ville: None,
        telephone: None,
        courriel: String::new(),
        annee: classes.last().map_or(SchoolYear(2000), |loaded| loaded.key),
        book: false,
        forge: None,
    }
}

fn link_people(staff: Option<record::Loaded<(), record::Staff>>) -> Table<Person> {
    let Some(staff) = staff else { return Table::default() };
    let mut people: Vec<Person> = staff
        .record
        .personnes
        .0
        .into_iter()
        .map(|entry| Person { id: entry.key, file: Arc::clone(&staff.file), record: entry.value })
        .collect();
    people.sort_by(|a, b| a.id.cmp(&b.id));
    Table::new(people)
}

/// What is known to exist although it could not be read, and the faults met.
pub(super) struct Linker {
    pub(super) findings: Vec<Finding>,
    collation: Collation,
    pub(super) staff_broken: bool,
    broken_referentials: BTreeSet<String>,
    pub(super) broken_years: BTreeSet<SchoolYear>,
    broken_pupils: BTreeSet<String>,
    broken_scenarios: BTreeSet<String>,
    broken_evaluations: BTreeSet<String>,
    broken_classes: BTreeSet<String>,
    /// Years without a file of classes: told once, not at each pupil.
    pub(super) years_without_classes: BTreeSet<SchoolYear>,
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
                _ => {}
            }
        }
        linker
    }

    /// Notes a name that nobody knows. After hundreds of them, something larger is wrong than each
    /// spelling: the search for the nearest names, which takes time, is given up.
    fn tell_unknown<'a>(
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

    fn person(
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

    fn tasks(
        &mut self,
        referential: &Referential,
        codes: &[String],
        file: &Arc<str>,
    ) -> Vec<TaskIx> {
        let found = self.codes(
            &reference::TASK,
            "la tâche",
            codes,
            file,
            "taches",
            |code| referential.task(code),
            || referential.task_codes().collect(),
        );
        found.into_iter().flatten().collect::<BTreeSet<_>>().into_iter().collect()
    }

    fn criteria(
        &mut self,
        referential: &Referential,
        codes: &[String],
        file: &Arc<str>,
    ) -> Vec<Option<CriterionIx>> {
        self.codes(
            &reference::CRITERION,
            "le critère",
            codes,
            file,
            "criteres",
            |code| referential.criterion(code),
            || referential.criterion_codes().collect(),
        )
    }

    #[expect(clippy::too_many_arguments, reason = "the seven are the sentence to say")]
    fn codes<'a, I>(
        &mut self,
        code: &'static Code,
        what: &str,
        codes: &[String],
        file: &Arc<str>,
        key: &str,
        find: impl Fn(&str) -> Option<I>,
        known: impl Fn() -> Vec<&'a str>,
    ) -> Vec<Option<I>> {
        let mut found = Vec::with_capacity(codes.len());
        for (at, name) in codes.iter().enumerate() {
            let ix = find(name);
            if ix.is_none() {
                self.tell_unknown(code, Site::value(file, key_path![key, at]), what, name, known());
            }
            found.push(ix);
        }
        found
    }

    fn classes(
        &mut self,
        school: &mut School,
        records: Vec<record::Loaded<SchoolYear, record::Classes>>,
        calendars: Vec<record::Loaded<SchoolYear, record::Calendar>>,
    ) {
        let mut years: BTreeMap<SchoolYear, Year> = BTreeMap::new();
        let year_of = |year| Year { year, calendar: None, classes: Vec::new() };
        for calendar in calendars {
            let year = calendar.key;
            years.entry(year).or_insert_with(|| year_of(year)).calendar = Some(calendar);
        }
        let mut classes = Vec::new();
        for loaded in records {
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
    }

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

    fn scenarios(
        &mut self,
        school: &mut School,
        records: Vec<record::Loaded<(String, String, String), record::Scenario>>,
    ) {
        let mut scenarios = Vec::with_capacity(records.len());
        for loaded in records {
            let (diploma_code, level, slug) = loaded.key;
            let file = loaded.file;
            let record = loaded.record;
            let id = format!("{diploma_code}/{level}/{slug}");
            let author = self.person(&school.people, &record.auteur, &file, key_path!["auteur"]);
            let diploma = self.diploma(school, &diploma_code, Site::file(&file));
            let known: Vec<&str> = StudyLevel::ALL.iter().map(|level| level.as_str()).collect();
            let study_level = StudyLevel::parse(&level);
            if study_level.is_none() {
                self.tell_unknown(
                    &reference::REFERENTIAL,
                    Site::file(&file),
                    "le niveau",
                    &level,
                    known,
                );
            }
            let (Some(diploma), Some(level)) = (diploma, study_level) else {
                self.broken_scenarios.insert(id);
                continue;
            };
            let referential = &school.referentials[diploma];
            let tasks = self.tasks(referential, &record.taches, &file);
            let criteria: BTreeSet<_> =
                self.criteria(referential, &record.criteres, &file).into_iter().flatten().collect();
            let folder = format!("scenarios/{id}/");
            let files = school
                .files
                .range::<str, _>((Bound::Included(folder.as_str()), Bound::Unbounded))
                .take_while(|path| path.starts_with(&folder))
                .map(ToString::to_string)
                .collect();
            let criteria = criteria.into_iter().collect();
            scenarios.push(Scenario {
                id,
                slug,
                file,
                record,
                diploma,
                level,
                author,
                tasks,
                criteria,
                copy_of: None,
                files,
            });
        }
        scenarios.sort_by(|a, b| a.id.cmp(&b.id));
        let mut scenarios = Table::new(scenarios);
        let originals: Vec<_> = scenarios
            .values()
            .iter()
            .map(|scenario| {
                let id = scenario.record.copie_de.as_ref()?;
                self.scenario(&scenarios, id, Site::value(&scenario.file, key_path!["copie_de"]))
            })
            .collect();
        for (scenario, original) in scenarios.values_mut().iter_mut().zip(originals) {
            scenario.copy_of = original;
        }
        school.scenarios = scenarios;
    }

    fn scenario(
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

    fn pupils(
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

    fn evaluations(
        &mut self,
        school: &mut School,
        records: Vec<record::Loaded<(SchoolYear, String, String), record::Evaluation>>,
    ) {
        let mut evaluations = Vec::with_capacity(records.len());
        for loaded in records {
            let (year, class_key, slug) = loaded.key;
            let (file, record) = (loaded.file, loaded.record);
            let id = format!("{year}/{class_key}/{slug}");
            let author = self.person(&school.people, &record.auteur, &file, key_path!["auteur"]);
            let scenario = record.scenario.as_ref().and_then(|id| {
                self.scenario(&school.scenarios, id, Site::value(&file, key_path!["scenario"]))
            });
            let Some(class) = self.class(school, year, &class_key, Site::file(&file)) else {
                self.broken_evaluations.insert(id);
                continue;
            };
            let referential = &school.referentials[school.classes[class].diploma];
            let tasks = self.tasks(referential, &record.taches, &file);
            let columns = self.criteria(referential, &record.criteres, &file);
            let mut rows = Vec::with_capacity(record.resultats.len());
            for (pupil_id, outcomes) in record.resultats.iter() {
                let Some(pupil) = self.known_pupil(
                    school,
                    pupil_id,
                    Site::key(&file, key_path!["resultats", pupil_id]),
                ) else {
                    continue;
                };
                rows.extend(row_state(outcomes, &columns).map(|state| Row { pupil, state }));
            }
            sort_pupils(&mut rows, &school.pupils, &self.collation, |row| row.pupil);
            let criteria = columns.into_iter().flatten().collect();
            evaluations.push(Evaluation {
                id,
                slug,
                file,
                record,
                class,
                author,
                scenario,
                tasks,
                criteria,
                rows,
                frozen_by: Vec::new(),
            });
        }
        evaluations.sort_by(|a, b| a.id.cmp(&b.id));
        school.evaluations = Table::new(evaluations);
        for (ix, evaluation) in school.evaluations.iter() {
            school.classes[evaluation.class].evaluations.push(ix);
            for (n, row) in evaluation.rows.iter().enumerate() {
                school.pupils[row.pupil].evaluations.push((ix, n));
            }
        }
        let time = |ix: Ix<Evaluation>| {
            let evaluation = &school.evaluations[ix];
            (evaluation.record.date, &evaluation.id)
        };
        for class in school.classes.values_mut() {
            class.evaluations.sort_by(|a, b| time(*a).cmp(&time(*b)));
        }
        for pupil in school.pupils.values_mut() {
            pupil.evaluations.sort_by(|a, b| time(a.0).cmp(&time(b.0)));
        }
    }

    fn known_pupil(&mut self, school: &School, id: &str, site: Site) -> Option<Ix<Pupil>> {
        let found = school.pupil(id);
        if found.is_none() && !self.broken_pupils.contains(id) {
            let known = school.pupils.values().iter().map(|pupil| pupil.id.as_str());
            self.tell_unknown(&reference::PUPIL, site, "l’élève", id, known);
        }
        found
    }

    fn reviews(
        &mut self,
        school: &mut School,
        records: Vec<record::Loaded<(String, record::ReviewKey), record::Review>>,
    ) {
        let mut reviews = Vec::with_capacity(records.len());
        for loaded in records {
            let (student, key) = loaded.key;
            let (file, record) = (loaded.file, loaded.record);
            let author = self.person(&school.people, &record.auteur, &file, key_path!["auteur"]);
            let validated_by = record
                .valide_par
                .as_ref()
                .and_then(|id| self.person(&school.people, id, &file, key_path!["valide_par"]));
            for (n, unlock) in record.deverrouillage.iter().enumerate() {
                self.person(
                    &school.people,
                    &unlock.par,
                    &file,
                    key_path!["deverrouillage", n, "par"],
                );
            }
            let mut evaluations = Vec::with_capacity(record.evaluations.len());
            for (n, id) in record.evaluations.iter().enumerate() {
                evaluations.extend(self.evaluation(
                    school,
                    id,
                    Site::value(&file, key_path!["evaluations", n]),
                ));
            }
            let Some(pupil) = self.known_pupil(school, &student, Site::file(&file)) else {
                continue;
            };
            let Some(class) = class_of_review(school, pupil, key.date) else {
                school.unplaced.push(UnplacedReview { pupil, key, file });
                continue;
            };
            let diploma = school.classes[class].diploma;
            let referential = &school.referentials[diploma];
            let positions =
                self.competences(referential, &record.positions, &file, "positions", |level| {
                    *level
                });
            let professionalisation = self.competences(
                referential,
                &record.professionnalisation,
                &file,
                "professionnalisation",
                Clone::clone,
            );
            reviews.push(Review {
                pupil,
                key,
                file,
                record,
                class,
                diploma,
                author,
                validated_by,
                evaluations,
                positions,
                professionalisation,
            });
        }
        reviews.sort_by_key(|review: &Review| (review.pupil, review.key));
        school.reviews = Table::new(reviews);
        for (ix, review) in school.reviews.iter() {
            school.pupils[review.pupil].reviews.push(ix);
            // An unlocked review lets its evaluations change again (EVA-13).
            if review.is_locked() {
                for evaluation in &review.evaluations {
                    school.evaluations[*evaluation].frozen_by.push(ix);
                }
            }
        }
    }

    fn evaluation(&mut self, school: &School, id: &str, site: Site) -> Option<Ix<Evaluation>> {
        let found = school.evaluation(id);
        if found.is_none() && !self.broken_evaluations.contains(id) {
            let known = school.evaluations.values().iter().map(|evaluation| evaluation.id.as_str());
            self.tell_unknown(&reference::EVALUATION, site, "l’évaluation", id, known);
        }
        found
    }

    fn competences<T, U>(
        &mut self,
        referential: &Referential,
        map: &record::Map<T>,
        file: &Arc<str>,
        key: &str,
        read: impl Fn(&T) -> U,
    ) -> Vec<(CompetenceIx, U)> {
        let mut found = Vec::with_capacity(map.len());
        for (code, value) in map.iter() {
            if let Some(competence) = referential.competence(code) {
                found.push((competence, read(value)));
            } else {
                let site = Site::key(file, key_path![key, code]);
                let known = referential.competence_codes();
                let mut finding =
                    unknown(&reference::COMPETENCE, site, "la compétence", code, known);
                finding.replacement = finding.replacement.map(|near| record::quote(&near));
                self.findings.push(finding);
            }
        }
        found.sort_by_key(|(competence, _)| *competence);
        found
    }
}

/// The class of a pupil on the day of a review; none when the stay of that day could not be linked.
fn class_of_review(school: &School, pupil: Ix<Pupil>, day: Date) -> Option<Ix<Class>> {
    let pupil = &school.pupils[pupil];
    let covers = |from: Date, to: Date| from <= day && day <= to;
    let written = pupil.record.scolarite.iter().any(|stay| covers(stay.from(), stay.to()));
    let linked = pupil.stays.iter().any(|stay| covers(stay.from, stay.to));
    if written && !linked { None } else { school.class_of(pupil, day) }
}

/// What a row says; nothing when it does not have one entry a column (a rule tells of it).
fn row_state(outcomes: &[Outcome], columns: &[Option<CriterionIx>]) -> Option<RowState> {
    match outcomes {
        [] => return Some(RowState::Unrated),
        [Outcome::Absent] => return Some(RowState::Absent),
        [Outcome::Exempt] => return Some(RowState::Exempt),
        _ if outcomes.len() != columns.len() => return None,
        _ => {}
    }
    let levels: Option<Vec<_>> = outcomes
        .iter()
        .zip(columns)
        .filter(|(_, column)| column.is_some())
        .map(|(outcome, _)| outcome.level())
        .collect();
    levels.map(RowState::Rated)
}

fn sort_pupils<T>(
    list: &mut [T],
    pupils: &Table<Pupil>,
    collation: &Collation,
    pupil: impl Fn(&T) -> Ix<Pupil>,
) {
    list.sort_by(|a, b| {
        let (a, b) = (&pupils[pupil(a)], &pupils[pupil(b)]);
        collation.compare_names(a.sort_name(), b.sort_name()).then_with(|| a.id.cmp(&b.id))
    });
}

impl School {
    /// The stay of a pupil in a class on a day.
    pub fn was_in(&self, pupil: Ix<Pupil>, class: Ix<Class>, day: Date) -> bool {
        self.pupils[pupil]
            .stays
            .iter()
            .any(|stay| stay.class == class && stay.from <= day && day <= stay.to)
    }
}
