//! Why a search or an index could not be made.

/// A failure of the machine, or too much asked at once; never of the question: every text is one.
#[derive(Debug, thiserror::Error)]
pub enum SearchError {
    #[error("the search index failed")]
    Index(#[from] tantivy::TantivyError),
    #[error("the search index could not be read")]
    Read(#[from] std::io::Error),
    #[error("a thread that builds the search index stopped")]
    Build,
    #[error("too many questions of one network at the same time")]
    Busy,
    #[error("a thread that searches ended")]
    Ended,
}
