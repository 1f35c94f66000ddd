//! The SQL of what was ever sold.

use std::collections::BTreeMap;

use sqlx::{AnyConnection, AnyPool};

use crate::db::{DbError, from_row};

const PUT: &str = "
    INSERT INTO order_products (account, product, name) VALUES ($1, $2, $3)
    ON CONFLICT (account, product) DO UPDATE SET name = excluded.name WHERE order_products.name <> excluded.name";
/// One that several accounts sell is one.
const ALL: &str = "SELECT product AS id, MAX(name) AS name FROM order_products GROUP BY product ORDER BY MAX(name), product LIMIT $1";

/// Something that is sold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Product {
    /// Hotmart's.
    pub id: String,
    pub name: String,
}
from_row!(Product { id, name });

/// Those of a page, by id and name.
pub(in crate::orders) async fn put<'a>(
    connection: &mut AnyConnection,
    account: &str,
    sold: impl Iterator<Item = (&'a str, &'a str)>,
) -> Result<(), DbError> {
    for (product, name) in sold.collect::<BTreeMap<_, _>>() {
        sqlx::query(PUT).bind(account).bind(product).bind(name).execute(&mut *connection).await?;
    }
    Ok(())
}

pub(in crate::orders) async fn all(pool: &AnyPool, limit: i64) -> Result<Vec<Product>, DbError> {
    Ok(sqlx::query_as(ALL).bind(limit).fetch_all(pool).await?)
}
