//! A document of the preview, printed when somebody opens it.

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use super::documents::to_print;
use super::failure::causes;
use super::papers::{edition, logo};
use super::pipeline::{Checked, Wanted};
use crate::page::{self, Desk, Document, gallery_examples};
use crate::paper::{Press, picture};
use crate::render::{Files, Printery};
use crate::serve::{Documents, Printed};
use crate::source::{Editions, Source};

/// The browser of a preview: started for the first document, kept for the next ones.
#[derive(Clone, Debug, Default)]
pub(super) struct Kept(Arc<Mutex<Option<Arc<Press>>>>);

impl Kept {
    /// The press of this machine, or why there is none.
    fn press(&self) -> Result<Arc<Press>, String> {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(press) = &*kept {
            return Ok(Arc::clone(press));
        }
        let press = Arc::new(Press::find().map_err(|error| error.to_string())?);
        *kept = Some(Arc::clone(&press));
        Ok(press)
    }
}

/// One state of the school, as its documents are printed from it.
pub(super) struct State {
    /// Where the school is read from.
    pub(super) source: Arc<dyn Source + Send>,
    /// The school.
    pub(super) checked: Arc<Checked>,
    /// The site that is shown.
    pub(super) wanted: Wanted,
    /// The photographs of the site, by address.
    pub(super) photographs: Files,
}

/// The documents of a state, each printed when it is opened: what it shows is that state, even if
/// files change meanwhile, but for the logo.
pub(super) fn documents(state: State, kept: Kept) -> Documents {
    let editions: OnceLock<Option<Editions>> = OnceLock::new();
    Documents::new(move |address| {
        print(&state, &editions, &kept, address).unwrap_or_else(Printed::Failed)
    })
}

fn print(
    state: &State,
    editions: &OnceLock<Option<Editions>>,
    kept: &Kept,
    address: &str,
) -> Result<Printed, String> {
    let checked = &state.checked;
    let site = state.wanted.site(checked, BTreeSet::new());
    let all = page::documents(&site);
    let drawn = || gallery_examples(&all).into_iter().find(|(at, _)| at == address);
    let (document, is_picture): (Document, bool) = match all.get(address) {
        Some(document) => (*document, false),
        None => match drawn() {
            Some((_, document)) => (document, true),
            None => return Ok(Printed::Nothing),
        },
    };
    let source = state.source.as_ref();
    // A history that cannot be read stops nothing: the document then does not tell its edition.
    let editions = editions.get_or_init(|| source.editions(&checked.texts, "", None).ok());
    let edition = |path: &str| edition(editions.as_ref(), path);
    let photograph = |at: &str| state.photographs.get(at).map(|bytes| bytes.to_vec());
    let logo = logo(source, &site);
    let desk = Desk { site: &site, edition: &edition, logo, photograph: &photograph };
    let printery = Printery::new().map_err(|error| causes(&error))?;
    let sheet = printery.sheet(&desk, document).map_err(|error| causes(&error))?;
    let file = kept.press()?.print_one(&to_print(sheet)).map_err(|error| causes(&error))?;
    if !is_picture {
        return Ok(Printed::File(file));
    }
    Ok(picture(&file).map_or(Printed::Nothing, Printed::File))
}
