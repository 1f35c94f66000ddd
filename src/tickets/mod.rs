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
pub mod live;
mod login_store;
pub mod logins;
pub mod model;
pub mod pages;
mod promise;
pub mod replies;
mod store;
mod values;
mod verbs;

use std::sync::Arc;

use jiff::tz::TimeZone;

pub use access::{Access, Right};
pub use error::TicketError;
pub use guard::{HONEYPOT, SECONDS};

use crate::clock::Clock;
use crate::config::{Attachments, Config, Guard, Limits, Promise};
use crate::db::Db;
use crate::key::KeySource;
use crate::mail::Outbox;
use model::CodePattern;

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
    time_zone: TimeZone,
    public_url: String,
    code_pattern: Option<CodePattern>,
    /// Whether new tickets are announced to the support team.
    announces: bool,
    /// Whether mails really leave, so that an address can be proved by one.
    sends_mail: bool,
    places: live::Places,
}

impl Tickets {
    pub fn new(db: Db, config: &Config, clock: Clock, key: KeySource, outbox: Outbox) -> Self {
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
            time_zone: TimeZone::get(&config.time_zone).unwrap_or(TimeZone::UTC),
            public_url: config.public_url.clone(),
            code_pattern: CodePattern::new(&config.code_pattern).ok(),
            announces: !config.support_mail.is_empty(),
            sends_mail: config.sends_mail(),
            places: live::Places::default(),
        }))
    }

    /// What a transaction code looks like here; `None` accepts any.
    pub fn code_pattern(&self) -> Option<&CodePattern> {
        self.0.code_pattern.as_ref()
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
