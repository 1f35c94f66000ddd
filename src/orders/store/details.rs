//! The SQL of what the other lists say of sales, and of subscriptions.

use sqlx::AnyConnection;

use crate::clock::Micros;
use crate::db::{DbError, from_row};
use crate::orders::import::{Commissions, People, Price, Recurrence, Subscription};
use crate::orders::money::Money;

const PUT_PEOPLE: &str = "
    INSERT INTO order_people (account, code, country, locale, affiliate, contact) VALUES ($1, $2, $3, $4, $5, $6)
    ON CONFLICT (account, code) DO UPDATE SET country = excluded.country, locale = excluded.locale, affiliate = excluded.affiliate,
        contact = excluded.contact, changed = CASE WHEN order_people.country IS NOT DISTINCT FROM excluded.country
            AND order_people.affiliate IS NOT DISTINCT FROM excluded.affiliate THEN 0 ELSE 1 END
    RETURNING changed, (SELECT orders.day FROM orders WHERE orders.account = order_people.account AND orders.code = order_people.code) AS day";
/// The shares of a sale beside its day; without shares the day alone.
const COMMISSIONS: &str = "
    SELECT orders.day, shares.source, shares.amount, shares.currency FROM orders
    LEFT JOIN order_commissions AS shares ON shares.account = orders.account AND shares.code = orders.code
    WHERE orders.account = $1 AND orders.code = $2";
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

struct PutPeople {
    changed: i64,
    day: Option<i64>,
}
from_row!(PutPeople { changed, day });

struct Share {
    day: Option<i64>,
    source: Option<String>,
    amount: Option<i64>,
    currency: Option<String>,
}
from_row!(Share { day, source, amount, currency });

impl Share {
    fn is(&self, source: &str, share: &Money) -> bool {
        self.source.as_deref() == Some(source) && self.currency.as_ref() == Some(&share.currency) && self.amount == Some(share.minor)
    }
}

/// `contact` is sealed. Returns the day whose sums are others now.
pub(in crate::orders) async fn put_people(
    connection: &mut AnyConnection,
    account: &str,
    people: &People,
    contact: Option<&str>,
) -> Result<Option<i64>, DbError> {
    let query = sqlx::query_as(PUT_PEOPLE).bind(account).bind(&people.code).bind(people.country.as_deref()).bind(people.locale.as_deref());
    let put: PutPeople = query.bind(people.affiliate.as_deref()).bind(contact).fetch_one(connection).await?;
    Ok(put.day.filter(|_| put.changed != 0))
}

/// Returns the day whose sums are others now.
pub(in crate::orders) async fn put_commissions(connection: &mut AnyConnection, account: &str, of: &Commissions) -> Result<Option<i64>, DbError> {
    let known: Vec<Share> = sqlx::query_as(COMMISSIONS).bind(account).bind(&of.code).fetch_all(&mut *connection).await?;
    let shares = known.iter().filter(|share| share.source.is_some());
    let is_known = |(source, share): &(String, Money)| known.iter().any(|known| known.is(source, share));
    if shares.clone().count() == of.shares.len() && of.shares.iter().all(is_known) && !known.is_empty() {
        return Ok(None);
    }
    // Of a sale that isn't known there may be shares that were not found.
    if known.is_empty() || shares.count() > 0 {
        sqlx::query(DROP_COMMISSIONS).bind(account).bind(&of.code).execute(&mut *connection).await?;
    }
    for (source, share) in &of.shares {
        let query = sqlx::query(PUT_COMMISSION).bind(account).bind(&of.code).bind(source);
        query.bind(share.minor).bind(&share.currency).execute(&mut *connection).await?;
    }
    Ok(known.first().and_then(|share| share.day))
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
