//! A text's lines, each read once: what the rest of this module asks of a line again and again is found here.

use super::attribution::ends_attribution;
use super::heads::{Labels, labels};
use super::words::{WROTE, has};

/// No mark of a mail program stands further in a line; a line of a megabyte costs no more than one of this length.
const LINE_MAX_CHARS: usize = 400;
/// A drawn line is at least so long.
const RULE_MIN_CHARS: usize = 10;
/// The shortest verb of "somebody wrote:".
const VERB_MIN_BYTES: usize = 5;
/// What stands at a word's ends without belonging to it.
const PUNCTUATION: [char; 12] = [',', '.', ';', ':', '(', ')', '[', ']', '"', '\'', '“', '”'];

pub(super) struct Line<'a> {
    /// As it was sent.
    pub(super) raw: &'a str,
    /// Its beginning with single plain spaces, without marks of bold type and of direction.
    pub(super) tidy: String,
    /// The same in small letters.
    pub(super) plain: String,
    /// Whether `tidy` is all of it.
    pub(super) is_whole: bool,
    /// Whether it bears the mark of quoted lines.
    pub(super) is_quoted: bool,
    /// Whether it has the verb of "somebody wrote:".
    pub(super) has_verb: bool,
    /// Whether "somebody wrote:" may end in it.
    pub(super) ends_attribution: bool,
    pub(super) labels: Labels,
}

impl<'a> Line<'a> {
    fn new(raw: &'a str) -> Self {
        let (tidy, is_whole) = tidy(raw);
        let plain = tidy.to_lowercase();
        let has_verb = plain.len() >= VERB_MIN_BYTES && plain.split([' ', '>']).any(|word| word.len() >= VERB_MIN_BYTES && has(WROTE, bare(word)));
        Self {
            raw,
            is_whole,
            is_quoted: is_quoted(&plain),
            has_verb,
            ends_attribution: ends_attribution(&plain, has_verb),
            labels: labels(&plain),
            tidy,
            plain,
        }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.tidy.is_empty()
    }

    /// Outlook and others draw a line above what they quote.
    pub(super) fn is_rule(&self) -> bool {
        let mut chars = self.plain.chars();
        let is_drawn = chars.next().is_some_and(|first| ['_', '-', '=', '—', '─'].contains(&first) && chars.all(|char| char == first));
        is_drawn && self.plain.chars().nth(RULE_MIN_CHARS - 1).is_some()
    }
}

/// All lines of an email.
pub(super) struct Text<'a> {
    pub(super) lines: Vec<Line<'a>>,
    /// For each line the first from it on that is not empty, so that no line has to look for it through all that follow.
    next_filled: Vec<usize>,
}

impl<'a> Text<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        let lines: Vec<Line<'a>> = text.lines().map(Line::new).collect();
        let mut next_filled = vec![lines.len(); lines.len()];
        let mut next = lines.len();
        for (number, line) in lines.iter().enumerate().rev() {
            if !line.is_empty() {
                next = number;
            }
            next_filled[number] = next;
        }
        Self { lines, next_filled }
    }

    /// The number of the first line from here on that is not empty.
    pub(super) fn next_filled(&self, at: usize) -> Option<usize> {
        self.next_filled.get(at).copied().filter(|next| *next < self.lines.len())
    }

    pub(super) fn is_quoted_from(&self, at: usize) -> bool {
        self.next_filled(at).is_some_and(|next| self.lines[next].is_quoted)
    }

    /// Whether here is an empty line or the end.
    pub(super) fn is_gap(&self, at: usize) -> bool {
        self.lines.get(at).is_none_or(Line::is_empty)
    }
}

/// A word without the punctuation at its ends.
pub(super) fn bare(word: &str) -> &str {
    word.trim_matches(PUNCTUATION).trim_end_matches('-')
}

fn tidy(raw: &str) -> (String, bool) {
    let raw = raw.trim();
    if raw.is_empty() {
        return (String::new(), true);
    }
    let mut chars = raw.chars();
    let mut tidy = String::with_capacity(raw.len().min(LINE_MAX_CHARS));
    for char in chars.by_ref().take(LINE_MAX_CHARS) {
        if char.is_whitespace() {
            if !tidy.ends_with(' ') {
                tidy.push(' ');
            }
        } else if !is_unseen(char) && char != '*' {
            tidy.push(char);
        }
    }
    (tidy.trim().to_owned(), chars.next().is_none())
}

/// Marks of direction and of width, which programs put in without anybody seeing them.
fn is_unseen(char: char) -> bool {
    matches!(char, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}' | '\u{ad}')
}

/// An angry face is no quoted line, nor is ">>> a heading <<<".
fn is_quoted(plain: &str) -> bool {
    // The end of an address that was broken is none either.
    plain.starts_with('>')
        && plain != ">:"
        && !plain.ends_with("<<")
        && ![">:(", ">:[", ">_<", ">.<", ">:-("].iter().any(|face| plain.starts_with(face))
}
