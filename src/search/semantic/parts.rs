//! The parts of an article as the model reads them: its title, its keywords, pieces of the text under each heading with the title in front, and
//! every sentence by itself.

use std::ops::Range;

use sha2::{Digest, Sha256};

use crate::articles::model::ArticleText;
use crate::articles::sentences::sentences;

/// Words of one piece, at most. Up: pieces that speak of several things; down: pieces that don't say what they are about. nDCG@10, mean of
/// seven sets: 160 words .924, 80 words .930, 50 words below both.
const PIECE_MAX_WORDS: usize = 80;
/// Parts of one article that are read; what stands behind them is found by its words only.
const PARTS_MAX: usize = 4_000;

/// Names a part's text, so that a text read once is never read again.
pub(in crate::search) type PartHash = [u8; 16];

/// One part of an article.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::search) struct Part {
    pub(in crate::search) kind: PartKind,
    /// As the model reads it.
    pub(in crate::search) text: String,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::search) enum PartKind {
    Title,
    /// What somebody types who needs the article; never quoted.
    Keyword,
    /// A piece of a passage, by the passage's place in the article.
    Piece(u16),
    Sentence(Spot),
}

/// Where a sentence stands in an article.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::search) struct Spot {
    /// Place of its passage; `None`: it stands in the summary.
    pub(in crate::search) passage: Option<u16>,
    pub(in crate::search) place: Range<u32>,
}

impl Spot {
    /// The sentence itself.
    pub(in crate::search) fn text<'a>(&self, article: &'a ArticleText) -> &'a str {
        let text = self.passage.map_or(Some(&article.summary), |number| article.passages.get(usize::from(number)).map(|passage| &passage.text));
        text.and_then(|text| text.get(self.place.start as usize..self.place.end as usize)).unwrap_or_default()
    }
}

impl Part {
    pub(in crate::search) fn hash(&self) -> PartHash {
        let mut hash = PartHash::default();
        hash.copy_from_slice(&Sha256::digest(self.text.as_bytes())[..16]);
        hash
    }
}

/// All parts of an article in their order, the title first where it has a word.
pub(in crate::search) fn parts(text: &ArticleText) -> Vec<Part> {
    // A name without a word in it, such as a number, only misleads the model.
    let title = if text.title.split_whitespace().any(|word| word.chars().all(char::is_alphabetic)) { text.title.as_str() } else { "" };
    let mut parts = Vec::new();
    if !title.is_empty() {
        parts.push(Part { kind: PartKind::Title, text: title.to_owned() });
    }
    parts.extend(text.keywords.iter().map(|keyword| Part { kind: PartKind::Keyword, text: keyword.clone() }));
    parts.extend(sentences_of(&text.summary, None));
    for (passage, number) in text.passages.iter().zip(0..=u16::MAX) {
        let heading = passage.heading.as_ref().map(|heading| heading.text.as_str()).unwrap_or_default();
        let summary = if number == 0 { text.summary.as_str() } else { "" };
        let front = joined(&[title, heading]);
        let mut pieces = pieces([summary, &passage.text].into_iter());
        if pieces.is_empty() && !heading.is_empty() {
            pieces.push(String::new());
        }
        parts.extend(pieces.into_iter().map(|piece| Part { kind: PartKind::Piece(number), text: joined(&[&front, &piece]) }));
        parts.extend(sentences_of(&passage.text, Some(number)));
        if parts.len() > PARTS_MAX {
            parts.truncate(PARTS_MAX);
            break;
        }
    }
    parts
}

fn sentences_of(text: &str, passage: Option<u16>) -> impl Iterator<Item = Part> {
    sentences(text).into_iter().filter_map(move |place| {
        let spot = Spot { passage, place: u32::try_from(place.start).ok()?..u32::try_from(place.end).ok()? };
        Some(Part { kind: PartKind::Sentence(spot), text: text[place].to_owned() })
    })
}

/// Whole sentences, as many as fit; a longer one is cut.
fn pieces<'a>(texts: impl Iterator<Item = &'a str>) -> Vec<String> {
    let mut pieces: Vec<String> = Vec::new();
    let mut last_words = 0;
    for text in texts {
        for place in sentences(text) {
            let words: Vec<&str> = text[place].split_whitespace().collect();
            for words in words.chunks(PIECE_MAX_WORDS) {
                let sentence = words.join(" ");
                match pieces.last_mut() {
                    Some(piece) if last_words + words.len() <= PIECE_MAX_WORDS => {
                        piece.push(' ');
                        piece.push_str(&sentence);
                        last_words += words.len();
                    }
                    _ => {
                        pieces.push(sentence);
                        last_words = words.len();
                    }
                }
            }
        }
    }
    pieces
}

fn joined(texts: &[&str]) -> String {
    texts.iter().filter(|text| !text.is_empty()).copied().collect::<Vec<_>>().join(". ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences_are_packed_whole_and_long_ones_cut() {
        let short = "Peça o reembolso na página da compra. ".repeat(30);
        let pieces = pieces([short.as_str()].into_iter());
        assert_eq!(pieces.len(), 3);
        assert!(pieces.iter().all(|piece| piece.ends_with("compra.") && piece.split_whitespace().count() <= PIECE_MAX_WORDS));
        let endless = "palavra ".repeat(200);
        assert_eq!(super::pieces([endless.as_str()].into_iter()).len(), 3);
        assert!(super::pieces(["", " "].into_iter()).is_empty());
    }
}
