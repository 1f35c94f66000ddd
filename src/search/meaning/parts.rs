//! The parts of an article as the model reads them: its title, and pieces of the text under each heading, whole sentences where that is
//! possible, with the title in front.

use sha2::{Digest, Sha256};

use super::sentences::sentences;
use crate::articles::model::ArticleText;

/// Words of one piece, at most. Up: pieces that speak of several things; down: pieces that don't say what they are about. Measured with 80,
/// 120 and 160: 80 finds more everywhere.
const PIECE_MAX_WORDS: usize = 80;
/// Pieces of one article that are read; what stands behind them is found by its words only.
const PIECES_MAX: usize = 800;

/// Names a part's text, so that a text read once is never read again.
pub(super) type PartHash = [u8; 16];

/// One part of an article.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Part {
    /// Place in the article of the passage that it is a piece of; `None` for the title.
    pub(super) passage: Option<u16>,
    /// As the model reads it.
    pub(super) text: String,
}

impl Part {
    pub(super) fn hash(&self) -> PartHash {
        let mut hash = PartHash::default();
        hash.copy_from_slice(&Sha256::digest(self.text.as_bytes())[..16]);
        hash
    }
}

/// All parts of an article: the title first, then the pieces in their order.
pub(super) fn parts(text: &ArticleText) -> Vec<Part> {
    let mut parts = vec![Part { passage: None, text: text.title.clone() }];
    // A name without a word in it, such as a number, only misleads the model.
    let title = if text.title.split_whitespace().any(|word| word.chars().all(char::is_alphabetic)) { text.title.as_str() } else { "" };
    for (passage, number) in text.passages.iter().zip(0..=u16::MAX) {
        let heading = passage.heading.as_ref().map(|heading| heading.text.as_str()).unwrap_or_default();
        let summary = if number == 0 { text.summary.as_str() } else { "" };
        let front = joined(&[title, heading]);
        let mut pieces = pieces([summary, &passage.text].into_iter());
        if pieces.is_empty() && !heading.is_empty() {
            pieces.push(String::new());
        }
        parts.extend(pieces.into_iter().map(|piece| Part { passage: Some(number), text: joined(&[&front, &piece]) }));
        if parts.len() > PIECES_MAX {
            parts.truncate(PIECES_MAX);
            break;
        }
    }
    parts
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
