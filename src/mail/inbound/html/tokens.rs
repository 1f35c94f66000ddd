//! What the tokenizer finds, tag by tag, given to the page.

use super::page::Page;
use super::reader::GuardedReader;
use super::tags::Tag;
use html5gum::{Emitter, Error, State, Tokenizer};

/// No name of an element or attribute that matters here is longer.
const NAME_MAX_BYTES: usize = 20;
/// Pictures may be written into an attribute.
const VALUE_MAX_BYTES: usize = 8 * 1024;
/// More of one tag are not looked at.
const ATTRIBUTES_MAX: usize = 100;
/// What people write has some thousand.
const TAGS_MAX: usize = 200_000;
/// Text is handed on in pieces, so that a full page is noticed.
const TEXT_MAX_BYTES: usize = 4 * 1024;

/// Reads until the HTML ends or the page is full.
pub(super) fn read(html: &str, page: Page) -> Page {
    let mut tokenizer = Tokenizer::new_with_emitter(GuardedReader::new(html), Tokens::new(page));
    // The page is handed out as the only token: when it is full, or at the end.
    match tokenizer.next() {
        Some(Ok(page)) => page,
        _ => Page::new(0),
    }
}

struct Tokens {
    page: Option<Page>,
    is_at_end: bool,
    tags: usize,
    text: Vec<u8>,
    tag: Tag,
    is_end_tag: bool,
    /// The element whose content is no HTML ends with a tag of its own name only.
    last_start: Vec<u8>,
    attribute: Vec<u8>,
    value: Vec<u8>,
    has_attribute: bool,
    attributes: usize,
}

impl Tokens {
    fn new(page: Page) -> Self {
        let (text, last_start, attribute, value) = Default::default();
        Self {
            page: Some(page),
            is_at_end: false,
            tags: 0,
            text,
            tag: Tag::default(),
            is_end_tag: false,
            last_start,
            attribute,
            value,
            has_attribute: false,
            attributes: 0,
        }
    }

    fn hand_on_text(&mut self, is_whole: bool) {
        // A piece may end within a character, whose other bytes come next.
        let end = match std::str::from_utf8(&self.text) {
            Err(error) if !is_whole => error.valid_up_to(),
            _ => self.text.len(),
        };
        if let Some(page) = &mut self.page {
            page.text(&String::from_utf8_lossy(&self.text[..end]));
        }
        self.text.drain(..end);
    }

    fn begin_tag(&mut self) {
        self.tag.clear();
        self.attributes = 0;
    }

    fn keep_attribute(&mut self) {
        if std::mem::take(&mut self.has_attribute) {
            self.tag.set(&self.attribute, &self.value);
        }
        self.attribute.clear();
        self.value.clear();
    }
}

fn extend(kept: &mut Vec<u8>, more: &[u8], max: usize) {
    kept.extend_from_slice(&more[..more.len().min(max.saturating_sub(kept.len()))]);
}

/// Elements whose content is no HTML. Scripts are off in an email, so `noscript` is not one.
fn state_after(name: &[u8]) -> Option<State> {
    match name {
        b"title" | b"textarea" => Some(State::RcData),
        b"style" | b"iframe" | b"xmp" | b"noembed" | b"noframes" => Some(State::RawText),
        b"script" => Some(State::ScriptData),
        _ => None,
    }
}

impl Emitter for Tokens {
    type Token = Page;

    fn pop_token(&mut self) -> Option<Page> {
        let is_done = self.is_at_end || self.page.as_ref().is_some_and(Page::is_full);
        is_done.then(|| self.page.take()).flatten()
    }

    fn emit_eof(&mut self) {
        self.hand_on_text(true);
        self.is_at_end = true;
    }

    fn emit_string(&mut self, text: &[u8]) {
        self.text.extend_from_slice(text);
        if self.text.len() > TEXT_MAX_BYTES {
            self.hand_on_text(false);
        }
    }

    fn init_start_tag(&mut self) {
        self.is_end_tag = false;
        self.begin_tag();
    }

    fn init_end_tag(&mut self) {
        self.is_end_tag = true;
        self.begin_tag();
    }

    fn emit_current_tag(&mut self) -> Option<State> {
        self.keep_attribute();
        self.hand_on_text(true);
        self.tags += 1;
        self.is_at_end |= self.tags == TAGS_MAX;
        let page = self.page.as_mut()?;
        if self.is_end_tag {
            page.end(&self.tag.name);
            return None;
        }
        self.last_start.clone_from(&self.tag.name);
        let is_empty_drawing = self.tag.is_self_closing && page.is_in_drawing();
        page.start(&self.tag);
        state_after(&self.last_start).filter(|_| !is_empty_drawing)
    }

    fn set_self_closing(&mut self) {
        self.tag.is_self_closing = true;
    }

    fn push_tag_name(&mut self, name: &[u8]) {
        extend(&mut self.tag.name, name, NAME_MAX_BYTES);
    }

    fn init_attribute(&mut self) {
        self.keep_attribute();
        self.attributes += 1;
        self.has_attribute = self.attributes <= ATTRIBUTES_MAX;
    }

    fn push_attribute_name(&mut self, name: &[u8]) {
        if self.has_attribute {
            extend(&mut self.attribute, name, NAME_MAX_BYTES);
        }
    }

    fn push_attribute_value(&mut self, value: &[u8]) {
        if self.has_attribute {
            extend(&mut self.value, value, VALUE_MAX_BYTES);
        }
    }

    fn current_is_appropriate_end_tag_token(&mut self) -> bool {
        self.is_end_tag && !self.last_start.is_empty() && self.last_start == self.tag.name
    }

    fn should_emit_errors(&mut self) -> bool {
        false
    }

    // Neither errors nor comments nor types of documents are read by anybody.
    fn emit_error(&mut self, _: Error) {}
    fn set_last_start_tag(&mut self, _: Option<&[u8]>) {}
    fn init_comment(&mut self) {}
    fn push_comment(&mut self, _: &[u8]) {}
    fn emit_current_comment(&mut self) {}
    fn init_doctype(&mut self) {}
    fn push_doctype_name(&mut self, _: &[u8]) {}
    fn set_doctype_public_identifier(&mut self, _: &[u8]) {}
    fn set_doctype_system_identifier(&mut self, _: &[u8]) {}
    fn push_doctype_public_identifier(&mut self, _: &[u8]) {}
    fn push_doctype_system_identifier(&mut self, _: &[u8]) {}
    fn set_force_quirks(&mut self) {}
    fn emit_current_doctype(&mut self) {}
}
