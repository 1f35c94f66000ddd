//! The lines of the text, while they are written.

use super::links::Link;
use super::open::Context;
use super::quotes;

/// What Outlook puts into plain text above the head of what it quotes.
const RULE: &str = "________________________________";
const DASHES: &str = "-- ";
/// Deeper quotes look like quotes of this depth.
const QUOTES_MAX: u8 = 5;
/// Blank lines that are kept where spaces are.
const BLANKS_MAX: usize = 10;

#[derive(Debug)]
pub(super) struct Line {
    pub(super) text: String,
    pub(super) blanks_before: usize,
    pub(super) quotes: u8,
}

pub(super) struct Lines {
    pub(super) all: Vec<Line>,
    /// How many lines end before the next character: two leave a blank one.
    pub(super) ends: usize,
    has_space: bool,
    /// A space that does not break begins the line, which makes it one even if nothing follows.
    has_firm_space: bool,
    chars: usize,
    chars_max: usize,
    pub(super) marker: Option<String>,
    pub(super) is_signature_due: bool,
    pub(super) link: Option<Link>,
}

impl Lines {
    pub(super) fn new(chars_max: usize) -> Self {
        let (all, marker, link) = Default::default();
        Self { all, ends: 0, has_space: false, has_firm_space: false, chars: 0, chars_max, marker, is_signature_due: false, link }
    }

    pub(super) fn is_full(&self) -> bool {
        self.chars >= self.chars_max
    }

    pub(super) fn text(&mut self, text: &str, context: Context) {
        for char in text.chars() {
            match char {
                '\n' if context.keeps_lines => self.ends = (self.ends + 1).min(BLANKS_MAX + 1),
                ' ' | '\t' | '\u{a0}' if context.keeps_spaces => self.push(char.to_string().replace('\u{a0}', " ").as_str(), context),
                '\u{a0}' => {
                    self.has_firm_space |= self.is_at_start();
                    self.has_space = true;
                }
                ' ' | '\t' | '\n' | '\r' | '\u{c}' | '\u{2028}' | '\u{2029}' | '\u{202f}' | '\u{2000}'..='\u{200a}' => self.has_space = true,
                char if is_dropped(char) => {}
                char => self.push(char.encode_utf8(&mut [0; 4]), context),
            }
            if self.is_full() {
                return;
            }
        }
    }

    fn is_at_start(&self) -> bool {
        self.ends > 0 || self.all.is_empty()
    }

    /// Writes what is seen, after the line ends, dashes and marks that are due before it.
    pub(super) fn push(&mut self, seen: &str, context: Context) {
        if std::mem::take(&mut self.is_signature_due) && self.all.last().is_some_and(|line| line.text.trim_end() != "--") {
            self.begin(DASHES, context);
            self.ends = 1;
        }
        if self.is_at_start() {
            let marker = self.marker.take().unwrap_or_default();
            self.begin(&marker, context);
        } else if std::mem::take(&mut self.has_space) {
            self.append(" ");
        }
        self.append(seen);
    }

    fn begin(&mut self, text: &str, context: Context) {
        let quotes = context.quotes.min(QUOTES_MAX);
        // A head stays close to the rule above it, and quoted lines to the line that tells who wrote them.
        let is_close = |before: &Line| before.text == RULE || quotes > before.quotes && before.text.trim_end().ends_with(':');
        let blanks_before = if self.all.last().is_none_or(is_close) { 0 } else { self.ends.saturating_sub(1) };
        self.all.push(Line { text: text.to_owned(), blanks_before, quotes });
        let marks = if quotes > 0 { usize::from(quotes) + 1 } else { 0 };
        let ends = if self.all.len() > 1 { 1 + blanks_before } else { 0 };
        self.chars += text.chars().count() + marks + ends;
        (self.ends, self.has_space, self.has_firm_space) = (0, false, false);
        self.link.iter_mut().for_each(|link| link.push(' '));
    }

    fn append(&mut self, text: &str) {
        if let Some(line) = self.all.last_mut() {
            line.text.push_str(text);
        }
        self.chars += text.chars().count();
        if let Some(link) = &mut self.link {
            text.chars().for_each(|char| link.push(char));
        }
    }

    /// A block begins or ends.
    pub(super) fn end_line(&mut self, has_blank: bool) {
        let has_blank = std::mem::take(&mut self.has_firm_space) || has_blank;
        self.ends = self.ends.max(1 + usize::from(has_blank));
        self.has_space = false;
    }

    /// A `br`: it ends the line that it stands in, even an empty one.
    pub(super) fn feed_line(&mut self) {
        self.ends = self.ends.max((self.ends + 1).min(2));
        (self.has_space, self.has_firm_space) = (false, false);
    }

    pub(super) fn rule(&mut self, context: Context) {
        self.end_line(false);
        if self.all.last().is_some_and(|line| line.text != RULE) {
            self.begin(RULE, context);
            self.ends = 1;
        }
    }

    /// The address stands behind the last word of a link, even if lines ended since.
    pub(super) fn end_link(&mut self) {
        if let Some(addition) = self.link.take().and_then(Link::addition) {
            self.append(&addition);
        }
    }

    /// Where bold words begin in the line, if that is a quoted email's head.
    pub(super) fn label_start(&self) -> Option<usize> {
        let line = self.all.last().filter(|_| self.ends == 0)?;
        quotes::is_in_head(&line.text).then_some(line.text.len())
    }

    /// Some programs write a whole head into one line.
    pub(super) fn end_label(&mut self, start: usize) {
        let Some(line) = self.all.last_mut().filter(|_| self.ends == 0) else { return };
        let Some(label) = line.text.get(start..).filter(|words| start > 0 && quotes::is_label(words)) else { return };
        let (text, quotes) = (label.trim_start().to_owned(), line.quotes);
        line.text.truncate(start);
        self.all.push(Line { text, blanks_before: 0, quotes });
    }

    pub(super) fn into_text(mut self) -> String {
        while self.all.last().is_some_and(|line| line.text == RULE || line.text.trim().is_empty()) {
            self.all.pop();
        }
        let mut text = String::new();
        let mut quotes_before = 0;
        // Thunderbird writes the dashes into the signature.
        let is_second = |at: usize| at > 0 && self.all[at].text.trim_end() == "--" && self.all[at - 1].text == DASHES;
        for (_, line) in self.all.iter().enumerate().filter(|(at, _)| !is_second(*at)) {
            let marks = |count: u8| ">".repeat(usize::from(count));
            for _ in 0..line.blanks_before {
                text += &marks(line.quotes.min(quotes_before));
                text.push('\n');
            }
            if line.quotes > 0 {
                text += &marks(line.quotes);
                text.push(' ');
            }
            text += if line.text == DASHES { DASHES } else { line.text.trim_end() };
            text.push('\n');
            quotes_before = line.quotes;
        }
        text.pop();
        match text.char_indices().nth(self.chars_max) {
            Some((end, _)) => text[..end].to_owned(),
            None => text,
        }
    }
}

/// Characters that nobody sees, which newsletters and programs fill emails with.
fn is_dropped(char: char) -> bool {
    char.is_control() || matches!(char, '\u{ad}' | '\u{34f}' | '\u{180e}' | '\u{200b}' | '\u{200c}' | '\u{2060}' | '\u{feff}' | '\u{fffc}')
}
