//! The SQL of log-ins and of what they open.

use sqlx::{AnyConnection, AnyPool};

use crate::clock::Micros;
use crate::db::DbError;

const INSERT_LOGIN: &str = "INSERT INTO logins (id, email_key, valid_until, tries) VALUES ($1, $2, $3, 0)";
/// Counts a try; nothing comes back for what is over, used, or was tried too often.
const TRY_LOGIN: &str = "
    UPDATE logins SET tries = tries + 1 WHERE id = $1 AND used_at IS NULL AND valid_until > $2 AND tries < $3
    RETURNING email_key";
const USE_LOGIN: &str = "UPDATE logins SET used_at = $2 WHERE id = $1";
/// The address as it was typed in the newest ticket, of a log-in that can still be used.
const ADDRESS_OF_LOGIN: &str = "
    SELECT tickets.email FROM logins JOIN tickets ON tickets.email_key = logins.email_key
    WHERE logins.id = $1 AND logins.used_at IS NULL AND logins.valid_until > $2
    ORDER BY tickets.created_at DESC, tickets.id DESC LIMIT 1";
const COUNT_TICKETS: &str = "SELECT COUNT(*) FROM tickets WHERE email_key = $1";
const INSERT_SESSION: &str = "INSERT INTO sessions (token, email_key, valid_until) VALUES ($1, $2, $3)";
const SESSION: &str = "SELECT email_key FROM sessions WHERE token = $1 AND valid_until > $2";
const END_SESSION: &str = "DELETE FROM sessions WHERE token = $1";
const REFERENCES_OF_ADDRESS: &str = "
    SELECT reference FROM tickets WHERE email_key = $1 ORDER BY created_at DESC, id DESC LIMIT $2";
const LAST_ANSWERS: &str = "
    SELECT tickets.reference, MAX(messages.created_at) FROM messages JOIN tickets ON tickets.id = messages.ticket
    WHERE tickets.email_key = $1 AND messages.kind = 'answer' GROUP BY tickets.reference";
/// What an address's tickets say to their customer.
const WORDS_OF_ADDRESS: &str = "
    SELECT tickets.reference, messages.body FROM messages JOIN tickets ON tickets.id = messages.ticket
    WHERE tickets.email_key = $1 AND messages.kind <> 'note' ORDER BY messages.created_at DESC LIMIT $2";
const PRUNE_LOGINS: &str = "DELETE FROM logins WHERE valid_until <= $1";
const PRUNE_SESSIONS: &str = "DELETE FROM sessions WHERE valid_until <= $1";

pub(super) async fn insert_login(connection: &mut AnyConnection, id: &str, email_key: &str, valid_until: Micros) -> Result<(), DbError> {
    sqlx::query(INSERT_LOGIN).bind(id).bind(email_key).bind(valid_until.0).execute(connection).await?;
    Ok(())
}

/// Counts a try and returns the address that is asked for; `None` where no try is left.
pub(super) async fn try_login(connection: &mut AnyConnection, id: &str, now: Micros, tries_max: i64) -> Result<Option<String>, DbError> {
    Ok(sqlx::query_scalar(TRY_LOGIN).bind(id).bind(now.0).bind(tries_max).fetch_optional(connection).await?)
}

pub(super) async fn use_login(connection: &mut AnyConnection, id: &str, now: Micros) -> Result<(), DbError> {
    sqlx::query(USE_LOGIN).bind(id).bind(now.0).execute(connection).await?;
    Ok(())
}

pub(super) async fn address_of_login(pool: &AnyPool, id: &str, now: Micros) -> Result<Option<String>, DbError> {
    Ok(sqlx::query_scalar(ADDRESS_OF_LOGIN).bind(id).bind(now.0).fetch_optional(pool).await?)
}

pub(super) async fn is_known(connection: &mut AnyConnection, email_key: &str) -> Result<bool, DbError> {
    let count: i64 = sqlx::query_scalar(COUNT_TICKETS).bind(email_key).fetch_one(connection).await?;
    Ok(count > 0)
}

pub(super) async fn insert_session(connection: &mut AnyConnection, token: &str, email_key: &str, valid_until: Micros) -> Result<(), DbError> {
    sqlx::query(INSERT_SESSION).bind(token).bind(email_key).bind(valid_until.0).execute(connection).await?;
    Ok(())
}

/// The address whose tickets a session opens.
pub(super) async fn session(pool: &AnyPool, token: &str, now: Micros) -> Result<Option<String>, DbError> {
    Ok(sqlx::query_scalar(SESSION).bind(token).bind(now.0).fetch_optional(pool).await?)
}

pub(super) async fn end_session(connection: &mut AnyConnection, token: &str) -> Result<(), DbError> {
    sqlx::query(END_SESSION).bind(token).execute(connection).await?;
    Ok(())
}

/// Newest first.
pub(super) async fn references_of_address(pool: &AnyPool, email_key: &str, limit: i64) -> Result<Vec<String>, DbError> {
    Ok(sqlx::query_scalar(REFERENCES_OF_ADDRESS).bind(email_key).bind(limit).fetch_all(pool).await?)
}

/// Per reference, when staff answered last.
pub(super) async fn last_answers(pool: &AnyPool, email_key: &str) -> Result<Vec<(String, i64)>, DbError> {
    Ok(sqlx::query_as(LAST_ANSWERS).bind(email_key).fetch_all(pool).await?)
}

/// Per reference, things that were said in it; notes never.
pub(super) async fn words_of_address(pool: &AnyPool, email_key: &str, limit: i64) -> Result<Vec<(String, String)>, DbError> {
    Ok(sqlx::query_as(WORDS_OF_ADDRESS).bind(email_key).bind(limit).fetch_all(pool).await?)
}

/// Drops what opens nothing any more.
pub(super) async fn prune(connection: &mut AnyConnection, now: Micros) -> Result<(), DbError> {
    sqlx::query(PRUNE_LOGINS).bind(now.0).execute(&mut *connection).await?;
    sqlx::query(PRUNE_SESSIONS).bind(now.0).execute(connection).await?;
    Ok(())
}
