//! "My requests": the tickets of an address, to be searched.

use super::model::Ticket;
use super::store;
use super::view::Read;
use crate::clock::Micros;
use crate::error::ServiceError;

/// More than a person files; the list stays one page.
const TICKETS_MAX: i64 = 200;
/// Messages that a search looks through.
const TEXTS_MAX: i64 = 5000;

/// A ticket in the list of its address.
#[derive(Debug, Clone)]
pub struct Listed {
    pub ticket: Ticket,
    /// When staff answered last.
    pub answered_last: Option<Micros>,
}

impl Read<'_> {
    /// The tickets of an address, newest first; those that hold a text, where one is sought.
    pub async fn of_address(&self, address: &str, sought: &str) -> Result<Vec<Listed>, ServiceError> {
        let pool = self.0.0.db.ready().await?;
        let answers = store::last_answers(&pool, address).await?;
        let sought = sought.trim().to_lowercase();
        let texts = if sought.is_empty() { Vec::new() } else { store::texts_of_address(&pool, address, TEXTS_MAX).await? };
        let holds = |text: &str| text.to_lowercase().contains(&sought);
        let is_sought = |ticket: &Ticket| {
            holds(&ticket.subject) || holds(ticket.key.reference.as_str()) || texts.iter().any(|(of, body)| *of == ticket.key.id && holds(body))
        };
        let mut found = store::of_address(&pool, address, TICKETS_MAX).await?;
        found.retain(|ticket| sought.is_empty() || is_sought(ticket));
        let last = |ticket: &Ticket| answers.iter().find(|(of, _)| *of == ticket.key.id).map(|(_, at)| Micros(*at));
        Ok(found.into_iter().map(|ticket| Listed { answered_last: last(&ticket), ticket }).collect())
    }

    /// Ids of all tickets of a customer, oldest first.
    pub async fn ids_of_customer(&self, customer: &str) -> Result<Vec<String>, ServiceError> {
        Ok(store::ids_of_customer(&self.0.0.db.ready().await?, customer).await?)
    }
}
