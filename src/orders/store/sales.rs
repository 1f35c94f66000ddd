//! The SQL of sales.

use std::collections::HashSet;

use sqlx::AnyConnection;

use crate::clock::Micros;
use crate::db::DbError;
use crate::orders::find::name_key;
use crate::orders::import::Sale;
use crate::orders::status::Class;

const PUT: &str = "
    INSERT INTO orders (account, code, status, class, product, product_name, buyer, buyer_name, buyer_email, buyer_key, ordered_at,
        approved_at, guarantee_until, amount, currency, fee, fee_currency, payment_type, payment_method, installments, offer, source, sck,
        external_code, recurrence, is_subscription, commission_as, first_seen_at, updated_at, status_at, buyer_fold)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24, $25, $26, $27, $28, $28,
        $28, $29)
    ON CONFLICT (account, code) DO UPDATE SET status = excluded.status, class = excluded.class, product = excluded.product,
        product_name = excluded.product_name, buyer = excluded.buyer, buyer_name = excluded.buyer_name, buyer_email = excluded.buyer_email,
        buyer_key = excluded.buyer_key, ordered_at = excluded.ordered_at, approved_at = excluded.approved_at,
        guarantee_until = excluded.guarantee_until, amount = excluded.amount, currency = excluded.currency, fee = excluded.fee,
        fee_currency = excluded.fee_currency, payment_type = excluded.payment_type, payment_method = excluded.payment_method,
        installments = excluded.installments, offer = excluded.offer, source = excluded.source, sck = excluded.sck,
        external_code = excluded.external_code, recurrence = excluded.recurrence, is_subscription = excluded.is_subscription,
        commission_as = excluded.commission_as, updated_at = excluded.updated_at, status_at = excluded.status_at,
        buyer_fold = excluded.buyer_fold";
/// What a webhook says, of a sale that isn't known yet or was known in an earlier state. The next reading has the last word.
const PUT_TOLD: &str = "
    INSERT INTO orders (account, code, status, class, product, product_name, buyer_name, buyer_email, buyer_key, ordered_at, approved_at,
        amount, currency, payment_type, installments, offer, recurrence, is_subscription, first_seen_at, updated_at, status_at, buyer_fold)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $19, $20, $21)
    ON CONFLICT (account, code) DO UPDATE SET status = excluded.status, class = excluded.class,
        approved_at = COALESCE(excluded.approved_at, orders.approved_at), updated_at = excluded.updated_at, status_at = excluded.status_at
    WHERE excluded.status_at > orders.status_at";
/// False where it was taken before.
const TAKE_WEBHOOK: &str = "
    INSERT INTO order_webhooks (account, id, event, created_at, taken_at, code) VALUES ($1, $2, $3, $4, $5, $6)
    ON CONFLICT (account, id) DO NOTHING";
const LAST_WEBHOOK: &str = "SELECT MAX(taken_at) FROM order_webhooks WHERE account = $1";
const DROP_WEBHOOKS: &str = "DELETE FROM order_webhooks WHERE taken_at <= $1";
/// Sales and subscriptions whose people were erased.
const ERASED: &str = "
    SELECT code FROM orders WHERE account = $1 AND erased = 1
    UNION SELECT code FROM order_subscriptions WHERE account = $1 AND erased = 1";
/// When a sale was first seen so.
const SEE_STATUS: &str = "
    INSERT INTO order_statuses (account, code, status, seen_at) VALUES ($1, $2, $3, $4) ON CONFLICT (account, code, status) DO NOTHING";
const DROP_BODIES: &str = "DELETE FROM order_bodies WHERE taken_at <= $1";
const PUT_BODY: &str = "
    INSERT INTO order_bodies (account, stream, code, sealed, taken_at) VALUES ($1, $2, $3, $4, $5)
    ON CONFLICT (account, stream, code) DO UPDATE SET sealed = excluded.sealed, taken_at = excluded.taken_at";

/// The codes of sales and subscriptions whose people were erased.
pub(in crate::orders) async fn erased(connection: &mut AnyConnection, account: &str) -> Result<HashSet<String>, DbError> {
    let codes: Vec<String> = sqlx::query_scalar(ERASED).bind(account).fetch_all(connection).await?;
    Ok(codes.into_iter().collect())
}

/// A sale as a webhook tells it, which was made at a moment.
pub(in crate::orders) async fn put_told(
    connection: &mut AnyConnection,
    account: &str,
    sale: &Sale,
    buyer: Option<&str>,
    told_at: Micros,
    now: Micros,
) -> Result<(), DbError> {
    sqlx::query(PUT_TOLD)
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
        .bind(sale.buyer_name.as_deref().map(name_key))
        .execute(&mut *connection)
        .await?;
    sqlx::query(SEE_STATUS).bind(account).bind(&sale.code).bind(&sale.status).bind(told_at.0).execute(connection).await?;
    Ok(())
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

/// What was taken until a moment.
pub(in crate::orders) async fn drop_bodies(connection: &mut AnyConnection, until: Micros) -> Result<(), DbError> {
    sqlx::query(DROP_BODIES).bind(until.0).execute(connection).await?;
    Ok(())
}

/// `buyer`: the keyed hash of their address.
pub(in crate::orders) async fn put(
    connection: &mut AnyConnection,
    account: &str,
    sale: &Sale,
    buyer: Option<&str>,
    now: Micros,
) -> Result<(), DbError> {
    sqlx::query(PUT)
        .bind(account)
        .bind(&sale.code)
        .bind(&sale.status)
        .bind(Class::of(&sale.status).word())
        .bind(sale.product.as_deref())
        .bind(sale.product_name.as_deref())
        .bind(sale.buyer.as_deref())
        .bind(sale.buyer_name.as_deref())
        .bind(sale.buyer_email.as_deref())
        .bind(buyer)
        .bind(sale.ordered_at.map(|at| at.0))
        .bind(sale.approved_at.map(|at| at.0))
        .bind(sale.guarantee_until.map(|at| at.0))
        .bind(sale.price.as_ref().map(|price| price.minor))
        .bind(sale.price.as_ref().map(|price| price.currency.as_str()))
        .bind(sale.fee.as_ref().map(|fee| fee.minor))
        .bind(sale.fee.as_ref().map(|fee| fee.currency.as_str()))
        .bind(sale.payment_type.as_deref())
        .bind(sale.payment_method.as_deref())
        .bind(sale.installments)
        .bind(sale.offer.as_deref())
        .bind(sale.source.as_deref())
        .bind(sale.sck.as_deref())
        .bind(sale.external_code.as_deref())
        .bind(sale.recurrence)
        .bind(i64::from(sale.is_subscription))
        .bind(sale.commission_as.as_deref())
        .bind(now.0)
        .bind(sale.buyer_name.as_deref().map(name_key))
        .execute(&mut *connection)
        .await?;
    sqlx::query(SEE_STATUS).bind(account).bind(&sale.code).bind(&sale.status).bind(now.0).execute(connection).await?;
    Ok(())
}

/// An item as it came, sealed.
pub(in crate::orders) async fn put_body(
    connection: &mut AnyConnection,
    account: &str,
    stream: &str,
    code: &str,
    sealed: &str,
    now: Micros,
) -> Result<(), DbError> {
    sqlx::query(PUT_BODY).bind(account).bind(stream).bind(code).bind(sealed).bind(now.0).execute(connection).await?;
    Ok(())
}
