//! From text to the terms of the index. The same for articles and questions: words in lower case without accents, then stems.
//!
//! Accents fall *before* stemming, so that `reembolsavel` and `reembolsável` meet; common words stay, since in short real questions they carry
//! meaning; words with a digit in them (transaction codes, amounts) stay as they are. What several words make together, `e-mail` and `1.500,00`, is
//! held as one as well (`groups`).

use std::collections::HashMap;
use std::ops::Range;

use tantivy::tokenizer::{Language, RawTokenizer, TextAnalyzer, Token, TokenStream, Tokenizer};
use unicode_normalization::char::is_combining_mark;

use super::groups::{Word, each_group};
use super::plurals::singular;
use crate::i18n::Lang;
use crate::values::fold_letter;

/// A longer word counts by its beginning only, in articles and questions alike.
pub(super) const WORD_MAX_BYTES: usize = 64;
/// Letters of a gram.
const GRAM_CHARS: usize = 4;
/// Stems remembered by one stemmer before it forgets them all.
const STEMS_KEPT_MAX: usize = 100_000;

/// Calls `visit` with the place of each word and its folded form: lower case, no accents.
pub(super) fn each_word(text: &str, mut visit: impl FnMut(Range<usize>, &str)) {
    let mut form = String::new();
    let mut start = None;
    for (at, letter) in text.char_indices() {
        if letter.is_ascii_alphanumeric() {
            start.get_or_insert(at);
            if form.len() < WORD_MAX_BYTES {
                form.push(letter.to_ascii_lowercase());
            }
        } else if letter.is_alphanumeric() || (start.is_some() && continues_word(letter)) {
            start.get_or_insert(at);
            fold_into(&mut form, letter);
        } else if let Some(start) = start.take() {
            visit(start..at, &form);
            form.clear();
        }
    }
    if let Some(start) = start {
        visit(start..text.len(), &form);
    }
}

/// Marks that stand on a letter, and characters that can't be seen.
fn continues_word(letter: char) -> bool {
    !letter.is_ascii() && (is_combining_mark(letter) || matches!(letter, '\u{ad}' | '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{feff}'))
}

fn fold_into(form: &mut String, letter: char) {
    if form.len() >= WORD_MAX_BYTES {
        return;
    }
    fold_letter(letter, |plain| {
        if plain.is_alphanumeric() {
            form.push(plain);
        }
    });
}

/// A word with a digit in it: a code, an amount, a year. It is neither stemmed nor corrected.
pub(super) fn is_code(form: &str) -> bool {
    form.bytes().any(|byte| byte.is_ascii_digit())
}

/// Calls `visit` with every run of four letters of a word, the space before and after it counted as letters. Shorter words have none: they
/// would only be found again as what they are.
pub(super) fn each_gram(form: &str, mut visit: impl FnMut(&str)) {
    if is_code(form) || form.chars().nth(GRAM_CHARS - 1).is_none() {
        return;
    }
    let padded = format!(" {form} ");
    let ends = padded.char_indices().map(|(at, _)| at).skip(GRAM_CHARS).chain(std::iter::once(padded.len()));
    for ((start, _), end) in padded.char_indices().zip(ends) {
        visit(&padded[start..end]);
    }
}

/// Finds the stem of a word in one language, and remembers it.
#[derive(Clone)]
pub(super) struct Stemmer {
    analyzer: TextAnalyzer,
    /// Where the stem of a word stands among `stems`.
    known: HashMap<String, usize>,
    stems: Vec<String>,
    lang: Lang,
}

impl Stemmer {
    pub(super) fn new(lang: Lang) -> Self {
        let language = match lang {
            Lang::Pt => Language::Portuguese,
            Lang::Es => Language::Spanish,
            Lang::En => Language::English,
        };
        let analyzer = TextAnalyzer::builder(RawTokenizer::default()).filter(tantivy::tokenizer::Stemmer::new(language)).build();
        Self { analyzer, known: HashMap::new(), stems: Vec::new(), lang }
    }

    pub(super) fn lang(&self) -> Lang {
        self.lang
    }

    /// The stem of a folded word.
    pub(super) fn stem<'a>(&'a mut self, form: &'a str) -> &'a str {
        if is_code(form) {
            return form;
        }
        if let Some(at) = self.known.get(form) {
            return &self.stems[*at];
        }
        if self.stems.len() >= STEMS_KEPT_MAX {
            self.known.clear();
            self.stems.clear();
        }
        let at = self.stems.len();
        let singular = singular(self.lang, form);
        let mut stream = self.analyzer.token_stream(singular.as_deref().unwrap_or(form));
        let stem = stream.next().map_or_else(|| form.to_owned(), |token| token.text.clone());
        drop(stream);
        self.known.insert(form.to_owned(), at);
        self.stems.push(stem);
        &self.stems[at]
    }
}

/// What a field of the index is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shape {
    /// Stems, for the ranking.
    Stems,
    /// Folded words as they stand, for phrases, corrections and completions.
    Forms,
    /// Two stems in a row, and `-` before the stem of what was written with a hyphen.
    Pairs,
    /// Four letters in a row.
    Grams,
}

/// Makes the terms of one field of the index, in tantivy's terms a tokenizer.
#[derive(Clone)]
pub(super) struct FieldTokenizer {
    stemmer: Stemmer,
    shape: Shape,
}

impl FieldTokenizer {
    pub(super) fn new(lang: Lang, shape: Shape) -> Self {
        Self { stemmer: Stemmer::new(lang), shape }
    }
}

impl Tokenizer for FieldTokenizer {
    type TokenStream<'a> = TermStream;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> TermStream {
        let mut stream = TermStream::default();
        let mut previous = String::new();
        each_group(text, |words, joined| match self.shape {
            Shape::Stems => {
                for form in words.iter().map(|word| word.form.as_str()).chain(joined) {
                    stream.push(&[self.stemmer.stem(form)]);
                }
            }
            Shape::Forms => stream.push_forms(words, joined),
            Shape::Grams => words.iter().map(|word| word.form.as_str()).chain(joined).for_each(|form| each_gram(form, |gram| stream.push(&[gram]))),
            Shape::Pairs => stream.push_pairs(words, joined, &mut previous, &mut self.stemmer),
        });
        stream
    }
}

/// Terms of one text, one after the other in a single buffer.
#[derive(Default)]
pub(super) struct TermStream {
    terms: String,
    /// Where each ends, and its position among the words.
    ends: Vec<(usize, usize)>,
    at: usize,
    token: Token,
}

impl TermStream {
    fn push(&mut self, parts: &[&str]) {
        let position = self.ends.len();
        self.push_at(position, parts);
    }

    fn push_at(&mut self, position: usize, parts: &[&str]) {
        for part in parts {
            self.terms.push_str(part);
        }
        self.ends.push((self.terms.len(), position));
    }

    /// What words make together stands where the first does and where the last does, so that it is in a row with what is before it and behind it.
    fn push_forms(&mut self, words: &[Word], joined: Option<&str>) {
        let first = self.ends.last().map_or(0, |(_, position)| position + 1);
        let last = first + words.len() - 1;
        for (position, word) in (first..).zip(words) {
            if position == last
                && position > first
                && let Some(joined) = joined
            {
                self.push_at(position, &[joined]);
            }
            self.push_at(position, &[&word.form]);
            if position == first
                && let Some(joined) = joined
            {
                self.push_at(position, &[joined]);
            }
        }
    }

    fn push_pairs(&mut self, words: &[Word], joined: Option<&str>, previous: &mut String, stemmer: &mut Stemmer) {
        let mut follow = |stem: &str, stream: &mut Self| {
            if !previous.is_empty() {
                stream.push(&[previous, " ", stem]);
            }
            stem.clone_into(previous);
        };
        match joined {
            Some(joined) if words.len() == 2 => {
                let stem = stemmer.stem(joined);
                follow(stem, self);
                self.push(&["-", stem]);
            }
            _ => words.iter().for_each(|word| follow(stemmer.stem(&word.form), self)),
        }
    }
}

impl TokenStream for TermStream {
    fn advance(&mut self) -> bool {
        let Some(&(end, position)) = self.ends.get(self.at) else { return false };
        let start = self.token.offset_to;
        self.token.text.clear();
        self.token.text.push_str(&self.terms[start..end]);
        self.token.offset_from = start;
        self.token.offset_to = end;
        self.token.position = position;
        self.at += 1;
        true
    }

    fn token(&self) -> &Token {
        &self.token
    }

    fn token_mut(&mut self) -> &mut Token {
        &mut self.token
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn terms(shape: Shape, text: &str) -> Vec<String> {
        let mut tokenizer = FieldTokenizer::new(Lang::Pt, shape);
        let mut stream = tokenizer.token_stream(text);
        let mut terms = Vec::new();
        while stream.advance() {
            terms.push(stream.token().text.clone());
        }
        terms
    }

    #[test]
    fn words_are_folded_and_keep_their_place() {
        let text = "«Não», disse Ærø: ½ e 1º, ﬁm\u{ad}se";
        let mut words = Vec::new();
        each_word(text, |place, form| words.push((text[place].to_owned(), form.to_owned())));
        let forms: Vec<&str> = words.iter().map(|(_, form)| form.as_str()).collect();
        assert_eq!(forms, ["nao", "disse", "aero", "12", "e", "1o", "fimse"]);
        assert_eq!(words[0].0, "Não");
    }

    #[test]
    fn endless_words_are_cut() {
        let mut longest = 0;
        each_word(&"aé".repeat(100_000), |_, form| longest = form.len());
        assert!((WORD_MAX_BYTES..WORD_MAX_BYTES + 4).contains(&longest));
    }

    #[test]
    fn stems_pairs_and_grams_of_a_text() {
        assert_eq!(terms(Shape::Stems, "Devoluções HP0012 devolução")[1], "hp0012");
        let stems = terms(Shape::Stems, "Devoluções devolução devolucao");
        assert!(stems.iter().all(|stem| *stem == stems[0]));
        assert_eq!(terms(Shape::Pairs, "o pix caiu").len(), 2);
        assert_eq!(terms(Shape::Grams, "o pix HP00 caiu"), [" cai", "caiu", "aiu "]);
        assert_eq!(terms(Shape::Forms, "").len(), 0);
        assert_eq!(terms(Shape::Forms, "meu e-mail novo"), ["meu", "e", "email", "email", "mail", "novo"]);
        assert_eq!(terms(Shape::Pairs, "pelo wi-fi novo"), ["pel wif", "-wif", "wif nov"]);
    }
}
