//! The SQL of accounts.

use sqlx::{AnyConnection, AnyPool};

use crate::clock::Micros;
use crate::db::{self, DbError, from_row};
use crate::orders::account::{Account, Compared, Environment, Size};

const INSERT: &str = "
    INSERT INTO order_accounts (id, name, environment, client_id, keys, hottok, created_at, answered_at)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $7)
    ON CONFLICT (name) DO NOTHING";
const ALL: &str = "
    SELECT id, name, environment, client_id, hottok, paused_at, created_at, answered_at, problem, disconnected_at, compare_asked_at, compared_at,
        compared_months
    FROM order_accounts WHERE deleted_at IS NULL ORDER BY created_at, id";
const BY_ID: &str = "
    SELECT id, name, environment, client_id, hottok, paused_at, created_at, answered_at, problem, disconnected_at, compare_asked_at, compared_at,
        compared_months
    FROM order_accounts WHERE id = $1 AND deleted_at IS NULL";
const SECRETS: &str = "SELECT id, keys, hottok FROM order_accounts WHERE disconnected_at IS NULL ORDER BY id";
const KEYS_OF: &str = "SELECT keys FROM order_accounts WHERE id = $1";
const HOTTOK_OF: &str = "SELECT hottok FROM order_accounts WHERE id = $1";
const SET_SECRETS: &str = "UPDATE order_accounts SET keys = $2, hottok = $3 WHERE id = $1";
/// Not where another one has the name.
const RENAME: &str = "
    UPDATE order_accounts SET name = $2
    WHERE id = $1 AND NOT EXISTS (SELECT 1 FROM order_accounts AS others WHERE others.name = $2 AND others.id <> $1)";
const SET_PAUSED: &str = "UPDATE order_accounts SET paused_at = $2 WHERE id = $1";
const SET_HOTTOK: &str = "UPDATE order_accounts SET hottok = $2 WHERE id = $1";
const SET_ANSWER: &str = "UPDATE order_accounts SET answered_at = COALESCE($2, answered_at), problem = $3, retry_at = $4 WHERE id = $1";
/// A process reads an account alone until its time is over.
const CLAIM: &str = "
    UPDATE order_accounts SET reader = $2, read_until = $4
    WHERE id = $1 AND paused_at IS NULL AND disconnected_at IS NULL AND (retry_at IS NULL OR retry_at <= $3) AND (read_until IS NULL OR read_until <= $3 OR reader = $2)";
const RENEW: &str =
    "UPDATE order_accounts SET read_until = $3 WHERE id = $1 AND reader = $2 AND paused_at IS NULL AND disconnected_at IS NULL RETURNING id";
const LET_GO: &str = "UPDATE order_accounts SET reader = NULL, read_until = NULL WHERE id = $1 AND reader = $2";
const STAND: &str = "SELECT one_status, newest_at, recent_at, full_at FROM order_accounts WHERE id = $1";
const SET_ONE_STATUS: &str = "UPDATE order_accounts SET one_status = 1 WHERE id = $1";
const SET_LOOKED: &str = "
    UPDATE order_accounts SET newest_at = CASE WHEN newest_at > $2 THEN newest_at ELSE $2 END,
        recent_at = CASE WHEN recent_at > $3 THEN recent_at ELSE $3 END, full_at = CASE WHEN full_at > $4 THEN full_at ELSE $4 END
    WHERE id = $1";
/// Its name is free for another where its rows go too.
const DISCONNECT: &str = "
    UPDATE order_accounts SET keys = '', hottok = NULL, paused_at = NULL, problem = NULL, retry_at = NULL, compare_asked_at = NULL,
        disconnected_at = $2, deleted_at = CAST($3 AS BIGINT), name = CASE WHEN CAST($3 AS BIGINT) IS NULL THEN name ELSE id END
    WHERE id = $1";
const CONNECT_AGAIN: &str = "
    UPDATE order_accounts SET keys = $2, hottok = $3, disconnected_at = NULL, answered_at = $4, name = $5 WHERE id = $1";
const DELETED: &str = "SELECT id FROM order_accounts WHERE deleted_at IS NOT NULL ORDER BY id";
const DELETE: &str = "DELETE FROM order_accounts WHERE id = $1";
const SIZE: &str = "
    SELECT (SELECT COUNT(*) FROM orders WHERE account = $1) AS sales,
        (SELECT COUNT(*) FROM order_subscriptions WHERE account = $1) AS subscriptions";
/// Some of those of which an account may have very many.
const DROP_BODIES: &str = "
    DELETE FROM order_bodies WHERE account = $1 AND (stream, round, starts_at, ends_at, page) IN
        (SELECT stream, round, starts_at, ends_at, page FROM order_bodies WHERE account = $1 LIMIT $2)";
const DROP_STATUSES: &str = "
    DELETE FROM order_statuses WHERE account = $1 AND code IN (SELECT code FROM order_statuses WHERE account = $1 LIMIT $2)";
const DROP_PEOPLE: &str = "
    DELETE FROM order_people WHERE account = $1 AND code IN (SELECT code FROM order_people WHERE account = $1 LIMIT $2)";
const DROP_COMMISSIONS: &str = "
    DELETE FROM order_commissions WHERE account = $1 AND code IN (SELECT code FROM order_commissions WHERE account = $1 LIMIT $2)";
const DROP_PRICES: &str = "
    DELETE FROM order_prices WHERE account = $1 AND code IN (SELECT code FROM order_prices WHERE account = $1 LIMIT $2)";
const DROP_RECURRENCES: &str = "
    DELETE FROM order_recurrences WHERE account = $1 AND code IN (SELECT code FROM order_recurrences WHERE account = $1 LIMIT $2)";
const DROP_SUBSCRIPTIONS: &str = "
    DELETE FROM order_subscriptions WHERE account = $1 AND code IN (SELECT code FROM order_subscriptions WHERE account = $1 LIMIT $2)";
const DROP_BUYERS: &str = "
    DELETE FROM order_buyers WHERE account = $1 AND buyer IN (SELECT buyer FROM order_buyers WHERE account = $1 LIMIT $2)";
const DROP_SUMS: &str = "
    DELETE FROM order_sums WHERE account = $1 AND (span, day, dimension, choice, currency, kind) IN
        (SELECT span, day, dimension, choice, currency, kind FROM order_sums WHERE account = $1 LIMIT $2)";
const DROP_SALES: &str = "DELETE FROM orders WHERE account = $1 AND code IN (SELECT code FROM orders WHERE account = $1 LIMIT $2)";
const ASK_COMPARISON: &str = "UPDATE order_accounts SET compare_asked_at = $2 WHERE id = $1 AND disconnected_at IS NULL";
/// Asked for, or longer ago than the last full reading.
const COMPARISON_IS_DUE: &str = "
    SELECT id FROM order_accounts WHERE id = $1 AND (compare_asked_at IS NOT NULL OR compared_at IS NULL OR compared_at < full_at
        OR (compared_at < $2 AND EXISTS (SELECT 1 FROM order_differences WHERE account = $1)))";
const SET_COMPARED: &str = "UPDATE order_accounts SET compare_asked_at = NULL, compared_at = $2, compared_months = $3 WHERE id = $1";

struct Row {
    id: String,
    name: String,
    environment: String,
    client_id: String,
    hottok: Option<String>,
    paused_at: Option<i64>,
    created_at: i64,
    answered_at: Option<i64>,
    problem: Option<String>,
    disconnected_at: Option<i64>,
    compare_asked_at: Option<i64>,
    compared_at: Option<i64>,
    compared_months: i64,
}
from_row!(Row {
    id,
    name,
    environment,
    client_id,
    hottok,
    paused_at,
    created_at,
    answered_at,
    problem,
    disconnected_at,
    compare_asked_at,
    compared_at,
    compared_months
});

impl TryFrom<Row> for Account {
    type Error = DbError;

    fn try_from(row: Row) -> Result<Self, DbError> {
        Ok(Self {
            environment: Environment::parse(&row.environment).ok_or_else(|| db::unknown("environment", &row.environment))?,
            id: row.id,
            name: row.name,
            client_id: row.client_id,
            is_paused: row.paused_at.is_some(),
            has_hottok: row.hottok.is_some(),
            created_at: Micros(row.created_at),
            answered_at: row.answered_at.map(Micros),
            problem: row.problem,
            is_disconnected: row.disconnected_at.is_some(),
            compared: Compared { is_asked: row.compare_asked_at.is_some(), at: row.compared_at.map(Micros), months: row.compared_months },
        })
    }
}

/// An account's sealed columns.
pub(in crate::orders) struct Secrets {
    pub id: String,
    pub keys: String,
    pub hottok: Option<String>,
}
from_row!(Secrets { id, keys, hottok });

/// False where another account has the name.
pub(in crate::orders) async fn insert(connection: &mut AnyConnection, account: &Account, keys: &str, hottok: Option<&str>) -> Result<bool, DbError> {
    let query = sqlx::query(INSERT).bind(&account.id).bind(&account.name).bind(account.environment.word()).bind(&account.client_id);
    let done = query.bind(keys).bind(hottok).bind(account.created_at.0).execute(connection).await?;
    Ok(done.rows_affected() > 0)
}

pub(in crate::orders) async fn all(pool: &AnyPool) -> Result<Vec<Account>, DbError> {
    let rows: Vec<Row> = sqlx::query_as(ALL).fetch_all(pool).await?;
    rows.into_iter().map(Account::try_from).collect()
}

pub(in crate::orders) async fn by_id(pool: &AnyPool, id: &str) -> Result<Option<Account>, DbError> {
    let row: Option<Row> = sqlx::query_as(BY_ID).bind(id).fetch_optional(pool).await?;
    row.map(Account::try_from).transpose()
}

pub(in crate::orders) async fn keys_of(pool: &AnyPool, id: &str) -> Result<Option<String>, DbError> {
    Ok(sqlx::query_scalar(KEYS_OF).bind(id).fetch_optional(pool).await?)
}

/// The sealed secret of webhooks.
pub(in crate::orders) async fn hottok_of(pool: &AnyPool, id: &str) -> Result<Option<String>, DbError> {
    let hottok: Option<Option<String>> = sqlx::query_scalar(HOTTOK_OF).bind(id).fetch_optional(pool).await?;
    Ok(hottok.flatten())
}

pub(in crate::orders) async fn secrets(connection: &mut AnyConnection) -> Result<Vec<Secrets>, DbError> {
    Ok(sqlx::query_as(SECRETS).fetch_all(connection).await?)
}

pub(in crate::orders) async fn set_secrets(connection: &mut AnyConnection, id: &str, keys: &str, hottok: Option<&str>) -> Result<(), DbError> {
    sqlx::query(SET_SECRETS).bind(id).bind(keys).bind(hottok).execute(connection).await?;
    Ok(())
}

/// False where another account has the name, or there is no such account.
pub(in crate::orders) async fn rename(connection: &mut AnyConnection, id: &str, name: &str) -> Result<bool, DbError> {
    Ok(sqlx::query(RENAME).bind(id).bind(name).execute(connection).await?.rows_affected() > 0)
}

pub(in crate::orders) async fn set_paused(connection: &mut AnyConnection, id: &str, since: Option<Micros>) -> Result<bool, DbError> {
    Ok(sqlx::query(SET_PAUSED).bind(id).bind(since.map(|at| at.0)).execute(connection).await?.rows_affected() > 0)
}

pub(in crate::orders) async fn set_hottok(connection: &mut AnyConnection, id: &str, hottok: Option<&str>) -> Result<bool, DbError> {
    Ok(sqlx::query(SET_HOTTOK).bind(id).bind(hottok).execute(connection).await?.rows_affected() > 0)
}

/// What came of the last call. `answered`: when, where it brought something; `retry`: nothing is asked before that.
pub(in crate::orders) async fn set_answer(
    connection: &mut AnyConnection,
    id: &str,
    answered: Option<Micros>,
    problem: Option<&str>,
    retry: Option<Micros>,
) -> Result<(), DbError> {
    let query = sqlx::query(SET_ANSWER).bind(id).bind(answered.map(|at| at.0)).bind(problem).bind(retry.map(|at| at.0));
    query.execute(connection).await?;
    Ok(())
}

/// Whether the caller alone reads the account from now on, until a moment.
pub(in crate::orders) async fn claim(connection: &mut AnyConnection, id: &str, reader: &str, now: Micros, until: Micros) -> Result<bool, DbError> {
    let query = sqlx::query(CLAIM).bind(id).bind(reader).bind(now.0).bind(until.0);
    Ok(query.execute(connection).await?.rows_affected() > 0)
}

/// Whether the caller still may, longer now. Taken with the row's lock: nobody else writes for the account until the commit.
pub(in crate::orders) async fn renew(connection: &mut AnyConnection, id: &str, reader: &str, until: Micros) -> Result<bool, DbError> {
    let held: Option<String> = sqlx::query_scalar(RENEW).bind(id).bind(reader).bind(until.0).fetch_optional(connection).await?;
    Ok(held.is_some())
}

pub(in crate::orders) async fn let_go(connection: &mut AnyConnection, id: &str, reader: &str) -> Result<(), DbError> {
    sqlx::query(LET_GO).bind(id).bind(reader).execute(connection).await?;
    Ok(())
}

/// How an account is read.
pub(in crate::orders) struct Stand {
    pub one_status: i64,
    pub newest_at: i64,
    pub recent_at: i64,
    pub full_at: i64,
}
from_row!(Stand { one_status, newest_at, recent_at, full_at });

pub(in crate::orders) async fn stand(connection: &mut AnyConnection, id: &str) -> Result<Option<Stand>, DbError> {
    Ok(sqlx::query_as(STAND).bind(id).fetch_optional(connection).await?)
}

pub(in crate::orders) async fn set_one_status(connection: &mut AnyConnection, id: &str) -> Result<(), DbError> {
    sqlx::query(SET_ONE_STATUS).bind(id).execute(connection).await?;
    Ok(())
}

/// When each kind of look was begun; those that are older than what is known change nothing.
pub(in crate::orders) async fn set_looked(connection: &mut AnyConnection, id: &str, looked: [Micros; 3]) -> Result<(), DbError> {
    let [newest, recent, full] = looked;
    sqlx::query(SET_LOOKED).bind(id).bind(newest.0).bind(recent.0).bind(full.0).execute(connection).await?;
    Ok(())
}

/// Its keys are gone; `deleted`: its rows are dropped from then on.
pub(in crate::orders) async fn disconnect(connection: &mut AnyConnection, id: &str, now: Micros, is_deleted: bool) -> Result<(), DbError> {
    sqlx::query(DISCONNECT).bind(id).bind(now.0).bind(is_deleted.then_some(now.0)).execute(connection).await?;
    Ok(())
}

/// An account whose sales were kept has keys again.
pub(in crate::orders) async fn connect_again(
    connection: &mut AnyConnection,
    account: &Account,
    keys: &str,
    hottok: Option<&str>,
) -> Result<(), DbError> {
    let query = sqlx::query(CONNECT_AGAIN).bind(&account.id).bind(keys).bind(hottok);
    query.bind(account.answered_at.map(|at| at.0)).bind(&account.name).execute(connection).await?;
    Ok(())
}

/// Those whose rows are still to be dropped.
pub(in crate::orders) async fn deleted(pool: &AnyPool) -> Result<Vec<String>, DbError> {
    Ok(sqlx::query_scalar(DELETED).fetch_all(pool).await?)
}

/// Drops up to `limit` sales' worth of each table, and the account where nothing is left. True when it is gone.
pub(in crate::orders) async fn delete_some(connection: &mut AnyConnection, id: &str, limit: i64) -> Result<bool, DbError> {
    let some = [
        sqlx::query(DROP_BODIES),
        sqlx::query(DROP_STATUSES),
        sqlx::query(DROP_PEOPLE),
        sqlx::query(DROP_COMMISSIONS),
        sqlx::query(DROP_PRICES),
        sqlx::query(DROP_RECURRENCES),
        sqlx::query(DROP_SUBSCRIPTIONS),
        sqlx::query(DROP_BUYERS),
        sqlx::query(DROP_SUMS),
        sqlx::query(DROP_SALES),
    ];
    let mut dropped = 0;
    for query in some {
        dropped += query.bind(id).bind(limit).execute(&mut *connection).await?.rows_affected();
    }
    if dropped > 0 {
        return Ok(false);
    }
    sqlx::query(DELETE).bind(id).execute(connection).await?;
    Ok(true)
}

/// How many sales and subscriptions are here.
pub(in crate::orders) async fn size(pool: &AnyPool, id: &str) -> Result<Size, DbError> {
    Ok(sqlx::query_as(SIZE).bind(id).fetch_one(pool).await?)
}
from_row!(Size { sales, subscriptions });

pub(in crate::orders) async fn ask_comparison(connection: &mut AnyConnection, id: &str, now: Micros) -> Result<bool, DbError> {
    Ok(sqlx::query(ASK_COMPARISON).bind(id).bind(now.0).execute(connection).await?.rows_affected() > 0)
}

/// `again`: what differed is compared again where that was done before this moment.
pub(in crate::orders) async fn comparison_is_due(pool: &AnyPool, id: &str, again: Micros) -> Result<bool, DbError> {
    let due: Option<String> = sqlx::query_scalar(COMPARISON_IS_DUE).bind(id).bind(again.0).fetch_optional(pool).await?;
    Ok(due.is_some())
}

pub(in crate::orders) async fn set_compared(connection: &mut AnyConnection, id: &str, now: Micros, months: i64) -> Result<(), DbError> {
    sqlx::query(SET_COMPARED).bind(id).bind(now.0).bind(months).execute(connection).await?;
    Ok(())
}
