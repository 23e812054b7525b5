//! `jalon explain`: why a rule exists and how to mend what breaks it.

use super::{BadCommand, Exit, console};
use crate::diagnostic::Code;
use crate::rule;
use crate::text::nearest;

/// The options of `jalon explain`.
#[derive(Debug, clap::Args)]
pub struct ExplainArgs {
    /// Code de la règle, par exemple CLE-INCONNUE [par défaut : la liste des règles]
    #[arg(value_name = "CODE")]
    pub code: Option<String>,
}

/// Runs `jalon explain`.
///
/// # Errors
/// When there is no such rule, or the output cannot be written.
pub fn run(args: &ExplainArgs) -> anyhow::Result<Exit> {
    let codes = rule::codes();
    let Some(wanted) = &args.code else {
        console::out(&list(&codes))?;
        return Ok(Exit::Fine);
    };
    let Some(code) = rule::code(wanted) else {
        return Err(unknown(wanted, &codes).into());
    };
    console::out(&rule::explain(code))?;
    Ok(Exit::Fine)
}

fn list(codes: &[&Code]) -> String {
    let width = codes.iter().map(|code| code.name.len()).max().unwrap_or(0);
    codes.iter().map(|code| format!("{:width$}  {}\n", code.name, code.summary)).collect()
}

fn unknown(wanted: &str, codes: &[&Code]) -> BadCommand {
    let help = match nearest(wanted, codes.iter().map(|code| code.name)) {
        Some(near) => format!("vouliez-vous écrire {near} ?"),
        None => "« jalon explain » donne la liste des règles".to_owned(),
    };
    BadCommand(format!("règle inconnue : {wanted}\naide : {help}"))
}
