//! `jalon serve`: the site while one edits.

use std::path::Path;
use std::sync::{Arc, Mutex};

use super::opened::{self, Kept, State};
use super::options::Version;
use super::past;
use super::pipeline::{self, Memory, Wanted};
use super::today::from_clock;
use super::{ContentArgs, Exit, console, options};
use crate::page::Mark;
use crate::serve::{self, Built, Event};
use crate::source::{Revision, Source};
use crate::text::{Date, count};

/// The options of `jalon serve`.
#[derive(Debug, clap::Args)]
pub struct ServeArgs {
    /// The school.
    #[command(flatten)]
    pub content: ContentArgs,
    /// Port de l’adresse locale ; le suivant est essayé s’il est pris
    #[arg(long, value_name = "N", default_value_t = serve::DEFAULT_PORT, value_parser = options::port)]
    pub port: u16,
    /// Montre le site tel qu’il était un soir (une date) ou dans une version (branche, étiquette ou
    /// numéro) ; chaque page le dit, et les changements ne sont plus suivis
    #[arg(long, value_name = "DATE|VERSION", value_parser = options::version)]
    pub at: Option<Version>,
    /// Jour auquel la console de pilotage se place (par défaut celui de --at, sinon aujourd’hui), par
    /// exemple 2026-11-06
    #[arg(long, value_name = "DATE", value_parser = options::day)]
    pub today: Option<Date>,
    /// Relit les dossiers à intervalles réguliers, quand le système ne signale pas les changements
    #[arg(long)]
    pub poll: bool,
}

/// Runs `jalon serve`, until it is interrupted.
///
/// # Errors
/// When the folder is no school's, or no port can be opened.
pub fn run(args: &ServeArgs) -> anyhow::Result<Exit> {
    let content = args.content.find()?;
    let past = args.at.as_ref().map(|version| past::moment(&content, version)).transpose()?;
    let past = past.map(|moment| Past {
        source: Arc::new(moment.revision),
        mark: moment.mark,
        today: moment.today,
    });
    if past.is_none() {
        content.open_folder()?;
    }
    let options = serve::Options {
        // The past does not change.
        roots: if past.is_none() { vec![content.folder.clone()] } else { Vec::new() },
        ignore: content.folder.join("out"),
        port: args.port,
        poll: args.poll,
    };
    let memory = Mutex::new(Memory::default());
    let kept = Kept::default();
    let rebuild = || {
        // A panic while rebuilding leaves a memory that may be half-made: begin afresh.
        let mut memory = memory.lock().unwrap_or_else(|poisoned| {
            memory.clear_poison();
            let mut memory = poisoned.into_inner();
            *memory = Memory::default();
            memory
        });
        // A preview left open overnight follows the day.
        let day = args.today.or(past.as_ref().map(|past| past.today));
        let wanted = Wanted {
            today: day.unwrap_or_else(from_clock),
            documents: true,
            mark: past.as_ref().map(|past| past.mark.clone()),
        };
        let open = || -> anyhow::Result<Arc<dyn Source + Send>> {
            Ok(match &past {
                Some(past) => Arc::clone(&past.source) as _,
                None => Arc::new(content.open_folder()?),
            })
        };
        rebuild(&content.folder, &open, &wanted, &mut memory, &kept)
    };
    serve::run(&options, &rebuild, &|event| tell(&event))?;
    Ok(Exit::Fine)
}

/// A state of the past that is shown.
struct Past {
    source: Arc<Revision>,
    mark: Mark,
    today: Date,
}

type Open<'a> = dyn Fn() -> anyhow::Result<Arc<dyn Source + Send>> + 'a;

fn rebuild(
    folder: &Path,
    open: &Open<'_>,
    wanted: &Wanted,
    memory: &mut Memory,
    kept: &Kept,
) -> Built {
    let mut attempt = || -> anyhow::Result<Built> {
        let source = open()?;
        let checked = Arc::new(pipeline::check_again(source.as_ref(), memory)?);
        memory.look_back(folder, wanted)?;
        let files = pipeline::staff_site_again(source.as_ref(), &checked, wanted, memory);
        let failure = files.as_ref().err().map(|error| format!("{error:#}"));
        let diagnostics = checked.diagnostics.clone();
        let (wanted, photographs) = (wanted.clone(), memory.photographs().clone());
        let state = State { source, checked, wanted, photographs };
        let documents = opened::documents(state, kept.clone());
        Ok(Built { files: files.ok(), diagnostics, failure, documents })
    };
    attempt()
        .unwrap_or_else(|error| Built { failure: Some(format!("{error:#}")), ..Built::default() })
}

fn tell(event: &Event<'_>) {
    let line = match *event {
        Event::Listening(url) => {
            format!("Le site se lit à l’adresse {url} (Ctrl-C pour arrêter)\n")
        }
        Event::Rebuilt { failure: Some(failure), .. } => {
            format!("Le site n’a pas pu être refait : {failure}\n")
        }
        Event::Rebuilt { files, changed, duration, errors, failure: None } => {
            let mut line = format!(
                "{}, {} en {:.1} s",
                count(files, "fichier", "fichiers"),
                count(changed, "changé", "changés"),
                duration.as_secs_f64()
            )
            .replace('.', ",");
            if errors > 0 {
                line.push_str(&format!(", {}", count(errors, "erreur", "erreurs")));
            }
            line.push('\n');
            line
        }
        Event::WatchFailed(reason) => {
            format!("Les changements sont recherchés deux fois par seconde : {reason}\n")
        }
    };
    console::beside(&line);
}
