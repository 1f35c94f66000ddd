//! How urgent a ticket is: worked out from its reason and its words when it is filed, changed by staff, and what follows for the promise.

mod words;

use super::model::{Draft, Priority, Reference};
use super::triage::Triage;
use super::{Tickets, store};
use crate::clock::Micros;
use crate::error::ServiceError;
use crate::events::{Actor, Kind, NewEvent, Subject};

/// What became of the promise when the priority changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Promised {
    /// The answer is due earlier than it was.
    Sooner(Micros),
    /// It would be due later or as before; what was promised to the customer isn't taken back.
    Kept(Micros),
    /// It is not staff's turn: there is nothing to promise.
    Nothing,
}

impl Tickets {
    /// What the words say goes before what the reason says; only high words outdo a reason that is high by itself.
    pub(super) fn priority_of(&self, draft: &Draft) -> Priority {
        let of_reason = draft.reason.as_ref().and_then(|id| self.library()?.reason(id)?.priority);
        let of_words = words::priority(draft.subject.as_str(), draft.message.as_str());
        match (of_reason, of_words) {
            (Some(Priority::High), _) | (_, Some(Priority::High)) => Priority::High,
            (_, Some(said)) => said,
            (reason, None) => reason.unwrap_or_default(),
        }
    }

    /// When an answer is due to what the customer wrote at a moment. Where the settings were not checked and it would never be, it is at the end of the hours.
    pub(super) fn due(&self, since: Micros, reason: Option<&str>, priority: Priority) -> Micros {
        let hours = self.0.settings.promise.hours(reason, priority);
        self.0.calendar.due(since, hours).unwrap_or_else(|| since.plus(i64::from(hours) * Micros::HOUR))
    }
}

impl Triage<'_> {
    /// Staff decide how urgent a ticket is. While it is their turn, its answer is due as if the customer had written so, and not before the hours
    /// could be kept; never later than the customer was promised.
    pub async fn set_priority(&self, reference: &Reference, priority: Priority, by: &Actor) -> Result<Promised, ServiceError> {
        let mut change = self.0.0.events.begin().await?;
        let now = change.now();
        let mut ticket = store::lock(&mut change, reference).await?.ok_or(ServiceError::NotFound)?;
        let reason = ticket.reason.as_deref();
        let of_filing = self.0.due(ticket.created_at, reason, priority);
        let due = if of_filing > now { of_filing } else { self.0.due(now, reason, priority) };
        let promised = match ticket.due_at {
            None => Promised::Nothing,
            Some(promised) if due < promised => Promised::Sooner(due),
            Some(promised) => Promised::Kept(promised),
        };
        ticket.due_at = ticket.due_at.map(|promised| promised.min(due));
        ticket.priority = priority;
        store::save(&mut change, &ticket).await?;
        let event = NewEvent::new(Subject::Ticket, &ticket.key.id, by, Kind::PriorityChanged).with("priority", priority.word());
        change.record(event.with("due_at", ticket.due_at.map(|due| due.0)));
        change.commit().await?;
        Ok(promised)
    }
}
