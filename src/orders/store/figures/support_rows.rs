//! The SQL of the tickets behind a number: what each is about is said as in `support`.

use sqlx::{AnyConnection, AnyPool};

use super::sums::askable;
use crate::clock::Micros;
use crate::db::{Among, DbError, from_row};

/// `$5`: 1 where no product is needed. `$6` to `$8`: moment, id and account of the last one that was shown.
const TICKETS: &str = "
    SELECT id, CAST($1 AS TEXT) AS of, reference, subject, created_at, reason, code, product FROM (
        SELECT t.id, t.reference, t.subject, t.created_at, t.reason, t.code, COALESCE(
            (SELECT COALESCE(o.product, '') FROM orders AS o WHERE o.code = t.code AND o.account = $1),
            (SELECT COALESCE(o.product, '') FROM orders AS o WHERE o.buyer_key = h.buyer AND o.account || '' = $1 AND o.ordered_at <= t.created_at
                ORDER BY o.ordered_at DESC, o.code LIMIT 1)) AS product
        FROM tickets AS t LEFT JOIN order_addresses AS h ON h.address = t.address
        WHERE t.quarantine IS NULL AND t.created_at >= $2 AND t.created_at < $3
            AND (t.created_at < $6 OR (t.created_at = $6 AND (t.id > $7 OR (t.id = $7 AND CAST($1 AS TEXT) > $8))))
    ) AS matched
    WHERE $5 = 1 OR (product IS NOT NULL AND (CAST($4 AS TEXT) IS NULL OR product = $4))
    ORDER BY created_at DESC, id LIMIT $9";
const BY_IDS: Among =
    Among("SELECT id, CAST($1 AS TEXT) AS of, reference, subject, created_at, reason, code, '' AS product FROM tickets WHERE id IN (LIST)");

#[derive(Clone)]
pub(in crate::orders) struct TicketRow {
    pub id: String,
    /// The account, or the sale, that it stands there for.
    pub of: String,
    pub reference: String,
    pub subject: String,
    pub created_at: i64,
    pub reason: Option<String>,
    pub code: Option<String>,
    pub product: Option<String>,
}
from_row!(TicketRow { id, of, reference, subject, created_at, reason, code, product });

/// Which tickets are asked for.
pub(in crate::orders) struct Question<'a> {
    /// From one on and before the other.
    pub moments: (Micros, Micros),
    pub product: Option<&'a str>,
    /// Also those of whom no sale is known; of any product then.
    pub with_all: bool,
    /// Moment, id and account of the last one that was shown.
    pub after: (i64, &'a str, &'a str),
    pub limit: i64,
}

/// The newest first.
pub(in crate::orders) async fn tickets(pool: &AnyPool, account: &str, of: &Question<'_>) -> Result<Vec<TicketRow>, DbError> {
    let query = sqlx::query_as(TICKETS).bind(account).bind(of.moments.0.0).bind(of.moments.1.0).bind(of.product.map(askable));
    let query = query.bind(i64::from(of.with_all)).bind(of.after.0).bind(askable(of.after.1)).bind(askable(of.after.2));
    Ok(query.bind(of.limit).fetch_all(pool).await?)
}

pub(in crate::orders) async fn by_ids(connection: &mut AnyConnection, ids: &[&str]) -> Result<Vec<TicketRow>, DbError> {
    BY_IDS.rows(connection, &[""], ids).await
}
