//! Opens the database, sets what durability needs, and brings its tables up to date.

use std::path::{Path, PathBuf};
use std::time::Duration;

use sqlx::any::{AnyConnectOptions, AnyPoolOptions};
use sqlx::migrate::Migrator;
use sqlx::{AnyConnection, AnyPool, ConnectOptions, Connection, Executor};

use super::steps::STEPS;
use super::{DbError, Engine, Opened};
use crate::private_folder;

/// They read beside the one that writes.
const SQLITE_READERS_MAX: u32 = 3;
const POSTGRES_CONNECTIONS_MAX: u32 = 10;
/// How long a request waits for a free connection.
const ACQUIRE_MAX: Duration = Duration::from_secs(3);

/// The busy timeout is for other processes: those of this program queue for their turn to write. What is deleted is overwritten, so that
/// nothing that was erased can be read from the file.
const SQLITE_SET_UP: &str =
    "PRAGMA busy_timeout = 3000; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; PRAGMA secure_delete = ON";
/// All that is written goes through one connection: whatever another one writes makes its cache worthless. With a log of 16 MB, pages that change again
/// and again are folded into the file less often.
const SQLITE_WRITER_SET_UP: &str = "PRAGMA cache_size = -8000; PRAGMA wal_autocheckpoint = 4000";
/// Each statement is planned for its values: the lists have filters that are mostly empty, and one plan for all values reads every row for them.
const POSTGRES_SET_UP: &str =
    "SET synchronous_commit = on; SET statement_timeout = '10s'; SET lock_timeout = '5s'; SET plan_cache_mode = force_custom_plan";
/// Steps of a migration may take their time.
const POSTGRES_UNHURRIED: &str = "SET statement_timeout = 0; SET lock_timeout = 0";

/// What a path may hold that means something else in an address.
const PATH_ESCAPES: &percent_encoding::AsciiSet = &percent_encoding::NON_ALPHANUMERIC.remove(b'/').remove(b'.').remove(b'-').remove(b'_');

pub(super) async fn open(engine: &Engine) -> Result<Opened, DbError> {
    match engine {
        Engine::Sqlite(folder) => {
            private_folder::make(folder).map_err(|error| cannot_write(&file(folder), &error))?;
            let turn = sqlite_turn_to_migrate(folder).await?;
            let url = sqlite_url(folder)?;
            migrate(connect(&url, SQLITE_SET_UP).await?, &STEPS).await?;
            drop(turn);
            let writer = pool(&url, &[SQLITE_SET_UP, SQLITE_WRITER_SET_UP], 1)?;
            let pool = pool(&url, &[SQLITE_SET_UP], SQLITE_READERS_MAX)?;
            Ok(Opened { pool, writer, file: file_identity(folder) })
        }
        Engine::Postgres(url) => {
            let mut connection = connect(url, POSTGRES_SET_UP).await?;
            connection.execute(POSTGRES_UNHURRIED).await?;
            migrate(connection, &STEPS).await?;
            let pool = pool(url, &[POSTGRES_SET_UP], POSTGRES_CONNECTIONS_MAX)?;
            Ok(Opened { writer: pool.clone(), pool, file: None })
        }
    }
}

/// The first connection is made by hand: the pool would only say that it ran out of time.
async fn connect(url: &str, set_up: &'static str) -> Result<AnyConnection, DbError> {
    let mut connection = options(url)?.connect().await?;
    connection.execute(set_up).await?;
    Ok(connection)
}

fn options(url: &str) -> Result<AnyConnectOptions, DbError> {
    let options: AnyConnectOptions =
        url.parse().map_err(|_| DbError::Broken("database_url is not an address such as postgres://user:password@host/name".into()))?;
    Ok(options.disable_statement_logging())
}

fn pool(url: &str, set_up: &'static [&'static str], connections_max: u32) -> Result<AnyPool, DbError> {
    let pool = AnyPoolOptions::new().max_connections(connections_max).acquire_timeout(ACQUIRE_MAX).after_connect(move |connection, _| {
        Box::pin(async move {
            for statements in set_up {
                connection.execute(*statements).await?;
            }
            Ok(())
        })
    });
    Ok(pool.connect_lazy_with(options(url)?))
}

/// Brings the tables up to date.
async fn migrate(mut connection: AnyConnection, steps: &Migrator) -> Result<(), DbError> {
    // `run` on a connection makes a future that can't be sent to another thread; sqlx keeps `run_direct` for that reason.
    steps.run_direct(None, &mut connection, false).await?;
    Ok(connection.close().await?)
}

/// Two processes may start at the same time on an empty SQLite file, where sqlx locks nothing: the one with this lock makes the tables. It
/// ends with the returned file, and with the process.
async fn sqlite_turn_to_migrate(folder: &Path) -> Result<std::fs::File, DbError> {
    let path = folder.join("migrating.lock");
    let lock = std::fs::File::create(&path).map_err(|error| cannot_write(&path, &error))?;
    loop {
        match lock.try_lock() {
            Ok(()) => return Ok(lock),
            // Waited for here and not in the kernel, so that this thread can do other work; `OPEN_MAX` ends the wait.
            Err(std::fs::TryLockError::WouldBlock) => tokio::time::sleep(Duration::from_millis(20)).await,
            // A file system that knows no locks: one process alone needs none.
            Err(std::fs::TryLockError::Error(_)) => return Ok(lock),
        }
    }
}

pub(super) fn file(folder: &Path) -> PathBuf {
    folder.join("ajuda.db")
}

fn cannot_write(path: &Path, error: &std::io::Error) -> DbError {
    DbError::CannotWrite(format!("{}: {error}. Give the program's user the right to write there, or set another data folder", path.display()))
}

/// Makes sure that the file exists and that only the program's user can read them: they hold what customers wrote.
fn sqlite_url(folder: &Path) -> Result<String, DbError> {
    let file = file(folder);
    let failed = |error: std::io::Error| cannot_write(&file, &error);
    // Never opened when it exists: closing it again would drop the locks that SQLite holds on it in this process.
    let mut options = std::fs::OpenOptions::new();
    options.create_new(true).append(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    match options.open(&file) {
        Err(error) if error.kind() != std::io::ErrorKind::AlreadyExists => return Err(failed(error)),
        _ => {}
    }
    let path = file.canonicalize().map_err(failed)?;
    let path = path.to_str().ok_or_else(|| DbError::Broken(format!("{}: the data folder's path must be UTF-8", file.display())))?;
    Ok(format!("sqlite://{}?mode=rw", percent_encoding::utf8_percent_encode(path, PATH_ESCAPES)))
}

/// Device and number of the database file; `None` when there is none.
#[cfg(unix)]
pub(super) fn file_identity(folder: &Path) -> Option<(u64, u64)> {
    use std::os::unix::fs::MetadataExt;
    std::fs::metadata(file(folder)).ok().map(|metadata| (metadata.dev(), metadata.ino()))
}

/// Without device and number, only whether there is one.
#[cfg(not(unix))]
pub(super) fn file_identity(folder: &Path) -> Option<(u64, u64)> {
    file(folder).exists().then_some((0, 0))
}
