//! What is kept about a customer: handed out to the person whose it is, erased for good, and dropped by itself when its time is over.
//!
//! Each room lists what it keeps; here it is counted and erased, in one transaction. The bytes of files go after their rows, by the sweep that drops
//! whatever no ticket holds. Whoever is killed in between leaves rows without a ticket, which the next sweep finds: here, or in the running server
//! within the hour.

mod export;
pub mod settings;
mod store;
mod written;

use std::path::PathBuf;

pub use export::ExportError;
pub use store::Erasure;

use crate::clock::Micros;
use crate::customers::{self, Customers};
use crate::db::{self, DataSubject, Db, PersonalData, rate_limits};
use crate::error::ServiceError;
use crate::events::{self, Actor, Change, Events, Kind, NewEvent, Subject};
use crate::files::{self, Files};
use crate::intake::inbound::{self, InboundEmails};
use crate::key::KeySource;
use crate::mail::{self, Outbox};
use crate::orders::{self, Orders};
use crate::spam;
use crate::tickets::{self, Tickets};
use crate::values::Email;

/// Everything about a customer, in the order in which it is erased. What hangs on a ticket goes with it; here it is only counted before.
const PERSONAL_DATA: [&[PersonalData]; 9] = [
    mail::PERSONAL_DATA,
    files::PERSONAL_DATA,
    inbound::PERSONAL_DATA,
    tickets::PERSONAL_DATA,
    events::PERSONAL_DATA,
    orders::PERSONAL_DATA,
    customers::PERSONAL_DATA,
    spam::PERSONAL_DATA,
    rate_limits::PERSONAL_DATA,
];

/// What addresses are hashed for: messages, sign-ins, emails (their number, their sender and their files) and purchases.
const HASHED_FOR: [&str; 9] =
    ["address", "vouched address", "login address", "letters", "vouched letters", "sender", "vouched sender", "files", orders::BUYER];

/// Tickets that are erased in one transaction because their time is over, and transactions in a row: the rest waits for the next turn.
const OVER_AT_ONCE_MAX: i64 = 100;
const OVER_TURNS_MAX: usize = 50;

/// How much is kept about an address, by kind.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kept {
    pub counts: Vec<(&'static str, i64)>,
    /// Emails that were written into the data folder.
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

/// What the room works with.
#[derive(Clone)]
pub struct Rooms {
    pub db: Db,
    pub events: Events,
    pub key: KeySource,
    pub customers: Customers,
    pub files: Files,
    pub outbox: Outbox,
    pub tickets: Tickets,
    pub inbound: InboundEmails,
    pub orders: Orders,
}

/// The room's handle.
#[derive(Clone)]
pub struct Privacy {
    rooms: Rooms,
    settings: settings::Privacy,
    /// Where emails are written when none is sent.
    written: PathBuf,
}

impl Privacy {
    pub fn new(rooms: Rooms, settings: &settings::Privacy, written: PathBuf) -> Self {
        Self { rooms, settings: settings.clone(), written }
    }

    /// What is kept about an address now.
    pub async fn kept_about(&self, email: &Email) -> Result<Kept, ServiceError> {
        let (subject, tickets) = self.subject(email).await?;
        let mut connection = self.rooms.db.ready().await?.acquire().await?;
        let mut counts = Vec::new();
        for data in PERSONAL_DATA.into_iter().flatten() {
            counts.push((data.what, data.count(&mut connection, &subject).await?));
        }
        drop(connection);
        let written = self.written_about(Some(email), tickets).await?;
        Ok(Kept { counts, written_mails: written.len() })
    }

    /// Erases everything about an address and notes, without the address, that it was done. Also for what an earlier try left.
    pub async fn erase(&self, email: &Email, by: &Actor) -> Result<Kept, ServiceError> {
        let (subject, tickets) = self.subject(email).await?;
        // Written emails go first: afterwards nothing says any more which tickets they are about.
        let written = self.written_about(Some(email), tickets.clone()).await?;
        written::drop_all(written.clone()).await?;
        self.rooms.inbound.drop_bytes_of(&subject.customer).await?;
        let mut change = self.rooms.events.begin().await?;
        let mut counts = Vec::new();
        for data in PERSONAL_DATA.into_iter().flatten() {
            counts.push((data.what, data.count(&mut change, &subject).await?));
        }
        for ticket in &tickets {
            self.erase_ticket(&mut change, ticket).await?;
        }
        for data in PERSONAL_DATA.into_iter().flatten() {
            data.erase(&mut change, &subject).await?;
        }
        let kept = Kept { counts, written_mails: written.len() };
        if !kept.is_nothing() {
            self.note(&mut change, email, &kept, by).await?;
        }
        change.commit().await?;
        tracing::info!(tickets = kept.of("tickets"), files = kept.of("files"), "everything about an address was erased");
        // One may have been written by the server in the meantime.
        written::drop_all(self.written_about(Some(email), tickets).await?).await?;
        self.rooms.files.sweep().await?;
        self.rooms.db.fold_log().await?;
        Ok(kept)
    }

    /// A ticket goes, with what hangs on it. The rows of its files stay until their bytes are gone, without what they say.
    async fn erase_ticket(&self, change: &mut Change, ticket: &str) -> Result<(), ServiceError> {
        self.rooms.files.forget_names(change, ticket).await?;
        inbound::let_go_of(change, ticket).await?;
        self.rooms.tickets.erase(change, ticket).await
    }

    async fn note(&self, change: &mut Change, email: &Email, kept: &Kept, by: &Actor) -> Result<(), ServiceError> {
        let now = change.now();
        let (tickets, messages, files) = (kept.of("tickets"), kept.of("messages, answers and notes"), kept.of("files"));
        let all = kept.counts.iter().map(|(_, count)| count).sum::<i64>() + i64::try_from(kept.written_mails).unwrap_or(i64::MAX);
        let erasure = Erasure { erased_at: now.0, tickets, messages, files, others: all - tickets - messages - files };
        store::note_erasure(change, &db::new_id(now)?, &self.erasure_tag(email)?, &erasure).await?;
        let event = NewEvent::new(Subject::Customer, "", by, Kind::Erased).with("tickets", tickets).with("messages", messages);
        change.record(event.with("files", files).with("others", erasure.others));
        Ok(())
    }

    /// When an address was erased before.
    pub async fn erasures_of(&self, email: &Email) -> Result<Vec<Erasure>, ServiceError> {
        Ok(store::erasures(&self.rooms.db.ready().await?, &self.erasure_tag(email)?).await?)
    }

    /// Since when closed tickets, and emails that nobody decided on, are kept no longer; `None`: they are kept for ever.
    pub fn kept_until(&self) -> Option<Micros> {
        let days = self.settings.tickets_kept_days;
        (days > 0).then(|| self.rooms.events.now().plus(-i64::from(days) * Micros::DAY))
    }

    /// Erases tickets whose time is over, as long as `privacy.tickets_kept_days` says.
    pub async fn erase_over(&self) -> Result<(), ServiceError> {
        let Some(until) = self.kept_until() else { return Ok(()) };
        let mut erased = 0;
        for _ in 0..OVER_TURNS_MAX {
            let over = self.rooms.tickets.read().over(until, OVER_AT_ONCE_MAX).await?;
            if over.is_empty() {
                break;
            }
            let written = self.written_about(None, over.clone()).await?;
            written::drop_all(written).await?;
            let mut change = self.rooms.events.begin().await?;
            let mut count = 0;
            for ticket in &over {
                // Not where somebody reopened or released it in the meantime.
                if self.rooms.tickets.is_over(&mut change, ticket, until).await? {
                    self.erase_ticket(&mut change, ticket).await?;
                    count += 1;
                }
            }
            if count > 0 {
                change.record(NewEvent::new(Subject::Ticket, "", &Actor::System("privacy"), Kind::Erased).with("tickets", count));
            }
            erased += count;
            change.commit().await?;
        }
        if erased > 0 {
            tracing::info!(tickets = erased, kept_days = self.settings.tickets_kept_days, "tickets whose time was over were erased");
        }
        Ok(())
    }

    /// Whom an address stands for, and the tickets of that customer.
    async fn subject(&self, email: &Email) -> Result<(DataSubject, Vec<String>), ServiceError> {
        let key = self.rooms.key.get()?;
        let known = self.rooms.customers.find(email).await?;
        let (customer, mut addresses) = match known {
            Some(known) => {
                let addresses = self.rooms.customers.addresses(&known.customer).await?;
                (known.customer, addresses.into_iter().map(|row| row.address).collect())
            }
            None => (String::new(), Vec::new()),
        };
        if !addresses.contains(&email.key()) {
            addresses.push(email.key());
        }
        let hashes = addresses.iter().flat_map(|address| HASHED_FOR.map(|purpose| key.tag(purpose, &[address.as_bytes()]))).collect();
        let tickets = self.rooms.tickets.read().ids_of_customer(&customer).await?;
        Ok((DataSubject { customer, hashes }, tickets))
    }

    /// A hash that stands for nothing else: it can't be compared with what spam is known by.
    fn erasure_tag(&self, email: &Email) -> Result<String, ServiceError> {
        Ok(self.rooms.key.get()?.tag("erasure", &[email.key().as_bytes()]))
    }
}
