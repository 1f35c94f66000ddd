//! The SQL of one person's purchases. What belongs to each is joined from the left, so that no engine begins with anything but the purchases.

use sqlx::AnyPool;

use crate::clock::Micros;
use crate::db::{DbError, from_row};
use crate::orders::of_buyer::{BuyerSubscription, CODES_MAX, Purchase};

const OF_BUYER: &str = "
    SELECT orders.account, order_accounts.name AS account_name, orders.code, orders.status, orders.product_name, buyer_name, buyer_email, ordered_at,
        approved_at, orders.amount, orders.currency, guarantee_until, payment_type, payment_method, installments, affiliate, refusal,
        order_subscriptions.code AS subscription, order_subscriptions.status AS subscription_status, plan, next_charge_at
    FROM orders LEFT JOIN order_accounts ON order_accounts.id = orders.account
        LEFT JOIN order_people ON order_people.account = orders.account AND order_people.code = orders.code
        LEFT JOIN order_recurrences ON order_recurrences.account = orders.account AND order_recurrences.code = orders.code
        LEFT JOIN order_subscriptions ON order_subscriptions.account = orders.account AND order_subscriptions.code = order_recurrences.subscription
    WHERE buyer_key = $1 ORDER BY ordered_at DESC, orders.code, orders.account LIMIT $2";
/// Two accounts can have a part in one sale.
const BY_CODES: &str = "
    SELECT orders.account, order_accounts.name AS account_name, orders.code, orders.status, orders.product_name, buyer_name, buyer_email, ordered_at,
        approved_at, orders.amount, orders.currency, guarantee_until, payment_type, payment_method, installments, affiliate, refusal,
        order_subscriptions.code AS subscription, order_subscriptions.status AS subscription_status, plan, next_charge_at
    FROM orders LEFT JOIN order_accounts ON order_accounts.id = orders.account
        LEFT JOIN order_people ON order_people.account = orders.account AND order_people.code = orders.code
        LEFT JOIN order_recurrences ON order_recurrences.account = orders.account AND order_recurrences.code = orders.code
        LEFT JOIN order_subscriptions ON order_subscriptions.account = orders.account AND order_subscriptions.code = order_recurrences.subscription
    WHERE orders.code IN ($1, $2, $3, $4, $5) ORDER BY ordered_at DESC, orders.code, orders.account LIMIT 20";
/// `$2` is behind everything that begins as `$1` does.
const BY_NAME: &str = "
    SELECT orders.account, order_accounts.name AS account_name, orders.code, orders.status, orders.product_name, buyer_name, buyer_email, ordered_at,
        approved_at, orders.amount, orders.currency, guarantee_until, payment_type, payment_method, installments, affiliate, refusal,
        order_subscriptions.code AS subscription, order_subscriptions.status AS subscription_status, plan, next_charge_at
    FROM orders LEFT JOIN order_accounts ON order_accounts.id = orders.account
        LEFT JOIN order_people ON order_people.account = orders.account AND order_people.code = orders.code
        LEFT JOIN order_recurrences ON order_recurrences.account = orders.account AND order_recurrences.code = orders.code
        LEFT JOIN order_subscriptions ON order_subscriptions.account = orders.account AND order_subscriptions.code = order_recurrences.subscription
    WHERE buyer_fold >= $1 AND buyer_fold < $2 ORDER BY buyer_fold, ordered_at DESC, orders.code, orders.account LIMIT $3";
const CONTACT: &str = "
    SELECT contact FROM orders LEFT JOIN order_people ON order_people.account = orders.account AND order_people.code = orders.code
    WHERE orders.account = $1 AND orders.code = $2";

struct Row {
    account: String,
    account_name: String,
    code: String,
    status: String,
    product_name: Option<String>,
    buyer_name: Option<String>,
    buyer_email: Option<String>,
    ordered_at: Option<i64>,
    approved_at: Option<i64>,
    amount: Option<i64>,
    currency: Option<String>,
    guarantee_until: Option<i64>,
    payment_type: Option<String>,
    payment_method: Option<String>,
    installments: Option<i64>,
    affiliate: Option<String>,
    refusal: Option<String>,
    subscription: Option<String>,
    subscription_status: Option<String>,
    plan: Option<String>,
    next_charge_at: Option<i64>,
}
from_row!(Row {
    account,
    account_name,
    code,
    status,
    product_name,
    buyer_name,
    buyer_email,
    ordered_at,
    approved_at,
    amount,
    currency,
    guarantee_until,
    payment_type,
    payment_method,
    installments,
    affiliate,
    refusal,
    subscription,
    subscription_status,
    plan,
    next_charge_at
});

impl From<Row> for Purchase {
    fn from(row: Row) -> Self {
        let subscription = row.subscription.zip(row.subscription_status);
        let (plan, next_charge_at) = (row.plan, row.next_charge_at.map(Micros));
        Self {
            account: row.account,
            account_name: row.account_name,
            code: row.code,
            status: row.status,
            product_name: row.product_name,
            buyer_name: row.buyer_name,
            buyer_email: row.buyer_email,
            ordered_at: row.ordered_at.map(Micros),
            approved_at: row.approved_at.map(Micros),
            amount: row.amount,
            currency: row.currency,
            guarantee_until: row.guarantee_until.map(Micros),
            payment_type: row.payment_type,
            payment_method: row.payment_method,
            installments: row.installments,
            affiliate: row.affiliate,
            refusal: row.refusal,
            subscription: subscription.map(|(code, status)| BuyerSubscription { code, status, plan, next_charge_at }),
        }
    }
}

fn purchases_of(rows: Vec<Row>) -> Vec<Purchase> {
    rows.into_iter().map(Purchase::from).collect()
}

pub(in crate::orders) async fn purchases(pool: &AnyPool, buyer: &str, limit: i64) -> Result<Vec<Purchase>, DbError> {
    Ok(purchases_of(sqlx::query_as(OF_BUYER).bind(buyer).bind(limit).fetch_all(pool).await?))
}

/// Of many codes the first few.
pub(in crate::orders) async fn by_codes(pool: &AnyPool, codes: &[String]) -> Result<Vec<Purchase>, DbError> {
    let mut query = sqlx::query_as(BY_CODES);
    // No sale has an empty code.
    for place in 0..CODES_MAX {
        query = query.bind(codes.get(place).map_or("", String::as_str));
    }
    Ok(purchases_of(query.fetch_all(pool).await?))
}

/// `key` is the beginning of a name, as `find::name_key` writes it.
pub(in crate::orders) async fn by_name(pool: &AnyPool, key: &str, limit: i64) -> Result<Vec<Purchase>, DbError> {
    // Behind all hexadecimal digits.
    Ok(purchases_of(sqlx::query_as(BY_NAME).bind(key).bind(format!("{key}g")).bind(limit).fetch_all(pool).await?))
}

/// The sealed contact of a purchase's buyer, where there is one; `None`: there is no such purchase.
pub(in crate::orders) async fn contact(pool: &AnyPool, account: &str, code: &str) -> Result<Option<Option<String>>, DbError> {
    Ok(sqlx::query_scalar(CONTACT).bind(account).bind(code).fetch_optional(pool).await?)
}
