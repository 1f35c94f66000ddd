//! What loading needs to know.

use std::path::PathBuf;

use jiff::civil::Date;
use jiff::tz::TimeZone;

use crate::clock::Clock;
use crate::i18n::{Lang, PerLang};

/// What loading needs to know.
#[derive(Debug, Clone)]
pub struct LoadOptions {
    /// The articles' folder.
    pub root: PathBuf,
    /// Fills `{{brand}}`.
    pub brand: String,
    /// Fills `{{promise}}`: "within 24 hours on business days", without a full stop.
    pub promise: PerLang<String>,
    /// Stands in where a language is missing.
    pub default_lang: Lang,
    /// In which `publish_at: 2027-01-31` is a day.
    pub time_zone: TimeZone,
    pub clock: Clock,
    /// Shows drafts and what is outside its dates too, with a mark in the title.
    pub drafts: bool,
    /// `ajuda check` asks the system's dictionaries, which takes a second or two.
    pub spelling: bool,
}

impl LoadOptions {
    /// The day in the help center's zone.
    pub(super) fn today(&self) -> Date {
        self.clock.now().timestamp().to_zoned(self.time_zone.clone()).date()
    }
}
