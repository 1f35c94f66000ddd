//! The SQL of what has to be read.

use sqlx::{AnyConnection, AnyPool};

use crate::clock::Micros;
use crate::db::{self, DbError, from_row};
use crate::orders::import::{Round, Stream, Window};

const ADD: &str = "
    INSERT INTO order_windows (account, stream, starts_at, ends_at, round, state) VALUES ($1, $2, $3, $4, $5, 'open')
    ON CONFLICT (account, stream, round, starts_at, ends_at) DO UPDATE SET state = 'open', items = 0, problem = NULL";
/// The newest period first, and of one period the sales first.
const NEXT: &str = "
    SELECT stream, starts_at, ends_at, round FROM order_windows WHERE account = $1 AND state = 'open'
    ORDER BY ends_at DESC, CASE stream WHEN 'years' THEN 0 WHEN 'sales' THEN 1 ELSE 2 END, starts_at, stream LIMIT 1";
const DONE: &str = "
    UPDATE order_windows SET state = 'done', items = $6, done_at = $7, problem = NULL
    WHERE account = $1 AND stream = $2 AND round = $3 AND starts_at = $4 AND ends_at = $5";
const FAILED: &str = "
    UPDATE order_windows SET state = 'failed', problem = $6
    WHERE account = $1 AND stream = $2 AND round = $3 AND starts_at = $4 AND ends_at = $5";
const DROP: &str = "DELETE FROM order_windows WHERE account = $1 AND stream = $2 AND round = $3 AND starts_at = $4 AND ends_at = $5";
const DROP_ROUND: &str = "DELETE FROM order_windows WHERE account = $1 AND round = $2";
const REOPEN_FAILED: &str = "UPDATE order_windows SET state = 'open', problem = NULL WHERE account = $1 AND state = 'failed'";
const PROGRESS: &str = "
    SELECT round, state, COUNT(*) AS windows, CAST(SUM(items) AS BIGINT) AS items, MIN(done_at) AS first_at, MAX(done_at) AS last_at
    FROM order_windows WHERE account = $1 GROUP BY round, state";
const FAILURES: &str = "
    SELECT stream, starts_at, ends_at, problem FROM order_windows WHERE account = $1 AND state = 'failed' ORDER BY ends_at DESC LIMIT $2";

struct Row {
    stream: String,
    starts_at: i64,
    ends_at: i64,
    round: String,
}
from_row!(Row { stream, starts_at, ends_at, round });

impl TryFrom<Row> for Window {
    type Error = DbError;

    fn try_from(row: Row) -> Result<Self, DbError> {
        Ok(Self {
            stream: Stream::parse(&row.stream).ok_or_else(|| db::unknown("stream", &row.stream))?,
            starts_at: Micros(row.starts_at),
            ends_at: Micros(row.ends_at),
            round: Round::parse(&row.round).ok_or_else(|| db::unknown("round", &row.round))?,
        })
    }
}

/// How many windows of a round are in a state.
pub(in crate::orders) struct ProgressRow {
    pub round: String,
    pub state: String,
    pub windows: i64,
    pub items: Option<i64>,
    pub first_at: Option<i64>,
    pub last_at: Option<i64>,
}
from_row!(ProgressRow { round, state, windows, items, first_at, last_at });

/// A period that could not be read.
pub(in crate::orders) struct FailureRow {
    pub stream: String,
    pub starts_at: i64,
    pub ends_at: i64,
    pub problem: Option<String>,
}
from_row!(FailureRow { stream, starts_at, ends_at, problem });

pub(in crate::orders) async fn add(connection: &mut AnyConnection, account: &str, window: &Window) -> Result<(), DbError> {
    let query = sqlx::query(ADD).bind(account).bind(window.stream.word()).bind(window.starts_at.0).bind(window.ends_at.0);
    query.bind(window.round.word()).execute(connection).await?;
    Ok(())
}

pub(in crate::orders) async fn next(pool: &AnyPool, account: &str) -> Result<Option<Window>, DbError> {
    let row: Option<Row> = sqlx::query_as(NEXT).bind(account).fetch_optional(pool).await?;
    row.map(Window::try_from).transpose()
}

pub(in crate::orders) async fn done(connection: &mut AnyConnection, account: &str, window: &Window, items: i64, now: Micros) -> Result<(), DbError> {
    of(sqlx::query(DONE), account, window).bind(items).bind(now.0).execute(connection).await?;
    Ok(())
}

pub(in crate::orders) async fn failed(connection: &mut AnyConnection, account: &str, window: &Window, problem: &str) -> Result<(), DbError> {
    of(sqlx::query(FAILED), account, window).bind(problem).execute(connection).await?;
    Ok(())
}

pub(in crate::orders) async fn drop(connection: &mut AnyConnection, account: &str, window: &Window) -> Result<(), DbError> {
    of(sqlx::query(DROP), account, window).execute(connection).await?;
    Ok(())
}

fn of<'q>(
    query: sqlx::query::Query<'q, sqlx::Any, sqlx::any::AnyArguments>,
    account: &'q str,
    window: &Window,
) -> sqlx::query::Query<'q, sqlx::Any, sqlx::any::AnyArguments> {
    query.bind(account).bind(window.stream.word()).bind(window.round.word()).bind(window.starts_at.0).bind(window.ends_at.0)
}

pub(in crate::orders) async fn drop_round(connection: &mut AnyConnection, account: &str, round: Round) -> Result<(), DbError> {
    sqlx::query(DROP_ROUND).bind(account).bind(round.word()).execute(connection).await?;
    Ok(())
}

pub(in crate::orders) async fn reopen_failed(connection: &mut AnyConnection, account: &str) -> Result<(), DbError> {
    sqlx::query(REOPEN_FAILED).bind(account).execute(connection).await?;
    Ok(())
}

pub(in crate::orders) async fn progress(pool: &AnyPool, account: &str) -> Result<Vec<ProgressRow>, DbError> {
    Ok(sqlx::query_as(PROGRESS).bind(account).fetch_all(pool).await?)
}

pub(in crate::orders) async fn failures(pool: &AnyPool, account: &str, limit: i64) -> Result<Vec<FailureRow>, DbError> {
    Ok(sqlx::query_as(FAILURES).bind(account).bind(limit).fetch_all(pool).await?)
}
