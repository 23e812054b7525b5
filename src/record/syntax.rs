//! Reading TOML with all its syntax errors, told in French.

use std::ops::Range;
use std::sync::Arc;

use toml::Spanned;
use toml::de::DeTable;
use toml_parser::Source;
use toml_parser::lexer::TokenKind;

use super::slip::{self, Upset};
use crate::diagnostic::{Code, Finding, Severity, Site};

/// The rules of this file.
pub static CODES: &[&Code] = &[&SYNTAX, &VERSION];

static SYNTAX: Code = Code {
    name: "TOML-SYNTAXE",
    severity: Severity::Error,
    summary: "Le fichier suit les règles d’écriture",
    explanation: "Une ligne s’écrit `clé = valeur`. Un texte commence et finit par un guillemet \
        droit. Une liste commence par [ et finit par ], ses éléments sont séparés par des virgules. Une clé \
        ne s’écrit qu’une fois. Le caractère # commence une remarque.",
    wrong: "titre = \"Accueillir un client",
    right: "titre = \"Accueillir un client\"",
};

static VERSION: Code = Code {
    name: "TOML-VERSION",
    severity: Severity::Error,
    summary: "Le fichier s’en tient à l’écriture que tous les outils lisent (TOML 1.0)",
    explanation: "Un tableau entre accolades tient sur une ligne, sans virgule avant l’accolade \
        fermante ; les textes n’utilisent pas les échappements \\e et \\x. D’autres outils refuseraient \
        le fichier.",
    wrong: "ressource = { titre = \"Fiche\",\n  fichier = \"fiche.pdf\" }",
    right: "ressource = { titre = \"Fiche\", fichier = \"fiche.pdf\" }",
};

/// A text read as TOML.
pub(super) struct Parsed<'t> {
    /// The table, with what could be recovered.
    pub(super) table: Spanned<DeTable<'t>>,
    /// Whether the text was sound: otherwise the table lacks what could not be read.
    pub(super) sound: bool,
    /// The bytes that a syntax error makes doubtful: what is read there proves nothing.
    pub(super) blurred: Vec<Range<usize>>,
}

/// Reads a text, noting every syntax error.
pub(super) fn parse<'t>(file: &Arc<str>, text: &'t str, findings: &mut Vec<Finding>) -> Parsed<'t> {
    let (table, errors) = DeTable::parse_recoverable(text);
    let before = findings.len();
    let upsets = errors.iter().map(|error| Upset {
        span: error.span().unwrap_or(0..0),
        message: error.message().to_owned(),
    });
    let mut blurred = Vec::new();
    for slip in slip::slips(text, upsets.collect()) {
        let mut finding = Finding::new(&SYNTAX, Site::bytes(file, slip.span), slip.message);
        finding.help = Some(slip.help);
        finding.replacement = slip.replacement;
        findings.push(finding);
        blurred.push(slip.blurred);
    }
    // Nothing of a later version can be written without one of these: most texts hold none.
    if errors.is_empty() && text.contains(['{', '\\']) {
        refuse_later_versions(file, text, findings);
    }
    Parsed { table, sound: findings.len() == before, blurred }
}

/// Whether a finding says that a text is not TOML at all (rather than TOML of a later version).
pub(super) fn is_about_syntax(finding: &Finding) -> bool {
    finding.code == &SYNTAX
}

/// TOML 1.1 lets inline tables run over lines and adds two escapes; other tools know 1.0 only.
fn refuse_later_versions(file: &Arc<str>, text: &str, findings: &mut Vec<Finding>) {
    let source = Source::new(text);
    let mut open: Vec<Option<usize>> = Vec::new();
    let mut comma = None;
    for token in source.lex() {
        let span = token.span().start()..token.span().end();
        let mut refuse = |at: Range<usize>, message: &str, help: &str| {
            findings.push(Finding::new(&VERSION, Site::bytes(file, at), message).help(help));
        };
        match token.kind() {
            TokenKind::LeftCurlyBracket => open.push(Some(span.start)),
            TokenKind::LeftSquareBracket => open.push(None),
            TokenKind::RightSquareBracket => {
                open.pop();
            }
            TokenKind::RightCurlyBracket => {
                open.pop();
                if comma.is_some() {
                    refuse(
                        span,
                        "une virgule précède l’accolade fermante",
                        "enlevez cette virgule",
                    );
                }
            }
            TokenKind::Newline => {
                if let Some(Some(brace)) = open.last().copied() {
                    refuse(
                        brace..brace + 1,
                        "un tableau entre accolades tient sur une seule ligne",
                        "ramenez-le sur une ligne",
                    );
                    open.clear();
                }
            }
            TokenKind::BasicString | TokenKind::MlBasicString => {
                let inner = text.get(span.clone()).unwrap_or("");
                if uses_new_escape(inner) {
                    refuse(
                        span,
                        "cet échappement (\\e ou \\x) n’est pas lu par tous les outils",
                        "écrivez le caractère lui-même",
                    );
                }
            }
            _ => {}
        }
        match token.kind() {
            TokenKind::Comma => comma = Some(()),
            TokenKind::Whitespace | TokenKind::Newline | TokenKind::Comment => {}
            _ => comma = None,
        }
    }
}

fn uses_new_escape(text: &str) -> bool {
    let mut escaped = false;
    for c in text.chars() {
        if escaped && matches!(c, 'e' | 'x') {
            return true;
        }
        escaped = c == '\\' && !escaped;
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    fn messages(text: &str) -> Vec<String> {
        let mut findings = Vec::new();
        parse(&Arc::from("x.toml"), text, &mut findings);
        findings.into_iter().map(|finding| finding.message).collect()
    }

    #[test]
    fn every_error_of_a_text_is_told_once() {
        let text = "titre = \"Accueil\ndate = 2026-13-45\nliste = [1 2]\ntitre = 3\nx == 1\ny\n";
        let told = messages(text);
        assert!(told.len() >= 4, "{told:?}");
    }

    #[test]
    fn later_versions_of_toml_are_refused() {
        assert_eq!(messages("a = { b = 1,\n c = 2 }\n").len(), 1);
        assert_eq!(messages("a = { b = 1, }\n").len(), 1);
        assert_eq!(messages("a = \"\\e\"\n").len(), 1);
        assert!(messages("a = [\n  { b = 1 },\n]\nc = \"\\\\e\"\n").is_empty());
    }
}
