//! The SQL of one person's purchases.

use sqlx::AnyPool;

use crate::clock::Micros;
use crate::db::{DbError, from_row};
use crate::orders::of_buyer::Purchase;

const OF_BUYER: &str = "
    SELECT code, status, product_name, buyer_name, buyer_email, ordered_at, approved_at, amount, currency, guarantee_until,
        payment_type, installments
    FROM orders WHERE buyer_key = $1 ORDER BY ordered_at DESC, code LIMIT $2";
const BY_CODE: &str = "
    SELECT code, status, product_name, buyer_name, buyer_email, ordered_at, approved_at, amount, currency, guarantee_until,
        payment_type, installments
    FROM orders WHERE code = $1 ORDER BY account LIMIT 1";

struct Row {
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
    installments: Option<i64>,
}
from_row!(Row {
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
    installments
});

impl From<Row> for Purchase {
    fn from(row: Row) -> Self {
        Self {
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
            installments: row.installments,
        }
    }
}

pub(in crate::orders) async fn purchases(pool: &AnyPool, buyer: &str, limit: i64) -> Result<Vec<Purchase>, DbError> {
    let rows: Vec<Row> = sqlx::query_as(OF_BUYER).bind(buyer).bind(limit).fetch_all(pool).await?;
    Ok(rows.into_iter().map(Purchase::from).collect())
}

pub(in crate::orders) async fn by_code(pool: &AnyPool, code: &str) -> Result<Option<Purchase>, DbError> {
    let row: Option<Row> = sqlx::query_as(BY_CODE).bind(code).fetch_optional(pool).await?;
    Ok(row.map(Purchase::from))
}
