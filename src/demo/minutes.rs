//! Writes down one review: author, validation, remarks, positions, letters, an unlock if there was one.

use super::calendar::today;
use super::dates::Date;
use super::emit::Document;
use super::evaluations::{Evaluation, Row};
use super::judgement::mean;
use super::progress::Mark;
use super::referential::Referential;
use super::reviews::{Council, Occasion};
use super::rng::{Dice, fingerprint};
use super::structure::{Division, Level};
use super::texts::{Pen, Subject};

impl Council<'_> {
    /// Writes the file of a review; gives its mark too.
    #[expect(
        clippy::too_many_arguments,
        reason = "the one place where everything known of a pupil meets"
    )]
    pub(crate) fn one(
        &self,
        index: usize,
        occasion: &Occasion<'_>,
        referential: &Referential,
        positions: &[Option<Mark>],
        before: Option<&[Option<Mark>]>,
        previous: Date,
        pen: &mut Pen<'_>,
        dice: &mut Dice,
    ) -> (String, Option<f64>) {
        let Some(pupil) = self.pupils.get(index) else {
            return (String::new(), None);
        };
        let Occasion { division, year, .. } = occasion;
        let since: Vec<(&Evaluation, &Row)> = self
            .rated(index, occasion)
            .filter(|(evaluation, _)| evaluation.date > previous)
            .collect();
        let missed = since.iter().filter(|(_, row)| matches!(row, Row::Absent)).count();
        let label = format!("{}/{}/{}", division.id, year.start, occasion.rank);
        let shift = fingerprint(&label) ^ (fingerprint(&pupil.id) % 3);
        let author = division
            .team
            .get(shift as usize % division.team.len().clamp(1, 3))
            .map_or("", String::as_str);
        let terminal = occasion.last && division.level == Level::Terminale;
        let entry = division.level == Level::Seconde
            || (division.level == Level::Premiere
                && matches!(division.diploma.as_str(), "mcv-a" | "mcv-b" | "ma"));
        let words = self.words.get(division.diploma.as_str()).map_or(&[][..], Vec::as_slice);
        let subject = Subject {
            first: &pupil.name.first,
            sex: pupil.sex,
            positions,
            before,
            words,
            period: if division.trimesters { "trimestre" } else { "semestre" },
            place: &division.place,
            attitude: pupil.character.attitude,
            held: since.len(),
            rated: since.iter().filter(|(_, row)| matches!(row, Row::Marks(_))).count(),
            missed,
            apprentice: occasion.stay.apprentice,
            company: year
                .pfmp_of(division)
                .any(|span| occasion.span.holds(span.last) && span.last <= occasion.date),
            opening: before.is_none() && entry && occasion.rank == 0,
            closing: occasion.last,
            terminal,
            final_year: division.level == Level::Terminale,
            author,
        };
        let (findings, advice) = pen.write(&subject, dice);
        let mut file = Document::new();
        file.value("date", occasion.date);
        file.string("auteur", author);
        let current = division.year + 1 == self.plan.years.len();
        let draft = current
            && self.early.contains(&occasion.stay.division)
            && fingerprint(&pupil.id) % 11 == 3;
        let unlock = self.unlocked(index, occasion).filter(|_| !draft);
        if draft {
            file.string("etat", "brouillon");
        } else {
            let mut day = year
                .open_from(occasion.date.plus(*dice.pick(&[0, 0, 0, 1, 1, 2, 3]).unwrap_or(&0)));
            if let Some((unlocked, _)) = unlock {
                day = year.open_from(unlocked.plus(1));
            }
            let by = match dice.below(10) {
                0..7 => author,
                7..9 => division.team.first().map_or(author, String::as_str),
                _ => dice.text(&division.team),
            };
            file.string("etat", "valide");
            file.value("valide_le", if day > today() { occasion.date } else { day });
            file.string("valide_par", by);
        }
        if terminal {
            file.value("terminal", true);
        }
        file.optional("constats", &findings);
        file.optional("conseils", if draft && dice.percent(50) { "" } else { &advice });
        let note = mean(positions).filter(|_| dice.percent(93) && !draft).map(|mean| {
            let note = (1.6 + 4.15 * mean + dice.around(0.6)) * 2.0;
            (note.round() / 2.0).clamp(2.0, 19.5)
        });
        if let Some(note) = note {
            file.value("note", format!("{note:.1}"));
        }
        let taken: Vec<String> = since
            .iter()
            .filter(|(_, row)| matches!(row, Row::Marks(_)))
            .filter_map(|(evaluation, _)| {
                let division = self.plan.divisions.get(evaluation.division)?;
                let year = self.plan.years.get(division.year)?;
                Some(format!("{}/{}/{}", year.label(), division.id, evaluation.slug))
            })
            .collect();
        file.strings("evaluations", &taken);
        file.table("positions");
        for (competence, mark) in referential.competences.iter().zip(positions) {
            file.string(&competence.code, mark.map_or("NE", Mark::sign));
        }
        write_letters(&mut file, division, referential, positions);
        if let Some((day, reason)) = unlock {
            file.entry("deverrouillage");
            file.string("par", self.staff.ddfpt());
            file.value("date", day);
            file.string("motif", &reason);
        }
        (file.finish(), note)
    }

    /// Says whether the DDFPT unlocked the review, when and why: it happened to very few.
    fn unlocked(&self, index: usize, occasion: &Occasion<'_>) -> Option<(Date, String)> {
        let count = self.pupils.len();
        let past = self.plan.years.len() >= 2;
        let year = if past { self.plan.years.len() - 2 } else { 0 };
        if count < 12 || occasion.division.year != year || (past && !occasion.last) {
            return None;
        }
        // Two pupils of that year, one of a small early class when there is no past.
        let rank = (0..count)
            .filter(|other| {
                self.pupils.get(*other).is_some_and(|pupil| {
                    pupil.stays.iter().any(|stay| {
                        self.plan.divisions.get(stay.division).is_some_and(|d| d.year == year)
                    })
                })
            })
            .position(|other| other == index)?;
        let chosen = if past { rank == 4 || rank == 4 + count / 3 } else { rank == 4 };
        if !chosen {
            return None;
        }
        let reasons = self.corpus.remarks.list("deverrouillages.motifs");
        let reason = reasons.get((index + self.seed as usize % 7) % reasons.len().max(1))?;
        let day = if past { occasion.year.open_from(occasion.date.plus(4)) } else { occasion.date };
        Some((day, reason.clone()))
    }
}

/// Writes the levels of professionalisation, from première on, where the référentiel has letters.
fn write_letters(
    file: &mut Document,
    division: &Division,
    referential: &Referential,
    positions: &[Option<Mark>],
) {
    if referential.letters.len() < 4
        || division.level == Level::Seconde
        || positions.iter().all(Option::is_none)
    {
        return;
    }
    file.table("professionnalisation");
    for (competence, mark) in referential.competences.iter().zip(positions) {
        let Some(mark) = mark else { continue };
        let rank = match mark {
            Mark::None => 0,
            Mark::Weak => 1,
            Mark::Partial => 2,
            // "Expert" waits for the final year.
            Mark::Full => {
                if division.level == Level::Terminale {
                    3
                } else {
                    2
                }
            }
        };
        if let Some(letter) = referential.letters.get(rank) {
            file.string(&competence.code, letter);
        }
    }
}
