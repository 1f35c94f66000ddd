//! Sales beside the conversation: accounts of Hotmart, and what is read from them.
//!
//! Promised: nothing is asked of anybody until an account is connected; keys lie sealed in the database and are shown to nobody again; they are in
//! no log, address or error. Reading goes on where it was after a kill; two processes never read an account at the same time; reading again changes
//! nothing that is so already.

pub mod account;
mod accounts;
mod buyer_proof;
mod buyers;
mod client;
mod contact;
mod dropped;
pub mod figures;
mod find;
pub mod import;
pub mod money;
mod of_buyer;
pub mod reconcile;
pub mod settings;
pub mod status;
mod store;
mod webhooks;

use std::collections::HashMap;
use std::sync::{Arc, OnceLock};

use tokio::sync::Mutex;

pub use accounts::{Accounts, ConnectError};
pub use buyer_proof::BuyerProof;
pub use client::CallError;
pub use contact::Contact;
pub use find::{FOUND_MAX, Searched, SearchedBy};
pub use import::keep::BUYER;
pub use of_buyer::{BuyerSubscription, Purchase, Situation, codes_in};
pub use store::personal_data::PERSONAL_DATA;
pub use store::products::Product;
pub use store::totals::SumRow;
pub use webhooks::WebhookError;

use data_encoding::HEXLOWER;

use crate::clock::Micros;
use crate::db::Db;
use crate::error::ServiceError;
use crate::events::Events;
use crate::key::KeySource;
use crate::mail::Outbox;
use account::{Environment, Keys};
use client::{Client, Hosts};
use settings::Orders as Settings;

/// By what one that is sent again is known. Hotmart sends again for a day at most, and by hand for 60.
const WEBHOOKS_KEPT: i64 = 61 * Micros::DAY;

/// The room's handle; copies share everything.
#[derive(Clone)]
pub struct Orders(Arc<Inner>);

struct Inner {
    db: Db,
    events: Events,
    key: KeySource,
    outbox: Outbox,
    settings: Settings,
    /// This process, among those that share the database.
    reader: String,
    /// Made at first need.
    http: OnceLock<reqwest::Client>,
    /// By account, each with its token and its pace.
    clients: Mutex<HashMap<String, Arc<Client>>>,
}

impl Orders {
    /// Nothing is asked of Hotmart before it is needed.
    pub fn new(db: Db, events: Events, key: KeySource, outbox: Outbox, settings: &Settings) -> Self {
        Self(Arc::new(Inner {
            db,
            events,
            key,
            outbox,
            settings: settings.clone(),
            reader: reader(),
            http: OnceLock::new(),
            clients: Mutex::default(),
        }))
    }

    /// Drops what was kept for long enough: bodies, webhooks, codes that are over, who bought.
    pub async fn prune(&self) -> Result<(), ServiceError> {
        let until = self.0.events.now().plus(-i64::from(self.0.settings.raw_kept_days) * Micros::DAY);
        let mut write = self.0.db.begin().await?;
        store::bodies::drop_old(&mut write, until).await?;
        store::sales::drop_webhooks(&mut write, self.0.events.now().plus(-WEBHOOKS_KEPT)).await?;
        store::buyer_proof::prune(&mut write, self.0.events.now()).await?;
        write.commit().await?;
        self.forget_buyers().await
    }

    /// Connecting accounts, and what is done to them.
    pub fn accounts(&self) -> Accounts<'_> {
        Accounts(self)
    }

    fn client(&self, environment: Environment, keys: Keys) -> Result<Client, CallError> {
        let http = match self.0.http.get() {
            Some(http) => http.clone(),
            None => {
                let made = client::http()?;
                self.0.http.get_or_init(|| made).clone()
            }
        };
        Ok(Client::new(http, Hosts::of(environment, &self.0.settings.base_url), keys, self.0.settings.calls_per_minute))
    }
}

/// Told from all others by chance; without random numbers from the system by this process's number.
fn reader() -> String {
    let mut random = [0; 16];
    match getrandom::fill(&mut random) {
        Ok(()) => HEXLOWER.encode(&random),
        Err(_) => std::process::id().to_string(),
    }
}
