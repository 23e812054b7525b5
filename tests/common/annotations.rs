//! Expected diagnostics, written as comments above the faulty lines.
//!
//! ```toml
//! #! EVAL-COLONNES 14-24 la ligne de Léa Dupont a 1 signe pour 2 critères
//! #? ajoutez le signe qui manque …
//! dupont-lea = ["+"]
//! ```
//!
//! `#!` code, columns (the second is just past the end; `fichier` for the file as a whole) and
//! message; then, when there are such: `#?` help, `#=` the text that mends, `#>` another place.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use jalon::diagnostic::{Diagnostic, Position};

/// Files by path.
pub type Files = BTreeMap<String, Vec<u8>>;

/// Whether annotations can stand in a file of an overlay.
pub fn is_annotated(overlay: &Files, file: &str) -> bool {
    file.ends_with(".toml")
        && overlay.get(file).is_some_and(|bytes| std::str::from_utf8(bytes).is_ok())
}

/// Whether a line is a part of an annotation.
pub fn is_annotation(line: &str) -> bool {
    ["#! ", "#? ", "#= ", "#> "].iter().any(|mark| line.starts_with(mark))
}

/// The overlay without its annotations.
pub fn bare(overlay: &Files) -> Files {
    let strip = |(path, bytes): (&String, &Vec<u8>)| {
        let bytes = if is_annotated(overlay, path) {
            let text = std::str::from_utf8(bytes).unwrap();
            text.split_inclusive('\n')
                .filter(|line| !is_annotation(line))
                .collect::<String>()
                .into()
        } else {
            bytes.clone()
        };
        (path.clone(), bytes)
    };
    overlay.iter().map(strip).collect()
}

/// The overlay as it should be, from what was found; then what was found elsewhere.
fn annotate(bare: &Files, found: &[Diagnostic]) -> (Files, String) {
    let mut files = bare.clone();
    for (path, bytes) in &mut files {
        if !is_annotated(bare, path) {
            continue;
        }
        // Found in the annotated text: what counts here is the line below the annotations.
        let mut text = String::new();
        let here: Vec<&Diagnostic> = found.iter().filter(|d| *d.file == **path).collect();
        let lines: Vec<&str> = std::str::from_utf8(bytes).unwrap().split_inclusive('\n').collect();
        let empty = lines.is_empty().then_some("").into_iter();
        for (n, line) in lines.iter().copied().chain(empty).enumerate() {
            for diagnostic in here.iter().filter(|d| d.span.start.line == n + 1) {
                text.push_str(&block(diagnostic, "#"));
            }
            text.push_str(line);
        }
        *bytes = text.into_bytes();
    }
    let mut rest = String::new();
    for diagnostic in found.iter().filter(|d| !is_annotated(bare, &d.file)) {
        let _ = writeln!(rest, "{}:{}", diagnostic.file, diagnostic.span.start.line);
        rest.push_str(&block(diagnostic, ""));
    }
    (files, rest.trim_end().to_owned())
}

/// A diagnostic as an annotation.
pub fn block(diagnostic: &Diagnostic, mark: &str) -> String {
    let (start, end) = (diagnostic.span.start, diagnostic.span.end);
    let columns = match (start, end) {
        (Position { line: 1, column: 1 }, Position { line: 1, column: 1 }) => "fichier".to_owned(),
        (start, end) if start.line == end.line => format!("{}-{}", start.column, end.column),
        (start, end) => format!("{}-+{}:{}", start.column, end.line - start.line, end.column),
    };
    let mut text = format!("{mark}! {} {columns} {}\n", diagnostic.code, diagnostic.message);
    if let Some(help) = &diagnostic.help {
        let _ = writeln!(text, "{mark}? {help}");
    }
    if let Some(fix) = &diagnostic.fix {
        let _ = writeln!(text, "{mark}= {}", fix.text);
    }
    for related in &diagnostic.related {
        let at = related.span.start;
        let _ = writeln!(
            text,
            "{mark}> {}:{}:{} {}",
            related.file, at.line, at.column, related.message
        );
    }
    text
}

/// The annotated overlay, and what was found elsewhere, with the lines that diagnostics have once the
/// annotations are there.
pub fn settled(bare: &Files, run: impl Fn(&Files) -> Vec<Diagnostic>) -> (Files, String) {
    let found = run(bare);
    let (mut files, mut rest) = annotate(bare, &found);
    // Places named from one annotated file to another move with the annotations.
    for _ in 0..2 {
        let mut moved = run(&files);
        for diagnostic in &mut moved {
            if is_annotated(bare, &diagnostic.file) {
                let above = |line: usize| {
                    let text = std::str::from_utf8(&files[&*diagnostic.file]).unwrap();
                    text.lines().take(line - 1).filter(|line| is_annotation(line)).count()
                };
                let whole = diagnostic.span.end == Position { line: 1, column: 1 };
                let shift = if whole { 0 } else { above(diagnostic.span.start.line) };
                diagnostic.span.start.line -= shift;
                diagnostic.span.end.line -= shift;
            }
        }
        (files, rest) = annotate(bare, &moved);
    }
    (files, rest)
}
