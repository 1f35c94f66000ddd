//! Which ticket a letter belongs to.

use super::{Fate, Incoming, LETTERS_PER_HOUR_MAX, REFUSED_FROM_TIMES_LIMIT, STRANGERS_PER_HOUR_MAX, Why};
use crate::mail::inbound::Letter;
use crate::tickets::access::Access;
use crate::tickets::model::{Email, Ticket};
use crate::tickets::{TicketError, Tickets, store};

/// Ids in `References` that are looked up.
const REFERENCES_MAX: usize = 30;
/// Length of a ticket's id.
const ID_CHARS: usize = 26;

/// What a letter names.
enum Named {
    Nothing,
    Ticket {
        ticket: Box<Ticket>,
        by_token: bool,
    },
    /// By a token that is not good; the ticket that it means, if there is one.
    Forged(Option<Box<Ticket>>),
}

impl Tickets {
    /// A letter that a person may have written finds its place.
    pub(super) async fn route(&self, incoming: &Incoming) -> Result<Fate, TicketError> {
        let Some(email) = &incoming.email else {
            return self.keep_letter(incoming, Why::Nobody, None).await;
        };
        let used = self.count_letters(email.key().as_bytes()).await?;
        if used > LETTERS_PER_HOUR_MAX * REFUSED_FROM_TIMES_LIMIT {
            return Ok(Fate::Refused);
        }
        if used > LETTERS_PER_HOUR_MAX {
            return self.keep_letter(incoming, Why::TooMany, None).await;
        }
        match self.named(&incoming.letter, email).await? {
            // No address is empty: this is the number of all strangers together.
            Named::Nothing if !incoming.authenticated && self.count_letters(b"").await? > STRANGERS_PER_HOUR_MAX => {
                self.keep_letter(incoming, Why::TooMany, None).await
            }
            Named::Nothing => self.open_by_letter(incoming, email).await,
            Named::Forged(ticket) => self.keep_letter(incoming, Why::Token, ticket.as_deref()).await,
            Named::Ticket { ticket, .. } if !is_of(&ticket, email) => self.keep_letter(incoming, Why::Sender, Some(&ticket)).await,
            Named::Ticket { ticket, by_token } => self.say_by_letter(incoming, &ticket, by_token && incoming.authenticated).await,
        }
    }

    /// Counts a letter of somebody; how many there were in this hour.
    async fn count_letters(&self, whose: &[u8]) -> Result<i64, TicketError> {
        let subject = self.0.key.get()?.tag("letters", &[whose]);
        let mut write = self.0.db.begin().await?;
        let used = store::use_budget(&mut write, &subject, self.0.clock.now()).await?;
        write.commit().await?;
        Ok(used)
    }

    /// The ticket that a letter may go into by itself.
    pub(super) async fn own_ticket(&self, letter: &Letter, email: &Email) -> Result<Option<Ticket>, TicketError> {
        Ok(match self.named(letter, email).await? {
            Named::Ticket { ticket, .. } if is_of(&ticket, email) => Some(*ticket),
            _ => None,
        })
    }

    /// A token in the address that it was sent to counts before anything that it refers to.
    async fn named(&self, letter: &Letter, email: &Email) -> Result<Named, TicketError> {
        let (pool, access) = (self.0.db.ready().await?, self.access()?);
        let mut forged = None;
        for recipient in letter.recipients.iter().filter(|recipient| self.0.mailbox.own.has_address(recipient)) {
            let Some(token) = recipient.rsplit_once('@').and_then(|(local, _)| Some(local.split_once('+')?.1)) else { continue };
            let Some(reference) = Access::reference_in(token) else { continue };
            let ticket = store::ticket_by_reference(&pool, &reference).await?.map(Box::new);
            match ticket {
                Some(ticket) if access.verify_reply(&ticket.key, token) => return Ok(Named::Ticket { ticket, by_token: true }),
                other => forged = Some(forged.flatten().or(other)),
            }
        }
        if let Some(ticket) = forged {
            return Ok(Named::Forged(ticket));
        }
        let mut first = None;
        for id in letter.refers_to.iter().take(REFERENCES_MAX) {
            let id = id.split('@').next().unwrap_or_default();
            if id.len() != ID_CHARS {
                continue;
            }
            if let Some(ticket) = store::ticket_by_id(&pool, id).await?.map(Box::new) {
                if is_of(&ticket, email) {
                    return Ok(Named::Ticket { ticket, by_token: false });
                }
                first = first.or(Some(ticket));
            }
        }
        Ok(first.map_or(Named::Nothing, |ticket| Named::Ticket { ticket, by_token: false }))
    }
}

fn is_of(ticket: &Ticket, email: &Email) -> bool {
    ticket.email.to_ascii_lowercase() == email.key()
}
