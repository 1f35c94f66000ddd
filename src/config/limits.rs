//! What bounds the program: `[limits]`.

use serde::Deserialize;

/// Bounds against overload and abuse. Each has its unit in its name.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Limits {
    pub page_cache_max_bytes: u64,
    /// A form's body.
    pub form_max_bytes: usize,
    pub request_max_seconds: u64,
    /// For the head of a request to arrive; an idle connection is closed after as long.
    pub headers_max_seconds: u64,
    /// Connections open at the same time. Each takes an open file.
    pub connections_max: u32,
    /// So long a reader may take nothing of an answer that waits for them.
    pub write_max_seconds: u64,
    pub tickets_per_network_per_hour: u32,
    pub tickets_per_email_per_hour: u32,
    /// So long after a closed ticket was solved its links open it; 0: without end.
    pub links_valid_days: u32,
    /// What was searched for is kept as counts so long; 0: nothing is counted.
    pub searches_kept_days: u32,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            page_cache_max_bytes: 64 * 1024 * 1024,
            form_max_bytes: 256 * 1024,
            request_max_seconds: 20,
            headers_max_seconds: 10,
            connections_max: 800,
            write_max_seconds: 60,
            tickets_per_network_per_hour: 20,
            tickets_per_email_per_hour: 6,
            links_valid_days: 90,
            searches_kept_days: 90,
        }
    }
}
