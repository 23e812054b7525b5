//! Which letters are made: of which classes and pupils, to whom; and who has none.

use crate::cli::BadCommand;
use crate::insight::{Access, Reader, ReaderRole};
use crate::page::{Site, class_readers, family_class};
use crate::school::{Class, Ix, Pupil};
use crate::text::{nearest, quoted};

/// The letters that stand together: those of a class, or of one pupil who is asked for alone.
#[derive(Debug)]
pub(super) struct Group {
    /// What begins the names of its files.
    pub(super) stem: String,
    /// The class.
    pub(super) class: Ix<Class>,
    /// Letters to make, pupils in the order of names.
    pub(super) open: Vec<(Ix<Pupil>, Reader)>,
    /// Readers whose letter opens nothing.
    pub(super) closed: Vec<(Ix<Pupil>, Reader)>,
    /// Pupils who have nobody legally responsible on record.
    pub(super) alone: usize,
}

/// The groups that are asked for; all classes of the year when nothing is. A class without pupils has
/// none.
pub(super) fn groups(
    site: &Site<'_>,
    classes: &[String],
    students: &[String],
) -> anyhow::Result<Vec<Group>> {
    let school = site.school;
    let year = school.current_year();
    let known: Vec<(Ix<Class>, &Class)> =
        school.classes.iter().filter(|(_, class)| class.year == year).collect();
    for wanted in classes {
        let keys = || known.iter().map(|(_, class)| class.key.as_str());
        if !keys().any(|key| key == wanted) {
            return Err(unknown(&format!("classe inconnue en {year}"), wanted, keys()));
        }
    }
    let asked = |class: &Class| classes.is_empty() || classes.contains(&class.key);
    for wanted in students {
        let Some(ix) = school.pupil(wanted) else {
            let ids = school.pupils.iter().filter(|(ix, _)| family_class(site, *ix).is_some());
            return Err(unknown("élève inconnu", wanted, ids.map(|(_, one)| one.id.as_str())));
        };
        let why = match family_class(site, ix) {
            None => format!("n’est dans aucune classe de {year} : il n’y a pas de page à ouvrir"),
            Some(class) if !asked(&school.classes[class]) => {
                format!("est en {}, qui n’est pas demandée", school.classes[class].key)
            }
            Some(_) => continue,
        };
        return Err(BadCommand(format!("{} {why}", quoted(wanted))).into());
    }
    let mut groups = Vec::new();
    for (class, record) in known.into_iter().filter(|(_, class)| asked(class)) {
        let readers = class_readers(site, class);
        if students.is_empty() {
            groups.push(Group::new(record.key.clone(), class, readers));
            continue;
        }
        for one in readers {
            let id = &school.pupils[one.0].id;
            if students.contains(id) {
                groups.push(Group::new(format!("{}-{id}", record.key), class, vec![one]));
            }
        }
    }
    groups.retain(|group| !group.open.is_empty() || !group.closed.is_empty());
    Ok(groups)
}

fn unknown<'n>(
    what: &str,
    wanted: &str,
    known: impl IntoIterator<Item = &'n str>,
) -> anyhow::Error {
    let help = match nearest(wanted, known) {
        Some(near) => format!("\naide : vouliez-vous écrire {near} ?"),
        None => String::new(),
    };
    BadCommand(format!("{what} : {}{help}", quoted(wanted))).into()
}

impl Group {
    fn new(stem: String, class: Ix<Class>, pupils: Vec<(Ix<Pupil>, Vec<Reader>)>) -> Self {
        let is_guardian = |reader: &Reader| matches!(reader.who, ReaderRole::Guardian(_));
        let alone = pupils.iter().filter(|(_, readers)| !readers.iter().any(is_guardian)).count();
        let all = pupils
            .into_iter()
            .flat_map(|(ix, readers)| readers.into_iter().map(move |reader| (ix, reader)));
        let (open, closed) = all.partition(|(_, reader)| reader.access.is_open());
        Self { stem, class, open, closed, alone }
    }
}

/// What a run comes to.
#[derive(Debug, Default)]
pub(super) struct Counts {
    pub(super) letters: usize,
    pub(super) pupils: usize,
    pub(super) refused: usize,
    pub(super) refused_by_guardians: usize,
    pub(super) reserved: usize,
    pub(super) alone: usize,
    pub(super) without_address: usize,
}

/// Counts letters, and those who have none, by reason.
pub(super) fn tally(site: &Site<'_>, groups: &[Group]) -> Counts {
    let mut counts = Counts::default();
    for group in groups {
        counts.letters += group.open.len();
        let mut pupils: Vec<Ix<Pupil>> = group.open.iter().map(|(ix, _)| *ix).collect();
        pupils.dedup();
        counts.pupils += pupils.len();
        counts.alone += group.alone;
        for (ix, reader) in &group.open {
            if let ReaderRole::Guardian(place) = reader.who {
                let guardian = &site.school.pupils[*ix].record.responsables[place];
                let known = guardian.adresse.is_some() && guardian.ville.is_some();
                counts.without_address += usize::from(!known);
            }
        }
        for (_, reader) in &group.closed {
            match reader.access {
                Access::Open => {}
                Access::Refused(_) => counts.refused += 1,
                Access::RefusedByGuardians(_) => counts.refused_by_guardians += 1,
                Access::Reserved(_) => counts.reserved += 1,
            }
        }
    }
    counts
}
