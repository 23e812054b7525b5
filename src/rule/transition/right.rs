//! What all rules of rights share: the shares of an act that no cell of the matrix allows.

use super::Case;
use super::actions::Share;
use super::matrix::Action;
use super::parts::may;
use super::told::{site, things, undo};
use crate::diagnostic::{Code, Finding};
use crate::history::{Breach, Known};
use crate::record::Difference;

/// The shares of these actions that the hand behind the act may not do. Nothing is said of somebody
/// unknown or gone: that has its own rules, once an act.
pub(super) fn refused<'c, 'a>(
    case: &'c Case<'a>,
    actions: &'static [Action],
) -> impl Iterator<Item = &'c Share<'a>> {
    let known = matches!(case.act.author.known, Known::Person(_) | Known::Learner(_));
    (case.shares.iter())
        .filter(move |share| known && actions.contains(&share.action))
        .filter(|share| !may(case.act, share))
}

/// One breach a thing that is changed without right. `depth` says how many keys down a thing is found:
/// 0, the record is one thing. `say` gives the sentence and the remedy, to which the way back is added.
pub(super) fn breaches(
    case: &Case<'_>,
    code: &'static Code,
    actions: &'static [Action],
    depth: usize,
    say: impl Fn(&Share<'_>, &[&Difference]) -> (String, String),
) -> Vec<Breach> {
    let mut breaches = Vec::new();
    for share in refused(case, actions) {
        if share.whole {
            let (message, remedy) = say(share, &[]);
            let help = format!("{remedy}, ou {}", undo(share.one, &[]));
            let finding = Finding::new(code, site(share.one, &[]), message).help(help);
            breaches.push(Breach::of(finding, share.about.iter().copied()));
            continue;
        }
        for thing in things(&share.about, depth) {
            let (message, remedy) = say(share, &thing);
            let help = format!("{remedy}, ou {}", undo(share.one, &thing));
            let finding = Finding::new(code, site(share.one, &thing), message).help(help);
            breaches.push(Breach::of(finding, thing));
        }
    }
    breaches
}
