//! Joins the ranking by words and the ranking by meaning. Both are brought to one measure, how many standard deviations an article stands
//! above the mean of all articles of its language, and added up.

use super::table::Similarities;
use crate::search::ranking::Ranked;

/// Where all are alike, none stands out.
const SPREAD_MIN: f32 = 1e-9;
/// An article without the question's words is a hit when its meaning stands out so far from that of all others,
const STANDS_OUT: f32 = 2.0;
/// and is at least so near to the question's: what has nothing in common lies about .8 with this model.
const NEAR: f32 = 0.84;

/// Relevance ends where an article is so far behind: what it lacks of the words of the article that has most of them, as a share, and how much less
/// alike it is than the most alike one, as a share of what that one is more alike than all others are on average. Neither depends on how many
/// articles there are. Up: longer lists; down: right articles get lost. On judged sets (hint3, covidfaq) at most one in a hundred lies further
/// behind, and the lists of our own questions are less than half as long as without.
const FURTHEST: f32 = 1.5;
/// Words count by their score from this share of the best one's on: what has less shares a common word by chance.
const WORDS_LEAST_SHARE: f32 = 0.1;

/// Both rankings as one, in no order: the articles found by their words, and those whose meaning alone makes them hits, up to where relevance
/// ends. `by_words`: the
/// articles that have any of the question's words; `weight`: that of meaning, 0 to 1; `is_article`: whether there is an article under a key.
pub(in crate::search) fn fuse(by_words: &[Ranked], similarities: &Similarities, weight: f32, is_article: impl Fn(usize) -> bool) -> Vec<Ranked> {
    let keys: Vec<usize> = (0..similarities.articles.len()).filter(|key| is_article(*key)).collect();
    let mut words: Vec<Option<f32>> = vec![None; similarities.articles.len()];
    let least = WORDS_LEAST_SHARE * by_words.iter().map(|ranked| ranked.score).fold(0.0, f32::max);
    for ranked in by_words.iter().filter(|ranked| ranked.score >= least) {
        if let Some(score) = words.get_mut(ranked.key) {
            *score = Some(ranked.score);
        }
    }
    let is_behind = behind(&keys, &words, similarities);
    let word_measure = Measure::of(keys.iter().map(|key| words[*key].unwrap_or(0.0)));
    keys.iter()
        .filter_map(|key| {
            let word = word_measure.of_one(words[*key].unwrap_or(0.0));
            let meaning = similarities.articles[*key].stands_out;
            // An article that the model has not read yet is taken at its words.
            let meaning = if meaning.is_nan() { word } else { meaning };
            let is_hit = words[*key].is_some() || similarities.is_near(*key, STANDS_OUT, NEAR);
            (is_hit && !is_behind(*key)).then_some(Ranked { key: *key, score: (1.0 - weight) * word + weight * meaning })
        })
        .collect()
}

/// Tells which articles lie beyond the end of relevance. What the model has not read yet is taken at its words.
fn behind<'a>(keys: &[usize], words: &'a [Option<f32>], similarities: &'a Similarities) -> impl Fn(usize) -> bool + use<'a> {
    let alike = |key: &usize| Some(similarities.articles[*key].article).filter(|similarity| !similarity.is_nan());
    let most_words = keys.iter().filter_map(|key| words[*key]).fold(0.0, f32::max);
    let most_alike = keys.iter().filter_map(alike).fold(f32::NEG_INFINITY, f32::max);
    let others = keys.iter().filter_map(alike).count().saturating_sub(1).max(1) as f32;
    let ahead = keys.iter().filter_map(alike).map(|similarity| most_alike - similarity).sum::<f32>() / others;
    move |key| {
        let lacking = if most_words > 0.0 { 1.0 - words[key].unwrap_or(0.0) / most_words } else { 0.0 };
        let unlike = (most_alike - similarities.articles[key].article) / ahead.max(SPREAD_MIN);
        lacking + if unlike.is_nan() { lacking } else { unlike } > FURTHEST
    }
}

/// Mean and spread of some numbers.
#[derive(Debug, Clone, Copy)]
pub(in crate::search) struct Measure {
    mean: f32,
    spread: f32,
}

impl Measure {
    pub(in crate::search) fn of(numbers: impl Iterator<Item = f32> + Clone) -> Self {
        let count = numbers.clone().count().max(1) as f32;
        let mean = numbers.clone().sum::<f32>() / count;
        let variance = numbers.map(|number| (number - mean).powi(2)).sum::<f32>() / count;
        Self { mean, spread: variance.sqrt().max(SPREAD_MIN) }
    }

    /// How many standard deviations a number lies above the mean.
    pub(in crate::search) fn of_one(self, number: f32) -> f32 {
        (number - self.mean) / self.spread
    }
}
