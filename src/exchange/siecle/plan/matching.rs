//! Which pupil of ours a pupil of SIECLE is: by ELEVE_ID for ever, else by INE, else by name and birth date.

use std::collections::{BTreeMap, BTreeSet};

use super::super::pupils::Pupil;
use super::super::value::name;
use super::draft::Draft;
use crate::school::{self, Ix, School};
use crate::text::{Date, quoted, slug};

/// The pupils of the school, as they can be recognised.
pub(super) struct Matching {
    by_number: BTreeMap<String, Ix<school::Pupil>>,
    by_ine: BTreeMap<String, Vec<Ix<school::Pupil>>>,
    by_name: BTreeMap<(String, String, Date), Vec<Ix<school::Pupil>>>,
    /// Those who are somebody of the files.
    pub(super) seen: BTreeSet<Ix<school::Pupil>>,
    /// All ids that pupils have or had a folder for.
    pub(super) ids: BTreeSet<String>,
}

/// Who a pupil of SIECLE is.
pub(super) enum Match {
    /// One of ours.
    Known(Ix<school::Pupil>),
    /// Nobody yet.
    New,
    /// One of several: told, and left alone (CNX-16).
    Doubtful,
}

impl Matching {
    pub(super) fn of(school: &School) -> Self {
        let mut all = Self {
            by_number: BTreeMap::new(),
            by_ine: BTreeMap::new(),
            by_name: BTreeMap::new(),
            seen: BTreeSet::new(),
            ids: BTreeSet::new(),
        };
        for (ix, pupil) in school.pupils.iter() {
            let record = &pupil.record;
            match &record.eleve_id {
                Some(number) => drop(all.by_number.entry(number.clone()).or_insert(ix)),
                None => {
                    let name = (slug(&record.nom), slug(&record.prenom), record.naissance);
                    all.by_name.entry(name).or_default().push(ix);
                }
            }
            if let Some(ine) = &record.ine {
                all.by_ine.entry(ine.to_uppercase()).or_default().push(ix);
            }
        }
        let folders = school.files.iter().filter_map(|file| {
            let mut parts = file.split('/');
            (parts.next() == Some("students")).then(|| parts.nth(1)).flatten()
        });
        all.ids.extend(folders.map(str::to_owned));
        all
    }

    /// Somebody refused is not seen leaving.
    pub(super) fn take_refused(&mut self, number: &str) {
        self.seen.extend(self.by_number.get(number));
    }

    pub(super) fn find(&mut self, draft: &mut Draft<'_>, pupil: &Pupil) -> Match {
        if let Some(ix) = self.by_number.get(&pupil.eleve_id) {
            return Match::Known(*ix);
        }
        let Some(birth) = pupil.naissance else { return Match::New };
        let school = draft.school;
        let ine = pupil.ine.as_deref().map(str::to_uppercase);
        let same_ine: &[Ix<school::Pupil>] =
            ine.as_ref().and_then(|ine| self.by_ine.get(ine)).map_or(&[], Vec::as_slice);
        let unnumbered = |ix: &&Ix<school::Pupil>| {
            school.pupils[**ix].record.eleve_id.is_none() && !self.seen.contains(*ix)
        };
        let by_ine: Vec<Ix<school::Pupil>> = same_ine.iter().filter(unnumbered).copied().collect();
        if let [only] = by_ine[..] {
            return Match::Known(only);
        }
        // Whoever has another number keeps it: ELEVE_ID never changes.
        if let Some(other) =
            same_ine.iter().find(|ix| school.pupils[**ix].record.eleve_id.is_some())
        {
            let said = format!(
                "{} {} a dans SIECLE l’INE de {}, dont l’ELEVE_ID est autre : une nouvelle fiche est créée",
                name(&pupil.prenom),
                name(&pupil.nom),
                quoted(&school.pupils[*other].id)
            );
            draft.must_do(said, "vérifiez dans SIECLE que ce sont deux élèves");
        }
        let key = (slug(&pupil.nom), slug(&pupil.prenom), birth);
        let alike = self.by_name.get(&key).map_or(&[][..], Vec::as_slice);
        let alike: Vec<Ix<school::Pupil>> = alike.iter().filter(unnumbered).copied().collect();
        match alike[..] {
            [] => Match::New,
            [only] => Match::Known(only),
            [first, second, ..] => {
                self.seen.extend(alike.iter());
                let said = format!(
                    "{} {} (ELEVE_ID {}) peut être {} ou {}, de même nom et de même naissance : rien n’est importé \
                     pour cet élève",
                    name(&pupil.prenom),
                    name(&pupil.nom),
                    pupil.eleve_id,
                    quoted(&school.pupils[first].id),
                    quoted(&school.pupils[second].id)
                );
                let help = format!(
                    "ajoutez à la bonne fiche la ligne eleve_id = \"{}\", puis refaites l’import",
                    pupil.eleve_id
                );
                draft.must_do(said, &help);
                Match::Doubtful
            }
        }
    }
}
