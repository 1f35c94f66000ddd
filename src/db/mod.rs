//! One database: SQLite in the data folder, or PostgreSQL by its address. The same SQL text runs on both.
//!
//! Promised: the program starts and serves pages while the database is away, and finds it again by itself; what was
//! committed survives a power cut; a database file that vanished under the program is noticed before anything is written into the void.
//!
//! Rule: whatever writes goes through [`Db::begin`] and ends with [`Write::commit`]. A lone `UPDATE … RETURNING` on SQLite is
//! committed when its statement is reset, and an error at that moment would pass unseen.

pub mod claim;
mod convert;
mod error;
mod many;
mod open;
mod personal_data;
pub mod rate_limits;
mod row;
mod steps;

use std::ops::{Deref, DerefMut};
use std::path::{Path, PathBuf};
use std::sync::{Arc, PoisonError, RwLock};
use std::time::Duration;

use sqlx::{AnyConnection, AnyPool};
use tokio::sync::{Mutex, OwnedMutexGuard};
use tokio::time::{Instant, timeout};

pub use convert::{day, hour, id_of, lang, new_id, unknown};
pub use error::DbError;
pub(crate) use many::{Among, Bound, Insert};
pub use personal_data::{DataSubject, PersonalData};
pub(crate) use row::from_row;

/// How long a write waits for the writes before it, on SQLite.
const WRITE_QUEUE_MAX: Duration = Duration::from_secs(8);
/// How long opening may take before the request is told that the database is away.
const OPEN_MAX: Duration = Duration::from_secs(5);
/// After a failed opening, others are answered by it for so long instead of queueing up to fail again.
const FAILURE_KEPT: Duration = Duration::from_secs(1);

/// A handle to the database; copies share one pool.
#[derive(Clone)]
pub struct Db(Arc<Inner>);

struct Inner {
    engine: Engine,
    opened: RwLock<Option<Opened>>,
    /// Held while opening; the last failure and its moment.
    opening: Mutex<Option<(Instant, DbError)>>,
    /// SQLite has one writer at a time; those of this program queue here, in order, instead of polling for the lock.
    turn: Arc<Mutex<()>>,
}

#[derive(Debug, Clone)]
enum Engine {
    /// The data folder.
    Sqlite(PathBuf),
    /// `postgres://…`
    Postgres(String),
}

#[derive(Clone)]
struct Opened {
    pool: AnyPool,
    /// On SQLite another one, of one connection.
    writer: AnyPool,
    /// Device and number of the SQLite file that the pool has open.
    file: Option<(u64, u64)>,
}

impl Db {
    /// Nothing is opened before it is needed.
    /// `url` is `postgres://…`, or empty for the embedded database in the data folder.
    pub fn new(url: &str, data: &Path) -> Self {
        sqlx::any::install_default_drivers();
        let engine = if url.is_empty() { Engine::Sqlite(data.to_owned()) } else { Engine::Postgres(url.to_owned()) };
        Self(Arc::new(Inner { engine, opened: RwLock::default(), opening: Mutex::default(), turn: Arc::default() }))
    }

    /// The opened and migrated database, to read from.
    pub async fn ready(&self) -> Result<AnyPool, DbError> {
        Ok(self.opened().await?.pool)
    }

    async fn opened(&self) -> Result<Opened, DbError> {
        if let Some(opened) = self.opened_and_in_place()? {
            return Ok(opened);
        }
        let mut failure = self.0.opening.lock().await;
        if let Some(opened) = self.opened_and_in_place()? {
            return Ok(opened);
        }
        if let Some((at, error)) = failure.as_ref()
            && at.elapsed() < FAILURE_KEPT
        {
            return Err(error.clone());
        }
        let result = match timeout(OPEN_MAX, open::open(&self.0.engine)).await {
            Ok(result) => result,
            Err(_) => Err(DbError::Unavailable(format!("no connection within {} seconds", OPEN_MAX.as_secs()))),
        };
        match result {
            Ok(opened) => {
                *failure = None;
                *self.0.opened.write().unwrap_or_else(PoisonError::into_inner) = Some(opened.clone());
                Ok(opened)
            }
            Err(error) => {
                tracing::warn!(%error, "the database can't be opened");
                *failure = Some((Instant::now(), error.clone()));
                Err(error)
            }
        }
    }

    /// What is open, unless it has to be opened (again). An error if the file is not in its place any more.
    fn opened_and_in_place(&self) -> Result<Option<Opened>, DbError> {
        let opened = self.0.opened.read().unwrap_or_else(PoisonError::into_inner).clone();
        let (Some(opened), Engine::Sqlite(folder)) = (&opened, &self.0.engine) else {
            return Ok(opened);
        };
        match open::file_identity(folder) {
            Some(file) if Some(file) == opened.file => Ok(Some(opened.clone())),
            // Another file was put there, a copy that was restored for example.
            Some(_) => Ok(None),
            None => Err(DbError::Unavailable(format!(
                "{} has vanished while the program was running. Put the data folder back, or restart to begin with an empty one",
                open::file(folder).display()
            ))),
        }
    }

    /// Writes a whole and consistent copy of the embedded database to a file that does not exist yet. False where the database is a server, which has
    /// tools of its own for that.
    pub async fn copy_to(&self, file: &Path) -> Result<bool, DbError> {
        let Engine::Sqlite(_) = &self.0.engine else { return Ok(false) };
        sqlx::query("VACUUM INTO $1").bind(file.to_string_lossy().into_owned()).execute(&self.ready().await?).await?;
        Ok(true)
    }

    /// Begins a transaction that may write. It is undone when dropped without a commit.
    pub async fn begin(&self) -> Result<Write, DbError> {
        let is_sqlite = matches!(self.0.engine, Engine::Sqlite(_));
        let turn = if is_sqlite {
            let waiting = timeout(WRITE_QUEUE_MAX, Arc::clone(&self.0.turn).lock_owned());
            Some(waiting.await.map_err(|_| DbError::Unavailable("too many writes are waiting".into()))?)
        } else {
            None
        };
        let pool = self.opened().await?.writer;
        let transaction = if is_sqlite { pool.begin_with("BEGIN IMMEDIATE").await? } else { pool.begin().await? };
        Ok(Write { transaction, turn })
    }

    /// Whether the database answers now.
    pub async fn ping(&self) -> Result<(), DbError> {
        sqlx::query("SELECT 1").fetch_one(&self.ready().await?).await?;
        Ok(())
    }

    /// Folds SQLite's log into its file, so that what was erased doesn't stand in the log any longer. Where others are reading, they do it later.
    pub async fn fold_log(&self) -> Result<(), DbError> {
        if matches!(self.0.engine, Engine::Sqlite(_)) {
            sqlx::query("PRAGMA wal_checkpoint(TRUNCATE)").execute(&self.ready().await?).await?;
        }
        Ok(())
    }

    /// Closes what is open, so that SQLite folds its log into the file. The handle can still be used and opens again.
    pub async fn close(&self) {
        let opened = self.0.opened.write().unwrap_or_else(PoisonError::into_inner).take();
        if let Some(opened) = opened {
            opened.writer.close().await;
            opened.pool.close().await;
        }
    }
}

/// A transaction that may write.
pub struct Write {
    // First, so that it ends before the next writer's turn begins.
    transaction: sqlx::Transaction<'static, sqlx::Any>,
    /// On SQLite only.
    turn: Option<OwnedMutexGuard<()>>,
}

impl Write {
    /// When this returns `Ok`, everything is on disk.
    pub async fn commit(self) -> Result<(), DbError> {
        Ok(self.transaction.commit().await?)
    }

    /// Undoes everything now rather than some time after the drop.
    pub async fn undo(self) -> Result<(), DbError> {
        Ok(self.transaction.rollback().await?)
    }

    fn is_sqlite(&self) -> bool {
        self.turn.is_some()
    }
}

impl Deref for Write {
    type Target = AnyConnection;
    fn deref(&self) -> &AnyConnection {
        &self.transaction
    }
}

impl DerefMut for Write {
    fn deref_mut(&mut self) -> &mut AnyConnection {
        &mut self.transaction
    }
}
