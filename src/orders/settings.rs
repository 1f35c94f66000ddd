//! The table `[orders]`.

use serde::Deserialize;

use crate::config::ConfigError;

/// Hotmart allows 500, for everything that uses the same keys.
const CALLS_PER_MINUTE_MAX: u32 = 500;

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Orders {
    /// Where tokens and data are asked for in place of Hotmart's own hosts, without a slash at the end; empty: there. For a sandbox of one's own.
    pub base_url: String,
    /// Calls to Hotmart for each account at most, 1 to 500; with a sandbox of one's own as many as it bears.
    pub calls_per_minute: u32,
    /// What Hotmart sent is kept as it came, encrypted, for so many days; 0: not at all.
    pub raw_kept_days: u32,
    /// Names, addresses and contacts of buyers are kept for so many days behind their order, or the end of their subscription; 0: for as long as the sale.
    pub buyers_kept_days: u32,
}

impl Default for Orders {
    fn default() -> Self {
        Self { base_url: String::new(), calls_per_minute: 400, raw_kept_days: 90, buyers_kept_days: 0 }
    }
}

impl Orders {
    pub fn check(&self) -> Result<(), ConfigError> {
        let is_url = self.base_url.is_empty() || self.base_url.starts_with("https://") || self.base_url.starts_with("http://");
        if !is_url || self.base_url.ends_with('/') || self.base_url.contains(['?', '#', '@', ' ']) {
            return Err(ConfigError(format!(
                "orders.base_url is {:?}; it must start with http:// or https://, name a host, and have no slash at the end.",
                self.base_url
            )));
        }
        let most = if self.base_url.is_empty() { CALLS_PER_MINUTE_MAX } else { u32::MAX };
        if self.calls_per_minute == 0 || self.calls_per_minute > most {
            return Err(ConfigError(format!("orders.calls_per_minute must be 1 to {CALLS_PER_MINUTE_MAX}: Hotmart refuses more.")));
        }
        Ok(())
    }
}
