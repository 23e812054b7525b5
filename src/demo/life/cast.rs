//! Who writes: the staff with their addresses and years, the learners, and the classes that bring them together.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::parts::Record;
use crate::demo::dates::Date;

/// Files by path, as the school ends up with them.
pub(crate) type Files = BTreeMap<String, Vec<u8>>;

/// Somebody who signs commits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Signer {
    pub(crate) name: Arc<str>,
    pub(crate) mail: Arc<str>,
}

/// Place of a signer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Who(pub(crate) usize);

/// A member of the staff.
pub(crate) struct Member {
    pub(crate) who: Who,
    /// The same person at a second address.
    pub(crate) other: Option<Who>,
    pub(crate) teacher: bool,
    /// The school year of arrival, by the year it begins in; the first one for those who were there.
    pub(crate) arrival: i32,
    pub(crate) gone: Option<Date>,
}

/// A class of a year.
pub(crate) struct Class {
    pub(crate) team: Vec<String>,
    pub(crate) diploma: String,
    pub(crate) level: String,
}

/// The day a pupil comes into a class in the course of a year, or goes.
pub(crate) struct Turn {
    pub(crate) year: i32,
    pub(crate) diploma: String,
    pub(crate) level: String,
    pub(crate) day: Date,
}

/// A learner.
pub(crate) struct Learner {
    pub(crate) who: Who,
    pub(crate) folder: String,
    /// Year and class of each stay, in order.
    pub(crate) stays: Vec<(i32, String)>,
}

/// Everybody.
pub(crate) struct Cast {
    pub(crate) signers: Vec<Signer>,
    pub(crate) staff: BTreeMap<String, Member>,
    pub(crate) learners: BTreeMap<String, Learner>,
    /// By year and name.
    pub(crate) classes: BTreeMap<(i32, String), Class>,
    /// School years, by the year they begin in.
    pub(crate) years: Vec<i32>,
    pub(crate) turns: Vec<Turn>,
    pub(crate) ddfpt: Who,
    pub(crate) head: Who,
}

/// Reads the text of a file; empty when there is none.
pub(crate) fn text<'a>(files: &'a Files, path: &str) -> &'a str {
    files.get(path).and_then(|bytes| std::str::from_utf8(bytes).ok()).unwrap_or_default()
}

/// Walks the records of a folder: path, rest of the path without its end, record.
pub(crate) fn under<'a>(
    files: &'a Files,
    folder: &'a str,
) -> impl Iterator<Item = (&'a str, &'a str, Record)> {
    under_with(files, folder, "")
}

/// Walks the records of learners whose path holds something: reading only those.
pub(crate) fn of_learners<'a>(
    files: &'a Files,
    holds: &'a str,
) -> impl Iterator<Item = (&'a str, &'a str, Record)> {
    under_with(files, "students/", holds)
}

fn under_with<'a>(
    files: &'a Files,
    folder: &'a str,
    holds: &'a str,
) -> impl Iterator<Item = (&'a str, &'a str, Record)> {
    let inside = files.range(folder.to_owned()..);
    let inside = inside.take_while(move |(path, _)| path.starts_with(folder));
    inside.filter(move |(path, _)| path.contains(holds)).filter_map(move |(path, bytes)| {
        let name = path.strip_prefix(folder)?.strip_suffix(".toml")?;
        Some((path.as_str(), name, Record::read(std::str::from_utf8(bytes).ok()?)))
    })
}

/// Reads the year that a label such as `2026-2027` begins in.
pub(crate) fn start(label: &str) -> i32 {
    label.get(..4).and_then(|year| year.parse().ok()).unwrap_or(0)
}

impl Cast {
    pub(crate) fn read(files: &Files) -> Self {
        let mut cast = Self {
            signers: Vec::new(),
            staff: BTreeMap::new(),
            learners: BTreeMap::new(),
            classes: BTreeMap::new(),
            years: Vec::new(),
            turns: Vec::new(),
            ddfpt: Who(0),
            head: Who(0),
        };
        cast.years = under(files, "calendar/").map(|(_, name, _)| start(name)).collect();
        for (_, year, record) in under(files, "classes/") {
            for part in record.parts.iter().skip(1) {
                let name = part.title.trim_matches(['[', ']']).trim_start_matches("classes.");
                let class = Class {
                    team: part.list("equipe"),
                    diploma: part.string("diplome"),
                    level: part.string("niveau"),
                };
                cast.classes.insert((start(year), name.to_owned()), class);
            }
        }
        cast.read_staff(files);
        for (path, _, record) in of_learners(files, "/student.toml") {
            let Some(folder) = path.strip_suffix("/student.toml") else { continue };
            let head = record.head();
            let mail = head.list("courriels").pop().unwrap_or_default();
            let who = cast.sign(&head.string("prenom"), &head.string("nom"), &mail);
            let stays = record
                .all("[[scolarite]]")
                .map(|part| (start(&part.string("annee")), part.string("classe")))
                .collect();
            for part in record.all("[[scolarite]]") {
                let year = start(&part.string("annee"));
                let Some(class) = cast.classes.get(&(year, part.string("classe"))) else {
                    continue;
                };
                let days = [part.date("debut"), part.date("fin").map(|day| day.plus(1))];
                cast.turns.extend(days.into_iter().flatten().map(|day| Turn {
                    year,
                    diploma: class.diploma.clone(),
                    level: class.level.clone(),
                    day,
                }));
            }
            let id = folder.rsplit('/').next().unwrap_or_default().to_owned();
            cast.learners.insert(id, Learner { who, folder: folder.to_owned(), stays });
        }
        cast
    }

    fn read_staff(&mut self, files: &Files) {
        let first = self.years.first().copied().unwrap_or(0);
        let mut taught: BTreeMap<&String, BTreeSet<i32>> = BTreeMap::new();
        for ((year, _), class) in &self.classes {
            for id in &class.team {
                taught.entry(id).or_default().insert(*year);
            }
        }
        let record = Record::read(text(files, "staff.toml"));
        let mut members = Vec::new();
        for part in record.parts.iter().skip(1) {
            let id =
                part.title.trim_matches(['[', ']']).trim_start_matches("personnes.").to_owned();
            let began = taught.get(&id).and_then(|years| years.first()).copied();
            let handed = part.date("acces_remis_le").map(|day| day.ymd().0);
            let arrival =
                began.map_or(first, |began| handed.map_or(began, |h| began.min(h)).max(first));
            members.push((id, part.clone(), arrival));
        }
        for (id, part, arrival) in members {
            let roles = part.list("roles");
            let mails = part.list("courriels");
            let (given, surname) = (part.string("prenom"), part.string("nom"));
            let mail = mails.first().cloned().unwrap_or_default();
            let who = self.sign(&given, &surname, &mail);
            let other = mails.get(1).map(|mail| self.sign(&given, &surname, mail));
            for role in &roles {
                match role.as_str() {
                    "ddfpt" => self.ddfpt = who,
                    "chef-etablissement" => self.head = who,
                    _ => {}
                }
            }
            let teacher = roles.iter().any(|role| role == "enseignant");
            let gone = part.date("inactif_depuis");
            self.staff.insert(id, Member { who, other, teacher, arrival, gone });
        }
    }

    fn sign(&mut self, first: &str, surname: &str, mail: &str) -> Who {
        self.signers.push(Signer { name: format!("{first} {surname}").into(), mail: mail.into() });
        Who(self.signers.len() - 1)
    }

    /// Finds a member of the staff; the DDFPT when nobody has that name.
    pub(crate) fn who(&self, id: &str) -> Who {
        self.staff.get(id).map_or(self.ddfpt, |member| member.who)
    }

    /// Gives the team of a class, the first of its teachers first.
    pub(crate) fn team(&self, year: i32, class: &str) -> &[String] {
        self.classes.get(&(year, class.to_owned())).map_or(&[], |class| class.team.as_slice())
    }

    /// Gives the last class of a learner in a year.
    pub(crate) fn class_of(&self, learner: &str, year: i32) -> &str {
        let stays = self.learners.get(learner).map_or(&[][..], |learner| learner.stays.as_slice());
        stays.iter().rev().find(|(y, _)| *y == year).map_or("", |(_, class)| class.as_str())
    }

    /// Says whether somebody is at work in a school year and still there today.
    pub(crate) fn present(&self, id: &str, year: i32) -> bool {
        self.staff.get(id).is_some_and(|one| one.arrival <= year && one.gone.is_none())
    }
}

/// Gives the school year that a day belongs to.
pub(crate) fn year_of(day: Date) -> i32 {
    let (year, month, _) = day.ymd();
    if month >= 8 { year } else { year - 1 }
}
