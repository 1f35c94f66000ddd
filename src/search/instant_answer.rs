//! The answer on top of the results: one or two sentences of an article, quoted as they stand, where it is nearly sure that they answer.
//! Nothing is made up, and most questions are better served by no answer than by a wrong one.
//!
//! Every sentence of the first articles gets a score: how near its meaning is to the question's, and how much of the question's words it has.
//! The best one of the first article is shown when it is clearly ahead of all others. The constants are those of a logistic regression on the
//! questions of FaQuAD and XQuAD, half of them with the right article taken away: at `LEAST_CONFIDENCE` at least nine of ten shown hold the
//! right words, and three of a hundred questions without an answer get one.

use super::index::Entry;
use super::passages::Matcher;
use super::snippet::is_table_row;
use crate::search::semantic::{Similarities, Spot};

/// Articles whose sentences are compared.
pub(super) const COMPARED_ARTICLES: usize = 5;
/// A question of fewer words is a subject: no single sentence answers it,
pub(super) const QUESTION_MIN_WORDS: usize = 3;
/// and a summary only from so many words on.
pub(super) const SUBJECT_MIN_WORDS: usize = 2;
/// One sentence may be this long; two together this.
const ONE_MAX_CHARS: usize = 400;
const TWO_MAX_CHARS: usize = 320;
/// The question's words against standard deviations of meaning.
pub(super) const COVERAGE_WEIGHT: f32 = 5.0;
/// Without a second sentence the first is this far ahead.
const ALONE_MARGIN: f32 = 3.0;
const MARGIN_RANGE: [f32; 2] = [-3.0, 6.0];
/// Up: fewer and surer answers; down: more of them, more wrong ones.
const LEAST_CONFIDENCE: f32 = 0.9;

/// What may stand on top.
pub(super) struct InstantAnswer<'a> {
    pub(super) text: String,
    /// Place of the passage that it stands in; `None`: in the summary.
    pub(super) passage: Option<u16>,
    pub(super) entry: &'a Entry,
}

struct Scored<'a> {
    spot: &'a Spot,
    text: &'a str,
    coverage: f32,
    score: f32,
}

/// The answer, if there is one that is sure enough. `first`: the first articles with their keys, best first.
pub(super) fn instant_answer<'a>(first: &[(usize, &'a Entry)], similarities: &Similarities, matcher: &mut Matcher) -> Option<InstantAnswer<'a>> {
    let mut scored = first.iter().map(|(key, entry)| score(*key, entry, similarities, matcher)).collect::<Vec<_>>().into_iter();
    let own = scored.next()?;
    let highest = |scored: &[Scored]| scored.iter().map(|sentence| sentence.score).fold(f32::NEG_INFINITY, f32::max);
    let others = scored.map(|sentences| highest(&sentences)).fold(f32::NEG_INFINITY, f32::max);
    let at = (0..own.len()).max_by(|one, other| own[*one].score.total_cmp(&own[*other].score))?;
    let best = &own[at];
    if best.text.chars().count() > ONE_MAX_CHARS {
        return None;
    }
    let shown = match neighbour(&own, at) {
        Some(other) if other < at => other..=at,
        Some(other) => at..=other,
        None => at..=at,
    };
    let elsewhere = own.iter().enumerate().filter(|(place, _)| *place != at).map(|(_, sentence)| sentence.score).fold(f32::NEG_INFINITY, f32::max);
    let margin = |other: f32| (if other.is_finite() { best.score - other } else { ALONE_MARGIN }).clamp(MARGIN_RANGE[0], MARGIN_RANGE[1]);
    let coverage = own[shown.clone()].iter().map(|sentence| sentence.coverage).fold(0.0, f32::max);
    let confidence = 2.281 * coverage + 0.283 * margin(elsewhere) + 0.471 * margin(others) - 1.805;
    let text = own[shown].iter().map(|sentence| sentence.text).collect::<Vec<_>>().join(" ");
    (confidence >= LEAST_CONFIDENCE).then(|| InstantAnswer { text, passage: best.spot.passage, entry: first[0].1 })
}

fn score<'a>(key: usize, entry: &'a Entry, similarities: &'a Similarities, matcher: &mut Matcher) -> Vec<Scored<'a>> {
    let sentences = similarities.sentences(key).iter().filter(|(_, spot, _)| answers(spot, spot.text(&entry.text)));
    sentences
        .map(|(_, spot, similarity)| {
            let text = spot.text(&entry.text);
            let coverage = matcher.coverage_of(text);
            Scored { spot, text, coverage, score: similarity + COVERAGE_WEIGHT * coverage }
        })
        .collect()
}

/// A summary answers as a whole or not at all (`summary`); a question is no answer; a row of a table says little without its head.
fn answers(spot: &Spot, text: &str) -> bool {
    spot.passage.is_some() && !text.ends_with('?') && !is_table_row(text)
}

/// The sentence before or after that belongs to the answer: the better one that still fits.
fn neighbour(sentences: &[Scored], at: usize) -> Option<usize> {
    let length = |place: usize| sentences[place].text.chars().count();
    let fits = |place: &usize| {
        sentences.get(*place).is_some_and(|other| other.spot.passage == sentences[at].spot.passage)
            && length(*place) + 1 + length(at) <= TWO_MAX_CHARS
    };
    let around = [at.checked_sub(1), Some(at + 1)].into_iter().flatten().filter(fits);
    around.max_by(|one, other| sentences[*one].score.total_cmp(&sentences[*other].score))
}
