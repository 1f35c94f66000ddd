//! Emails that staff have to decide on. Their rows are in the database, the emails as they came lie beside the attachments.

use std::sync::Arc;

use super::store::Kept;
use super::{Arrival, DOUBTFUL_MAX, IN_REVIEW_MAX, IN_REVIEW_MAX_BYTES, InboundEmails, IntakeOutcome, ReviewReason, ReviewRow, parsed, store};
use crate::clock::Micros;
use crate::error::ServiceError;
use crate::events::{Actor, Kind, NewEvent, Subject};
use crate::tickets::model::{SUBJECT_MAX_CHARS, Ticket};

/// So long an email that staff dropped is known again, and one that was passed over listed.
const LISTED_DAYS: i64 = 30;

impl InboundEmails {
    /// Keeps an email whole until staff decide.
    pub(super) async fn keep_for_review(&self, arrival: &Arrival, why: ReviewReason, ticket: Option<&Ticket>) -> Result<IntakeOutcome, ServiceError> {
        // One that staff accepted stays where it is.
        if arrival.accepted.is_some() {
            return Ok(IntakeOutcome::Review(why));
        }
        let subject: String = arrival.email.subject.chars().take(SUBJECT_MAX_CHARS).collect();
        self.keep(arrival, why, ticket, &subject).await
    }

    /// Keeps an email that may be a program's for review, with the ticket that it may go into.
    pub(super) async fn doubt(&self, arrival: &Arrival) -> Result<IntakeOutcome, ServiceError> {
        let ticket = match &arrival.sender {
            Some(sender) => self.own_ticket(&arrival.email, sender).await?,
            None => None,
        };
        if store::count_for(&self.db.ready().await?, ReviewReason::Automatic).await? >= DOUBTFUL_MAX {
            return Ok(IntakeOutcome::Refused);
        }
        self.keep_for_review(arrival, ReviewReason::Automatic, ticket.as_ref()).await
    }

    pub(super) async fn keep_unreadable(&self, raw: &Arc<[u8]>, fingerprint: &str) -> Result<IntakeOutcome, ServiceError> {
        let nothing = crate::mail::inbound::InboundEmail::default();
        let arrival = Arrival { fingerprint: fingerprint.to_owned(), ..self.arrival(nothing, Arc::clone(raw), true)? };
        self.keep(&arrival, ReviewReason::Broken, None, "").await
    }

    async fn keep(&self, arrival: &Arrival, why: ReviewReason, ticket: Option<&Ticket>, subject: &str) -> Result<IntakeOutcome, ServiceError> {
        let pool = self.db.ready().await?;
        if store::is_known(&pool, &arrival.fingerprint).await? {
            return Ok(IntakeOutcome::Known);
        }
        let size = i64::try_from(arrival.raw.len()).unwrap_or(i64::MAX);
        let (count, bytes) = store::in_review(&pool).await?;
        if bytes.saturating_add(size) > IN_REVIEW_MAX_BYTES || count >= IN_REVIEW_MAX {
            return Ok(IntakeOutcome::Refused);
        }
        let kept = Kept { state: "review", why: why.word(), ticket: ticket.map(|ticket| ticket.key.id.as_str()), subject, bytes: size };
        let is_new = self.keep_whole(arrival, kept).await?;
        Ok(if is_new { IntakeOutcome::Review(why) } else { IntakeOutcome::Known })
    }

    /// The bytes come first, under the name by which the email is known again: if the program ends in between, it is fetched and written once more.
    /// False if it was known.
    pub(super) async fn keep_whole(&self, arrival: &Arrival, kept: Kept<'_>) -> Result<bool, ServiceError> {
        self.rooms.files.put_raw(&file_name(&arrival.fingerprint), arrival.raw.to_vec()).await?;
        let mut change = self.rooms.events.begin().await?;
        let now = change.now();
        let address = match &arrival.sender {
            Some(sender) => Some(self.customers.address(&mut change, sender, now).await?.id),
            None => None,
        };
        let Some(id) = store::claim(&mut change, &arrival.fingerprint, address.as_deref(), arrival.authenticated, now).await? else {
            change.undo().await?;
            return Ok(false);
        };
        store::keep(&mut change, &id, &kept).await?;
        change.commit().await?;
        Ok(true)
    }

    /// The emails in review, oldest first.
    pub async fn in_review(&self, limit: u32) -> Result<Vec<ReviewRow>, ServiceError> {
        Ok(store::list(&self.db.ready().await?, limit.into()).await?)
    }

    pub async fn count_in_review(&self) -> Result<i64, ServiceError> {
        Ok(store::in_review(&self.db.ready().await?).await?.0)
    }

    /// What an email that was kept says, with whom it names as its sender and its subject; `None` where it can't be read.
    pub async fn text(&self, id: &str) -> Result<Option<String>, ServiceError> {
        let row = store::reviewed(&self.db.ready().await?, id).await?.ok_or(ServiceError::NotFound)?;
        let said = |email: crate::mail::inbound::InboundEmail| {
            let from = email.from.map(|from| format!("{} <{}>", from.name, from.address)).unwrap_or_default();
            format!("From: {from}\nSubject: {}\n\n{}", email.subject, email.text)
        };
        Ok(parsed(&self.raw(&row.fingerprint).await?).await.map(said))
    }

    /// An email that was kept, as it came.
    pub(crate) async fn raw(&self, fingerprint: &str) -> Result<Arc<[u8]>, ServiceError> {
        Ok(Arc::from(self.rooms.files.read(&file_name(fingerprint)).await?.as_ref()))
    }

    /// Staff accept an email: it goes into the ticket that it names, or opens one. `NotNow` where nobody could be answered.
    pub async fn accept(&self, id: &str, by: &Actor) -> Result<IntakeOutcome, ServiceError> {
        let row = store::reviewed(&self.db.ready().await?, id).await?.ok_or(ServiceError::NotFound)?;
        let raw = self.raw(&row.fingerprint).await?;
        let email = parsed(&raw).await.ok_or(ServiceError::NotNow)?;
        let is_whole = row.reason.as_deref().and_then(ReviewReason::parse) != Some(ReviewReason::TooLarge);
        let arrival = self.arrival(email, raw, is_whole)?;
        let arrival = Arrival { accepted: Some((id.to_owned(), by.clone())), fingerprint: row.fingerprint, ..arrival };
        let ticket = match (&row.ticket, &arrival.sender) {
            (Some(ticket), _) => self.rooms.tickets.read().find_by_id(ticket).await?,
            (None, Some(sender)) => self.own_ticket(&arrival.email, sender).await?,
            (None, None) => None,
        };
        match (ticket, &arrival.sender) {
            (Some(ticket), _) => self.add(&arrival, &ticket, false).await,
            (None, Some(sender)) => self.open(&arrival, sender).await,
            (None, None) => Err(ServiceError::NotNow),
        }
    }

    /// Staff drop an email in review; the original stays in the mailbox.
    pub async fn drop_email(&self, id: &str, by: &Actor) -> Result<(), ServiceError> {
        let row = store::reviewed(&self.db.ready().await?, id).await?.ok_or(ServiceError::NotFound)?;
        let mut change = self.rooms.events.begin().await?;
        if !store::drop_reviewed(&mut change, id).await? {
            change.undo().await?;
            return Err(ServiceError::NotFound);
        }
        change.record(NewEvent::new(Subject::Email, id, by, Kind::EmailDropped));
        change.commit().await?;
        self.rooms.files.delete_raw(&file_name(&row.fingerprint)).await
    }

    /// The bytes of an email that was accepted; where this is cut off, they are swept.
    pub(super) async fn drop_reviewed(&self, arrival: &Arrival) {
        if arrival.accepted.is_some()
            && let Err(error) = self.rooms.files.delete_raw(&file_name(&arrival.fingerprint)).await
        {
            tracing::warn!(%error, "an email that was accepted could not be deleted now; it is swept later");
        }
    }

    /// Forgets what staff dropped or what was passed over long ago, erases what nobody decided on until a moment, and sweeps bytes that no row knows of.
    pub async fn prune(&self, undecided_until: Option<Micros>) -> Result<(), ServiceError> {
        let now = self.rooms.events.now();
        let mut write = self.db.begin().await?;
        store::prune(&mut write, now.plus(-LISTED_DAYS * Micros::DAY)).await?;
        if let Some(until) = undecided_until {
            let erased = store::erase_undecided(&mut write, until).await?;
            if erased > 0 {
                tracing::info!(emails = erased, "emails that nobody decided on were erased");
            }
        }
        write.commit().await?;
        self.sweep().await
    }

    /// Deletes the emails of a customer that were kept, but for their rows, which the caller deletes next.
    pub(crate) async fn drop_bytes_of(&self, customer: &str) -> Result<(), ServiceError> {
        for row in self.unfiled(customer).await? {
            self.rooms.files.delete_raw(&file_name(&row.fingerprint)).await?;
        }
        Ok(())
    }

    /// The emails of a customer that are in no ticket.
    pub(crate) async fn unfiled(&self, customer: &str) -> Result<Vec<store::UnfiledRow>, ServiceError> {
        Ok(store::of_customer(&self.db.ready().await?, customer).await?)
    }

    /// Drops bytes whose email is neither in review nor passed over any more.
    pub async fn sweep(&self) -> Result<(), ServiceError> {
        let names = self.rooms.files.list_raw(PREFIX).await?;
        if names.is_empty() {
            return Ok(());
        }
        let known = store::kept_fingerprints(&self.db.ready().await?).await?;
        for name in names {
            let fingerprint = name.strip_prefix(PREFIX).unwrap_or_default();
            if !known.iter().any(|known| known == fingerprint) {
                self.rooms.files.delete_raw(&name).await?;
            }
        }
        Ok(())
    }
}

/// Behind it comes the email's fingerprint.
const PREFIX: &str = "email-";

pub(super) fn file_name(fingerprint: &str) -> String {
    format!("{PREFIX}{fingerprint}")
}
