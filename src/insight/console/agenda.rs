//! The dates ahead: ends of periods, closings, PFMP, certification, livret (CON, BIL-14, LCK-05).

use crate::school::School;
use crate::text::Date;

use super::HORIZON;

/// A date ahead.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Milestone {
    /// The day.
    pub date: Date,
    /// What happens.
    pub kind: MilestoneKind,
    /// Whom it concerns: diplomas, levels or classes as the calendar names them; empty for all.
    pub concerns: Vec<String>,
}

/// What happens on a day of the agenda.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum MilestoneKind {
    /// An official period ends: its reviews are due.
    PeriodEnd(String),
    /// PRONOTE closes an official period (BIL-14).
    PronoteCloses(String),
    /// A period in companies begins, by its short name.
    PlacementStart(String),
    /// A period in companies ends.
    PlacementEnd(String),
    /// The last day of a certification; the exam, when only one is meant.
    Certification(Option<String>),
    /// The national service of the livret opens.
    LivretOpens,
    /// It closes.
    LivretCloses,
}

/// What comes from a day to [`HORIZON`] days later, in time order.
pub fn agenda(school: &School, today: Date) -> Vec<Milestone> {
    let mut found = Vec::new();
    let until = today.plus(HORIZON);
    let mut add = |date: Date, kind: MilestoneKind, concerns: Vec<String>| {
        if today <= date && date <= until {
            found.push(Milestone { date, kind, concerns });
        }
    };
    let names = |list: &Option<Vec<crate::record::Id>>| -> Vec<String> {
        list.iter().flatten().map(ToString::to_string).collect()
    };
    for year in &school.years {
        let Some(calendar) = &year.calendar else { continue };
        for period in &calendar.record.periodes {
            let mut whom: Vec<String> =
                names(&period.diplomes).iter().map(|code| sigle(school, code)).collect();
            whom.extend(period.niveaux.iter().flatten().map(|level| level.label().to_owned()));
            whom.extend(names(&period.classes).iter().map(|key| {
                let classes = school.classes.values().iter();
                let mut same = classes.filter(|class| class.year == year.year && class.key == *key);
                same.next().map_or_else(|| key.clone(), |class| class.record.nom.clone())
            }));
            add(period.fin, MilestoneKind::PeriodEnd(period.intitule.clone()), whom.clone());
            if let Some(day) = period.cloture_pronote {
                add(day, MilestoneKind::PronoteCloses(period.intitule.clone()), whom);
            }
        }
        for deadline in &calendar.record.certification {
            let kind = MilestoneKind::Certification(deadline.epreuve.clone());
            add(deadline.date_limite, kind, vec![sigle(school, &deadline.diplome)]);
        }
        if let Some(window) = &calendar.record.service_lsl {
            add(window.ouverture, MilestoneKind::LivretOpens, Vec::new());
            add(window.fermeture, MilestoneKind::LivretCloses, Vec::new());
        }
    }
    for period in school.periods.values() {
        let whom = || vec![school.referentials[period.diploma].record.sigle.clone()];
        let name = || period.short_name();
        add(period.record.debut, MilestoneKind::PlacementStart(name()), whom());
        add(period.record.fin, MilestoneKind::PlacementEnd(name()), whom());
    }
    found.sort_by(|a, b| {
        (a.date, &a.kind).cmp(&(b.date, &b.kind)).then_with(|| a.concerns.cmp(&b.concerns))
    });
    found.dedup();
    merge(found)
}

/// Says once what happens the same day to several diplomas.
fn merge(found: Vec<Milestone>) -> Vec<Milestone> {
    let mut merged: Vec<Milestone> = Vec::new();
    for one in found {
        let same = merged.iter_mut().rev().take_while(|other| other.date == one.date);
        let mut alike = same.filter(|other| {
            other.kind == one.kind && !other.concerns.is_empty() && !one.concerns.is_empty()
        });
        match alike.next() {
            Some(other) => {
                for name in one.concerns {
                    if !other.concerns.contains(&name) {
                        other.concerns.push(name);
                    }
                }
            }
            None => merged.push(one),
        }
    }
    merged
}

fn sigle(school: &School, code: &str) -> String {
    school.referential(code).map_or_else(
        || code.to_owned(),
        |diploma| school.referentials[diploma].record.sigle.clone(),
    )
}
