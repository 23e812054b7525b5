//! The school shipped in `content/` is sound, laid out, and shows what the product is for.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test stops when it cannot go on")]

mod common;

use std::path::Path;

use jalon::record::Status;
use jalon::record::layout::lay_out_file;
use jalon::rule;
use jalon::source::{Folder, Texts};

fn folder() -> Folder {
    Folder::open(Path::new(env!("CARGO_MANIFEST_DIR")).join("content")).unwrap()
}

#[test]
fn nothing_is_wrong_with_it() {
    let (school, diagnostics) = common::shipped_school();
    let told: Vec<_> = diagnostics.iter().map(|d| format!("{}: {}", d.file, d.message)).collect();
    assert!(told.is_empty(), "{told:#?}");
    let told: Vec<_> = rule::check(&school)
        .into_iter()
        .map(|f| format!("{}: {}", f.site.file, f.message))
        .collect();
    assert!(told.is_empty(), "{told:#?}");
}

#[test]
fn every_file_is_laid_out() {
    let (texts, _) = Texts::read(&folder()).unwrap();
    let untidy: Vec<_> = texts
        .iter()
        .filter(|(path, text)| !lay_out_file(path, text).is_ok_and(|laid| *laid == ***text))
        .map(|(path, _)| path.to_string())
        .collect();
    assert!(untidy.is_empty(), "{untidy:#?}");
}

/// What the demonstration must hold of companies, exams and books.
#[test]
fn it_holds_what_companies_and_exams_leave() {
    let (school, _) = common::shipped_school();
    let portfolios = school.portfolios.values();
    let company = |test: &dyn Fn(&jalon::record::Company) -> bool| {
        portfolios.iter().any(|one| one.record.entreprise.as_ref().is_some_and(test))
    };
    assert!(company(&|company| company.pays.is_some()), "a PFMP abroad");
    let reviews = || portfolios.iter().filter_map(|one| one.record.bilan_entreprise.as_ref());
    assert!(reviews().any(|review| review.sans_tuteur.is_some()), "a review without the tutor");
    let draft = jalon::record::ReviewState::Draft;
    assert!(reviews().any(|review| review.etat == draft), "a draft of a company review");
    assert!(school.periods.values().iter().any(|p| p.record.apprenants.is_some()), "a path apart");
    let locked = |grid: &&jalon::school::FilledGrid| grid.record.verrouillage.is_some();
    let (closed, open): (Vec<_>, Vec<_>) = school.grids.values().iter().partition(locked);
    assert!(closed.iter().any(|grid| grid.session == 2027), "a grid of this session, closed");
    assert!(open.iter().all(|grid| grid.session == 2027) && !open.is_empty(), "grids under way");
    assert!(!school.attestations.values().is_empty(), "attestations");
    let sent = |livret: &jalon::school::Livret| !livret.record.envois.is_empty();
    assert!(school.livrets.values().iter().any(sent), "livrets that were sent");
    assert!(!school.livrets.values().iter().all(sent), "livrets under way");
    assert!(school.establishment.book && !school.book_pages.values().is_empty(), "a book");
    assert!(!school.commissions.values().is_empty(), "commissions");
    assert!(!school.deliveries.values().is_empty(), "deliveries");
}

/// What the demonstration must hold: every diploma, and the cases that tools get wrong.
#[test]
fn it_holds_the_uncommon_cases() {
    let (school, _) = common::shipped_school();
    for code in ["agora", "ciel", "ma", "mcv-a", "mcv-b", "melec", "mrc", "sn"] {
        let diploma = school.referential(code).unwrap();
        assert!(school.classes.values().iter().any(|class| class.diploma == diploma), "{code}");
    }
    let pupils = school.pupils.values();
    assert!(pupils.iter().any(|pupil| pupil.record.ine.is_none()), "a pupil without INE");
    assert!(pupils.iter().any(|pupil| pupil.id.ends_with("-2")), "homonyms");
    assert!(pupils.iter().any(|pupil| pupil.record.inactif_depuis.is_some()), "a leaver");
    let apprentice = |stay: &jalon::school::Stay| stay.status == Status::Apprentice;
    assert!(pupils.iter().any(|pupil| pupil.stays.iter().any(apprentice)), "an apprentice");
    let repeats = |pupil: &jalon::school::Pupil| {
        let premieres = pupil.stays.iter().map(|stay| &school.classes[stay.class]);
        let mut levels: Vec<_> = premieres.map(|class| (class.record.niveau, class.year)).collect();
        levels.sort();
        levels.dedup();
        levels.windows(2).any(|pair| pair[0].0 == pair[1].0)
    };
    assert!(pupils.iter().any(repeats), "a redoublant");
    assert!(school.scenarios.values().iter().any(|s| !s.files.is_empty()), "a scenario with files");
    assert!(school.scenarios.values().iter().any(|s| s.record.prive), "a private scenario");
    assert!(school.evaluations.values().iter().any(|e| !e.record.affichage), "a hidden evaluation");
    assert!(school.reviews.values().iter().any(|r| !r.is_valid()), "a draft");
    assert!(
        school.reviews.values().iter().any(|r| !r.record.deverrouillage.is_empty()),
        "an unlock"
    );
}
