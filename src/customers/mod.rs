//! Customers and their addresses, and how somebody shows that they read a mailbox: by a code or a link that comes by email.
//!
//! That somebody files a ticket under an address shows nothing. `verified_at` of an address says only that somebody once came through its
//! mailbox; what the author of a ticket or a message has shown stands there.

mod sign_in;
mod store;

pub use sign_in::{SESSION_MAX_SECONDS, SIGN_IN_MAX_MINUTES, Secret};
pub use store::{AddressRow, PERSONAL_DATA};

use crate::db::{self, Db, Write};
use crate::error::ServiceError;
use crate::events::{Actor, Change, Events, Kind, NewEvent, Subject};
use crate::key::KeySource;
use crate::mail::Outbox;
use crate::values::Email;

/// An address of a customer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AddressKey {
    pub id: String,
    pub customer: String,
    /// In lower case, as addresses are compared.
    pub address: String,
}

/// The log-ins of a customer that are still kept, as moments.
#[derive(Debug, Clone, Default)]
pub struct LogIns {
    /// Until when each code could be used, and when it was.
    pub codes: Vec<(i64, Option<i64>)>,
    pub sessions: Vec<i64>,
}

/// The room's handle.
#[derive(Clone)]
pub struct Customers {
    db: Db,
    events: Events,
    key: KeySource,
    outbox: Outbox,
    public_url: String,
}

impl Customers {
    pub fn new(db: Db, events: Events, key: KeySource, outbox: Outbox, public_url: String) -> Self {
        Self { db, events, key, outbox, public_url }
    }

    /// The address somebody writes under; a customer is made for one that is new.
    pub async fn address(&self, write: &mut Write, email: &Email, now: crate::clock::Micros) -> Result<AddressKey, ServiceError> {
        if let Some(known) = store::by_address(&mut **write, &email.key()).await? {
            return Ok(known);
        }
        let (id, customer) = (db::new_id(now)?, db::new_id(now)?);
        store::insert_customer(write, &customer, now).await?;
        Ok(store::insert_address(write, &id, &customer, &email.key(), email.as_str(), now).await?)
    }

    /// The address, where somebody has written under it; `None` for one that nobody has.
    pub async fn find(&self, email: &Email) -> Result<Option<AddressKey>, ServiceError> {
        Ok(store::by_address(&self.db.ready().await?, &email.key()).await?)
    }

    /// All addresses of a customer.
    pub async fn addresses(&self, customer: &str) -> Result<Vec<AddressRow>, ServiceError> {
        Ok(store::addresses(&self.db.ready().await?, customer).await?)
    }

    /// How a customer logged in: until when each code could be used and when it was, and until when each session is open.
    pub async fn log_ins(&self, customer: &str) -> Result<LogIns, ServiceError> {
        let pool = self.db.ready().await?;
        Ok(LogIns { codes: store::sign_ins_of(&pool, customer).await?, sessions: store::sessions_of(&pool, customer).await? })
    }

    /// Somebody came through the mailbox of an address. Nothing happens where that was noted before.
    pub async fn verify(&self, change: &mut Change, address: &str, by: &Actor) -> Result<(), ServiceError> {
        let now = change.now();
        if let Some(customer) = store::verify(change, address, now).await? {
            change.record(NewEvent::new(Subject::Customer, &customer, by, Kind::AddressVerified));
        }
        Ok(())
    }
}
