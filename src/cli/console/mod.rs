//! Tickets on the command line, for staff. What customers typed is printed so that it can't steer the terminal.

pub mod act;
pub mod inbound;
pub mod privacy;

use std::fmt::Write;

use crate::clock::Micros;
use crate::error::ServiceError;
use crate::events::{Actor, Event};
use crate::files::kinds::Kind as FileKind;
use crate::i18n::Lang;
use crate::rooms::Rooms;
use crate::tickets::Queue;
use crate::tickets::model::{Author, Channel, Message, MessageKind, Proof, QuarantineReason, Rating, Reference, Ticket};

/// The newest tickets, a line each.
pub async fn list(rooms: &Rooms, queue: Queue, limit: u32) -> Result<String, ServiceError> {
    let found = rooms.tickets.read().list(queue, limit).await?;
    if found.is_empty() {
        return Ok(match queue {
            Queue::Newest => "There are no tickets.\n",
            Queue::Quarantine => "No tickets in quarantine.\n",
            Queue::Due => "No ticket waits for a reply.\n",
        }
        .into());
    }
    let mut text = format!("{:<11}  {:<16}  {:<9}  {:<4}  {:<30}  SUBJECT\n", "REFERENCE", "RECEIVED", "STATUS", "LANG", "FROM");
    for ticket in &found {
        let _ = writeln!(
            text,
            "{:<11}  {:<16}  {:<9}  {:<4}  {:<30}  {}",
            ticket.key.reference.as_str(),
            moment(rooms, ticket.created_at),
            ticket.quarantine.map_or(ticket.status.word(), QuarantineReason::word),
            ticket.lang.code(),
            printable(&ticket.email),
            printable(&ticket.subject)
        );
    }
    Ok(text)
}

/// One ticket with all that was said, and what happened to it.
pub async fn show(rooms: &Rooms, reference: &Reference) -> Result<String, ServiceError> {
    let (ticket, messages) = rooms.tickets.read().for_staff(reference).await?;
    let files = rooms.files.of_ticket(&ticket.key.id).await?;
    let follow_up_of = match &ticket.follow_up_of {
        Some(earlier) => rooms.tickets.read().find_by_id(earlier).await?.map(|earlier| earlier.key.reference),
        None => None,
    };
    let assignee = match &ticket.assignee {
        Some(id) => rooms.staff.name(id).await?,
        None => None,
    };
    let mut text = head(rooms, &ticket, follow_up_of.as_ref(), assignee.as_deref());
    for message in messages {
        let who = author(rooms, &ticket, &message).await?;
        let mark = match (message.author == Author::Customer, message.proof, message.channel) {
            (true, Proof::None, Channel::Email) => " · by email, sender not verified",
            (true, Proof::None, _) => " · not verified",
            (true, _, _) => " · verified",
            (false, ..) => "",
        };
        let _ = writeln!(text, "\n{} · {who}{mark}", moment(rooms, message.at));
        for line in message.body.lines() {
            let _ = writeln!(text, "    {}", printable(line));
        }
        for line in message.cut_off.iter().flat_map(|cut_off| cut_off.lines()) {
            let _ = writeln!(text, "    | {}", printable(line));
        }
        for file in files.iter().filter(|file| file.message.as_ref() == Some(&message.id)) {
            // Pictures are written anew and texts read; a PDF is what its sender made of it.
            let mark = if file.media_type == FileKind::Pdf.media_type() { "  (as it was sent: open it with care)" } else { "" };
            let _ = writeln!(text, "    + {}  {}  {}{mark}", file.id, Lang::En.bytes(file.bytes), printable(&file.name));
        }
    }
    text.push_str("\nHistory\n");
    for event in rooms.events.of_ticket(&ticket.key.id).await? {
        let _ = writeln!(text, "    {} · {} · {}", moment(rooms, event.at), actor(rooms, &event.by).await?, happened(&event));
    }
    Ok(text)
}

async fn author(rooms: &Rooms, ticket: &Ticket, message: &Message) -> Result<String, ServiceError> {
    let named = |what: &str, name: Option<String>| name.map_or_else(|| what.to_owned(), |name| format!("{what}, {}", printable(&name)));
    let name = match &message.author {
        Author::Staff(Some(id)) => rooms.staff.name(id).await?,
        _ => None,
    };
    Ok(match message.kind() {
        MessageKind::Customer => named("Customer", Some(ticket.name.clone())),
        MessageKind::Answer => named("Support", name),
        MessageKind::Note => named("Note (internal)", name),
    })
}

async fn actor(rooms: &Rooms, by: &Actor) -> Result<String, ServiceError> {
    Ok(match by {
        Actor::Staff(id) => rooms.staff.name(id).await?.map_or_else(|| "staff".to_owned(), |name| printable(&name)),
        other => other.words().0.to_owned(),
    })
}

/// What happened, with what changed to what, as it is stored: words of the program only.
fn happened(event: &Event) -> String {
    let changed = ["status", "priority", "assignee", "tags", "quarantine", "proof", "rating"];
    let words = changed.into_iter().filter_map(|name| {
        let value = event.data.get(name).filter(|value| !value.is_null())?;
        Some(format!(" {name}={}", value.as_str().map_or_else(|| value.to_string(), str::to_owned)))
    });
    format!("{}{}", event.kind.word(), words.collect::<String>())
}

/// Lets a ticket out of quarantine into the queue.
pub async fn release(rooms: &Rooms, reference: &Reference, by: &Actor) -> Result<String, ServiceError> {
    Ok(if rooms.tickets.triage().release(reference, by).await? {
        format!("{reference} is now in the queue; its emails will be sent.\n")
    } else {
        format!("{reference} was already in the queue.\n")
    })
}

/// Makes all links to a ticket void.
pub async fn revoke_links(rooms: &Rooms, reference: &Reference, by: &Actor) -> Result<String, ServiceError> {
    rooms.tickets.revoke_links(reference, by).await?;
    Ok(format!("Every link and cookie that opened {reference} is void. Emails from now on carry new links.\n"))
}

fn stars(rating: &Rating) -> String {
    let comment = rating.comment.as_deref().map(|comment| format!(": {}", printable(comment))).unwrap_or_default();
    format!("{} of 5{comment}", rating.stars)
}

fn head(rooms: &Rooms, ticket: &Ticket, follow_up_of: Option<&Reference>, assignee: Option<&str>) -> String {
    let none = || "-".to_owned();
    let verified = if ticket.proof == Proof::None { "no: email address not confirmed".to_owned() } else { ticket.proof.word().to_owned() };
    let lines = [
        ("Ticket", ticket.key.reference.to_string()),
        ("Subject", printable(&ticket.subject)),
        ("From", format!("{} <{}>", printable(&ticket.name), printable(&ticket.email))),
        ("Status", ticket.status.word().to_owned()),
        ("Priority", ticket.priority.word().to_owned()),
        ("Assignee", assignee.map_or_else(none, printable)),
        ("Tags", if ticket.tags.is_empty() { none() } else { printable(&ticket.tags.join(", ")) }),
        ("Snoozed", ticket.snoozed_until.map_or_else(none, |at| moment(rooms, at))),
        ("Verified", verified),
        ("Quarantined", ticket.quarantine.map_or_else(none, |reason| reason.word().to_owned())),
        ("Received", moment(rooms, ticket.created_at)),
        ("Reply due", ticket.due_at.map_or_else(none, |at| moment(rooms, at))),
        ("Solved", ticket.solved_at.map_or_else(none, |at| moment(rooms, at))),
        ("Rating", ticket.rating.as_ref().map_or_else(none, stars)),
        ("Follow-up of", follow_up_of.map_or_else(none, Reference::to_string)),
        ("Language", ticket.lang.code().to_owned()),
        ("Reason", ticket.reason.as_deref().map_or_else(none, printable)),
        ("Article", ticket.article.as_ref().map_or_else(none, |article| printable(article.as_str()))),
        ("Code", ticket.code.as_deref().map_or_else(none, printable)),
    ];
    lines.into_iter().fold(String::new(), |mut text, (label, value)| {
        let _ = writeln!(text, "{label:<12} {value}");
        text
    })
}

/// In the help center's zone, to the minute.
pub(super) fn moment(rooms: &Rooms, at: Micros) -> String {
    at.timestamp().to_zoned(rooms.events.zone().zone().clone()).strftime("%Y-%m-%d %H:%M").to_string()
}

/// One line of a customer's text with everything made visible that would move the cursor, color the screen or turn the line around.
pub(super) fn printable(text: &str) -> String {
    let steers = |char: char| {
        char.is_control()
            || matches!(char, '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{e0000}'..='\u{e007f}')
    };
    text.chars().fold(String::new(), |mut line, char| {
        match char {
            '\t' => line.push(' '),
            char if steers(char) => line.extend(char.escape_unicode()),
            char => line.push(char),
        }
        line
    })
}

#[cfg(test)]
mod tests {
    use super::printable;

    #[test]
    fn text_can_not_steer_the_terminal() {
        assert_eq!(printable("a\u{1b}[2Jb\rc\u{7}\u{9b}31m"), "a\\u{1b}[2Jb\\u{d}c\\u{7}\\u{9b}31m");
        assert_eq!(printable("invoice\u{202e}fdp.exe"), "invoice\\u{202e}fdp.exe");
        assert_eq!(printable("olá,\tçã \u{1f600}"), "olá, çã \u{1f600}");
    }
}
