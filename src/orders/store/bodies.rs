//! The SQL of what Hotmart sent, as it came.

use sqlx::{AnyConnection, AnyPool};

use crate::clock::Micros;
use crate::db::DbError;
use crate::orders::import::Window;

/// Of an earlier round for the same period, which this one replaces.
const DROP_EARLIER: &str = "DELETE FROM order_bodies WHERE account = $1 AND stream = $2 AND round = $3 AND starts_at < $5 AND ends_at > $4";
const PUT: &str = "
    INSERT INTO order_bodies (account, stream, round, starts_at, ends_at, page, codes, sealed, taken_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
    ON CONFLICT (account, stream, round, starts_at, ends_at, page) DO UPDATE
        SET codes = excluded.codes, sealed = excluded.sealed, taken_at = excluded.taken_at";
const WITH_CODE: &str = "SELECT stream, sealed FROM order_bodies WHERE codes LIKE $1 ORDER BY taken_at, stream, page LIMIT $2";
const DROP_OLD: &str = "DELETE FROM order_bodies WHERE taken_at <= $1";
const DROP_OF_PERIODS: &str = "DELETE FROM order_bodies WHERE starts_at <= $1";

/// A page on its way in.
pub(in crate::orders) struct PageRow<'a> {
    /// Of its window, from 0 on.
    pub number: i64,
    pub codes: &'a [&'a str],
    /// `None`: nothing of it is kept.
    pub sealed: Option<&'a str>,
}

pub(in crate::orders) async fn put(
    connection: &mut AnyConnection,
    account: &str,
    window: &Window,
    page: &PageRow<'_>,
    now: Micros,
) -> Result<(), DbError> {
    let (stream, round, starts_at, ends_at) = (window.stream.word(), window.round.word(), window.starts_at.0, window.ends_at.0);
    if page.number == 0 {
        let drop = sqlx::query(DROP_EARLIER).bind(account).bind(stream).bind(round).bind(starts_at).bind(ends_at);
        drop.execute(&mut *connection).await?;
    }
    let Some(sealed) = page.sealed else { return Ok(()) };
    let query = sqlx::query(PUT).bind(account).bind(stream).bind(round).bind(starts_at).bind(ends_at).bind(page.number);
    query.bind(format!(" {} ", page.codes.join(" "))).bind(sealed).bind(now.0).execute(connection).await?;
    Ok(())
}

/// Pages that may have a code in them, each with its list, as sealed; the newest last.
pub(in crate::orders) async fn with_code(pool: &AnyPool, code: &str, limit: i64) -> Result<Vec<(String, String)>, DbError> {
    Ok(sqlx::query_as(WITH_CODE).bind(format!("% {code} %")).bind(limit).fetch_all(pool).await?)
}

/// What was taken until a moment.
pub(in crate::orders) async fn drop_old(connection: &mut AnyConnection, until: Micros) -> Result<(), DbError> {
    sqlx::query(DROP_OLD).bind(until.0).execute(connection).await?;
    Ok(())
}

/// What was asked for about periods that began until a moment.
pub(in crate::orders) async fn drop_of_periods(connection: &mut AnyConnection, until: Micros) -> Result<(), DbError> {
    sqlx::query(DROP_OF_PERIODS).bind(until.0).execute(connection).await?;
    Ok(())
}
