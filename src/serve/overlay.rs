//! What the preview adds to pages as it serves them: errors, the reload script, stand-in pages.

use std::fmt::Write as _;

use super::preview::errors;
use crate::diagnostic::{Diagnostic, Severity};
use crate::text::count;

/// Where the preview's own files stand; no page of the site begins like this.
pub(super) const SCRIPT: &str = "_jalon/rechargement.js";
/// The style of what the preview adds.
pub(super) const STYLE: &str = "_jalon/apercu.css";
/// The stream of generations.
pub(super) const EVENTS: &str = "_jalon/evenements";

/// Most errors shown at once; the rest is counted.
const MOST: usize = 50;

/// The panel of errors, the small count of warnings, or nothing.
pub(super) fn notice(diagnostics: &[Diagnostic], failure: Option<&str>) -> String {
    let wrong = errors(diagnostics);
    let doubts = count(diagnostics.len() - wrong, "point à vérifier", "points à vérifier");
    if wrong == 0 && failure.is_none() {
        return match diagnostics.len() {
            0 => String::new(),
            _ => format!("<p id=\"jalon-apercu\" class=\"jalon-attention\">{doubts}</p>\n"),
        };
    }
    let title = match wrong {
        0 => "Les pages n’ont pas pu être recomposées".to_owned(),
        _ => format!("{} à corriger", count(wrong, "erreur", "erreurs")),
    };
    let mut html = format!(
        "<div id=\"jalon-apercu\" class=\"jalon-erreurs\" role=\"alert\" lang=\"fr\">\n\
         <details open><summary>{title}</summary>\n"
    );
    if let Some(failure) = failure {
        // Writing to a string cannot fail, here and below.
        let _ = writeln!(
            html,
            "<p>{}</p>\n<p>Les pages affichées sont les dernières qui ont pu être composées.</p>",
            escape(failure)
        );
    }
    html.push_str("<ol>\n");
    let shown = diagnostics.iter().filter(|found| found.code.severity == Severity::Error);
    shown.take(MOST).for_each(|found| item(&mut html, found));
    html.push_str("</ol>\n");
    if wrong > MOST {
        let _ =
            writeln!(html, "<p>… et {}</p>", count(wrong - MOST, "autre erreur", "autres erreurs"));
    }
    if diagnostics.len() > wrong {
        let _ = writeln!(html, "<p>{doubts}</p>");
    }
    html.push_str("</details></div>\n");
    html
}

fn item(html: &mut String, found: &Diagnostic) {
    let _ = write!(html, "<li><p><b>{}</b>", escape(&found.file));
    if found.span.bytes != (0..0) {
        let _ = write!(html, ", ligne {}", found.span.start.line);
    }
    let _ = write!(html, " : {}</p>", escape(&found.message));
    if let Some(help) = &found.help {
        let _ = write!(html, "<p>→ {}</p>", escape(help));
    }
    let _ = writeln!(html, "<small>{}</small></li>", escape(found.code.name));
}

/// A page with the notice and the script just before the end of its body.
pub(super) fn inject(page: &[u8], notice: &str, generation: &str) -> Vec<u8> {
    let added = format!(
        "<link rel=\"stylesheet\" href=\"/{STYLE}\">\n{notice}\
         <script src=\"/{SCRIPT}\" data-generation=\"{generation}\"></script>\n"
    );
    let end = page.windows(7).rposition(|bytes| bytes.eq_ignore_ascii_case(b"</body>"));
    let (before, after) = page.split_at(end.unwrap_or(page.len()));
    [before, added.as_bytes(), after].concat()
}

/// What is said at an address where nothing stands.
pub(super) fn not_found(address: &str) -> String {
    stand_in(
        "Page introuvable",
        &format!(
            "<p>Il n’y a pas de page à l’adresse « {} ».</p>\n\
             <p><a href=\"/\">Retour à l’accueil</a></p>",
            escape(address)
        ),
    )
}

/// What is said in place of a document that could not be printed.
pub(super) fn not_printed(reason: &str) -> String {
    stand_in("Le document n’a pas pu être imprimé", &format!("<p>{}</p>", escape(reason)))
}

/// What is said while there is nothing to show yet.
pub(super) fn nothing_yet() -> String {
    stand_in(
        "L’aperçu n’est pas encore prêt",
        "<p>Les pages n’ont pas encore pu être composées. Celle-ci se rechargera d’elle-même.</p>",
    )
}

/// What is said to a request that is refused.
pub(super) fn refused(sentence: &str) -> String {
    stand_in("Demande refusée", &format!("<p>{}</p>", escape(sentence)))
}

fn stand_in(title: &str, body: &str) -> String {
    format!(
        "<!doctype html>\n<html lang=\"fr\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <title>{title}</title>\n\
         <link rel=\"stylesheet\" href=\"/assets/css/jalon.css\">\n</head>\n\
         <body>\n<main style=\"max-width: 40rem; margin: 3rem auto; padding: 0 1rem\">\n\
         <h1>{title}</h1>\n{body}\n</main>\n</body>\n</html>\n"
    )
}

/// Text made harmless in HTML, in elements and in quoted attributes.
fn escape(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\'' => safe.push_str("&#39;"),
            c => safe.push(c),
        }
    }
    safe
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::diagnostic::{Code, Finding, Site};
    use crate::record::report;
    use crate::source::{Memory, Texts};

    static WRONG: Code = Code {
        name: "ESSAI-FAUX",
        severity: Severity::Error,
        summary: "",
        explanation: "",
        wrong: "",
        right: "",
    };
    static DOUBT: Code = Code { name: "ESSAI-DOUTE", severity: Severity::Warning, ..WRONG };

    fn found(code: &'static Code, number: usize) -> Vec<Diagnostic> {
        let memory = Memory::new([("a<b>.toml", "x = 1\ny = 2\n".repeat(number))]);
        let (texts, _) = Texts::read(&memory).unwrap();
        let file = Arc::from("a<b>.toml");
        let finding = |n| {
            Finding::new(
                code,
                Site::bytes(&file, n * 12 + 6..n * 12 + 7),
                "<script>alert(1)</script>",
            )
            .help("écrivez \"0\" & rien d’autre")
        };
        report((0..number).map(finding).collect(), &texts)
    }

    #[test]
    fn an_error_is_told_with_its_place_and_everything_is_escaped() {
        let html = notice(&found(&WRONG, 1), None);
        assert!(html.contains("<summary>1 erreur à corriger</summary>"), "{html}");
        assert!(
            html.contains(
                "<b>a&lt;b&gt;.toml</b>, ligne 2 : &lt;script&gt;alert(1)&lt;/script&gt;"
            )
        );
        assert!(html.contains("→ écrivez &quot;0&quot; &amp; rien d’autre"));
        assert!(html.contains("ESSAI-FAUX") && !html.contains("<script"));
    }

    #[test]
    fn only_the_first_errors_are_shown_and_the_rest_is_counted() {
        let html = notice(&found(&WRONG, 52), None);
        assert_eq!(html.matches("<li>").count(), 50);
        assert!(html.contains("52 erreurs à corriger") && html.contains("et 2 autres erreurs"));
    }

    #[test]
    fn warnings_are_only_counted_and_silence_adds_nothing() {
        let html = notice(&found(&DOUBT, 3), None);
        assert!(html.contains("3 points à vérifier") && !html.contains("alert"), "{html}");
        assert_eq!(notice(&[], None), "");
        assert!(notice(&[], Some("<gabarit>")).contains("<p>&lt;gabarit&gt;</p>"));
    }

    #[test]
    fn what_is_added_stands_before_the_last_end_of_body() {
        let page = b"<body><pre>&lt;/body></pre></BODY></html>";
        let added = String::from_utf8(inject(page, "", "7.1")).unwrap();
        assert!(added.starts_with("<body><pre>&lt;/body></pre><link"), "{added}");
        assert!(added.ends_with("data-generation=\"7.1\"></script>\n</BODY></html>"), "{added}");
        assert!(inject(b"", "", "7.1").starts_with(b"<link"));
    }
}
