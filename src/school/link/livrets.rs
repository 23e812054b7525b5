//! Livrets scolaires: class of the year, expected competences, teachers.

use std::sync::Arc;

use super::Linker;
use crate::diagnostic::{Finding, KeyPath, Site, key_path};
use crate::record::{self, Id};
use crate::school::{Class, Ix, Livret, Person, Pupil, School, Table, reference};
use crate::text::SchoolYear;

impl Linker {
    /// The livrets, then those of each pupil.
    pub(super) fn livrets(
        &mut self,
        school: &mut School,
        records: Vec<record::Loaded<(String, SchoolYear), record::Livret>>,
    ) {
        let mut livrets = Vec::with_capacity(records.len());
        for loaded in records {
            let (student, year) = loaded.key;
            let (file, record) = (loaded.file, loaded.record);
            let teachers =
                self.people_of(school, &record.enseignants, &file, &key_path!["enseignants"]);
            let placement_teacher = record.pfmp.as_ref().and_then(|part| {
                let id = part.enseignant.as_ref()?;
                self.person(&school.people, id, &file, key_path!["pfmp", "enseignant"])
            });
            let project_teachers = record.projet.as_ref().map(|part| {
                let list = key_path!["projet", "enseignants"];
                self.people_of(school, &part.enseignants, &file, &list)
            });
            for (n, sending) in record.envois.iter().enumerate() {
                self.person(&school.people, &sending.par, &file, key_path!["envois", n, "par"]);
            }
            let opinions = [
                ("parcours", &record.parcours),
                ("avis_cpe", &record.avis_cpe),
                ("avis_investissement", &record.avis_investissement),
                ("avis_chef", &record.avis_chef),
            ];
            let signed = opinions.map(|(key, opinion)| {
                let id = opinion.as_ref()?.par.as_ref()?;
                self.person(&school.people, id, &file, key_path![key, "par"])
            });
            let Some(pupil) = self.known_pupil(school, &student, Site::file(&file)) else {
                continue;
            };
            let Some(class) = class_of_year(school, pupil, year) else {
                let name = school.pupils[pupil].full_name();
                let message = format!("{name} n’était dans aucune classe en {year}");
                self.findings.push(
                    Finding::new(&reference::SESSION, Site::file(&file), message)
                        .help("corrigez l’année du nom de ce fichier, ou la scolarité de l’élève"),
                );
                continue;
            };
            let diploma = school.classes[class].diploma;
            let expected: Vec<&str> = (school.referentials[diploma].record.lsl.iter())
                .flat_map(|list| &list.competences)
                .map(|line| line.code.as_str())
                .collect();
            let mut levels = Vec::with_capacity(record.niveaux.len());
            for (code, level) in record.niveaux.iter() {
                let level = u8::try_from(level.0).unwrap_or_default();
                match expected.iter().position(|other| *other == code) {
                    Some(line) => levels.push((line, level)),
                    None => {
                        let site = Site::key(&file, key_path!["niveaux", code]);
                        let what = "dans la liste du livret, la compétence";
                        let known = expected.iter().copied();
                        self.tell_unknown(&reference::COMPETENCE, site, what, code, known);
                    }
                }
            }
            levels.sort_unstable();
            livrets.push(Livret {
                pupil,
                year,
                file,
                record,
                class,
                diploma,
                teachers,
                placement_teacher,
                project_teachers: project_teachers.unwrap_or_default(),
                signed,
                levels,
            });
        }
        livrets.sort_by_key(|livret: &Livret| (livret.pupil, livret.year));
        school.livrets = Table::new(livrets);
        for (ix, livret) in school.livrets.iter() {
            school.pupils[livret.pupil].livrets.push(ix);
        }
    }

    fn people_of(
        &mut self,
        school: &School,
        ids: &[Id],
        file: &Arc<str>,
        list: &KeyPath,
    ) -> Vec<Ix<Person>> {
        let ids = ids.iter().enumerate();
        ids.filter_map(|(n, id)| self.person(&school.people, id, file, list.child(n))).collect()
    }
}

/// The last class of a pupil in a school year.
fn class_of_year(school: &School, pupil: Ix<Pupil>, year: SchoolYear) -> Option<Ix<Class>> {
    let stays = school.pupils[pupil].stays.iter().rev();
    stays.map(|stay| stay.class).find(|class| school.classes[*class].year == year)
}
