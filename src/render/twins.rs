//! The JSON twins of pages, under `api/`.

use serde::Serialize;

use crate::page::{
    D, Site, class_twin, console_twin, evaluation_twin, period_twin, portfolios_twin, pupil_twin,
    register_sessions, register_twin,
};
use crate::school::{Class, Evaluation, Ix, Period, Pupil};

/// What a twin is about.
#[derive(Clone, Copy, Debug)]
pub(super) enum Twin {
    Pupil(D, Ix<Pupil>),
    Class(Ix<Class>),
    Evaluation(Ix<Evaluation>),
    Portfolios(Ix<Period>),
    Console,
    Register(i16),
    Period(Ix<Period>),
}

impl Twin {
    /// All twins of a site.
    pub(super) fn all(site: &Site<'_>) -> impl Iterator<Item = Self> {
        let pupils = site.dashboards().map(|(d, pupil)| Self::Pupil(d, pupil));
        let classes = site.school.classes.iter().map(|(ix, _)| Self::Class(ix));
        let evaluations = site.school.evaluations.iter().map(|(ix, _)| Self::Evaluation(ix));
        let registers = register_sessions(site).into_iter().map(Self::Register);
        let periods = site.school.periods.iter().map(|(ix, _)| Self::Period(ix));
        let portfolios = site.school.periods.iter().map(|(ix, _)| Self::Portfolios(ix));
        pupils
            .chain(classes)
            .chain(evaluations)
            .chain([Self::Console])
            .chain(registers)
            .chain(periods)
            .chain(portfolios)
    }

    /// Where it stands.
    pub(super) fn address(self, site: &Site<'_>) -> String {
        let school = site.school;
        match self {
            Self::Pupil(d, pupil) => {
                let (code, id) = (&school.referentials[d].code, &school.pupils[pupil].id);
                format!("api/eleves/{code}/{id}.json")
            }
            Self::Class(ix) => format!("api/classes/{}.json", school.classes[ix].id()),
            Self::Portfolios(ix) => format!("api/portfolios/{}.json", school.periods[ix].id),
            Self::Evaluation(ix) => format!("api/evaluations/{}.json", school.evaluations[ix].id),
            Self::Period(ix) => format!("api/periodes/{}.json", school.periods[ix].id),
            Self::Console => "api/console.json".to_owned(),
            Self::Register(session) => format!("api/registre/{session}.json"),
        }
    }

    /// What it says.
    pub(super) fn bytes(self, site: &Site<'_>) -> Vec<u8> {
        match self {
            Self::Pupil(d, pupil) => json(&pupil_twin(site, d, pupil)),
            Self::Class(ix) => json(&class_twin(site, ix)),
            Self::Portfolios(ix) => json(&portfolios_twin(site, ix)),
            Self::Evaluation(ix) => json(&evaluation_twin(site, ix)),
            Self::Period(ix) => json(&period_twin(site, ix)),
            Self::Console => json(&console_twin(site)),
            Self::Register(session) => json(&register_twin(site, session)),
        }
    }
}

fn json(twin: &impl Serialize) -> Vec<u8> {
    // Twins hold texts, numbers and lists: nothing that serialisation could refuse.
    let mut bytes = serde_json::to_vec(twin).unwrap_or_default();
    bytes.push(b'\n');
    bytes
}
