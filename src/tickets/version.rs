//! By which an open page knows whether something is new on it.

use super::model::{Reference, Status};
use super::store;
use super::view::Read;
use crate::error::ServiceError;

/// What a page shows of a ticket, as far as it can change: messages, notes not counted, and the status.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PageVersion {
    messages: i64,
    status: Status,
}

impl PageVersion {
    pub(super) fn new(messages: i64, status: Status) -> Self {
        Self { messages, status }
    }

    /// As it stands in an address, `3-open`.
    pub fn parse(text: &str) -> Option<Self> {
        let (messages, status) = text.split_once('-')?;
        Some(Self { messages: messages.parse().ok()?, status: Status::parse(status)? })
    }
}

impl std::fmt::Display for PageVersion {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}-{}", self.messages, self.status.word())
    }
}

impl Read<'_> {
    /// How a ticket stands now; `None` if it is gone.
    pub async fn version(&self, reference: &Reference) -> Result<Option<PageVersion>, ServiceError> {
        let found = store::count_and_status(&self.0.0.db.ready().await?, reference).await?;
        Ok(found.map(|(messages, status)| PageVersion::new(messages, status)))
    }
}
