//! What happened, in the order in which it was committed: the append-only log that history, live pages, undo, rules and reports are made from.
//!
//! Promised: whatever changes a ticket leaves an event in the same transaction; whoever reads on from a number misses none that is committed later;
//! an event holds ids and words of the program, never what people wrote nor an address.

mod actor;
pub mod live;
mod store;

use std::ops::{Deref, DerefMut};

use serde_json::{Map, Value};

pub use actor::Actor;
pub use store::PERSONAL_DATA;

use crate::clock::{Clock, Micros};
use crate::db::{Db, DbError, Write};
use crate::values::Zone;
use crate::values::words::words;

/// What an event is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Subject {
    Ticket,
    Customer,
    Staff,
    /// An incoming email.
    Email,
}

words!(Subject { Ticket => "ticket", Customer => "customer", Staff => "staff", Email => "email" });

/// What happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A ticket came to be, with its first message.
    Created,
    /// The customer wrote again.
    CustomerReplied,
    /// The same message came again, with more files.
    FilesAdded,
    /// Staff answered the customer.
    Answered,
    /// Staff wrote a note for staff.
    Noted,
    StatusChanged,
    PriorityChanged,
    Assigned,
    Tagged,
    Snoozed,
    /// Out of quarantine, into the queue.
    Released,
    Rated,
    /// Its customer has shown more of themselves than before.
    Verified,
    LinksRevoked,
    /// Staff dropped an incoming email that was in review.
    EmailDropped,
    /// An address was verified.
    AddressVerified,
    /// Somebody joined the team, or left it.
    StaffAdded,
    StaffRemoved,
    /// Everything about a customer, or what was kept for long enough; counts only.
    Erased,
}

words!(Kind {
    Created => "created",
    CustomerReplied => "customer_replied",
    FilesAdded => "files_added",
    Answered => "answered",
    Noted => "noted",
    StatusChanged => "status_changed",
    PriorityChanged => "priority_changed",
    Assigned => "assigned",
    Tagged => "tagged",
    Snoozed => "snoozed",
    Released => "released",
    Rated => "rated",
    Verified => "verified",
    LinksRevoked => "links_revoked",
    EmailDropped => "email_dropped",
    AddressVerified => "address_verified",
    StaffAdded => "staff_added",
    StaffRemoved => "staff_removed",
    Erased => "erased",
});

/// An event on its way into the log.
#[derive(Debug, Clone)]
pub struct NewEvent {
    subject_kind: Subject,
    /// Empty where many are meant.
    subject: String,
    by: Actor,
    kind: Kind,
    data: Map<String, Value>,
}

impl NewEvent {
    pub fn new(subject_kind: Subject, subject: &str, by: &Actor, kind: Kind) -> Self {
        Self { subject_kind, subject: subject.to_owned(), by: by.clone(), kind, data: Map::new() }
    }

    /// Adds what changed, and to what: ids, numbers and words of the program only.
    #[must_use]
    pub fn with(mut self, name: &str, value: impl Into<Value>) -> Self {
        self.data.insert(name.to_owned(), value.into());
        self
    }
}

/// An event as it stands in the log.
#[derive(Debug, Clone, PartialEq)]
pub struct Event {
    /// Its place among all; each is greater than those that were committed before it.
    pub seq: i64,
    pub ticket: Option<String>,
    pub at: Micros,
    /// Days since 1970 in the help center's zone.
    pub local_day: i64,
    pub by: Actor,
    pub kind: Kind,
    pub data: Map<String, Value>,
}

/// The log; copies share the database.
#[derive(Clone)]
pub struct Events {
    db: Db,
    clock: Clock,
    zone: Zone,
}

impl Events {
    pub fn new(db: Db, clock: Clock, zone: Zone) -> Self {
        Self { db, clock, zone }
    }

    /// Begins a transaction that changes something and says so in the log. It is undone when dropped without a commit.
    pub async fn begin(&self) -> Result<Change, DbError> {
        Ok(Change { write: self.db.begin().await?, now: self.clock.now(), zone: self.zone.clone(), pending: Vec::new() })
    }

    /// The help center's zone.
    pub fn zone(&self) -> &Zone {
        &self.zone
    }

    pub fn clock(&self) -> &Clock {
        &self.clock
    }

    pub fn now(&self) -> Micros {
        self.clock.now()
    }

    /// A ticket's events, oldest first.
    pub async fn of_ticket(&self, ticket: &str) -> Result<Vec<Event>, DbError> {
        store::of_ticket(&self.db.ready().await?, ticket).await
    }

    /// Those after a number, oldest first.
    pub async fn after(&self, seq: i64, limit: i64) -> Result<Vec<Event>, DbError> {
        store::after(&self.db.ready().await?, seq, limit).await
    }

    /// The number of the newest.
    pub async fn last(&self) -> Result<i64, DbError> {
        store::last(&self.db.ready().await?).await
    }
}

/// A transaction that may write, and the events that it leaves.
pub struct Change {
    write: Write,
    now: Micros,
    zone: Zone,
    pending: Vec<NewEvent>,
}

impl Change {
    /// The moment that everything in the transaction happens at.
    pub fn now(&self) -> Micros {
        self.now
    }

    /// Notes an event. It is written just before the commit.
    pub fn record(&mut self, event: NewEvent) {
        self.pending.push(event);
    }

    /// When this returns `Ok`, everything is on disk. The events get their numbers last, so that others wait for the counter as short as can be.
    pub async fn commit(mut self) -> Result<(), DbError> {
        if !self.pending.is_empty() {
            let local_day = local_day(self.now, &self.zone);
            store::insert(&mut self.write, &self.pending, self.now, local_day).await?;
        }
        self.write.commit().await
    }

    /// Undoes everything now rather than some time after the drop.
    pub async fn undo(self) -> Result<(), DbError> {
        self.write.undo().await
    }
}

impl Deref for Change {
    type Target = Write;
    fn deref(&self) -> &Write {
        &self.write
    }
}

impl DerefMut for Change {
    fn deref_mut(&mut self) -> &mut Write {
        &mut self.write
    }
}

/// Days since 1970 in a zone.
fn local_day(at: Micros, zone: &Zone) -> i64 {
    let date = at.timestamp().to_zoned(zone.zone().clone()).date();
    i64::from(jiff::civil::date(1970, 1, 1).until(date).map(|span| span.get_days()).unwrap_or_default())
}

/// Takes the events of tickets that are about to be erased out of the log and leaves how many there were of a kind on a day.
pub async fn keep_sums(write: &mut Write, ticket: &str) -> Result<(), DbError> {
    store::keep_sums(write, ticket).await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_day_is_the_one_on_the_wall_of_the_help_center() {
        let zone = Zone::parse("America/Sao_Paulo").expect("a zone");
        // 2026-11-24 01:30 UTC is still the 23rd there.
        let at: jiff::Timestamp = "2026-11-24T01:30:00Z".parse().expect("a moment");
        assert_eq!(local_day(at.into(), &zone), local_day(at.into(), &Zone::utc()) - 1);
        assert_eq!(local_day(Micros(0), &Zone::utc()), 0);
        assert_eq!(local_day(Micros(-1), &Zone::utc()), -1);
    }
}
