//! What a sandbox is started with.

use std::net::{Ipv4Addr, SocketAddr};

use jiff::Timestamp;

use crate::faults::Faults;

#[derive(Clone, Debug)]
pub struct Config {
    /// Port 0 takes one that is free.
    pub listen: SocketAddr,
    /// Another seed makes other sales.
    pub seed: u64,
    pub sales: usize,
    /// The moment that the sandbox takes for now; the sales are of the four years before it. It doesn't go on by itself.
    pub now: Timestamp,
    /// Days that pass behind `now`, with what they bring: other states, renewals, new orders.
    pub later: u32,
    pub faults: Faults,
    /// Calls that one client may make in a minute.
    pub calls_per_minute: u32,
    /// How long a token is good.
    pub token_seconds: u64,
}

/// 2026-11-30T12:00:00Z.
pub const NOW: i64 = 1_796_040_000;

impl Default for Config {
    fn default() -> Self {
        Self {
            listen: SocketAddr::from((Ipv4Addr::LOCALHOST, 0)),
            seed: 1,
            sales: 1000,
            now: Timestamp::constant(NOW, 0),
            later: 0,
            faults: Faults::default(),
            calls_per_minute: 500,
            token_seconds: 86_400,
        }
    }
}
