//! Reading TOML with all its syntax errors, told in French.

use std::sync::Arc;

use toml::Spanned;
use toml::de::DeTable;
use toml_parser::Source;
use toml_parser::lexer::TokenKind;

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
}

/// Reads a text, noting every syntax error.
pub(super) fn parse<'t>(file: &Arc<str>, text: &'t str, findings: &mut Vec<Finding>) -> Parsed<'t> {
    let (table, errors) = DeTable::parse_recoverable(text);
    let before = findings.len();
    for error in &errors {
        let span = error.span().unwrap_or(0..0);
        let at_end = span.start >= text.trim_end().len();
        let (message, help) = translate(error.message(), text, &span);
        // One slip often upsets the parser twice at the same place: the first word is the right one.
        let same_line = |other: &Finding| match &other.site.place {
            crate::diagnostic::Place::Bytes(range) => {
                line_of(text, range.start) == line_of(text, span.start)
            }
            _ => false,
        };
        if findings[before..].iter().any(same_line) {
            continue;
        }
        let span = if at_end { last_line(text) } else { visible(text, span) };
        findings.push(Finding::new(&SYNTAX, Site::bytes(file, span), message).help(help));
    }
    if errors.is_empty() {
        refuse_later_versions(file, text, findings);
    }
    Parsed { table, sound: findings.len() == before }
}

/// Whether a finding says that a text is not TOML at all (rather than TOML of a later version).
pub(super) fn is_about_syntax(finding: &Finding) -> bool {
    finding.code == &SYNTAX
}

fn line_of(text: &str, offset: usize) -> usize {
    text.as_bytes()[..offset.min(text.len())].iter().filter(|b| **b == b'\n').count()
}

/// The last line that says something: where a text that ends too soon is shown.
fn last_line(text: &str) -> std::ops::Range<usize> {
    let end = text.trim_end().len();
    let start = text[..end].rfind('\n').map_or(0, |at| at + 1);
    start..end
}

/// An empty range is widened to the character it stands before, so that a caret can be drawn.
fn visible(text: &str, span: std::ops::Range<usize>) -> std::ops::Range<usize> {
    if !span.is_empty() {
        return span;
    }
    match text.get(span.start..).and_then(|rest| rest.chars().next()) {
        Some(c) if c != '\n' && c != '\r' => span.start..span.start + c.len_utf8(),
        _ => span,
    }
}

/// The French for what the TOML parser says, and what to type.
fn translate(message: &str, text: &str, span: &std::ops::Range<usize>) -> (String, String) {
    let has = |words: &str| message.contains(words);
    let around: String = text.get(span.clone()).unwrap_or("").chars().take(30).collect();
    let (what, help) = if has("duplicate key") {
        (
            "cette clé est déjà écrite plus haut dans le même tableau",
            "gardez une seule des deux lignes",
        )
    } else if has("cannot extend value") || has("dotted key") {
        (
            "cette clé ne peut pas prolonger une valeur déjà écrite",
            "mettez entre guillemets un code qui contient un point, par exemple \"C1.0\"",
        )
    } else if has("string values must be quoted") {
        (
            "ce texte doit être entre guillemets",
            "ajoutez un guillemet droit (\") avant et après le texte",
        )
    } else if has("missing assignment") || has("key with no value") {
        ("cette ligne n’a pas de signe =", "écrivez la ligne sous la forme : clé = valeur")
    } else if has("extra assignment") || has("extra `=`") || has("unexpected `=`") {
        (
            "il y a un signe = de trop",
            "un seul signe = par ligne ; mettez entre guillemets un texte qui en contient un",
        )
    } else if has("missing value") || has("invalid value") && around.is_empty() {
        ("il manque la valeur après le signe =", "écrivez la valeur, ou supprimez la ligne")
    } else if has("missing comma") {
        ("il manque une virgule", "séparez les éléments par des virgules")
    } else if has("extra comma") {
        ("il y a une virgule de trop", "enlevez une virgule")
    } else if has("unclosed array table") || has("unclosed table") {
        (
            "ce titre entre crochets n’est pas fermé",
            "ajoutez le crochet fermant : [titre] ou [[titre]]",
        )
    } else if has("unclosed array") {
        ("cette liste n’est pas fermée", "ajoutez le crochet fermant ]")
    } else if has("unclosed inline table") {
        ("ce tableau entre accolades n’est pas fermé", "ajoutez l’accolade fermante }")
    } else if has("string") {
        (
            "ce texte n’est pas fermé, ou contient un caractère interdit",
            "fermez le texte par un guillemet droit (\") ; dans un texte, écrivez \\\" pour un guillemet et \\\\ pour une barre oblique inverse",
        )
    } else if has("unquoted key")
        || has("invalid key")
        || has("missing key")
        || has("keys cannot be empty")
    {
        (
            "cette clé ne peut pas s’écrire ainsi",
            "une clé s’écrit sans espace ni accent, ou entre guillemets",
        )
    } else if has("date-time") {
        ("cette date n’en est pas une", "écrivez année-mois-jour, par exemple 2026-11-06")
    } else if has("number")
        || has("integer")
        || has("float")
        || has("digit")
        || has("mantissa")
        || has("fraction")
        || has("exponent")
        || has("leading zero")
        || has("sign")
    {
        (
            "ce nombre n’est pas bien écrit",
            "écrivez les décimales avec un point, par exemple 13.5 ; mettez entre guillemets un numéro qui commence par 0",
        )
    } else if has("boolean") {
        (
            "oui et non s’écrivent true et false",
            "écrivez true ou false, en minuscules et sans guillemets",
        )
    } else if has("carriage return") || has("comment") {
        ("cette ligne contient un caractère invisible", "effacez la ligne et retapez-la")
    } else if has("recurse") {
        ("les crochets ou accolades sont imbriqués trop profondément", "simplifiez cette valeur")
    } else {
        (
            "cette ligne ne suit pas les règles d’écriture",
            "écrivez la ligne sous la forme : clé = valeur",
        )
    };
    (what.to_owned(), help.to_owned())
}

/// TOML 1.1 lets inline tables run over lines and adds two escapes; other tools know 1.0 only.
fn refuse_later_versions(file: &Arc<str>, text: &str, findings: &mut Vec<Finding>) {
    let source = Source::new(text);
    let mut open = Vec::new();
    let mut comma = None;
    for token in source.lex() {
        let span = token.span().start()..token.span().end();
        let mut refuse = |message: &str, help: &str| {
            findings
                .push(Finding::new(&VERSION, Site::bytes(file, span.clone()), message).help(help));
        };
        match token.kind() {
            TokenKind::LeftCurlyBracket => open.push('{'),
            TokenKind::LeftSquareBracket => open.push('['),
            TokenKind::RightSquareBracket => {
                open.pop();
            }
            TokenKind::RightCurlyBracket => {
                open.pop();
                if comma.is_some() {
                    refuse("une virgule précède l’accolade fermante", "enlevez cette virgule");
                }
            }
            TokenKind::Newline if open.last() == Some(&'{') => {
                refuse(
                    "un tableau entre accolades tient sur une seule ligne",
                    "ramenez-le sur une ligne",
                );
                open.clear();
            }
            TokenKind::BasicString | TokenKind::MlBasicString => {
                let inner = text.get(span.clone()).unwrap_or("");
                if uses_new_escape(inner) {
                    refuse(
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
