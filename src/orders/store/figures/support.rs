//! The SQL that joins tickets with sales: by the keyed hash of the customer's address, or by the transaction code that they gave.

use sqlx::AnyPool;

use super::sums::askable;
use crate::clock::Micros;
use crate::db::{DbError, from_row};

const TICKETS: &str = "SELECT COUNT(*) FROM tickets WHERE quarantine IS NULL AND created_at >= $1 AND created_at < $2";
/// The sale that a ticket is about: the one of its code, else the newest that its customer had made before.
const BY_PRODUCT: &str = "
    SELECT product, reason, COUNT(*) AS tickets FROM (
        SELECT COALESCE(t.reason, '') AS reason, COALESCE(
            (SELECT COALESCE(o.product, '') FROM orders AS o WHERE o.code = t.code AND o.account = $1),
            (SELECT COALESCE(o.product, '') FROM orders AS o WHERE o.buyer_key = h.buyer AND o.account || '' = $1 AND o.ordered_at <= t.created_at
                ORDER BY o.ordered_at DESC, o.code LIMIT 1)) AS product
        FROM tickets AS t LEFT JOIN order_addresses AS h ON h.address = t.address
        WHERE t.quarantine IS NULL AND t.created_at >= $2 AND t.created_at < $3
    ) AS matched
    WHERE product IS NOT NULL AND (CAST($4 AS TEXT) IS NULL OR product = $4)
    GROUP BY product, reason";
/// Sales of a ticket's customer, or of its code, whose money was asked back within a time after it. When is known from the list of recurrences, or since
/// the sale was seen before. `CROSS JOIN` keeps SQLite from beginning with the sales, and `||` from
/// finding them by their account.
const REFUNDS_AFTER: &str = "
    SELECT code, product, ticket, visits FROM (
        SELECT o.code, COALESCE(o.product, '') AS product, t.id AS ticket, t.visits, t.created_at,
            (SELECT MIN(s.seen_at) FROM order_statuses AS s WHERE s.account = o.account AND s.code = o.code
                AND s.status IN ('PROTESTED', 'REFUNDED', 'PARTIALLY_REFUNDED') AND s.seen_at > o.first_seen_at) AS seen_at,
            (SELECT r.refunded_at FROM order_recurrences AS r WHERE r.account = o.account AND r.code = o.code) AS refunded_at
        FROM tickets AS t CROSS JOIN order_addresses AS h CROSS JOIN orders AS o
        WHERE t.quarantine IS NULL AND t.created_at >= $2 AND t.created_at < $3 AND h.address = t.address AND o.buyer_key = h.buyer
            AND o.account || '' = $1 AND o.class IN ('refund_requested', 'refunded')
        UNION
        SELECT o.code, COALESCE(o.product, '') AS product, t.id AS ticket, t.visits, t.created_at,
            (SELECT MIN(s.seen_at) FROM order_statuses AS s WHERE s.account = o.account AND s.code = o.code
                AND s.status IN ('PROTESTED', 'REFUNDED', 'PARTIALLY_REFUNDED') AND s.seen_at > o.first_seen_at) AS seen_at,
            (SELECT r.refunded_at FROM order_recurrences AS r WHERE r.account = o.account AND r.code = o.code) AS refunded_at
        FROM tickets AS t CROSS JOIN orders AS o
        WHERE t.quarantine IS NULL AND t.created_at >= $2 AND t.created_at < $3 AND o.code = t.code
            AND o.account = $1 AND o.class IN ('refund_requested', 'refunded')
    ) AS asked
    WHERE (seen_at >= created_at AND seen_at <= created_at + $4 OR refunded_at >= created_at AND refunded_at <= created_at + $4)
        AND (CAST($5 AS TEXT) IS NULL OR product = $5)
    ORDER BY code, ticket";
const OF_ADDRESS: &str = "
    SELECT t.reference, t.subject, t.status, t.reason, t.code, t.created_at FROM tickets AS t JOIN addresses AS a ON a.id = t.address
    WHERE a.address = $1 AND t.quarantine IS NULL ORDER BY t.created_at DESC, t.id LIMIT $2";

pub(in crate::orders) struct ReasonRow {
    pub product: String,
    pub reason: String,
    pub tickets: i64,
}
from_row!(ReasonRow { product, reason, tickets });

/// A sale that was asked back, beside a ticket before.
pub(in crate::orders) struct AfterRow {
    pub code: String,
    pub product: String,
    pub ticket: String,
    pub visits: Option<String>,
}
from_row!(AfterRow { code, product, ticket, visits });

pub(in crate::orders) struct TicketRow {
    pub reference: String,
    pub subject: String,
    pub status: String,
    pub reason: Option<String>,
    pub code: Option<String>,
    pub created_at: i64,
}
from_row!(TicketRow { reference, subject, status, reason, code, created_at });

pub(in crate::orders) async fn tickets(pool: &AnyPool, moments: (Micros, Micros)) -> Result<i64, DbError> {
    Ok(sqlx::query_scalar(TICKETS).bind(moments.0.0).bind(moments.1.0).fetch_one(pool).await?)
}

/// Tickets by the product that they are about, and by reason.
pub(in crate::orders) async fn by_product(
    pool: &AnyPool,
    account: &str,
    moments: (Micros, Micros),
    product: Option<&str>,
) -> Result<Vec<ReasonRow>, DbError> {
    let query = sqlx::query_as(BY_PRODUCT).bind(account).bind(moments.0.0).bind(moments.1.0);
    Ok(query.bind(product.map(askable)).fetch_all(pool).await?)
}

/// `within`: microseconds after the ticket.
pub(in crate::orders) async fn refunds_after(
    pool: &AnyPool,
    account: &str,
    moments: (Micros, Micros),
    within: i64,
    product: Option<&str>,
) -> Result<Vec<AfterRow>, DbError> {
    let query = sqlx::query_as(REFUNDS_AFTER).bind(account).bind(moments.0.0).bind(moments.1.0).bind(within);
    Ok(query.bind(product.map(askable)).fetch_all(pool).await?)
}

/// Tickets of an address, the newest.
pub(in crate::orders) async fn of_address(pool: &AnyPool, address: &str, limit: i64) -> Result<Vec<TicketRow>, DbError> {
    Ok(sqlx::query_as(OF_ADDRESS).bind(address).bind(limit).fetch_all(pool).await?)
}
