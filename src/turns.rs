//! Turns at costly work: so many at the same time, and fewer of one network, so that whoever asks for much waits for themselves.

use std::collections::HashMap;
use std::hash::Hash;
use std::sync::{Arc, Mutex, PoisonError};

use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// Copies share the turns. `K` is whoever is counted together.
pub struct Turns<K>(Arc<Inner<K>>);

struct Inner<K> {
    common: Arc<Semaphore>,
    own_max: usize,
    waiting_max: usize,
    queues: Mutex<HashMap<K, Queue>>,
}

struct Queue {
    turns: Arc<Semaphore>,
    /// At work or waiting.
    count: usize,
}

/// Given back when it is dropped.
pub struct Turn<K: Eq + Hash + Clone> {
    _own: OwnedSemaphorePermit,
    _common: OwnedSemaphorePermit,
    _place: Place<K>,
}

/// A place in the queue of one.
struct Place<K: Eq + Hash + Clone> {
    of: Arc<Inner<K>>,
    whose: K,
}

impl<K> Clone for Turns<K> {
    fn clone(&self) -> Self {
        Self(Arc::clone(&self.0))
    }
}

impl<K: Eq + Hash + Clone> Turns<K> {
    /// `common` at the same time, `own_max` of them of one; so many of one wait or work before it is refused.
    pub fn new(common: usize, own_max: usize, waiting_max: usize) -> Self {
        Self(Arc::new(Inner { common: Arc::new(Semaphore::new(common)), own_max, waiting_max, queues: Mutex::default() }))
    }

    /// Waits for a turn; `None` where too many of the same wait already.
    pub async fn wait(&self, whose: K) -> Option<Turn<K>> {
        let (own, place) = {
            let mut queues = self.0.queues.lock().unwrap_or_else(PoisonError::into_inner);
            let queue = queues.entry(whose.clone()).or_insert_with(|| Queue { turns: Arc::new(Semaphore::new(self.0.own_max)), count: 0 });
            if queue.count >= self.0.waiting_max {
                return None;
            }
            queue.count += 1;
            (Arc::clone(&queue.turns), Place { of: Arc::clone(&self.0), whose })
        };
        let own = own.acquire_owned().await.ok()?;
        let common = Arc::clone(&self.0.common).acquire_owned().await.ok()?;
        Some(Turn { _own: own, _common: common, _place: place })
    }
}

impl<K: Eq + Hash + Clone> Drop for Place<K> {
    fn drop(&mut self) {
        let mut queues = self.of.queues.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(queue) = queues.get_mut(&self.whose) {
            queue.count -= 1;
            if queue.count == 0 {
                queues.remove(&self.whose);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn whoever_wants_many_leaves_a_turn_to_others_and_is_refused_in_the_end() {
        let turns = Turns::new(2, 1, 2);
        let first = turns.wait("one").await.expect("a turn");
        let waiting = turns.clone();
        let second = tokio::spawn(async move { waiting.wait("one").await });
        tokio::task::yield_now().await;
        assert!(turns.wait("one").await.is_none(), "too many");
        let other = turns.wait("other").await.expect("a turn for somebody else");
        assert!(!second.is_finished());
        drop((first, other));
        drop(second.await.expect("no panic").expect("a turn"));
        assert!(turns.0.queues.lock().expect("no panic").is_empty(), "nothing is left");
    }

    #[tokio::test]
    async fn whoever_gives_up_leaves_the_queue() {
        let turns = Turns::new(1, 1, 2);
        let first = turns.wait("one").await.expect("a turn");
        for _ in 0..10 {
            let given_up = tokio::time::timeout(std::time::Duration::from_millis(1), turns.wait("one")).await;
            assert!(given_up.is_err());
        }
        drop(first);
        assert!(turns.wait("one").await.is_some());
    }
}
