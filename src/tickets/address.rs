//! The address of a ticket, corrected by whoever filed it: until the team has answered, since afterwards somebody else may have read the answer.

use std::net::IpAddr;

use super::model::{ADDRESS_CORRECTED_TIMES_MAX, Reference, TicketKey};
use super::{Tickets, store};
use crate::error::ServiceError;
use crate::events::{Actor, Kind, NewEvent, Subject};
use crate::spam::{QuarantineReason, Verdict};
use crate::values::Email;

/// What became of a correction.
#[derive(Debug, PartialEq, Eq)]
pub enum Corrected {
    /// The ticket is under the new address. Every link and cookie made before is void; this key makes new ones.
    Done(TicketKey),
    /// It is under that address already.
    Same(TicketKey),
}

impl Tickets {
    /// Moves a ticket to another address. The caller has seen that this is asked for from the browser that filed it. `NotNow` where it is too late for
    /// it. Whoever the old address belongs to is told nothing more: what was owed to them leaves to the new one, their links and log-ins open nothing
    /// of the ticket, and what they have shown was never this ticket's.
    pub async fn correct_address(&self, reference: &Reference, email: &Email, from: IpAddr) -> Result<Corrected, ServiceError> {
        let by = Actor::Customer;
        let mut change = self.0.events.begin().await?;
        let mut ticket = store::lock(&mut change, reference).await?.ok_or(ServiceError::NotFound)?;
        let now = change.now();
        if ticket.is_of(email.as_str()) {
            change.undo().await?;
            return Ok(Corrected::Same(ticket.key));
        }
        let corrected = self.0.events.count(&mut change, &ticket.key.id, Kind::AddressCorrected).await?;
        // What came from the old mailbox is not for the new one.
        let (of_mailbox, _) = store::withheld(&mut **change, &ticket.key.id).await?;
        if !ticket.takes_correction(now) || corrected >= ADDRESS_CORRECTED_TIMES_MAX || of_mailbox > 0 {
            return Err(ServiceError::NotNow);
        }
        let quarantine = match self.0.spam.judge_address(&mut change, email.as_str(), from).await? {
            Verdict::Accept => None,
            Verdict::Quarantine(reason) => Some(reason),
            Verdict::Refuse => {
                // The attempt counts.
                change.commit().await?;
                return Err(ServiceError::TooMany);
            }
        };
        let address = self.0.customers.address(&mut change, email, now).await?;
        store::move_to_address(&mut change, &ticket.key.id, &address.customer, &address.id).await?;
        ticket.key.generation += 1;
        ticket.quarantine = ticket.quarantine.or(quarantine);
        ticket.updated_at = now;
        store::save(&mut change, &ticket).await?;
        self.0.outbox.drop_first(&mut change, &ticket.key.id).await?;
        if ticket.quarantine.is_none() {
            // To the team again: their answer to the announcement would go to the old address.
            self.owe_first_mails(&mut change, &ticket.key.id, ticket.lang, true).await?;
        }
        let event = NewEvent::new(Subject::Ticket, &ticket.key.id, &by, Kind::AddressCorrected);
        change.record(event.with("address", address.id.as_str()).with("quarantine", ticket.quarantine.map(QuarantineReason::word)));
        change.commit().await?;
        self.0.outbox.wake();
        Ok(Corrected::Done(ticket.key))
    }
}
