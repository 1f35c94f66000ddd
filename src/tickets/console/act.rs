//! What staff do to a ticket on the command line.

use super::moment;
use crate::tickets::model::{Event, Message, NewEntry, Promised, Reference, Status, Urgency, Via};
use crate::tickets::{TicketError, Tickets};

/// Why nothing was done, in words for the terminal.
#[derive(Debug, thiserror::Error)]
pub enum ActError {
    #[error("The text is empty, or longer than {0} characters.")]
    Text(usize),
    #[error("{0}")]
    NotNow(String),
    #[error("{0}")]
    Failed(#[from] TicketError),
}

/// Answers the customer.
pub async fn reply(tickets: &Tickets, reference: &Reference, text: &str, author: Option<String>) -> Result<String, ActError> {
    match tickets.answer(reference, &entry(text, author)?).await {
        Err(TicketError::NotNow) => Err(ActError::NotNow(why_no_answer(tickets, reference).await?)),
        result => Ok(result.map(|_| format!("{reference} is answered; the mail will leave.\n"))?),
    }
}

/// Writes something down for staff.
pub async fn note(tickets: &Tickets, reference: &Reference, text: &str, author: Option<String>) -> Result<String, ActError> {
    tickets.note(reference, &entry(text, author)?).await?;
    Ok(format!("The note is in {reference}. The customer doesn't see it.\n"))
}

/// Moves a ticket to a status that staff can set.
pub async fn status(tickets: &Tickets, reference: &Reference, event: Event) -> Result<String, ActError> {
    match tickets.happens(reference, event).await {
        Err(TicketError::NotNow) => {
            let (ticket, _) = tickets.get_for_staff(reference).await?;
            Err(ActError::NotNow(format!("{reference} is {:?} and can't be moved there.", ticket.status.word())))
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

fn entry(text: &str, author: Option<String>) -> Result<NewEntry, ActError> {
    let body = Message::parse_reply(text).map_err(|_| ActError::Text(crate::tickets::model::MESSAGE_MAX_CHARS))?;
    Ok(NewEntry { via: Via::Console, body, cut_off: None, author })
}

async fn why_no_answer(tickets: &Tickets, reference: &Reference) -> Result<String, TicketError> {
    let (ticket, _) = tickets.get_for_staff(reference).await?;
    Ok(match ticket.held {
        Some(_) => format!("{reference} is kept aside. Let it into the queue first: ajuda tickets release {reference}"),
        None => format!("{reference} is {:?} and can't be answered.", ticket.status.word()),
    })
}
