//! The SQL of the days that sales count on: in which zone they are, and giving sales another one.

use sqlx::{AnyConnection, AnyPool};

use crate::clock::Micros;
use crate::db::{DbError, from_row};

const BEGIN: &str = "
    INSERT INTO order_counted (account, zone, counted_to) VALUES ($1, $2, $3)
    ON CONFLICT (account) DO UPDATE SET zone = excluded.zone, counted_to = excluded.counted_to";
const STATE: &str = "SELECT zone, counted_to FROM order_counted WHERE account = $1";
/// One at a time counts the days of an account.
const LOCK: &str = "UPDATE order_counted SET zone = zone WHERE account = $1 RETURNING zone, counted_to";
const SET_COUNTED_TO: &str = "UPDATE order_counted SET counted_to = $2 WHERE account = $1";
const MARK_ALL: &str = "
    INSERT INTO order_stale_days (account, day, late) SELECT DISTINCT account, day, 0 FROM orders WHERE account = $1 AND day IS NOT NULL ORDER BY day
    ON CONFLICT (account, day) DO UPDATE SET late = 0";
const DROP_SUMS: &str = "DELETE FROM order_sums WHERE account = $1";
const DROP_MARKS: &str = "DELETE FROM order_stale_days WHERE account = $1";
const DROP_BUYERS: &str = "DELETE FROM order_buyers WHERE account = $1";
const NEXT: &str = "SELECT code, ordered_at, approved_at, day FROM orders WHERE account = $1 AND code > $2 ORDER BY code LIMIT $3";
const SET_DAY: &str = "UPDATE orders SET day = $3 WHERE account = $1 AND code = $2";
/// Whether something is being read that sums depend on. `$2`: of a period with this end; NULL: of any.
const OPEN: &str = "
    SELECT COUNT(*) FROM order_windows WHERE account = $1 AND state = 'open' AND stream IN ('years', 'sales', 'people', 'commissions')
        AND (CAST($2 AS BIGINT) IS NULL OR (ends_at = $2 AND stream <> 'years'))";

/// How far the days of an account are in a zone.
pub(in crate::orders) struct State {
    pub zone: String,
    /// The last code that got its day; `None`: all have.
    pub counted_to: Option<String>,
}
from_row!(State { zone, counted_to });

/// A sale with the day that it has, and what it follows from.
pub(in crate::orders) struct Dated {
    pub code: String,
    pub ordered_at: Option<i64>,
    pub approved_at: Option<i64>,
    pub day: Option<i64>,
}
from_row!(Dated { code, ordered_at, approved_at, day });

/// `counted_to`: `None` where no sale needs another day.
pub(in crate::orders) async fn begin(connection: &mut AnyConnection, account: &str, zone: &str, counted_to: Option<&str>) -> Result<(), DbError> {
    sqlx::query(BEGIN).bind(account).bind(zone).bind(counted_to).execute(connection).await?;
    Ok(())
}

pub(in crate::orders) async fn state(pool: &AnyPool, account: &str) -> Result<Option<State>, DbError> {
    Ok(sqlx::query_as(STATE).bind(account).fetch_optional(pool).await?)
}

/// The state, held until the commit.
pub(in crate::orders) async fn lock(connection: &mut AnyConnection, account: &str) -> Result<Option<State>, DbError> {
    Ok(sqlx::query_as(LOCK).bind(account).fetch_optional(connection).await?)
}

pub(in crate::orders) async fn set_counted_to(connection: &mut AnyConnection, account: &str, code: Option<&str>) -> Result<(), DbError> {
    sqlx::query(SET_COUNTED_TO).bind(account).bind(code).execute(connection).await?;
    Ok(())
}

/// The sums of all days have to be made anew.
pub(in crate::orders) async fn mark_all(connection: &mut AnyConnection, account: &str) -> Result<(), DbError> {
    sqlx::query(MARK_ALL).bind(account).execute(connection).await?;
    Ok(())
}

/// Forgets everything that was counted.
pub(in crate::orders) async fn drop_all(connection: &mut AnyConnection, account: &str) -> Result<(), DbError> {
    sqlx::query(DROP_SUMS).bind(account).execute(&mut *connection).await?;
    sqlx::query(DROP_MARKS).bind(account).execute(&mut *connection).await?;
    sqlx::query(DROP_BUYERS).bind(account).execute(connection).await?;
    Ok(())
}

/// Sales behind a code, in their order.
pub(in crate::orders) async fn next(connection: &mut AnyConnection, account: &str, after: &str, limit: i64) -> Result<Vec<Dated>, DbError> {
    Ok(sqlx::query_as(NEXT).bind(account).bind(after).bind(limit).fetch_all(connection).await?)
}

pub(in crate::orders) async fn set_day(connection: &mut AnyConnection, account: &str, code: &str, day: Option<i64>) -> Result<(), DbError> {
    sqlx::query(SET_DAY).bind(account).bind(code).bind(day).execute(connection).await?;
    Ok(())
}

/// Whether sales, or what sums need of them, have still to be read: of the period that ends at a moment, or of any.
pub(in crate::orders) async fn is_reading(connection: &mut AnyConnection, account: &str, ends_at: Option<Micros>) -> Result<bool, DbError> {
    let open: i64 = sqlx::query_scalar(OPEN).bind(account).bind(ends_at.map(|at| at.0)).fetch_one(connection).await?;
    Ok(open > 0)
}
