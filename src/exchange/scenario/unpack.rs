//! A scenario of another school, taken in: for the same diploma, with codes that are known here.

use std::collections::BTreeMap;
use std::ops::Bound;
use std::sync::Arc;

use super::{
    Facts, LIMITS, RECORD, RESOURCES, SCENARIO_FORMAT, SCENARIO_VERSION, diploma, names, shown,
};
use crate::diagnostic::{Severity, key_path};
use crate::exchange::{Package, Plan, Tally, Weight};
use crate::record::{self, Edit, StudyLevel};
use crate::school::{Referential, School};
use crate::source::{Memory, Source, SourceError, Texts};
use crate::text::{is_slug, nearest, quoted, slug};

/// Longest text of a scenario.
const LONGEST: usize = 500_000;
/// Most scenarios of one name.
const MOST: usize = 99;

/// What the person who imports wants.
#[derive(Clone, Copy, Debug)]
pub struct Wishes<'w> {
    /// The person of this school who becomes the author.
    pub author: &'w str,
    /// The name to give to the scenario.
    pub name: Option<&'w str>,
}

/// Plans to take a package in. What cannot be is a remark of the plan.
///
/// # Errors
/// When what this school has already cannot be read.
pub fn unpack(
    school: &School,
    source: &dyn Source,
    bytes: &[u8],
    wishes: &Wishes<'_>,
) -> Result<Plan, SourceError> {
    let mut plan = Plan::default();
    match prepare(school, bytes, wishes, &mut plan) {
        Ok(received) => received.settle(school, source, wishes, plan),
        Err((sentence, help)) => {
            plan.remarks.clear();
            plan.say(Weight::Fatal, sentence, help.as_deref());
            Ok(plan)
        }
    }
}

/// A scenario that can be taken in, without its place.
struct Received {
    /// `scenarios/mcv-a/premiere/`.
    folder: String,
    /// The name it should have.
    name: String,
    text: String,
    resources: BTreeMap<String, Vec<u8>>,
}

/// Why a package is refused, and what to do.
type Refusal = (String, Option<String>);

fn refused(sentence: impl Into<String>) -> Refusal {
    (sentence.into(), None)
}

fn prepare(
    school: &School,
    bytes: &[u8],
    wishes: &Wishes<'_>,
    plan: &mut Plan,
) -> Result<Received, Refusal> {
    let known = (SCENARIO_FORMAT, SCENARIO_VERSION);
    let opened = Package::read(bytes, known, &[], LIMITS)
        .map_err(|error| refused(shown(&error.to_string())))?;
    let Package { facts, mut files } = opened.package;
    let facts: Facts = toml::Value::Table(facts).try_into().map_err(|_| {
        refused("le paquet ne dit pas d’où vient le scénario, ou pas comme il faut : il a été abîmé ou modifié")
    })?;
    let text = files.remove(RECORD).and_then(|bytes| String::from_utf8(bytes).ok());
    let text = text.filter(|text| text.len() <= LONGEST);
    let text = text.ok_or_else(|| {
        refused(format!("le fichier « {RECORD} » du paquet manque ou n’est pas un texte"))
    })?;
    author(school, wishes.author)?;
    let referential =
        &school.referentials[diploma::find(school, &facts.diplome).map_err(refused)?];
    if facts.diplome.version.trim() != referential.record.version {
        plan.say(
            Weight::Note,
            format!(
                "le scénario suit le référentiel {} en version {}, celui d’ici est en version {}",
                referential.record.sigle,
                quoted(&shown(&facts.diplome.version)),
                quoted(&referential.record.version)
            ),
            None,
        );
    }
    let level = StudyLevel::ALL.iter().find(|level| level.as_str() == facts.scenario.niveau);
    let level = level.ok_or_else(|| {
        refused(format!("le niveau {} n’existe pas", quoted(&shown(&facts.scenario.niveau))))
    })?;
    let name = wishes.name.map_or_else(|| slug(&facts.scenario.nom), str::to_owned);
    if !is_slug(&name) || name.len() > 100 {
        return Err(match wishes.name {
            Some(given) => (
                format!("{} n’est pas un nom de fichier", quoted(&shown(given))),
                Some(format!(
                    "écrivez-le en minuscules sans accent, avec des tirets : {}",
                    slug(given)
                )),
            ),
            None => (
                "le paquet ne donne pas de nom au scénario".to_owned(),
                Some("donnez-lui en un avec --as NOM".to_owned()),
            ),
        });
    }
    let folder = format!("scenarios/{}/{}/", referential.code, level.as_str());
    let resources = resources(files)?;
    let record = decoded(&format!("{folder}{name}.toml"), &text)?;
    for resource in &record.ressources {
        if let Some(file) = resource.fichier.as_ref().filter(|file| !resources.contains_key(*file))
        {
            return Err(refused(format!(
                "le document {} manque dans le paquet",
                quoted(&shown(file))
            )));
        }
    }
    let text =
        adopted(school, referential, (&facts, &record), &text, wishes, plan).ok_or_else(|| {
            refused("le scénario du paquet n’est pas un texte que jalon peut modifier")
        })?;
    Ok(Received { folder, name, text, resources })
}

fn author(school: &School, wanted: &str) -> Result<(), Refusal> {
    if school.people.values().iter().any(|person| person.id == wanted) {
        return Ok(());
    }
    let near = nearest(wanted, school.people.values().iter().map(|person| person.id.as_str()));
    let help = match near {
        Some(near) => format!("vouliez-vous écrire {near} ?"),
        None => "les personnes sont celles de staff.toml".to_owned(),
    };
    Err((format!("personne ne porte ici l’identifiant {}", quoted(&shown(wanted))), Some(help)))
}

/// The documents of a package, by their names in the folder of the scenario.
fn resources(files: BTreeMap<String, Vec<u8>>) -> Result<BTreeMap<String, Vec<u8>>, Refusal> {
    let mut resources = BTreeMap::new();
    for (path, bytes) in files {
        let Some(name) = path.strip_prefix(RESOURCES) else {
            return Err(refused(format!(
                "le paquet contient {}, qui n’y a rien à faire",
                quoted(&shown(&path))
            )));
        };
        if let Some(why) = names::fault(name) {
            return Err(refused(format!(
                "le document {} est refusé : {why}",
                quoted(&shown(name))
            )));
        }
        resources.insert(name.to_owned(), bytes);
    }
    // On many disks, capitals make no difference.
    let mut seen = BTreeMap::new();
    for name in resources.keys() {
        if let Some(other) = seen.insert(name.to_lowercase(), name) {
            return Err(refused(format!(
                "{} et {} ne diffèrent que par des majuscules",
                quoted(&shown(other)),
                quoted(&shown(name))
            )));
        }
    }
    Ok(resources)
}

/// The record of a text that somebody else wrote.
fn decoded(path: &str, text: &str) -> Result<record::Scenario, Refusal> {
    let wrong = |why: &str| refused(format!("le scénario du paquet n’est pas un scénario : {why}"));
    let (texts, _) = Texts::read(&Memory::new([(path, text)])).map_err(|_| wrong("illisible"))?;
    let (records, findings) = record::load(&texts);
    let fault = findings.iter().find(|finding| finding.code.severity == Severity::Error);
    if let Some(fault) = fault {
        return Err(wrong(&shown(&fault.message)));
    }
    records.scenarios.into_iter().next().map(|loaded| loaded.record).ok_or_else(|| wrong("vide"))
}

/// The text as this school has it: with its author and origin, its codes, and without what leads nowhere.
fn adopted(
    school: &School,
    referential: &Referential,
    (facts, record): (&Facts, &record::Scenario),
    text: &str,
    wishes: &Wishes<'_>,
    plan: &mut Plan,
) -> Option<String> {
    let mut edit = Edit::of(&Arc::from("scenarios/x/premiere/x.toml"), text).ok()?;
    edit.set(&key_path!["auteur"], wishes.author);
    edit.set(&key_path!["origine"], origin(facts, record.origine.as_deref()));
    let same_school = facts.origine.uai == school.establishment.uai;
    if let Some(original) = &record.copie_de {
        let is_here = school.scenarios.values().iter().any(|scenario| scenario.id == original.0);
        if !(same_school && is_here) {
            edit.remove(&key_path!["copie_de"]);
        }
    }
    let tasks = matched(
        &record.taches,
        |code| {
            facts.taches.iter().find(|fact| fact.code == code).map(|fact| fact.intitule.as_str())
        },
        |code| Some(referential.task_record(referential.task(code)?).intitule.as_str()),
        &referential.task_codes().collect::<Vec<_>>(),
        ("la tâche", plan),
    );
    if tasks != record.taches {
        edit.set(&key_path!["taches"], tasks);
    }
    let criteria = matched(
        &record.criteres,
        |code| {
            facts.criteres.iter().find(|fact| fact.code == code).map(|fact| fact.intitule.as_str())
        },
        |code| Some(referential.criterion_title(referential.criterion(code)?)),
        &referential.criterion_codes().collect::<Vec<_>>(),
        ("le critère", plan),
    );
    if criteria != record.criteres {
        edit.set(&key_path!["criteres"], criteria);
    }
    Some(edit.finish())
}

/// "Mme Isabelle Claude, Lycée professionnel Jeanne-Colson (0549999A)"; the first author is never forgotten.
fn origin(facts: &Facts, before: Option<&str>) -> String {
    let from = &facts.origine;
    let school = format!("{} ({})", shown(&from.etablissement), shown(&from.uai));
    match before {
        Some(before) if before.contains(&school) => before.to_owned(),
        Some(before) => format!("{before} ; transmis par {school}"),
        None => format!("{}, {school}", shown(&from.auteur)),
    }
}

/// Codes as the référentiel of this school has them: the same code; else the code of the same wording; else none.
fn matched<'t>(
    codes: &[String],
    there: impl Fn(&str) -> Option<&'t str>,
    here: impl Fn(&str) -> Option<&'t str>,
    known: &[&str],
    (what, plan): (&str, &mut Plan),
) -> Vec<String> {
    let mut kept = Vec::new();
    for code in codes {
        let (said, says) = (there(code), here(code));
        let code_shown = shown(code);
        let same = |other: &str| said.is_some_and(|said| slug(said) == slug(other));
        match (said, says) {
            (Some(said), Some(says)) if !same(says) => {
                plan.say(
                    Weight::ToDo,
                    format!(
                        "{what} {code_shown} se dit ici {}, et {} là d’où vient le scénario",
                        quoted(&shown(says)),
                        quoted(&shown(said))
                    ),
                    Some("vérifiez que le scénario y convient encore"),
                );
                kept.push(code.clone());
            }
            (_, Some(_)) => kept.push(code.clone()),
            (_, None) => {
                let mut alike = known.iter().filter(|known| here(known).is_some_and(same));
                if let (Some(alike), None) = (alike.next(), alike.next()) {
                    plan.say(
                        Weight::Note,
                        format!("{what} {code_shown} porte ici le code {alike} : il est remplacé"),
                        None,
                    );
                    kept.push((*alike).to_owned());
                } else {
                    let wording = said.map(|said| format!(" ({})", quoted(&shown(said))));
                    plan.say(
                        Weight::ToDo,
                        format!(
                            "{what} {code_shown}{} n’existe pas dans le référentiel de cet établissement : le \
                             scénario est pris sans ce code",
                            wording.unwrap_or_default()
                        ),
                        Some("cherchez dans le référentiel ce qui y correspond, et ajoutez-en le code au scénario"),
                    );
                }
            }
        }
    }
    kept
}

/// The files that stand below a folder.
fn files_below<'s>(school: &'s School, folder: &'s str) -> impl Iterator<Item = &'s Arc<str>> {
    school
        .files
        .range::<str, _>((Bound::Included(folder), Bound::Unbounded))
        .take_while(move |one| one.starts_with(folder))
}

impl Received {
    /// Finds a place, unless the scenario is there already.
    fn settle(
        self,
        school: &School,
        source: &dyn Source,
        wishes: &Wishes<'_>,
        mut plan: Plan,
    ) -> Result<Plan, SourceError> {
        for number in 1..=MOST {
            let name = match number {
                1 => self.name.clone(),
                number => format!("{}-{number}", self.name),
            };
            let (path, folder) =
                (format!("{}{name}.toml", self.folder), format!("{}{name}/", self.folder));
            let beside = || files_below(school, &folder);
            if !school.files.contains(path.as_str()) && beside().next().is_none() {
                return Ok(self.placed(&name, plan));
            }
            if school.files.contains(path.as_str())
                && self.is_there(source, &path, &folder, beside())?
            {
                plan.remarks.clear();
                plan.say(Weight::Note, format!("ce scénario est déjà là : {path}"), None);
                return Ok(plan);
            }
            if let Some(given) = wishes.name {
                plan.remarks.clear();
                plan.say(
                    Weight::Fatal,
                    format!("un autre scénario porte déjà le nom {}", quoted(given)),
                    Some("donnez un autre nom avec --as"),
                );
                return Ok(plan);
            }
        }
        plan.say(
            Weight::Fatal,
            "trop de scénarios portent déjà ce nom",
            Some("donnez-en un autre avec --as"),
        );
        Ok(plan)
    }

    fn placed(self, name: &str, mut plan: Plan) -> Plan {
        if name != self.name {
            plan.say(
                Weight::Note,
                format!(
                    "un autre scénario s’appelle {} : celui-ci devient {}",
                    quoted(&self.name),
                    quoted(name)
                ),
                None,
            );
        }
        plan.changes.put(format!("{}{name}.toml", self.folder), self.text);
        let documents = self.resources.len();
        for (resource, bytes) in self.resources {
            plan.changes.put(format!("{}{name}/{resource}", self.folder), bytes);
        }
        let tally =
            |noun, created| Tally { noun, feminine: false, created, changed: 0, deactivated: 0 };
        plan.tallies.push(tally(("scénario", "scénarios"), 1));
        plan.tallies.push(tally(("document joint", "documents joints"), documents));
        plan
    }

    /// Whether what stands at a place is this scenario: who has it, and where it is put in the list, does not count.
    fn is_there<'s>(
        &self,
        source: &dyn Source,
        path: &str,
        folder: &str,
        beside: impl Iterator<Item = &'s Arc<str>>,
    ) -> Result<bool, SourceError> {
        let said = |text: &str| {
            let mut table: toml::Table = toml::from_str(text).ok()?;
            for key in ["auteur", "origine", "copie_de", "dossier", "ordre", "prive"] {
                table.remove(key);
            }
            Some(table)
        };
        let there = String::from_utf8(source.read(path)?).unwrap_or_default();
        if said(&there).is_none() || said(&there) != said(&self.text) {
            return Ok(false);
        }
        let mut documents = BTreeMap::new();
        for one in beside {
            documents.insert(one[folder.len()..].to_owned(), source.read(one)?);
        }
        Ok(documents == self.resources)
    }
}
