//! Why a ticket could not be filed, found or shown. The texts are for the log; pages choose their own words.

use crate::db::DbError;
use crate::key::KeyError;

#[derive(Debug, thiserror::Error)]
pub enum TicketError {
    /// Nothing can be stored or read now; trying again later helps.
    #[error("{0}")]
    Unavailable(String),
    /// Far over the hourly limits, beyond what is kept aside.
    #[error("too many messages from one network or address")]
    TooMany,
    /// There is no such ticket, or not for this reader.
    #[error("no such ticket")]
    NotFound,
    /// The ticket is closed, or stands where this can't be done.
    #[error("not possible where the ticket stands")]
    NotNow,
    /// A fault in the program or in the stored data.
    #[error("{0}")]
    Broken(String),
}

impl From<DbError> for TicketError {
    fn from(error: DbError) -> Self {
        match error {
            DbError::Unavailable(_) | DbError::CannotWrite(_) => Self::Unavailable(error.to_string()),
            DbError::Duplicate(_) | DbError::Broken(_) => Self::Broken(error.to_string()),
        }
    }
}

impl From<sqlx::Error> for TicketError {
    fn from(error: sqlx::Error) -> Self {
        DbError::from(error).into()
    }
}

impl From<KeyError> for TicketError {
    fn from(error: KeyError) -> Self {
        Self::Unavailable(error.to_string())
    }
}
