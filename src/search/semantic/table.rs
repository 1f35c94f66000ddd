//! The vectors of one language's articles, as of one library.

use std::collections::HashMap;
use std::sync::Arc;

use ajuda_embedding::DIMENSIONS;

use super::parts::{Part, PartHash, PartKind, Spot, parts};
use super::vector::{Asked, Vector};
use crate::search::index::LangIndex;

/// With a larger share of parts unread, the read ones would win only because they are.
const UNREAD_MAX_SHARE: f32 = 0.05;
/// What an article's best sentence says beside its best piece. Up: a single apt sentence decides; 0: only whole pieces count. nDCG@10, mean of
/// seven sets: 0 .932, .3 .934.
const SENTENCE_SHARE: f32 = 0.3;
/// What the nearest of an article's keywords says beside its text and title, where it has any: each is a question that somebody may ask. Up: authors
/// decide; 0: keywords are not read. nDCG@10 of our own 325 questions: without keywords read .859 to .865, 0.5 .886, 0.75 .893.
const KEYWORD_SHARE: f32 = 0.75;
/// What an article's title says beside its text. Up: titles decide; 0: they only stand in front of the pieces. 0 .930, .25 .932.
const TITLE_SHARE: f32 = 0.25;
/// Among few articles one has to stand out by this share of what is possible.
const FEW_SHARE: f32 = 0.6;
/// With more sentences than these in a language, only whole pieces are read and compared: a question would wait too long. About 2,000 articles.
const SENTENCES_MAX: usize = 40_000;

/// Vectors by article.
#[derive(Debug, Default)]
pub(in crate::search) struct Table {
    /// In the order of the articles' keys, and within an article in that of its text.
    rows: Vec<Row>,
    parts: usize,
    /// Each article's key and the mean of its title and pieces, of length 1.
    means: Vec<(usize, Vector)>,
}

#[derive(Debug)]
struct Row {
    key: usize,
    kind: PartKind,
    hash: PartHash,
    vector: Arc<Vector>,
}

/// How alike an article and a question are.
#[derive(Debug, Clone, Copy)]
pub(in crate::search) struct Likeness {
    /// That of the whole article; NaN where none of it has been read.
    pub(in crate::search) article: f32,
    /// How many standard deviations that lies above the mean of all articles of the language.
    pub(in crate::search) stands_out: f32,
    title: f32,
    keyword: f32,
    piece: f32,
    sentence: f32,
    /// The passage that the best piece belongs to.
    pub(in crate::search) passage: Option<u16>,
}

/// What a question and all articles of a language have in common.
#[derive(Debug, Default)]
pub(in crate::search) struct Similarities {
    /// By the articles' keys.
    pub(in crate::search) articles: Vec<Likeness>,
    /// Articles that the model has read.
    read: usize,
    /// Of every sentence, in the order of the table's rows: key, place, and how many standard deviations it stands above the mean.
    sentences: Vec<(usize, Spot, f32)>,
}

impl Table {
    /// The table of an index, from the vectors that are known, and the parts that are not.
    pub(in crate::search) fn new(index: &LangIndex, known: &HashMap<PartHash, Arc<Vector>>) -> (Self, Vec<(PartHash, Part)>) {
        let mut all: Vec<(usize, Part)> = Vec::new();
        for (key, entry) in index.entries.iter().enumerate() {
            all.extend(entry.iter().flat_map(|entry| parts(&entry.text)).map(|part| (key, part)));
        }
        let sentences = all.iter().filter(|(_, part)| matches!(part.kind, PartKind::Sentence(_))).count();
        if sentences > SENTENCES_MAX {
            all.retain(|(_, part)| !matches!(part.kind, PartKind::Sentence(_)));
        }
        let (mut table, mut unread) = (Self { parts: all.len(), ..Self::default() }, Vec::new());
        for (key, part) in all {
            let hash = part.hash();
            match known.get(&hash) {
                Some(vector) => table.rows.push(Row { key, kind: part.kind, hash, vector: vector.clone() }),
                None => unread.push((hash, part)),
            }
        }
        table.means = means(&table.rows);
        (table, unread)
    }

    /// Whether enough is read to rank by it.
    pub(in crate::search) fn is_usable(&self) -> bool {
        self.parts > 0 && (self.parts - self.rows.len()) as f32 <= UNREAD_MAX_SHARE * self.parts as f32
    }

    /// How alike each article and a question are. `articles`: how many keys there are.
    pub(in crate::search) fn similarities(&self, asked: &Asked, articles: usize) -> Similarities {
        let mut similarities = Similarities { articles: vec![Likeness::UNREAD; articles], ..Similarities::default() };
        for row in &self.rows {
            let similarity = asked.similarity(&row.vector);
            let Some(article) = similarities.articles.get_mut(row.key) else { continue };
            match &row.kind {
                PartKind::Title => article.title = similarity,
                PartKind::Keyword => article.keyword = article.keyword.max(similarity),
                PartKind::Piece(_) if similarity <= article.piece => {}
                PartKind::Piece(passage) => (article.piece, article.passage) = (similarity, Some(*passage)),
                PartKind::Sentence(spot) => {
                    article.sentence = article.sentence.max(similarity);
                    similarities.sentences.push((row.key, spot.clone(), similarity));
                }
            }
        }
        similarities.articles.iter_mut().for_each(Likeness::weigh);
        let read = || similarities.articles.iter().map(|similarity| similarity.article).filter(|similarity| !similarity.is_nan());
        let measure = super::Measure::of(read());
        similarities.read = read().count();
        similarities.articles.iter_mut().for_each(|similarity| similarity.stands_out = measure.of_one(similarity.article));
        let measure = super::Measure::of(similarities.sentences.iter().map(|(_, _, similarity)| *similarity));
        similarities.sentences.iter_mut().for_each(|(_, _, similarity)| *similarity = measure.of_one(*similarity));
        similarities
    }

    /// The articles nearest to one, by the mean of what is said in them, best first, as keys.
    pub(in crate::search) fn nearest(&self, key: usize, most: usize) -> Vec<usize> {
        let own = self.means.iter().find(|(other, _)| *other == key).and_then(|(_, mean)| Asked::new(&mean.numbers()));
        let Some(own) = own else { return Vec::new() };
        let others = self.means.iter().filter(|(other, _)| *other != key);
        let mut others: Vec<(usize, f32)> = others.map(|(other, mean)| (*other, own.similarity(mean))).collect();
        others.sort_by(|one, other| other.1.total_cmp(&one.1).then(one.0.cmp(&other.0)));
        others.into_iter().take(most).map(|(key, _)| key).collect()
    }

    /// Names of all parts that are in it.
    pub(in crate::search) fn hashes(&self) -> impl Iterator<Item = &PartHash> {
        self.rows.iter().map(|row| &row.hash)
    }
}

/// Worked out here, once for each table, and not for every page that shows related articles.
fn means(rows: &[Row]) -> Vec<(usize, Vector)> {
    rows.chunk_by(|one, other| one.key == other.key)
        .filter_map(|article| {
            let mut sum = vec![0.0; DIMENSIONS];
            for row in article.iter().filter(|row| matches!(row.kind, PartKind::Title | PartKind::Piece(_))) {
                sum.iter_mut().zip(row.vector.numbers()).for_each(|(sum, number)| *sum += number);
            }
            let length = sum.iter().map(|number| number * number).sum::<f32>().sqrt();
            sum.iter_mut().for_each(|number| *number /= length);
            Some((article.first()?.key, Vector::new(&sum)?))
        })
        .collect()
}

impl Likeness {
    const UNREAD: Self =
        Self { article: f32::NAN, stands_out: f32::NAN, title: f32::NAN, keyword: f32::NAN, piece: f32::NAN, sentence: f32::NAN, passage: None };

    fn weigh(&mut self) {
        let mixed = |one: f32, other: f32, share: f32| match (one.is_nan(), other.is_nan()) {
            (false, false) => (1.0 - share) * one + share * other,
            (true, _) => other,
            (_, true) => one,
        };
        let text = mixed(mixed(self.piece, self.sentence, SENTENCE_SHARE), self.title, TITLE_SHARE);
        self.article = mixed(text, self.keyword, KEYWORD_SHARE);
    }
}

impl Similarities {
    /// Whether an article's meaning stands out from all others by so many standard deviations, and is so near to the question's.
    pub(in crate::search) fn is_near(&self, key: usize, deviations: f32, similarity: f32) -> bool {
        // Among few articles none can stand out far: of n the one apart from the rest lies √(n − 1) above the mean.
        let possible = (self.read.max(1) as f32 - 1.0).sqrt();
        let wanted = deviations.min(FEW_SHARE * possible);
        self.articles.get(key).is_some_and(|article| article.article >= similarity && article.stands_out >= wanted)
    }

    /// How much nearer to the question an article's meaning is than that of the next one; less than zero where another is nearer. NaN where it has
    /// not been read.
    pub(in crate::search) fn ahead(&self, key: usize) -> f32 {
        let others = self.articles.iter().enumerate().filter(|(other, _)| *other != key).map(|(_, similarity)| similarity.article);
        self.articles.get(key).map_or(f32::NAN, |own| own.article - others.fold(0.0, f32::max))
    }

    /// The sentences of an article in their order, each with how far its meaning stands out.
    pub(in crate::search) fn sentences(&self, key: usize) -> &[(usize, Spot, f32)] {
        let start = self.sentences.partition_point(|(other, _, _)| *other < key);
        let end = self.sentences.partition_point(|(other, _, _)| *other <= key);
        &self.sentences[start..end]
    }
}
