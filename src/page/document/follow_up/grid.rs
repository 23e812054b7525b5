//! A candidate's national grid on paper (CCF-15 to CCF-17).

use serde::Serialize;

use crate::insight::exam_of;
use crate::page::document::{Desk, SheetFrame, sheet_frame};
use crate::page::{CheckLine, GridPage, grid_fields, grid_page};
use crate::school::{FilledGrid, Ix};
use crate::text::{SchoolYear, long_date, slug};

/// The context of a printed grid.
#[derive(Debug, Serialize)]
pub struct GridSheet {
    /// Around the document.
    pub sheet: SheetFrame,
    /// What its page says.
    pub grid: GridPage,
    /// The fields of its head, in the words and the order of the national grid.
    pub fields: Vec<CheckLine>,
    /// How long the exam lasts.
    pub length: Option<String>,
    /// The columns of the table of the commission.
    pub columns: [String; 3],
    /// Who sits, and the places still empty.
    pub seats: Vec<MemberSeat>,
    /// What a member certifies by signing, in the words of the national grid.
    pub oath: Option<String>,
    /// Whether that is said by a tick in a box.
    pub ticked: bool,
    /// How levels are ticked, in the words of the national grid.
    pub how: Option<String>,
    /// How the mark is rounded.
    pub rounding: Option<String>,
    /// What the national applications ask for (CCF-16).
    pub entry: Vec<(&'static str, String)>,
    /// The records it shows, by path.
    #[serde(skip)]
    pub shown: Vec<String>,
}

/// A place on the commission.
#[derive(Debug, Serialize)]
pub struct MemberSeat {
    /// "enseignant", or what the national grid expects there.
    pub quality: String,
    /// "PERRIN Claire"; nothing where nobody sits yet.
    pub name: Option<String>,
    /// Whether from outside (CCF-12).
    pub outside: bool,
}

/// The fields of a head where the référentiel does not give those of the national grid.
const USUAL: [&str; 8] = [
    "académie",
    "session",
    "intitulé du diplôme",
    "épreuve (unité, coefficient)",
    "date de l’évaluation",
    "nom et prénom du candidat",
    "n° d’inscription du candidat",
    "établissement de formation",
];

/// Computes a printed grid.
pub fn grid_sheet(desk: &Desk<'_>, ix: Ix<FilledGrid>) -> GridSheet {
    let (site, school) = (desk.site, desk.site.school);
    let filled = &school.grids[ix];
    let form = filled.form(school);
    let pupil = &school.pupils[filled.pupil];
    let page = grid_page(site, filled.diploma, filled.pupil, filled.session, filled.grid, "");
    let about = format!("{}, session {}", page.name, filled.session);
    let title = format!("Grille {} : {}", form.code, form.titre);
    let named = form.titre.starts_with("Grille") || form.titre.contains(&form.code);
    let title = if named { form.titre.clone() } else { title };
    let shown = [&*filled.file, &*pupil.file];
    let sheet =
        sheet_frame(desk, title.replace('\'', "’"), Some(about), Some(filled.diploma), shown)
            .of_year(SchoolYear(filled.session - 1))
            .landscape();
    let usual: Vec<String> = USUAL.map(str::to_owned).to_vec();
    let labels = if form.entete.is_empty() { &usual } else { &form.entete };
    // The mark has its own place below, with the word "proposée".
    let labels: Vec<String> =
        labels.iter().filter(|label| !slug(label).contains("note")).cloned().collect();
    let fields = grid_fields::fields(
        site,
        filled.diploma,
        pupil,
        filled.session,
        form,
        Some(filled),
        &labels,
    );
    let column = |place: usize, usual: &str| {
        form.commission_colonnes.get(place).cloned().unwrap_or_else(|| usual.to_owned())
    };
    let oath = form.signature.clone();
    GridSheet {
        sheet,
        fields,
        length: form.duree.clone(),
        columns: [column(0, "fonction"), column(1, "NOM Prénom"), column(2, "signature")],
        seats: seats(&page),
        ticked: oath.as_ref().is_some_and(|words| words.contains("case")),
        oath,
        how: form.saisie.clone(),
        rounding: form.arrondi.clone(),
        entry: entry(desk, filled, &page),
        grid: page,
        shown: shown.map(str::to_owned).to_vec(),
    }
}

/// Members first, then a line for each place of the national grid that nobody holds; two at least.
fn seats(page: &GridPage) -> Vec<MemberSeat> {
    let mut seats: Vec<MemberSeat> = page
        .members
        .iter()
        .map(|member| MemberSeat {
            quality: member.quality.unwrap_or_default().to_owned(),
            name: Some(member.list_name.clone()),
            outside: member.outside,
        })
        .collect();
    for place in seats.len()..page.seats.len().max(2) {
        let quality = if page.members.is_empty() { page.seats.get(place) } else { None };
        let quality = quality.cloned().unwrap_or_default();
        seats.push(MemberSeat { quality, name: None, outside: false });
    }
    seats
}

/// What is copied into the national applications, in one place.
fn entry(desk: &Desk<'_>, filled: &FilledGrid, page: &GridPage) -> Vec<(&'static str, String)> {
    let school = desk.site.school;
    let pupil = &school.pupils[filled.pupil];
    let form = filled.form(school);
    let referential = &school.referentials[filled.diploma];
    let exam = exam_of(referential, filled.session, &form.epreuve);
    let mut lines = vec![
        ("Session", filled.session.to_string()),
        ("Établissement", school.establishment.uai.clone()),
        ("N° de candidat", page.number.clone().unwrap_or_else(|| "à saisir".to_owned())),
        ("Nom", pupil.record.nom.to_uppercase()),
        ("Prénom", pupil.record.prenom.clone()),
        (pupil.agree("Née le", "Né le", "Né(e) le"), long_date(pupil.record.naissance)),
        ("Épreuve", form.epreuve.clone()),
    ];
    if let Some(exam) = exam {
        lines.push(("Unité", exam.unite.clone()));
    }
    if let Some(situation) = form.situation {
        lines.push(("Situation", situation.0.to_string()));
    }
    let note = match (&page.harmonised, &page.proposed) {
        _ if page.absent => "absent, sans note".to_owned(),
        (Some((note, ..)), _) => format!("{note} / 20, harmonisée"),
        (None, Some((note, _))) => format!("{note} / 20, proposée"),
        (None, None) => "pas encore de note".to_owned(),
    };
    lines.push(("Note à saisir", note));
    lines
}
