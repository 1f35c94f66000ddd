//! Emails become tickets, or what customers say in them.
//!
//! Promised: an email is taken once, however often and by however many instances it is fetched; what can't be a person's opens and moves nothing,
//! and is listed for a month; an email lands in a ticket only when its sender is the ticket's address, whatever else it names; one that can't be
//! placed is kept for review, whole, and nothing is dropped silently.

mod file;
mod parts;
mod passed;
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
use crate::mail::inbound::{InboundEmail, Origin, OwnAddresses, Program};
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
/// Of those, what may be a program's: newsletters leave room for what names a ticket or was forged.
const DOUBTFUL_MAX: i64 = IN_REVIEW_MAX / 2;
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
    /// It bears several marks of a program.
    Automatic,
    TooMany,
    /// It can't be read.
    Broken,
    TooLarge,
}

words!(ReviewReason {
    Sender => "sender",
    Token => "token",
    Nobody => "nobody",
    Automatic => "automatic",
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
    /// No person wrote it: it is listed for a month, and nothing else was done.
    PassedOver(Program),
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
    /// The author's address, where there is one author.
    sender: Option<Email>,
    /// As they call themselves, or empty.
    name: String,
    /// Whether a confirmation is sent: never to what may be a program.
    is_answered: bool,
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
            return self.keep_unreadable(&raw, &key.tag("whole letter", &[&raw])).await;
        };
        let origin = email.origin(&self.mailbox.own);
        let arrival = self.arrival(email, raw, is_whole)?;
        if store::is_known(&self.db.ready().await?, &arrival.fingerprint).await? {
            return Ok(IntakeOutcome::Known);
        }
        match origin {
            Origin::Program(program) => self.pass_over(&arrival, program).await,
            _ if !is_whole => self.keep_for_review(&arrival, ReviewReason::TooLarge, None).await,
            Origin::Doubtful => self.doubt(&arrival).await,
            Origin::Person | Origin::Marked => self.route(&arrival).await,
        }
    }

    fn arrival(&self, email: InboundEmail, raw: Arc<[u8]>, is_whole: bool) -> Result<Arrival, ServiceError> {
        let own = &self.mailbox.own;
        let is_answered = email.origin(own) == Origin::Person;
        let author = email.author(own);
        let is_rewritten = author.as_ref().is_some_and(|author| author.is_rewritten);
        let author = author.map(|author| author.sender.into_owned());
        let address = author.as_ref().map(|author| author.address.as_str());
        Ok(Arrival {
            authenticated: !is_rewritten && email.is_authenticated(&self.mailbox.authserv_id),
            fingerprint: fingerprint(self.rooms.key.get()?, &email, address, &raw),
            sender: address.and_then(|address| Email::parse(address).ok()),
            name: author.map(|author| author.name).unwrap_or_default(),
            is_answered,
            email,
            raw,
            is_whole,
            accepted: None,
        })
    }
}

/// Off the threads that answer requests, where a fault in the library costs this email alone.
async fn parsed(raw: &Arc<[u8]>) -> Option<InboundEmail> {
    let raw = Arc::clone(raw);
    tokio::task::spawn_blocking(move || InboundEmail::parse(&raw).ok()).await.ok().flatten()
}

/// With the author: a Message-ID of somebody else's can't be used up beforehand. With the words: some programs give every email the same.
fn fingerprint(key: &ServerKey, email: &InboundEmail, author: Option<&str>, raw: &[u8]) -> String {
    let from = || email.from.as_ref().map(|sender| sender.address.as_str());
    match &email.message_id {
        Some(id) => {
            let words = email.text.split_whitespace().collect::<Vec<_>>().join(" ");
            let author = author.or_else(from).unwrap_or_default().to_ascii_lowercase();
            key.tag("letter", &[id.as_bytes(), author.as_bytes(), email.subject.as_bytes(), words.as_bytes()])
        }
        None => key.tag("whole letter", &[raw]),
    }
}
