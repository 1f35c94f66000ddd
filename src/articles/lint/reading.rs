//! How easy a text is to read, by the formula of its language: 100 is very easy, 0 very hard.

use super::syllables;
use super::text::{Text, words};
use crate::articles::problem::Findings;
use crate::i18n::Lang;

/// With fewer words a formula says nothing.
const WORDS_MIN: usize = 100;

/// Below this a text is harder than help for everybody may be. Our own articles lie between 65 and 90; the scales differ from language to
/// language.
fn ease_min(lang: Lang) -> f64 {
    match lang {
        Lang::Pt | Lang::En => 60.0,
        Lang::Es => 65.0,
    }
}

/// The formula's value from words in a sentence and syllables in a word, both on average.
///
/// - English: Flesch, "A new readability yardstick", Journal of Applied Psychology 32 (1948).
/// - Spanish: Fernández Huerta, "Medidas sencillas de lecturabilidad" (1959), in the form that Law corrected in 2011: words in a
///   sentence, not sentences in a hundred words.
/// - Portuguese: Martins, Ghiraldelo, Nunes and Oliveira, "Readability formulas applied to textbooks in Brazilian Portuguese", Notas
///   do ICMSC-USP 28 (1996): Flesch and 42, because Portuguese words have more syllables.
fn ease(lang: Lang, words_in_sentence: f64, syllables_in_word: f64) -> f64 {
    match lang {
        Lang::Pt => 248.835 - 1.015 * words_in_sentence - 84.6 * syllables_in_word,
        Lang::Es => 206.84 - 1.02 * words_in_sentence - 60.0 * syllables_in_word,
        Lang::En => 206.835 - 1.015 * words_in_sentence - 84.6 * syllables_in_word,
    }
}

pub(super) fn check(text: &Text, findings: &mut Findings) {
    let Some(ease) = ease_of(text) else { return };
    let least = ease_min(text.lang);
    if ease < least {
        let line = text.prose.first().map_or(1, |block| block.line());
        let what = format!("The text is hard to read: {ease:.0} by the formula of its language, where help should have {least:.0} or more.");
        findings.taste(line, what, "Write shorter sentences and everyday words.");
    }
}

/// `None` for a text that is too short to be judged.
fn ease_of(text: &Text) -> Option<f64> {
    let (mut sentence_count, mut word_count, mut syllable_count) = (0_usize, 0_usize, 0_usize);
    for (_, sentence) in text.prose.iter().flat_map(|block| block.sentences()) {
        let before = word_count;
        // Amounts, codes and addresses are not read syllable by syllable.
        for word in words(sentence).filter(|word| !word.contains(|letter: char| letter.is_ascii_digit() || matches!(letter, '@' | '/'))) {
            word_count += 1;
            syllable_count += syllables::count(word, text.lang);
        }
        sentence_count += usize::from(word_count > before);
    }
    let average = |sum: usize, count: usize| sum as f64 / count as f64;
    (word_count >= WORDS_MIN).then(|| ease(text.lang, average(word_count, sentence_count), average(syllable_count, word_count)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_formulas_are_those_of_their_authors() {
        assert!((ease(Lang::En, 10.0, 1.5) - 69.785).abs() < 0.001);
        assert!((ease(Lang::Es, 10.0, 2.0) - 76.64).abs() < 0.001);
        assert!((ease(Lang::Pt, 10.0, 2.0) - 69.485).abs() < 0.001);
    }
}
