//! Where records carry somebody's name as a signature, and which signatures a change writes.

use super::told::named;
use crate::diagnostic::{KeyPath, Step};
use crate::history::{Act, Transition};
use crate::record::{Difference, Kind, Plain};

/// The keys that sign, by kind of record; `*` stands for any key or position. Those of unlocks have
/// their own rule.
fn patterns(kind: &Kind) -> &'static [&'static [&'static str]] {
    match kind {
        Kind::Scenario { .. } | Kind::Evaluation { .. } | Kind::Annex { .. } => &[&["auteur"]],
        Kind::Review { .. } => &[&["auteur"], &["valide_par"]],
        Kind::Portfolio { .. } => &[
            &["commentaires", "*", "auteur"],
            &["visites", "*", "par"],
            &["bilan_entreprise", "enseignant"],
        ],
        Kind::FilledGrid { .. } => {
            &[&["auteur"], &["verrouillage", "par"], &["harmonisation", "par"]]
        }
        Kind::Attestation { .. } => &[&["auteur"], &["competences", "*", "par"]],
        Kind::Livret { .. } => &[
            &["envois", "*", "par"],
            &["avis_cpe", "par"],
            &["avis_investissement", "par"],
            &["avis_chef", "par"],
        ],
        _ => &[],
    }
}

/// The lists whose entries only the one who signed them may change, with the key that signs.
const OWN: &[(&str, &str)] = &[("commentaires", "auteur"), ("visites", "par")];

/// A signature that a change writes.
pub(super) struct Signature<'a> {
    /// The value that changed.
    pub(super) difference: &'a Difference,
    /// Where the name stands.
    pub(super) path: KeyPath,
    /// Whose it is.
    pub(super) id: &'a str,
}

/// The signatures that a change writes where there was none, or another.
pub(super) fn written(one: &Transition) -> Vec<Signature<'_>> {
    let Some(kind) = one.any_kind() else { return Vec::new() };
    let mut found = Vec::new();
    for difference in &one.differences {
        let Some(after) = &difference.after else { continue };
        for pattern in patterns(kind) {
            let steps = &difference.path.0;
            let (Some(head), Some(rest)) = (pattern.get(..steps.len()), pattern.get(steps.len()..))
            else {
                continue;
            };
            if head.iter().zip(steps).all(|(wanted, step)| is(wanted, step)) {
                below(difference, after, rest, &difference.path, &mut found);
            }
        }
    }
    found
}

fn is(wanted: &str, step: &Step) -> bool {
    wanted == "*" || matches!(step, Step::Key(key) if key == wanted)
}

fn below<'a>(
    difference: &'a Difference,
    value: &'a Plain,
    rest: &[&str],
    path: &KeyPath,
    found: &mut Vec<Signature<'a>>,
) {
    match (rest, value) {
        ([], Plain::Text(id)) => found.push(Signature { difference, path: path.clone(), id }),
        (["*", rest @ ..], Plain::List(items)) => {
            for (n, item) in items.iter().enumerate() {
                below(difference, item, rest, &path.child(n), found);
            }
        }
        (["*", rest @ ..], Plain::Table(pairs)) => {
            for (key, item) in pairs {
                below(difference, item, rest, &path.child(key), found);
            }
        }
        ([key, rest @ ..], value) => {
            if let Some(inner) = value.get(key) {
                below(difference, inner, rest, &path.child(*key), found);
            }
        }
        _ => {}
    }
}

/// The words that another has signed, when a change alters or removes them: whose they are.
pub(super) fn of_another<'a>(act: &Act<'a>, one: &'a Transition) -> Vec<(&'a Difference, &'a str)> {
    use crate::record::AnyRecord;
    let Some(AnyRecord::Portfolio(after)) = &one.after else { return Vec::new() };
    let mut found = Vec::new();
    for difference in &one.differences {
        let Some((list, key)) = OWN.iter().find(|(list, _)| *list == difference.key()) else {
            continue;
        };
        let signer = match (&difference.before, &difference.path.0[..]) {
            // A whole entry is gone.
            (Some(entry @ Plain::Table(_)), [_, Step::Index(_)]) => {
                entry.get(key).and_then(Plain::text)
            }
            // The name itself is another one, or is gone.
            (Some(Plain::Text(before)), [_, _, Step::Key(last)]) if last == key => {
                Some(before.as_str())
            }
            // A word of an entry that keeps its name.
            (_, [_, Step::Index(n), _, ..]) => match *list {
                "commentaires" => {
                    after.commentaires.get(*n).and_then(|entry| entry.auteur.as_deref())
                }
                _ => after.visites.get(*n).map(|entry| &*entry.par),
            },
            _ => None,
        };
        if let Some(signer) = signer.filter(|signer| !act.author.is(signer)) {
            found.push((difference, named(act, signer)));
        }
    }
    found
}
