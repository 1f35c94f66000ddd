//! Dates as mail programs write them, word by word: "seg., 23 de nov. de 2026 às 09:00", "2026-11-23 9:00 GMT-03:00".

use super::lines::bare;
use super::words::{CLOCK, CONNECTIVES, MONTHS, WEEKDAYS, has};

/// A date at the beginning of some words.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Date {
    /// How many words it takes, with those that stand before and within it.
    pub(super) words: usize,
    /// Whether it names a day of a month: a year alone or a day of the week is no date.
    pub(super) has_day: bool,
    pub(super) has_time: bool,
    /// Whether a comma ends it.
    pub(super) ends_with_comma: bool,
}

enum Part {
    /// "23/11/2026", "11-Apr-2011", "23/11".
    Whole,
    Time,
    /// A number of one or two digits.
    Day,
    Month,
    /// A day of the week, a year, "GMT-03:00".
    Other,
    Connective,
}

/// Reads a date, as many words as belong to it. The words are in small letters.
pub(super) fn date(words: &[String]) -> Date {
    let (mut date, mut has_day, mut has_month, mut has_whole) = (Date::default(), false, false, false);
    let mut end = 0;
    for (number, word) in words.iter().enumerate() {
        let Some(part) = part(word) else { break };
        match part {
            Part::Whole => has_whole = true,
            Part::Time => date.has_time = true,
            Part::Day => has_day = true,
            Part::Month => has_month = true,
            Part::Other => {}
            // "Em 23/11/2026 o vendedor": the last word belongs to the vendor.
            Part::Connective => continue,
        }
        end = number + 1;
    }
    date.words = end;
    date.has_day = has_whole || has_day && has_month;
    date.ends_with_comma = end.checked_sub(1).is_some_and(|last| words[last].ends_with(','));
    date
}

/// Whether a word may begin a date or what stands before one.
pub(super) fn may_begin(word: &str) -> bool {
    part(word).is_some()
}

fn part(word: &str) -> Option<Part> {
    if matches!(word, "-" | "–" | "—" | "@") {
        return Some(Part::Connective);
    }
    let word = bare(word);
    let first = word.chars().next()?;
    if first.is_ascii_digit() {
        return number(word);
    }
    if first.is_alphabetic() {
        return if has(CONNECTIVES, word) {
            Some(Part::Connective)
        } else if has(MONTHS, word) {
            Some(Part::Month)
        } else if has(WEEKDAYS, word) || has(CLOCK, word) || is_zone(word) {
            Some(Part::Other)
        } else {
            whole(word)
        };
    }
    let is_offset = ['+', '-', '−'].contains(&first) && word.len() <= 8 && word.chars().skip(1).all(|char| char.is_ascii_digit() || char == ':');
    is_offset.then_some(Part::Other)
}

fn is_zone(word: &str) -> bool {
    let offset = word.strip_prefix("gmt").or_else(|| word.strip_prefix("utc"));
    offset.is_some_and(|offset| offset.len() <= 6 && offset.chars().all(|char| char.is_ascii_digit() || "+-−:".contains(char)))
}

fn number(word: &str) -> Option<Part> {
    let digits = word.bytes().take_while(u8::is_ascii_digit).count();
    match (digits, &word[digits..]) {
        (1 | 2, "" | "º" | "°" | "ª" | "st" | "nd" | "rd" | "th" | "er") => Some(Part::Day),
        (4, "") if word.starts_with("19") || word.starts_with("20") => Some(Part::Other),
        (1 | 2, "h" | "hs" | "hrs" | "am" | "pm") => Some(Part::Time),
        (1 | 2, rest) if is_time(rest) => Some(Part::Time),
        _ => whole(word),
    }
}

/// What follows the hour: ":00", ":00:00", "h30", ".50", ":49pm".
fn is_time(after_hour: &str) -> bool {
    let Some(rest) = after_hour.strip_prefix([':', 'h', '.']) else { return false };
    let rest = ["am", "pm", "min", "h"].iter().find_map(|end| rest.strip_suffix(end)).unwrap_or(rest);
    let pairs = rest.split([':', '.']);
    rest.len() <= 5 && pairs.into_iter().all(|pair| pair.len() == 2 && pair.bytes().all(|byte| byte.is_ascii_digit()))
}

/// A date in one word.
fn whole(word: &str) -> Option<Part> {
    if word.len() > 20 {
        return None;
    }
    let separator = word.chars().find(|char| "/-.".contains(*char))?;
    let is_part = |part: &str| {
        let part = part.trim_matches('.');
        matches!(part.len(), 1..=4) && part.bytes().all(|byte| byte.is_ascii_digit()) || has(MONTHS, part)
    };
    let parts: Vec<&str> = word.split(separator).collect();
    let has_digits = word.contains(|char: char| char.is_ascii_digit());
    let is_date = match parts.as_slice() {
        [one, two, three] => is_part(one) && is_part(two) && is_part(three),
        // "23/11"; "10-20" and "1.5" are not.
        [one, two] => separator == '/' && one.len() <= 2 && two.len() <= 2 && is_part(one) && is_part(two),
        _ => false,
    };
    (is_date && has_digits).then_some(Part::Whole)
}
