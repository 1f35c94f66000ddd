//! The server that emails leave by: `[smtp]`.

use serde::Deserialize;

use crate::config::Secret;

/// How emails leave. Without a host they are written into the data folder and no page promises an email.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Smtp {
    pub host: String,
    pub port: u16,
    pub user: String,
    pub password: Secret,
    pub security: SmtpSecurity,
    /// Sender, `Support <support@example.com>`.
    pub from: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum SmtpSecurity {
    Starttls,
    Tls,
    None,
}

impl Default for Smtp {
    fn default() -> Self {
        Self {
            host: String::new(),
            port: 587,
            user: String::new(),
            password: Secret::default(),
            security: SmtpSecurity::Starttls,
            from: String::new(),
        }
    }
}
