//! The SQL of buyers whose time is over.

use sqlx::AnyConnection;

use crate::clock::Micros;
use crate::db::{Among, DbError, from_row};

const OLD: &str = "SELECT account, code FROM orders WHERE erased = 0 AND ordered_at <= $1 ORDER BY ordered_at LIMIT $2";
const OLD_SUBSCRIPTIONS: &str = "
    UPDATE order_subscriptions SET subscriber_name = NULL, subscriber_email = NULL, erased = 1
    WHERE erased = 0 AND ended_at <= $1";
const FORGET: Among = Among(
    "UPDATE orders SET buyer = NULL, buyer_name = NULL, buyer_email = NULL, buyer_fold = NULL, erased = 1 WHERE account = $1 AND code IN (LIST)",
);
const FORGET_CONTACTS: Among = Among("UPDATE order_people SET contact = NULL WHERE account = $1 AND code IN (LIST)");

/// A sale.
#[derive(PartialEq, Eq)]
pub(in crate::orders) struct Sold {
    pub account: String,
    pub code: String,
}
from_row!(Sold { account, code });

/// The oldest sales up to a moment whose buyers are known still.
pub(in crate::orders) async fn old(connection: &mut AnyConnection, until: Micros, limit: i64) -> Result<Vec<Sold>, DbError> {
    Ok(sqlx::query_as(OLD).bind(until.0).bind(limit).fetch_all(connection).await?)
}

/// Empties what says who bought; what was sold stays.
pub(in crate::orders) async fn forget(connection: &mut AnyConnection, account: &str, codes: &[&str]) -> Result<(), DbError> {
    for statement in [&FORGET, &FORGET_CONTACTS] {
        statement.execute(connection, &[account], codes).await?;
    }
    Ok(())
}

/// The same of subscriptions that ended until a moment.
pub(in crate::orders) async fn forget_subscribers(connection: &mut AnyConnection, until: Micros) -> Result<(), DbError> {
    sqlx::query(OLD_SUBSCRIPTIONS).bind(until.0).execute(connection).await?;
    Ok(())
}
