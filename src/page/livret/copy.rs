//! Help to copy livrets into LSL Pro by hand: a pupil in the order of the national screen, and a class in one table. Who
//! must fill what lacks is said where it lacks (NAT-08, NAT-22, LSL-40, LSL-41).

use data_encoding::HEXLOWER;
use ring::digest::{SHA256, digest};
use serde::Serialize;

use super::super::{Frame, Menu, Neighbour, Site, Subject, address, frame, link};
use super::words::{DEGREES, decimal, percent};
use super::{LivretProgress, livret_pupils, progress};
use crate::insight::{
    LivretGap, LivretSheet, LivretState, MarkValue, OpinionSheet, livret_sheet, livret_sheets,
    livret_state, one_gap_word, project_title, who_fills,
};
use crate::record::LslWay;
use crate::school::{Class, Ix, Person, Pupil, School};
use crate::text::{characters, short_date};

/// The context of the page of a pupil.
#[derive(Debug, Serialize)]
pub struct CopyPage {
    /// Around the page.
    pub frame: Frame,
    /// "DUPONT Léa".
    pub name: String,
    /// Name of the class and way to its table.
    pub class: (String, String),
    /// Way to the livret.
    pub livret: String,
    /// Name of the subject in the national livret.
    pub subject: String,
    /// What the school calls it.
    pub diploma: String,
    /// How far the livret is.
    pub progress: LivretProgress,
    /// What lacks and who must fill it.
    pub lacks: Vec<(String, String)>,
    /// The values, in the order of the national screen.
    pub sections: Vec<CopySection>,
    /// How the spécialité gets into LSL Pro.
    pub route: Option<Route>,
}

/// How the spécialité gets into LSL Pro in a session (LSL-41).
#[derive(Clone, Copy, Debug, Serialize)]
pub struct Route {
    /// Whether everything goes through PRONOTE.
    pub pronote: bool,
    /// The session.
    pub session: i16,
}

/// A part of the national screen.
#[derive(Debug, Serialize)]
pub struct CopySection {
    /// Heading.
    pub title: String,
    /// Values.
    pub values: Vec<CopyValue>,
}

/// A value to copy.
#[derive(Debug, Serialize)]
pub struct CopyValue {
    /// What it is.
    pub label: String,
    /// The value as it is typed there; none when it lacks.
    pub value: Option<String>,
    /// What it means, beside it.
    pub words: Option<String>,
    /// Length of a text.
    pub length: Option<usize>,
    /// Its limit.
    pub limit: Option<i64>,
    /// Whether it is copied as a text (a level is ticked).
    pub copied: bool,
    /// Whether it stands on lines of its own.
    pub long: bool,
    /// What tells this value of this pupil from any other: a changed value has another key.
    pub key: String,
    /// Whether it lacks and somebody must fill it: the top of the page says who.
    pub wanted: bool,
}

/// The context of the table of a class.
#[derive(Debug, Serialize)]
pub struct ScreenPage {
    /// Around the page.
    pub frame: Frame,
    /// Name of the class and way to its page.
    pub class: (String, String),
    /// Name of the subject.
    pub subject: String,
    /// What the school calls it.
    pub diploma: String,
    /// Names of the periods.
    pub periods: Vec<String>,
    /// Code and words of the competences.
    pub competences: Vec<(String, String)>,
    /// One row a pupil.
    pub rows: Vec<ScreenRow>,
    /// The figures of the group.
    pub group: Option<super::GroupMarks>,
    /// Whether the mean of the group that is sent is another: label and value.
    pub group_mean: Option<String>,
    /// How the spécialité gets into LSL Pro.
    pub route: Option<Route>,
}

/// A pupil in the table of a class.
#[derive(Debug, Serialize)]
pub struct ScreenRow {
    /// "DUPONT Léa".
    pub name: String,
    /// Way to the page of the pupil.
    pub href: String,
    /// Marks of the periods.
    pub marks: Vec<Option<String>>,
    /// Mean of the year.
    pub mean: Option<String>,
    /// Levels, 0 where there is none.
    pub levels: Vec<u8>,
    /// The appreciation.
    pub appreciation: Option<String>,
    /// Its length.
    pub length: usize,
    /// Teachers.
    pub teachers: Vec<String>,
    /// Whether the livret is complete.
    pub complete: bool,
    /// The keys of all values of the pupil.
    pub keys: String,
}

/// Computes the page of a pupil of a class; nothing when there is no livret to fill.
pub fn copy_page(
    site: &Site<'_>,
    class_ix: Ix<Class>,
    pupil: Ix<Pupil>,
    at: &str,
) -> Option<CopyPage> {
    let school = site.school;
    let class = &school.classes[class_ix];
    let sheet = livret_sheet(school, class_ix, pupil)?;
    let state = livret_state(school, pupil, class.year)?;
    let to = |subject| link(at, &address(site, subject));
    let record = &school.pupils[pupil];
    let title = format!("À recopier dans LSL Pro : {}", record.list_name());
    let around = frame(site, at, title, Some(class.diploma), Some(Menu::Lsl))
        .crumb(site, at, "LSL Pro", Subject::Lsl(class.diploma))
        .crumb(site, at, &class.record.nom, Subject::LivretScreen(class_ix))
        .walk(
            format!("Livrets de {}", class.record.nom),
            &livret_pupils(school, class_ix),
            pupil,
            |other| Neighbour {
                label: school.pupils[other].list_name(),
                href: link(at, &address(site, Subject::LivretCopy(class_ix, other))),
            },
        );
    Some(CopyPage {
        frame: around,
        name: record.list_name(),
        class: (class.record.nom.clone(), to(Subject::LivretScreen(class_ix))),
        livret: to(Subject::Livret(class_ix, pupil)),
        subject: subject_title(&sheet),
        diploma: diploma_title(school, class),
        progress: progress(&state),
        lacks: lacks(school, &state),
        sections: sections(school, &sheet),
        route: route(school, class),
    })
}

/// Computes the table of a class; nothing when it has no livret.
pub fn screen_page(site: &Site<'_>, class_ix: Ix<Class>, at: &str) -> Option<ScreenPage> {
    let school = site.school;
    let class = &school.classes[class_ix];
    school.livret_rules_of(class)?;
    let sheets = livret_sheets(school, class_ix);
    let first = sheets.first().and_then(|sheet| sheet.subjects.first());
    let to = |subject| link(at, &address(site, subject));
    let title = format!("LSL Pro, {}", class.record.nom);
    let list = school.referentials[class.diploma].record.lsl.as_ref();
    Some(ScreenPage {
        frame: frame(site, at, title, Some(class.diploma), Some(Menu::Lsl))
            .crumb(site, at, "LSL Pro", Subject::Lsl(class.diploma))
            .wide(),
        class: (class.record.nom.clone(), to(Subject::Class(class_ix))),
        subject: sheets.first().map(subject_title).unwrap_or_default(),
        diploma: diploma_title(school, class),
        periods: school.periods_of_class(class).iter().map(|one| one.intitule.clone()).collect(),
        competences: list
            .iter()
            .flat_map(|list| &list.competences)
            .map(|one| (one.code.clone(), one.intitule.clone()))
            .collect(),
        group: crate::insight::livret_group(school, class_ix).map(super::GroupMarks::from),
        group_mean: first.and_then(|subject| subject.group.mean).map(decimal),
        route: route(school, class),
        rows: sheets.iter().filter_map(|sheet| row(site, sheet, at)).collect(),
    })
}

fn row(site: &Site<'_>, sheet: &LivretSheet<'_>, at: &str) -> Option<ScreenRow> {
    let school = site.school;
    let state = livret_state(school, sheet.pupil, sheet.year)?;
    let subject = sheet.subjects.first()?;
    let keys: Vec<String> = sections(school, sheet)
        .into_iter()
        .flat_map(|section| section.values)
        .filter(|value| value.value.is_some())
        .map(|value| value.key)
        .collect();
    Some(ScreenRow {
        name: school.pupils[sheet.pupil].list_name(),
        href: link(at, &address(site, Subject::LivretCopy(sheet.class, sheet.pupil))),
        marks: subject.marks.iter().map(|mark| mark_words(mark.value)).collect(),
        mean: subject.mean.map(decimal),
        levels: subject.levels.iter().map(|level| level.level.unwrap_or(0)).collect(),
        appreciation: subject.appreciation.map(str::to_owned),
        length: subject.appreciation.map_or(0, characters),
        teachers: names(school, subject.teachers),
        complete: state.is_complete(),
        keys: keys.join(" "),
    })
}

fn subject_title(sheet: &LivretSheet<'_>) -> String {
    sheet.subjects.first().map(|subject| subject.title.clone()).unwrap_or_default()
}

fn diploma_title(school: &School, class: &Class) -> String {
    let record = &school.referentials[class.diploma].record;
    format!("{} ({})", record.intitule, record.sigle)
}

/// How the spécialité gets into LSL Pro in the session of a class, when the référentiel says so.
fn route(school: &School, class: &Class) -> Option<Route> {
    let session = class.session();
    let list = school.referentials[class.diploma].record.lsl.as_ref()?;
    let known = list.voies.iter().find(|one| {
        one.premiere_session.0 <= i64::from(session)
            && one.derniere_session.is_none_or(|last| i64::from(session) <= last.0)
    })?;
    Some(Route { pronote: known.voie == LslWay::Pronote, session })
}

fn lacks(school: &School, state: &LivretState<'_>) -> Vec<(String, String)> {
    let level = |gap: &&LivretGap| matches!(gap, LivretGap::Level(_));
    let levels = crate::insight::gap_words(school, state).into_iter().next();
    let first = state.gaps.iter().find(level).map(|gap| who_fills(school, state, *gap));
    let levels = levels.zip(first);
    let others = state.gaps.iter().filter(|gap| !level(gap));
    let others =
        others.map(|gap| (one_gap_word(school, state, *gap), who_fills(school, state, *gap)));
    levels.into_iter().chain(others).collect()
}

fn names(school: &School, people: &[Ix<Person>]) -> Vec<String> {
    people.iter().map(|person| national_name(school, *person)).collect()
}

/// "MERCIER Paul", as the national application lists people.
fn national_name(school: &School, person: Ix<Person>) -> String {
    let record = &school.people[person].record;
    format!("{} {}", record.nom.to_uppercase(), record.prenom)
}

fn mark_words(value: MarkValue) -> Option<String> {
    match value {
        MarkValue::Mark(mark) => Some(decimal(mark)),
        MarkValue::NotMarked => Some("NN".to_owned()),
        MarkValue::Missing => None,
    }
}

/// The values of a pupil, in the order of the national screen.
fn sections(school: &School, sheet: &LivretSheet<'_>) -> Vec<CopySection> {
    let make = Maker { school, sheet };
    let mut sections = Vec::new();
    let mut put = |title: &str, values: Vec<CopyValue>| {
        if !values.is_empty() {
            sections.push(CopySection { title: title.to_owned(), values });
        }
    };
    for subject in &sheet.subjects {
        // A year with one mark is a year that can be sent: the other periods are not owed.
        let owed = subject.marks.iter().all(|mark| mark.value == MarkValue::Missing);
        let marks = subject.marks.iter().map(|mark| {
            let name = format!("Moyenne, {}", mark.period.intitule);
            let value = make.value(&name, mark_words(mark.value));
            if owed { value.owed() } else { value }
        });
        put(
            "Élève",
            marks.chain([make.value("Moyenne de l’année", subject.mean.map(decimal))]).collect(),
        );
        let group = &subject.group;
        if let Some(shares) = group.shares {
            let shares = shares.map(percent).map(Some);
            let [low, middle, high] = shares;
            put(
                "Groupe",
                vec![
                    make.value("Effectif (élèves notés)", Some(group.counted.to_string())),
                    make.value("Moyennes sous 8", low),
                    make.value("Moyennes de 8 à moins de 12", middle),
                    make.value("Moyennes de 12 et plus", high),
                    make.value("Moyenne du groupe", group.mean.map(decimal)),
                ],
            );
        }
        let levels = subject.levels.iter().map(|level| {
            let words = level.level.and_then(|level| DEGREES.get(usize::from(level) - 1));
            let value = make.value(
                &format!("{} {}", level.code, level.title),
                level.level.map(|level| level.to_string()),
            );
            CopyValue { copied: false, words: words.map(|one| (*one).to_owned()), ..value }.owed()
        });
        put("Compétences", levels.collect());
        let limit = Some(sheet.rules.appreciation_max.0);
        let text = make.text("Appréciation de l’année", subject.appreciation, limit);
        let text = if sheet.rules.appreciation_obligatoire { text.owed() } else { text };
        put("Appréciation", vec![text]);
        let teachers = names(school, subject.teachers);
        let mut people: Vec<CopyValue> = teachers
            .iter()
            .map(|name| make.value(&format!("Enseignant, {name}"), Some(name.clone())))
            .collect();
        if people.is_empty() {
            people.push(make.value("Enseignant", None).owed());
        }
        put("Professeurs", people);
    }
    put("PFMP", placement(&make));
    put(&project_title(sheet.rules), project(&make));
    put("Parcours, engagements et avis", others(&make));
    sections
}

fn placement(make: &Maker<'_>) -> Vec<CopyValue> {
    let sheet = make.sheet;
    let Some(part) = &sheet.placement else {
        let compulsory = sheet.rules.pfmp == crate::record::LivretSection::Compulsory;
        let lacking = make.text("Synthèse des PFMP", None, Some(sheet.rules.pfmp_max.0));
        return if compulsory { vec![lacking.owed()] } else { Vec::new() };
    };
    let text = make.text("Synthèse des PFMP", part.text, Some(sheet.rules.pfmp_max.0));
    let teacher = part.teacher.map(|person| national_name(make.school, person));
    let mut values =
        vec![text.owed(), make.value("Référent ou professeur principal", teacher).owed()];
    let abroad = if part.abroad { "oui" } else { "non" };
    let abroad = make.value("En partie à l’étranger", Some(abroad.to_owned()));
    values.push(CopyValue { copied: false, ..abroad });
    values.extend(
        part.weeks
            .map(|weeks| make.value("Nombre de semaines sur le cycle", Some(weeks.to_string()))),
    );
    values
}

fn project(make: &Maker<'_>) -> Vec<CopyValue> {
    let Some(part) = &make.sheet.project else { return Vec::new() };
    let limit = make.sheet.rules.projet_max.map(|limit| limit.0);
    let mut values: Vec<CopyValue> = part
        .mark
        .map(|mark| make.value("Note de l’année", Some(decimal(mark))))
        .into_iter()
        .collect();
    let text = make.text("Appréciation du projet", part.text, limit);
    values.push(text.owed());
    let teachers = names(make.school, part.teachers);
    values.extend(
        teachers
            .iter()
            .map(|name| make.value(&format!("Enseignant du projet, {name}"), Some(name.clone()))),
    );
    if teachers.is_empty() {
        let nobody = make.value("Enseignant du projet", None);
        values.push(nobody.owed());
    }
    values
}

/// What was written; nothing here is owed.
fn others(make: &Maker<'_>) -> Vec<CopyValue> {
    let sheet = make.sheet;
    let most = sheet.rules.avis_max.map(|most| most.0);
    let mut values = Vec::new();
    for code in sheet.engagements {
        let words = sheet.rules.engagements.get(code).cloned().unwrap_or_else(|| code.clone());
        let value = make.value(&format!("Engagement, {words}"), Some("oui".to_owned()));
        values.push(CopyValue { copied: false, ..value });
    }
    if let Some(other) = sheet.other_engagement {
        values.push(make.text("Autre engagement", Some(other), most));
    }
    let mut opinion = |label: &str, opinion: Option<OpinionSheet<'_>>| {
        let Some(opinion) = opinion else { return };
        let by = opinion.signed.map(|person| national_name(make.school, person));
        let day = opinion.day.map(|day| format!("le {}", short_date(day)));
        let words: Vec<String> = by.into_iter().chain(day).collect();
        let value = make.text(label, Some(opinion.text), most);
        let words = (!words.is_empty()).then(|| words.join(", "));
        values.push(CopyValue { words, ..value });
    };
    opinion("Parcours", sheet.path);
    opinion("Observation du CPE", sheet.observation);
    opinion("Avis sur l’investissement", sheet.investment);
    opinion("Visa du chef d’établissement", sheet.visa);
    if let Some(code) = sheet.exam_opinion {
        let words = sheet.rules.avis_examen.get(code).cloned();
        let value =
            make.value("Avis pour l’examen", Some(words.unwrap_or_else(|| code.to_owned())));
        values.push(CopyValue { copied: false, ..value });
    }
    if let Some(stay) = sheet.mobility {
        values.push(make.value("Mobilité, pays", Some(stay.pays.clone())));
        if let Some(report) = &stay.rapport {
            values.push(make.value("Mobilité, titre du rapport", Some(report.clone())));
        }
        let marks = [
            ("Mobilité, note de présentation", stay.note_presentation),
            ("Mobilité, note du thème", stay.note_theme),
            ("Mobilité, note de réflexion", stay.note_reflexion),
        ];
        for (label, mark) in marks {
            let mark = mark.map(|mark| decimal(crate::insight::hundredths(mark)));
            values.extend(mark.map(|mark| make.value(label, Some(mark))));
        }
    }
    values
}

/// Makes values of a pupil.
struct Maker<'a> {
    school: &'a School,
    sheet: &'a LivretSheet<'a>,
}

impl Maker<'_> {
    fn value(&self, label: &str, value: Option<String>) -> CopyValue {
        let pupil = &self.school.pupils[self.sheet.pupil].id;
        let told = value.as_deref().unwrap_or_default();
        let whole = format!("{pupil}\n{}\n{label}\n{told}", self.sheet.year);
        let key = HEXLOWER.encode(&digest(&SHA256, whole.as_bytes()).as_ref()[..8]);
        CopyValue {
            label: label.to_owned(),
            value,
            words: None,
            length: None,
            limit: None,
            copied: true,
            long: false,
            key,
            wanted: false,
        }
    }

    fn text(&self, label: &str, text: Option<&str>, limit: Option<i64>) -> CopyValue {
        let value = self.value(label, text.map(str::to_owned));
        CopyValue { length: text.map(characters), limit, long: true, ..value }
    }
}

impl CopyValue {
    /// The same, wanted where it lacks.
    fn owed(self) -> Self {
        Self { wanted: self.value.is_none(), ..self }
    }
}
