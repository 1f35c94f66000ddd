//! Paragraphs, lists, tables, quotes and alerts.

use std::ops::Range;

use pulldown_cmark::{Alignment, BlockQuoteKind, CodeBlockKind, Event, Tag, TagEnd};

use super::render::Renderer;
use super::{end_of, is_end, plain_text};
use crate::articles::chart;
use crate::articles::text::fill_brand;

/// Narrower tables fit on a telephone; of wider ones the cells stand below each other there, each under the name of its column.
const STACKED_MIN_COLUMNS: usize = 3;

/// What stands behind the fence of a block that is drawn.
const CHART: &str = "flow";

impl<'a> Renderer<'a, '_> {
    /// Opens a block and says where to go on.
    pub(super) fn start_block(&mut self, at: usize, tag: Tag<'a>, range: &Range<usize>) -> usize {
        if !matches!(tag, Tag::TableHead | Tag::TableRow | Tag::TableCell) {
            self.close_label();
        }
        match tag {
            Tag::Paragraph => {
                if let Some(next) = self.figure(at) {
                    return next;
                }
                self.out.push("<p>");
            }
            Tag::BlockQuote(kind) => {
                self.passages.end_line();
                match kind {
                    None => self.out.push("<blockquote>\n"),
                    Some(kind) => self.start_alert(kind),
                }
            }
            Tag::CodeBlock(CodeBlockKind::Fenced(word)) if &*word == CHART => return self.chart(at, range),
            Tag::CodeBlock(_) => {
                self.passages.end_line();
                self.in_code_block = true;
                // A wide block scrolls, so the keyboard must reach it.
                self.out.push("<pre tabindex=\"0\"><code>");
            }
            Tag::List(start) => {
                self.passages.end_line();
                match start {
                    None if self.is_task(at + 1) => self.out.push("<ul class=\"task-list\">\n"),
                    None => self.out.push("<ul>\n"),
                    Some(1) => self.out.push("<ol>\n"),
                    Some(first) => self.out.push(&format!("<ol start=\"{first}\">\n")),
                }
            }
            Tag::Item => {
                self.passages.end_line();
                self.out.push(if self.is_task(at) { "<li class=\"task\">" } else { "<li>" });
            }
            Tag::FootnoteDefinition(name) => self.start_footnote(&name, range),
            Tag::Table(alignments) => self.start_table(alignments),
            Tag::TableHead => {
                self.in_table_head = true;
                self.column = 0;
                self.out.push("<thead><tr");
                self.role("row");
                self.out.push(">");
            }
            Tag::TableRow => {
                self.column = 0;
                self.out.push("<tr");
                self.role("row");
                self.out.push(">");
            }
            Tag::TableCell => self.start_cell(at),
            // Inline marks are written elsewhere, and the rest is not switched on.
            _ => {}
        }
        at + 1
    }

    pub(super) fn end_block(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Paragraph => {
                self.close_label();
                self.passages.end_line();
                self.out.push("</p>\n");
            }
            TagEnd::BlockQuote(kind) => {
                self.passages.end_line();
                self.out.push(if kind.is_some() { "</div>\n" } else { "</blockquote>\n" });
            }
            TagEnd::CodeBlock => {
                self.passages.end_line();
                self.in_code_block = false;
                self.out.push("</code></pre>\n");
            }
            TagEnd::List(ordered) => self.out.push(if ordered { "</ol>\n" } else { "</ul>\n" }),
            TagEnd::Item => {
                self.close_label();
                self.passages.end_line();
                self.out.push("</li>\n");
            }
            TagEnd::FootnoteDefinition => self.end_footnote(),
            TagEnd::Table => {
                self.alignments.clear();
                self.out.push("</tbody>\n</table>\n</div>\n");
            }
            TagEnd::TableHead => {
                self.passages.end_line();
                self.in_table_head = false;
                self.out.push("</tr></thead>\n<tbody>\n");
            }
            TagEnd::TableRow => {
                self.passages.end_line();
                self.out.push("</tr>\n");
            }
            TagEnd::TableCell => self.end_cell(),
            _ => {}
        }
    }

    /// A label may hold words only, so it ends where the next block begins.
    pub(super) fn close_label(&mut self) {
        if std::mem::take(&mut self.in_label) {
            self.out.push("</span></label>");
        }
    }

    /// A chart that the author wrote down box by box. Says where to go on.
    fn chart(&mut self, at: usize, range: &Range<usize>) -> usize {
        let end = end_of(&self.events, at);
        let written = plain_text(&self.events[at..end]);
        self.passages.end_line();
        match chart::parse(&fill_brand(&written, self.setting.brand)) {
            Ok(chart) => {
                // One line in cells, as of a table: it is found, and never quoted as if it were a sentence.
                for line in chart.lines() {
                    self.passages.text(&line);
                    self.passages.end_cell();
                }
                self.passages.end_line();
                self.out.push(&chart.html(self.words, ""));
            }
            // The fence itself is the line above.
            Err(problem) => self.findings.broken(self.lines.at(range.start) + 1 + problem.line, problem.what, problem.fix),
        }
        end + 1
    }

    /// A paragraph that holds nothing but one picture.
    fn figure(&mut self, at: usize) -> Option<usize> {
        let (Event::Start(Tag::Image { dest_url, title, .. }), range) = self.events.get(at + 1)? else { return None };
        let end = end_of(&self.events, at + 1);
        if !is_end(self.events.get(end + 1), TagEnd::Paragraph) {
            return None;
        }
        let (written, title, range) = (dest_url.clone(), title.clone(), range.clone());
        let next = self.picture(at + 1, &written, &title, &range, true);
        self.passages.end_line();
        Some(next + 1)
    }

    /// Whether the list item at a place starts with a box to tick.
    fn is_task(&self, at: usize) -> bool {
        let marker = if matches!(self.events.get(at + 1), Some((Event::Start(Tag::Paragraph), _))) { at + 2 } else { at + 1 };
        matches!(self.events.get(marker), Some((Event::TaskListMarker(_), _)))
    }

    fn start_alert(&mut self, kind: BlockQuoteKind) {
        let (class, title, icon) = match kind {
            BlockQuoteKind::Note => ("note", self.words.note, r#"<circle cx="12" cy="12" r="8.5"/><path d="M12 11.5v4.5M12 8h.01"/>"#),
            BlockQuoteKind::Tip => (
                "tip",
                self.words.tip,
                r#"<path d="M9.5 17.5h5M10.5 20.5h3M9 14.5c-1.5-1-2.5-2.6-2.5-4.5a5.5 5.5 0 0 1 11 0c0 1.9-1 3.5-2.5 4.5v3h-6z"/>"#,
            ),
            BlockQuoteKind::Important => (
                "important",
                self.words.important,
                r#"<path d="M5 5h14a1.5 1.5 0 0 1 1.5 1.5v9A1.5 1.5 0 0 1 19 17h-7l-5 3.5V17H5a1.5 1.5 0 0 1-1.5-1.5v-9A1.5 1.5 0 0 1 5 5z"/><path d="M12 8v3M12 14h.01"/>"#,
            ),
            BlockQuoteKind::Warning => ("warning", self.words.warning, r#"<path d="M12 4.5 21 19.5H3z"/><path d="M12 10.5v4M12 17h.01"/>"#),
            BlockQuoteKind::Caution => {
                ("caution", self.words.caution, r#"<path d="M8.5 3.5h7l5 5v7l-5 5h-7l-5-5v-7z"/><path d="M12 8v5M12 16h.01"/>"#)
            }
        };
        self.out.push(&format!(
            "<div class=\"alert alert-{class}\" role=\"note\">\n<p class=\"alert-title\"><svg viewBox=\"0 0 24 24\" aria-hidden=\"true\">{icon}</svg>{title}</p>\n"
        ));
    }

    /// A wide table scrolls in its own box, which needs a name and the keyboard.
    fn start_table(&mut self, alignments: Vec<Alignment>) {
        self.passages.end_line();
        self.column_names = (alignments.len() >= STACKED_MIN_COLUMNS).then(Vec::new);
        self.alignments = alignments;
        let mut name = if self.heading_words.is_empty() { self.words.table.to_owned() } else { self.heading_words.clone() };
        let count = self.table_names.entry(name.clone()).or_insert(0);
        *count += 1;
        if *count > 1 {
            name.push_str(&format!(" ({count})"));
        }
        let class = if self.column_names.is_some() { "table-scroll table-stacked" } else { "table-scroll" };
        self.out.push(&format!("<div class=\"{class}\" role=\"region\" aria-label=\""));
        self.out.push_text(&name);
        self.out.push("\" tabindex=\"0\">\n<table");
        self.role("table");
        self.out.push(">\n");
    }

    /// The element's own role, said again: browsers forget it where the cells of a table stand below each other.
    fn role(&mut self, role: &str) {
        if self.column_names.is_some() {
            self.out.push(&format!(" role=\"{role}\""));
        }
    }

    /// A head cell without words is a plain cell: it heads nothing.
    fn start_cell(&mut self, at: usize) {
        let heads = self.in_table_head && !is_end(self.events.get(at + 1), TagEnd::TableCell);
        self.out.push(if heads { "<th scope=\"col\"" } else { "<td" });
        self.role(if heads { "columnheader" } else { "cell" });
        if let Some(names) = &mut self.column_names {
            if self.in_table_head {
                let words = plain_text(&self.events[at..end_of(&self.events, at)]);
                names.push(fill_brand(words.trim(), self.setting.brand).into_owned());
            } else if let Some(name) = names.get(self.column).filter(|name| !name.is_empty()) {
                self.out.push(" data-column=\"");
                self.out.push_text(name);
                self.out.push("\"");
            }
        }
        match self.alignments.get(self.column) {
            Some(Alignment::Left) => self.out.push(" class=\"align-start\""),
            Some(Alignment::Center) => self.out.push(" class=\"align-center\""),
            Some(Alignment::Right) => self.out.push(" class=\"align-end\""),
            Some(Alignment::None) | None => {}
        }
        self.out.push(">");
        self.column += 1;
        self.empty_head_cell = self.in_table_head && !heads;
    }

    fn end_cell(&mut self) {
        self.passages.end_cell();
        self.out.push(if self.in_table_head && !self.empty_head_cell { "</th>" } else { "</td>" });
    }
}
