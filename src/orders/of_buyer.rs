//! What somebody bought.

use super::import::keep::buyer_key;
use super::money::Money;
use super::status::Class;
use super::{Orders, store};
use crate::clock::Micros;
use crate::error::ServiceError;
use crate::values::Email;

/// More than anybody buys; the newest.
const PURCHASES_MAX: i64 = 200;

/// A sale, as far as its buyer is told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Purchase {
    pub code: String,
    pub status: String,
    pub product_name: Option<String>,
    pub buyer_name: Option<String>,
    pub buyer_email: Option<String>,
    pub ordered_at: Option<Micros>,
    pub approved_at: Option<Micros>,
    /// In minor units.
    pub amount: Option<i64>,
    pub currency: Option<String>,
    /// Until then the buyer gets their money back for the asking.
    pub guarantee_until: Option<Micros>,
    pub payment_type: Option<String>,
    pub installments: Option<i64>,
}

impl Purchase {
    pub fn class(&self) -> Class {
        Class::of(&self.status)
    }

    pub fn price(&self) -> Option<Money> {
        Some(Money { minor: self.amount?, currency: self.currency.clone()? })
    }
}

impl Orders {
    /// Purchases under an address, the newest first, of all accounts.
    pub async fn of_buyer(&self, email: &Email) -> Result<Vec<Purchase>, ServiceError> {
        let Some(key) = buyer_key(self.0.key.get()?, Some(&email.key())) else { return Ok(Vec::new()) };
        Ok(store::of_buyer::purchases(&self.0.db.ready().await?, &key, PURCHASES_MAX).await?)
    }

    /// The purchase with a transaction code, whoever made it.
    pub async fn of_code(&self, code: &str) -> Result<Option<Purchase>, ServiceError> {
        Ok(store::of_buyer::by_code(&self.0.db.ready().await?, code).await?)
    }

    /// Whether sales are read at all.
    pub async fn is_connected(&self) -> Result<bool, ServiceError> {
        Ok(!self.accounts().list().await?.is_empty())
    }
}
