//! How messages come in: what pages post and what staff write here, emails in `inbound`. Each is one use case without HTTP, which ends in
//! `tickets::receive`.

mod contact;
pub mod contact_form;
mod desk;
pub mod inbound;
mod reply;
pub mod reply_form;
mod staff;

use std::sync::Arc;

pub use contact::{ContactOutcome, ContactPost};
pub use desk::{DeskMessage, DeskReply, ToldToStaff};
pub use reply::{Reader, Replied, ReplyPost};
pub use staff::StaffMessage;

use crate::error::ServiceError;
use crate::events::{Change, Events};
use crate::files::Files;
use crate::key::KeySource;
use crate::mail::Outbox;
use crate::mail::inbound::Program;
use crate::spam::Spam;
use crate::tickets::Tickets;
use crate::tickets::receive::{Incoming, Received};

/// A reference that is taken, or two transactions in each other's way: a new attempt helps.
const ATTEMPTS_MAX: usize = 3;

/// What operators count.
#[derive(Debug, Clone, Copy)]
pub enum Counted {
    /// A ticket was filed, whatever the channel.
    Filed,
    PassedOver(Program),
}

/// What messages come in through.
#[derive(Clone)]
pub struct Rooms {
    pub events: Events,
    pub key: KeySource,
    pub outbox: Outbox,
    pub files: Files,
    pub spam: Spam,
    pub tickets: Tickets,
    pub count: Arc<dyn Fn(Counted) + Send + Sync>,
}

/// The handle of what pages post and staff write; copies share everything.
#[derive(Clone)]
pub struct Intake(Rooms);

impl Intake {
    pub fn new(rooms: Rooms) -> Self {
        Self(rooms)
    }
}

impl Rooms {
    /// Takes a message in a transaction of its own. When this returns `Ok`, it is on disk.
    async fn receive(&self, incoming: &Incoming<'_>) -> Result<Received, ServiceError> {
        let mut attempt = 1;
        loop {
            match self.try_to_receive(incoming.clone()).await {
                Err(ServiceError::Broken(error)) if attempt < ATTEMPTS_MAX => {
                    tracing::warn!(error, attempt, "a message could not be taken; trying again");
                    attempt += 1;
                }
                result => return result,
            }
        }
    }

    async fn try_to_receive(&self, incoming: Incoming<'_>) -> Result<Received, ServiceError> {
        let mut change = self.events.begin().await?;
        let received = match self.tickets.receive(&mut change, incoming).await {
            Ok(received) => received,
            Err(error) => {
                change.undo().await?;
                return Err(error);
            }
        };
        self.finish(change, &received).await?;
        Ok(received)
    }

    /// Ends the transaction of a message that was received.
    async fn finish(&self, change: Change, received: &Received) -> Result<(), ServiceError> {
        if matches!(received, Received::Over(_)) {
            return Ok(change.undo().await?);
        }
        change.commit().await?;
        if matches!(received, Received::Filed(filed) if !filed.repeated) {
            (self.count)(Counted::Filed);
        }
        self.outbox.wake();
        Ok(())
    }
}
