//! Attestations of competences: class of the day, competences validated.

use super::Linker;
use crate::diagnostic::{Finding, Site, key_path};
use crate::record;
use crate::school::{Attestation, School, Table, reference};

impl Linker {
    /// The attestations, then those of each pupil.
    pub(super) fn attestations(
        &mut self,
        school: &mut School,
        records: Vec<record::Loaded<(String, record::ReviewKey), record::Attestation>>,
    ) {
        let mut attestations = Vec::with_capacity(records.len());
        for loaded in records {
            let (student, key) = loaded.key;
            let (file, record) = (loaded.file, loaded.record);
            let people = &school.people;
            let author = self.person(people, &record.auteur, &file, key_path!["auteur"]);
            let Some(pupil) = self.known_pupil(school, &student, Site::file(&file)) else {
                continue;
            };
            let Some(class) = school.class_of(&school.pupils[pupil], key.date) else {
                let name = school.pupils[pupil].full_name();
                let message = format!("ce jour-là, {name} n’était encore dans aucune classe");
                self.findings.push(
                    Finding::new(&reference::SESSION, Site::file(&file), message)
                        .help("corrigez la date du nom de ce fichier, ou la scolarité de l’élève"),
                );
                continue;
            };
            let diploma = school.classes[class].diploma;
            let referential = &school.referentials[diploma];
            let mut ticks = Vec::with_capacity(record.competences.len());
            for (code, tick) in record.competences.iter() {
                let at = key_path!["competences", code];
                let by = self.person(&school.people, &tick.par, &file, at.child("par"));
                let competence = self.competence(referential, code, || Site::key(&file, at));
                ticks.extend(competence.map(|competence| (competence, by, tick.le)));
            }
            ticks.sort_unstable();
            attestations.push(Attestation {
                pupil,
                key,
                file,
                record,
                class,
                diploma,
                author,
                ticks,
            });
        }
        attestations.sort_by_key(|attestation: &Attestation| (attestation.pupil, attestation.key));
        school.attestations = Table::new(attestations);
        for (ix, attestation) in school.attestations.iter() {
            school.pupils[attestation.pupil].attestations.push(ix);
        }
    }
}
