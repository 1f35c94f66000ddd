//! The SQL of sales.

use std::collections::HashSet;

use sqlx::AnyConnection;

use crate::clock::Micros;
use crate::db::{Among, Bound, DbError, Insert, from_row};
use crate::orders::find::name_key;
use crate::orders::import::Sale;
use crate::orders::status::Class;

const PUT: Insert = Insert {
    head: "
    INSERT INTO orders (account, code, status, class, product, product_name, buyer, buyer_name, buyer_email, buyer_key, ordered_at,
        approved_at, guarantee_until, amount, currency, fee, fee_currency, payment_type, payment_method, installments, offer, source, sck,
        external_code, recurrence, is_subscription, commission_as, first_seen_at, updated_at, status_at, day, buyer_fold)",
    columns: 32,
    tail: "
    ON CONFLICT (account, code) DO UPDATE SET status = excluded.status, class = excluded.class, product = excluded.product,
        product_name = excluded.product_name, buyer = excluded.buyer, buyer_name = excluded.buyer_name, buyer_email = excluded.buyer_email,
        buyer_key = excluded.buyer_key, ordered_at = excluded.ordered_at, approved_at = excluded.approved_at,
        guarantee_until = excluded.guarantee_until, amount = excluded.amount, currency = excluded.currency, fee = excluded.fee,
        fee_currency = excluded.fee_currency, payment_type = excluded.payment_type, payment_method = excluded.payment_method,
        installments = excluded.installments, offer = excluded.offer, source = excluded.source, sck = excluded.sck,
        external_code = excluded.external_code, recurrence = excluded.recurrence, is_subscription = excluded.is_subscription,
        commission_as = excluded.commission_as, status_at = excluded.status_at, day = excluded.day, day_before = orders.day, buyer_fold = excluded.buyer_fold,
        updated_at = CASE WHEN orders.status = excluded.status AND orders.day IS NOT DISTINCT FROM excluded.day
            AND orders.product IS NOT DISTINCT FROM excluded.product AND orders.product_name IS NOT DISTINCT FROM excluded.product_name
            AND orders.buyer_key IS NOT DISTINCT FROM excluded.buyer_key AND orders.amount IS NOT DISTINCT FROM excluded.amount
            AND orders.currency IS NOT DISTINCT FROM excluded.currency AND orders.fee IS NOT DISTINCT FROM excluded.fee
            AND orders.fee_currency IS NOT DISTINCT FROM excluded.fee_currency AND orders.offer IS NOT DISTINCT FROM excluded.offer
            AND orders.payment_type IS NOT DISTINCT FROM excluded.payment_type AND orders.source IS NOT DISTINCT FROM excluded.source
            AND orders.sck IS NOT DISTINCT FROM excluded.sck AND orders.recurrence IS NOT DISTINCT FROM excluded.recurrence
            AND orders.is_subscription = excluded.is_subscription AND orders.commission_as IS NOT DISTINCT FROM excluded.commission_as
            THEN orders.updated_at ELSE excluded.updated_at END
    RETURNING day, day_before, updated_at",
};
/// What a webhook says, of a sale that isn't known yet or was known in an earlier state. The next reading has the last word.
const PUT_TOLD: &str = "
    INSERT INTO orders (account, code, status, class, product, product_name, buyer_name, buyer_email, buyer_key, ordered_at, approved_at,
        amount, currency, payment_type, installments, offer, recurrence, is_subscription, first_seen_at, updated_at, status_at, day, buyer_fold)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $19, $20, $21, $22)
    ON CONFLICT (account, code) DO UPDATE SET status = excluded.status, class = excluded.class,
        approved_at = COALESCE(excluded.approved_at, orders.approved_at), updated_at = excluded.updated_at, status_at = excluded.status_at,
        day = CASE WHEN excluded.approved_at IS NULL THEN orders.day ELSE excluded.day END, day_before = orders.day
    WHERE excluded.status_at > orders.status_at
    RETURNING day, day_before, updated_at";
/// False where it was taken before.
const TAKE_WEBHOOK: &str = "
    INSERT INTO order_webhooks (account, id, event, created_at, taken_at, code) VALUES ($1, $2, $3, $4, $5, $6)
    ON CONFLICT (account, id) DO NOTHING";
const LAST_WEBHOOK: &str = "SELECT MAX(taken_at) FROM order_webhooks WHERE account = $1";
const DROP_WEBHOOKS: &str = "DELETE FROM order_webhooks WHERE taken_at <= $1";
/// Of some codes, those whose people were erased, as sales and as subscriptions.
const ERASED: Among = Among("SELECT code FROM orders WHERE account = $1 AND erased = 1 AND code IN (LIST)");
const ERASED_SUBSCRIPTIONS: Among = Among("SELECT code FROM order_subscriptions WHERE account = $1 AND erased = 1 AND code IN (LIST)");
/// When a sale was first seen so.
const SEE_STATUS: Insert = Insert {
    head: "INSERT INTO order_statuses (account, code, status, seen_at)",
    columns: 4,
    tail: "ON CONFLICT (account, code, status) DO NOTHING",
};

/// Of some codes of sales and subscriptions, those whose people were erased.
pub(in crate::orders) async fn erased(connection: &mut AnyConnection, account: &str, codes: &[&str]) -> Result<HashSet<String>, DbError> {
    let mut erased = HashSet::new();
    for statement in [&ERASED, &ERASED_SUBSCRIPTIONS] {
        let rows: Vec<(String,)> = statement.rows(connection, &[account], codes).await?;
        erased.extend(rows.into_iter().map(|(code,)| code));
    }
    Ok(erased)
}

/// What became of a sale that was written.
struct Written {
    day: Option<i64>,
    day_before: Option<i64>,
    updated_at: i64,
}
from_row!(Written { day, day_before, updated_at });

impl Written {
    /// The days whose sums are others now.
    fn changed(&self, now: Micros) -> Vec<i64> {
        if self.updated_at == now.0 { [self.day, self.day_before].into_iter().flatten().collect() } else { Vec::new() }
    }
}

/// A sale as a webhook tells it, which was made at a moment. `day`: the one that it counts on, as far as it tells. Returns the days whose sums are others
/// now.
pub(in crate::orders) async fn put_told(
    connection: &mut AnyConnection,
    account: &str,
    sale: &Sale,
    buyer: Option<&str>,
    day: Option<i64>,
    told_at: Micros,
    now: Micros,
) -> Result<Vec<i64>, DbError> {
    let written: Option<Written> = sqlx::query_as(PUT_TOLD)
        .bind(account)
        .bind(&sale.code)
        .bind(&sale.status)
        .bind(Class::of(&sale.status).word())
        .bind(sale.product.as_deref())
        .bind(sale.product_name.as_deref())
        .bind(sale.buyer_name.as_deref())
        .bind(sale.buyer_email.as_deref())
        .bind(buyer)
        .bind(sale.ordered_at.map(|at| at.0))
        .bind(sale.approved_at.map(|at| at.0))
        .bind(sale.price.as_ref().map(|price| price.minor))
        .bind(sale.price.as_ref().map(|price| price.currency.as_str()))
        .bind(sale.payment_type.as_deref())
        .bind(sale.installments)
        .bind(sale.offer.as_deref())
        .bind(sale.recurrence)
        .bind(i64::from(sale.is_subscription))
        .bind(now.0)
        .bind(told_at.0)
        .bind(day)
        .bind(sale.buyer_name.as_deref().map(name_key))
        .fetch_optional(&mut *connection)
        .await?;
    see(connection, account, &[sale], told_at).await?;
    Ok(written.map(|written| written.changed(now)).unwrap_or_default())
}

/// A webhook on its way in.
pub(in crate::orders) struct WebhookRow<'a> {
    pub id: &'a str,
    pub event: &'a str,
    pub created_at: Micros,
    pub code: Option<&'a str>,
}

/// False where it was taken before.
pub(in crate::orders) async fn take_webhook(
    connection: &mut AnyConnection,
    account: &str,
    row: &WebhookRow<'_>,
    now: Micros,
) -> Result<bool, DbError> {
    let query = sqlx::query(TAKE_WEBHOOK).bind(account).bind(row.id).bind(row.event).bind(row.created_at.0).bind(now.0).bind(row.code);
    Ok(query.execute(connection).await?.rows_affected() > 0)
}

/// When the last one came.
pub(in crate::orders) async fn last_webhook(pool: &sqlx::AnyPool, account: &str) -> Result<Option<Micros>, DbError> {
    let at: Option<i64> = sqlx::query_scalar(LAST_WEBHOOK).bind(account).fetch_one(pool).await?;
    Ok(at.map(Micros))
}

pub(in crate::orders) async fn drop_webhooks(connection: &mut AnyConnection, until: Micros) -> Result<(), DbError> {
    sqlx::query(DROP_WEBHOOKS).bind(until.0).execute(connection).await?;
    Ok(())
}

/// A sale with the keyed hash of its buyer's address, and the day that it counts on.
pub(in crate::orders) type Put<'a> = (&'a Sale, Option<&'a str>, Option<i64>);

/// No sale twice. Returns the days whose sums are others now.
pub(in crate::orders) async fn put(connection: &mut AnyConnection, account: &str, sales: &[Put<'_>], now: Micros) -> Result<Vec<i64>, DbError> {
    let written: Vec<Written> = PUT.returning(connection, sales, |query, put| bind(query, account, put, now)).await?;
    let sales: Vec<&Sale> = sales.iter().map(|(sale, ..)| *sale).collect();
    see(connection, account, &sales, now).await?;
    Ok(written.iter().flat_map(|written| written.changed(now)).collect())
}

fn bind(query: Bound, account: &str, (sale, buyer, day): &Put<'_>, now: Micros) -> Bound {
    let (price, fee) = (sale.price.as_ref(), sale.fee.as_ref());
    query
        .bind(account.to_owned())
        .bind(sale.code.clone())
        .bind(sale.status.clone())
        .bind(Class::of(&sale.status).word())
        .bind(sale.product.clone())
        .bind(sale.product_name.clone())
        .bind(sale.buyer.clone())
        .bind(sale.buyer_name.clone())
        .bind(sale.buyer_email.clone())
        .bind(buyer.map(str::to_owned))
        .bind(sale.ordered_at.map(|at| at.0))
        .bind(sale.approved_at.map(|at| at.0))
        .bind(sale.guarantee_until.map(|at| at.0))
        .bind(price.map(|price| price.minor))
        .bind(price.map(|price| price.currency.clone()))
        .bind(fee.map(|fee| fee.minor))
        .bind(fee.map(|fee| fee.currency.clone()))
        .bind(sale.payment_type.clone())
        .bind(sale.payment_method.clone())
        .bind(sale.installments)
        .bind(sale.offer.clone())
        .bind(sale.source.clone())
        .bind(sale.sck.clone())
        .bind(sale.external_code.clone())
        .bind(sale.recurrence)
        .bind(i64::from(sale.is_subscription))
        .bind(sale.commission_as.clone())
        .bind(now.0)
        .bind(now.0)
        .bind(now.0)
        .bind(*day)
        .bind(sale.buyer_name.as_deref().map(name_key))
}

/// Their statuses were seen at a moment.
async fn see(connection: &mut AnyConnection, account: &str, sales: &[&Sale], at: Micros) -> Result<(), DbError> {
    let bind = |query: Bound, sale: &&Sale| query.bind(account.to_owned()).bind(sale.code.clone()).bind(sale.status.clone()).bind(at.0);
    SEE_STATUS.rows(connection, sales, bind).await
}
