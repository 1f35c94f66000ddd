//! The SQL of the sales behind a number, and of what can be filtered by.

use sqlx::AnyPool;

use super::sums::askable;
use crate::db::{DbError, from_row};
use crate::orders::figures::{Dimension, Filter};

/// `$13` to `$15`: day, code and account of the last one that was shown.
const ROWS: &str = "
    SELECT o.account, o.code, o.day, o.status, o.product_name, o.buyer_name, o.buyer_email, o.amount, o.currency, o.payment_type, r.refusal
    FROM orders AS o
    LEFT JOIN order_people AS p ON p.account = o.account AND p.code = o.code
    LEFT JOIN order_recurrences AS r ON r.account = o.account AND r.code = o.code
    WHERE o.account = $1 AND o.day >= $2 AND o.day <= $3
        AND (CAST($4 AS TEXT) IS NULL OR COALESCE(o.product, '') = $4) AND (CAST($5 AS TEXT) IS NULL OR COALESCE(o.offer, '') = $5)
        AND (CAST($6 AS TEXT) IS NULL OR COALESCE(o.source, '') = $6) AND (CAST($7 AS TEXT) IS NULL OR COALESCE(o.sck, '') = $7)
        AND (CAST($8 AS TEXT) IS NULL OR COALESCE(p.affiliate, '') = $8)
        AND (CAST($9 AS TEXT) IS NULL OR COALESCE(o.payment_type, '') = $9)
        AND (CAST($10 AS TEXT) IS NULL OR COALESCE(p.country, '') = $10)
        AND (CAST($11 AS TEXT) IS NULL OR COALESCE(o.currency, '') = $11)
        AND o.class IN ('paid', 'refund_requested', 'refunded', 'chargeback', 'failed')
        AND CASE CAST($12 AS TEXT)
            WHEN 'paid' THEN o.class <> 'failed'
            WHEN 'new' THEN o.class <> 'failed' AND COALESCE(o.recurrence, 1) <= 1
            WHEN 'one_time' THEN o.class <> 'failed' AND COALESCE(o.recurrence, 1) <= 1 AND o.is_subscription = 0
            WHEN 'first' THEN o.class <> 'failed' AND COALESCE(o.recurrence, 1) <= 1 AND o.is_subscription = 1
            WHEN 'renewal' THEN o.class <> 'failed' AND o.recurrence > 1
            WHEN 'failed' THEN o.class = 'failed'
            WHEN 'refunded' THEN o.status IN ('REFUNDED', 'PARTIALLY_REFUNDED')
            ELSE o.class = 'chargeback' END
        AND (o.day < $13 OR (o.day = $13 AND (o.code > $14 OR (o.code = $14 AND o.account > $15))))
    ORDER BY o.day DESC, o.code LIMIT $16";

/// A sale behind a number.
pub(in crate::orders) struct Row {
    pub account: String,
    pub code: String,
    pub day: i64,
    pub status: String,
    pub product_name: Option<String>,
    pub buyer_name: Option<String>,
    pub buyer_email: Option<String>,
    pub amount: Option<i64>,
    pub currency: Option<String>,
    pub payment_type: Option<String>,
    pub refusal: Option<String>,
}
from_row!(Row { account, code, day, status, product_name, buyer_name, buyer_email, amount, currency, payment_type, refusal });

/// Which sales are asked for.
pub(in crate::orders) struct Question<'a> {
    pub days: (i64, i64),
    pub filter: &'a Filter,
    pub kind: &'static str,
    pub currency: Option<&'a str>,
    /// Day, code and account of the last one that was shown.
    pub after: (i64, &'a str, &'a str),
    pub limit: i64,
}

/// The newest first.
pub(in crate::orders) async fn rows(pool: &AnyPool, account: &str, of: &Question<'_>) -> Result<Vec<Row>, DbError> {
    let mut query = sqlx::query_as(ROWS).bind(account).bind(of.days.0).bind(of.days.1);
    for dimension in Dimension::ALL {
        query = query.bind(of.filter.of(*dimension).map(askable));
    }
    let query = query.bind(of.currency.map(askable)).bind(of.kind);
    Ok(query.bind(of.after.0).bind(askable(of.after.1)).bind(askable(of.after.2)).bind(of.limit).fetch_all(pool).await?)
}
