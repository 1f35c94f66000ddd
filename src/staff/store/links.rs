//! The SQL of one-time links.

use sqlx::AnyConnection;

use crate::clock::Micros;
use crate::db::DbError;

const INSERT: &str = "INSERT INTO staff_links (id, staff, valid_until) VALUES ($1, $2, $3)";
/// Only the newest link of a person is good.
const DROP_OF: &str = "DELETE FROM staff_links WHERE staff = $1";
const OF: &str = "SELECT staff FROM staff_links WHERE id = $1 AND used_at IS NULL AND valid_until > $2";
const USE: &str = "UPDATE staff_links SET used_at = $2 WHERE id = $1 AND used_at IS NULL AND valid_until > $2 RETURNING staff";
const PRUNE: &str = "DELETE FROM staff_links WHERE valid_until <= $1";

/// The one link that is good for somebody from now on.
pub(in crate::staff) async fn replace(connection: &mut AnyConnection, id: &str, staff: &str, valid_until: Micros) -> Result<(), DbError> {
    drop_of(connection, staff).await?;
    sqlx::query(INSERT).bind(id).bind(staff).bind(valid_until.0).execute(connection).await?;
    Ok(())
}

pub(in crate::staff) async fn drop_of(connection: &mut AnyConnection, staff: &str) -> Result<(), DbError> {
    sqlx::query(DROP_OF).bind(staff).execute(connection).await?;
    Ok(())
}

/// Whose link it is, while it is good.
pub(in crate::staff) async fn of<'c>(
    executor: impl sqlx::Executor<'c, Database = sqlx::Any>,
    id: &str,
    now: Micros,
) -> Result<Option<String>, DbError> {
    Ok(sqlx::query_scalar(OF).bind(id).bind(now.0).fetch_optional(executor).await?)
}

/// Uses it up; whose it was.
pub(in crate::staff) async fn consume(connection: &mut AnyConnection, id: &str, now: Micros) -> Result<Option<String>, DbError> {
    Ok(sqlx::query_scalar(USE).bind(id).bind(now.0).fetch_optional(connection).await?)
}

pub(in crate::staff) async fn prune(connection: &mut AnyConnection, until: Micros) -> Result<(), DbError> {
    sqlx::query(PRUNE).bind(until.0).execute(connection).await?;
    Ok(())
}
