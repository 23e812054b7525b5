//! From a plan to files: checked as the school would be, shown, written.

use std::collections::BTreeSet;

use super::super::pipeline::{self, Checked, Memory};
use super::super::{Content, Exit, console, report};
use crate::diagnostic::{Diagnostic, Severity};
use crate::exchange::{Plan, Remark, Weight};
use crate::source::{Changed, Folder};
use crate::text::count;

/// A plan, and the school that it is for.
#[derive(Clone, Copy, Debug)]
pub struct Proposed<'p> {
    /// Where the school is.
    pub content: &'p Content,
    /// Its folder, open.
    pub source: &'p Folder,
    /// The school as it is.
    pub before: &'p Checked,
    /// What is to be done.
    pub plan: &'p Plan,
    /// Whether the plan is only shown.
    pub dry_run: bool,
}

/// Shows a plan and carries it out. Nothing is written when a remark is fatal, when the school would have an
/// error that it has not now, or when the plan is only to be shown.
///
/// # Errors
/// When the school cannot be read, or the system refuses to write.
pub fn propose(proposed: &Proposed<'_>) -> anyhow::Result<Exit> {
    propose_with(proposed, &mut Memory::default())
}

/// Does what [`propose`] does, without reading again what an earlier check left in memory.
///
/// # Errors
/// As [`propose`].
pub fn propose_with(proposed: &Proposed<'_>, memory: &mut Memory) -> anyhow::Result<Exit> {
    let Proposed { content, source, before, plan, dry_run } = *proposed;
    console::out(&remarks(plan))?;
    if plan.is_refused() {
        console::out("Rien n’a été écrit.\n")?;
        return Ok(Exit::Faults);
    }
    if plan.changes.is_empty() {
        console::out("Tout est déjà à jour : il n’y a rien à écrire.\n")?;
        return Ok(Exit::Fine);
    }
    let changed = Changed { before: source, changes: &plan.changes };
    let after = pipeline::check_again(&changed, memory)?;
    let new = new_errors(before, &after);
    if !new.is_empty() {
        console::out(&report::written(&new, &after.texts, content))?;
        console::out(
            "Rien n’a été écrit : les fichiers auraient ces erreurs, qu’ils n’ont pas aujourd’hui.\n",
        )?;
        return Ok(Exit::Faults);
    }
    console::out(&plan.figures())?;
    let files = count(plan.changes.len(), "fichier", "fichiers");
    if dry_run {
        let listed: String = plan
            .changes
            .iter()
            .map(|(path, _)| {
                let is_new = before.texts.get(path).is_none();
                let mark = if is_new { "nouveau" } else { "modifié" };
                format!("  {mark} : {}{path}\n", content.prefix)
            })
            .collect();
        console::out(&format!("{listed}{files} à écrire ; rien n’a été écrit (--dry-run).\n"))?;
        return Ok(Exit::Fine);
    }
    plan.changes.write(source.root())?;
    console::out(&format!(
        "{files} {}.\n",
        if plan.changes.len() < 2 { "écrit" } else { "écrits" }
    ))?;
    Ok(Exit::Fine)
}

/// The remarks, the gravest first, each with what to do.
fn remarks(plan: &Plan) -> String {
    let mut remarks: Vec<&Remark> = plan.remarks.iter().collect();
    remarks.sort_by_key(|remark| remark.weight);
    let mut text = String::new();
    for Remark { weight, sentence, help } in remarks {
        let word = match weight {
            Weight::Fatal => "refusé",
            Weight::ToDo => "à faire",
            Weight::Note => "à savoir",
        };
        text.push_str(&format!("{word} : {sentence}\n"));
        if let Some(help) = help {
            text.push_str(&format!("  {help}\n"));
        }
    }
    text
}

/// The errors that the school would have and has not now.
fn new_errors(before: &Checked, after: &Checked) -> Vec<Diagnostic> {
    let told = |one: &Diagnostic| (one.code.name, one.file.clone(), one.message.clone());
    let known: BTreeSet<_> = before.diagnostics.iter().map(told).collect();
    let errors = after.diagnostics.iter().filter(|one| one.code.severity == Severity::Error);
    errors.filter(|one| !known.contains(&told(one))).cloned().collect()
}
