//! The life of each record: every change of it, whose hand, when, what was what before.

mod find;
pub(super) mod kept;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::audit::Trace;
use super::deed::Deed;
use super::transition::{Change, Transition};
use crate::record::Difference;
use crate::source::ObjectId;

pub use find::Asked;

/// A change of one file.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Touch {
    /// Path; the former one when the file is gone.
    pub file: String,
    /// The former path, when it is another one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<String>,
    /// What became of it.
    pub change: Change,
    /// The values that are not the same, long texts cut; none for a file that is new.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub differences: Vec<Difference>,
}

/// A commit and what it touched.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct Told {
    trace: Trace,
    touched: Vec<Touch>,
}

/// All changes up to a commit, by file.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Chronicle {
    told: Vec<Told>,
    /// For each path, the positions of the commits that touched it and of the touch, oldest first.
    by_file: BTreeMap<String, Vec<(usize, usize)>>,
}

impl Chronicle {
    pub(super) fn gathered(told: Vec<Told>) -> Self {
        let mut by_file: BTreeMap<String, Vec<(usize, usize)>> = BTreeMap::new();
        for (commit, one) in told.iter().enumerate() {
            for (touch, touched) in one.touched.iter().enumerate() {
                for file in touched.from.iter().chain([&touched.file]) {
                    by_file.entry(file.clone()).or_default().push((commit, touch));
                }
            }
        }
        Self { told, by_file }
    }

    /// The changes of a file, the newest first, through the paths it had before.
    pub fn of(&self, file: &str) -> Vec<(&Trace, &Touch)> {
        let mut found = Vec::new();
        let mut file = file;
        let mut before = usize::MAX;
        loop {
            let places = self.by_file.get(file).map_or(&[][..], Vec::as_slice);
            let mut former = None;
            for (commit, touch) in places.iter().rev().filter(|(commit, _)| *commit < before) {
                let (told, touched) = (&self.told[*commit], &self.told[*commit].touched[*touch]);
                // Under its former name, what left it for another one ends another life.
                if touched.from.as_deref() == Some(file) && touched.file != file {
                    continue;
                }
                found.push((&told.trace, touched));
                if let Some(from) = &touched.from {
                    former = Some((from.as_str(), *commit));
                    break;
                }
            }
            match former {
                Some((from, commit)) => (file, before) = (from, commit),
                None => return found,
            }
        }
    }

    /// The paths that ever held a file, in order.
    pub fn files(&self) -> impl Iterator<Item = &str> {
        self.by_file.keys().map(String::as_str)
    }

    /// How many commits are told.
    pub fn len(&self) -> usize {
        self.told.len()
    }

    /// Whether there is nothing to tell.
    pub fn is_empty(&self) -> bool {
        self.told.is_empty()
    }
}

impl Told {
    /// What a commit touched; nothing when it touched nothing of the school.
    pub(super) fn of(deed: &Deed, step: ObjectId) -> Option<Self> {
        let founded = deed.founded.iter().cloned().map(Touch::added);
        let touched: Vec<Touch> = founded.chain(deed.transitions.iter().map(Touch::of)).collect();
        (!touched.is_empty()).then(|| Self { trace: Trace::of(&deed.commit, step), touched })
    }
}

impl Touch {
    fn added(file: String) -> Self {
        Self { file, from: None, change: Change::Added, differences: Vec::new() }
    }

    fn of(one: &Transition) -> Self {
        Self {
            file: one.file.to_string(),
            from: one.from.as_ref().map(ToString::to_string),
            change: one.change,
            differences: match one.change {
                Change::Added | Change::Removed => Vec::new(),
                Change::Changed | Change::Moved => {
                    one.differences.iter().map(Difference::brief).collect()
                }
            },
        }
    }
}
