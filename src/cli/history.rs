//! `jalon history`: the life of a record, in plain words.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use anyhow::Context as _;
use serde::Serialize;

use super::lacking::Lacking;
use super::options::{self, AuditFormat, Version};
use super::today::from_clock;
use super::{BadCommand, Content, ContentArgs, Exit, Timings, console, past, pipeline};
use crate::history::{self, Asked, Chronicle, Method, Trace};
use crate::page::{Lived, Site, lives, name_of};
use crate::rule;
use crate::source::{Commit, ObjectId, Past};
use crate::text::{Date, count, long_date, or_list, quoted};

/// The options of `jalon history`.
#[derive(Debug, clap::Args)]
pub struct HistoryArgs {
    /// Fiche : chemin du fichier ou du dossier, identifiant d’un élève (dupont-lea), d’une évaluation
    /// (2026-2027/1mcva1/accueil-client), d’un bilan (dupont-lea/2026-12-11) …, même supprimés
    #[arg(value_name = "FICHE")]
    pub record: String,
    /// The school.
    #[command(flatten)]
    pub content: ContentArgs,
    /// Version jusqu’à laquelle regarder (celle d’aujourd’hui par défaut)
    #[arg(long, value_name = "DATE|VERSION", value_parser = options::version)]
    pub at: Option<Version>,
    /// Dossier du site : ce qui a été regardé une fois y est gardé
    #[arg(long, value_name = "DOSSIER", default_value = "out")]
    pub out: PathBuf,
    /// Présentation : terminal ou json
    #[arg(long, value_name = "FORMAT", default_value = "terminal", value_parser = options::audit_format)]
    pub format: AuditFormat,
}

/// Runs `jalon history`.
///
/// # Errors
/// When there is no such record, or the past cannot be read or is not whole.
pub fn run(args: &HistoryArgs) -> anyhow::Result<Exit> {
    let content = args.content.find()?;
    let past = past::need_whole(&content)?;
    let head = match (&args.at, past.head()) {
        (Some(version), _) => past::version(&content, version)?.0,
        (None, Some(head)) => head,
        (None, None) => return Err(Lacking::Commits.into()),
    };
    let kept = args.out.join(".cache").join("audit");
    let method = Method {
        judge: rule::judge,
        edition: &rule::edition(),
        kept: Some(&kept),
        today: from_clock(),
    };
    let annals = history::annals(&past, head, &method)?;
    let files = asked(&args.record, &content, &annals.1)?;
    let source = content.open(args.at.as_ref())?;
    let checked = pipeline::check(source.as_ref(), &mut Timings::default())?;
    let site = Site::new(&checked.school, &[], method.today).with_annals(Some(&annals));
    let lived = lives(&site, &files).unwrap_or_default();
    let steps = steps(&past, &lived)?;
    let life = Life { site: &site, steps: &steps, prefix: &content.prefix };
    console::out(&match args.format {
        AuditFormat::Terminal => life.told(&lived, &files),
        AuditFormat::Json => life.json(&lived, files)?,
    })?;
    Ok(Exit::Fine)
}

/// The files that the reader means.
fn asked(record: &str, content: &Content, chronicle: &Chronicle) -> anyhow::Result<Vec<String>> {
    let inside = inside(record, &content.folder);
    let name = inside.as_deref().unwrap_or(record);
    let name =
        name.strip_prefix(&*content.prefix).or(name.strip_prefix("content/")).unwrap_or(name);
    let refusal = match chronicle.asked(name) {
        Asked::Files(files) => return Ok(files),
        Asked::Several(files) => {
            let files: Vec<String> =
                files.iter().map(|file| format!("  {}{file}", content.prefix)).collect();
            format!("{} peut être l’une de ces fiches\u{a0}:\n{}", quoted(record), files.join("\n"))
        }
        Asked::Nothing(near) if near.is_empty() => format!(
            "aucune fiche ne s’appelle ou ne s’est appelée {}\naide : donnez le chemin d’un fichier, ou l’identifiant d’un élève, d’une évaluation, d’un scénario",
            quoted(record)
        ),
        Asked::Nothing(near) => format!(
            "aucune fiche ne s’appelle ou ne s’est appelée {}\naide : vouliez-vous écrire {}\u{a0}?",
            quoted(record),
            or_list(&near)
        ),
    };
    Err(BadCommand(refusal).into())
}

/// The path from the folder of `school.toml`, for something that is there.
fn inside(record: &str, folder: &Path) -> Option<String> {
    let there = Path::new(record).canonicalize().ok()?;
    let inside = there.strip_prefix(folder.canonicalize().ok()?).ok()?;
    Some(inside.to_str()?.replace('\\', "/")).filter(|inside| !inside.is_empty())
}

/// The steps of the main line that brought what others wrote.
fn steps(past: &Past, lived: &[Lived<'_>]) -> anyhow::Result<BTreeMap<ObjectId, Commit>> {
    let mut ids: Vec<ObjectId> = (lived.iter().map(|one| one.trace))
        .filter(|trace| trace.step != trace.commit)
        .map(|trace| trace.step)
        .collect();
    ids.sort_unstable();
    ids.dedup();
    let read = past.each(&ids, |reader, id| reader.commit(*id))?;
    Ok(ids.into_iter().zip(read).collect())
}

/// What is needed to tell a life.
struct Life<'l> {
    site: &'l Site<'l>,
    steps: &'l BTreeMap<ObjectId, Commit>,
    prefix: &'l str,
}

/// A change, for programs.
#[derive(Serialize)]
struct Line<'l> {
    file: &'l str,
    who: &'l str,
    deposited_by: Option<&'l str>,
    accepted_by: Option<String>,
    what: &'l [String],
    href: Option<&'l str>,
    #[serde(flatten)]
    trace: &'l Trace,
}

impl Life<'_> {
    fn told(&self, lived: &[Lived<'_>], files: &[String]) -> String {
        let number = count(lived.len(), "modification", "modifications");
        let what = match files {
            [one] => format!("{}{one}", self.prefix),
            several => count(several.len(), "fichier", "fichiers"),
        };
        let mut lines = vec![format!("{what}\u{a0}: {number}")];
        for (n, one) in lived.iter().enumerate() {
            if n == 0 || lived[n - 1].trace.commit != one.trace.commit {
                lines.push(String::new());
                lines.push(self.head(one));
                lines.extend(self.accepted(one.trace).map(|accepted| format!("  {accepted}")));
            }
            let alone = files.len() == 1 && files[0] == one.file;
            if !alone {
                lines.push(format!("  {}{}", self.prefix, one.file));
            }
            let indent = if alone { "  " } else { "    " };
            lines.extend(one.event.what.iter().map(|what| format!("{indent}{what}")));
            lines.extend(one.event.href.iter().map(|href| format!("{indent}{href}")));
        }
        lines.push(String::new());
        let last = lived.iter().find(|one| one.stays).or(lived.first());
        let version = last.map(|one| one.trace.commit.short()).unwrap_or_default();
        lines.push(format!(
            "Pour revoir l’établissement tel qu’il était à l’une de ces versions\u{a0}: jalon serve --at {version}"
        ));
        lines.join("\n") + "\n"
    }

    /// "12 novembre 2026 à 14 h 32, Paul Mercier, version a1b2c3d4".
    fn head(&self, one: &Lived<'_>) -> String {
        let deposited = one.event.deposited.as_ref();
        let deposited = deposited.map_or_else(String::new, |name| format!(" (déposé par {name})"));
        let commit = one.trace.commit.short();
        format!("{}, {}{deposited}, version {commit}", one.event.when, one.event.who)
    }

    /// "accepté par Anne Martin le 13 novembre 2026 (version …)", for what a merge brought.
    fn accepted(&self, trace: &Trace) -> Option<String> {
        let step = self.steps.get(&trace.step)?;
        let name = name_of(self.site, &step.author);
        let day = Date::at(step.committer.at, step.committer.offset);
        let day = day.map_or_else(String::new, |day| format!(" le {}", long_date(day)));
        Some(format!("accepté par {name}{day}, version {}", step.id.short()))
    }

    fn json(&self, lived: &[Lived<'_>], files: Vec<String>) -> anyhow::Result<String> {
        #[derive(Serialize)]
        struct Whole<'l> {
            files: Vec<String>,
            changes: Vec<Line<'l>>,
        }
        let changes = lived.iter().map(|one| Line {
            file: one.file,
            who: &one.event.who,
            deposited_by: one.event.deposited.as_deref(),
            accepted_by: (self.steps.get(&one.trace.step))
                .map(|step| name_of(self.site, &step.author)),
            what: &one.event.what,
            href: one.event.href.as_deref(),
            trace: one.trace,
        });
        let whole = Whole { files, changes: changes.collect() };
        Ok(serde_json::to_string_pretty(&whole).context("rapport")? + "\n")
    }
}
