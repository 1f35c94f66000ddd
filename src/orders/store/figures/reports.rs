//! The SQL of refunds, subscriptions and payments that failed.

use sqlx::AnyPool;

use super::sums::askable;
use crate::clock::Micros;
use crate::db::{DbError, from_row};
use crate::orders::figures::{Dimension, Filter};

/// Days between payment and refund. Known from the list of recurrences, or since the sale was seen before its money went back.
const DAYS_UNTIL: &str = "
    SELECT currency, CASE WHEN back_at IS NULL THEN NULL WHEN back_at <= paid_at THEN 0 ELSE (back_at - paid_at) / 86400000000 END AS days,
        COUNT(*) AS sales
    FROM (
        SELECT COALESCE(o.currency, '') AS currency, COALESCE(o.approved_at, o.ordered_at) AS paid_at,
            COALESCE(r.refunded_at, (SELECT MIN(s.seen_at) FROM order_statuses AS s WHERE s.account = o.account AND s.code = o.code
                AND s.status IN ('REFUNDED', 'PARTIALLY_REFUNDED') AND s.seen_at > o.first_seen_at)) AS back_at
        FROM orders AS o
        LEFT JOIN order_people AS p ON p.account = o.account AND p.code = o.code
        LEFT JOIN order_recurrences AS r ON r.account = o.account AND r.code = o.code
        WHERE o.account = $1 AND o.day >= $2 AND o.day <= $3 AND o.class = 'refunded'
            AND (CAST($4 AS TEXT) IS NULL OR COALESCE(o.product, '') = $4) AND (CAST($5 AS TEXT) IS NULL OR COALESCE(o.offer, '') = $5)
            AND (CAST($6 AS TEXT) IS NULL OR COALESCE(o.source, '') = $6) AND (CAST($7 AS TEXT) IS NULL OR COALESCE(o.sck, '') = $7)
            AND (CAST($8 AS TEXT) IS NULL OR COALESCE(p.affiliate, '') = $8)
            AND (CAST($9 AS TEXT) IS NULL OR COALESCE(o.payment_type, '') = $9)
            AND (CAST($10 AS TEXT) IS NULL OR COALESCE(p.country, '') = $10)
    ) AS back
    GROUP BY 1, 2";
const FAILED: &str = "
    SELECT COALESCE(o.currency, '') AS currency, o.status, r.refusal, COUNT(*) AS sales, CAST(COALESCE(SUM(o.amount), 0) AS BIGINT) AS amount
    FROM orders AS o
    LEFT JOIN order_people AS p ON p.account = o.account AND p.code = o.code
    LEFT JOIN order_recurrences AS r ON r.account = o.account AND r.code = o.code
    WHERE o.account = $1 AND o.day >= $2 AND o.day <= $3 AND o.class = 'failed'
        AND (CAST($4 AS TEXT) IS NULL OR COALESCE(o.product, '') = $4) AND (CAST($5 AS TEXT) IS NULL OR COALESCE(o.offer, '') = $5)
        AND (CAST($6 AS TEXT) IS NULL OR COALESCE(o.source, '') = $6) AND (CAST($7 AS TEXT) IS NULL OR COALESCE(o.sck, '') = $7)
        AND (CAST($8 AS TEXT) IS NULL OR COALESCE(p.affiliate, '') = $8)
        AND (CAST($9 AS TEXT) IS NULL OR COALESCE(o.payment_type, '') = $9)
        AND (CAST($10 AS TEXT) IS NULL OR COALESCE(p.country, '') = $10)
    GROUP BY 1, 2, 3";
/// `$2` and `$3`: the period's first moment and the one after its last. Active at a moment is what had begun and was paid or delayed, or was canceled
/// later. The list tells how a subscription stands now, not how it stood.
const SUBSCRIPTIONS: &str = "
    SELECT COALESCE(currency, '') AS currency, product, MAX(product_name) AS product_name, plan, period_days,
        CAST(SUM(CASE WHEN began_at < $3 AND goes_on = 1 OR began_at < $3 AND ended_at >= $3 THEN 1 ELSE 0 END) AS BIGINT) AS active,
        CAST(SUM(CASE WHEN began_at < $2 AND goes_on = 1 OR began_at < $2 AND ended_at >= $2 THEN 1 ELSE 0 END) AS BIGINT) AS active_before,
        CAST(SUM(CASE WHEN began_at >= $2 AND began_at < $3 THEN 1 ELSE 0 END) AS BIGINT) AS began,
        CAST(SUM(CASE WHEN ended_at >= $2 AND ended_at < $3 THEN 1 ELSE 0 END) AS BIGINT) AS ended,
        CAST(SUM(CASE WHEN began_at < $3 AND goes_on = 1 OR began_at < $3 AND ended_at >= $3 THEN COALESCE(amount, 0) ELSE 0 END) AS BIGINT) AS paid,
        CAST(SUM(CASE WHEN amount IS NULL AND (began_at < $3 AND goes_on = 1 OR began_at < $3 AND ended_at >= $3) THEN 1 ELSE 0 END) AS BIGINT)
            AS unpriced
    FROM (
        SELECT currency, product, product_name, plan, period_days, began_at, ended_at, amount,
            CASE WHEN ended_at IS NULL AND is_trial = 0 AND status IN ('ACTIVE', 'DELAYED') THEN 1 ELSE 0 END AS goes_on
        FROM order_subscriptions
        WHERE account = $1 AND status NOT IN ('STARTED', 'INACTIVE') AND (CAST($4 AS TEXT) IS NULL OR COALESCE(product, '') = $4)
    ) AS standing
    GROUP BY 1, product, plan, period_days";

pub(in crate::orders) struct UntilRow {
    pub currency: String,
    pub days: Option<i64>,
    pub sales: i64,
}
from_row!(UntilRow { currency, days, sales });

pub(in crate::orders) struct FailedRow {
    pub currency: String,
    pub status: String,
    pub refusal: Option<String>,
    pub sales: i64,
    pub amount: i64,
}
from_row!(FailedRow { currency, status, refusal, sales, amount });

/// Subscriptions of a plan with one period and currency.
pub(in crate::orders) struct PlanRow {
    pub currency: String,
    pub product: Option<String>,
    pub product_name: Option<String>,
    pub plan: Option<String>,
    pub period_days: Option<i64>,
    pub active: i64,
    pub active_before: i64,
    pub began: i64,
    pub ended: i64,
    /// What the active ones pay for a period.
    pub paid: i64,
    pub unpriced: i64,
}
from_row!(PlanRow { currency, product, product_name, plan, period_days, active, active_before, began, ended, paid, unpriced });

pub(in crate::orders) async fn days_until(pool: &AnyPool, account: &str, days: (i64, i64), filter: &Filter) -> Result<Vec<UntilRow>, DbError> {
    let mut query = sqlx::query_as(DAYS_UNTIL).bind(account).bind(days.0).bind(days.1);
    for dimension in Dimension::ALL {
        query = query.bind(filter.of(*dimension).map(askable));
    }
    Ok(query.fetch_all(pool).await?)
}

pub(in crate::orders) async fn failed(pool: &AnyPool, account: &str, days: (i64, i64), filter: &Filter) -> Result<Vec<FailedRow>, DbError> {
    let mut query = sqlx::query_as(FAILED).bind(account).bind(days.0).bind(days.1);
    for dimension in Dimension::ALL {
        query = query.bind(filter.of(*dimension).map(askable));
    }
    Ok(query.fetch_all(pool).await?)
}

/// From a moment on and before another.
pub(in crate::orders) async fn subscriptions(
    pool: &AnyPool,
    account: &str,
    moments: (Micros, Micros),
    product: Option<&str>,
) -> Result<Vec<PlanRow>, DbError> {
    let query = sqlx::query_as(SUBSCRIPTIONS).bind(account).bind(moments.0.0).bind(moments.1.0);
    Ok(query.bind(product.map(askable)).fetch_all(pool).await?)
}
