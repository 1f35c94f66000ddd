//! What the learned weights look at: words, pairs of words, parts of words, and how a message is made. Each becomes a place in a small
//! table, so that no list of words is kept and a word that was never seen still counts by its parts.

use super::links::Links;
use super::submission::Submission;
use super::text;

/// Places of the table. Two features that share one can't be told apart: harmless while it is far larger than a message.
pub(super) const TABLE: usize = 1 << 16;
/// Letters of a part of a word: the stems that Portuguese, Spanish and English share are found by it.
const PART_CHARS: usize = 4;
const WORD_MAX_CHARS: usize = 30;
/// A longer message has said by then what it is about.
const WORDS_MAX: usize = 600;
const TELEPHONE_MIN_DIGITS: usize = 10;

/// The places of a message's features, each once.
pub(super) fn places(of: &Submission<'_>) -> Vec<usize> {
    let plain = text::plain(&format!("{}\n{}", of.subject, of.message));
    let number = |word: &str| word.bytes().all(|byte| byte.is_ascii_digit());
    let words: Vec<&str> = plain.split_whitespace().take(WORDS_MAX).map(|word| if number(word) { "0" } else { word }).collect();
    let mut found: Vec<usize> = words.windows(2).map(|pair| place("pair", pair[0], pair[1])).collect();
    for word in &words {
        found.push(place("word", word, ""));
        let marked: Vec<char> = std::iter::once('^').chain(word.chars().take(WORD_MAX_CHARS)).chain(std::iter::once('$')).collect();
        found.extend(marked.windows(PART_CHARS).map(|part| place("part", &part.iter().collect::<String>(), "")));
    }
    found.extend(make(of, words.len()).into_iter().filter(|(_, holds)| *holds).map(|(sign, _)| place("make", sign, "")));
    found.push(place("reason", of.reason, ""));
    found.sort_unstable();
    found.dedup();
    found
}

/// How a message is made, whatever it says.
fn make(of: &Submission<'_>, words: usize) -> [(&'static str, bool); 21] {
    let all = format!("{}\n{}\n{}", of.subject, of.name, of.message);
    let (links, lower) = (Links::of(&all), all.to_lowercase());
    let (local, domain) = of.email.rsplit_once('@').unwrap_or((of.email, ""));
    let (local, name) = (text::plain(local), text::plain(of.name));
    let letters = all.chars().filter(|char| char.is_alphabetic()).count();
    let share = |of: fn(&char) -> bool| all.chars().filter(of).count() * 4 > letters;
    [
        ("code", of.has_code),
        ("one link", links.count == 1),
        ("links", links.count > 1),
        ("many links", links.count > 3),
        ("short link", links.short),
        ("conversation", links.conversation),
        ("program", links.program),
        ("anchors", links.anchors > 0),
        ("mostly links", links.share >= 25),
        ("own name in address", name.split_whitespace().any(|part| part.chars().count() > 2 && local.contains(part))),
        ("own site", domain.contains('.') && lower.contains(domain) && !lower.contains(&format!("@{domain}"))),
        ("few words", words < 5),
        ("many words", words > 80),
        ("capitals", share(|char| char.is_uppercase())),
        ("another script", share(|char| char.is_alphabetic() && u32::from(*char) > 0x24f)),
        ("percent", all.contains('%')),
        ("money", all.contains(['$', '€', '£'])),
        ("exclamation", all.contains('!')),
        ("question", all.contains('?')),
        ("telephone", has_telephone(&all)),
        ("handle", all.split_whitespace().any(|word| word.starts_with('@'))),
    ]
}

fn has_telephone(text: &str) -> bool {
    let mut digits = 0;
    text.chars().any(|char| {
        digits = match char {
            '0'..='9' => digits + 1,
            ' ' | '-' | '(' | ')' | '.' | '+' => digits,
            _ => 0,
        };
        digits >= TELEPHONE_MIN_DIGITS
    })
}

/// FNV-1a, folded into the table.
fn place(kind: &str, one: &str, other: &str) -> usize {
    let bytes = kind.bytes().chain([0]).chain(one.bytes()).chain([0]).chain(other.bytes());
    let hash = bytes.fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3));
    ((hash ^ (hash >> 32)) % TABLE as u64) as usize
}
