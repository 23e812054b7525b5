//! Which files of the past a reader means: a path, a folder, an id.

use std::collections::BTreeSet;

use super::Chronicle;
use crate::text::nearest_all;

/// Names to propose, at most.
const PROPOSED: usize = 5;

/// What a name leads to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Asked {
    /// These files, gone or not.
    Files(Vec<String>),
    /// Several records that have nothing else in common.
    Several(Vec<String>),
    /// Nothing; these names are the nearest.
    Nothing(Vec<String>),
}

impl Chronicle {
    /// Looks for what somebody asks: the path of a file, with or without its ending; a folder and all
    /// that is in it; a pupil (`dupont-lea`); the end of a path (`2026-2027/1mcva1/accueil-client`),
    /// of a pupil's (`dupont-lea/2026-12-11`) or not. What is gone is found as well.
    pub fn asked(&self, name: &str) -> Asked {
        let name = name.replace('\\', "/");
        let name = name.trim_start_matches("./").trim_matches('/');
        let folder = format!("{name}/");
        let files = |holds: &dyn Fn(&str) -> bool| -> Vec<String> {
            self.files().filter(|file| holds(file)).map(str::to_owned).collect()
        };
        let exact = files(&|file| file == name || stem(file) == name);
        if !exact.is_empty() {
            return Asked::Files(exact);
        }
        let inside = files(&|file| file.starts_with(&folder));
        if !name.is_empty() && !inside.is_empty() {
            return Asked::Files(inside);
        }
        let ends = |path: &str, end: &str| {
            path.strip_suffix(end).is_some_and(|before| before.is_empty() || before.ends_with('/'))
        };
        let (first, rest) = name.split_once('/').unwrap_or((name, ""));
        let pupils = files(&|file| match pupil(file) {
            Some((id, _)) if id != first => false,
            Some((_, path)) => rest.is_empty() || ends(path, rest) || ends(stem(path), rest),
            None => false,
        });
        let others =
            files(&|file| pupil(file).is_none() && (ends(file, name) || ends(stem(file), name)));
        match (pupils.is_empty(), &others[..]) {
            // A pupil's folder is one thing, whatever it holds.
            (false, []) if rest.is_empty() || pupils.len() == 1 => Asked::Files(pupils),
            (true, [one]) => Asked::Files(vec![one.clone()]),
            (true, []) => Asked::Nothing(self.nearest(name)),
            _ => Asked::Several(pupils.into_iter().chain(others).collect()),
        }
    }

    fn nearest(&self, name: &str) -> Vec<String> {
        let mut known: BTreeSet<String> = BTreeSet::new();
        for file in self.files() {
            let stem = stem(file);
            let last = stem.rsplit('/').next().unwrap_or(stem);
            known.extend([file, stem].map(str::to_owned));
            match pupil(stem) {
                Some((pupil, _)) => known.extend([pupil.to_owned(), format!("{pupil}/{last}")]),
                None => {
                    let id = stem.split_once('/').map(|(_, id)| id);
                    known.extend(id.into_iter().chain([last]).map(str::to_owned));
                }
            }
        }
        let near = nearest_all(name, known.iter().map(String::as_str));
        let mut near: Vec<String> = near.into_iter().map(str::to_owned).collect();
        near.truncate(PROPOSED);
        near
    }
}

/// The path of a file without its ending.
fn stem(file: &str) -> &str {
    file.strip_suffix(".toml").or_else(|| file.strip_suffix(".md")).unwrap_or(file)
}

/// The pupil whose folder a file is in, and its path in there.
fn pupil(file: &str) -> Option<(&str, &str)> {
    let (_cohort, inside) = file.strip_prefix("students/")?.split_once('/')?;
    inside.split_once('/')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(name: &str) -> Asked {
        let files = [
            "evaluations/2026-2027/1mcva1/accueil-client.toml",
            "pfmp/periods/2026-2027/pfmp-3.toml",
            "scenarios/mcv-a/premiere/accueil-client.toml",
            "staff.toml",
            "students/2025/dupont-lea/pfmp/2026-2027-pfmp-3.toml",
            "students/2025/dupont-lea/reviews/2026-12-11.toml",
            "students/2025/dupont-lea/student.toml",
            "students/2025/petit-noa/reviews/2026-12-11.toml",
        ];
        let by_file = files.map(|file| (file.to_owned(), vec![(0, 0)]));
        Chronicle { told: Vec::new(), by_file: by_file.into() }.asked(name)
    }

    fn files(names: &[&str]) -> Vec<String> {
        names.iter().map(|name| (*name).to_owned()).collect()
    }

    #[test]
    fn a_record_has_several_names() {
        let one = |name: &str, file: &str| assert_eq!(asked(name), Asked::Files(files(&[file])));
        for name in ["staff.toml", "staff", "./staff.toml"] {
            one(name, "staff.toml");
        }
        let evaluation = "evaluations/2026-2027/1mcva1/accueil-client.toml";
        one("2026-2027/1mcva1/accueil-client", evaluation);
        one("1mcva1/accueil-client", evaluation);
        one("evaluations/2026-2027/1mcva1/accueil-client", evaluation);
        one("evaluations\\2026-2027\\1mcva1\\accueil-client.toml", evaluation);
        one("mcv-a/premiere/accueil-client", "scenarios/mcv-a/premiere/accueil-client.toml");
        one("dupont-lea/2026-12-11", "students/2025/dupont-lea/reviews/2026-12-11.toml");
        one("2026-2027/pfmp-3", "pfmp/periods/2026-2027/pfmp-3.toml");
    }

    #[test]
    fn a_pupil_or_a_folder_is_all_that_is_in_it() {
        let lea = files(&[
            "students/2025/dupont-lea/pfmp/2026-2027-pfmp-3.toml",
            "students/2025/dupont-lea/reviews/2026-12-11.toml",
            "students/2025/dupont-lea/student.toml",
        ]);
        for name in ["dupont-lea", "students/2025/dupont-lea", "students/2025/dupont-lea/"] {
            assert_eq!(asked(name), Asked::Files(lea.clone()), "{name}");
        }
    }

    #[test]
    fn what_is_not_certain_is_asked_again() {
        assert_eq!(
            asked("accueil-client"),
            Asked::Several(files(&[
                "evaluations/2026-2027/1mcva1/accueil-client.toml",
                "scenarios/mcv-a/premiere/accueil-client.toml",
            ]))
        );
        assert_eq!(asked("dupond-lea"), Asked::Nothing(files(&["dupont-lea"])));
        assert_eq!(
            asked("dupont-lea/2026-12-12"),
            Asked::Nothing(files(&["dupont-lea/2026-12-11"]))
        );
        assert_eq!(asked(""), Asked::Nothing(Vec::new()));
    }
}
