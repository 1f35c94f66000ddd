//! The SQL of what the other lists say of sales, and of subscriptions.

use sqlx::AnyConnection;

use crate::clock::Micros;
use crate::db::DbError;
use crate::orders::import::{Commissions, People, Price, Recurrence, Subscription};
use crate::orders::money::Money;

const PUT_PEOPLE: &str = "
    INSERT INTO order_people (account, code, country, locale, affiliate, contact) VALUES ($1, $2, $3, $4, $5, $6)
    ON CONFLICT (account, code) DO UPDATE SET country = excluded.country, locale = excluded.locale, affiliate = excluded.affiliate,
        contact = excluded.contact";
const DROP_COMMISSIONS: &str = "DELETE FROM order_commissions WHERE account = $1 AND code = $2";
const PUT_COMMISSION: &str = "
    INSERT INTO order_commissions (account, code, source, amount, currency) VALUES ($1, $2, $3, $4, $5)
    ON CONFLICT (account, code, source, currency) DO UPDATE SET amount = excluded.amount";
const PUT_PRICE: &str = "
    INSERT INTO order_prices (account, code, base, total, tax, interest, currency, coupon) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
    ON CONFLICT (account, code) DO UPDATE SET base = excluded.base, total = excluded.total, tax = excluded.tax, interest = excluded.interest,
        currency = excluded.currency, coupon = excluded.coupon";
const PUT_SUBSCRIPTION: &str = "
    INSERT INTO order_subscriptions (account, code, status, plan, period_days, product, product_name, subscriber_name, subscriber_email,
        subscriber_key, amount, currency, began_at, ended_at, next_charge_at, is_trial, last_sale, updated_at)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18)
    ON CONFLICT (account, code) DO UPDATE SET status = excluded.status, plan = excluded.plan, period_days = excluded.period_days,
        product = excluded.product, product_name = excluded.product_name, subscriber_name = excluded.subscriber_name,
        subscriber_email = excluded.subscriber_email, subscriber_key = excluded.subscriber_key, amount = excluded.amount,
        currency = excluded.currency, began_at = excluded.began_at, ended_at = excluded.ended_at, next_charge_at = excluded.next_charge_at,
        is_trial = excluded.is_trial, last_sale = excluded.last_sale, updated_at = excluded.updated_at";
const PUT_RECURRENCE: &str = "
    INSERT INTO order_recurrences (account, code, subscription, number, status, refusal, refunded_at) VALUES ($1, $2, $3, $4, $5, $6, $7)
    ON CONFLICT (account, code) DO UPDATE SET subscription = excluded.subscription, number = excluded.number, status = excluded.status,
        refusal = excluded.refusal, refunded_at = excluded.refunded_at";

/// `contact` is sealed.
pub(in crate::orders) async fn put_people(
    connection: &mut AnyConnection,
    account: &str,
    people: &People,
    contact: Option<&str>,
) -> Result<(), DbError> {
    let query = sqlx::query(PUT_PEOPLE).bind(account).bind(&people.code).bind(people.country.as_deref()).bind(people.locale.as_deref());
    query.bind(people.affiliate.as_deref()).bind(contact).execute(connection).await?;
    Ok(())
}

pub(in crate::orders) async fn put_commissions(connection: &mut AnyConnection, account: &str, of: &Commissions) -> Result<(), DbError> {
    sqlx::query(DROP_COMMISSIONS).bind(account).bind(&of.code).execute(&mut *connection).await?;
    for (source, share) in &of.shares {
        let query = sqlx::query(PUT_COMMISSION).bind(account).bind(&of.code).bind(source);
        query.bind(share.minor).bind(&share.currency).execute(&mut *connection).await?;
    }
    Ok(())
}

/// Its parts have one currency; of those in another nothing is kept.
pub(in crate::orders) async fn put_price(connection: &mut AnyConnection, account: &str, price: &Price) -> Result<(), DbError> {
    let parts = [&price.base, &price.total, &price.tax, &price.interest];
    let currency = parts.into_iter().flatten().map(|part| part.currency.as_str()).next();
    let minor = |part: &Option<Money>| part.as_ref().filter(|part| Some(part.currency.as_str()) == currency).map(|part| part.minor);
    let query = sqlx::query(PUT_PRICE).bind(account).bind(&price.code).bind(minor(&price.base)).bind(minor(&price.total));
    let query = query.bind(minor(&price.tax)).bind(minor(&price.interest)).bind(currency).bind(price.coupon.as_deref());
    query.execute(connection).await?;
    Ok(())
}

/// `subscriber`: the keyed hash of their address.
pub(in crate::orders) async fn put_subscription(
    connection: &mut AnyConnection,
    account: &str,
    of: &Subscription,
    subscriber: Option<&str>,
    now: Micros,
) -> Result<(), DbError> {
    sqlx::query(PUT_SUBSCRIPTION)
        .bind(account)
        .bind(&of.code)
        .bind(&of.status)
        .bind(of.plan.as_deref())
        .bind(of.period_days)
        .bind(of.product.as_deref())
        .bind(of.product_name.as_deref())
        .bind(of.subscriber_name.as_deref())
        .bind(of.subscriber_email.as_deref())
        .bind(subscriber)
        .bind(of.price.as_ref().map(|price| price.minor))
        .bind(of.price.as_ref().map(|price| price.currency.as_str()))
        .bind(of.began_at.map(|at| at.0))
        .bind(of.ended_at.map(|at| at.0))
        .bind(of.next_charge_at.map(|at| at.0))
        .bind(i64::from(of.is_trial))
        .bind(of.last_sale.as_deref())
        .bind(now.0)
        .execute(connection)
        .await?;
    Ok(())
}

pub(in crate::orders) async fn put_recurrence(connection: &mut AnyConnection, account: &str, of: &Recurrence) -> Result<(), DbError> {
    let query = sqlx::query(PUT_RECURRENCE).bind(account).bind(&of.code).bind(of.subscription.as_deref()).bind(of.number);
    query.bind(of.status.as_deref()).bind(of.refusal.as_deref()).bind(of.refunded_at.map(|at| at.0)).execute(connection).await?;
    Ok(())
}
