//! What is kept about an address, on the command line.

use std::fmt::Write;
use std::path::{Path, PathBuf};

use super::moment;
use crate::clock::Micros;
use crate::tickets::model::Email;
use crate::tickets::privacy::{ExportError, Kept};
use crate::tickets::{TicketError, Tickets};

/// What nobody can find by an address.
const NOT_ATTRIBUTABLE: &str = "Not to be found by an address, so untouched: \"was this helpful\" votes and their sentences (kept by network), \
what was searched for (kept without who asked), files of forms that were never sent (gone within 25 hours), mails that left already, what others \
wrote about the person, backups.\n";

/// Writes everything about an address into a folder.
pub async fn export(tickets: &Tickets, email: &Email, to: Option<PathBuf>) -> Result<String, ExportError> {
    if tickets.kept_about(email).await?.is_nothing() {
        return Ok(format!("Nothing is kept about {}; nothing was written.\n", email.as_str()));
    }
    let folder = to.unwrap_or_else(|| Path::new("privacy-export").to_owned());
    let (count, files) = tickets.export(email, &folder).await?;
    Ok(format!(
        "{} holds tickets: {count}, files: {files}.\nInternal notes are in it, as they are about the person; read it before you hand it over, \
         for what is about somebody else. Then delete the folder.\n",
        folder.display()
    ))
}

/// Shows what would be erased, or erases it.
pub async fn erase(tickets: &Tickets, email: &Email, yes: bool) -> Result<String, TicketError> {
    if yes {
        let kept = tickets.erase(email).await?;
        if kept.is_nothing() {
            return Ok(format!("Nothing is kept about {}.\n{}", email.as_str(), before(tickets, email).await?));
        }
        return Ok(format!("Erased:\n{}{NOT_ATTRIBUTABLE}That it was done is noted, without the address.\n", listed(&kept)));
    }
    let kept = tickets.kept_about(email).await?;
    let before = before(tickets, email).await?;
    if kept.is_nothing() {
        return Ok(format!("Nothing is kept about {}.\n{before}", email.as_str()));
    }
    Ok(format!(
        "About {} this would be erased for good:\n{}{NOT_ATTRIBUTABLE}{before}Nothing was erased yet. To do it, say the same with --yes.\n",
        email.as_str(),
        listed(&kept)
    ))
}

fn listed(kept: &Kept) -> String {
    let written = i64::try_from(kept.written_mails).unwrap_or(i64::MAX);
    let lines = kept.counts.iter().copied().chain([("mails written into the data folder", written)]);
    lines.filter(|(_, count)| *count > 0).fold(String::new(), |mut text, (what, count)| {
        let _ = writeln!(text, "{count:>7}  {what}");
        text
    })
}

async fn before(tickets: &Tickets, email: &Email) -> Result<String, TicketError> {
    Ok(tickets.erasures_of(email).await?.iter().fold(String::new(), |mut text, erasure| {
        let at = moment(tickets, Micros(erasure.erased_at));
        let _ = writeln!(
            text,
            "Erased on {at}: tickets {}, messages {}, files {}, other entries {}.",
            erasure.tickets, erasure.messages, erasure.files, erasure.others
        );
        text
    }))
}
