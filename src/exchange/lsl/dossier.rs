//! What leaves for the national livret, whatever the format: the values of a pupil with their national codes.

use crate::insight::{Hundredths, LivretSheet, MarkValue, OpinionSheet};
use crate::record::{Periodicity, StudyLevel};
use crate::school::{Ix, Person, School};
use crate::text::Date;

use super::codes::Codes;

/// The livret of a pupil.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Dossier {
    /// `ELEVE_ID` of SIECLE.
    pub eleve_id: u64,
    /// Engagements: code, and words of it.
    pub engagements: Vec<(String, String)>,
    /// Another engagement, in words.
    pub other_engagement: Option<String>,
    /// Code of the opinion for the exam.
    pub exam_opinion: Option<String>,
    /// Mobility: country, title of the report, marks of presentation, theme and reflection.
    pub mobility: Option<(String, Option<String>, [Option<Hundredths>; 3])>,
    /// One entry a level of study, oldest first.
    pub years: Vec<DossierYear>,
}

/// A school year.
#[derive(Clone, Debug, PartialEq)]
pub struct DossierYear {
    /// First calendar year.
    pub year: i16,
    /// Level of study.
    pub level: StudyLevel,
    /// MEF, eleven characters.
    pub mef: Option<String>,
    /// Trimesters or semesters.
    pub periodicity: Periodicity,
    /// The observation of the CPE.
    pub observation: Option<Opinion>,
    /// The opinion on investment, by the form teacher.
    pub investment: Option<Opinion>,
    /// The visa of the head.
    pub visa: Option<Opinion>,
    /// The parcours.
    pub path: Option<Opinion>,
    /// PFMP: synthesis, who signs it, abroad, weeks over the cycle.
    pub placement: Option<(String, Name, bool, Option<u32>)>,
    /// Projet: mark, appreciation, who signs it.
    pub project: Option<(Option<Hundredths>, String, Vec<Name>)>,
    /// One entry a subject.
    pub evaluations: Vec<SubjectMarks>,
}

/// A signed text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Opinion {
    /// The text.
    pub text: String,
    /// Who signs it; nothing as long as nobody is named.
    pub by: Option<Name>,
    /// When.
    pub day: Option<Date>,
}

/// Family name and first name.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Name {
    /// Family name.
    pub family: String,
    /// First name.
    pub first: String,
}

/// A subject of a year.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SubjectMarks {
    /// O, F or S.
    pub modality: String,
    /// National code, six digits.
    pub code: String,
    /// Name.
    pub title: String,
    /// How many of the group have a mean.
    pub counted: usize,
    /// The mean of all marks of periods of the group.
    pub group_mean: Option<Hundredths>,
    /// Shares under 8, from 8 to under 12, 12 and more, in hundredths of a per cent.
    pub shares: Option<[Hundredths; 3]>,
    /// The appreciation of the year.
    pub annual: Option<String>,
    /// One entry a period; nothing for a period without mark.
    pub marks: Vec<Option<Hundredths>>,
    /// National code, four digits, and level of each competence; no level for one that was not assessed.
    pub competences: Vec<(String, Option<u8>)>,
    /// Who teaches it.
    pub teachers: Vec<Name>,
}

impl SubjectMarks {
    /// Joins another service of the same subject: the national livret has one entry a subject.
    pub fn join(&mut self, other: Self) {
        for teacher in other.teachers {
            if !self.teachers.contains(&teacher) {
                self.teachers.push(teacher);
            }
        }
        for (place, mark) in other.marks.into_iter().enumerate() {
            match self.marks.get_mut(place) {
                Some(mine) => *mine = mine.or(mark),
                None => self.marks.push(mark),
            }
        }
        for (code, level) in other.competences {
            match self.competences.iter_mut().find(|(mine, _)| *mine == code) {
                Some((_, mine)) => *mine = mine.or(level),
                None => self.competences.push((code, level)),
            }
        }
        self.annual = self.annual.take().or(other.annual);
        if self.counted == 0 {
            self.counted = other.counted;
            (self.group_mean, self.shares) = (other.group_mean, other.shares);
        }
    }
}

impl Dossier {
    /// Adds a year. A level done twice is told once, with its last year (a repeated year is not sent twice).
    pub fn add(&mut self, mut year: DossierYear) {
        let mut subjects: Vec<SubjectMarks> = Vec::new();
        for one in std::mem::take(&mut year.evaluations) {
            match subjects.iter_mut().find(|known| known.code == one.code) {
                Some(known) => known.join(one),
                None => subjects.push(one),
            }
        }
        year.evaluations = subjects;
        match self.years.iter_mut().find(|known| known.level == year.level) {
            Some(known) if known.year < year.year => *known = year,
            Some(_) => {}
            None => self.years.push(year),
        }
        self.years.sort_by_key(|year| year.year);
    }
}

/// The year of a sheet, with the codes of its subject; nothing as long as the rhythm is not set.
pub(super) fn year_of(
    school: &School,
    sheet: &LivretSheet<'_>,
    codes: &Codes,
) -> Option<DossierYear> {
    let name = |ix: Ix<Person>| name_of(school, ix);
    let opinion = |opinion: Option<OpinionSheet<'_>>| {
        opinion.map(|one| Opinion {
            text: one.text.to_owned(),
            by: one.signed.map(name),
            day: one.day,
        })
    };
    let evaluations = sheet.subjects.iter().map(|subject| {
        let levels = codes.competences.iter().map(|(code, line)| {
            let level = line.and_then(|line| subject.levels.get(line)).and_then(|one| one.level);
            (code.clone(), level)
        });
        let mark = |value| match value {
            MarkValue::Mark(mark) => Some(mark),
            MarkValue::NotMarked | MarkValue::Missing => None,
        };
        SubjectMarks {
            modality: codes.modality.clone(),
            code: codes.subject.clone().unwrap_or_default(),
            title: subject.title.clone(),
            counted: subject.group.counted,
            group_mean: subject.group.mean,
            shares: subject.group.shares,
            annual: subject.appreciation.map(str::to_owned),
            marks: match codes.marked {
                true => subject.marks.iter().map(|one| mark(one.value)).collect(),
                false => Vec::new(),
            },
            competences: levels.collect(),
            teachers: subject.teachers.iter().copied().map(name).collect(),
        }
    });
    Some(DossierYear {
        year: sheet.year.0,
        level: school.classes[sheet.class].record.niveau,
        mef: sheet.mef.map(str::to_owned),
        periodicity: sheet.periodicity?,
        observation: opinion(sheet.observation),
        investment: opinion(sheet.investment),
        visa: opinion(sheet.visa),
        path: opinion(sheet.path),
        placement: sheet.placement.as_ref().and_then(|part| {
            Some((part.text?.to_owned(), name(part.teacher?), part.abroad, part.weeks))
        }),
        project: sheet.project.as_ref().and_then(|part| {
            let teachers = part.teachers.iter().copied().map(name).collect();
            Some((part.mark, part.text?.to_owned(), teachers))
        }),
        evaluations: evaluations.collect(),
    })
}

/// The pupil of a sheet, without any year yet.
pub(super) fn pupil_of(sheet: &LivretSheet<'_>, eleve_id: u64) -> Dossier {
    let words = |code: &str| sheet.rules.engagements.get(code).cloned().unwrap_or_default();
    let mark = |mark: Option<crate::record::Number<0, 20>>| mark.map(crate::insight::hundredths);
    Dossier {
        eleve_id,
        engagements: sheet.engagements.iter().map(|code| (code.clone(), words(code))).collect(),
        other_engagement: sheet.other_engagement.map(str::to_owned),
        exam_opinion: sheet.exam_opinion.map(str::to_owned),
        mobility: sheet.mobility.map(|stay| {
            let marks = [stay.note_presentation, stay.note_theme, stay.note_reflexion];
            (stay.pays.clone(), stay.rapport.clone(), marks.map(mark))
        }),
        years: Vec::new(),
    }
}

/// Family name in capitals, as the national application writes it, and first name.
pub(super) fn name_of(school: &School, ix: Ix<Person>) -> Name {
    let record = &school.people[ix].record;
    Name { family: record.nom.to_uppercase(), first: record.prenom.clone() }
}
