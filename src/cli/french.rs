//! Help and refusals of the command line in French: clap speaks English only.

use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{Arg, ArgAction, ColorChoice, Command, CommandFactory as _};

use super::{Cli, Exit, console};
use crate::text::{and_list, nearest, quoted};

/// `{all-args}` writes the headings that [`in_french`] sets.
const TEMPLATE: &str = "{about}\n\nUtilisation : {usage}\n\n{all-args}{after-help}\n";

/// The command line, in French from top to bottom.
pub(super) fn command() -> Command {
    let root = in_french(Cli::command());
    root.after_help(
            "« jalon COMMANDE --help » montre les options d’une commande.\n\
             Fin : 0 tout va bien, 1 des erreurs dans les fichiers, 2 échec, 3 ligne de commande erronée.",
    )
    .disable_version_flag(true)
    .arg(switch("version", 'V', "Montre le numéro de version", ArgAction::Version))
}

fn in_french(command: Command) -> Command {
    command
        .disable_help_subcommand(true)
        .subcommand_value_name("COMMANDE")
        .subcommand_help_heading("Commandes\u{a0}")
        .help_template(TEMPLATE)
        .color(ColorChoice::Never)
        .max_term_width(100)
        .disable_help_flag(true)
        .disable_help_subcommand(true)
        .subcommand_value_name("COMMANDE")
        .subcommand_help_heading("Commandes\u{a0}")
        .mut_args(|arg| {
            let heading = if arg.is_positional() { "Arguments\u{a0}" } else { "Options\u{a0}" };
            with_default(arg).help_heading(heading)
        })
        .arg(switch("help", 'h', "Montre cette aide", ArgAction::Help))
        .mut_subcommands(in_french)
}

/// Says the default value after the help, as clap would in English.
fn with_default(arg: Arg) -> Arg {
    let value = arg.get_default_values().first().map(|value| value.to_string_lossy().into_owned());
    let Some(value) = value.filter(|_| arg.get_action().takes_values()) else { return arg };
    let said = arg.get_help().map(ToString::to_string).unwrap_or_default();
    arg.help(format!("{said} [par défaut : {value}]")).hide_default_value(true)
}

fn switch(name: &'static str, short: char, help: &'static str, action: ArgAction) -> Arg {
    let arg = Arg::new(name).short(short).long(name).action(action);
    arg.help(help).help_heading("Options\u{a0}")
}

/// Answers what clap could not make a command of: help, version, or a refusal.
pub(super) fn tell(error: &clap::Error) -> Exit {
    match error.kind() {
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => {
            match console::out(&error.render().to_string()) {
                Ok(()) => Exit::Fine,
                Err(error) => super::failure::tell(&error),
            }
        }
        ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => {
            console::beside(&error.render().to_string());
            Exit::BadCommand
        }
        _ => {
            console::beside(&refusal(error));
            Exit::BadCommand
        }
    }
}

fn refusal(error: &clap::Error) -> String {
    let said = |kind| error.get(kind).map(words).unwrap_or_default();
    let first = |kind| quoted(said(kind).first().map_or("", String::as_str));
    let arg = first(ContextKind::InvalidArg);
    let value = first(ContextKind::InvalidValue);
    let is_empty = said(ContextKind::InvalidValue).iter().all(String::is_empty);
    let what = match error.kind() {
        ErrorKind::UnknownArgument => format!("argument inconnu : {arg}"),
        ErrorKind::InvalidSubcommand => {
            format!("commande inconnue : {}", first(ContextKind::InvalidSubcommand))
        }
        ErrorKind::MissingSubcommand => "il manque la commande".to_owned(),
        ErrorKind::InvalidValue | ErrorKind::ValueValidation if is_empty => {
            format!("il manque la valeur de {arg}")
        }
        ErrorKind::InvalidValue => format!("{value} ne convient pas pour {arg}"),
        ErrorKind::ValueValidation => {
            let why = std::error::Error::source(error).map(ToString::to_string).unwrap_or_default();
            format!("{value} ne convient pas pour {arg} : {why}")
        }
        ErrorKind::MissingRequiredArgument => {
            let missing: Vec<String> =
                said(ContextKind::InvalidArg).iter().map(|arg| quoted(arg)).collect();
            format!("il manque {}", and_list(&missing))
        }
        ErrorKind::ArgumentConflict => {
            let other = first(ContextKind::PriorArg);
            if other == arg {
                format!("{arg} est donné deux fois")
            } else {
                format!("{arg} ne va pas avec {other}")
            }
        }
        ErrorKind::TooManyValues => format!("{arg} n’attend pas la valeur {value}"),
        ErrorKind::TooFewValues | ErrorKind::WrongNumberOfValues | ErrorKind::NoEquals => {
            format!("il manque une valeur à {arg}")
        }
        ErrorKind::InvalidUtf8 => "un argument contient des caractères illisibles".to_owned(),
        _ => "elle n’a pas pu être comprise".to_owned(),
    };
    let mut text = format!("ligne de commande : {what}\n");
    let typed = said(ContextKind::InvalidSubcommand);
    let known = said(ContextKind::SuggestedSubcommand);
    // clap gives all commands that look like it, the nearest anywhere among them.
    let near = typed.first().and_then(|typed| nearest(typed, known.iter().map(String::as_str)));
    let near = near.map(str::to_owned).or_else(|| said(ContextKind::SuggestedArg).pop());
    if let Some(near) = near {
        text.push_str(&format!("aide : vouliez-vous écrire {} ?\n", quoted(&near)));
    }
    if let Some(usage) = said(ContextKind::Usage).first() {
        let usage = usage.trim().trim_start_matches("Usage:").trim();
        text.push_str(&format!("\nUtilisation : {usage}\n"));
    }
    text.push_str(
        "« jalon --help » et « jalon COMMANDE --help » montrent tout ce qui est possible.\n",
    );
    text
}

fn words(value: &ContextValue) -> Vec<String> {
    match value {
        ContextValue::String(text) => vec![text.clone()],
        ContextValue::Strings(texts) => texts.clone(),
        ContextValue::StyledStr(text) => vec![text.to_string()],
        _ => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_command_line_is_well_formed() {
        command().debug_assert();
    }

    #[test]
    fn no_english_word_is_left_in_any_help() {
        let mut root = command();
        root.build();
        let mut pages = vec![root];
        while let Some(mut page) = pages.pop() {
            pages.extend(page.get_subcommands().cloned());
            let help = page.render_long_help().to_string();
            for word in
                ["Usage", "Print", "default", "possible", "Commands", "help for", "The ", "How "]
            {
                assert!(!help.contains(word), "{word} : {help}");
            }
        }
    }
}
