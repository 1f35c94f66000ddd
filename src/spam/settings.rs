//! What counts as spam besides what is noticed anyway: `[spam]`.

use serde::Deserialize;

/// What is quarantined besides what the program notices by itself.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Spam {
    /// Addresses, or `@` and a domain with all below it.
    pub blocked: Vec<String>,
}
