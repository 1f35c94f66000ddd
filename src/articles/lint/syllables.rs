//! How many syllables a word has, as exactly as an average needs.

use crate::i18n::Lang;

/// At least one.
pub(super) fn count(word: &str, lang: Lang) -> usize {
    let letters: Vec<char> = word.chars().filter(|letter| letter.is_alphabetic()).flat_map(char::to_lowercase).collect();
    let count = match lang {
        Lang::En => english(&letters),
        Lang::Pt | Lang::Es => romance(&letters),
    };
    count.max(1)
}

fn is_vowel(letter: char) -> bool {
    is_strong(letter) || matches!(letter, 'i' | 'u' | 'ü' | 'í' | 'ú' | 'y')
}

fn is_strong(letter: char) -> bool {
    matches!(letter, 'a' | 'e' | 'o' | 'á' | 'é' | 'ó' | 'â' | 'ê' | 'ô' | 'à' | 'ã' | 'õ')
}

/// Vowels side by side are one syllable, unless both are strong or a weak one bears the accent (po-e-ta, pa-ís).
/// A nasal one takes the next with it (não, põe).
fn romance(letters: &[char]) -> usize {
    let mut count = 0;
    let mut before = None;
    for (at, letter) in letters.iter().copied().enumerate() {
        // Everywhere but at the end of a word, y is a consonant (ayuda, ley).
        let is_vowel = is_vowel(letter) && (letter != 'y' || at + 1 == letters.len());
        if is_vowel {
            let goes_on = before.is_some_and(|before| is_vowel_pair_of_one(before, letter));
            count += usize::from(!goes_on);
        }
        before = is_vowel.then_some(letter);
    }
    count
}

fn is_vowel_pair_of_one(before: char, letter: char) -> bool {
    matches!(before, 'ã' | 'õ') || !((is_strong(before) && is_strong(letter)) || matches!(before, 'í' | 'ú') || matches!(letter, 'í' | 'ú'))
}

/// Groups of vowels, without those that are written and not spoken at the end (take, asked, names).
fn english(letters: &[char]) -> usize {
    let mut count = 0;
    let mut in_group = false;
    for letter in letters.iter().copied() {
        count += usize::from(is_vowel(letter) && !in_group);
        in_group = is_vowel(letter);
    }
    let silent = match letters {
        // ta-ble
        [.., before, 'l', 'e'] if !is_vowel(*before) => false,
        [.., before, 'e'] => !is_vowel(*before),
        [.., before, 'e', 'd'] => !is_vowel(*before) && !matches!(before, 't' | 'd'),
        [.., before, 'e', 's'] => !is_vowel(*before) && !matches!(before, 's' | 'z' | 'x' | 'c' | 'g' | 'h'),
        _ => false,
    };
    count - usize::from(silent && count > 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn syllables_are_counted_as_speakers_do() {
        let cases = [
            (Lang::Pt, "reembolso", 4),
            (Lang::Pt, "não", 1),
            (Lang::Pt, "você", 2),
            (Lang::Pt, "transações", 3),
            (Lang::Pt, "país", 2),
            (Lang::Pt, "quem", 1),
            (Lang::Es, "devolución", 4),
            (Lang::Es, "día", 2),
            (Lang::Es, "ley", 1),
            (Lang::Es, "ayuda", 3),
            (Lang::Es, "puedes", 2),
            (Lang::En, "take", 1),
            (Lang::En, "asked", 1),
            (Lang::En, "needed", 2),
            (Lang::En, "purchase", 2),
            (Lang::En, "table", 2),
            (Lang::En, "you", 1),
            (Lang::En, "the", 1),
        ];
        for (lang, word, syllables) in cases {
            assert_eq!(count(word, lang), syllables, "{word}");
        }
    }
}
