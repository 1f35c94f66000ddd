//! Hourly limits that all instances share: how much of one is used up.

use sqlx::AnyConnection;

use super::{DbError, PersonalData, hour};
use crate::clock::Micros;

const COUNT: &str = "
    INSERT INTO rate_limits (subject, hour, used) VALUES ($1, $2, $3)
    ON CONFLICT (subject, hour) DO UPDATE SET used = rate_limits.used + excluded.used
    RETURNING used";
const PRUNE: &str = "DELETE FROM rate_limits WHERE hour < $1";

/// What is kept under a keyed hash of an address, `$1`.
pub const PERSONAL_DATA: &[PersonalData] =
    &[PersonalData::of_hash("hourly limits", "SELECT COUNT(*) FROM rate_limits WHERE subject = $1", "DELETE FROM rate_limits WHERE subject = $1")];

/// Counts one for whatever `subject`, a keyed hash, stands for; returns how many there were in this hour, with this one.
pub async fn count(connection: &mut AnyConnection, subject: &str, now: Micros) -> Result<i64, DbError> {
    add(connection, subject, 1, now).await
}

/// The same for what is counted in amounts.
pub async fn add(connection: &mut AnyConnection, subject: &str, amount: i64, now: Micros) -> Result<i64, DbError> {
    Ok(sqlx::query_scalar(COUNT).bind(subject).bind(hour(now)).bind(amount).fetch_one(connection).await?)
}

/// Drops hours that are over.
pub async fn prune(connection: &mut AnyConnection, now: Micros) -> Result<(), DbError> {
    sqlx::query(PRUNE).bind(hour(now) - 1).execute(connection).await?;
    Ok(())
}
