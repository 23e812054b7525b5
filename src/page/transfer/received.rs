//! What another school sent of a pupil, on one page: its records, and who wrote what there (NAT-20).

use std::collections::BTreeMap;

use serde::Serialize;

use super::dashboard;
use crate::insight::{days_in_company, weeks_words};
use crate::page::{Day, Frame, Site, Subject, address, frame, link};
use crate::record::{
    AnyRecord, BookPage, Evaluation, FilledGrid, Kind, Level, Livret, Outcome, Period, Portfolio,
    Review, ReviewState, SentChange, SentSignature,
};
use crate::school::{Ix, Pupil, Received};
use crate::text::{SchoolYear, and_list, long_date, natural_key};

/// The context of the page of a folder that came.
#[derive(Debug, Serialize)]
pub struct ReceivedPage {
    /// Around the page.
    pub frame: Frame,
    /// "DUPONT Léa".
    pub name: String,
    /// Way to the dashboard.
    pub dashboard: Option<String>,
    /// The school of origin: name, code, town.
    pub origin: (String, String, Option<String>),
    /// When the package was made.
    pub made: Day,
    /// By whom.
    pub by: String,
    /// How many names of others were taken out.
    pub hidden: i64,
    /// Whether a later package of the same school takes its place.
    pub superseded: bool,
    /// The folder of the files.
    pub folder: String,
    /// Classes gone through.
    pub classes: Vec<ReceivedClass>,
    /// The livrets, by year.
    pub livrets: Vec<ReceivedLivret>,
    /// The reviews, oldest first.
    pub reviews: Vec<ReceivedReview>,
    /// Competences of the reviews: code, title, position in each review.
    pub positions: Vec<(String, String, Vec<Option<&'static str>>)>,
    /// The evaluations, oldest first.
    pub evaluations: Vec<ReceivedEvaluation>,
    /// Times in companies.
    pub placements: Vec<ReceivedPlacement>,
    /// Weeks of PFMP done in all: "8,4".
    pub weeks: String,
    /// The grids of certification.
    pub grids: Vec<ReceivedGrid>,
    /// The attestations: day, competences.
    pub attestations: Vec<(Day, Vec<String>)>,
    /// Pages of the book.
    pub successes: Vec<ReceivedSuccess>,
    /// Lines of the register.
    pub deeds: Vec<ReceivedDeed>,
    /// Who wrote what when, the newest first.
    pub changes: Vec<ReceivedChange>,
    /// Whether the school of origin had its whole past.
    pub whole: bool,
}

/// A class of the other school.
#[derive(Debug, Serialize)]
pub struct ReceivedClass {
    /// "2025-2026".
    pub year: String,
    /// Name.
    pub name: String,
    /// Diploma.
    pub diploma: String,
    /// "Première".
    pub level: &'static str,
    /// "statut scolaire".
    pub status: &'static str,
    /// First day.
    pub from: Day,
    /// Last day.
    pub to: Day,
}

/// A livret of the other school.
#[derive(Debug, Serialize)]
pub struct ReceivedLivret {
    /// "2025-2026".
    pub year: String,
    /// Class of that year.
    pub class: Option<String>,
    /// The general appreciation.
    pub appreciation: Option<String>,
    /// Competences: code, title, level from 1 to 4.
    pub levels: Vec<(String, String, i64)>,
    /// Marks: period, mark.
    pub marks: Vec<(String, String)>,
    /// The words on the PFMP.
    pub placement: Option<String>,
    /// The words on the projet, and its mark.
    pub project: Option<(Option<String>, Option<String>)>,
    /// Teachers who signed.
    pub teachers: String,
    /// Days on which it was sent.
    pub sent: Vec<Day>,
}

/// A review of the other school.
#[derive(Debug, Serialize)]
pub struct ReceivedReview {
    /// Its day.
    pub day: Day,
    /// Who made it.
    pub author: String,
    /// Whether it was validated.
    pub valid: bool,
    /// Mark.
    pub mark: Option<String>,
    /// What was seen.
    pub seen: Option<String>,
    /// What was advised.
    pub advised: Option<String>,
}

/// An evaluation of the other school, the pupil's line.
#[derive(Debug, Serialize)]
pub struct ReceivedEvaluation {
    /// Its day.
    pub day: Day,
    /// Title.
    pub title: String,
    /// Who made it.
    pub author: String,
    /// Class.
    pub class: String,
    /// Criterion, its title, level; nothing of a level for an absence.
    pub results: Vec<(String, String, Option<&'static str>)>,
    /// "absent le jour de l’évaluation".
    pub neutral: Option<&'static str>,
}

/// A time in a company.
#[derive(Debug, Serialize)]
pub struct ReceivedPlacement {
    /// Title of the period.
    pub title: String,
    /// First and last day.
    pub dates: Option<(Day, Day)>,
    /// The company.
    pub company: Option<String>,
    /// The tutor.
    pub tutor: Option<String>,
    /// Weeks done: "3,4".
    pub weeks: Option<String>,
    /// Whether the company attested it.
    pub proof: bool,
    /// The company's review: criterion or competence, its title, level.
    pub results: Vec<(String, String, &'static str)>,
    /// What the company said.
    pub words: Option<String>,
}

/// A grid of certification.
#[derive(Debug, Serialize)]
pub struct ReceivedGrid {
    /// "e31".
    pub grid: String,
    /// Exam session.
    pub session: i16,
    /// Who filled it.
    pub author: String,
    /// Mark.
    pub mark: Option<String>,
    /// Whether the commission closed it.
    pub locked: bool,
    /// Lines: code, title, level from 1 to 4.
    pub levels: Vec<(String, String, i64)>,
}

/// A page of the book.
#[derive(Debug, Serialize)]
pub struct ReceivedSuccess {
    /// Title.
    pub title: String,
    /// Day.
    pub day: Day,
    /// "en entreprise".
    pub place: &'static str,
    /// The learner's text.
    pub body: String,
    /// What the photographs show.
    pub photographs: Vec<String>,
}

/// A line of the register.
#[derive(Debug, Serialize)]
pub struct ReceivedDeed {
    /// Day.
    pub day: Day,
    /// What.
    pub what: String,
}

/// A change made in the other school.
#[derive(Debug, Serialize)]
pub struct ReceivedChange {
    /// "12 novembre 2026 à 17 h 45".
    pub when: String,
    /// For machines.
    pub iso: String,
    /// Who wrote.
    pub who: String,
    /// Who deposited it.
    pub deposited: Option<String>,
    /// The file.
    pub file: String,
    /// "modification".
    pub kind: &'static str,
    /// "signé".
    pub signature: &'static str,
    /// Whether the signature is good: "ok", "att", "err" or nothing.
    pub mark: &'static str,
    /// What changed.
    pub what: Vec<String>,
}

/// A way to what another school sent.
#[derive(Debug, Serialize)]
pub struct ReceivedLink {
    /// "Lycée professionnel du Canal".
    pub school: String,
    /// Way to the page.
    pub href: String,
    /// When the package was made.
    pub made: Day,
    /// Years of the livrets, each with its class.
    pub livrets: Vec<String>,
    /// Number of reviews.
    pub reviews: usize,
    /// Number of evaluations.
    pub evaluations: usize,
}

/// What other schools sent of a pupil, the last word of each.
pub fn received_links(site: &Site<'_>, at: &str, pupil: Ix<Pupil>) -> Vec<ReceivedLink> {
    let all = site.school.received_of(pupil);
    all.map(|(ix, one)| {
        let number =
            |is: fn(&Kind) -> bool| one.records.iter().filter(|(_, kind, _)| is(kind)).count();
        let livrets = one.records.iter().filter_map(|(_, kind, _)| match kind {
            Kind::Livret { year, .. } => Some(match one.class_of(*year) {
                Some(class) => {
                    format!("{year}, {} ({})", class.niveau.label().to_lowercase(), class.nom)
                }
                None => year.to_string(),
            }),
            _ => None,
        });
        ReceivedLink {
            school: one.folder.origine.nom.clone(),
            href: link(at, &address(site, Subject::Received(ix))),
            made: one.folder.fait_le.into(),
            livrets: livrets.collect(),
            reviews: number(|kind| matches!(kind, Kind::Review { .. })),
            evaluations: number(|kind| matches!(kind, Kind::Evaluation { .. })),
        }
    })
    .collect()
}

/// Computes the page of a folder that came.
pub fn received_page(site: &Site<'_>, ix: Ix<Received>, at: &str) -> ReceivedPage {
    let school = site.school;
    let one = &school.received[ix];
    let pupil = &school.pupils[one.pupil];
    let name = pupil.list_name();
    let folder = &one.folder;
    let mut page = ReceivedPage {
        frame: frame(site, at, format!("{name}, {}", folder.origine.nom), None, None).crumb(
            site,
            at,
            "Transferts de dossiers",
            Subject::Transfers,
        ),
        dashboard: dashboard(site, at, one.pupil),
        origin: (
            folder.origine.nom.clone(),
            folder.origine.uai.clone(),
            folder.origine.ville.clone(),
        ),
        made: folder.fait_le.into(),
        by: folder.fait_par.clone(),
        hidden: folder.retraits.0,
        superseded: one.superseded,
        folder: one.place().to_owned(),
        classes: folder
            .classes
            .iter()
            .map(|class| ReceivedClass {
                year: class.annee.to_string(),
                name: class.nom.clone(),
                diploma: folder
                    .referentiels
                    .get(&class.diplome)
                    .map_or_else(|| class.diplome.to_string(), |one| one.sigle.clone()),
                level: class.niveau.label(),
                status: class.statut.label(),
                from: class.debut.into(),
                to: class.fin.into(),
            })
            .collect(),
        livrets: Vec::new(),
        reviews: Vec::new(),
        positions: Vec::new(),
        evaluations: Vec::new(),
        placements: Vec::new(),
        weeks: String::new(),
        grids: Vec::new(),
        attestations: Vec::new(),
        successes: Vec::new(),
        deeds: Vec::new(),
        changes: one
            .history
            .iter()
            .flat_map(|history| history.changements.iter().rev())
            .map(change)
            .collect(),
        whole: one.history.as_ref().is_some_and(|history| history.complet),
        name,
    };
    let mut positions: BTreeMap<String, Vec<Option<&'static str>>> = BTreeMap::new();
    let mut reviews: Vec<&Review> = Vec::new();
    let mut evaluations: Vec<(&Kind, &Evaluation)> = Vec::new();
    for (_, kind, record) in &one.records {
        match (kind, record) {
            (Kind::Livret { year, .. }, AnyRecord::Livret(livret)) => {
                page.livrets.push(livret_of(one, *year, livret));
            }
            (_, AnyRecord::Review(review)) => reviews.push(review),
            (_, AnyRecord::Evaluation(evaluation)) => evaluations.push((kind, evaluation)),
            (Kind::Portfolio { year, slug, .. }, AnyRecord::Portfolio(portfolio)) => {
                page.placements.push(placement(one, (*year, slug), portfolio));
            }
            (Kind::FilledGrid { session, grid, .. }, AnyRecord::FilledGrid(filled)) => {
                page.grids.push(grid_of(one, *session, grid, filled));
            }
            (_, AnyRecord::Attestation(made)) => {
                let all = made.competences.iter().map(|(code, _)| titled(one, code));
                page.attestations.push((
                    made.date.into(),
                    all.map(|(code, title)| format!("{code} {title}")).collect(),
                ));
            }
            (_, AnyRecord::BookPage(success)) => page.successes.push(success_of(success)),
            (_, record) => page.deeds.extend(deed(one, record)),
        }
    }
    reviews.sort_by_key(|review| review.date);
    for (n, review) in reviews.iter().enumerate() {
        for (code, level) in review.positions.iter() {
            let line =
                positions.entry(code.to_owned()).or_insert_with(|| vec![None; reviews.len()]);
            line[n] = Some(level.as_str());
        }
    }
    let mut positions: Vec<_> = positions.into_iter().collect();
    positions.sort_by_cached_key(|(code, _)| natural_key(code));
    page.reviews = reviews.iter().map(|review| review_of(one, review)).collect();
    page.positions = positions
        .into_iter()
        .map(|(code, line)| {
            let (code, title) = titled(one, &code);
            (code, title, line)
        })
        .collect();
    evaluations.sort_by_key(|(_, evaluation)| evaluation.date);
    page.evaluations = evaluations
        .into_iter()
        .map(|(kind, evaluation)| evaluation_of(one, kind, evaluation))
        .collect();
    page.weeks = weeks_words(days_in_company(one), 5);
    page
}

/// A code and what it means there.
fn titled(one: &Received, code: &str) -> (String, String) {
    (code.to_owned(), one.title(code).unwrap_or_default().to_owned())
}

fn mark(value: f64) -> String {
    value.to_string().replace('.', ",")
}

fn livret_of(one: &Received, year: SchoolYear, livret: &Livret) -> ReceivedLivret {
    let teachers: Vec<String> = livret.enseignants.iter().map(|id| one.person(id)).collect();
    let text = |text: &Option<crate::record::Prose>| text.as_ref().map(|text| text.0.clone());
    ReceivedLivret {
        year: year.to_string(),
        class: one.class_of(year).map(|class| format!("{} ({})", class.niveau.label(), class.nom)),
        appreciation: text(&livret.appreciation),
        levels: livret
            .niveaux
            .iter()
            .map(|(code, level)| {
                let (code, title) = titled(one, code);
                (code, title, level.0)
            })
            .collect(),
        marks: livret
            .notes
            .iter()
            .map(|one| {
                (
                    one.periode.clone(),
                    one.note.map_or_else(|| "non noté".to_owned(), |note| mark(note.0)),
                )
            })
            .collect(),
        placement: livret.pfmp.as_ref().and_then(|part| text(&part.synthese)),
        project: livret
            .projet
            .as_ref()
            .map(|part| (text(&part.synthese), part.note.map(|note| mark(note.0)))),
        teachers: and_list(&teachers),
        sent: livret.envois.iter().map(|sending| sending.le.into()).collect(),
    }
}

fn review_of(one: &Received, review: &Review) -> ReceivedReview {
    ReceivedReview {
        day: review.date.into(),
        author: one.person(&review.auteur),
        valid: review.etat == ReviewState::Valid,
        mark: review.note.map(|note| mark(note.0)),
        seen: review.constats.as_ref().map(|text| text.0.clone()),
        advised: review.conseils.as_ref().map(|text| text.0.clone()),
    }
}

fn evaluation_of(one: &Received, kind: &Kind, evaluation: &Evaluation) -> ReceivedEvaluation {
    let class = match kind {
        Kind::Evaluation { year, class, .. } => {
            let known = one
                .folder
                .classes
                .iter()
                .find(|other| other.annee == *year && *other.classe == *class);
            known.map_or_else(|| class.clone(), |class| class.nom.clone())
        }
        _ => String::new(),
    };
    let row: &[Outcome] = evaluation.resultats.iter().next().map_or(&[], |(_, row)| row);
    let neutral = row.first().filter(|first| row.len() == 1 && first.is_neutral());
    let results = evaluation.criteres.iter().zip(row).map(|(code, outcome)| {
        let (code, title) = titled(one, code);
        (code, title, outcome.level().map(Level::as_str))
    });
    ReceivedEvaluation {
        day: evaluation.date.into(),
        title: evaluation.titre.clone(),
        author: one.person(&evaluation.auteur),
        class,
        results: if neutral.is_some() { Vec::new() } else { results.collect() },
        neutral: neutral.map(|outcome| outcome.label()),
    }
}

fn placement(
    one: &Received,
    (year, slug): (SchoolYear, &str),
    portfolio: &Portfolio,
) -> ReceivedPlacement {
    let period: Option<&Period> =
        one.records.iter().find_map(|(_, kind, record)| match (kind, record) {
            (Kind::Period { year: other, slug: name }, AnyRecord::Period(period))
                if *other == year && name == slug =>
            {
                Some(period)
            }
            _ => None,
        });
    let days = crate::insight::half_days_of(portfolio, period, one.folder.fait_le);
    let review = portfolio.bilan_entreprise.as_ref();
    ReceivedPlacement {
        title: period.map_or_else(|| slug.to_owned(), |period| period.titre.clone()),
        dates: period.map(|period| (period.debut.into(), period.fin.into())),
        company: portfolio.entreprise.as_ref().map(|company| match &company.ville {
            Some(town) => format!("{}, {town}", company.nom),
            None => company.nom.clone(),
        }),
        tutor: portfolio.tuteur.as_ref().map(|tutor| {
            let parts = [
                tutor.civilite.map(|title| title.as_str().to_owned()),
                tutor.prenom.clone(),
                Some(tutor.nom.clone()),
            ];
            parts.into_iter().flatten().collect::<Vec<_>>().join(" ")
        }),
        weeks: (days > 0).then(|| weeks_words(days, 5)),
        proof: portfolio.attestation.is_some(),
        results: review.map_or_else(Vec::new, |review| {
            review
                .resultats
                .iter()
                .map(|(code, level)| {
                    let (code, title) = titled(one, code);
                    (code, title, level.as_str())
                })
                .collect()
        }),
        words: review.and_then(|review| review.appreciation.as_ref()).map(|text| text.0.clone()),
    }
}

fn grid_of(one: &Received, session: i16, grid: &str, filled: &FilledGrid) -> ReceivedGrid {
    let last = filled.harmonisation.as_ref().map(|made| made.note.0);
    ReceivedGrid {
        grid: grid.to_uppercase(),
        session,
        author: one.person(&filled.auteur),
        mark: last.or(filled.note_proposee.map(|note| note.0)).map(mark),
        locked: filled.is_locked(),
        levels: filled
            .niveaux
            .iter()
            .map(|(code, level)| {
                let (code, title) = titled(one, code);
                (code, title, level.0)
            })
            .collect(),
    }
}

fn success_of(success: &BookPage) -> ReceivedSuccess {
    ReceivedSuccess {
        title: success.header.titre.clone(),
        day: success.header.date.into(),
        place: success.header.lieu.label(),
        body: success.body.0.clone(),
        photographs: success.header.photos.iter().map(|photo| photo.description.clone()).collect(),
    }
}

fn deed(one: &Received, record: &AnyRecord) -> Option<ReceivedDeed> {
    let (day, what) = match record {
        AnyRecord::Commission(made) => {
            (made.date, format!("{} : {}", made.objet.label(), made.titre))
        }
        AnyRecord::Consultation(made) => {
            let documents: Vec<&str> =
                made.documents.iter().map(|document| document.label()).collect();
            (made.date, format!("consultation par {} : {}", made.par.label(), and_list(&documents)))
        }
        AnyRecord::Delivery(made) => {
            let signed = made.remises.iter().any(|copy| copy.emargement);
            let signed = if signed { ", signé" } else { "" };
            (
                made.date,
                format!("remise par {} : {}{signed}", one.person(&made.par), made.document.label()),
            )
        }
        _ => return None,
    };
    Some(ReceivedDeed { day: day.into(), what })
}

fn change(change: &SentChange) -> ReceivedChange {
    let mut clock = change.heure.split(':');
    let (hours, minutes) = (clock.next().unwrap_or_default(), clock.next().unwrap_or_default());
    ReceivedChange {
        when: format!("{} à {hours}\u{a0}h\u{a0}{minutes}", long_date(change.le)),
        iso: change.le.to_string(),
        who: change.nom.clone(),
        deposited: change.depose_par.clone(),
        file: change.fichier.clone(),
        kind: change.sorte.label(),
        signature: change.signature.label(),
        mark: match change.signature {
            SentSignature::Good | SentSignature::Forge => "ok",
            SentSignature::Unknown => "att",
            SentSignature::Bad => "err",
            SentSignature::None => "",
        },
        what: change.quoi.clone(),
    }
}
