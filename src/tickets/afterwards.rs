//! What is decided about a ticket beside what is said in it: what it goes on with, how good the help was, whether the
//! address is the customer's.

use std::net::IpAddr;

use super::model::{Attachment, Draft, Email, Filed, Message, PersonName, Rating, Reference, Status, Subject, Ticket, TransactionCode};
use super::{Right, TicketError, Tickets, store};
use crate::i18n::Lang;

/// What the customer says now about what an earlier ticket was about.
pub(super) fn draft_after(earlier: &Ticket, lang: Lang, message: Message) -> Result<Draft, TicketError> {
    let stored = |_| TicketError::Broken("a stored ticket that the form would refuse".into());
    Ok(Draft {
        lang,
        article: earlier.article.clone(),
        reason: earlier.reason.clone(),
        subject: Subject::parse(&earlier.subject).map_err(stored)?,
        name: PersonName::parse(&earlier.name).map_err(stored)?,
        email: Email::parse(&earlier.email).map_err(stored)?,
        code: earlier.code.as_deref().map(|code| TransactionCode::parse(code, None)).transpose().map_err(stored)?,
        message,
        trapped: false,
        seconds: None,
    })
}

impl Tickets {
    /// The customer says how good the help was, once it is over. A later word replaces an earlier one.
    pub async fn rate(&self, reference: &Reference, rating: &Rating) -> Result<(), TicketError> {
        let mut write = self.0.db.begin().await?;
        let ticket = store::ticket_to_change(&mut write, reference, self.0.clock.now()).await?.ok_or(TicketError::NotFound)?;
        if !matches!(ticket.status, Status::Solved | Status::Closed) {
            return Err(TicketError::NotNow);
        }
        store::set_rating(&mut write, &ticket.key.id, rating).await?;
        Ok(write.commit().await?)
    }

    /// Files a new ticket that goes on with one in which nothing can be written any more. `right` is what the reader has shown for the
    /// earlier one: it is the same mailbox.
    pub async fn go_on(
        &self,
        earlier: &Ticket,
        lang: Lang,
        message: Message,
        files: &[(Attachment, String)],
        right: Right,
        from: IpAddr,
    ) -> Result<Filed, TicketError> {
        let draft = draft_after(earlier, lang, message)?;
        let filed = self.file_with(&draft, self.meant(&draft).await, files, from).await?;
        let mut write = self.0.db.begin().await?;
        // The same words within an hour are the earlier ticket itself.
        if filed.key.id != earlier.key.id {
            store::set_follows(&mut write, &filed.key.id, &earlier.key.id).await?;
        }
        if right == Right::Mailbox {
            store::prove_address(&mut write, &draft.email.key(), self.0.clock.now()).await?;
        }
        write.commit().await?;
        Ok(filed)
    }

    /// Somebody reads the mailbox of a ticket's address: it is the customer's, in all its tickets.
    pub async fn address_proved(&self, ticket: &Ticket) -> Result<(), TicketError> {
        if ticket.verified_at.is_some() {
            return Ok(());
        }
        let mut write = self.0.db.begin().await?;
        store::prove_address(&mut write, &ticket.email.to_ascii_lowercase(), self.0.clock.now()).await?;
        Ok(write.commit().await?)
    }

    /// The ticket that one goes on with.
    pub(super) async fn followed(&self, ticket: &Ticket) -> Result<Option<Reference>, TicketError> {
        let Some(earlier) = &ticket.follows else { return Ok(None) };
        Ok(store::ticket_by_id(&self.0.db.ready().await?, earlier).await?.map(|earlier| earlier.key.reference))
    }
}
