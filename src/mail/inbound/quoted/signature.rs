//! Signatures: what stands below two dashes, and the line that a phone or a mail program adds.

use super::lines::{Line, Text, bare};
use super::words::{ASKING, EXCUSES, LEGAL, PARTICLES, PROGRAM_LINES, SENDERS, SENT_BY, SENT_FROM_MY, SENTENCE_WORDS, after_opening, has};

/// A longer text below two dashes is no signature.
const SIGNATURE_MAX_LINES: usize = 10;
/// A lawyer's notice is longer.
const NOTICE_MAX_LINES: usize = 40;
/// Its first line is a name.
const NAME_MAX_WORDS: usize = 6;
const HEADING_MAX_WORDS: usize = 10;
const CLOSING_MAX_WORDS: usize = 4;
/// Fewer words make no sentence.
const SENTENCE_MIN_WORDS: usize = 5;
/// So many words in small letters do.
const SENTENCE_MIN_SMALL_WORDS: usize = 3;
const SENT_FROM_MIN_BYTES: usize = 10;
/// A longer line that begins like one a phone adds is a sentence of the writer.
const SENT_FROM_MAX_WORDS: usize = 8;

/// How many lines a signature takes that begins here with two dashes. They also divide two questions: only what cannot be a part of
/// what somebody says is taken for a signature.
pub(super) fn signature(text: &Text<'_>, at: usize, is_end: impl Fn(usize) -> bool) -> Option<usize> {
    if text.lines[at].raw.trim_end() != "--" {
        return None;
    }
    // Mail programs put a space behind the dashes, people do not.
    let is_of_program = text.lines[at].raw.trim_end_matches('\r') == "-- ";
    let is_boundary = |at: usize| text.lines[at].is_quoted || is_end(at);
    let Some(first) = text.next_filled(at + 1).filter(|first| !is_boundary(*first)) else { return Some(1) };
    if !is_of_program && is_divider(text, at) {
        return None;
    }
    let is_notice_first = is_of_program && (text.lines[first].is_rule() || is_legal(&text.lines[first]));
    let is_begun = if is_of_program { is_heading(&text.lines[first]) } else { is_name(&text.lines[first]) };
    if !is_notice_first && !is_begun {
        return None;
    }
    let (mut end, mut count, mut is_first_paragraph, mut is_notice) = (first + 1, 1, true, is_notice_first);
    while let Some(next) = text.next_filled(end) {
        let line = &text.lines[next];
        // Whoever draws two dashes twice divides.
        if line.raw.trim_end() == "--" {
            return None;
        }
        if is_boundary(next) || line.is_rule() && !is_of_program {
            break;
        }
        is_first_paragraph &= next == end;
        is_notice |= is_of_program && is_legal(line);
        count += 1;
        let is_motto = is_of_program && is_first_paragraph && !is_asking(line);
        let is_fitting = is_motto || is_legal(line) || if is_notice { !line.plain.contains('?') } else { !is_sentence(line) && !is_asking(line) };
        if !is_fitting || count > if is_notice { NOTICE_MAX_LINES } else { SIGNATURE_MAX_LINES } {
            return None;
        }
        end = next + 1;
    }
    Some(end - at)
}

/// Whether both neighbors are headings or items of a list: "Curso A", "--", "Curso B".
fn is_divider(text: &Text<'_>, at: usize) -> bool {
    let above = at.checked_sub(1).map(|above| &text.lines[above]);
    above.is_some_and(|above| above.plain.ends_with(':') || is_name(above)) && !text.is_gap(at + 1)
}

/// What a mail program puts below two dashes begins with a name, a picture, a link.
fn is_heading(line: &Line<'_>) -> bool {
    line.is_whole && line.plain.split(' ').count() <= HEADING_MAX_WORDS && !is_asking(line) && !is_sentence(line)
}

fn is_name(line: &Line<'_>) -> bool {
    let words = line.plain.split(' ').count();
    // "Best regards," comes before the name.
    let has_end = line.plain.ends_with('.') || line.plain.ends_with(',') && words > CLOSING_MAX_WORDS;
    let has_other = has_end || line.plain.contains(|char: char| char.is_ascii_digit() || ":?!;".contains(char));
    let is_short = line.is_whole && words <= NAME_MAX_WORDS;
    is_short && !has_other && !line.is_quoted && line.plain.contains(char::is_alphabetic) && !is_asking(line) && !is_sentence(line)
}

fn is_sentence(line: &Line<'_>) -> bool {
    let words: Vec<&str> = line.tidy.split(' ').filter(|word| word.contains(char::is_alphabetic) && !is_link(word)).collect();
    let small = words.iter().filter(|word| word.starts_with(char::is_lowercase) && !has(PARTICLES, bare(word))).count();
    let is_ended = words.len() >= 3 && line.tidy.ends_with(['.', '!', '…']) && words.last().is_some_and(|word| bare(word).len() > 3);
    !line.is_whole || is_ended && small >= 2 || words.len() >= SENTENCE_MIN_WORDS && small >= SENTENCE_MIN_SMALL_WORDS
}

fn is_asking(line: &Line<'_>) -> bool {
    line.plain.split(' ').any(|word| word.contains('?') && !is_link(word) || has(ASKING, bare(word)))
}

fn is_legal(line: &Line<'_>) -> bool {
    line.is_whole && line.plain.split(' ').any(|word| has(LEGAL, bare(word)))
}

fn is_link(word: &str) -> bool {
    word.contains("://") || word.contains("www.") || word.contains('@')
}

/// How many lines a phone or a mail program added here: "Enviado do meu iPhone", "Get Outlook for iOS<https://aka.ms/…>".
pub(super) fn sent_from(text: &Text<'_>, at: usize) -> Option<usize> {
    let line = &text.lines[at];
    if line.plain.len() < SENT_FROM_MIN_BYTES || !line.is_whole {
        return None;
    }
    let plain = without_links(&line.plain);
    let plain = plain.trim_matches(['-', '—', '–', '_', '[', ']', '(', ')', '.', '!', ' ']);
    if has(PROGRAM_LINES, plain) {
        return Some(1);
    }
    let next = text.lines.get(at + 1);
    let is_link_next = next.is_some_and(|next| next.is_whole && next.plain.contains("://") && without_links(&next.plain).is_empty());
    let is_continued = !is_link_next && next.is_some_and(|next| next.tidy.starts_with(char::is_lowercase));
    if is_continued || plain.contains('?') || !is_tag(plain, &line.tidy) {
        return None;
    }
    Some(if is_link_next { 2 } else { 1 })
}

/// Whether it is no sentence that only begins like what a program adds.
fn is_tag(plain: &str, tidy: &str) -> bool {
    let of_phone = after_opening(SENT_FROM_MY, plain);
    let Some(rest) = of_phone.or_else(|| after_opening(SENT_BY, plain)) else { return false };
    // A phone that is not in the table has a name at least: "Sent from my Wiko", not "Sent from my bank account".
    let opening_words = plain[..plain.len() - rest.len()].split_whitespace().count();
    let next_word = tidy.split(' ').filter(|word| word.contains(char::is_alphanumeric)).nth(opening_words);
    let is_named = next_word.is_some_and(|word| word.starts_with(char::is_uppercase));
    let (rest, excuse) = rest.split_once([',', '.']).filter(|(_, excuse)| excuse.starts_with(' ')).unwrap_or((rest, ""));
    let mut words = rest.split([' ', '[', ']']).map(bare);
    let is_excused = excuse.is_empty() || excuse.split(' ').any(|word| has(EXCUSES, bare(word)));
    let is_known = of_phone.is_some() && is_named || words.clone().any(|word| has(SENDERS, word)) || plain.contains("outlook");
    let is_short = words.clone().count() <= SENT_FROM_MAX_WORDS;
    is_known && is_excused && is_short && !words.any(|word| has(SENTENCE_WORDS, word))
}

/// Without the addresses in it: "<https://…>", "(https://…)", "https://…".
fn without_links(plain: &str) -> String {
    let spaced = plain.replace('<', " <").replace('(', " (").replace('>', "> ");
    spaced.split(' ').filter(|word| !word.is_empty() && !word.contains("://") && !word.starts_with("<www.")).collect::<Vec<_>>().join(" ")
}
