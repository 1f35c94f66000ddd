//! Which words of the index a question means: the word typed, and where no article knows it the likeliest others.

use super::analyser::{Stemmer, is_code};
use super::dictionary::{CORRECTED_MIN_CHARS, completions, corrections};
use super::error::SearchError;
use super::index::LangIndex;
use super::known_words::is_known;
use super::query::TypedWord;
use super::stop_words::is_stop_word;
use super::weights::Weights;
use crate::search::tuning::Tuning;

/// A single letter may become anything.
const COMPLETED_MIN_CHARS: usize = 2;
/// Two words that are the beginning of one have so many letters together.
const JOINED_BEGINNING_MIN_CHARS: usize = 4;
/// A single letter at either end of a word is a slip, not a word.
const SPLIT_MIN_CHARS: usize = 2;
/// Synonyms of one word that are looked at. Bounds the work.
const SYNONYMS_MAX: usize = 40;
/// Unknown words of one question that are corrected; further ones stay unknown. Bounds the work.
const CORRECTED_MAX_WORDS: usize = 8;

/// A word of a question with all that it may mean.
#[derive(Debug)]
pub(super) struct QueryWord {
    pub(super) typed: TypedWord,
    /// Best first; empty when no article has anything like it.
    pub(super) senses: Vec<Sense>,
    /// The known word that stands in for an unknown one.
    pub(super) corrected: Option<String>,
    /// The commonest known word that it begins, where it is not one itself.
    pub(super) completed: Option<String>,
}

/// A stem of the index, and what finding it is worth.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Sense {
    /// Or two in a row, with a space between them.
    pub(super) stem: String,
    /// 1 for the word itself, less for a guess.
    pub(super) weight: f32,
    /// Its rarity among the articles of the language.
    pub(super) rarity: f32,
}

/// Understands the words of a question in one language.
pub(super) fn query_words(
    index: &LangIndex,
    tuning: &Tuning,
    stemmer: &mut Stemmer,
    words: Vec<TypedWord>,
    weights: &Weights,
) -> Result<Vec<QueryWord>, SearchError> {
    let forms: Vec<String> = words.iter().map(|word| word.form.clone()).collect();
    let mut reader = Reader { index, stemmer, weights, corrected_words: 0 };
    let mut understood = Vec::with_capacity(words.len());
    let mut words = words.into_iter().enumerate().peekable();
    while let Some((at, typed)) = words.next() {
        let synonyms: Vec<&str> = tuning.synonyms(&forms[at..]).take(SYNONYMS_MAX).collect();
        let mut also = None;
        let typed = match words.peek() {
            Some((_, next)) => match reader.together(&typed, next)? {
                Together::One => {
                    let joined = TypedWord::joined(&typed, next);
                    words.next();
                    joined
                }
                Together::Perhaps(stem) => {
                    also = Some(stem);
                    typed
                }
                Together::Two => typed,
            },
            None => typed,
        };
        let first = understood.len();
        for part in reader.parts(typed)? {
            understood.push(reader.understand(part, &synonyms)?);
        }
        if let Some(stem) = also {
            understood[first].mean(index, stem, weights.synonym)?;
        }
    }
    Ok(understood)
}

/// How two words that follow each other belong together.
enum Together {
    Two,
    /// Articles write them as one, or with a hyphen.
    One,
    /// Articles have a word that both make; they may mean that one.
    Perhaps(String),
}

struct Reader<'a> {
    index: &'a LangIndex,
    stemmer: &'a mut Stemmer,
    weights: &'a Weights,
    corrected_words: usize,
}

impl Reader<'_> {
    fn knows(&mut self, form: &str) -> Result<bool, SearchError> {
        self.index.knows(self.stemmer.stem(form))
    }

    fn is_hyphenated(&mut self, form: &str) -> Result<bool, SearchError> {
        self.index.is_hyphenated(self.stemmer.stem(form))
    }

    /// `wi fi` for articles with `wi-fi` or `wifi`.
    fn together(&mut self, one: &TypedWord, other: &TypedWord) -> Result<Together, SearchError> {
        if !other.follows || [one, other].iter().any(|word| word.quoted || !word.parts.is_empty() || is_code(&word.form)) {
            return Ok(Together::Two);
        }
        let joined = TypedWord::joined(one, other).form;
        if self.is_hyphenated(&joined)? {
            return Ok(Together::One);
        }
        let one_is_known = self.knows(&one.form)?;
        if self.knows(&joined)? {
            if !one_is_known || !self.knows(&other.form)? {
                return Ok(Together::One);
            }
            if !is_stop_word(self.stemmer.lang(), &one.form) && self.index.holds_form(&joined)? {
                return Ok(Together::Perhaps(self.stemmer.stem(&joined).to_owned()));
            }
        }
        if other.open && other.form.chars().count() >= COMPLETED_MIN_CHARS && joined.chars().count() >= JOINED_BEGINNING_MIN_CHARS {
            let longer = completions(self.index, &joined, 1)?;
            if let Some(longer) = longer.first()
                && (!one_is_known || self.is_hyphenated(&longer.form)?)
            {
                return Ok(Together::One);
            }
        }
        Ok(Together::Two)
    }

    /// A word as articles have it: as one, or in its parts.
    fn parts(&mut self, typed: TypedWord) -> Result<Vec<TypedWord>, SearchError> {
        if typed.quoted || self.knows(&typed.form)? || (typed.open && self.may_become(&typed.form)?) {
            return Ok(vec![typed]);
        }
        if typed.parts.is_empty() {
            return Ok(self.split(&typed)?.map_or_else(|| vec![typed], Vec::from));
        }
        let lang = self.stemmer.lang();
        for part in &typed.parts {
            if !self.knows(&part.form)? && !is_code(&part.form) && !is_known(lang, &part.form, part.open) {
                let is_mistyped = !corrections(self.index, &typed.form, self.weights.first_letter, 1)?.is_empty();
                return Ok(if is_mistyped { vec![typed] } else { typed.parts });
            }
        }
        Ok(typed.parts)
    }

    fn may_become(&self, form: &str) -> Result<bool, SearchError> {
        Ok(form.chars().count() >= COMPLETED_MIN_CHARS && !completions(self.index, form, 1)?.is_empty())
    }

    /// Where articles write an unknown word as two: a space that was forgotten, or `wi fi`.
    fn split(&mut self, typed: &TypedWord) -> Result<Option<[TypedWord; 2]>, SearchError> {
        let lang = self.stemmer.lang();
        let is_word = is_known(lang, &typed.form, typed.open);
        let Some((articles, at)) = self.best_split(&typed.form, SPLIT_MIN_CHARS, is_word)? else { return Ok(None) };
        // The letters of the form are not those that were typed one by one, so a mark on each half would be a guess; both have the whole.
        let half = |form: &str, open| TypedWord { form: form.to_owned(), open, follows: false, ..typed.clone() };
        Ok((articles > 0).then(|| [half(&typed.form[..at], false), half(&typed.form[at..], typed.open)]))
    }

    /// Two words in a row that make this one, each of so many letters at `least`: in how many articles, and where the second begins. `is_word`: neither may say little by itself, since
    /// `apagar` is no `a pagar`.
    fn best_split(&mut self, form: &str, least: usize, is_word: bool) -> Result<Option<(u64, usize)>, SearchError> {
        let lang = self.stemmer.lang();
        let mut best = None;
        if is_code(form) || form.len() < CORRECTED_MIN_CHARS {
            return Ok(best);
        }
        for at in (least..form.len().saturating_sub(least - 1)).filter(|at| form.is_char_boundary(*at)) {
            let (one, other) = form.split_at(at);
            if is_word && (is_stop_word(lang, one) || is_stop_word(lang, other)) {
                continue;
            }
            let articles = self.index.in_a_row(&self.row(one, other))?;
            if articles > best.map_or(0, |(most, _)| most) {
                best = Some((articles, at));
            }
        }
        Ok(best)
    }

    fn row(&mut self, one: &str, other: &str) -> String {
        let one = self.stemmer.stem(one).to_owned();
        format!("{one} {}", self.stemmer.stem(other))
    }

    fn understand(&mut self, typed: TypedWord, synonyms: &[&str]) -> Result<QueryWord, SearchError> {
        let (index, weights) = (self.index, self.weights);
        let mut word = QueryWord { typed, senses: Vec::new(), corrected: None, completed: None };
        let stem = self.stemmer.stem(&word.typed.form).to_owned();
        if index.knows(&stem)? {
            word.mean(index, stem, 1.0)?;
        }
        if let Some(row) = self.spaced(&word.typed)? {
            word.mean(index, row, 1.0)?;
        }
        if word.typed.open && word.typed.form.chars().count() >= COMPLETED_MIN_CHARS {
            word.complete(index, self.stemmer, weights)?;
        }
        for synonym in synonyms {
            let stem = self.stemmer.stem(synonym).to_owned();
            if index.knows(&stem)? {
                word.mean(index, stem, weights.synonym)?;
            }
        }
        if word.senses.is_empty() && word.is_correctable(self.stemmer) && self.corrected_words < CORRECTED_MAX_WORDS {
            self.corrected_words += 1;
            word.correct(index, self.stemmer, weights)?;
        }
        Ok(word)
    }

    /// What some articles write with a hyphen or as one, others with a space.
    fn spaced(&mut self, typed: &TypedWord) -> Result<Option<String>, SearchError> {
        let row = match typed.parts.as_slice() {
            [one, other] => self.row(&one.form, &other.form),
            [] if self.is_hyphenated(&typed.form)? => match self.best_split(&typed.form, 1, false)? {
                Some((_, at)) => self.row(&typed.form[..at], &typed.form[at..]),
                None => return Ok(None),
            },
            _ => return Ok(None),
        };
        Ok((self.index.in_a_row(&row)? > 0).then_some(row))
    }
}

impl QueryWord {
    /// Rarity of the best sense; that of a word which no article holds, where there is none.
    pub(super) fn value(&self, unknown: f32) -> f32 {
        self.senses.first().map_or(unknown, |sense| sense.rarity)
    }

    /// A word that the language has is meant as it is, although no article has it.
    fn is_correctable(&self, stemmer: &Stemmer) -> bool {
        let TypedWord { form, open, quoted, .. } = &self.typed;
        !quoted && !is_code(form) && form.chars().count() >= CORRECTED_MIN_CHARS && !is_known(stemmer.lang(), form, *open)
    }

    fn mean(&mut self, index: &LangIndex, stem: String, weight: f32) -> Result<(), SearchError> {
        if self.senses.iter().all(|sense| sense.stem != stem) {
            let rarity = index.rarity(&stem)?;
            self.senses.push(Sense { stem, weight, rarity });
        }
        Ok(())
    }

    /// Longer words that this one may become. Beside a word known as it is none counts for more than it does.
    fn complete(&mut self, index: &LangIndex, stemmer: &mut Stemmer, weights: &Weights) -> Result<(), SearchError> {
        let known = self.senses.len();
        let exact = self.senses.first().map(|sense| sense.rarity);
        for known in completions(index, &self.typed.form, weights.completions)? {
            let typed_share = self.typed.form.len() as f32 / known.form.len() as f32;
            let weight = weights.completion + weights.completion_growth * typed_share;
            self.mean(index, stemmer.stem(&known.form).to_owned(), weight)?;
            if exact.is_none() {
                self.completed.get_or_insert(known.form);
            }
        }
        if let Some(exact) = exact {
            for guess in &mut self.senses[known..] {
                guess.weight *= (exact / guess.rarity).min(1.0);
            }
        }
        Ok(())
    }

    fn correct(&mut self, index: &LangIndex, stemmer: &mut Stemmer, weights: &Weights) -> Result<(), SearchError> {
        for known in corrections(index, &self.typed.form, weights.first_letter, weights.corrections)? {
            self.mean(index, stemmer.stem(&known.form).to_owned(), weights.correction.powf(known.edits))?;
            self.corrected.get_or_insert(known.form);
        }
        Ok(())
    }
}
