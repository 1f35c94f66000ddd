//! The SQL of letters that were taken.

use sqlx::{AnyConnection, AnyPool};

use super::Why;
use crate::clock::Micros;
use crate::db::{self, DbError};

const IS_KNOWN: &str = "SELECT COUNT(*) FROM letters WHERE fingerprint = $1";
/// Nothing comes back where another has it already: it waits for the other's commit.
const CLAIM: &str = "
    INSERT INTO letters (id, fingerprint, taken_at, state, email_key, authenticated) VALUES ($1, $2, $3, 'filed', $4, $5)
    ON CONFLICT (fingerprint) DO NOTHING RETURNING id";
const CLAIM_WAITING: &str = "UPDATE letters SET state = 'filed', reason = NULL, raw = NULL WHERE id = $1 AND state = 'waits' RETURNING id";
/// Without an entry: the ticket's first.
const SETTLE: &str = "
    UPDATE letters SET ticket = $2,
        message = COALESCE($3, (SELECT id FROM messages WHERE ticket = $2 AND kind = 'customer' ORDER BY created_at, id LIMIT 1))
    WHERE id = $1";
const KEEP: &str = "UPDATE letters SET state = 'waits', reason = $2, ticket = $3, subject = $4, raw = $5 WHERE id = $1";
const WAITING: &str = "
    SELECT letters.id, letters.taken_at, letters.reason, letters.email_key, letters.authenticated, letters.subject, tickets.reference
    FROM letters LEFT JOIN tickets ON tickets.id = letters.ticket
    WHERE letters.state = 'waits' ORDER BY letters.taken_at, letters.id LIMIT $1";
const COUNT_WAITING: &str = "SELECT COUNT(*) FROM letters WHERE state = 'waits'";
const BYTES_WAITING: &str = "SELECT CAST(COALESCE(SUM(OCTET_LENGTH(raw)), 0) AS BIGINT) FROM letters WHERE state = 'waits'";
const RAW: &str = "SELECT raw, reason, ticket, fingerprint FROM letters WHERE id = $1 AND state = 'waits'";
const DROP: &str = "UPDATE letters SET state = 'dropped', raw = NULL, subject = NULL WHERE id = $1 AND state = 'waits' RETURNING id";
const NOT_VERIFIED: &str = "SELECT message FROM letters WHERE ticket = $1 AND authenticated = 0 AND message IS NOT NULL";
const PRUNE: &str = "DELETE FROM letters WHERE state = 'dropped' AND taken_at < $1";

/// A letter that waits for staff.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct WaitingRow {
    pub id: String,
    pub taken_at: i64,
    pub reason: Option<String>,
    pub email_key: String,
    pub authenticated: i64,
    pub subject: Option<String>,
    /// Of the ticket that it names.
    pub reference: Option<String>,
}

#[derive(sqlx::FromRow)]
pub(super) struct RawRow {
    pub raw: Option<String>,
    pub reason: Option<String>,
    pub ticket: Option<String>,
    pub fingerprint: String,
}

pub(super) async fn is_known(pool: &AnyPool, fingerprint: &str) -> Result<bool, DbError> {
    let count: i64 = sqlx::query_scalar(IS_KNOWN).bind(fingerprint).fetch_one(pool).await?;
    Ok(count > 0)
}

/// The id under which a letter is taken in this transaction; `None` if it was taken before.
pub(super) async fn claim(
    connection: &mut AnyConnection,
    fingerprint: &str,
    email_key: &str,
    authenticated: bool,
    now: Micros,
) -> Result<Option<String>, DbError> {
    let query = sqlx::query_scalar(CLAIM).bind(db::new_id(now)?).bind(fingerprint).bind(now.0).bind(email_key).bind(i64::from(authenticated));
    Ok(query.fetch_optional(connection).await?)
}

/// The same for one that waits.
pub(super) async fn claim_waiting(connection: &mut AnyConnection, id: &str) -> Result<Option<String>, DbError> {
    Ok(sqlx::query_scalar(CLAIM_WAITING).bind(id).fetch_optional(connection).await?)
}

/// Notes where a letter went: the entry, or the ticket that it opened.
pub(super) async fn settle(connection: &mut AnyConnection, id: &str, ticket: &str, entry: Option<&str>) -> Result<(), DbError> {
    sqlx::query(SETTLE).bind(id).bind(ticket).bind(entry).execute(connection).await?;
    Ok(())
}

pub(super) async fn keep(connection: &mut AnyConnection, id: &str, why: Why, ticket: Option<&str>, subject: &str, raw: &str) -> Result<(), DbError> {
    sqlx::query(KEEP).bind(id).bind(why.word()).bind(ticket).bind(subject).bind(raw).execute(connection).await?;
    Ok(())
}

/// Oldest first.
pub(super) async fn waiting(pool: &AnyPool, limit: i64) -> Result<Vec<WaitingRow>, DbError> {
    Ok(sqlx::query_as(WAITING).bind(limit).fetch_all(pool).await?)
}

pub(super) async fn count_waiting(pool: &AnyPool) -> Result<i64, DbError> {
    Ok(sqlx::query_scalar(COUNT_WAITING).fetch_one(pool).await?)
}

/// How much room those that wait take.
pub(super) async fn bytes_waiting(pool: &AnyPool) -> Result<i64, DbError> {
    Ok(sqlx::query_scalar(BYTES_WAITING).fetch_one(pool).await?)
}

pub(super) async fn raw(pool: &AnyPool, id: &str) -> Result<Option<RawRow>, DbError> {
    Ok(sqlx::query_as(RAW).bind(id).fetch_optional(pool).await?)
}

/// False if no such letter waits.
pub(super) async fn drop_waiting(connection: &mut AnyConnection, id: &str) -> Result<bool, DbError> {
    let dropped: Option<String> = sqlx::query_scalar(DROP).bind(id).fetch_optional(connection).await?;
    Ok(dropped.is_some())
}

/// Entries of a ticket that came in letters for whose sender nobody vouches.
pub(super) async fn not_verified(pool: &AnyPool, ticket: &str) -> Result<Vec<String>, DbError> {
    Ok(sqlx::query_scalar(NOT_VERIFIED).bind(ticket).fetch_all(pool).await?)
}

pub(super) async fn prune(connection: &mut AnyConnection, before: Micros) -> Result<(), DbError> {
    sqlx::query(PRUNE).bind(before.0).execute(connection).await?;
    Ok(())
}
