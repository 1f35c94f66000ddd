//! How long what people wrote is kept: `[privacy]`.

use serde::Deserialize;

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Privacy {
    /// A ticket that is closed, or quarantined, is erased so long after it last changed; 0: tickets are kept for ever.
    pub tickets_kept_days: u32,
}
