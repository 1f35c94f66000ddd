//! What people of the team are told, on the desk and by email: that a customer answered their ticket, that one was given to them, that a note names
//! them, that something of theirs is due, that a ticket came in which is nobody's.
//!
//! Promised: whoever chose to be told of something is told once, through kills and by several instances; of what they did themselves, or have seen
//! already, they are not told; a person gets an email every few minutes at most, however much happens; no word of a message is kept here or leaves.

mod look;
mod mails;
mod mentions;
mod model;
mod store;

pub use model::{Channels, Choices, Notification, NotificationKind, Who};

use crate::clock::Micros;
use crate::db::Db;
use crate::error::ServiceError;
use crate::events::Events;
use crate::i18n::Lang;
use crate::mail::Outbox;
use crate::staff::Staff;

/// Rows on the desk's page.
const LISTED_MAX: i64 = 100;
/// What somebody was told is forgotten after so many days.
const KEPT_DAYS: i64 = 30;

/// The room's handle; copies share everything.
#[derive(Clone)]
pub struct Notifications {
    db: Db,
    events: Events,
    staff: Staff,
    outbox: Outbox,
    public_url: String,
    /// For whom has chosen no language.
    default_lang: Lang,
}

impl Notifications {
    pub fn new(db: Db, events: Events, staff: Staff, outbox: Outbox, public_url: String, default_lang: Lang) -> Self {
        Self { db, events, staff, outbox, public_url, default_lang }
    }

    /// What somebody was told on the desk: what is unread first, the newest on top.
    pub async fn list(&self, staff: &str) -> Result<Vec<Notification>, ServiceError> {
        Ok(store::list(&self.db.ready().await?, staff, LISTED_MAX).await?)
    }

    /// How much of it is unread.
    pub async fn count_unread(&self, staff: &str) -> Result<i64, ServiceError> {
        Ok(store::count_unread(&self.db.ready().await?, staff).await?)
    }

    /// Somebody has a ticket before them as it was at an event: what they were told of it until then is read.
    pub async fn read_ticket(&self, staff: &str, ticket: &str, seq: i64) -> Result<(), ServiceError> {
        // Most looks at a ticket have nothing to write down.
        if store::count_unread_of_ticket(&self.db.ready().await?, staff, ticket).await? == 0 {
            return Ok(());
        }
        let mut write = self.db.begin().await?;
        store::read_ticket(&mut write, staff, ticket, seq, self.events.now()).await?;
        Ok(write.commit().await?)
    }

    pub async fn read_all(&self, staff: &str) -> Result<(), ServiceError> {
        let mut write = self.db.begin().await?;
        store::read_all(&mut write, staff, self.events.now()).await?;
        Ok(write.commit().await?)
    }

    /// Forgets what somebody was told long ago.
    pub async fn prune(&self) -> Result<(), ServiceError> {
        let mut write = self.db.begin().await?;
        store::prune(&mut write, self.events.now().plus(-KEPT_DAYS * Micros::DAY)).await?;
        Ok(write.commit().await?)
    }
}
