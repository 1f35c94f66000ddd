//! The SQL of the queue. Taking a job from it is in `db::claim`.

use sqlx::{AnyConnection, AnyPool};

use super::kinds::Job;
use crate::clock::Micros;
use crate::db::{self, DbError};

/// A job of the same key that waits stays as it is. One that runs may have begun before what it is wanted for now, and one that was given up
/// will not run: either gives its place to the new one.
const ENQUEUE: &str = "
    INSERT INTO jobs (id, unique_key, kind, data, run_at, attempts) VALUES ($1, $2, $3, $4, $5, 0)
    ON CONFLICT (unique_key) DO UPDATE SET
        id = excluded.id, kind = excluded.kind, data = excluded.data, run_at = excluded.run_at, lease = NULL, attempts = 0, last_problem = NULL
    WHERE jobs.lease IS NOT NULL OR jobs.run_at IS NULL";
/// Whether it waits or runs: it is there.
const ENQUEUE_UNLESS_THERE: &str = "
    INSERT INTO jobs (id, unique_key, kind, data, run_at, attempts) VALUES ($1, $2, $3, $4, $5, 0)
    ON CONFLICT (unique_key) DO NOTHING";
/// Only the attempt that holds the claim may end it, here and below.
const DELETE: &str = "DELETE FROM jobs WHERE id = $1 AND attempts = $2";
const FAIL: &str = "UPDATE jobs SET run_at = $3, lease = NULL, last_problem = $4 WHERE id = $1 AND attempts = $2";
const COUNT_FAILED: &str = "SELECT COUNT(*) FROM jobs WHERE last_problem IS NOT NULL";

pub(super) async fn enqueue(connection: &mut AnyConnection, job: &Job, unique_key: Option<&str>, now: Micros, run_at: Micros) -> Result<(), DbError> {
    let (kind, data) = job.to_words()?;
    let query = sqlx::query(ENQUEUE).bind(db::new_id(now)?).bind(unique_key).bind(kind).bind(data).bind(run_at.0);
    query.execute(connection).await?;
    Ok(())
}

/// The key of a job that recurs.
pub(super) const SCHEDULE_KEY: &str = "schedule:";

/// Puts a job that recurs into the queue, unless it is there.
pub(super) async fn enqueue_scheduled(connection: &mut AnyConnection, job: &Job, now: Micros, run_at: Micros) -> Result<(), DbError> {
    let (kind, data) = job.to_words()?;
    let query = sqlx::query(ENQUEUE_UNLESS_THERE).bind(db::new_id(now)?).bind(format!("{SCHEDULE_KEY}{kind}")).bind(kind).bind(data).bind(run_at.0);
    query.execute(connection).await?;
    Ok(())
}

/// False where another attempt holds the job.
pub(super) async fn delete(connection: &mut AnyConnection, id: &str, attempt: i64) -> Result<bool, DbError> {
    Ok(sqlx::query(DELETE).bind(id).bind(attempt).execute(connection).await?.rows_affected() > 0)
}

/// Puts it back for later, or gives it up where there is no `run_at`. False where another attempt holds the job.
pub(super) async fn fail(connection: &mut AnyConnection, id: &str, attempt: i64, run_at: Option<Micros>, problem: &str) -> Result<bool, DbError> {
    let query = sqlx::query(FAIL).bind(id).bind(attempt).bind(run_at.map(|at| at.0)).bind(problem);
    Ok(query.execute(connection).await?.rows_affected() > 0)
}

pub(super) async fn count_failed(pool: &AnyPool) -> Result<i64, DbError> {
    Ok(sqlx::query_scalar(COUNT_FAILED).fetch_one(pool).await?)
}
