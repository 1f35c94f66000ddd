//! A time zone by its IANA name.

use jiff::tz::TimeZone;
use serde::Deserialize;

/// The zone in which the help center works and tells times.
#[derive(Debug, Clone, Deserialize)]
#[serde(try_from = "String")]
pub struct Zone {
    name: String,
    zone: TimeZone,
}

impl Zone {
    /// `None` for a name that nobody knows.
    pub fn parse(name: &str) -> Option<Self> {
        Some(Self { name: name.to_owned(), zone: TimeZone::get(name).ok()? })
    }

    /// UTC, which is always known.
    pub fn utc() -> Self {
        Self { name: "UTC".into(), zone: TimeZone::UTC }
    }

    pub fn name(&self) -> &str {
        &self.name
    }

    pub fn zone(&self) -> &TimeZone {
        &self.zone
    }
}

impl TryFrom<String> for Zone {
    type Error = String;

    fn try_from(name: String) -> Result<Self, String> {
        Self::parse(&name).ok_or_else(|| format!("time_zone is {name:?}; write an IANA name such as America/Sao_Paulo."))
    }
}
