//! What a ticket is made of. No input or output here.

use crate::articles::model::ArticleId;
use crate::clock::Micros;
use crate::i18n::Lang;

pub use super::attachments::Attachment;
pub use super::guard::Held;
pub use super::live::Seen;
pub use super::promise::Calendar;
pub use super::urgency::Promised;
pub use super::values::*;

/// No vowels, so that no word comes about; no two characters that look or sound alike.
const REFERENCE_ALPHABET: &[u8; 24] = b"23456789CDFGHJKMNPQRTVWX";
const REFERENCE_CHARS: usize = 9;

/// What customer and staff call a ticket, `K7M-4QX-92P`. It can't be guessed, but it is no secret: a link is.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Reference(String);

impl Reference {
    /// A new one; `None` when the system has no random numbers.
    pub fn random() -> Option<Self> {
        let mut chars = String::new();
        while chars.len() < REFERENCE_CHARS {
            let mut byte = [0];
            getrandom::fill(&mut byte).ok()?;
            // 240 is the last multiple of 24 in a byte: above it, some characters would be likelier.
            if byte[0] < 240 {
                chars.push(char::from(REFERENCE_ALPHABET[usize::from(byte[0] % 24)]));
            }
        }
        Self::parse(&chars)
    }

    /// Forgives small letters, missing or other separators, and characters that are never used but look like one that is.
    pub fn parse(typed: &str) -> Option<Self> {
        let mut chars = String::new();
        for char in typed.chars().filter(|char| !char.is_whitespace() && !matches!(char, '-' | '.' | '_' | '\u{2010}'..='\u{2015}')) {
            let char = match char.to_ascii_uppercase() {
                'B' => '8',
                'S' => '5',
                'Z' => '2',
                other => other,
            };
            if !char.is_ascii() || !REFERENCE_ALPHABET.contains(&(char as u8)) || chars.len() == REFERENCE_CHARS {
                return None;
            }
            chars.push(char);
        }
        (chars.len() == REFERENCE_CHARS).then(|| Self(format!("{}-{}-{}", &chars[..3], &chars[3..6], &chars[6..])))
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Display for Reference {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

/// Where a ticket stands, in the words that the customer reads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Status {
    Received,
    LookedAt,
    /// Staff wait for the customer.
    Waiting,
    Solved,
    Closed,
}

/// What moves a ticket from one status to another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Event {
    TakenUp,
    Answered,
    CustomerWrote,
    Solved,
    Closed,
}

impl Status {
    pub const ALL: [Self; 5] = [Self::Received, Self::LookedAt, Self::Waiting, Self::Solved, Self::Closed];

    /// The only moves there are; `None` where an event can't happen.
    pub fn after(self, event: Event) -> Option<Self> {
        match (self, event) {
            (Self::Closed, _) => None,
            (_, Event::Closed) => Some(Self::Closed),
            (Self::Received, Event::TakenUp) => Some(Self::LookedAt),
            (Self::Received | Self::LookedAt | Self::Waiting | Self::Solved, Event::Answered) => Some(Self::Waiting),
            // What nobody has looked at stays "received", however often the customer writes.
            (Self::Received, Event::CustomerWrote) => Some(Self::Received),
            (Self::LookedAt | Self::Waiting | Self::Solved, Event::CustomerWrote) => Some(Self::LookedAt),
            (Self::Received | Self::LookedAt | Self::Waiting, Event::Solved) => Some(Self::Solved),
            (Self::LookedAt | Self::Waiting | Self::Solved, Event::TakenUp) | (Self::Solved, Event::Solved) => None,
        }
    }

    /// The word that is stored.
    pub fn word(self) -> &'static str {
        match self {
            Self::Received => "received",
            Self::LookedAt => "looked_at",
            Self::Waiting => "waiting",
            Self::Solved => "solved",
            Self::Closed => "closed",
        }
    }

    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|status| status.word() == word)
    }
}

/// How pressing a ticket is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Urgency {
    Low,
    #[default]
    Normal,
    High,
}

impl Urgency {
    pub const ALL: [Self; 3] = [Self::Low, Self::Normal, Self::High];

    /// The word that is stored.
    pub fn word(self) -> &'static str {
        match self {
            Self::Low => "low",
            Self::Normal => "normal",
            Self::High => "high",
        }
    }

    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|urgency| urgency.word() == word)
    }
}

/// A message as it comes out of the form, checked, not yet filed.
#[derive(Debug, Clone)]
pub struct Draft {
    pub lang: Lang,
    /// The article at whose end it was written.
    pub article: Option<ArticleId>,
    /// Id of the reason; `None` where the help centre has no reasons.
    pub reason: Option<String>,
    pub subject: Subject,
    pub name: PersonName,
    pub email: Email,
    pub code: Option<TransactionCode>,
    pub message: Message,
    /// The field that people can't see was filled in.
    pub trapped: bool,
    /// How long the form was open, as its page told; `None` where no script ran.
    pub seconds: Option<i64>,
}

/// What names a ticket to the parts that sign and check links.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TicketKey {
    pub id: String,
    pub reference: Reference,
    /// Raising it revokes every link and cookie made before.
    pub generation: i64,
}

/// The answer to a filed message.
#[derive(Debug, Clone)]
pub struct Filed {
    pub key: TicketKey,
    pub created_at: Micros,
    /// When the first answer is promised for.
    pub answer_due_at: Micros,
    /// The same message was filed before; this is its ticket.
    pub repeated: bool,
}

/// What both sides of a ticket share.
#[derive(Debug, Clone)]
pub struct Ticket {
    pub key: TicketKey,
    pub created_at: Micros,
    pub updated_at: Micros,
    pub status: Status,
    /// Kept aside, and why; no mail has left for it.
    pub held: Option<Held>,
    pub lang: Lang,
    pub article: Option<ArticleId>,
    pub reason: Option<String>,
    pub subject: String,
    pub name: String,
    pub email: String,
    pub code: Option<String>,
    pub answer_due_at: Micros,
    pub urgency: Urgency,
    /// When the address was proved to be the customer's.
    pub verified_at: Option<Micros>,
    /// When staff answered first.
    pub answered_at: Option<Micros>,
    /// When it was solved last; `None` while it is open.
    pub solved_at: Option<Micros>,
    /// Id of the ticket that this one goes on with.
    pub follows: Option<String>,
    pub rating: Option<Rating>,
}

/// A solved ticket is taken up again by a word of the customer for so long; afterwards a new one begins that goes on with it.
pub const REOPENED_WITHIN_DAYS: i64 = 14;

impl Ticket {
    /// Whether the promise of a first answer is still to be kept.
    pub fn awaits_first_answer(&self) -> bool {
        self.answered_at.is_none() && matches!(self.status, Status::Received | Status::LookedAt)
    }

    /// Whether the customer can still write in it.
    pub fn takes_messages(&self, now: Micros) -> bool {
        self.status != Status::Closed && self.solved_at.is_none_or(|solved| now < solved.plus(REOPENED_WITHIN_DAYS * Micros::DAY))
    }
}

/// What a customer says of the help.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rating {
    /// 1 to 5.
    pub stars: u8,
    pub text: Option<String>,
}

/// One thing said in a ticket.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    pub id: String,
    pub at: Micros,
    pub kind: EntryKind,
    pub via: Via,
    /// Plain text.
    pub body: String,
    /// What was cut off a mail: the text that it quotes, its signature.
    pub cut_off: Option<String>,
    /// Who of the staff wrote it.
    pub author: Option<String>,
}

/// How something said came in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Via {
    /// The contact form.
    Form,
    /// The ticket's own page.
    Page,
    /// The same, by somebody who had shown that they read the mailbox of its address: not for the eyes of whoever only filed it.
    ProvedPage,
    Mail,
    /// The command line.
    Console,
}

impl Via {
    /// The word that is stored.
    pub fn word(self) -> &'static str {
        match self {
            Self::Form => "form",
            Self::Page => "page",
            Self::ProvedPage => "proved_page",
            Self::Mail => "mail",
            Self::Console => "console",
        }
    }

    pub fn parse(word: &str) -> Option<Self> {
        [Self::Form, Self::Page, Self::ProvedPage, Self::Mail, Self::Console].into_iter().find(|via| via.word() == word)
    }
}

/// Something to be said in a ticket that exists.
#[derive(Debug, Clone)]
pub struct NewEntry {
    pub via: Via,
    pub body: Message,
    pub cut_off: Option<String>,
    /// Who of the staff writes; `None` for customers.
    pub author: Option<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EntryKind {
    Customer,
    /// By staff, for the customer.
    Answer,
    /// By staff, for staff only.
    Note,
}

impl EntryKind {
    /// The word that is stored.
    pub fn word(self) -> &'static str {
        match self {
            Self::Customer => "customer",
            Self::Answer => "answer",
            Self::Note => "note",
        }
    }

    pub fn parse(word: &str) -> Option<Self> {
        [Self::Customer, Self::Answer, Self::Note].into_iter().find(|kind| kind.word() == word)
    }
}

/// A ticket as one reader may see it.
#[derive(Debug, Clone)]
pub struct TicketView {
    pub ticket: Ticket,
    /// Oldest first; never a note.
    pub entries: Vec<Entry>,
    /// Those of the entries.
    pub files: Vec<Attachment>,
    /// Staff answered, but this reader has yet to prove that the address is theirs.
    pub answers_withheld: bool,
    /// The ticket that this one goes on with, and those that go on with this one.
    pub follows: Option<Reference>,
    pub followed_by: Vec<Reference>,
    /// By which the page knows later whether something is new.
    pub seen: Seen,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reference_is_understood_however_it_is_typed() {
        let reference = Reference("K7M-4QX-92P".to_owned());
        for typed in ["K7M-4QX-92P", " k7m 4qx 92p ", "k7m4qx92p", "K7M\u{2013}4QX\u{2013}92P", "k.7.m.4qx_92p"] {
            assert_eq!(Reference::parse(typed).as_ref(), Some(&reference), "{typed}");
        }
        assert_eq!(Reference::parse("z5bscd999").map(|reference| reference.0), Some("258-5CD-999".to_owned()));
        for bad in ["", "K7M-4QX-92", "K7M-4QX-92PP", "K7M-4QX-92é", "../../etc", "K7M-4QX-92A", &"K".repeat(100_000)] {
            assert_eq!(Reference::parse(bad), None);
        }
    }

    #[test]
    fn references_use_the_whole_alphabet_and_do_not_repeat() {
        let references: std::collections::HashSet<_> = (0..500).filter_map(|_| Reference::random()).map(|reference| reference.0).collect();
        assert_eq!(references.len(), 500);
        let seen: std::collections::HashSet<u8> = references.iter().flat_map(|reference| reference.bytes()).filter(|byte| *byte != b'-').collect();
        assert_eq!(seen.len(), REFERENCE_ALPHABET.len());
    }

    #[test]
    fn nothing_moves_a_closed_ticket_and_a_customer_who_writes_is_looked_at_again() {
        use Event::*;
        for event in [TakenUp, Answered, CustomerWrote, Solved, Closed] {
            assert_eq!(Status::Closed.after(event), None);
        }
        assert_eq!(Status::Received.after(Answered), Some(Status::Waiting));
        assert_eq!(Status::Solved.after(CustomerWrote), Some(Status::LookedAt));
        assert_eq!(Status::Received.after(CustomerWrote), Some(Status::Received));
        assert_eq!(Status::Solved.after(Solved), None);
    }

    #[test]
    fn stored_words_are_read_back() {
        for status in Status::ALL {
            assert_eq!(Status::parse(status.word()), Some(status));
        }
        assert_eq!(Status::parse("Received"), None);
    }
}
