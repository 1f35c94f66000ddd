//! Text as a reader takes it in, whatever was done to its letters to hide it from a program.

use crate::values::fold;

/// So many letters standing alone in a row are one word pulled apart. Shorter rows occur ("a b c", "e a 1 b").
const SPACED_MIN: usize = 5;

/// Small letters without accents, look-alikes as what they look like, words pulled apart joined, one space around each word.
pub(super) fn plain(text: &str) -> String {
    let folded: String = fold(text).chars().map(lookalike).collect();
    let words: Vec<&str> = folded.split(|char: char| !char.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let mut plain = String::from(" ");
    let mut rest = words.as_slice();
    while let Some((word, after)) = rest.split_first() {
        let alone = alone_at_start(rest);
        if alone >= SPACED_MIN {
            plain.extend(rest[..alone].iter().copied());
            rest = &rest[alone..];
        } else {
            plain.push_str(&spelled(word));
            rest = after;
        }
        plain.push(' ');
    }
    plain
}

/// Whether a word is pulled apart: letters that stand alone, five or more in a row.
pub(super) fn is_spaced_out(text: &str) -> bool {
    let words: Vec<&str> = text.split(|char: char| !char.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    (0..words.len()).any(|at| {
        let alone = alone_at_start(&words[at..]);
        alone >= SPACED_MIN && words[at..at + alone].iter().filter(|word| word.chars().all(char::is_alphabetic)).count() >= SPACED_MIN
    })
}

/// Words in which letters of the Latin script stand beside ones of another that look the same.
pub(super) fn mixed_words(text: &str) -> usize {
    let mixed = |word: &&str| word.chars().any(|char| char.is_ascii_alphabetic()) && word.chars().any(|char| lookalike(char) != char);
    text.split(|char: char| !char.is_alphanumeric()).filter(mixed).count()
}

/// Nothing that anybody could answer: keys struck at random, or the same word over and over.
pub(super) fn is_gibberish(message: &str) -> bool {
    let words: Vec<&str> = message.split_whitespace().collect();
    let struck = |word: &&str| {
        let letters: Vec<char> = word.chars().collect();
        let rises = letters.windows(2).filter(|pair| pair[0].is_lowercase() && pair[1].is_uppercase()).count();
        let first = letters.first();
        letters.len() >= 8 && (rises >= 3 || letters.iter().all(|letter| Some(letter) == first))
    };
    let rows = ["qwert", "asdf", "zxcv"];
    let start = |word: &str| word.chars().take(4).flat_map(char::to_lowercase).collect::<String>();
    let same = words.len() >= 3 && words.iter().all(|word| start(word) == start(words[0]));
    let keys = words.len() <= 4 && words.iter().all(|word| rows.iter().any(|row| word.to_lowercase().starts_with(row)));
    let digits = words.len() == 1 && message.trim().chars().all(|char| char.is_ascii_digit());
    same || keys || digits || (words.len() <= 3 && words.iter().all(struck))
}

fn alone_at_start(words: &[&str]) -> usize {
    words.iter().take_while(|word| word.chars().count() == 1).count()
}

/// Digits inside a word as the letters that they stand for: `b00st`.
fn spelled(word: &str) -> String {
    let letters = word.chars().filter(|char| char.is_alphabetic()).count();
    if letters < 2 || letters == word.chars().count() || word.starts_with(|char: char| char.is_ascii_digit() && char != '1') {
        return word.to_owned();
    }
    let letter = |char| match char {
        '0' => 'o',
        '1' => 'i',
        '3' => 'e',
        other => other,
    };
    word.chars().map(letter).collect()
}

/// The Latin letter that a small or capital letter of another script looks like.
fn lookalike(char: char) -> char {
    match char {
        'а' | 'А' | 'α' | 'Α' => 'a',
        'в' | 'В' | 'Β' => 'b',
        'с' | 'С' => 'c',
        'е' | 'Е' | 'ε' | 'Ε' => 'e',
        'н' | 'Н' | 'Η' => 'h',
        'і' | 'І' | 'ι' | 'Ι' => 'i',
        'ј' | 'Ј' => 'j',
        'к' | 'К' | 'κ' | 'Κ' => 'k',
        'м' | 'М' | 'Μ' => 'm',
        'о' | 'О' | 'ο' | 'Ο' => 'o',
        'р' | 'Р' | 'ρ' | 'Ρ' => 'p',
        'ѕ' | 'Ѕ' => 's',
        'т' | 'Т' | 'τ' | 'Τ' => 't',
        'х' | 'Х' | 'χ' | 'Χ' => 'x',
        'у' | 'У' | 'Υ' => 'y',
        'ν' => 'v',
        'ԛ' => 'q',
        'ԝ' => 'w',
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hidden_words_are_read() {
        assert_eq!(plain("Сhеар ЅЕО"), " cheap seo ");
        assert_eq!(plain("b a c k l i n k s, b00st e rank1ngs"), " backlinks boost e rankings ");
        assert_eq!(plain("v.i.a.g.r.a; comissão"), " viagra comissao ");
        assert_eq!(plain(""), " ");
    }

    #[test]
    fn names_in_other_scripts_and_short_notes_are_no_sign() {
        assert_eq!(mixed_words("Рустам Каримов (Rustam Karimov), 田辺ゆき"), 0);
        assert_eq!(mixed_words("Сhеар"), 1);
        assert!(!is_spaced_out("é o 1 e o 2") && is_spaced_out("I P T V 4 K H D"));
        assert!(is_gibberish("mNbVcXyLkJhGfDsA") && is_gibberish("test test test") && is_gibberish("zzzzzzzzzzzz"));
        assert!(!is_gibberish("refund please") && !is_gibberish("cadê o link pra baixar o ebook"));
    }
}
