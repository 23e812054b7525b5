//! The four steps of the opening of the families' site (NAT-30).

use serde::Serialize;

use crate::page::Day;
use crate::record::FamilySite;
use crate::text::{Date, SchoolYear};

/// A step, done or to do.
#[derive(Debug, Serialize)]
pub struct OpeningStep {
    /// "Site mis en ligne".
    pub label: &'static str,
    /// What the step is.
    pub words: &'static str,
    /// `done`, `current` or `to-do`.
    pub state: &'static str,
    /// The day on which it was done, or until which it lasts.
    pub day: Option<Day>,
    /// Whether the day is the last one of something.
    pub until: bool,
    /// The key of `[familles]` that says so.
    pub key: &'static str,
    /// A day as it is typed there.
    pub example: String,
}

/// Days from the first of August to that of the first step, in examples.
const FIRST: i32 = 37;

/// The steps, in their order: the first without a date is the one to do now.
pub(super) fn steps(site: Option<&FamilySite>, year: SchoolYear) -> Vec<OpeningStep> {
    type Part = (&'static str, &'static str, &'static str, fn(&FamilySite) -> Option<Date>);
    let all: [Part; 4] = [
        (
            "Activation décidée",
            "Le chef d’établissement décide d’ouvrir le service aux familles.",
            "activation",
            |site| site.activation,
        ),
        (
            "Site mis en ligne",
            "Le site des familles est publié à son adresse, et s’ouvre avec une lettre d’essai.",
            "ouverture",
            |site| site.ouverture,
        ),
        (
            "Lettres remises",
            "Chaque responsable et chaque élève reçoit sa lettre, avec le coupon de refus.",
            "notification",
            |site| site.notification,
        ),
        (
            "Coupons de refus recueillis",
            "Les coupons rendus sont notés, jusqu’au jour que les lettres indiquent.",
            "refus_avant",
            |site| site.refus_avant,
        ),
    ];
    let mut current = false;
    let step = |(days, (label, words, key, date)): (i32, Part)| {
        let day = site.and_then(date);
        let state = match day {
            Some(_) => "done",
            None if !std::mem::replace(&mut current, true) => "current",
            None => "to-do",
        };
        OpeningStep {
            label,
            words,
            state,
            day: day.map(Day::from),
            until: key == "refus_avant",
            key,
            example: year.first_day().plus(days).to_string(),
        }
    };
    [FIRST, 44, 48, 62].into_iter().zip(all).map(step).collect()
}

/// What opens the service when it is written at the end of `school.toml`.
pub(super) fn settings(year: SchoolYear) -> String {
    let first = year.first_day();
    format!(
        "[familles]\nadresse = \"https://familles.exemple.fr/\"\ncontact = \"la vie scolaire, au 03 00 00 00 00\"\n\
         activation = {}\n",
        first.plus(FIRST)
    )
}
