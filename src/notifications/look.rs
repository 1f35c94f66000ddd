//! Looks through the log for what somebody has to be told of. Cursor and rows are written in one transaction, so that nothing is told twice or not at
//! all, whoever looks and whenever they are cut off.

use super::model::{Choices, NotificationKind};
use super::store::{self, New};
use super::{Notifications, mails, mentions};
use crate::clock::Micros;
use crate::db::{DbError, Write};
use crate::error::ServiceError;
use crate::events::{Actor, Event, Kind};
use crate::staff::Member;

/// Events that are looked at in one transaction.
const EVENTS_MAX: i64 = 500;
/// So long before it is due, the assignee is told.
const DUE_SOON_MICROS: i64 = Micros::HOUR;

/// What may become a notification: something that happened to a ticket, or a moment that comes near.
struct Occasion<'a> {
    kind: NotificationKind,
    ticket: &'a str,
    number: i64,
    by: Option<&'a Actor>,
}

impl Notifications {
    /// Looks at what happened since the last look and at what is due soon, and owes the emails that may leave.
    pub async fn look(&self) -> Result<(), ServiceError> {
        let members = self.staff.list().await?;
        while self.look_once(&members).await? {}
        self.outbox.wake();
        Ok(())
    }

    /// Returns whether there may be more.
    async fn look_once(&self, members: &[Member]) -> Result<bool, ServiceError> {
        let mut write = self.db.begin().await?;
        let now = self.events.now();
        let Some(seq) = store::lock_cursor(&mut write).await? else {
            // What happened before anybody looked is no news.
            let last = self.events.last_in(&mut write).await?;
            store::move_cursor(&mut write, last).await?;
            write.commit().await?;
            return Ok(false);
        };
        let events = self.events.after_in(&mut write, seq, EVENTS_MAX).await?;
        for event in &events {
            self.look_at(&mut write, event, members, now).await?;
        }
        if let Some(last) = events.last() {
            store::move_cursor(&mut write, last.seq).await?;
        }
        self.due_soon(&mut write, members, now).await?;
        self.owe_mails(&mut write, members, now).await?;
        write.commit().await?;
        Ok(i64::try_from(events.len()).is_ok_and(|count| count == EVENTS_MAX))
    }

    async fn look_at(&self, write: &mut Write, event: &Event, members: &[Member], now: Micros) -> Result<(), DbError> {
        let (Some(ticket), Some(kind)) = (event.ticket.as_deref(), kind_of(event)) else { return Ok(()) };
        let Some(assignee) = store::assignee(write, ticket).await? else { return Ok(()) };
        let data = |name: &str| event.data.get(name).and_then(|value| value.as_str());
        let is_theirs = |member: &&Member| assignee.as_deref() == Some(&member.id);
        let concerned: Vec<&Member> = match kind {
            NotificationKind::CustomerReplied | NotificationKind::DueSoon => members.iter().filter(is_theirs).collect(),
            // It may have gone on to somebody else since.
            NotificationKind::Assigned => members.iter().filter(is_theirs).filter(|member| data("assignee") == Some(&member.id)).collect(),
            NotificationKind::Mentioned => match data("message") {
                Some(message) => mentions::of(&store::note(write, message).await?.unwrap_or_default(), members),
                None => Vec::new(),
            },
            NotificationKind::NewUnassigned if assignee.is_none() => members.iter().collect(),
            NotificationKind::NewUnassigned => Vec::new(),
        };
        let occasion = Occasion { kind, ticket, number: event.seq, by: Some(&event.by) };
        for member in concerned {
            let is_own = matches!(&event.by, Actor::Staff(id) if *id == member.id);
            if !is_own && !store::has_seen(write, &member.id, ticket, event.seq).await? {
                tell(write, member, &occasion, now).await?;
            }
        }
        Ok(())
    }

    async fn due_soon(&self, write: &mut Write, members: &[Member], now: Micros) -> Result<(), DbError> {
        for due in store::due(write, now, now.plus(DUE_SOON_MICROS)).await? {
            let occasion = Occasion { kind: NotificationKind::DueSoon, ticket: &due.ticket, number: due.due_at, by: None };
            if let Some(member) = members.iter().find(|member| member.id == due.staff) {
                tell(write, member, &occasion, now).await?;
            }
        }
        Ok(())
    }
}

/// What an event is to be told as. A ticket that came into quarantine is new once it is released.
fn kind_of(event: &Event) -> Option<NotificationKind> {
    match event.kind {
        Kind::CustomerReplied => Some(NotificationKind::CustomerReplied),
        Kind::Assigned => Some(NotificationKind::Assigned),
        Kind::Noted => Some(NotificationKind::Mentioned),
        Kind::Created if event.data.get("quarantine").is_none_or(|reason| reason.is_null()) => Some(NotificationKind::NewUnassigned),
        Kind::Released => Some(NotificationKind::NewUnassigned),
        _ => None,
    }
}

/// Writes down that somebody is to be told, in the ways that they chose.
async fn tell(write: &mut Write, member: &Member, occasion: &Occasion<'_>, now: Micros) -> Result<(), DbError> {
    let channels = Choices::parse(member.notify.as_deref()).of(occasion.kind);
    if !occasion.kind.is_for(member.role) || !(channels.in_desk || channels.by_mail) {
        return Ok(());
    }
    let new = New {
        staff: &member.id,
        kind: occasion.kind,
        ticket: occasion.ticket,
        occasion: occasion.number,
        by: occasion.by,
        in_desk: channels.in_desk,
        mail_due_at: channels.by_mail.then(|| now.plus(mails::COLLECTED_MICROS)),
    };
    store::insert(write, &new, now).await
}
