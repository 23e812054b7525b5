//! Which diploma and level a formation of SIECLE (MEF) is: from settings, classes of any year, and kin.

use std::collections::{BTreeMap, BTreeSet};

use crate::record::{ReferentialType, StudyLevel};
use crate::school::School;

/// What is known of formations, by the ten national characters of their codes: the eleventh is local.
#[derive(Debug, Default)]
pub(super) struct Mefs {
    known: BTreeMap<String, (String, StudyLevel)>,
    ignored: BTreeSet<String>,
}

/// What is known of one formation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Known {
    /// The diploma and the level.
    Followed(String, StudyLevel),
    /// A formation that the school does not follow here.
    Ignored,
    /// Somebody must say.
    No,
}

/// The national part of a code: what two codes are compared by.
pub(super) fn national(mef: &str) -> String {
    mef.chars().take(10).collect()
}

/// Whether a code has the form of one: a file could say anything.
pub(super) fn is_code(mef: &str) -> bool {
    mef.len() == 11 && mef.bytes().all(|b| b.is_ascii_digit() || b.is_ascii_uppercase())
}

impl Mefs {
    pub(super) fn of(school: &School) -> Self {
        let mut mefs = Self::default();
        // Later years come last, and the settings after all of them.
        for class in school.classes.values() {
            if let Some(mef) = &class.record.mef {
                let follows = (class.record.diplome.to_string(), class.record.niveau);
                mefs.known.insert(national(mef), follows);
            }
        }
        mefs.derive(school);
        if let Some(settings) = &school.establishment.siecle {
            for known in &settings.mef {
                mefs.known.insert(national(&known.code), (known.diplome.to_string(), known.niveau));
            }
            mefs.ignored = settings.mef_ignores.iter().map(|mef| national(mef)).collect();
        }
        mefs
    }

    pub(super) fn find(&self, mef: &str) -> Known {
        let national = national(mef);
        if self.ignored.contains(&national) {
            return Known::Ignored;
        }
        match self.known.get(&national) {
            Some((diploma, level)) => Known::Followed(diploma.clone(), *level),
            None => Known::No,
        }
    }

    /// The three years of a bac pro share all but the tenth character: one that is known tells the others.
    fn derive(&mut self, school: &School) {
        let mut more = BTreeMap::new();
        for (mef, (diploma, _)) in &self.known {
            let Some(stem) = mef.strip_suffix(|c: char| c.is_ascii_digit()) else { continue };
            if !(stem.starts_with("247") && stem.ends_with('3') && stem.len() == 9) {
                continue;
            }
            for year in 1..=3 {
                let code = format!("{stem}{year}");
                let level = level(&code);
                let follows =
                    level.and_then(|level| Some((diploma_at(school, diploma, level)?, level)));
                if let Some(follows) = follows.filter(|_| !self.known.contains_key(&code)) {
                    more.insert(code, follows);
                }
            }
        }
        self.known.extend(more);
    }
}

/// The level that a code tells, where the numbering of formations does.
pub(super) fn level(mef: &str) -> Option<StudyLevel> {
    match (mef.get(..3)?, mef.get(8..10)?) {
        ("247", "31") => Some(StudyLevel::Seconde),
        ("247", "32") => Some(StudyLevel::Premiere),
        ("247", "33") => Some(StudyLevel::Terminale),
        ("241", "21") => Some(StudyLevel::Cap1),
        ("240", "11") | ("241", "22") => Some(StudyLevel::Cap2),
        _ => None,
    }
}

/// The référentiel that those who prepare a diploma follow at a level: the family's in seconde.
fn diploma_at(school: &School, diploma: &str, level: StudyLevel) -> Option<String> {
    let own = &school.referentials[school.referential(diploma)?];
    let holds = |levels: &[StudyLevel]| levels.is_empty() || levels.contains(&level);
    if holds(&own.record.niveaux) {
        return Some(diploma.to_owned());
    }
    let family = own.record.famille.as_deref()?;
    let mut all = school.referentials.values().iter();
    let found = all.find(|other| {
        other.record.genre == ReferentialType::Family
            && other.record.famille.as_deref() == Some(family)
            && holds(&other.record.niveaux)
    });
    found.map(|found| found.code.clone())
}
