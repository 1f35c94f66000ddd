//! The vectors of one language's articles, as of one library.

use std::collections::HashMap;
use std::sync::Arc;

use super::parts::{Part, PartHash, parts};
use super::vector::{Asked, Vector};
use crate::search::index::LangIndex;

/// With a larger share of parts unread, the read ones would win only because they are.
const UNREAD_MAX_SHARE: f32 = 0.05;
/// What an article's title says beside its best piece. Up: titles decide; 0: they only stand in front of the pieces. Measured best from .2 to .3.
const TITLE_SHARE: f32 = 0.25;

/// Vectors by article.
#[derive(Debug, Default)]
pub(in crate::search) struct Table {
    /// In the order of the articles' keys.
    rows: Vec<Row>,
    parts: usize,
}

#[derive(Debug)]
struct Row {
    key: usize,
    passage: Option<u16>,
    hash: PartHash,
    vector: Arc<Vector>,
}

/// How alike an article and a question are.
#[derive(Debug, Clone, Copy)]
pub(in crate::search) struct Likeness {
    /// That of the whole article; NaN where none of it has been read.
    pub(in crate::search) article: f32,
    /// That of its best piece.
    best: f32,
    title: f32,
    /// The passage that the best piece belongs to.
    pub(in crate::search) passage: Option<u16>,
}

impl Likeness {
    const UNREAD: Self = Self { article: f32::NAN, best: f32::NAN, title: f32::NAN, passage: None };

    fn weigh(&mut self) {
        self.article = match (self.best.is_nan(), self.title.is_nan()) {
            (false, false) => (1.0 - TITLE_SHARE) * self.best + TITLE_SHARE * self.title,
            (true, _) => self.title,
            (_, true) => self.best,
        };
    }
}

impl Table {
    /// The table of an index, from the vectors that are known, and the parts that are not.
    pub(super) fn new(index: &LangIndex, known: &HashMap<PartHash, Arc<Vector>>) -> (Self, Vec<(PartHash, Part)>) {
        let (mut table, mut unread) = (Self::default(), Vec::new());
        for (key, entry) in index.entries.iter().enumerate() {
            for part in entry.iter().flat_map(|entry| parts(&entry.text)) {
                table.parts += 1;
                let hash = part.hash();
                match known.get(&hash) {
                    Some(vector) => table.rows.push(Row { key, passage: part.passage, hash, vector: vector.clone() }),
                    None => unread.push((hash, part)),
                }
            }
        }
        (table, unread)
    }

    /// Whether enough is read to rank by it.
    pub(in crate::search) fn is_usable(&self) -> bool {
        self.parts > 0 && (self.parts - self.rows.len()) as f32 <= UNREAD_MAX_SHARE * self.parts as f32
    }

    /// How alike each article and a question are, by the articles' keys.
    pub(in crate::search) fn likenesses(&self, asked: &Asked, articles: usize) -> Vec<Likeness> {
        let mut likenesses = vec![Likeness::UNREAD; articles];
        for row in &self.rows {
            let likeness = asked.likeness(&row.vector);
            let Some(article) = likenesses.get_mut(row.key) else { continue };
            match row.passage {
                None => article.title = likeness,
                Some(_) if likeness <= article.best => {}
                passage => (article.best, article.passage) = (likeness, passage),
            }
        }
        likenesses.iter_mut().for_each(Likeness::weigh);
        likenesses
    }

    /// Names of all parts that are in it.
    pub(super) fn hashes(&self) -> impl Iterator<Item = &PartHash> {
        self.rows.iter().map(|row| &row.hash)
    }
}
