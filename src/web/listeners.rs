//! The places of those who keep a connection open to be told of news.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// Pages that listen at the same time. Well below `limits.connections_max`, since each holds a connection.
pub const LISTENERS_MAX: usize = 200;
/// Of them from one network: an office, not one person with many pages who takes all places.
pub const LISTENERS_PER_NETWORK_MAX: usize = 25;

/// Browsers of staff that listen at the same time; they take no place of a customer's, nor customers theirs.
pub const DESK_LISTENERS_MAX: usize = 400;
/// Of one that is logged in: where its tabs can't share one connection, each has its own.
pub const DESK_LISTENERS_PER_SESSION_MAX: usize = 12;

/// Copies share the places.
#[derive(Clone)]
pub struct Listeners {
    free: Arc<Semaphore>,
    /// How many each network has taken, by its keyed hash.
    taken: Arc<Mutex<HashMap<String, usize>>>,
    each_max: usize,
}

impl Default for Listeners {
    fn default() -> Self {
        Self::new(LISTENERS_MAX, LISTENERS_PER_NETWORK_MAX)
    }
}

/// A place to listen from, given back when it is dropped.
pub struct ListenerPermit {
    network: String,
    taken: Arc<Mutex<HashMap<String, usize>>>,
    _permit: OwnedSemaphorePermit,
}

impl Drop for ListenerPermit {
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

impl Listeners {
    /// `each_max`: of all places, so many for one network, or for whatever else they are counted by.
    pub fn new(places: usize, each_max: usize) -> Self {
        Self { free: Arc::new(Semaphore::new(places)), taken: Arc::default(), each_max }
    }

    /// `None` when all places are taken, or all of the network's, which is given by its keyed hash.
    pub fn enter(&self, network: String) -> Option<ListenerPermit> {
        let permit = Arc::clone(&self.free).try_acquire_owned().ok()?;
        let mut taken = self.taken.lock().unwrap_or_else(PoisonError::into_inner);
        let count = taken.entry(network.clone()).or_default();
        if *count >= self.each_max {
            return None;
        }
        *count += 1;
        Some(ListenerPermit { network, taken: Arc::clone(&self.taken), _permit: permit })
    }
}
