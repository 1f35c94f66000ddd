//! Letters that wait for staff.

use std::sync::Arc;

use data_encoding::BASE64;

use super::{Fate, Incoming, WAITING_MAX, WAITING_MAX_BYTES, WaitingRow, Why, parsed, store};
use crate::clock::Micros;
use crate::db::{DbError, Write};
use crate::tickets::model::{SUBJECT_MAX_CHARS, Ticket};
use crate::tickets::{TicketError, Tickets, store as tickets_store};

/// So long a letter that staff dropped is known again.
const DROPPED_KEPT_DAYS: i64 = 30;

impl Tickets {
    /// Keeps a letter whole until staff decide.
    pub(super) async fn keep_letter(&self, incoming: &Incoming, why: Why, ticket: Option<&Ticket>) -> Result<Fate, TicketError> {
        // One that staff accepted stays where it is.
        if incoming.accepted.is_some() {
            return Ok(Fate::Waits(why));
        }
        let subject: String = incoming.letter.subject.chars().take(SUBJECT_MAX_CHARS).collect();
        let of = (incoming.email_key(), incoming.authenticated);
        self.keep(&incoming.raw, &incoming.fingerprint, (&of.0, of.1), why, ticket, &subject).await
    }

    pub(super) async fn keep_unreadable(&self, raw: &Arc<[u8]>, fingerprint: &str) -> Result<Fate, TicketError> {
        self.keep(raw, fingerprint, ("", false), Why::Broken, None, "").await
    }

    async fn keep(
        &self,
        raw: &[u8],
        fingerprint: &str,
        (email_key, authenticated): (&str, bool),
        why: Why,
        ticket: Option<&Ticket>,
        subject: &str,
    ) -> Result<Fate, TicketError> {
        let pool = self.0.db.ready().await?;
        let raw = BASE64.encode(raw);
        let bytes = store::bytes_waiting(&pool).await?.saturating_add(i64::try_from(raw.len()).unwrap_or(i64::MAX));
        if bytes > WAITING_MAX_BYTES || store::count_waiting(&pool).await? >= WAITING_MAX {
            return Ok(Fate::Refused);
        }
        let now = self.0.clock.now();
        let mut write = self.0.db.begin().await?;
        let Some(id) = store::claim(&mut write, fingerprint, email_key, authenticated, now).await? else {
            write.undo().await?;
            return Ok(Fate::Known);
        };
        store::keep(&mut write, &id, why, ticket.map(|ticket| ticket.key.id.as_str()), subject, &raw).await?;
        write.commit().await?;
        Ok(Fate::Waits(why))
    }

    /// The letters that wait for staff, oldest first.
    pub async fn letters_waiting(&self, limit: u32) -> Result<Vec<WaitingRow>, TicketError> {
        Ok(store::waiting(&self.0.db.ready().await?, limit.into()).await?)
    }

    pub async fn count_letters_waiting(&self) -> Result<i64, TicketError> {
        Ok(store::count_waiting(&self.0.db.ready().await?).await?)
    }

    /// What a letter says that waits; `None` where it can't be read.
    pub async fn letter_text(&self, id: &str) -> Result<Option<String>, TicketError> {
        let row = store::raw(&self.0.db.ready().await?, id).await?.ok_or(TicketError::NotFound)?;
        let raw: Arc<[u8]> = BASE64.decode(row.raw.unwrap_or_default().as_bytes()).unwrap_or_default().into();
        Ok(parsed(&raw).await.map(|letter| letter.text))
    }

    /// Staff accept a letter: it goes into the ticket that it names, or opens one. `NotNow` where nobody could be answered.
    pub async fn accept_letter(&self, id: &str) -> Result<Fate, TicketError> {
        let pool = self.0.db.ready().await?;
        let row = store::raw(&pool, id).await?.ok_or(TicketError::NotFound)?;
        let raw: Arc<[u8]> = BASE64.decode(row.raw.unwrap_or_default().as_bytes()).unwrap_or_default().into();
        let letter = parsed(&raw).await.ok_or(TicketError::NotNow)?;
        let is_whole = row.reason.as_deref().and_then(Why::parse) != Some(Why::TooLarge);
        let incoming = self.incoming(letter, raw, row.fingerprint, is_whole, Some(id.to_owned()));
        let ticket = match (&row.ticket, &incoming.email) {
            (Some(ticket), _) => tickets_store::ticket_by_id(&pool, ticket).await?,
            (None, Some(email)) => self.own_ticket(&incoming.letter, email).await?,
            (None, None) => None,
        };
        match (ticket, &incoming.email) {
            (Some(ticket), _) => self.say_by_letter(&incoming, &ticket, false).await,
            (None, Some(email)) => self.open_by_letter(&incoming, email).await,
            (None, None) => Err(TicketError::NotNow),
        }
    }

    /// Staff drop a letter that waits.
    pub async fn drop_letter(&self, id: &str) -> Result<(), TicketError> {
        let mut write = self.0.db.begin().await?;
        if !store::drop_waiting(&mut write, id).await? {
            write.undo().await?;
            return Err(TicketError::NotFound);
        }
        Ok(write.commit().await?)
    }

    /// Forgets what staff dropped long ago.
    pub(in crate::tickets) async fn prune_letters(&self, write: &mut Write, now: Micros) -> Result<(), DbError> {
        store::prune(write, now.plus(-DROPPED_KEPT_DAYS * Micros::DAY)).await
    }

    /// Ids of a ticket's entries that came in letters for whose sender nobody vouches.
    pub async fn letters_not_verified(&self, ticket: &Ticket) -> Result<Vec<String>, TicketError> {
        Ok(store::not_verified(&self.0.db.ready().await?, &ticket.key.id).await?)
    }
}
