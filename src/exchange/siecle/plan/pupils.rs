//! Pupils: recognised by ELEVE_ID for ever; created, changed, put in their class, seen leaving and coming back.

use std::collections::{BTreeMap, BTreeSet};

use super::super::PupilFile;
use super::super::pupils::Pupil;
use super::super::value::{is_same_name, name};
use super::divisions::{Place, Structures};
use super::draft::{Draft, free_id, some_names};
use super::matching::{Match, Matching};
use super::mefs::{is_code, national};
use super::stays::{Wanted, stay};
use super::{guardians, leavers};
use crate::diagnostic::key_path;
use crate::exchange::siecle::GuardianFile;
use crate::record::{Elective, Enrolment, Guardian, Id, Sex, Status, Student};
use crate::school;
use crate::text::{SchoolYear, count, long_date, quoted, short_date, slug};

/// What was met on the way, told at the end in a few sentences.
#[derive(Default)]
pub(super) struct Met {
    incomplete: Vec<String>,
    twice: Vec<String>,
    unplaced: Vec<String>,
    several: Vec<String>,
    gone_before: usize,
    other_statuses: BTreeMap<String, usize>,
    missing_divisions: BTreeMap<String, Vec<String>>,
    missing_groups: BTreeMap<String, Vec<String>>,
    ines: BTreeMap<String, Vec<String>>,
    without_ine: Vec<String>,
}

/// Takes the pupils of the files in, with those responsible for them; deactivates those who left.
pub(super) fn pupils(
    draft: &mut Draft<'_>,
    (file, guardian_file): (&PupilFile, &GuardianFile),
    structures: &Structures,
) {
    let mut met = Met::default();
    let mut order: Vec<&Pupil> = file.pupils.iter().collect();
    // Numbers of homonyms do not depend on the order of the file.
    order.sort_by_key(|pupil| (pupil.eleve_id.parse::<u64>().unwrap_or(u64::MAX), &pupil.eleve_id));
    let mut seen: BTreeSet<&str> = BTreeSet::new();
    let mut matching = Matching::of(draft.school);
    let links = guardians::Links::of(guardian_file);
    let mut kept: Vec<&str> = Vec::new();
    for pupil in order {
        let full = full_name(pupil);
        if pupil.eleve_id.is_empty()
            || !pupil.eleve_id.bytes().all(|b| b.is_ascii_digit())
            || pupil.nom.is_empty()
            || pupil.prenom.is_empty()
            || pupil.naissance.is_none()
        {
            met.incomplete.push(if full.trim().is_empty() { "sans nom".into() } else { full });
            continue;
        }
        if !seen.insert(&pupil.eleve_id) {
            met.twice.push(full);
            continue;
        }
        if draft.given.refused.iter().any(|refusal| refusal.eleve_id == pupil.eleve_id) {
            // Neither taken nor seen leaving.
            matching.take_refused(&pupil.eleve_id);
            continue;
        }
        if let Some(ine) = &pupil.ine {
            met.ines.entry(tidy_ine(ine)).or_default().push(full.clone());
        } else {
            met.without_ine.push(full.clone());
        }
        match matching.find(draft, pupil) {
            Match::Doubtful => continue,
            Match::Known(ix) => {
                matching.seen.insert(ix);
                known(draft, &draft.school.pupils[ix], pupil, structures, &mut met);
                let ours = &draft.school.pupils[ix];
                let has_left = pupil.sortie.is_some_and(|day| day <= draft.day);
                if !draft.files.is_past && !has_left {
                    guardians::update(draft, ours, links.of_pupil(&pupil.eleve_id));
                    kept.push(&pupil.eleve_id);
                }
            }
            Match::New => {
                if create(draft, pupil, (structures, &links), &mut matching, &mut met) {
                    kept.push(&pupil.eleve_id);
                }
            }
        }
    }
    links.tell(draft, &kept);
    tell(draft, met);
    if !draft.files.is_past {
        leavers::leave(draft, &matching);
    }
}

fn full_name(pupil: &Pupil) -> String {
    format!("{} {}", name(&pupil.prenom), name(&pupil.nom))
}

fn tidy_ine(ine: &str) -> String {
    ine.chars().filter(|c| !c.is_whitespace()).collect::<String>().to_uppercase()
}

/// The class, the groups and the rest of a stay; nothing when the pupil has no place in our classes.
fn wanted(
    draft: &Draft<'_>,
    pupil: &Pupil,
    structures: &Structures,
    met: &mut Met,
) -> Option<Wanted> {
    let full = full_name(pupil);
    let Some(code) = &pupil.division else {
        met.unplaced.push(full);
        return None;
    };
    if !pupil.others.is_empty() || pupil.structures_twice {
        met.several.push(format!("{full} ({code})"));
    }
    let (class, mef) = match structures.division(code) {
        Some(Place::Here { key, mef }) => (key.clone(), mef.clone()),
        Some(Place::LeftOut) => return None,
        None => {
            met.missing_divisions.entry(code.clone()).or_default().push(full);
            return None;
        }
    };
    let mut groupes = Vec::new();
    for group in &pupil.groups {
        match structures.group(group) {
            Some(Place::Here { key, .. }) => groupes.push(Id(key.clone())),
            Some(Place::LeftOut) => {}
            None => met.missing_groups.entry(group.clone()).or_default().push(full.clone()),
        }
    }
    groupes.sort();
    groupes.dedup();
    let statut = match pupil.statut.as_deref() {
        Some("AP") => Status::Apprentice,
        Some("ST") | None => Status::School,
        Some(other) => {
            *met.other_statuses.entry(other.to_owned()).or_default() += 1;
            Status::School
        }
    };
    let own = pupil.mef.as_ref().filter(|own| is_code(own));
    let own = own.filter(|own| mef.as_ref().is_none_or(|mef| national(mef) != national(own)));
    let mut options = pupil.options.clone();
    options.sort();
    let options = options
        .into_iter()
        .map(|one| Elective { matiere: one.matiere, modalite: one.modalite })
        .collect();
    // Somebody who enters once the year has begun was not there before.
    let begun = draft.year.first_day().plus(ENTRY);
    let debut = pupil.entree.filter(|day| draft.year.contains(*day) && *day > begun);
    Some(Wanted { class, statut, mef: own.cloned(), groupes, options, debut })
}

/// Days of a school year, from 1 August, within which all enter: until 15 September.
const ENTRY: i32 = 45;

/// A pupil who is known: identity, stay, departure, return.
fn known(
    draft: &mut Draft<'_>,
    ours: &school::Pupil,
    pupil: &Pupil,
    structures: &Structures,
    met: &mut Met,
) {
    let path = ours.file.to_string();
    if draft.files.is_past {
        // A year that is over only brings what is missing from it.
        let there = ours.record.scolarite.iter().any(|stay| stay.annee == draft.year);
        if !there && let Some(wanted) = wanted(draft, pupil, structures, met) {
            stay(draft, &path, &[], &wanted);
        }
        return;
    }
    identity(draft, ours, pupil);
    if let Some(day) = pupil.sortie.filter(|day| *day <= draft.day) {
        leavers::close(draft, ours, day);
        return;
    }
    if let Some(since) = ours.record.inactif_depuis {
        draft.remove(&path, &key_path!["inactif_depuis"]);
        draft.note(format!(
            "{} est de retour dans SIECLE : sa fiche, inactive depuis le {}, redevient active",
            ours.full_name(),
            long_date(since)
        ));
    }
    if let Some(wanted) = wanted(draft, pupil, structures, met) {
        stay(draft, &path, &ours.record.scolarite, &wanted);
    }
}

/// Gives the identity of SIECLE; what a hand had changed is told (IMP-07).
fn identity(draft: &mut Draft<'_>, ours: &school::Pupil, pupil: &Pupil) {
    let path = ours.file.to_string();
    let record = &ours.record;
    let mut new = record.clone();
    let mut overwritten: Vec<String> = Vec::new();
    let mut tell = |what: &str, before: &str, after: &str| {
        overwritten.push(format!("{what} {} devient {}", quoted(before), quoted(after)));
    };
    if record.eleve_id.as_deref() != Some(&pupil.eleve_id) {
        draft.set(&path, &key_path!["eleve_id"], pupil.eleve_id.as_str());
    }
    // A number that is known is never emptied.
    if let Some(ine) = pupil.ine.as_deref().map(tidy_ine)
        && record.ine.as_deref() != Some(&ine)
    {
        if let Some(before) = &record.ine {
            tell("INE", before, &ine);
        }
        draft.set(&path, &key_path!["ine"], ine.as_str());
        new.ine = Some(ine);
    }
    let texts = [
        ("nom", "nom", &mut new.nom, Some(&pupil.nom)),
        ("prenom", "prénom", &mut new.prenom, Some(&pupil.prenom)),
    ];
    for (key, what, slot, theirs) in texts {
        let Some(theirs) = theirs else { continue };
        if !is_same_name(slot, theirs) {
            let theirs = name(theirs);
            tell(what, slot, &theirs);
            draft.set(&path, &key_path![key], theirs.as_str());
            *slot = theirs;
        }
    }
    if let Some(theirs) = &pupil.nom_usage
        && record.nom_usage.as_ref().is_none_or(|ours| !is_same_name(ours, theirs))
    {
        let theirs = name(theirs);
        if let Some(before) = &record.nom_usage {
            tell("nom d’usage", before, &theirs);
        }
        draft.set(&path, &key_path!["nom_usage"], theirs.as_str());
        new.nom_usage = Some(theirs);
    }
    if let Some(sex) = pupil.sexe.filter(|sex| record.sexe != Some(*sex)) {
        if let Some(before) = record.sexe {
            tell("sexe", before.as_str(), sex.as_str());
        }
        draft.set(&path, &key_path!["sexe"], sex.as_str());
        new.sexe = Some(sex);
    }
    if let Some(birth) = pupil.naissance.filter(|birth| *birth != record.naissance) {
        tell("naissance", &short_date(record.naissance), &short_date(birth));
        draft.set(&path, &key_path!["naissance"], birth);
        new.naissance = birth;
    }
    let digest = new.identity_digest();
    if record.empreinte_siecle.as_ref() != Some(&digest) {
        draft.set(&path, &key_path!["empreinte_siecle"], digest.as_str());
    }
    // What SIECLE itself has changed is no divergence.
    let by_hand = record.empreinte_siecle.as_ref() != Some(&record.identity_digest());
    if by_hand && !overwritten.is_empty() {
        draft.note(format!(
            "{} : la fiche n’était pas celle de SIECLE ; {}",
            ours.full_name(),
            overwritten.join(", ")
        ));
    }
}

/// Creates a pupil; false when there is none to create.
fn create(
    draft: &mut Draft<'_>,
    pupil: &Pupil,
    (structures, links): (&Structures, &guardians::Links<'_>),
    matching: &mut Matching,
    met: &mut Met,
) -> bool {
    let left = pupil.sortie.filter(|day| *day <= draft.day);
    if left.is_some() && !draft.files.is_past {
        met.gone_before += 1;
        return false;
    }
    let Some(wanted) = wanted(draft, pupil, structures, met) else { return false };
    let Some(naissance) = pupil.naissance else { return false };
    let entry = pupil.entree.map_or(draft.year.0, |day| SchoolYear::of(day).0);
    // An absurd date of entry does not make a folder.
    let cohort =
        if (draft.year.0 - 10..=draft.year.0).contains(&entry) { entry } else { draft.year.0 };
    let wanted_id = slug(&format!("{} {}", pupil.nom, pupil.prenom));
    let wanted_id =
        if wanted_id.is_empty() { format!("eleve-{}", pupil.eleve_id) } else { wanted_id };
    let id = free_id(&wanted_id, |id| matching.ids.contains(id));
    matching.ids.insert(id.clone());
    let path = format!("students/{cohort}/{id}/student.toml");
    let record = Student {
        eleve_id: Some(pupil.eleve_id.clone()),
        empreinte_siecle: None,
        ine: pupil.ine.as_deref().map(tidy_ine),
        nom: name(&pupil.nom),
        nom_usage: pupil.nom_usage.as_deref().map(name),
        prenom: name(&pupil.prenom),
        courriels: Vec::new(),
        sexe: pupil.sexe,
        naissance,
        numero_candidat: None,
        inactif_depuis: None,
        refus_site: None,
        lecture_reservee: None,
        codes_annules: Vec::new(),
        scolarite: Vec::<Enrolment>::new(),
        diplomes: Vec::new(),
        responsables: Vec::<Guardian>::new(),
    };
    draft.set_some(&path, &key_path!["eleve_id"], record.eleve_id.clone());
    draft.set(&path, &key_path!["empreinte_siecle"], record.identity_digest());
    draft.set_some(&path, &key_path!["ine"], record.ine.clone());
    draft.set(&path, &key_path!["nom"], record.nom.as_str());
    draft.set_some(&path, &key_path!["nom_usage"], record.nom_usage.clone());
    draft.set(&path, &key_path!["prenom"], record.prenom.as_str());
    draft.set_some(&path, &key_path!["sexe"], record.sexe.map(Sex::as_str));
    draft.set(&path, &key_path!["naissance"], naissance);
    if draft.files.is_past {
        draft.set(&path, &key_path!["inactif_depuis"], left.unwrap_or(draft.year.last_day()));
    }
    tell_transfer(draft, &record);
    stay(draft, &path, &[], &wanted);
    guardians::create(draft, &path, links.of_pupil(&pupil.eleve_id));
    true
}

/// Tells of a folder that another school sent and that waits for this pupil (IMP-10).
fn tell_transfer(draft: &mut Draft<'_>, record: &Student) {
    let waits = draft.school.transfers.values().iter().find(|transfer| {
        let other = &transfer.record;
        let same_ine = other.ine.is_some() && other.ine == record.ine;
        let same_name = other.naissance == record.naissance
            && slug(&other.nom) == slug(&record.nom)
            && slug(&other.prenom) == slug(&record.prenom);
        transfer.is_pending() && transfer.pupil.is_none() && (same_ine || same_name)
    });
    if let Some(transfer) = waits {
        let said = format!(
            "{} {} arrive, et son dossier de l’établissement {} attend",
            record.prenom, record.nom, transfer.record.etablissement
        );
        draft.must_do(
            said,
            "une fois cet import écrit, relancez « jalon import transfer » avec le paquet reçu",
        );
    }
}

fn tell(draft: &mut Draft<'_>, met: Met) {
    for (code, names) in &met.missing_divisions {
        let said = format!(
            "la division {} n’existe ni dans STS ni dans les classes de {} ; SIECLE y met {}",
            quoted(code),
            draft.year,
            some_names(names)
        );
        draft.fatal(
            said,
            "mettez STS à jour et donnez aussi sts_emp, ou refusez ces élèves avec --refuse",
        );
    }
    for (code, names) in &met.missing_groups {
        let said = format!(
            "le groupe {} n’existe ni dans STS ni dans les groupes de {} ; SIECLE y met {}",
            quoted(code),
            draft.year,
            some_names(names)
        );
        draft.fatal(
            said,
            "mettez STS à jour et donnez aussi sts_emp, ou refusez ces élèves avec --refuse",
        );
    }
    let in_siecle = "complétez SIECLE, puis refaites l’import";
    if !met.incomplete.is_empty() {
        let said = format!(
            "sans ELEVE_ID, nom, prénom ou date de naissance dans SIECLE, non importés : {}",
            some_names(&met.incomplete)
        );
        draft.must_do(said, in_siecle);
    }
    if !met.unplaced.is_empty() {
        let said = format!(
            "sans division dans SIECLE : {} ; leur scolarité n’est pas complétée",
            some_names(&met.unplaced)
        );
        draft.must_do(
            said,
            "leur fiche sera créée ou complétée par l’import qui suivra leur affectation",
        );
    }
    for (ine, names) in met.ines.iter().filter(|(_, names)| names.len() > 1) {
        draft.must_do(
            format!("l’INE {ine} est à plusieurs élèves dans SIECLE : {}", some_names(names)),
            in_siecle,
        );
    }
    if !met.without_ine.is_empty() {
        draft.note(format!("sans INE dans SIECLE : {}", some_names(&met.without_ine)));
    }
    if !met.twice.is_empty() {
        draft.note(format!(
            "deux fois dans le fichier des élèves, la première compte : {}",
            some_names(&met.twice)
        ));
    }
    if !met.several.is_empty() {
        draft.note(format!(
            "avec plusieurs divisions dans SIECLE, la première compte : {}",
            some_names(&met.several)
        ));
    }
    if met.gone_before > 0 {
        let pupils = count(
            met.gone_before,
            "élève déjà sorti et inconnu ici n’est pas créé",
            "élèves déjà sortis et inconnus ici ne sont pas créés",
        );
        draft.note(pupils);
    }
    for (status, number) in met.other_statuses {
        let pupils = count(number, "élève", "élèves");
        draft.note(format!("{pupils} de statut {} : comptés comme scolaires", quoted(&status)));
    }
}
