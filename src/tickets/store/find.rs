//! The SQL of quick find. Nothing typed becomes a pattern: beginnings are cut to a length and compared, so the indexes serve whatever the order of texts is
//! in the database.

use sqlx::AnyPool;

use crate::db::DbError;

/// Beginnings of so many characters have an index; [`SHORT`] ones always, [`LONG`] ones where as much was typed.
const SHORT: usize = 3;
const LONG_ADDRESS: usize = 8;
const LONG_SUBJECT: usize = 12;
/// Of those that share such a beginning so many are looked at, the newest.
const LOOKED_AT_MAX: i64 = 5_000;

/// Both ends are whole references.
const BY_REFERENCE: &str = "SELECT id FROM tickets WHERE reference BETWEEN $1 AND $2 ORDER BY created_at DESC, id DESC LIMIT $3";
const BY_ADDRESS: &str = "
    SELECT tickets.id FROM addresses JOIN tickets ON tickets.address = addresses.id WHERE addresses.address = $1
    ORDER BY tickets.created_at DESC, tickets.id DESC LIMIT $2";
const BY_BEGINNING_OF_ADDRESS: &str = "
    SELECT tickets.id FROM (
        SELECT id FROM (
            SELECT id, address, created_at FROM addresses WHERE SUBSTR(address, 1, 3) = SUBSTR($1, 1, 3) ORDER BY created_at DESC LIMIT $3) AS newest
        WHERE SUBSTR(address, 1, LENGTH($1)) = $1 ORDER BY created_at DESC LIMIT $2) AS found
    JOIN tickets ON tickets.address = found.id ORDER BY tickets.created_at DESC, tickets.id DESC LIMIT $2";
const BY_LONGER_BEGINNING_OF_ADDRESS: &str = "
    SELECT tickets.id FROM (
        SELECT id FROM (
            SELECT id, address, created_at FROM addresses WHERE SUBSTR(address, 1, 8) = SUBSTR($1, 1, 8) ORDER BY created_at DESC LIMIT $3) AS newest
        WHERE SUBSTR(address, 1, LENGTH($1)) = $1 ORDER BY created_at DESC LIMIT $2) AS found
    JOIN tickets ON tickets.address = found.id ORDER BY tickets.created_at DESC, tickets.id DESC LIMIT $2";
const BY_CODE: &str = "SELECT id FROM tickets WHERE code = $1 ORDER BY created_at DESC, id DESC LIMIT $2";
/// Small letters are the database's: SQLite knows those of ASCII only.
const BY_SUBJECT: &str = "
    SELECT id FROM (
        SELECT id, subject, created_at FROM tickets WHERE SUBSTR(LOWER(subject), 1, 3) = SUBSTR(LOWER($1), 1, 3)
        ORDER BY created_at DESC LIMIT $3) AS newest
    WHERE SUBSTR(LOWER(subject), 1, LENGTH($1)) = LOWER($1) ORDER BY created_at DESC, id DESC LIMIT $2";
const BY_LONGER_SUBJECT: &str = "
    SELECT id FROM (
        SELECT id, subject, created_at FROM tickets WHERE SUBSTR(LOWER(subject), 1, 12) = SUBSTR(LOWER($1), 1, 12)
        ORDER BY created_at DESC LIMIT $3) AS newest
    WHERE SUBSTR(LOWER(subject), 1, LENGTH($1)) = LOWER($1) ORDER BY created_at DESC, id DESC LIMIT $2";

/// Ids of tickets whose reference lies between two, newest first.
pub(in crate::tickets) async fn by_reference(pool: &AnyPool, first: &str, last: &str, limit: i64) -> Result<Vec<String>, DbError> {
    Ok(sqlx::query_scalar(BY_REFERENCE).bind(first).bind(last).bind(limit).fetch_all(pool).await?)
}

/// The same of those under an address, or one that begins so.
pub(in crate::tickets) async fn by_address(pool: &AnyPool, address: &str, limit: i64) -> Result<Vec<String>, DbError> {
    let found: Vec<String> = sqlx::query_scalar(BY_ADDRESS).bind(address).bind(limit).fetch_all(pool).await?;
    let chars = address.chars().count();
    if !found.is_empty() || chars < SHORT {
        return Ok(found);
    }
    let query = if chars < LONG_ADDRESS { sqlx::query_scalar(BY_BEGINNING_OF_ADDRESS) } else { sqlx::query_scalar(BY_LONGER_BEGINNING_OF_ADDRESS) };
    Ok(query.bind(address).bind(limit).bind(LOOKED_AT_MAX).fetch_all(pool).await?)
}

/// The same of those with a transaction code.
pub(in crate::tickets) async fn by_code(pool: &AnyPool, code: &str, limit: i64) -> Result<Vec<String>, DbError> {
    Ok(sqlx::query_scalar(BY_CODE).bind(code).bind(limit).fetch_all(pool).await?)
}

/// The same of those whose subject begins so.
pub(in crate::tickets) async fn by_subject(pool: &AnyPool, beginning: &str, limit: i64) -> Result<Vec<String>, DbError> {
    let chars = beginning.chars().count();
    if chars < SHORT {
        return Ok(Vec::new());
    }
    let query = if chars < LONG_SUBJECT { sqlx::query_scalar(BY_SUBJECT) } else { sqlx::query_scalar(BY_LONGER_SUBJECT) };
    Ok(query.bind(beginning).bind(limit).bind(LOOKED_AT_MAX).fetch_all(pool).await?)
}
