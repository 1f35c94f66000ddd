//! How many tickets each view has, for everybody at once: counted once a second for each process while somebody watches, however many they are.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use tokio::sync::watch;

use super::Tickets;
use super::model::list::{Counts, CountsOfAll};

/// Between two counts.
const EVERY: Duration = Duration::from_secs(1);

/// Copies share the count.
#[derive(Clone)]
pub struct Board(Arc<Inner>);

struct Inner {
    tickets: Tickets,
    counts: watch::Sender<Arc<CountsOfAll>>,
    /// Held while the counting begins or ends, so that it is done once.
    is_counting: Mutex<bool>,
}

/// Somebody who watches the counts.
pub struct Watching(watch::Receiver<Arc<CountsOfAll>>);

impl Watching {
    /// Returns when they are others than before.
    pub async fn changed(&mut self) {
        if self.0.changed().await.is_err() {
            // The program ends.
            std::future::pending().await
        }
    }

    /// As somebody of the team sees them.
    pub fn of(&mut self, staff: &str) -> Counts {
        self.0.borrow_and_update().of(staff)
    }
}

impl Board {
    pub fn new(tickets: Tickets) -> Self {
        Self(Arc::new(Inner { tickets, counts: watch::Sender::default(), is_counting: Mutex::default() }))
    }

    pub fn watch(&self) -> Watching {
        let mut is_counting = self.0.is_counting.lock().unwrap_or_else(PoisonError::into_inner);
        let watching = Watching(self.0.counts.subscribe());
        if !*is_counting {
            *is_counting = true;
            tokio::spawn(self.clone().count());
        }
        watching
    }

    async fn count(self) {
        loop {
            match self.0.tickets.lists().counts_of_all().await {
                Ok(now) => drop(self.0.counts.send_if_modified(|known| {
                    let is_new = **known != now;
                    if is_new {
                        *known = Arc::new(now);
                    }
                    is_new
                })),
                Err(error) => tracing::debug!(%error, "counts of the desk wait for the database"),
            }
            tokio::time::sleep(EVERY).await;
            let mut is_counting = self.0.is_counting.lock().unwrap_or_else(PoisonError::into_inner);
            *is_counting = self.0.counts.receiver_count() > 0;
            if !*is_counting {
                return;
            }
        }
    }
}
