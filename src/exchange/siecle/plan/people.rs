//! The staff: recognised by the number of STS, else by name and birth date; created, changed, deactivated.

use std::collections::{BTreeMap, BTreeSet};

use super::super::staff::{Person, StaffFile};
use super::super::value::{is_same_name, name};
use super::draft::{Draft, free_id, some_names};
use crate::diagnostic::{KeyPath, key_path};
use crate::record::{Civility, Origin, Role};
use crate::school;
use crate::text::{count, quoted, slug};

const STAFF: &str = "staff.toml";

/// The people of the school, by their number in STS.
pub(super) fn people(draft: &mut Draft<'_>, file: &StaffFile) -> BTreeMap<String, String> {
    if file.people.is_empty() {
        draft.fatal("le fichier de STS ne contient personne", "exportez-le de nouveau de STS-WEB");
        return BTreeMap::new();
    }
    let teaching = teaching(file);
    let mut wanted: Vec<&Person> = Vec::new();
    let mut other_jobs: BTreeMap<&str, usize> = BTreeMap::new();
    for person in &file.people {
        match person.fonction.as_deref() {
            None | Some("ENS" | "EDU" | "DIR") => wanted.push(person),
            Some(_) if teaching.contains(person.key.as_str()) => wanted.push(person),
            Some(other) => *other_jobs.entry(other).or_default() += 1,
        }
    }
    for (job, number) in other_jobs {
        let people = count(number, "personne", "personnes");
        draft.note(format!("{people} de fonction {} : laissées de côté", quoted(job)));
    }
    let here: BTreeSet<&str> = file.people.iter().map(|person| person.key.as_str()).collect();
    let strangers = teaching.iter().filter(|key| !here.contains(*key)).count();
    if strangers > 0 {
        let people = count(strangers, "enseignant cité", "enseignants cités");
        draft.note(format!(
            "{people} par des services sans être parmi les personnes de STS : laissés de côté"
        ));
    }
    let mut known = Recognised::default();
    known.by_number(draft, &wanted);
    known.by_name(draft, &wanted);
    if !draft.files.is_past {
        create(draft, &wanted, &mut known);
        update(draft, &wanted, &known);
        leave(draft, &known);
    }
    known.ids
}

/// Those who teach or lead a class.
fn teaching(file: &StaffFile) -> BTreeSet<&str> {
    let divisions = file.divisions.iter().flat_map(|division| &division.services);
    let services = divisions.chain(file.groups.iter().flat_map(|group| &group.services));
    let mut all: BTreeSet<&str> =
        services.flat_map(|service| &service.enseignants).map(String::as_str).collect();
    let leading = file.people.iter().filter(|person| !person.principal.is_empty());
    all.extend(leading.map(|person| person.key.as_str()));
    all
}

#[derive(Default)]
struct Recognised {
    /// Number in STS, id in the school.
    ids: BTreeMap<String, String>,
    /// Ids that are somebody of the file.
    taken: BTreeSet<String>,
    /// Numbers of people who could be several of ours: nobody chooses for the reader.
    doubtful: BTreeSet<String>,
}

impl Recognised {
    fn note(&mut self, person: &Person, id: &str) {
        self.ids.insert(person.key.clone(), id.to_owned());
        self.taken.insert(id.to_owned());
    }

    /// A number is a person's within one file; from year to year it may become another's.
    fn by_number(&mut self, draft: &Draft<'_>, wanted: &[&Person]) {
        for person in wanted {
            let ours = draft.school.people.values().iter().find(|ours| {
                ours.record.sts.as_deref() == Some(&person.key) && is_likely(ours, person)
            });
            if let Some(ours) = ours.filter(|ours| !self.taken.contains(&ours.id)) {
                self.note(person, &ours.id);
            }
        }
    }

    fn by_name(&mut self, draft: &mut Draft<'_>, wanted: &[&Person]) {
        for person in wanted {
            if self.ids.contains_key(&person.key) {
                continue;
            }
            let alike = draft.school.people.values().iter().filter(|ours| {
                !self.taken.contains(&ours.id)
                    && slug(&ours.record.nom) == slug(&person.nom)
                    && slug(&ours.record.prenom) == slug(&person.prenom)
                    && is_compatible(ours, person)
            });
            let mut alike: Vec<&school::Person> = alike.collect();
            let sure = |ours: &&school::Person| {
                person.naissance.is_some() && ours.record.naissance == person.naissance
            };
            if alike.iter().any(sure) {
                alike.retain(sure);
            }
            match alike[..] {
                [] => {}
                [ours] => {
                    let (id, by_hand) = (ours.id.clone(), is_by_hand(ours));
                    let full = ours.full_name();
                    self.note(person, &id);
                    if by_hand && !draft.files.is_past {
                        draft.note(format!(
                            "{full}, inscrit à la main, est reconnu dans STS : sa marque disparaît"
                        ));
                    }
                }
                [first, second, ..] => {
                    let said = format!(
                        "{} {} peut être {} ou {} : il n’est ni créé ni mis à jour",
                        name(&person.prenom),
                        name(&person.nom),
                        quoted(&first.id),
                        quoted(&second.id)
                    );
                    let help = format!(
                        "ajoutez dans staff.toml, sous la bonne personne, la ligne sts = \"{}\"",
                        person.key
                    );
                    self.doubtful.insert(person.key.clone());
                    draft.must_do(said, &help);
                }
            }
        }
    }
}

fn is_by_hand(ours: &school::Person) -> bool {
    ours.record.origine == Some(Origin::Manual)
}

/// Whether nothing says that these are two people.
fn is_compatible(ours: &school::Person, theirs: &Person) -> bool {
    match (ours.record.naissance, theirs.naissance) {
        (Some(ours), Some(theirs)) => ours == theirs,
        _ => true,
    }
}

/// Whether somebody who bears the number is the same person: names change, but not all at once.
fn is_likely(ours: &school::Person, theirs: &Person) -> bool {
    let born = ours.record.naissance.is_some() && ours.record.naissance == theirs.naissance;
    let named = slug(&ours.record.prenom) == slug(&theirs.prenom)
        || slug(&ours.record.nom) == slug(&theirs.nom);
    born || named && is_compatible(ours, theirs)
}

fn create(draft: &mut Draft<'_>, wanted: &[&Person], known: &mut Recognised) {
    let mut ids: BTreeSet<String> =
        draft.school.people.values().iter().map(|person| person.id.clone()).collect();
    let mut new: Vec<&Person> = wanted
        .iter()
        .filter(|one| !known.ids.contains_key(&one.key) && !known.doubtful.contains(&one.key))
        .copied()
        .collect();
    // The number of a homonym does not depend on the order of the file.
    new.sort_by(|a, b| a.key.cmp(&b.key));
    let (mut nameless, mut uncivil, mut heads) = (0, Vec::new(), Vec::new());
    let mut created = Vec::new();
    for person in new {
        let id = slug(&format!("{} {}", person.nom, person.prenom));
        if person.nom.is_empty() || person.prenom.is_empty() || id.is_empty() {
            nameless += 1;
            continue;
        }
        let id = free_id(&id, |id| ids.contains(id));
        ids.insert(id.clone());
        let full = format!("{} {}", name(&person.prenom), name(&person.nom));
        let role = match person.fonction.as_deref() {
            Some("EDU") => Role::Cpe,
            Some("DIR") => Role::Head,
            _ => Role::Teacher,
        };
        if role == Role::Head {
            heads.push(full.clone());
        }
        if person.civilite.is_none() {
            uncivil.push(full.clone());
        }
        let at = |key: &str| key_path!["personnes", &id, key];
        draft.set(STAFF, &at("sts"), person.key.as_str());
        let civility = person.civilite.unwrap_or(Civility::Madam);
        draft.set(STAFF, &at("civilite"), civility.as_str());
        draft.set(STAFF, &at("nom"), name(&person.nom));
        draft.set(STAFF, &at("prenom"), name(&person.prenom));
        draft.set_some(STAFF, &at("naissance"), person.naissance);
        draft.set(STAFF, &at("courriels"), Vec::<String>::new());
        draft.set(STAFF, &at("roles"), vec![role.as_str()]);
        draft.set_some(STAFF, &at("discipline"), person.discipline.clone());
        known.note(person, &id);
        created.push(full);
    }
    if nameless > 0 {
        let people = count(nameless, "personne", "personnes");
        draft.must_do(
            format!("{people} de STS sans nom ou sans prénom"),
            "complétez STS-WEB, puis refaites l’import",
        );
    }
    if !created.is_empty() {
        let said =
            format!("sans adresse électronique, que STS ne donne pas : {}", some_names(&created));
        draft.must_do(said, "complétez courriels dans staff.toml : cette adresse dit qui a fait chaque modification");
    }
    if !uncivil.is_empty() {
        let said = format!(
            "STS ne dit ni la civilité ni le sexe : {} ; « Mme » est écrit",
            some_names(&uncivil)
        );
        draft.must_do(said, "vérifiez civilite dans staff.toml");
    }
    if !heads.is_empty() {
        let said = format!(
            "STS donne une fonction de direction : {} ; le rôle chef-etablissement est écrit",
            some_names(&heads)
        );
        draft.must_do(said, "vérifiez roles dans staff.toml : ce rôle donne tous les droits du chef d’établissement");
    }
}

fn update(draft: &mut Draft<'_>, wanted: &[&Person], known: &Recognised) {
    for person in wanted {
        let Some(id) = known.ids.get(&person.key) else { continue };
        let Some(ix) = draft.school.person(id) else { continue };
        let record = &draft.school.people[ix].record;
        let at = |key: &str| -> KeyPath { key_path!["personnes", id, key] };
        if record.sts.as_deref() != Some(&person.key) {
            draft.set(STAFF, &at("sts"), person.key.as_str());
        }
        if let Some(civility) = person.civilite.filter(|civility| *civility != record.civilite) {
            draft.set(STAFF, &at("civilite"), civility.as_str());
        }
        for (key, ours, theirs) in
            [("nom", &record.nom, &person.nom), ("prenom", &record.prenom, &person.prenom)]
        {
            if !theirs.is_empty() && !is_same_name(ours, theirs) {
                draft.set(STAFF, &at(key), name(theirs));
                draft.note(format!(
                    "{} {} : {} devient {} d’après STS",
                    record.prenom,
                    record.nom,
                    quoted(ours),
                    quoted(&name(theirs))
                ));
            }
        }
        if person.naissance.is_some() && person.naissance != record.naissance {
            draft.set_some(STAFF, &at("naissance"), person.naissance);
        }
        if record.discipline.is_none() {
            draft.set_some(STAFF, &at("discipline"), person.discipline.clone());
        }
        if record.origine == Some(Origin::Manual) {
            draft.remove(STAFF, &at("origine"));
        }
        // Who was marked as gone during this year was marked by hand: STS keeps such people until summer.
        if let Some(gone) = record.inactif_depuis
            && gone < draft.year.first_day()
        {
            draft.remove(STAFF, &at("inactif_depuis"));
            draft.note(format!("{} {} est de retour", record.prenom, record.nom));
        }
    }
}

/// Those who came from STS and are in it no more; those of whom nothing says where they came from.
fn leave(draft: &mut Draft<'_>, known: &Recognised) {
    let day = draft.day;
    let here = |person: &school::Person| person.record.inactif_depuis.is_none();
    let leads =
        |person: &school::Person| person.has_role(Role::Ddfpt) || person.has_role(Role::Head);
    let gone = |person: &school::Person| {
        here(person) && person.record.sts.is_some() && !known.taken.contains(&person.id)
    };
    let people = draft.school.people.values();
    let leaders_left = people.iter().filter(|one| here(one) && leads(one) && !gone(one)).count();
    let mut unsaid = Vec::new();
    for person in people {
        if gone(person) {
            let number = person.record.sts.as_deref().unwrap_or_default();
            if known.doubtful.contains(number) {
                continue;
            }
            if leads(person) && leaders_left == 0 {
                let said = format!(
                    "{} n’est plus dans STS, mais personne d’autre n’est DDFPT ou chef d’établissement",
                    person.full_name()
                );
                draft
                    .must_do(said, "inscrivez la personne qui le remplace, puis refaites l’import");
                continue;
            }
            draft.set(STAFF, &key_path!["personnes", &person.id, "inactif_depuis"], day);
        } else if here(person) && !is_by_hand(person) && !known.taken.contains(&person.id) {
            unsaid.push(person.full_name());
        }
    }
    if !unsaid.is_empty() {
        let said = format!("dans l’équipe mais pas dans STS : {}", some_names(&unsaid));
        draft.must_do(
            said,
            "pour une personne partie, écrivez inactif_depuis dans staff.toml ; pour une personne que STS ne connaît pas, origine = \"manuel\"",
        );
    }
}
