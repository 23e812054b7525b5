//! All that the livret of a pupil says for a year, whatever the format in which it leaves: what an export
//! writes and what a person copies are the same values.

use crate::record::{
    LivretMobility, LivretRules, LivretSection, OfficialPeriod, Periodicity, Prose,
};
use crate::school::{Class, Ix, Livret, Person, Pupil, School};
use crate::text::{Date, SchoolYear};

use super::completeness::{livret_periodicity, placement_weeks};
use super::group::{SentGroup, sent_group};
use super::mean::{Hundredths, hundredths};

/// The livret of a pupil for a school year.
#[derive(Debug)]
pub struct LivretSheet<'a> {
    /// The pupil.
    pub pupil: Ix<Pupil>,
    /// The pupil's last class of the year.
    pub class: Ix<Class>,
    /// The year.
    pub year: SchoolYear,
    /// The rules of the session.
    pub rules: &'a LivretRules,
    /// The number of the pupil in SIECLE: the only one that the national application knows.
    pub eleve_id: Option<&'a str>,
    /// The MEF of the pupil, else that of the class: eleven characters.
    pub mef: Option<&'a str>,
    /// Trimesters or semesters (PER-05).
    pub periodicity: Option<Periodicity>,
    /// The subjects: the school's own one today.
    pub subjects: Vec<SubjectSheet<'a>>,
    /// The PFMP, when that part is sent.
    pub placement: Option<PlacementSheet<'a>>,
    /// The projet, when that part is sent.
    pub project: Option<ProjectSheet<'a>>,
    /// The parcours.
    pub path: Option<OpinionSheet<'a>>,
    /// Engagements, by their codes in the rules.
    pub engagements: &'a [String],
    /// Another engagement, in words.
    pub other_engagement: Option<&'a str>,
    /// The observation of the CPE.
    pub observation: Option<OpinionSheet<'a>>,
    /// The opinion on investment.
    pub investment: Option<OpinionSheet<'a>>,
    /// The visa of the head.
    pub visa: Option<OpinionSheet<'a>>,
    /// The code of the opinion for the exam.
    pub exam_opinion: Option<&'a str>,
    /// Mobility.
    pub mobility: Option<&'a LivretMobility>,
}

/// What the livret says of a subject.
#[derive(Debug)]
pub struct SubjectSheet<'a> {
    /// Its name in the national livret.
    pub title: String,
    /// Who teaches it.
    pub teachers: &'a [Ix<Person>],
    /// One entry an official period.
    pub marks: Vec<SheetMark<'a>>,
    /// The mean of the year.
    pub mean: Option<Hundredths>,
    /// The appreciation of the year.
    pub appreciation: Option<&'a str>,
    /// One entry an expected competence.
    pub levels: Vec<SheetLevel<'a>>,
    /// The figures of the group.
    pub group: SentGroup,
}

/// The mark of a period.
#[derive(Clone, Copy, Debug)]
pub struct SheetMark<'a> {
    /// The period.
    pub period: &'a OfficialPeriod,
    /// What the livret says of it.
    pub value: MarkValue,
}

/// A mark, the word that there is none, or nothing yet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MarkValue {
    /// A mark out of 20.
    Mark(Hundredths),
    /// NN: the pupil was not marked.
    NotMarked,
    /// Nothing was entered.
    Missing,
}

/// The level of an expected competence.
#[derive(Clone, Copy, Debug)]
pub struct SheetLevel<'a> {
    /// Its code in the school's list.
    pub code: &'a str,
    /// Its code in the national application, when the list has it.
    pub national: Option<&'a str>,
    /// Its words.
    pub title: &'a str,
    /// From 1 to 4; nothing yet otherwise.
    pub level: Option<u8>,
}

/// The PFMP part.
#[derive(Debug)]
pub struct PlacementSheet<'a> {
    /// The synthesis.
    pub text: Option<&'a str>,
    /// Who signs it.
    pub teacher: Option<Ix<Person>>,
    /// Whether a part was abroad.
    pub abroad: bool,
    /// Weeks over the cycle, in terminale.
    pub weeks: Option<u32>,
}

/// The projet part.
#[derive(Debug)]
pub struct ProjectSheet<'a> {
    /// The appreciation.
    pub text: Option<&'a str>,
    /// Who signs it.
    pub teachers: &'a [Ix<Person>],
    /// The mark of the year.
    pub mark: Option<Hundredths>,
}

/// A signed text.
#[derive(Clone, Copy, Debug)]
pub struct OpinionSheet<'a> {
    /// The text.
    pub text: &'a str,
    /// Who signs it.
    pub signed: Option<Ix<Person>>,
    /// When.
    pub day: Option<Date>,
}

/// Computes the livrets of a class, in the order of its list; none when its rules have no livret. Apprentices have
/// none (LSL-02).
pub fn livret_sheets(school: &School, class_ix: Ix<Class>) -> Vec<LivretSheet<'_>> {
    let group = sent_group(school, class_ix);
    let pupils = super::livret_candidates(school, class_ix);
    pupils.into_iter().filter_map(|pupil| sheet(school, class_ix, pupil, group?)).collect()
}

/// Computes the livret of one pupil of a class; nothing for who has none.
pub fn livret_sheet(
    school: &School,
    class: Ix<Class>,
    pupil: Ix<Pupil>,
) -> Option<LivretSheet<'_>> {
    if school.ended_as_apprentice(pupil, school.classes[class].year) {
        return None;
    }
    sheet(school, class, pupil, sent_group(school, class)?)
}

fn sheet(
    school: &School,
    class_ix: Ix<Class>,
    pupil: Ix<Pupil>,
    group: SentGroup,
) -> Option<LivretSheet<'_>> {
    let class = &school.classes[class_ix];
    let rules = school.livret_rules_of(class)?;
    let livret = school.livret_of(pupil, class.year).map(|ix| &school.livrets[ix]);
    let record = livret.map(|livret| &livret.record);
    let [path, observation, investment, visa] = opinions(livret);
    Some(LivretSheet {
        pupil,
        class: class_ix,
        year: class.year,
        rules,
        eleve_id: school.pupils[pupil].record.eleve_id.as_deref(),
        mef: mef(school, class, pupil),
        periodicity: livret_periodicity(school, class),
        subjects: vec![speciality(school, class, rules, livret, group)],
        placement: placement(school, class, rules, pupil, livret),
        project: project(rules, livret),
        path,
        engagements: record.map_or(&[], |record| record.engagements.as_slice()),
        other_engagement: record.and_then(|record| written(record.engagement_autre.as_ref())),
        observation,
        investment,
        visa,
        exam_opinion: record.and_then(|record| record.avis_examen.as_deref()),
        mobility: record.and_then(|record| record.mobilite.as_ref()),
    })
}

/// The MEF of a pupil in a class: a division may mix several.
fn mef<'a>(school: &'a School, class: &'a Class, pupil: Ix<Pupil>) -> Option<&'a str> {
    let stays = school.pupils[pupil].record.scolarite.iter().rev();
    let mut stays = stays.filter(|stay| stay.annee == class.year && *stay.classe == *class.key);
    let own = stays.find_map(|stay| stay.mef.as_deref());
    own.or(class.record.mef.as_deref())
}

fn speciality<'a>(
    school: &'a School,
    class: &'a Class,
    rules: &LivretRules,
    livret: Option<&'a Livret>,
    group: SentGroup,
) -> SubjectSheet<'a> {
    let referential = &school.referentials[class.diploma].record;
    let list = referential.lsl.as_ref().map_or(&[][..], |list| list.competences.as_slice());
    let value = |period: &OfficialPeriod| {
        let marks = livret.map_or(&[][..], |livret| livret.record.notes.as_slice());
        match marks.iter().find(|mark| mark.periode == period.code) {
            Some(mark) if mark.non_note => MarkValue::NotMarked,
            Some(mark) => mark.note.map_or(MarkValue::Missing, |n| MarkValue::Mark(hundredths(n))),
            None => MarkValue::Missing,
        }
    };
    let periods = school.periods_of_class(class);
    SubjectSheet {
        title: rules.discipline.clone().unwrap_or_else(|| referential.intitule.clone()),
        teachers: livret.map_or(&[], |livret| livret.teachers.as_slice()),
        marks: periods
            .into_iter()
            .map(|period| SheetMark { period, value: value(period) })
            .collect(),
        mean: livret.and_then(|livret| super::annual_mean(livret, rules.arrondi)),
        appreciation: livret.and_then(|livret| written(livret.record.appreciation.as_ref())),
        levels: list
            .iter()
            .enumerate()
            .map(|(line, one)| SheetLevel {
                code: &one.code,
                national: one.code_national.as_deref(),
                title: &one.intitule,
                level: livret.and_then(|livret| livret.level(line)),
            })
            .collect(),
        group,
    }
}

/// Whether a part leaves with the livret: as its rules say (LSL-11 to LSL-13).
fn leaves(section: LivretSection, on: bool, something: bool) -> bool {
    match section {
        LivretSection::Compulsory => something,
        LivretSection::Module | LivretSection::EmptyOrFull => on && something,
    }
}

fn placement<'a>(
    school: &School,
    class: &Class,
    rules: &LivretRules,
    pupil: Ix<Pupil>,
    livret: Option<&'a Livret>,
) -> Option<PlacementSheet<'a>> {
    let livret = livret?;
    let part = livret.record.pfmp.as_ref()?;
    let (text, teacher) = (written(part.synthese.as_ref()), livret.placement_teacher);
    let asks_weeks = rules.semaines_pfmp && class.is_final_year();
    leaves(rules.pfmp, part.exporte, text.is_some() || teacher.is_some()).then(|| PlacementSheet {
        text,
        teacher,
        abroad: part.etranger,
        weeks: asks_weeks.then(|| placement_weeks(school, pupil)).flatten(),
    })
}

fn project<'a>(rules: &LivretRules, livret: Option<&'a Livret>) -> Option<ProjectSheet<'a>> {
    let livret = livret?;
    let part = livret.record.projet.as_ref()?;
    let text = written(part.synthese.as_ref());
    let teachers = livret.project_teachers.as_slice();
    leaves(rules.projet?, part.exporte, text.is_some() || !teachers.is_empty())
        .then(|| ProjectSheet { text, teachers, mark: part.note.map(hundredths) })
}

/// The parcours, the observation of the CPE, the opinion on investment, the visa of the head.
fn opinions(livret: Option<&Livret>) -> [Option<OpinionSheet<'_>>; 4] {
    let Some(livret) = livret else { return [None; 4] };
    let record = &livret.record;
    let all = [&record.parcours, &record.avis_cpe, &record.avis_investissement, &record.avis_chef];
    std::array::from_fn(|place| {
        let opinion = all[place].as_ref()?;
        let text = written(opinion.texte.as_ref())?;
        Some(OpinionSheet { text, signed: livret.signed[place], day: opinion.le })
    })
}

/// The text of a key, unless it is empty.
fn written(prose: Option<&Prose>) -> Option<&str> {
    prose.map(|prose| prose.0.as_str()).filter(|text| !text.is_empty())
}
