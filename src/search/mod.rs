//! Text in, ranked articles out. A reader types a question, with typos and without accents, and gets the article that answers it, opened at
//! the part that does. What is promised: every question gets an answer, never an error; accents, capitals and word endings don't matter; an
//! article changed on disk is found as it reads, at once after the reload; drafts are never found, because the library doesn't hold them.
//!
//! The way of a question: `query` reads it, `understanding` finds out which words of the index are meant, `ranking` scores articles, `passages`
//! chooses the part of each that answers best, `snippet` shows it, `finding` puts one language together and `answer` all. `meaning/` adds what
//! a small model makes of question and articles, `on_top` and `summed_up` choose what answers by itself, `levers` are what staff help with, `log/` counts what
//! was not found. The index is held in memory, one for each language, and made anew at every start; there is nothing to repair.

mod analyser;
mod answer;
pub mod api;
pub mod asks;
mod dictionary;
mod error;
mod finding;
mod index;
mod levers;
pub mod log;
pub mod meaning;
mod model;
mod on_top;
pub mod pages;
mod passages;
mod query;
mod ranking;
mod schema;
pub(crate) mod sentences;
mod snippet;
mod stop_words;
mod summed_up;
mod understanding;
mod weights;

pub use answer::Search;
pub use error::SearchError;
pub use meaning::{Effort, Meaning, Reading, find_model};
pub use model::{Ask, ELSEWHERE_MAX, HITS_DEFAULT, HITS_MAX, Mode, QUERY_MAX_CHARS, QUERY_MAX_WORDS};
pub use weights::Weights;
