//! Rows of tables that hold facts, each in one line. Tables that only put a page in order leave its lines as they are.

use super::lines::Line;

/// Two cells with longer texts stand side by side as columns of a page do.
const CELL_MAX_CHARS: usize = 100;
const SEPARATOR: &str = " | ";

#[derive(Debug, Default)]
pub(super) struct Table {
    row: Option<Row>,
    /// Whether the row before became one line.
    is_listed: bool,
}

#[derive(Debug, Default)]
struct Row {
    /// The first line and the one after the last, of the cells that have text.
    cells: Vec<(usize, usize)>,
    cell_start: Option<(usize, usize)>,
    has_table: bool,
}

impl Table {
    /// With how many lines are due to end before the cell.
    pub(super) fn start_cell(&mut self, line: usize, ends: usize) {
        self.row.get_or_insert_default().cell_start = Some((line, ends));
    }

    /// How many lines are due to end after it. An empty cell asks for none.
    pub(super) fn end_cell(&mut self, line: usize, ends: usize) -> usize {
        let row = self.row.get_or_insert_default();
        match row.cell_start.take() {
            Some((start, _)) if line > start => row.cells.push((start, line)),
            Some((_, ends_before)) => return ends_before,
            None => {}
        }
        ends
    }

    /// A table within a cell: the outer one puts a page in order.
    pub(super) fn holds_table(&mut self) {
        if let Some(row) = &mut self.row {
            row.has_table = true;
        }
    }

    pub(super) fn has_facts(&self) -> bool {
        self.is_listed
    }

    /// Ends the row. Whether it became one line.
    pub(super) fn end_row(&mut self, lines: &mut Vec<Line>) -> bool {
        let Some(row) = self.row.take() else { return false };
        if row.cells.is_empty() {
            return false;
        }
        let was_listed = std::mem::replace(&mut self.is_listed, row.is_list_of_facts(lines));
        if !self.is_listed {
            return false;
        }
        let first = row.cells[0].0;
        let cells: Vec<Line> = lines.drain(first..).collect();
        let mut text = String::new();
        for cell in &cells {
            if !text.is_empty() {
                text += if text.ends_with(':') { " " } else { SEPARATOR };
            }
            text += cell.text.trim_end();
        }
        let blanks_before = if was_listed || first == 0 { 0 } else { 1 };
        lines.push(Line { text, blanks_before, quotes: cells[0].quotes });
        true
    }
}

impl Row {
    fn is_list_of_facts(&self, lines: &[Line]) -> bool {
        let has_one_line_each = self.cells.iter().all(|(start, end)| end - start == 1);
        // Nothing but the cells stands in the row.
        let covers_all = self.cells.iter().zip(&self.cells[1..]).all(|(cell, next)| cell.1 == next.0)
            && self.cells.last().is_some_and(|cell| cell.1 == lines.len());
        let is_long = |(start, _): &&(usize, usize)| lines.get(*start).is_none_or(|line| line.text.chars().count() > CELL_MAX_CHARS);
        !self.has_table && self.cells.len() > 1 && has_one_line_each && covers_all && self.cells.iter().filter(is_long).count() < 2
    }
}
