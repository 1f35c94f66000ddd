//! Heads of quoted emails ("De: … Enviado: … Para: …"), and the lines that announce an email below them.

use super::lines::{Line, Text};
use super::words::{ANSWERS, FORWARD_OPENINGS, FORWARDED, Field, LABELS, ORIGINAL, RECEIPT_DATES, REPLY_ABOVE, after_opening, has};

/// A head takes no more lines than these, empty ones left out.
const HEAD_MAX_LINES: usize = 12;
/// A long list of addresses is broken; more lines than these without a label end a head.
const CONTINUED_MAX_LINES: usize = 2;
/// Colons in one line, beyond which no label is looked for.
const COLONS_MAX: usize = 8;
/// A label that no head has ("Valor:", "Número da conta:") takes no more words.
const LABEL_MAX_WORDS: usize = 4;
/// A longer line that asks to write above it is a sentence.
const REPLY_ABOVE_MAX_CHARS: usize = 150;
const DASHES: [char; 11] = ['-', '‐', '‑', '─', '—', '–', '_', '=', '#', '~', ' '];

/// The labels of one line.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Labels {
    /// The field with whose label the line begins.
    first: Option<Field>,
    /// A bit for each field: Outlook.com writes a whole head in one line.
    fields: u8,
    /// Whether it begins with a label that no head has.
    is_foreign: bool,
    /// Whether it has the label of a date that receipts do not have.
    is_sent: bool,
}

/// What a line announces.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Mark {
    Original,
    Forwarded,
    ReplyAbove,
}

pub(super) fn labels(plain: &str) -> Labels {
    let mut labels = Labels::default();
    for (number, (colon, _)) in plain.match_indices(':').take(COLONS_MAX).enumerate() {
        let before = plain[..colon].trim_end();
        let label = if number == 0 { before } else { last_words(before) };
        let field = field(label).or_else(|| if number == 0 { None } else { field(label.rsplit(' ').next().unwrap_or_default()) });
        if let Some(field) = field {
            labels.fields |= bit(field);
            labels.is_sent |= field == Field::Sent && !has(RECEIPT_DATES, label);
        }
        if number == 0 {
            labels.first = field;
            let is_words = label.chars().all(|char| char.is_alphabetic() || " ./-º".contains(char));
            let is_address = plain[colon + 1..].starts_with("//");
            labels.is_foreign = field.is_none() && !label.is_empty() && is_words && !is_address && label.split(' ').count() <= LABEL_MAX_WORDS;
        }
    }
    labels
}

fn last_words(text: &str) -> &str {
    text.rmatch_indices(' ').nth(1).map_or(text, |(space, _)| &text[space + 1..])
}

fn field(label: &str) -> Option<Field> {
    LABELS.binary_search_by_key(&label, |(label, _)| label).ok().map(|found| LABELS[found].1)
}

const fn bit(field: Field) -> u8 {
    1 << field as u8
}

/// Whether the head of a quoted email begins here. What a bank writes about a transfer ("De: … Para: … Valor: …") is none.
pub(super) fn is_head(text: &Text<'_>, at: usize) -> bool {
    let first = &text.lines[at].labels;
    if !matches!(first.first, Some(Field::From | Field::Sent | Field::Subject)) {
        return false;
    }
    let lines = head_lines(text, at);
    let fields = lines.iter().fold(0, |fields, line| fields | line.labels.fields);
    let has = |field: Field| fields & bit(field) != 0;
    if !has(Field::From) {
        return false;
    }
    let has_address = is_addressed(&lines);
    let is_foreign = lines.iter().any(|line| line.labels.is_foreign);
    // A head in one line, or one that begins with another label, is trusted less.
    let is_usual = first.first == Some(Field::From) && first.fields == bit(Field::From);
    let is_named = has(Field::Sent) && has(Field::Subject);
    if !is_usual {
        return has_address && (is_named || has(Field::Sent) && has(Field::To) && first.is_sent && !is_foreign);
    }
    if is_named && (has_address || !is_foreign && (lines.iter().any(|line| line.labels.is_sent) || is_answered(&lines))) {
        return true;
    }
    let has_time = lines.iter().any(|line| line.labels.is_sent && line.plain.contains(|char: char| char.is_ascii_digit()));
    !is_foreign && has(Field::To) && (has(Field::Sent) && (has_address || has_time) || has(Field::Subject) && has_address)
}

/// The lines of what may be a head: those with labels, and those that continue them.
fn head_lines<'t, 'a>(text: &'t Text<'a>, at: usize) -> Vec<&'t Line<'a>> {
    let mut lines = vec![&text.lines[at]];
    let (mut next, mut continued) = (at + 1, 0);
    while let Some(number) = text.next_filled(next).filter(|_| lines.len() < HEAD_MAX_LINES) {
        let line = &text.lines[number];
        let is_labelled = line.labels.first.is_some() || line.labels.is_foreign;
        // Below an empty line only a label goes on, and one empty line parts two at most. No head has its first label twice.
        let is_next_head = line.labels.first.is_some() && line.labels.first == lines[0].labels.first;
        if line.is_quoted || is_next_head || number > next + 1 || number > next && line.labels.first.is_none() {
            break;
        }
        continued = if is_labelled { 0 } else { continued + 1 };
        if continued > CONTINUED_MAX_LINES {
            break;
        }
        lines.push(line);
        next = number + 1;
    }
    lines
}

/// Whether the sender's line, or the one that continues it, has an address.
fn is_addressed(lines: &[&Line<'_>]) -> bool {
    let from = lines.iter().position(|line| line.labels.fields & bit(Field::From) != 0);
    from.is_some_and(|from| {
        let continued = lines.get(from + 1).filter(|line| line.labels.first.is_none());
        lines[from].plain.contains('@') || continued.is_some_and(|line| line.plain.contains('@'))
    })
}

/// Whether the subject is that of an answer: banks write a date and a subject too.
fn is_answered(lines: &[&Line<'_>]) -> bool {
    let subjects = lines.iter().filter(|line| line.labels.first == Some(Field::Subject));
    subjects.filter_map(|line| line.plain.split_once(':')).any(|(_, subject)| after_opening(ANSWERS, subject.trim_start()).is_some())
}

/// What the line announces, if it is such a line.
pub(super) fn mark(text: &Text<'_>, at: usize) -> Option<Mark> {
    let line = &text.lines[at];
    let plain = line.plain.as_str();
    let is_email_next = || text.next_filled(at + 1).is_some_and(|next| text.lines[next].is_quoted || is_head(text, next));
    if has(FORWARD_OPENINGS, plain.trim_end_matches([':', ' '])) && (plain.ends_with(':') || is_email_next()) {
        return Some(Mark::Forwarded);
    }
    if !plain.starts_with(DASHES) {
        return None;
    }
    let inner = plain.trim_start_matches(DASHES);
    if inner.is_empty() || plain.len() - inner.len() < 2 {
        return None;
    }
    for (table, mark) in [(ORIGINAL, Mark::Original), (FORWARDED, Mark::Forwarded)] {
        let after = after_opening(table, inner).map(str::trim_start);
        if after.is_some_and(|after| after.is_empty() || after == ":" || after.starts_with("--") || after.starts_with(['‐', '‑', '─', '—', '_', '=']))
        {
            return Some(mark);
        }
    }
    let is_reply_above = line.is_whole && plain.chars().count() <= REPLY_ABOVE_MAX_CHARS && !plain.contains('?');
    (is_reply_above && is_decorated(plain) && REPLY_ABOVE.iter().any(|words| inner.contains(words))).then_some(Mark::ReplyAbove)
}

/// Whether dashes stand at both ends: "-- por favor, leia acima desta linha" may be an item of a list.
fn is_decorated(plain: &str) -> bool {
    plain.starts_with("##") || plain.trim_end_matches(['.', ' ']).ends_with(DASHES)
}
