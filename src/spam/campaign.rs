//! Shingles of a message by which a text is known again although some of its words were changed.

pub(super) mod store;

use std::collections::BTreeSet;

use super::text;
use crate::key::ServerKey;

/// Fewer words say what many people say: "I want to cancel my subscription".
const WORDS_MIN: usize = 10;
/// Words of one shingle.
const WORDS_PER_SHINGLE: usize = 3;
/// Shingles kept of a message: of all those, the smallest, so that two texts with much in common keep the same ones.
const SHINGLES_MAX: usize = 16;
/// Half of so many shingles in common are the same text with some words changed.
const COPIED_FROM_SHINGLES: usize = 12;
/// A third in common, and so many, can be chance where thousands write, or a campaign whose text is written anew each time.
const ALIKE_FROM_SHINGLES: usize = 5;

/// How much of a message came before, in one message of somebody else. The phrases of many together would make up anybody's message.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) enum Similarity {
    #[default]
    None,
    /// It says little by itself.
    Alike,
    Copied,
}

impl Similarity {
    fn of(common: usize, shingles: usize) -> Self {
        if shingles >= COPIED_FROM_SHINGLES && common * 2 >= shingles {
            Self::Copied
        } else if common >= ALIKE_FROM_SHINGLES && common * 3 >= shingles {
            Self::Alike
        } else {
            Self::None
        }
    }
}

/// The shingles; none for a short text. Numbers don't count: they are what a campaign changes first. Nor do addresses: those who sell here all paste
/// links to the same place. Without the server's key no text can be guessed from them.
pub(super) fn shingles(message: &str, key: &ServerKey) -> Vec<String> {
    let told: Vec<&str> = message.split_whitespace().filter(|word| !word.contains("://")).collect();
    let plain = text::plain(&told.join(" "));
    let words: Vec<&str> = plain.split_whitespace().filter(|word| word.chars().all(char::is_alphabetic)).collect();
    if words.len() < WORDS_MIN {
        return Vec::new();
    }
    let tags: BTreeSet<String> = words.windows(WORDS_PER_SHINGLE).map(|part| key.tag("campaign", &[part.join(" ").as_bytes()])).collect();
    tags.into_iter().take(SHINGLES_MAX).collect()
}

#[cfg(test)]
mod tests {
    use super::Similarity;

    #[test]
    fn a_copy_has_half_of_a_text_and_a_short_text_proves_nothing() {
        for (common, shingles, similarity) in [
            (0, 0, Similarity::None),
            (8, 8, Similarity::Alike),
            (4, 8, Similarity::None),
            (5, 15, Similarity::Alike),
            (5, 16, Similarity::None),
            (6, 12, Similarity::Copied),
            (8, 16, Similarity::Copied),
            (7, 16, Similarity::Alike),
        ] {
            assert_eq!(Similarity::of(common, shingles), similarity, "{common} of {shingles}");
        }
    }
}
