//! Reads what somebody typed. Every text is a question: there is no syntax error, and signs without a meaning are passed over.

use std::ops::Range;

use super::analyser::each_word;
use super::groups::each_group;
use super::model::QUERY_MAX_WORDS;

/// A question, read.
#[derive(Debug, Default)]
pub(super) struct Question {
    /// The words to rank by, those in quotes included.
    pub(super) words: Vec<TypedWord>,
    /// Words that must stand in a row, as folded words.
    pub(super) phrases: Vec<Vec<String>>,
    /// Words, or rows of words, that must not stand in the article.
    pub(super) excluded: Vec<Vec<String>>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct TypedWord {
    /// Where it stands in the question, in bytes.
    pub(super) place: Range<usize>,
    /// Lower case, without accents.
    pub(super) form: String,
    /// Nothing follows it, so it may be the beginning of a longer word.
    pub(super) open: bool,
    /// It stands in quotes, so it is meant as it is.
    pub(super) quoted: bool,
    /// Only a space stands between it and the word before it.
    pub(super) follows: bool,
    /// What it was written as, where `form` is several words in one: `e-mail`, `1.500,00`.
    pub(super) parts: Vec<TypedWord>,
}

impl TypedWord {
    fn new(place: Range<usize>, form: &str) -> Self {
        Self { place, form: form.to_owned(), open: false, quoted: false, follows: false, parts: Vec::new() }
    }

    /// Two words as one.
    pub(super) fn joined(one: &Self, other: &Self) -> Self {
        let form = format!("{}{}", one.form, other.form);
        let place = one.place.start..other.place.end;
        Self { place, form, open: other.open, quoted: false, follows: one.follows, parts: vec![one.clone(), other.clone()] }
    }
}

impl Question {
    pub(super) fn read(text: &str) -> Self {
        let mut question = Self::default();
        let mut at = 0;
        while let Some((quote, inside)) = next_quoted(text, at) {
            question.take_plain(text, at..quote.start);
            question.take_quoted(text, quote.start, inside);
            at = quote.end;
        }
        question.take_plain(text, at..text.len());
        question
    }

    /// Whether it says what must, or must not, stand in an article.
    pub(super) fn is_strict(&self) -> bool {
        !self.phrases.is_empty() || !self.excluded.is_empty()
    }

    fn is_full(&self) -> bool {
        self.words.len() + self.excluded.len() >= QUERY_MAX_WORDS
    }

    fn take_plain(&mut self, text: &str, part: Range<usize>) {
        let mut last_end = None;
        each_group(&text[part.clone()], |words, joined| {
            let mut parts: Vec<TypedWord> = words
                .iter()
                .filter(|word| !word.form.is_empty())
                .map(|word| TypedWord::new(part.start + word.place.start..part.start + word.place.end, &word.form))
                .collect();
            let Some((first, last)) = parts.first().zip(parts.last()) else { return };
            if self.is_full() {
                return;
            }
            let (start, end) = (first.place.start, last.place.end);
            let follows = last_end.is_some_and(|last_end: usize| &text[last_end..start] == " ");
            last_end = Some(end);
            if is_excluded(text, start) {
                self.excluded.extend(joined.map(|joined| vec![joined.to_owned()]));
                self.excluded.push(parts.into_iter().map(|part| part.form).collect());
                return;
            }
            parts.last_mut().into_iter().for_each(|last| last.open = end == text.len());
            let word = match joined {
                Some(joined) => TypedWord { open: end == text.len(), parts, ..TypedWord::new(start..end, joined) },
                None => parts.swap_remove(0),
            };
            self.words.push(TypedWord { follows, ..word });
        });
    }

    fn take_quoted(&mut self, text: &str, quote_at: usize, inside: Range<usize>) {
        let mut row = Vec::new();
        let excluded = is_excluded(text, quote_at);
        each_word(&text[inside.clone()], |place, form| {
            if form.is_empty() || self.is_full() || row.len() >= QUERY_MAX_WORDS {
                return;
            }
            row.push(form.to_owned());
            if !excluded {
                let place = inside.start + place.start..inside.start + place.end;
                self.words.push(TypedWord { quoted: true, ..TypedWord::new(place, form) });
            }
        });
        match (row.is_empty(), excluded) {
            (true, _) => {}
            (false, true) => self.excluded.push(row),
            (false, false) => self.phrases.push(row),
        }
    }
}

/// Whether the word or quote at a place has a minus before it that itself stands at the beginning or after a space.
fn is_excluded(text: &str, at: usize) -> bool {
    text[..at].strip_suffix('-').is_some_and(|before| before.chars().next_back().is_none_or(char::is_whitespace))
}

/// The next pair of quotes from a place on: where it stands with and without its marks.
fn next_quoted(text: &str, from: usize) -> Option<(Range<usize>, Range<usize>)> {
    let is_quote = |letter: char| matches!(letter, '"' | '“' | '”' | '„' | '«' | '»');
    let mut marks = text[from..].match_indices(is_quote).map(|(at, mark)| from + at..from + at + mark.len());
    let (opening, closing) = (marks.next()?, marks.next()?);
    Some((opening.start..closing.end, opening.end..closing.start))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn forms(question: &Question) -> Vec<&str> {
        question.words.iter().map(|word| word.form.as_str()).collect()
    }

    #[test]
    fn words_are_folded_and_signs_passed_over() {
        let question = Question::read("Não recebi: o (reembolso)*  \\ do e-mail");
        assert_eq!(forms(&question), ["nao", "recebi", "o", "reembolso", "do", "email"]);
        assert!(question.phrases.is_empty() && question.excluded.is_empty());
    }

    #[test]
    fn quotes_make_a_phrase_and_a_lone_quote_nothing() {
        let question = Question::read("como “nota fiscal\" emitir");
        assert_eq!(question.phrases, [["nota", "fiscal"]]);
        assert_eq!(forms(&question), ["como", "nota", "fiscal", "emitir"]);
        let question = Question::read("nota \"fiscal");
        assert!(question.phrases.is_empty());
        assert_eq!(forms(&question), ["nota", "fiscal"]);
        assert!(Question::read("\"\" \"!\"").phrases.is_empty());
    }

    #[test]
    fn a_minus_excludes_only_before_a_word_and_after_a_space() {
        let question = Question::read("-boleto pix -\"nota fiscal\" e-mail a - b");
        assert_eq!(question.excluded, [vec!["boleto".to_owned()], vec!["nota".to_owned(), "fiscal".to_owned()]]);
        assert_eq!(forms(&question), ["pix", "email", "a", "b"]);
        assert_eq!(Question::read("-e-mail").excluded, [vec!["email".to_owned()], vec!["e".to_owned(), "mail".to_owned()]]);
    }

    #[test]
    fn only_a_last_word_that_nothing_follows_is_open() {
        let open = |text: &str| Question::read(text).words.iter().map(|word| word.open).collect::<Vec<_>>();
        assert_eq!(open("pedir reem"), [false, true]);
        assert_eq!(open("pedir reem "), [false, false]);
        assert_eq!(open("\"pedir reem\""), [false, false]);
    }

    #[test]
    fn ten_thousand_words_are_read_up_to_the_limit() {
        assert_eq!(Question::read(&"pix ".repeat(10_000)).words.len(), QUERY_MAX_WORDS);
        assert!(Question::read(&"-pix ".repeat(10_000)).excluded.len() <= QUERY_MAX_WORDS);
        assert!(Question::read(&"\"pix\" ".repeat(10_000)).phrases.len() <= QUERY_MAX_WORDS);
    }
}
