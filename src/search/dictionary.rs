//! The words that the articles of a language hold, looked up by similarity: what an unknown word may mean, what an unfinished one may become.

use std::collections::HashMap;

use tantivy::Term;
use tantivy::query::FuzzyTermQuery;

use super::error::SearchError;
use super::index::LangIndex;

/// Words shorter than this are never corrected: too many others are one edit away.
pub(super) const CORRECTED_MIN_CHARS: usize = 4;
/// From this length on a word may be two edits off.
const TWO_EDITS_MIN_CHARS: usize = 8;
/// Words of the dictionary read for one beginning, at most.
const COMPLETION_SCAN_MAX_WORDS: usize = 20_000;

/// A word of the dictionary.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Known {
    pub(super) form: String,
    /// Articles that hold it.
    pub(super) articles: u32,
    /// Edits from the word asked for; 0 for a completion.
    pub(super) edits: f32,
}

/// The known words nearest to an unknown one, best first: few edits, then frequent ones.
pub(super) fn corrections(index: &LangIndex, form: &str, first_letter: f32, most: usize) -> Result<Vec<Known>, SearchError> {
    let chars = form.chars().count();
    let distance = if chars >= TWO_EDITS_MIN_CHARS { 2 } else { 1 };
    let automaton = FuzzyTermQuery::new(Term::from_field_text(index.fields.forms, form), distance, true).automaton()?;
    let mut found: HashMap<String, u32> = HashMap::new();
    for segment in index.searcher.segment_readers() {
        let inverted = segment.inverted_index(index.fields.forms)?;
        let mut stream = inverted.terms().search(&automaton).into_stream()?;
        while let Some((term, info)) = stream.next() {
            if let Ok(term) = std::str::from_utf8(term) {
                *found.entry(term.to_owned()).or_default() += info.doc_freq;
            }
        }
    }
    let mut nearest: Vec<Known> = found
        .into_iter()
        .map(|(known, articles)| {
            let changed_first = if known.chars().next() == form.chars().next() { 0.0 } else { first_letter };
            Known { edits: edits(form, &known) as f32 + changed_first, form: known, articles }
        })
        .collect();
    nearest.sort_by(|one, other| one.edits.total_cmp(&other.edits).then(other.articles.cmp(&one.articles)).then(one.form.cmp(&other.form)));
    nearest.truncate(most);
    Ok(nearest)
}

/// The most frequent words that begin with a text, itself left out.
pub(super) fn completions(index: &LangIndex, beginning: &str, most: usize) -> Result<Vec<Known>, SearchError> {
    let mut found: Vec<Known> = Vec::new();
    for segment in index.searcher.segment_readers() {
        let inverted = segment.inverted_index(index.fields.forms)?;
        // No byte of a text is 0xFF, so this lies behind every word with that beginning.
        let end = [beginning.as_bytes(), &[0xFF]].concat();
        let mut stream = inverted.terms().range().gt(beginning).lt(end).into_stream()?;
        let mut frequent: Vec<(u32, String)> = Vec::new();
        let mut read = 0;
        while read < COMPLETION_SCAN_MAX_WORDS && stream.advance() {
            read += 1;
            let articles = stream.value().doc_freq;
            let full = frequent.len() >= 2 * most;
            if !full || frequent.last().is_some_and(|last| last.0 < articles) {
                let Ok(form) = std::str::from_utf8(stream.key()) else { continue };
                let place = frequent.partition_point(|other| other.0 >= articles);
                frequent.insert(place, (articles, form.to_owned()));
                frequent.truncate(2 * most);
            }
        }
        for (articles, form) in frequent {
            match found.iter_mut().find(|known| known.form == form) {
                Some(known) => known.articles += articles,
                None => found.push(Known { form, articles, edits: 0.0 }),
            }
        }
    }
    found.sort_by(|one, other| other.articles.cmp(&one.articles).then(one.form.cmp(&other.form)));
    found.truncate(most);
    Ok(found)
}

/// Edits between two words: a letter put in, left out or changed, or two neighbours swapped, each letter touched once.
pub(super) fn edits(one: &str, other: &str) -> usize {
    let one: Vec<char> = one.chars().collect();
    let other: Vec<char> = other.chars().collect();
    let mut before = vec![0; other.len() + 1];
    let mut last: Vec<usize> = (0..=other.len()).collect();
    for row in 1..=one.len() {
        let mut this = vec![row; other.len() + 1];
        for column in 1..=other.len() {
            let changed = last[column - 1] + usize::from(one[row - 1] != other[column - 1]);
            this[column] = changed.min(last[column] + 1).min(this[column - 1] + 1);
            if row > 1 && column > 1 && one[row - 1] == other[column - 2] && one[row - 2] == other[column - 1] {
                this[column] = this[column].min(before[column - 2] + 1);
            }
        }
        before = std::mem::replace(&mut last, this);
    }
    last[other.len()]
}

#[cfg(test)]
mod tests {
    use super::edits;

    #[test]
    fn an_edit_is_one_letter_or_two_swapped() {
        assert_eq!(edits("reembolso", "reembolso"), 0);
        assert_eq!(edits("reembolco", "reembolso"), 1);
        assert_eq!(edits("reemblso", "reembolso"), 1);
        assert_eq!(edits("remebolso", "reembolso"), 1);
        assert_eq!(edits("rembolco", "reembolso"), 2);
        assert_eq!(edits("", "pix"), 3);
    }
}
