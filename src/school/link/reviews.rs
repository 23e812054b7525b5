//! Reviews, the class of their pupil that day, and the evaluations they freeze.

use super::Linker;
use crate::diagnostic::{Site, key_path};
use crate::record;
use crate::school::{Class, Ix, Pupil, Review, School, Table, UnplacedReview};
use crate::text::Date;

impl Linker {
    /// The reviews, then those of each pupil and of each evaluation.
    pub(super) fn reviews(
        &mut self,
        school: &mut School,
        records: Vec<record::Loaded<(String, record::ReviewKey), record::Review>>,
    ) {
        let mut reviews = Vec::with_capacity(records.len());
        for loaded in records {
            let (student, key) = loaded.key;
            let (file, record) = (loaded.file, loaded.record);
            let author = self.person(&school.people, &record.auteur, &file, key_path!["auteur"]);
            let validated_by = record
                .valide_par
                .as_ref()
                .and_then(|id| self.person(&school.people, id, &file, key_path!["valide_par"]));
            for (n, unlock) in record.deverrouillage.iter().enumerate() {
                self.person(
                    &school.people,
                    &unlock.par,
                    &file,
                    key_path!["deverrouillage", n, "par"],
                );
            }
            let mut evaluations = Vec::with_capacity(record.evaluations.len());
            for (n, id) in record.evaluations.iter().enumerate() {
                evaluations.extend(self.evaluation(
                    school,
                    id,
                    Site::value(&file, key_path!["evaluations", n]),
                ));
            }
            let Some(pupil) = self.known_pupil(school, &student, Site::file(&file)) else {
                continue;
            };
            let Some(class) = class_of_review(school, pupil, key.date) else {
                school.unplaced.push(UnplacedReview { pupil, key, file });
                continue;
            };
            let diploma = school.classes[class].diploma;
            let referential = &school.referentials[diploma];
            let positions = self.competences(
                referential,
                &record.positions,
                &file,
                &key_path!["positions"],
                |level| *level,
            );
            let professionalisation = self.competences(
                referential,
                &record.professionnalisation,
                &file,
                &key_path!["professionnalisation"],
                Clone::clone,
            );
            reviews.push(Review {
                pupil,
                key,
                file,
                record,
                class,
                diploma,
                author,
                validated_by,
                evaluations,
                positions,
                professionalisation,
            });
        }
        reviews.sort_by_key(|review: &Review| (review.pupil, review.key));
        school.reviews = Table::new(reviews);
        for (ix, review) in school.reviews.iter() {
            school.pupils[review.pupil].reviews.push(ix);
            // An unlocked review lets its evaluations change again (EVA-13).
            if review.is_locked() {
                for evaluation in &review.evaluations {
                    school.evaluations[*evaluation].frozen_by.push(ix);
                }
            }
        }
    }
}

/// The class of a pupil on the day of a review; none when the stay of that day could not be linked.
fn class_of_review(school: &School, pupil: Ix<Pupil>, day: Date) -> Option<Ix<Class>> {
    let pupil = &school.pupils[pupil];
    let covers = |from: Date, to: Date| from <= day && day <= to;
    let written = pupil.record.scolarite.iter().any(|stay| covers(stay.from(), stay.to()));
    let linked = pupil.stays.iter().any(|stay| covers(stay.from, stay.to));
    if written && !linked { None } else { school.class_of(pupil, day) }
}
