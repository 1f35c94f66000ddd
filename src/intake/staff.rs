//! What staff write.

use super::Intake;
use crate::error::ServiceError;
use crate::events::Actor;
use crate::files::Attachment;
use crate::tickets::model::{Audience, Author, Channel, MessageBody, Proof, Reference};
use crate::tickets::receive::{Incoming, Received, Target};

/// An answer to the customer, or a note.
pub struct StaffMessage<'a> {
    pub by: Actor,
    pub reference: &'a Reference,
    /// A note is seen by staff alone; whatever else is answered with is not for whoever merely filed.
    pub is_note: bool,
    pub body: MessageBody,
    pub files: &'a [(Attachment, String)],
}

impl Intake {
    /// Takes what staff write; the customer is told of an answer by email. Returns the message's id. `NotNow` where the ticket is closed or in
    /// quarantine and can't be answered.
    pub async fn write_as_staff(&self, message: StaffMessage<'_>) -> Result<String, ServiceError> {
        let author = match &message.by {
            Actor::Staff(id) => Some(id.clone()),
            _ => None,
        };
        let incoming = Incoming {
            by: message.by,
            author: Author::Staff(author),
            channel: Channel::Console,
            audience: if message.is_note { Audience::Staff } else { Audience::Mailbox },
            proof: Proof::None,
            verifies: false,
            target: Target::Ticket(message.reference),
            body: message.body,
            cut_off: None,
            not_kept: Vec::new(),
            files: message.files,
            remarks: Vec::new(),
        };
        match self.0.receive(&incoming).await? {
            Received::Added { message, .. } => Ok(message),
            Received::Filed(_) | Received::Over(_) => Err(ServiceError::NotNow),
        }
    }
}
