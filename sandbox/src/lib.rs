//! A server that answers as Hotmart's API does, with made-up sales, for tests of what reads from there. It is never part of the product.
//!
//! The same seed and size always make the same sales, so a test knows what a complete import must hold: [`Sandbox::totals`] counts it.

mod client;
mod config;
mod faults;
mod money;
mod random;
mod server;
#[cfg(test)]
mod tests;
mod text;
mod totals;
mod webhooks;
mod words;
mod world;

use std::{
    io,
    sync::{Arc, PoisonError, atomic::Ordering},
};

use jiff::{Timestamp, tz::TimeZone};
use tokio::{net::TcpListener, task::JoinHandle};

pub use config::{Config, NOW};
pub use faults::{Faults, WORDS as FAULTS};
pub use server::{Call, Form};
pub use totals::{Day, Orders, Sums, Totals};
pub use webhooks::{Order, Webhook, send, test_webhook};
pub use words::{Status, SubscriptionStatus};

use server::Shared;
use world::World;

/// A running server. It ends when this is dropped.
pub struct Sandbox {
    /// `http://127.0.0.1:PORT`, for the token and for data alike.
    pub url: String,
    shared: Arc<Shared>,
    task: JoinHandle<()>,
}

impl Sandbox {
    pub async fn start(config: Config) -> io::Result<Self> {
        let listener = TcpListener::bind(config.listen).await?;
        let url = format!("http://{}", listener.local_addr()?);
        let world = world_of(&config);
        let shared = Arc::new(Shared::new(config, world));
        let router = server::router(Arc::clone(&shared));
        let task = tokio::spawn(async move {
            // It only ends with the task.
            let _ended = axum::serve(listener, router).await;
        });
        Ok(Self { url, shared, task })
    }

    /// What a complete import must hold, with days and months as they are in a zone.
    pub fn totals(&self, zone: &TimeZone) -> Totals {
        let unknown_words = self.shared.faults.read().unwrap_or_else(PoisonError::into_inner).unknown;
        totals::count(&self.shared.world.read().unwrap_or_else(PoisonError::into_inner), zone, unknown_words)
    }

    /// The moment that the sandbox takes for now.
    pub fn now(&self) -> Timestamp {
        let millis = self.shared.world.read().unwrap_or_else(PoisonError::into_inner).now;
        Timestamp::from_millisecond(millis).unwrap_or_default()
    }

    /// Lets days pass: states move on, subscriptions are charged, new orders come in. Codes stay.
    pub fn pass(&self, days: u32) {
        self.shared.world.write().unwrap_or_else(PoisonError::into_inner).pass(days);
    }

    /// Puts a sale into a state in which it stays; `false` if there is no such sale.
    pub fn set_status(&self, transaction: &str, status: Status) -> bool {
        self.shared.world.write().unwrap_or_else(PoisonError::into_inner).set_status(transaction, status)
    }

    /// The webhooks of the newest `count` things that happened.
    pub fn webhooks(&self, hottok: &str, count: usize, order: Order) -> Vec<Webhook> {
        let world = self.shared.world.read().unwrap_or_else(PoisonError::into_inner);
        webhooks::arranged(webhooks::newest(&world, hottok, count), order, world.seed)
    }

    /// The webhooks of one sale, in the order in which things happened; empty if there is no such sale.
    pub fn webhooks_of(&self, hottok: &str, transaction: &str) -> Vec<Webhook> {
        let world = self.shared.world.read().unwrap_or_else(PoisonError::into_inner);
        let mut all = world.by_code(transaction).map_or_else(Vec::new, |sale| webhooks::of_sale(&world, hottok, sale));
        all.sort_by_key(|one| one.created);
        all
    }

    /// From the next call on.
    pub fn set_faults(&self, faults: Faults) {
        *self.shared.faults.write().unwrap_or_else(PoisonError::into_inner) = faults;
    }

    /// The calls that came in so far, those for tokens too; the first 100,000.
    pub fn calls(&self) -> Vec<Call> {
        server::lock(&self.shared.calls).clone()
    }

    /// Waits until the server ends, which it doesn't by itself.
    pub async fn serve(mut self) {
        let _ended = (&mut self.task).await;
    }
}

impl Drop for Sandbox {
    fn drop(&mut self) {
        // Connections that are open outlive the task.
        self.shared.is_stopped.store(true, Ordering::Relaxed);
        self.task.abort();
    }
}

/// What [`Sandbox::totals`] would say, without a server.
pub fn totals(config: &Config, zone: &TimeZone) -> Totals {
    totals::count(&world_of(config), zone, config.faults.unknown)
}

/// What [`Sandbox::webhooks`] would give, without a server.
pub fn webhooks(config: &Config, hottok: &str, count: usize, order: Order) -> Vec<Webhook> {
    webhooks::arranged(webhooks::newest(&world_of(config), hottok, count), order, config.seed)
}

/// Buyers of the newest sales, each once: address, name, country, and the code of the sale. Those whose names are no names are left out.
pub fn buyers(config: &Config, count: usize) -> Vec<[String; 4]> {
    world_of(config).newest_buyers(count)
}

/// A webhook of version 1.0.0; `None` if nothing was ever paid.
pub fn webhook_version_1(config: &Config, hottok: &str) -> Option<Webhook> {
    webhooks::version_1(&world_of(config), hottok)
}

fn world_of(config: &Config) -> World {
    let mut world = World::new(config.seed, config.sales, config.now.as_millisecond());
    world.pass(config.later);
    world
}
