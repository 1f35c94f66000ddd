//! Answers that can still be taken back. For some seconds an answer is a row here and nothing else: no message, no email, nothing that its customer sees.
//! Only an event for staff says that it is there, so that no colleague answers unawares.

use super::Tickets;
use super::model::{Reference, Ticket};
use super::store::held as store;
use crate::clock::Micros;
use crate::db;
use crate::error::ServiceError;
use crate::events::{Actor, Change, Kind, NewEvent, Subject};

/// Its files wait so long, should the program be away meanwhile.
const FILES_KEPT_MICROS: i64 = 30 * Micros::DAY;

/// An answer that leaves in a moment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HeldAnswer {
    pub id: String,
    /// Id of the ticket.
    pub ticket: String,
    /// Whose answer it is.
    pub staff: String,
    pub body: String,
    /// Signed ids of its files.
    pub files: Vec<String>,
    pub solves: bool,
    pub release_at: Micros,
    /// The ticket's last event before it.
    pub base_seq: i64,
}

/// What somebody said before in the same words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Repeated {
    Held(HeldAnswer),
    /// The message's id.
    Said(String),
}

/// Held answers; from [`Tickets::held`].
pub struct Held<'a>(pub(super) &'a Tickets);

impl Held<'_> {
    /// Those of a ticket, the one that leaves first at the top.
    pub async fn of_ticket(&self, ticket: &str) -> Result<Vec<HeldAnswer>, ServiceError> {
        Ok(store::of_ticket(&self.0.0.db.ready().await?, ticket).await?)
    }

    /// Those of somebody of the team: id, ticket, and when each leaves.
    pub async fn of_staff(&self, staff: &str) -> Result<Vec<(String, Reference, Micros)>, ServiceError> {
        Ok(store::of_staff(&self.0.0.db.ready().await?, staff).await?)
    }

    /// Ids of those whose time has come.
    pub async fn due(&self) -> Result<Vec<String>, ServiceError> {
        Ok(store::due(&self.0.0.db.ready().await?, self.0.0.events.now()).await?)
    }

    /// Holds an answer, within the caller's transaction, who has locked the ticket.
    pub(crate) async fn hold(&self, change: &mut Change, ticket: &Ticket, answer: HeldAnswer) -> Result<HeldAnswer, ServiceError> {
        let now = change.now();
        self.0.0.files.keep_staged(change, &answer.files, now.plus(FILES_KEPT_MICROS)).await?;
        store::insert(change, &answer, now).await?;
        self.record(change, ticket, &answer);
        Ok(answer)
    }

    /// Says to the log that an answer was written: from here on nobody answers unawares.
    pub(crate) fn record(&self, change: &mut Change, ticket: &Ticket, answer: &HeldAnswer) {
        let by = Actor::Staff(answer.staff.clone());
        change.record(NewEvent::new(Subject::Ticket, &ticket.key.id, &by, Kind::AnswerHeld).with("solves", answer.solves));
    }

    /// What a page says that was sent twice: the same words of the same person since it was made. The answer that is held, or the id of the message.
    pub(crate) async fn repeated(
        &self,
        change: &mut Change,
        ticket: &Ticket,
        staff: &str,
        body: &str,
        (base_seq, is_note): (i64, bool),
    ) -> Result<Option<Repeated>, ServiceError> {
        if !self.0.0.events.said_by_since(change, &ticket.key.id, base_seq, staff).await? {
            return Ok(None);
        }
        if !is_note && let Some(held) = store::same(change, &ticket.key.id, staff, body).await? {
            return Ok(Some(Repeated::Held(held)));
        }
        let said = super::store::same_of_staff(change, &ticket.key.id, staff, body, is_note).await?;
        Ok(said.map(Repeated::Said))
    }

    /// A new one, not held yet.
    pub(crate) fn new_answer(
        &self,
        ticket: &Ticket,
        staff: &str,
        body: &str,
        files: Vec<String>,
        solves: bool,
        base_seq: i64,
    ) -> Result<HeldAnswer, ServiceError> {
        let now = self.0.0.events.now();
        let release_at = now.plus(i64::from(self.0.0.settings.undo_seconds) * Micros::SECOND);
        let (ticket, staff, body) = (ticket.key.id.clone(), staff.to_owned(), body.to_owned());
        Ok(HeldAnswer { id: db::new_id(now)?, ticket, staff, body, files, solves, release_at, base_seq })
    }

    /// Takes one out, within the caller's transaction: of several who want it one gets it.
    pub(crate) async fn take(&self, change: &mut Change, id: &str) -> Result<Option<HeldAnswer>, ServiceError> {
        Ok(store::take(change, id).await?)
    }
}
