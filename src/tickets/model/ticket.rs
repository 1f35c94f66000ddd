//! A ticket as everybody who works with it knows it, and as its customer sees it.

use super::{Attachment, Author, Message, PageVersion, Priority, Proof, QuarantineReason, Reference, Status};
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

/// Whoever filed a ticket can correct its address for so long, and so often.
pub const ADDRESS_CORRECTED_WITHIN_MICROS: i64 = Micros::HOUR;
pub const ADDRESS_CORRECTED_TIMES_MAX: i64 = 2;

impl Ticket {
    /// Whether its address can still be corrected: nobody has answered it, nor shown that the address is theirs.
    pub fn takes_correction(&self, now: Micros) -> bool {
        let is_untouched = matches!(self.status, Status::New | Status::Open) && self.answered_at.is_none() && self.proof == Proof::None;
        is_untouched && now < self.created_at.plus(ADDRESS_CORRECTED_WITHIN_MICROS)
    }

    /// Its address as far as it is told on a page: `j…@example.com`, on one line.
    pub fn masked_email(&self) -> String {
        let (local, domain) = self.email.rsplit_once('@').unwrap_or_default();
        format!("{}…\u{2060}@{domain}", local.chars().next().unwrap_or_default())
    }

    /// Whether the customer can still write in it.
    pub fn takes_messages(&self, now: Micros) -> bool {
        self.status != Status::Closed && self.solved_at.is_none_or(|solved| now < solved.plus(REOPENED_WITHIN_DAYS * Micros::DAY))
    }

    /// Whether staff can answer in it: no email leaves for what is in quarantine.
    pub fn takes_answers(&self) -> bool {
        self.status != Status::Closed && self.quarantine.is_none()
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

/// What of a ticket a reader may not see yet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Withheld {
    /// An answer of the team is among it.
    Answer,
    /// Only what came from the mailbox itself.
    Mail,
}

/// Something that happened to a ticket, as its customer is shown it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    Received,
    AddressCorrected,
    LookedAt,
    Answered,
    /// Staff wait for the customer without a word of theirs on the page.
    Asked,
    CustomerWrote,
    Reopened,
    Solved,
    Closed,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StepTaken {
    pub step: Step,
    pub at: Micros,
}

impl TicketView {
    /// What the customer sees of the name of who of the team wrote a message; `None` where nobody is named.
    pub fn writer(&self, message: &Message) -> Option<&str> {
        let Author::Staff(Some(author)) = &message.author else { return None };
        self.writers.iter().find(|(id, _)| id == author).map(|(_, name)| name.as_str())
    }
}

/// A ticket as one reader may see it.
#[derive(Debug, Clone)]
pub struct TicketView {
    pub ticket: Ticket,
    /// Oldest first; never a note.
    pub messages: Vec<Message>,
    /// Who of the team wrote to the customer: id, and the name that the customer sees.
    pub writers: Vec<(String, String)>,
    /// Those of the messages.
    pub files: Vec<Attachment>,
    /// Something is there that this reader may see once they have shown that the address is theirs.
    pub withheld: Option<Withheld>,
    /// What happened to it, oldest first.
    pub steps: Vec<StepTaken>,
    /// How often its customer has corrected the address.
    pub corrections: i64,
    /// The ticket that this one is a follow-up of, and its own follow-ups.
    pub follow_up_of: Option<Reference>,
    pub followed_by: Vec<(Reference, Micros)>,
    /// By which the page knows later whether something is new.
    pub version: PageVersion,
}
