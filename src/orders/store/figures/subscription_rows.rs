//! The SQL of the subscriptions behind a number: which they are is said as in `reports`.

use sqlx::AnyPool;

use super::sums::askable;
use crate::clock::Micros;
use crate::db::{DbError, from_row};

/// `$7` to `$9`: beginning, code and account of the last one that was shown.
const ROWS: &str = "
    SELECT account, code, status, product, product_name, plan, period_days, subscriber_name, amount, currency, COALESCE(began_at, 0) AS began, ended_at
    FROM (
        SELECT account, code, status, product, product_name, plan, period_days, subscriber_name, amount, currency, began_at, ended_at,
            CASE WHEN ended_at IS NULL AND is_trial = 0 AND status IN ('ACTIVE', 'DELAYED') THEN 1 ELSE 0 END AS goes_on
        FROM order_subscriptions
        WHERE account = $1 AND status NOT IN ('STARTED', 'INACTIVE') AND (CAST($4 AS TEXT) IS NULL OR COALESCE(product, '') = $4)
            AND (CAST($5 AS TEXT) IS NULL OR COALESCE(currency, '') = $5)
    ) AS standing
    WHERE CASE CAST($6 AS TEXT)
            WHEN 'active' THEN began_at < $3 AND goes_on = 1 OR began_at < $3 AND ended_at >= $3
            WHEN 'new' THEN began_at >= $2 AND began_at < $3
            WHEN 'canceled' THEN ended_at >= $2 AND ended_at < $3
            ELSE (began_at < $3 AND goes_on = 1 OR began_at < $3 AND ended_at >= $3)
                AND (amount IS NULL OR period_days IS NULL OR period_days <= 0) END
        AND (COALESCE(began_at, 0) < $7 OR (COALESCE(began_at, 0) = $7 AND (code > $8 OR (code = $8 AND account > $9))))
    ORDER BY COALESCE(began_at, 0) DESC, code LIMIT $10";

pub(in crate::orders) struct Row {
    pub account: String,
    pub code: String,
    pub status: String,
    pub product: Option<String>,
    pub product_name: Option<String>,
    pub plan: Option<String>,
    pub period_days: Option<i64>,
    pub subscriber_name: Option<String>,
    pub amount: Option<i64>,
    pub currency: Option<String>,
    /// 0 where Hotmart doesn't tell.
    pub began: i64,
    pub ended_at: Option<i64>,
}
from_row!(Row { account, code, status, product, product_name, plan, period_days, subscriber_name, amount, currency, began, ended_at });

/// Which subscriptions are asked for.
pub(in crate::orders) struct Question<'a> {
    /// From one on and before the other.
    pub moments: (Micros, Micros),
    pub product: Option<&'a str>,
    pub kind: &'static str,
    pub currency: Option<&'a str>,
    /// Beginning, code and account of the last one that was shown.
    pub after: (i64, &'a str, &'a str),
    pub limit: i64,
}

/// Those that began last first.
pub(in crate::orders) async fn rows(pool: &AnyPool, account: &str, of: &Question<'_>) -> Result<Vec<Row>, DbError> {
    let query = sqlx::query_as(ROWS).bind(account).bind(of.moments.0.0).bind(of.moments.1.0);
    let query = query.bind(of.product.map(askable)).bind(of.currency.map(askable)).bind(of.kind);
    Ok(query.bind(of.after.0).bind(askable(of.after.1)).bind(askable(of.after.2)).bind(of.limit).fetch_all(pool).await?)
}
