//! What staff do to a ticket on the command line.

use std::io::Read;
use std::path::PathBuf;

use super::moment;
use crate::i18n::Lang;
use crate::tickets::attachments::Attachment;
use crate::tickets::model::{Event, Message, NewEntry, Promised, Reference, Status, Urgency, Via};
use crate::tickets::pages::files::problem_texts;
use crate::tickets::{TicketError, Tickets};

/// Why nothing was done, in words for the terminal.
#[derive(Debug, thiserror::Error)]
pub enum ActError {
    #[error("The text is empty, or longer than {0} characters.")]
    Text(usize),
    #[error("{0}")]
    NotNow(String),
    /// Nothing is said where a file that belongs to it is missing.
    #[error("{0}")]
    File(String),
    #[error("{0}")]
    Failed(#[from] TicketError),
}

/// What staff say, and with which files.
#[derive(Debug, Clone, Default)]
pub struct Said {
    pub text: String,
    pub author: Option<String>,
    pub files: Vec<PathBuf>,
}

/// Answers the customer.
pub async fn reply(tickets: &Tickets, reference: &Reference, said: Said) -> Result<String, ActError> {
    let (entry, files) = taken(tickets, reference, said).await?;
    match tickets.answer_with(reference, &entry, &files).await {
        Err(TicketError::NotNow) => Err(ActError::NotNow(why_no_answer(tickets, reference).await?)),
        result => Ok(result.map(|_| format!("{reference} is answered{}; the mail will leave.\n", with_files(files.len())))?),
    }
}

/// Writes something down for staff.
pub async fn note(tickets: &Tickets, reference: &Reference, said: Said) -> Result<String, ActError> {
    let (entry, files) = taken(tickets, reference, said).await?;
    tickets.note_with(reference, &entry, &files).await?;
    Ok(format!("The note is in {reference}{}. The customer doesn't see it.\n", with_files(files.len())))
}

/// Moves a ticket to a status that staff can set.
pub async fn status(tickets: &Tickets, reference: &Reference, event: Event) -> Result<String, ActError> {
    match tickets.happens(reference, event).await {
        Err(TicketError::NotNow) => {
            let (ticket, _) = tickets.get_for_staff(reference).await?;
            Err(ActError::NotNow(format!("{reference} is {:?}: it can't be moved to that status from there.", ticket.status.word())))
        }
        result => Ok(format!("{reference} is {:?} now.\n", result?.status.word())),
    }
}

/// Decides how pressing a ticket is, and says what becomes of the promise.
pub async fn urgency(tickets: &Tickets, reference: &Reference, urgency: Urgency) -> Result<String, ActError> {
    let promise = match tickets.set_urgency(reference, urgency).await? {
        Promised::Sooner(due) => format!("The answer is due earlier now: {}.", moment(tickets, due)),
        Promised::Kept(due) => format!("The answer stays promised for {}.", moment(tickets, due)),
        Promised::Answered => "It is answered already: nothing else changes.".to_owned(),
    };
    Ok(format!("The urgency of {reference} is {:?} now. {promise}\n", urgency.word()))
}

/// What moves a ticket to the status that staff name; the others come about by what is said.
pub fn event_of(word: &str) -> Option<Event> {
    match Status::parse(word)? {
        Status::LookedAt => Some(Event::TakenUp),
        Status::Solved => Some(Event::Solved),
        Status::Closed => Some(Event::Closed),
        Status::Received | Status::Waiting => None,
    }
}

/// The entry, and its files as they are kept: cleaned as those of customers are. Whether there is such a ticket comes first.
async fn taken(tickets: &Tickets, reference: &Reference, said: Said) -> Result<(NewEntry, Vec<(Attachment, String)>), ActError> {
    let body = Message::parse_reply(&said.text).map_err(|_| ActError::Text(crate::tickets::model::MESSAGE_MAX_CHARS))?;
    let entry = NewEntry { via: Via::Console, body, cut_off: None, author: said.author };
    if said.files.is_empty() {
        return Ok((entry, Vec::new()));
    }
    tickets.get_for_staff(reference).await?;
    let mut files = Vec::new();
    for path in said.files {
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let limit = u64::try_from(tickets.0.attachments.file_max_bytes).unwrap_or(u64::MAX);
        let bytes = read(&path, limit).map_err(|error| ActError::File(format!("{} can't be read ({error}). Nothing was said.", path.display())))?;
        files.push((name, bytes));
    }
    let taken = tickets.take_files_of_staff(files).await?;
    match problem_texts(Lang::En, &tickets.0.attachments, &taken).as_slice() {
        [] => Ok((entry, taken.kept)),
        problems => Err(ActError::File(format!("{} Nothing was said.", super::printable(&problems.join(" "))))),
    }
}

/// At most one byte more than is taken, so that it shows.
fn read(path: &std::path::Path, max_bytes: u64) -> std::io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    std::fs::File::open(path)?.take(max_bytes.saturating_add(1)).read_to_end(&mut bytes)?;
    Ok(bytes)
}

fn with_files(count: usize) -> String {
    match count {
        0 => String::new(),
        1 => " with one file".into(),
        more => format!(" with {more} files"),
    }
}

async fn why_no_answer(tickets: &Tickets, reference: &Reference) -> Result<String, TicketError> {
    let (ticket, _) = tickets.get_for_staff(reference).await?;
    Ok(match ticket.held {
        Some(_) => format!("{reference} is kept aside. Let it into the queue first: ajuda tickets release {reference}"),
        None => format!("{reference} is {:?} and can't be answered.", ticket.status.word()),
    })
}
