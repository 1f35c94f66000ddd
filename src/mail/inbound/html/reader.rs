//! Hands the bytes of an email to the tokenizer, and keeps it from calling itself once for each quoted value of a tag: a tag with some
//! thousand of them would end the program.

use html5gum::Reader;
use std::convert::Infallible;

/// What the tokenizer (html5gum 0.9) looks for first within a quoted value, and nowhere else.
const IN_QUOTED_VALUE: [&[u8]; 2] = [b"\"&", b"'&"];
/// What it looks for first outside of tags.
const OUTSIDE: [u8; 2] = *b"&<";
/// After so many values in a row the tokenizer is made to return to its loop.
const VALUES_IN_A_ROW: usize = 5;
/// A tag with more of them ends there.
const VALUES_MAX: usize = 100;
/// Text is read in long pieces, tags in some twenty short ones. What takes more pieces was not written to be read, and ends there.
const PIECES_MAX: usize = 6_000_000;

pub(super) struct GuardedReader<'a> {
    rest: &'a [u8],
    pieces: usize,
    /// How many quoted values the tag has so far.
    values: usize,
    /// A byte that the email does not have.
    due: Option<u8>,
}

impl<'a> GuardedReader<'a> {
    pub(super) fn new(html: &'a str) -> Self {
        Self { rest: html.as_bytes(), pieces: 0, values: 0, due: None }
    }

    fn take(&mut self, count: usize) -> &'a [u8] {
        self.pieces += 1;
        if self.pieces == PIECES_MAX {
            self.rest = &self.rest[..count];
        }
        let (taken, rest) = self.rest.split_at(count);
        self.rest = rest;
        taken
    }

    fn end_value(&mut self) {
        self.values += 1;
        if self.values == VALUES_MAX {
            let end = self.rest.iter().position(|byte| *byte == b'>').map_or(self.rest.len(), |at| at + 1);
            self.take(end);
            self.due = Some(b'>');
        } else if self.values.is_multiple_of(VALUES_IN_A_ROW) && self.rest.first() != Some(&b'>') {
            // Between two attributes it means nothing.
            self.due = Some(b'/');
        }
    }
}

impl Reader for GuardedReader<'_> {
    type Error = Infallible;

    fn read_byte(&mut self) -> Result<Option<u8>, Infallible> {
        if let Some(due) = self.due.take() {
            return Ok(Some(due));
        }
        Ok((!self.rest.is_empty()).then(|| self.take(1)[0]))
    }

    fn try_read_string(&mut self, text: &[u8], is_case_sensitive: bool) -> Result<bool, Infallible> {
        let Some(next) = self.rest.get(..text.len()).filter(|_| self.due.is_none()) else { return Ok(false) };
        let is_next = next == text || !is_case_sensitive && next.eq_ignore_ascii_case(text);
        if is_next {
            self.take(text.len());
        }
        Ok(is_next)
    }

    fn read_until<'b>(&'b mut self, needle: &[u8], char_buf: &'b mut [u8; 4]) -> Result<Option<&'b [u8]>, Infallible> {
        if let Some(due) = self.due.take() {
            char_buf[0] = due;
            return Ok(Some(&char_buf[..1]));
        }
        if self.rest.is_empty() {
            return Ok(None);
        }
        let count = self.rest.iter().position(|byte| needle.contains(byte)).unwrap_or(self.rest.len());
        let taken = self.take(count.max(1));
        if needle.first().is_some_and(|first| OUTSIDE.contains(first)) {
            self.values = 0;
        } else if IN_QUOTED_VALUE.iter().any(|start| needle.starts_with(start)) && taken == &needle[..1] {
            self.end_value();
        }
        Ok(Some(taken))
    }
}
