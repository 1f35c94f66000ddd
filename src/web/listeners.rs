//! The places of those who keep a connection open to be told of news.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// Pages that listen at the same time. Well below `limits.connections_max`, since each holds a connection.
pub const LISTENERS_MAX: usize = 200;
/// Of them from one network: an office, not one person with many pages who takes all places.
pub const LISTENERS_PER_NETWORK_MAX: usize = 25;

/// Copies share the places.
#[derive(Clone)]
pub struct Listeners {
    free: Arc<Semaphore>,
    /// How many each network has taken, by its keyed hash.
    taken: Arc<Mutex<HashMap<String, usize>>>,
}

impl Default for Listeners {
    fn default() -> Self {
        Self { free: Arc::new(Semaphore::new(LISTENERS_MAX)), taken: Arc::default() }
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
    /// `None` when all places are taken, or all of the network's, which is given by its keyed hash.
    pub fn enter(&self, network: String) -> Option<ListenerPermit> {
        let permit = Arc::clone(&self.free).try_acquire_owned().ok()?;
        let mut taken = self.taken.lock().unwrap_or_else(PoisonError::into_inner);
        let count = taken.entry(network.clone()).or_default();
        if *count >= LISTENERS_PER_NETWORK_MAX {
            return None;
        }
        *count += 1;
        Some(ListenerPermit { network, taken: Arc::clone(&self.taken), _permit: permit })
    }
}
