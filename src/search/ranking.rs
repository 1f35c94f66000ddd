//! Scores every article that shares a word with the question: a sum over words, titles, pairs of words and runs of letters, each by BM25.

use std::collections::HashSet;
use std::sync::Arc;

use tantivy::collector::{Collector, SegmentCollector};
use tantivy::columnar::ColumnValues;
use tantivy::query::{BooleanQuery, BoostQuery, ConstScoreQuery, Occur, PhraseQuery, Query, TermQuery};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{DocId, Score, SegmentOrdinal, SegmentReader, Term};

use super::analyser::{Stemmer, each_gram};
use super::error::SearchError;
use super::index::LangIndex;
use super::query::Question;
use super::schema::KEY;
use super::weights::Weights;
use crate::search::word_senses::QueryWord;

/// Entries of the index read for one question: a hundred thousand take about a millisecond. With few articles none is left out.
const QUESTION_MAX_POSTINGS: u64 = 100_000;

/// An article with its score.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Ranked {
    /// Its number in its language's index.
    pub(super) key: usize,
    pub(super) score: f32,
}

/// All articles that have anything of the question, in no order.
pub(super) fn rank(
    index: &LangIndex,
    stemmer: &mut Stemmer,
    question: &Question,
    words: &[QueryWord],
    weights: &Weights,
) -> Result<Vec<Ranked>, SearchError> {
    let mut clauses = Clauses { index, all: Vec::new() };
    clauses.add_words(words, weights)?;
    clauses.add_pairs(words, weights)?;
    clauses.add_grams(words, weights)?;
    let Some(query) = clauses.into_query() else { return Ok(Vec::new()) };
    let mut clauses: Vec<(Occur, Box<dyn Query>)> = vec![(Occur::Must, Box::new(query))];
    for row in &question.phrases {
        clauses.push((Occur::Must, Box::new(ConstScoreQuery::new(in_a_row(index, row), 0.0))));
    }
    for row in &question.excluded {
        let query = match row.as_slice() {
            [form] => term(index.fields.merged, stemmer.stem(form), IndexRecordOption::Basic),
            _ => in_a_row(index, row),
        };
        clauses.push((Occur::MustNot, query));
    }
    Ok(index.searcher.search(&BooleanQuery::new(clauses), &Everything)?)
}

/// Leaves out what has little of what the best has.
pub(super) fn keep_worthy(found: &mut Vec<Ranked>, weights: &Weights) {
    let least = weights.least_share * found.iter().map(|ranked| ranked.score).fold(0.0, f32::max);
    found.retain(|ranked| ranked.score >= least);
}

/// What an article may hold, any of it.
struct Clauses<'a> {
    index: &'a LangIndex,
    all: Vec<Clause>,
}

struct Clause {
    term: Term,
    weight: f32,
    /// Articles that hold it.
    articles: u64,
}

impl Clauses<'_> {
    fn add(&mut self, field: Field, text: &str, weight: f32) -> Result<(), SearchError> {
        let term = Term::from_field_text(field, text);
        let articles = self.index.searcher.doc_freq(&term)?;
        if articles > 0 && weight > 0.0 {
            self.all.push(Clause { term, weight, articles });
        }
        Ok(())
    }

    fn add_words(&mut self, words: &[QueryWord], weights: &Weights) -> Result<(), SearchError> {
        for meaning in words.iter().flat_map(|word| &word.senses) {
            if meaning.stem.contains(' ') {
                self.add(self.index.fields.pairs, &meaning.stem, meaning.weight)?;
                continue;
            }
            self.add(self.index.fields.merged, &meaning.stem, meaning.weight)?;
            self.add(self.index.fields.title, &meaning.stem, meaning.weight * weights.title)?;
            self.add(self.index.fields.keywords, &meaning.stem, meaning.weight * weights.keywords)?;
        }
        Ok(())
    }

    /// Each word as it is best understood, with all that the next one may mean.
    fn add_pairs(&mut self, words: &[QueryWord], weights: &Weights) -> Result<(), SearchError> {
        for pair in words.windows(2) {
            let Some(one) = pair[0].senses.first() else { continue };
            for other in &pair[1].senses {
                let weight = one.weight * other.weight * weights.pairs;
                self.add(self.index.fields.pairs, &format!("{} {}", one.stem, other.stem), weight)?;
            }
        }
        Ok(())
    }

    fn add_grams(&mut self, words: &[QueryWord], weights: &Weights) -> Result<(), SearchError> {
        let mut grams: Vec<(String, f32)> = Vec::new();
        let mut seen = HashSet::new();
        for word in words {
            let corrected = word.corrected.iter().map(|form| (form, weights.grams * weights.correction));
            for (form, weight) in std::iter::once((&word.typed.form, weights.grams)).chain(corrected) {
                each_gram(form, |gram| {
                    if seen.insert(gram.to_owned()) {
                        grams.push((gram.to_owned(), weight));
                    }
                });
            }
        }
        grams.iter().try_for_each(|(gram, weight)| self.add(self.index.fields.grams, gram, *weight))
    }

    /// The clauses that say most, as many as the work of one question allows; what is left out is common and says little.
    fn into_query(mut self) -> Option<BooleanQuery> {
        let all = self.index.entries.len() as f32;
        let value = |clause: &Clause| clause.weight * (1.0 + (all + 1.0) / clause.articles as f32).ln();
        self.all.sort_by(|one, other| value(other).total_cmp(&value(one)));
        let mut work = 0;
        let affordable = self.all.into_iter().enumerate().take_while(|(at, clause)| {
            work += clause.articles;
            *at == 0 || work <= QUESTION_MAX_POSTINGS
        });
        let clauses: Vec<(Occur, Box<dyn Query>)> = affordable
            .map(|(_, clause)| {
                let query = Box::new(TermQuery::new(clause.term, IndexRecordOption::WithFreqs));
                (Occur::Should, Box::new(BoostQuery::new(query, clause.weight)) as Box<dyn Query>)
            })
            .collect();
        if clauses.is_empty() { None } else { Some(BooleanQuery::new(clauses)) }
    }
}

fn term(field: Field, text: &str, record: IndexRecordOption) -> Box<dyn Query> {
    Box::new(TermQuery::new(Term::from_field_text(field, text), record))
}

/// Folded words that stand one after the other.
fn in_a_row(index: &LangIndex, row: &[String]) -> Box<dyn Query> {
    let terms: Vec<Term> = row.iter().map(|form| Term::from_field_text(index.fields.forms, form)).collect();
    match terms.as_slice() {
        [only] => Box::new(TermQuery::new(only.clone(), IndexRecordOption::Basic)),
        _ => Box::new(PhraseQuery::new(terms)),
    }
}

/// Collects all articles found, with their scores.
struct Everything;

struct SegmentHits {
    keys: Arc<dyn ColumnValues<u64>>,
    found: Vec<Ranked>,
}

impl Collector for Everything {
    type Fruit = Vec<Ranked>;
    type Child = SegmentHits;

    fn for_segment(&self, _: SegmentOrdinal, segment: &SegmentReader) -> tantivy::Result<SegmentHits> {
        let keys = segment.fast_fields().u64(KEY)?.first_or_default_col(0);
        Ok(SegmentHits { keys, found: Vec::new() })
    }

    fn requires_scoring(&self) -> bool {
        true
    }

    fn merge_fruits(&self, segments: Vec<Vec<Ranked>>) -> tantivy::Result<Vec<Ranked>> {
        Ok(segments.concat())
    }
}

impl SegmentCollector for SegmentHits {
    type Fruit = Vec<Ranked>;

    fn collect(&mut self, doc: DocId, score: Score) {
        self.found.push(Ranked { key: self.keys.get_val(doc) as usize, score });
    }

    fn harvest(self) -> Vec<Ranked> {
        self.found
    }
}
