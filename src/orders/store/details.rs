//! The SQL of what the other lists say of sales, and of subscriptions.

use std::collections::HashMap;

use sqlx::AnyConnection;

use crate::clock::Micros;
use crate::db::{Among, Bound, DbError, Insert, from_row};
use crate::orders::import::{Commissions, People, Price, Recurrence, Subscription};
use crate::orders::money::Money;

const PUT_PEOPLE: Insert = Insert {
    head: "INSERT INTO order_people (account, code, country, locale, affiliate, contact)",
    columns: 6,
    tail: "
    ON CONFLICT (account, code) DO UPDATE SET country = excluded.country, locale = excluded.locale, affiliate = excluded.affiliate,
        contact = excluded.contact, changed = CASE WHEN order_people.country IS NOT DISTINCT FROM excluded.country
            AND order_people.affiliate IS NOT DISTINCT FROM excluded.affiliate THEN 0 ELSE 1 END
    RETURNING changed, (SELECT orders.day FROM orders WHERE orders.account = order_people.account AND orders.code = order_people.code) AS day",
};
/// Two questions: joined, the rows of whole tables are read where an engine has not counted them yet.
const DAYS: Among = Among("SELECT day FROM orders WHERE account = $1 AND code IN (LIST)");
const COMMISSIONS: Among = Among("SELECT code, source, amount, currency FROM order_commissions WHERE account = $1 AND code IN (LIST)");
const DROP_COMMISSIONS: Among = Among("DELETE FROM order_commissions WHERE account = $1 AND code IN (LIST)");
const PUT_COMMISSION: Insert = Insert {
    head: "INSERT INTO order_commissions (account, code, source, amount, currency)",
    columns: 5,
    tail: "
    ON CONFLICT (account, code, source, currency) DO UPDATE SET amount = excluded.amount",
};
const PUT_PRICE: Insert = Insert {
    head: "INSERT INTO order_prices (account, code, base, total, tax, interest, currency, coupon)",
    columns: 8,
    tail: "
    ON CONFLICT (account, code) DO UPDATE SET base = excluded.base, total = excluded.total, tax = excluded.tax, interest = excluded.interest,
        currency = excluded.currency, coupon = excluded.coupon",
};
const PUT_SUBSCRIPTION: Insert = Insert {
    head: "
    INSERT INTO order_subscriptions (account, code, status, plan, period_days, product, product_name, subscriber_name, subscriber_email,
        subscriber_key, amount, currency, began_at, ended_at, next_charge_at, is_trial, last_sale, updated_at)",
    columns: 18,
    tail: "
    ON CONFLICT (account, code) DO UPDATE SET status = excluded.status, plan = excluded.plan, period_days = excluded.period_days,
        product = excluded.product, product_name = excluded.product_name, subscriber_name = excluded.subscriber_name,
        subscriber_email = excluded.subscriber_email, subscriber_key = excluded.subscriber_key, amount = excluded.amount,
        currency = excluded.currency, began_at = excluded.began_at, ended_at = excluded.ended_at, next_charge_at = excluded.next_charge_at,
        is_trial = excluded.is_trial, last_sale = excluded.last_sale, updated_at = excluded.updated_at",
};
const PUT_RECURRENCE: Insert = Insert {
    head: "INSERT INTO order_recurrences (account, code, subscription, number, status, refusal, refunded_at)",
    columns: 7,
    tail: "
    ON CONFLICT (account, code) DO UPDATE SET subscription = excluded.subscription, number = excluded.number, status = excluded.status,
        refusal = excluded.refusal, refunded_at = excluded.refunded_at",
};

struct PutPeople {
    changed: i64,
    day: Option<i64>,
}
from_row!(PutPeople { changed, day });

struct Share {
    code: String,
    source: String,
    amount: i64,
    currency: String,
}
from_row!(Share { code, source, amount, currency });

impl Share {
    fn is(&self, source: &str, share: &Money) -> bool {
        self.source == source && self.currency == share.currency && self.amount == share.minor
    }
}

/// Each with its contact, sealed. No sale twice, here and below. Returns the days whose sums are others now.
pub(in crate::orders) async fn put_people(
    connection: &mut AnyConnection,
    account: &str,
    all: &[(&People, Option<&str>)],
) -> Result<Vec<i64>, DbError> {
    let bind = |query: Bound, (people, contact): &(&People, Option<&str>)| {
        let query = query.bind(account.to_owned()).bind(people.code.clone()).bind(people.country.clone()).bind(people.locale.clone());
        query.bind(people.affiliate.clone()).bind(contact.map(str::to_owned))
    };
    let put: Vec<PutPeople> = PUT_PEOPLE.returning(connection, all, bind).await?;
    Ok(put.into_iter().filter(|put| put.changed != 0).filter_map(|put| put.day).collect())
}

/// Returns the days whose sums are others now.
pub(in crate::orders) async fn put_commissions(connection: &mut AnyConnection, account: &str, all: &[&Commissions]) -> Result<Vec<i64>, DbError> {
    let codes: Vec<&str> = all.iter().map(|of| of.code.as_str()).collect();
    let known: Vec<Share> = COMMISSIONS.rows(connection, &[account], &codes).await?;
    let mut of_code: HashMap<&str, Vec<&Share>> = HashMap::new();
    for share in &known {
        of_code.entry(share.code.as_str()).or_default().push(share);
    }
    let is_other = |of: &&Commissions| has_changed(of, of_code.get(of.code.as_str()).map_or(&[], Vec::as_slice));
    let changed: Vec<&Commissions> = all.iter().copied().filter(is_other).collect();
    let dropped: Vec<&str> = changed.iter().map(|of| of.code.as_str()).filter(|code| of_code.contains_key(code)).collect();
    DROP_COMMISSIONS.execute(connection, &[account], &dropped).await?;
    put_shares(connection, account, &changed).await?;
    let codes: Vec<&str> = changed.iter().map(|of| of.code.as_str()).collect();
    let days: Vec<(Option<i64>,)> = DAYS.rows(connection, &[account], &codes).await?;
    Ok(days.into_iter().filter_map(|(day,)| day).collect())
}

fn has_changed(of: &Commissions, known: &[&Share]) -> bool {
    known.len() != of.shares.len() || !of.shares.iter().all(|(source, share)| known.iter().any(|known| known.is(source, share)))
}

async fn put_shares(connection: &mut AnyConnection, account: &str, all: &[&Commissions]) -> Result<(), DbError> {
    let shares: Vec<(&str, &str, &Money)> =
        all.iter().flat_map(|of| of.shares.iter().map(|(source, share)| (of.code.as_str(), source.as_str(), share))).collect();
    let bind = |query: Bound, (code, source, share): &(&str, &str, &Money)| {
        let query = query.bind(account.to_owned()).bind((*code).to_owned()).bind((*source).to_owned());
        query.bind(share.minor).bind(share.currency.clone())
    };
    PUT_COMMISSION.rows(connection, &shares, bind).await
}

pub(in crate::orders) async fn put_prices(connection: &mut AnyConnection, account: &str, all: &[&Price]) -> Result<(), DbError> {
    PUT_PRICE.rows(connection, all, |query, price| bind_price(query, account, price)).await
}

/// Its parts have one currency; of those in another nothing is kept.
fn bind_price(query: Bound, account: &str, price: &Price) -> Bound {
    let parts = [&price.base, &price.total, &price.tax, &price.interest];
    let currency = parts.into_iter().flatten().map(|part| part.currency.clone()).next();
    let minor = |part: &Option<Money>| part.as_ref().filter(|part| Some(&part.currency) == currency.as_ref()).map(|part| part.minor);
    let query = query.bind(account.to_owned()).bind(price.code.clone()).bind(minor(&price.base)).bind(minor(&price.total));
    let query = query.bind(minor(&price.tax)).bind(minor(&price.interest));
    query.bind(currency).bind(price.coupon.clone())
}

/// Each with the keyed hash of the subscriber's address.
pub(in crate::orders) async fn put_subscriptions(
    connection: &mut AnyConnection,
    account: &str,
    all: &[(&Subscription, Option<&str>)],
    now: Micros,
) -> Result<(), DbError> {
    let bind = |query: Bound, (of, subscriber): &(&Subscription, Option<&str>)| bind_subscription(query, account, of, *subscriber, now);
    PUT_SUBSCRIPTION.rows(connection, all, bind).await
}

fn bind_subscription(query: Bound, account: &str, of: &Subscription, subscriber: Option<&str>, now: Micros) -> Bound {
    query
        .bind(account.to_owned())
        .bind(of.code.clone())
        .bind(of.status.clone())
        .bind(of.plan.clone())
        .bind(of.period_days)
        .bind(of.product.clone())
        .bind(of.product_name.clone())
        .bind(of.subscriber_name.clone())
        .bind(of.subscriber_email.clone())
        .bind(subscriber.map(str::to_owned))
        .bind(of.price.as_ref().map(|price| price.minor))
        .bind(of.price.as_ref().map(|price| price.currency.clone()))
        .bind(of.began_at.map(|at| at.0))
        .bind(of.ended_at.map(|at| at.0))
        .bind(of.next_charge_at.map(|at| at.0))
        .bind(i64::from(of.is_trial))
        .bind(of.last_sale.clone())
        .bind(now.0)
}

pub(in crate::orders) async fn put_recurrences(connection: &mut AnyConnection, account: &str, all: &[&Recurrence]) -> Result<(), DbError> {
    let bind = |query: Bound, of: &&Recurrence| {
        let query = query.bind(account.to_owned()).bind(of.code.clone()).bind(of.subscription.clone()).bind(of.number);
        query.bind(of.status.clone()).bind(of.refusal.clone()).bind(of.refunded_at.map(|at| at.0))
    };
    PUT_RECURRENCE.rows(connection, all, bind).await
}
