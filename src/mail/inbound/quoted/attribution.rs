//! The line above a quoted email: "Em seg., 23 de nov. de 2026 às 09:00, Suporte <s@example.com> escreveu:". It is known by its date, by
//! its verb, and by the name between them: where a person writes "Em 23/11/2026 comprei e ele escreveu:", no name stands there.

use super::dates::{Date, date, may_begin};
use super::lines::{Text, bare};
use super::words::{ARTICLES, AUXILIARIES, NO_NAMES, PARTICLES, QUOTING, WROTE, has};

/// Mail programs break such a line in up to so many.
const ATTRIBUTION_MAX_LINES: usize = 4;
/// A name takes no more words, its address left out.
const NAME_MAX_WORDS: usize = 12;
/// Words in small letters that a name may have where something else shows that a program wrote the line.
const NAME_MAX_SMALL_WORDS: usize = 3;
/// Zoho writes at least so many dashes around it.
const DASHES_MIN: usize = 3;

/// What is known of the lines around.
struct Around {
    /// Lines with the mark of quoted ones follow.
    quotes_follow: bool,
    /// An empty line follows, or nothing.
    gap_follows: bool,
    /// Dashes stand at both ends.
    is_dashed: bool,
}

/// The words between date and verb.
#[derive(Clone, Copy)]
struct Name {
    has_address: bool,
    small_words: usize,
    words: usize,
}

/// How many lines an attribution takes that begins here.
pub(super) fn attribution(text: &Text<'_>, at: usize) -> Option<usize> {
    let end = end(text, at)?;
    let (first, last) = (&text.lines[at], &text.lines[end]);
    let first_word = first.plain.trim_start_matches(['-', '—', ' ']).split(' ').next()?;
    if !first.has_verb && !may_begin(first_word) && !first.plain.contains('@') {
        return None;
    }
    let joined = text.lines[at..=end].iter().map(|line| line.tidy.as_str()).collect::<Vec<_>>().join(" ");
    let has_dashes = first.plain.bytes().take_while(|byte| *byte == b'-').count() >= DASHES_MIN;
    let around = Around {
        quotes_follow: text.is_quoted_from(end + 1),
        gap_follows: text.is_gap(end + 1) && !is_cited(text, end + 1),
        is_dashed: has_dashes && last.plain.ends_with(&"-".repeat(DASHES_MIN)),
    };
    is_attribution(&joined, &around).then_some(end + 1 - at)
}

/// Whether somebody cites by hand, in quotation marks.
fn is_cited(text: &Text<'_>, at: usize) -> bool {
    text.next_filled(at).is_some_and(|next| text.lines[next].plain.starts_with(['"', '“', '”', '«', '\'', '‘']))
}

/// The line in which an attribution ends that begins here. It is never broken by an empty line.
fn end(text: &Text<'_>, at: usize) -> Option<usize> {
    let last = text.lines.len().min(at + ATTRIBUTION_MAX_LINES);
    for number in at..last {
        let line = &text.lines[number];
        if line.is_empty() || line.is_quoted {
            return None;
        }
        if line.ends_attribution {
            return Some(number);
        }
    }
    None
}

pub(super) fn ends_attribution(plain: &str, has_verb: bool) -> bool {
    if plain.ends_with(':') {
        return true;
    }
    let last = || plain.rsplit([' ', '>']).next().unwrap_or_default();
    has_verb && (plain.ends_with("--") || has(WROTE, bare(last())) || has_inner_verb(plain))
}

/// Yahoo on a phone goes on with the quoted email in the same line.
fn has_inner_verb(plain: &str) -> bool {
    plain.split([' ', '>']).any(|word| word.ends_with(':') && has(WROTE, bare(word)))
}

fn is_attribution(joined: &str, around: &Around) -> bool {
    // "Suporte<s@example.com>escreveu:" has three words.
    let spaced = joined.replace('<', " <").replace('>', "> ").replace("> :", ">:");
    let spaced = spaced.trim_matches(|char| char == '-' || char == '—' || char == ' ');
    let tidy: Vec<&str> = spaced.split(' ').filter(|word| !word.is_empty()).collect();
    let plain: Vec<String> = tidy.iter().map(|word| word.to_lowercase()).collect();
    let when = date(&plain);
    let verb = plain.iter().position(|word| has(WROTE, bare(word)));
    match verb {
        Some(verb) if when.has_day && verb >= when.words => is_dated_first(&tidy, &plain, when, verb, around),
        Some(verb) => is_named_first(&tidy, &plain, verb, around),
        None => is_without_verb(&tidy, &plain, when, around),
    }
}

/// "Date, name wrote:", "Date wrote name:".
fn is_dated_first(tidy: &[&str], plain: &[String], when: Date, verb: usize, around: &Around) -> bool {
    let before = if verb > when.words && has(AUXILIARIES, &plain[verb - 1]) { &tidy[when.words..verb - 1] } else { &tidy[when.words..verb] };
    let mut after = &tidy[verb + 1..];
    // French puts a space before the colon, Dutch ends with "het volgende geschreven".
    let has_colon = tidy.last().is_some_and(|last| last.ends_with(':'));
    if after.first() == Some(&":") {
        after = &after[1..];
    }
    if !before.is_empty() && !after.is_empty() {
        // The quoted email follows in the same line: only what no person writes is enough.
        let is_marked = plain[verb].ends_with(':') || tidy[verb + 1] == ":";
        let is_after_address = before.last().is_some_and(|last| last.ends_with('>'));
        return is_marked
            && is_after_address
            && when.has_time
            && name(before).is_some_and(|name| name.has_address && name.small_words <= NAME_MAX_SMALL_WORDS);
    }
    let named = if after.is_empty() { before } else { after };
    let Some(name) = name(named) else { return false };
    if around.is_dashed {
        return true;
    }
    if !has_colon {
        return name.has_address && when.has_time && (around.quotes_follow || around.gap_follows);
    }
    is_evident(name, when, around)
}

/// Whether enough shows that a program wrote it.
fn is_evident(name: Name, when: Date, around: &Around) -> bool {
    let is_short = name.small_words <= NAME_MAX_SMALL_WORDS;
    if around.quotes_follow || name.has_address && when.has_time {
        return is_short;
    }
    if name.has_address {
        return name.small_words == 0;
    }
    if when.has_time {
        return around.gap_follows && (name.small_words == 0 || is_short && when.ends_with_comma);
    }
    name.small_words == 0 && around.gap_follows
}

/// "Name <address> wrote (date):", "Name <address> wrote on date:".
fn is_named_first(tidy: &[&str], plain: &[String], verb: usize, around: &Around) -> bool {
    let before = if verb > 0 && has(AUXILIARIES, &plain[verb - 1]) { &tidy[..verb - 1] } else { &tidy[..verb] };
    let Some(name) = name(before) else { return false };
    let after: Vec<String> = plain[verb + 1..].iter().filter(|word| *word != ":").cloned().collect();
    let has_colon = tidy.last().is_some_and(|last| last.ends_with(':'));
    if after.is_empty() {
        // Without a date.
        return around.is_dashed || has_colon && name.has_address && name.small_words == 0 && around.quotes_follow;
    }
    let when = date(&after);
    if !has_colon || !when.has_day || when.words < after.len() {
        return false;
    }
    let is_in_brackets = tidy[verb + 1].starts_with('(') && tidy.last().is_some_and(|last| last.trim_end_matches([':', ' ']).ends_with(')'));
    let is_sure = name.has_address && (when.has_time || around.gap_follows) || around.quotes_follow || is_in_brackets && when.has_time;
    is_sure && name.small_words <= if name.has_address { NAME_MAX_SMALL_WORDS } else { 0 }
}

/// "2026-11-23 9:00 GMT-03:00 Name <address>:", "Citando Name <address>:".
fn is_without_verb(tidy: &[&str], plain: &[String], when: Date, around: &Around) -> bool {
    let ends_with_address = plain.last().is_some_and(|last| last.ends_with(">:") || last.ends_with('>') && around.quotes_follow);
    let is_quoting = around.quotes_follow && plain.first().is_some_and(|first| has(QUOTING, first));
    let is_dated = when.has_day && (when.has_time || around.quotes_follow);
    (is_dated || is_quoting)
        && ends_with_address
        && name(&tidy[when.words..]).is_some_and(|name| name.has_address && name.small_words <= NAME_MAX_SMALL_WORDS)
}

/// What the words tell as a name; `None` if they are a sentence.
fn name(words: &[&str]) -> Option<Name> {
    let mut name = Name { has_address: false, small_words: 0, words: 0 };
    let mut is_in_address = false;
    if words.first().is_some_and(|first| has(ARTICLES, first)) {
        return None;
    }
    for (number, word) in words.iter().enumerate() {
        let opens = word.starts_with('<') || word.starts_with('[') || word.starts_with("(<");
        let is_part = is_in_address || opens || word.contains('@');
        name.has_address |= word.contains('@');
        is_in_address = (is_in_address || opens) && !word.contains(['>', ']']);
        if is_part || bare(word).is_empty() {
            continue;
        }
        let lower = bare(word).to_lowercase();
        let is_small = word.starts_with(char::is_lowercase) && !has(PARTICLES, &lower);
        let is_last = number + 1 == words.len();
        let ends_sentence = word.ends_with(['!', '?', ';']) || !is_last && (word.ends_with(':') || is_small && word.ends_with('.'));
        if ends_sentence || has(NO_NAMES, &lower) && (is_small || lower == "i") {
            return None;
        }
        name.words += 1;
        name.small_words += usize::from(is_small);
    }
    (name.words <= NAME_MAX_WORDS && (name.words > 0 || name.has_address)).then_some(name)
}
