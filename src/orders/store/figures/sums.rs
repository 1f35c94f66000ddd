//! The SQL of figures: from sums of days and months, or from the sales themselves.

use sqlx::AnyPool;

use crate::db::{DbError, from_row};
use crate::orders::figures::model::Sums;
use crate::orders::figures::{Dimension, Filter};

/// From the sales: those that a filter narrows down, and days whose sums are not made yet.
const READ: &str = "
    WITH sales AS MATERIALIZED (
        SELECT o.day, o.status, o.class, COALESCE(o.currency, '') AS currency, COALESCE(o.amount, 0) AS amount,
            CASE WHEN o.class = 'failed' THEN 'failed' WHEN o.recurrence > 1 THEN 'renewal' ELSE 'new' END AS kind,
            CASE WHEN o.class IN ('paid', 'refund_requested') OR o.status = 'PARTIALLY_REFUNDED' THEN 1 ELSE 0 END AS is_kept,
            CASE WHEN o.fee_currency = o.currency THEN o.fee END AS fee,
            CASE WHEN o.is_subscription = 1 AND o.class <> 'failed' AND COALESCE(o.recurrence, 1) <= 1 THEN 1 ELSE 0 END AS is_first,
            (SELECT CAST(SUM(c.amount) AS BIGINT) FROM order_commissions AS c WHERE c.account = o.account AND c.code = o.code
                AND c.currency = o.currency AND c.source NOT IN (COALESCE(o.commission_as, 'PRODUCER'), 'MARKETPLACE')) AS shares,
            (SELECT COUNT(*) FROM order_commissions AS c WHERE c.account = o.account AND c.code = o.code
                AND c.currency <> o.currency AND c.source NOT IN (COALESCE(o.commission_as, 'PRODUCER'), 'MARKETPLACE')) AS foreign_shares,
            CASE WHEN o.class <> 'failed' AND COALESCE(o.recurrence, 1) <= 1 THEN CAST(o.day AS TEXT) || ' ' || o.buyer_key END AS buyer,
            CASE WHEN b.day IS NULL OR b.day >= o.day THEN 1 ELSE 0 END AS is_new,
            COALESCE(o.product, '') AS product, COALESCE(o.offer, '') AS offer, COALESCE(o.source, '') AS source, COALESCE(o.sck, '') AS sck,
            COALESCE(p.affiliate, '') AS affiliate, COALESCE(o.payment_type, '') AS payment, COALESCE(p.country, '') AS country
        FROM orders AS o
        LEFT JOIN order_people AS p ON p.account = o.account AND p.code = o.code
        LEFT JOIN order_buyers AS b ON b.account = o.account AND b.buyer = o.buyer_key
        WHERE o.account = $1 AND o.day >= $2 AND o.day <= $3
            AND o.class IN ('paid', 'refund_requested', 'refunded', 'chargeback', 'failed')
            AND (CAST($4 AS TEXT) IS NULL OR COALESCE(o.product, '') = $4) AND (CAST($5 AS TEXT) IS NULL OR COALESCE(o.offer, '') = $5)
            AND (CAST($6 AS TEXT) IS NULL OR COALESCE(o.source, '') = $6) AND (CAST($7 AS TEXT) IS NULL OR COALESCE(o.sck, '') = $7)
            AND (CAST($8 AS TEXT) IS NULL OR COALESCE(p.affiliate, '') = $8)
            AND (CAST($9 AS TEXT) IS NULL OR COALESCE(o.payment_type, '') = $9)
            AND (CAST($10 AS TEXT) IS NULL OR COALESCE(p.country, '') = $10)
    )
    SELECT dimension, CASE dimension WHEN 'product' THEN product WHEN 'offer' THEN offer WHEN 'source' THEN source WHEN 'sck' THEN sck
            WHEN 'affiliate' THEN affiliate WHEN 'payment' THEN payment WHEN 'country' THEN country ELSE '' END AS choice, CASE dimension WHEN 'all' THEN day ELSE 0 END AS on_day, currency, kind,
        COUNT(*) AS orders, CAST(SUM(amount) AS BIGINT) AS revenue,
        CAST(SUM(CASE WHEN status = 'REFUNDED' THEN 1 ELSE 0 END) AS BIGINT) AS refunded,
        CAST(SUM(CASE WHEN status = 'REFUNDED' THEN amount ELSE 0 END) AS BIGINT) AS refunded_amount,
        CAST(SUM(CASE WHEN status = 'PARTIALLY_REFUNDED' THEN 1 ELSE 0 END) AS BIGINT) AS partly,
        CAST(SUM(CASE WHEN status = 'PARTIALLY_REFUNDED' THEN amount ELSE 0 END) AS BIGINT) AS partly_amount,
        CAST(SUM(CASE WHEN class = 'chargeback' THEN 1 ELSE 0 END) AS BIGINT) AS chargebacks,
        CAST(SUM(CASE WHEN class = 'chargeback' THEN amount ELSE 0 END) AS BIGINT) AS chargeback_amount,
        CAST(SUM(CASE WHEN is_kept = 1 THEN COALESCE(fee, 0) ELSE 0 END) AS BIGINT) AS fee,
        CAST(SUM(CASE WHEN is_kept = 1 THEN COALESCE(shares, 0) ELSE 0 END) AS BIGINT) AS shares,
        CAST(SUM(CASE WHEN is_kept = 1 AND (fee IS NULL OR foreign_shares > 0) THEN 1 ELSE 0 END) AS BIGINT) AS without_fee,
        CAST(SUM(is_first) AS BIGINT) AS first_payments,
        CAST(SUM(CASE WHEN is_first = 1 THEN amount ELSE 0 END) AS BIGINT) AS first_amount,
        COUNT(DISTINCT buyer) AS customers, COUNT(DISTINCT CASE WHEN is_new = 1 THEN buyer END) AS new_customers
    FROM sales CROSS JOIN (SELECT 'all' AS dimension UNION ALL SELECT 'product' UNION ALL SELECT 'offer' UNION ALL SELECT 'source' UNION ALL SELECT 'sck'
            UNION ALL SELECT 'affiliate' UNION ALL SELECT 'payment' UNION ALL SELECT 'country') AS dims
    WHERE $11 = 1 OR dimension = 'all'
    GROUP BY 1, 2, 3, 4, 5";
/// By what sales are broken down, from sums of days or of months.
const BREAKDOWN: &str = "
    SELECT dimension, choice, CAST(0 AS BIGINT) AS on_day, currency, kind,
        CAST(SUM(orders) AS BIGINT) AS orders, CAST(SUM(revenue) AS BIGINT) AS revenue, CAST(SUM(refunded) AS BIGINT) AS refunded,
        CAST(SUM(refunded_amount) AS BIGINT) AS refunded_amount, CAST(SUM(partly) AS BIGINT) AS partly, CAST(SUM(partly_amount) AS BIGINT) AS partly_amount,
        CAST(SUM(chargebacks) AS BIGINT) AS chargebacks, CAST(SUM(chargeback_amount) AS BIGINT) AS chargeback_amount, CAST(SUM(fee) AS BIGINT) AS fee,
        CAST(SUM(shares) AS BIGINT) AS shares, CAST(SUM(without_fee) AS BIGINT) AS without_fee, CAST(SUM(first_payments) AS BIGINT) AS first_payments,
        CAST(SUM(first_amount) AS BIGINT) AS first_amount, CAST(SUM(customers) AS BIGINT) AS customers, CAST(SUM(new_customers) AS BIGINT) AS new_customers
    FROM order_sums
    WHERE account = $1 AND span = $2 AND day >= $3 AND day <= $4 AND dimension <> 'all'
    GROUP BY dimension, choice, currency, kind";
const SERIES: &str = "
    SELECT dimension, choice, day AS on_day, currency, kind, orders, revenue, refunded, refunded_amount, partly, partly_amount, chargebacks, chargeback_amount,
        fee, shares, without_fee, first_payments, first_amount, customers, new_customers
    FROM order_sums WHERE account = $1 AND span = $2 AND dimension = 'all' AND day >= $3 AND day <= $4";
const PRODUCT_NAMES: &str = "SELECT product, name FROM order_products WHERE account = $1";

/// Sums of a day, or of a value of a dimension.
pub(in crate::orders) struct SumsRow {
    pub dimension: String,
    pub choice: String,
    /// 0 for what is broken down.
    pub on_day: i64,
    pub currency: String,
    pub kind: String,
    orders: i64,
    revenue: i64,
    refunded: i64,
    refunded_amount: i64,
    partly: i64,
    partly_amount: i64,
    chargebacks: i64,
    chargeback_amount: i64,
    fee: i64,
    shares: i64,
    without_fee: i64,
    first_payments: i64,
    first_amount: i64,
    customers: i64,
    new_customers: i64,
}
from_row!(SumsRow {
    dimension,
    choice,
    on_day,
    currency,
    kind,
    orders,
    revenue,
    refunded,
    refunded_amount,
    partly,
    partly_amount,
    chargebacks,
    chargeback_amount,
    fee,
    shares,
    without_fee,
    first_payments,
    first_amount,
    customers,
    new_customers
});

impl SumsRow {
    pub(in crate::orders) fn sums(&self) -> Sums {
        Sums {
            orders: self.orders,
            revenue: self.revenue,
            refunded: self.refunded,
            refunded_amount: self.refunded_amount,
            partly: self.partly,
            partly_amount: self.partly_amount,
            chargebacks: self.chargebacks,
            chargeback_amount: self.chargeback_amount,
            fee: self.fee,
            shares: self.shares,
            without_fee: self.without_fee,
            first: self.first_payments,
            first_amount: self.first_amount,
            customers: self.customers,
            new_customers: self.new_customers,
        }
    }
}

/// Both days belong to the period. `is_broken_down`: also by each dimension.
pub(in crate::orders) async fn of_sales(
    pool: &AnyPool,
    account: &str,
    days: (i64, i64),
    filter: &Filter,
    is_broken_down: bool,
) -> Result<Vec<SumsRow>, DbError> {
    let mut query = sqlx::query_as(READ).bind(account).bind(days.0).bind(days.1);
    for dimension in Dimension::ALL {
        query = query.bind(filter.of(*dimension).map(askable));
    }
    Ok(query.bind(i64::from(is_broken_down)).fetch_all(pool).await?)
}

/// No sale has a NUL, and PostgreSQL takes none: another character that no sale has stands for it.
pub(in crate::orders) fn askable(value: &str) -> String {
    value.replace('\0', "\u{1}")
}

/// `span`: `day` or `month`, each month by its first day.
pub(in crate::orders) async fn breakdown(pool: &AnyPool, account: &str, span: &str, days: (i64, i64)) -> Result<Vec<SumsRow>, DbError> {
    Ok(sqlx::query_as(BREAKDOWN).bind(account).bind(span).bind(days.0).bind(days.1).fetch_all(pool).await?)
}

/// The sums over everything of each day or month.
pub(in crate::orders) async fn series(pool: &AnyPool, account: &str, span: &str, days: (i64, i64)) -> Result<Vec<SumsRow>, DbError> {
    Ok(sqlx::query_as(SERIES).bind(account).bind(span).bind(days.0).bind(days.1).fetch_all(pool).await?)
}

struct NameRow {
    product: String,
    name: String,
}
from_row!(NameRow { product, name });

/// Products with their names.
pub(in crate::orders) async fn product_names(pool: &AnyPool, account: &str) -> Result<Vec<(String, String)>, DbError> {
    let rows: Vec<NameRow> = sqlx::query_as(PRODUCT_NAMES).bind(account).fetch_all(pool).await?;
    Ok(rows.into_iter().map(|row| (row.product, row.name)).collect())
}
