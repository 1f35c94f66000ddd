//! Taking a job from the queue: the one statement that is not the same on both engines.

use super::row::from_row;
use super::{DbError, Write};
use crate::clock::Micros;

/// SQLite has one writer at a time, so nobody else is claiming now.
const CLAIM_SQLITE: &str = "
    UPDATE jobs SET lease = $2, attempts = attempts + 1
    WHERE id = (SELECT id FROM jobs WHERE run_at <= $1 AND (lease IS NULL OR lease <= $1) ORDER BY run_at, id LIMIT 1)
    RETURNING id, unique_key, kind, data, attempts";
/// PostgreSQL has many: each takes the first job that nobody else is about to take, instead of waiting for the same one.
const CLAIM_POSTGRES: &str = "
    UPDATE jobs SET lease = $2, attempts = attempts + 1
    WHERE id = (
        SELECT id FROM jobs WHERE run_at <= $1 AND (lease IS NULL OR lease <= $1) ORDER BY run_at, id LIMIT 1 FOR UPDATE SKIP LOCKED)
    RETURNING id, unique_key, kind, data, attempts";

/// A job that was taken.
#[derive(Debug)]
pub struct ClaimedRow {
    pub id: String,
    pub unique_key: Option<String>,
    pub kind: String,
    pub data: String,
    /// This attempt's number, from 1.
    pub attempts: i64,
}
from_row!(ClaimedRow { id, unique_key, kind, data, attempts });

/// Takes the job that has been due for longest; nobody else gets it until the lease is over.
pub async fn claim_job(write: &mut Write, now: Micros, lease: Micros) -> Result<Option<ClaimedRow>, DbError> {
    let claim = if write.is_sqlite() { sqlx::query_as(CLAIM_SQLITE) } else { sqlx::query_as(CLAIM_POSTGRES) };
    Ok(claim.bind(now.0).bind(lease.0).fetch_optional(&mut **write).await?)
}
