//! Which buyer an address is that wrote to us, written down so that the list of tickets can ask for what was bought.

use super::import::keep::buyer_key;
use super::store::products::Product;
use super::{Orders, store};
use crate::clock::Micros;
use crate::db::id_of;
use crate::error::ServiceError;

/// Addresses of one turn.
const TURN: i64 = 1_000;
/// No transaction lasts longer: a row that was begun before another is committed later by less.
const OVERLAP: i64 = 10 * Micros::MINUTE;
/// More than anybody chooses from.
const PRODUCTS_MAX: i64 = 300;

impl Orders {
    /// Writes down which buyers the newest addresses are. True: there may be more.
    pub async fn know_addresses(&self) -> Result<bool, ServiceError> {
        let pool = self.0.db.ready().await?;
        let newest = store::addresses::newest(&pool).await?;
        let from = newest.map(|at| id_of(at.plus(-OVERLAP), [0; 8])).unwrap_or_default();
        let unknown = store::addresses::unknown(&pool, &from, TURN).await?;
        if unknown.is_empty() {
            return Ok(false);
        }
        let key = self.0.key.get()?;
        let mut write = self.0.db.begin().await?;
        for (id, address) in &unknown {
            let buyer = buyer_key(key, Some(address)).unwrap_or_default();
            store::addresses::put(&mut write, id, &buyer).await?;
        }
        write.commit().await?;
        Ok(unknown.len() as i64 == TURN)
    }

    /// What was ever sold, by name.
    pub async fn products(&self) -> Result<Vec<Product>, ServiceError> {
        Ok(store::products::all(&self.0.db.ready().await?, PRODUCTS_MAX).await?)
    }
}
