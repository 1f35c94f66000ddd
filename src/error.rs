//! Why something that was asked for was not done. The texts are for the log; pages choose their own words.

use crate::db::DbError;
use crate::key::KeyError;

#[derive(Debug, thiserror::Error)]
pub enum ServiceError {
    /// Nothing can be stored or read now; trying again later helps.
    #[error("{0}")]
    Unavailable(String),
    /// Far over the hourly limits, beyond what is quarantined.
    #[error("too many messages from one network or address")]
    TooMany,
    /// There is no such thing, or not for this reader.
    #[error("not found")]
    NotFound,
    /// The ticket is closed, or this can't be done in its current status.
    #[error("not possible in the ticket's current status")]
    NotNow,
    /// A fault in the program or in the stored data.
    #[error("{0}")]
    Broken(String),
}

impl From<DbError> for ServiceError {
    fn from(error: DbError) -> Self {
        match error {
            DbError::Unavailable(_) | DbError::CannotWrite(_) => Self::Unavailable(error.to_string()),
            DbError::Duplicate(_) | DbError::Broken(_) => Self::Broken(error.to_string()),
        }
    }
}

impl From<sqlx::Error> for ServiceError {
    fn from(error: sqlx::Error) -> Self {
        DbError::from(error).into()
    }
}

impl From<KeyError> for ServiceError {
    fn from(error: KeyError) -> Self {
        Self::Unavailable(error.to_string())
    }
}
