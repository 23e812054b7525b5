//! From lines to the canonical text.

use super::WIDTH;
use super::read::{Array, Item, Line, Value};

/// Longest text of a cell (quotes included) in a table that is aligned.
const CELL: usize = 8;

/// Narrowest column of such a table: `"++",`. With it, correcting a sign never moves a neighbour.
const COLUMN: usize = 5;

pub(super) fn text(lines: &[Line]) -> String {
    let mut out = Writer::default();
    let mut rest = lines;
    while let Some((line, after)) = rest.split_first() {
        match line {
            Line::Blank => out.blank(),
            Line::Comment(said) => {
                if leads_to_header(rest) {
                    out.gap();
                }
                out.line(said, None);
            }
            Line::Header { title, array, comment } => {
                out.gap();
                let brackets = if *array { ("[[", "]]") } else { ("[", "]") };
                out.line(&format!("{}{title}{}", brackets.0, brackets.1), comment.as_deref());
                out.open = true;
                if !array && let Some(grid) = Grid::of(after) {
                    rest = grid.write(after, &mut out);
                    continue;
                }
            }
            Line::Pair { key, value, comment } => {
                out.line(&pair(key, value), comment.as_deref());
            }
        }
        rest = after;
    }
    out.text
}

/// Whether these lines begin with comments that stand right above a header.
fn leads_to_header(lines: &[Line]) -> bool {
    let next = lines.iter().find(|line| !matches!(line, Line::Comment(_)));
    matches!(next, Some(Line::Header { .. }))
}

#[derive(Default)]
struct Writer {
    text: String,
    /// A blank line was met: written before the next line, so that none ends the text.
    blank: bool,
    /// The last line is a header: no blank line under it.
    open: bool,
    /// The last line is a comment: a header may follow it at once.
    comment: bool,
}

impl Writer {
    fn blank(&mut self) {
        self.blank = !self.open;
    }

    /// Wants a blank line before what follows, unless it belongs to the comment above.
    fn gap(&mut self) {
        self.blank |= !self.comment;
    }

    fn line(&mut self, line: &str, comment: Option<&str>) {
        if self.blank && !self.text.is_empty() {
            self.text.push('\n');
        }
        self.comment = line.starts_with('#');
        self.text.push_str(line);
        if let Some(comment) = comment {
            self.text.push(' ');
            self.text.push_str(comment);
        }
        self.text.push('\n');
        self.blank = false;
        self.open = false;
    }
}

fn pair(key: &str, value: &Value) -> String {
    let start = format!("{key} = ");
    match value {
        Value::Array(array) => match flat(value) {
            Some(line) if width(&start) + width(&line) <= WIDTH => start + &line,
            _ => start + &tall(array, 1),
        },
        _ => start + &flat(value).unwrap_or_else(|| broken(value, 1)),
    }
}

/// A value on one line, when it can be.
fn flat(value: &Value) -> Option<String> {
    match value {
        Value::Scalar(text) => (!text.contains('\n')).then(|| text.clone()),
        Value::Array(array) => {
            let quiet = |item: &Item| item.above.is_empty() && item.behind.is_none();
            if !array.tail.is_empty() || !array.items.iter().all(quiet) {
                return None;
            }
            let items: Option<Vec<_>> = array.items.iter().map(|item| flat(&item.value)).collect();
            Some(format!("[{}]", items?.join(", ")))
        }
        Value::Table(pairs) if pairs.is_empty() => Some("{}".into()),
        Value::Table(pairs) => {
            let pairs: Option<Vec<_>> = pairs
                .iter()
                .map(|(key, value)| Some(format!("{key} = {}", flat(value)?)))
                .collect();
            Some(format!("{{ {} }}", pairs?.join(", ")))
        }
    }
}

/// A value that holds line breaks of its own: a text of several lines, a list with comments.
fn broken(value: &Value, depth: usize) -> String {
    match value {
        Value::Scalar(text) => text.clone(),
        Value::Array(array) => tall(array, depth),
        Value::Table(pairs) => {
            let pairs: Vec<_> = pairs
                .iter()
                .map(|(key, value)| {
                    format!("{key} = {}", flat(value).unwrap_or_else(|| broken(value, depth)))
                })
                .collect();
            format!("{{ {} }}", pairs.join(", "))
        }
    }
}

/// A list with one item a line.
fn tall(array: &Array, depth: usize) -> String {
    let indent = "  ".repeat(depth);
    let mut out = String::from("[\n");
    let mut line = |text: &str| {
        out.push_str(&indent);
        out.push_str(text);
        out.push('\n');
    };
    for item in &array.items {
        for said in &item.above {
            line(said);
        }
        let value = match flat(&item.value) {
            Some(text)
                if !matches!(item.value, Value::Array(_)) || 2 * depth + width(&text) < WIDTH =>
            {
                text
            }
            _ => broken(&item.value, depth + 1),
        };
        match &item.behind {
            Some(said) => line(&format!("{value}, {said}")),
            None => line(&format!("{value},")),
        }
    }
    for said in &array.tail {
        line(said);
    }
    out.push_str(&"  ".repeat(depth - 1));
    out.push(']');
    out
}

fn width(text: &str) -> usize {
    text.chars().count()
}

/// A table whose values are all lists of short texts: one line a pupil, one column a criterion.
struct Grid {
    key: usize,
    columns: Vec<usize>,
}

impl Grid {
    /// The measures of the table that these lines begin with, if it is such a table.
    fn of(lines: &[Line]) -> Option<Self> {
        let mut grid = Self { key: 0, columns: Vec::new() };
        for line in lines {
            match line {
                Line::Header { .. } => break,
                Line::Blank | Line::Comment(_) => {}
                Line::Pair { key, value, .. } => {
                    grid.key = grid.key.max(width(key));
                    let cells = cells(value)?;
                    // A sign that stands for the whole row says nothing of the first column.
                    if cells.len() < 2 {
                        continue;
                    }
                    grid.columns.resize(grid.columns.len().max(cells.len()), COLUMN);
                    for (column, cell) in grid.columns.iter_mut().zip(&cells) {
                        *column = (*column).max(width(cell) + 1);
                    }
                }
            }
        }
        (grid.key > 0).then_some(grid)
    }

    /// Writes the table; gives the lines behind it.
    fn write<'l>(&self, lines: &'l [Line], out: &mut Writer) -> &'l [Line] {
        for (at, line) in lines.iter().enumerate() {
            match line {
                Line::Header { .. } => return &lines[at..],
                Line::Comment(_) if leads_to_header(&lines[at..]) => return &lines[at..],
                Line::Comment(said) => out.line(said, None),
                Line::Blank => out.blank(),
                Line::Pair { key, value, comment } => {
                    let cells = cells(value).unwrap_or_default();
                    let mut row = format!("{key:0$} = [", self.key);
                    for (column, cell) in cells.iter().enumerate() {
                        if column + 1 == cells.len() {
                            row.push_str(cell);
                        } else {
                            let wide = self.columns.get(column).copied().unwrap_or(0);
                            let cell = format!("{cell},");
                            row.push_str(&format!("{cell:wide$} "));
                        }
                    }
                    row.push(']');
                    out.line(&row, comment.as_deref());
                }
            }
        }
        &[]
    }
}

/// The cells of a row: short texts on one line.
fn cells(value: &Value) -> Option<Vec<&str>> {
    let Value::Array(array) = value else { return None };
    flat(value)?;
    array
        .items
        .iter()
        .map(|item| match &item.value {
            Value::Scalar(text) if text.starts_with('"') && width(text) <= CELL => {
                Some(text.as_str())
            }
            _ => None,
        })
        .collect()
}
