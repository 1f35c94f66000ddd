//! A message to support, from the form to the answer.
//!
//! Promised: a ticket that was acknowledged is on disk; the same message sent twice is one ticket; a suspicious one is kept
//! aside and not lost; a customer sees only their own ticket, and never an internal note.

pub mod access;
mod afterwards;
pub mod attachments;
pub mod console;
mod conversation;
mod error;
pub mod forms;
mod guard;
pub mod letters;
pub mod live;
mod login_store;
pub mod logins;
mod meant;
pub mod model;
pub mod pages;
pub mod privacy;
mod promise;
pub mod replies;
mod store;
mod urgency;
mod values;
mod verbs;

use std::path::PathBuf;
use std::sync::{Arc, OnceLock, PoisonError, RwLock};
use std::time::Duration;

use jiff::tz::TimeZone;

pub use access::{Access, Right};
pub use error::TicketError;
pub use guard::send_now::Press;
pub use guard::{HONEYPOT, Meant, SECONDS};
pub use meant::UNDERSTOOD_WITHIN;

use crate::articles::model::Library;
use crate::clock::Clock;
use crate::config::{Attachments, Config, Guard, Limits, Privacy, Promise};
use crate::db::Db;
use crate::key::KeySource;
use crate::mail::Outbox;
use crate::search::Meaning;
use model::{Calendar, CodePattern};

/// The room's handle; copies share everything.
#[derive(Clone)]
pub struct Tickets(Arc<Inner>);

struct Inner {
    db: Db,
    clock: Clock,
    key: KeySource,
    outbox: Outbox,
    limits: Limits,
    attachments: Attachments,
    files: attachments::Files,
    guard: Guard,
    promise: Promise,
    privacy: Privacy,
    /// Where mails are written when none is sent.
    mails: PathBuf,
    calendar: Calendar,
    /// The articles and the reasons of the contact form; the command line works without them.
    library: RwLock<Option<Arc<Library>>>,
    meaning: OnceLock<(Meaning, Duration)>,
    time_zone: TimeZone,
    public_url: String,
    code_pattern: Option<CodePattern>,
    /// Whether new tickets are announced to the support team.
    announces: bool,
    /// Whether mails really leave, so that an address can be proved by one.
    sends_mail: bool,
    places: live::Places,
    mailbox: letters::Mailbox,
}

impl Tickets {
    pub fn new(db: Db, config: &Config, clock: Clock, key: KeySource, outbox: Outbox) -> Self {
        let time_zone = TimeZone::get(&config.time_zone).unwrap_or(TimeZone::UTC);
        Self(Arc::new(Inner {
            db,
            clock,
            key,
            outbox,
            limits: config.limits.clone(),
            attachments: config.attachments.clone(),
            files: attachments::Files::new(config),
            guard: config.guard.clone(),
            promise: config.promise.clone(),
            privacy: config.privacy.clone(),
            mails: config.data.join("mails"),
            calendar: Calendar::new(&config.promise, time_zone.clone()),
            library: RwLock::default(),
            meaning: OnceLock::new(),
            time_zone,
            public_url: config.public_url(),
            code_pattern: CodePattern::new(&config.code_pattern).ok(),
            announces: !config.support_mail.is_empty(),
            sends_mail: config.sends_mail(),
            places: live::Places::default(),
            mailbox: letters::Mailbox::new(config),
        }))
    }

    /// What a transaction code looks like here; `None` accepts any.
    pub fn code_pattern(&self) -> Option<&CodePattern> {
        self.0.code_pattern.as_ref()
    }

    /// Takes over what tickets need to know of the articles: how pressing a reason is, and what reasons and articles are called.
    pub fn know(&self, library: Arc<Library>) {
        for named in self.0.promise.targets.iter().filter_map(|target| target.reason.as_deref()).filter(|named| library.reason(named).is_none()) {
            tracing::warn!(reason = named, "promise.targets names a reason that contact.toml does not have");
        }
        *self.0.library.write().unwrap_or_else(PoisonError::into_inner) = Some(library);
    }

    fn library(&self) -> Option<Arc<Library>> {
        self.0.library.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Signs and checks links and cookies.
    pub fn access(&self) -> Result<Access<'_>, TicketError> {
        Ok(Access::new(self.0.key.get()?, &self.0.clock))
    }

    /// The zone in which times are shown.
    pub fn time_zone(&self) -> &TimeZone {
        &self.0.time_zone
    }
}
