//! `jalon audit`: the whole history, judged by the rules of today in the school of each day.

use std::path::PathBuf;

use anyhow::Context as _;

use super::lacking::Lacking;
use super::options::{self, AuditFormat};
use super::today::from_clock;
use super::{ContentArgs, Exit, console, past};
use crate::history::{self, Audit, Fault, Method, Reopening, Trace};
use crate::rule;
use crate::text::{Date, count, long_date};

/// The options of `jalon audit`.
#[derive(Debug, clap::Args)]
pub struct AuditArgs {
    /// Version jusqu’à laquelle regarder (celle d’aujourd’hui par défaut)
    #[arg(value_name = "VERSION")]
    pub revision: Option<String>,
    /// The school.
    #[command(flatten)]
    pub content: ContentArgs,
    /// Dossier du site : ce qui a été regardé une fois y est gardé
    #[arg(long, value_name = "DOSSIER", default_value = "out")]
    pub out: PathBuf,
    /// Jour à partir duquel une date est à venir (aujourd’hui par défaut)
    #[arg(long, value_name = "DATE", value_parser = options::day)]
    pub today: Option<Date>,
    /// Présentation : terminal ou json
    #[arg(long, value_name = "FORMAT", default_value = "terminal", value_parser = options::audit_format)]
    pub format: AuditFormat,
}

/// Runs `jalon audit`.
///
/// # Errors
/// When the past cannot be read, or is not whole.
pub fn run(args: &AuditArgs) -> anyhow::Result<Exit> {
    let content = args.content.find()?;
    let past = past::need_whole(&content)?;
    let head = match (&args.revision, past.head()) {
        (Some(name), _) => past::named(&past, name)?,
        (None, Some(head)) => head,
        (None, None) => return Err(Lacking::Commits.into()),
    };
    let kept = args.out.join(".cache").join("audit");
    let method = Method {
        judge: rule::judge,
        edition: &rule::edition(),
        kept: Some(&kept),
        today: args.today.unwrap_or_else(from_clock),
    };
    let audit = history::audit(&past, head, &method)?;
    let text = match args.format {
        AuditFormat::Terminal => told(&audit, &content.prefix),
        AuditFormat::Json => serde_json::to_string_pretty(&audit).context("rapport")? + "\n",
    };
    console::out(&text)?;
    Ok(if audit.faults.iter().any(|fault| fault.error) { Exit::Faults } else { Exit::Fine })
}

fn told(audit: &Audit, prefix: &str) -> String {
    let mut lines = vec![summary(audit)];
    lines.push(signatures(audit));
    for fault in &audit.faults {
        lines.push(String::new());
        lines.extend(one_fault(fault, prefix));
    }
    if !audit.reopenings.is_empty() {
        let number = count(audit.reopenings.len(), "déverrouillage", "déverrouillages");
        lines.push(format!("\n{number}\u{a0}:"));
        lines.extend(audit.reopenings.iter().map(|one| one_reopening(one, prefix)));
    }
    let errors = audit.faults.iter().filter(|fault| fault.error).count();
    let warnings = audit.faults.len() - errors;
    lines.push(String::new());
    lines.push(match (errors, warnings) {
        (0, 0) => "Rien à signaler.".to_owned(),
        _ => format!(
            "{}, {}",
            count(errors, "erreur", "erreurs"),
            count(warnings, "avertissement", "avertissements")
        ),
    });
    lines.join("\n") + "\n"
}

fn summary(audit: &Audit) -> String {
    let commits = count(audit.commits, "modification examinée", "modifications examinées");
    let steps = count(audit.steps, "étape", "étapes");
    let since = audit.first.as_ref().and_then(|hand| Date::at(hand.at, hand.offset));
    let since = since.map_or_else(String::new, |day| format!(", depuis le {}", long_date(day)));
    format!(
        "{commits}{since}, en {steps} de la branche principale, jusqu’à la version {}.",
        audit.head.short()
    )
}

fn signatures(audit: &Audit) -> String {
    let tally = audit.signatures;
    format!(
        "Signatures : {} de leur auteur, {} de la forge, {}, {} d’une clé inconnue, {} sans signature.",
        tally.good,
        tally.forge,
        count(tally.bad, "fausse", "fausses"),
        tally.unknown,
        tally.none
    )
}

fn one_fault(fault: &Fault, prefix: &str) -> Vec<String> {
    let weight = if fault.error { "erreur" } else { "attention" };
    let place = match &fault.file {
        Some(file) => format!(" {prefix}{file}:{}", fault.line),
        None => String::new(),
    };
    let mut lines = vec![
        format!("{}[{}]{place}", weight, fault.code),
        format!("  {}", fault.message),
        format!("  {}", who(&fault.trace)),
    ];
    lines.extend(fault.mended.as_ref().map(|trace| format!("  remis en ordre {}", who(trace))));
    lines
}

/// "par Paul Mercier, le 12 novembre 2026, version a1b2c3d4 (acceptée par a2b3…)".
fn who(trace: &Trace) -> String {
    let day = trace.day().map_or_else(|| "un jour inconnu".to_owned(), long_date);
    let through = match trace.commit == trace.step {
        true => String::new(),
        false => format!(", acceptée par la version {}", trace.step.short()),
    };
    let commit = trace.commit.short();
    format!(
        "par {} <{}>, le {day}, version {commit}{through}",
        trace.author.name, trace.author.email
    )
}

fn one_reopening(one: &Reopening, prefix: &str) -> String {
    let changes = count(one.alterations.len(), "modification", "modifications");
    let closed = match one.closed.as_ref().and_then(Trace::day) {
        Some(day) => format!("refermé le {}", long_date(day)),
        None => "encore ouvert".to_owned(),
    };
    format!(
        "  {prefix}{}, le {} par {}\u{a0}: {} ; {changes} depuis, {closed}",
        one.file,
        long_date(one.date),
        one.by,
        one.reason
    )
}
