//! Cuts text into the pieces that the model knows: SentencePiece's unigram model, as XLM-RoBERTa uses it.

use kitoken::{
    Configuration, Definition, Fallback, Kitoken, Metadata, Model, Normalization, SpecialToken, SpecialTokenKind, Split, SplitBehavior, Token,
    UnicodeNormalization,
};
use safetensors::SafeTensors;

use crate::error::ModelError;

/// Pieces with a meaning of their own.
const START: u32 = 0;
const END: u32 = 2;
const UNKNOWN: u32 = 3;
/// Pieces before the first one that stands for text.
const SPECIAL_PIECES: usize = 4;
/// A longer piece is no piece: guards against a damaged table.
const PIECE_MAX_BYTES: usize = 256;

pub(super) struct Tokenizer(Kitoken);

impl Tokenizer {
    pub(super) fn load(tensors: &SafeTensors) -> Result<Self, ModelError> {
        let part = |name: &str| tensors.tensor(name).map_err(|_| ModelError::OtherShape);
        let blob = part("tokenizer.pieces")?.data();
        let ends = numbers(part("tokenizer.ends")?.data()).map(|bytes| u32::from_le_bytes(bytes) as usize);
        let scores = numbers(part("tokenizer.scores")?.data()).map(f32::from_le_bytes);
        let (mut vocab, mut kept) = (Vec::new(), Vec::new());
        let mut start = 0;
        for (id, (end, score)) in (0..).zip(ends.zip(scores)) {
            let bytes = blob.get(start..end).filter(|bytes| bytes.len() <= PIECE_MAX_BYTES).ok_or(ModelError::OtherShape)?;
            start = end;
            // What stands for no text has no score.
            if id as usize >= SPECIAL_PIECES && score < 0.0 {
                vocab.push(Token { id, bytes: bytes.to_vec() });
                kept.push(score);
            }
        }
        if vocab.is_empty() {
            return Err(ModelError::OtherShape);
        }
        let unknown = SpecialToken {
            id: UNKNOWN,
            bytes: b"<unk>".to_vec(),
            kind: SpecialTokenKind::Unknown,
            ident: Some("unk".to_owned()),
            score: 1.0,
            extract: false,
        };
        let model = Model::Unigram { vocab, scores: kept };
        let definition = Definition { meta: Metadata::default(), model, specials: vec![unknown], config: configuration() };
        Kitoken::from_definition(definition).map(Self).map_err(|_| ModelError::OtherShape)
    }

    /// The pieces of a text between the marks of start and end, `most` at most; the rest of the text is passed over.
    pub(super) fn pieces(&self, text: &str, most: usize) -> Vec<u32> {
        let mut pieces = self.0.encode(text, false).unwrap_or_default();
        pieces.truncate(most.saturating_sub(2));
        pieces.insert(0, START);
        pieces.push(END);
        pieces
    }
}

fn numbers(bytes: &[u8]) -> impl Iterator<Item = [u8; 4]> {
    bytes.as_chunks().0.iter().copied()
}

/// Unicode's compatibility forms without control characters, single spaces, and a mark in place of each space and before the text.
fn configuration() -> Configuration {
    Configuration {
        fallback: vec![Fallback::Unknown, Fallback::Skip],
        normalization: vec![
            Normalization::Unicode { scheme: UnicodeNormalization::NFKC },
            Normalization::NMT,
            Normalization::Strip { character: ' ', left: u32::MAX, right: u32::MAX },
            Normalization::Collapse { character: ' ' },
            Normalization::Replace { pattern: " ".into(), replacement: "▁".to_owned() },
            Normalization::Extend { character: '▁', left: 1, right: 0, pad: false },
        ],
        split: vec![Split::Pattern { pattern: '▁'.into(), behavior: SplitBehavior::MergeRight }],
        ..Configuration::default()
    }
}
