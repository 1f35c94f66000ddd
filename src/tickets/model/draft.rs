//! A ticket before it is one, and what is known of it right after.

use super::{TicketKey, Visits};
use crate::articles::model::ArticleId;
use crate::clock::Micros;
use crate::i18n::Lang;
use crate::spam::Submission;
use crate::values::{Email, MessageBody, PersonName, Subject, TransactionCode};

/// A message that opens a ticket, checked, not yet filed.
#[derive(Debug, Clone)]
pub struct Draft {
    pub lang: Lang,
    /// The article at whose end it was written.
    pub article: Option<ArticleId>,
    /// Id of the reason; `None` where the help center has no reasons.
    pub reason: Option<String>,
    pub subject: Subject,
    pub name: PersonName,
    pub email: Email,
    pub code: Option<TransactionCode>,
    pub message: MessageBody,
    /// The field that people can't see was filled in.
    pub trapped: bool,
    /// How long the form was open, as its page told; `None` where no script ran.
    pub seconds: Option<i64>,
    /// A random id of the page that it was written on: the same message from the same page is one. `None` where no script ran.
    pub form_id: Option<String>,
    /// What its author searched and read before, if they chose to send it.
    pub visits: Visits,
}

impl Draft {
    /// What of it is judged.
    pub fn submission(&self) -> Submission<'_> {
        Submission {
            subject: self.subject.as_str(),
            name: self.name.as_str(),
            email: self.email.as_str(),
            message: self.message.as_str(),
            reason: self.reason.as_deref().unwrap_or_default(),
            has_code: self.code.is_some(),
            trapped: self.trapped,
            seconds: self.seconds,
        }
    }
}

/// The answer to a filed message.
#[derive(Debug, Clone)]
pub struct Filed {
    pub key: TicketKey,
    /// The message that opened the ticket.
    pub message: String,
    pub created_at: Micros,
    /// When the first answer is promised for.
    pub due_at: Micros,
    /// The same message was filed before; this is its ticket.
    pub repeated: bool,
    /// Whether it is certain that its author sent it: it is new, or comes from the page that filed it before. From the same network it may be another.
    pub by_author: bool,
}
