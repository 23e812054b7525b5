//! Filled grids: candidate, class of the session, national grid.

use std::collections::BTreeMap;

use super::Linker;
use crate::diagnostic::{Finding, Site, key_path};
use crate::record;
use crate::school::{Class, FilledGrid, Ix, Pupil, School, Seat, Table, reference};
use crate::text::slug;

impl Linker {
    /// The filled grids, then those of each candidate.
    pub(super) fn filled_grids(
        &mut self,
        school: &mut School,
        records: Vec<record::Loaded<(String, i16, String), record::FilledGrid>>,
    ) {
        let mut grids = Vec::with_capacity(records.len());
        // Folding a name takes time: once a person, not once a member.
        let folded: BTreeMap<(String, String), &str> = (school.people.values().iter())
            .map(|person| (fold(&person.record.nom, &person.record.prenom), person.id.as_str()))
            .collect();
        let seat_of = |member: &record::CommissionMember| {
            if let Some(id) = &member.personne {
                return Some(Seat::Staff(id.0.clone()));
            }
            let name = fold(member.nom.as_deref()?, member.prenom.as_deref()?);
            Some(match folded.get(&name) {
                Some(id) => Seat::Staff((*id).to_owned()),
                None => Seat::Outside(name.0, name.1),
            })
        };
        for loaded in records {
            let (student, session, name) = loaded.key;
            let (file, record) = (loaded.file, loaded.record);
            let people = &school.people;
            let author = self.person(people, &record.auteur, &file, key_path!["auteur"]);
            let members = (record.commission.iter().enumerate())
                .map(|(n, member)| {
                    let id = member.personne.as_ref()?;
                    self.person(people, id, &file, key_path!["commission", n, "personne"])
                })
                .collect();
            let seats = record.commission.iter().map(seat_of).collect();
            if let Some(seal) = &record.verrouillage {
                self.person(people, &seal.par, &file, key_path!["verrouillage", "par"]);
            }
            if let Some(made) = &record.harmonisation {
                self.person(people, &made.par, &file, key_path!["harmonisation", "par"]);
            }
            for (n, unlock) in record.deverrouillage.iter().enumerate() {
                self.person(people, &unlock.par, &file, key_path!["deverrouillage", n, "par"]);
            }
            let Some(pupil) = self.known_pupil(school, &student, Site::file(&file)) else {
                continue;
            };
            let Some(class) = class_of_session(school, pupil, session) else {
                let message = format!(
                    "{} n’est dans aucune classe qui passe l’examen à la session {session}",
                    school.pupils[pupil].full_name()
                );
                self.findings
                    .push(Finding::new(&reference::SESSION, Site::file(&file), message).help(
                    "corrigez l’année au début du nom de ce fichier, ou la scolarité de l’élève",
                ));
                continue;
            };
            let diploma = school.classes[class].diploma;
            let referential = &school.referentials[diploma];
            let Some(grid) = referential.grid(&name) else {
                if referential.record.grilles.is_empty() {
                    let message = format!(
                        "le référentiel {} ne donne encore aucune grille nationale",
                        referential.record.sigle
                    );
                    self.findings.push(
                        Finding::new(&reference::GRID, Site::file(&file), message).help(format!(
                            "ajoutez d’abord la grille nationale à {}, dans une table [[grilles]]",
                            referential.file
                        )),
                    );
                    continue;
                }
                let known: Vec<String> = (0..referential.record.grilles.len())
                    .map(|n| referential.grid_name(n))
                    .collect();
                let what = format!("dans le référentiel {}, la grille", referential.record.sigle);
                let site = Site::file(&file);
                let known = known.iter().map(String::as_str);
                self.tell_unknown(&reference::GRID, site, &what, &name, known);
                continue;
            };
            let mut levels = Vec::with_capacity(record.niveaux.len());
            for (code, level) in record.niveaux.iter() {
                let site = || Site::key(&file, key_path!["niveaux", code]);
                let level = u8::try_from(level.0).unwrap_or_default();
                levels.extend(self.criterion(referential, code, site).map(|ix| (ix, level)));
            }
            levels.sort_unstable();
            grids.push(FilledGrid {
                pupil,
                session,
                file,
                record,
                class,
                diploma,
                grid,
                author,
                members,
                seats,
                levels,
            });
        }
        grids.sort_by_key(|grid: &FilledGrid| (grid.pupil, grid.session, grid.grid));
        school.grids = Table::new(grids);
        for (ix, grid) in school.grids.iter() {
            school.pupils[grid.pupil].grids.push(ix);
        }
    }
}

/// A family name and a first name, without case or accents.
fn fold(last: &str, first: &str) -> (String, String) {
    (slug(last), slug(first))
}

/// The last class of a pupil among those that take the exam in a session.
fn class_of_session(school: &School, pupil: Ix<Pupil>, session: i16) -> Option<Ix<Class>> {
    let stays = school.pupils[pupil].stays.iter().rev();
    stays.map(|stay| stay.class).find(|class| school.classes[*class].session() == session)
}
