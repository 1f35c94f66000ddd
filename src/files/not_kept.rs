//! Files that came with a message and were not kept: staff and the sender are told which, and why.

use serde::{Deserialize, Serialize};

use super::FileProblem;
use crate::i18n::{InboundTexts, Lang};

/// Files of a message that are named; more are counted.
const NAMED_MAX: usize = 20;
const NAME_MAX_CHARS: usize = 100;
/// What is told to whoever an email only claims to come from.
const PLAIN_MAX: usize = 5;
const PLAIN_MAX_CHARS: usize = 20;
/// Fewer than a telephone number has, with the mark before them.
const PLAIN_MAX_DIGITS: usize = 6;
#[rustfmt::skip]
const ENDINGS: [&str; 24] = [
    "pdf", "doc", "docx", "xls", "xlsx", "ppt", "pptx", "odt", "ods", "csv", "txt", "dat", "zip", "rar", "png", "jpg", "jpeg", "gif", "webp",
    "heic", "mp4", "mp3", "eml", "html",
];

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NotKept {
    /// As the sender calls it, or empty.
    pub name: String,
    pub why: FileProblem,
}

/// As they are stored; `None` where all were kept.
pub(crate) fn to_stored(files: &[NotKept]) -> Option<String> {
    if files.is_empty() { None } else { serde_json::to_string(files).ok() }
}

pub(crate) fn from_stored(stored: Option<&str>) -> Vec<NotKept> {
    stored.and_then(|stored| serde_json::from_str(stored).ok()).unwrap_or_default()
}

/// `a.pdf (too large), b.zip (file type not supported)`; empty where there is none.
pub(crate) fn listed(lang: Lang, files: &[NotKept]) -> String {
    let texts = lang.inbound();
    let mut named: Vec<String> = files.iter().take(NAMED_MAX).map(|file| described(texts, file)).collect();
    let more = files.len().saturating_sub(NAMED_MAX);
    if more > 0 {
        named.push(format!("+{more}"));
    }
    named.join(", ")
}

/// The same for an address that nobody has shown to be theirs: names that could carry somebody's words are counted instead.
pub(crate) fn listed_plainly(lang: Lang, files: &[NotKept]) -> String {
    let texts = lang.inbound();
    let (plain, other): (Vec<_>, Vec<_>) = files.iter().cloned().partition(|file| is_one_word(&file.name));
    let mut named = if plain.is_empty() { Vec::new() } else { vec![listed(lang, &plain[..plain.len().min(PLAIN_MAX)])] };
    match other.len() + plain.len().saturating_sub(PLAIN_MAX) {
        0 => {}
        1 => named.push(texts.one_file.to_owned()),
        more => named.push(texts.more_files.replace("{n}", &more.to_string())),
    }
    named.join(", ")
}

/// `receipt_01.pdf`: one word, perhaps a number, and an ending of a file, which can't be a sentence or an address.
fn is_one_word(name: &str) -> bool {
    let Some((word, ending)) = name.rsplit_once('.') else { return false };
    let letters = word.trim_end_matches(|char: char| char.is_ascii_digit());
    let letters = letters.strip_suffix(['_', '-']).unwrap_or(letters);
    let is_plain = letters.chars().all(char::is_alphabetic) && word.chars().count() - letters.chars().count() <= PLAIN_MAX_DIGITS;
    is_plain && (1..=PLAIN_MAX_CHARS).contains(&word.chars().count()) && ENDINGS.contains(&ending.to_ascii_lowercase().as_str())
}

fn described(texts: &InboundTexts, file: &NotKept) -> String {
    let why = match file.why {
        FileProblem::TooLarge => texts.file_too_large,
        FileProblem::TooMany => texts.file_too_many,
        FileProblem::NoRoom => texts.file_no_room,
        FileProblem::Kind => texts.file_kind,
        FileProblem::Damaged | FileProblem::BrokenPdf | FileProblem::Gone => texts.file_damaged,
        FileProblem::Empty => texts.file_empty,
        FileProblem::Heic => texts.file_heic,
        FileProblem::Winmail => texts.file_winmail,
        FileProblem::Encrypted => texts.file_encrypted,
    };
    let name = if file.name.is_empty() { texts.file_nameless } else { &file.name };
    format!("{} ({why})", name.chars().take(NAME_MAX_CHARS).collect::<String>())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(name: &str) -> NotKept {
        NotKept { name: name.into(), why: FileProblem::TooMany }
    }

    #[test]
    fn an_unproved_address_reads_no_words_of_whoever_wrote() {
        let listed = |names: &[&str]| listed_plainly(Lang::En, &names.iter().map(|name| file(name)).collect::<Vec<_>>());
        assert_eq!(listed(&["comprovante.pdf", "recibo_01.PDF"]), "comprovante.pdf (too many files), recibo_01.PDF (too many files)");
        assert_eq!(
            listed(&["Your account is locked.pdf", "evil.example", "www.evil.example.pdf", "", "click-here-now.zip", "5511999998888.pdf"]),
            "6 files"
        );
        assert_eq!(listed(&["a.pdf", "call us.pdf"]), "a.pdf (too many files), 1 file");
        assert_eq!(listed(&[]), "");
    }

    #[test]
    fn what_is_stored_is_read_again() {
        let files = vec![file("a.pdf"), NotKept { name: String::new(), why: FileProblem::Winmail }];
        assert_eq!(from_stored(to_stored(&files).as_deref()), files);
        assert_eq!((to_stored(&[]), from_stored(Some("?")), from_stored(None)), (None, vec![], vec![]));
    }
}
