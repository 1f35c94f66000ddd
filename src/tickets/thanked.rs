//! A customer who only says thanks after their ticket was solved: it stays solved, and the history says so.

use super::model::{Status, Ticket};
use super::receive::{Incoming, Received, standing};
use super::thanks::is_only_thanks;
use super::{Tickets, store};
use crate::error::ServiceError;
use crate::events::{Change, Kind, NewEvent, Subject};

impl Tickets {
    /// Whether a message of the customer needs nobody: any doubt says no.
    pub(super) async fn is_only_thanks(&self, change: &mut Change, ticket: &Ticket, incoming: &Incoming<'_>) -> Result<bool, ServiceError> {
        let is_bare = incoming.files.is_empty() && incoming.not_kept.is_empty() && incoming.remarks.is_empty();
        if ticket.status != Status::Solved || !is_bare {
            return Ok(false);
        }
        let writers = store::writers(&mut ***change, &ticket.key.id).await?;
        let names: Vec<&str> = writers.iter().map(|(_, name)| name.as_str()).chain([ticket.name.as_str()]).collect();
        Ok(is_only_thanks(incoming.body.as_str(), &names))
    }

    /// Writes it down. Nobody is told by email: there is nothing to do.
    pub(super) async fn thanked(&self, change: &mut Change, mut ticket: Ticket, incoming: &Incoming<'_>) -> Result<Received, ServiceError> {
        if incoming.verifies {
            self.verify_in(change, &mut ticket, incoming.proof, &incoming.by).await?;
        }
        ticket.updated_at = change.now();
        store::save(change, &ticket).await?;
        let message = self.say(change, &ticket.key.id, incoming, None).await?;
        let event = |kind| NewEvent::new(Subject::Ticket, &ticket.key.id, &incoming.by, kind).with("message", message.as_str());
        let said = event(Kind::CustomerReplied).with("channel", incoming.channel.word()).with("audience", incoming.audience.word());
        change.record(standing(said, &ticket));
        change.record(event(Kind::Thanked));
        Ok(Received::Added { ticket: Box::new(ticket), message })
    }
}
