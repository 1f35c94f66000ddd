//! Whoever has a ticket's page open is told when something is new on it. The database is asked each second while somebody listens, so that
//! what another process writes is seen too.

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Arc, Mutex, PoisonError};

use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use super::model::{Reference, Status};
use super::{TicketError, Tickets, store};

/// Pages that listen at the same time. Well below `limits.connections_max`, since each holds a connection.
pub const LISTENERS_MAX: usize = 200;
/// Of them from one network: an office, not one person with many pages who takes all places.
pub const LISTENERS_PER_NETWORK_MAX: usize = 25;

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
pub(super) struct Places {
    free: Arc<Semaphore>,
    /// How many each network has taken, by its keyed hash.
    taken: Arc<Mutex<HashMap<String, usize>>>,
}

impl Default for Places {
    fn default() -> Self {
        Self { free: Arc::new(Semaphore::new(LISTENERS_MAX)), taken: Arc::default() }
    }
}

/// A place to listen from, given back when it is dropped.
pub struct Place {
    network: String,
    taken: Arc<Mutex<HashMap<String, usize>>>,
    _permit: OwnedSemaphorePermit,
}

impl Drop for Place {
    fn drop(&mut self) {
        let mut taken = self.taken.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(count) = taken.get_mut(&self.network) {
            *count -= 1;
            if *count == 0 {
                taken.remove(&self.network);
            }
        }
    }
}

impl Tickets {
    /// How a ticket stands now; `None` if it is gone.
    pub async fn seen(&self, reference: &Reference) -> Result<Option<Seen>, TicketError> {
        let found = store::said_and_status(&self.0.db.ready().await?, reference).await?;
        Ok(found.map(|(said, status)| Seen::new(said, status)))
    }

    /// `None` when all places are taken, or all of the network's.
    pub fn listener(&self, from: IpAddr) -> Result<Option<Place>, TicketError> {
        let network = self.0.key.get()?.network_tag(from);
        let places = &self.0.places;
        let Ok(permit) = Arc::clone(&places.free).try_acquire_owned() else { return Ok(None) };
        let mut taken = places.taken.lock().unwrap_or_else(PoisonError::into_inner);
        let count = taken.entry(network.clone()).or_default();
        if *count >= LISTENERS_PER_NETWORK_MAX {
            return Ok(None);
        }
        *count += 1;
        Ok(Some(Place { network, taken: Arc::clone(&places.taken), _permit: permit }))
    }
}
