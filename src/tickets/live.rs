//! Whoever has a ticket's page open is told when something is new on it. The database is asked each second while somebody listens, so that
//! what another process writes is seen too.

use std::sync::Arc;

use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use super::model::{Reference, Status};
use super::{TicketError, Tickets, store};

/// Pages that listen at the same time. Well below `limits.connections_max`, since each holds a connection.
pub const LISTENERS_MAX: usize = 200;

/// What a page shows of a ticket, as far as it can change: things said, notes not counted, and the status.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Seen {
    said: i64,
    status: Status,
}

impl Seen {
    pub(super) fn new(said: i64, status: Status) -> Self {
        Self { said, status }
    }

    /// As it stands in an address, `3-received`.
    pub fn parse(text: &str) -> Option<Self> {
        let (said, status) = text.split_once('-')?;
        Some(Self { said: said.parse().ok()?, status: Status::parse(status)? })
    }
}

impl std::fmt::Display for Seen {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}-{}", self.said, self.status.word())
    }
}

/// The places of those who listen.
#[derive(Clone)]
pub(super) struct Places(Arc<Semaphore>);

impl Default for Places {
    fn default() -> Self {
        Self(Arc::new(Semaphore::new(LISTENERS_MAX)))
    }
}

impl Tickets {
    /// How a ticket stands now; `None` if it is gone.
    pub async fn seen(&self, reference: &Reference) -> Result<Option<Seen>, TicketError> {
        let found = store::said_and_status(&self.0.db.ready().await?, reference).await?;
        Ok(found.map(|(said, status)| Seen::new(said, status)))
    }

    /// A place to listen from, given back when it is dropped; `None` when all are taken.
    pub fn listener(&self) -> Option<OwnedSemaphorePermit> {
        Arc::clone(&self.0.places.0).try_acquire_owned().ok()
    }
}
