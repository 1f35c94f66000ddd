//! Letters that wait, on the command line.

use std::fmt::Write;

use super::act::ActError;
use super::{moment, printable};
use crate::clock::Micros;
use crate::tickets::letters::{Fate, Why};
use crate::tickets::{TicketError, Tickets};

/// What waits, a line each.
pub async fn list(tickets: &Tickets, limit: u32) -> Result<String, ActError> {
    let waiting = tickets.letters_waiting(limit).await?;
    if waiting.is_empty() {
        return Ok("No letter waits.\n".into());
    }
    let mut text = format!("{:<26}  {:<16}  {:<9}  {:<11}  {:<30}  SUBJECT\n", "LETTER", "TAKEN", "WHY", "TICKET", "FROM");
    for row in &waiting {
        let verified = if row.authenticated == 0 { " (not verified)" } else { "" };
        let _ = writeln!(
            text,
            "{:<26}  {:<16}  {:<9}  {:<11}  {:<30}  {}",
            row.id,
            moment(tickets, Micros(row.taken_at)),
            row.reason.as_deref().unwrap_or("-"),
            row.reference.as_deref().unwrap_or("-"),
            format!("{}{verified}", if row.email_key.is_empty() { "-".into() } else { printable(&row.email_key) }),
            printable(row.subject.as_deref().unwrap_or_default())
        );
    }
    text.push_str("\nsender: it names a ticket of another address; token: the address that it was sent to is forged or was revoked;\nnobody: no sender, or more than one; too_many: too many of one sender, or of senders not verified, in an hour; broken; too_large.\n");
    Ok(text)
}

/// What one says.
pub async fn show(tickets: &Tickets, id: &str) -> Result<String, ActError> {
    let text = tickets.letter_text(id).await.map_err(not_there)?;
    Ok(match text {
        Some(text) => text.lines().fold(String::new(), |mut shown, line| {
            let _ = writeln!(shown, "    {}", printable(line));
            shown
        }),
        None => "This letter can't be read.\n".into(),
    })
}

/// Lets one into the ticket that it names, or lets it open one.
pub async fn accept(tickets: &Tickets, id: &str) -> Result<String, ActError> {
    match tickets.accept_letter(id).await {
        Ok(Fate::Opened) => Ok("The letter opened a ticket.\n".into()),
        Ok(Fate::Waits(Why::TooMany)) => Err(ActError::NotNow("Too many tickets of this sender in this hour; try again in the next.".into())),
        Ok(Fate::Known) => Err(not_there(TicketError::NotFound)),
        Ok(_) => Ok("The letter is in its ticket.\n".into()),
        Err(TicketError::NotNow) => {
            Err(ActError::NotNow("This letter has no sender who could be answered. Read it in the mailbox, or drop it.".into()))
        }
        Err(error) => Err(not_there(error)),
    }
}

/// Drops one. The original stays in the mailbox.
pub async fn drop(tickets: &Tickets, id: &str) -> Result<String, ActError> {
    tickets.drop_letter(id).await.map_err(not_there)?;
    Ok("The letter is dropped; the original is still in the mailbox.\n".into())
}

fn not_there(error: TicketError) -> ActError {
    match error {
        TicketError::NotFound => ActError::NotNow("No such letter waits. `ajuda tickets letters` names those that do.".into()),
        other => ActError::Failed(other),
    }
}
