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
    pub reason: Option<Reason>,
    pub sentence: Option<Sentence>,
    /// The same for the same visitor, and nothing that names them: `ServerKey::network_tag`.
    pub voter: String,
}

/// Why an article did not help, in the words of a chip.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reason {
    /// The question is not answered there.
    Missing,
    Unclear,
    /// What the reader sees is not what the article says.
    Outdated,
    DidNotWork,
}

impl Reason {
    pub const ALL: [Self; 4] = [Self::Missing, Self::Unclear, Self::Outdated, Self::DidNotWork];

    /// As it is stored and posted.
    pub fn code(self) -> &'static str {
        match self {
            Self::Missing => "missing",
            Self::Unclear => "unclear",
            Self::Outdated => "outdated",
            Self::DidNotWork => "did_not_work",
        }
    }

    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|reason| reason.code() == code)
    }
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
