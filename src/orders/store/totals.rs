//! The SQL of sums over sales.

use sqlx::AnyPool;

use crate::clock::Micros;
use crate::db::{DbError, from_row};

const BY_STATUS: &str = "
    SELECT status, currency, COUNT(*) AS sales, CAST(COALESCE(SUM(amount), 0) AS BIGINT) AS amount FROM orders
    WHERE account = $1 AND ordered_at >= $2 AND ordered_at < $3 GROUP BY status, currency ORDER BY status, currency";
/// Sales that Hotmart gives no day for are in no period.
const ALL_BY_STATUS: &str = "
    SELECT status, currency, COUNT(*) AS sales, CAST(COALESCE(SUM(amount), 0) AS BIGINT) AS amount FROM orders
    WHERE account = $1 GROUP BY status, currency ORDER BY status, currency";
const PERIOD: &str = "SELECT MIN(ordered_at) AS first_at, MAX(ordered_at) AS last_at FROM orders WHERE account = $1";

/// The sales of a status in a currency.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SumRow {
    pub status: String,
    /// Missing where Hotmart gives no price.
    pub currency: Option<String>,
    pub sales: i64,
    /// In minor units.
    pub amount: i64,
}
from_row!(SumRow { status, currency, sales, amount });

struct PeriodRow {
    first_at: Option<i64>,
    last_at: Option<i64>,
}
from_row!(PeriodRow { first_at, last_at });

/// Of the sales that were ordered from a moment on and before another.
pub(in crate::orders) async fn by_status(pool: &AnyPool, account: &str, from: Micros, to: Micros) -> Result<Vec<SumRow>, DbError> {
    Ok(sqlx::query_as(BY_STATUS).bind(account).bind(from.0).bind(to.0).fetch_all(pool).await?)
}

pub(in crate::orders) async fn all_by_status(pool: &AnyPool, account: &str) -> Result<Vec<SumRow>, DbError> {
    Ok(sqlx::query_as(ALL_BY_STATUS).bind(account).fetch_all(pool).await?)
}

/// When the first and the last of all sales was ordered.
pub(in crate::orders) async fn period(pool: &AnyPool, account: &str) -> Result<Option<(Micros, Micros)>, DbError> {
    let row: PeriodRow = sqlx::query_as(PERIOD).bind(account).fetch_one(pool).await?;
    Ok(row.first_at.zip(row.last_at).map(|(first, last)| (Micros(first), Micros(last))))
}
