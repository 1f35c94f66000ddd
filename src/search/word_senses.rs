//! Which words of the index a question means: the word typed, and where no article knows it the likeliest others.

use super::analyser::{Stemmer, is_code};
use super::dictionary::{CORRECTED_MIN_CHARS, completions, corrections};
use super::error::SearchError;
use super::index::LangIndex;
use super::query::TypedWord;
use super::weights::Weights;
use crate::search::tuning::Tuning;

/// A single letter may become anything.
const COMPLETED_MIN_CHARS: usize = 2;
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
    let mut corrected_words = 0;
    let mut understood = Vec::with_capacity(words.len());
    for (at, typed) in words.into_iter().enumerate() {
        let mut word = QueryWord { typed, senses: Vec::new(), corrected: None, completed: None };
        let stem = stemmer.stem(&word.typed.form).to_owned();
        if index.knows(&stem)? {
            word.mean(index, stem, 1.0)?;
        }
        if word.typed.open && word.typed.form.chars().count() >= COMPLETED_MIN_CHARS {
            word.complete(index, stemmer, weights)?;
        }
        for synonym in tuning.synonyms(&forms[at..]).take(SYNONYMS_MAX) {
            let stem = stemmer.stem(synonym).to_owned();
            if index.knows(&stem)? {
                word.mean(index, stem, weights.synonym)?;
            }
        }
        if word.senses.is_empty() && word.is_correctable() && corrected_words < CORRECTED_MAX_WORDS {
            corrected_words += 1;
            word.correct(index, stemmer, weights)?;
        }
        understood.push(word);
    }
    Ok(understood)
}

impl QueryWord {
    /// Rarity of the best sense; that of a word which no article holds, where there is none.
    pub(super) fn value(&self, unknown: f32) -> f32 {
        self.senses.first().map_or(unknown, |sense| sense.rarity)
    }

    fn is_correctable(&self) -> bool {
        !self.typed.quoted && !is_code(&self.typed.form) && self.typed.form.chars().count() >= CORRECTED_MIN_CHARS
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
            for guess in &mut self.senses[1..] {
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
