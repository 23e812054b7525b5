//! What all pages share: the school, and a few figures computed once.

use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostic::Diagnostic;
use crate::history::{Audit, Chronicle};
use crate::insight::{
    Candidates, Involvement, RegisterOf, SessionKey, certification_sessions, involvement,
    register_by_pupil,
};
use crate::record::ReferentialType;
use crate::school::{Class, FilledGrid, Ix, Livret, Pupil, School};
use crate::text::{Collation, Date};

use super::document::grid_names;
use super::{D, Mark};

/// The staff's site before it is rendered.
#[derive(Debug)]
pub struct Site<'a> {
    /// The school.
    pub school: &'a School,
    /// What the check found: pages that miss something say so.
    pub diagnostics: &'a [Diagnostic],
    /// The day of the run: the console depends on it, and nothing else.
    pub today: Date,
    /// French order.
    pub collation: Collation,
    /// Diplomas with at least one class this year, in the order of their names.
    pub diplomas: Vec<D>,
    /// Diplomas with classes in earlier years only.
    pub former: Vec<D>,
    /// The référentiel of the rules common to all diplomas, if there is one.
    pub common: Option<D>,
    /// What each person is involved in.
    pub involvement: Vec<Involvement>,
    /// What the register holds about each pupil.
    pub register: Vec<RegisterOf>,
    /// The sessions of certification, with their candidates in the order of names.
    pub certification: BTreeMap<SessionKey, Candidates>,
    /// Photographs of books that could not be drawn after all, by path.
    pub undrawn: BTreeSet<String>,
    /// Whether documents are printed: pages then lead to them.
    pub documents: bool,
    /// The files for LibreOffice, Word and other schools that the site has, by address: pages lead to them.
    pub office: BTreeSet<String>,
    /// What Git tells of the records, where there is a history and all of it is there.
    pub annals: Option<&'a (Audit, Chronicle)>,
    /// The name of the person or learner behind each address.
    pub(super) names: BTreeMap<String, String>,
    /// Which state of the past this is; nothing for the present one.
    pub mark: Option<Mark>,
    grid_names: Vec<String>,
    classes: BTreeMap<D, Vec<Ix<Class>>>,
    last_class: BTreeMap<(D, Ix<Pupil>), Ix<Class>>,
}

impl<'a> Site<'a> {
    /// Computes what all pages share.
    pub fn new(school: &'a School, diagnostics: &'a [Diagnostic], today: Date) -> Self {
        let collation = Collation::new();
        let mut classes: BTreeMap<D, Vec<Ix<Class>>> = BTreeMap::new();
        for year in school.years.iter().rev() {
            for class in &year.classes {
                classes.entry(school.classes[*class].diploma).or_default().push(*class);
            }
        }
        let current = |d: &D| {
            classes[d].iter().any(|class| school.classes[*class].year == school.current_year())
        };
        let mut diplomas: Vec<D> = classes.keys().copied().collect();
        diplomas.sort_by(|a, b| {
            let name = |d: &D| school.referentials[*d].record.sigle.as_str();
            collation.compare(name(a), name(b))
        });
        let (diplomas, former) = diplomas.into_iter().partition(current);
        let mut last_class = BTreeMap::new();
        for (ix, pupil) in school.pupils.iter() {
            for stay in &pupil.stays {
                last_class.insert((school.classes[stay.class].diploma, ix), stay.class);
            }
        }
        let is_common = |d: &D| school.referentials[*d].record.genre == ReferentialType::Common;
        let common = school.referentials.iter().map(|(ix, _)| ix).find(is_common);
        let involvement = involvement(school);
        let register = register_by_pupil(school);
        let certification = certification_sessions(school, &collation);
        Self {
            school,
            diagnostics,
            today,
            collation,
            diplomas,
            former,
            common,
            involvement,
            register,
            certification,
            undrawn: BTreeSet::new(),
            documents: true,
            office: BTreeSet::new(),
            annals: None,
            names: BTreeMap::new(),
            mark: None,
            grid_names: grid_names(school),
            classes,
            last_class,
        }
    }

    /// Notes the photographs of books that could not be drawn: the pages that name them say so.
    #[must_use]
    pub fn without(mut self, undrawn: BTreeSet<String>) -> Self {
        self.undrawn = undrawn;
        self
    }

    /// Has pages lead to files for LibreOffice, Word and other schools, by address.
    #[must_use]
    pub fn offering(mut self, office: BTreeSet<String>) -> Self {
        self.office = office;
        self
    }

    /// Tells on each page the life of the records that it shows.
    #[must_use]
    pub fn with_annals(mut self, annals: Option<&'a (Audit, Chronicle)>) -> Self {
        self.annals = annals;
        let learners = self.school.pupils.values().iter();
        let learners = learners.map(|pupil| (&pupil.record.courriels, pupil.full_name()));
        let staff = self.school.people.values().iter();
        // A member of the staff comes last: an address that two share is theirs.
        let staff = staff.map(|person| (&person.record.courriels, person.full_name()));
        for (emails, name) in learners.chain(staff).filter(|_| annals.is_some()) {
            self.names.extend(emails.iter().map(|email| (email.to_lowercase(), name.clone())));
        }
        self
    }

    /// Leaves the documents out: no page leads to one.
    #[must_use]
    pub fn without_documents(mut self) -> Self {
        self.documents = false;
        self
    }

    /// Says of the site, on each page and document, that it shows a state of the past.
    #[must_use]
    pub fn marked(mut self, mark: Option<Mark>) -> Self {
        self.mark = mark;
        self
    }

    /// The name of the file of a printed grid, without its extension (CCF-15).
    pub fn grid_file_name(&self, grid: Ix<FilledGrid>) -> &str {
        &self.grid_names[grid.get()]
    }

    /// The pupils of a class whose livret is handed over on paper, in the order of the list: they, or
    /// one of those responsible for them, refused the site (NAT-28, NAT-37).
    pub fn on_paper(&self, class: Ix<Class>) -> Vec<(Ix<Pupil>, Ix<Livret>)> {
        let class = &self.school.classes[class];
        let of = |pupil: &Ix<Pupil>| {
            let refused = self.school.pupils[*pupil].record.refused_site();
            let livret = self.school.livret_of(*pupil, class.year);
            livret.filter(|_| refused).map(|livret| (*pupil, livret))
        };
        class.pupils.iter().filter_map(of).collect()
    }

    /// All diplomas that have pages.
    pub fn all_diplomas(&self) -> impl Iterator<Item = D> + '_ {
        self.diplomas.iter().chain(&self.former).copied()
    }

    /// Whether a diploma has pages.
    pub fn has_pages(&self, diploma: D) -> bool {
        self.classes.contains_key(&diploma)
    }

    /// The classes of a diploma: the current year first, each year in the order of names.
    pub fn classes(&self, diploma: D) -> &[Ix<Class>] {
        self.classes.get(&diploma).map_or(&[], Vec::as_slice)
    }

    /// The classes of a diploma in the current year.
    pub fn current_classes(&self, diploma: D) -> impl Iterator<Item = Ix<Class>> + '_ {
        let year = self.school.current_year();
        self.classes(diploma)
            .iter()
            .copied()
            .filter(move |class| self.school.classes[*class].year == year)
    }

    /// The last class in which a pupil followed a diploma.
    pub fn last_class(&self, diploma: D, pupil: Ix<Pupil>) -> Option<Ix<Class>> {
        self.last_class.get(&(diploma, pupil)).copied()
    }

    /// The diploma of the pupil's last class: what belongs to the pupil whatever the diploma, the
    /// book and the register, stands there.
    pub fn home_diploma(&self, pupil: Ix<Pupil>) -> Option<D> {
        let stay = self.school.pupils[pupil].stays.last()?;
        Some(self.school.classes[stay.class].diploma)
    }

    /// The sessions of certification of a diploma, the latest first.
    pub fn sessions(&self, diploma: D) -> impl Iterator<Item = (i16, &Candidates)> + '_ {
        let of_diploma = self.certification.range((diploma, i16::MIN)..=(diploma, i16::MAX));
        of_diploma.rev().map(|((_, session), candidates)| (*session, candidates))
    }

    /// Each pupil with each national grid of a diploma and session, filled or not.
    pub fn national_grids(&self) -> impl Iterator<Item = (D, Ix<Pupil>, i16, usize)> + '_ {
        self.certification.iter().flat_map(|((d, session), candidates)| {
            let grids = self.school.referentials[*d].record.grilles.len();
            let of = move |(pupil, _): &(Ix<Pupil>, Ix<Class>)| {
                let pupil = *pupil;
                (0..grids).map(move |grid| (*d, pupil, *session, grid))
            };
            candidates.iter().flat_map(of)
        })
    }

    /// Whether an attestation may be prepared: the pupil follows the diploma this year (ATT-01).
    pub fn may_be_attested(&self, diploma: D, pupil: Ix<Pupil>) -> bool {
        let year = self.school.current_year();
        self.last_class(diploma, pupil).is_some_and(|class| self.school.classes[class].year == year)
    }

    /// Each pupil with each diploma followed, in the order of diplomas then pupils.
    pub fn dashboards(&self) -> impl Iterator<Item = (D, Ix<Pupil>)> + '_ {
        self.last_class.keys().copied()
    }
}
