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
    /// An account of Hotmart.
    OrderAccount,
    /// A purchase, by its transaction code.
    Order,
}

words!(Subject {
    Ticket => "ticket",
    Customer => "customer",
    Staff => "staff",
    Email => "email",
    OrderAccount => "order_account",
    Order => "order",
});

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
    /// Staff wrote an answer that can still be taken back. Its customer sees nothing of it.
    AnswerHeld,
    /// It was taken back by who wrote it.
    AnswerUndone,
    /// It went back to who wrote it, since its customer wrote meanwhile.
    AnswerReturned,
    /// It went back to who wrote it, since its ticket was closed or put into quarantine meanwhile.
    AnswerRefused,
    /// Staff wrote a note for staff.
    Noted,
    StatusChanged,
    PriorityChanged,
    Assigned,
    Tagged,
    Snoozed,
    /// Out of the queue, into quarantine.
    Quarantined,
    /// Out of quarantine, into the queue.
    Released,
    Rated,
    /// Its customer has shown more of themselves than before.
    Verified,
    LinksRevoked,
    /// The address that it was written under was corrected, by its customer or by staff.
    AddressCorrected,
    /// Staff put its reason or its language right.
    Corrected,
    /// Its customer only said thanks: it stays solved.
    Thanked,
    /// Staff dropped an incoming email that was in review.
    EmailDropped,
    /// An address was verified.
    AddressVerified,
    /// Somebody joined the team, or left it.
    StaffAdded,
    StaffRemoved,
    StaffRoleChanged,
    StaffProfileChanged,
    /// Somebody of the team logged in.
    LoggedIn,
    SessionsEnded,
    /// A one-time link by which somebody chooses a password.
    LinkMade,
    PasswordSet,
    /// It was taken away: a link lets them choose another.
    PasswordReset,
    SecondFactorSet,
    SecondFactorReset,
    RecoveryCodesMade,
    RecoveryCodeUsed,
    /// An account of Hotmart, and what became of it.
    AccountConnected,
    AccountRenamed,
    AccountPaused,
    AccountResumed,
    AccountHottokSet,
    AccountDisconnected,
    AccountsRekeyed,
    /// Its customer has shown by a code that a purchase is theirs.
    BuyerProved,
    /// Somebody of the team looked for purchases. What they typed isn't in it.
    OrdersSearched,
    /// Somebody of the team was shown how a buyer is reached.
    ContactSeen,
    /// Everything about a customer, or what was kept for long enough; counts only.
    Erased,
}

words!(Kind {
    Created => "created",
    CustomerReplied => "customer_replied",
    FilesAdded => "files_added",
    Answered => "answered",
    AnswerHeld => "answer_held",
    AnswerUndone => "answer_undone",
    AnswerReturned => "answer_returned",
    AnswerRefused => "answer_refused",
    Noted => "noted",
    StatusChanged => "status_changed",
    PriorityChanged => "priority_changed",
    Assigned => "assigned",
    Tagged => "tagged",
    Snoozed => "snoozed",
    Quarantined => "quarantined",
    Released => "released",
    Rated => "rated",
    Verified => "verified",
    LinksRevoked => "links_revoked",
    AddressCorrected => "address_corrected",
    Corrected => "corrected",
    Thanked => "thanked",
    EmailDropped => "email_dropped",
    AddressVerified => "address_verified",
    StaffAdded => "staff_added",
    StaffRemoved => "staff_removed",
    StaffRoleChanged => "staff_role_changed",
    StaffProfileChanged => "staff_profile_changed",
    LoggedIn => "logged_in",
    SessionsEnded => "sessions_ended",
    LinkMade => "link_made",
    PasswordSet => "password_set",
    PasswordReset => "password_reset",
    SecondFactorSet => "second_factor_set",
    SecondFactorReset => "second_factor_reset",
    RecoveryCodesMade => "recovery_codes_made",
    RecoveryCodeUsed => "recovery_code_used",
    AccountConnected => "account_connected",
    AccountRenamed => "account_renamed",
    AccountPaused => "account_paused",
    AccountResumed => "account_resumed",
    AccountHottokSet => "account_hottok_set",
    AccountDisconnected => "account_disconnected",
    AccountsRekeyed => "accounts_rekeyed",
    BuyerProved => "buyer_proved",
    OrdersSearched => "orders_searched",
    ContactSeen => "contact_seen",
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

    /// How often something happened to a ticket that the caller's transaction keeps others from changing.
    pub async fn count(&self, change: &mut Change, ticket: &str, kind: Kind) -> Result<i64, DbError> {
        store::count(change, ticket, kind).await
    }

    /// A ticket's events, oldest first, as the caller's transaction sees them, which has locked the ticket.
    pub async fn of_locked(&self, change: &mut Change, ticket: &str) -> Result<Vec<Event>, DbError> {
        store::of_ticket(&mut ***change, ticket).await
    }

    /// The number of a ticket's last event; 0: there is none.
    pub async fn last_of(&self, change: &mut Change, ticket: &str) -> Result<i64, DbError> {
        store::last_of(&mut ***change, ticket).await
    }

    /// The same outside a transaction. To be read before what a page shows, so that nothing falls between.
    pub async fn last_of_now(&self, ticket: &str) -> Result<i64, DbError> {
        store::last_of(&self.db.ready().await?, ticket).await
    }

    /// Whether something was said in a ticket after a number, by others than one of the team. The caller's transaction has locked the ticket.
    pub async fn said_since(&self, change: &mut Change, ticket: &str, seq: i64, but: &str) -> Result<bool, DbError> {
        Ok(store::count_said(change, ticket, seq, but).await? > 0)
    }

    /// Whether one of the team said something in a ticket after a number.
    pub async fn said_by_since(&self, change: &mut Change, ticket: &str, seq: i64, staff: &str) -> Result<bool, DbError> {
        Ok(store::count_said_by(change, ticket, seq, staff).await? > 0)
    }

    /// Whether a ticket's customer wrote after a number.
    pub async fn customer_wrote_since(&self, change: &mut Change, ticket: &str, seq: i64) -> Result<bool, DbError> {
        Ok(store::count_of_customer(change, ticket, seq).await? > 0)
    }

    /// Those after a number, oldest first.
    pub async fn after(&self, seq: i64, limit: i64) -> Result<Vec<Event>, DbError> {
        store::after(&self.db.ready().await?, seq, limit).await
    }

    /// The same as the caller's transaction sees them.
    pub async fn after_in(&self, write: &mut Write, seq: i64, limit: i64) -> Result<Vec<Event>, DbError> {
        store::after(&mut **write, seq, limit).await
    }

    /// The number of the newest.
    pub async fn last(&self) -> Result<i64, DbError> {
        store::last(&self.db.ready().await?).await
    }

    /// The same as the caller's transaction sees it.
    pub async fn last_in(&self, write: &mut Write) -> Result<i64, DbError> {
        store::last(&mut **write).await
    }
}

/// A transaction that may write, and the events that it leaves.
pub struct Change {
    write: Write,
    now: Micros,
    zone: Zone,
    pending: Vec<(NewEvent, Micros)>,
}

impl Change {
    /// The moment that everything in the transaction happens at.
    pub fn now(&self) -> Micros {
        self.now
    }

    /// Notes an event. It is written just before the commit.
    pub fn record(&mut self, event: NewEvent) {
        self.record_past(event, self.now);
    }

    /// Notes something that happened before: of tickets that were elsewhere until now. Its number is given out now, so whoever reads on from one misses
    /// it as little as any other.
    pub fn record_past(&mut self, event: NewEvent, at: Micros) {
        self.pending.push((event, at));
    }

    /// When this returns `Ok`, everything is on disk. The events get their numbers last, so that others wait for the counter as short as can be.
    pub async fn commit(mut self) -> Result<(), DbError> {
        if !self.pending.is_empty() {
            store::insert(&mut self.write, &self.pending, |at| local_day(at, &self.zone)).await?;
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
