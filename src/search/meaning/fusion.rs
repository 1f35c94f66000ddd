//! Joins the ranking by words and the ranking by meaning. Both are brought to one measure, how many standard deviations an article stands
//! above the mean of all articles of its language, and added up.

use super::table::Likenesses;
use crate::search::ranking::Ranked;

/// Where all are alike, none stands out.
const SPREAD_MIN: f32 = 1e-9;
/// An article without the question's words is a hit when its meaning stands out so far from that of all others,
const STANDS_OUT: f32 = 2.0;
/// and is at least so near to the question's: what has nothing in common lies about .8 with this model.
const NEAR: f32 = 0.84;

/// Relevance ends where an article is so far behind the best ones: hundredths of likeness behind the most alike, and what it lacks of the words of
/// the one that has most of them, all of which count `ALL_WORDS` hundredths. Both are measured against the best and not against the mean, so that
/// it does not matter how many other articles there are. On judged sets at most one right article in a hundred lies further behind.
const FURTHEST: f32 = 6.5;
const ALL_WORDS: f32 = 4.0;

/// Both rankings as one, in no order: the articles found by their words, and those whose meaning alone makes them hits, up to where relevance
/// ends. `by_words`: the
/// articles worth showing for their words; `weight`: that of meaning, 0 to 1; `is_article`: whether there is an article under a key.
pub(in crate::search) fn fuse(by_words: &[Ranked], likenesses: &Likenesses, weight: f32, is_article: impl Fn(usize) -> bool) -> Vec<Ranked> {
    let keys: Vec<usize> = (0..likenesses.articles.len()).filter(|key| is_article(*key)).collect();
    let mut words: Vec<Option<f32>> = vec![None; likenesses.articles.len()];
    for ranked in by_words {
        if let Some(score) = words.get_mut(ranked.key) {
            *score = Some(ranked.score);
        }
    }
    let most_words = by_words.iter().map(|ranked| ranked.score).fold(0.0, f32::max);
    let most_alike = keys.iter().map(|key| likenesses.articles[*key].article).fold(f32::NEG_INFINITY, f32::max);
    // What the model has not read yet is as alike as its words.
    let is_behind = |key: usize| {
        let lacking = if most_words > 0.0 { 1.0 - words[key].unwrap_or(0.0) / most_words } else { 0.0 };
        let unlike = 100.0 * (most_alike - likenesses.articles[key].article);
        ALL_WORDS * lacking + if unlike.is_finite() { unlike } else { (FURTHEST - ALL_WORDS) * lacking } > FURTHEST
    };
    let word_measure = Measure::of(keys.iter().map(|key| words[*key].unwrap_or(0.0)));
    keys.iter()
        .filter_map(|key| {
            let word = word_measure.of_one(words[*key].unwrap_or(0.0));
            let meaning = likenesses.articles[*key].stands_out;
            // An article that the model has not read yet is taken at its words.
            let meaning = if meaning.is_nan() { word } else { meaning };
            let is_hit = words[*key].is_some() || likenesses.is_near(*key, STANDS_OUT, NEAR);
            (is_hit && !is_behind(*key)).then_some(Ranked { key: *key, score: (1.0 - weight) * word + weight * meaning })
        })
        .collect()
}

/// Mean and spread of some numbers.
#[derive(Debug, Clone, Copy)]
pub(super) struct Measure {
    mean: f32,
    spread: f32,
}

impl Measure {
    pub(super) fn of(numbers: impl Iterator<Item = f32> + Clone) -> Self {
        let count = numbers.clone().count().max(1) as f32;
        let mean = numbers.clone().sum::<f32>() / count;
        let variance = numbers.map(|number| (number - mean).powi(2)).sum::<f32>() / count;
        Self { mean, spread: variance.sqrt().max(SPREAD_MIN) }
    }

    /// How many standard deviations a number lies above the mean.
    pub(super) fn of_one(self, number: f32) -> f32 {
        (number - self.mean) / self.spread
    }
}
