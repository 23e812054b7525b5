//! Who teaches what: services of classes and groups, form teachers, teams of professional teachers.

use std::collections::{BTreeMap, BTreeSet};

use super::super::staff::{self, Division, StaffFile};
use super::super::value::squashed;
use super::divisions::{Place, Structures};
use super::draft::{Draft, ids};
use crate::diagnostic::key_path;
use crate::record::{Classes, NewValue, Service};
use crate::text::{Date, quoted};

/// The people of STS, as the school names them.
#[derive(Debug)]
pub(super) struct Teachers<'t> {
    /// Number in STS, id in the school.
    pub(super) ids: &'t BTreeMap<String, String>,
    /// Those who lead divisions: code, number, first and last day.
    pub(super) leaders: Vec<(String, String, Option<Date>, Option<Date>)>,
}

/// A service as it is to be written: subject, label, teachers.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Wanted {
    matiere: String,
    libelle: Option<String>,
    enseignants: Vec<String>,
}

impl<'t> Teachers<'t> {
    pub(super) fn of(ids: &'t BTreeMap<String, String>, file: Option<&StaffFile>) -> Self {
        let people = file.iter().flat_map(|file| &file.people);
        let leaders = people.flat_map(|person| {
            let of = |form: &staff::FormTeacher| {
                (form.division.clone(), person.key.clone(), form.du, form.au)
            };
            person.principal.iter().map(of)
        });
        let mut leaders: Vec<_> = leaders.collect();
        leaders.sort();
        Self { ids, leaders }
    }

    /// The form teacher of a division on the day of the import; STS keeps those of the past. One who leads
    /// already stays.
    pub(super) fn leader(
        &self,
        draft: &mut Draft<'_>,
        division: &Division,
        now: Option<&str>,
    ) -> Option<String> {
        let day = draft.given.today.clamp(draft.year.first_day(), draft.year.last_day());
        let of =
            self.leaders.iter().filter(|(code, ..)| squashed(code) == squashed(&division.code));
        let current = of.filter(|(.., to)| to.is_none_or(|to| to >= day));
        // Those who begin later come after those who lead today.
        let mut found: Vec<(bool, &String)> = current
            .filter_map(|(_, number, from, _)| {
                Some((from.is_some_and(|from| from > day), self.ids.get(number)?))
            })
            .collect();
        found.sort();
        if let Some(now) = now
            && found.iter().any(|(_, id)| *id == now)
        {
            return Some(now.to_owned());
        }
        if let [(_, first), (_, second), ..] = found[..]
            && first != second
        {
            draft.note(format!(
                "la division {} a plusieurs professeurs principaux : {} est écrit",
                quoted(&division.code),
                quoted(first)
            ));
        }
        found.first().map(|(_, id)| (*id).clone())
    }

    /// The services of a division or a group, by subject; teachers whom nobody knows are left out.
    pub(super) fn services(&self, file: &StaffFile, services: &[staff::Service]) -> Vec<Wanted> {
        let mut all: Vec<Wanted> = services
            .iter()
            .map(|service| {
                let known = service.enseignants.iter().filter_map(|number| self.ids.get(number));
                let mut enseignants: Vec<String> = known.cloned().collect();
                enseignants.sort();
                enseignants.dedup();
                let subject = file.subjects.get(&service.matiere);
                let libelle = subject.and_then(|subject| subject.libelle.clone());
                Wanted { matiere: service.matiere.clone(), libelle, enseignants }
            })
            .collect();
        all.sort_by(|a, b| a.matiere.cmp(&b.matiere));
        all
    }
}

/// Whether services are not those that stand in the file. Before the timetable has gone back to STS there are
/// none: those that were typed stay.
pub(super) fn differ(wanted: &[Wanted], now: &[Service]) -> bool {
    let same = |(wanted, now): (&Wanted, &Service)| {
        wanted.matiere == now.matiere
            && wanted.libelle == now.libelle
            && wanted.enseignants.iter().eq(now.enseignants.iter().map(|id| &id.0))
    };
    !wanted.is_empty() && (wanted.len() != now.len() || !wanted.iter().zip(now).all(same))
}

/// The services as a file holds them, one a line.
pub(super) fn value(services: &[Wanted]) -> NewValue {
    let one = |service: &Wanted| {
        let mut pairs = vec![("matiere".to_owned(), service.matiere.as_str().into())];
        if let Some(libelle) = &service.libelle {
            pairs.push(("libelle".to_owned(), libelle.as_str().into()));
        }
        pairs.push(("enseignants".to_owned(), ids(&service.enseignants)));
        NewValue::Table(pairs)
    };
    NewValue::List(services.iter().map(one).collect())
}

/// Adds to the team of each class those who teach it a professional subject; nobody is taken away. Asks, once,
/// which subjects are professional.
pub(super) fn teams(
    draft: &mut Draft<'_>,
    path: &str,
    (file, teachers): (&StaffFile, &Teachers<'_>),
    now: &Classes,
    all: &Structures,
) {
    let settings = draft.school.establishment.siecle.as_ref();
    let list = |pick: fn(&crate::record::SiecleSettings) -> &Vec<String>| -> BTreeSet<String> {
        settings.map(pick).into_iter().flatten().cloned().collect()
    };
    let professional = list(|settings| &settings.matieres_professionnelles);
    let general = list(|settings| &settings.matieres_generales);
    let mut teams: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    let mut unsaid: BTreeSet<&str> = BTreeSet::new();
    let of_class = file
        .divisions
        .iter()
        .map(|division| (vec![division.code.as_str()], division.services.as_slice()));
    let of_group = file.groups.iter().map(|group| {
        (group.divisions.iter().map(String::as_str).collect(), group.services.as_slice())
    });
    for (codes, services) in of_class.chain(of_group) {
        let keys: Vec<&String> = codes
            .into_iter()
            .filter_map(|code| match all.division(code)? {
                Place::Here { key, .. } => Some(key),
                Place::LeftOut => None,
            })
            .collect();
        for service in
            services.iter().filter(|service| !keys.is_empty() && !service.enseignants.is_empty())
        {
            if professional.contains(&service.matiere) {
                let who =
                    || service.enseignants.iter().filter_map(|number| teachers.ids.get(number));
                for key in &keys {
                    teams.entry((*key).clone()).or_default().extend(who().cloned());
                }
            } else if !general.contains(&service.matiere) {
                unsaid.insert(&service.matiere);
            }
        }
    }
    for (key, team) in teams {
        let before: Vec<String> = (now.classes.get(&key).iter())
            .flat_map(|class| class.equipe.iter().map(ToString::to_string))
            .collect();
        let more: Vec<String> = team.into_iter().filter(|id| !before.contains(id)).collect();
        if !more.is_empty() {
            draft.set(path, &key_path!["classes", &key, "equipe"], ids(&[before, more].concat()));
        }
    }
    if !unsaid.is_empty() {
        let lines: Vec<String> = unsaid
            .into_iter()
            .map(|code| {
                let label = file.subjects.get(code).and_then(|subject| subject.libelle.as_deref());
                format!("\n  \"{code}\",  # {}", label.unwrap_or("sans nom dans STS"))
            })
            .collect();
        let help = format!(
            "recopiez sous [siecle] de school.toml, en gardant chaque ligne dans une seule des deux listes, puis \
             refaites l’import ; les enseignants des matières professionnelles forment l’équipe de leurs classes\n  \
             matieres_professionnelles = [{0}\n  ]\n  matieres_generales = [{0}\n  ]",
            lines.concat()
        );
        draft.must_do("quelles matières sont professionnelles ?", &help);
    }
}
