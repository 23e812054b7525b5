//! A pupil's dashboard: who, filters, units, tabs; the table itself is drawn from the insight.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::insight::{
    Column, Dashboard, ResultCode, ReviewStage, Source, dashboard, follow_up_state, is_locked,
};
use crate::record::{Status, StudyLevel};
use crate::school::{CompetenceIx, Ix, Period, Person, Pupil, Referential, School};
use crate::text::{count, short_date};

use super::portfolio::{main_period, periods_of, portfolio_href, reviewers, short_title, span};
use super::{D, Frame, Menu, Neighbour, Site, Subject, address, frame, link, livret_pupils};

/// The context of a dashboard page.
#[derive(Debug, Serialize)]
pub struct DashboardPage {
    /// Around the page.
    pub frame: Frame,
    /// Way to the learner's documents to print.
    pub papers: Option<String>,
    /// "DUPONT Léa".
    pub name: String,
    /// The last class on this diploma, and the way to it.
    pub class: Option<(String, String)>,
    /// "scolaire", "apprentie depuis le …".
    pub status: String,
    /// "2 MRC 1 (2024-2025), 1 MCV A (2025-2026)".
    pub path: String,
    /// The référentiel's acronym and version, and the way to it.
    pub referential: (String, String),
    /// Other diplomas followed, with the way to those dashboards.
    pub others: Vec<(String, String)>,
    /// Way to the full view.
    pub full: String,
    /// Way to the compact view.
    pub compact: String,
    /// Way to the last review.
    pub last_review: String,
    /// The learner's book: how many pages, and the way to it.
    pub book: Option<(usize, String)>,
    /// What the register holds about the pupil: how many things, and the way to them.
    pub register: Option<(usize, String)>,
    /// What other schools sent (NAT-20).
    pub received: Vec<super::ReceivedLink>,
    /// Folders that are on their way: the school, the page of transfers (IMP-10).
    pub pending: Vec<(String, String)>,
    /// Way to the pupil's last livret for this diploma.
    pub livret: Option<String>,
    /// Way to prepare an attestation of competences (ATT-06).
    pub attestation: Option<String>,
    /// Way to the first grid of the last session of certification.
    pub certification: Option<String>,
    /// Reviews, oldest first.
    pub reviews: Vec<ReviewLink>,
    /// Periods in companies, oldest first.
    pub companies: Vec<CompanyLink>,
    /// Way to the portfolio to open first.
    pub portfolio: Option<String>,
    /// "33 évaluations".
    pub evaluations: String,
    /// Numbers by type: Int, C, E.
    pub counts: [usize; 3],
    /// What stands over each column.
    #[serde(skip)]
    pub heads: Vec<ColumnHead>,
    /// Units of the filter, in order.
    pub units: Vec<String>,
    /// Since when the pupil has left.
    pub left: Option<String>,
    /// Competences: code and wording, for the jump list (DASH-05).
    pub competences: Vec<(String, String)>,
    /// Name and version of the method of suggestion.
    pub method: &'static str,
    /// Way to make the next review on the forge (DASH-14).
    pub next_review: Option<String>,
    /// Where its file goes.
    pub review_folder: String,
    /// Its text, with a question mark for each position to decide.
    pub next_review_text: Option<String>,
    /// The unit of each competence.
    #[serde(skip)]
    pub unit_of: BTreeMap<CompetenceIx, String>,
    /// The figures.
    #[serde(skip)]
    pub dashboard: Dashboard,
}

/// What stands over a column: an evaluation, or a period in a company.
#[derive(Debug)]
pub struct ColumnHead {
    /// "Accueillir un client", "PFMP 3, Librairie du Marché".
    pub title: String,
    /// Way to it.
    pub href: Option<String>,
    /// Who assessed: "M. Mercier", "M. Mercier et Claire Perrin".
    pub by: String,
}

/// A period of the pupil in a company.
#[derive(Debug, Serialize)]
pub struct CompanyLink {
    /// "PFMP 3".
    pub title: String,
    /// "du 11 janvier au 5 février 2027".
    pub dates: String,
    /// Way to the portfolio.
    pub href: Option<String>,
    /// Name of the company.
    pub company: Option<String>,
    /// Where the portfolio stands: weeks written and expected, fiches written and expected.
    pub written: [usize; 4],
    /// Whether the company review is valid.
    pub reviewed: bool,
}

/// A review of the pupil.
#[derive(Debug, Serialize)]
pub struct ReviewLink {
    /// "11/12/2026".
    pub date: String,
    /// Way to it.
    pub href: String,
    /// Whether it was validated.
    pub valid: bool,
    /// Whether it is closed.
    pub locked: bool,
    /// Who validated it and when, or who drafts it.
    pub by: String,
}

/// Computes the page of a pupil on a diploma, at the address of one of its two views.
pub fn dashboard_page(
    site: &Site<'_>,
    d: D,
    pupil_ix: Ix<Pupil>,
    at: &str,
    this: fn(D, Ix<Pupil>) -> Subject,
) -> DashboardPage {
    let school = site.school;
    let pupil = &school.pupils[pupil_ix];
    let referential = &school.referentials[d];
    let dashboard = dashboard(school, pupil_ix, d);
    let to = |subject| link(at, &address(site, subject));
    let name = pupil.list_name();
    let mut around =
        frame(site, at, format!("{name}, tableau de bord"), Some(d), Some(Menu::Dashboards))
            .crumb(site, at, "Tableaux de bord apprenants", Subject::Pupils(d))
            .wide();
    let class = site.last_class(d, pupil_ix);
    if let Some(class) = class {
        around =
            around.crumb(site, at, &school.classes[class].record.nom, Subject::Class(class)).walk(
                format!("Apprenants de {}", school.classes[class].record.nom),
                &school.classes[class].pupils,
                pupil_ix,
                |other| Neighbour {
                    label: school.pupils[other].list_name(),
                    href: to(this(d, other)),
                },
            );
    }
    let reviews = dashboard
        .reviews
        .iter()
        .map(|ix| review_link(school, *ix, to(Subject::Review(*ix))))
        .collect();
    let unit_of = units(
        referential,
        class.map(|class| {
            school.classes[class].year.0 + years_to_exam(school.classes[class].record.niveau)
        }),
    );
    let mut units: Vec<String> = Vec::new();
    for unit in unit_of.values() {
        if !units.contains(unit) {
            units.push(unit.clone());
        }
    }
    units.sort_by_key(|unit| crate::text::natural_key(unit));
    let folder = format!("students/{}/{}/reviews", pupil.cohort, pupil.id);
    let current = pupil.record.inactif_depuis.is_none()
        && class.is_some_and(|class| school.classes[class].year == school.current_year());
    DashboardPage {
        papers: site.documents.then(|| to(Subject::PupilDocuments(d, pupil_ix))),
        frame: around,
        class: class
            .map(|class| (school.classes[class].record.nom.clone(), to(Subject::Class(class)))),
        status: status(school, pupil),
        path: path(school, pupil),
        referential: (
            format!("{}, version {}", referential.record.sigle, referential.record.version),
            to(Subject::Referential(d)),
        ),
        others: crate::insight::followed(school, pupil)
            .into_iter()
            .filter(|other| *other != d)
            .map(|other| {
                (school.referentials[other].record.sigle.clone(), to(this(other, pupil_ix)))
            })
            .collect(),
        full: to(Subject::Dashboard(d, pupil_ix)),
        compact: to(Subject::Compact(d, pupil_ix)),
        last_review: to(Subject::LastReview(d, pupil_ix)),
        book: super::book::book_of(site, pupil_ix)
            .map(|subject| (pupil.book_pages.len(), to(subject))),
        register: site.home_diploma(pupil_ix).and_then(|home| {
            let number = site.register[pupil_ix.get()].len();
            (number > 0).then(|| (number, to(Subject::PupilRegister(home, pupil_ix))))
        }),
        received: super::received_links(site, at, pupil_ix),
        pending: school
            .transfers_of(pupil_ix)
            .filter(|one| one.is_pending())
            .map(|one| {
                let name = school.partner(&one.record.etablissement).map(|one| one.nom.clone());
                (name.unwrap_or_else(|| one.record.etablissement.clone()), to(Subject::Transfers))
            })
            .collect(),
        livret: last_livret(site, d, pupil_ix).map(to),
        attestation: super::attestation_way(site, d, pupil_ix, at),
        certification: site
            .sessions(d)
            .find(|(_, candidates)| candidates.iter().any(|(pupil, _)| *pupil == pupil_ix))
            .map(|(session, _)| to(Subject::Grid(d, pupil_ix, session, 0))),
        reviews,
        companies: periods_of(site, pupil_ix)
            .into_iter()
            .map(|period| company_link(site, at, period, pupil_ix))
            .collect(),
        portfolio: main_period(site, pupil_ix)
            .and_then(|period| portfolio_href(site, at, period, pupil_ix)),
        evaluations: count(dashboard.columns.len(), "évaluation", "évaluations"),
        counts: ResultCode::ALL.map(|code| dashboard.counts.of(code)),
        heads: dashboard.columns.iter().map(|column| column_head(site, at, column)).collect(),
        units,
        left: pupil.record.inactif_depuis.map(short_date),
        competences: referential
            .competence_ixs()
            .map(|competence| referential.competence_record(competence))
            .map(|record| (record.code.clone(), record.intitule.clone()))
            .collect(),
        method: crate::insight::SUGGESTION_METHOD,
        next_review: current
            .then(|| super::new_file_link(site, &folder, "ANNEE-MOIS-JOUR.toml"))
            .flatten(),
        next_review_text: current.then(|| next_review_text(school, referential, &dashboard)),
        review_folder: folder,
        unit_of,
        dashboard,
        name,
    }
}

/// The livret of the last year in which the pupil followed a diploma and has one.
fn last_livret(site: &Site<'_>, d: D, pupil: Ix<Pupil>) -> Option<Subject> {
    let school = site.school;
    let mut classes = school.pupils[pupil].stays.iter().rev().map(|stay| stay.class);
    let class = classes.find(|class| {
        school.classes[*class].diploma == d && livret_pupils(school, *class).contains(&pupil)
    })?;
    Some(Subject::Livret(class, pupil))
}

/// The next review, ready to be completed: the evaluations since the last one, and a question mark
/// for each position. The suggestion stays in a remark: the teacher decides (DASH-13, DASH-14).
fn next_review_text(school: &School, referential: &Referential, dashboard: &Dashboard) -> String {
    let taken: std::collections::BTreeSet<_> =
        dashboard.reviews.iter().flat_map(|review| &school.reviews[*review].evaluations).collect();
    let mut text = String::from(
        "date = ?\nauteur = \"?\"\netat = \"brouillon\"\nconstats = \"?\"\nconseils = \"?\"\nevaluations = [\n",
    );
    for column in dashboard.columns.iter().filter(|column| !column.from_family) {
        // A company review is no evaluation: a review freezes what was made in school.
        let Source::Evaluation(evaluation) = column.source else { continue };
        if !taken.contains(&evaluation) {
            text.push_str(&format!("  \"{}\",\n", school.evaluations[evaluation].id));
        }
    }
    text.push_str("]\n\n[positions]\n");
    for line in &dashboard.lines {
        let code = &referential.competence_record(line.competence).code;
        match &line.suggestion {
            Some(suggestion) => {
                text.push_str(&format!(
                    "\"{code}\" = \"?\"  # suggestion : {}\n",
                    suggestion.level.as_str()
                ));
            }
            None => text.push_str(&format!("\"{code}\" = \"NE\"\n")),
        }
    }
    text
}

fn company_link(site: &Site<'_>, at: &str, ix: Ix<Period>, pupil: Ix<Pupil>) -> CompanyLink {
    let school = site.school;
    let record = &school.periods[ix].record;
    let state = follow_up_state(school, ix, pupil);
    let company = state
        .portfolio
        .and_then(|portfolio| school.portfolios[portfolio].record.entreprise.as_ref());
    CompanyLink {
        title: record.titre.clone(),
        dates: span(record.debut, record.fin),
        href: portfolio_href(site, at, ix, pupil),
        company: company.map(|company| company.nom.clone()),
        written: [
            state.weeks_written,
            state.weeks_expected,
            state.sheets_written,
            state.sheets_expected,
        ],
        reviewed: state.review == ReviewStage::Valid,
    }
}

fn column_head(site: &Site<'_>, at: &str, column: &Column) -> ColumnHead {
    let school = site.school;
    let name = |person: Ix<Person>| school.people[person].formal_name();
    match column.source {
        Source::Evaluation(ix) => {
            let evaluation = &school.evaluations[ix];
            ColumnHead {
                title: evaluation.record.titre.clone(),
                href: Some(link(at, &address(site, Subject::Evaluation(ix)))),
                by: evaluation.author.map_or_else(String::new, name),
            }
        }
        Source::Portfolio(ix) => {
            let portfolio = &school.portfolios[ix];
            let period = short_title(&school.periods[portfolio.period]);
            let company = portfolio.record.entreprise.as_ref();
            ColumnHead {
                title: match company {
                    Some(company) => format!("{period}, {}", company.nom),
                    None => period.to_owned(),
                },
                href: portfolio_href(site, at, portfolio.period, portfolio.pupil),
                by: portfolio
                    .valid_review()
                    .map_or_else(String::new, |review| reviewers(site, portfolio, review)),
            }
        }
    }
}

fn review_link(school: &School, ix: Ix<crate::school::Review>, href: String) -> ReviewLink {
    let review = &school.reviews[ix];
    let name = |person: Option<_>, id: &str| match person {
        Some(person) => school.people[person].formal_name(),
        None => id.to_owned(),
    };
    let by = match (review.is_valid(), review.record.valide_le) {
        (true, Some(date)) => {
            let id = review.record.valide_par.as_deref().unwrap_or(&review.record.auteur);
            format!("validé le {} par {}", short_date(date), name(review.validated_by, id))
        }
        _ => format!("brouillon de {}", name(review.author, &review.record.auteur)),
    };
    ReviewLink {
        date: short_date(review.key.date),
        href,
        valid: review.is_valid(),
        locked: is_locked(review),
        by,
    }
}

/// Years from the start of a class's school year to the exam.
pub(super) fn years_to_exam(level: StudyLevel) -> i16 {
    match level {
        StudyLevel::Seconde => 3,
        StudyLevel::Premiere | StudyLevel::Cap1 | StudyLevel::Bts1 => 2,
        StudyLevel::Terminale | StudyLevel::Cap2 | StudyLevel::Bts2 => 1,
    }
}

/// The unit of each competence: that of the exam which assesses it in the pupil's session, else
/// that of its group (DASH-03, SCE-23).
pub(super) fn units(
    referential: &Referential,
    session: Option<i16>,
) -> BTreeMap<CompetenceIx, String> {
    let mut units = BTreeMap::new();
    if let Some(session) = session {
        for exam in referential.exams_of(session) {
            for competence in
                exam.competences.iter().filter_map(|code| referential.competence(code))
            {
                units.entry(competence).or_insert_with(|| exam.unite.clone());
            }
        }
    }
    for competence in referential.competence_ixs() {
        let group =
            &referential.record.groupes[referential.competences[competence.0 as usize].group];
        if let Some(unit) = &group.unite {
            units.entry(competence).or_insert_with(|| unit.clone());
        }
    }
    units
}

/// The pupil's status now, and how it changed.
pub(super) fn status(school: &School, pupil: &Pupil) -> String {
    let word = |status: Status| match status {
        Status::School => "scolaire",
        Status::Apprentice => pupil.agree("apprentie", "apprenti", "apprenti"),
    };
    let Some(last) = pupil.stays.last() else { return String::new() };
    let other = pupil.stays.iter().rev().find(|stay| stay.status != last.status);
    match other {
        Some(before) => {
            let year = school.classes[before.class].year;
            format!("{} ({} en {year})", word(last.status), word(before.status))
        }
        None => word(last.status).to_owned(),
    }
}

/// The classes gone through.
pub(super) fn path(school: &School, pupil: &Pupil) -> String {
    let steps: Vec<String> = pupil
        .stays
        .iter()
        .map(|stay| {
            format!(
                "{} ({})",
                school.classes[stay.class].record.nom, school.classes[stay.class].year
            )
        })
        .collect();
    steps.join(", ")
}
