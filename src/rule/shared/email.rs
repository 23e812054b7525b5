//! The form of an e-mail address.

use crate::diagnostic::{Code, Finding, Site};
use crate::text::quoted;

/// Whether a text could be an e-mail address: one `@`, no space or accent, a dotted domain.
pub(in crate::rule) fn is_address(text: &str) -> bool {
    const MARKS: &[u8] = b".!#$%&'*+/=?^_`{|}~-";
    let Some((local, domain)) = text.split_once('@') else { return false };
    let plain = |part: &str| !part.is_empty() && !part.starts_with('-') && !part.ends_with('-');
    !local.is_empty()
        && local.split('.').all(|part| !part.is_empty())
        && local.bytes().all(|b| b.is_ascii_alphanumeric() || MARKS.contains(&b))
        && domain.contains('.')
        && domain.split('.').all(plain)
        && domain.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'-'))
}

/// The finding for a text that is no address, with the mend when only spaces are in the way.
pub(in crate::rule) fn malformed(code: &'static Code, site: Site, text: &str) -> Finding {
    let message = format!("{} n’est pas une adresse électronique", quoted(text));
    let finding = Finding::new(code, site, message)
        .help("écrivez l’adresse sous la forme \"prenom.nom@domaine.fr\", sans espace ni accent");
    let joined: String = text.split_whitespace().collect();
    if is_address(&joined) { finding.replace_with(crate::record::quote(&joined)) } else { finding }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_told_from_slips() {
        for right in ["paul.mercier@ac-nancy-metz.fr", "o'neil+lp@a.b.fr"] {
            assert!(is_address(right), "{right}");
        }
        for wrong in [
            "",
            "paul",
            "@a.fr",
            "paul@",
            "paul@ac",
            "paul@ac..fr",
            "pa ul@ac.fr",
            "paul@@ac.fr",
            "léa@ac.fr",
            "paul.@ac.fr",
            "a@b@c.fr",
        ] {
            assert!(!is_address(wrong), "{wrong}");
        }
    }
}
