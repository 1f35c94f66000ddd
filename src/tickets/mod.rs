//! A message to support, from its arrival to the answer.
//!
//! Promised: a ticket that was acknowledged is on disk; the same message sent twice is one ticket; a suspicious one is quarantined
//! and not lost; a customer sees only tickets that they have a right to, and never an internal note.

pub mod access;
mod address;
pub mod board;
mod corrections;
pub mod drafts;
mod facts;
pub mod held;
mod lists;
pub mod model;
mod of_customer;
mod past;
pub mod presence;
mod priority;
pub mod receive;
mod service;
pub mod settings;
mod steps;
mod store;
mod thanked;
mod thanks;
mod triage;
mod undo;
mod version;
mod view;

use std::sync::{Arc, PoisonError, RwLock};

pub use access::{Access, Right};
pub use address::Corrected;
pub use corrections::Correction;
pub use drafts::Drafts;
pub use held::Held;
pub use lists::Lists;
pub use of_customer::Listed;
pub use past::Past;
pub use store::{PERSONAL_DATA, Queue};
pub use triage::Triage;
pub use view::Read;

use crate::articles::model::Library;
use crate::clock::Micros;
use crate::customers::Customers;
use crate::db::Db;
use crate::error::ServiceError;
use crate::events::Events;
use crate::files::Files;
use crate::key::KeySource;
use crate::mail::Outbox;
use crate::spam::Spam;
use crate::values::{BusinessCalendar, Zone};
use model::{Status, Ticket};
use settings::Promise;

/// What tickets need to know of the help center.
#[derive(Debug, Clone)]
pub struct Settings {
    pub promise: Promise,
    /// The zone in which times are shown and the promise counts.
    pub time_zone: Zone,
    pub public_url: String,
    /// Whether new tickets are announced to the support team.
    pub announces: bool,
    /// Whether emails really leave, so that an address can be verified by one.
    pub sends_mail: bool,
    /// So long after a closed ticket was solved its links open it; 0: without end.
    pub links_valid_days: u32,
    /// An answer can be taken back for so long; 0: it leaves at once.
    pub undo_seconds: u32,
}

/// What tickets work with.
pub struct Rooms {
    pub db: Db,
    pub events: Events,
    pub key: KeySource,
    pub outbox: Outbox,
    pub customers: Customers,
    pub files: Files,
    pub spam: Spam,
}

/// The room's handle; copies share everything.
#[derive(Clone)]
pub struct Tickets(Arc<Inner>);

struct Inner {
    db: Db,
    events: Events,
    key: KeySource,
    outbox: Outbox,
    customers: Customers,
    files: Files,
    spam: Spam,
    settings: Settings,
    calendar: BusinessCalendar,
    /// The articles and the reasons of the contact form; the command line works without them.
    library: RwLock<Option<Arc<Library>>>,
}

impl Tickets {
    pub fn new(rooms: Rooms, settings: Settings) -> Self {
        let Rooms { db, events, key, outbox, customers, files, spam } = rooms;
        Self(Arc::new(Inner {
            calendar: BusinessCalendar::new(settings.promise.business_hours(), settings.time_zone.zone().clone()),
            db,
            events,
            key,
            outbox,
            customers,
            files,
            spam,
            settings,
            library: RwLock::default(),
        }))
    }

    /// Takes over what tickets need to know of the articles: how urgent a reason is, and what reasons and articles are called.
    pub fn set_library(&self, library: Arc<Library>) {
        let named = self.0.settings.promise.targets.iter().filter_map(|target| target.reason.as_deref());
        for named in named.filter(|named| library.reason(named).is_none()) {
            tracing::warn!(reason = named, "promise.targets names a reason that contact.toml does not have");
        }
        *self.0.library.write().unwrap_or_else(PoisonError::into_inner) = Some(library);
    }

    fn library(&self) -> Option<Arc<Library>> {
        self.0.library.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn has_expired_links(&self, ticket: &Ticket) -> bool {
        let days = i64::from(self.0.settings.links_valid_days);
        let is_over = |solved: Micros| solved.plus(days * Micros::DAY) <= self.0.events.now();
        days > 0 && ticket.status == Status::Closed && ticket.solved_at.is_some_and(is_over)
    }

    /// Reads tickets.
    pub fn read(&self) -> Read<'_> {
        Read(self)
    }

    /// What staff work from.
    pub fn lists(&self) -> Lists<'_> {
        Lists(self)
    }

    /// Sorts and passes tickets on.
    pub fn triage(&self) -> Triage<'_> {
        Triage(self)
    }

    /// What staff have begun to write.
    pub fn drafts(&self) -> Drafts<'_> {
        Drafts(self)
    }

    /// Answers that can still be taken back.
    pub fn held(&self) -> Held<'_> {
        Held(self)
    }

    /// For how long they can.
    pub fn undo_seconds(&self) -> u32 {
        self.0.settings.undo_seconds
    }

    /// Signs and checks links and cookies.
    pub fn access(&self) -> Result<Access<'_>, ServiceError> {
        Ok(Access::new(self.0.key.get()?, self.0.events.clock()))
    }
}
