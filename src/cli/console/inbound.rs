//! Incoming emails that have to be reviewed or were passed over, on the command line.

use std::fmt::Write;

use super::act::ActError;
use super::{moment, printable};
use crate::clock::Micros;
use crate::error::ServiceError;
use crate::events::Actor;
use crate::intake::inbound::{IntakeOutcome, ReviewReason, ReviewRow};
use crate::rooms::Rooms;

/// What has to be reviewed, and what was passed over in the last month, a line each.
pub async fn list(rooms: &Rooms, limit: u32) -> Result<String, ActError> {
    let (waiting, passed) = (rooms.inbound.in_review(limit).await?, rooms.inbound.passed_over(limit).await?);
    let mut text = String::new();
    if waiting.is_empty() {
        text.push_str("No incoming email has to be reviewed.\n");
    } else {
        text.push_str("To be reviewed:\n\n");
        rows(&mut text, rooms, &waiting);
        text.push_str(REASONS);
    }
    if !passed.is_empty() {
        text.push_str("\nPassed over, since no person wrote them (accept one that a person did write):\n\n");
        rows(&mut text, rooms, &passed);
        text.push_str(PASSED_REASONS);
    }
    Ok(text)
}

const REASONS: &str = "
sender: it names a ticket of another address; token: the address that it was sent to is forged or was revoked;
nobody: no sender, or more than one; automatic: several marks of a program; broken; too_large;
too_many: too many of one sender, or of senders not verified, in an hour.
";
const PASSED_REASONS: &str = "
own: we sent it ourselves; bounce: a mail server tells what became of an email; auto_reply: a program answers.
Listed for 30 days; the oldest can't be accepted any more once all of them together take up more than 1 GB.
";

fn rows(text: &mut String, rooms: &Rooms, emails: &[ReviewRow]) {
    let _ = writeln!(text, "{:<26}  {:<16}  {:<10}  {:<11}  {:<30}  SUBJECT", "EMAIL", "RECEIVED", "REASON", "TICKET", "FROM");
    for row in emails {
        let verified = if row.authenticated == 0 { " (not verified)" } else { "" };
        let _ = writeln!(
            text,
            "{:<26}  {:<16}  {:<10}  {:<11}  {:<30}  {}",
            row.id,
            moment(rooms, Micros(row.received_at)),
            row.reason.as_deref().unwrap_or("-"),
            row.reference.as_deref().unwrap_or("-"),
            format!("{}{verified}", row.address.as_deref().map_or_else(|| "-".into(), printable)),
            printable(row.subject.as_deref().unwrap_or_default())
        );
    }
}

/// What one says.
pub async fn show(rooms: &Rooms, id: &str) -> Result<String, ActError> {
    let text = rooms.inbound.text(id).await.map_err(not_there)?;
    Ok(match text {
        Some(text) => text.lines().fold(String::new(), |mut shown, line| {
            let _ = writeln!(shown, "    {}", printable(line));
            shown
        }),
        None => "This email can't be read.\n".into(),
    })
}

/// Lets one into the ticket that it names, or lets it open one.
pub async fn accept(rooms: &Rooms, id: &str, by: &Actor) -> Result<String, ActError> {
    match rooms.inbound.accept(id, by).await {
        Ok(IntakeOutcome::Opened) => Ok("The email opened a ticket.\n".into()),
        Ok(IntakeOutcome::Review(ReviewReason::TooMany)) => {
            Err(ActError::NotNow("Too many tickets of this sender in this hour; try again in the next.".into()))
        }
        Ok(IntakeOutcome::Known) => Err(not_there(ServiceError::NotFound)),
        Ok(_) => Ok("The email is in its ticket.\n".into()),
        Err(ServiceError::NotNow) => {
            Err(ActError::NotNow("This email has no sender who could be answered. Read it in the mailbox, or drop it.".into()))
        }
        Err(error) => Err(not_there(error)),
    }
}

/// Drops one. The original stays in the mailbox.
pub async fn drop(rooms: &Rooms, id: &str, by: &Actor) -> Result<String, ActError> {
    rooms.inbound.drop_email(id, by).await.map_err(not_there)?;
    Ok("The email is dropped; the original is still in the mailbox.\n".into())
}

fn not_there(error: ServiceError) -> ActError {
    match error {
        ServiceError::NotFound => ActError::NotNow("No such email is kept. `ajuda tickets inbound` lists those that are.".into()),
        other => ActError::Failed(other),
    }
}
