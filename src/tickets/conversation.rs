//! What is said and done in a ticket after it was filed: the only place where its status moves.

use super::model::{Attachment, EntryKind, Event, NewEntry, Reference, Ticket, Via};
use super::{TicketError, Tickets, store};
use crate::clock::Micros;
use crate::db::Write;
use crate::mail::{Mail, Template};

/// The same words on a ticket's page are said once within so long.
const SAME_REPLY_MICROS: i64 = Micros::HOUR;
/// More than a person writes about one thing.
const REPLIES_PER_HOUR_MAX: i64 = 30;

impl Tickets {
    /// The customer writes, with the files that the form kept. Returns the entry's id. A ticket that was solved is taken up again; a closed
    /// one can't be.
    pub async fn customer_writes(&self, reference: &Reference, entry: &NewEntry, files: &[(Attachment, String)]) -> Result<String, TicketError> {
        let now = self.0.clock.now();
        let mut write = self.0.db.begin().await?;
        if let Some((ticket, said)) = self.said_before(&mut write, reference, entry, now).await? {
            self.attach_in(&mut write, &ticket, Some(&said), files).await?;
            write.commit().await?;
            return Ok(said);
        }
        let ticket = self.moved(&mut write, reference, Event::CustomerWrote, now).await?;
        let id = store::insert_entry(&mut write, &ticket.key.id, EntryKind::Customer, entry, now).await?;
        self.attach_in(&mut write, &ticket.key.id, Some(&id), files).await?;
        if self.0.announces && ticket.held.is_none() {
            self.0.outbox.put(&mut write, &Mail::of_entry(Template::CustomerWrote, &ticket.key.id, &id, ticket.lang), now).await?;
        }
        write.commit().await?;
        self.0.outbox.wake();
        Ok(id)
    }

    /// Ids of ticket and entry of the same words on the ticket's page a short while ago: a button that was pressed twice. Uses one of the ticket's hourly
    /// budget, so that nobody can fill the disk through it.
    async fn said_before(
        &self,
        write: &mut Write,
        reference: &Reference,
        entry: &NewEntry,
        now: Micros,
    ) -> Result<Option<(String, String)>, TicketError> {
        if !matches!(entry.via, Via::Page | Via::ProvedPage) {
            return Ok(None);
        }
        let ticket = store::ticket_to_change(write, reference, now).await?.ok_or(TicketError::NotFound)?;
        if let Some(said) = store::same_reply(write, &ticket.key.id, entry.body.as_str(), now.plus(-SAME_REPLY_MICROS)).await? {
            return Ok(Some((ticket.key.id, said)));
        }
        let used = store::use_budget(write, &self.0.key.get()?.tag("replies", &[ticket.key.id.as_bytes()]), now).await?;
        if used > REPLIES_PER_HOUR_MAX { Err(TicketError::TooMany) } else { Ok(None) }
    }

    /// Staff answer the customer, who is told by mail. Returns the entry's id.
    pub async fn answer(&self, reference: &Reference, entry: &NewEntry) -> Result<String, TicketError> {
        self.answer_with(reference, entry, &[]).await
    }

    /// The same with files.
    pub async fn answer_with(&self, reference: &Reference, entry: &NewEntry, files: &[(Attachment, String)]) -> Result<String, TicketError> {
        let now = self.0.clock.now();
        let mut write = self.0.db.begin().await?;
        let ticket = self.moved(&mut write, reference, Event::Answered, now).await?;
        // No mail leaves for what is kept aside: it has to be let into the queue first.
        if ticket.held.is_some() {
            return Err(TicketError::NotNow);
        }
        let id = store::insert_entry(&mut write, &ticket.key.id, EntryKind::Answer, entry, now).await?;
        self.attach_in(&mut write, &ticket.key.id, Some(&id), files).await?;
        self.0.outbox.put(&mut write, &Mail::of_entry(Template::Answer, &ticket.key.id, &id, ticket.lang), now).await?;
        write.commit().await?;
        self.0.outbox.wake();
        Ok(id)
    }

    /// Staff write something down for staff. It moves nothing and nobody is told. Returns the entry's id.
    pub async fn note(&self, reference: &Reference, entry: &NewEntry) -> Result<String, TicketError> {
        self.note_with(reference, entry, &[]).await
    }

    /// The same with files.
    pub async fn note_with(&self, reference: &Reference, entry: &NewEntry, files: &[(Attachment, String)]) -> Result<String, TicketError> {
        let now = self.0.clock.now();
        let mut write = self.0.db.begin().await?;
        let ticket = store::ticket_to_change(&mut write, reference, now).await?.ok_or(TicketError::NotFound)?;
        let id = store::insert_entry(&mut write, &ticket.key.id, EntryKind::Note, entry, now).await?;
        self.attach_in(&mut write, &ticket.key.id, Some(&id), files).await?;
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
    pub(super) async fn moved(&self, write: &mut Write, reference: &Reference, event: Event, now: Micros) -> Result<Ticket, TicketError> {
        let mut ticket = store::ticket_to_change(write, reference, now).await?.ok_or(TicketError::NotFound)?;
        if event == Event::CustomerWrote && !ticket.takes_messages(now) {
            return Err(TicketError::NotNow);
        }
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
