//! `jalon init`: a school's own repository, made to be put on a forge.

mod person;
mod templates;

use std::path::{Path, PathBuf};

use super::today::from_clock;
use super::{BadCommand, Exit, console, options, referentials};
use crate::record::quote;
use crate::source::{create_new_tree, create_repository};
use crate::text::{Date, SchoolYear, count, nearest, quoted};
use person::Person;

/// The options of `jalon init`.
#[derive(Debug, clap::Args)]
pub struct InitArgs {
    /// Dossier à créer ; l’établissement sera dans DOSSIER/content
    #[arg(value_name = "DOSSIER")]
    pub folder: PathBuf,
    /// Nom complet de l’établissement
    #[arg(long, value_name = "NOM", value_parser = options::filled)]
    pub nom: Option<String>,
    /// Code UAI de l’établissement, par exemple 0549999A
    #[arg(long, value_name = "CODE", value_parser = options::filled)]
    pub uai: Option<String>,
    /// Adresse électronique de l’établissement
    #[arg(long, value_name = "COURRIEL", value_parser = options::filled)]
    pub courriel: Option<String>,
    /// Le DDFPT, par exemple "Mme Awa Diallo <awa.diallo@lycee.example>"
    #[arg(long, value_name = "PERSONNE", value_parser = person::read)]
    pub ddfpt: Option<Person>,
    /// Logiciel de la forge : gitlab, forgejo ou github
    #[arg(long, value_name = "FORGE", value_parser = options::forge, requires = "adresse")]
    pub forge: Option<String>,
    /// Adresse du dépôt sur la forge, en https
    #[arg(long, value_name = "ADRESSE", value_parser = options::filled, requires = "forge")]
    pub adresse: Option<String>,
    /// Diplômes suivis, séparés par des virgules, par exemple mcv-a,melec [par défaut : tous]
    #[arg(long, value_name = "DIPLÔMES", value_delimiter = ',')]
    pub diplomes: Vec<String>,
    /// Année scolaire, par exemple 2026-2027 [par défaut : celle d’aujourd’hui]
    #[arg(long, value_name = "ANNÉE", value_parser = options::school_year)]
    pub annee: Option<SchoolYear>,
}

/// Runs `jalon init`.
///
/// # Errors
/// When a diploma is unknown, when the folder already holds something, or cannot be written.
pub fn run(args: &InitArgs) -> anyhow::Result<Exit> {
    let referentials = chosen(&args.diplomes)?;
    let year = args.annee.unwrap_or_else(|| SchoolYear::of(from_clock()));
    let values = values(args, year);
    let value = |key: &str| values.iter().find(|(name, _)| *name == key).map(|(_, text)| &**text);
    let mut files = templates::filled(&value, &year.to_string());
    files.extend(
        referentials
            .into_iter()
            .map(|(code, text)| (format!("content/referentials/{code}.toml"), text)),
    );
    let number = create_new_tree(&args.folder, files)?;
    create_repository(&args.folder)?;
    console::out(&next(args, number))?;
    Ok(Exit::Fine)
}

/// The référentiels of these diplomas, with the common rules and the family that their seconde
/// belongs to; all of them when none is named.
fn chosen(wanted: &[String]) -> Result<Vec<(String, String)>, BadCommand> {
    let shipped = referentials::shipped();
    let known = || shipped.keys().map(String::as_str).filter(|code| *code != COMMON);
    for code in wanted {
        if !known().any(|known| known == code) {
            let help = match nearest(code, known()) {
                Some(near) => format!("vouliez-vous écrire {near} ?"),
                None => format!("choisissez parmi {}", known().collect::<Vec<_>>().join(", ")),
            };
            return Err(BadCommand(format!("diplôme inconnu : {}\naide : {help}", quoted(code))));
        }
    }
    let family = |text: &str| line(text, "famille");
    let families: Vec<String> =
        wanted.iter().filter_map(|code| family(shipped.get(code)?)).collect();
    let keeps = |code: &str, text: &str| {
        wanted.is_empty()
            || code == COMMON
            || wanted.iter().any(|wanted| wanted == code)
            || line(text, "genre").as_deref() == Some("famille")
                && family(text).is_some_and(|family| families.contains(&family))
    };
    Ok(shipped.clone().into_iter().filter(|(code, text)| keeps(code, text)).collect())
}

/// The rules that all diplomas share.
const COMMON: &str = "commun";

/// The first text that a référentiel gives a key.
fn line(text: &str, key: &str) -> Option<String> {
    let table: toml::Table = text.parse().ok()?;
    table.get(key)?.as_str().map(str::to_owned)
}

/// What the marks of the templates stand for.
fn values(args: &InitArgs, year: SchoolYear) -> Vec<(&'static str, String)> {
    let text = |value: &Option<String>| quote(value.as_deref().unwrap_or_default());
    let diploma = args.diplomes.first().map_or("mcv-a", String::as_str);
    let person = args.ddfpt.as_ref();
    let id = person.map_or_else(|| "nom-prenom".to_owned(), Person::id);
    let mails: Vec<String> = person.iter().map(|person| quote(&person.mail)).collect();
    let forge = if args.forge.is_some() { templates::FORGE } else { templates::NO_FORGE };
    let (first, middle, last) = calendar(year);
    vec![
        ("NOM", text(&args.nom)),
        ("TITRE", args.nom.clone().unwrap_or_else(|| "Notre établissement".into())),
        ("UAI", text(&args.uai)),
        ("COURRIEL", text(&args.courriel)),
        ("ANNEE", quote(&year.to_string())),
        ("LOGICIEL", text(&args.forge)),
        ("ADRESSE", quote(address(args.adresse.as_deref().unwrap_or_default()))),
        ("FORGE", forge.trim_end().to_owned()),
        ("PERSONNE-TEXTE", quote(&id)),
        ("PERSONNE", id),
        ("CIVILITE", quote(person.and_then(|person| person.title).unwrap_or("Mme"))),
        ("PERSONNE-NOM", quote(person.map_or("", |person| &person.last))),
        ("PERSONNE-PRENOM", quote(person.map_or("", |person| &person.first))),
        ("PERSONNE-COURRIELS", format!("[{}]", mails.join(", "))),
        ("DIPLOME", quote(diploma)),
        ("DEBUT", first.to_string()),
        ("FIN-S1", middle.to_string()),
        ("DEBUT-S2", middle.next().to_string()),
        ("FIN", last.to_string()),
        ("VERSION", env!("CARGO_PKG_VERSION").to_owned()),
    ]
}

/// The address of a repository as a browser shows it.
fn address(given: &str) -> &str {
    given.trim_end_matches('/').trim_end_matches(".git")
}

/// A likely year, to be checked: from 1 September, semesters that part on the last Friday of
/// January, until the first Friday of July.
fn calendar(year: SchoolYear) -> (Date, Date, Date) {
    let day =
        |year, month, day| Date::new(year, month, day).unwrap_or(SchoolYear(year).first_day());
    let weekday_from = |first: Date, wanted: u8| {
        (0..7).map(|days| first.plus(days)).find(|day| day.weekday() == wanted).unwrap_or(first)
    };
    let start = day(year.0, 9, 1);
    let start = if start.weekday() > 5 { weekday_from(start, 1) } else { start };
    let middle = weekday_from(day(year.0 + 1, 1, 25), 5);
    (start, middle, weekday_from(day(year.0 + 1, 7, 1), 5))
}

/// What was done, and the three commands that come next.
fn next(args: &InitArgs, number: usize) -> String {
    let files = count(number, "fichier", "fichiers");
    let folder = args.folder.display().to_string();
    let mut text = format!("Dépôt de l’établissement : {files} dans {folder}\n");
    if args.ddfpt.as_ref().is_some_and(|person| person.title.is_none()) {
        text.push_str(
            "À vérifier : la civilité du DDFPT, écrite « Mme » dans content/staff.toml\n",
        );
    }
    let origin = args.adresse.as_deref().map_or("ADRESSE_DU_DEPOT", address);
    text.push_str(&format!(
        "\nEnsuite :\n  cd {} && jalon check\n  git add --all && git commit --message \"Ouverture du suivi des compétences\"\n  git remote add origin {} && git push --set-upstream origin main\n\nTout est expliqué dans {}\n",
        shell(&folder),
        shell(origin),
        Path::new(&folder).join("docs/mise-en-service.md").display(),
    ));
    text
}

/// A word that a shell takes as it is.
fn shell(word: &str) -> String {
    let is_plain = |c: char| c.is_alphanumeric() || "/._-:~@+".contains(c);
    if !word.is_empty() && word.chars().all(is_plain) {
        word.to_owned()
    } else {
        format!("'{}'", word.replace('\'', r"'\''"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_diploma_comes_with_what_it_needs() {
        let codes = |wanted: &[&str]| -> Vec<String> {
            let wanted: Vec<String> = wanted.iter().map(|code| (*code).to_owned()).collect();
            chosen(&wanted).unwrap().into_iter().map(|(code, _)| code).collect()
        };
        assert_eq!(codes(&["melec"]), ["commun", "melec"]);
        assert_eq!(codes(&["mcv-a"]), ["commun", "mcv-a", "mrc"]);
        assert_eq!(codes(&[]).len(), referentials::shipped().len());
        assert!(chosen(&["commun".into()]).is_err());
        assert!(chosen(&["mcva".into()]).unwrap_err().to_string().contains("mcv-a"));
    }

    #[test]
    fn a_year_has_two_semesters_of_school_days() {
        for year in 2024..2040 {
            let (first, middle, last) = calendar(SchoolYear(year));
            assert!(first < middle && middle < last && first.weekday() < 6);
            assert_eq!((middle.weekday(), last.weekday()), (5, 5));
        }
        let (first, middle, last) = calendar(SchoolYear(2026));
        let days = [first, middle, last].map(|day| day.to_string());
        assert_eq!(days, ["2026-09-01", "2027-01-29", "2027-07-02"]);
    }

    #[test]
    fn a_folder_can_be_pasted_in_a_shell() {
        assert_eq!(shell("lycee/suivi"), "lycee/suivi");
        assert_eq!(shell("le lycée d'ici"), r"'le lycée d'\''ici'");
    }
}
