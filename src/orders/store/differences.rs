//! The SQL of what differed from Hotmart's own sums.

use sqlx::{AnyConnection, AnyPool};

use crate::clock::Micros;
use crate::db::{Bound, DbError, Insert, from_row};
use crate::orders::reconcile::Difference;

const DROP: &str = "DELETE FROM order_differences WHERE account = $1";
const PUT: Insert = Insert {
    head: "INSERT INTO order_differences (account, starts_at, ends_at, status, currency, here_sales, here_amount, there_sales, there_amount)",
    columns: 9,
    tail: "",
};
const OF_ACCOUNT: &str = "
    SELECT starts_at, ends_at, status, currency, here_sales, here_amount, there_sales, there_amount FROM order_differences
    WHERE account = $1 ORDER BY starts_at DESC, status, currency LIMIT $2";

struct Row {
    starts_at: i64,
    ends_at: i64,
    status: String,
    currency: String,
    here_sales: i64,
    here_amount: i64,
    there_sales: i64,
    there_amount: i64,
}
from_row!(Row { starts_at, ends_at, status, currency, here_sales, here_amount, there_sales, there_amount });

/// In place of those that were found before.
pub(in crate::orders) async fn replace(connection: &mut AnyConnection, account: &str, all: &[Difference]) -> Result<(), DbError> {
    sqlx::query(DROP).bind(account).execute(&mut *connection).await?;
    let bind = |query: Bound, one: &Difference| {
        let query = query.bind(account.to_owned()).bind(one.from.0).bind(one.to.0).bind(one.status.clone()).bind(one.currency.clone());
        query.bind(one.here.0).bind(one.here.1).bind(one.there.0).bind(one.there.1)
    };
    PUT.rows(connection, all, bind).await
}

/// The newest months first.
pub(in crate::orders) async fn of_account(pool: &AnyPool, account: &str, limit: i64) -> Result<Vec<Difference>, DbError> {
    let rows: Vec<Row> = sqlx::query_as(OF_ACCOUNT).bind(account).bind(limit).fetch_all(pool).await?;
    let of = |row: Row| Difference {
        from: Micros(row.starts_at),
        to: Micros(row.ends_at),
        status: row.status,
        currency: row.currency,
        here: (row.here_sales, row.here_amount),
        there: (row.there_sales, row.there_amount),
    };
    Ok(rows.into_iter().map(of).collect())
}
