//! `jalon demo`: invents a lycée professionnel of any size, with its past, to show and to measure the product.
//!
//! Everything is drawn from a seed; the corpora under `assets/demo` hold the French data.

mod annexes;
mod attestations;
mod books;
mod calendar;
mod corpus;
mod dates;
mod emit;
mod enrol;
mod evaluations;
mod grammar;
mod grids;
mod guardians;
mod hosts;
mod imports;
mod journal;
mod judgement;
mod letters;
pub mod life;
mod livrets;
mod minutes;
mod names;
mod periods;
mod picture;
mod portfolios;
mod progress;
mod pupils;
mod referential;
mod register;
mod reviews;
mod rng;
mod sayings;
mod scenarios;
mod staff;
mod structure;
#[cfg(test)]
mod tests;
mod texts;
mod trades;
mod world;

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;

use corpus::{Corpus, text};
use emit::Document;
use names::Names;
use referential::Referential;
use structure::{Level, Plan};
use world::World;

const CERTIFICATION: &str = include_str!("../../assets/demo/certification.toml");
const BOOK: &str = include_str!("../../assets/demo/book.toml");
const LOGO: &str = "logo.png";
const LIVRETS: &str = include_str!("../../assets/demo/livrets.toml");

/// What to invent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Options {
    /// Pupils of the current school year; those who have left since come on top.
    pub students: usize,
    /// School years of history, the current one included (1 to 3).
    pub years: u8,
    /// Seed of all chance.
    pub seed: u64,
}

/// Invents a school: paths relative to `content/` and contents, sorted by path.
///
/// `referentials` maps a code (`mcv-a`) to the text of its file, given back unchanged.
pub fn generate(
    options: &Options,
    referentials: &BTreeMap<String, String>,
) -> Vec<(String, Vec<u8>)> {
    let Options { students, seed, .. } = *options;
    let years = usize::from(options.years.clamp(1, 3));
    let corpus = Corpus::load();
    let known: BTreeMap<String, Referential> = referentials
        .iter()
        .map(|(code, source)| (code.clone(), Referential::parse(source)))
        .collect();
    let names = Names::load(&corpus);
    let places = guardians::Places::load(&corpus);
    let mut plan = Plan::draw(&corpus, students, years, seed, &known);
    let staff = staff::Staff::hire(&corpus, &names, &plan, students, seed);
    staff.assign(&mut plan);
    let plan = plan;
    let pupils = enrol::enrol(&plan, &names, &places, students, seed);
    let open: BTreeSet<usize> =
        pupils.iter().flat_map(|pupil| pupil.stays.iter().map(|stay| stay.division)).collect();
    let keep = |division: usize| open.contains(&division);
    let scenarios = scenarios::fit(&corpus, &plan, &staff, &known, seed, &keep);
    let evaluations = evaluations::hold(&plan, &pupils, &scenarios, &known, seed);
    let council =
        reviews::Council::new(&corpus, &plan, &staff, &known, &pupils, &evaluations, seed);

    let mut files: Vec<(String, String)> = Vec::new();
    files.push(("school.toml".to_owned(), school(&corpus, &plan)));
    files.push(("staff.toml".to_owned(), staff.write()));
    for (code, source) in referentials {
        files.push((format!("referentials/{code}.toml"), source.clone()));
    }
    for (index, year) in plan.years.iter().enumerate() {
        let divisions: Vec<&structure::Division> = plan
            .divisions
            .iter()
            .enumerate()
            .filter(|(place, division)| division.year == index && keep(*place))
            .map(|(_, division)| division)
            .collect();
        let exams = exams(&divisions, &known, year.start + 1);
        files.push((format!("calendar/{}.toml", year.label()), year.write(&divisions, &exams)));
        files.push((format!("classes/{}.toml", year.label()), plan.write_classes(index, &keep)));
    }
    files.extend(imports::write(&corpus, &plan, &pupils, &keep));
    for scenario in &scenarios {
        files.push((format!("scenarios/{}.toml", scenario.key()), scenario.write()));
    }
    for evaluation in &evaluations {
        let Some(division) = plan.divisions.get(evaluation.division) else {
            continue;
        };
        let Some(year) = plan.years.get(division.year) else {
            continue;
        };
        let path = format!("evaluations/{}/{}/{}.toml", year.label(), division.id, evaluation.slug);
        files.push((path, evaluation.write(&scenarios, &pupils)));
    }
    let mut held: Vec<Vec<reviews::Sitting>> = Vec::with_capacity(pupils.len());
    for (index, pupil) in pupils.iter().enumerate() {
        files.push((format!("{}/student.toml", pupil.folder()), pupil.write(&plan)));
        let (mut reviews, sittings) = council.write(index);
        files.append(&mut reviews);
        held.push(sittings);
    }
    let trades = trades::Trades::load();
    let directory = hosts::Directory::new(&corpus, &trades, &names, &staff, seed);
    let world =
        World { plan: &plan, staff: &staff, known: &known, pupils: &pupils, directory, seed };
    let hired: BTreeSet<usize> = pupils
        .iter()
        .flat_map(|pupil| &pupil.stays)
        .filter(|stay| stay.apprentice)
        .map(|stay| stay.division)
        .collect();
    let hires = |place: usize| hired.contains(&place);
    let annexes = annexes::draw(&trades, &plan, &staff, &known, &keep, &hires);
    let periods = periods::draw(&plan, &pupils, &annexes, &keep, seed);
    for annex in &annexes {
        files.push((format!("pfmp/annexes/{}.toml", annex.key()), annex.write()));
    }
    for period in &periods {
        let Some(year) = plan.years.get(period.year) else {
            continue;
        };
        let path = format!("pfmp/periods/{}/{}.toml", year.label(), period.slug);
        files.push((path, period.write(&annexes, &pupils)));
    }
    files.par_extend(periods.par_iter().flat_map_iter(|period| {
        let placements = period.learners.iter();
        placements.filter_map(|learner| {
            portfolios::Placement::of(&world, period, learner)?.write(&annexes, &trades)
        })
    }));
    let journeys = world::Journeys::new(&world, &periods);
    let commissions = sayings::Sayings::parse(CERTIFICATION);
    let words = sayings::Sayings::parse(LIVRETS);
    let rules = livrets::rules(referentials.get("commun"));
    let secretariat = livrets::Secretariat {
        world: &world,
        journeys: &journeys,
        sayings: &words,
        trades: &trades,
        rules: &rules,
    };
    let mut kept: BTreeSet<String> = BTreeSet::new();
    for (index, sittings) in held.iter().enumerate() {
        let livrets = secretariat.write(index, sittings);
        kept.extend(livrets.iter().map(|(path, _)| path.clone()));
        files.extend(livrets);
    }
    files.extend(register::write(&world, &commissions, &|pupil, year| {
        kept.contains(&format!("{}/lsl/{}.toml", pupil.folder(), year.label()))
    }));
    for (index, pupil) in pupils.iter().enumerate() {
        files.extend(grids::write(&world, &journeys, &commissions, index));
        files.extend(attestations::write(&world, pupil));
    }
    let models = books::models(BOOK);
    let mut files: Vec<(String, Vec<u8>)> =
        files.into_iter().map(|(path, text)| (path, text.into_bytes())).collect();
    files.push((LOGO.to_owned(), picture::logo()));
    files.par_extend(
        (0..pupils.len())
            .into_par_iter()
            .flat_map_iter(|index| books::write(&world, &journeys, &trades, &models, index)),
    );
    files.sort();
    files
}

/// Writes the establishment's own record.
fn school(corpus: &Corpus, plan: &Plan) -> String {
    let table = &corpus.school;
    let mut file = Document::new();
    file.value("format", 1);
    for key in
        ["nom", "uai", "academie", "adresse", "code_postal", "ville", "telephone", "courriel"]
    {
        file.optional(key, &text(table, key));
    }
    if let Some(year) = plan.years.last() {
        file.string("annee", &year.label());
    }
    file.string("logo", LOGO);
    file.value("book", true);
    file.table("forge");
    file.string("logiciel", "gitlab");
    file.string("adresse", &text(table, "forge"));
    file.string("branche", "main");
    if let Some(year) = plan.years.last() {
        letters::open(&mut file, table, year);
    }
    file.finish()
}

/// Lists the exams held in the school at the end of the year: diploma, code, title.
fn exams(
    divisions: &[&structure::Division],
    known: &BTreeMap<String, Referential>,
    session: i32,
) -> Vec<(String, String, String)> {
    let finals: BTreeSet<&str> = divisions
        .iter()
        .filter(|division| division.level == Level::Terminale)
        .map(|division| division.diploma.as_str())
        .collect();
    let mut found = Vec::new();
    for code in finals {
        let Some(referential) = known.get(code) else {
            continue;
        };
        found.extend(
            referential
                .held(session)
                .into_iter()
                .map(|exam| (code.to_owned(), exam.code.clone(), exam.title.clone())),
        );
    }
    found
}
