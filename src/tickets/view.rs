//! A ticket as its customer sees it, and as staff do.

use super::access::Right;
use super::model::{Attachment, Message, PageVersion, Reference, Status, Ticket, TicketKey, TicketView, Visits, Withheld};
use super::steps::steps;
use super::store::Queue;
use super::{Tickets, store};
use crate::clock::Micros;
use crate::error::ServiceError;
use crate::events::Kind;

/// Reads tickets; changes nothing.
#[derive(Clone, Copy)]
pub struct Read<'a>(pub(super) &'a Tickets);

impl Read<'_> {
    /// The ticket as a reader with a right to it may see it.
    pub async fn view(&self, reference: &Reference, right: Right) -> Result<TicketView, ServiceError> {
        let pool = self.0.0.db.ready().await?;
        let ticket = store::by_reference(&pool, reference).await?.ok_or(ServiceError::NotFound)?;
        let of_mailbox = self.sees_mailbox(right);
        let messages = store::messages_for_customer(&pool, &ticket.key.id, of_mailbox).await?;
        let writers = store::writers(&pool, &ticket.key.id).await?;
        let mut files = self.0.0.files.of_ticket(&ticket.key.id).await?;
        files.retain(|file| messages.iter().any(|message| Some(&message.id) == file.message.as_ref()));
        let follow_up_of = match &ticket.follow_up_of {
            Some(earlier) => store::by_id(&pool, earlier).await?.map(|earlier| earlier.key.reference),
            None => None,
        };
        let followed_by = store::follow_ups(&pool, &ticket.key.id).await?;
        let (withheld, answers) = if of_mailbox { (0, 0) } else { store::withheld(&pool, &ticket.key.id).await? };
        let version = PageVersion::new(i64::try_from(messages.len()).unwrap_or(i64::MAX).saturating_add(withheld), ticket.status);
        let withheld = (withheld > 0).then_some(if answers > 0 { Withheld::Answer } else { Withheld::Mail });
        let events = self.0.0.events.of_ticket(&ticket.key.id).await?;
        let corrections = events.iter().filter(|event| event.kind == Kind::AddressCorrected).count();
        let corrections = i64::try_from(corrections).unwrap_or(i64::MAX);
        let steps = steps(&ticket, &events);
        Ok(TicketView { ticket, messages, writers, files, withheld, steps, corrections, follow_up_of, followed_by, version })
    }

    /// Where no email leaves, nobody could ever show that they read the mailbox.
    fn sees_mailbox(&self, right: Right) -> bool {
        right == Right::Mailbox || !self.0.0.settings.sends_mail
    }

    /// One file of a ticket, as far as a reader with a right to it may see it. A note's file is not there for them.
    pub async fn file(&self, reference: &Reference, right: Right, id: &str) -> Result<Attachment, ServiceError> {
        let pool = self.0.0.db.ready().await?;
        let ticket = store::by_reference(&pool, reference).await?.ok_or(ServiceError::NotFound)?;
        let file = self.0.0.files.find(&ticket.key.id, id).await?.ok_or(ServiceError::NotFound)?;
        let message = store::message_by_id(&pool, file.message.as_deref().unwrap_or_default()).await?.ok_or(ServiceError::NotFound)?;
        if message.audience.is_seen(self.sees_mailbox(right)) { Ok(file) } else { Err(ServiceError::NotFound) }
    }

    /// The key of a ticket that a link's token opens, and with which right. A wrong token and a ticket that does not exist are the same.
    pub async fn open_link(&self, reference: &Reference, token: &str) -> Result<(TicketKey, Right), ServiceError> {
        let ticket = self.find(reference).await?;
        let right = self.0.access()?.verify_link(&ticket.key, token).ok_or(ServiceError::NotFound)?;
        if self.0.has_expired_links(&ticket) {
            return Err(ServiceError::NotFound);
        }
        Ok((ticket.key, right))
    }

    /// The right that a cookie's value gives to a ticket.
    pub async fn open_cookie(&self, reference: &Reference, value: &str) -> Result<Right, ServiceError> {
        let key = self.key_of(reference).await?;
        self.0.access()?.verify_cookie(&key, value).ok_or(ServiceError::NotFound)
    }

    async fn key_of(&self, reference: &Reference) -> Result<TicketKey, ServiceError> {
        Ok(self.find(reference).await?.key)
    }

    /// A ticket, whoever may see it.
    pub async fn find(&self, reference: &Reference) -> Result<Ticket, ServiceError> {
        store::by_reference(&self.0.0.db.ready().await?, reference).await?.ok_or(ServiceError::NotFound)
    }

    /// The same by its id; `None` if there is none.
    pub async fn find_by_id(&self, id: &str) -> Result<Option<Ticket>, ServiceError> {
        Ok(store::by_id(&self.0.0.db.ready().await?, id).await?)
    }

    /// The first tickets of a queue.
    pub async fn list(&self, queue: Queue, limit: u32) -> Result<Vec<Ticket>, ServiceError> {
        Ok(store::newest(&self.0.0.db.ready().await?, queue, limit.into()).await?)
    }

    /// How many tickets of the queue have each status that is not over.
    pub async fn counts(&self) -> Result<Vec<(Status, i64)>, ServiceError> {
        Ok(store::tickets::count_by_status(&self.0.0.db.ready().await?).await?)
    }

    /// Ids of tickets that ended at a moment or before, those that wait longest first.
    pub async fn over(&self, until: Micros, limit: i64) -> Result<Vec<String>, ServiceError> {
        Ok(store::over(&self.0.0.db.ready().await?, until, limit).await?)
    }

    /// Everything about a ticket, notes too.
    pub async fn for_staff(&self, reference: &Reference) -> Result<(Ticket, Vec<Message>), ServiceError> {
        let ticket = self.find(reference).await?;
        let messages = store::messages_for_staff(&self.0.0.db.ready().await?, &ticket.key.id).await?;
        Ok((ticket, messages))
    }

    /// What the customer of a ticket sent along of what they searched and read.
    pub async fn visits(&self, id: &str) -> Result<Visits, ServiceError> {
        Ok(store::visits(&self.0.0.db.ready().await?, id).await?)
    }
}
