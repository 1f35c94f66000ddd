//! What can go wrong in the database, in the few kinds that callers tell apart. The texts are for operators, never for readers.

/// Cheap to copy, since one failure may answer many waiting requests.
#[derive(Debug, Clone, thiserror::Error)]
pub enum DbError {
    /// Down, unreachable, locked or overloaded: the same request may succeed later.
    #[error("the database can't be used now: {0}")]
    Unavailable(String),
    /// The disk is full, or the folder or database is read-only.
    #[error("the database can't write: {0}")]
    CannotWrite(String),
    /// A value that must be unique exists already.
    #[error("a value exists already: {0}")]
    Duplicate(String),
    /// Anything else: a fault in the program or in the stored data.
    #[error("the database refused: {0}")]
    Broken(String),
}

impl From<sqlx::Error> for DbError {
    fn from(error: sqlx::Error) -> Self {
        let text = error.to_string();
        match &error {
            sqlx::Error::Database(inner) if inner.is_unique_violation() => Self::Duplicate(text),
            sqlx::Error::Database(inner) => by_code(&inner.code().unwrap_or_default(), text),
            sqlx::Error::Io(_)
            | sqlx::Error::Tls(_)
            | sqlx::Error::Protocol(_)
            | sqlx::Error::PoolTimedOut
            | sqlx::Error::PoolClosed
            | sqlx::Error::WorkerCrashed
            | sqlx::Error::BeginFailed => Self::Unavailable(text),
            _ => Self::Broken(text),
        }
    }
}

impl From<sqlx::migrate::MigrateError> for DbError {
    fn from(error: sqlx::migrate::MigrateError) -> Self {
        use sqlx::migrate::MigrateError;
        match error {
            MigrateError::Execute(inner) | MigrateError::ExecuteMigration(inner, _) => inner.into(),
            MigrateError::VersionMissing(version) | MigrateError::VersionTooNew(version, _) => {
                Self::Broken(format!("it was written by a newer version of this program (step {version} is unknown here); start that version"))
            }
            other => Self::Broken(other.to_string()),
        }
    }
}

/// SQLite's codes are numbers of at most four digits, PostgreSQL's SQLSTATE has five characters.
fn by_code(code: &str, text: String) -> DbError {
    if code.len() == 5 {
        return match code {
            // disk full; read-only transaction
            "53100" | "25006" => DbError::CannotWrite(text),
            // refused login, no such database; deadlock, serialisation; locked; statement timeout
            "28000" | "28P01" | "3D000" | "40001" | "40P01" | "55P03" | "57014" => DbError::Unavailable(text),
            // connection lost, out of resources, shutting down
            _ if code.starts_with("08") || code.starts_with("53") || code.starts_with("57P") => DbError::Unavailable(text),
            _ => DbError::Broken(text),
        };
    }
    // The low byte of an extended code is the primary one.
    match code.parse::<u32>().map(|number| number & 0xff) {
        // read-only
        Ok(8) => DbError::CannotWrite(format!("{text}. Give the program's user the right to write in the data folder")),
        // disk full
        Ok(13) => DbError::CannotWrite(format!("{text}. Make room on the disk")),
        // busy, locked, I/O error, can't open
        Ok(5 | 6 | 10 | 14) => DbError::Unavailable(text),
        Ok(11 | 26) => DbError::Broken(format!("{text}. The file is damaged or no database: put a copy of it back")),
        _ => DbError::Broken(text),
    }
}
