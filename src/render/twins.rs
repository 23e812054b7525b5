//! The JSON twins of pages, under `api/`.

use serde::Serialize;

use crate::insight::filled_grid;
use crate::page::{
    D, Site, books_twin, class_twin, console_twin, evaluation_twin, families_twin, grid_twin,
    period_twin, portfolios_twin, pupil_twin, recap_twin, register_sessions, register_twin,
};
use crate::school::{Class, Evaluation, FilledGrid, Ix, Period, Pupil};

/// What a twin is about.
#[derive(Clone, Copy, Debug)]
pub(super) enum Twin {
    Pupil(D, Ix<Pupil>),
    Class(Ix<Class>),
    Evaluation(Ix<Evaluation>),
    Portfolios(Ix<Period>),
    Console,
    Families,
    Register(i16),
    Books(D),
    Recap(D, i16),
    Grid(D, i16, Ix<FilledGrid>),
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
        let recaps = site.certification.keys().map(|(d, session)| Self::Recap(*d, *session));
        let grids = site.national_grids().filter_map(|(d, pupil, session, place)| {
            let filled = filled_grid(site.school, pupil, d, session, place)?;
            Some(Self::Grid(d, session, filled))
        });
        let open = site.school.establishment.book;
        let books = site.all_diplomas().filter(move |_| open).map(Self::Books);
        pupils
            .chain(classes)
            .chain(evaluations)
            .chain([Self::Console, Self::Families])
            .chain(registers)
            .chain(periods)
            .chain(portfolios)
            .chain(books)
            .chain(recaps)
            .chain(grids)
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
            Self::Recap(d, session) => {
                format!("api/certification/{}/{session}.json", school.referentials[d].code)
            }
            Self::Grid(d, session, ix) => {
                let (referential, grid) = (&school.referentials[d], &school.grids[ix]);
                let (id, name) = (&school.pupils[grid.pupil].id, referential.grid_name(grid.grid));
                format!("api/certification/{}/{session}/{id}/{name}.json", referential.code)
            }
            Self::Books(d) => format!("api/book/{}.json", school.referentials[d].code),
            Self::Console => "api/console.json".to_owned(),
            Self::Families => "api/familles.json".to_owned(),
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
            Self::Recap(d, session) => json(&recap_twin(site, d, session)),
            Self::Grid(_, _, ix) => json(&grid_twin(site, ix)),
            Self::Books(d) => json(&books_twin(site, d)),
            Self::Console => json(&console_twin(site)),
            Self::Families => json(&families_twin(site)),
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
