//! The SQL of addresses that wrote to us, and of the buyers that they are: keyed hashes, by which tickets are joined with sales.

use sqlx::{AnyConnection, AnyPool};

use crate::clock::Micros;
use crate::db::DbError;

/// When the newest that is known wrote first.
const NEWEST: &str = "SELECT created_at FROM addresses WHERE id = (SELECT MAX(address) FROM order_addresses)";
const UNKNOWN: &str = "
    SELECT id, address FROM addresses WHERE id >= $1 AND NOT EXISTS (SELECT 1 FROM order_addresses WHERE order_addresses.address = addresses.id)
    ORDER BY id LIMIT $2";
/// Nothing where the address is gone meanwhile.
const PUT: &str = "
    INSERT INTO order_addresses (address, buyer) SELECT id, CAST($2 AS TEXT) FROM addresses WHERE id = $1
    ON CONFLICT (address) DO NOTHING";
const DROP_ALL: &str = "DELETE FROM order_addresses";

pub(in crate::orders) async fn newest(pool: &AnyPool) -> Result<Option<Micros>, DbError> {
    let at: Option<i64> = sqlx::query_scalar(NEWEST).fetch_optional(pool).await?;
    Ok(at.map(Micros))
}

/// Ids and addresses, from an id on.
pub(in crate::orders) async fn unknown(pool: &AnyPool, from: &str, limit: i64) -> Result<Vec<(String, String)>, DbError> {
    Ok(sqlx::query_as(UNKNOWN).bind(from).bind(limit).fetch_all(pool).await?)
}

pub(in crate::orders) async fn put(connection: &mut AnyConnection, address: &str, buyer: &str) -> Result<(), DbError> {
    sqlx::query(PUT).bind(address).bind(buyer).execute(connection).await?;
    Ok(())
}

/// After the server's key was replaced.
pub(in crate::orders) async fn drop_all(connection: &mut AnyConnection) -> Result<(), DbError> {
    sqlx::query(DROP_ALL).execute(connection).await?;
    Ok(())
}
