//! Places that one network can't take up alone: connections, requests under way, bytes that arrive, pictures that are decoded.
//!
//! A share binds only once half of all places are taken, so that an office, or a mobile network behind one address, is not cut while there is room.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use crate::values::Network;

/// Of all places, what a network may hold once half of them are taken.
const SHARE: usize = 8;

/// Copies share the places.
#[derive(Clone)]
pub struct Shares(Arc<Inner>);

struct Inner {
    places: usize,
    taken: Mutex<Taken>,
}

#[derive(Default)]
struct Taken {
    all: usize,
    by_network: HashMap<Network, usize>,
}

/// Places that are given back when this is dropped.
pub struct Share {
    of: Arc<Inner>,
    network: Option<Network>,
    count: usize,
}

impl Shares {
    pub fn new(places: usize) -> Self {
        Self(Arc::new(Inner { places, taken: Mutex::default() }))
    }

    /// `None` where so many are not free, or not for this network. No network: one that is trusted, whose own customers are counted elsewhere.
    pub fn try_take(&self, network: Option<Network>, count: usize) -> Option<Share> {
        let mut taken = self.0.taken();
        if !taken.has_room(self.0.places, network, count) {
            return None;
        }
        taken.add(network, count);
        Some(Share { of: Arc::clone(&self.0), network, count })
    }
}

impl Share {
    /// Takes some more of the same; false where there are none.
    pub fn grow(&mut self, count: usize) -> bool {
        let mut taken = self.of.taken();
        let has_room = taken.has_room(self.of.places, self.network, count);
        if has_room {
            taken.add(self.network, count);
            self.count += count;
        }
        has_room
    }
}

impl Drop for Share {
    fn drop(&mut self) {
        let mut taken = self.of.taken();
        taken.all -= self.count;
        let Some(network) = self.network else { return };
        if let Some(count) = taken.by_network.get_mut(&network) {
            *count -= self.count;
            if *count == 0 {
                taken.by_network.remove(&network);
            }
        }
    }
}

impl Inner {
    fn taken(&self) -> std::sync::MutexGuard<'_, Taken> {
        self.taken.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Taken {
    fn has_room(&self, places: usize, network: Option<Network>, count: usize) -> bool {
        let own = network.and_then(|network| self.by_network.get(&network)).copied().unwrap_or_default();
        let is_scarce = (self.all + count) * 2 > places;
        let share = (places / SHARE).max(1);
        self.all + count <= places && (network.is_none() || !is_scarce || own + count <= share)
    }

    fn add(&mut self, network: Option<Network>, count: usize) {
        self.all += count;
        if let Some(network) = network {
            *self.by_network.entry(network).or_default() += count;
        }
    }
}

#[cfg(test)]
mod tests {
    use std::net::IpAddr;

    use super::*;

    fn network(text: &str) -> Option<Network> {
        Some(text.parse::<IpAddr>().expect("an address").into())
    }

    #[test]
    fn one_network_gets_half_and_the_others_the_rest() {
        let shares = Shares::new(80);
        let one: Vec<_> = std::iter::from_fn(|| shares.try_take(network("192.0.2.1"), 1)).collect();
        assert_eq!(one.len(), 40);
        let other: Vec<_> = std::iter::from_fn(|| shares.try_take(network("192.0.2.2"), 1)).collect();
        assert_eq!(other.len(), 10);
        let mut trusted: Vec<_> = std::iter::from_fn(|| shares.try_take(None, 1)).collect();
        assert_eq!(trusted.len(), 30);
        drop(one);
        assert!(shares.try_take(network("192.0.2.1"), 11).is_none() && shares.try_take(network("192.0.2.1"), 10).is_some());
        trusted.clear();
        drop(other);
        assert!(shares.try_take(network("192.0.2.1"), 40).is_some() && shares.try_take(network("192.0.2.1"), 81).is_none());
    }

    #[test]
    fn what_grows_is_given_back_whole() {
        let shares = Shares::new(80);
        let mut share = shares.try_take(network("192.0.2.1"), 1).expect("room");
        assert!(share.grow(39) && !share.grow(1));
        drop(share);
        assert!(shares.try_take(None, 80).is_some());
    }
}
