//! Letters become tickets, or what customers say in them.
//!
//! Promised: a letter is taken once, however often and by however many instances it is fetched; what a program wrote opens and moves nothing;
//! a letter lands in a ticket only when its sender is the ticket's address, whatever else it names; one that can't be placed waits for
//! staff, whole, and nothing is dropped silently.

mod file;
mod keep;
mod parts;
mod route;
mod store;

use std::sync::Arc;

pub use store::WaitingRow;

use super::model::Email;
use super::{TicketError, Tickets};
use crate::config::Config;
use crate::i18n::Lang;
use crate::key::ServerKey;
use crate::mail::inbound::{Automatic, Letter, Own};

/// More letters of one address in an hour wait for staff: two programs that answer each other come to an end.
const LETTERS_PER_HOUR_MAX: i64 = 30;
/// Letters that would open tickets in an hour, of all senders for whom the mail server does not vouch. More wait for staff: a sender is quickly
/// forged, and whoever it names would get our confirmation.
const STRANGERS_PER_HOUR_MAX: i64 = 300;
/// Beyond so many times the limit of one address, and where so many wait, letters stay in the mailbox, so that nobody can fill the disk.
const REFUSED_FROM_TIMES_LIMIT: i64 = 4;
const WAITING_MAX: i64 = 1_000;
/// The same by their size, as it is kept: anybody may send letters that are as large as the mailbox takes.
const WAITING_MAX_BYTES: i64 = 256 * 1024 * 1024;

/// What the room knows of the mailbox.
pub(super) struct Mailbox {
    own: Own,
    authserv_id: String,
    /// Staff's, and that of letters which don't tell theirs.
    lang: Lang,
}

impl Mailbox {
    pub(super) fn new(config: &Config) -> Self {
        let bare = |text: &str| text.parse::<lettre::message::Mailbox>().map(|mailbox| mailbox.email.to_string()).unwrap_or_default();
        let own = [bare(&config.imap.address), bare(&config.support_mail), bare(&config.smtp.from), bare(&config.imap.user)];
        Self { own: Own::new(own.iter().map(String::as_str)), authserv_id: config.imap.authserv_id.clone(), lang: config.default_language }
    }
}

/// Why a letter waits for staff.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Why {
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

impl Why {
    const ALL: [Self; 6] = [Self::Sender, Self::Token, Self::Nobody, Self::TooMany, Self::Broken, Self::TooLarge];

    /// The word that is stored.
    pub fn word(self) -> &'static str {
        match self {
            Self::Sender => "sender",
            Self::Token => "token",
            Self::Nobody => "nobody",
            Self::TooMany => "too_many",
            Self::Broken => "broken",
            Self::TooLarge => "too_large",
        }
    }

    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|why| why.word() == word)
    }
}

/// What became of a letter. All but `Refused` are final and on disk.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fate {
    /// It opened a ticket.
    Opened,
    /// It went into its ticket.
    Said,
    Waits(Why),
    /// A program wrote it: nothing was done.
    Automatic(Automatic),
    /// It was taken before.
    Known,
    /// So many came that it was not kept: it stays in the mailbox.
    Refused,
}

/// A letter on its way into the database.
struct Incoming {
    letter: Letter,
    raw: Arc<[u8]>,
    fingerprint: String,
    authenticated: bool,
    /// The only sender's address, where it is one.
    email: Option<Email>,
    /// Whether all of it was fetched.
    is_whole: bool,
    /// Its id, where it waited and staff accepted it.
    accepted: Option<String>,
}

impl Incoming {
    fn email_key(&self) -> String {
        self.email.as_ref().map(Email::key).unwrap_or_default()
    }
}

impl Tickets {
    /// Takes a letter as it lies in the mailbox; `is_whole` is false where only its beginning was fetched. When this returns `Ok`, what
    /// became of it is on disk, and it can be marked in the mailbox.
    pub async fn take_letter(&self, raw: Vec<u8>, is_whole: bool) -> Result<Fate, TicketError> {
        let raw: Arc<[u8]> = raw.into();
        let key = self.0.key.get()?;
        let Some(letter) = parsed(&raw).await else {
            return self.keep_unreadable(&raw, &fingerprint(key, None, &raw)).await;
        };
        if let Some(kind) = letter.automatic(&self.0.mailbox.own) {
            return Ok(Fate::Automatic(kind));
        }
        let fingerprint = fingerprint(key, Some(&letter), &raw);
        if store::is_known(&self.0.db.ready().await?, &fingerprint).await? {
            return Ok(Fate::Known);
        }
        let incoming = self.incoming(letter, raw, fingerprint, is_whole, None);
        if is_whole { self.route(&incoming).await } else { self.keep_letter(&incoming, Why::TooLarge, None).await }
    }

    fn incoming(&self, letter: Letter, raw: Arc<[u8]>, fingerprint: String, is_whole: bool, accepted: Option<String>) -> Incoming {
        Incoming {
            authenticated: letter.is_authenticated(&self.0.mailbox.authserv_id),
            email: letter.from.as_ref().and_then(|sender| Email::parse(&sender.address).ok()),
            letter,
            raw,
            fingerprint,
            is_whole,
            accepted,
        }
    }
}

/// Off the threads that answer requests, where a fault in the library costs this letter alone.
async fn parsed(raw: &Arc<[u8]>) -> Option<Letter> {
    let raw = Arc::clone(raw);
    tokio::task::spawn_blocking(move || Letter::parse(&raw).ok()).await.ok().flatten()
}

/// With the sender: a Message-ID of somebody else's can't be used up beforehand.
fn fingerprint(key: &ServerKey, letter: Option<&Letter>, raw: &[u8]) -> String {
    match letter.and_then(|letter| Some((letter.message_id.as_ref()?, &letter.from))) {
        Some((id, from)) => {
            let from = from.as_ref().map(|sender| sender.address.to_ascii_lowercase()).unwrap_or_default();
            key.tag("letter", &[id.as_bytes(), from.as_bytes()])
        }
        None => key.tag("whole letter", &[raw]),
    }
}
