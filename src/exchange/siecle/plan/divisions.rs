//! Divisions and groups: those that exist, those that STS brings, and what a code of SIECLE leads to.

use std::collections::{BTreeMap, BTreeSet};

use super::super::PupilFile;
use super::super::pupils::Pupil;
use super::super::staff::{Division, StaffFile};
use super::super::value::squashed;
use super::draft::{Draft, free_id, some_names};
use super::mefs::{self, Known, Mefs, national};
use super::services::{self, Teachers};
use crate::diagnostic::{KeyPath, key_path};
use crate::record::{AnyRecord, ClassRecord, Classes, GroupRecord, StudyLevel, version};
use crate::text::{count, quoted};

/// Where a code leads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Place {
    /// To a class or a group of ours.
    Here {
        /// Its id.
        key: String,
        /// The formation of a class, if all its pupils have the same.
        mef: Option<String>,
    },
    /// To a division whose formation is not followed, or not known: told elsewhere.
    LeftOut,
}

/// The divisions and groups of the year, by their codes.
#[derive(Debug, Default)]
pub(super) struct Structures {
    divisions: Codes,
    groups: Codes,
}

/// Codes, and where they lead: exactly, then in capitals, then without blanks, accents, `_`, `.`, `-`.
#[derive(Debug, Default)]
struct Codes {
    exact: BTreeMap<String, Place>,
    capitals: BTreeMap<String, Place>,
    squashed: BTreeMap<String, Place>,
}

impl Codes {
    fn add(&mut self, code: &str, place: &Place) {
        let put = |map: &mut BTreeMap<String, Place>, code: String| {
            map.entry(code).or_insert_with(|| place.clone());
        };
        put(&mut self.exact, code.to_owned());
        put(&mut self.capitals, code.to_uppercase());
        put(&mut self.squashed, squashed(code));
    }

    /// Notes the formation of a class, under all its codes.
    fn learn(&mut self, class: &str, formation: Option<&String>) {
        let maps = [&mut self.exact, &mut self.capitals, &mut self.squashed];
        for place in maps.into_iter().flat_map(BTreeMap::values_mut) {
            if let Place::Here { key, mef } = place
                && key == class
            {
                *mef = formation.cloned();
            }
        }
    }

    fn find(&self, code: &str) -> Option<&Place> {
        self.exact
            .get(code)
            .or_else(|| self.capitals.get(&code.to_uppercase()))
            .or_else(|| self.squashed.get(&squashed(code)))
    }
}

impl Structures {
    /// Where the code of a division leads.
    pub(super) fn division(&self, code: &str) -> Option<&Place> {
        self.divisions.find(code)
    }

    /// Where the code of a group leads.
    pub(super) fn group(&self, code: &str) -> Option<&Place> {
        self.groups.find(code)
    }

    fn class_key(&self, code: &str) -> Option<String> {
        match self.division(code)? {
            Place::Here { key, .. } => Some(key.clone()),
            Place::LeftOut => None,
        }
    }
}

/// What the file of the year says now, whether it links or not.
fn current(draft: &Draft<'_>, path: &str) -> Classes {
    let file = std::sync::Arc::from(path);
    let read = draft.texts.get(&file).and_then(|text| version(&file, text).record);
    match read {
        Some(AnyRecord::Classes(classes)) => classes,
        _ => Classes { classes: Default::default(), groupes: Default::default() },
    }
}

/// The divisions and groups of the year, changed as STS says.
pub(super) fn structures(
    draft: &mut Draft<'_>,
    (staff, teachers): (Option<&StaffFile>, &Teachers<'_>),
    pupils: Option<&PupilFile>,
) -> Structures {
    let path = format!("classes/{}.toml", draft.year);
    let now = current(draft, &path);
    let mut all = Structures::default();
    for (key, class) in now.classes.iter() {
        let place = Place::Here { key: key.to_owned(), mef: class.mef.clone() };
        all.divisions.add(&class.nom, &place);
        all.divisions.add(key, &place);
    }
    for (key, group) in now.groupes.iter() {
        let place = Place::Here { key: key.to_owned(), mef: None };
        all.groups.add(&group.nom, &place);
        all.groups.add(key, &place);
    }
    let Some(staff) = staff else { return all };
    let mut work = Work {
        path,
        mefs: Mefs::of(draft.school),
        teachers,
        staff,
        of_division: BTreeMap::new(),
        unknown: BTreeMap::new(),
        taken: now.classes.iter().map(|(key, _)| key.to_owned()).collect(),
    };
    for pupil in pupils.into_iter().flat_map(|file| &file.pupils) {
        if let Some(code) = &pupil.division {
            work.of_division.entry(squashed(code)).or_default().push(pupil);
        }
    }
    let mut divisions: Vec<&Division> = staff.divisions.iter().collect();
    divisions.sort_by(|a, b| a.code.cmp(&b.code));
    divisions.dedup_by(|a, b| a.code == b.code);
    for division in divisions {
        work.division(draft, division, &now, &mut all);
    }
    work.groups(draft, &now, &mut all);
    work.ask(draft);
    let unlisted: Vec<String> = (now.classes.iter())
        .filter(|(key, class)| {
            let is = |code: &str| squashed(code) == squashed(&class.nom) || squashed(code) == *key;
            !staff.divisions.iter().any(|division| is(&division.code))
        })
        .map(|(_, class)| class.nom.clone())
        .collect();
    if !unlisted.is_empty() {
        draft.note(format!("classes que STS ne connaît plus, gardées : {}", some_names(&unlisted)));
    }
    if !draft.files.is_past {
        services::teams(draft, &work.path, (staff, teachers), &now, &all);
    }
    all
}

struct Work<'w> {
    path: String,
    mefs: Mefs,
    teachers: &'w Teachers<'w>,
    staff: &'w StaffFile,
    /// The pupils of each division, by its code without what varies.
    of_division: BTreeMap<String, Vec<&'w Pupil>>,
    /// Formations that nobody knows, with their divisions.
    unknown: BTreeMap<String, BTreeSet<String>>,
    taken: BTreeSet<String>,
}

impl Work<'_> {
    /// The formations of a division, the most frequent first: of its pupils, else as STS lists them.
    fn formations(&self, division: &Division) -> Vec<String> {
        let mut votes: BTreeMap<String, (usize, String)> = BTreeMap::new();
        for pupil in self.of_division.get(&squashed(&division.code)).into_iter().flatten() {
            if let Some(mef) = pupil.mef.as_ref().filter(|mef| mefs::is_code(mef)) {
                votes.entry(national(mef)).or_insert_with(|| (0, mef.clone())).0 += 1;
            }
        }
        for mef in &division.mefs {
            votes.entry(national(mef)).or_insert_with(|| (0, mef.clone()));
        }
        let mut all: Vec<(usize, String)> = votes.into_values().collect();
        all.sort_by(|a, b| b.0.cmp(&a.0).then_with(|| a.1.cmp(&b.1)));
        all.into_iter().map(|(_, mef)| mef).collect()
    }

    fn division(
        &mut self,
        draft: &mut Draft<'_>,
        division: &Division,
        now: &Classes,
        all: &mut Structures,
    ) {
        let formations = self.formations(division);
        let alone = match &formations[..] {
            [only] if mefs::is_code(only) => Some(only.clone()),
            _ => None,
        };
        if let Some(key) = all.class_key(&division.code) {
            let class = now.classes.get(&key);
            let mef = self.known_class(draft, division, (&key, class), alone);
            all.divisions.learn(&key, mef.as_ref());
            all.divisions.add(&division.code, &Place::Here { key, mef });
            return;
        }
        let found: Vec<Known> = formations.iter().map(|mef| self.mefs.find(mef)).collect();
        let followed = found.iter().find_map(|known| match known {
            Known::Followed(diploma, level) => Some((diploma.clone(), *level)),
            _ => None,
        });
        let Some((diploma, level)) = followed else {
            all.divisions.add(&division.code, &Place::LeftOut);
            if formations.is_empty() {
                let said = format!(
                    "la division {} n’a ni formation ni élève : elle n’est pas créée",
                    quoted(&division.code)
                );
                draft.note(said);
            }
            for (mef, known) in formations.iter().zip(&found) {
                if *known == Known::No {
                    self.unknown.entry(mef.clone()).or_default().insert(division.code.clone());
                }
            }
            return;
        };
        let others = found.iter().any(|known| match known {
            Known::Followed(other, its) => *other != diploma || *its != level,
            _ => false,
        });
        if others {
            draft.must_do(
                format!(
                    "la division {} réunit plusieurs formations : {diploma} en {} est écrit",
                    quoted(&division.code),
                    level.label().to_lowercase()
                ),
                "vérifiez diplome et niveau dans le fichier des classes",
            );
        }
        let key = self.free_key(draft, &division.code);
        self.create(draft, division, &key, (&diploma, level, alone.as_deref()));
        all.divisions.add(&division.code, &Place::Here { key, mef: alone });
    }

    /// A class that exists keeps its diploma, its level and its name: only what it lacks is added.
    fn known_class(
        &self,
        draft: &mut Draft<'_>,
        division: &Division,
        (key, class): (&str, Option<&ClassRecord>),
        alone: Option<String>,
    ) -> Option<String> {
        let class = class?;
        if draft.files.is_past {
            return class.mef.clone();
        }
        let at = |name: &str| -> KeyPath { key_path!["classes", key, name] };
        let mut mef = class.mef.clone();
        let differs = |own: &String| {
            !division.mefs.is_empty()
                && division.mefs.iter().all(|other| national(other) != national(own))
        };
        if let Some(only) = alone
            && mef.as_ref().is_none_or(differs)
        {
            draft.set(&self.path, &at("mef"), only.as_str());
            mef = Some(only);
        }
        let leader = self.teachers.leader(draft, division, class.professeur_principal.as_deref());
        if let Some(leader) = leader
            && class.professeur_principal.as_deref() != Some(leader.as_str())
        {
            draft.set(&self.path, &at("professeur_principal"), leader);
        }
        let services = self.teachers.services(self.staff, &division.services);
        if services::differ(&services, &class.services) {
            draft.set(&self.path, &at("services"), services::value(&services));
        }
        mef
    }

    fn create(
        &self,
        draft: &mut Draft<'_>,
        division: &Division,
        key: &str,
        (diploma, level, mef): (&str, StudyLevel, Option<&str>),
    ) {
        let at = |name: &str| -> KeyPath { key_path!["classes", key, name] };
        draft.set(&self.path, &at("nom"), division.code.as_str());
        draft.set(&self.path, &at("diplome"), diploma);
        draft.set(&self.path, &at("niveau"), level.as_str());
        draft.set_some(&self.path, &at("mef"), mef);
        let leader = self.teachers.leader(draft, division, None);
        draft.set_some(&self.path, &at("professeur_principal"), leader);
        draft.set(&self.path, &at("equipe"), Vec::<String>::new());
        let services = self.teachers.services(self.staff, &division.services);
        if !services.is_empty() {
            draft.set(&self.path, &at("services"), services::value(&services));
        }
    }

    /// The id of a new class: that of the class of the same name in another year, else made from the code.
    fn free_key(&mut self, draft: &Draft<'_>, code: &str) -> String {
        let classes = draft.school.classes.values().iter().rev();
        let mut namesakes = classes.filter(|class| squashed(&class.record.nom) == squashed(code));
        let wanted = namesakes.next().map_or_else(|| id_of("c", code), |class| class.key.clone());
        let key = free_id(&wanted, |key| self.taken.contains(key));
        self.taken.insert(key.clone());
        key
    }

    fn groups(&mut self, draft: &mut Draft<'_>, now: &Classes, all: &mut Structures) {
        let mut taken: BTreeSet<String> =
            now.groupes.iter().map(|(key, _)| key.to_owned()).collect();
        let cited = self.cited(all);
        let mut groups: Vec<_> = self.staff.groups.iter().collect();
        groups.sort_by(|a, b| a.code.cmp(&b.code));
        groups.dedup_by(|a, b| a.code == b.code);
        for group in groups {
            let keys = group.divisions.iter().filter_map(|code| all.class_key(code));
            let classes: BTreeSet<String> = keys.collect();
            let classes: Vec<String> = classes.into_iter().collect();
            let known = match all.group(&group.code) {
                Some(Place::Here { key, .. }) => Some(key.clone()),
                _ => None,
            };
            if known.is_none() && classes.is_empty() && !cited.contains(&squashed(&group.code)) {
                all.groups.add(&group.code, &Place::LeftOut);
                continue;
            }
            let key = known.unwrap_or_else(|| {
                let key = free_id(&id_of("g", &group.code), |key| taken.contains(key));
                taken.insert(key.clone());
                key
            });
            let record: Option<&GroupRecord> = now.groupes.get(&key);
            if draft.files.is_past && record.is_some() {
                continue;
            }
            let at = |name: &str| -> KeyPath { key_path!["groupes", &key, name] };
            if record.is_none() {
                draft.set(&self.path, &at("nom"), group.code.as_str());
            }
            let libelle = group.libelle.as_ref().filter(|libelle| **libelle != group.code);
            if libelle.is_some() && libelle != record.and_then(|record| record.libelle.as_ref()) {
                draft.set_some(&self.path, &at("libelle"), libelle.cloned());
            }
            let before: Option<Vec<String>> =
                record.map(|record| record.classes.iter().map(ToString::to_string).collect());
            if !classes.is_empty() && before.as_ref() != Some(&classes) {
                draft.set(&self.path, &at("classes"), super::draft::ids(&classes));
            }
            let services = self.teachers.services(self.staff, &group.services);
            let now = record.map(|record| record.services.as_slice()).unwrap_or_default();
            if services::differ(&services, now) {
                draft.set(&self.path, &at("services"), services::value(&services));
            }
            all.groups.add(&group.code, &Place::Here { key: key.clone(), mef: None });
        }
    }

    /// The groups that pupils of our classes name.
    fn cited(&self, all: &Structures) -> BTreeSet<String> {
        let ours = self.of_division.values().flatten().filter(|pupil| {
            pupil.division.as_deref().is_some_and(|code| all.class_key(code).is_some())
        });
        ours.flat_map(|pupil| &pupil.groups).map(|code| squashed(code)).collect()
    }

    /// Asks which diploma a formation is, with the lines to type.
    fn ask(&self, draft: &mut Draft<'_>) {
        for (mef, divisions) in &self.unknown {
            let label = self.staff.mefs.get(mef).and_then(|mef| mef.libelle.as_deref());
            let label = label.map(|label| format!(" ({label})")).unwrap_or_default();
            let names: Vec<String> = divisions.iter().map(|code| quoted(code)).collect();
            let day = draft.day;
            let codes: BTreeSet<String> = divisions.iter().map(|code| squashed(code)).collect();
            let number = codes
                .iter()
                .flat_map(|code| self.of_division.get(code).into_iter().flatten())
                .filter(|pupil| pupil.sortie.is_none_or(|left| left > day))
                .count();
            let left = match number {
                0 => String::new(),
                _ => format!(", avec {}", count(number, "élève", "élèves")),
            };
            let level = mefs::level(mef).map_or("à compléter", StudyLevel::as_str);
            let said = format!(
                "quel diplôme est la formation {mef}{label} ? En attendant, restent de côté : {}{left}",
                some_names(&names)
            );
            let help = format!(
                "ajoutez à school.toml, en complétant, puis refaites l’import :\n  [[siecle.mef]]\n  code = \"{mef}\"\n  \
                 diplome = \"à compléter\"\n  niveau = \"{level}\"\n  Si cette formation n’est pas suivie ici, écrivez \
                 plutôt sous [siecle] : mef_ignores = [\"{mef}\"]"
            );
            draft.must_do(said, &help);
        }
    }
}

/// The id made from a code: letters and digits; figures alone are no id of ours, and get a letter.
fn id_of(letter: &str, code: &str) -> String {
    let id = squashed(code);
    if id.bytes().all(|b| b.is_ascii_digit()) { format!("{letter}{id}") } else { id }
}
