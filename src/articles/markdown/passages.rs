//! The plain text of an article, heading by heading, for the search and for descriptions.

use crate::articles::model::{CELL_BREAK, Heading, Passage};

/// Builds the passages while the Markdown is read.
#[derive(Debug)]
pub(super) struct PassageWriter {
    passages: Vec<Passage>,
    line: String,
}

impl PassageWriter {
    pub(super) fn new() -> Self {
        Self { passages: vec![Passage { heading: None, text: String::new() }], line: String::new() }
    }

    pub(super) fn text(&mut self, text: &str) {
        self.line.push_str(text);
    }

    pub(super) fn end_cell(&mut self) {
        if !self.line.trim().is_empty() && !self.line.ends_with(CELL_BREAK) {
            self.line.push_str(CELL_BREAK);
        }
    }

    pub(super) fn end_line(&mut self) {
        let line = self.line.trim().trim_end_matches(CELL_BREAK.trim()).trim_end();
        if !line.is_empty()
            && let Some(passage) = self.passages.last_mut()
        {
            if !passage.text.is_empty() {
                passage.text.push('\n');
            }
            passage.text.push_str(line);
        }
        self.line.clear();
    }

    /// Starts the passage of a heading; its own words are not part of the text.
    pub(super) fn heading(&mut self, heading: Heading) {
        self.end_line();
        self.passages.push(Passage { heading: Some(heading), text: String::new() });
    }

    /// Drops the words of a heading, which are kept in the heading itself.
    pub(super) fn drop_line(&mut self) {
        self.line.clear();
    }

    pub(super) fn finish(mut self) -> Vec<Passage> {
        self.end_line();
        let empty_start = self.passages.len() > 1 && self.passages[0].text.is_empty();
        if empty_start {
            self.passages.remove(0);
        }
        for passage in &mut self.passages {
            passage.text.shrink_to_fit();
        }
        self.passages
    }
}
