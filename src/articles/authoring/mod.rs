//! Tools for those who write articles: `ajuda new`, `ajuda rename`, `ajuda translations`, and what `ajuda preview` shows.

pub mod create;
pub mod preview;
pub mod rename;
pub mod translations;

mod path;
mod relink;

use std::io;
use std::path::Path;

use crate::articles::content_store::ContentStoreError;

/// Why a tool did not do what it was asked for, and what to do.
#[derive(Debug, thiserror::Error)]
pub enum AuthoringError {
    #[error("{0}")]
    ContentStore(#[from] ContentStoreError),
    /// A sentence or two of ours.
    #[error("{0}")]
    Refused(String),
}

impl AuthoringError {
    fn refused(what: impl Into<String>) -> Self {
        Self::Refused(what.into())
    }

    fn unwritable(file: &Path, error: &io::Error) -> Self {
        Self::Refused(format!("{}: can't be written ({}). Check the path and its rights.", file.display(), error.kind()))
    }
}
