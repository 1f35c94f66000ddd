//! How long what people wrote is kept, and where that is said: `[privacy]`.

use serde::Deserialize;

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Privacy {
    /// The page that says what is kept of people, linked at every form that asks for personal data; empty: no link.
    pub url: String,
    /// A ticket that is closed, or quarantined, is erased so long after it last changed; 0: tickets are kept for ever.
    pub tickets_kept_days: u32,
}
