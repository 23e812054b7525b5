//! What was sent of a livret, what has changed since: by value, so that a person sees it before sending again
//! (LSL-05, NAT-07).

use data_encoding::HEXLOWER;
use ring::digest::{SHA256, digest};

use super::mean::Hundredths;
use super::sheet::{LivretSheet, MarkValue, OpinionSheet};
use crate::record::Map;
use crate::school::{Ix, Person, School};
use crate::text::{Date, characters, count};

/// How many characters of a digest tell one text from another.
const SHORT: usize = 12;

/// The values of a livret as a sending leaves them in the file: a name and a short text each. Long texts
/// are told by their length and the beginning of their digest.
pub fn sent_values(school: &School, sheet: &LivretSheet<'_>) -> Vec<(String, String)> {
    let mut all: Vec<(String, String)> = Vec::new();
    let mut put = |name: &str, value: Option<String>| {
        all.extend(value.map(|value| (name.to_owned(), value)));
    };
    for subject in &sheet.subjects {
        for level in &subject.levels {
            put(&format!("niveau {}", level.code), level.level.map(|level| level.to_string()));
        }
        for mark in &subject.marks {
            let value = match mark.value {
                MarkValue::Mark(mark) => Some(decimal(mark)),
                MarkValue::NotMarked => Some("NN".to_owned()),
                MarkValue::Missing => None,
            };
            put(&format!("note {}", mark.period.code), value);
        }
        put("appréciation", subject.appreciation.map(told));
        put("enseignants", ids(school, subject.teachers));
        let group = &subject.group;
        put(
            GROUP,
            group.mean.map(|mean| {
                let shares = group.shares.unwrap_or_default().map(decimal).join(" / ");
                format!("{} / {} / {shares}", group.counted, decimal(mean))
            }),
        );
    }
    if let Some(part) = &sheet.placement {
        put("PFMP synthèse", part.text.map(told));
        put("PFMP enseignant", part.teacher.map(|person| school.people[person].id.clone()));
        put("PFMP à l’étranger", part.abroad.then(|| "oui".to_owned()));
        put("PFMP semaines", part.weeks.map(|weeks| weeks.to_string()));
    }
    if let Some(part) = &sheet.project {
        put("projet appréciation", part.text.map(told));
        put("projet enseignants", ids(school, part.teachers));
        put("projet note", part.mark.map(decimal));
    }
    let mut opinion = |name: &str, opinion: Option<OpinionSheet<'_>>| {
        let Some(opinion) = opinion else { return };
        let by = opinion.signed.map_or("", |person| school.people[person].id.as_str());
        let day = opinion.day.map(|day| day.to_string()).unwrap_or_default();
        put(name, Some([&told(opinion.text), by, &day].map(str::to_owned).join(" / ")));
    };
    opinion("parcours", sheet.path);
    opinion("observation du CPE", sheet.observation);
    opinion("avis sur l’investissement", sheet.investment);
    opinion("visa du chef d’établissement", sheet.visa);
    put("engagements", Some(sheet.engagements.join(", ")).filter(|codes| !codes.is_empty()));
    put("autre engagement", sheet.other_engagement.map(told));
    put("avis pour l’examen", sheet.exam_opinion.map(str::to_owned));
    put(
        "mobilité",
        sheet.mobility.map(|stay| {
            let marks = [stay.note_presentation, stay.note_theme, stay.note_reflexion];
            let marks = marks.map(|mark| mark.map(|mark| mark.0.to_string()).unwrap_or_default());
            [&stay.pays, stay.rapport.as_deref().unwrap_or_default(), &marks.join(" / ")]
                .map(str::to_owned)
                .join(" / ")
        }),
    );
    all
}

/// The name of the figures of the group, which change with the marks of others.
const GROUP: &str = "chiffres du groupe";

/// What tells one sending from another: the digest of its values.
pub fn fingerprint(values: &[(String, String)]) -> String {
    let lines: String = values.iter().map(|(name, value)| format!("{name} = {value}\n")).collect();
    HEXLOWER.encode(digest(&SHA256, lines.as_bytes()).as_ref())
}

/// A value that is not what was sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ValueChange {
    /// Its name.
    pub name: String,
    /// What was sent; nothing for what is added.
    pub before: Option<String>,
    /// What it is now; nothing for what is no longer there, and stays as it is in the national application.
    pub now: Option<String>,
}

/// What has changed since values were sent, in the order of the livret, then what is gone.
pub fn value_changes(sent: &Map<String>, now: &[(String, String)]) -> Vec<ValueChange> {
    let changed =
        now.iter().filter(|(name, value)| sent.get(name) != Some(value)).map(|(name, value)| {
            ValueChange {
                name: name.clone(),
                before: sent.get(name).cloned(),
                now: Some(value.clone()),
            }
        });
    let gone = sent.iter().filter(|(name, _)| !now.iter().any(|(other, _)| other == name));
    let gone = gone.map(|(name, value)| ValueChange {
        name: name.to_owned(),
        before: Some(value.clone()),
        now: None,
    });
    changed.chain(gone).collect()
}

/// Where a livret stands towards the national application (NAT-07).
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SendingState {
    /// Nobody noted a sending.
    Never,
    /// Sent that day, and the same since.
    Same(Date),
    /// Sent that day; these values are no longer those.
    Changed(Date, Vec<ValueChange>),
    /// Sent that day; nothing tells what was sent.
    Untold(Date),
}

impl SendingState {
    /// Whether only the figures of the group differ: marks of other pupils changed.
    pub fn is_of_group(&self) -> bool {
        matches!(self, Self::Changed(_, changes) if changes.iter().all(|one| one.name == GROUP))
    }
}

/// Compares a livret with its last sending.
pub fn sending_state(school: &School, sheet: &LivretSheet<'_>) -> SendingState {
    let livret = school.livret_of(sheet.pupil, sheet.year).map(|ix| &school.livrets[ix].record);
    let last = livret.and_then(|livret| livret.envois.iter().max_by_key(|sending| sending.le));
    let (Some(livret), Some(last)) = (livret, last) else { return SendingState::Never };
    if livret.transmis.is_empty() {
        return SendingState::Untold(last.le);
    }
    let changes = value_changes(&livret.transmis, &sent_values(school, sheet));
    if changes.is_empty() {
        SendingState::Same(last.le)
    } else {
        SendingState::Changed(last.le, changes)
    }
}

/// A text by its length and the beginning of its digest.
fn told(text: &str) -> String {
    let digest = HEXLOWER.encode(digest(&SHA256, text.as_bytes()).as_ref());
    let length = count(characters(text), "caractère", "caractères");
    format!("{length}, {}", &digest[..SHORT])
}

fn ids(school: &School, people: &[Ix<Person>]) -> Option<String> {
    let ids: Vec<&str> = people.iter().map(|person| school.people[*person].id.as_str()).collect();
    (!ids.is_empty()).then(|| ids.join(", "))
}

/// "12.50": hundredths as files write them.
fn decimal(value: Hundredths) -> String {
    format!("{}.{:02}", value / 100, value % 100)
}
