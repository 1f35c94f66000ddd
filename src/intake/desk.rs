//! What staff write on the desk. An answer goes out only if nothing was said since its page was made; it waits a moment in which it can be taken back.

use super::{Counted, Intake};
use crate::error::ServiceError;
use crate::events::{Actor, Change, Kind, NewEvent, Subject};
use crate::files::Attachment;
use crate::spam::{SemanticScore, Source};
use crate::tickets::drafts::DraftKind;
use crate::tickets::held::{HeldAnswer, Repeated};
use crate::tickets::model::{Audience, Author, Channel, Draft, MessageBody, Proof, Reference, Ticket, Transition};
use crate::tickets::receive::{Incoming, NewTicket, Received, Target};

/// An answer or a note, as it was posted.
pub struct DeskMessage<'a> {
    /// Who writes it.
    pub staff: &'a str,
    pub reference: &'a Reference,
    /// The ticket's last event when the page was made.
    pub base_seq: i64,
    /// The draft that the text was, as the page knew it.
    pub draft_version: i64,
    pub body: MessageBody,
    /// The text as it was typed, before a signature: what the draft has.
    pub typed: &'a str,
    /// Kept by [`crate::files::Files`], each with its signed id.
    pub files: &'a [(Attachment, String)],
    /// The ticket is solved with it.
    pub solves: bool,
}

/// What became of an answer.
#[derive(Debug, PartialEq, Eq)]
pub enum DeskReply {
    /// It leaves in a moment.
    Held(HeldAnswer),
    /// It is in its ticket, under this id.
    Sent(String),
    /// Something was said since the page was made. Nothing was sent.
    SaidSince,
    /// The ticket is closed, or in quarantine. Nothing was sent.
    NotNow,
}

/// What a customer said to somebody of the team elsewhere.
pub struct ToldToStaff<'a> {
    pub staff: &'a str,
    pub draft: &'a Draft,
    /// By telephone; else in some other place.
    pub is_by_phone: bool,
    /// Whether the customer gets an email that says so.
    pub confirms: bool,
    pub files: &'a [(Attachment, String)],
}

impl Intake {
    /// Opens a ticket for a customer who told somebody of the team. It is theirs who wrote it down.
    pub async fn open_for_customer(&self, told: ToldToStaff<'_>) -> Result<Reference, ServiceError> {
        let (by, mut change) = (Actor::Staff(told.staff.to_owned()), self.0.events.begin().await?);
        let new =
            NewTicket { draft: told.draft, meaning: SemanticScore::default(), source: Source::Staff, follow_up_of: None, confirms: told.confirms };
        let incoming = Incoming {
            by: by.clone(),
            author: Author::Customer,
            channel: if told.is_by_phone { Channel::Phone } else { Channel::Desk },
            audience: Audience::Mailbox,
            proof: Proof::None,
            verifies: false,
            target: Target::New(new),
            body: told.draft.message.clone(),
            cut_off: None,
            not_kept: Vec::new(),
            files: told.files,
            remarks: Vec::new(),
        };
        let Received::Filed(filed) = self.0.tickets.receive(&mut change, incoming).await? else { return Err(ServiceError::NotNow) };
        let mut ticket = self.0.tickets.lock(&mut change, &filed.key.reference).await?;
        self.0.tickets.triage().assign_in(&mut change, &mut ticket, Some(told.staff), &by).await?;
        change.commit().await?;
        (self.0.count)(Counted::Filed);
        self.0.outbox.wake();
        Ok(filed.key.reference)
    }

    /// Answers the customer. A ticket that is nobody's becomes the author's. With `undo_seconds` of 0 the answer leaves at once.
    pub async fn desk_reply(&self, message: DeskMessage<'_>) -> Result<DeskReply, ServiceError> {
        let tickets = &self.0.tickets;
        let mut change = self.0.events.begin().await?;
        let mut ticket = tickets.lock(&mut change, message.reference).await?;
        let (body, seen) = (message.body.as_str(), (message.base_seq, false));
        if let Some(before) = tickets.held().repeated(&mut change, &ticket, message.staff, body, seen).await? {
            tickets.drafts().sent(&mut change, message.staff, &ticket.key.id, DraftKind::Reply, message.draft_version, message.typed).await?;
            change.commit().await?;
            return Ok(match before {
                Repeated::Held(held) => DeskReply::Held(held),
                Repeated::Said(id) => DeskReply::Sent(id),
            });
        }
        if self.0.events.said_since(&mut change, &ticket.key.id, message.base_seq, message.staff).await? {
            change.undo().await?;
            return Ok(DeskReply::SaidSince);
        }
        if !ticket.takes_answers() {
            change.undo().await?;
            return Ok(DeskReply::NotNow);
        }
        let by = Actor::Staff(message.staff.to_owned());
        if ticket.assignee.is_none() {
            tickets.triage().assign_in(&mut change, &mut ticket, Some(message.staff), &by).await?;
        }
        tickets.drafts().sent(&mut change, message.staff, &ticket.key.id, DraftKind::Reply, message.draft_version, message.typed).await?;
        let base_seq = self.0.events.last_of(&mut change, &ticket.key.id).await?;
        let files = message.files.iter().map(|(_, token)| token.clone()).collect();
        let answer = tickets.held().new_answer(&ticket, message.staff, message.body.as_str(), files, message.solves, base_seq)?;
        if tickets.undo_seconds() > 0 {
            let held = tickets.held().hold(&mut change, &ticket, answer).await?;
            change.commit().await?;
            return Ok(DeskReply::Held(held));
        }
        tickets.held().record(&mut change, &ticket, &answer);
        let sent = self.send(&mut change, &ticket, &answer, message.files).await?;
        change.commit().await?;
        self.0.outbox.wake();
        Ok(sent.map_or(DeskReply::NotNow, DeskReply::Sent))
    }

    /// Writes something down for staff. `was`: the draft that it was, since an answer can become a note. Returns the message's id.
    pub async fn desk_note(&self, message: DeskMessage<'_>, was: DraftKind) -> Result<String, ServiceError> {
        let mut change = self.0.events.begin().await?;
        let ticket = self.0.tickets.lock(&mut change, message.reference).await?;
        let (version, text) = (message.draft_version, message.typed.to_owned());
        let (body, seen) = (message.body.as_str(), (message.base_seq, true));
        if let Some(Repeated::Said(id)) = self.0.tickets.held().repeated(&mut change, &ticket, message.staff, body, seen).await? {
            self.0.tickets.drafts().sent(&mut change, message.staff, &ticket.key.id, was, version, &text).await?;
            change.commit().await?;
            return Ok(id);
        }
        let incoming = incoming(message.staff, &ticket.key.reference, Audience::Staff, message.body, message.files);
        let Received::Added { message: id, .. } = self.0.tickets.receive(&mut change, incoming).await? else { return Err(ServiceError::NotNow) };
        self.0.tickets.drafts().sent(&mut change, message.staff, &ticket.key.id, was, version, &text).await?;
        change.commit().await?;
        Ok(id)
    }

    /// Takes an answer back: text and files are in its author's draft again. `NotFound` where it has left, or is another's.
    pub async fn undo_answer(&self, id: &str, staff: &str) -> Result<Reference, ServiceError> {
        let mut change = self.0.events.begin().await?;
        let Some(answer) = self.0.tickets.held().take(&mut change, id).await?.filter(|answer| answer.staff == staff) else {
            change.undo().await?;
            return Err(ServiceError::NotFound);
        };
        let ticket = self.0.tickets.read().find_by_id(&answer.ticket).await?.ok_or(ServiceError::NotFound)?;
        self.give_back(&mut change, &answer, &Actor::Staff(staff.to_owned()), Kind::AnswerUndone).await?;
        change.commit().await?;
        Ok(ticket.key.reference)
    }

    /// Sends every answer whose moment has passed. Run by several instances at once, each answer is sent by one of them.
    pub async fn release_answers(&self) -> Result<(), ServiceError> {
        for id in self.0.tickets.held().due().await? {
            self.release(&id).await?;
        }
        Ok(())
    }

    async fn release(&self, id: &str) -> Result<(), ServiceError> {
        let mut change = self.0.events.begin().await?;
        let Some(answer) = self.0.tickets.held().take(&mut change, id).await? else { return Ok(change.undo().await?) };
        let Some(ticket) = self.0.tickets.read().find_by_id(&answer.ticket).await? else { return Ok(change.undo().await?) };
        let ticket = self.0.tickets.lock(&mut change, &ticket.key.reference).await?;
        let files = self.0.files.staged_all(&answer.files).await?;
        let is_overtaken = self.0.events.customer_wrote_since(&mut change, &ticket.key.id, answer.base_seq).await?;
        if is_overtaken || self.send(&mut change, &ticket, &answer, &files).await?.is_none() {
            let kind = if is_overtaken { Kind::AnswerReturned } else { Kind::AnswerRefused };
            self.give_back(&mut change, &answer, &Actor::System("release"), kind).await?;
        }
        change.commit().await?;
        self.0.outbox.wake();
        Ok(())
    }

    /// The answer becomes a message; `None`, and nothing is changed, where the ticket takes none any more.
    async fn send(
        &self,
        change: &mut Change,
        ticket: &Ticket,
        answer: &HeldAnswer,
        files: &[(Attachment, String)],
    ) -> Result<Option<String>, ServiceError> {
        if !ticket.takes_answers() {
            return Ok(None);
        }
        let body = MessageBody::parse_reply(&answer.body).map_err(|_| ServiceError::Broken("a held answer that no form would take".into()))?;
        let incoming = incoming(&answer.staff, &ticket.key.reference, Audience::Mailbox, body, files);
        let Received::Added { ticket, message } = self.0.tickets.receive(change, incoming).await? else { return Ok(None) };
        if answer.solves {
            self.0.tickets.transition_in(change, *ticket, Transition::Solved, &Actor::Staff(answer.staff.clone())).await?;
        }
        Ok(Some(message))
    }

    async fn give_back(&self, change: &mut Change, answer: &HeldAnswer, by: &Actor, kind: Kind) -> Result<(), ServiceError> {
        self.0.tickets.drafts().put_back(change, &answer.staff, &answer.ticket, &answer.body, &answer.files).await?;
        change.record(NewEvent::new(Subject::Ticket, &answer.ticket, by, kind));
        Ok(())
    }
}

fn incoming<'a>(staff: &str, reference: &'a Reference, audience: Audience, body: MessageBody, files: &'a [(Attachment, String)]) -> Incoming<'a> {
    Incoming {
        by: Actor::Staff(staff.to_owned()),
        author: Author::Staff(Some(staff.to_owned())),
        channel: Channel::Desk,
        audience,
        proof: Proof::None,
        verifies: false,
        target: Target::Ticket(reference),
        body,
        cut_off: None,
        not_kept: Vec::new(),
        files,
        remarks: Vec::new(),
    }
}
