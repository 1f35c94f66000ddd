//! The SQL of sessions.

use sqlx::{AnyConnection, AnyPool};

use crate::clock::Micros;
use crate::db::{self, DbError, from_row};
use crate::staff::sessions::{Session, Stage};

const INSERT: &str = "
    INSERT INTO staff_sessions (id, token, staff, stage, created_at, seen_at, valid_until, confirmed_at, browser)
    VALUES ($1, $2, $3, $4, $5, $5, $6, $5, $7)";
const BY_TOKEN: &str = "
    SELECT id, staff, stage, created_at, seen_at, valid_until, confirmed_at, browser FROM staff_sessions WHERE token = $1";
const BY_ID: &str = "
    SELECT id, staff, stage, created_at, seen_at, valid_until, confirmed_at, browser FROM staff_sessions WHERE id = $1";
const OF: &str = "
    SELECT id, staff, stage, created_at, seen_at, valid_until, confirmed_at, browser FROM staff_sessions
    WHERE staff = $1 AND stage = 'full' ORDER BY seen_at DESC, id DESC";
const SEEN: &str = "UPDATE staff_sessions SET seen_at = $2 WHERE id = $1 AND seen_at < $2";
const CONFIRM: &str = "UPDATE staff_sessions SET confirmed_at = $2 WHERE id = $1";
const RENEW: &str = "UPDATE staff_sessions SET token = $2 WHERE id = $1";
const END: &str = "DELETE FROM staff_sessions WHERE id = $1 AND staff = $2 RETURNING id";
const END_ALL: &str = "DELETE FROM staff_sessions WHERE staff = $1 AND id <> $2";
const PRUNE: &str = "DELETE FROM staff_sessions WHERE valid_until <= $1 OR seen_at <= $1";

struct Row {
    id: String,
    staff: String,
    stage: String,
    created_at: i64,
    seen_at: i64,
    valid_until: i64,
    confirmed_at: i64,
    browser: String,
}
from_row!(Row { id, staff, stage, created_at, seen_at, valid_until, confirmed_at, browser });

impl TryFrom<Row> for Session {
    type Error = DbError;

    fn try_from(row: Row) -> Result<Self, DbError> {
        Ok(Self {
            id: row.id,
            staff: row.staff,
            stage: Stage::parse(&row.stage).ok_or_else(|| db::unknown("stage of a session", &row.stage))?,
            created_at: Micros(row.created_at),
            seen_at: Micros(row.seen_at),
            valid_until: Micros(row.valid_until),
            confirmed_at: Micros(row.confirmed_at),
            browser: row.browser,
        })
    }
}

pub(in crate::staff) async fn insert(connection: &mut AnyConnection, session: &Session, token: &str) -> Result<(), DbError> {
    sqlx::query(INSERT)
        .bind(&session.id)
        .bind(token)
        .bind(&session.staff)
        .bind(session.stage.word())
        .bind(session.created_at.0)
        .bind(session.valid_until.0)
        .bind(&session.browser)
        .execute(connection)
        .await?;
    Ok(())
}

pub(in crate::staff) async fn by_token(pool: &AnyPool, token: &str) -> Result<Option<Session>, DbError> {
    let row: Option<Row> = sqlx::query_as(BY_TOKEN).bind(token).fetch_optional(pool).await?;
    row.map(Session::try_from).transpose()
}

pub(in crate::staff) async fn by_id(pool: &AnyPool, id: &str) -> Result<Option<Session>, DbError> {
    let row: Option<Row> = sqlx::query_as(BY_ID).bind(id).fetch_optional(pool).await?;
    row.map(Session::try_from).transpose()
}

/// Those that were used last first.
pub(in crate::staff) async fn of(pool: &AnyPool, staff: &str) -> Result<Vec<Session>, DbError> {
    let rows: Vec<Row> = sqlx::query_as(OF).bind(staff).fetch_all(pool).await?;
    rows.into_iter().map(Session::try_from).collect()
}

pub(in crate::staff) async fn seen(connection: &mut AnyConnection, id: &str, now: Micros) -> Result<(), DbError> {
    sqlx::query(SEEN).bind(id).bind(now.0).execute(connection).await?;
    Ok(())
}

pub(in crate::staff) async fn confirm(connection: &mut AnyConnection, id: &str, now: Micros) -> Result<(), DbError> {
    sqlx::query(CONFIRM).bind(id).bind(now.0).execute(connection).await?;
    Ok(())
}

/// Whether it was there, and theirs.
pub(in crate::staff) async fn end(connection: &mut AnyConnection, id: &str, staff: &str) -> Result<bool, DbError> {
    let ended: Option<String> = sqlx::query_scalar(END).bind(id).bind(staff).fetch_optional(connection).await?;
    Ok(ended.is_some())
}

/// All of somebody's but one; `but` may be no session's id.
pub(in crate::staff) async fn end_all(connection: &mut AnyConnection, staff: &str, but: &str) -> Result<(), DbError> {
    sqlx::query(END_ALL).bind(staff).bind(but).execute(connection).await?;
    Ok(())
}

/// Those that are over, or idle, since a moment.
pub(in crate::staff) async fn prune(connection: &mut AnyConnection, until: Micros) -> Result<(), DbError> {
    sqlx::query(PRUNE).bind(until.0).execute(connection).await?;
    Ok(())
}

/// The session's cookie is another from now on.
pub(in crate::staff) async fn renew(connection: &mut AnyConnection, id: &str, token: &str) -> Result<(), DbError> {
    sqlx::query(RENEW).bind(id).bind(token).execute(connection).await?;
    Ok(())
}
