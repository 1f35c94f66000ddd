//! The SQL of the sums of days: which days have to be counted anew, and counting them.

use std::collections::{BTreeMap, BTreeSet};

use sqlx::AnyConnection;

use crate::db::{Bound, DbError, Insert, from_row};

/// Takes the row's lock, also where it is there: whoever counts the day at the same time waits, and counts what is written now.
const MARK: Insert = Insert {
    head: "INSERT INTO order_stale_days (account, day, late)",
    columns: 3,
    tail:
        "
    ON CONFLICT (account, day) DO UPDATE SET late = CASE WHEN excluded.late < order_stale_days.late THEN excluded.late ELSE order_stale_days.late END",
};
const STALE: &str = "SELECT day, late FROM order_stale_days WHERE account = $1 AND late <= $2 ORDER BY day LIMIT $3";
const UNMARK: &str = "DELETE FROM order_stale_days WHERE account = $1 AND day >= $2 AND day <= $3";
/// Buyers whose first order was taken to be on a day on which they have none any more.
const LOST: &str = "
    SELECT DISTINCT buyer FROM (
        SELECT buyer, day FROM order_buyers WHERE account = $1 AND day >= $2 AND day <= $3
        EXCEPT SELECT buyer_key, day FROM orders WHERE account = $1 AND day >= $2 AND day <= $3
            AND class IN ('paid', 'refund_requested', 'refunded', 'chargeback') AND COALESCE(recurrence, 1) <= 1
    ) AS lost";
const DROP_BUYER: &str = "DELETE FROM order_buyers WHERE account = $1 AND buyer = $2";
/// `||` keeps SQLite from finding the sales by their account.
const FIND_FIRST: &str = "
    INSERT INTO order_buyers (account, buyer, day)
    SELECT account, buyer_key, MIN(day) FROM orders
    WHERE account || '' = $1 AND buyer_key = $2 AND class IN ('paid', 'refund_requested', 'refunded', 'chargeback')
        AND COALESCE(recurrence, 1) <= 1
    GROUP BY account, buyer_key
    HAVING MIN(day) IS NOT NULL
    RETURNING day";
/// In one order, so that two who count don't wait for each other.
const FIRSTS: &str = "
    INSERT INTO order_buyers (account, buyer, day)
    SELECT account, buyer_key, MIN(day) FROM orders
    WHERE account = $1 AND day >= $2 AND day <= $3 AND class IN ('paid', 'refund_requested', 'refunded', 'chargeback')
        AND COALESCE(recurrence, 1) <= 1 AND buyer_key IS NOT NULL
    GROUP BY account, buyer_key
    ORDER BY buyer_key
    ON CONFLICT (account, buyer) DO UPDATE SET day_before = order_buyers.day, day = excluded.day WHERE excluded.day < order_buyers.day
    RETURNING day_before";
const PRODUCTS: &str = "
    INSERT INTO order_products (account, product, name, day)
    SELECT o.account, o.product, MAX(o.product_name), o.day
    FROM orders AS o
    INNER JOIN (SELECT product, MAX(day) AS day FROM orders
        WHERE account = $1 AND day >= $2 AND day <= $3 AND product IS NOT NULL AND product_name IS NOT NULL GROUP BY product) AS newest
        ON newest.product = o.product AND newest.day = o.day
    WHERE o.account = $1 AND o.day >= $2 AND o.day <= $3 AND o.product_name IS NOT NULL
    GROUP BY o.account, o.product, o.day
    ORDER BY o.product
    ON CONFLICT (account, product) DO UPDATE SET name = excluded.name, day = excluded.day WHERE excluded.day >= order_products.day";
const DROP_SUMS: &str = "DELETE FROM order_sums WHERE account = $1 AND span = $2 AND day >= $3 AND day <= $4";
const COUNT: &str = "
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
    )
    INSERT INTO order_sums (account, span, dimension, day, choice, currency, kind, orders, revenue, refunded, refunded_amount, partly, partly_amount, chargebacks, chargeback_amount,
        fee, shares, without_fee, first_payments, first_amount, customers, new_customers)
    SELECT $1, 'day', dimension, day, CASE dimension WHEN 'product' THEN product WHEN 'offer' THEN offer WHEN 'source' THEN source WHEN 'sck' THEN sck
            WHEN 'affiliate' THEN affiliate WHEN 'payment' THEN payment WHEN 'country' THEN country ELSE '' END, currency, kind,
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
    GROUP BY 3, 4, 5, 6, 7";
const COUNT_MONTH: &str = "
    INSERT INTO order_sums (account, span, dimension, day, choice, currency, kind, orders, revenue, refunded, refunded_amount, partly, partly_amount, chargebacks, chargeback_amount,
        fee, shares, without_fee, first_payments, first_amount, customers, new_customers)
    SELECT account, 'month', dimension, CAST($2 AS BIGINT), choice, currency, kind,
        CAST(SUM(orders) AS BIGINT) AS orders, CAST(SUM(revenue) AS BIGINT) AS revenue, CAST(SUM(refunded) AS BIGINT) AS refunded,
        CAST(SUM(refunded_amount) AS BIGINT) AS refunded_amount, CAST(SUM(partly) AS BIGINT) AS partly, CAST(SUM(partly_amount) AS BIGINT) AS partly_amount,
        CAST(SUM(chargebacks) AS BIGINT) AS chargebacks, CAST(SUM(chargeback_amount) AS BIGINT) AS chargeback_amount, CAST(SUM(fee) AS BIGINT) AS fee,
        CAST(SUM(shares) AS BIGINT) AS shares, CAST(SUM(without_fee) AS BIGINT) AS without_fee, CAST(SUM(first_payments) AS BIGINT) AS first_payments,
        CAST(SUM(first_amount) AS BIGINT) AS first_amount, CAST(SUM(customers) AS BIGINT) AS customers, CAST(SUM(new_customers) AS BIGINT) AS new_customers
    FROM order_sums
    WHERE account = $1 AND span = 'day' AND day >= $2 AND day <= $3
    GROUP BY account, dimension, choice, currency, kind";

struct StaleRow {
    day: i64,
    late: i64,
}
from_row!(StaleRow { day, late });

/// The sums of some days have to be made anew; in their order, none twice. `late`: only who is a new customer changed.
pub(in crate::orders) async fn mark(connection: &mut AnyConnection, account: &str, days: &BTreeSet<i64>, late: bool) -> Result<(), DbError> {
    let days: Vec<i64> = days.iter().copied().collect();
    let bind = |query: Bound, day: &i64| query.bind(account.to_owned()).bind(*day).bind(i64::from(late));
    MARK.rows(connection, &days, bind).await
}

/// Days whose sums have to be made anew, in order, with whether they may wait.
pub(in crate::orders) async fn stale(
    connection: &mut AnyConnection,
    account: &str,
    with_late: bool,
    limit: usize,
) -> Result<BTreeMap<i64, bool>, DbError> {
    let rows: Vec<StaleRow> =
        sqlx::query_as(STALE).bind(account).bind(i64::from(with_late)).bind(i64::try_from(limit).unwrap_or(i64::MAX)).fetch_all(connection).await?;
    Ok(rows.into_iter().map(|row| (row.day, row.late != 0)).collect())
}

/// Makes the sums of a stretch of days anew. Those of its month have to be made anew then too.
pub(in crate::orders) async fn count_days(connection: &mut AnyConnection, account: &str, days: (i64, i64)) -> Result<(), DbError> {
    sqlx::query(UNMARK).bind(account).bind(days.0).bind(days.1).execute(&mut *connection).await?;
    let lost: Vec<String> = sqlx::query_scalar(LOST).bind(account).bind(days.0).bind(days.1).fetch_all(&mut *connection).await?;
    let mut others = BTreeSet::new();
    for buyer in lost {
        sqlx::query(DROP_BUYER).bind(account).bind(&buyer).execute(&mut *connection).await?;
        let first: Option<i64> = sqlx::query_scalar(FIND_FIRST).bind(account).bind(&buyer).fetch_optional(&mut *connection).await?;
        others.extend(first);
    }
    let moved: Vec<Option<i64>> = sqlx::query_scalar(FIRSTS).bind(account).bind(days.0).bind(days.1).fetch_all(&mut *connection).await?;
    others.extend(moved.into_iter().flatten());
    others.retain(|day| !(days.0..=days.1).contains(day));
    mark(connection, account, &others, true).await?;
    sqlx::query(PRODUCTS).bind(account).bind(days.0).bind(days.1).execute(&mut *connection).await?;
    sqlx::query(DROP_SUMS).bind(account).bind("day").bind(days.0).bind(days.1).execute(&mut *connection).await?;
    sqlx::query(COUNT).bind(account).bind(days.0).bind(days.1).execute(connection).await?;
    Ok(())
}

/// Makes the sums of a month anew from those of its days.
pub(in crate::orders) async fn count_month(connection: &mut AnyConnection, account: &str, first: i64, last: i64) -> Result<(), DbError> {
    sqlx::query(DROP_SUMS).bind(account).bind("month").bind(first).bind(first).execute(&mut *connection).await?;
    sqlx::query(COUNT_MONTH).bind(account).bind(first).bind(last).execute(connection).await?;
    Ok(())
}
