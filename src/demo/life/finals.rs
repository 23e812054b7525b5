//! The school as it must end up for its life to hold: what no honest history could have led to is put right.
//!
//! Learners get the addresses that sign what they write; who validates a review is its author; a
//! scenario or an annexe was written by somebody who was there when it was first used.

use std::collections::{BTreeMap, BTreeSet};

use super::cast::{Cast, Files, start, text, under};
use super::parts::Record;
use crate::demo::names::slug;

/// Puts the files right.
pub(crate) fn settle(files: &mut Files) {
    addresses(files);
    let reviews: Vec<String> =
        files.keys().filter(|path| path.contains("/reviews/")).cloned().collect();
    for path in reviews {
        let mut record = Record::read(text(files, &path));
        let author = record.head().string("auteur");
        record.head_mut().set("valide_par", &format!("\"{author}\""));
        files.insert(path, record.write().into_bytes());
    }
    second_address(files);
    authors(files);
}

/// Gives each learner an address, first name and surname, with the number that homonyms have.
fn addresses(files: &mut Files) {
    let staff = Record::read(text(files, "staff.toml"));
    let mail = staff.parts.get(1).map(|part| part.list("courriels")).unwrap_or_default();
    let domain =
        mail.first().and_then(|mail| mail.split_once('@')).map_or("", |(_, domain)| domain);
    let paths: Vec<String> =
        files.keys().filter(|path| path.ends_with("/student.toml")).cloned().collect();
    let mut given: BTreeSet<String> = BTreeSet::new();
    for path in paths {
        let record = Record::read(text(files, &path));
        let head = record.head();
        let name = format!("{}.{}", slug(&head.string("prenom")), slug(&head.string("nom")));
        let number = (1..).map(|n| if n > 1 { n.to_string() } else { String::new() });
        let mails = number.map(|number| format!("{name}{number}@eleves.{domain}"));
        let Some(mail) = mails.into_iter().find(|mail| !given.contains(mail)) else { continue };
        let mut record = record;
        record.head_mut().rewrite(|key, entry| {
            Some(if key == "naissance" {
                format!("{entry}courriels = [\"{mail}\"]\n")
            } else {
                entry.to_owned()
            })
        });
        given.insert(mail);
        files.insert(path, record.write().into_bytes());
    }
}

/// Lists who wrote evaluations, with the first one.
fn examiners(files: &Files) -> BTreeMap<String, String> {
    let mut found: BTreeMap<String, String> = BTreeMap::new();
    for (path, _, record) in under(files, "evaluations/") {
        found.entry(record.head().string("auteur")).or_insert_with(|| path.to_owned());
    }
    found
}

/// Finds the teacher who once signed with an address that nobody knew: two of them, and an evaluation.
pub(crate) fn stray(files: &Files) -> Option<String> {
    let staff = Record::read(text(files, "staff.toml"));
    let two = |id: &String| {
        let part = staff.part(&format!("[personnes.{id}]"));
        part.is_some_and(|part| {
            part.list("courriels").len() > 1 && part.raw("inactif_depuis").is_none()
        })
    };
    examiners(files).into_keys().find(two)
}

fn second_address(files: &mut Files) {
    if stray(files).is_some() {
        return;
    }
    let Some((id, _)) = examiners(files).into_iter().min_by(|a, b| a.1.cmp(&b.1)) else { return };
    let mut staff = Record::read(text(files, "staff.toml"));
    if let Some(part) = staff.part_mut(&format!("[personnes.{id}]")) {
        let first = part.list("courriels").into_iter().next().unwrap_or_default();
        part.set("courriels", &format!("[\"{first}\", \"{id}@courriel.example\"]"));
    }
    files.insert("staff.toml".to_owned(), staff.write().into_bytes());
}

/// Gives scenarios and annexes to somebody of the team that first used them, where their author came later.
fn authors(files: &mut Files) {
    let cast = Cast::read(files);
    // Where each was first used: year, class.
    let mut used: BTreeMap<String, (i32, String)> = BTreeMap::new();
    let mut note = |path: String, year: i32, class: String| {
        let first = used.entry(path).or_insert_with(|| (year, class.clone()));
        if year < first.0 {
            *first = (year, class);
        }
    };
    for (_, name, record) in under(files, "evaluations/") {
        let mut names = name.split('/');
        let (year, class) = (names.next().unwrap_or_default(), names.next().unwrap_or_default());
        let scenario = record.head().string("scenario");
        note(format!("scenarios/{scenario}.toml"), start(year), class.to_owned());
    }
    for (_, name, record) in under(files, "pfmp/periods/") {
        let year = start(name);
        let learner = record.part("[referents]").and_then(|part| part.entries().into_iter().next());
        let class = learner.map(|(id, _)| cast.class_of(&id, year).to_owned()).unwrap_or_default();
        note(format!("pfmp/annexes/{}.toml", record.head().string("annexe")), year, class);
    }
    for (path, (year, class)) in used {
        let mut record = Record::read(text(files, &path));
        let author = record.head().string("auteur");
        let there = cast.staff.get(&author).is_none_or(|member| member.arrival <= year);
        if there {
            continue;
        }
        let team = cast.team(year, &class);
        let other = team.iter().find(|id| cast.present(id, year)).or(team.first());
        if let Some(other) = other {
            record.head_mut().set("auteur", &format!("\"{other}\""));
            files.insert(path, record.write().into_bytes());
        }
    }
}
