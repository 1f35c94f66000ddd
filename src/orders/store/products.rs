//! The SQL of what was ever sold. The table is kept with the sums of days.

use sqlx::AnyPool;

use crate::db::{DbError, from_row};

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

pub(in crate::orders) async fn all(pool: &AnyPool, limit: i64) -> Result<Vec<Product>, DbError> {
    Ok(sqlx::query_as(ALL).bind(limit).fetch_all(pool).await?)
}
