//! `jalon export pronote`: the validated reviews of the current period, for PRONOTE.

use super::super::{Exit, console, options};
use super::{CommonArgs, choose_classes, lsl::evening};
use crate::exchange::pronote::{PronoteFiles, period_of, pronote_files};
use crate::exchange::sheet::csv;
use crate::school::{Ix, Pupil, School};
use crate::text::{Date, and_list, count, short_date, slug};

/// The options of `jalon export pronote`.
#[derive(Debug, clap::Args)]
pub struct PronoteArgs {
    /// The school and where to write.
    #[command(flatten)]
    pub common: CommonArgs,
    /// Une classe seulement, par exemple 1mcva1 ; option à répéter
    #[arg(long = "class", value_name = "CLASSE")]
    pub classes: Vec<String>,
    /// Période officielle, par exemple S1 [par défaut : celle du jour]
    #[arg(long, value_name = "PÉRIODE", value_parser = options::filled)]
    pub period: Option<String>,
    /// Jour qui dit la période en cours [par défaut : aujourd’hui]
    #[arg(long, value_name = "DATE", value_parser = options::day)]
    pub today: Option<Date>,
}

/// Runs `jalon export pronote`.
///
/// # Errors
/// When the records cannot be reached, a class does not exist, or the files cannot be written.
pub fn run(args: &PronoteArgs) -> anyhow::Result<Exit> {
    let exported = args.common.open()?;
    let school = &exported.checked.school;
    let today = evening(args.today, args.common.at.as_ref(), &exported)?;
    let mut files = 0;
    let mut without_period = Vec::new();
    for ix in choose_classes(school, &args.classes)? {
        let class = &school.classes[ix];
        let Some(period) = period_of(school, class, args.period.as_deref(), today) else {
            without_period.push(class.record.nom.clone());
            continue;
        };
        let made = pronote_files(school, ix, period, today);
        console::out(&told(school, &made))?;
        let name = format!("pronote/{}-{}-{}", class.year, slug(&period.code), class.key);
        let some = made.pupils > 0;
        let reviews = [("competences", &made.competences), ("bulletin", &made.bulletin)];
        let reviews = reviews.into_iter().filter(|_| some);
        let livret = made.livret.iter().map(|sheet| ("livret", sheet));
        for (part, sheet) in reviews.chain(livret) {
            args.common.write(format!("{name}-{part}.csv"), &csv(sheet))?;
            files += 1;
        }
    }
    if !without_period.is_empty() {
        let what = match &args.period {
            Some(code) => format!("pas de période {code}"),
            None => format!("aucune période officielle le {}", short_date(today)),
        };
        console::out(&format!("{} : {what}\n", and_list(&without_period)))?;
    }
    let folder = args.common.out.join("pronote");
    let number = count(files, "fichier écrit", "fichiers écrits");
    console::out(&format!("{number} dans {}\n", folder.display()))?;
    Ok(exported.exit())
}

/// What the files of a class hold, and whom they leave out.
fn told(school: &School, made: &PronoteFiles<'_>) -> String {
    let class = &school.classes[made.class].record.nom;
    let mut text = format!(
        "{class}, {} : {}\n",
        made.period.intitule,
        count(made.pupils, "bilan validé", "bilans validés")
    );
    if let Some(day) = made.closed {
        text.push_str(&format!(
            "  attention : PRONOTE a fermé cette période le {}, il ne prend plus rien\n",
            short_date(day)
        ));
    }
    let mut list = |what: &str, pupils: &[Ix<Pupil>]| {
        if !pupils.is_empty() {
            let names: Vec<String> =
                pupils.iter().map(|ix| school.pupils[*ix].list_name()).collect();
            text.push_str(&format!("  {what} : {}\n", and_list(&names)));
        }
    };
    list("sans bilan validé dans la période", &made.without_review);
    list("sans INE, à reconnaître par le nom et la date de naissance", &made.without_ine);
    text
}
