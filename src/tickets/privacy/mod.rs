//! What is kept about one mail address: handed out to the person whose it is, erased for good, and dropped by itself when its time is over.
//!
//! Rows go first and in one transaction; the bytes of files after them, by the sweep that drops whatever no ticket holds. Whoever is killed
//! in between leaves rows without a ticket, which the next sweep finds: here, or in the running server within the hour.

mod export;
mod store;
mod written;

pub use export::ExportError;
pub use store::Erasure;
use store::{PLACES, Subject};

use super::model::Email;
use super::{TicketError, Tickets};
use crate::clock::Micros;
use crate::db;

/// Tickets that are erased in one transaction because their time is over, and transactions in a row: the rest waits for the next turn.
const OVER_AT_ONCE_MAX: i64 = 100;
const OVER_TURNS_MAX: usize = 50;

/// How much is kept about an address, by kind.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kept {
    pub counts: Vec<(&'static str, i64)>,
    /// Mails that were written into the data folder.
    pub written_mails: usize,
}

impl Kept {
    pub fn is_nothing(&self) -> bool {
        self.written_mails == 0 && self.counts.iter().all(|(_, count)| *count == 0)
    }

    fn of(&self, what: &str) -> i64 {
        self.counts.iter().find(|(kind, _)| *kind == what).map_or(0, |(_, count)| *count)
    }
}

impl Tickets {
    /// What is kept about an address now.
    pub async fn kept_about(&self, email: &Email) -> Result<Kept, TicketError> {
        let subject = self.subject(email)?;
        let mut connection = self.0.db.ready().await?.acquire().await?;
        let mut counts = Vec::new();
        for place in PLACES {
            counts.push((place.what, place.count(&mut connection, &subject).await?));
        }
        let tickets = store::ids_of_address(&mut *connection, &subject.email_key).await?;
        drop(connection);
        let written = self.written_about(Some(email), tickets).await?;
        Ok(Kept { counts, written_mails: written.len() })
    }

    /// Erases everything about an address and notes, without the address, that it was done. Also for what an earlier try left.
    pub async fn erase(&self, email: &Email) -> Result<Kept, TicketError> {
        let (subject, now) = (self.subject(email)?, self.0.clock.now());
        let tickets = store::ids_of_address(&self.0.db.ready().await?, &subject.email_key).await?;
        // Written mails go first: afterwards nothing says any more which tickets they are about.
        let written = self.written_about(Some(email), tickets.clone()).await?;
        written::drop_all(written.clone()).await?;
        let mut write = self.0.db.begin().await?;
        let mut counts = Vec::new();
        for place in PLACES {
            counts.push((place.what, place.count(&mut write, &subject).await?));
        }
        store::let_go(&mut write, &subject).await?;
        for place in PLACES {
            place.erase(&mut write, &subject).await?;
        }
        let kept = Kept { counts, written_mails: written.len() };
        if !kept.is_nothing() {
            let (tickets, messages, files) = (kept.of("tickets"), kept.of("messages, answers and notes"), kept.of("files"));
            let all = kept.counts.iter().map(|(_, count)| count).sum::<i64>() + i64::try_from(kept.written_mails).unwrap_or(i64::MAX);
            let erasure = Erasure { erased_at: now.0, tickets, messages, files, others: all - tickets - messages - files };
            store::note_erasure(&mut write, &db::new_id(now)?, &self.erasure_tag(email)?, &erasure).await?;
        }
        write.commit().await?;
        tracing::info!(tickets = kept.of("tickets"), files = kept.of("files"), "everything about an address was erased");
        // One may have been written by the server in the meantime.
        written::drop_all(self.written_about(Some(email), tickets).await?).await?;
        self.sweep_files().await?;
        self.0.db.fold_log().await?;
        Ok(kept)
    }

    /// When an address was erased before.
    pub async fn erasures_of(&self, email: &Email) -> Result<Vec<Erasure>, TicketError> {
        Ok(store::erasures(&self.0.db.ready().await?, &self.erasure_tag(email)?).await?)
    }

    /// Erases tickets whose time is over, as long as `privacy.tickets_kept_days` says, and letters that waited in vain as long.
    pub(crate) async fn erase_over(&self) -> Result<(), TicketError> {
        if self.0.privacy.tickets_kept_days == 0 {
            return Ok(());
        }
        let until = self.0.clock.now().plus(-i64::from(self.0.privacy.tickets_kept_days) * Micros::DAY);
        let mut erased = 0;
        for _ in 0..OVER_TURNS_MAX {
            let over = store::over(&self.0.db.ready().await?, until, OVER_AT_ONCE_MAX).await?;
            if over.is_empty() {
                break;
            }
            let written = self.written_about(None, over.clone()).await?;
            written::drop_all(written).await?;
            let mut write = self.0.db.begin().await?;
            for ticket in &over {
                erased += i64::from(store::erase_over(&mut write, ticket, until).await?);
            }
            write.commit().await?;
        }
        let mut write = self.0.db.begin().await?;
        let letters = store::erase_letters_over(&mut write, until).await?;
        write.commit().await?;
        if letters > 0 {
            tracing::info!(letters, kept_days = self.0.privacy.tickets_kept_days, "letters that waited in vain were erased");
        }
        if erased > 0 {
            tracing::info!(tickets = erased, kept_days = self.0.privacy.tickets_kept_days, "tickets whose time was over were erased");
        }
        Ok(())
    }

    fn subject(&self, email: &Email) -> Result<Subject, TicketError> {
        let (key, email_key) = (self.0.key.get()?, email.key());
        let hashes = ["address", "login address", "letters", "sender", "files"].map(|purpose| key.tag(purpose, &[email_key.as_bytes()]));
        Ok(Subject { email_key, hashes })
    }

    /// A hash that stands for nothing else: it can't be compared with what the guard keeps.
    fn erasure_tag(&self, email: &Email) -> Result<String, TicketError> {
        Ok(self.0.key.get()?.tag("erasure", &[email.key().as_bytes()]))
    }
}
