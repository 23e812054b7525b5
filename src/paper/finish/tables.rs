//! Tables whose rows all have the same width: the browser leaves empty cells out of the structure,
//! so that a reader by ear would be in the wrong column.

use std::collections::BTreeMap;

use lopdf::{Dictionary, Document, Object};

use super::tree::{Element, Kid, Tree};

/// No table of a school is wider; it also bounds the memory that a false span could ask for.
const WIDEST: usize = 1000;

/// Puts the cells that were left out back in their places, as far as heads tell them.
pub(super) fn square(tree: &mut Tree, document: &mut Document) {
    let is_table = |index: &usize| tree.elements[*index].kind() == b"Table";
    let tables: Vec<usize> = tree.in_order().into_iter().filter(is_table).collect();
    for index in tables {
        let rows = rows(tree, index);
        let width = Grid::of(tree, &rows).width;
        if width <= WIDEST {
            fill(tree, document, &rows, width);
        }
    }
}

fn rows(tree: &Tree, table: usize) -> Vec<usize> {
    let mut found = Vec::new();
    for index in tree.elements[table].inner() {
        match tree.elements[index].kind() {
            b"TR" => found.push(index),
            b"THead" | b"TBody" | b"TFoot" => found.extend(tree.elements[index].inner()),
            _ => {}
        }
    }
    found
}

/// Where cells stand when each takes the first free place of its row.
#[derive(Default)]
struct Grid {
    width: usize,
    /// How many more rows the cell above reaches down, by column.
    above: Vec<usize>,
}

impl Grid {
    fn of(tree: &Tree, rows: &[usize]) -> Self {
        let mut grid = Self::default();
        for row in rows {
            let mut column = 0;
            for cell in tree.elements[*row].inner() {
                column = grid.place(column, &tree.elements[cell]);
            }
            grid.next_row();
        }
        grid
    }

    /// The first free column at or after `column`.
    fn free(&self, column: usize) -> usize {
        let mut column = column;
        while self.above.get(column).is_some_and(|rows| *rows > 0) {
            column += 1;
        }
        column
    }

    /// Places a cell; gives the column after it.
    fn place(&mut self, column: usize, cell: &Element) -> usize {
        let start = self.free(column);
        let end = start.saturating_add(span(cell, b"ColSpan")).min(WIDEST + 1);
        if self.above.len() < end {
            self.above.resize(end, 0);
        }
        if start < end {
            self.above[start..end].fill(span(cell, b"RowSpan"));
        }
        self.width = self.width.max(end);
        end
    }

    fn next_row(&mut self) {
        for (column, rows) in self.above.iter_mut().enumerate() {
            if *rows > 0 {
                self.width = self.width.max(column + 1);
            }
            *rows = rows.saturating_sub(1);
        }
    }
}

fn fill(tree: &mut Tree, document: &mut Document, rows: &[usize], width: usize) {
    let mut grid = Grid::default();
    let mut columns: BTreeMap<Vec<u8>, usize> = BTreeMap::new();
    for row in rows {
        let cells: Vec<usize> = tree.elements[*row].inner().collect();
        let taken = (0..width).filter(|column| grid.free(*column) != *column).count();
        let spans: usize = cells.iter().map(|cell| span(&tree.elements[*cell], b"ColSpan")).sum();
        let mut missing = width.saturating_sub(taken + spans);
        let heads = cells.iter().all(|cell| is_head(&tree.elements[*cell]));
        let mut kids = Vec::with_capacity(cells.len() + missing);
        let mut column = 0;
        for cell in cells {
            // A row of heads misses its corner; another row, what its heads tell.
            let told = attribute(&tree.elements[cell], b"Headers").and_then(|headers| {
                headers.as_array().ok()?.iter().find_map(|name| columns.get(name.as_str().ok()?))
            });
            let from = grid.free(column);
            let skipped = if heads { missing } else { told.map_or(0, |c| c.saturating_sub(from)) };
            for _ in 0..skipped.min(missing) {
                kids.push(empty(tree, document, *row));
                let Some(Kid::Element(added)) = kids.last() else { continue };
                column = grid.place(column, &tree.elements[*added]);
                missing -= 1;
            }
            let start = grid.free(column);
            column = grid.place(column, &tree.elements[cell]);
            if is_head(&tree.elements[cell])
                && let Ok(name) = tree.elements[cell].dict.get(b"ID").and_then(Object::as_str)
                && span(&tree.elements[cell], b"ColSpan") == 1
            {
                columns.insert(name.to_vec(), start);
            }
            kids.push(Kid::Element(cell));
        }
        for _ in 0..missing {
            kids.push(empty(tree, document, *row));
            let Some(Kid::Element(added)) = kids.last() else { continue };
            column = grid.place(column, &tree.elements[*added]);
        }
        grid.next_row();
        tree.elements[*row].kids = kids;
    }
}

fn empty(tree: &mut Tree, document: &mut Document, row: usize) -> Kid {
    Kid::Element(tree.add(document, "TD", row))
}

/// The head of a column.
fn is_head(cell: &Element) -> bool {
    let scope = attribute(cell, b"Scope").and_then(|scope| scope.as_name().ok());
    cell.kind() == b"TH" && scope == Some(b"Column")
}

fn span(cell: &Element, key: &[u8]) -> usize {
    let span = attribute(cell, key).and_then(|span| span.as_i64().ok()).unwrap_or(1);
    usize::try_from(span).unwrap_or(1).max(1)
}

/// An attribute of an element, whoever owns it.
fn attribute<'a>(element: &'a Element, key: &[u8]) -> Option<&'a Object> {
    let of = |dict: &'a Dictionary| dict.get(key).ok();
    match element.dict.get(b"A").ok()? {
        Object::Dictionary(dict) => of(dict),
        Object::Array(list) => list.iter().find_map(|item| of(item.as_dict().ok()?)),
        _ => None,
    }
}
