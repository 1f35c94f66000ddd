//! Emails become tickets, or what customers say in them.
//!
//! Promised: an email is taken once, however often and by however many instances it is fetched; what a program wrote opens and moves nothing;
//! an email lands in a ticket only when its sender is the ticket's address, whatever else it names; one that can't be placed is kept for review,
//! whole, and nothing is dropped silently.

mod file;
mod parts;
mod review;
mod route;
mod store;

use std::sync::Arc;

pub(crate) use store::let_go_of;
pub use store::{PERSONAL_DATA, ReviewRow};

use super::Rooms;
use crate::db::Db;
use crate::error::ServiceError;
use crate::i18n::Lang;
use crate::key::ServerKey;
use crate::mail::inbound::{Automatic, InboundEmail, OwnAddresses};
use crate::mail::settings::Settings;
use crate::values::Email;
use crate::values::words::words;

/// More emails of one address in an hour are kept for review: two programs that answer each other come to an end.
const EMAILS_PER_HOUR_MAX: i64 = 30;
/// Emails that would open tickets in an hour, of all senders for whom the mail server does not vouch. More are kept for review: a sender is quickly
/// forged, and whoever it names would get our confirmation.
const STRANGERS_PER_HOUR_MAX: i64 = 300;
/// Beyond so many times the limit of one address, and where so many are in review, emails stay in the mailbox, so that nobody can fill the disk.
const REFUSED_FROM_TIMES_LIMIT: i64 = 4;
const IN_REVIEW_MAX: i64 = 1_000;
/// The same by their size, as it is kept: anybody may send emails that are as large as the mailbox takes.
const IN_REVIEW_MAX_BYTES: i64 = 256 * 1024 * 1024;

/// What is known of the mailbox.
#[derive(Debug, Clone)]
pub struct Mailbox {
    own: OwnAddresses,
    authserv_id: String,
    /// Staff's, and that of emails which don't tell theirs.
    lang: Lang,
}

impl Mailbox {
    pub fn new(settings: &Settings) -> Self {
        let bare = |text: &str| text.parse::<lettre::message::Mailbox>().map(|mailbox| mailbox.email.to_string()).unwrap_or_default();
        let imap = &settings.imap;
        let own = [bare(&imap.address), bare(&settings.support_mail), bare(&settings.smtp.from), bare(&imap.user)];
        Self { own: OwnAddresses::new(own.iter().map(String::as_str)), authserv_id: imap.authserv_id.clone(), lang: settings.support_lang }
    }
}

/// Why an email is kept for review.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ReviewReason {
    /// It names a ticket of another address.
    Sender,
    /// The token in the address that it was sent to is forged, another's, or was revoked.
    Token,
    /// It names no sender, or more than one.
    Nobody,
    TooMany,
    /// It can't be read.
    Broken,
    TooLarge,
}

words!(ReviewReason {
    Sender => "sender",
    Token => "token",
    Nobody => "nobody",
    TooMany => "too_many",
    Broken => "broken",
    TooLarge => "too_large",
});

/// What became of an email. All but `Refused` are final and on disk.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum IntakeOutcome {
    /// It opened a ticket.
    Opened,
    /// It went into its ticket.
    Added,
    Review(ReviewReason),
    /// A program wrote it: nothing was done.
    Automatic(Automatic),
    /// It was taken before.
    Known,
    /// So many came that it was not kept: it stays in the mailbox.
    Refused,
}

/// An email on its way into the database.
struct Arrival {
    email: InboundEmail,
    raw: Arc<[u8]>,
    fingerprint: String,
    authenticated: bool,
    /// The only sender's address, where it is one.
    sender: Option<Email>,
    /// Whether all of it was fetched.
    is_whole: bool,
    /// Its id and who accepted it, where it was in review.
    accepted: Option<(String, crate::events::Actor)>,
}

impl Arrival {
    fn sender_key(&self) -> String {
        self.sender.as_ref().map(Email::key).unwrap_or_default()
    }
}

/// The handle of emails that come in; copies share everything.
#[derive(Clone)]
pub struct InboundEmails {
    db: Db,
    rooms: Rooms,
    customers: crate::customers::Customers,
    mailbox: Arc<Mailbox>,
}

impl InboundEmails {
    pub fn new(db: Db, rooms: Rooms, customers: crate::customers::Customers, mailbox: Mailbox) -> Self {
        Self { db, rooms, customers, mailbox: Arc::new(mailbox) }
    }

    /// Takes an email as it lies in the mailbox; `is_whole` is false where only its beginning was fetched. When this returns `Ok`, what
    /// became of it is on disk, and it can be marked in the mailbox.
    pub async fn take(&self, raw: Vec<u8>, is_whole: bool) -> Result<IntakeOutcome, ServiceError> {
        let raw: Arc<[u8]> = raw.into();
        let key = self.rooms.key.get()?;
        let Some(email) = parsed(&raw).await else {
            return self.keep_unreadable(&raw, &fingerprint(key, None, &raw)).await;
        };
        if let Some(kind) = email.automatic(&self.mailbox.own) {
            return Ok(IntakeOutcome::Automatic(kind));
        }
        let fingerprint = fingerprint(key, Some(&email), &raw);
        if store::is_known(&self.db.ready().await?, &fingerprint).await? {
            return Ok(IntakeOutcome::Known);
        }
        let arrival = self.arrival(email, raw, fingerprint, is_whole);
        if is_whole { self.route(&arrival).await } else { self.keep_for_review(&arrival, ReviewReason::TooLarge, None).await }
    }

    fn arrival(&self, email: InboundEmail, raw: Arc<[u8]>, fingerprint: String, is_whole: bool) -> Arrival {
        Arrival {
            authenticated: email.is_authenticated(&self.mailbox.authserv_id),
            sender: email.from.as_ref().and_then(|sender| Email::parse(&sender.address).ok()),
            email,
            raw,
            fingerprint,
            is_whole,
            accepted: None,
        }
    }
}

/// Off the threads that answer requests, where a fault in the library costs this email alone.
async fn parsed(raw: &Arc<[u8]>) -> Option<InboundEmail> {
    let raw = Arc::clone(raw);
    tokio::task::spawn_blocking(move || InboundEmail::parse(&raw).ok()).await.ok().flatten()
}

/// With the sender: a Message-ID of somebody else's can't be used up beforehand.
fn fingerprint(key: &ServerKey, email: Option<&InboundEmail>, raw: &[u8]) -> String {
    match email.and_then(|email| Some((email.message_id.as_ref()?, &email.from))) {
        Some((id, from)) => {
            let from = from.as_ref().map(|sender| sender.address.to_ascii_lowercase()).unwrap_or_default();
            key.tag("letter", &[id.as_bytes(), from.as_bytes()])
        }
        None => key.tag("whole letter", &[raw]),
    }
}
