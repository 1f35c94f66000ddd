//! Prints of a message by which a text is known again although some of its words were changed.

pub(in crate::tickets) mod store;

use std::collections::BTreeSet;

use super::text;
use crate::key::ServerKey;

/// Fewer words say what many people say: "I want to cancel my subscription".
const WORDS_MIN: usize = 10;
/// Words of one print.
const WORDS_PER_PRINT: usize = 3;
/// Prints kept of a message: of all those, the smallest, so that two texts with much in common keep the same ones.
const PRINTS_MAX: usize = 8;
/// So many prints in common are the same text.
const SAME_FROM_PRINTS: i64 = 3;

/// The prints; none for a short text. Numbers don't count: they are what a campaign changes first. Nor do addresses: those who sell here all paste
/// links to the same place. Without the server's key no
/// text can be guessed from them.
pub(in crate::tickets) fn prints(message: &str, key: &ServerKey) -> Vec<String> {
    let told: Vec<&str> = message.split_whitespace().filter(|word| !word.contains("://")).collect();
    let plain = text::plain(&told.join(" "));
    let words: Vec<&str> = plain.split_whitespace().filter(|word| word.chars().all(char::is_alphabetic)).collect();
    if words.len() < WORDS_MIN {
        return Vec::new();
    }
    let tags: BTreeSet<String> = words.windows(WORDS_PER_PRINT).map(|part| key.tag("campaign", &[part.join(" ").as_bytes()])).collect();
    tags.into_iter().take(PRINTS_MAX).collect()
}
