//! What is said in a ticket: by whom, how it came in, and who sees it.

use crate::clock::Micros;
use crate::files::NotKept;
use crate::values::words::words;

/// One message of a ticket.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Message {
    pub id: String,
    pub at: Micros,
    pub author: Author,
    pub audience: Audience,
    pub channel: Channel,
    pub proof: Proof,
    /// Plain text.
    pub body: String,
    /// What was cut off an email: the text that it quotes, its signature.
    pub cut_off: Option<String>,
    /// Files that came with it and were not kept.
    pub not_kept: Vec<NotKept>,
    /// When an answer to it was promised for.
    pub due_at: Option<Micros>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Author {
    Customer,
    /// By id; `None`: from the command line, by whoever did not say.
    Staff(Option<String>),
    /// The program, for staff.
    System,
}

impl Author {
    /// What is stored: the kind, and the id where there is one.
    pub fn words(&self) -> (&'static str, Option<&str>) {
        match self {
            Self::Customer => ("customer", None),
            Self::Staff(id) => ("staff", id.as_deref()),
            Self::System => ("system", None),
        }
    }

    pub fn parse(kind: &str, id: Option<String>) -> Option<Self> {
        match kind {
            "customer" => Some(Self::Customer),
            "staff" => Some(Self::Staff(id)),
            "system" => Some(Self::System),
            _ => None,
        }
    }
}

/// Who sees a message. Stored with it, so that a new channel which says nothing is seen by staff alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Audience {
    /// Whoever has a right to the ticket.
    Filer,
    /// Whoever has shown that they read the mailbox of its address.
    Mailbox,
    Staff,
}

words!(Audience { Filer => "filer", Mailbox => "mailbox", Staff => "staff" });

impl Audience {
    /// Whether a reader with a right to the ticket sees it: `of_mailbox` if they have shown that they read the mailbox.
    pub fn is_seen(self, of_mailbox: bool) -> bool {
        match self {
            Self::Filer => true,
            Self::Mailbox => of_mailbox,
            Self::Staff => false,
        }
    }
}

/// How a message came in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Channel {
    /// The contact form.
    Form,
    /// The ticket's own page.
    Page,
    Email,
    /// The command line.
    Console,
    /// Staff, on the desk.
    Desk,
    /// By telephone; staff wrote it down.
    Phone,
}

words!(Channel { Form => "form", Page => "page", Email => "email", Console => "console", Desk => "desk", Phone => "phone" });

/// What the author of a ticket or of a message has shown of themselves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Proof {
    None,
    /// They are signed in.
    Session,
    /// They came by a link from an email to the ticket's address.
    MailboxLink,
    /// They wrote an email for whose sender the mail server vouches.
    VouchedEmail,
}

words!(Proof { None => "none", Session => "session", MailboxLink => "mailbox_link", VouchedEmail => "vouched_email" });

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MessageKind {
    Customer,
    /// By staff, for the customer.
    Answer,
    /// For staff only.
    Note,
}

words!(MessageKind { Customer => "customer", Answer => "answer", Note => "note" });

impl Message {
    /// Whether its text is the Markdown of somebody at the desk; any other is plain text.
    pub fn is_rich(&self) -> bool {
        matches!(self.author, Author::Staff(_)) && self.channel == Channel::Desk
    }

    pub fn kind(&self) -> MessageKind {
        match (&self.author, self.audience) {
            (Author::Customer, _) => MessageKind::Customer,
            (Author::Staff(_), Audience::Filer | Audience::Mailbox) => MessageKind::Answer,
            _ => MessageKind::Note,
        }
    }
}
