//! Which ticket an email belongs to.

use super::{Arrival, EMAILS_PER_HOUR_MAX, InboundEmails, IntakeOutcome, REFUSED_FROM_TIMES_LIMIT, ReviewReason, STRANGERS_PER_HOUR_MAX};
use crate::db::rate_limits;
use crate::error::ServiceError;
use crate::mail::inbound::InboundEmail;
use crate::tickets::access::Access;
use crate::tickets::model::Ticket;
use crate::values::Email;

/// Ids in `References` that are looked up.
const REFERENCES_MAX: usize = 30;
/// Length of a ticket's id.
const ID_CHARS: usize = 26;

/// What an email names.
enum Named {
    Nothing,
    Ticket {
        ticket: Box<Ticket>,
        by_token: bool,
    },
    /// By a token that is not good; the ticket that it means, if there is one.
    Forged(Option<Box<Ticket>>),
}

impl InboundEmails {
    /// An email that a person may have written finds its place.
    pub(super) async fn route(&self, arrival: &Arrival) -> Result<IntakeOutcome, ServiceError> {
        let Some(sender) = &arrival.sender else {
            return self.keep_for_review(arrival, ReviewReason::Nobody, None).await;
        };
        // Whoever forges a sender uses up nothing of what the mail server vouches for.
        let used = self.count(if arrival.authenticated { "vouched letters" } else { "letters" }, sender.key().as_bytes()).await?;
        if used > EMAILS_PER_HOUR_MAX * REFUSED_FROM_TIMES_LIMIT {
            return Ok(IntakeOutcome::Refused);
        }
        if used > EMAILS_PER_HOUR_MAX {
            return self.keep_for_review(arrival, ReviewReason::TooMany, None).await;
        }
        match self.named(&arrival.email, sender).await? {
            // No address is empty: this is the number of all strangers together.
            Named::Nothing if !arrival.authenticated && self.count("letters", b"").await? > STRANGERS_PER_HOUR_MAX => {
                self.keep_for_review(arrival, ReviewReason::TooMany, None).await
            }
            Named::Nothing => self.open(arrival, sender).await,
            Named::Forged(ticket) => self.keep_for_review(arrival, ReviewReason::Token, ticket.as_deref()).await,
            Named::Ticket { ticket, .. } if !ticket.is_of(sender.as_str()) => {
                self.keep_for_review(arrival, ReviewReason::Sender, Some(&ticket)).await
            }
            Named::Ticket { ticket, by_token } => self.add(arrival, &ticket, by_token && arrival.authenticated).await,
        }
    }

    /// Counts an email of somebody, in one of the counts that are kept; how many there were in this hour.
    async fn count(&self, of: &'static str, whose: &[u8]) -> Result<i64, ServiceError> {
        let subject = self.rooms.key.get()?.tag(of, &[whose]);
        let mut write = self.db.begin().await?;
        let used = rate_limits::count(&mut write, &subject, self.rooms.events.now()).await?;
        write.commit().await?;
        Ok(used)
    }

    /// The ticket that an email may go into by itself.
    pub(super) async fn own_ticket(&self, email: &InboundEmail, sender: &Email) -> Result<Option<Ticket>, ServiceError> {
        Ok(match self.named(email, sender).await? {
            Named::Ticket { ticket, .. } if ticket.is_of(sender.as_str()) => Some(*ticket),
            _ => None,
        })
    }

    /// A token in the address that it was sent to counts before anything that it refers to.
    async fn named(&self, email: &InboundEmail, sender: &Email) -> Result<Named, ServiceError> {
        let tickets = &self.rooms.tickets;
        let access = tickets.access()?;
        let mut forged = None;
        for recipient in email.recipients.iter().filter(|recipient| self.mailbox.own.has_address(recipient)) {
            let Some(token) = recipient.rsplit_once('@').and_then(|(local, _)| Some(local.split_once('+')?.1)) else { continue };
            let Some(reference) = Access::reference_in(token) else { continue };
            let ticket = match tickets.read().find(&reference).await {
                Ok(ticket) => Some(Box::new(ticket)),
                Err(ServiceError::NotFound) => None,
                Err(error) => return Err(error),
            };
            match ticket {
                Some(ticket) if access.verify_reply(&ticket.key, token) => return Ok(Named::Ticket { ticket, by_token: true }),
                other => forged = Some(forged.flatten().or(other)),
            }
        }
        if let Some(ticket) = forged {
            return Ok(Named::Forged(ticket));
        }
        let mut first = None;
        for id in email.refers_to.iter().take(REFERENCES_MAX) {
            let id = id.split('@').next().unwrap_or_default();
            if id.len() != ID_CHARS {
                continue;
            }
            // Our emails refer to their ticket, but some programs name only the email that they answer.
            let of_email = self.rooms.outbox.ticket_of(id).await?;
            if let Some(ticket) = tickets.read().find_by_id(of_email.as_deref().unwrap_or(id)).await?.map(Box::new) {
                if ticket.is_of(sender.as_str()) {
                    return Ok(Named::Ticket { ticket, by_token: false });
                }
                first = first.or(Some(ticket));
            }
        }
        Ok(first.map_or(Named::Nothing, |ticket| Named::Ticket { ticket, by_token: false }))
    }
}
