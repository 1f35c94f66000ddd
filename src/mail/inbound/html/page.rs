//! Turns the tags and texts of an email into lines.

use super::elements::{Kind, Shape};
use super::lines::Lines;
use super::open::{Context, Element, Open};
use super::pictures;
use super::quotes::{self, Holds};
use super::rows::Table;
use super::style::Style;
use super::tags::Tag;

/// What Word writes in place of a list's dot: letters of fonts that have pictures for them.
const BULLETS: [&str; 9] = ["·", "•", "§", "o", "Ø", "ü", "q", "v", "à"];

pub(super) struct Page {
    pub(super) lines: Lines,
    open: Open,
    pub(super) context: Context,
    /// The next number of each open list, if it has numbers.
    pub(super) lists: Vec<Option<i64>>,
    pub(super) tables: Vec<Table>,
    /// Where bold words began in the line.
    pub(super) label: Option<usize>,
    pub(super) is_after_pre: bool,
}

impl Page {
    pub(super) fn new(chars_max: usize) -> Self {
        let (context, lists, tables) = Default::default();
        Self { lines: Lines::new(chars_max), open: Open::new(), context, lists, tables, label: None, is_after_pre: false }
    }

    pub(super) fn is_full(&self) -> bool {
        self.lines.is_full()
    }

    /// Within a drawing, tags may end themselves.
    pub(super) fn is_in_drawing(&self) -> bool {
        self.open.top(Kind::of(b"svg")) > 0
    }

    pub(super) fn into_text(mut self) -> String {
        if !self.is_full() {
            self.close_to(0);
        }
        self.lines.end_link();
        self.lines.into_text()
    }

    pub(super) fn text(&mut self, text: &str) {
        let text = if std::mem::take(&mut self.is_after_pre) { text.strip_prefix('\n').unwrap_or(text) } else { text };
        if text.is_empty() || self.context.is_hidden || self.context.is_sizeless {
            return;
        }
        let text = if self.context.is_bullet && BULLETS.contains(&text.trim()) { "- " } else { text };
        self.lines.text(text, self.context);
    }

    pub(super) fn start(&mut self, tag: &Tag) {
        self.is_after_pre = false;
        let kind = Kind::of(&tag.name);
        let style = tag.get("style").map(|style| Style::of(&style)).unwrap_or_default();
        match kind.shape() {
            Shape::Void => return self.void(kind, tag, style),
            Shape::Ignored => return,
            // Within a drawing, every tag has an end or ends itself.
            _ if self.is_in_drawing() && tag.is_self_closing => return,
            _ => {}
        }
        self.close_to(self.open.kept_by_start(kind));
        let is_hidden = self.context.is_hidden || hides(kind, tag, style);
        let holds = quotes::holds(&tag.get("class").unwrap_or_default(), &tag.get("id").unwrap_or_default());
        let mut element = Element::new(kind, self.context);
        let is_always_block = holds == Holds::Quote || kind.shape() == Shape::Cell;
        element.is_block = !is_hidden && (is_always_block || style.is_block.unwrap_or(kind.shape().is_block()));
        let has_rule_above = style.has_rule_above && kind.name() == "div";
        element.has_blank_lines = has_rule_above || self.has_blank_lines(kind, tag, style);
        element.is_signature = holds == Holds::Signature && !is_hidden;
        if element.is_block {
            // What stands above quoted lines stays close to them.
            self.lines.end_line(kind.shape() != Shape::Quote && (element.has_blank_lines || holds == Holds::Quote));
        }
        if !self.open.push(element) {
            return;
        }
        self.context.is_hidden = is_hidden;
        self.enter(kind, tag, style);
        self.lines.is_signature_due |= element.is_signature;
        if has_rule_above && !is_hidden {
            self.lines.rule(self.context);
        }
        if kind.name() == "svg" && tag.is_self_closing {
            self.end(&tag.name);
        }
    }

    /// Word and Outlook write each line as a paragraph without space around it.
    fn has_blank_lines(&self, kind: Kind, tag: &Tag, style: Style) -> bool {
        match kind.shape() {
            Shape::Paragraph => !style.has_no_margin && !tag.get("class").is_some_and(|class| class.trim_start_matches("x_").starts_with("Mso")),
            Shape::Pre | Shape::Quote => true,
            Shape::List => self.lists.is_empty(),
            _ => false,
        }
    }

    fn void(&mut self, kind: Kind, tag: &Tag, style: Style) {
        let is_hidden = self.context.is_hidden || style.is_hidden || tag.get("hidden").is_some();
        match kind.name() {
            _ if is_hidden => {}
            "br" => self.lines.feed_line(),
            "hr" => {
                self.close_to(self.open.kept_by_start(Kind::of(b"div")));
                self.lines.rule(self.context);
            }
            "img" => {
                if let Some(words) = pictures::words(tag) {
                    self.lines.text(&words, Context { keeps_lines: false, keeps_spaces: false, ..self.context });
                }
            }
            _ => {}
        }
    }

    pub(super) fn end(&mut self, name: &[u8]) {
        self.is_after_pre = false;
        let kind = Kind::of(name);
        match kind.shape() {
            // Browsers read it as a line break.
            Shape::Void if kind.name() == "br" && !self.context.is_hidden => self.lines.feed_line(),
            Shape::Void | Shape::Ignored => {}
            shape => {
                self.close_to(self.open.kept_by_end(kind));
                if shape == Shape::Link {
                    self.lines.end_link();
                }
            }
        }
    }

    fn close_to(&mut self, height: usize) {
        while self.open.height() > height {
            let Some(element) = self.open.pop() else { return };
            self.leave(element);
        }
    }
}

fn hides(kind: Kind, tag: &Tag, style: Style) -> bool {
    // A button that Outlook does not get is a link for everybody else.
    let is_hidden_from_word = style.is_hidden_from_word && kind.shape() != Shape::Link;
    style.is_hidden || is_hidden_from_word || tag.get("hidden").is_some() || kind.shape() == Shape::Unseen
}
