//! The computations that run once for each pupil and competence.
#![allow(clippy::unwrap_used, reason = "a bench stops when it cannot go on")]

use jalon::insight::{Observation, suggest};
use jalon::record::Level;
use jalon::school::CriterionIx;
use jalon::text::Date;

fn main() {
    divan::main();
}

#[divan::bench(args = [3, 30, 300])]
fn suggestion(bencher: divan::Bencher<'_, '_>, results: u16) {
    let date = Date::new(2026, 11, 6).unwrap();
    let observations: Vec<Observation> = (0..results)
        .map(|n| Observation {
            criterion: CriterionIx(n % 4),
            date,
            level: Level::ALL[usize::from(n * 7 % 5)],
        })
        .collect();
    bencher.bench(|| suggest(divan::black_box(&observations)));
}

#[divan::bench]
fn markdown_of_a_remark() -> String {
    jalon::render::markdown(divan::black_box(
        "Léa progresse nettement en vente : elle écoute le client, reformule et propose une solution **qui convient**.",
    ))
}
