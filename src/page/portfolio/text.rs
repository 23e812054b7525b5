//! Texts ready to paste: a new portfolio, a company review to make with the tutor.

use std::collections::BTreeSet;
use std::fmt::Write;

use crate::school::{CompetenceIx, Ix, Period, Pupil, School};

/// A new portfolio: the company and the tutor first, then the learner writes (POR-04).
pub(super) fn new_portfolio(period: &Period) -> String {
    let mut text = String::from(
        "[entreprise]\nnom = \"?\"\nactivite = \"?\"\nadresse = \"?\"\ncode_postal = \"?\"\nville = \"?\"\ntelephone = \"?\"\n\n\
         [tuteur]\ncivilite = \"M.\"\nnom = \"?\"\nprenom = \"?\"\nfonction = \"?\"\ntelephone = \"?\"\n\n\
         [[journal]]\nsemaine = 1\n",
    );
    // Writing to a string cannot fail.
    let _ = write!(
        text,
        "saisi_le = {}\nactivites = \"\"\"\n?\"\"\"\ntaches = []\n",
        period.weeks().first().map_or(period.record.debut, |week| week.to)
    );
    text
}

/// A company review: a line for each competence that the planned tasks mobilise, to be assessed with
/// the tutor (POR-12). It is a draft: nothing shows until it is validated.
pub(super) fn new_review(school: &School, period_ix: Ix<Period>, pupil: Ix<Pupil>) -> String {
    let period = &school.periods[period_ix];
    let referential = &school.referentials[period.diploma];
    let teacher = period.referent(pupil).map_or("?", |person| school.people[person].id.as_str());
    let portfolio = school.portfolio(pupil, period_ix).map(|ix| &school.portfolios[ix]);
    let tutor = portfolio.and_then(|portfolio| portfolio.record.tuteur.as_ref());
    let tutor = tutor.map_or_else(
        || "?".to_owned(),
        |tutor| match &tutor.prenom {
            Some(first) => format!("{first} {}", tutor.nom),
            None => tutor.nom.clone(),
        },
    );
    let mut text = format!(
        "[bilan_entreprise]\ndate = ?\nenseignant = \"{teacher}\"\ntuteur = \"{tutor}\"\netat = \"brouillon\"\n\
         appreciation = \"?\"\n\n[bilan_entreprise.resultats]\n"
    );
    let done = portfolio.map(crate::school::Portfolio::tasks).unwrap_or_default();
    let linked: BTreeSet<CompetenceIx> = (period.tasks.iter().chain(&done))
        .flat_map(|task| referential.links(*task))
        .map(|(competence, _)| *competence)
        .collect();
    for competence in referential.competence_ixs() {
        if linked.is_empty() || linked.contains(&competence) {
            let record = referential.competence_record(competence);
            let _ = writeln!(text, "\"{}\" = \"NE\"  # {}", record.code, record.intitule);
        }
    }
    text
}
