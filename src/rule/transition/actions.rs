//! What an act does: each of its changes cut into the actions of the matrix, with the values that
//! belong to each.

use std::collections::BTreeMap;

use super::matrix::Action;
use crate::history::{Act, Change, ClassFacts, Facts, Transition};
use crate::record::{AnyRecord, Difference, Kind, Livret, Role};

/// The share of a change that is one action.
#[derive(Clone, Debug)]
pub(super) struct Share<'a> {
    /// The change.
    pub(super) one: &'a Transition,
    /// What it does.
    pub(super) action: Action,
    /// The values that are concerned; none when it is the file as such.
    pub(super) about: Vec<&'a Difference>,
    /// Whether it is told as one thing, at the file.
    pub(super) whole: bool,
    /// Whether it is about what stood there before, rather than what stands there now.
    pub(super) former: bool,
}

impl<'a> Share<'a> {
    /// The path that counts.
    pub(super) fn path(&self) -> &'a str {
        match (&self.one.from, self.former) {
            (Some(from), true) => from,
            _ => &self.one.file,
        }
    }

    /// The kind of record that counts.
    pub(super) fn kind(&self) -> Option<&'a Kind> {
        let (first, second) = (&self.one.kind_before, &self.one.kind);
        if self.former {
            first.as_ref().or(second.as_ref())
        } else {
            second.as_ref().or(first.as_ref())
        }
    }

    /// The pupil in whose folder it is.
    pub(super) fn pupil(&self) -> Option<&'a str> {
        pupil_of(self.path())
    }

    /// The author of the scenario that is concerned: as the school knew it, else as it was before, else
    /// as it is made by the same act.
    pub(super) fn scenario_author(&self, act: &Act<'a>) -> Option<&'a str> {
        let path = self.path();
        let id = match self.kind() {
            Some(Kind::Scenario { .. }) => {
                path.strip_prefix("scenarios/")?.strip_suffix(".toml")?
            }
            _ => scenario_of(path)?,
        };
        if let Some(known) = act.moment.scenario(id) {
            return Some(&known.author);
        }
        let author = |record: &'a Option<AnyRecord>| match record {
            Some(AnyRecord::Scenario(scenario)) => Some(&*scenario.auteur),
            _ => None,
        };
        let file = format!("scenarios/{id}.toml");
        author(&self.one.before)
            .or_else(|| author(&act.transitions.iter().find(|one| *one.file == *file)?.after))
    }

    /// The classes of the pupil that count for this record.
    pub(super) fn classes(&self, act: &Act<'a>) -> Vec<&'a ClassFacts> {
        match (self.pupil(), self.kind()) {
            (Some(pupil), Some(Kind::Livret { year, .. })) => act.moment.classes_in(pupil, *year),
            (Some(pupil), Some(Kind::Review { key, .. })) => {
                act.moment.class_of(pupil, key.date).into_iter().collect()
            }
            (Some(pupil), _) => act.moment.class_of(pupil, act.day).into_iter().collect(),
            (None, _) => Vec::new(),
        }
    }
}

/// The pupil in whose folder a file is.
pub(super) fn pupil_of(path: &str) -> Option<&str> {
    let mut parts = path.split('/');
    (parts.next() == Some("students")).then_some(())?;
    let id = parts.nth(1)?;
    parts.next().map(|_| id)
}

/// The scenario in whose folder of resources a file is.
fn scenario_of(path: &str) -> Option<&str> {
    let rest = path.strip_prefix("scenarios/")?;
    let end = rest.match_indices('/').nth(2)?.0;
    Some(&rest[..end])
}

/// The pupil whose folder goes from one cohort to another, when this change is only that for its file.
pub(super) fn relocated<'a>(act: &Act<'a>, one: &'a Transition) -> Option<&'a str> {
    let from = one.from.as_deref()?;
    let split = |path: &'a str| {
        let mut parts = path.splitn(4, '/');
        (parts.next() == Some("students")).then_some(())?;
        Some((parts.next()?, parts.next()?, parts.next()?))
    };
    let ((old, id, rest), (new, same, end)) = (split(from)?, split(&one.file)?);
    if id != same || rest != end || old == new {
        return None;
    }
    let whole = |one: &Transition| {
        let at = |cohort: &str, path: &str| path == format!("students/{cohort}/{id}/student.toml");
        at(new, &one.file) && one.from.as_deref().is_some_and(|from| at(old, from))
    };
    let home = format!("students/{new}/{id}/student.toml");
    let there = matches!(act.moment.facts(&home), Some(Facts::Student(_)));
    (there || act.transitions.iter().any(whole)).then_some(id)
}

/// Whether a file is taken as it is: it comes with a pupil who was not known, and others signed it
/// elsewhere; the DDFPT or the head puts it back as it was when it went; or it goes with the period
/// that the DDFPT deletes (PFM-14), which says what goes.
pub(super) fn is_taken(act: &Act<'_>, one: &Transition) -> bool {
    arrives(act, one) || comes_back(act, one) || goes_with_its_period(act, one)
}

fn comes_back(act: &Act<'_>, one: &Transition) -> bool {
    let person = act.author.person();
    one.restored && person.is_some_and(|one| one.has(Role::Ddfpt) || one.has(Role::Head))
}

fn goes_with_its_period(act: &Act<'_>, one: &Transition) -> bool {
    let (Change::Removed, Some(Kind::Portfolio { year, slug, .. })) =
        (one.change, &one.kind_before)
    else {
        return false;
    };
    let period = Kind::Period { year: *year, slug: slug.clone() };
    act.author.person().is_some_and(|person| person.has(Role::Ddfpt))
        && act.transitions.iter().any(|other| {
            other.change == Change::Removed && other.kind_before.as_ref() == Some(&period)
        })
}

fn arrives(act: &Act<'_>, one: &Transition) -> bool {
    one.change == Change::Added
        && pupil_of(&one.file).is_some_and(|pupil| {
            let folder = |file: &str| file.rsplit_once('/').map(|(folder, _)| folder.to_owned());
            let home = act.transitions.iter().find(|other| {
                other.change == Change::Added
                    && matches!(&other.kind, Some(Kind::Student { id, .. }) if id == pupil)
            });
            act.arrivals.contains(pupil)
                && act.moment.student(pupil).is_none()
                && home.and_then(|home| folder(&home.file)).is_some_and(|home| {
                    one.file.strip_prefix(&home).is_some_and(|rest| rest.starts_with('/'))
                })
        })
}

/// What an act does, action by action.
pub(super) fn shares<'a>(act: &Act<'a>) -> Vec<Share<'a>> {
    let mut shares = Vec::new();
    for one in act.transitions {
        // A layout is nobody's; the staff may mend it.
        if is_taken(act, one) || one.is_silent() && act.author.person().is_some() {
            continue;
        }
        let share = |action, about: Vec<&'a Difference>, former| Share {
            one,
            action,
            whole: about.is_empty(),
            about,
            former,
        };
        let moved = relocated(act, one).is_some();
        if moved {
            shares.push(share(Action::Import, Vec::new(), true));
            if one.differences.is_empty() && !one.unreadable {
                continue;
            }
        }
        if one.change == Change::Moved && !moved {
            // A file under another name is gone from the one, and new under the other.
            let sides = [true, false];
            let other = one.from.as_deref().map(pupil_of) != Some(pupil_of(&one.file));
            let whose = if other || one.any_kind().is_none() { &sides[..] } else { &sides[..1] };
            for former in whose {
                let whole = whole(act, one, *former);
                shares.extend(whole.into_iter().map(|action| share(action, Vec::new(), *former)));
            }
            continue;
        }
        if one.unreadable || one.differences.is_empty() {
            let whole = whole(act, one, false);
            shares.extend(whole.into_iter().map(|action| share(action, Vec::new(), false)));
            continue;
        }
        let mut by: BTreeMap<Action, Vec<&Difference>> = BTreeMap::new();
        for difference in &one.differences {
            by.entry(action(act, one, difference)).or_default().push(difference);
        }
        // A file that goes, or that comes for one thing only, is told as such.
        let whole = match one.change {
            Change::Removed => true,
            Change::Added => by.len() == 1,
            _ => false,
        };
        for (action, about) in by {
            shares.push(Share { whole, ..share(action, about, false) });
        }
    }
    shares
}

/// The actions that a file as such may be: all that it holds, when it holds several.
fn whole(act: &Act<'_>, one: &Transition, former: bool) -> Vec<Action> {
    let kind = if former { one.kind_before.as_ref() } else { one.any_kind() };
    let Some(kind) = kind else {
        let path = if former { one.from.as_ref().unwrap_or(&one.file) } else { &one.file };
        return vec![beside(act, path)];
    };
    let record = one.before.as_ref().or(one.after.as_ref());
    let Some(AnyRecord::Portfolio(portfolio)) = record else {
        return vec![main_action(act, one, kind)];
    };
    let words = !portfolio.journal.is_empty()
        || !portfolio.fiches.is_empty()
        || portfolio.bilan_personnel.is_some();
    let follow = !portfolio.commentaires.is_empty()
        || !portfolio.visites.is_empty()
        || !portfolio.absences.is_empty()
        || portfolio.attestation.is_some();
    let held = [
        (words, Action::LearnerWords),
        (follow, Action::FollowUp),
        (portfolio.bilan_entreprise.is_some(), Action::CompanyReview),
    ];
    let held: Vec<Action> = held.into_iter().filter(|(is, _)| *is).map(|(_, one)| one).collect();
    if held.is_empty() { vec![Action::Hosting] } else { held }
}

/// What changing a record is, unless a key says otherwise.
fn main_action(act: &Act<'_>, one: &Transition, kind: &Kind) -> Action {
    match kind {
        Kind::School => Action::School,
        Kind::Staff => Action::Staff,
        Kind::Calendar(_) => Action::Calendar,
        Kind::Classes(_) | Kind::Student { .. } | Kind::Import { .. } => Action::Import,
        Kind::Referential(_) => Action::Referential,
        Kind::Scenario { .. } if one.change == Change::Added => Action::ScenarioNew,
        Kind::Scenario { .. } => Action::Scenario,
        Kind::Evaluation { year, class, slug } => {
            if one.change != Change::Added
                && !act.moment.freezing(&format!("{year}/{class}/{slug}")).is_empty()
            {
                Action::EvaluationFrozen
            } else {
                Action::Evaluation
            }
        }
        Kind::Review { .. } if one.change == Change::Added => Action::ReviewNew,
        Kind::Review { .. } => Action::Review,
        Kind::Annex { .. } => Action::Annex,
        Kind::Period { .. } => Action::Period,
        Kind::Portfolio { .. } => Action::Hosting,
        Kind::FilledGrid { .. } => Action::Grid,
        Kind::Attestation { .. } => Action::Attestation,
        Kind::Livret { .. } if was_sent(act, one) => Action::LivretSent,
        Kind::Livret { .. } => Action::Livret,
        Kind::BookPage { .. } => Action::BookPage,
        Kind::Commission { .. } => Action::Register,
        Kind::Consultation { .. } | Kind::Delivery { .. } => Action::RegisterDesk,
        Kind::Transfer { .. }
        | Kind::SentFolder { .. }
        | Kind::SentHistory { .. }
        | Kind::Received { .. } => Action::Transfer,
    }
}

/// What changing one value is.
fn action(act: &Act<'_>, one: &Transition, difference: &Difference) -> Action {
    let Some(kind) = one.any_kind() else { return beside(act, &one.file) };
    match (kind, difference.key()) {
        (Kind::School, "book") => Action::BookOpen,
        (Kind::School, "familles") => Action::FamilySite,
        (Kind::School, "transferts") => Action::TransferSwitch,
        (Kind::School, "siecle") => Action::Import,
        (Kind::Student { .. }, key) if is_of_letters(key, difference) => Action::FamilyAccess,
        (Kind::Calendar(_), "lsl") => Action::Periodicity,
        (Kind::Review { .. }, "deverrouillage") => Action::ReviewUnlock,
        (Kind::FilledGrid { .. }, "deverrouillage") => Action::GridUnlock,
        (Kind::Portfolio { .. }, key) => match key {
            "journal" | "fiches" | "bilan_personnel" => Action::LearnerWords,
            "bilan_entreprise" => Action::CompanyReview,
            "entreprise" | "tuteur" => Action::Hosting,
            _ => Action::FollowUp,
        },
        (Kind::Attestation { .. }, "competences") if one.change == Change::Changed => {
            let was = match (&one.before, difference.step(1)) {
                (Some(AnyRecord::Attestation(before)), Some(code)) => before.competences.get(code),
                _ => None,
            };
            // What another has validated is not for a colleague to undo.
            let foreign = was.is_some_and(|tick| !act.author.is(&tick.par));
            if foreign { Action::Attestation } else { Action::Tick }
        }
        (Kind::Evaluation { year, class, slug }, "resultats") => {
            // The rows of other pupils are frozen by their own reviews only.
            let freezing = act.moment.freezing(&format!("{year}/{class}/{slug}"));
            let holds = |student: &str| match difference.step(1) {
                Some(row) => row == student,
                None => [&difference.before, &difference.after]
                    .into_iter()
                    .flatten()
                    .any(|table| table.get(student).is_some()),
            };
            match freezing.iter().any(|freeze| holds(&freeze.student)) {
                true if one.change != Change::Added => Action::EvaluationFrozen,
                _ => Action::Evaluation,
            }
        }
        (Kind::Livret { .. }, "envois" | "transmis") => Action::LivretSend,
        (Kind::Livret { .. }, "engagements" | "engagement_autre" | "avis_cpe") => {
            Action::LivretEngagements
        }
        (Kind::Livret { .. }, "avis_investissement" | "avis_examen") => Action::LivretInvestment,
        (Kind::Livret { .. }, "avis_chef") => Action::LivretVisa,
        (Kind::Livret { .. }, _) if was_sent(act, one) => {
            if adds(difference) {
                Action::LivretMore
            } else {
                Action::LivretSent
            }
        }
        (kind, _) => main_action(act, one, kind),
    }
}

/// Whether a value of a pupil's file says who may read the page of the families' site.
fn is_of_letters(key: &str, difference: &Difference) -> bool {
    match difference.step(2).filter(|_| key == "responsables").unwrap_or(key) {
        "refus_site" | "codes_annules" => true,
        "lecture_reservee" => key == "lecture_reservee",
        _ => false,
    }
}

/// What changing a file is that is no record: it goes with what it stands beside.
fn beside(act: &Act<'_>, path: &str) -> Action {
    let parts: Vec<&str> = path.split('/').collect();
    match parts[..] {
        ["scenarios", ..] => match scenario_of(path) {
            Some(id) => {
                let file = format!("scenarios/{id}.toml");
                let made = act.transitions.iter().any(|one| *one.file == *file);
                // The documents of a scenario that is gone stay for the evaluations made from it.
                if act.moment.scenario(id).is_some() || made {
                    Action::Scenario
                } else {
                    Action::Evaluation
                }
            }
            None => Action::ScenarioNew,
        },
        ["evaluations", ..] => Action::Evaluation,
        ["students", _, _, "book", ..] => Action::BookPage,
        ["students", _, _, "received", ..] => Action::Transfer,
        ["students" | "pfmp", ..] => Action::Loose,
        ["register", ..] => Action::Register,
        ["referentials", ..] => Action::Referential,
        ["calendar", ..] => Action::Calendar,
        ["classes" | "imports", ..] => Action::Import,
        _ => Action::School,
    }
}

/// Whether a livret was sent before this change.
pub(super) fn was_sent(act: &Act<'_>, one: &Transition) -> bool {
    let path = one.from.as_ref().unwrap_or(&one.file);
    match (act.moment.facts(path), &one.before) {
        (Some(Facts::Livret(sendings)), _) => !sendings.is_empty(),
        (_, Some(AnyRecord::Livret(Livret { envois, .. }))) => !envois.is_empty(),
        _ => false,
    }
}

/// Whether a change only adds: a value where there was none, a name at the end of a list.
pub(super) fn adds(difference: &Difference) -> bool {
    use crate::record::Plain::List;
    match (&difference.before, &difference.after) {
        (None, Some(_)) => true,
        (Some(List(before)), Some(List(after))) => before.iter().all(|one| after.contains(one)),
        _ => false,
    }
}
