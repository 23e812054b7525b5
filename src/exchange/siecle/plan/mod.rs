//! What the files of SIECLE and STS change in a school: pure, from what was given to a plan.

mod accept;
mod divisions;
mod draft;
mod guardians;
mod leavers;
mod matching;
mod mefs;
mod people;
mod pupils;
mod report;
mod services;
mod stays;

use super::super::{Plan, Weight};
use super::value;
use crate::diagnostic::key_path;
use crate::record::Kind;
use crate::school::School;
use crate::source::Texts;
use crate::text::{Date, SchoolYear};
use accept::accept;
use draft::{Draft, some_names};
use services::Teachers;

/// What was given to the import.
#[derive(Debug)]
pub struct Given<'g> {
    /// The files: name and bytes, in any order.
    pub files: Vec<(String, Vec<u8>)>,
    /// What was expressly allowed.
    pub allowed: Allowed,
    /// Pupils who are not to be taken (NAT-06).
    pub refused: &'g [Refusal],
    /// The day it is.
    pub today: Date,
}

/// What is refused unless somebody allows it; what was allowed is kept in the stored report.
#[derive(Clone, Copy, Debug, Default)]
pub struct Allowed {
    /// Files of another school.
    pub other_school: bool,
    /// Files of another school year.
    pub other_year: bool,
    /// Files older than those of the last import.
    pub older: bool,
}

/// A pupil of the files who is not to be taken, and why (NAT-06).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// `ELEVE_ID`.
    pub eleve_id: String,
    /// The reason, in a few words.
    pub reason: String,
}

/// What the files change in a school. Nothing is changed when anything is fatal.
pub fn plan(school: &School, texts: &Texts, given: &Given<'_>) -> Plan {
    let mut plan = Plan::default();
    if !is_ready(school, &mut plan) {
        return plan;
    }
    let Some(files) = accept(school, given, &mut plan) else { return plan };
    let Some(year) = files.year else { return plan };
    let mut draft = Draft::new((school, texts), given, (&files, year), plan);
    let staff = files.staff.as_ref().map(|(_, file)| file);
    let ids = staff.map(|file| people::people(&mut draft, file)).unwrap_or_default();
    let teachers = Teachers::of(&ids, staff);
    let pupil_file = files.pupils.as_ref().map(|(_, file)| file);
    let structures = divisions::structures(&mut draft, (staff, &teachers), pupil_file);
    if let (Some(pupil_file), Some((_, guardian_file))) = (pupil_file, &files.guardians) {
        pupils::pupils(&mut draft, (pupil_file, guardian_file), &structures);
    }
    if files.is_next {
        pass_to(&mut draft, year);
    }
    tell_refusals(&mut draft);
    let (changed, mut plan) = draft.finish();
    if plan.is_refused() || changed.is_empty() {
        return plan;
    }
    plan.tallies = report::tallies(texts, &changed);
    let Some(path) = report::path(school, given, year) else {
        plan.say(
            Weight::Fatal,
            "neuf imports ont déjà été faits aujourd’hui",
            Some("revenez demain"),
        );
        return plan;
    };
    if let Some(text) = report::record(&path, &plan, given, &files) {
        plan.changes.put(path, text);
    }
    for (path, text) in changed {
        plan.changes.put(&*path, text);
    }
    plan
}

/// Whether the files of the school that an import completes can be read: a pupil whose file has a mistake
/// would otherwise be created again. The name and the address of the school come first (CNX-12).
fn is_ready(school: &School, plan: &mut Plan) -> bool {
    let concerned = |kind: &Kind| {
        matches!(
            kind,
            Kind::School
                | Kind::Staff
                | Kind::Classes(_)
                | Kind::Student { .. }
                | Kind::Import { .. }
        )
    };
    let mut faulty: Vec<String> = (school.broken.iter())
        .filter(|(_, kind)| concerned(kind))
        .map(|(file, _)| file.to_string())
        .collect();
    faulty.extend(school.twins.iter().map(|twin| twin.file.to_string()));
    if !school.files.contains("school.toml") {
        faulty.insert(0, "school.toml".to_owned());
    }
    if faulty.is_empty() {
        return true;
    }
    let said = format!("des fichiers manquent ou ont des erreurs : {}", some_names(&faulty));
    let help = "corrigez-les d’abord : « jalon check » montre où ; school.toml doit donner le nom et l’adresse \
                électronique de l’établissement";
    plan.say(Weight::Fatal, said, Some(help));
    false
}

/// The school passes to the year of the files.
fn pass_to(draft: &mut Draft<'_>, year: SchoolYear) {
    draft.set("school.toml", &key_path!["annee"], year.to_string());
    draft.note(format!("l’établissement passe à l’année {year}"));
    if draft.school.year(year).is_none_or(|year| year.calendar.is_none()) {
        let said = format!("l’année {year} n’a pas encore de calendrier");
        draft.must_do(
            said,
            &format!("créez calendar/{year}.toml : périodes officielles, PFMP, dates limites"),
        );
    }
}

/// Tells the pupils who were refused, and those of whom the files say nothing.
fn tell_refusals(draft: &mut Draft<'_>) {
    let given = draft.given;
    let pupils = draft.files.pupils.as_ref();
    for Refusal { eleve_id, reason } in given.refused {
        let known = pupils
            .and_then(|(_, file)| file.pupils.iter().find(|pupil| pupil.eleve_id == *eleve_id));
        match known {
            Some(pupil) => draft.note(format!(
                "{} {} (ELEVE_ID {eleve_id}) est refusé : {reason}",
                value::name(&pupil.prenom),
                value::name(&pupil.nom)
            )),
            None => draft.note(format!("l’élève {eleve_id}, refusé, n’est pas dans les fichiers")),
        }
    }
}
