//! Letters without their accents, in lower case: what two spellings of one word have in common.

use unicode_normalization::char::{decompose_compatible, is_combining_mark};

/// Calls `visit` with each letter that a letter becomes.
pub fn fold_letter(letter: char, mut visit: impl FnMut(char)) {
    for lower in letter.to_lowercase() {
        let plain = match lower {
            'ß' => "ss",
            'æ' => "ae",
            'œ' => "oe",
            'ø' => "o",
            'ł' => "l",
            'đ' | 'ð' => "d",
            'þ' => "th",
            'ı' => "i",
            _ => "",
        };
        plain.chars().for_each(&mut visit);
        if plain.is_empty() {
            decompose_compatible(lower, |part| {
                if !is_combining_mark(part) {
                    part.to_lowercase().for_each(&mut visit);
                }
            });
        }
    }
}

/// A text with each of its letters so.
pub fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    text.chars().for_each(|letter| fold_letter(letter, |plain| folded.push(plain)));
    folded
}

#[cfg(test)]
mod tests {
    use super::fold;

    #[test]
    fn accents_and_capitals_do_not_count() {
        assert_eq!(fold("AÇÃO, Straße, ŒUVRE, ﬁm, ÍNDICE"), "acao, strasse, oeuvre, fim, indice");
        assert_eq!(fold("e\u{301}"), "e", "a mark by itself");
    }
}
