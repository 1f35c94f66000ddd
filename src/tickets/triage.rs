//! Sorting and passing on: who has a ticket, its tags, until when it is put off, that it is spam. Each step leaves an event, from which it can be undone.

use super::model::{QuarantineReason, Reference, Tag, Ticket};
use super::{Tickets, store};
use crate::clock::Micros;
use crate::error::ServiceError;
use crate::events::{Actor, Change, Kind, NewEvent, Subject};

/// Steps of triage; from [`Tickets::triage`].
pub struct Triage<'a>(pub(super) &'a Tickets);

impl Triage<'_> {
    /// Gives a ticket to somebody of the team, or takes it from whoever has it.
    pub async fn assign(&self, reference: &Reference, to: Option<&str>, by: &Actor) -> Result<Ticket, ServiceError> {
        let change = |ticket: &mut Ticket| ticket.assignee = to.map(str::to_owned);
        self.change(reference, by, change, |event, ticket| event(Kind::Assigned).with("assignee", ticket.assignee.clone())).await
    }

    /// The same for a ticket that the caller's transaction has locked.
    pub async fn assign_in(&self, change: &mut Change, ticket: &mut Ticket, to: Option<&str>, by: &Actor) -> Result<(), ServiceError> {
        ticket.assignee = to.map(str::to_owned);
        store::save(change, ticket).await?;
        change.record(NewEvent::new(Subject::Ticket, &ticket.key.id, by, Kind::Assigned).with("assignee", ticket.assignee.clone()));
        Ok(())
    }

    /// Takes every ticket that is not over from somebody who leaves, within the caller's transaction.
    pub async fn unassign_all(&self, change: &mut Change, staff: &str, by: &Actor) -> Result<(), ServiceError> {
        for reference in store::tickets::assigned_to(change, staff).await? {
            let Some(mut ticket) = store::lock(change, &reference).await? else { continue };
            self.assign_in(change, &mut ticket, None, by).await?;
        }
        Ok(())
    }

    /// Puts tags on a ticket, in place of those that it has.
    pub async fn tag(&self, reference: &Reference, tags: &[Tag], by: &Actor) -> Result<Ticket, ServiceError> {
        let mut tags: Vec<String> = tags.iter().map(|tag| tag.as_str().to_owned()).collect();
        tags.sort();
        tags.dedup();
        let change = |ticket: &mut Ticket| ticket.tags = tags;
        self.change(reference, by, change, |event, ticket| event(Kind::Tagged).with("tags", ticket.tags.join(" "))).await
    }

    /// Puts one more tag on a ticket.
    pub async fn add_tag(&self, reference: &Reference, tag: &Tag, by: &Actor) -> Result<Ticket, ServiceError> {
        let change = |ticket: &mut Ticket| {
            ticket.tags.push(tag.as_str().to_owned());
            ticket.tags.sort();
            ticket.tags.dedup();
        };
        self.change(reference, by, change, |event, ticket| event(Kind::Tagged).with("tags", ticket.tags.join(" "))).await
    }

    /// Puts a ticket off until a moment; `None` ends that.
    pub async fn snooze(&self, reference: &Reference, until: Option<Micros>, by: &Actor) -> Result<Ticket, ServiceError> {
        let change = |ticket: &mut Ticket| ticket.snoozed_until = until;
        self.change(reference, by, change, |event, ticket| event(Kind::Snoozed).with("snoozed_until", ticket.snoozed_until.map(|at| at.0))).await
    }

    /// Staff say that a ticket is spam: it leaves the queue, and no email leaves for it until it is released. `NotNow` if it is there already, or over.
    pub async fn quarantine(&self, reference: &Reference, by: &Actor) -> Result<(), ServiceError> {
        let mut change = self.0.0.events.begin().await?;
        let mut ticket = self.0.lock(&mut change, reference).await?;
        if !ticket.takes_answers() {
            change.undo().await?;
            return Err(ServiceError::NotNow);
        }
        ticket.quarantine = Some(QuarantineReason::Staff);
        ticket.updated_at = change.now();
        store::save(&mut change, &ticket).await?;
        let event = NewEvent::new(Subject::Ticket, &ticket.key.id, by, Kind::Quarantined);
        change.record(event.with("quarantine", QuarantineReason::Staff.word()));
        Ok(change.commit().await?)
    }

    /// Lets a ticket out of quarantine into the queue, and its emails out. False if it was in the queue already.
    pub async fn release(&self, reference: &Reference, by: &Actor) -> Result<bool, ServiceError> {
        let mut change = self.0.0.events.begin().await?;
        let mut ticket = store::lock(&mut change, reference).await?.ok_or(ServiceError::NotFound)?;
        let Some(why) = ticket.quarantine.take() else {
            change.undo().await?;
            return Ok(false);
        };
        ticket.updated_at = change.now();
        store::save(&mut change, &ticket).await?;
        // What staff had put there was in the queue before: nobody is told twice that it arrived.
        if why != QuarantineReason::Staff {
            self.0.owe_first_mails(&mut change, &ticket.key.id, ticket.lang, true).await?;
        }
        change.record(NewEvent::new(Subject::Ticket, &ticket.key.id, by, Kind::Released));
        change.commit().await?;
        self.0.0.outbox.wake();
        Ok(true)
    }

    /// Changes something that only staff see.
    async fn change(
        &self,
        reference: &Reference,
        by: &Actor,
        change: impl FnOnce(&mut Ticket),
        event: impl FnOnce(&dyn Fn(Kind) -> NewEvent, &Ticket) -> NewEvent,
    ) -> Result<Ticket, ServiceError> {
        let mut transaction = self.0.0.events.begin().await?;
        let mut ticket = store::lock(&mut transaction, reference).await?.ok_or(ServiceError::NotFound)?;
        change(&mut ticket);
        store::save(&mut transaction, &ticket).await?;
        let of_ticket = |kind| NewEvent::new(Subject::Ticket, &ticket.key.id, by, kind);
        let event = event(&of_ticket, &ticket);
        transaction.record(event);
        transaction.commit().await?;
        Ok(ticket)
    }
}
