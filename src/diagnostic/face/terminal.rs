//! For eyes: an excerpt of the file with carets, what to do, the line once mended, a closing count.
//!
//! The only file that knows annotate-snippets, whose interface changes between versions.

use std::ops::Range;

use annotate_snippets::{
    Annotation, AnnotationKind, Group, Level, Origin, Patch, Renderer, Snippet,
};

use super::{Lookup, Options, Tally, is_whole_file, plain};
use crate::diagnostic::{Diagnostic, Fix, Related, Severity, Span};
use crate::text::count;

/// How far apart, in lines, two places of one file may stand in one excerpt.
const NEAR: usize = 40;

pub(super) fn write<'t>(
    diagnostics: &[Diagnostic],
    lookup: Lookup<'_, 't>,
    options: &Options,
) -> String {
    if diagnostics.is_empty() {
        return String::new();
    }
    let renderer =
        if options.colour { Renderer::styled().hyperlink(false) } else { Renderer::plain() };
    let told = chosen(diagnostics, options.max);
    let mut out = String::new();
    for diagnostic in &told {
        let groups = groups(diagnostic, lookup, &options.prefix);
        out.push_str(&renderer.render(&groups));
        out.push_str("\n\n");
    }
    let rest = diagnostics.len() - told.len();
    if rest > 0 {
        let rest = count(rest, "autre n’est pas montré", "autres ne sont pas montrés");
        out.push_str(&format!("… et {rest} (--max-errors 0 pour tout voir)\n"));
    }
    out.push_str(&format!("{}\n", Tally::of(diagnostics)));
    out
}

/// The first `max` diagnostics, errors before warnings when there is no room for all, so that what
/// fails the check is always seen; in the order of the list.
fn chosen(diagnostics: &[Diagnostic], max: usize) -> Vec<&Diagnostic> {
    if max == 0 || diagnostics.len() <= max {
        return diagnostics.iter().collect();
    }
    let mut ranks: Vec<usize> = (0..diagnostics.len()).collect();
    ranks.sort_by_key(|at| (diagnostics[*at].code.severity, *at));
    ranks.truncate(max);
    ranks.sort_unstable();
    ranks.into_iter().map(|at| &diagnostics[at]).collect()
}

fn groups<'a, 't: 'a>(
    diagnostic: &'a Diagnostic,
    lookup: Lookup<'_, 't>,
    prefix: &str,
) -> Vec<Group<'a>> {
    let text = lookup(&diagnostic.file).unwrap_or("");
    let path = format!("{prefix}{}", plain(&diagnostic.file));
    let level = match diagnostic.code.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
    };
    let title = level
        .with_name(diagnostic.code.severity.label())
        .primary_title(plain(&diagnostic.message))
        .id(diagnostic.code.name);
    let (near, far): (Vec<&Related>, Vec<&Related>) =
        diagnostic.related.iter().partition(|related| is_near(related, diagnostic, text));
    let mut main = match excerpt(text, &diagnostic.span, &near, path.clone()) {
        Some(snippet) => title.element(snippet),
        None => title.element(Origin::path(path.clone())),
    };
    let fix = diagnostic.fix.as_ref().and_then(|fix| patch(text, fix, path));
    let help = diagnostic.help.as_deref().map(plain);
    let mut help_group = None;
    match (help, fix) {
        (Some(help), None) => main = main.element(aide().message(help)),
        (help, Some(patch)) => {
            let help = help.unwrap_or_else(|| "corrigez ainsi".into());
            help_group = Some(aide().secondary_title(help).element(patch));
        }
        (None, None) => {}
    }
    let mut groups = vec![main];
    for related in far {
        let title = Level::NOTE.with_name("voir aussi").secondary_title(plain(&related.message));
        let path = format!("{prefix}{}", plain(&related.file));
        let there = lookup(&related.file).unwrap_or("");
        groups.push(match excerpt(there, &related.span, &[], path.clone()) {
            Some(snippet) => title.element(snippet),
            None => title.element(Origin::path(path)),
        });
    }
    groups.extend(help_group);
    groups
}

fn aide() -> Level<'static> {
    Level::HELP.with_name("aide")
}

fn is_near(related: &Related, diagnostic: &Diagnostic, text: &str) -> bool {
    related.file == diagnostic.file
        && has_place(&related.span, text)
        && has_place(&diagnostic.span, text)
        && related.span.start.line.abs_diff(diagnostic.span.start.line) <= NEAR
}

fn has_place(span: &Span, text: &str) -> bool {
    !is_whole_file(span) && span.bytes.start <= text.len()
}

/// The lines of a place and of those near it, marked.
fn excerpt<'t>(
    text: &'t str,
    span: &Span,
    near: &[&Related],
    path: String,
) -> Option<Snippet<'t, Annotation<'t>>> {
    if !has_place(span, text) {
        return None;
    }
    let marks = || std::iter::once(span).chain(near.iter().map(|related| &related.span));
    let first = marks().map(|span| span.start.line).min()?;
    let from = marks().map(|span| lines_around(text, &span.bytes).start).min()?;
    let to = marks().map(|span| one_line(text, &span.bytes).end).max()?;
    let lines = from..lines_around(text, &(to..to)).end;
    let inside = |span: &Span| {
        let line = one_line(text, &span.bytes);
        line.start - from..line.end - from
    };
    let context = near.iter().map(|related| {
        AnnotationKind::Context.span(inside(&related.span)).label(plain(&related.message))
    });
    let snippet = Snippet::source(&text[lines])
        .line_start(first)
        .path(path)
        .annotation(AnnotationKind::Primary.span(inside(span)))
        .annotations(context);
    Some(snippet)
}

/// The lines of a fix, before and after.
fn patch<'t>(text: &'t str, fix: &'t Fix, path: String) -> Option<Snippet<'t, Patch<'t>>> {
    let faulty = text.get(fix.bytes.clone())?;
    // A mark that nobody sees: two equal lines would only puzzle.
    if faulty == "\u{feff}" || faulty == fix.text {
        return None;
    }
    let lines = lines_around(text, &fix.bytes);
    let first = text[..lines.start].bytes().filter(|b| *b == b'\n').count() + 1;
    let bytes = fix.bytes.start - lines.start..fix.bytes.end - lines.start;
    let patch = Patch::new(bytes, fix.text.as_str());
    Some(Snippet::source(&text[lines]).line_start(first).path(path).patch(patch))
}

/// A range cut at the end of its first line: carets under ten lines say less than under one.
fn one_line(text: &str, bytes: &Range<usize>) -> Range<usize> {
    let end = line_end(text, bytes.start);
    bytes.start.min(end)..bytes.end.min(end)
}

/// The whole lines that a range touches, without the last line break.
fn lines_around(text: &str, bytes: &Range<usize>) -> Range<usize> {
    let start = text[..bytes.start].rfind('\n').map_or(0, |at| at + 1);
    start..line_end(text, bytes.end)
}

/// Where the line of an offset ends, before its line break (`\n` or `\r\n`).
fn line_end(text: &str, offset: usize) -> usize {
    let end = text[offset..].find('\n').map_or(text.len(), |at| offset + at);
    if text[..end].ends_with('\r') { (end - 1).max(offset) } else { end }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::diagnostic::face::samples::{self, ERROR, WARNING, at, diagnostic};

    fn options() -> Options {
        Options { prefix: "content/".into(), ..Options::default() }
    }

    fn one(text: &'static str, needle: &str, fix: Option<&str>) -> String {
        let mut told = diagnostic(&ERROR, "a.toml", text, at(text, needle), "ceci est faux");
        told.fix = fix.map(|text| Fix { bytes: told.span.bytes.clone(), text: text.into() });
        write(&[told], &|_| Some(text), &options())
    }

    #[test]
    fn excerpts_places_elsewhere_and_mends() {
        insta::assert_snapshot!(write(&samples::several(), &samples::lookup, &options()));
    }

    #[test]
    fn accents_tabs_wide_characters_and_windows_lines_stay_aligned() {
        insta::assert_snapshot!(one(
            "é = 1\r\n\tœuvre = \"日本\" # É\r\nb = 2\r\n",
            "\"日本\"",
            Some("\"Japon\"")
        ));
        insta::assert_snapshot!(one("a = [\n  1,\n  2\n]\n", "[\n  1,\n  2\n]", None));
        insta::assert_snapshot!(one("titer = 1\n", "titer", Some("titre")));
        insta::assert_snapshot!(one("auteur = mercier\n", "mercier", Some("\"mercier\"")));
    }

    #[test]
    fn the_end_of_a_file_and_an_invisible_mark_can_be_shown() {
        insta::assert_snapshot!(one("\u{feff}a = 1\n", "\u{feff}", Some("")));
        let text = "a = [1\n";
        let end = diagnostic(&ERROR, "a.toml", text, 7..7, "cette liste n’est pas fermée");
        insta::assert_snapshot!(write(&[end], &|_| Some(text), &options()));
    }

    #[test]
    fn what_fails_the_check_is_told_first_and_the_rest_is_counted() {
        let all: Vec<Diagnostic> = (0..6)
            .map(|n| {
                let code = if n == 5 { &ERROR } else { &WARNING };
                diagnostic(code, &format!("{n}.toml"), "", 0..0, "ceci")
            })
            .collect();
        let told = write(&all, &|_| None, &Options { max: 2, ..Options::default() });
        insta::assert_snapshot!(told);
    }

    #[test]
    fn colours_only_when_asked() {
        let all = samples::several();
        let coloured = Options { colour: true, ..Options::default() };
        assert!(write(&all, &samples::lookup, &coloured).contains("\u{1b}["));
        assert!(!write(&all, &samples::lookup, &Options::default()).contains('\u{1b}'));
    }

    proptest! {
        #[test]
        fn any_text_and_any_place_can_be_shown(
            text in "[a=\"é日\u{feff}\u{200d}\u{301}\t\r\n #]{0,40}",
            start in 0usize..100,
            length in 0usize..40,
            other in 0usize..100,
            fix in "[a\n\té]{0,6}",
        ) {
            let mut told = diagnostic(&ERROR, "a.toml", &text, start..start + length, "ceci\nest faux");
            told.fix = Some(Fix { bytes: told.span.bytes.clone(), text: fix });
            let span = diagnostic(&ERROR, "a.toml", &text, other..other + 3, "").span;
            told.related.push(Related { file: told.file.clone(), span, message: "là".into() });
            let shown = write(&[told], &|_| Some(&text), &Options::default());
            prop_assert!(shown.starts_with("erreur[EVAL-COLONNES]"));
            for word in ["error", "warning", "help", "note", "suggestion"] {
                prop_assert!(!shown.contains(word));
            }
        }
    }
}
