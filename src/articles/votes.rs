//! What readers say of an article.

use super::model::ArticleId;
use crate::i18n::Lang;

pub const SENTENCE_MAX_CHARS: usize = 1_000;

/// An answer to "was this helpful?".
#[derive(Debug, Clone)]
pub struct Vote {
    pub article: ArticleId,
    /// The language in which it was read.
    pub lang: Lang,
    pub helpful: bool,
    pub sentence: Option<Sentence>,
    /// The same for the same visitor, and nothing that names them: `ServerKey::network_tag`.
    pub voter: String,
}

/// What a reader adds to a vote: at most [`SENTENCE_MAX_CHARS`] characters, no control characters but line breaks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sentence(String);

impl Sentence {
    /// `None` where nothing is left; what is too long is cut.
    pub fn parse(typed: &str) -> Option<Self> {
        let text: String = typed.replace("\r\n", "\n").chars().filter(|&char| char == '\n' || !char.is_control()).collect();
        let text: String = text.trim().chars().take(SENTENCE_MAX_CHARS).collect();
        (!text.is_empty()).then_some(Self(text))
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}
