//! What can be done to a ticket besides saying something in it. Each verb names who does it and leaves an event.

use super::model::{Proof, REOPENED_WITHIN_DAYS, Rating, Reference, Status, Ticket, Transition};
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
        let ticket = self.lock(&mut change, reference).await?;
        let ticket = self.transition_in(&mut change, ticket, transition, by).await?;
        change.commit().await?;
        Ok(ticket)
    }

    /// The ticket, which nobody else changes until the caller's transaction ends.
    pub async fn lock(&self, change: &mut Change, reference: &Reference) -> Result<Ticket, ServiceError> {
        store::lock(change, reference).await?.ok_or(ServiceError::NotFound)
    }

    /// A transition of a ticket that the caller's transaction has locked.
    pub async fn transition_in(&self, change: &mut Change, mut ticket: Ticket, transition: Transition, by: &Actor) -> Result<Ticket, ServiceError> {
        self.move_to(&mut ticket, transition, change.now())?;
        store::save(change, &ticket).await?;
        change.record(standing(NewEvent::new(Subject::Ticket, &ticket.key.id, by, Kind::StatusChanged), &ticket));
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
            // It is the team's turn again: an answer is promised anew.
            Transition::Reopened => {
                ticket.solved_at = None;
                ticket.due_at = ticket.due_at.or(Some(self.due(now, ticket.reason.as_deref(), ticket.priority)));
            }
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

    /// Closes what has been solved for long, and drops what no longer decides anything.
    pub async fn prune(&self) -> Result<(), ServiceError> {
        let mut write = self.0.db.begin().await?;
        let now = self.0.events.now();
        store::prune_dedupe_keys(&mut write, now).await?;
        store::lists::prune_claims(&mut write, now).await?;
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
        let waiting = store::drafts::files_of_ticket(change, ticket).await?;
        self.0.files.let_go_staged(change, &waiting).await?;
        events::keep_sums(change, ticket).await?;
        Ok(store::delete(change, ticket).await?)
    }
}
