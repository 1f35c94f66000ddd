//! Joins the ranking by words and the ranking by meaning. Both are brought to one measure, how many standard deviations an article stands
//! above the mean of all articles of its language, and added up.

use super::table::Likeness;
use crate::search::ranking::Ranked;
use crate::search::weights::Weights;

/// Where all articles are alike, none stands out.
const SPREAD_MIN: f32 = 1e-6;

/// Both rankings as one, articles without a hope left out, in no order. `lexical`: every article that shares a word with the question.
/// `is_article`: whether there is an article under a key.
pub(in crate::search) fn fuse(lexical: &[Ranked], likenesses: &[Likeness], is_article: impl Fn(usize) -> bool, weights: &Weights) -> Vec<Ranked> {
    let keys: Vec<usize> = (0..likenesses.len()).filter(|key| is_article(*key)).collect();
    let mut words = vec![0.0; likenesses.len()];
    for ranked in lexical {
        if let Some(score) = words.get_mut(ranked.key) {
            *score = ranked.score;
        }
    }
    let by_words = Measure::of(keys.iter().map(|key| words[*key]));
    let by_meaning = Measure::of(keys.iter().map(|key| likenesses[*key].article).filter(|likeness| !likeness.is_nan()));
    keys.iter()
        .map(|key| {
            let word = by_words.of_one(words[*key]);
            let likeness = likenesses[*key].article;
            // An article that the model has not read yet is taken at its words.
            let meaning = if likeness.is_nan() { word } else { by_meaning.of_one(likeness) };
            Ranked { key: *key, score: (1.0 - weights.meaning) * word + weights.meaning * meaning }
        })
        .collect()
}

/// Mean and spread of some numbers.
struct Measure {
    mean: f32,
    spread: f32,
}

impl Measure {
    fn of(numbers: impl Iterator<Item = f32> + Clone) -> Self {
        let count = numbers.clone().count().max(1) as f32;
        let mean = numbers.clone().sum::<f32>() / count;
        let variance = numbers.map(|number| (number - mean).powi(2)).sum::<f32>() / count;
        Self { mean, spread: variance.sqrt().max(SPREAD_MIN) }
    }

    fn of_one(&self, number: f32) -> f32 {
        (number - self.mean) / self.spread
    }
}
