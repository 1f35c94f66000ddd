//! Reading text files: what they must be before anything else looks at them.

use std::borrow::Cow;
use std::fs::File;
use std::io::Read;
use std::path::Path;

use super::problem::Findings;

/// Stands in texts for the configured brand.
const BRAND_MARK: &str = "{{brand}}";
/// Stands in articles for the time within which staff answer.
const PROMISE_MARK: &str = "{{promise}}";

/// Reads a UTF-8 file of at most `max_bytes`; line ends become `\n`, a byte order mark is dropped.
pub(super) fn read_text(path: &Path, max_bytes: usize, findings: &mut Findings) -> Option<String> {
    let bytes = read_bytes(path, max_bytes, findings)?;
    let text = match String::from_utf8(bytes) {
        Ok(text) => text,
        Err(error) => {
            let good = error.utf8_error().valid_up_to();
            let line = 1 + error.as_bytes()[..good].iter().filter(|byte| **byte == b'\n').count();
            findings.broken(line, "The file is not UTF-8 text.", "Save it again with the encoding UTF-8.");
            return None;
        }
    };
    let text = text.strip_prefix('\u{feff}').unwrap_or(&text).replace("\r\n", "\n").replace('\r', "\n");
    if let Some(character) = control_character(&text) {
        let line = 1 + text.chars().take_while(|other| *other != character).filter(|other| *other == '\n').count();
        findings.broken(line, format!("There is a control character (U+{:04X}).", u32::from(character)), "Delete it; it can't be shown.");
        return None;
    }
    Some(text)
}

/// Reads a file of at most `max_bytes`.
pub(super) fn read_bytes(path: &Path, max_bytes: usize, findings: &mut Findings) -> Option<Vec<u8>> {
    let mut bytes = Vec::new();
    let read = File::open(path).and_then(|file| file.take(max_bytes as u64 + 1).read_to_end(&mut bytes));
    if let Err(error) = read {
        findings.broken(1, format!("The file can't be read ({}).", error.kind()), "Check that it is there and that the program may read it.");
        return None;
    }
    if bytes.len() > max_bytes {
        findings.broken(1, format!("The file is larger than {} KiB.", max_bytes / 1024), "Make it smaller, or split it.");
        return None;
    }
    Some(bytes)
}

/// The first character that neither HTML nor a feed can carry.
pub(super) fn control_character(text: &str) -> Option<char> {
    text.chars().find(|character| (character.is_control() && !matches!(character, '\n' | '\t')) || matches!(character, '\u{fffe}' | '\u{ffff}'))
}

/// The text with the brand in its places.
pub(super) fn fill_brand<'a>(text: &'a str, brand: &str) -> Cow<'a, str> {
    if text.contains(BRAND_MARK) { Cow::Owned(text.replace(BRAND_MARK, brand)) } else { Cow::Borrowed(text) }
}

/// The text with the promise of an answer in its places.
pub(super) fn fill_promise<'a>(text: &'a str, promise: &str) -> Cow<'a, str> {
    if text.contains(PROMISE_MARK) { Cow::Owned(text.replace(PROMISE_MARK, promise)) } else { Cow::Borrowed(text) }
}

/// A foreign text in quotation marks, cut to a length that can be read and harmless in a terminal.
pub(super) fn quoted(text: &str) -> String {
    let cut: String = text.chars().map(|character| if character.is_control() { '\u{fffd}' } else { character }).take(100).collect();
    format!("\"{cut}\"")
}

/// Lines by byte offset.
pub(super) struct Lines {
    starts: Vec<usize>,
    /// The number of each line within its file.
    numbers: Vec<usize>,
}

impl Lines {
    /// `first`: the number of the first line of `text` within its file.
    pub(super) fn new(text: &str, first: usize) -> Self {
        Self::numbered(text, (first..=first + text.matches('\n').count()).collect())
    }

    /// `numbers`: for each line of `text`, its number within its file.
    pub(super) fn numbered(text: &str, numbers: Vec<usize>) -> Self {
        let starts = std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1)).collect();
        Self { starts, numbers }
    }

    pub(super) fn at(&self, offset: usize) -> usize {
        let line = self.starts.partition_point(|start| *start <= offset).saturating_sub(1);
        self.numbers.get(line).or(self.numbers.last()).copied().unwrap_or(1)
    }
}
