//! Text in, ranked articles out. A reader types a question, with typos and without accents, and gets the article that answers it, opened at
//! the part that does. What is promised: every question gets an answer, never an error; accents, capitals and word endings don't matter; an
//! article changed on disk is found as it reads, at once after the reload; drafts are never found, because the library doesn't hold them.
//!
//! The way of a question: `query` reads it, `word_senses` finds out which words of the index are meant (`dictionary` and `known_words` say what is a
//! mistake, `groups` and `plurals` what is one word), `contact` whether somebody wants to speak to us, `ranking` scores articles, `passages`
//! chooses the part of each that answers best, `snippet` shows it, `language_search` puts one language together and `answer` all. `semantic/` adds what
//! a small model makes of question and articles, `instant_answer` and `summary` choose what answers by itself, `tuning` are what staff help with, `log/` counts what
//! was not found. The index is held in memory, one for each language, and made anew at every start; there is nothing to repair.

mod analyser;
mod answer;
pub mod asks;
mod contact;
mod dictionary;
mod error;
mod groups;
mod index;
mod instant_answer;
mod known_words;
mod language_search;
pub mod log;
mod model;
mod passages;
mod plurals;
mod query;
mod ranking;
mod schema;
pub mod semantic;
mod snippet;
mod stop_words;
mod summary;
mod tuning;
mod weights;
mod word_senses;

pub use answer::Search;
pub use error::SearchError;
pub use model::{ELSEWHERE_MAX, HITS_DEFAULT, HITS_MAX, Mode, QUERY_MAX_CHARS, QUERY_MAX_WORDS, SearchRequest};
pub use semantic::{Effort, Reading, SemanticModel, find_model};
pub use weights::Weights;
