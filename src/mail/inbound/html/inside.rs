//! What an element changes for the text within it, and what follows when it ends.

use super::elements::{Kind, Shape};
use super::links::Link;
use super::open::Element;
use super::page::Page;
use super::rows::Table;
use super::style::Style;
use super::tags::Tag;

/// Items of lists within lists stand this far to the right.
const INDENT: &str = "  ";
const INDENTS_MAX: usize = 4;

impl Page {
    /// What changes within an element.
    pub(super) fn enter(&mut self, kind: Kind, tag: &Tag, style: Style) {
        self.context.is_sizeless = style.has_size.map_or(self.context.is_sizeless, |has_size| !has_size);
        self.context.is_bullet |= style.is_bullet;
        if let Some((keeps_lines, keeps_spaces)) = style.white_space {
            (self.context.keeps_lines, self.context.keeps_spaces) = (keeps_lines, keeps_spaces);
        }
        match kind.shape() {
            Shape::Link => self.start_link(tag),
            Shape::Bold => self.label = self.lines.label_start(),
            Shape::Pre => {
                (self.context.keeps_lines, self.context.keeps_spaces) = (true, true);
                self.is_after_pre = true;
            }
            Shape::Quote => self.context.quotes = self.context.quotes.saturating_add(1),
            Shape::List => {
                let start = tag.get("start").and_then(|start| start.trim().parse().ok()).unwrap_or(1);
                self.lists.push((kind.name() == "ol").then_some(start));
            }
            Shape::Item => self.start_item(tag),
            Shape::Table => {
                // Only some browsers hand the size of letters down to tables.
                self.context.is_sizeless = style.has_size == Some(false);
                self.tables.last_mut().into_iter().for_each(Table::holds_table);
                self.tables.push(Table::default());
            }
            Shape::Cell => {
                let (line, ends) = (self.lines.all.len(), self.lines.ends);
                self.tables.last_mut().into_iter().for_each(|table| table.start_cell(line, ends));
            }
            _ => {}
        }
    }

    fn start_link(&mut self, tag: &Tag) {
        self.lines.end_link();
        if let Some(href) = tag.get("href").filter(|_| !self.context.is_hidden) {
            self.lines.link = Some(Link::to(&href));
        }
    }

    fn start_item(&mut self, tag: &Tag) {
        if self.context.is_hidden {
            return;
        }
        let indent = INDENT.repeat(self.lists.len().saturating_sub(1).min(INDENTS_MAX));
        let marker = match self.lists.last_mut() {
            Some(Some(next)) => {
                let number = tag.get("value").and_then(|value| value.trim().parse().ok()).unwrap_or(*next);
                *next = number.saturating_add(1);
                format!("{indent}{number}. ")
            }
            _ => format!("{indent}- "),
        };
        self.lines.marker = Some(marker);
    }

    pub(super) fn leave(&mut self, element: Element) {
        self.context = element.outer;
        match element.kind.shape() {
            // A block ended it before its first word: browsers open it again within the block.
            Shape::Link if self.lines.link.as_ref().is_some_and(Link::is_empty) => {}
            Shape::Link => self.lines.end_link(),
            Shape::Bold => self.label.take().into_iter().for_each(|start| self.lines.end_label(start)),
            Shape::List => drop(self.lists.pop()),
            Shape::Item => self.lines.marker = None,
            Shape::Cell => {
                if element.is_block {
                    self.lines.end_line(false);
                }
                self.lines.end_link();
                if let Some(table) = self.tables.last_mut() {
                    self.lines.ends = table.end_cell(self.lines.all.len(), self.lines.ends);
                }
            }
            Shape::Row => self.end_row(),
            Shape::Table => {
                self.end_row();
                let has_facts = self.tables.pop().is_some_and(|table| table.has_facts());
                if has_facts {
                    self.lines.end_line(true);
                }
            }
            _ => {}
        }
        if element.is_signature {
            self.lines.is_signature_due = false;
        }
        if element.is_block {
            self.lines.end_line(element.has_blank_lines);
        }
    }

    fn end_row(&mut self) {
        if self.tables.last_mut().is_some_and(|table| table.end_row(&mut self.lines.all)) {
            self.lines.ends = 1;
        }
    }
}
