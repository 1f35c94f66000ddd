//! What a customer writes on the page of a ticket.

use std::net::IpAddr;

use super::Intake;
use crate::error::ServiceError;
use crate::events::Actor;
use crate::files::Attachment;
use crate::i18n::Lang;
use crate::spam::Source;
use crate::tickets::Right;
use crate::tickets::model::{Audience, Author, Channel, Filed, MessageBody, Proof, Reference, Ticket};
use crate::tickets::receive::{Incoming, NewTicket, Received, Target, draft_after};

/// Somebody who reads a ticket's page: their right to it, and what they have shown for that.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reader {
    pub right: Right,
    pub proof: Proof,
}

impl Reader {
    /// Whoever has the filer's right has shown nothing.
    pub const FILER: Self = Self { right: Right::Filer, proof: Proof::None };

    pub fn new(right: Right, proof: Proof) -> Self {
        if right == Right::Filer { Self::FILER } else { Self { right, proof } }
    }

    /// Who sees what the reader writes: what comes from the mailbox is not for whoever merely filed.
    fn audience(self) -> Audience {
        if self.right == Right::Mailbox { Audience::Mailbox } else { Audience::Filer }
    }
}

/// A reply as it was posted.
pub struct ReplyPost<'a> {
    pub reference: &'a Reference,
    /// In which the page was read.
    pub lang: Lang,
    pub reader: Reader,
    pub message: MessageBody,
    pub files: &'a [(Attachment, String)],
    pub from: IpAddr,
}

/// What became of a reply.
#[derive(Debug)]
pub enum Replied {
    /// It is in its ticket, under this id.
    Added(String),
    /// Nothing can be written there any more: it opened a follow-up.
    FollowUp(Filed),
}

impl Intake {
    /// Takes a reply. When this returns `Ok`, it is on disk. The same words within an hour are one reply.
    pub async fn reply(&self, post: ReplyPost<'_>) -> Result<Replied, ServiceError> {
        let incoming = |target| Incoming {
            by: Actor::Customer,
            author: Author::Customer,
            channel: Channel::Page,
            audience: post.reader.audience(),
            proof: post.reader.proof,
            verifies: post.reader.proof != Proof::None,
            target,
            body: post.message.clone(),
            cut_off: None,
            not_kept: Vec::new(),
            files: post.files,
            remarks: Vec::new(),
        };
        let earlier: Ticket = match self.0.receive(&incoming(Target::Ticket(post.reference))).await? {
            Received::Added { message, .. } => return Ok(Replied::Added(message)),
            Received::Filed(filed) => return Ok(Replied::FollowUp(filed)),
            Received::Over(earlier) => *earlier,
        };
        let draft = draft_after(&earlier, post.lang, post.message.clone())?;
        let meaning = self.0.spam.read(&draft.submission()).await;
        let new = NewTicket { draft: &draft, meaning, source: Source::Network(post.from), follow_up_of: Some(&earlier), confirms: true };
        match self.0.receive(&incoming(Target::New(new))).await? {
            Received::Filed(filed) => Ok(Replied::FollowUp(filed)),
            Received::Added { message, .. } => Ok(Replied::Added(message)),
            Received::Over(_) => Err(ServiceError::Broken("a follow-up that could not be opened".into())),
        }
    }
}
