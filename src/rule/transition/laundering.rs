//! For tests: what is not allowed stays so in several steps, under another name, or when its traces are
//! wiped before the proposal ends; and who mends a mistake is not blamed for it.

use std::path::Path;

use super::judge;
use crate::history::{Moment, judge_branch};
use crate::record::load;
use crate::source::trial::{Files, Trial};
use crate::source::{Memory, ObjectId, Past, Texts};

const PAUL: &str = "paul.mercier@ac-nancy-metz.fr";
const JEAN: &str = "jean.leroy@ac-nancy-metz.fr";
const ANNE: &str = "anne.martin@ac-nancy-metz.fr";
const LEA: &str = "lea@eleves.exemple.fr";

const STAFF: &str = "staff.toml";
const CALENDAR: &str = "calendar/2026-2027.toml";
const EVALUATION: &str = "evaluations/2026-2027/1mcva1/accueil-client.toml";
const OTHER: &str = "evaluations/2026-2027/1mcva1/caisse.toml";
const REVIEW: &str = "students/2025/dupont-lea/reviews/2026-12-11.toml";
const PORTFOLIO: &str = "students/2025/dupont-lea/pfmp/2026-2027-pfmp-3.toml";
const PUPIL: &str = "students/2025/dupont-lea/student.toml";

const UNLOCK: &str =
    "\n[[deverrouillage]]\npar = \"martin-anne\"\ndate = 2027-01-25\nmotif = \"erreur\"\n";

/// The base school, with a portfolio, and a learner who writes.
fn school() -> Files {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/schools/base");
    let mut files = Files::new();
    let mut waiting = vec![root.clone()];
    while let Some(folder) = waiting.pop() {
        for entry in std::fs::read_dir(&folder).unwrap() {
            let path = entry.unwrap().path();
            let name = path.strip_prefix(&root).unwrap().to_str().unwrap().to_owned();
            if path.is_dir() {
                waiting.push(path);
            } else if name.ends_with(".toml") && !name.starts_with("referentials/") {
                files.insert(name, std::fs::read_to_string(path).unwrap());
            }
        }
    }
    let learner = format!("prenom = \"Léa\"\ncourriels = [\"{LEA}\"]\n");
    change(&mut files, PUPIL, "prenom = \"Léa\"\n", &learner);
    let week = |n: u8, text: &str| {
        format!("[[journal]]\nsemaine = {n}\nsaisi_le = 2027-01-08\nactivites = \"{text}\"\n\n")
    };
    files.insert(PORTFOLIO.into(), week(1, "Accueil.") + &week(2, "Vitrine."));
    files
}

fn change(files: &mut Files, path: &str, old: &str, new: &str) {
    let text = files.get_mut(path).unwrap();
    assert!(text.contains(old), "{path}: {old}");
    *text = text.replacen(old, new, 1);
}

type Step<'s> = (&'s str, &'s dyn Fn(&mut Files));

/// The codes that are told of a proposal made in steps, each by somebody.
fn told(steps: &[Step<'_>]) -> Vec<(&'static str, String)> {
    let trial = Trial::new();
    let mut files = school();
    // On 27 January 2027.
    let mut at = 1_801_000_000;
    let base = trial.commit_by(&files, &[], ("Anne", ANNE), at);
    let mut tip = base;
    for (who, step) in steps {
        step(&mut files);
        at += 3600;
        tip = trial.commit_by(&files, &[tip], ("Quelqu’un", who), at);
    }
    trial.check_out(tip);
    let past = Past::open(trial.folder.path()).unwrap().unwrap();
    let bytes = files.iter().map(|(path, text)| (path.clone(), text.clone().into_bytes()));
    let (texts, _) = Texts::read(&Memory(bytes.collect())).unwrap();
    let now = Moment::of(&load(&texts).0);
    let id = |oid: git2::Oid| oid.to_string().parse::<ObjectId>().unwrap();
    let verdict = judge_branch(&past, (id(base), "main"), id(tip), None, &now, judge).unwrap();
    let told = verdict.breaches.iter().map(|judged| {
        let finding = &judged.breach.finding;
        (finding.code.name, finding.site.file.to_string())
    });
    told.collect()
}

fn of(code: &'static str, file: &str) -> (&'static str, String) {
    (code, file.to_owned())
}

#[test]
fn a_role_that_somebody_takes_gives_no_right() {
    let roles = "\"p.mercier@exemple.fr\"]\nroles = [\"enseignant\"";
    let more = format!("{roles}, \"ddfpt\"");
    let found = told(&[
        (PAUL, &|files| change(files, STAFF, roles, &more)),
        (PAUL, &|files| change(files, CALENDAR, "2027-05-14", "2027-06-14")),
        (PAUL, &|files| change(files, STAFF, &more, roles)),
    ]);
    assert_eq!(found, [of("DROIT-CALENDRIER", CALENDAR)]);
}

#[test]
fn an_address_that_somebody_adds_makes_nobody_known() {
    let mine = "\"p.mercier@exemple.fr\"";
    let found = told(&[
        ("x@y.example", &|files| {
            change(files, STAFF, mine, &format!("{mine}, \"x@y.example\""));
        }),
        ("x@y.example", &|files| change(files, CALENDAR, "2027-05-14", "2027-06-14")),
    ]);
    assert_eq!(found, [of("DROIT-INCONNU", STAFF), of("DROIT-INCONNU", CALENDAR)]);
}

#[test]
fn a_forged_unlock_opens_nothing_and_may_be_taken_back() {
    let result = |files: &mut Files| {
        change(files, EVALUATION, "dupont-lea = [\"+\"", "dupont-lea = [\"++\"");
    };
    let forge = |files: &mut Files| files.get_mut(REVIEW).unwrap().push_str(UNLOCK);
    let wipe = |files: &mut Files| change(files, REVIEW, UNLOCK, "");
    let found = told(&[(PAUL, &forge), (PAUL, &result), (PAUL, &wipe)]);
    assert_eq!(found, [of("VERROU-EVALUATION", EVALUATION)]);
    assert_eq!(told(&[(PAUL, &forge), (PAUL, &wipe)]), []);
    // The DDFPT may unlock; the trace then stays.
    let again = |files: &mut Files| {
        change(files, REVIEW, "valide_le = 2026-12-14", "valide_le = 2027-01-27");
    };
    assert_eq!(told(&[(ANNE, &forge), (PAUL, &result), (PAUL, &again)]), []);
    let found = told(&[(ANNE, &forge), (PAUL, &result), (ANNE, &wipe)]);
    assert_eq!(found, [of("VERROU-TRACE", REVIEW)]);
}

#[test]
fn a_pupil_who_is_taken_away_does_not_arrive() {
    let folder = "students/2025/nguyen-an/";
    let review = "students/2025/nguyen-an/reviews/2026-12-11.toml";
    let base = school();
    let found = told(&[
        (ANNE, &|files| files.retain(|path, _| !path.starts_with(folder))),
        (ANNE, &|files| {
            let back = base.iter().filter(|(path, _)| path.starts_with(folder));
            files.extend(back.map(|(path, text)| (path.clone(), text.clone())));
            files.insert(
                review.into(),
                "date = 2026-12-11\nauteur = \"mercier-paul\"\netat = \"brouillon\"\n".into(),
            );
        }),
    ]);
    assert_eq!(found, [of("DROIT-BILAN", review)]);
}

#[test]
fn what_is_changed_then_deleted_is_told() {
    let second =
        "[[journal]]\nsemaine = 2\nsaisi_le = 2027-01-08\nactivites = \"Vitrine de Noël.\"\n\n";
    let found = told(&[
        (PAUL, &|files| change(files, PORTFOLIO, "Vitrine.", "Vitrine de Noël.")),
        (PAUL, &|files| change(files, PORTFOLIO, second, "")),
    ]);
    let about = of("DROIT-APPRENANT", PORTFOLIO);
    assert!(!found.is_empty() && found.iter().all(|one| *one == about), "{found:?}");

    let kept = school().remove(REVIEW).unwrap();
    let found = told(&[
        (PAUL, &|files| drop(files.remove(REVIEW))),
        (PAUL, &|files| drop(files.insert(REVIEW.into(), kept.replace("13.5", "15")))),
    ]);
    assert!(found.contains(&of("VERROU-BILAN", REVIEW)), "{found:?}");
}

#[test]
fn what_is_put_back_is_not_told() {
    let found = told(&[
        (PAUL, &|files| change(files, PORTFOLIO, "Vitrine.", "La vitrine.")),
        (PAUL, &|files| change(files, PORTFOLIO, "La vitrine.", "Vitrine.")),
        (LEA, &|files| change(files, PORTFOLIO, "Vitrine.", "Ma vitrine.")),
    ]);
    assert_eq!(found, []);
    let found = told(&[
        (PAUL, &|files| change(files, PORTFOLIO, "Vitrine.", "La vitrine.")),
        (PAUL, &|files| change(files, PORTFOLIO, "La vitrine.", "Vitrine.")),
        (PAUL, &|files| change(files, PORTFOLIO, "Vitrine.", "La vitrine.")),
    ]);
    assert_eq!(found, [of("DROIT-APPRENANT", PORTFOLIO)]);
}

#[test]
fn a_slip_that_hides_a_file_blames_nobody_and_hides_nothing() {
    let comment =
        "[[commentaires]]\ndate = 2027-01-18\nauteur = \"mercier-paul\"\ntexte = \"Bien.\"\n";
    let slip = |files: &mut Files| {
        files.get_mut(PORTFOLIO).unwrap().push_str(&comment.replace("Bien.\"", "Bien."));
    };
    let mend = |files: &mut Files| change(files, PORTFOLIO, "Bien.", "Bien.\"");
    assert_eq!(told(&[(PAUL, &slip)]), [of("DROIT-APPRENANT", PORTFOLIO)]);
    assert_eq!(told(&[(PAUL, &slip), (PAUL, &mend)]), []);
    let both = |files: &mut Files| {
        mend(files);
        change(files, PORTFOLIO, "Accueil.", "Rangement.");
    };
    assert_eq!(told(&[(PAUL, &slip), (PAUL, &both)]), [of("DROIT-APPRENANT", PORTFOLIO)]);
    // A record that never was readable is judged as new once it is.
    let found = told(&[
        (JEAN, &|files| {
            files.insert(OTHER.into(), "titre = \"Caisse".into());
        }),
        (JEAN, &|files| {
            let text = "titre = \"Caisse\"\ndate = 2027-03-05\nauteur = \"mercier-paul\"\ncomplexite = \"C\"\ncriteres = []\n";
            files.insert(OTHER.into(), text.into());
        }),
    ]);
    assert_eq!(found, [of("DROIT-SIGNATURE", OTHER)]);
}

#[test]
fn a_forged_name_is_told_under_another_path() {
    let text = "titre = \"Caisse\"\ndate = 2027-03-05\nauteur = \"mercier-paul\"\ncomplexite = \"C\"\ncriteres = []\n";
    let new = "evaluations/2026-2027/1mcva1/encaisser.toml";
    let found = told(&[
        (JEAN, &|files| drop(files.insert(OTHER.into(), text.into()))),
        (JEAN, &|files| {
            let text = files.remove(OTHER).unwrap();
            files.insert(new.into(), text);
        }),
    ]);
    assert_eq!(found, [of("DROIT-SIGNATURE", new)]);
}
