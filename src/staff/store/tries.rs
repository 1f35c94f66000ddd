//! The SQL of wrong tries.

use sqlx::AnyConnection;

use crate::clock::Micros;
use crate::db::DbError;

/// Keeps others who try the same from going on until the transaction ends, and says how it stands.
const LOCK: &str = "
    INSERT INTO staff_tries (subject, tries, last_at, blocked_until) VALUES ($1, 0, $2, 0)
    ON CONFLICT (subject) DO UPDATE SET subject = excluded.subject
    RETURNING tries, last_at, blocked_until";
const SET: &str = "UPDATE staff_tries SET tries = $2, last_at = $3, blocked_until = $4 WHERE subject = $1";
const FORGIVE_ONE: &str = "UPDATE staff_tries SET tries = tries - 1, blocked_until = 0 WHERE subject = $1 AND tries > 0";
const FORGIVE_ALL: &str = "DELETE FROM staff_tries WHERE subject = $1";
const PRUNE: &str = "DELETE FROM staff_tries WHERE last_at <= $1 AND blocked_until <= $1";

pub(in crate::staff) async fn lock(connection: &mut AnyConnection, subject: &str, now: Micros) -> Result<(i64, Micros, Micros), DbError> {
    let (tries, last_at, blocked_until): (i64, i64, i64) = sqlx::query_as(LOCK).bind(subject).bind(now.0).fetch_one(connection).await?;
    Ok((tries, Micros(last_at), Micros(blocked_until)))
}

pub(in crate::staff) async fn set(
    connection: &mut AnyConnection,
    subject: &str,
    tries: i64,
    now: Micros,
    blocked_until: Micros,
) -> Result<(), DbError> {
    sqlx::query(SET).bind(subject).bind(tries).bind(now.0).bind(blocked_until.0).execute(connection).await?;
    Ok(())
}

/// Takes back the try that turned out right, and the wait that it began.
pub(in crate::staff) async fn forgive_one(connection: &mut AnyConnection, subject: &str) -> Result<(), DbError> {
    sqlx::query(FORGIVE_ONE).bind(subject).execute(connection).await?;
    Ok(())
}

pub(in crate::staff) async fn forgive_all(connection: &mut AnyConnection, subject: &str) -> Result<(), DbError> {
    sqlx::query(FORGIVE_ALL).bind(subject).execute(connection).await?;
    Ok(())
}

pub(in crate::staff) async fn prune(connection: &mut AnyConnection, until: Micros) -> Result<(), DbError> {
    sqlx::query(PRUNE).bind(until.0).execute(connection).await?;
    Ok(())
}
