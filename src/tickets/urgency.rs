//! How pressing a ticket is: worked out from its reason and its words when it is filed, changed by staff, and what follows for the promise.

mod words;

use super::model::{Draft, Reference, Urgency};
use super::{TicketError, Tickets, store};
use crate::clock::Micros;

/// What became of the promise when the urgency changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Promised {
    /// The answer is due earlier than it was.
    Sooner(Micros),
    /// It would be due later or as before; what was promised to the customer isn't taken back.
    Kept(Micros),
    /// Staff have answered: there is nothing left to promise.
    Answered,
}

impl Tickets {
    /// What the words say goes before what the reason says; only high words outdo a reason that is high by itself.
    pub(super) fn urgency_of(&self, draft: &Draft) -> Urgency {
        let of_reason = draft.reason.as_ref().and_then(|id| self.library()?.reason(id)?.urgency);
        let of_words = words::urgency(draft.subject.as_str(), draft.message.as_str());
        match (of_reason, of_words) {
            (Some(Urgency::High), _) | (_, Some(Urgency::High)) => Urgency::High,
            (_, Some(said)) => said,
            (reason, None) => reason.unwrap_or_default(),
        }
    }

    /// When the first answer to a ticket is due. Where the settings were not checked and it would never be, it is at the end of the hours.
    pub(super) fn first_answer_due(&self, since: Micros, reason: Option<&str>, urgency: Urgency) -> Micros {
        let hours = self.0.promise.hours(reason, urgency);
        self.0.calendar.due(since, hours).unwrap_or_else(|| since.plus(i64::from(hours) * Micros::HOUR))
    }

    /// Staff decide how pressing a ticket is. As long as nobody has answered, its answer is due as if it had been filed so, and not before
    /// the hours could be kept; never later than the customer was promised.
    pub async fn set_urgency(&self, reference: &Reference, urgency: Urgency) -> Result<Promised, TicketError> {
        let now = self.0.clock.now();
        let mut write = self.0.db.begin().await?;
        let ticket = store::ticket_to_change(&mut write, reference, now).await?.ok_or(TicketError::NotFound)?;
        let reason = ticket.reason.as_deref();
        let of_filing = self.first_answer_due(ticket.created_at, reason, urgency);
        let due = if of_filing > now { of_filing } else { self.first_answer_due(now, reason, urgency) };
        let promised = match ticket.answered_at {
            Some(_) => Promised::Answered,
            None if due < ticket.answer_due_at => Promised::Sooner(due),
            None => Promised::Kept(ticket.answer_due_at),
        };
        let due = if let Promised::Sooner(due) = promised { due } else { ticket.answer_due_at };
        store::set_urgency(&mut write, &ticket.key.id, urgency, due).await?;
        write.commit().await?;
        Ok(promised)
    }
}
