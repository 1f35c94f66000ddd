//! An article's summary as the answer on top, before any sentence: it was written to answer. It answers what its article is about, so what has to be
//! sure is that this is the article wanted: that no other is nearly as near to the question, in meaning and in words.
//!
//! The constants are those of a logistic regression on judged questions (hint3, covidfaq) over how far the first article is ahead. Both measures are
//! against the best other article and not against the mean, so that it does not matter how many others there are.

use super::analyser::each_word;
use super::ranking::Ranked;
use crate::i18n::Lang;
use crate::search::semantic::Similarities;

/// Worth of a hundredth of similarity ahead, of all words ahead, and of all words held.
const AHEAD: f32 = 0.5;
const WORDS_AHEAD: f32 = 1.84;
const COVERAGE: f32 = 0.92;
/// Up: fewer and surer answers; down: more of them, more wrong ones.
const LEAST_CONFIDENCE: f32 = 1.2;

/// How sure it is that an article is the one wanted. `by_words`: the articles found by their words; `coverage`: share of the question's worth that
/// the article holds.
pub(super) fn is_wanted(key: usize, similarities: &Similarities, by_words: &[Ranked], coverage: f32) -> bool {
    let own_words = by_words.iter().find(|ranked| ranked.key == key).map_or(0.0, |ranked| ranked.score);
    let other_words = by_words.iter().filter(|ranked| ranked.key != key).map(|ranked| ranked.score).fold(0.0, f32::max);
    let most_words = own_words.max(other_words).max(f32::MIN_POSITIVE);
    let ahead = 100.0 * similarities.ahead(key);
    // Of an article that has not been read nothing is sure.
    AHEAD * ahead + WORDS_AHEAD * (own_words - other_words) / most_words + COVERAGE * coverage >= LEAST_CONFIDENCE
}

/// Whether a summary says something. One that begins with a question word lists what the article is about.
pub(super) fn answers(lang: Lang, summary: &str) -> bool {
    let openers: &[&str] = match lang {
        Lang::Pt => &["onde", "como", "quando", "qual", "quais", "quanto", "quanta", "quantos", "quantas", "quem", "o que", "por que"],
        Lang::Es => &["donde", "como", "cuando", "cual", "cuales", "cuanto", "cuanta", "cuantos", "cuantas", "quien", "que", "por que"],
        Lang::En => &["where", "how", "when", "which", "what", "who", "why"],
    };
    let mut words = Vec::new();
    each_word(summary, |_, form| words.push(form.to_owned()));
    let begins_with = |opener: &&str| words.iter().map(String::as_str).zip(opener.split(' ')).all(|(word, other)| word == other);
    !words.is_empty() && !summary.trim_end().ends_with('?') && !openers.iter().any(begins_with)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_of_contents_is_no_answer() {
        for (lang, summary) in [
            (Lang::Pt, "O que fazer quando o pagamento não passa."),
            (Lang::Es, "Dónde pedirlo, hasta cuándo y qué tener a mano."),
            (Lang::En, "Where to ask, until when, and when the money comes back."),
            (Lang::En, "Has it been refunded?"),
            (Lang::En, " "),
        ] {
            assert!(!answers(lang, summary), "{summary}");
        }
        for (lang, summary) in [
            (Lang::Pt, "O dinheiro volta em sete dias."),
            (Lang::Es, "Pídelo en la página de la compra."),
            (Lang::En, "It starts with HP. Find it in your confirmation email."),
        ] {
            assert!(answers(lang, summary), "{summary}");
        }
    }
}
