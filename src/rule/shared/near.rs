//! What to type in place of a code that does not exist.

use crate::diagnostic::Finding;
use crate::record::quote;
use crate::text::{nearest_all, or_list};

/// Adds the known codes that are nearest to the one written, or else `otherwise`.
pub(in crate::rule) fn suggest<'a>(
    finding: Finding,
    written: &str,
    known: impl IntoIterator<Item = &'a str>,
    otherwise: &str,
) -> Finding {
    let near = nearest_all(written, known);
    let names: Vec<String> = near.iter().take(4).map(|code| quote(code)).collect();
    match near.as_slice() {
        [] => finding.help(otherwise),
        [one] => finding.help(format!("écrivez {}", names[0])).replace_with(quote(one)),
        _ => finding.help(format!("écrivez {}", or_list(&names))),
    }
}
