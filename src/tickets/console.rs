//! Tickets on the command line, for staff. What customers typed is printed so that it can't steer the terminal.

pub mod act;
pub mod letters;
pub mod privacy;

use std::fmt::Write;

use super::model::{EntryKind, Rating, Reference, Ticket};
use super::{TicketError, Tickets};
use crate::clock::Micros;
use crate::i18n::Lang;

/// The newest tickets, a line each.
pub async fn list(tickets: &Tickets, held: bool, limit: u32) -> Result<String, TicketError> {
    let found = tickets.list(held, limit).await?;
    if found.is_empty() {
        return Ok(if held { "No ticket is kept aside.\n".into() } else { "There are no tickets.\n".into() });
    }
    let mut text = format!("{:<11}  {:<16}  {:<9}  {:<4}  {:<30}  SUBJECT\n", "REFERENCE", "RECEIVED", "STATUS", "LANG", "FROM");
    for ticket in &found {
        let _ = writeln!(
            text,
            "{:<11}  {:<16}  {:<9}  {:<4}  {:<30}  {}",
            ticket.key.reference.as_str(),
            moment(tickets, ticket.created_at),
            ticket.held.map_or(ticket.status.word(), |held| held.word()),
            ticket.lang.code(),
            printable(&ticket.email),
            printable(&ticket.subject)
        );
    }
    Ok(text)
}

/// One ticket with all that was said.
pub async fn show(tickets: &Tickets, reference: &Reference) -> Result<String, TicketError> {
    let (ticket, entries) = tickets.get_for_staff(reference).await?;
    let files = tickets.files_for_staff(reference).await?;
    let follows = tickets.followed(&ticket).await?;
    let not_verified = tickets.letters_not_verified(&ticket).await?;
    let mut text = head(tickets, &ticket, follows.as_ref());
    for entry in entries {
        let who = match entry.kind {
            EntryKind::Customer => printable(&ticket.name),
            EntryKind::Answer => by("Support", entry.author.as_deref()),
            EntryKind::Note => by("Note (internal)", entry.author.as_deref()),
        };
        let mark = if not_verified.contains(&entry.id) { " · by mail, sender not verified" } else { "" };
        let _ = writeln!(text, "\n{} · {who}{mark}", moment(tickets, entry.at));
        for line in entry.body.lines() {
            let _ = writeln!(text, "    {}", printable(line));
        }
        for line in entry.cut_off.iter().flat_map(|cut_off| cut_off.lines()) {
            let _ = writeln!(text, "    | {}", printable(line));
        }
        for file in files.iter().filter(|file| file.entry.as_ref() == Some(&entry.id)) {
            let _ = writeln!(text, "    + {}  {}  {}", file.id, Lang::En.bytes(file.bytes), printable(&file.name));
        }
    }
    Ok(text)
}

/// Lets a ticket that was kept aside into the queue.
pub async fn release(tickets: &Tickets, reference: &Reference) -> Result<String, TicketError> {
    Ok(if tickets.release(reference).await? {
        format!("{reference} is in the queue now; its mails will leave.\n")
    } else {
        format!("{reference} was in the queue already.\n")
    })
}

fn by(what: &str, author: Option<&str>) -> String {
    author.map_or_else(|| what.to_owned(), |author| format!("{what}, {}", printable(author)))
}

fn stars(rating: &Rating) -> String {
    let text = rating.text.as_deref().map(|text| format!(": {}", printable(text))).unwrap_or_default();
    format!("{} of 5{text}", rating.stars)
}

fn head(tickets: &Tickets, ticket: &Ticket, follows: Option<&Reference>) -> String {
    let none = || "-".to_owned();
    let lines = [
        ("Ticket", ticket.key.reference.to_string()),
        ("Subject", printable(&ticket.subject)),
        ("From", format!("{} <{}>", printable(&ticket.name), printable(&ticket.email))),
        ("Status", ticket.status.word().to_owned()),
        ("Urgency", ticket.urgency.word().to_owned()),
        ("Verified", ticket.verified_at.map_or_else(|| "no: the address is not proved".into(), |at| moment(tickets, at))),
        ("Kept aside", ticket.held.map_or_else(none, |held| held.word().to_owned())),
        ("Received", moment(tickets, ticket.created_at)),
        ("Answer due", moment(tickets, ticket.answer_due_at)),
        ("Solved", ticket.solved_at.map_or_else(none, |at| moment(tickets, at))),
        ("Rating", ticket.rating.as_ref().map_or_else(none, stars)),
        ("Goes on with", follows.map_or_else(none, Reference::to_string)),
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

/// In the help centre's zone, to the minute.
fn moment(tickets: &Tickets, at: Micros) -> String {
    at.timestamp().to_zoned(tickets.time_zone().clone()).strftime("%Y-%m-%d %H:%M").to_string()
}

/// One line of a customer's text with everything made visible that would move the cursor, colour the screen or turn the line around.
fn printable(text: &str) -> String {
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
