//! `jalon export lsl`: who can leave for the national livret and who cannot, the files, the note of a sending.

use std::path::PathBuf;

use anyhow::Context as _;

use super::super::import::{Proposed, propose};
use super::super::options::{self, Version};
use super::super::{BadCommand, Exit, console, from_clock, past};
use super::{CommonArgs, Exported, choose_classes};
use crate::exchange::lsl::{
    FORMATS, Header, LslFormat, NOMENCLATURE, Nomenclature, Prepared, Scope, format, lacks_table,
    note_sending, prepare, values_table,
};
use crate::exchange::sheet::{csv, workbook};
use crate::insight::SendingState;
use crate::record::Role;
use crate::school::School;
use crate::text::{Date, and_list, count, or_list, plural, quoted, short_date};

/// The options of `jalon export lsl`.
#[derive(Debug, clap::Args)]
pub struct LslArgs {
    /// The school and where to write.
    #[command(flatten)]
    pub common: CommonArgs,
    /// Une classe seulement, par exemple 1mcva1 ; option à répéter
    #[arg(long = "class", value_name = "CLASSE")]
    pub classes: Vec<String>,
    /// Version du fichier de l’application nationale
    #[arg(long, value_name = "VERSION", default_value = "1.0", value_parser = version)]
    pub format: String,
    /// Nomenclature du livret (XML) [par défaut : referentials/lsl-nomenclatures.xml de l’établissement]
    #[arg(long, value_name = "FICHIER")]
    pub nomenclature: Option<PathBuf>,
    /// Joint la première des élèves de terminale
    #[arg(long)]
    pub cycle: bool,
    /// Note dans chaque livret complet qu’il a été envoyé par cette personne, chef d’établissement ou DDFPT
    #[arg(long, value_name = "PERSONNE", conflicts_with = "at")]
    pub sent_by: Option<String>,
    /// Montre tout et n’écrit rien
    #[arg(long)]
    pub dry_run: bool,
    /// Jour de l’envoi [par défaut : aujourd’hui]
    #[arg(long, value_name = "DATE", value_parser = options::day)]
    pub today: Option<Date>,
}

/// Reads `--format`.
fn version(text: &str) -> Result<String, String> {
    match format(text) {
        Some(_) => Ok(text.to_owned()),
        None => {
            let known: Vec<&str> = FORMATS.iter().map(|format| format.version()).collect();
            Err(format!("choisissez {}", or_list(&known)))
        }
    }
}

/// Runs `jalon export lsl`.
///
/// # Errors
/// When the records cannot be reached, the nomenclature cannot be read, or the files cannot be written.
pub fn run(args: &LslArgs) -> anyhow::Result<Exit> {
    let exported = args.common.open()?;
    let school = &exported.checked.school;
    let classes = choose_classes(school, &args.classes)?;
    if let Some(id) = &args.sent_by {
        sender(school, id)?;
    }
    let nomenclature = nomenclature(args, &exported)?;
    let Some(format) = format(&args.format) else { return Ok(Exit::BadCommand) };
    let scope =
        Scope { classes: &classes, nomenclature: nomenclature.as_ref(), format, cycle: args.cycle };
    let prepared = prepare(school, &scope);
    let today = day(args, &exported)?;
    console::out(&told(school, &prepared))?;
    console::out(&window(school, today))?;
    if nomenclature.is_none() {
        console::out(&format!(
            "sans nomenclature nationale, les codes sont ceux du référentiel ; posez le fichier donné par l’équipe LSL en \
             {}{NOMENCLATURE}, ou donnez --nomenclature FICHIER\n",
            exported.content.prefix
        ))?;
    }
    for note in &prepared.notes {
        console::out(&format!("à savoir : {note}\n"))?;
    }
    write(args, &exported, &prepared, format)?;
    let exit = exported.exit();
    let Some(person) = &args.sent_by else { return Ok(exit) };
    let plan = note_sending(school, &exported.checked.texts, &prepared, (person, today));
    let source = exported.content.open_folder()?;
    let before = &exported.checked;
    let dry_run = args.dry_run;
    propose(&Proposed { content: &exported.content, source: &source, before, plan: &plan, dry_run })
}

/// The day of the run, or the evening that is looked at.
fn day(args: &LslArgs, exported: &Exported) -> anyhow::Result<Date> {
    evening(args.today, args.common.at.as_ref(), exported)
}

/// The day given, else that of the version looked at, else today.
pub(super) fn evening(
    given: Option<Date>,
    at: Option<&Version>,
    exported: &Exported,
) -> anyhow::Result<Date> {
    match (given, at) {
        (Some(day), _) => Ok(day),
        (None, Some(version)) => Ok(past::moment(&exported.content, version)?.today),
        (None, None) => Ok(from_clock()),
    }
}

/// Refuses a person who may not send (LSL-03).
fn sender(school: &School, id: &str) -> anyhow::Result<()> {
    let Some(person) = school.person(id) else {
        let unknown = format!("personne inconnue : {}", quoted(id));
        return Err(BadCommand(unknown).into());
    };
    let person = &school.people[person];
    if person.has_role(Role::Head) || person.has_role(Role::Ddfpt) {
        return Ok(());
    }
    let message = format!(
        "{} n’est ni chef d’établissement ni DDFPT : l’envoi n’est pas le sien",
        person.full_name()
    );
    Err(BadCommand(message).into())
}

/// The nomenclature: the file given, else the one that the school keeps.
fn nomenclature(args: &LslArgs, exported: &Exported) -> anyhow::Result<Option<Nomenclature>> {
    let bytes = match &args.nomenclature {
        Some(file) => std::fs::read(file)
            .with_context(|| format!("lecture impossible de « {} »", file.display()))?,
        None => {
            let known = exported.checked.texts.others().iter();
            if !known.into_iter().any(|entry| entry.path == NOMENCLATURE) {
                return Ok(None);
            }
            exported.source.read(NOMENCLATURE)?
        }
    };
    Ok(Some(Nomenclature::read(&bytes)?))
}

/// Writes the files, or says which would be.
fn write(
    args: &LslArgs,
    exported: &Exported,
    prepared: &Prepared<'_>,
    format: &dyn LslFormat,
) -> anyhow::Result<()> {
    let school = &exported.checked.school;
    let mut year = school.current_year().to_string();
    for class in &args.classes {
        year.push('-');
        year.push_str(class);
    }
    let values = values_table(school, prepared);
    let mut files = vec![
        (format!("manques-{year}.csv"), csv(&lacks_table(school, prepared))),
        (format!("livrets-{year}.csv"), csv(&values)),
        (format!("livrets-{year}.xlsx"), workbook(&format!("Livrets {year}"), &[values])?),
    ];
    let dossiers = prepared.dossiers();
    let name = format.file_name(&year);
    if !dossiers.is_empty() {
        let header = Header::of(&school.establishment.uai);
        files.push((name.clone(), format.write(&header, &dossiers)?));
    }
    for (name, bytes) in files.iter().filter(|_| !args.dry_run) {
        args.common.write(format!("lsl/{name}"), bytes)?;
    }
    let folder = args.common.out.join("lsl");
    let verb =
        if args.dry_run { "à écrire (--dry-run : rien ne l’a été)" } else { "écrits" };
    let list: String = files.iter().map(|(name, _)| format!("  {name}\n")).collect();
    console::out(&format!("fichiers {verb} dans {} :\n{list}", folder.display()))?;
    if dossiers.is_empty() {
        console::out("aucun fichier XML : aucun livret n’a tout ce que le format demande\n")?;
        return Ok(());
    }
    let left_out = format.leaves_out();
    if !format.is_accepted() {
        console::out(&format!(
            "attention : {name} suit le schéma {}, que LSL Pro n’accepte pas aujourd’hui : il sert d’essai, ne le déposez \
             pas ; pour LSL Pro, recopiez les valeurs depuis les pages « LSL Pro » du site\n",
            format.version()
        ))?;
    }
    if !left_out.is_empty() {
        console::out(&format!("ce schéma n’a pas de place pour {}\n", and_list(left_out)))?;
    }
    Ok(())
}

/// The table before the export: class by class, what lacks, then what a new sending would change (LSL-05).
fn told(school: &School, prepared: &Prepared<'_>) -> String {
    let mut text = String::new();
    let mut class = None;
    for one in &prepared.pupils {
        let sheet = &one.sheet;
        if class != Some(sheet.class) {
            class = Some(sheet.class);
            let of_class = || prepared.pupils.iter().filter(|one| one.sheet.class == sheet.class);
            let complete = of_class().filter(|one| one.complete).count();
            let leaving = of_class().filter(|one| one.leaves).count();
            text.push_str(&format!(
                "{} : {}, dont {} et {} dans le fichier\n",
                school.classes[sheet.class].record.nom,
                count(of_class().count(), "livret", "livrets"),
                count(complete, "complet", "complets"),
                count(leaving, "élève", "élèves"),
            ));
            let whole = prepared.lacks.iter().filter(|lack| lack.class == sheet.class);
            for lack in whole.filter(|lack| lack.pupil.is_none()) {
                text.push_str(&format!(
                    "  toute la classe, à faire : {} – {}\n",
                    lack.what, lack.who
                ));
            }
        }
        let lacks: Vec<_> =
            prepared.lacks.iter().filter(|lack| lack.pupil == Some(sheet.pupil)).collect();
        let place = if one.leaves { "" } else { ", hors du fichier" };
        text.push_str(&format!("  {}{place}", school.pupils[sheet.pupil].list_name()));
        text.push_str(&match &one.state {
            SendingState::Never => " ; jamais envoyé : tout serait ajouté".to_owned(),
            SendingState::Same(day) => {
                format!(" ; envoyé le {}, rien n’a changé", short_date(*day))
            }
            SendingState::Untold(day) => {
                format!(" ; envoyé le {}, sans trace de ce qui est parti", short_date(*day))
            }
            SendingState::Changed(day, changes) => {
                let number = changes.len();
                format!(
                    " ; envoyé le {}, {number} {} depuis",
                    short_date(*day),
                    plural(number, "valeur a changé", "valeurs ont changé")
                )
            }
        });
        text.push('\n');
        for lack in lacks {
            text.push_str(&format!("    à faire : {} – {}\n", lack.what, lack.who));
        }
        if let SendingState::Changed(_, changes) = &one.state {
            for change in changes {
                text.push_str(&match (&change.before, &change.now) {
                    (None, Some(now)) => format!("    ajouté : {} ({now})\n", change.name),
                    (Some(before), Some(now)) => {
                        format!("    remplacé : {} ({before} → {now})\n", change.name)
                    }
                    (before, None) => format!(
                        "    retiré ici, reste dans l’application : {} ({})\n",
                        change.name,
                        before.as_deref().unwrap_or_default()
                    ),
                });
            }
        }
    }
    if prepared.pupils.is_empty() {
        text.push_str(
            "aucun livret : ces classes n’en ont pas, ou tous leurs élèves sont apprentis\n",
        );
    }
    text
}

/// Whether the national service is open (LCK-05).
fn window(school: &School, today: Date) -> String {
    let calendar = school.year(school.current_year()).and_then(|year| year.calendar.as_ref());
    let Some(window) = calendar.and_then(|one| one.record.service_lsl.as_ref()) else {
        return "dates d’ouverture du service national : à saisir dans le calendrier (service_lsl)\n"
            .to_owned();
    };
    let (from, to) = (short_date(window.ouverture), short_date(window.fermeture));
    if today < window.ouverture || window.fermeture < today {
        format!("hors période : le service national est ouvert du {from} au {to}\n")
    } else {
        format!("le service national est ouvert jusqu’au {to}\n")
    }
}
