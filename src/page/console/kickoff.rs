//! The framing meeting of the start of the year, on one page, from the school's own data (CON-07).

use serde::Serialize;

use crate::insight::console::{StepState, steps};
use crate::insight::official_periods;
use crate::page::{D, Document, Frame, Site, Subject, frame};
use crate::text::{and_list, count, short_date};

/// The context of the checklist.
#[derive(Debug, Serialize)]
pub struct KickoffPage {
    /// Around the page.
    pub frame: Frame,
    /// "2026-2027".
    pub year: String,
    /// What to decide together; one part a subject.
    pub parts: Vec<KickoffPart>,
}

/// A subject of the meeting.
#[derive(Debug, Serialize)]
pub struct KickoffPart {
    /// "Scénarios".
    pub title: &'static str,
    /// What to agree on.
    pub question: &'static str,
    /// What the records say: one line a fact.
    pub facts: Vec<String>,
}

/// Computes the checklist.
pub fn kickoff_page(site: &Site<'_>, at: &str) -> KickoffPage {
    KickoffPage {
        frame: frame(site, at, "Réunion de rentrée", None, None)
            .papers(site, at, &[Document::Kickoff])
            .crumb(site, at, "Console de pilotage", Subject::Console),
        year: site.school.current_year().to_string(),
        parts: vec![
            KickoffPart {
                title: "Réglages de l’année",
                question: "Tout est-il saisi avant le premier cours ?",
                facts: settings(site),
            },
            KickoffPart {
                title: "Scénarios",
                question: "Lesquels reprendre, lesquels écrire, qui les écrit ?",
                facts: per_diploma(site, scenarios),
            },
            KickoffPart {
                title: "Positionnement",
                question: "Combien d’évaluations par période, et de quelle complexité ?",
                facts: per_diploma(site, evaluations),
            },
            KickoffPart {
                title: "Suivi en entreprise",
                question: "Qui écrit les annexes, qui est référent de qui, quand sont les visites ?",
                facts: per_diploma(site, companies),
            },
            KickoffPart {
                title: "Périodes officielles et bilans",
                question: "Qui fait les bilans de chaque classe, et pour quel jour ?",
                facts: per_diploma(site, periods),
            },
        ],
    }
}

fn settings(site: &Site<'_>) -> Vec<String> {
    let steps = steps(site.school);
    let done = steps.iter().filter(|step| step.state == StepState::Done).count();
    let mut facts = vec![format!("{done} étapes de la console sur {} sont faites.", steps.len())];
    for step in steps.iter().filter(|step| step.state != StepState::Done) {
        facts.push(format!("Reste à régler : {}.", and_list(&step.remaining)));
    }
    facts
}

/// What each diploma tells; those that tell the same are told together.
fn per_diploma(site: &Site<'_>, fact: impl Fn(&Site<'_>, D) -> String) -> Vec<String> {
    let mut told: Vec<(Vec<&str>, String)> = Vec::new();
    for d in &site.diplomas {
        let sigle = site.school.referentials[*d].record.sigle.as_str();
        let words = fact(site, *d);
        match told.iter_mut().find(|(_, other)| *other == words) {
            Some((sigles, _)) => sigles.push(sigle),
            None => told.push((vec![sigle], words)),
        }
    }
    told.iter().map(|(sigles, words)| format!("{} : {words}.", and_list(sigles))).collect()
}

fn scenarios(site: &Site<'_>, d: D) -> String {
    let scenarios = site.school.scenarios.values().iter();
    let shared = scenarios.filter(|scenario| scenario.diploma == d && !scenario.record.prive);
    count(shared.count(), "scénario partagé", "scénarios partagés")
}

fn evaluations(site: &Site<'_>, d: D) -> String {
    let school = site.school;
    let classes = site.classes(d).iter().map(|class| &school.classes[*class]);
    let last = classes.filter(|class| class.year.0 + 1 == school.current_year().0);
    let (number, evaluated) =
        last.fold((0, 0), |(n, sum), class| (n + 1, sum + class.evaluations.len()));
    if number == 0 {
        return "pas de classe l’an dernier".to_owned();
    }
    format!(
        "{} l’an dernier, pour {}",
        count(evaluated, "évaluation", "évaluations"),
        count(number, "classe", "classes")
    )
}

fn companies(site: &Site<'_>, d: D) -> String {
    let school = site.school;
    let annexes = school.annexes.values().iter().filter(|annex| annex.diploma == d).count();
    let mut periods: Vec<String> = Vec::new();
    let of_year = school.periods.values().iter();
    let of_year = of_year.filter(|one| one.diploma == d && one.year == school.current_year());
    for period in of_year {
        let (from, to) = (short_date(period.record.debut), short_date(period.record.fin));
        // "PFMP 3": on one page, its full title would hide the dates.
        let words = format!("{} du {from} au {to}", period.short_name());
        if !periods.contains(&words) {
            periods.push(words);
        }
    }
    let annexes = count(annexes, "annexe", "annexes");
    if periods.is_empty() {
        format!("{annexes}, aucune période déclarée cette année")
    } else {
        format!("{annexes} ; {}", and_list(&periods))
    }
}

fn periods(site: &Site<'_>, d: D) -> String {
    let school = site.school;
    let mut names: Vec<String> = Vec::new();
    for class in site.current_classes(d) {
        for period in official_periods(school, &school.classes[class]) {
            let name = format!("{} jusqu’au {}", period.intitule, short_date(period.fin));
            if !names.contains(&name) {
                names.push(name);
            }
        }
    }
    if names.is_empty() { "aucune période saisie".to_owned() } else { and_list(&names) }
}
