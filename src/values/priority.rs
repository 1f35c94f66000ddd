//! How urgent a ticket is.

use super::words::words;

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Priority {
    Low,
    #[default]
    Normal,
    High,
}

words!(Priority { Low => "low", Normal => "normal", High => "high" });
