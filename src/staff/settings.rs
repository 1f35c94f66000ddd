//! How the desk is set up: `[desk]`.

use serde::Deserialize;

/// The desk's settings.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Desk {
    /// A browser that does nothing for so long is logged out.
    pub session_idle_max_minutes: u32,
    /// However busy a browser is, after so long it has to log in again.
    pub session_max_hours: u32,
    /// Whether everybody needs a second factor; admins always do.
    pub second_factor_for_all: bool,
    /// An answer to a customer can be taken back for so long, at most 60; 0: it leaves at once.
    pub undo_seconds: u32,
}

impl Default for Desk {
    fn default() -> Self {
        Self { session_idle_max_minutes: 12 * 60, session_max_hours: 7 * 24, second_factor_for_all: false, undo_seconds: 10 }
    }
}
