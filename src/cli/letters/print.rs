//! Letters through the press: codes, sheets, files of a private folder. Nothing is stored elsewhere.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use super::choice::Group;
use crate::cli::documents::to_print;
use crate::cli::failure::causes;
use crate::cli::families::bearer;
use crate::cli::progress::Progress;
use crate::family::{Code, Secret};
use crate::insight::Reader;
use crate::page::{
    Desk, HandedLetter, LetterCode, LetterOrder, handover_record, handover_sheet, letters_sheet,
};
use crate::paper::Press;
use crate::render::{LetterError, Printery, Sheet};
use crate::school::{Ix, Pupil};
use crate::source::{PrivateFolder, WriteError};
use crate::text::slug;

/// What is printed, and where.
pub(super) struct Work<'a> {
    pub(super) desk: &'a Desk<'a>,
    pub(super) secret: &'a Secret,
    pub(super) groups: &'a [Group],
    pub(super) folder: &'a PrivateFolder,
}

/// A file to print.
enum Job<'a> {
    /// Letters, and whether they are for a screen too.
    Letters(&'a Group, &'a [(Ix<Pupil>, Reader)], bool),
    /// What is signed.
    Handover(&'a Group),
}

impl Work<'_> {
    /// Prints all files, and names those that could not be, with why.
    ///
    /// # Errors
    /// When a letter cannot be made or written.
    pub(super) fn print(
        &self,
        press: &Press,
        separate: bool,
    ) -> anyhow::Result<BTreeMap<String, String>> {
        let jobs: Vec<(String, Job<'_>)> =
            self.groups.iter().flat_map(|group| self.jobs(group, separate)).collect();
        let printery = Printery::new()?;
        let told: Mutex<(BTreeMap<String, String>, Option<WriteError>)> = Mutex::default();
        let progress = Progress::new("lettres", jobs.len());
        press.print_all(
            jobs.len(),
            &|at| self.sheet(&printery, &jobs[at].1).map(to_print),
            &|at, printed| {
                let name = &jobs[at].0;
                let written = printed.map(|bytes| self.folder.write(name, &bytes));
                let mut told = told.lock().unwrap_or_else(PoisonError::into_inner);
                match written {
                    Ok(Ok(())) => {}
                    // The first refusal tells enough.
                    Ok(Err(error)) => _ = told.1.get_or_insert(error),
                    Err(error) => _ = told.0.insert(name.clone(), causes(&error)),
                }
                drop(told);
                progress.step();
            },
        )?;
        match told.into_inner().unwrap_or_else(PoisonError::into_inner) {
            (_, Some(error)) => Err(error.into()),
            (missing, None) => Ok(missing),
        }
    }

    fn jobs<'g>(&self, group: &'g Group, separate: bool) -> Vec<(String, Job<'g>)> {
        let mut jobs = Vec::new();
        if separate {
            let class = &self.desk.site.school.classes[group.class].key;
            for one in &group.open {
                let pupil = &self.desk.site.school.pupils[one.0].id;
                let name = format!("{class}/{pupil}-{}.pdf", slug(&one.1.key));
                jobs.push((name, Job::Letters(group, std::slice::from_ref(one), true)));
            }
        } else if !group.open.is_empty() {
            jobs.push((format!("{}.pdf", group.stem), Job::Letters(group, &group.open, false)));
        }
        jobs.push((format!("{}-emargement.pdf", group.stem), Job::Handover(group)));
        jobs
    }

    fn sheet(&self, printery: &Printery, job: &Job<'_>) -> Result<Sheet, LetterError> {
        match job {
            Job::Letters(group, letters, on_screen) => {
                let orders: Vec<LetterOrder> =
                    letters.iter().map(|(pupil, reader)| self.order(*pupil, reader)).collect();
                printery.letters(&letters_sheet(self.desk, group.class, &orders, *on_screen))
            }
            Job::Handover(group) => {
                let (open, closed) = (handed(&group.open), handed(&group.closed));
                let page = handover_sheet(self.desk, group.class, &open, &closed);
                Ok(printery.handover(&page)?)
            }
        }
    }

    /// A letter with its code: that of the last one that was not cancelled.
    fn order(&self, ix: Ix<Pupil>, reader: &Reader) -> LetterOrder {
        let school = self.desk.site.school;
        let families = school.establishment.familles.as_ref();
        let address = families.map_or("", |site| site.adresse.as_str());
        let year = school.current_year().to_string();
        let bearer = bearer(&year, &school.pupils[ix], reader, reader.cancelled.len());
        let code = Code::of(self.secret, &bearer);
        LetterOrder {
            pupil: ix,
            reader: reader.clone(),
            code: LetterCode {
                link: format!("{address}#{}", *code.link.text()),
                words: code.words.as_slice().to_vec(),
            },
        }
    }

    /// Writes the record that waits for its place in the register.
    ///
    /// # Errors
    /// When the system refuses.
    pub(super) fn record(&self, group: &Group) -> Result<(), WriteError> {
        if group.open.is_empty() {
            return Ok(());
        }
        let (_, text) = handover_record(self.desk.site, &group.stem, &handed(&group.open));
        self.folder.write(&format!("{}-remise.toml", group.stem), text.as_bytes())
    }
}

fn handed(letters: &[(Ix<Pupil>, Reader)]) -> Vec<HandedLetter<'_>> {
    letters.iter().map(|(ix, reader)| (*ix, reader)).collect()
}
