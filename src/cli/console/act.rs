//! What staff do to a ticket on the command line.

use std::io::Read;
use std::path::PathBuf;

use super::{moment, printable};
use crate::clock::Micros;
use crate::error::ServiceError;
use crate::events::Actor;
use crate::files::Attachment;
use crate::i18n::Lang;
use crate::intake::StaffMessage;
use crate::rooms::Rooms;
use crate::site::files::problem_texts;
use crate::staff::Member;
use crate::tickets::model::{MESSAGE_MAX_CHARS, MessageBody, Priority, Promised, Reference, Status, Tag, Transition};

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
    Failed(#[from] ServiceError),
}

/// What staff say, and with which files.
#[derive(Debug, Clone, Default)]
pub struct Said {
    pub text: String,
    pub files: Vec<PathBuf>,
}

/// Answers the customer.
pub async fn reply(rooms: &Rooms, reference: &Reference, by: Actor, said: Said) -> Result<String, ActError> {
    let (body, files) = taken(rooms, reference, said).await?;
    match rooms.intake.write_as_staff(StaffMessage { by, reference, is_note: false, body, files: &files }).await {
        Err(ServiceError::NotNow) => Err(ActError::NotNow(why_no_answer(rooms, reference).await?)),
        result => Ok(result.map(|_| format!("{reference} is answered{}; the email will be sent.\n", with_files(files.len())))?),
    }
}

/// Writes something down for staff.
pub async fn note(rooms: &Rooms, reference: &Reference, by: Actor, said: Said) -> Result<String, ActError> {
    let (body, files) = taken(rooms, reference, said).await?;
    rooms.intake.write_as_staff(StaffMessage { by, reference, is_note: true, body, files: &files }).await?;
    Ok(format!("The note is in {reference}{}. The customer doesn't see it.\n", with_files(files.len())))
}

/// Moves a ticket to a status that staff can set.
pub async fn status(rooms: &Rooms, reference: &Reference, by: &Actor, transition: Transition) -> Result<String, ActError> {
    match rooms.tickets.transition(reference, transition, by).await {
        Err(ServiceError::NotNow) => {
            let ticket = rooms.tickets.read().find(reference).await?;
            Err(ActError::NotNow(format!("{reference} is {:?}: it can't be moved to that status from there.", ticket.status.word())))
        }
        result => Ok(format!("{reference} is {:?} now.\n", result?.status.word())),
    }
}

/// Decides how urgent a ticket is, and says what becomes of the promise.
pub async fn priority(rooms: &Rooms, reference: &Reference, by: &Actor, priority: Priority) -> Result<String, ActError> {
    let promise = match rooms.tickets.triage().set_priority(reference, priority, by).await? {
        Promised::Sooner(due) => format!("The reply is due earlier now: {}.", moment(rooms, due)),
        Promised::Kept(due) => format!("The reply stays promised for {}.", moment(rooms, due)),
        Promised::Nothing => "No reply is due: nothing else changes.".to_owned(),
    };
    Ok(format!("The priority of {reference} is {:?} now. {promise}\n", priority.word()))
}

/// Gives a ticket to somebody of the team, or to nobody.
pub async fn assign(rooms: &Rooms, reference: &Reference, by: &Actor, to: Option<&Member>) -> Result<String, ActError> {
    rooms.tickets.triage().assign(reference, to.map(|member| member.id.as_str()), by).await?;
    let who = to.map_or_else(|| "nobody".to_owned(), |member| printable(&member.name));
    Ok(format!("{reference} is assigned to {who}.\n"))
}

/// Puts tags on a ticket, in place of those that it has.
pub async fn tag(rooms: &Rooms, reference: &Reference, by: &Actor, tags: &[Tag]) -> Result<String, ActError> {
    let ticket = rooms.tickets.triage().tag(reference, tags, by).await?;
    let words = if ticket.tags.is_empty() { "no tags".to_owned() } else { format!("tags: {}", ticket.tags.join(", ")) };
    Ok(format!("{reference} has {words}.\n"))
}

/// Puts a ticket off for some days.
pub async fn snooze(rooms: &Rooms, reference: &Reference, by: &Actor, days: u16) -> Result<String, ActError> {
    let until = (days > 0).then(|| rooms.clock.now().plus(i64::from(days) * Micros::DAY));
    rooms.tickets.triage().snooze(reference, until, by).await?;
    Ok(match until {
        Some(until) => format!("{reference} is snoozed until {}.\n", moment(rooms, until)),
        None => format!("{reference} is not snoozed any more.\n"),
    })
}

/// What moves a ticket to the status that staff name; the others come about by what is said.
pub fn transition_to(word: &str) -> Option<Transition> {
    match Status::parse(word)? {
        Status::Open => Some(Transition::Opened),
        Status::Solved => Some(Transition::Solved),
        Status::Closed => Some(Transition::Closed),
        Status::New | Status::Pending => None,
    }
}

/// The message, and its files as they are kept: cleaned as those of customers are. Whether there is such a ticket comes first.
async fn taken(rooms: &Rooms, reference: &Reference, said: Said) -> Result<(MessageBody, Vec<(Attachment, String)>), ActError> {
    let body = MessageBody::parse_reply(&said.text).map_err(|_| ActError::Text(MESSAGE_MAX_CHARS))?;
    if said.files.is_empty() {
        return Ok((body, Vec::new()));
    }
    rooms.tickets.read().find(reference).await?;
    let settings = rooms.files.settings();
    let mut files = Vec::new();
    for path in said.files {
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let limit = u64::try_from(settings.file_max_bytes).unwrap_or(u64::MAX);
        let bytes = read(&path, limit).map_err(|error| ActError::File(format!("{} can't be read ({error}). Nothing was said.", path.display())))?;
        files.push((name, bytes));
    }
    let taken = rooms.files.take_from_staff(files).await?;
    match problem_texts(Lang::En, settings, &taken).as_slice() {
        [] => Ok((body, taken.kept)),
        problems => Err(ActError::File(format!("{} Nothing was said.", printable(&problems.join(" "))))),
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

async fn why_no_answer(rooms: &Rooms, reference: &Reference) -> Result<String, ServiceError> {
    let ticket = rooms.tickets.read().find(reference).await?;
    Ok(match ticket.quarantine {
        Some(_) => format!("{reference} is in quarantine. Let it into the queue first: ajuda tickets release {reference}"),
        None => format!("{reference} is {:?} and can't be answered.", ticket.status.word()),
    })
}
