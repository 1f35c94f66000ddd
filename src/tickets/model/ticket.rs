//! A ticket as everybody who works with it knows it, and as its customer sees it.

use super::{Attachment, Message, PageVersion, Priority, Proof, QuarantineReason, Reference, Status};
use crate::articles::model::ArticleId;
use crate::clock::Micros;
use crate::i18n::Lang;

/// What names a ticket to the parts that sign and check links.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TicketKey {
    pub id: String,
    pub reference: Reference,
    /// Raising it revokes every link and cookie made before.
    pub generation: i64,
}

#[derive(Debug, Clone)]
pub struct Ticket {
    pub key: TicketKey,
    pub created_at: Micros,
    /// When something changed that the customer sees.
    pub updated_at: Micros,
    pub status: Status,
    /// In quarantine, and why; no email has left for it.
    pub quarantine: Option<QuarantineReason>,
    /// What its author has shown of themselves.
    pub proof: Proof,
    pub customer: String,
    /// Id of the address that it was written under.
    pub address: String,
    /// The address as it was typed first.
    pub email: String,
    pub name: String,
    pub lang: Lang,
    pub subject: String,
    pub article: Option<ArticleId>,
    pub reason: Option<String>,
    pub code: Option<String>,
    pub priority: Priority,
    /// Who of the staff takes care of it.
    pub assignee: Option<String>,
    /// In alphabetical order.
    pub tags: Vec<String>,
    pub snoozed_until: Option<Micros>,
    /// When the answer to the customer's turn is promised for; `None`: it is not staff's turn.
    pub due_at: Option<Micros>,
    /// When staff answered first.
    pub answered_at: Option<Micros>,
    /// When it was solved last; `None` while it is open.
    pub solved_at: Option<Micros>,
    /// Id of the ticket that this one is a follow-up of.
    pub follow_up_of: Option<String>,
    pub rating: Option<Rating>,
}

/// A solved ticket is reopened by a word of the customer for so long; afterwards a follow-up begins.
pub const REOPENED_WITHIN_DAYS: i64 = 14;

impl Ticket {
    /// Whether the customer can still write in it.
    pub fn takes_messages(&self, now: Micros) -> bool {
        self.status != Status::Closed && self.solved_at.is_none_or(|solved| now < solved.plus(REOPENED_WITHIN_DAYS * Micros::DAY))
    }

    /// Whether an answer is owed and late.
    pub fn is_late(&self, now: Micros) -> bool {
        self.due_at.is_some_and(|due| now > due)
    }

    /// Whether an address is the one that it was written under.
    pub fn is_of(&self, email: &str) -> bool {
        self.email.eq_ignore_ascii_case(email)
    }
}

/// What a customer says of the help.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rating {
    /// 1 to 5.
    pub stars: u8,
    pub comment: Option<String>,
}

/// A ticket as one reader may see it.
#[derive(Debug, Clone)]
pub struct TicketView {
    pub ticket: Ticket,
    /// Oldest first; never a note.
    pub messages: Vec<Message>,
    /// Those of the messages.
    pub files: Vec<Attachment>,
    /// Staff answered, but this reader has yet to show that the address is theirs.
    pub answers_withheld: bool,
    /// The ticket that this one is a follow-up of, and its own follow-ups.
    pub follow_up_of: Option<Reference>,
    pub followed_by: Vec<Reference>,
    /// By which the page knows later whether something is new.
    pub version: PageVersion,
}
