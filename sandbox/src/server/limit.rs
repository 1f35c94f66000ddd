//! How many calls a client may make in a minute, and the headers that say so.

use std::{
    collections::HashMap,
    time::{Duration, Instant},
};

use axum::http::{HeaderMap, HeaderName, HeaderValue};

const MINUTE: Duration = Duration::from_secs(60);

pub(crate) struct Limits {
    most: u32,
    clients: HashMap<String, Minute>,
}

struct Minute {
    began: Instant,
    calls: u32,
}

/// Where a client stands with its minute.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Allowance {
    most: u32,
    left: u32,
    /// Seconds until it may call again without a limit.
    reset: u64,
    pub(crate) is_over: bool,
}

impl Limits {
    pub(crate) fn new(most: u32) -> Self {
        Self { most, clients: HashMap::new() }
    }

    pub(crate) fn count(&mut self, client: &str) -> Allowance {
        let minute = self.clients.entry(client.to_owned()).or_insert_with(|| Minute { began: Instant::now(), calls: 0 });
        if minute.began.elapsed() >= MINUTE {
            *minute = Minute { began: Instant::now(), calls: 0 };
        }
        minute.calls = minute.calls.saturating_add(1);
        let reset = MINUTE.saturating_sub(minute.began.elapsed()).as_secs() + 1;
        Allowance { most: self.most, left: self.most.saturating_sub(minute.calls), reset, is_over: minute.calls > self.most }
    }
}

impl Allowance {
    /// As if the minute were full, but nearly over.
    pub(crate) fn used_up(self) -> Self {
        Self { left: 0, reset: 1, is_over: true, ..self }
    }

    pub(crate) fn write(self, headers: &mut HeaderMap) {
        for (name, value) in [
            ("ratelimit-limit", u64::from(self.most)),
            ("ratelimit-remaining", u64::from(self.left)),
            ("ratelimit-reset", self.reset),
            ("x-ratelimit-limit-minute", u64::from(self.most)),
            ("x-ratelimit-remaining-minute", u64::from(self.left)),
        ] {
            headers.insert(HeaderName::from_static(name), HeaderValue::from(value));
        }
    }
}
