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
const PRINTS_MAX: usize = 16;
/// Half of so many prints in common are the same text with some words changed.
const COPIED_FROM_PRINTS: usize = 12;
/// A third in common, and so many, can be chance where thousands write, or a campaign whose text is written anew each time.
const ALIKE_FROM_PRINTS: usize = 5;

/// How much of a message came before, in one message of somebody else. The phrases of many together would make up anybody's message.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(in crate::tickets) enum Likeness {
    #[default]
    None,
    /// It says little by itself.
    Alike,
    Copied,
}

impl Likeness {
    fn of(common: usize, prints: usize) -> Self {
        if prints >= COPIED_FROM_PRINTS && common * 2 >= prints {
            Self::Copied
        } else if common >= ALIKE_FROM_PRINTS && common * 3 >= prints {
            Self::Alike
        } else {
            Self::None
        }
    }
}

/// The prints; none for a short text. Numbers don't count: they are what a campaign changes first. Nor do addresses: those who sell here all paste
/// links to the same place. Without the server's key no text can be guessed from them.
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

#[cfg(test)]
mod tests {
    use super::Likeness;

    #[test]
    fn a_copy_has_half_of_a_text_and_a_short_text_proves_nothing() {
        for (common, prints, likeness) in [
            (0, 0, Likeness::None),
            (8, 8, Likeness::Alike),
            (4, 8, Likeness::None),
            (5, 15, Likeness::Alike),
            (5, 16, Likeness::None),
            (6, 12, Likeness::Copied),
            (8, 16, Likeness::Copied),
            (7, 16, Likeness::Alike),
        ] {
            assert_eq!(Likeness::of(common, prints), likeness, "{common} of {prints}");
        }
    }
}
