//! What is said and done in a ticket after it was filed: the only place where its status moves.

use super::model::{EntryKind, Event, NewEntry, Reference, Ticket};
use super::{TicketError, Tickets, store};
use crate::clock::Micros;
use crate::db::Write;
use crate::mail::{Mail, Template};

impl Tickets {
    /// The customer writes. Returns the entry's id. A ticket that was solved is taken up again; a closed one can't be.
    pub async fn customer_writes(&self, reference: &Reference, entry: &NewEntry) -> Result<String, TicketError> {
        let now = self.0.clock.now();
        let mut write = self.0.db.begin().await?;
        let ticket = self.moved(&mut write, reference, Event::CustomerWrote, now).await?;
        let id = store::insert_entry(&mut write, &ticket.key.id, EntryKind::Customer, entry, now).await?;
        if self.0.announces && ticket.held.is_none() {
            self.0.outbox.put(&mut write, &Mail::of_entry(Template::CustomerWrote, &ticket.key.id, &id, ticket.lang), now).await?;
        }
        write.commit().await?;
        self.0.outbox.wake();
        Ok(id)
    }

    /// Staff answer the customer, who is told by mail. Returns the entry's id.
    pub async fn answer(&self, reference: &Reference, entry: &NewEntry) -> Result<String, TicketError> {
        let now = self.0.clock.now();
        let mut write = self.0.db.begin().await?;
        let ticket = self.moved(&mut write, reference, Event::Answered, now).await?;
        let id = store::insert_entry(&mut write, &ticket.key.id, EntryKind::Answer, entry, now).await?;
        self.0.outbox.put(&mut write, &Mail::of_entry(Template::Answer, &ticket.key.id, &id, ticket.lang), now).await?;
        write.commit().await?;
        self.0.outbox.wake();
        Ok(id)
    }

    /// Staff write something down for staff. It moves nothing and nobody is told. Returns the entry's id.
    pub async fn note(&self, reference: &Reference, entry: &NewEntry) -> Result<String, TicketError> {
        let now = self.0.clock.now();
        let mut write = self.0.db.begin().await?;
        let ticket = store::ticket_to_change(&mut write, reference, now).await?.ok_or(TicketError::NotFound)?;
        let id = store::insert_entry(&mut write, &ticket.key.id, EntryKind::Note, entry, now).await?;
        write.commit().await?;
        Ok(id)
    }

    /// Something happens to a ticket without a word being said: it is taken up, solved, closed.
    pub async fn happens(&self, reference: &Reference, event: Event) -> Result<Ticket, TicketError> {
        let now = self.0.clock.now();
        let mut write = self.0.db.begin().await?;
        let ticket = self.moved(&mut write, reference, event, now).await?;
        write.commit().await?;
        Ok(ticket)
    }

    /// The ticket after an event, which has been written down in the caller's transaction.
    async fn moved(&self, write: &mut Write, reference: &Reference, event: Event, now: Micros) -> Result<Ticket, TicketError> {
        let mut ticket = store::ticket_to_change(write, reference, now).await?.ok_or(TicketError::NotFound)?;
        ticket.status = ticket.status.after(event).ok_or(TicketError::NotNow)?;
        match event {
            Event::Answered => {
                ticket.answered_at = ticket.answered_at.or(Some(now));
                ticket.solved_at = None;
            }
            Event::CustomerWrote => ticket.solved_at = None,
            Event::Solved => ticket.solved_at = Some(now),
            // What is closed without having been solved counts from now.
            Event::Closed => ticket.solved_at = ticket.solved_at.or(Some(now)),
            Event::TakenUp => {}
        }
        store::set_status(write, &ticket, now).await?;
        Ok(ticket)
    }
}
