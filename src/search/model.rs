//! What a question to the search is made of, and its limits.

use crate::i18n::Lang;

/// A question longer than this is cut.
pub const QUERY_MAX_CHARS: usize = 2000;
/// Words of a question that are looked at, repeated ones included; the rest is ignored. Bounds the work of one search.
pub const QUERY_MAX_WORDS: usize = 64;
/// Hits of one answer, at most and unless told otherwise.
pub const HITS_MAX: usize = 50;
pub const HITS_DEFAULT: usize = 10;
/// Hits in other languages, at most.
pub const ELSEWHERE_MAX: usize = 5;

/// A question.
#[derive(Debug, Clone, Copy)]
pub struct SearchRequest<'a> {
    /// As typed so far: where it ends in a letter, the last word may be the beginning of a longer one. `"words in quotes"` must stand in the
    /// article like that; `-word` must not stand in it.
    pub query: &'a str,
    pub lang: Lang,
    /// Folder name of the only section wanted.
    pub section: Option<&'a str>,
    /// Hits wanted; held between 1 and `HITS_MAX`.
    pub limit: usize,
    pub mode: Mode,
}

impl<'a> SearchRequest<'a> {
    /// A finished question, with everything else as a reader gets it who asks for nothing special.
    pub fn new(query: &'a str, lang: Lang) -> Self {
        Self { query, lang, section: None, limit: HITS_DEFAULT, mode: Mode::default() }
    }
}

/// How articles are ranked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Mode {
    /// By words alone.
    Lexical,
    /// By words and meaning, where the model answers at once.
    #[default]
    Default,
    /// By words and meaning, where there is a model; it is waited for.
    Hybrid,
}

impl Mode {
    /// The mode of a name in an address; `None` for any other text.
    pub fn parse(name: &str) -> Option<Self> {
        match name {
            "lexical" => Some(Self::Lexical),
            "hybrid" => Some(Self::Hybrid),
            _ => None,
        }
    }
}
