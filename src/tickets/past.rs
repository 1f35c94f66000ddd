//! Tickets with a past: what happened to them is told step by step, then all of it is written at once, many tickets in one transaction. For made-up ones
//! (`ajuda demo`); nobody is told anything, and nothing is judged. Whatever moves a ticket is what moves any other, and leaves the same event.

use super::model::{Audience, Author, Channel, Message, Priority, Proof, Rating, Status, Ticket, Transition};
use super::receive::standing;
use super::{Tickets, store};
use crate::clock::Micros;
use crate::db;
use crate::error::ServiceError;
use crate::events::{Actor, Change, Kind, NewEvent, Subject};
use crate::spam::QuarantineReason;

/// A ticket whose past is being told.
pub struct Past<'a> {
    tickets: &'a Tickets,
    ticket: Ticket,
    channel: Channel,
    messages: Vec<Message>,
    events: Vec<(NewEvent, Micros)>,
    /// What no other message of this ticket has in its id.
    distinct: u64,
}

impl Tickets {
    /// Begins with what its customer wrote first. The ticket is as filed: its status, times and due time are worked out; `distinct` is no other's.
    pub fn past(&self, mut ticket: Ticket, channel: Channel, body: String, distinct: u64) -> Past<'_> {
        let (at, by) = (ticket.created_at, Actor::Customer);
        ticket.status = Status::New;
        ticket.updated_at = at;
        ticket.due_at = Some(self.due(at, ticket.reason.as_deref(), ticket.priority));
        ticket.key.id = db::id_of(at, distinct.to_be_bytes());
        let mut past = Past { tickets: self, ticket, channel, messages: Vec::new(), events: Vec::new(), distinct };
        let message = past.say(at, Author::Customer, Audience::Filer, channel, body);
        let event = past.event(&by, Kind::Created).with("message", message).with("channel", channel.word());
        let event = event.with("quarantine", past.ticket.quarantine.map(QuarantineReason::word)).with("priority", past.ticket.priority.word());
        let event = standing(event, &past.ticket).with("proof", past.ticket.proof.word()).with("follow_up_of", None::<String>);
        past.events.push((event, at));
        past
    }

    /// Writes a ticket with its past within the caller's transaction.
    pub async fn put_past(&self, change: &mut Change, past: Past<'_>) -> Result<(), ServiceError> {
        store::past::insert(change, &past.ticket, past.channel).await?;
        for message in &past.messages {
            store::insert_message(change, &past.ticket.key.id, message).await?;
        }
        for (event, at) in past.events {
            change.record_past(event, at);
        }
        Ok(())
    }
}

impl Past<'_> {
    pub fn ticket(&self) -> &Ticket {
        &self.ticket
    }

    /// The customer writes again; not in a ticket that is closed.
    pub fn customer_wrote(&mut self, at: Micros, body: String) -> Result<(), ServiceError> {
        self.tickets.move_to(&mut self.ticket, Transition::CustomerWrote, at)?;
        let due = self.tickets.due(at, self.ticket.reason.as_deref(), self.ticket.priority);
        self.ticket.due_at = self.ticket.due_at.or(Some(due));
        if self.ticket.snoozed_until.is_some() {
            self.snoozed(at, None, &Actor::Customer);
        }
        let message = self.say(at, Author::Customer, Audience::Filer, Channel::Page, body);
        let event = self.event(&Actor::Customer, Kind::CustomerReplied).with("message", message);
        let event = event.with("channel", Channel::Page.word()).with("audience", Audience::Filer.word());
        self.events.push((standing(event, &self.ticket), at));
        Ok(())
    }

    /// Somebody of the team answers.
    pub fn answered(&mut self, at: Micros, staff: &str, body: String) -> Result<(), ServiceError> {
        self.tickets.move_to(&mut self.ticket, Transition::Answered, at)?;
        let event = self.of_staff(at, staff, Audience::Mailbox, Kind::Answered, body);
        self.events.push((standing(event, &self.ticket), at));
        Ok(())
    }

    /// Somebody of the team writes a note.
    pub fn noted(&mut self, at: Micros, staff: &str, body: String) {
        let event = self.of_staff(at, staff, Audience::Staff, Kind::Noted, body);
        self.events.push((event, at));
    }

    pub fn moved(&mut self, at: Micros, transition: Transition, by: &Actor) -> Result<(), ServiceError> {
        self.tickets.move_to(&mut self.ticket, transition, at)?;
        let event = standing(self.event(by, Kind::StatusChanged), &self.ticket);
        self.events.push((event, at));
        Ok(())
    }

    pub fn assigned(&mut self, at: Micros, to: &str, by: &Actor) {
        self.ticket.assignee = Some(to.to_owned());
        self.events.push((self.event(by, Kind::Assigned).with("assignee", to), at));
    }

    /// Words that are tags, in alphabetical order.
    pub fn tagged(&mut self, at: Micros, tags: Vec<String>, by: &Actor) {
        self.events.push((self.event(by, Kind::Tagged).with("tags", tags.join(" ")), at));
        self.ticket.tags = tags;
    }

    pub fn snoozed(&mut self, at: Micros, until: Option<Micros>, by: &Actor) {
        self.events.push((self.event(by, Kind::Snoozed).with("snoozed_until", until.map(|until| until.0)), at));
        self.ticket.snoozed_until = until;
    }

    /// What is promised is kept.
    pub fn prioritized(&mut self, at: Micros, priority: Priority, by: &Actor) {
        self.ticket.priority = priority;
        let event = self.event(by, Kind::PriorityChanged).with("priority", priority.word());
        self.events.push((event.with("due_at", self.ticket.due_at.map(|due| due.0)), at));
    }

    pub fn rated(&mut self, at: Micros, rating: Rating) {
        self.events.push((self.event(&Actor::Customer, Kind::Rated).with("rating", rating.stars), at));
        self.ticket.rating = Some(rating);
    }

    fn event(&self, by: &Actor, kind: Kind) -> NewEvent {
        NewEvent::new(Subject::Ticket, &self.ticket.key.id, by, kind)
    }

    fn of_staff(&mut self, at: Micros, staff: &str, audience: Audience, kind: Kind, body: String) -> NewEvent {
        let message = self.say(at, Author::Staff(Some(staff.to_owned())), audience, Channel::Desk, body);
        let event = self.event(&Actor::Staff(staff.to_owned()), kind).with("message", message);
        event.with("channel", Channel::Desk.word()).with("audience", audience.word())
    }

    fn say(&mut self, at: Micros, author: Author, audience: Audience, channel: Channel, body: String) -> String {
        // Two of a ticket at one moment differ too.
        let distinct = self.distinct.wrapping_add((self.messages.len() as u64 + 1) << 48);
        let id = db::id_of(at, distinct.to_be_bytes());
        let due_at = self.ticket.due_at.filter(|_| author == Author::Customer);
        let proof = if author == Author::Customer { self.ticket.proof } else { Proof::None };
        self.messages.push(Message { id: id.clone(), at, author, audience, channel, proof, body, cut_off: None, not_kept: Vec::new(), due_at });
        id
    }
}
