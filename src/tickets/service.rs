//! What can be done to a ticket besides saying something in it. Each verb names who does it and leaves an event.

use super::model::{Proof, REOPENED_WITHIN_DAYS, Rating, Reference, Status, Tag, Ticket, Transition};
use super::receive::standing;
use super::{Tickets, store};
use crate::clock::Micros;
use crate::error::ServiceError;
use crate::events::{self, Actor, Change, Kind, NewEvent, Subject};
use crate::i18n::Lang;
use crate::mail::{Mail, Template};

/// Tickets that are closed, or erased, in one turn: the rest waits for the next.
const AT_ONCE_MAX: i64 = 500;

impl Tickets {
    /// Something happens to a ticket without a word being said: it is opened, solved, closed.
    pub async fn transition(&self, reference: &Reference, transition: Transition, by: &Actor) -> Result<Ticket, ServiceError> {
        let mut change = self.0.events.begin().await?;
        let mut ticket = store::lock(&mut change, reference).await?.ok_or(ServiceError::NotFound)?;
        self.move_to(&mut ticket, transition, change.now())?;
        store::save(&mut change, &ticket).await?;
        change.record(standing(NewEvent::new(Subject::Ticket, &ticket.key.id, by, Kind::StatusChanged), &ticket));
        change.commit().await?;
        Ok(ticket)
    }

    /// What a transition makes of a ticket; `NotNow` where it is not possible.
    pub(super) fn move_to(&self, ticket: &mut Ticket, transition: Transition, now: Micros) -> Result<(), ServiceError> {
        ticket.status = ticket.status.after(transition).ok_or(ServiceError::NotNow)?;
        ticket.updated_at = now;
        match transition {
            Transition::Answered => {
                ticket.answered_at = ticket.answered_at.or(Some(now));
                ticket.solved_at = None;
                ticket.due_at = None;
            }
            Transition::CustomerWrote => ticket.solved_at = None,
            Transition::Solved => {
                ticket.solved_at = Some(now);
                ticket.due_at = None;
            }
            // What is closed without having been solved counts from now.
            Transition::Closed => {
                ticket.solved_at = ticket.solved_at.or(Some(now));
                ticket.due_at = None;
            }
            Transition::Opened => {}
        }
        Ok(())
    }

    /// The customer says how good the help was, once it is over. A later word replaces an earlier one.
    pub async fn rate(&self, reference: &Reference, rating: &Rating, by: &Actor) -> Result<(), ServiceError> {
        let mut change = self.0.events.begin().await?;
        let ticket = store::lock(&mut change, reference).await?.ok_or(ServiceError::NotFound)?;
        if !matches!(ticket.status, Status::Solved | Status::Closed) {
            return Err(ServiceError::NotNow);
        }
        store::set_rating(&mut change, &ticket.key.id, rating).await?;
        change.record(NewEvent::new(Subject::Ticket, &ticket.key.id, by, Kind::Rated).with("rating", rating.stars));
        Ok(change.commit().await?)
    }

    /// Lets a ticket out of quarantine into the queue, and its emails out. False if it was in the queue already.
    pub async fn release(&self, reference: &Reference, by: &Actor) -> Result<bool, ServiceError> {
        let mut change = self.0.events.begin().await?;
        let mut ticket = store::lock(&mut change, reference).await?.ok_or(ServiceError::NotFound)?;
        if ticket.quarantine.take().is_none() {
            change.undo().await?;
            return Ok(false);
        }
        ticket.updated_at = change.now();
        store::save(&mut change, &ticket).await?;
        self.owe_first_mails(&mut change, &ticket.key.id, ticket.lang, true).await?;
        change.record(NewEvent::new(Subject::Ticket, &ticket.key.id, by, Kind::Released));
        change.commit().await?;
        self.0.outbox.wake();
        Ok(true)
    }

    /// The customer is told that their message arrived, if `confirms`, the support team that there is one.
    pub(super) async fn owe_first_mails(&self, change: &mut Change, ticket: &str, lang: Lang, confirms: bool) -> Result<(), ServiceError> {
        let now = change.now();
        if confirms {
            self.0.outbox.put(change, &Mail::of_ticket(Template::Confirmation, ticket, lang), now).await?;
        }
        if self.0.settings.announces {
            self.0.outbox.put(change, &Mail::of_ticket(Template::Announcement, ticket, lang), now).await?;
        }
        Ok(())
    }

    /// Makes every link and cookie of a ticket void; new ones can be made afterwards.
    pub async fn revoke_links(&self, reference: &Reference, by: &Actor) -> Result<(), ServiceError> {
        let mut change = self.0.events.begin().await?;
        let ticket = store::lock(&mut change, reference).await?.ok_or(ServiceError::NotFound)?;
        store::revoke_links(&mut change, &ticket.key.id).await?;
        change.record(NewEvent::new(Subject::Ticket, &ticket.key.id, by, Kind::LinksRevoked));
        Ok(change.commit().await?)
    }

    /// Its customer has shown who they are, in something that they wrote: from then on it is the ticket's too. The caller saves it.
    pub(super) async fn verify_in(&self, change: &mut Change, ticket: &mut Ticket, proof: Proof, by: &Actor) -> Result<(), ServiceError> {
        self.0.customers.verify(change, &ticket.address, by).await?;
        if ticket.proof == Proof::None {
            ticket.proof = proof;
            change.record(NewEvent::new(Subject::Ticket, &ticket.key.id, by, Kind::Verified).with("proof", proof.word()));
        }
        Ok(())
    }

    /// Gives a ticket to somebody of the team, or takes it from whoever has it.
    pub async fn assign(&self, reference: &Reference, to: Option<&str>, by: &Actor) -> Result<Ticket, ServiceError> {
        let change = |ticket: &mut Ticket| ticket.assignee = to.map(str::to_owned);
        self.change(reference, by, change, |event, ticket| event(Kind::Assigned).with("assignee", ticket.assignee.clone())).await
    }

    /// Puts tags on a ticket, in place of those that it has.
    pub async fn tag(&self, reference: &Reference, tags: &[Tag], by: &Actor) -> Result<Ticket, ServiceError> {
        let mut tags: Vec<String> = tags.iter().map(|tag| tag.as_str().to_owned()).collect();
        tags.sort();
        tags.dedup();
        let change = |ticket: &mut Ticket| ticket.tags = tags;
        self.change(reference, by, change, |event, ticket| event(Kind::Tagged).with("tags", ticket.tags.join(" "))).await
    }

    /// Puts a ticket off until a moment; `None` ends that.
    pub async fn snooze(&self, reference: &Reference, until: Option<Micros>, by: &Actor) -> Result<Ticket, ServiceError> {
        let change = |ticket: &mut Ticket| ticket.snoozed_until = until;
        self.change(reference, by, change, |event, ticket| event(Kind::Snoozed).with("snoozed_until", ticket.snoozed_until.map(|at| at.0))).await
    }

    /// Changes something that only staff see.
    async fn change(
        &self,
        reference: &Reference,
        by: &Actor,
        change: impl FnOnce(&mut Ticket),
        event: impl FnOnce(&dyn Fn(Kind) -> NewEvent, &Ticket) -> NewEvent,
    ) -> Result<Ticket, ServiceError> {
        let mut transaction = self.0.events.begin().await?;
        let mut ticket = store::lock(&mut transaction, reference).await?.ok_or(ServiceError::NotFound)?;
        change(&mut ticket);
        store::save(&mut transaction, &ticket).await?;
        let of_ticket = |kind| NewEvent::new(Subject::Ticket, &ticket.key.id, by, kind);
        let event = event(&of_ticket, &ticket);
        transaction.record(event);
        transaction.commit().await?;
        Ok(ticket)
    }

    /// Closes what has been solved for long, and drops what no longer decides anything.
    pub async fn prune(&self) -> Result<(), ServiceError> {
        let mut write = self.0.db.begin().await?;
        let now = self.0.events.now();
        store::prune_dedupe_keys(&mut write, now).await?;
        write.commit().await?;
        let until = now.plus(-REOPENED_WITHIN_DAYS * Micros::DAY);
        for reference in store::solved_before(&self.0.db.ready().await?, until, AT_ONCE_MAX).await? {
            match self.transition(&reference, Transition::Closed, &Actor::System("closing")).await {
                // Its customer wrote, or it was erased, in the meantime.
                Ok(_) | Err(ServiceError::NotNow | ServiceError::NotFound) => {}
                Err(error) => return Err(error),
            }
        }
        Ok(())
    }

    /// Whether a ticket still ended at a moment or before; nobody changes it until the transaction ends.
    pub async fn is_over(&self, change: &mut Change, ticket: &str, until: Micros) -> Result<bool, ServiceError> {
        Ok(store::tickets::lock_over(change, ticket, until).await?)
    }

    /// Takes a ticket away for good, within the caller's transaction: what hangs on it goes with it, the day's sums stay.
    pub async fn erase(&self, change: &mut Change, ticket: &str) -> Result<(), ServiceError> {
        store::let_go_of(change, ticket).await?;
        events::keep_sums(change, ticket).await?;
        Ok(store::delete(change, ticket).await?)
    }
}
